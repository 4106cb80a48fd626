package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"rongyuan/app/look"
	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// activityForm logs or edits one activity: its fields to the left, who took
// part to the right, saved in one step.
type activityForm struct {
	s             *activityScreen
	d             *Desk
	form          *form
	before, shown record.Activity
	street        string
	people        *attendees
	c             activityControls
}

// activityControls are the fields of the form.
type activityControls struct {
	title, place, lateReason      *widgets.Entry
	content                       *widgets.Entry
	kind, line, sub               *widgets.ChoiceEntry
	brand, spirit                 *widgets.ChoiceEntry
	day                           *widgets.DateEntry
	start, end                    *widgets.TimeEntry
	nextDay, urgent, planned      *widgets.Check
	pause, served, guests         *widgets.NumberEntry
	village, team, leader         *widgets.Picker
	length                        *spanLine
	lateField, kindField, dayItem *widgets.Field
}

func newActivityForm(s *activityScreen, a record.Activity) *activityForm {
	title := "登记活动"
	if a.Version > 0 {
		title = a.Title
	}
	f := &activityForm{s: s, d: s.d, before: a, street: s.d.street(), form: newForm(s.d, title, 2)}
	s.ready()
	f.people = newAttendees(f)
	f.makeControls()
	f.lay()
	f.write(a)
	f.follows()
	f.shown = f.read()
	if a.State == record.ActivityPlanned && a.End.Valid() && a.End < record.MomentOf(s.d.now()) {
		f.c.planned.SetValue(false) // it is over: what comes now is who took part
	}
	if !a.Held() || a.Version == 0 {
		f.people.fill(a.Team)
	}
	f.follows()
	f.form.save, f.form.leave, f.form.changed = f.save, f.leave, f.changed
	f.form.rest, f.form.restored, f.form.park = f.people.kept, f.restored, s.closeForm
	f.form.begin(a.Version)
	return f
}

func (f *activityForm) makeControls() {
	c := &f.c
	entry, number := widgets.NewEntry, func() *widgets.NumberEntry { return widgets.NewNumberEntry(0, 1_000_000) }
	c.title, c.place, c.lateReason = entry("例如 社区治安巡逻"), entry(""), entry("")
	c.content = widgets.NewTextArea("做了什么，效果怎样", 3)
	c.kind, c.line, c.sub = tableField(record.ActivityKinds()), tableField(record.Lines()), tableField(record.SubLines())
	c.spirit = tableField(record.Spirits())
	c.kind.OnPick = func(widgets.Choice) { f.follows() }
	c.line.OnPick = func(x widgets.Choice) { f.lineChosen(x.Key) }
	c.sub.OnPick = f.subChosen
	c.day, c.start, c.end = f.d.dateField(), widgets.NewTimeEntry(), widgets.NewTimeEntry()
	c.day.OnDate = func(string) { f.dayChosen() }
	c.start.OnTime, c.end.OnTime = func(string) { f.follows() }, func(string) { f.follows() }
	c.nextDay = widgets.NewCheck("次日结束", func(bool) { f.follows() })
	c.urgent = widgets.NewCheck("急难险重任务", nil)
	c.planned = widgets.NewCheck("还没有举行，先列入计划", func(bool) { f.follows() })
	c.pause = widgets.NewNumberEntry(0, 24*60)
	c.pause.OnNumber = func(int, bool) { f.follows() }
	c.served, c.guests = number(), number()
	c.village = f.d.villageField()
	c.team = widgets.NewPicker(teamFinder(f.s.teams))
	c.team.SetPlaceHolder("队名或首字母")
	c.team.OnPick = func(x widgets.Choice) { f.teamChosen(record.TeamID(x.Key)) }
	c.leader = widgets.NewPicker(f.d.findPeople)
	c.leader.Free = true
	c.leader.SetPlaceHolder("首字母、末几位，或直接写姓名")
	c.brand = widgets.NewChoiceEntry(brandChoices(f.s.brands), matchChoice)
	c.length = newSpanLine()
}

// brandChoices are the brands that go on.
func brandChoices(brands []record.Brand) []widgets.Choice {
	var out []widgets.Choice
	for _, b := range brands {
		if b.Ended == "" {
			out = append(out, widgets.Choice{Key: string(b.ID), Text: b.Name})
		}
	}
	return out
}

// add puts a field under its own label into the form.
func (f *activityForm) add(name, label string, control fyne.CanvasObject) *widgets.Field {
	field := widgets.NewField(label, control)
	f.form.fields[name] = field
	f.form.order = append(f.form.order, name)
	f.form.rows = append(f.form.rows, field)
	return field
}

func (f *activityForm) lay() {
	c, form := &f.c, f.form
	form.group("活动")
	title := f.add("title", say.Field("title"), c.title)
	title.Required, title.WholeRow = true, true
	f.add("line", "任务线", c.line).Required = true
	f.add("sub", say.Field("sub"), c.sub)
	form.group("时间")
	c.dayItem = f.add("date", "日期", c.day)
	c.dayItem.Required = true
	f.add("start", say.Field("start"), c.start).Required = true
	f.add("end", say.Field("end"), c.end).Required = true
	f.add("next_day", "", c.nextDay)
	f.add("break", "休息分钟", c.pause)
	f.add("length", "时长", container.New(c.length, c.length.words))
	c.lateField = f.add("late_reason", say.Field("late_reason"), c.lateReason)
	c.lateField.WholeRow = true
	form.group("地点和人员")
	f.add("place", say.Field("place"), c.place)
	f.add("village", "社区（村）", c.village)
	f.add("team", say.Field("team"), c.team)
	f.add("leader", say.Field("leader"), c.leader)
	f.add("served", "服务对象", c.served).SetHint("人次")
	f.add("guests", "协助人员", c.guests).SetHint("没有登记的人，人次，不计时长")
	form.group("其他")
	c.kindField = f.add("kind", say.Field("activity.kind"), c.kind)
	f.add("spirit", say.Field("spirit"), c.spirit)
	f.add("brand", say.Field("brand"), c.brand)
	f.add("urgent", "", c.urgent)
	content := f.add("content", say.Field("content"), c.content)
	content.WholeRow = true
	f.add("state", "", c.planned).WholeRow = true
	for _, name := range []string{"volunteer", "minutes", "participants"} {
		form.fields[name] = f.people.field
	}
	form.order = append(form.order, "volunteer")
	f.finish()
}

// finish builds the form with the people beside it.
func (f *activityForm) finish() {
	form := f.form
	buttons := bar(form.title, spring(),
		widgets.NewButton("返回（Esc）", func() { form.leaveAsked() }),
		widgets.NewPrimaryButton("保存（Ctrl+S）", func() { form.save() }))
	form.warning.Hide()
	fields := widgets.NewForm(form.columns, form.rows...)
	fold := &foldLayout{wide: fields.Layout, slim: widgets.NewForm(1, form.rows...).Layout}
	fields.Layout = fold
	form.scroll = container.NewVScroll(insets(16, 4, 16, 24, fields))
	fold.turned = form.scroll.Refresh
	body := container.New(&besideLayout{}, form.scroll, onGround(look.RowLine, container.NewStack()), f.people.content)
	head := stack(0, padded(10, 16, buttons), insets(16, 0, 16, 8, form.warning), line())
	form.content = edged(head, nil, nil, body)
}

// foldLayout lays fields out in their columns where there is room, else in one.
type foldLayout struct {
	wide, slim fyne.Layout
	folded     bool
	turned     func() // tells the scroller that the height has changed
}

func (l *foldLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := l.slim.MinSize(o)
	if !l.folded {
		m.Height = l.wide.MinSize(o).Height
	}
	return m
}

func (l *foldLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	folded := s.Width < l.wide.MinSize(o).Width
	if folded {
		l.slim.Layout(o, s)
	} else {
		l.wide.Layout(o, s)
	}
	if folded != l.folded {
		l.folded = folded
		l.turned()
	}
}

// besideLayout sets the people to the right of the fields.
type besideLayout struct{}

func peopleShare(width float32) float32 {
	return float32(int(min(430*theme.TextSize()/14, width*0.42)))
}

func (besideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+300, 240)
}

func (besideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	share := peopleShare(s.Width)
	w := s.Width - share
	for i, at := range [][2]float32{{0, w - 1}, {w - 1, 1}, {w, share}} {
		o[i].Move(fyne.NewPos(at[0], 0))
		o[i].Resize(fyne.NewSize(at[1], s.Height))
	}
}

// keys are those of every form, and the way between its two halves.
func (f *activityForm) keys() map[string]func() {
	keys := f.form.keys()
	keys["Ctrl+1"] = func() { f.form.fields["title"].Focus() }
	keys["Ctrl+2"] = f.people.focus
	keys["Ctrl+V"] = f.people.paste
	return keys
}

func (f *activityForm) follow(pos fyne.Position) {
	if !f.people.hasFocus() {
		f.form.follow(pos)
	}
}

// start puts the cursor where the clerk goes on.
func (f *activityForm) start() {
	if f.before.Version > 0 && !f.c.planned.Checked {
		f.people.focus()
		return
	}
	f.form.fields["title"].Focus()
}

func (f *activityForm) leave() {
	f.d.drafts.forget(f.form)
	f.s.closeForm()
	f.s.focusList()
}
