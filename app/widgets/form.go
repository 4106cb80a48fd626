package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

const columnGap = 24

// NewForm lays fields out in columns of one width with the labels aligned; the
// tab order runs row by row. Objects that are no *Field, and fields with
// WholeRow, take a row of their own.
func NewForm(columns int, fields ...fyne.CanvasObject) *fyne.Container {
	alignLabels(fields)
	return container.New(&formLayout{columns: max(columns, 1)}, fields...)
}

func alignLabels(fields []fyne.CanvasObject) {
	var w float32
	for _, o := range fields {
		if f, ok := o.(*Field); ok && !f.LabelAbove {
			w = max(w, f.ownLabelWidth())
		}
	}
	for _, o := range fields {
		if f, ok := o.(*Field); ok {
			f.labelWidth = w
		}
	}
}

type formLayout struct{ columns int }

// rows groups the visible objects into rows.
func (l *formLayout) rows(objects []fyne.CanvasObject) [][]fyne.CanvasObject {
	var rows [][]fyne.CanvasObject
	var row []fyne.CanvasObject
	end := func() {
		if len(row) > 0 {
			rows, row = append(rows, row), nil
		}
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if !inCell(o) {
			end()
			rows = append(rows, []fyne.CanvasObject{o})
			continue
		}
		if row = append(row, o); len(row) == l.columns {
			end()
		}
	}
	end()
	return rows
}

func inCell(o fyne.CanvasObject) bool {
	f, ok := o.(*Field)
	return ok && !f.WholeRow
}

func rowMin(row []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range row {
		s = s.Max(o.MinSize())
	}
	return s
}

func (l *formLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var cell, whole, height float32
	for _, row := range l.rows(objects) {
		m := rowMin(row)
		height += m.Height
		if inCell(row[0]) {
			cell = max(cell, m.Width)
		} else {
			whole = max(whole, m.Width)
		}
	}
	n := float32(l.columns)
	return fyne.NewSize(max(whole, cell*n+columnGap*(n-1)), height)
}

func (l *formLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	n := float32(l.columns)
	cell := (s.Width - columnGap*(n-1)) / n
	var y float32
	for _, row := range l.rows(objects) {
		h := rowMin(row).Height
		for i, o := range row {
			w := cell
			if !inCell(o) {
				w = s.Width
			}
			o.Move(fyne.NewPos(float32(i)*(cell+columnGap), y))
			o.Resize(fyne.NewSize(w, h))
		}
		y += h
	}
}
