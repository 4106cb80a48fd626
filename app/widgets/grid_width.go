package widgets

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// sampled is how many rows, spread over all, are looked at for what a column
// needs: all of 100,000 would be slow, the visible ones alone would let columns
// move while somebody scrolls.
const sampled = 48

// place works out which columns are visible and where.
func (r *gridRenderer) place() {
	g := r.g
	g.left = min(g.left, r.lastLeft())
	x, right := r.start(), r.right()
	r.slots = r.slots[:0]
	whole := true // no column is cut or left out at the right
	for i := range g.columns {
		if i > 0 && i <= g.left {
			continue
		}
		own := r.columnWidth(i)
		w := min(own, right-x)
		if len(r.slots) > 0 && w < min(own, leastWidth)-0.5 {
			whole = false
			break
		}
		whole = whole && w == own
		r.slots = append(r.slots, slot{col: i, x: x, width: max(w, 0)})
		x += w
	}
	if whole {
		r.share(right - x)
	}
	if n := len(r.slots); n > 0 {
		r.slots[n-1].width = max(right-r.slots[n-1].x, 0)
	}
	r.placeHeads()
	r.placeRows()
}

// share gives spare room to the columns whose text is cut. The last one gets
// what is left; a last column of numbers would stand far from the others, so
// there all columns get as much.
func (r *gridRenderer) share(spare float32) {
	n := len(r.slots)
	if spare <= 0 || n < 2 {
		return
	}
	more := make([]float32, n)
	var all float32
	for i, s := range r.slots {
		more[i] = max(r.wanted(s.col)-s.width, 0)
		all += more[i]
	}
	even := float32(0)
	if r.g.columns[r.slots[n-1].col].Align == Right {
		even = max(spare-all, 0) / float32(n)
	}
	part := min(spare/max(all, 1), 1)
	var moved float32
	for i := range r.slots {
		wider := more[i]*part + even
		r.slots[i].x += moved
		r.slots[i].width += wider
		moved += wider
	}
}

// wanted is the width in which nothing of a column is cut. It only grows while
// the rows change, so that typing into a filter does not move the columns.
func (r *gridRenderer) wanted(col int) float32 {
	if r.needs == nil {
		r.needs = make([]float32, len(r.g.columns))
	}
	if !r.measured {
		r.measured = true
		r.measure()
	}
	return r.needs[col]
}

func (r *gridRenderer) measure() {
	step := max(r.g.rows/sampled, 1)
	for row := 0; row < r.g.rows; row += step {
		for i, c := range r.g.columns {
			r.needs[i] = max(r.needs[i], r.ruler.width(c.Value(row))+2*cellPad)
		}
	}
}

// floor cuts a length to whole pixels of the canvas.
func (r *gridRenderer) floor(v float32) float32 {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.g); c != nil && c.Scale() > 0 {
		scale = c.Scale()
	}
	return float32(math.Floor(float64(v*scale))) / scale
}

func (r *gridRenderer) start() float32 {
	if r.g.Marking {
		return gridBorder + markWidth()
	}
	return gridBorder
}

// inner is the width inside of the frame, scroll bar included.
func (r *gridRenderer) inner() float32 {
	return max(r.g.Size().Width-2*gridBorder, 0)
}

func (r *gridRenderer) right() float32 {
	return r.g.Size().Width - gridBorder - theme.ScrollBarSize()
}

func (r *gridRenderer) columnWidth(i int) float32 {
	return r.g.columns[i].Width * theme.TextSize() / 14
}

// lastLeft is how many columns must go behind the first so that the last one
// is seen in its full width; 0 when all fit.
func (r *gridRenderer) lastLeft() int {
	if len(r.g.columns) < 2 || r.g.Size().IsZero() {
		return 0
	}
	room := r.right() - r.start() - r.columnWidth(0)
	for i := len(r.g.columns) - 1; i > 0; i-- {
		room -= r.columnWidth(i)
		if room < -0.5 {
			return min(i, len(r.g.columns)-2)
		}
	}
	return 0
}
