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
//	root := NewRoot(window.Canvas(), content)    // sets the canvas's content
//	root.Bind("F1", f); root.Bind("Ctrl+S", f); root.Bind("Escape", f)
//	root.OnCaret = func(pos fyne.Position) {}    // absolute, for an input method
//
// A key that a control has no use for goes to the open dialog, else to Root, so
// that F1…F12, Escape and Ctrl+… work from inside every field. Controls of
// Fyne's own swallow such keys: use those of this package.
//
// # Fields
//
//	NewEntry(placeholder), NewTextArea(placeholder, rows), NewPasswordEntry(placeholder) *Entry
//	    Enter → next field, Shift+Enter → previous, in a text area Ctrl+Enter → next
//	    OnChanged, OnCommit, OnEnter, OnEscape, OnKey, OnShortcut, OnCaret, SelectOnFocus
//	    Value, SetValue (tells nobody), SetText (tells), SetError, Error, SetHint, SetOK, Disable, Enable
//	NewDateEntry(today) *DateEntry               Value "2006-01-02"; AllowPartial, Min, Max, OnDate, Valid, Open
//	NewTimeEntry() *TimeEntry                    Value "15:04"; Minutes, SetMinutes, OnTime, Valid
//	NewNumberEntry(least, most) *NumberEntry     Value (int, bool); SetValue(int), Clear, OnNumber, Valid
//	NewIDEntry(check) *IDEntry                   Value without blanks; Check, OnValid, Valid
//	NewPicker(find) *Picker                      Chosen, SetChosen, OnPick, Free, StayOnPick (search box), Open
//	NewMultiPicker(find) *MultiPicker            Chosen, SetChosen, OnChange, Picker
//	NewChoiceEntry(options, match) *ChoiceEntry  Value and SetValue by key; SetOptions, OnPick; Choices(texts...)
//	NewCheck(text, f) *Check, NewRadio(options, f) *Radio    Checked / Value, SetValue (tells nobody)
//	NewButton, NewPrimaryButton, NewIconButton
//
//	NewField(label, control) *Field    Required, LabelAbove, Beside, Width, WholeRow; SetError, SetHint, SetOK, Message, Focus
//	NewForm(columns, fields...)        labels aligned, tab order row by row
//
// # Lists and cards
//
//	NewGrid([]Column) *Grid
//	    fields: Key, OnSelect, OnOpen, OnMark, OnMenu, OnSort, OnType, OnKey, Marking, Empty
//	    SetRows(n) after every change of the rows, Reload, SetColumns, SetSort
//	    Select(row), SelectKey(key), Selected, SelectedKey, Rows, Marked, SetMarked, IsMarked
//	NewCard() *Card                    SetTitle(title, sub), SetRows([]CardRow), SetFoot(buttons...)
//	NewEmptyState(EmptyState)          icon, title, text, action
//	NewParagraph(text, tone)           text broken by the rules for Chinese
//
// # Frame
//
//	NewDoors(top, bottom []Door) *Doors    OnOpen(id), Select(id), SetBadge(id, text, tone)
//	NewStatusBar() *StatusBar              Set([]Segment)
//	NewNotice() *Notice                    Say(tone, text), SayAction(tone, text, action, f), Dismiss() bool, Text
//
// # Dialogs: Escape closes, Enter confirms, no key reaches the window beneath
//
//	ShowMessage(canvas, title, text, done), ShowConfirm(canvas, Question, answer),
//	ShowTrouble(canvas, Trouble, done), ShowForm(canvas, FormDialog) *Dialog    Close, IsOpen
//	ShowProgress(canvas, title, cancel) *Progress                              Set(done, total), SetText, Close
package widgets
