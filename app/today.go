package app

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// todayScreen is the start page: what is due, and this month's figures. Each
// line opens its place.
type todayScreen struct {
	d       *Desk
	title   *words
	due     []dueLine
	grid    *widgets.Grid
	lines   []figureLine
	figures *widgets.Grid
	content fyne.CanvasObject
}

// dueLine is one thing that waits.
type dueLine struct {
	what, detail, until string
	tone                widgets.Tone
	open                func()
}

// todayFacts is what the page is made of.
type todayFacts struct {
	activities []record.Activity
	calendar   record.Calendar
	exchange   record.ExchangeState
	proposals  []record.Proposal
	letters    int // of the district, that nobody opened
	teams      []teamRow
	report     record.PeriodReport
	hours      hoursFacts
	people     int
	noNumber   int
	month      todayMonth
	// backup and drill are when there was one last.
	backup, drill time.Time
}

func newTodayScreen(d *Desk) screen {
	s := &todayScreen{d: d, title: heading("")}
	s.grid = widgets.NewGrid([]widgets.Column{
		{ID: "what", Title: "要办的事", Width: 210, Value: func(row int) string { return s.due[row].what }, Tone: func(row int) widgets.Tone { return s.due[row].tone }},
		{ID: "until", Title: "期限", Width: 92, Value: func(row int) string { return s.due[row].until }},
		{ID: "detail", Title: "说明", Width: 400, Value: func(row int) string { return s.due[row].detail }, Tone: func(int) widgets.Tone { return widgets.Muted }},
	})
	s.grid.OnOpen = func(row int) { s.due[row].open() }
	s.grid.OnType = func(r rune) { d.typed(r) }
	s.grid.Empty = widgets.Empty{Title: "今天没有要办的事", Text: "到期、超期和没办完的事会列在这里。"}
	actions := bar(s.title, spring(),
		widgets.NewButton("登记人员", func() { d.open(doorPeople, place{New: true}) }),
		widgets.NewButton("记录活动", func() { d.open(doorActivities, place{New: true}) }),
		widgets.NewButton("导入花名册", d.importRoster),
		widgets.NewButton("出月报", func() { d.open(doorReports, place{}) }))
	if !d.may(record.RightWrite) {
		actions = bar(s.title, spring(), widgets.NewButton("出月报", func() { d.open(doorReports, place{}) }))
	}
	s.content = edged(stack(0, padded(10, 16, actions), line()), nil, nil, split(s.grid, s.newFigures()))
	return s
}

// importRoster opens the wizard from another door.
func (d *Desk) importRoster() {
	if !d.may(record.RightWrite) {
		return
	}
	d.open(doorPeople, place{})
	if s, ok := d.screens[doorPeople].(*peopleScreen); ok {
		s.openRoster(nil)
	}
}

// Content is the screen.
func (s *todayScreen) Content() fyne.CanvasObject { return s.content }

// Keys are those of the list itself.
func (s *todayScreen) Keys() map[string]func() {
	return map[string]func(){
		"Ctrl+N": func() { s.d.open(doorPeople, place{New: true}) },
		"Ctrl+I": s.d.importRoster,
	}
}

// KeyNames say what is new here.
func (s *todayScreen) KeyNames() map[string]string {
	return map[string]string{"Ctrl+N": "登记人员"}
}

// Open reads the facts and puts the focus onto the list.
func (s *todayScreen) Open() {
	s.Refresh()
	s.d.win.Canvas().Focus(s.grid)
}

// Refresh reads off the painting goroutine.
func (s *todayScreen) Refresh() {
	s.title.SetText("今日 · " + s.d.today().Chinese() + " " + weekday(s.d.today()))
	var facts todayFacts
	s.d.spawn(func() {
		var err error
		facts, err = s.d.todayFacts(s.d.ctx)
		fyne.Do(func() {
			if err != nil {
				s.d.trouble(err)
				return
			}
			s.show(facts)
		})
	})
}

func weekday(d record.Day) string {
	return "星期" + []string{"日", "一", "二", "三", "四", "五", "六"}[d.Time().In(record.Zone()).Weekday()]
}

func (d *Desk) todayFacts(ctx context.Context) (f todayFacts, err error) {
	if f.activities, err = d.db.Activities(ctx, store.ActivityFilter{}); err != nil {
		return f, err
	}
	if f.calendar, err = d.db.Calendar(ctx); err != nil {
		return f, err
	}
	if f.exchange, err = d.db.Exchange(ctx); err != nil {
		return f, err
	}
	if f.letters, err = d.db.UnreadLetters(ctx); err != nil {
		return f, err
	}
	if f.proposals, err = d.db.Proposals(ctx); err != nil {
		return f, err
	}
	if f.teams, err = d.teamRows(ctx); err != nil {
		return f, err
	}
	if f.hours, err = d.hoursFacts(ctx); err != nil {
		return f, err
	}
	if f.report, err = d.db.Report(ctx, record.MonthOf(d.today())); err != nil {
		return f, err
	}
	if f.backup, f.drill, err = d.db.BackupTimes(ctx); err != nil {
		return f, err
	}
	if f.month, err = d.todayMonth(ctx, f.activities); err != nil {
		return f, err
	}
	people, err := d.db.List(ctx, store.PeopleFilter{})
	if err != nil {
		return f, err
	}
	f.people = people.Len()
	missing, err := arrangement{only: viewNoNumber}.rows(ctx, people)
	f.noNumber = missing.Len()
	return f, err
}

func (s *todayScreen) show(f todayFacts) {
	s.due = s.d.dueLines(f)
	s.grid.SetRows(len(s.due))
	if _, ok := s.grid.Selected(); !ok && len(s.due) > 0 {
		s.grid.Select(0)
	}
	s.showFigures(f.report)
}

// dueLines are sorted by weight: what is late, what becomes late, what is
// missing, what is coming.
func (d *Desk) dueLines(f todayFacts) []dueLine {
	lines := d.drafts.lines()
	late, soon := d.unrecorded(f)
	lines = append(lines, late...)
	lines = append(lines, d.letterLines(f.letters)...)
	lines = append(lines, d.exchangeLines(f.exchange)...)
	lines = append(lines, soon...)
	lines = append(lines, d.hoursLines(f.hours)...)
	lines = append(lines, d.monthLines(f.month)...)
	lines = append(lines, d.missing(f)...)
	lines = append(lines, d.backupLines(f)...)
	lines = append(lines, d.proposalLines(f.proposals)...)
	return append(lines, d.coming(f)...)
}

// unrecorded are activities whose end has passed and that are not recorded; the
// law gives ten working days (Decree 67, article 11).
func (d *Desk) unrecorded(f todayFacts) (late, soon []dueLine) {
	now := record.MomentOf(d.now())
	for _, a := range f.activities {
		if a.State != record.ActivityPlanned || a.End > now {
			continue
		}
		deadline := f.calendar.Deadline(a.End.Day())
		line := dueLine{
			what: "补记 " + a.Title, detail: a.Start.Day().Chinese() + "已经结束，还没有记录参加人员和时长", until: string(deadline),
			tone: widgets.Warn, open: func() { d.open(doorActivities, place{Activity: a.ID}) },
		}
		if d.today() > deadline {
			line.tone, line.detail = widgets.Bad, "已经结束十个工作日以上，现在记录要写明原因"
			late = append(late, line)
			continue
		}
		soon = append(soon, line)
	}
	return late, soon
}

func (d *Desk) exchangeLines(state record.ExchangeState) []dueLine {
	open := func() { d.open(doorExchange, place{}) }
	text, tone := exchangeText(state, d.now())
	switch {
	case !state.Enrolled:
		return []dueLine{{what: "接入区级服务器", detail: "本站的记录还只在这台电脑里", tone: widgets.Normal, open: open}}
	case state.LastCode != "":
		return []dueLine{{what: "上次交换没有成功", detail: text + "；打开“交换”查看原因", tone: widgets.Warn, open: open}}
	case tone == widgets.Warn || tone == widgets.Bad:
		return []dueLine{{what: "上报到区里", detail: text, tone: tone, open: open}}
	}
	return nil
}

// missing is what the records still lack.
func (d *Desk) missing(f todayFacts) []dueLine {
	var lines []dueLine
	if f.people == 0 {
		lines = append(lines, dueLine{what: "导入第一份花名册", detail: "还没有人员。也可以把花名册直接拖进窗口", open: d.importRoster})
	}
	if len(f.teams) == 0 {
		lines = append(lines, dueLine{what: "建立本站的志愿服务队", detail: "一站一队伍：还没有队伍", open: func() { d.openTeams("") }})
	}
	for _, r := range f.teams {
		if r.captain == "" && r.team.Dissolved == "" {
			id := r.team.ID
			lines = append(lines, dueLine{what: "给 " + r.team.Name + " 定队长", detail: fmt.Sprintf("现有队员 %d 人，没有队长", r.members), open: func() { d.openTeams(id) }})
		}
	}
	if f.noNumber > 0 {
		lines = append(lines, dueLine{
			what: fmt.Sprintf("补齐身份证号 %d 人", f.noNumber), detail: "没有身份证号的人在区里可能被重复计数", tone: widgets.Warn,
			open: func() { d.open(doorPeople, place{People: viewNoNumber}) },
		})
	}
	if n := f.report.Figures[record.FigureLate]; n > 0 {
		lines = append(lines, dueLine{
			what: fmt.Sprintf("本月超期记录 %d 场", n), detail: "已经记录，但晚于活动结束后十个工作日", tone: widgets.Muted,
			open: func() {
				d.open(doorActivities, place{Period: record.MonthOf(d.today()), Late: true})
			},
		})
	}
	return lines
}

// openTeams opens the list of teams, at one of them where it is named.
func (d *Desk) openTeams(id record.TeamID) {
	d.open(doorPeople, place{})
	if s, ok := d.screens[doorPeople].(*peopleScreen); ok {
		s.show(1)
		if id != "" {
			s.teams.choose(id)
		}
	}
}

const comingDays = 7

// coming are the planned activities of the next week.
func (d *Desk) coming(f todayFacts) []dueLine {
	now, end := record.MomentOf(d.now()), d.today().AddDays(comingDays)
	var lines []dueLine
	for i := len(f.activities) - 1; i >= 0; i-- {
		a := f.activities[i]
		if a.State != record.ActivityPlanned || a.End <= now || a.Start.Day() > end {
			continue
		}
		lines = append(lines, dueLine{
			what: a.Title, detail: "计划中的活动 · " + a.Start.Clock() + " 至 " + a.End.Clock() + " " + a.Place, until: string(a.Start.Day()),
			open: func() { d.open(doorActivities, place{Activity: a.ID}) },
		})
	}
	return lines
}

// figureLine is one of this month's figures; it opens what it counts.
type figureLine struct {
	name, now, before string
	open              func()
}

// newFigures is the list of figures beside the list of due things, with the way
// to what each of them counts.
func (s *todayScreen) newFigures() fyne.CanvasObject {
	s.figures = widgets.NewGrid([]widgets.Column{
		{ID: "name", Title: "指标", Width: 96, Value: func(row int) string { return s.lines[row].name }},
		{ID: "now", Title: "本月", Width: 110, Align: widgets.Right, Value: func(row int) string { return s.lines[row].now }, Tone: func(int) widgets.Tone { return widgets.Accent }},
		{ID: "before", Title: "上月", Width: 102, Align: widgets.Right, Value: func(row int) string { return s.lines[row].before }, Tone: func(int) widgets.Tone { return widgets.Muted }},
	})
	s.figures.OnOpen = func(row int) { s.lines[row].open() }
	s.figures.OnType = func(r rune) { s.d.typed(r) }
	hint := caption("Enter 看名单")
	foot := padded(8, 16, bar(hint, spring(), widgets.NewButton("指标说明", s.d.showDefinitions)))
	return edged(nil, foot, nil, s.figures)
}

func (s *todayScreen) showFigures(r record.PeriodReport) {
	month := record.MonthOf(s.d.today())
	activities := func() { s.d.open(doorActivities, place{Period: month}) }
	people := func(v peopleView) func() { return func() { s.d.open(doorPeople, place{People: v}) } }
	s.lines = nil
	for _, one := range []struct {
		label, code string
		open        func()
	}{
		{"活动场次", record.FigureActivities, activities},
		{"参加人数", record.FigurePeople, people(viewActive)},
		{"参加人次", record.FigureParticipations, activities},
		{"服务时长", record.FigureMinutes, activities},
		{"服务对象", record.FigureServed, activities},
		{"新志愿者", record.FigureJoined, people(viewJoined)},
		{"在册总数", record.FigureVolunteers, people(viewServing)},
	} {
		l := figureLine{name: one.label, now: figureWithUnit(one.code, r.Figures), open: one.open}
		if r.Previous != nil {
			l.before = figureWithUnit(one.code, r.Previous)
		}
		s.lines = append(s.lines, l)
	}
	s.figures.SetRows(len(s.lines))
	if _, ok := s.figures.Selected(); !ok {
		s.figures.Select(0)
	}
}

func indicator(code string) record.Indicator {
	for _, i := range record.Indicators() {
		if i.Code == code {
			return i
		}
	}
	return record.Indicator{Code: code}
}

func figureWithUnit(code string, f record.Figures) string {
	if code == record.FigureMinutes {
		return hoursText(int(f[code]))
	}
	return fmt.Sprintf("%d %s", f[code], indicator(code).Unit)
}

// hoursText is minutes with the word 小时 wherever the number does not carry it.
func hoursText(minutes int) string {
	text := record.HoursText(minutes)
	if minutes%6 == 0 {
		text += " 小时"
	}
	return text
}

// showDefinitions says what each number counts.
func (d *Desk) showDefinitions() {
	lines := stack(8)
	for _, i := range record.Indicators() {
		p := widgets.NewParagraph(i.Definition, widgets.Muted)
		p.Width = 560
		lines.Add(stack(1, text(i.Name+"（"+i.Unit+"）", widgets.Normal), p))
	}
	scroll := container.NewVScroll(lines)
	widgets.ShowContent(d.win.Canvas(), "指标说明", container.New(&fixed{width: 580, height: 420}, scroll), nil)
}
