package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// teamCard is the selected team: its facts, the field that adds members, and
// the members.
type teamCard struct {
	p       *teamsPane
	d       *Desk
	row     teamRow
	members []record.Membership // today's first, then past ones
	title   *words
	sub     *words
	facts   *widgets.Paragraph
	picker  *widgets.Picker
	grid    *widgets.Grid
	inner   *fyne.Container
	content fyne.CanvasObject
}

func newTeamCard(p *teamsPane) *teamCard {
	c := &teamCard{p: p, d: p.d, title: subheading(""), sub: text("", widgets.Muted), facts: widgets.NewParagraph("", widgets.Muted)}
	c.picker = widgets.NewPicker(func(typed string, limit int) []widgets.Choice { return c.candidates(typed, limit) })
	c.picker.SetPlaceHolder("添加队员：姓名或首字母（Ctrl+F）")
	c.picker.StayOnPick = true
	c.picker.OnPick = c.join
	c.picker.OnKey = c.toMembers
	c.picker.OnEscape = func() bool { c.d.win.Canvas().Focus(c.p.grid); return true }
	c.grid = widgets.NewGrid([]widgets.Column{
		{ID: "name", Title: "姓名", Width: 74, Value: func(row int) string { return c.name(c.members[row]) }, Tone: c.tone},
		{ID: "role", Title: "职务", Width: 74, Value: func(row int) string { return record.TeamRoles().NameOf(c.members[row].Role) }, Tone: c.tone},
		{ID: "from", Title: "起止", Width: 150, Value: func(row int) string { return span(c.members[row]) }, Tone: c.tone},
	})
	c.grid.Key = func(row int) string { return string(c.members[row].ID) }
	c.grid.OnOpen = func(row int) { c.edit(c.members[row]) }
	c.grid.OnType = func(r rune) { c.d.typed(r) }
	c.grid.Empty = widgets.Empty{Title: "还没有队员", Text: "在上面输入姓名或首字母添加。"}
	head := stack(4, c.title, c.sub, c.facts, insets(0, 6, 0, 0, c.picker))
	c.inner = edged(insets(16, 14, 16, 8, head), nil, nil, c.grid)
	c.content = container.NewStack(c.inner)
	return c
}

func span(m record.Membership) string {
	if m.To == "" {
		return string(m.From) + " 起"
	}
	return string(m.From) + " 至 " + string(m.To)[5:]
}

func (c *teamCard) name(m record.Membership) string {
	x, ok := c.d.db.Person(m.Volunteer)
	if !ok {
		return "已撤销"
	}
	return x.Name
}

// tone greys those who have left.
func (c *teamCard) tone(row int) widgets.Tone {
	if !c.members[row].On(c.d.today()) {
		return widgets.Muted
	}
	return widgets.Normal
}

func (c *teamCard) clear() { c.inner.Hide() }

func (c *teamCard) show(r teamRow) {
	c.inner.Show()
	c.row = r
	c.members = nil
	var past []record.Membership
	for _, m := range r.all {
		if m.On(c.d.today()) {
			c.members = append(c.members, m)
		} else {
			past = append(past, m)
		}
	}
	c.members = append(c.members, past...)
	c.title.SetText(r.team.Name)
	c.sub.SetText(teamSub(r))
	c.facts.SetText(teamFacts(r.team))
	if teamFacts(r.team) == "" {
		c.facts.Hide()
	} else {
		c.facts.Show()
	}
	c.grid.SetRows(len(c.members))
	c.inner.Refresh()
}

func teamFacts(t record.Team) string {
	facts := ""
	for _, one := range [][2]string{
		{"", record.TeamTiers().NameOf(t.Tier)}, {"授旗 ", string(t.Flag)}, {"依托 ", t.Base}, {"党小组 ", t.Party}, {"共建 ", t.Partners}, {"联络辅警 ", t.Officer},
	} {
		if one[1] != "" {
			if facts != "" {
				facts += "；"
			}
			facts += one[0] + one[1]
		}
	}
	return facts
}

// toMembers goes from the empty field down into the members; the list of all
// volunteers that Down opens elsewhere would let Enter take in the first one.
func (c *teamCard) toMembers(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyDown || c.picker.Value() != "" || len(c.members) == 0 {
		return false
	}
	if _, ok := c.grid.Selected(); !ok {
		c.grid.Select(0)
	}
	c.d.win.Canvas().Focus(c.grid)
	return true
}

func (c *teamCard) focusPicker() { c.d.win.Canvas().Focus(c.picker) }

// candidates are volunteers who are not in the team.
func (c *teamCard) candidates(typed string, limit int) []widgets.Choice {
	in := map[string]bool{}
	for _, m := range c.row.all {
		if m.On(c.d.today()) {
			in[string(m.Volunteer)] = true
		}
	}
	var out []widgets.Choice
	for _, choice := range c.d.findVolunteers(typed, limit+len(in)) {
		if !in[choice.Key] && len(out) < limit {
			out = append(out, choice)
		}
	}
	return out
}

// join makes somebody a member from today; the first one of a team is asked for
// as its captain.
func (c *teamCard) join(choice widgets.Choice) {
	if choice.Key == "" {
		return
	}
	m := record.Membership{Team: c.row.team.ID, Volunteer: record.VolunteerID(choice.Key), Role: roleMember, From: c.d.today()}
	if c.row.members == 0 {
		m.Role = roleCaptain
	}
	c.write(func(ctx context.Context) error { return c.d.db.Join(ctx, m) }, fmt.Sprintf("%s 已加入，职务：%s。", choice.Text, record.TeamRoles().NameOf(m.Role)))
}

func (c *teamCard) write(f func(context.Context) error, said string) {
	c.d.work("正在保存", func(ctx context.Context, _ func(int, int)) error { return f(ctx) }, func(err error) {
		if err != nil {
			c.d.trouble(err)
			return
		}
		c.d.notice(widgets.Good, said)
		c.d.changed()
	})
}

// edit changes role and days of a membership, or ends it.
func (c *teamCard) edit(m record.Membership) {
	role := tableField(record.TeamRoles())
	role.SetValue(m.Role)
	from, to := c.d.dateField(), c.d.dateField()
	from.SetValue(string(m.From))
	to.SetValue(string(m.To))
	main := widgets.NewCheck("这是本人的主要队", nil)
	main.SetValue(m.Main)
	fields := map[string]*widgets.Field{
		"role": widgets.NewField("职务", role), "from": widgets.NewField("加入日期", from), "to": widgets.NewField("离队日期", to),
	}
	fields["to"].SetHint("还在队里就空着")
	content := widgets.NewForm(1, fields["role"], fields["from"], fields["to"], widgets.NewField("", main))
	widgets.ShowForm(c.d.win.Canvas(), widgets.FormDialog{
		Title: c.name(m) + " · " + c.row.team.Name, Content: content, OK: "保存",
		OnOK: func() bool {
			m.Role, m.From, m.To, m.Main = role.Value(), record.Day(from.Value()), record.Day(to.Value()), main.Checked
			if !c.checkMembership(m, fields, from.Valid() && to.Valid()) {
				return false
			}
			c.write(func(ctx context.Context) error { return c.d.db.UpdateMembership(ctx, m) }, "已保存。")
			return true
		},
	})
}

// checkMembership shows what is wrong beside the fields of the dialog.
func (c *teamCard) checkMembership(m record.Membership, fields map[string]*widgets.Field, dates bool) bool {
	if !dates {
		return false // the date entry says it itself
	}
	found := m.Check(c.d.today()).Errors()
	f := &form{d: c.d, fields: fields}
	return f.placeAll(found) && len(found) == 0
}
