package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
)

const (
	chipPad = 8
	chipGap = 6
	chipX   = "×"
)

// MultiPicker picks any number of choices. The chosen ones stand as chips above
// the field; Backspace in the empty field takes the last one away, a click on a
// chip takes that one.
type MultiPicker struct {
	widget.BaseWidget

	// OnChange follows every change by the clerk.
	OnChange func([]Choice)
	// Picker is the field; its OnPick belongs to the MultiPicker.
	Picker *Picker

	chosen []Choice
	chips  *chips
}

// NewMultiPicker makes one with nothing chosen; see Picker.Find for find.
func NewMultiPicker(find func(typed string, limit int) []Choice) *MultiPicker {
	m := &MultiPicker{}
	m.Picker = NewPicker(func(typed string, limit int) []Choice {
		return m.without(find(typed, limit+len(m.chosen)), limit)
	})
	m.Picker.StayOnPick = true
	m.Picker.OnPick = m.add
	m.Picker.OnKey = m.key
	m.chips = newChips(m.remove)
	m.ExtendBaseWidget(m)
	return m
}

func (m *MultiPicker) without(found []Choice, limit int) []Choice {
	left := make([]Choice, 0, min(len(found), limit))
	for _, c := range found {
		if len(left) < limit && m.index(c.Key) < 0 {
			left = append(left, c)
		}
	}
	return left
}

func (m *MultiPicker) index(key string) int {
	return slices.IndexFunc(m.chosen, func(c Choice) bool { return c.Key == key })
}

// Chosen are the choices in the order in which they were made.
func (m *MultiPicker) Chosen() []Choice { return slices.Clone(m.chosen) }

// SetChosen replaces them without telling anybody.
func (m *MultiPicker) SetChosen(cs []Choice) {
	m.chosen = slices.Clone(cs)
	m.chips.items = m.chosen
	m.Refresh()
}

// SetError shows what is wrong.
func (m *MultiPicker) SetError(text string) { m.Picker.SetError(text) }

func (m *MultiPicker) onMessage(f func(string, Tone)) { m.Picker.onMessage(f) }

func (m *MultiPicker) add(c Choice) {
	if c.Key == "" || m.index(c.Key) >= 0 {
		return
	}
	m.change(append(slices.Clone(m.chosen), c))
}

func (m *MultiPicker) remove(i int) {
	m.change(slices.Delete(slices.Clone(m.chosen), i, i+1))
}

func (m *MultiPicker) change(cs []Choice) {
	m.SetChosen(cs)
	if m.OnChange != nil {
		m.OnChange(m.Chosen())
	}
}

func (m *MultiPicker) key(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyBackspace || m.Picker.Text != "" || len(m.chosen) == 0 {
		return false
	}
	m.remove(len(m.chosen) - 1)
	return true
}

// CreateRenderer is called by Fyne.
func (m *MultiPicker) CreateRenderer() fyne.WidgetRenderer { return &multiRenderer{m} }

type multiRenderer struct{ m *MultiPicker }

func (r *multiRenderer) Destroy() {}

func (r *multiRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.m.chips, r.m.Picker}
}

func (r *multiRenderer) MinSize() fyne.Size {
	s := r.m.Picker.MinSize()
	s.Height += r.m.chips.heightFor(r.m.Size().Width)
	return s
}

func (r *multiRenderer) Layout(s fyne.Size) {
	h := r.m.chips.heightFor(s.Width)
	r.m.chips.Resize(fyne.NewSize(s.Width, h))
	r.m.Picker.Move(fyne.NewPos(0, h))
	r.m.Picker.Resize(fyne.NewSize(s.Width, r.m.Picker.MinSize().Height))
}

func (r *multiRenderer) Refresh() {
	r.m.chips.Refresh()
	r.Layout(r.m.Size())
	canvas.Refresh(r.m)
}

// chips is the flow of chosen things.
type chips struct {
	widget.BaseWidget
	items  []Choice
	remove func(int)
	ruler  *ruler
}

func newChips(remove func(int)) *chips {
	c := &chips{remove: remove, ruler: newRuler(theme.TextSize(), fyne.TextStyle{})}
	c.ExtendBaseWidget(c)
	return c
}

func (c *chips) chipHeight() float32 { return rowHeight() - 6 }

func (c *chips) width(i int) float32 {
	return c.ruler.width(c.items[i].Text) + c.ruler.width(chipX) + 3*chipPad
}

// flow gives every chip its place within the width.
func (c *chips) flow(width float32) []fyne.Position {
	at := make([]fyne.Position, len(c.items))
	var x, y float32
	for i := range c.items {
		w := c.width(i)
		if x > 0 && x+w > width {
			x, y = 0, y+c.chipHeight()+chipGap
		}
		at[i] = fyne.NewPos(x, y)
		x += w + chipGap
	}
	return at
}

func (c *chips) heightFor(width float32) float32 {
	if len(c.items) == 0 {
		return 0
	}
	at := c.flow(width)
	return at[len(at)-1].Y + c.chipHeight() + chipGap
}

// Tapped is called by Fyne.
func (c *chips) Tapped(ev *fyne.PointEvent) {
	for i, at := range c.flow(c.Size().Width) {
		p := ev.Position.Subtract(at)
		if p.X >= 0 && p.Y >= 0 && p.X < c.width(i) && p.Y < c.chipHeight() {
			c.remove(i)
			return
		}
	}
}

// CreateRenderer is called by Fyne.
func (c *chips) CreateRenderer() fyne.WidgetRenderer {
	r := &chipsRenderer{c: c}
	r.Refresh()
	return r
}

type chipsRenderer struct {
	c       *chips
	objects []fyne.CanvasObject
}

func (r *chipsRenderer) Destroy() {}

func (r *chipsRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *chipsRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *chipsRenderer) Layout(s fyne.Size) {
	c := r.c
	for i, at := range c.flow(s.Width) {
		back, text, x := r.objects[3*i], r.objects[3*i+1], r.objects[3*i+2]
		w, h := c.width(i), c.chipHeight()
		back.Move(at)
		back.Resize(fyne.NewSize(w, h))
		y := (h - c.ruler.height()) / 2
		text.Move(at.AddXY(chipPad, y))
		x.Move(at.AddXY(w-chipPad-c.ruler.width(chipX), y))
	}
}

func (r *chipsRenderer) Refresh() {
	r.c.ruler.resize(theme.TextSize())
	r.objects = r.objects[:0:0]
	for _, item := range r.c.items {
		back := newFill(look.AccentSoft)
		back.CornerRadius = theme.InputRadiusSize()
		r.objects = append(r.objects, back, newText(item.Text, Normal), newText(chipX, Muted))
	}
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}
