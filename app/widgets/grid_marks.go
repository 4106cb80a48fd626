package widgets

import (
	"maps"
	"slices"
	"strconv"
)

func indexKey(row int) string { return strconv.Itoa(row) }

// Marked are the keys of the marked rows, in order of the keys; rows that are
// filtered out at the moment are among them.
func (g *Grid) Marked() []string {
	return slices.Sorted(maps.Keys(g.marks))
}

// SetMarked replaces all marks without telling OnMark.
func (g *Grid) SetMarked(keys []string) {
	clear(g.marks)
	for _, k := range keys {
		g.marks[k] = true
	}
	g.Refresh()
}

// IsMarked tells whether the row is marked.
func (g *Grid) IsMarked(row int) bool {
	return len(g.marks) > 0 && g.marks[g.keyOf(row)]
}

// mark turns the mark of a row over, where the grid keeps marks, and tells.
func (g *Grid) mark(row int) {
	if row < 0 || row >= g.rows {
		return
	}
	on := false
	if g.Marking {
		on = !g.IsMarked(row)
		g.setMark(row, on)
	}
	g.Refresh()
	if g.OnMark != nil {
		g.OnMark(row, on)
	}
}

func (g *Grid) setMark(row int, on bool) {
	if on {
		g.marks[g.keyOf(row)] = true
		return
	}
	delete(g.marks, g.keyOf(row))
}

// markAll marks all rows, or none when all of them are marked already.
func (g *Grid) markAll() {
	on := !g.allMarked()
	for row := range g.rows {
		if g.IsMarked(row) == on {
			continue
		}
		g.setMark(row, on)
		if g.OnMark != nil {
			g.OnMark(row, on)
		}
	}
	g.Refresh()
}

func (g *Grid) allMarked() bool {
	if g.rows == 0 || len(g.marks) < g.rows {
		return false
	}
	for row := range g.rows {
		if !g.IsMarked(row) {
			return false
		}
	}
	return true
}
