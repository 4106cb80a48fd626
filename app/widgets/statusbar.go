package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
)

// Segment is one piece of the status bar.
type Segment struct {
	Text string
	Tone Tone
	// Right puts it to the right end.
	Right bool
	// OnTap may be nil.
	OnTap func()
}

// StatusBar is the line at the bottom of the window. Segments that do not fit
// are cut with an ellipsis, the last ones of the left group first.
type StatusBar struct {
	widget.BaseWidget
	segments []Segment
	spans    [][2]float32
	ruler    *ruler
}

var (
	_ fyne.Tappable      = (*StatusBar)(nil)
	_ desktop.Hoverable  = (*StatusBar)(nil)
	_ desktop.Cursorable = (*StatusBar)(nil)
)

// NewStatusBar makes an empty one.
func NewStatusBar() *StatusBar {
	b := &StatusBar{ruler: newRuler(theme.CaptionTextSize(), fyne.TextStyle{})}
	b.ExtendBaseWidget(b)
	return b
}

// Set replaces all segments.
func (b *StatusBar) Set(segments []Segment) {
	b.segments = segments
	b.Refresh()
}

// Tapped is called by Fyne.
func (b *StatusBar) Tapped(ev *fyne.PointEvent) {
	for i, s := range b.spans {
		if ev.Position.X >= s[0] && ev.Position.X < s[1] && b.segments[i].OnTap != nil {
			b.segments[i].OnTap()
			return
		}
	}
}

// Cursor is called by Fyne.
func (b *StatusBar) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// MouseIn is called by Fyne.
func (b *StatusBar) MouseIn(*desktop.MouseEvent) {}

// MouseMoved is called by Fyne.
func (b *StatusBar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (b *StatusBar) MouseOut() {}

const (
	segmentPad  = 12
	statusSlack = 8 // more than the text's height
)

// CreateRenderer is called by Fyne.
func (b *StatusBar) CreateRenderer() fyne.WidgetRenderer {
	r := &statusRenderer{b: b, ground: newFill(look.Panel), edge: newFill(theme.ColorNameSeparator)}
	r.Refresh()
	return r
}

type statusRenderer struct {
	b            *StatusBar
	ground, edge *canvas.Rectangle
	texts        []*canvas.Text
	rules        []*canvas.Rectangle
}

func (r *statusRenderer) Destroy() {}

func (r *statusRenderer) Objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{r.ground, r.edge}
	for i := range r.texts {
		o = append(o, r.texts[i], r.rules[i])
	}
	return o
}

func (r *statusRenderer) MinSize() fyne.Size {
	return fyne.NewSize(100, r.b.ruler.height()+statusSlack)
}

func (r *statusRenderer) Layout(s fyne.Size) {
	b := r.b
	r.ground.Resize(s)
	r.edge.Resize(fyne.NewSize(s.Width, 1))
	b.spans = make([][2]float32, len(b.segments))
	right := s.Width
	for i := len(b.segments) - 1; i >= 0; i-- {
		if b.segments[i].Right {
			w := b.ruler.width(b.segments[i].Text) + 2*segmentPad
			right -= w
			r.put(i, right, w)
		}
	}
	left := float32(0)
	for i, g := range b.segments {
		if !g.Right {
			w := max(min(b.ruler.width(g.Text)+2*segmentPad, right-left), 0)
			r.put(i, left, w)
			left += w
		}
	}
}

func (r *statusRenderer) put(i int, x, w float32) {
	b := r.b
	h := b.Size().Height
	b.spans[i] = [2]float32{x, x + w}
	r.texts[i].Text = b.ruler.fit(b.segments[i].Text, w-2*segmentPad+0.5)
	r.texts[i].Move(fyne.NewPos(x+segmentPad, (h-b.ruler.height())/2+0.5))
	edge := x + w
	if b.segments[i].Right {
		edge = x
	}
	r.rules[i].Move(fyne.NewPos(edge, 6))
	r.rules[i].Resize(fyne.NewSize(1, max(h-12, 0)))
	r.rules[i].Hidden = w == 0
}

func (r *statusRenderer) Refresh() {
	r.b.ruler.resize(theme.CaptionTextSize())
	r.ground.FillColor, r.edge.FillColor = theme.Color(look.Panel), theme.Color(theme.ColorNameSeparator)
	r.texts, r.rules = nil, nil
	for _, g := range r.b.segments {
		r.texts = append(r.texts, newCaption(g.Text, g.Tone))
		r.rules = append(r.rules, newFill(theme.ColorNameSeparator))
	}
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}
