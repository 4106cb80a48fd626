package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
	"rongyuan/app/widgets"
)

// words is one line of text in a tone. It follows a change of the theme, which
// a bare canvas.Text does not.
type words struct {
	widget.BaseWidget
	Tone widgets.Tone
	size fyne.ThemeSizeName
	line *canvas.Text
}

// text is one line at the ordinary size.
func text(s string, tone widgets.Tone) *words { return sized(s, tone, theme.SizeNameText) }

// heading stands over a page, subheading over a part of it.
func heading(s string) *words { return sized(s, widgets.Normal, theme.SizeNameHeadingText) }

func subheading(s string) *words { return sized(s, widgets.Normal, theme.SizeNameSubHeadingText) }

func caption(s string) *words { return sized(s, widgets.Muted, theme.SizeNameCaptionText) }

func sized(s string, tone widgets.Tone, size fyne.ThemeSizeName) *words {
	w := &words{Tone: tone, size: size, line: canvas.NewText(s, theme.Color(theme.ColorNameForeground))}
	w.dress()
	w.ExtendBaseWidget(w)
	return w
}

func (w *words) SetText(s string) {
	w.line.Text = s
	w.Refresh()
}

// Say sets text and tone.
func (w *words) Say(s string, tone widgets.Tone) {
	w.Tone = tone
	w.SetText(s)
}

func (w *words) dress() {
	w.line.TextSize = theme.Size(w.size)
	w.line.Color = theme.Color(toneColour(w.Tone))
}

// Refresh is called by Fyne.
func (w *words) Refresh() {
	w.dress()
	w.BaseWidget.Refresh()
}

// CreateRenderer is called by Fyne.
func (w *words) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(w.line) }

func toneColour(t widgets.Tone) fyne.ThemeColorName {
	switch t {
	case widgets.Muted:
		return look.Muted
	case widgets.Accent:
		return theme.ColorNamePrimary
	case widgets.Good:
		return theme.ColorNameSuccess
	case widgets.Warn:
		return theme.ColorNameWarning
	case widgets.Bad:
		return theme.ColorNameError
	default:
		return theme.ColorNameForeground
	}
}

// ground is a coloured rectangle that follows the theme.
type ground struct {
	widget.BaseWidget
	colour fyne.ThemeColorName
	fill   *canvas.Rectangle
}

func (g *ground) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(g.fill) }

// Refresh is called by Fyne.
func (g *ground) Refresh() {
	g.fill.FillColor = theme.Color(g.colour)
	g.BaseWidget.Refresh()
}

func onGround(colour fyne.ThemeColorName, content fyne.CanvasObject) *fyne.Container {
	g := &ground{colour: colour, fill: canvas.NewRectangle(theme.Color(colour))}
	g.ExtendBaseWidget(g)
	return container.NewStack(g, content)
}

// line is a hair line across.
func line() fyne.CanvasObject {
	c := onGround(look.RowLine, container.NewWithoutLayout())
	return container.New(&fixed{height: 1}, c)
}

// fixed gives its object a least width and height.
type fixed struct{ width, height float32 }

func (l *fixed) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(l.width, l.height)
	for _, x := range o {
		s = s.Max(x.MinSize())
	}
	return s
}

func (l *fixed) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, x := range o {
		x.Move(fyne.NewPos(0, 0))
		x.Resize(s)
	}
}

// padded leaves room above and below, left and right.
func padded(y, x float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(&margin{x, y, x, y}, content)
}

// insets leaves room on each side: left, top, right, bottom.
//
//nolint:revive // four sides and what they enclose: a struct would not read better
func insets(l, t, r, b float32, content fyne.CanvasObject) *fyne.Container {
	return container.New(&margin{l, t, r, b}, content)
}

type margin struct{ left, top, right, bottom float32 }

func (m *margin) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, x := range o {
		if x.Visible() {
			s = s.Max(x.MinSize())
		}
	}
	return s.AddWidthHeight(m.left+m.right, m.top+m.bottom)
}

func (m *margin) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, x := range o {
		x.Move(fyne.NewPos(m.left, m.top))
		x.Resize(s.SubtractWidthHeight(m.left+m.right, m.top+m.bottom))
	}
}

// centred puts an object into the middle from left to right.
func centred(o fyne.CanvasObject) *fyne.Container { return container.New(&centreLayout{}, o) }

type centreLayout struct{}

func (*centreLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (*centreLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	m := o[0].MinSize()
	o[0].Move(fyne.NewPos((s.Width-m.Width)/2, (s.Height-m.Height)/2))
	o[0].Resize(m)
}

// centredBoth puts an object into the middle of its room, a little above it.
func centredBoth(o fyne.CanvasObject) *fyne.Container { return container.New(&middleLayout{}, o) }

type middleLayout struct{}

func (*middleLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (*middleLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	m := o[0].MinSize()
	o[0].Move(fyne.NewPos((s.Width-m.Width)/2, max((s.Height-m.Height)*0.42, 0)))
	o[0].Resize(m)
}

// edged is a border layout without gaps; head, foot and side may be nil.
func edged(head, foot, side, rest fyne.CanvasObject) *fyne.Container {
	l := &edgeLayout{head: head, foot: foot, side: side, rest: rest}
	c := container.New(l)
	for _, o := range []fyne.CanvasObject{head, side, rest, foot} {
		if o != nil {
			c.Add(o)
		}
	}
	return c
}

type edgeLayout struct{ head, foot, side, rest fyne.CanvasObject }

func least(o fyne.CanvasObject) fyne.Size {
	if o == nil || !o.Visible() {
		return fyne.Size{}
	}
	return o.MinSize()
}

func (l *edgeLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	head, foot, side, rest := least(l.head), least(l.foot), least(l.side), least(l.rest)
	return fyne.NewSize(max(head.Width, foot.Width, side.Width+rest.Width), head.Height+foot.Height+max(side.Height, rest.Height))
}

func (l *edgeLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	head, foot, side := least(l.head).Height, least(l.foot).Height, least(l.side).Width
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		if o != nil {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(w, max(h, 0)))
		}
	}
	put(l.head, 0, 0, s.Width, head)
	put(l.side, 0, head, side, s.Height-head-foot)
	put(l.rest, side, head, s.Width-side, s.Height-head-foot)
	put(l.foot, 0, s.Height-foot, s.Width, foot)
}

// stacked sets a head, which may be nil, over the rest.
func stacked(head, rest fyne.CanvasObject) fyne.CanvasObject {
	return edged(head, nil, nil, rest)
}

// bar is a row of controls at their own widths; the last one may be pushed to
// the right by a spring before it.
func bar(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&barLayout{gap: 8}, objects...)
}

// spring takes the room that is left in a bar.
type springObject struct{ canvas.Rectangle }

func spring() fyne.CanvasObject { return &springObject{} }

type barLayout struct{ gap float32 }

func (l *barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	n := 0
	for _, x := range o {
		if !x.Visible() {
			continue
		}
		n++
		m := x.MinSize()
		s.Width += m.Width
		s.Height = max(s.Height, m.Height)
	}
	s.Width += l.gap * float32(max(n-1, 0))
	return s
}

func (l *barLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	spare := s.Width - l.MinSize(o).Width
	var x float32
	for _, each := range o {
		if !each.Visible() {
			continue
		}
		m := each.MinSize()
		if _, is := each.(*springObject); is {
			m.Width = max(spare, 0)
		}
		each.Move(fyne.NewPos(x, (s.Height-m.Height)/2))
		each.Resize(m)
		x += m.Width + l.gap
	}
}

// twoColumns sets two things beside each other.
func twoColumns(left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&columnsLayout{gap: 32}, left, right)
}

type columnsLayout struct{ gap float32 }

func (l *columnsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, x := range o {
		s = s.Max(x.MinSize())
	}
	n := float32(len(o))
	return fyne.NewSize(s.Width*n+l.gap*(n-1), s.Height)
}

func (l *columnsLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	n := float32(len(o))
	w := (s.Width - l.gap*(n-1)) / n
	for i, x := range o {
		x.Move(fyne.NewPos(float32(i)*(w+l.gap), 0))
		x.Resize(fyne.NewSize(w, x.MinSize().Height))
	}
}

// sheetColumn is one column of the cheat sheet.
func sheetColumn(title string, lines [][2]string) fyne.CanvasObject {
	column := container.New(&stackLayout{gap: 6}, text(title, widgets.Accent))
	for _, l := range lines {
		key := container.New(&fixed{width: 108}, text(l[0], widgets.Normal))
		column.Add(container.NewBorder(nil, nil, key, nil, text(l[1], widgets.Muted)))
	}
	return column
}

// stack sets objects below each other with a gap.
func stack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&stackLayout{gap: gap}, objects...)
}

type stackLayout struct{ gap float32 }

func (l *stackLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	n := 0
	for _, x := range o {
		if !x.Visible() {
			continue
		}
		n++
		m := x.MinSize()
		s.Width = max(s.Width, m.Width)
		s.Height += m.Height
	}
	s.Height += l.gap * float32(max(n-1, 0))
	return s
}

func (l *stackLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	var y float32
	for _, x := range o {
		if !x.Visible() {
			continue
		}
		h := x.MinSize().Height
		x.Move(fyne.NewPos(0, y))
		x.Resize(fyne.NewSize(s.Width, h))
		y += h + l.gap
	}
}
