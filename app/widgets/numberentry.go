package widgets

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
)

// NumberEntry is a field for a whole number. Up and Down change it by one.
type NumberEntry struct {
	Entry

	// Min and Max bound the number, both included.
	Min, Max int
	// OnNumber follows every change of the number when the field is left; ok is
	// false when it is empty or out of bounds.
	OnNumber func(n int, ok bool)

	last   int
	lastOK bool
}

// NewNumberEntry makes an empty one.
func NewNumberEntry(least, most int) *NumberEntry {
	e := &NumberEntry{Min: least, Max: most}
	e.start(e, "")
	e.SelectOnFocus = true
	e.accept = e.acceptRune
	e.normalise = e.settle
	return e
}

func (e *NumberEntry) acceptRune(r rune) (rune, bool) {
	r = narrowRune(r)
	return r, r >= '0' && r <= '9' || r == '-' && e.Min < 0
}

// Value is the number; false when the field is empty or out of bounds.
func (e *NumberEntry) Value() (int, bool) {
	n, err := strconv.Atoi(narrow(e.Text))
	if err != nil || n < e.Min || n > e.Max {
		return 0, false
	}
	return n, true
}

// Valid tells whether the field is empty or holds a number within the bounds.
func (e *NumberEntry) Valid() bool {
	_, ok := e.Value()
	return ok || e.Entry.Value() == ""
}

// SetValue puts a number in without telling anybody.
func (e *NumberEntry) SetValue(n int) {
	e.Entry.SetValue(strconv.Itoa(n))
	e.last, e.lastOK = e.Value()
	e.SetError("")
}

// Clear empties the field without telling anybody.
func (e *NumberEntry) Clear() {
	e.Entry.SetValue("")
	e.last, e.lastOK = 0, false
	e.SetError("")
}

func (e *NumberEntry) settle() {
	n, ok := e.Value()
	switch {
	case !e.Valid():
		e.SetError(fmt.Sprintf("请填 %d—%d 之间的整数", e.Min, e.Max))
	case ok && strconv.Itoa(n) != e.Text:
		e.show(strconv.Itoa(n))
		e.SetError("")
	default:
		e.SetError("")
	}
	if n != e.last || ok != e.lastOK {
		e.last, e.lastOK = n, ok
		if e.OnNumber != nil {
			e.OnNumber(n, ok)
		}
	}
}

// TypedKey is called by Fyne.
func (e *NumberEntry) TypedKey(ev *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyUp:
		e.step(1)
	case fyne.KeyDown:
		e.step(-1)
	default:
		e.Entry.TypedKey(ev)
	}
}

func (e *NumberEntry) step(by int) {
	if e.Disabled() {
		return
	}
	n, ok := e.Value()
	if !ok {
		n = clamp(0, e.Min, e.Max) - by
	}
	e.SetText(strconv.Itoa(clamp(n+by, e.Min, e.Max)))
	e.CursorColumn = len(e.Text)
	e.Refresh()
}
