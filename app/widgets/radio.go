package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Radio is a row of options of which one is chosen: Left and Right choose, the
// digits 1…9 too, Enter goes to the next field. The whole row is one stop of
// Tab.
type Radio struct {
	widget.DisableableWidget

	// OnChanged follows every choice of the clerk.
	OnChanged func(option string)

	options  []string
	at       int // -1: none
	hasFocus bool
	held     held
	ruler    *ruler
}

var (
	_ fyne.Focusable   = (*Radio)(nil)
	_ fyne.Tappable    = (*Radio)(nil)
	_ fyne.Disableable = (*Radio)(nil)
)

// NewRadio makes one with nothing chosen.
func NewRadio(options []string, changed func(option string)) *Radio {
	r := &Radio{options: options, OnChanged: changed, at: -1}
	r.ruler = newRuler(theme.TextSize(), fyne.TextStyle{})
	r.ExtendBaseWidget(r)
	return r
}

// Value is the chosen option or "".
func (r *Radio) Value() string {
	if r.at < 0 {
		return ""
	}
	return r.options[r.at]
}

// SetValue chooses without telling anybody; an unknown option chooses nothing.
func (r *Radio) SetValue(option string) {
	r.at = slices.Index(r.options, option)
	r.Refresh()
}

func (r *Radio) choose(i int) {
	if r.Disabled() || i < 0 || i >= len(r.options) || i == r.at {
		return
	}
	r.at = i
	r.Refresh()
	if r.OnChanged != nil {
		r.OnChanged(r.options[i])
	}
}

// FocusGained is called by Fyne.
func (r *Radio) FocusGained() {
	r.hasFocus = true
	r.Refresh()
}

// FocusLost is called by Fyne.
func (r *Radio) FocusLost() {
	r.hasFocus = false
	r.held = held{}
	r.Refresh()
}

// KeyDown is called by Fyne.
func (r *Radio) KeyDown(ev *fyne.KeyEvent) {
	stir(r)
	r.held.down(ev, true)
}

// KeyUp is called by Fyne.
func (r *Radio) KeyUp(ev *fyne.KeyEvent) { r.held.down(ev, false) }

// TypedRune is called by Fyne.
func (r *Radio) TypedRune(c rune) {
	if c = narrowRune(c); c >= '1' && c <= '9' {
		r.choose(int(c - '1'))
	}
}

// TypedKey is called by Fyne.
func (r *Radio) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case isEnter(ev.Name) && r.held.isShift():
		focusPrevious(r)
	case isEnter(ev.Name):
		focusNext(r)
	case ev.Name == fyne.KeyLeft, ev.Name == fyne.KeyUp:
		r.choose(max(r.at-1, 0))
	case ev.Name == fyne.KeyRight, ev.Name == fyne.KeyDown:
		r.choose(r.at + 1)
	case ev.Name == fyne.KeySpace:
		r.choose((r.at + 1) % max(len(r.options), 1))
	default:
		passKey(r, ev)
	}
}

// TypedShortcut is called by Fyne.
func (r *Radio) TypedShortcut(s fyne.Shortcut) { passShortcut(r, s) }

// Tapped is called by Fyne.
func (r *Radio) Tapped(ev *fyne.PointEvent) {
	if r.Disabled() {
		return
	}
	focus(r)
	x := radioInset()
	for i, o := range r.options {
		x += r.optionWidth(o)
		if ev.Position.X < x {
			r.choose(i)
			return
		}
	}
}

const radioGap = 18

// radioInset puts the first dot where the box of a Check stands.
func radioInset() float32 { return theme.InnerPadding()/2 + theme.InputBorderSize() }

func (r *Radio) optionWidth(o string) float32 {
	return theme.IconInlineSize() + 4 + r.ruler.width(o) + radioGap
}

// CreateRenderer is called by Fyne.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer {
	v := &radioRenderer{r: r, ring: newRing()}
	for range r.options {
		v.dots = append(v.dots, canvas.NewImageFromResource(theme.RadioButtonIcon()))
		v.texts = append(v.texts, newText("", Normal))
	}
	v.Refresh()
	return v
}

type radioRenderer struct {
	r     *Radio
	dots  []*canvas.Image
	texts []*canvas.Text
	ring  *canvas.Rectangle
}

func (v *radioRenderer) Destroy() {}

func (v *radioRenderer) Objects() []fyne.CanvasObject {
	var o []fyne.CanvasObject
	for i := range v.dots {
		o = append(o, v.dots[i], v.texts[i])
	}
	return append(o, v.ring)
}

func (v *radioRenderer) MinSize() fyne.Size {
	w := radioInset()
	for _, o := range v.r.options {
		w += v.r.optionWidth(o)
	}
	return fyne.NewSize(max(w-radioGap+theme.InnerPadding(), 0), entryHeight())
}

func (v *radioRenderer) Layout(s fyne.Size) {
	side := theme.IconInlineSize()
	x := radioInset()
	for i, o := range v.r.options {
		v.dots[i].Move(fyne.NewPos(x, (s.Height-side)/2))
		v.dots[i].Resize(fyne.NewSquareSize(side))
		v.texts[i].Move(fyne.NewPos(x+side+4, (s.Height-v.r.ruler.height())/2))
		x += v.r.optionWidth(o)
	}
	fitRing(v.ring, fyne.Position{}, fyne.NewSize(min(s.Width, v.MinSize().Width), s.Height))
}

func (v *radioRenderer) Refresh() {
	v.r.ruler.resize(theme.TextSize())
	for i, o := range v.r.options {
		res := fyne.Resource(theme.NewThemedResource(theme.RadioButtonIcon()))
		if i == v.r.at {
			res = theme.NewPrimaryThemedResource(theme.RadioButtonCheckedIcon())
		}
		tone := Normal
		if v.r.Disabled() {
			tone = Muted
		}
		v.dots[i].Resource = res
		v.dots[i].Refresh()
		setText(v.texts[i], o, tone.colour())
	}
	v.ring.StrokeColor = theme.Color(theme.ColorNamePrimary)
	v.ring.Hidden = !v.r.hasFocus
	v.Layout(v.r.Size())
	canvas.Refresh(v.r)
}
