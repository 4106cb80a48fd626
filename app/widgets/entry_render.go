package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// CreateRenderer is called by Fyne. The frame on top of Fyne's own shows focus
// and error, also both at once, which Fyne's does not.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	inner := e.Entry.CreateRenderer()
	e.ring = newRing()
	r := &entryRenderer{WidgetRenderer: inner, e: e}
	r.paint()
	return r
}

type entryRenderer struct {
	fyne.WidgetRenderer
	e *Entry
}

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	inner := r.WidgetRenderer.Objects()
	return append(inner[:len(inner):len(inner)], r.e.ring)
}

func (r *entryRenderer) Layout(s fyne.Size) {
	r.WidgetRenderer.Layout(s)
	fitRing(r.e.ring, fyne.Position{}, s)
}

func (r *entryRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.paint()
}

func (r *entryRenderer) paint() {
	e, ring := r.e, r.e.ring
	ring.StrokeColor = theme.Color(theme.ColorNamePrimary)
	ring.CornerRadius = theme.InputRadiusSize()
	ring.StrokeWidth = ringWidth
	if e.problem != "" {
		ring.StrokeColor = theme.Color(theme.ColorNameError)
		if !e.hasFocus {
			ring.StrokeWidth = theme.InputBorderSize()
		}
	}
	ring.Hidden = !e.hasFocus && e.problem == ""
	fitRing(ring, fyne.Position{}, e.Size())
	canvas.Refresh(ring)
}
