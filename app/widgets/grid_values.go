package widgets

import "slices"

// Columns are the grid's columns, for whoever writes the list elsewhere.
func (g *Grid) Columns() []Column { return slices.Clone(g.columns) }

// Text is what a cell says, as it is painted.
func (g *Grid) Text(row, column int) string {
	if f := g.columns[column].Value; f != nil {
		return f(row)
	}
	return ""
}
