package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// peopleView is a choice of the list of people that a figure or a due line
// opens. Its text is what the list shows over itself.
type peopleView string

// The views; the first three stand on the screen, the others come from 今日.
const (
	viewAll        peopleView = "全部"
	viewVolunteers peopleView = "志愿者"
	viewVeterans   peopleView = "退役军人"
	viewServing    peopleView = "在册志愿者"
	viewNoNumber   peopleView = "缺身份证号"
	viewJoined     peopleView = "本月新登记的志愿者"
	viewActive     peopleView = "本月有服务时长的人"
)

// peoplePane is the list of people with the card of the selected one, or the
// form of one in the same place.
type peoplePane struct {
	s *peopleScreen
	d *Desk

	rows    []store.Person
	minutes map[record.VolunteerID]int
	teams   map[record.VolunteerID]string
	active  map[record.VolunteerID]bool // with service time this month
	names   map[record.TeamID]record.Team

	only    peopleView
	role    *widgets.Radio
	village *widgets.ChoiceEntry
	team    *widgets.ChoiceEntry
	text    *widgets.Entry
	count   *words
	filters *fyne.Container
	sort    string
	desc    bool

	grid    *widgets.Grid
	card    *personCard
	list    fyne.CanvasObject
	form    *personForm // nil while the list is shown
	body    *fyne.Container
	buttons fyne.CanvasObject
}

func newPeoplePane(s *peopleScreen) *peoplePane {
	p := &peoplePane{s: s, d: s.d, only: viewAll, body: container.NewStack(), count: text("", widgets.Muted)}
	p.card = newPersonCard(p)
	p.grid = widgets.NewGrid(p.columns())
	p.grid.Key = func(row int) string { return string(p.rows[row].ID) }
	p.grid.OnSelect = p.selected
	p.grid.OnOpen = func(row int) { p.edit(p.rows[row].ID) }
	p.grid.OnSort = func(id string, desc bool) { p.sort, p.desc = id, desc; p.load() }
	p.grid.OnType = p.typed
	p.grid.OnKey = p.key
	p.buttons = bar(
		widgets.NewButton("导入花名册（Ctrl+I）", func() { s.openRoster(nil) }),
		widgets.NewPrimaryButton("登记人员（Ctrl+N）", p.add))
	if !p.d.may(record.RightWrite) {
		p.buttons = bar()
	}
	p.filters = p.newFilters()
	p.list = edged(stack(0, padded(7, 16, p.filters), line()), nil, nil, split(p.grid, p.card.card))
	p.body.Add(p.list)
	return p
}

func (p *peoplePane) newFilters() *fyne.Container {
	p.role = widgets.NewRadio([]string{string(viewAll), string(viewVolunteers), string(viewVeterans)}, func(option string) {
		p.only = peopleView(option)
		p.load()
	})
	p.role.SetValue(string(viewAll))
	p.village = widgets.NewChoiceEntry(nil, matchChoice)
	p.village.SetPlaceHolder("全部社区")
	p.village.OnPick = func(widgets.Choice) { p.load() }
	p.team = widgets.NewChoiceEntry(nil, matchChoice)
	p.team.SetPlaceHolder("全部队伍")
	p.team.OnPick = func(widgets.Choice) { p.load() }
	p.text = widgets.NewEntry("查找（Ctrl+F）")
	p.text.OnChanged = func(string) { p.load() }
	p.text.OnEnter = p.focusList
	p.text.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyDown {
			p.focusList()
			return true
		}
		return false
	}
	return bar(p.role, container.New(&fixed{width: 150}, p.village), container.New(&fixed{width: 170}, p.team),
		container.New(&fixed{width: 250}, p.text), spring(), p.count)
}

func (p *peoplePane) columns() []widgets.Column {
	at := func(f func(store.Person) string) func(int) string {
		return func(row int) string { return f(p.rows[row]) }
	}
	return []widgets.Column{
		{ID: "name", Title: "姓名", Width: 84, Sortable: true, Value: at(func(x store.Person) string { return x.Name })},
		{ID: "sex", Title: "性别", Width: 54, Value: at(func(x store.Person) string { return sexText(x.Sex) })},
		{ID: "birth", Title: "出生年", Width: 64, Sortable: true, Value: at(func(x store.Person) string { return string(x.Birth[:min(len(x.Birth), 4)]) })},
		{ID: "minutes", Title: "累计时长", Width: 112, Align: widgets.Right, Sortable: true, Value: at(p.hours)},
		{ID: "team", Title: "队伍", Width: 124, Sortable: true, Value: at(func(x store.Person) string { return p.teams[x.ID] })},
		{ID: "village", Title: "社区", Width: 104, Sortable: true, Value: at(func(x store.Person) string { return villageText(x.Village) })},
		{
			ID: "status", Title: "状态", Width: 56, Value: at(func(x store.Person) string { return record.Statuses().NameOf(string(x.Status)) }),
			Tone: func(row int) widgets.Tone { return statusTone(p.rows[row].Status) },
		},
		{ID: "phone", Title: "电话", Width: 112, Value: at(func(x store.Person) string {
			if len(x.Phones) == 0 {
				return ""
			}
			return record.MaskPhone(x.Phones[0])
		})},
		{ID: "id", Title: "身份证号", Width: 166, Value: at(maskedNumber), Tone: func(row int) widgets.Tone {
			if p.rows[row].IDNumber == "" {
				return widgets.Warn
			}
			return widgets.Normal
		}},
		{ID: "politics", Title: "政治面貌", Width: 110, Value: at(func(x store.Person) string { return record.Politics().NameOf(x.Politics) })},
		{ID: "role", Title: "身份", Width: 132, Value: at(roleText)},
	}
}

func maskedNumber(x store.Person) string {
	if x.IDNumber == "" {
		return "待补"
	}
	return record.MaskID(string(x.IDNumber))
}

func sexText(s record.Sex) string {
	if s == "" || s == record.SexUnknown {
		return ""
	}
	return record.Sexes().NameOf(string(s))
}

func statusTone(s record.Status) widgets.Tone {
	if s == record.StatusActive {
		return widgets.Normal
	}
	return widgets.Muted
}

func roleText(x store.Person) string {
	var roles []string
	if x.Serving {
		roles = append(roles, "志愿者")
	}
	if x.Veteran {
		roles = append(roles, "退役军人")
	}
	return strings.Join(roles, "、")
}

func (p *peoplePane) hours(x store.Person) string {
	if p.minutes[x.ID] == 0 {
		return ""
	}
	return hoursWords(p.minutes[x.ID])
}

// Content is the list or the form.
func (p *peoplePane) Content() fyne.CanvasObject { return p.body }

func (p *peoplePane) head() fyne.CanvasObject {
	if p.form != nil {
		return nil
	}
	return p.buttons
}

// Open loads the list and puts the focus onto it.
func (p *peoplePane) Open() {
	if p.form != nil {
		p.form.form.fields["id_number"].Focus()
		return
	}
	p.Refresh()
	p.focusList()
}

// Refresh reads what stands beside the people off the painting goroutine; the
// people themselves lie in memory.
func (p *peoplePane) Refresh() {
	p.load()
	var minutes map[record.VolunteerID]int
	var members []record.Membership
	var teams []record.Team
	var active map[record.VolunteerID]bool
	wanted := p.only == viewActive
	p.d.spawn(func() {
		err := func() (err error) {
			if minutes, err = p.d.db.Minutes(p.d.ctx); err != nil {
				return err
			}
			if members, err = p.d.db.Memberships(p.d.ctx); err != nil {
				return err
			}
			if teams, err = p.d.db.Teams(p.d.ctx); err != nil {
				return err
			}
			if wanted {
				active, err = p.d.activeIn(record.MonthOf(p.d.today()))
			}
			return err
		}()
		fyne.Do(func() {
			if err == nil {
				p.beside(minutes, members, teams)
				p.active = active
				p.load()
			}
		})
	})
}

// activeIn are the people with service time in the counted activities of a
// period: those behind the figure 参加人数.
func (d *Desk) activeIn(period record.Period) (map[record.VolunteerID]bool, error) {
	report, err := d.db.Report(d.ctx, period)
	if err != nil {
		return nil, err
	}
	active := map[record.VolunteerID]bool{}
	for _, row := range report.Activities {
		parts, err := d.db.Participations(d.ctx, row.ID)
		if err != nil {
			return nil, err
		}
		for _, one := range parts {
			active[one.Volunteer] = active[one.Volunteer] || one.Minutes > 0
		}
	}
	return active, nil
}

func (p *peoplePane) beside(minutes map[record.VolunteerID]int, members []record.Membership, teams []record.Team) {
	p.minutes, p.names, p.teams = minutes, map[record.TeamID]record.Team{}, map[record.VolunteerID]string{}
	var choices []widgets.Choice
	for _, t := range teams {
		p.names[t.ID] = t
		if t.Dissolved == "" {
			choices = append(choices, widgets.Choice{Key: string(t.ID), Text: t.Name})
		}
	}
	p.team.SetOptions(choices)
	today := p.d.today()
	for _, m := range members {
		if m.On(today) && (m.Main || p.teams[m.Volunteer] == "") {
			p.teams[m.Volunteer] = p.names[m.Team].Name
		}
	}
	p.villages()
}

// villages offers the communities in which somebody lives.
func (p *peoplePane) villages() {
	all, err := p.d.db.People(p.d.ctx, store.PeopleFilter{})
	if err != nil {
		return
	}
	seen := map[string]bool{"": true}
	var choices []widgets.Choice
	for _, x := range all {
		if !seen[x.Village] {
			seen[x.Village] = true
			choices = append(choices, widgets.Choice{Key: x.Village, Text: villageText(x.Village)})
		}
	}
	slices.SortFunc(choices, func(a, b widgets.Choice) int { return cmp.Compare(a.Key, b.Key) })
	p.village.SetOptions(choices)
}

// load filters the directory, which lies in memory.
func (p *peoplePane) load() {
	filter := store.PeopleFilter{
		Serving: p.only == viewVolunteers || p.only == viewJoined || p.only == viewServing, Veteran: p.only == viewVeterans,
		Village: p.village.Value(), Team: record.TeamID(p.team.Value()), Text: p.text.Value(),
	}
	found, err := p.d.db.People(p.d.ctx, filter)
	if err != nil {
		p.d.trouble(err)
		return
	}
	found = slices.DeleteFunc(found, func(x store.Person) bool { return !p.inView(x) })
	p.order(found)
	p.rows = found
	p.count.SetText(p.countText())
	p.filters.Refresh()
	p.grid.Empty = p.emptyText(filter)
	p.grid.SetRows(len(found))
	if _, ok := p.grid.Selected(); !ok && len(found) > 0 {
		p.grid.Select(0)
	} else {
		p.card.show(p.current())
	}
}

func (p *peoplePane) inView(x store.Person) bool {
	switch p.only {
	case viewServing:
		return (x.Status == record.StatusActive || x.Status == record.StatusPaused) && x.Joined <= p.d.today()
	case viewNoNumber:
		return x.IDNumber == ""
	case viewJoined:
		return record.MonthOf(p.d.today()).Holds(x.Joined)
	case viewActive:
		return p.active[x.ID]
	}
	return true
}

func (p *peoplePane) countText() string {
	total := fmt.Sprintf("%d 人", len(p.rows))
	if p.role.Value() == "" {
		return string(p.only) + " · " + total
	}
	return total
}

// order sorts by the column that was clicked; without one the directory's own
// order stands.
func (p *peoplePane) order(rows []store.Person) {
	if p.sort == "" {
		return
	}
	slices.SortStableFunc(rows, func(a, b store.Person) int {
		c := 0
		switch p.sort {
		case "birth":
			c = cmp.Compare(a.Birth, b.Birth)
		case "village":
			c = cmp.Compare(a.Village, b.Village)
		case "team":
			c = cmp.Compare(p.teams[a.ID], p.teams[b.ID])
		case "minutes":
			c = cmp.Compare(p.minutes[a.ID], p.minutes[b.ID])
		}
		if p.desc {
			return -c
		}
		return c
	})
	if p.sort == "name" && p.desc {
		slices.Reverse(rows)
	}
}

func (p *peoplePane) emptyText(f store.PeopleFilter) widgets.Empty {
	if f == (store.PeopleFilter{}) && p.only == viewAll {
		return widgets.Empty{Title: "还没有人员", Text: "把花名册拖到这里，或按 Ctrl+I 导入；按 Ctrl+N 登记第一个人。"}
	}
	return widgets.Empty{Title: "没有符合条件的人", Text: "按 Esc 清除筛选条件。"}
}
