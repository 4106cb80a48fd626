package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"rongyuan/app/look"
)

// Tone says what a text means; the theme decides the colour. Bad is for what is
// late or wrong and for nothing else.
type Tone int

// The tones.
const (
	Normal Tone = iota
	Muted
	Accent
	Good
	Warn
	Bad
)

func (t Tone) colour() color.Color {
	switch t {
	case Muted:
		return theme.Color(look.Muted)
	case Accent:
		return theme.Color(theme.ColorNamePrimary)
	case Good:
		return theme.Color(theme.ColorNameSuccess)
	case Warn:
		return theme.Color(theme.ColorNameWarning)
	case Bad:
		return theme.Color(theme.ColorNameError)
	default:
		return theme.Color(theme.ColorNameForeground)
	}
}

// ground is the background of a notice of this tone.
func (t Tone) ground() color.Color {
	switch t {
	case Warn:
		return theme.Color(look.WarnSoft)
	case Bad:
		return theme.Color(look.BadSoft)
	default:
		return theme.Color(look.AccentSoft)
	}
}

func newText(s string, t Tone) *canvas.Text {
	x := canvas.NewText(s, t.colour())
	x.TextSize = theme.TextSize()
	return x
}

func newCaption(s string, t Tone) *canvas.Text {
	x := newText(s, t)
	x.TextSize = theme.CaptionTextSize()
	return x
}

func newBold(s string, size float32) *canvas.Text {
	x := newText(s, Normal)
	x.TextSize = size
	x.TextStyle = fyne.TextStyle{Bold: true}
	return x
}

func newFill(n fyne.ThemeColorName) *canvas.Rectangle {
	return canvas.NewRectangle(theme.Color(n))
}

// newRing is the frame around what has the focus.
func newRing() *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.StrokeColor = theme.Color(theme.ColorNamePrimary)
	r.StrokeWidth = ringWidth
	r.CornerRadius = theme.InputRadiusSize()
	r.Hide()
	return r
}

// fitRing lays the frame so that all of its stroke is inside the given place:
// painters differ in what they do with the half that hangs over.
func fitRing(r *canvas.Rectangle, at fyne.Position, s fyne.Size) {
	w := r.StrokeWidth
	r.Move(at.AddXY(w/2, w/2))
	r.Resize(fyne.NewSize(max(s.Width-w, 0), max(s.Height-w, 0)))
}

const ringWidth = 2

// rowHeight is never nothing, also under a theme that does not know it.
func rowHeight() float32 {
	return max(theme.Size(look.RowHeight), 2*theme.TextSize())
}
