package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
)

// gridHead is the title of one column. It is an object of its own so that a
// click on it does not wait for a second one.
type gridHead struct {
	widget.BaseWidget
	g     *Grid
	col   int
	more  bool // further columns wait to the right
	over  bool
	text  *canvas.Text
	arrow *canvas.Text
	light *canvas.Rectangle
	ruler *ruler
}

var (
	_ fyne.Tappable     = (*gridHead)(nil)
	_ desktop.Hoverable = (*gridHead)(nil)
)

func newGridHead(g *Grid, col int) *gridHead {
	h := &gridHead{g: g, col: col, text: newText("", Muted), arrow: newCaption("", Accent)}
	h.light = newFill(look.RowHover)
	h.ruler = newRuler(theme.TextSize(), fyne.TextStyle{})
	h.ExtendBaseWidget(h)
	return h
}

// Tapped is called by Fyne.
func (h *gridHead) Tapped(*fyne.PointEvent) {
	focus(h.g)
	if c := h.g.columns[h.col]; c.Sortable {
		h.g.sortBy(c.ID)
	}
}

// MouseIn is called by Fyne.
func (h *gridHead) MouseIn(*desktop.MouseEvent) { h.setOver(h.g.columns[h.col].Sortable) }

// MouseMoved is called by Fyne.
func (h *gridHead) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (h *gridHead) MouseOut() { h.setOver(false) }

func (h *gridHead) setOver(on bool) {
	if h.over != on {
		h.over = on
		h.Refresh()
	}
}

// CreateRenderer is called by Fyne.
func (h *gridHead) CreateRenderer() fyne.WidgetRenderer {
	r := &gridHeadRenderer{h}
	r.Refresh()
	return r
}

type gridHeadRenderer struct{ h *gridHead }

func (r *gridHeadRenderer) Destroy() {}

func (r *gridHeadRenderer) MinSize() fyne.Size { return fyne.NewSize(0, headerHeight()) }

func (r *gridHeadRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.h.light, r.h.text, r.h.arrow}
}

func (r *gridHeadRenderer) Layout(s fyne.Size) {
	h, col := r.h, r.h.g.columns[r.h.col]
	h.light.Resize(fyne.NewSize(s.Width, max(s.Height-1, 0)))
	sign := h.arrow.MinSize()
	room := s.Width - 2*cellPad
	if h.arrow.Text != "" {
		room -= sign.Width + 4
	}
	h.text.Text = h.ruler.fit(col.Title, room)
	w := h.ruler.width(h.text.Text)
	x := float32(cellPad)
	switch col.Align {
	case Right:
		x = s.Width - cellPad - w
	case Center:
		x = (s.Width - w) / 2
	}
	h.text.Move(fyne.NewPos(x, (s.Height-h.ruler.height())/2))
	at := x + w + 4
	if col.Align == Right {
		at = x - sign.Width - 4
	}
	h.arrow.Move(fyne.NewPos(at, (s.Height-sign.Height)/2))
}

func (r *gridHeadRenderer) Refresh() {
	h := r.h
	h.ruler.resize(theme.TextSize())
	h.text.TextSize, h.text.Color = theme.TextSize(), Muted.colour()
	h.arrow.TextSize, h.arrow.Color = theme.CaptionTextSize(), Accent.colour()
	h.light.Hidden = !h.over
	h.arrow.Text = ""
	if col := h.g.columns[h.col]; col.ID == h.g.sortID {
		h.arrow.Text = "▲"
		if h.g.sortDesc {
			h.arrow.Text = "▼"
		}
	} else if h.more {
		h.arrow.Text = "…"
	}
	r.Layout(h.Size())
	canvas.Refresh(h)
}

// gridTrack is the scroll bar.
type gridTrack struct {
	widget.BaseWidget
	g     *Grid
	thumb *canvas.Rectangle
	y     float32 // of the thumb while it is dragged, finer than rows
	drag  bool
}

var (
	_ fyne.Tappable  = (*gridTrack)(nil)
	_ fyne.Draggable = (*gridTrack)(nil)
)

func newGridTrack(g *Grid) *gridTrack {
	t := &gridTrack{g: g, thumb: newFill(theme.ColorNameScrollBar)}
	t.ExtendBaseWidget(t)
	return t
}

// span is the height of the thumb and the way it can go.
func (t *gridTrack) span() (height, way float32) {
	h := t.Size().Height
	if t.g.rows == 0 {
		return h, 0
	}
	height = max(h*float32(t.g.page())/float32(t.g.rows), 28)
	height = min(height, h)
	return height, h - height
}

func (t *gridTrack) thumbY() float32 {
	if t.drag {
		return t.y
	}
	_, way := t.span()
	if last := t.g.lastTop(); last > 0 {
		return way * float32(t.g.top) / float32(last)
	}
	return 0
}

// Tapped is called by Fyne: a page towards the pointer.
func (t *gridTrack) Tapped(ev *fyne.PointEvent) {
	height, _ := t.span()
	switch y := t.thumbY(); {
	case ev.Position.Y < y:
		t.g.scrollTo(t.g.top - t.g.page())
	case ev.Position.Y > y+height:
		t.g.scrollTo(t.g.top + t.g.page())
	}
}

// Dragged is called by Fyne.
func (t *gridTrack) Dragged(ev *fyne.DragEvent) {
	if !t.drag {
		t.y, t.drag = t.thumbY(), true
	}
	_, way := t.span()
	if way <= 0 {
		return
	}
	t.y = max(0, min(t.y+ev.Dragged.DY, way))
	t.g.scrollTo(int(t.y/way*float32(t.g.lastTop()) + 0.5))
	t.Refresh()
}

// DragEnd is called by Fyne.
func (t *gridTrack) DragEnd() {
	t.drag = false
	t.Refresh()
}

// CreateRenderer is called by Fyne.
func (t *gridTrack) CreateRenderer() fyne.WidgetRenderer {
	return &gridTrackRenderer{t}
}

type gridTrackRenderer struct{ t *gridTrack }

func (r *gridTrackRenderer) Destroy() {}

func (r *gridTrackRenderer) MinSize() fyne.Size { return fyne.NewSize(theme.ScrollBarSize(), 0) }

func (r *gridTrackRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.t.thumb} }

func (r *gridTrackRenderer) Layout(s fyne.Size) {
	height, _ := r.t.span()
	r.t.thumb.Hidden = r.t.g.lastTop() == 0 || s.Height <= 0
	r.t.thumb.CornerRadius = 3
	r.t.thumb.FillColor = theme.Color(theme.ColorNameScrollBar)
	r.t.thumb.Move(fyne.NewPos(3, r.t.thumbY()))
	r.t.thumb.Resize(fyne.NewSize(max(s.Width-5, 0), height))
}

func (r *gridTrackRenderer) Refresh() {
	r.Layout(r.t.Size())
	canvas.Refresh(r.t)
}
