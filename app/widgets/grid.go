package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Align says to which side a column leans; numbers go to the right.
type Align int

// The alignments.
const (
	Left Align = iota
	Right
	Center
)

// Column is one column of a Grid as data. Value and Tone run while painting:
// they read memory only, never a file or a database.
type Column struct {
	ID, Title string
	// Width in units at the ordinary text size; it grows with the text.
	Width    float32
	Align    Align
	Value    func(row int) string
	Tone     func(row int) Tone
	Sortable bool
}

// Empty is what a list without rows says.
type Empty struct {
	Title, Text string
}

// Grid is the list of every screen: rows of one height, one of them selected as
// a whole. Only the visible rows exist, so 100,000 rows cost what 20 cost. It
// scrolls by whole rows. The zero value is not usable; see NewGrid.
type Grid struct {
	widget.BaseWidget

	// Key names a row for good; with it the selection and the marks stay with
	// their rows when the rows change. Without it they stay with the index.
	Key func(row int) string
	// Find is the row of a key, -1 for none. Without it each row is asked for its
	// key, which takes long where rows are many and dear.
	Find func(key string) int
	// OnSelect follows every change of the selected row; -1 is none.
	OnSelect func(row int)
	// OnOpen follows Enter and double click.
	OnOpen func(row int)
	// OnMark follows Space and a click on the mark column.
	OnMark func(row int, marked bool)
	// OnMenu follows a right click; the position is absolute.
	OnMenu func(row int, pos fyne.Position)
	// OnSort follows a click on the title of a sortable column.
	OnSort func(id string, desc bool)
	// OnType gets the characters typed while the grid has the focus.
	OnType func(r rune)
	// OnKey sees keys first and says whether it took them.
	OnKey func(*fyne.KeyEvent) bool
	// Marking shows the column of marks.
	Marking bool
	// Empty is shown while there are no rows.
	Empty Empty

	columns  []Column
	rows     int
	top      int // first visible row
	left     int // columns scrolled away behind the first one
	selected int // -1: none
	key      string
	marks    map[string]bool
	sortID   string
	sortDesc bool
	hover    int
	wheel    float32 // scrolled rows short of a whole one
	hasFocus bool
	held     held
	view     *gridRenderer
}

// NewGrid makes a grid without rows.
func NewGrid(columns []Column) *Grid {
	g := &Grid{columns: columns, selected: -1, hover: -1, marks: map[string]bool{}}
	g.ExtendBaseWidget(g)
	return g
}

// SetColumns replaces the columns.
func (g *Grid) SetColumns(columns []Column) {
	g.columns, g.left = columns, 0
	if g.view != nil {
		g.view.build()
	}
	g.Refresh()
}

// SetRows says how many rows there are now and shows them anew. The selected
// row stays selected wherever it has gone; when it is gone, nothing is.
func (g *Grid) SetRows(n int) {
	g.rows = max(n, 0)
	g.hover = -1
	if g.view != nil {
		g.view.measured = false
	}
	g.follow()
	g.top = clamp(g.top, 0, g.lastTop())
	g.Refresh()
}

// Reload shows the same rows with new values.
func (g *Grid) Reload() {
	g.SetRows(g.rows)
}

// follow finds the selected key among the rows.
func (g *Grid) follow() {
	if g.selected < 0 {
		return
	}
	was := g.selected
	if g.Key != nil && !(was < g.rows && g.Key(was) == g.key) {
		g.selected = g.find(g.key)
	}
	if g.selected >= g.rows {
		g.selected = -1
	}
	if g.selected == was {
		return
	}
	if g.selected >= 0 {
		g.reveal(g.selected)
	}
	if g.OnSelect != nil {
		g.OnSelect(g.selected)
	}
}

func (g *Grid) find(key string) int {
	if g.Find != nil {
		return g.Find(key)
	}
	if g.Key == nil {
		return -1
	}
	for i := range g.rows {
		if g.Key(i) == key {
			return i
		}
	}
	return -1
}

// Rows is the number of rows.
func (g *Grid) Rows() int { return g.rows }

// Selected is the selected row.
func (g *Grid) Selected() (row int, ok bool) {
	return g.selected, g.selected >= 0
}

// SelectedKey is the key of the selected row or "".
func (g *Grid) SelectedKey() string {
	if g.selected < 0 {
		return ""
	}
	return g.key
}

// Select selects a row and brings it into sight; -1 selects none.
func (g *Grid) Select(row int) {
	if row < 0 || g.rows == 0 {
		row = -1
	} else {
		row = min(row, g.rows-1)
	}
	changed := row != g.selected
	g.selected, g.key = row, ""
	if row >= 0 {
		g.key = g.keyOf(row)
		g.reveal(row)
	}
	g.Refresh()
	if changed && g.OnSelect != nil {
		g.OnSelect(row)
	}
}

// SelectKey selects the row with this key; false when there is none.
func (g *Grid) SelectKey(key string) bool {
	row := g.find(key)
	if row < 0 {
		return false
	}
	g.Select(row)
	return true
}

// SetSort shows the arrow in a column's title without telling OnSort.
func (g *Grid) SetSort(id string, desc bool) {
	g.sortID, g.sortDesc = id, desc
	g.Refresh()
}

func (g *Grid) sortBy(id string) {
	g.SetSort(id, g.sortID == id && !g.sortDesc)
	if g.OnSort != nil {
		g.OnSort(g.sortID, g.sortDesc)
	}
}

func (g *Grid) keyOf(row int) string {
	if g.Key != nil {
		return g.Key(row)
	}
	return indexKey(row)
}

// reveal scrolls as little as needed.
func (g *Grid) reveal(row int) {
	page := g.page()
	if row < g.top {
		g.top = row
	}
	if row >= g.top+page {
		g.top = row - page + 1
	}
	g.top = clamp(g.top, 0, g.lastTop())
}

// page is how many whole rows fit, at least one.
func (g *Grid) page() int {
	h := g.Size().Height - headerHeight() - 2*gridBorder
	return max(int(h/rowHeight()), 1)
}

func (g *Grid) lastTop() int {
	return max(g.rows-g.page(), 0)
}

func clamp(v, low, high int) int {
	return max(low, min(v, high))
}
