package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// keyTaker is an overlay or root that wants the keys its controls have no use
// for.
type keyTaker interface {
	takeKey(*fyne.KeyEvent)
	takeShortcut(fyne.Shortcut)
}

// caretTaker wants to know where the text caret stands.
type caretTaker interface {
	takeCaret(fyne.Position)
}

// canvasOf finds the canvas of a control. The desktop driver knows it only after
// the first painting; until then the one window there is must be meant, else a
// form could not put the cursor into its first field.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	if o == nil {
		return nil
	}
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		return c
	}
	if all := driver.AllWindows(); len(all) == 1 {
		return all[0].Canvas()
	}
	return nil
}

// above is what lies around the control: the open dialog if there is one, else
// the window's root.
func above(o fyne.CanvasObject) (fyne.CanvasObject, fyne.Canvas) {
	c := canvasOf(o)
	if c == nil {
		return nil, nil
	}
	if top := c.Overlays().Top(); top != nil {
		return top, c
	}
	return c.Content(), c
}

// passKey hands a key on that o has no use for. Fyne offers window keys only
// while nothing is focused; this makes F1…F12 work from inside a field.
func passKey(o fyne.CanvasObject, ev *fyne.KeyEvent) {
	up, c := above(o)
	if t, ok := up.(keyTaker); ok {
		t.takeKey(ev)
		return
	}
	if c == nil || c.Overlays().Top() != nil {
		return
	}
	if f := c.OnTypedKey(); f != nil {
		f(ev)
	}
}

func passShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	up, c := above(o)
	if t, ok := up.(keyTaker); ok {
		t.takeShortcut(s)
		return
	}
	if c == nil || c.Overlays().Top() != nil {
		return
	}
	if t, ok := c.(fyne.Shortcutable); ok {
		t.TypedShortcut(s)
	}
}

func passCaret(o fyne.CanvasObject, pos fyne.Position) {
	up, c := above(o)
	if t, ok := up.(caretTaker); ok {
		t.takeCaret(pos)
		return
	}
	if c == nil {
		return
	}
	if t, ok := c.Content().(caretTaker); ok {
		t.takeCaret(pos)
	}
}

// focusNext goes one field on. In a dialog the step from the last field onto
// the confirming button presses it, so that Enter ends the dialog.
func focusNext(o fyne.CanvasObject) {
	c := canvasOf(o)
	if c == nil {
		return
	}
	c.FocusNext()
	if b, ok := c.Focused().(*Button); ok && b.confirms {
		b.Tapped(nil)
	}
}

func focusPrevious(o fyne.CanvasObject) {
	if c := canvasOf(o); c != nil {
		c.FocusPrevious()
	}
}

func focus(o fyne.CanvasObject) {
	if m, many := o.(*MultiPicker); many {
		o = m.Picker // the chips above it take no keys
	}
	f, ok := o.(fyne.Focusable)
	if !ok {
		return
	}
	if c := canvasOf(o); c != nil && c.Focused() != f {
		c.Focus(f)
	}
}

// modifiers asks the driver what is held down now. Counting key events alone
// goes wrong when the focus moves while Shift is held.
func modifiers() (fyne.KeyModifier, bool) {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	if !ok {
		return 0, false
	}
	return d.CurrentKeyModifiers(), true
}

// held remembers Shift and Control for drivers that cannot be asked.
type held struct {
	shift, ctrl bool
}

func (h *held) down(ev *fyne.KeyEvent, on bool) {
	switch ev.Name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		h.shift = on
	case desktop.KeyControlLeft, desktop.KeyControlRight:
		h.ctrl = on
	}
}

func (h *held) isShift() bool {
	if m, ok := modifiers(); ok {
		return m&fyne.KeyModifierShift != 0
	}
	return h.shift
}

func isEnter(n fyne.KeyName) bool {
	return n == fyne.KeyReturn || n == fyne.KeyEnter
}

// ctrlKey is the key of a Ctrl+key shortcut without other modifiers.
func ctrlKey(s fyne.Shortcut) (fyne.KeyName, bool) {
	k, ok := s.(*desktop.CustomShortcut)
	if !ok || k.Modifier != fyne.KeyModifierControl {
		return "", false
	}
	return k.KeyName, true
}
