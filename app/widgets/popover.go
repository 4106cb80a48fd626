package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
)

// popover shows something below a field while typing goes on in the field: it
// holds the focus of its layer and hands every key to its owner. A click
// outside closes it.
type popover struct {
	widget.BaseWidget
	owner   fyne.Focusable
	canvas  fyne.Canvas
	content fyne.CanvasObject
	exact   bool // as wide as the content wants, not as the owner is
	closed  func()
	back    *canvas.Rectangle
	open    bool
}

var (
	_ fyne.Focusable    = (*popover)(nil)
	_ fyne.Shortcutable = (*popover)(nil)
	_ fyne.Tappable     = (*popover)(nil)
	_ fyne.Scrollable   = (*popover)(nil)
	_ desktop.Keyable   = (*popover)(nil)
)

func newPopover(owner fyne.Focusable, content fyne.CanvasObject) *popover {
	p := &popover{owner: owner, content: content, back: newFill(theme.ColorNameMenuBackground)}
	p.ExtendBaseWidget(p)
	return p
}

func (p *popover) show() {
	if p.open {
		p.Refresh()
		return
	}
	o := p.owner.(fyne.CanvasObject)
	if p.canvas = canvasOf(o); p.canvas == nil {
		return
	}
	p.open = true
	p.canvas.Overlays().Add(p)
	p.canvas.Focus(p)
	p.Refresh()
}

func (p *popover) hide() {
	if !p.open {
		return
	}
	p.open = false
	p.canvas.Overlays().Remove(p)
	if p.closed != nil {
		p.closed()
	}
}

// FocusGained is called by Fyne.
func (p *popover) FocusGained() {}

// FocusLost is called by Fyne.
func (p *popover) FocusLost() {}

// TypedRune is called by Fyne.
func (p *popover) TypedRune(r rune) { p.owner.TypedRune(r) }

// TypedKey is called by Fyne.
func (p *popover) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name != fyne.KeyTab {
		p.owner.TypedKey(ev)
		return
	}
	p.hide()
	if m, _ := modifiers(); m&fyne.KeyModifierShift != 0 {
		p.canvas.FocusPrevious()
		return
	}
	p.canvas.FocusNext()
}

// takeKey closes the layer for keys that mean the window or the dialog.
func (p *popover) takeKey(ev *fyne.KeyEvent) {
	p.hide()
	passKey(p.owner.(fyne.CanvasObject), ev)
}

func (p *popover) takeShortcut(s fyne.Shortcut) {
	p.hide()
	passShortcut(p.owner.(fyne.CanvasObject), s)
}

// AcceptsTab takes Tab, which otherwise would wander inside the layer.
func (p *popover) AcceptsTab() bool { return true }

// TypedShortcut is called by Fyne.
func (p *popover) TypedShortcut(s fyne.Shortcut) {
	if o, ok := p.owner.(fyne.Shortcutable); ok {
		o.TypedShortcut(s)
	}
}

// KeyDown is called by Fyne.
func (p *popover) KeyDown(ev *fyne.KeyEvent) {
	if o, ok := p.owner.(desktop.Keyable); ok {
		o.KeyDown(ev)
	}
}

// KeyUp is called by Fyne.
func (p *popover) KeyUp(ev *fyne.KeyEvent) {
	if o, ok := p.owner.(desktop.Keyable); ok {
		o.KeyUp(ev)
	}
}

// Tapped is called by Fyne for a click outside of the content.
func (p *popover) Tapped(*fyne.PointEvent) { p.hide() }

// Scrolled is called by Fyne.
func (p *popover) Scrolled(ev *fyne.ScrollEvent) {
	if s, ok := p.content.(fyne.Scrollable); ok {
		s.Scrolled(ev)
	}
}

// CreateRenderer is called by Fyne.
func (p *popover) CreateRenderer() fyne.WidgetRenderer {
	r := &popoverRenderer{p: p, shade: newFill(theme.ColorNameShadow), guard: newGuard()}
	p.back.StrokeWidth = 1
	p.back.CornerRadius = theme.InputRadiusSize()
	return r
}

type popoverRenderer struct {
	p     *popover
	shade *canvas.Rectangle
	guard *guard
}

func (r *popoverRenderer) Destroy() {}

func (r *popoverRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *popoverRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.shade, r.guard, r.p.back, r.p.content}
}

// Layout puts the content under the owner, or over it where there is more room.
func (r *popoverRenderer) Layout(s fyne.Size) {
	o := r.p.owner.(fyne.CanvasObject)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	want := r.p.content.MinSize()
	if !r.p.exact {
		want.Width = max(want.Width, o.Size().Width)
	}
	want.Width = min(want.Width, s.Width)
	below := at.Y + o.Size().Height + 2
	y := below
	if below+want.Height > s.Height && at.Y > s.Height-below {
		y = max(at.Y-want.Height-2, 0)
	}
	x := max(min(at.X, s.Width-want.Width), 0)
	pos := fyne.NewPos(x, y)
	r.p.content.Move(pos)
	r.p.content.Resize(want)
	fitRing(r.p.back, pos, want)
	r.guard.Move(pos)
	r.guard.Resize(want)
	r.shade.Move(pos.AddXY(2, 2))
	r.shade.Resize(want)
}

func (r *popoverRenderer) Refresh() {
	r.p.back.FillColor = theme.Color(theme.ColorNameMenuBackground)
	r.p.back.StrokeColor = theme.Color(theme.ColorNameInputBorder)
	r.shade.FillColor = theme.Color(look.RowLine)
	r.shade.CornerRadius = theme.InputRadiusSize()
	r.Layout(r.p.Size())
	r.p.content.Refresh()
	canvas.Refresh(r.p)
}

// guard swallows clicks on the ground of a panel, so that they do not count as
// clicks outside of it.
type guard struct{ widget.BaseWidget }

func newGuard() *guard {
	g := &guard{}
	g.ExtendBaseWidget(g)
	return g
}

// Tapped is called by Fyne.
func (g *guard) Tapped(*fyne.PointEvent) {}

// CreateRenderer is called by Fyne.
func (g *guard) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
