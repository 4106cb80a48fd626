package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

func (s *activityScreen) columns() []widgets.Column {
	at := func(f func(activityRow) string) func(int) string {
		return func(row int) string { return f(s.rows[row]) }
	}
	tone := func(f func(activityRow) widgets.Tone) func(int) widgets.Tone {
		return func(row int) widgets.Tone { return f(s.rows[row]) }
	}
	return []widgets.Column{
		{ID: "title", Title: "名称", Width: 140, Sortable: true, Value: at(func(r activityRow) string { return r.a.Title })},
		{ID: "day", Title: "日期", Width: 94, Sortable: true, Value: at(func(r activityRow) string { return string(r.a.Start.Day()) })},
		{ID: "time", Title: "时间", Width: 100, Value: at(func(r activityRow) string { return clockText(r.a) })},
		{ID: "line", Title: "任务线", Width: 104, Value: at(func(r activityRow) string { return record.Lines().NameOf(r.a.Line) })},
		{ID: "state", Title: "状态", Width: 80, Value: at(s.markText), Tone: tone(s.markTone)},
		{ID: "people", Title: "人次", Width: 56, Align: widgets.Right, Sortable: true, Value: at(func(r activityRow) string { return blank(r.people) })},
		{ID: "minutes", Title: "时长", Width: 104, Align: widgets.Right, Sortable: true, Value: at(func(r activityRow) string { return blankHours(r.minutes) })},
		{ID: "team", Title: "队伍", Width: 118, Sortable: true, Value: at(func(r activityRow) string { return r.team })},
		{ID: "place", Title: "地点", Width: 80, Value: at(func(r activityRow) string { return r.a.Place })},
	}
}

// clockText is 09:00–11:30, with a mark when it ends on the next day.
func clockText(a record.Activity) string {
	text := a.Start.Clock() + "–" + a.End.Clock()
	if a.End.Day() > a.Start.Day() {
		text += "次日"
	}
	return text
}

func blank(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func blankHours(minutes int) string {
	if minutes == 0 {
		return ""
	}
	return hoursWords(minutes)
}

// hoursWords is a time with its unit: 2 小时, 1小时20分.
func hoursWords(minutes int) string {
	text := record.HoursText(minutes)
	if strings.Contains(text, "小时") {
		return text
	}
	return text + " 小时"
}

func stateText(a record.Activity) string { return record.ActivityStates().NameOf(string(a.State)) }

func stateTone(a record.Activity) widgets.Tone {
	switch a.State {
	case record.ActivityPlanned:
		return widgets.Accent
	case record.ActivityCancelled:
		return widgets.Muted
	}
	return widgets.Normal
}

// markText is the state, or in its place the mark of what is late or presses.
func (s *activityScreen) markText(r activityRow) string { return cmp.Or(s.dueText(r), stateText(r.a)) }

func (s *activityScreen) markTone(r activityRow) widgets.Tone {
	if s.dueText(r) != "" {
		return s.dueTone(r)
	}
	return stateTone(r.a)
}

// overdue reports an activity that is over and not recorded yet.
func (s *activityScreen) overdue(a record.Activity) bool {
	return a.State == record.ActivityPlanned && a.End < record.MomentOf(s.d.now())
}

// past reports an activity that was recorded too late, or that would be today.
func (s *activityScreen) past(a record.Activity) bool {
	return a.Late() || s.overdue(a) && s.calendar.Deadline(a.End.Day()) < s.d.today()
}

// dueText is the ten working days of Decree 67, article 11, in a word.
func (s *activityScreen) dueText(r activityRow) string {
	switch {
	case r.a.Late():
		return "超期记录"
	case s.past(r.a):
		return "已超期"
	case s.overdue(r.a):
		return "最晚 " + string(s.calendar.Deadline(r.a.End.Day()))[5:]
	}
	return ""
}

func (s *activityScreen) dueTone(r activityRow) widgets.Tone {
	if s.past(r.a) {
		return widgets.Bad
	}
	return widgets.Warn
}

// filter chooses and orders the rows; the list lies in memory.
func (s *activityScreen) filter() {
	s.rows = slices.DeleteFunc(slices.Clone(s.all), func(r activityRow) bool { return !s.shows(r) })
	s.order()
	s.count.SetText(s.countText())
	s.head.Refresh()
	s.grid.Empty = s.emptyText()
	s.grid.SetRows(len(s.rows))
	if s.wanted != "" && s.grid.SelectKey(string(s.wanted)) {
		s.wanted = ""
	}
	if _, ok := s.grid.Selected(); !ok && len(s.rows) > 0 {
		s.grid.Select(0)
		return
	}
	s.card.show(s.current())
}

func (s *activityScreen) shows(r activityRow) bool {
	month, typed := s.month.Value(), s.text.Value()
	switch activityView(s.view.Value()) {
	case viewOverdue:
		if !s.overdue(r.a) {
			return false
		}
	case viewLate:
		if !s.past(r.a) {
			return false
		}
	}
	return (month == "" || record.MonthOf(r.a.Start.Day()).String() == month) &&
		(s.line.Value() == "" || r.a.Line == s.line.Value()) &&
		(s.team.Value() == "" || string(r.a.Team) == s.team.Value()) &&
		(typed == "" || spelled(r.a.Title, typed) || spelled(r.a.Place, typed))
}

func (s *activityScreen) order() {
	if s.sort == "" {
		return
	}
	slices.SortStableFunc(s.rows, func(a, b activityRow) int {
		c := 0
		switch s.sort {
		case "title":
			c = cmp.Compare(a.a.Title, b.a.Title)
		case "day":
			c = cmp.Compare(a.a.Start, b.a.Start)
		case "people":
			c = cmp.Compare(a.people, b.people)
		case "minutes":
			c = cmp.Compare(a.minutes, b.minutes)
		case "team":
			c = cmp.Compare(a.team, b.team)
		}
		if s.desc {
			return -c
		}
		return c
	})
}

func (s *activityScreen) countText() string {
	people, minutes := 0, 0
	for _, r := range s.rows {
		people += r.people
		minutes += r.minutes
	}
	text := blank(len(s.rows))
	if text != "" {
		text += " 场"
	}
	if people > 0 {
		text += fmt.Sprintf(" · %d 人次 · %s", people, hoursWords(minutes))
	}
	return text
}

func (s *activityScreen) emptyText() widgets.Empty {
	if len(s.all) == 0 {
		return widgets.Empty{Title: "还没有活动", Text: "按 Ctrl+N 登记第一场活动；活动结束后 10 个工作日内要登记。"}
	}
	return widgets.Empty{Title: "没有符合条件的活动", Text: "按 Esc 清除筛选条件。"}
}

func (s *activityScreen) filtered() bool {
	return s.text.Value() != "" || s.month.Value() != "" || s.line.Value() != "" || s.team.Value() != "" ||
		s.view.Value() != string(viewEvery)
}

func (s *activityScreen) clear() {
	s.text.SetValue("")
	s.month.SetValue("")
	s.line.SetValue("")
	s.team.SetValue("")
	s.view.SetValue(string(viewEvery))
}

// Keys are those of the form while one is open, else those of the list.
func (s *activityScreen) Keys() map[string]func() {
	if s.files != nil {
		return map[string]func(){"Escape": s.files.Dismiss}
	}
	if s.form != nil {
		return s.form.keys()
	}
	keys := map[string]func(){
		"Ctrl+N": s.add, "Ctrl+D": s.copy, "Ctrl+P": s.printSheet,
		"Ctrl+T": s.arrange, "Ctrl+O": s.chooseEvidence, "Ctrl+V": s.pasteEvidence,
		"Ctrl+F": func() { s.d.win.Canvas().Focus(s.text) },
	}
	if !s.d.may(record.RightWrite) {
		delete(keys, "Ctrl+N")
		delete(keys, "Ctrl+D")
		for _, key := range []string{"Ctrl+P", "Ctrl+T", "Ctrl+O", "Ctrl+V"} {
			delete(keys, key)
		}
	}
	if a, ok := s.current(); ok {
		keys["Ctrl+M"] = func() { s.d.printDeed(a.a.ID) }
	}
	if s.filtered() {
		keys["Escape"] = func() {
			s.clear()
			s.filter()
			s.focusList()
		}
	}
	return keys
}

// KeyNames say what the keys do here.
func (s *activityScreen) KeyNames() map[string]string {
	paste := "添加剪贴板里的文件"
	if s.form != nil {
		paste = "粘贴接龙名单"
	}
	return map[string]string{
		"Ctrl+T": "安排：模板、节点、每周重复", "Ctrl+O": "添加材料：方案、照片、简报", "Ctrl+V": paste, "Ctrl+D": "复制选中的活动", "Ctrl+P": "打印签到表", "Ctrl+M": "打印活动记录表", "Ctrl+1": "活动内容", "Ctrl+2": "参加人员",
	}
}

func (s *activityScreen) typed(r rune) {
	if s.d.typed(r) {
		return
	}
	s.d.win.Canvas().Focus(s.text)
	s.text.TypedRune(r)
}

func (s *activityScreen) focusList() {
	if _, ok := s.grid.Selected(); !ok && len(s.rows) > 0 {
		s.grid.Select(0)
	}
	s.d.win.Canvas().Focus(s.grid)
}

func (s *activityScreen) current() (activityRow, bool) {
	row, ok := s.grid.Selected()
	if !ok || row >= len(s.rows) {
		return activityRow{}, false
	}
	return s.rows[row], true
}

// choose selects an activity, wherever the filters stand.
func (s *activityScreen) choose(id record.ActivityID) {
	s.closeForm()
	if !s.grid.SelectKey(string(id)) {
		s.wanted = id
		s.clear()
		s.filter()
	}
	s.focusList()
}

// Unsaved is the half-typed form.
func (s *activityScreen) Unsaved() string {
	if s.form == nil {
		return ""
	}
	return s.form.changed()
}

func (s *activityScreen) follow(pos fyne.Position) {
	if s.form != nil {
		s.form.follow(pos)
	}
}

func (s *activityScreen) setContent(o fyne.CanvasObject) {
	s.content.Objects = []fyne.CanvasObject{o}
	s.content.Refresh()
}

func (s *activityScreen) closeForm() {
	if s.form != nil {
		s.d.drafts.release(s.form.form)
		s.form = nil
		s.setContent(s.list)
	}
}
