package app

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"rongyuan/app/look"
	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// reportScreen is the door 报表: the figures of a month exactly as they were
// counted, each with its definition and the names behind it, and the papers
// that are made of them.
type reportScreen struct {
	d      *Desk
	period record.Period
	report record.PeriodReport
	loads  int // the number of the last load; an older one is dropped

	title      *words
	next       *widgets.Button
	head       *fyne.Container
	indicators *widgets.Grid
	definition *widgets.Paragraph
	lines      *widgets.Grid
	teams      *widgets.Grid
	activities *widgets.Grid
	tabs       *tabs
	at         int // the open tab
	below      *fyne.Container
	content    fyne.CanvasObject
	stage      *fyne.Container // content, or the page of the month's close
	month      *monthPage      // nil while it is not open
	kinds      *widgets.Radio
	texts      map[record.Period][]string // written parts that were changed
	form       *districtForm              // nil while it is not open
}

func newReportScreen(d *Desk) screen {
	s := &reportScreen{d: d, period: record.MonthOf(d.today()), title: heading(""), below: container.NewStack(), texts: map[record.Period][]string{}}
	s.kinds = widgets.NewRadio(kindNames(), s.turnKind)
	s.kinds.SetValue(record.PeriodKinds().NameOf(string(record.PeriodMonth)))
	s.definition = widgets.NewParagraph("", widgets.Muted)
	s.indicators = s.grid(s.indicatorColumns(), func(row int) { s.openIndicator(record.Indicators()[row]) })
	s.indicators.OnSelect = s.define
	s.indicators.OnKey = s.turnKey
	s.lines = s.grid(s.rowColumns("任务线", s.lineRow), func(row int) { s.openGroup(s.lineRow(row), groupLine) })
	s.teams = s.grid(s.rowColumns("队伍", s.teamRow), func(row int) { s.openGroup(s.teamRow(row), groupTeam) })
	s.activities = s.grid(s.activityColumns(), func(row int) {
		d.open(doorActivities, place{Activity: s.report.Activities[row].ID})
	})
	s.teams.Empty = widgets.Empty{Title: "还没有队伍", Text: "在“人员”的“队伍”里新建。"}
	s.activities.Empty = widgets.Empty{Title: "这段时间没有志愿服务活动", Text: "按 F2 登记活动。"}
	s.tabs = newTabs([]string{"按队伍", "活动清单"}, s.show)
	s.next = widgets.NewButton("下期", func() { s.turn(1) })
	s.head = bar(s.title, s.kinds, widgets.NewButton("上期", func() { s.turn(-1) }), s.next, spring(),
		widgets.NewButton("文字（Ctrl+T）", s.editText),
		widgets.NewButton("月底检查（Ctrl+M）", func() { s.openMonth(record.MonthOf(min(s.period.To, s.d.today()))) }),
		widgets.NewButton("Excel（Ctrl+E）", s.export),
		widgets.NewPrimaryButton("打印 PDF（Ctrl+P）", s.print))
	left := edged(nil, insets(0, 8, 0, 0, s.definition), nil, s.indicators)
	right := container.New(&halvesLayout{rows: len(record.Lines().Terms) + 1}, s.lines, edged(whole(padded(4, 0, bar(s.tabs.content, spring(), widgets.NewButton("区级表格（Ctrl+I）", func() { s.openForm("") })))), nil, nil, s.below))
	body := container.New(&figuresLayout{left: 424, gap: 16}, left, right)
	s.content = edged(stack(0, whole(padded(8, 16, s.head)), line()), nil, nil, insets(16, 10, 16, 10, body))
	s.stage = container.NewStack(s.content)
	s.show(0)
	return s
}

// grid is a list of figures: Enter opens what lies behind a number.
func (s *reportScreen) grid(columns []widgets.Column, open func(int)) *widgets.Grid {
	g := widgets.NewGrid(columns)
	g.OnOpen = open
	g.OnType = func(r rune) { s.d.typed(r) }
	return g
}

// turnKey changes the month with the arrows, in the list that has no column out
// of sight.
func (s *reportScreen) turnKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyLeft:
		s.turn(-1)
	case fyne.KeyRight:
		s.turn(1)
	default:
		return false
	}
	return true
}

func (s *reportScreen) indicatorColumns() []widgets.Column {
	return []widgets.Column{
		{ID: "name", Title: "指标", Width: 122, Value: func(row int) string { return record.Indicators()[row].Name }},
		{ID: "value", Title: "本期", Width: 110, Align: widgets.Right, Value: func(row int) string { return figureText(record.Indicators()[row], s.report.Figures) }},
		{
			ID: "unit", Title: "单位", Width: 50, Value: func(row int) string { return unitText(record.Indicators()[row]) },
			Tone: func(int) widgets.Tone { return widgets.Muted },
		},
		{
			ID: "previous", Title: "上期", Width: 90, Align: widgets.Right, Value: func(row int) string { return figureText(record.Indicators()[row], s.report.Previous) },
			Tone: func(int) widgets.Tone { return widgets.Muted },
		},
	}
}

// figureText is a figure as the papers write it; minutes stand as hours.
func figureText(one record.Indicator, f record.Figures) string {
	if f == nil {
		return ""
	}
	if minutesIn(one) {
		return hoursWords(int(f[one.Code]))
	}
	return fmt.Sprint(f[one.Code])
}

func minutesIn(one record.Indicator) bool { return one.InMinutes() }

func unitText(one record.Indicator) string {
	if minutesIn(one) {
		return "" // the number carries it
	}
	return one.Unit
}

// lineRow is a row of the table by task lines; the last one is the total as
// counted: people are not the sum, for one person may serve in several lines.
func (s *reportScreen) lineRow(row int) record.Row {
	if row < len(s.report.Lines) {
		return s.report.Lines[row]
	}
	return s.total()
}

func (s *reportScreen) total() record.Row {
	f := s.report.Figures
	return record.Row{
		Name: "合计", Activities: f[record.FigureActivities], People: f[record.FigurePeople],
		Participations: f[record.FigureParticipations], Minutes: f[record.FigureMinutes], Served: f[record.FigureServed],
	}
}

func (s *reportScreen) teamRow(row int) record.Row { return s.report.Teams[row] }

func (s *reportScreen) rowColumns(name string, at func(int) record.Row) []widgets.Column {
	number := func(id, title string, f func(record.Row) int64) widgets.Column {
		return widgets.Column{ID: id, Title: title, Width: 58, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(f(at(row))) }}
	}
	tone := func(row int) widgets.Tone {
		if at(row).Code == "" && at(row).Name == "合计" {
			return widgets.Accent
		}
		return widgets.Normal
	}
	columns := []widgets.Column{
		{ID: "name", Title: name, Width: 122, Value: func(row int) string { return at(row).Name }},
		number("activities", "场次", func(r record.Row) int64 { return r.Activities }),
		number("people", "人数", func(r record.Row) int64 { return r.People }),
		number("participations", "人次", func(r record.Row) int64 { return r.Participations }),
		{ID: "minutes", Title: "时长", Width: 112, Align: widgets.Right, Value: func(row int) string { return hoursWords(int(at(row).Minutes)) }},
		number("served", "服务对象", func(r record.Row) int64 { return r.Served }),
	}
	for i := range columns {
		columns[i].Tone = tone
	}
	return columns
}

func (s *reportScreen) activityColumns() []widgets.Column {
	at := func(f func(record.ActivityRow) string) func(int) string {
		return func(row int) string { return f(s.report.Activities[row]) }
	}
	return []widgets.Column{
		{ID: "title", Title: "名称", Width: 150, Value: at(func(r record.ActivityRow) string { return r.Activity.Title })},
		{ID: "day", Title: "日期", Width: 94, Value: at(func(r record.ActivityRow) string { return string(r.Activity.Start.Day()) })},
		{ID: "line", Title: "任务线", Width: 104, Value: at(func(r record.ActivityRow) string { return record.Lines().NameOf(r.Activity.Line) })},
		{ID: "team", Title: "队伍", Width: 118, Value: at(func(r record.ActivityRow) string { return r.Team })},
		{ID: "people", Title: "人次", Width: 50, Align: widgets.Right, Value: at(func(r record.ActivityRow) string { return fmt.Sprint(r.Participants) })},
		{ID: "minutes", Title: "时长", Width: 106, Align: widgets.Right, Value: at(func(r record.ActivityRow) string { return hoursWords(int(r.Minutes)) })},
		{
			ID: "late", Title: "期限", Width: 76, Value: at(func(r record.ActivityRow) string { return map[bool]string{true: "超期记录"}[r.Late] }),
			Tone: func(int) widgets.Tone { return widgets.Bad },
		},
	}
}

// show opens one of the two lists below the table.
func (s *reportScreen) show(i int) {
	s.at = i
	s.tabs.choose(i)
	s.below.Objects = []fyne.CanvasObject{[]fyne.CanvasObject{s.teams, s.activities}[i]}
	s.below.Refresh()
}

// Content is the screen.
func (s *reportScreen) Content() fyne.CanvasObject { return s.stage }

// Open counts the figures anew.
func (s *reportScreen) Open() {
	if s.month != nil {
		s.month.Open()
		return
	}
	if s.form != nil {
		s.form.Open()
		return
	}
	s.Refresh()
	s.d.win.Canvas().Focus(s.indicators)
}

// Go opens a month.
func (s *reportScreen) Go(at place) {
	if s.form != nil && (at.Close || at.Period != (record.Period{})) {
		s.leaveForm()
	}
	if at.Close {
		s.openMonth(at.Period)
		return
	}
	if at.Period != (record.Period{}) {
		if s.month != nil {
			s.leaveMonth()
		}
		s.goTo(at.Period)
	}
}

// kindNames are the kinds of reports: 月报, 季报, 半年报, 年报.
func kindNames() []string {
	var out []string
	for _, term := range record.PeriodKinds().Terms {
		out = append(out, term.Name)
	}
	return out
}

// turnKind shows the period of another kind that holds the end of the present
// one, or today.
func (s *reportScreen) turnKind(name string) {
	code, _ := record.PeriodKinds().CodeOf(name)
	s.goTo(record.PeriodOf(record.PeriodKind(code), min(s.period.To, s.d.today())))
}

// turn goes a period back or on, but not beyond the present one.
func (s *reportScreen) turn(by int) {
	if by < 0 {
		s.goTo(s.period.Previous())
		return
	}
	if next := s.period.Next(); next.From <= s.d.today() {
		s.goTo(next)
	}
}

func (s *reportScreen) goTo(p record.Period) {
	s.period = p
	s.kinds.SetValue(record.PeriodKinds().NameOf(string(p.Kind())))
	s.Refresh()
}

// Refresh counts off the painting goroutine.
func (s *reportScreen) Refresh() {
	if s.month != nil {
		s.month.Refresh()
		return
	}
	s.loads++
	load, period := s.loads, s.period
	s.title.SetText(period.Chinese())
	s.head.Refresh()
	if period.To >= s.d.today() {
		s.next.Disable()
	} else {
		s.next.Enable()
	}
	s.d.spawn(func() {
		r, err := s.d.db.Report(s.d.ctx, period)
		fyne.Do(func() {
			switch {
			case load != s.loads:
			case err != nil:
				s.d.trouble(err)
			default:
				s.counted(r)
			}
		})
	})
}

func (s *reportScreen) counted(r record.PeriodReport) {
	s.report = r
	s.indicators.SetRows(len(record.Indicators()))
	s.lines.SetRows(len(r.Lines) + 1)
	s.teams.SetRows(len(r.Teams))
	s.activities.SetRows(len(r.Activities))
	for _, g := range []*widgets.Grid{s.indicators, s.lines, s.teams, s.activities} {
		if _, ok := g.Selected(); !ok && g.Rows() > 0 {
			g.Select(0)
		}
	}
}

// define shows what the selected figure counts.
func (s *reportScreen) define(row int) {
	if row < 0 {
		return
	}
	one := record.Indicators()[row]
	s.definition.SetText(one.Name + "：" + one.Definition + "。按 Enter 看名单，← → 换前后期。")
	s.content.Refresh()
}

// Keys are the papers and the two lists.
func (s *reportScreen) Keys() map[string]func() {
	if s.month != nil {
		return s.month.Keys()
	}
	if s.form != nil {
		return s.form.Keys()
	}
	return map[string]func(){
		"Ctrl+I": func() { s.openForm("") },
		"Ctrl+P": s.print, "Ctrl+E": s.export, "Ctrl+T": s.editText, "Ctrl+M": func() { s.openMonth(record.MonthOf(min(s.period.To, s.d.today()))) },
		"Ctrl+1": func() { s.showFocused(0) }, "Ctrl+2": func() { s.showFocused(1) },
	}
}

func (s *reportScreen) showFocused(i int) {
	s.show(i)
	s.d.win.Canvas().Focus([]*widgets.Grid{s.teams, s.activities}[i])
}

// KeyNames say what the keys do here.
func (s *reportScreen) KeyNames() map[string]string {
	if s.month != nil {
		return s.month.KeyNames()
	}
	if s.form != nil {
		return s.form.KeyNames()
	}
	return map[string]string{
		"Ctrl+I": "区级表格", "Ctrl+M": "月底检查与月结", "Ctrl+P": "打印 PDF", "Ctrl+T": "改文字说明", "Ctrl+E": "导出 Excel", "Ctrl+1": "按队伍", "Ctrl+2": "活动清单",
	}
}

// figuresLayout sets the indicators beside the tables.
type figuresLayout struct{ left, gap float32 }

func (l *figuresLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.left+l.gap+400, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

func (l *figuresLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	s.Height = float32(math.Floor(float64(s.Height)))
	left := l.left * theme.TextSize() / 14
	left = float32(int(min(left, s.Width*0.42)))
	o[0].Resize(fyne.NewSize(left, s.Height))
	o[0].Move(fyne.NewPos(0, 0))
	o[1].Move(fyne.NewPos(left+l.gap, 0))
	o[1].Resize(fyne.NewSize(s.Width-left-l.gap, s.Height))
}

// whole gives an object a height in whole units: a list that ends within a unit
// loses its frame.
func whole(o fyne.CanvasObject) fyne.CanvasObject { return container.New(wholeLayout{}, o) }

type wholeLayout struct{}

func (wholeLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	m.Height = float32(math.Ceil(float64(m.Height)))
	return m
}

func (wholeLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, float32(math.Floor(float64(s.Height)))))
}

// halvesLayout gives the upper list the height of its rows and the lower one the
// rest.
type halvesLayout struct{ rows int }

func (l *halvesLayout) height() float32 {
	row := fyne.CurrentApp().Settings().Theme().Size(look.RowHeight)
	return float32(int(row)*(l.rows+1) + 4)
}

func (l *halvesLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(o[0].MinSize().Width, o[1].MinSize().Width), 300)
}

func (l *halvesLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := min(l.height(), float32(int(s.Height*0.6)))
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, h))
	o[1].Move(fyne.NewPos(0, h+4))
	o[1].Resize(fyne.NewSize(s.Width, s.Height-h-4))
}
