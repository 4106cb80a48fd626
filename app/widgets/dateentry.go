package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// DateEntry is a field for a date. It reads what people write (19850701,
// 1985.7.1, 1985年7月1日, 7-1 for this year) and shows 1985-07-01. Up and Down
// change the day, Ctrl+Down opens the calendar.
type DateEntry struct {
	Entry

	// Today tells the date; no clock is read elsewhere.
	Today func() time.Time
	// AllowPartial also accepts a year or a year and month.
	AllowPartial bool
	// Min and Max bound the date, written like Value; "" is no bound.
	Min, Max string
	// OnDate follows every change of the value; "" is none or a wrong date.
	OnDate func(value string)

	pop   *popover
	cal   *calendar
	value string
}

// NewDateEntry makes an empty one.
func NewDateEntry(today func() time.Time) *DateEntry {
	d := &DateEntry{Today: today}
	d.start(d, "年-月-日")
	d.SelectOnFocus = true
	d.normalise = d.settle
	d.cal = newCalendar(func(picked day) {
		d.pop.hide()
		d.set(picked)
		d.leaveForward()
	})
	d.pop = newPopover(d, d.cal)
	d.pop.exact = true
	d.ActionItem = newIconTap(theme.CalendarIcon(), func() {
		if d.Disabled() {
			return
		}
		focus(d)
		d.Open()
	})
	return d
}

// Value is the date as yyyy-mm-dd, where allowed yyyy-mm or yyyy; "" when there
// is none or what stands there is no date.
func (d *DateEntry) Value() string {
	got, problem := d.read()
	if problem != "" {
		return ""
	}
	return got.String()
}

// SetValue puts a date in without telling anybody.
func (d *DateEntry) SetValue(value string) {
	if got, problem := readDate(value, dayOf(d.Today())); problem == "" {
		value = got.String()
	}
	d.Entry.SetValue(value)
	d.value = d.Value()
	d.SetError("")
}

// Valid tells whether the field is empty or holds a date within the bounds.
func (d *DateEntry) Valid() bool {
	_, problem := d.read()
	return problem == ""
}

func (d *DateEntry) read() (day, string) {
	if d.Entry.Value() == "" {
		return day{}, ""
	}
	got, problem := readDate(d.Text, dayOf(d.Today()))
	switch {
	case problem != "":
		return day{}, problem
	case !got.whole() && !d.AllowPartial:
		return day{}, notWhole
	case d.Min != "" && got.String() < d.Min[:min(len(d.Min), len(got.String()))]:
		return day{}, "不能早于 " + d.Min
	case d.Max != "" && got.String() > d.Max:
		return day{}, "不能晚于 " + d.Max
	}
	return got, ""
}

// settle writes the date in the one form when the field is left.
func (d *DateEntry) settle() {
	d.pop.hide()
	got, problem := d.read()
	if problem != "" {
		d.SetError(problem)
		d.told("")
		return
	}
	d.set(got)
}

func (d *DateEntry) set(v day) {
	if s := v.String(); s != d.Text {
		d.show(s)
	}
	d.CursorColumn = len(d.Text)
	_, problem := d.read()
	d.SetError(problem)
	d.told(d.Value())
	d.Refresh()
}

func (d *DateEntry) told(value string) {
	if value == d.value {
		return
	}
	d.value = value
	if d.OnDate != nil {
		d.OnDate(value)
	}
}

// Open shows the calendar.
func (d *DateEntry) Open() {
	today := dayOf(d.Today())
	at, problem := readDate(d.Text, today)
	if problem != "" || at.y == 0 {
		at = today
	}
	d.cal.open(day{at.y, max(at.m, 1), max(at.d, 1)}, today)
	d.pop.show()
}

// TypedKey is called by Fyne.
func (d *DateEntry) TypedKey(ev *fyne.KeyEvent) {
	if d.OnKey != nil && d.OnKey(ev) {
		return
	}
	if d.pop.open {
		d.calendarKey(ev)
		return
	}
	switch ev.Name {
	case fyne.KeyUp:
		d.step(1)
	case fyne.KeyDown:
		d.step(-1)
	default:
		d.Entry.TypedKey(ev)
	}
}

// step goes to the next or the former day; an empty field begins with today.
func (d *DateEntry) step(n int) {
	got, problem := d.read()
	switch {
	case d.Disabled():
	case got.y == 0 && problem == "":
		d.set(dayOf(d.Today()))
	case problem == "":
		d.set(got.step(n))
	}
}

func (d *DateEntry) calendarKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		d.pop.hide()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		d.cal.onPick(d.cal.at)
	default:
		if !d.cal.move(ev.Name) {
			d.pop.hide()
			d.Entry.TypedKey(ev)
		}
	}
}

// TypedRune is called by Fyne. Typing closes the calendar and goes into the
// field.
func (d *DateEntry) TypedRune(r rune) {
	if d.pop.open {
		if r == ' ' {
			return // the key has chosen already
		}
		d.pop.hide()
	}
	d.Entry.TypedRune(r)
}

// TypedShortcut is called by Fyne.
func (d *DateEntry) TypedShortcut(s fyne.Shortcut) {
	k, ok := s.(*desktop.CustomShortcut)
	switch {
	case ok && k.KeyName == fyne.KeyDown && !d.pop.open && !d.Disabled():
		d.Open()
	case ok && d.pop.open && k.KeyName == fyne.KeyPageUp:
		d.cal.addMonths(-12)
	case ok && d.pop.open && k.KeyName == fyne.KeyPageDown:
		d.cal.addMonths(12)
	default:
		d.Entry.TypedShortcut(s)
	}
}
