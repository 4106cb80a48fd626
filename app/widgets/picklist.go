package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
)

const (
	pickRows  = 8 // choices visible at once
	pickInset = 3
	pickWidth = 240
)

// pickList is the list that drops down from a picker.
type pickList struct {
	widget.BaseWidget
	items  []Choice
	at     int // the one that Enter takes, -1: none
	top    int
	wheel  float32
	foot   string
	onPick func(int)
	ruler  *ruler
	small  *ruler
}

var (
	_ fyne.Tappable     = (*pickList)(nil)
	_ fyne.Scrollable   = (*pickList)(nil)
	_ desktop.Hoverable = (*pickList)(nil)
)

func newPickList(onPick func(int)) *pickList {
	l := &pickList{at: -1, onPick: onPick}
	l.ruler = newRuler(theme.TextSize(), fyne.TextStyle{})
	l.small = newRuler(theme.CaptionTextSize(), fyne.TextStyle{})
	l.ExtendBaseWidget(l)
	return l
}

func (l *pickList) set(items []Choice, at int, foot string) {
	l.items, l.at, l.foot, l.top = items, at, foot, 0
	l.reveal()
}

func (l *pickList) move(by int) {
	if len(l.items) == 0 {
		return
	}
	l.at = clamp(l.at+by, 0, len(l.items)-1)
	l.reveal()
	l.Refresh()
}

func (l *pickList) reveal() {
	if l.at < l.top {
		l.top = max(l.at, 0)
	}
	if l.at >= l.top+pickRows {
		l.top = l.at - pickRows + 1
	}
}

func (l *pickList) visible() int {
	return min(len(l.items)-l.top, pickRows)
}

func (l *pickList) rowAt(y float32) int {
	i := int((y - pickInset) / rowHeight())
	if y < pickInset || i >= l.visible() {
		return -1
	}
	return l.top + i
}

// Tapped is called by Fyne.
func (l *pickList) Tapped(ev *fyne.PointEvent) {
	if i := l.rowAt(ev.Position.Y); i >= 0 {
		l.onPick(i)
	}
}

// Scrolled is called by Fyne.
func (l *pickList) Scrolled(ev *fyne.ScrollEvent) {
	l.wheel -= ev.Scrolled.DY / wheelUnits
	whole := int(l.wheel)
	l.wheel -= float32(whole)
	l.top = clamp(l.top+whole, 0, max(len(l.items)-pickRows, 0))
	l.Refresh()
}

// MouseIn is called by Fyne.
func (l *pickList) MouseIn(*desktop.MouseEvent) {}

// MouseMoved is called by Fyne.
func (l *pickList) MouseMoved(ev *desktop.MouseEvent) {
	if i := l.rowAt(ev.Position.Y); i >= 0 && i != l.at {
		l.at = i
		l.Refresh()
	}
}

// MouseOut is called by Fyne.
func (l *pickList) MouseOut() {}

// CreateRenderer is called by Fyne.
func (l *pickList) CreateRenderer() fyne.WidgetRenderer {
	r := &pickRenderer{l: l, band: newFill(look.AccentSoft), foot: newCaption("", Muted), thumb: newFill(theme.ColorNameScrollBar)}
	r.objects = []fyne.CanvasObject{r.band}
	for i := range r.texts {
		r.texts[i], r.hints[i] = newText("", Normal), newCaption("", Muted)
		r.objects = append(r.objects, r.texts[i], r.hints[i])
	}
	r.objects = append(r.objects, r.foot, r.thumb)
	r.Refresh()
	return r
}

type pickRenderer struct {
	l            *pickList
	band, thumb  *canvas.Rectangle
	texts, hints [pickRows]*canvas.Text
	foot         *canvas.Text
	objects      []fyne.CanvasObject
}

func (r *pickRenderer) Destroy() {}

func (r *pickRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *pickRenderer) MinSize() fyne.Size {
	l := r.l
	w := float32(pickWidth)
	for _, c := range l.items {
		w = max(w, l.ruler.width(c.Text)+l.small.width(c.Hint)+4*cellPad)
	}
	h := float32(min(len(l.items), pickRows))*rowHeight() + 2*pickInset
	if l.foot != "" {
		h += rowHeight()
	}
	return fyne.NewSize(min(w, 560), h)
}

func (r *pickRenderer) Layout(s fyne.Size) {
	l, h := r.l, rowHeight()
	for i := range r.texts {
		t, hint := r.texts[i], r.hints[i]
		t.Hidden, hint.Hidden = i >= l.visible(), i >= l.visible()
		if t.Hidden {
			continue
		}
		c := l.items[l.top+i]
		y := pickInset + float32(i)*h
		hint.Text = l.small.fit(c.Hint, s.Width/2)
		hw := l.small.width(hint.Text)
		t.Text = l.ruler.fit(c.Text, s.Width-hw-4*cellPad)
		t.Move(fyne.NewPos(cellPad, y+(h-l.ruler.height())/2))
		hint.Move(fyne.NewPos(s.Width-hw-cellPad-6, y+(h-l.small.height())/2+1))
	}
	r.layoutBand(s)
	r.foot.Text = l.small.fit(l.foot, s.Width-2*cellPad)
	r.foot.Move(fyne.NewPos(cellPad, s.Height-pickInset-(h+l.small.height())/2))
	r.layoutThumb(s)
}

func (r *pickRenderer) layoutBand(s fyne.Size) {
	i := r.l.at - r.l.top
	r.band.Hidden = r.l.at < 0 || i < 0 || i >= r.l.visible()
	r.band.Move(fyne.NewPos(pickInset, pickInset+float32(max(i, 0))*rowHeight()))
	r.band.Resize(fyne.NewSize(max(s.Width-2*pickInset, 0), rowHeight()))
}

func (r *pickRenderer) layoutThumb(s fyne.Size) {
	n := len(r.l.items)
	r.thumb.Hidden = n <= pickRows
	if r.thumb.Hidden {
		return
	}
	way := pickRows * rowHeight()
	height := max(way*pickRows/float32(n), 16)
	y := (way - height) * float32(r.l.top) / float32(n-pickRows)
	r.thumb.CornerRadius = 2
	r.thumb.Move(fyne.NewPos(s.Width-7, pickInset+y))
	r.thumb.Resize(fyne.NewSize(4, height))
}

func (r *pickRenderer) Refresh() {
	l := r.l
	l.ruler.resize(theme.TextSize())
	l.small.resize(theme.CaptionTextSize())
	for i := range r.texts {
		r.texts[i].TextSize, r.texts[i].Color = theme.TextSize(), Normal.colour()
		r.hints[i].TextSize, r.hints[i].Color = theme.CaptionTextSize(), Muted.colour()
	}
	r.foot.TextSize, r.foot.Color = theme.CaptionTextSize(), Muted.colour()
	r.band.FillColor = theme.Color(look.AccentSoft)
	r.Layout(l.Size())
	canvas.Refresh(l)
}
