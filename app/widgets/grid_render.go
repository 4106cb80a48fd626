package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"rongyuan/app/look"
)

const (
	gridBorder = 2
	cellPad    = 10
	barWidth   = 3  // the accent at the left of the selected row
	leastWidth = 48 // a narrower rest of a wider column is not worth showing
)

func headerHeight() float32 { return rowHeight() }

func markWidth() float32 { return rowHeight() + 4 }

// slot is a column that is visible now.
type slot struct {
	col      int
	x, width float32
}

type gridRow struct {
	line  *canvas.Rectangle
	tick  *tickMark
	cells []*canvas.Text
}

type gridRenderer struct {
	g       *Grid
	ruler   *ruler
	ground  *canvas.Rectangle
	band    *canvas.Rectangle
	bar     *canvas.Rectangle
	hover   *canvas.Rectangle
	head    *canvas.Rectangle
	rule    *canvas.Rectangle
	heads   []*gridHead
	allTick *tickMark
	track   *gridTrack
	frame   *canvas.Rectangle
	title   *canvas.Text
	text    *canvas.Text
	rows    []gridRow
	slots   []slot
	objects []fyne.CanvasObject

	needs    []float32 // of the columns, see wanted
	measured bool      // the rows that are here now
}

// CreateRenderer is called by Fyne.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	r := &gridRenderer{
		g: g, ruler: newRuler(theme.TextSize(), fyne.TextStyle{}),
		ground: newFill(theme.ColorNameBackground), band: newFill(look.AccentSoft),
		bar: newFill(theme.ColorNamePrimary), hover: newFill(look.RowHover),
		head: newFill(theme.ColorNameHeaderBackground), rule: newFill(theme.ColorNameSeparator), frame: newFill(theme.ColorNameSeparator),
		title: newText("", Muted), text: newText("", Muted),
	}
	r.allTick = newTickMark()
	r.track = newGridTrack(g)
	g.view = r
	r.build()
	r.Refresh()
	return r
}

// build makes one header per column anew; the rows follow in Layout.
func (r *gridRenderer) build() {
	r.heads, r.rows, r.needs, r.measured = nil, nil, nil, false
	for i := range r.g.columns {
		r.heads = append(r.heads, newGridHead(r.g, i))
	}
	r.fill()
}

// fill keeps as many rows of texts as fit into the height.
func (r *gridRenderer) fill() {
	for len(r.rows) < r.g.page() {
		row := gridRow{line: newFill(look.RowLine), tick: newTickMark()}
		for range r.g.columns {
			row.cells = append(row.cells, newText("", Normal))
		}
		r.rows = append(r.rows, row)
	}
	r.collect()
}

func (r *gridRenderer) collect() {
	o := []fyne.CanvasObject{r.frame, r.ground, r.hover, r.band, r.bar}
	for _, row := range r.rows {
		o = append(o, row.line, row.tick.box)
		for _, c := range row.cells {
			o = append(o, c)
		}
	}
	o = append(o, r.title, r.text, r.head, r.allTick.box)
	for _, h := range r.heads {
		o = append(o, h)
	}
	r.objects = append(o, r.rule, r.track)
}

func (r *gridRenderer) Destroy() {}

func (r *gridRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *gridRenderer) MinSize() fyne.Size {
	return fyne.NewSize(160, headerHeight()+3*rowHeight()+2*gridBorder)
}

func (r *gridRenderer) Layout(s fyne.Size) {
	if len(r.rows) < r.g.page() {
		r.fill()
	}
	r.g.top = clamp(r.g.top, 0, r.g.lastTop())
	r.layoutFrame(s)
	r.head.Move(fyne.NewPos(gridBorder, gridBorder))
	r.head.Resize(fyne.NewSize(r.inner(), headerHeight()))
	r.rule.Move(fyne.NewPos(gridBorder, gridBorder+headerHeight()-1))
	r.rule.Resize(fyne.NewSize(r.inner(), 1))
	w := theme.ScrollBarSize()
	r.track.Move(fyne.NewPos(s.Width-w-gridBorder, gridBorder+headerHeight()))
	r.track.Resize(fyne.NewSize(w, max(s.Height-headerHeight()-2*gridBorder, 0)))
	r.place()
	r.paint()
}

// layoutFrame shows the focus by a thicker frame. It is a ground under a ground:
// a stroked frame would be cut, since what scrolls is clipped.
func (r *gridRenderer) layoutFrame(s fyne.Size) {
	edge := float32(1)
	r.frame.FillColor = theme.Color(theme.ColorNameSeparator)
	if r.g.hasFocus {
		edge = gridBorder
		r.frame.FillColor = theme.Color(theme.ColorNamePrimary)
	}
	r.frame.Resize(s)
	r.ground.Move(fyne.NewPos(edge, edge))
	// Whole pixels: rounded up, the ground or what stands next would lie over
	// the edge.
	r.ground.Resize(fyne.NewSize(max(r.floor(s.Width)-2*edge, 0), max(r.floor(s.Height)-2*edge, 0)))
}

func (r *gridRenderer) Refresh() {
	if r.ruler.size != theme.TextSize() {
		r.needs, r.measured = nil, false
	}
	r.ruler.resize(theme.TextSize())
	r.ground.FillColor = theme.Color(theme.ColorNameBackground)
	r.head.FillColor = theme.Color(theme.ColorNameHeaderBackground)
	r.rule.FillColor = theme.Color(theme.ColorNameSeparator)
	r.bar.FillColor = theme.Color(theme.ColorNamePrimary)
	r.hover.FillColor = theme.Color(look.RowHover)
	r.Layout(r.g.Size())
	r.track.Refresh()
	for _, h := range r.heads {
		h.Refresh()
	}
	canvas.Refresh(r.g)
}

func (r *gridRenderer) placeHeads() {
	for _, h := range r.heads {
		h.Hide()
	}
	for i, s := range r.slots {
		h := r.heads[s.col]
		h.more = i == len(r.slots)-1 && s.col < len(r.g.columns)-1
		h.Move(fyne.NewPos(s.x, gridBorder))
		h.Resize(fyne.NewSize(s.width, headerHeight()))
		h.Show()
	}
	r.allTick.place(fyne.NewPos(gridBorder, gridBorder), fyne.NewSize(markWidth(), headerHeight()))
}

func (r *gridRenderer) rowY(i int) float32 {
	return gridBorder + headerHeight() + float32(i)*rowHeight()
}

func (r *gridRenderer) placeRows() {
	h, text := rowHeight(), r.ruler.height()
	for i, row := range r.rows {
		y := r.rowY(i)
		row.line.Move(fyne.NewPos(gridBorder, y+h-1))
		row.line.Resize(fyne.NewSize(r.inner(), 1))
		row.tick.place(fyne.NewPos(gridBorder, y), fyne.NewSize(markWidth(), h))
		for _, s := range r.slots {
			c := row.cells[s.col]
			c.Move(fyne.NewPos(s.x+cellPad, y+(h-text)/2))
			c.Resize(fyne.NewSize(max(s.width-2*cellPad, 0), text))
		}
	}
}
