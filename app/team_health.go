package app

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/assets"
	"rongyuan/store/record"
)

// healthPane says how the teams stand: their size, ages, who serves, which
// skills they lack; and which communities have no team. Enter opens the names.
type healthPane struct {
	s       *peopleScreen
	d       *Desk
	mode    *widgets.Radio
	grid    *widgets.Grid
	note    *words
	teams   []record.TeamHealth
	names   map[record.TeamID]string
	cover   []record.Coverage
	content fyne.CanvasObject
}

const (
	modeHealth = "队伍状况"
	modeCover  = "社区覆盖"
)

func newHealthPane(s *peopleScreen) *healthPane {
	p := &healthPane{s: s, d: s.d, note: caption(""), names: map[record.TeamID]string{}}
	p.grid = widgets.NewGrid(p.healthColumns())
	p.mode = widgets.NewRadio([]string{modeHealth, modeCover}, func(string) { p.choose() })
	p.mode.SetValue(modeHealth)
	p.grid.Key = p.key
	p.grid.OnOpen = p.open
	p.grid.OnType = func(r rune) { p.d.typed(r) }
	p.grid.Empty = widgets.Empty{Title: "还没有队伍", Text: "先到“队伍”里建立队伍，再来看状况。"}
	p.content = edged(padded(7, 16, bar(p.mode)), padded(6, 16, p.note), nil, p.grid)
	return p
}

func (p *healthPane) key(row int) string {
	if p.mode.Value() == modeCover {
		return p.cover[row].Village
	}
	return string(p.teams[row].Team)
}

// healthColumns count people; the names behind each number open by Enter.
func (p *healthPane) healthColumns() []widgets.Column {
	count := func(title string, of func(record.TeamHealth) []record.VolunteerID) widgets.Column {
		return widgets.Column{ID: title, Title: title, Width: 84, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(len(of(p.teams[row]))) }}
	}
	columns := []widgets.Column{
		{ID: "team", Title: "队伍", Width: 190, Value: func(row int) string { return p.names[p.teams[row].Team] }},
		count("人数", func(h record.TeamHealth) []record.VolunteerID { return h.Members }),
		count("90天活跃", func(h record.TeamHealth) []record.VolunteerID { return h.Active }),
	}
	for i, band := range []string{"40岁以下", "40–59岁", "60–69岁", "70岁以上"} {
		columns = append(columns, count(band, func(h record.TeamHealth) []record.VolunteerID { return h.Ages[i] }))
	}
	return append(columns,
		count("年龄不详", func(h record.TeamHealth) []record.VolunteerID { return h.Ageless }),
		widgets.Column{ID: "missing", Title: "缺的技能", Width: 220, Value: func(row int) string { return skillNames(p.teams[row].Missing) }, Tone: func(int) widgets.Tone { return widgets.Warn }})
}

func (p *healthPane) coverColumns() []widgets.Column {
	return []widgets.Column{
		{ID: "village", Title: "社区", Width: 220, Value: func(row int) string { return villageText(p.cover[row].Village) }},
		{ID: "volunteers", Title: "在册志愿者", Width: 110, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(len(p.cover[row].Volunteers)) }},
		{ID: "teams", Title: "队伍", Width: 420, Value: func(row int) string { return p.teamText(p.cover[row]) }, Tone: func(row int) widgets.Tone {
			if len(p.cover[row].Teams) == 0 {
				return widgets.Warn
			}
			return widgets.Normal
		}},
	}
}

func (p *healthPane) teamText(c record.Coverage) string {
	var names []string
	for _, id := range c.Teams {
		names = append(names, p.names[id])
	}
	if len(names) == 0 {
		return "还没有队伍"
	}
	return strings.Join(names, "、")
}

func skillNames(codes []string) string {
	var names []string
	for _, code := range codes {
		names = append(names, record.Skills().NameOf(code))
	}
	return strings.Join(names, "、")
}

// choose shows the other list.
func (p *healthPane) choose() {
	if p.mode.Value() == modeCover {
		p.grid.SetColumns(p.coverColumns())
	} else {
		p.grid.SetColumns(p.healthColumns())
	}
	p.show()
}

func (p *healthPane) show() {
	rows := len(p.teams)
	p.note.SetText("活跃：最近 90 天有服务时长的队员。按 Enter 看没有活跃的人；缺的技能在队伍资料里定。")
	if p.mode.Value() == modeCover {
		rows = len(p.cover)
		none := 0
		for _, c := range p.cover {
			if len(c.Teams) == 0 {
				none++
			}
		}
		p.note.SetText(fmt.Sprintf("%d 个社区（村），%d 个还没有队伍。按 Enter 看住在那里的志愿者。", rows, none))
	}
	p.grid.SetRows(rows)
	if _, ok := p.grid.Selected(); !ok && rows > 0 {
		p.grid.Select(0)
	}
}

// open lists the people behind a row: those of a team who have not served for
// 90 days, all of them where everybody has; or the volunteers of a community.
func (p *healthPane) open(row int) {
	if p.mode.Value() == modeCover {
		c := p.cover[row]
		p.s.nominate(villageText(c.Village)+"的志愿者", c.Volunteers)
		return
	}
	h := p.teams[row]
	if len(h.Idle) > 0 {
		p.s.nominate(p.names[h.Team]+" 90 天没有活动", h.Idle)
		return
	}
	p.s.nominate(p.names[h.Team], h.Members)
}

// nominate shows people chosen by their ids in the list of people.
func (s *peopleScreen) nominate(title string, ids []record.VolunteerID) {
	s.show(0)
	s.people.nominate(title, ids)
}

// Content is the page.
func (p *healthPane) Content() fyne.CanvasObject { return p.content }

func (p *healthPane) head() fyne.CanvasObject { return bar() }

// Open loads both lists.
func (p *healthPane) Open() {
	p.Refresh()
	p.d.win.Canvas().Focus(p.grid)
}

// Refresh reads the teams off the painting goroutine.
func (p *healthPane) Refresh() {
	var villages []string
	for _, v := range assets.VillagesOf(p.d.street()) {
		villages = append(villages, v.Code)
	}
	var teams []record.TeamHealth
	var cover []record.Coverage
	var names map[record.TeamID]string
	p.d.spawn(func() {
		err := func() (err error) {
			if teams, err = p.d.db.TeamHealth(p.d.ctx); err != nil {
				return err
			}
			if cover, err = p.d.db.Coverage(p.d.ctx, villages); err != nil {
				return err
			}
			names, err = p.d.teamNames(p.d.ctx)
			return err
		}()
		fyne.Do(func() {
			if err != nil {
				p.d.trouble(err)
				return
			}
			p.teams, p.cover, p.names = teams, cover, names
			p.show()
		})
	})
}

// Keys change between the lists.
func (p *healthPane) Keys() map[string]func() {
	return map[string]func(){"Ctrl+F": func() { p.d.win.Canvas().Focus(p.mode) }}
}

// Unsaved is nothing: the page is only read.
func (p *healthPane) Unsaved() string { return "" }

func (p *healthPane) follow(fyne.Position) {}

var _ pane = (*healthPane)(nil)
