package app

import (
	"cmp"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// certificatesPane is the register of certificates of service: applications in
// public notice, what was issued, what was declared void.
type certificatesPane struct {
	s       *peopleScreen
	d       *Desk
	rows    []record.Certificate
	wanted  record.CertificateID
	grid    *widgets.Grid
	card    *widgets.Card
	list    fyne.CanvasObject
	buttons fyne.CanvasObject
}

func newCertificatesPane(s *peopleScreen) *certificatesPane {
	p := &certificatesPane{s: s, d: s.d, card: widgets.NewCard()}
	at := func(f func(record.Certificate) string) func(int) string {
		return func(row int) string { return f(p.rows[row]) }
	}
	p.grid = widgets.NewGrid([]widgets.Column{
		{ID: "name", Title: "姓名", Width: 80, Value: at(holderName)},
		{ID: "state", Title: "状态", Width: 110, Value: at(p.stateText), Tone: func(row int) widgets.Tone { return p.tone(p.rows[row]) }},
		{ID: "hours", Title: "小时", Width: 70, Align: widgets.Right, Value: at(func(c record.Certificate) string { return record.HoursText(int(c.Minutes)) })},
		{ID: "number", Title: "证明编号", Width: 220, Value: at(func(c record.Certificate) string { return c.Number })},
		{ID: "applied", Title: "申请日期", Width: 96, Value: at(func(c record.Certificate) string { return string(c.Applied) })},
		{ID: "issued", Title: "出具日期", Width: 96, Value: at(func(c record.Certificate) string { return string(c.Issued) })},
	})
	p.grid.Key = func(row int) string { return string(p.rows[row].ID) }
	p.grid.OnSelect = p.selected
	p.grid.OnOpen = func(int) { p.ask() }
	p.grid.OnType = func(r rune) { p.d.typed(r) }
	p.grid.Empty = widgets.Empty{Title: "还没有记录证明", Text: "在“人员”里选中申请的人，按 Ctrl+M，选“受理记录证明申请”。"}
	p.buttons = bar(widgets.NewButton("扫码核对（Ctrl+O）", p.d.askStamp), widgets.NewPrimaryButton("办理（Ctrl+M）", p.ask))
	p.list = split(p.grid, p.card)
	return p
}

func holderName(c record.Certificate) string { return cmp.Or(c.Holder.Name, "（已封存）") }

// stateText says what can be done next.
func (p *certificatesPane) stateText(c record.Certificate) string {
	if c.State != record.CertificateNoticed {
		return record.CertificateStates().NameOf(string(c.State))
	}
	if first := c.FirstIssue(); p.d.today() < first {
		return "公示到 " + string(c.PostedTo[5:])
	}
	return "可以出具"
}

func (p *certificatesPane) tone(c record.Certificate) widgets.Tone {
	switch {
	case c.State == record.CertificateNoticed && p.d.today() >= c.FirstIssue():
		return widgets.Accent
	case c.State == record.CertificateVoided, c.State == record.CertificateDropped:
		return widgets.Muted
	}
	return widgets.Normal
}

// Content is the list.
func (p *certificatesPane) Content() fyne.CanvasObject { return container.NewStack(p.list) }

func (p *certificatesPane) head() fyne.CanvasObject { return p.buttons }

// Open loads the list.
func (p *certificatesPane) Open() {
	p.Refresh()
	p.d.win.Canvas().Focus(p.grid)
}

// Refresh reads the register off the painting goroutine.
func (p *certificatesPane) Refresh() {
	p.d.spawn(func() {
		rows, err := p.d.db.Certificates(p.d.ctx)
		fyne.Do(func() {
			if err != nil {
				p.d.trouble(err)
				return
			}
			p.rows = rows
			p.show()
		})
	})
}

func (p *certificatesPane) show() {
	p.grid.SetRows(len(p.rows))
	if p.wanted != "" {
		p.grid.SelectKey(string(p.wanted))
		p.wanted = ""
	}
	if row, ok := p.grid.Selected(); ok {
		p.selected(row)
	} else if len(p.rows) > 0 {
		p.grid.Select(0)
	} else {
		p.selected(-1)
	}
}

func (p *certificatesPane) selected(row int) {
	if row < 0 || row >= len(p.rows) {
		p.card.Hide()
		return
	}
	c := p.rows[row]
	p.card.Show()
	p.card.SetTitle(holderName(c), p.stateText(c))
	rows := []widgets.CardRow{
		{Label: "服务时长", Value: fmt.Sprintf("%s，%d 次活动", hoursWords(int(c.Minutes)), len(c.Lines))},
		{Label: "起止日期", Value: string(c.From) + " 至 " + string(c.To)},
		{Label: "用途", Value: c.Use},
		{Label: "申请日期", Value: c.Applied.Chinese()},
	}
	if c.Posted != "" {
		rows = append(rows, widgets.CardRow{Label: "公示", Value: string(c.Posted) + " 至 " + string(c.PostedTo)})
	}
	if c.Number != "" {
		rows = append(rows, widgets.CardRow{Label: "证明编号", Value: c.Number}, widgets.CardRow{Label: "出具", Value: c.Issued.Chinese() + "，" + c.Handler},
			widgets.CardRow{Label: "出具单位", Value: c.Issuer})
	}
	if c.Replaces != "" {
		rows = append(rows, widgets.CardRow{Label: "替代", Value: c.Replaces})
	}
	if c.Reason != "" {
		rows = append(rows, widgets.CardRow{Label: "说明", Value: c.Ended.Chinese() + "，" + c.Reason})
	}
	if c.State == record.CertificateIssued {
		if drift, err := p.d.db.CertificateDrift(p.d.ctx, c); err == nil && !drift.None() {
			rows = append(rows, widgets.CardRow{
				Label: "现在", Tone: widgets.Warn,
				Value: fmt.Sprintf("出具以后记录有变，现在是 %s。已出具的不变；要改，请作废后重新出具。", hoursWords(int(drift.Minutes))),
			})
		}
	}
	p.card.SetRows(rows)
	p.card.SetFoot(widgets.NewButton("办理（Enter）", p.ask))
}

// Keys of the list.
func (p *certificatesPane) Keys() map[string]func() {
	keys := map[string]func(){"Ctrl+O": p.d.askStamp, "Ctrl+M": p.ask}
	if c, ok := p.current(); ok && c.Number != "" && c.Stamp != "" {
		keys["Ctrl+P"] = func() { p.print(c, false) }
	}
	return keys
}

func (p *certificatesPane) current() (record.Certificate, bool) {
	row, ok := p.grid.Selected()
	if !ok || row >= len(p.rows) {
		return record.Certificate{}, false
	}
	return p.rows[row], true
}

// Unsaved is nothing: what is asked here is asked in dialogs.
func (p *certificatesPane) Unsaved() string { return "" }

func (p *certificatesPane) follow(fyne.Position) {}
