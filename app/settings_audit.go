package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// auditSection is the audit log: who saw, printed, exported or decided what.
type auditSection struct {
	d        *Desk
	rows     []auditRow
	from, to *widgets.DateEntry
	action   *widgets.ChoiceEntry
	actor    *widgets.ChoiceEntry
	grid     *widgets.Grid
	earlier  *widgets.Button
	content  fyne.CanvasObject
}

// auditRow is an entry with the name of whom it is about, where it is a person
// that the role may see.
type auditRow struct {
	store.AuditEntry
	about string
}

func newAuditSection(d *Desk) section {
	s := &auditSection{d: d, from: d.dateField(), to: d.dateField()}
	at := func(f func(auditRow) string) func(int) string { return func(row int) string { return f(s.rows[row]) } }
	s.grid = widgets.NewGrid([]widgets.Column{
		{ID: "at", Title: "时间", Width: 140, Value: at(func(r auditRow) string { return clockOf(r.WallMS) })},
		{ID: "who", Title: "谁", Width: 90, Value: at(func(r auditRow) string { return r.Actor })},
		{ID: "what", Title: "做了什么", Width: 100, Value: at(func(r auditRow) string { return say.Action(string(r.Action)) })},
		{ID: "about", Title: "关于", Width: 140, Value: at(func(r auditRow) string { return r.about })},
		{ID: "detail", Title: "事由和内容", Width: 330, Value: at(func(r auditRow) string { return r.Detail }), Tone: func(int) widgets.Tone { return widgets.Muted }},
		{ID: "seq", Title: "编号", Width: 70, Align: widgets.Right, Value: at(func(r auditRow) string { return blank(int(r.Seq)) })},
	})
	s.grid.OnType = func(r rune) { d.typed(r) }
	s.grid.Empty = widgets.Empty{Title: "没有符合条件的记录", Text: "换一个日期、用户或种类再看。"}
	s.action = widgets.NewChoiceEntry(actionChoices(), matchChoice)
	s.action.SetPlaceHolder("全部种类")
	s.actor = widgets.NewChoiceEntry(nil, matchChoice)
	s.actor.SetPlaceHolder("全部用户")
	reload := func() { s.load() }
	s.action.OnPick, s.actor.OnPick = func(widgets.Choice) { reload() }, func(widgets.Choice) { reload() }
	s.from.OnDate, s.to.OnDate = func(string) { reload() }, func(string) { reload() }
	s.earlier = widgets.NewButton("再往前", func() { s.read(true) })
	size := func(w float32, o fyne.CanvasObject) fyne.CanvasObject { return container.New(&fixed{width: w}, o) }
	filters := bar(size(140, s.action), size(140, s.actor), text("从", widgets.Muted), size(150, s.from), text("到", widgets.Muted), size(150, s.to), spring(), s.earlier)
	why := widgets.NewParagraph("谁在什么时候登录、看过完整号码、打印、导出、封存，都记在这里，谁也改不了、删不掉。", widgets.Muted)
	head := insets(24, 16, 24, 12, stack(12, heading("审计日志"), why, filters))
	s.content = edged(whole(head), nil, nil, insets(24, 0, 24, 16, whole(s.grid)))
	return s
}

// actionChoices are the kinds of entries by their words.
func actionChoices() []widgets.Choice {
	var out []widgets.Choice
	for _, word := range strings.Split(say.ActionWords(), "、") {
		if name, ok := say.ActionOf(word); ok {
			out = append(out, widgets.Choice{Key: name, Text: word})
		}
	}
	return out
}

func (s *auditSection) name() string               { return "审计日志" }
func (s *auditSection) Content() fyne.CanvasObject { return s.content }
func (s *auditSection) focus()                     { s.d.win.Canvas().Focus(s.grid) }
func (s *auditSection) unsaved() string            { return "" }
func (s *auditSection) keys() map[string]func() {
	return map[string]func(){"Ctrl+F": func() { s.d.win.Canvas().Focus(s.action) }}
}

func (s *auditSection) load() {
	accounts, err := s.d.db.Accounts(s.d.ctx)
	if err == nil {
		var names []string
		for _, a := range accounts {
			names = append(names, a.Name)
		}
		s.actor.SetOptions(widgets.Choices(names...))
	}
	s.read(false)
}

// read reads a page, behind what is shown or anew.
func (s *auditSection) read(further bool) {
	f := store.AuditFilter{
		From: record.Day(s.from.Value()), To: record.Day(s.to.Value()), Action: store.Action(s.action.Value()), Actor: s.actor.Value(),
	}
	if further && len(s.rows) > 0 {
		f.Before = s.rows[len(s.rows)-1].Seq
	}
	var found []store.AuditEntry
	s.d.spawn(func() {
		var err error
		found, err = s.d.db.AuditEntries(s.d.ctx, f)
		fyne.Do(func() {
			if err != nil {
				s.d.trouble(err)
				return
			}
			s.show(found, further)
		})
	})
}

func (s *auditSection) show(found []store.AuditEntry, further bool) {
	if !further {
		s.rows = nil
	}
	for _, e := range found {
		row := auditRow{AuditEntry: e, about: e.Subject}
		if word, is := map[string]string{"on": "开启", "off": "停用"}[e.Subject]; is {
			row.about = word
		}
		if len(e.Detail) >= 64 && !strings.ContainsFunc(e.Detail, isHan) {
			row.Detail = "" // the fingerprint of a file tells nobody anything
		}
		if x, known := s.d.db.Person(record.VolunteerID(e.Subject)); known {
			row.about = x.Name
		} else if len(e.Subject) > 20 {
			row.about = "" // the id of a record tells nobody anything
		}
		s.rows = append(s.rows, row)
	}
	if len(found) < store.AuditPage {
		s.earlier.Hide()
	} else {
		s.earlier.Show()
	}
	s.grid.SetRows(len(s.rows))
	if _, ok := s.grid.Selected(); !ok && len(s.rows) > 0 {
		s.grid.Select(0)
	}
	s.content.Refresh()
}
