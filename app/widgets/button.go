package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Button presses on Enter and on Space, the arrows go to its neighbours.
type Button struct {
	widget.Button

	held     held
	confirms bool
	hasFocus bool
	ring     *canvas.Rectangle
}

// NewButton makes an ordinary button.
func NewButton(text string, tapped func()) *Button {
	b := &Button{}
	b.Text, b.OnTapped = text, tapped
	b.ExtendBaseWidget(b)
	return b
}

// NewPrimaryButton makes the one button of a screen that stands out.
func NewPrimaryButton(text string, tapped func()) *Button {
	b := NewButton(text, tapped)
	b.Importance = widget.HighImportance
	return b
}

// NewIconButton makes a button with an icon before its text; the text may be "".
func NewIconButton(text string, icon fyne.Resource, tapped func()) *Button {
	b := NewButton(text, tapped)
	b.Icon = icon
	return b
}

// Tapped is called by Fyne. Unlike Fyne's own it keeps the focus, so that the
// keyboard goes on where it was.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.Disabled() && b.OnTapped != nil {
		b.OnTapped()
	}
}

// KeyDown is called by Fyne.
func (b *Button) KeyDown(ev *fyne.KeyEvent) {
	stir(b)
	b.held.down(ev, true)
}

// KeyUp is called by Fyne.
func (b *Button) KeyUp(ev *fyne.KeyEvent) { b.held.down(ev, false) }

// TypedKey is called by Fyne.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case isEnter(ev.Name) && b.held.isShift():
		focusPrevious(b)
	case isEnter(ev.Name), ev.Name == fyne.KeySpace:
		b.Tapped(nil)
	case ev.Name == fyne.KeyLeft, ev.Name == fyne.KeyUp:
		focusPrevious(b)
	case ev.Name == fyne.KeyRight, ev.Name == fyne.KeyDown:
		b.plainNext()
	default:
		passKey(b, ev)
	}
}

// plainNext moves on without pressing a confirming button.
func (b *Button) plainNext() {
	if c := canvasOf(b); c != nil {
		c.FocusNext()
	}
}

// TypedShortcut is called by Fyne.
func (b *Button) TypedShortcut(s fyne.Shortcut) {
	passShortcut(b, s)
}

// FocusGained is called by Fyne.
func (b *Button) FocusGained() {
	b.hasFocus = true
	b.Button.FocusGained()
}

// FocusLost is called by Fyne.
func (b *Button) FocusLost() {
	b.hasFocus = false
	b.held = held{}
	b.Button.FocusLost()
}

// CreateRenderer is called by Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	inner := b.Button.CreateRenderer()
	b.ring = newRing()
	r := &ringed{WidgetRenderer: inner, ring: b.ring, on: func() bool { return b.hasFocus }}
	if b.Text != "" {
		r.air = buttonAir
	}
	r.paint()
	return r
}

// ringed adds the focus frame to a control of Fyne's.
type ringed struct {
	fyne.WidgetRenderer
	ring *canvas.Rectangle
	on   func() bool
	air  float32
}

func (r *ringed) Objects() []fyne.CanvasObject {
	inner := r.WidgetRenderer.Objects()
	return append(inner[:len(inner):len(inner)], r.ring)
}

// ringGap keeps the frame off the button, so that it also shows on a filled one.
const ringGap = 4

const buttonAir = 18 // beyond what Fyne leaves around the text

// Layout is called by Fyne.
func (r *ringed) Layout(s fyne.Size) {
	r.WidgetRenderer.Layout(s)
	fitRing(r.ring, fyne.NewPos(-ringGap, -ringGap), s.AddWidthHeight(2*ringGap, 2*ringGap))
}

// MinSize gives short words such as 确定 air at their sides.
func (r *ringed) MinSize() fyne.Size {
	return r.WidgetRenderer.MinSize().AddWidthHeight(r.air, 0)
}

func (r *ringed) Refresh() {
	r.WidgetRenderer.Refresh()
	r.paint()
}

func (r *ringed) paint() {
	r.ring.StrokeColor = theme.Color(theme.ColorNamePrimary)
	r.ring.StrokeWidth = ringWidth
	r.ring.CornerRadius = theme.InputRadiusSize() + ringWidth
	r.ring.Hidden = !r.on()
	canvas.Refresh(r.ring)
}
