package app

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// monthPage is the check at the end of a month and its close (月底检查与月结): the
// lights to the left, what stands behind the selected one to the right, and why
// figures differ from the month before and from the printed edition.
type monthPage struct {
	s      *reportScreen
	d      *Desk
	month  record.Period
	loads  int // the number of the last load; an older one is dropped
	facts  monthFacts
	light  int // the selected light
	titles map[record.ActivityID]record.Activity
	names  map[string]string // of teams and brands

	title   *words
	state   *widgets.Paragraph
	head    *fyne.Container
	next    *widgets.Button
	closes  *widgets.Button
	reopens *widgets.Button
	checks  *widgets.Button
	lights  *widgets.Grid
	items   *widgets.Grid
	about   *widgets.Paragraph // of the selected item
	causes  *widgets.Grid
	rows    []causeRow
	tabs    *tabs
	at      int
	beside  *fyne.Container
	content fyne.CanvasObject
}

// monthFacts is what the page shows.
type monthFacts struct {
	lights   []record.Light
	closing  record.Closing
	previous store.Explained // against the month before
	printed  store.Explained // against the last edition but the one in force
	edition  int             // of printed; 0 where there is none
}

// openMonth opens the page over the report of a month.
func (s *reportScreen) openMonth(month record.Period) {
	s.month = newMonthPage(s, month)
	s.stage.Objects = []fyne.CanvasObject{s.month.content}
	s.stage.Refresh()
	s.month.Open()
}

// leaveMonth goes back to the report of the month that was looked at.
func (s *reportScreen) leaveMonth() {
	month := s.month.month
	s.month = nil
	s.stage.Objects = []fyne.CanvasObject{s.content}
	s.stage.Refresh()
	s.goTo(month)
	s.d.win.Canvas().Focus(s.indicators)
}

func newMonthPage(s *reportScreen, month record.Period) *monthPage {
	p := &monthPage{s: s, d: s.d, month: month, title: heading(""), state: widgets.NewParagraph("", widgets.Normal), beside: container.NewStack()}
	p.about = widgets.NewParagraph("", widgets.Muted)
	p.state.Width, p.about.Width = 860, 700
	p.lights = widgets.NewGrid(p.lightColumns())
	p.lights.OnSelect = p.choose
	p.lights.OnOpen = func(int) { p.showTab(0); p.d.win.Canvas().Focus(p.items) }
	p.lights.OnKey = p.turnKey
	p.items = widgets.NewGrid(p.itemColumns())
	p.items.OnOpen = p.openItem
	p.items.OnSelect = p.hint
	p.items.Empty = widgets.Empty{Title: "没有", Text: "这一项通过了。"}
	p.causes = widgets.NewGrid(p.causeColumns())
	p.causes.OnOpen = p.openCause
	p.causes.Empty = widgets.Empty{Title: "没有不同", Text: "数字一样，或者还没有印过别的版。"}
	p.tabs = newTabs([]string{"要看的", "和上月比", "和印出去的比"}, p.showTab)
	p.next = widgets.NewButton("下月", func() { p.turn(1) })
	p.closes = widgets.NewPrimaryButton("站长月结（Ctrl+S）", p.askClose)
	p.reopens = widgets.NewButton("重开（Ctrl+R）", p.askReopen)
	p.checks = widgets.NewButton("核对封签（Ctrl+G）", p.checkSeal)
	p.head = bar(p.title, widgets.NewButton("上月", func() { p.turn(-1) }), p.next, spring(), p.checks, p.reopens, p.closes,
		widgets.NewButton("返回（Esc）", s.leaveMonth))
	right := edged(whole(padded(4, 0, p.tabs.content)), nil, nil, p.beside)
	body := container.New(&figuresLayout{left: 440, gap: 16}, p.lights, right)
	p.content = edged(stack(0, whole(padded(8, 16, p.head)), line()), insets(16, 0, 16, 10, p.state), nil, insets(16, 10, 16, 10, body))
	p.showTab(0)
	return p
}

func lightTone(t record.Tone) widgets.Tone {
	return map[record.Tone]widgets.Tone{record.ToneGreen: widgets.Good, record.ToneYellow: widgets.Warn, record.ToneRed: widgets.Bad}[t]
}

func (p *monthPage) lightColumns() []widgets.Column {
	tone := func(row int) widgets.Tone { return lightTone(p.facts.lights[row].Tone) }
	return []widgets.Column{
		{ID: "tone", Title: "结果", Width: 84, Value: func(row int) string {
			return map[record.Tone]string{record.ToneGreen: "● ", record.ToneYellow: "▲ ", record.ToneRed: "■ "}[p.facts.lights[row].Tone] + say.Tone(p.facts.lights[row].Tone)
		}, Tone: tone},
		{ID: "name", Title: "检查", Width: 240, Value: func(row int) string { name, _ := say.Light(p.facts.lights[row].Code); return name }},
		{ID: "n", Title: "条数", Width: 60, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(len(p.facts.lights[row].Items)) }},
	}
}

func (p *monthPage) itemColumns() []widgets.Column {
	at := func(f func(record.LightItem) string) func(int) string {
		return func(row int) string { return f(p.behind()[row]) }
	}
	return []widgets.Column{
		{ID: "day", Title: "日期", Width: 100, Value: at(func(i record.LightItem) string { return string(i.Day) })},
		{ID: "activity", Title: "活动", Width: 170, Value: at(func(i record.LightItem) string { return p.titles[i.Activity].Title })},
		{ID: "person", Title: "人员", Width: 84, Value: at(func(i record.LightItem) string { person, _ := p.d.db.Person(i.Volunteer); return person.Name })},
		{ID: "what", Title: "问题", Width: 330, Value: at(say.Item), Tone: func(row int) widgets.Tone {
			if p.behind()[row].Red {
				return widgets.Bad
			}
			return widgets.Muted
		}},
	}
}

// hint says of the selected item all that its line has no room for.
func (p *monthPage) hint(row int) {
	text := ""
	if row >= 0 && row < len(p.behind()) {
		item := p.behind()[row]
		text = say.Item(item)
		if item.Fault != nil {
			text += "。" + say.Remedy(item.Fault.Remedy)
		}
		if text != "" {
			text += "。"
		}
		text += "按 Enter 打开。"
	}
	p.about.SetText(text)
	p.beside.Refresh()
}

// behind are what stands behind the selected light.
func (p *monthPage) behind() []record.LightItem {
	if p.light >= len(p.facts.lights) {
		return nil
	}
	return p.facts.lights[p.light].Items
}
