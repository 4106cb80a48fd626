package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// calendarSection is the working-day calendar: the holidays and the weekend days
// that are worked instead, as the State Council publishes them each year. The
// ten working days of Decree 67 are counted by it.
type calendarSection struct {
	d        *Desk
	days     []store.CalendarDay
	grid     *widgets.Grid
	from, to *widgets.DateEntry
	kind     *widgets.Radio
	title    *widgets.Entry
	fields   map[string]*widgets.Field
	content  fyne.CanvasObject
}

const (
	dayOff    = "放假"
	dayWorked = "上班"
	// spanMost bounds a span of days, so that a wrong year does not fill it.
	spanMost = 31
)

func newCalendarSection(d *Desk) section {
	s := &calendarSection{d: d, from: d.dateField(), to: d.dateField(), kind: widgets.NewRadio([]string{dayOff, dayWorked}, nil), title: widgets.NewEntry("例如 国庆节")}
	s.kind.SetValue(dayOff)
	s.title.OnEnter = s.add
	s.fields = map[string]*widgets.Field{
		"day": widgets.NewField("日期", s.from), "to": widgets.NewField("到", s.to),
		"worked": widgets.NewField("安排", s.kind), "name": widgets.NewField("名称", s.title),
	}
	s.fields["day"].Required = true
	s.fields["to"].SetHint("只有一天就空着")
	s.grid = widgets.NewGrid([]widgets.Column{
		{ID: "day", Title: "日期", Width: 110, Value: func(row int) string { return string(s.days[row].Day) }},
		{ID: "weekday", Title: "星期", Width: 80, Value: func(row int) string { return weekdayText(s.days[row].Day) }},
		{ID: "kind", Title: "安排", Width: 70, Value: func(row int) string { return kindOfDay(s.days[row]) }, Tone: func(row int) widgets.Tone {
			if s.days[row].Worked {
				return widgets.Accent
			}
			return widgets.Normal
		}},
		{ID: "name", Title: "名称", Width: 180, Value: func(row int) string { return s.days[row].Name }},
	})
	s.grid.Key = func(row int) string { return string(s.days[row].Day) }
	s.grid.OnType = func(r rune) { d.typed(r) }
	s.grid.Empty = widgets.Empty{Title: "还没有节假日", Text: "现在按周一至周五算工作日。"}
	why := widgets.NewParagraph("活动结束后 10 个工作日内要登记，按这张表算。国务院每年公布的放假和调休上班，在这里添加；周末本来就休息，不用写。", widgets.Muted)
	head := insets(24, 16, 24, 12, stack(8, heading("工作日"), why))
	var side fyne.CanvasObject = container.NewStack()
	if d.mayManage() {
		side = stack(4, widgets.NewForm(1, s.fields["day"], s.fields["to"], s.fields["worked"], s.fields["name"]),
			bar(widgets.NewPrimaryButton("添加（Ctrl+S）", s.add), widgets.NewButton("删除选中（Del）", s.remove)))
	}
	s.content = edged(whole(head), nil, nil, insets(24, 0, 24, 16, container.New(&figuresLayout{left: 500, gap: 32}, s.grid, narrow(side))))
	return s
}

func kindOfDay(d store.CalendarDay) string {
	if d.Worked {
		return dayWorked
	}
	return dayOff
}

func weekdayText(d record.Day) string {
	return "星期" + string([]rune("日一二三四五六")[d.Time().Weekday()])
}

func (s *calendarSection) name() string               { return "工作日" }
func (s *calendarSection) Content() fyne.CanvasObject { return s.content }

func (s *calendarSection) focus() {
	if s.d.mayManage() {
		s.fields["day"].Focus()
		return
	}
	s.d.win.Canvas().Focus(s.grid)
}

func (s *calendarSection) load() {
	days, err := s.d.db.CalendarDays(s.d.ctx)
	if err != nil {
		s.d.trouble(err)
		return
	}
	s.days = days
	s.grid.SetRows(len(days))
	if _, ok := s.grid.Selected(); !ok && len(days) > 0 {
		s.grid.Select(0)
	}
}

func (s *calendarSection) unsaved() string { return "" }

func (s *calendarSection) keys() map[string]func() {
	if !s.d.mayManage() {
		return nil
	}
	keys := map[string]func(){"Ctrl+S": s.add}
	if s.d.win.Canvas().Focused() == fyne.Focusable(s.grid) {
		keys[fyneDelete] = s.remove
	}
	return keys
}

// span are the days that are typed; the findings say why they are none.
func (s *calendarSection) span() ([]store.CalendarDay, bool) {
	for _, f := range s.fields {
		f.SetError("")
	}
	from, to := record.Day(s.from.Value()), record.Day(s.to.Value())
	switch {
	case s.from.Text == "":
		wrong(s.fields["day"], say.Problem(record.Problem{Field: "date", Code: record.CodeRequired}))
		return nil, false
	case !s.from.Valid():
		wrong(s.fields["day"], say.Say(record.CodeDate).What)
		return nil, false
	case !s.to.Valid():
		wrong(s.fields["to"], say.Say(record.CodeDate).What)
		return nil, false
	case to != "" && to < from:
		wrong(s.fields["to"], "要晚于开始的日期")
		return nil, false
	case to != "" && to > from.AddDays(spanMost):
		wrong(s.fields["to"], fmt.Sprintf("一次最多 %d 天", spanMost))
		return nil, false
	}
	if to == "" {
		to = from
	}
	var days []store.CalendarDay
	for day := from; day <= to; day = day.AddDays(1) {
		days = append(days, store.CalendarDay{Day: day, Worked: s.kind.Value() == dayWorked, Name: s.title.Value()})
	}
	return days, true
}

func (s *calendarSection) add() {
	days, ok := s.span()
	if !ok {
		return
	}
	s.d.work("正在保存", func(ctx context.Context, _ func(int, int)) error {
		for _, day := range days {
			if err := s.d.db.SaveCalendarDay(ctx, day); err != nil {
				return err
			}
		}
		return nil
	}, func(err error) {
		s.load()
		if err != nil {
			s.d.refuseIn(s.fields, err)
			return
		}
		s.from.SetValue("")
		s.to.SetValue("")
		s.title.SetValue("")
		s.grid.SelectKey(string(days[0].Day))
		s.fields["day"].Focus()
	})
}

func (s *calendarSection) remove() {
	row, ok := s.grid.Selected()
	if !ok {
		return
	}
	day := s.days[row].Day
	s.d.work("正在删除", func(ctx context.Context, _ func(int, int)) error {
		return s.d.db.RemoveCalendarDay(ctx, day)
	}, func(err error) {
		if err != nil {
			s.d.trouble(err)
			return
		}
		s.load()
		if len(s.days) > 0 {
			s.grid.Select(min(row, len(s.days)-1))
		}
	})
}
