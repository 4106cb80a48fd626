// Package widgets holds the controls that every screen is built from. Fyne's
// own controls have no row selection, no Enter-to-next, English calendars and
// dialogs, and swallow the function keys; these do not.
//
// The package knows no record type, no store and no screen: text goes in,
// callbacks come out. Every Chinese word a control shows by itself (确定, 取消,
// weekday names, 今天 …) stands here; everything else comes from the caller.
// All functions must be called on Fyne's own goroutine (wrap in fyne.Do).
// No callback may block: they run between two frames.
//
// # Root: one place for keys
//
//	root := NewRoot(window.Canvas(), content)
//	root.Bind("F1", f); root.Bind("Ctrl+S", f); root.Bind("Escape", f)
//	root.OnCaret = func(pos fyne.Position) {}   // absolute, for an input method
//
// A key that a control has no use for goes to the control's OnKey/OnShortcut,
// then to the open dialog, else to Root, so that F1…F12 and Ctrl+… work from
// inside every field.
//
// # Fields
//
//	NewEntry(placeholder) *Entry, NewTextArea(placeholder, rows), NewPasswordEntry(placeholder)
//	    Enter → next field, Shift+Enter → previous, Escape → OnEscape
//	    OnChanged(text), OnCommit(text), OnEnter(), OnEscape() bool, OnKey(ev) bool,
//	    OnShortcut(s) bool, OnCaret(pos); SetText, SetError(text), SetHint(text)
//	NewDateEntry(today func() time.Time) *DateEntry      Value, SetValue "2006-01-02"; AllowPartial; Min, Max; OnDate(value)
//	NewTimeEntry() *TimeEntry                            Value, SetValue "15:04"; Minutes() (int, bool); OnTime(value)
//	NewNumberEntry(min, max int) *NumberEntry            Value() (int, bool); SetValue(int); OnNumber(n)
//	NewIDEntry(check func(string) (bool, string)) *IDEntry   Value, SetValue; OnValid(normalised)
//	NewPicker(find func(typed string, limit int) []Choice) *Picker   Choice{Key, Text, Hint}; Chosen, SetChosen; OnPick(Choice)
//	NewMultiPicker(find) *MultiPicker                    Chosen() []Choice, SetChosen; OnChange([]Choice)
//	NewChoiceEntry(options []Choice, match func(typed string, c Choice) bool) *ChoiceEntry
//	NewCheck(text, func(bool)) *Check; NewRadio(options []string, func(string)) *Radio
//	NewButton(text, func()) *Button, NewPrimaryButton
//
//	NewField(label, control) *Field      label, control and a reserved line for error or hint:
//	    SetError(text), SetHint(text), SetOK(text); Required, LabelAbove, Beside, Width
//	NewForm(columns, fields...) *Form    aligned labels, tab order row by row
//
// # Lists and cards
//
//	NewGrid([]Column{{ID, Title, Width, Align, Value(row), Tone(row), Sortable}}) *Grid
//	    Key(row), OnSelect(row), OnOpen(row), OnMark(row, marked), OnMenu(row, pos),
//	    OnSort(id, desc), OnType(rune), Marking, Empty{Title, Text}
//	    SetRows(n), Reload(), Select(row), SelectKey(key), Selected() (row, ok), Marked() []string
//	NewCard() *Card                      SetTitle(title, sub), SetRows([]CardRow{Label, Value, Tone, OnTap}), SetFoot(objects…)
//	NewEmptyState(EmptyState{Icon, Title, Text, Action, OnAction})
//	Tone: Normal, Muted, Accent, Good, Warn, Bad
//
// # Frame
//
//	NewDoors([]Door{ID, Text, Key, Icon}, bottom []Door) *Doors   OnOpen(id), Select(id), SetBadge(id, text, tone)
//	NewStatusBar() *StatusBar            Set([]Segment{Text, Tone, OnTap})
//	NewNotice() *Notice                  Show(tone, text), ShowAction(tone, text, action, f), Dismiss()
//
// # Dialogs (Escape closes, Enter confirms)
//
//	ShowMessage(canvas, title, text, done) *Dialog
//	ShowConfirm(canvas, Question{Title, Text, Yes, No, Danger}, func(yes bool)) *Dialog
//	ShowTrouble(canvas, Trouble{Title, What, Safe, Do, Detail}, done) *Dialog
//	ShowForm(canvas, FormDialog{Title, Content, OK, Width, OnOK() bool, OnCancel}) *Dialog
//	ShowProgress(canvas, title, cancel func()) *Progress   Set(done, total), SetText, Close
package widgets
