package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
)

// spanLine is a line of text as high as a field. Where the room is too narrow
// for the whole text it shows the short one.
type spanLine struct {
	words       *words
	full, short string
}

func newSpanLine() *spanLine { return &spanLine{words: text("", widgets.Accent)} }

// Say shows a text.
func (l *spanLine) Say(full, short string, tone widgets.Tone) {
	l.full, l.short = full, short
	l.words.Say(full, tone)
}

// MinSize is called by Fyne; the text claims no width.
func (l *spanLine) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(40, widgets.NewEntry("").MinSize().Height)
}

// Layout is called by Fyne.
func (l *spanLine) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	l.words.line.Text = l.full
	if l.words.MinSize().Width > s.Width {
		l.words.line.Text = l.short
	}
	m := l.words.MinSize()
	l.words.Move(fyne.NewPos(0, (s.Height-m.Height)/2))
	l.words.Resize(m)
}

// centredHigh sets a line of text to the height of a field.
func centredHigh(w *words) fyne.CanvasObject {
	return container.New(&besideEntry{}, w)
}

type besideEntry struct{}

func (*besideEntry) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, widgets.NewEntry("").MinSize().Height)
}

func (*besideEntry) Layout(o []fyne.CanvasObject, s fyne.Size) {
	m := o[0].MinSize()
	o[0].Move(fyne.NewPos(0, (s.Height-m.Height)/2))
	o[0].Resize(m)
}
