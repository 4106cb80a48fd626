package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// causeRow is a line of the list of differences: a figure, or one cause of it.
type causeRow struct {
	figure string // "" for a cause
	cause  record.Cause
	before int64
	after  int64
}

func causeRows(e store.Explained) []causeRow {
	var out []causeRow
	for _, one := range e.Changed {
		out = append(out, causeRow{figure: say.Figure(one.Code), before: one.Before, after: one.After})
		for _, c := range one.Causes {
			out = append(out, causeRow{cause: c, before: c.Was, after: c.Is})
		}
	}
	return out
}

func (p *monthPage) causeColumns() []widgets.Column {
	tone := func(row int) widgets.Tone {
		if p.rows[row].figure != "" {
			return widgets.Accent
		}
		return widgets.Normal
	}
	columns := []widgets.Column{
		{ID: "what", Title: "指标和原因", Width: 300, Value: func(row int) string {
			r := p.rows[row]
			if r.figure != "" {
				return r.figure
			}
			return "　" + record.CauseKinds().NameOf(string(r.cause.Kind)) + "：" + p.causeName(r.cause)
		}},
		{ID: "before", Title: "原来", Width: 76, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(p.rows[row].before) }},
		{ID: "after", Title: "现在", Width: 76, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(p.rows[row].after) }},
		{ID: "n", Title: "相差", Width: 84, Align: widgets.Right, Value: func(row int) string { return fmt.Sprintf("%+d", p.rows[row].after-p.rows[row].before) }},
	}
	for i := range columns {
		columns[i].Tone = tone
	}
	return columns
}

func (p *monthPage) causeName(c record.Cause) string {
	switch {
	case c.Activity != "":
		return p.titles[c.Activity].Title + " " + string(p.titles[c.Activity].Start.Day())
	case c.Volunteer != "":
		person, _ := p.d.db.Person(c.Volunteer)
		return person.Name
	}
	return p.names[string(c.Team)+string(c.Brand)]
}

// Open reads the month and puts the focus onto the lights.
func (p *monthPage) Open() {
	p.Refresh()
	p.d.win.Canvas().Focus(p.lights)
}

// Refresh reads off the painting goroutine.
func (p *monthPage) Refresh() {
	p.loads++
	load, month := p.loads, p.month
	p.title.SetText(month.Chinese() + " · 月底检查与月结")
	p.head.Refresh()
	p.d.spawn(func() {
		var names map[string]string
		var titles map[record.ActivityID]record.Activity
		facts, err := p.d.monthFacts(p.d.ctx, month)
		if err == nil {
			titles, names, err = p.d.backingTitles(p.d.ctx)
		}
		fyne.Do(func() {
			switch {
			case load != p.loads || p.s.month != p:
			case err != nil:
				p.d.trouble(err)
			default:
				p.titles, p.names = titles, names
				p.show(facts)
			}
		})
	})
}

func (d *Desk) monthFacts(ctx context.Context, month record.Period) (f monthFacts, err error) {
	if f.lights, err = d.db.CheckMonth(ctx, month); err != nil {
		return f, err
	}
	if f.closing, err = d.db.Closing(ctx, month); err != nil {
		return f, err
	}
	if f.previous, err = d.db.Explain(ctx, month, 0); err != nil {
		return f, err
	}
	// What differs from paper: the edition before the one in force, or, while
	// the month is reopened, the one that was printed last.
	f.edition = f.closing.Edition
	if f.closing.Locks() {
		f.edition--
	}
	if f.edition > 0 {
		f.printed, err = d.db.Explain(ctx, month, f.edition)
	}
	return f, err
}

func (d *Desk) backingTitles(ctx context.Context) (map[record.ActivityID]record.Activity, map[string]string, error) {
	all, err := d.db.Activities(ctx, store.ActivityFilter{})
	if err != nil {
		return nil, nil, err
	}
	titles, names := map[record.ActivityID]record.Activity{}, map[string]string{}
	for _, a := range all {
		titles[a.ID] = a
	}
	teams, err := d.db.Teams(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range teams {
		names[string(t.ID)] = t.Name
	}
	brands, err := d.db.Brands(ctx)
	for _, b := range brands {
		names[string(b.ID)] = b.Name
	}
	return titles, names, err
}

func (p *monthPage) show(f monthFacts) {
	p.facts = f
	p.lights.SetRows(len(f.lights))
	if _, ok := p.lights.Selected(); !ok {
		p.lights.Select(p.firstLight())
	}
	p.state.SetText(p.stateText())
	set := func(b *widgets.Button, on bool) {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	chief := p.d.may(record.RightConfirm)
	set(p.closes, chief && !f.closing.Locks() && record.RedLights(f.lights) == 0)
	set(p.reopens, chief && f.closing.Locks())
	set(p.checks, f.closing.Edition > 0)
	set(p.next, p.month.To < p.d.today())
	p.choose(p.light)
	p.showTab(p.at)
	p.content.Refresh()
}

// firstLight is the first light that is not green.
func (p *monthPage) firstLight() int {
	for i, l := range p.facts.lights {
		if l.Tone != record.ToneGreen {
			return i
		}
	}
	return 0
}

// stateText says where the month stands and what comes next.
func (p *monthPage) stateText() string {
	c, red := p.facts.closing, record.RedLights(p.facts.lights)
	switch {
	case c.Locks():
		text := fmt.Sprintf("已月结：第 %d 版", c.Edition)
		if c.Edition > 1 {
			text += "（更正版，原因：" + c.Reason + "）"
		}
		return text + fmt.Sprintf("，%s %s %s确认。封签 %s。这个月的活动和时长都已锁定。", c.By, c.Closed.Day().Chinese(), c.Closed.Clock(), c.Seal)
	case c.Open:
		return fmt.Sprintf("已重开（原因：%s）。更正完请站长再月结，月报就是更正版第 %d 版；上一版封签 %s。", c.Reason, c.Edition+1, c.Seal)
	case red > 0:
		return fmt.Sprintf("还没有月结。标“要处理”的 %d 条办完，站长才能月结。", red)
	case !p.d.may(record.RightConfirm):
		return "可以月结了。请站长用自己的账号登录，打开这一页确认。"
	}
	return "可以月结了。月结以后，这个月的活动和时长都锁定，更正要写原因重开。"
}

// choose shows what stands behind a light.
func (p *monthPage) choose(row int) {
	if row < 0 || row >= len(p.facts.lights) {
		return
	}
	p.light = row
	p.items.SetRows(len(p.behind()))
	p.items.Select(-1)
	p.items.Select(0)
	if len(p.behind()) == 0 {
		_, about := say.Light(p.facts.lights[row].Code)
		p.about.SetText(about + "。")
	}
}

func (p *monthPage) showTab(i int) {
	p.at = i
	p.tabs.choose(i)
	p.rows = nil
	switch i {
	case 1:
		p.rows = causeRows(p.facts.previous)
	case 2:
		p.rows = causeRows(p.facts.printed)
	}
	p.causes.SetRows(len(p.rows))
	if len(p.rows) > 0 {
		p.causes.Select(0)
	}
	p.beside.Objects = []fyne.CanvasObject{p.causes}
	if i == 0 {
		p.beside.Objects = []fyne.CanvasObject{edged(nil, insets(0, 8, 0, 0, p.about), nil, p.items)}
	}
	p.beside.Refresh()
}

// openItem goes where the thing is put right.
func (p *monthPage) openItem(row int) {
	item := p.behind()[row]
	person := item.Fault != nil && item.Fault.Remedy == record.RemedyPerson
	switch {
	case person || item.Activity == "" && item.Volunteer != "":
		p.d.open(doorPeople, place{Person: item.Volunteer})
	case item.Activity != "":
		p.d.open(doorActivities, place{Activity: item.Activity})
	}
}

func (p *monthPage) openCause(row int) {
	c := p.rows[row].cause
	switch {
	case c.Activity != "":
		p.d.open(doorActivities, place{Activity: c.Activity})
	case c.Volunteer != "":
		p.d.open(doorPeople, place{Person: c.Volunteer})
	case c.Team != "":
		p.d.openTeams(c.Team)
	}
}

func (p *monthPage) turnKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyLeft:
		p.turn(-1)
	case fyne.KeyRight:
		p.turn(1)
	default:
		return false
	}
	return true
}

func (p *monthPage) turn(by int) {
	month := p.month.Previous()
	if by > 0 {
		if month = record.MonthOf(p.month.To.AddDays(1)); month.From > p.d.today() {
			return
		}
	}
	p.month = month
	p.lights.Select(-1)
	p.Refresh()
}

// askClose lets the chief confirm the month; the figures to be sealed are named.
func (p *monthPage) askClose() {
	if p.closes.Disabled() {
		p.d.notice(widgets.Warn, p.stateText())
		return
	}
	r := p.month
	widgets.ShowConfirm(p.d.win.Canvas(), widgets.Question{
		Title: r.Chinese() + "月结", Yes: "确认月结", No: "先不结",
		Text: "确认以后，这个月的活动和时长都锁定，并给出封签。要再改，得写原因重开，月报就成更正版。",
	}, func(yes bool) {
		if !yes {
			return
		}
		p.d.act("正在月结", r.Chinese()+"已月结。封签印在月报上。", func(ctx context.Context) error {
			_, err := p.d.db.CloseMonth(ctx, r)
			return err
		})
	})
}

func (p *monthPage) askReopen() {
	if p.reopens.Disabled() {
		p.d.notice(widgets.Warn, "已月结的月份由站长重开。")
		return
	}
	month := p.month
	p.d.askReason(reasonQuestion{
		title: "重开" + month.Chinese(), ok: "重开", usual: []string{"漏记了人员", "漏记了活动", "时长写错", "志愿者提出异议"},
		text: "重开以后可以更正；再月结就是更正版。重开的人、时间和原因会记下来，并报到区里。",
	}, func(reason string) {
		p.d.act("正在重开", month.Chinese()+"已重开。更正完请再月结。", func(ctx context.Context) error {
			return p.d.db.ReopenMonth(ctx, month, reason)
		})
	})
}

// checkSeal recounts the seal and says what differs.
func (p *monthPage) checkSeal() {
	if p.checks.Disabled() {
		return
	}
	var check store.SealCheck
	p.d.work("正在核对封签", func(ctx context.Context, _ func(int, int)) (err error) {
		check, err = p.d.db.CheckSeal(ctx, p.month)
		return err
	}, func(err error) {
		if err != nil {
			p.d.trouble(err)
			return
		}
		widgets.ShowMessage(p.d.win.Canvas(), "封签 "+check.Closing.Seal, p.sealText(check), nil)
	})
}

func (p *monthPage) sealText(check store.SealCheck) string {
	if check.Holds {
		return "核对一致：月结以后一条都没有变。"
	}
	text := "对不上，现在算出来是 " + check.Now + "。"
	if check.Closing.Open {
		text = "这个月已经重开，重开以后更正了："
	}
	for i, one := range check.Changes {
		if i == 6 {
			return text + fmt.Sprintf("等 %d 条。", len(check.Changes))
		}
		name := p.titles[record.ActivityID(one.ID)].Title
		if one.Kind == record.EntityVolunteer {
			person, _ := p.d.db.Person(record.VolunteerID(one.ID))
			name = person.Name
		}
		text += say.Entity(one.Kind) + " " + name + " " + say.RowHow(one.How) + "；"
	}
	return text
}

// Keys work while the page is open.
func (p *monthPage) Keys() map[string]func() {
	return map[string]func(){
		"Ctrl+S": p.askClose, "Ctrl+R": p.askReopen, "Ctrl+G": p.checkSeal, "Escape": p.s.leaveMonth,
		"Ctrl+1": func() { p.focusTab(0) }, "Ctrl+2": func() { p.focusTab(1) }, "Ctrl+3": func() { p.focusTab(2) },
	}
}

func (p *monthPage) focusTab(i int) {
	p.showTab(i)
	if i == 0 {
		p.d.win.Canvas().Focus(p.items)
		return
	}
	p.d.win.Canvas().Focus(p.causes)
}

// KeyNames say what the keys do here.
func (p *monthPage) KeyNames() map[string]string {
	return map[string]string{
		"Ctrl+S": "站长月结", "Ctrl+R": "重开", "Ctrl+G": "核对封签", "Escape": "回报表",
		"Ctrl+1": "要看的", "Ctrl+2": "和上月比", "Ctrl+3": "和印出去的比",
	}
}
