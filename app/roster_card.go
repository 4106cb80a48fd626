package app

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// rosterCard shows a row beside the person it means, field by field.
type rosterCard struct {
	p      *rosterPreview
	i      int // the row of the plan
	fields []string
	grid   *widgets.Grid
	who    *words
	state  *words
}

// cardFields are the fields of a person that a roster can say, in the order in
// which they are read.
func cardFields() []string {
	return []string{
		"name", "id_number", "sex", "birth", "ethnic", "phones", "village_name", "address", "politics", "party_org",
		"education", "employer", "skills", "categories", "kind", "enlisted", "discharged", "branch", "arm", "rank",
		"discharge_kind", "merits", "disability", "emergency", "health", "number", "national_number", "status", "note",
	}
}

func (p *rosterPreview) openCard(i int) {
	c := &rosterCard{p: p, i: i, who: text("", widgets.Muted), state: text("", widgets.Normal)}
	c.grid = widgets.NewGrid([]widgets.Column{
		{ID: "field", Title: "项目", Width: 120, Value: func(row int) string { return say.Field(c.fields[row]) }},
		{ID: "raw", Title: "表里的原文", Width: 190, Value: func(row int) string { return c.raw(c.fields[row]) }, Tone: func(int) widgets.Tone { return widgets.Muted }},
		{ID: "read", Title: "读成", Width: 190, Value: func(row int) string { return shownText(&c.d().Draft.Volunteer, c.fields[row]) }},
		{ID: "mine", Title: "已有资料", Width: 190, Value: func(row int) string { return c.mine(c.fields[row]) }},
		{ID: "take", Title: "采用", Width: 80, Value: func(row int) string { text, _ := c.taken(c.fields[row]); return text }, Tone: func(row int) widgets.Tone { _, tone := c.taken(c.fields[row]); return tone }},
	})
	c.grid.Empty = widgets.Empty{Title: "这一行没有内容"}
	c.grid.OnType = c.typed
	c.grid.OnKey = c.key
	c.grid.OnOpen = c.toggle
	c.load()
	hint := "K 这一项保留已有 · T 这一项用表里的 · Enter 换一个 · 退格 全部取消 · Esc 关闭"
	if len(c.d().Candidates) > 0 {
		hint = "先按数字选是哪一位；N 新的人 · S 不导入 · " + hint
	}
	body := stack(8, c.who, container.New(&fixed{width: 800, height: 400}, c.grid), c.state, caption(hint))
	d := c.d()
	widgets.ShowContent(p.d.win.Canvas(), fmt.Sprintf("第 %d 行 %s", d.Draft.Row, d.Draft.Volunteer.Name), body, nil)
	if len(c.fields) > 0 {
		c.grid.Select(0)
	}
	p.d.win.Canvas().Focus(c.grid)
}

func (c *rosterCard) d() *record.Decision {
	d := c.p.w.plan.At(c.i)
	return &d
}

// load follows a decision.
func (c *rosterCard) load() {
	c.fields = c.fields[:0]
	d := c.d()
	for _, field := range cardFields() {
		if shownText(&d.Draft.Volunteer, field) != "" || rawText(d, field) != "" || c.mine(field) != "" {
			c.fields = append(c.fields, field)
		}
	}
	c.grid.SetRows(len(c.fields))
	c.grid.Reload()
	c.state.Say("结果："+verdictText(d.Verdict)+"。"+decidedText(d), verdictTone(d.Verdict))
	c.who.SetText(c.people())
}

// people are those whom the row may mean.
func (c *rosterCard) people() string {
	d := c.d()
	var out []string
	for i, one := range d.Candidates {
		parts := []string{fmt.Sprint(i+1, " ", one.Person.Name), string(one.Person.Birth), strings.Join(record.MaskPhones(one.Person.Phones), "、"), one.Person.VillageName}
		said := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
		if one.ID == d.Choice.Person {
			said = "【" + said + "】"
		}
		out = append(out, said)
	}
	switch {
	case len(out) > 0:
		return "可能是：" + strings.Join(out, "；")
	case d.Known() != nil:
		return "和已登记的 " + d.Known().Name + " 对照"
	}
	return "没有登记过的人可以对照"
}

// raw is what the cells said; what was read as it stood is not kept twice.
func (c *rosterCard) raw(field string) string {
	d := c.d()
	column := field
	switch field {
	case "village_name":
		column = "village"
	case "emergency":
		column = "emergency_name"
	}
	if raw := rawText(d, field); raw != "" || d.Draft.Columns[column] == "" {
		return raw
	}
	return shownText(&d.Draft.Volunteer, field)
}

func (c *rosterCard) mine(field string) string {
	known := c.d().Known()
	if known == nil {
		return ""
	}
	return shownText(known, field)
}

// taken says which of the two will stand.
func (c *rosterCard) taken(field string) (string, widgets.Tone) {
	d := c.d()
	read, mine := plainText(&d.Draft.Volunteer, field), ""
	if known := d.Known(); known != nil {
		mine = plainText(known, field)
	}
	switch {
	case d.Verdict == record.VerdictSkip, d.Known() == nil && d.Verdict == record.VerdictConflict, d.Verdict == record.VerdictError:
		return "", widgets.Muted
	case read == "" || read == mine:
		return "", widgets.Muted
	case d.Known() == nil || mine == "" && plainText(&d.After, field) == read:
		return "表里", widgets.Accent
	case d.Verdict == record.VerdictConflict && slices.Contains(d.Fields, field):
		return "待定", widgets.Warn
	case plainText(&d.After, field) != mine:
		return "表里", widgets.Accent
	}
	return "已有", widgets.Normal
}

func (c *rosterCard) typed(r rune) {
	d := c.d()
	if n := int(r - '1'); n >= 0 && n < len(d.Candidates) {
		c.choose(record.Choice{Person: d.Candidates[n].ID})
		return
	}
	answer, has := answerOf(r)
	row, ok := c.grid.Selected()
	switch {
	case !has:
	case answer == record.AnswerNew, answer == record.AnswerSkip:
		c.choose(record.Choice{Answer: answer})
	case ok && row < len(c.fields):
		c.answer(c.fields[row], answer)
	}
}

func (c *rosterCard) key(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyBackspace && ev.Name != fyne.KeyDelete {
		return false
	}
	c.choose(record.Choice{})
	return true
}

// toggle takes the other one of the two.
func (c *rosterCard) toggle(row int) {
	answer := record.AnswerTheirs
	if text, _ := c.taken(c.fields[row]); text == "表里" {
		answer = record.AnswerKeep
	}
	c.answer(c.fields[row], answer)
}

// answer decides one field. A row without anybody to compare with has nothing
// to decide there.
func (c *rosterCard) answer(field string, a record.Answer) {
	old := c.d().Choice
	if c.d().Known() == nil {
		return
	}
	choice := record.Choice{Person: old.Person, Fields: map[string]record.Answer{field: a}}
	if old.Answer == record.AnswerKeep || old.Answer == record.AnswerTheirs {
		choice.Answer = old.Answer
	}
	for name, one := range old.Fields {
		if name != field {
			choice.Fields[name] = one
		}
	}
	if field == "village_name" {
		choice.Fields["village"] = a
	}
	c.choose(choice)
}

func (c *rosterCard) choose(choice record.Choice) {
	if !c.p.w.plan.Decide(c.i, choice) {
		c.state.Say(refusedChoice(c.d(), choice.Answer), widgets.Warn)
		return
	}
	c.load()
	c.p.decided()
}
