package app

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// teamsPane is the list of teams; beside it the card with the members of the
// selected one.
type teamsPane struct {
	s       *peopleScreen
	d       *Desk
	rows    []teamRow
	wanted  record.TeamID // to be selected once the teams are read
	grid    *widgets.Grid
	card    *teamCard
	list    fyne.CanvasObject
	form    *teamForm
	body    *fyne.Container
	buttons fyne.CanvasObject
}

// teamRow is a team with what the list says of it.
type teamRow struct {
	team    record.Team
	captain string
	members int // today
	parent  string
	depth   int // teams above
	all     []record.Membership
}

func newTeamsPane(s *peopleScreen) *teamsPane {
	p := &teamsPane{s: s, d: s.d, body: container.NewStack()}
	p.card = newTeamCard(p)
	at := func(f func(teamRow) string) func(int) string {
		return func(row int) string { return f(p.rows[row]) }
	}
	p.grid = widgets.NewGrid([]widgets.Column{
		{ID: "name", Title: "队名", Width: 210, Value: at(func(r teamRow) string { return strings.Repeat("　", r.depth) + r.team.Name }), Tone: func(row int) widgets.Tone {
			if p.rows[row].team.Dissolved != "" {
				return widgets.Muted
			}
			return widgets.Normal
		}},
		{ID: "kind", Title: "类别", Width: 110, Value: at(func(r teamRow) string { return record.TeamKinds().NameOf(r.team.Kind) })},
		{ID: "captain", Title: "队长", Width: 80, Value: at(func(r teamRow) string { return r.captain })},
		{ID: "members", Title: "人数", Width: 60, Align: widgets.Right, Value: at(func(r teamRow) string { return fmt.Sprint(r.members) })},
		{ID: "village", Title: "社区", Width: 110, Value: at(func(r teamRow) string { return villageText(r.team.Village) })},
		{ID: "parent", Title: "上级队", Width: 150, Value: at(func(r teamRow) string { return r.parent })},
		{ID: "founded", Title: "成立日期", Width: 96, Value: at(func(r teamRow) string { return string(r.team.Founded) })},
	})
	p.grid.Key = func(row int) string { return string(p.rows[row].team.ID) }
	p.grid.OnSelect = func(row int) { p.selected(row) }
	p.grid.OnOpen = func(row int) { p.edit(p.rows[row].team) }
	p.grid.OnType = func(r rune) { p.d.typed(r) }
	p.grid.Empty = widgets.Empty{Title: "还没有队伍", Text: "一站一队伍：按 Ctrl+N 建立本站的第一支队伍，再添加队员。"}
	p.buttons = bar(widgets.NewPrimaryButton("新建队伍（Ctrl+N）", p.add))
	if !p.d.may(record.RightWrite) {
		p.buttons = bar()
	}
	p.list = split(p.grid, p.card.content)
	p.body.Add(p.list)
	return p
}

// Content is the list or the form.
func (p *teamsPane) Content() fyne.CanvasObject { return p.body }

func (p *teamsPane) head() fyne.CanvasObject {
	if p.form != nil {
		return nil
	}
	return p.buttons
}

// Open loads the list.
func (p *teamsPane) Open() {
	if p.form != nil {
		p.form.form.fields["name"].Focus()
		return
	}
	p.Refresh()
	p.d.win.Canvas().Focus(p.grid)
}

// Refresh reads the teams off the painting goroutine.
func (p *teamsPane) Refresh() {
	var rows []teamRow
	p.d.spawn(func() {
		var err error
		rows, err = p.d.teamRows(p.d.ctx)
		fyne.Do(func() {
			if err != nil {
				p.d.trouble(err)
				return
			}
			p.show(rows)
		})
	})
}

// teamRows are the teams with their captains and numbers as of today.
func (d *Desk) teamRows(ctx context.Context) ([]teamRow, error) {
	all, err := d.db.Teams(ctx)
	if err != nil {
		return nil, err
	}
	teams, depth := record.TeamTree(all)
	members, err := d.db.Memberships(ctx)
	if err != nil {
		return nil, err
	}
	names := map[record.TeamID]string{}
	rows := make([]teamRow, len(teams))
	at := map[record.TeamID]*teamRow{}
	for i, t := range teams {
		names[t.ID] = t.Name
		rows[i].team, rows[i].depth = t, depth[t.ID]
		at[t.ID] = &rows[i]
	}
	today := d.today()
	for _, m := range members {
		row := at[m.Team]
		if row == nil {
			continue
		}
		row.all = append(row.all, m)
		if !m.On(today) {
			continue
		}
		row.members++
		if x, ok := d.db.Person(m.Volunteer); ok && m.Role == roleCaptain {
			row.captain = x.Name
		}
	}
	for i := range rows {
		rows[i].parent = names[rows[i].team.Parent]
	}
	return rows, nil
}

// roleCaptain and roleMember are codes of record.TeamRoles.
const (
	roleCaptain = "captain"
	roleMember  = "member"
)

func (p *teamsPane) show(rows []teamRow) {
	p.rows = rows
	p.grid.SetRows(len(rows))
	if p.wanted != "" {
		p.grid.SelectKey(string(p.wanted))
		p.wanted = ""
	}
	if row, ok := p.grid.Selected(); ok {
		p.selected(row)
	} else if len(rows) > 0 {
		p.grid.Select(0)
	} else {
		p.selected(-1)
	}
}

func (p *teamsPane) selected(row int) {
	if row < 0 || row >= len(p.rows) {
		p.card.clear()
		return
	}
	p.card.show(p.rows[row])
}

func (p *teamsPane) current() (teamRow, bool) {
	row, ok := p.grid.Selected()
	if !ok || row >= len(p.rows) {
		return teamRow{}, false
	}
	return p.rows[row], true
}

// choose selects a team.
func (p *teamsPane) choose(id record.TeamID) {
	p.closeForm()
	p.wanted = id
	p.Open()
}

func (p *teamsPane) add() {
	if p.form == nil {
		p.openForm(record.Team{Founded: p.d.today()}, p.d.drafts.waiting(draftTeam))
	}
}

func (p *teamsPane) edit(t record.Team) {
	if p.d.may(record.RightWrite) {
		p.openForm(t, draftTeam+string(t.ID))
	}
}

// openDraft opens the form that was left half-typed.
func (p *teamsPane) openDraft(name string, isNew bool, id record.TeamID) {
	if p.form != nil && p.form.form.draftName == name {
		return
	}
	p.closeForm()
	t := record.Team{Founded: p.d.today()}
	if !isNew {
		var err error
		if t, err = p.d.db.Team(p.d.ctx, id); err != nil {
			p.d.trouble(err)
			return
		}
	}
	p.openForm(t, name)
}

func (p *teamsPane) openForm(t record.Team, name string) {
	f := newTeamForm(p, t)
	p.form = f
	p.body.Objects = []fyne.CanvasObject{f.form.content}
	p.s.layOut()
	f.form.fields["name"].Focus()
	if d, waits := p.d.drafts.open(name, f.form); waits {
		p.d.drafts.pick(f.form, d, func() {
			p.closeForm()
			p.openForm(t, name)
		})
	}
}

func (p *teamsPane) closeForm() {
	if p.form == nil {
		return
	}
	p.d.drafts.release(p.form.form)
	p.form = nil
	p.body.Objects = []fyne.CanvasObject{p.list}
	p.s.layOut()
}

// Keys of the list, or of the form while one is open.
func (p *teamsPane) Keys() map[string]func() {
	if p.form != nil {
		return p.form.form.keys()
	}
	keys := map[string]func(){}
	if p.d.may(record.RightWrite) {
		keys["Ctrl+N"] = p.add
	}
	if _, ok := p.current(); ok {
		keys["Ctrl+F"] = p.card.focusPicker
		keys["Ctrl+P"] = p.askPaper
	}
	return keys
}

// askPaper chooses a paper about the selected team.
func (p *teamsPane) askPaper() {
	if r, ok := p.current(); ok {
		p.d.askWhich("打印 "+r.team.Name, "哪一种", p.d.teamPapers(r.team))
	}
}

// Unsaved is the half-typed form.
func (p *teamsPane) Unsaved() string {
	if p.form == nil {
		return ""
	}
	return p.form.changed()
}

func (p *teamsPane) follow(pos fyne.Position) {
	if p.form != nil {
		p.form.form.follow(pos)
	}
}

func (p *teamsPane) saved(id record.TeamID, name string) {
	if p.form != nil {
		p.d.drafts.forget(p.form.form)
	}
	p.closeForm()
	p.wanted = id
	p.d.notice(widgets.Good, "已保存 "+name+"。")
	p.d.changed()
	p.d.win.Canvas().Focus(p.grid)
}

// teamSub is the line under a team's name on its card.
func teamSub(r teamRow) string {
	parts := []string{record.TeamKinds().NameOf(r.team.Kind), fmt.Sprintf("%d 人", r.members)}
	if r.team.Slogan != "" {
		parts = append(parts, "“"+r.team.Slogan+"”")
	}
	return strings.Join(parts, " · ")
}
