package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/look"
	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// form is one record open for editing, in the place of its list: a head with
// title and buttons, fields in groups that scroll, and the errors beside them.
type form struct {
	d       *Desk
	title   *words
	warning *fyne.Container // a line over the fields, hidden while empty
	refusal *fyne.Container // what was wrong at the last save, in whole sentences
	fields  map[string]*widgets.Field
	order   []string
	names   map[string]string // the name by which a field is labelled, by its bare one
	rows    []fyne.CanvasObject
	columns int
	scroll  *container.Scroll
	content fyne.CanvasObject

	// save is Ctrl+S, leave is Escape; changed says what would be lost, "" for
	// nothing.
	save, leave func()
	changed     func() string

	// What follows is for the draft: the version of the record, the fields
	// before anything was typed, what is kept beside them, what follows when a
	// draft was laid over the form, and how to close it without asking.
	version   int64
	pristine  map[string]fieldState
	rest      func() json.RawMessage
	restored  func(draft)
	park      func()
	door      string
	draftName string
}

// begin remembers the untouched form of a record.
func (f *form) begin(version int64) {
	f.version, f.pristine, f.door = version, f.states(), f.d.door
}

func newForm(d *Desk, title string, columns int) *form {
	return &form{d: d, title: heading(title), fields: map[string]*widgets.Field{}, names: map[string]string{}, columns: columns, warning: container.NewStack(), refusal: container.NewStack()}
}

// group begins a part of the form under a caption.
func (f *form) group(title string) {
	top := float32(10)
	if len(f.rows) == 0 {
		top = 0
	}
	f.rows = append(f.rows, insets(0, top, 0, 8, stack(4, text(title, widgets.Accent), line())))
}

// add puts a field into the form. The name is the field's name in findings.
func (f *form) add(name string, control fyne.CanvasObject) *widgets.Field {
	label := say.Field(name)
	field := widgets.NewField(label, control)
	_, bare, qualified := strings.Cut(name, ".")
	if !qualified {
		bare = name
	}
	f.fields[bare], f.names[bare] = field, name
	f.order = append(f.order, bare)
	f.rows = append(f.rows, field)
	return field
}

// finish builds the form once all fields are there.
func (f *form) finish(saveText string) {
	buttons := bar(f.title, spring(),
		widgets.NewButton("返回（Esc）", func() { f.leaveAsked() }),
		widgets.NewPrimaryButton(saveText+"（Ctrl+S）", func() { f.save() }))
	f.warning.Hide()
	f.refusal.Hide()
	f.scroll = container.NewVScroll(insets(16, 4, 16, 24, widgets.NewForm(f.columns, f.rows...)))
	head := stack(0, padded(10, 16, buttons), insets(16, 0, 16, 8, f.warning), insets(16, 0, 16, 8, f.refusal))
	f.content = edged(head, nil, nil, f.scroll)
}

// warn shows a line over the fields; nil takes it away.
func (f *form) warn(o fyne.CanvasObject) {
	f.showLine(f.warning, look.WarnSoft, o)
}

func (f *form) showLine(at *fyne.Container, colour fyne.ThemeColorName, o fyne.CanvasObject) {
	at.RemoveAll()
	if o == nil {
		at.Hide()
	} else {
		at.Add(onGround(colour, padded(6, 12, o)))
		at.Show()
	}
	f.content.Refresh()
}

// leaveAsked leaves the form; it asks only when something would be lost.
func (f *form) leaveAsked() {
	lost := f.changed()
	if lost == "" {
		f.leave()
		return
	}
	widgets.ShowConfirm(f.d.win.Canvas(), widgets.Question{
		Title: "还没有保存", Text: lost + "改动过的内容还没有保存，现在返回就会丢掉。",
		Yes: "不保存，返回", No: "继续填写", Danger: true,
	}, func(yes bool) {
		if yes {
			f.leave()
		}
	})
}

// clear takes all errors away.
func (f *form) clear() {
	for _, field := range f.fields {
		field.SetError("")
	}
	f.showLine(f.refusal, look.BadSoft, nil)
}

// refuse shows why a record was not taken: beside the fields where they are
// known here, else in a dialog. The cursor goes to the first wrong field.
func (f *form) refuse(err error) {
	f.clear()
	var e *record.Error
	if !errors.As(err, &e) {
		f.d.trouble(err)
		return
	}
	found := e.Problems.Errors()
	if len(found) == 0 {
		found = record.Problems{{Field: e.Field, Level: record.LevelError, Code: e.Code, Args: e.Args}}
	}
	if !f.placeAll(found) {
		f.d.trouble(err)
		return
	}
	said := "刚才没有保存：" + f.say(found[0])
	if len(found) > 1 {
		said = fmt.Sprintf("刚才没有保存，有 %d 处要改。先看：%s", len(found), f.say(found[0]))
	}
	f.showLine(f.refusal, look.BadSoft, widgets.NewParagraph(said, widgets.Bad))
}

// placeAll puts findings beside their fields and says whether all found one.
func (f *form) placeAll(found record.Problems) bool {
	all := true
	wrong := map[string]bool{}
	for _, p := range found {
		field, has := f.fields[bareField(p.Field)]
		if !has {
			all = false
			continue
		}
		if !wrong[bareField(p.Field)] {
			field.SetError(f.say(p))
			wrong[bareField(p.Field)] = true
		}
	}
	for _, name := range f.order {
		if wrong[name] {
			f.fields[name].Focus()
			f.reveal(f.fields[name])
			break
		}
	}
	return all
}

// say is a finding with the label that the field has here: a team's name is no
// person's.
func (f *form) say(p record.Problem) string {
	if name, has := f.names[bareField(p.Field)]; has {
		p.Field = name
	}
	return say.Problem(p)
}

// bareField maps the names of findings onto the names of fields: a finding may
// carry the kind of its record or an index behind the name.
func bareField(name string) string {
	name, _, _ = strings.Cut(name, "[")
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return strings.ReplaceAll(name, ".", "_")
	}
	return name
}

// unchosen is the first field whose text is no choice of its list: saving would
// lose what was typed there. A place is not judged here, for it may be free text.
func (f *form) unchosen() error {
	for _, name := range f.order {
		left := ""
		switch c := f.fields[name].Control.(type) {
		case *widgets.Picker:
			left = leftOver(c)
		case *widgets.ChoiceEntry:
			left = leftOver(&c.Picker)
		case *widgets.MultiPicker:
			left = leftOver(c.Picker)
		}
		if left != "" && name != "village" && f.fields[name].Visible() {
			return record.FailField(name, record.CodeUnknownCode, left)
		}
	}
	return nil
}

// leftOver is what was typed into a picker and chooses nothing.
func leftOver(p *widgets.Picker) string {
	if p.Free || p.Value() == p.Chosen().Text {
		return ""
	}
	return p.Value()
}

// reveal scrolls until an object of the form is in sight.
func (f *form) reveal(o fyne.CanvasObject) {
	driver := f.d.cfg.App.Driver()
	y := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(f.scroll).Y
	f.keepInSight(y, o.Size().Height)
}

// follow scrolls after the caret, given where it stands in the window.
func (f *form) follow(pos fyne.Position) {
	top := f.d.cfg.App.Driver().AbsolutePositionForObject(f.scroll).Y
	f.keepInSight(pos.Y-top-24, 72)
}

func (f *form) keepInSight(y, height float32) {
	at := f.scroll.Offset.Y
	view := f.scroll.Size().Height
	switch {
	case y < 8:
		at += y - 8
	case y+height > view-8:
		at += y + height - view + 8
	default:
		return
	}
	f.scroll.ScrollToOffset(fyne.NewPos(0, max(at, 0)))
}

// keys are those of every form.
func (f *form) keys() map[string]func() {
	return map[string]func(){"Ctrl+S": f.save, "Escape": f.leaveAsked}
}

// dateField is a date entry that reads no clock but the desk's.
func (d *Desk) dateField() *widgets.DateEntry {
	return widgets.NewDateEntry(func() time.Time { return d.now().In(record.Zone()) })
}

// partialDate accepts a year or a month too, as old papers have them.
func (d *Desk) partialDate() *widgets.DateEntry {
	e := d.dateField()
	e.AllowPartial = true
	return e
}

// tableField is a field with the terms of a code table.
func tableField(t record.Table) *widgets.ChoiceEntry {
	return widgets.NewChoiceEntry(tableChoices(t), matchChoice)
}

func tableChoices(t record.Table) []widgets.Choice {
	out := make([]widgets.Choice, 0, len(t.Terms))
	for _, term := range t.Terms {
		out = append(out, widgets.Choice{Key: term.Code, Text: term.Name})
	}
	return out
}

// tableFinder finds the terms of a code table for a picker.
func tableFinder(t record.Table) func(string, int) []widgets.Choice {
	all := tableChoices(t)
	return func(typed string, limit int) []widgets.Choice {
		var out []widgets.Choice
		for _, c := range all {
			if len(out) < limit && matchChoice(typed, c) {
				out = append(out, c)
			}
		}
		return out
	}
}

// chosenOf are the choices of a code table by their codes.
func chosenOf(t record.Table, codes []string) []widgets.Choice {
	out := make([]widgets.Choice, 0, len(codes))
	for _, code := range codes {
		out = append(out, widgets.Choice{Key: code, Text: t.NameOf(code)})
	}
	return out
}

func keysOf(chosen []widgets.Choice) []string {
	var out []string
	for _, c := range chosen {
		out = append(out, c.Key)
	}
	return out
}
