package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"rongyuan/app/look"
)

// paint puts the values of the visible rows into the texts and refreshes only
// what has changed.
func (r *gridRenderer) paint() {
	shown := min(r.g.page(), r.g.rows-r.g.top)
	for i := range r.rows {
		if i < shown {
			r.paintRow(i, r.g.top+i)
		} else {
			r.hideRow(i)
		}
	}
	r.allTick.show(r.g.Marking, r.g.Marking && r.g.allMarked())
	r.placeBands()
	r.paintEmpty()
}

func (r *gridRenderer) paintRow(i, row int) {
	gr := &r.rows[i]
	gr.line.Hidden = false
	gr.line.FillColor = theme.Color(look.RowLine)
	gr.tick.show(r.g.Marking, r.g.Marking && r.g.IsMarked(row))
	for _, c := range gr.cells {
		c.Hidden = true
	}
	for _, s := range r.slots {
		col, c := &r.g.columns[s.col], gr.cells[s.col]
		tone := Normal
		if col.Tone != nil {
			tone = col.Tone(row)
		}
		c.Hidden = false
		setText(c, r.ruler.fit(col.Value(row), s.width-2*cellPad), tone.colour())
		c.Alignment = col.Align.text()
	}
}

func (r *gridRenderer) hideRow(i int) {
	r.rows[i].line.Hidden = true
	r.rows[i].tick.show(false, false)
	for _, c := range r.rows[i].cells {
		c.Hidden = true
	}
}

func setText(t *canvas.Text, s string, c color.Color) {
	if t.Text == s && t.Color == c && t.TextSize == theme.TextSize() {
		return
	}
	t.Text, t.Color, t.TextSize = s, c, theme.TextSize()
	canvas.Refresh(t)
}

func (a Align) text() fyne.TextAlign {
	switch a {
	case Right:
		return fyne.TextAlignTrailing
	case Center:
		return fyne.TextAlignCenter
	default:
		return fyne.TextAlignLeading
	}
}

// placeBands moves the grounds of the selected and the pointed-at row.
func (r *gridRenderer) placeBands() {
	g := r.g
	r.band.FillColor = theme.Color(look.RowIdle)
	if g.hasFocus {
		r.band.FillColor = theme.Color(look.AccentSoft)
	}
	r.placeBand(r.band, g.selected, 0)
	r.placeBand(r.bar, g.selected, barWidth)
	hover := g.hover
	if hover == g.selected {
		hover = -1
	}
	r.placeBand(r.hover, hover, 0)
}

func (r *gridRenderer) placeBand(b *canvas.Rectangle, row int, width float32) {
	i := row - r.g.top
	b.Hidden = row < 0 || i < 0 || i >= r.g.page()
	if !b.Hidden {
		if width == 0 {
			width = r.inner()
		}
		b.Move(fyne.NewPos(gridBorder, r.rowY(i)))
		b.Resize(fyne.NewSize(max(width, 0), rowHeight()-1))
	}
	canvas.Refresh(b)
}

// paintEmpty says in the middle of an empty list what to do first.
func (r *gridRenderer) paintEmpty() {
	size := r.g.Size()
	mid := headerHeight() + (size.Height-headerHeight())/2
	lines := []struct {
		t *canvas.Text
		s string
		y float32
	}{
		{r.title, r.g.Empty.Title, mid - r.ruler.height() - 2},
		{r.text, r.g.Empty.Text, mid + 2},
	}
	for i, l := range lines {
		tone := Muted
		if i == 0 {
			tone = Normal
		}
		l.t.Hidden = r.g.rows > 0 || l.s == ""
		l.t.Alignment = fyne.TextAlignCenter
		setText(l.t, r.ruler.fit(l.s, size.Width-2*cellPad), tone.colour())
		l.t.Move(fyne.NewPos(cellPad, l.y))
		l.t.Resize(fyne.NewSize(max(size.Width-2*cellPad, 0), r.ruler.height()))
	}
}

// tickMark is the box of the mark column.
type tickMark struct {
	box *canvas.Image
	on  bool
}

func newTickMark() *tickMark {
	m := &tickMark{box: canvas.NewImageFromResource(theme.NewThemedResource(theme.CheckButtonIcon()))}
	m.box.Hidden = true
	return m
}

func (m *tickMark) place(at fyne.Position, cell fyne.Size) {
	side := theme.IconInlineSize()
	m.box.Resize(fyne.NewSquareSize(side))
	m.box.Move(at.AddXY((cell.Width-side)/2, (cell.Height-side)/2))
}

func (m *tickMark) show(visible, on bool) {
	m.box.Hidden = !visible
	if m.on == on {
		return
	}
	m.on = on
	m.box.Resource = theme.NewThemedResource(theme.CheckButtonIcon())
	if on {
		m.box.Resource = theme.NewPrimaryThemedResource(theme.CheckButtonCheckedIcon())
	}
	m.box.Refresh()
}
