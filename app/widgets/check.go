package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Check is a box to tick: Space turns it over, Enter goes to the next field.
type Check struct {
	widget.Check
	held held
}

// NewCheck makes an empty one.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = text, changed
	c.ExtendBaseWidget(c)
	return c
}

// SetValue ticks or clears without telling anybody.
func (c *Check) SetValue(on bool) {
	f := c.OnChanged
	c.OnChanged = nil
	c.SetChecked(on)
	c.OnChanged = f
}

// KeyDown is called by Fyne.
func (c *Check) KeyDown(ev *fyne.KeyEvent) {
	stir(c)
	c.held.down(ev, true)
}

// KeyUp is called by Fyne.
func (c *Check) KeyUp(ev *fyne.KeyEvent) { c.held.down(ev, false) }

// TypedKey is called by Fyne.
func (c *Check) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case isEnter(ev.Name) && c.held.isShift(), ev.Name == fyne.KeyUp:
		focusPrevious(c)
	case isEnter(ev.Name), ev.Name == fyne.KeyDown:
		focusNext(c)
	case ev.Name != fyne.KeySpace:
		passKey(c, ev)
	}
}

// TypedShortcut is called by Fyne.
func (c *Check) TypedShortcut(s fyne.Shortcut) { passShortcut(c, s) }
