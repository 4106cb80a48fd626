package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
)

// Door is one way into the program. Key is the hint of its F-key; the key itself
// is bound at Root. Icons are recoloured, so they must be of one colour.
type Door struct {
	ID, Text, Key string
	Icon          fyne.Resource
}

// Doors is the side bar: the doors at the top, a few more at the bottom. It is
// one stop of Tab; Up and Down move, Enter opens.
type Doors struct {
	widget.BaseWidget

	// OnOpen follows Enter and click, also on the open door.
	OnOpen func(id string)

	doors    []Door
	bottom   int // the last so many stand at the bottom
	selected int // -1: none
	at       int
	over     int
	hasFocus bool
	held     held
	badges   map[string]badge
	ruler    *ruler
}

type badge struct {
	text string
	tone Tone
}

var (
	_ fyne.Focusable    = (*Doors)(nil)
	_ fyne.Tappable     = (*Doors)(nil)
	_ desktop.Hoverable = (*Doors)(nil)
)

// NewDoors makes the bar with no door open.
func NewDoors(top, bottom []Door) *Doors {
	d := &Doors{doors: slices.Concat(top, bottom), bottom: len(bottom), selected: -1, over: -1, badges: map[string]badge{}}
	d.ruler = newRuler(theme.CaptionTextSize(), fyne.TextStyle{})
	d.ExtendBaseWidget(d)
	return d
}

// Select shows which door is open, without calling OnOpen.
func (d *Doors) Select(id string) {
	d.selected = slices.IndexFunc(d.doors, func(x Door) bool { return x.ID == id })
	d.at = max(d.selected, 0)
	d.Refresh()
}

// SetBadge puts a short word, mostly a number, on a door; "" takes it away.
func (d *Doors) SetBadge(id, text string, tone Tone) {
	d.badges[id] = badge{text, tone}
	d.Refresh()
}

func (d *Doors) open(i int) {
	d.Select(d.doors[i].ID)
	if d.OnOpen != nil {
		d.OnOpen(d.doors[i].ID)
	}
}

// FocusGained is called by Fyne.
func (d *Doors) FocusGained() {
	d.hasFocus = true
	d.Refresh()
}

// FocusLost is called by Fyne.
func (d *Doors) FocusLost() {
	d.hasFocus = false
	d.at = max(d.selected, 0)
	d.held = held{}
	d.Refresh()
}

// KeyDown is called by Fyne.
func (d *Doors) KeyDown(ev *fyne.KeyEvent) {
	stir(d)
	d.held.down(ev, true)
}

// KeyUp is called by Fyne.
func (d *Doors) KeyUp(ev *fyne.KeyEvent) { d.held.down(ev, false) }

// TypedRune is called by Fyne.
func (d *Doors) TypedRune(rune) {}

// TypedKey is called by Fyne.
func (d *Doors) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeyUp:
		d.move(d.at - 1)
	case ev.Name == fyne.KeyDown:
		d.move(d.at + 1)
	case ev.Name == fyne.KeyHome:
		d.move(0)
	case ev.Name == fyne.KeyEnd:
		d.move(len(d.doors) - 1)
	case isEnter(ev.Name) && d.held.isShift():
		focusPrevious(d)
	case isEnter(ev.Name), ev.Name == fyne.KeySpace:
		d.open(d.at)
	default:
		passKey(d, ev)
	}
}

// TypedShortcut is called by Fyne.
func (d *Doors) TypedShortcut(s fyne.Shortcut) { passShortcut(d, s) }

func (d *Doors) move(at int) {
	d.at = clamp(at, 0, len(d.doors)-1)
	d.Refresh()
}

func doorHeight() float32 { return rowHeight() + 10 }

func (d *Doors) doorY(i int) float32 {
	if top := len(d.doors) - d.bottom; i >= top {
		return d.Size().Height - float32(len(d.doors)-i)*doorHeight() - doorsPad
	}
	return doorsPad + float32(i)*doorHeight()
}

func (d *Doors) doorAt(p fyne.Position) int {
	for i := range d.doors {
		if y := d.doorY(i); p.Y >= y && p.Y < y+doorHeight() {
			return i
		}
	}
	return -1
}

// Tapped is called by Fyne.
func (d *Doors) Tapped(ev *fyne.PointEvent) {
	if i := d.doorAt(ev.Position); i >= 0 {
		d.open(i)
	}
}

// MouseIn is called by Fyne.
func (d *Doors) MouseIn(ev *desktop.MouseEvent) { d.MouseMoved(ev) }

// MouseMoved is called by Fyne.
func (d *Doors) MouseMoved(ev *desktop.MouseEvent) {
	if i := d.doorAt(ev.Position); i != d.over {
		d.over = i
		d.Refresh()
	}
}

// MouseOut is called by Fyne.
func (d *Doors) MouseOut() {
	d.over = -1
	d.Refresh()
}

const (
	doorsPad   = 8
	doorsWidth = 136
	doorIcon   = 20
	doorBar    = 4
)

// CreateRenderer is called by Fyne.
func (d *Doors) CreateRenderer() fyne.WidgetRenderer {
	r := &doorsRenderer{
		d: d, ground: newFill(look.Panel), edge: newFill(theme.ColorNameSeparator),
		band: newFill(look.AccentSoft), bar: newFill(theme.ColorNamePrimary), over: newFill(theme.ColorNameHover), ring: newRing(),
	}
	r.objects = []fyne.CanvasObject{r.ground, r.edge, r.over, r.band, r.bar}
	for _, door := range d.doors {
		v := &doorView{icon: canvas.NewImageFromResource(door.Icon), text: newText(door.Text, Normal), key: newCaption(door.Key, Muted), badge: newCaption("", Muted)}
		r.views = append(r.views, v)
		r.objects = append(r.objects, v.icon, v.text, v.key, v.badge)
	}
	r.objects = append(r.objects, r.ring)
	r.Refresh()
	return r
}

type doorView struct {
	icon             *canvas.Image
	text, key, badge *canvas.Text
}

type doorsRenderer struct {
	d                             *Doors
	ground, edge, band, bar, over *canvas.Rectangle
	ring                          *canvas.Rectangle
	views                         []*doorView
	objects                       []fyne.CanvasObject
}

func (r *doorsRenderer) Destroy() {}

func (r *doorsRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *doorsRenderer) MinSize() fyne.Size {
	return fyne.NewSize(doorsWidth*theme.TextSize()/14, float32(len(r.d.doors))*doorHeight()+4*doorsPad)
}

func (r *doorsRenderer) Layout(s fyne.Size) {
	r.ground.Resize(s)
	r.edge.Move(fyne.NewPos(s.Width-1, 0))
	r.edge.Resize(fyne.NewSize(1, s.Height))
	h := doorHeight()
	for i, v := range r.views {
		y := r.d.doorY(i)
		v.icon.Move(fyne.NewPos(16, y+(h-doorIcon)/2))
		v.icon.Resize(fyne.NewSquareSize(doorIcon))
		text, key, badge := v.text.MinSize(), v.key.MinSize(), v.badge.MinSize()
		v.text.Move(fyne.NewPos(16+doorIcon+10, y+(h-text.Height)/2))
		v.key.Move(fyne.NewPos(s.Width-12-key.Width, y+(h-key.Height)/2+1))
		v.badge.Move(fyne.NewPos(v.text.Position().X+text.Width+7, y+(h-badge.Height)/2-1))
	}
	r.placeBand(r.band, r.d.selected, s.Width-1)
	r.placeBand(r.bar, r.d.selected, doorBar)
	r.placeBand(r.over, r.d.over, s.Width-1)
	at := -1
	if r.d.hasFocus {
		at = r.d.at
	}
	if r.placeBand(r.ring, at, s.Width-1); at >= 0 {
		fitRing(r.ring, r.ring.Position(), r.ring.Size())
	}
}

func (r *doorsRenderer) placeBand(b *canvas.Rectangle, i int, width float32) {
	if b.Hidden = i < 0; b.Hidden {
		return
	}
	b.Move(fyne.NewPos(0, r.d.doorY(i)))
	b.Resize(fyne.NewSize(width, doorHeight()))
}

func (r *doorsRenderer) Refresh() {
	r.ground.FillColor, r.edge.FillColor = theme.Color(look.Panel), theme.Color(theme.ColorNameSeparator)
	r.band.FillColor, r.bar.FillColor = theme.Color(look.AccentSoft), theme.Color(theme.ColorNamePrimary)
	r.over.FillColor, r.ring.StrokeColor = theme.Color(theme.ColorNameHover), theme.Color(theme.ColorNamePrimary)
	for i, v := range r.views {
		r.paint(i, v)
	}
	r.Layout(r.d.Size())
	canvas.Refresh(r.d)
}

func (r *doorsRenderer) paint(i int, v *doorView) {
	tone := Normal
	if i == r.d.selected {
		tone = Accent
	}
	if res := r.d.doors[i].Icon; res != nil {
		v.icon.Resource = theme.NewThemedResource(res)
		if tone == Accent {
			v.icon.Resource = theme.NewPrimaryThemedResource(res)
		}
		v.icon.Refresh()
	}
	setText(v.text, r.d.doors[i].Text, tone.colour())
	b := r.d.badges[r.d.doors[i].ID]
	v.badge.Text, v.badge.Color, v.badge.TextSize = b.text, b.tone.colour(), theme.CaptionTextSize()
	v.key.Color, v.key.TextSize = Muted.colour(), theme.CaptionTextSize()
	v.badge.Refresh()
	v.key.Refresh()
}
