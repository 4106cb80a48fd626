package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Entry is the base of every text field. Enter goes to the next field,
// Shift+Enter to the previous one, in a text area Ctrl+Enter goes on. F-keys and
// unused Ctrl keys are passed to the dialog or the window.
type Entry struct {
	widget.Entry

	// OnChanged follows every edit, also SetText, but not SetValue.
	OnChanged func(text string)
	// OnCommit follows when the field is left with another text than before.
	OnCommit func(text string)
	// OnEnter replaces going to the next field.
	OnEnter func()
	// OnEscape says whether it took the key; otherwise it is passed on.
	OnEscape func() bool
	// OnKey and OnShortcut see keys first and say whether they took them.
	OnKey      func(*fyne.KeyEvent) bool
	OnShortcut func(fyne.Shortcut) bool
	// OnCaret is the hook for the window of an input method: the caret's
	// absolute position, on focus and on every cursor change.
	OnCaret func(fyne.Position)
	// SelectOnFocus marks the whole text on arrival, so that typing replaces it.
	SelectOnFocus bool

	self      fyne.Widget
	accept    func(rune) (rune, bool)
	normalise func()
	tell      func(text string, tone Tone)
	held      held
	committed string
	quiet     bool
	hasFocus  bool
	problem   string
	hint      string
	hintTone  Tone
	ring      *canvas.Rectangle
}

// NewEntry makes a one-line field.
func NewEntry(placeholder string) *Entry {
	e := &Entry{}
	e.start(e, placeholder)
	return e
}

// NewTextArea makes a field of several lines, rows of them visible.
func NewTextArea(placeholder string, rows int) *Entry {
	e := &Entry{}
	e.MultiLine = true
	e.start(e, placeholder)
	e.Wrapping = fyne.TextWrapBreak
	e.SetMinRowsVisible(rows)
	return e
}

// NewPasswordEntry makes a field that hides what is typed.
func NewPasswordEntry(placeholder string) *Entry {
	e := &Entry{}
	e.Password = true
	e.start(e, placeholder)
	return e
}

func (e *Entry) start(self fyne.Widget, placeholder string) {
	e.self = self
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.Entry.OnChanged = e.changed
	e.OnCursorChanged = e.caretMoved
	e.ExtendBaseWidget(self)
	e.SetPlaceHolder(placeholder)
}

// Value is the text without blanks at its ends.
func (e *Entry) Value() string {
	return strings.TrimSpace(e.Text)
}

// SetValue puts a text in without telling OnChanged or OnCommit.
func (e *Entry) SetValue(text string) {
	e.show(text)
	e.committed = text
}

// show changes the text on the screen only.
func (e *Entry) show(text string) {
	was := e.quiet
	e.quiet = true
	e.SetText(text)
	e.quiet = was
	if e.hasFocus && !e.MultiLine {
		e.CursorColumn = len([]rune(text))
		e.Refresh()
	}
}

// SetError shows what is wrong, in red below the field; "" takes it away.
func (e *Entry) SetError(text string) {
	if e.problem == text {
		return
	}
	e.problem = text
	e.report()
	e.Refresh()
}

// Error is the message set last.
func (e *Entry) Error() string {
	return e.problem
}

// SetHint shows a grey line below the field while there is no error.
func (e *Entry) SetHint(text string) {
	e.hint, e.hintTone = text, Muted
	e.report()
}

// SetOK shows a green line below the field while there is no error.
func (e *Entry) SetOK(text string) {
	e.hint, e.hintTone = text, Good
	e.report()
}

func (e *Entry) report() {
	if e.tell == nil {
		return
	}
	if e.problem != "" {
		e.tell(e.problem, Bad)
		return
	}
	e.tell(e.hint, e.hintTone)
}

func (e *Entry) onMessage(f func(string, Tone)) {
	e.tell = f
	e.report()
}

// changed takes an error away as soon as the clerk begins to mend it.
func (e *Entry) changed(text string) {
	if e.quiet {
		return
	}
	e.SetError("")
	if e.OnChanged != nil {
		e.OnChanged(text)
	}
}

func (e *Entry) commit() {
	if e.normalise != nil {
		e.normalise()
	}
	if e.Text == e.committed {
		return
	}
	e.committed = e.Text
	if e.OnCommit != nil {
		e.OnCommit(e.Text)
	}
}

// AcceptsTab is false: Tab always goes to the next field.
func (e *Entry) AcceptsTab() bool {
	return false
}

// FocusGained is called by Fyne.
func (e *Entry) FocusGained() {
	e.hasFocus = true
	e.Entry.FocusGained()
	if !e.MultiLine {
		e.CursorColumn = len([]rune(e.Text))
	}
	if e.SelectOnFocus && e.Text != "" {
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	e.Refresh()
	e.caretMoved()
}

// FocusLost is called by Fyne.
func (e *Entry) FocusLost() {
	e.hasFocus = false
	e.held = held{}
	e.Entry.FocusLost()
	e.commit()
}

// KeyDown is called by Fyne.
func (e *Entry) KeyDown(ev *fyne.KeyEvent) {
	stir(e.self)
	e.held.down(ev, true)
	e.Entry.KeyDown(ev)
}

// KeyUp is called by Fyne.
func (e *Entry) KeyUp(ev *fyne.KeyEvent) {
	e.held.down(ev, false)
	e.Entry.KeyUp(ev)
}

// TypedRune is called by Fyne.
func (e *Entry) TypedRune(r rune) {
	if e.accept != nil {
		var ok bool
		if r, ok = e.accept(r); !ok {
			return
		}
	}
	e.Entry.TypedRune(r)
}

// TypedKey is called by Fyne.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(ev) {
		return
	}
	switch {
	case isEnter(ev.Name):
		e.enter(ev)
	case ev.Name == fyne.KeyEscape:
		if e.OnEscape == nil || !e.OnEscape() {
			passKey(e.self, ev)
		}
	case isFunctionKey(ev.Name):
		passKey(e.self, ev)
	default:
		e.Entry.TypedKey(ev)
	}
}

func (e *Entry) enter(ev *fyne.KeyEvent) {
	if e.held.isShift() {
		focusPrevious(e.self)
		return
	}
	if e.MultiLine {
		e.Entry.TypedKey(ev)
		return
	}
	e.leaveForward()
}

func (e *Entry) leaveForward() {
	if e.OnEnter != nil {
		e.commit()
		e.OnEnter()
		return
	}
	focusNext(e.self)
}

func isFunctionKey(n fyne.KeyName) bool {
	return len(n) >= 2 && n[0] == 'F' && n[1] >= '1' && n[1] <= '9'
}

// TypedShortcut is called by Fyne. Ctrl+Z undoes in the field first and goes on
// to the window when the field has nothing left to undo.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if e.OnShortcut != nil && e.OnShortcut(s) {
		return
	}
	if k, ok := ctrlKey(s); ok && isEnter(k) && e.MultiLine {
		e.leaveForward()
		return
	}
	if !isEditing(s) {
		passShortcut(e.self, s)
		return
	}
	before := e.Text
	e.Entry.TypedShortcut(s)
	switch s.(type) {
	case *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		if before == e.Text {
			passShortcut(e.self, s)
		}
	}
}

// isEditing lists what Fyne's entry does itself.
func isEditing(s fyne.Shortcut) bool {
	switch s.(type) {
	case *fyne.ShortcutUndo, *fyne.ShortcutRedo, *fyne.ShortcutCut, *fyne.ShortcutCopy,
		*fyne.ShortcutPaste, *fyne.ShortcutSelectAll:
		return true
	}
	k, ok := s.(fyne.KeyboardShortcut)
	if !ok || k.Mod()&fyne.KeyModifierAlt != 0 {
		return false
	}
	switch k.Key() {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
		return true
	}
	return false
}

func (e *Entry) caretMoved() {
	if !e.hasFocus {
		return
	}
	at := e.CursorPosition()
	// Long text scrolls inside the field; the caret is never outside of it.
	at.X = min(at.X, e.Size().Width-theme.InnerPadding())
	at.Y = min(at.Y, e.Size().Height-theme.InnerPadding())
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(e.self).Add(at)
	if e.OnCaret != nil {
		e.OnCaret(pos)
	}
	passCaret(e.self, pos)
}
