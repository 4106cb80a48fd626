package app

import (
	"context"
	"fmt"
	"maps"
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
	viewNamed      peopleView = "名单" // people chosen by id, with a title of their own
)

// peoplePane is the list of people with the card of the selected one, or the
// form of one in the same place.
type peoplePane struct {
	s *peopleScreen
	d *Desk

	rows    peopleRows
	minutes map[record.VolunteerID]int
	teams   map[record.VolunteerID]string
	active  map[record.VolunteerID]bool // with service time this month
	names   map[record.TeamID]record.Team

	only     peopleView
	named    map[record.VolunteerID]bool // viewNamed
	title    string                      // of viewNamed
	filters  *peopleFilters
	kept     string // the filters as they were kept last
	recalled *keptFilters
	sort     string
	desc     bool
	wanted   record.VolunteerID // to be selected once the rows are there
	stop     context.CancelFunc // ends the sorting that runs
	turn     int                // counts the loads; an older one shows nothing

	grid    *widgets.Grid
	card    *personCard
	list    fyne.CanvasObject
	form    *personForm // nil while the list is shown
	body    *fyne.Container
	buttons fyne.CanvasObject
}

func newPeoplePane(s *peopleScreen) *peoplePane {
	p := &peoplePane{s: s, d: s.d, only: viewAll, body: container.NewStack(), stop: func() {}}
	p.card = newPersonCard(p)
	p.grid = widgets.NewGrid(p.columns())
	p.grid.Key = func(row int) string { return string(p.rows.At(row).ID) }
	p.grid.Find = func(key string) int { return p.rows.Row(key) }
	p.grid.OnSelect = p.selected
	p.grid.OnOpen = func(row int) { p.edit(p.rows.At(row).ID) }
	p.grid.OnSort = func(id string, desc bool) { p.sort, p.desc = id, desc; p.filter() }
	p.grid.OnType = p.typed
	p.grid.OnKey = p.key
	p.buttons = bar(
		widgets.NewButton("导入花名册（Ctrl+I）", func() { s.openRoster(nil) }),
		widgets.NewPrimaryButton("登记人员（Ctrl+N）", p.add))
	if !p.d.may(record.RightWrite) {
		p.buttons = bar()
	}
	p.filters = p.newFilters()
	p.recallFilters()
	p.list = edged(stack(0, padded(7, 16, p.filters.bar), line()), nil, nil, split(p.grid, p.card.card))
	p.body.Add(p.list)
	return p
}

func (p *peoplePane) columns() []widgets.Column {
	at := func(f func(store.Person) string) func(int) string {
		return func(row int) string { return f(p.rows.At(row)) }
	}
	return []widgets.Column{
		{ID: sortName, Title: "姓名", Width: 84, Sortable: true, Value: at(func(x store.Person) string { return x.Name })},
		{ID: "sex", Title: "性别", Width: 54, Value: at(func(x store.Person) string { return sexText(x.Sex) })},
		{ID: "birth", Title: "出生年", Width: 64, Sortable: true, Value: at(func(x store.Person) string { return string(x.Birth[:min(len(x.Birth), 4)]) })},
		{ID: "minutes", Title: "累计时长", Width: 112, Align: widgets.Right, Sortable: true, Value: at(p.hours)},
		{ID: "team", Title: "队伍", Width: 124, Sortable: true, Value: at(func(x store.Person) string { return p.teams[x.ID] })},
		{ID: "village", Title: "社区", Width: 104, Sortable: true, Value: at(func(x store.Person) string { return villageText(x.Village) })},
		{
			ID: "status", Title: "状态", Width: 56, Value: at(func(x store.Person) string { return record.Statuses().NameOf(string(x.Status)) }),
			Tone: func(row int) widgets.Tone { return statusTone(p.rows.At(row).Status) },
		},
		{ID: "phone", Title: "电话", Width: 112, Value: at(func(x store.Person) string {
			if len(x.Phones) == 0 {
				return ""
			}
			return record.MaskPhone(x.Phones[0])
		})},
		{ID: "id", Title: "身份证号", Width: 166, Value: at(maskedNumber), Tone: func(row int) widgets.Tone {
			if p.rows.At(row).IDNumber == "" {
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
	wanted := p.only == viewActive
	p.d.spawn(func() {
		beside, err := p.d.besidePeople(p.d.ctx, wanted)
		fyne.Do(func() {
			if err == nil {
				p.beside(beside)
			}
		})
	})
}

// besidePeople is what the list says of people that the directory does not know.
type besidePeople struct {
	minutes map[record.VolunteerID]int
	names   map[record.TeamID]record.Team
	teams   map[record.VolunteerID]string // the main team, or the first one
	active  map[record.VolunteerID]bool
	choices []widgets.Choice // of teams
	places  []widgets.Choice // of communities
}

func (d *Desk) besidePeople(ctx context.Context, active bool) (b besidePeople, err error) {
	if b.minutes, err = d.db.Minutes(ctx); err != nil {
		return b, err
	}
	members, err := d.db.Memberships(ctx)
	if err != nil {
		return b, err
	}
	teams, err := d.db.Teams(ctx)
	if err != nil {
		return b, err
	}
	b.names, b.teams = map[record.TeamID]record.Team{}, map[record.VolunteerID]string{}
	for _, t := range teams {
		b.names[t.ID] = t
		if t.Dissolved == "" {
			b.choices = append(b.choices, widgets.Choice{Key: string(t.ID), Text: t.Name})
		}
	}
	today := d.today()
	for _, m := range members {
		if m.On(today) && (m.Main || b.teams[m.Volunteer] == "") {
			b.teams[m.Volunteer] = b.names[m.Team].Name
		}
	}
	for _, village := range slices.Sorted(maps.Keys(d.db.Villages())) {
		if village != "" {
			b.places = append(b.places, widgets.Choice{Key: village, Text: villageText(village)})
		}
	}
	if active {
		b.active, err = d.activeIn(record.MonthOf(today))
	}
	return b, err
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

func (p *peoplePane) beside(b besidePeople) {
	p.minutes, p.names, p.teams, p.active = b.minutes, b.names, b.teams, b.active
	p.filters.team.SetOptions(b.choices)
	p.filters.village.SetOptions(b.places)
	p.recallChoices()
	p.load()
}

// load filters the directory, which lies in memory. What the store cannot choose
// or sort is worked out beside the window, and the list says so meanwhile.
func (p *peoplePane) load() {
	filter := p.asked()
	list, err := p.d.db.List(p.d.ctx, filter)
	if err != nil {
		p.d.trouble(err)
		return
	}
	p.stop()
	p.turn++
	a := arrangement{
		only: p.only, named: p.named, sort: p.sort, desc: p.desc,
		minutes: p.minutes, teams: p.teams, active: p.active, today: p.d.today(),
	}
	if a.plain() {
		p.show(peopleRows{list: list}, filter)
		return
	}
	p.filters.say("正在排序…")
	var ctx context.Context
	ctx, p.stop = context.WithCancel(p.d.ctx)
	turn := p.turn
	p.d.spawn(func() {
		rows, err := a.rows(ctx, list)
		fyne.Do(func() {
			if err == nil && turn == p.turn {
				p.show(rows, filter)
			}
		})
	})
}

func (p *peoplePane) show(rows peopleRows, filter store.PeopleFilter) {
	p.rows = rows
	p.filters.say(p.countText())
	p.grid.Empty = p.emptyText(filter)
	p.grid.SetRows(rows.Len())
	if p.wanted != "" && p.grid.SelectKey(string(p.wanted)) {
		p.wanted = ""
	}
	if _, ok := p.grid.Selected(); !ok && rows.Len() > 0 {
		p.grid.Select(0)
	} else {
		p.card.show(p.current())
	}
}

func (p *peoplePane) countText() string {
	total := fmt.Sprintf("%d 人", p.rows.Len())
	switch {
	case p.only == viewNamed:
		return p.title + " · " + total
	case p.filters.role.Value() == "":
		return string(p.only) + " · " + total
	}
	return total
}

func (p *peoplePane) emptyText(f store.PeopleFilter) widgets.Empty {
	if f == (store.PeopleFilter{}) && p.only == viewAll {
		return widgets.Empty{Title: "还没有人员", Text: "把花名册拖到这里，或按 Ctrl+I 导入；按 Ctrl+N 登记第一个人。"}
	}
	return widgets.Empty{Title: "没有符合条件的人", Text: "按 Esc 清除筛选条件。"}
}
