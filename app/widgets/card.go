package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
)

// CardRow is one line of a card. Without a Label it is a heading.
type CardRow struct {
	Label, Value string
	Tone         Tone
	// OnTap makes the value a way to what lies behind it; it may be nil.
	OnTap func()
}

// Card shows one record beside its list: title, rows of label and value, and
// buttons at the foot. Long cards scroll.
type Card struct {
	widget.BaseWidget

	title, sub *canvas.Text
	full       [2]string
	rows       *fyne.Container
	scroll     *container.Scroll
	foot       *fyne.Container
	ruler      [2]*ruler
}

// NewCard makes an empty one.
func NewCard() *Card {
	c := &Card{title: newBold("", theme.TextSubHeadingSize()), sub: newText("", Muted)}
	c.ruler = [2]*ruler{newRuler(c.title.TextSize, c.title.TextStyle), newRuler(c.sub.TextSize, fyne.TextStyle{})}
	c.rows = container.New(&stackLayout{gap: 0})
	c.scroll = container.NewVScroll(c.rows)
	c.foot = container.New(&buttonRow{})
	c.ExtendBaseWidget(c)
	return c
}

// SetTitle shows what the card is about; sub may be "".
func (c *Card) SetTitle(title, sub string) {
	c.full = [2]string{title, sub}
	c.Refresh()
}

// SetRows replaces the rows. An empty value shows a dash.
func (c *Card) SetRows(rows []CardRow) {
	c.rows.RemoveAll()
	for _, r := range rows {
		c.rows.Add(newCardLine(r))
	}
	c.scroll.ScrollToTop()
	c.Refresh()
}

// SetFoot replaces the buttons at the foot.
func (c *Card) SetFoot(objects ...fyne.CanvasObject) {
	c.foot.Objects = objects
	c.foot.Refresh()
	c.Refresh()
}

const (
	cardPad   = 16
	cardLabel = 84
	cardWidth = 300
	cardGap   = 10
)

// CreateRenderer is called by Fyne.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{c: c, ground: newFill(theme.ColorNameBackground), rule: newFill(theme.ColorNameSeparator)}
	r.ground.StrokeWidth = 1
	r.Refresh()
	return r
}

type cardRenderer struct {
	c            *Card
	ground, rule *canvas.Rectangle
}

func (r *cardRenderer) Destroy() {}

func (r *cardRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.rule, r.c.title, r.c.sub, r.c.scroll, r.c.foot}
}

func (r *cardRenderer) headHeight() float32 {
	h := cardPad + r.c.ruler[0].height()
	if r.c.full[1] != "" {
		h += 2 + r.c.ruler[1].height()
	}
	return h + cardGap
}

func (r *cardRenderer) footHeight() float32 {
	if len(r.c.foot.Objects) == 0 {
		return 0
	}
	return r.c.foot.MinSize().Height + 2*cardGap
}

func (r *cardRenderer) MinSize() fyne.Size {
	w := max(cardWidth*theme.TextSize()/14, r.c.foot.MinSize().Width+2*cardPad)
	return fyne.NewSize(w, r.headHeight()+r.footHeight()+3*rowHeight())
}

func (r *cardRenderer) Layout(s fyne.Size) {
	c, head, foot := r.c, r.headHeight(), r.footHeight()
	fitRing(r.ground, fyne.Position{}, s)
	room := s.Width - 2*cardPad
	c.title.Text, c.sub.Text = c.ruler[0].fit(c.full[0], room), c.ruler[1].fit(c.full[1], room)
	c.title.Move(fyne.NewPos(cardPad, cardPad))
	c.sub.Move(fyne.NewPos(cardPad, cardPad+c.ruler[0].height()+2))
	r.rule.Move(fyne.NewPos(cardPad, head-1))
	r.rule.Resize(fyne.NewSize(max(room, 0), 1))
	c.scroll.Move(fyne.NewPos(1, head))
	c.scroll.Resize(fyne.NewSize(max(s.Width-2, 0), max(s.Height-head-foot-1, 0)))
	c.foot.Move(fyne.NewPos(cardPad, s.Height-foot+cardGap))
	c.foot.Resize(fyne.NewSize(max(room, 0), max(foot-2*cardGap, 0)))
}

func (r *cardRenderer) Refresh() {
	c := r.c
	c.title.TextSize, c.sub.TextSize = theme.TextSubHeadingSize(), theme.TextSize()
	c.ruler[0].resize(c.title.TextSize)
	c.ruler[1].resize(c.sub.TextSize)
	c.title.Color, c.sub.Color = Normal.colour(), Muted.colour()
	r.ground.FillColor, r.ground.StrokeColor = theme.Color(theme.ColorNameBackground), theme.Color(theme.ColorNameSeparator)
	r.rule.FillColor = theme.Color(theme.ColorNameSeparator)
	r.Layout(c.Size())
	c.scroll.Refresh()
	canvas.Refresh(c)
}

// stackLayout stacks objects whose height follows from the width they get; the
// box of Fyne asks for the height before it has given a width.
type stackLayout struct{ gap float32 }

func (l *stackLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for i, x := range o {
		m := x.MinSize()
		s.Width = max(s.Width, m.Width)
		s.Height += m.Height
		if i > 0 {
			s.Height += l.gap
		}
	}
	return s
}

func (l *stackLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	var y float32
	for _, x := range o {
		x.Resize(fyne.NewSize(s.Width, x.Size().Height))
		h := x.MinSize().Height
		x.Move(fyne.NewPos(0, y))
		x.Resize(fyne.NewSize(s.Width, h))
		y += h + l.gap
	}
}

// cardLine is one row of a card.
type cardLine struct {
	widget.BaseWidget
	row   CardRow
	label *canvas.Text
	value *Paragraph
	light *canvas.Rectangle
}

var (
	_ fyne.Tappable     = (*cardLine)(nil)
	_ desktop.Hoverable = (*cardLine)(nil)
)

func newCardLine(row CardRow) *cardLine {
	l := &cardLine{row: row, label: newText(row.Label, Muted), light: newFill(look.RowHover)}
	tone, text := row.Tone, row.Value
	switch {
	case row.Label == "":
		tone = Accent
	case text == "":
		tone, text = Muted, "—"
	case row.OnTap != nil && tone == Normal:
		tone = Accent
	}
	l.value = NewParagraph(text, tone)
	l.light.Hide()
	l.ExtendBaseWidget(l)
	return l
}

// Tapped is called by Fyne.
func (l *cardLine) Tapped(*fyne.PointEvent) {
	if l.row.OnTap != nil {
		l.row.OnTap()
	}
}

// MouseIn is called by Fyne.
func (l *cardLine) MouseIn(*desktop.MouseEvent) {
	if l.row.OnTap != nil {
		l.light.Show()
	}
}

// MouseMoved is called by Fyne.
func (l *cardLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (l *cardLine) MouseOut() { l.light.Hide() }

// CreateRenderer is called by Fyne.
func (l *cardLine) CreateRenderer() fyne.WidgetRenderer { return &cardLineRenderer{l} }

type cardLineRenderer struct{ l *cardLine }

func (r *cardLineRenderer) Destroy() {}

func (r *cardLineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.light, r.l.label, r.l.value}
}

const cardLineGap = 5 // above and below a row's text

func (r *cardLineRenderer) top() float32 {
	if r.l.row.Label == "" {
		return cardLineGap + cardGap
	}
	return cardLineGap
}

func (r *cardLineRenderer) MinSize() fyne.Size {
	return fyne.NewSize(0, r.top()+r.l.value.MinSize().Height+cardLineGap)
}

func (r *cardLineRenderer) Layout(s fyne.Size) {
	r.l.light.Resize(s)
	r.l.label.Move(fyne.NewPos(cardPad-1, r.top()))
	x := cardPad - 1 + cardLabel*theme.TextSize()/14
	if r.l.row.Label == "" {
		x = cardPad - 1
	}
	r.l.value.Move(fyne.NewPos(x, r.top()))
	r.l.value.Resize(fyne.NewSize(max(s.Width-x-cardPad, 20), s.Height))
}

func (r *cardLineRenderer) Refresh() {
	r.l.label.TextSize, r.l.label.Color = theme.TextSize(), Muted.colour()
	r.l.light.FillColor = theme.Color(look.RowHover)
	r.l.value.Refresh()
	r.Layout(r.l.Size())
	canvas.Refresh(r.l)
}
