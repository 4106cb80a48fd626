package widgets

import (
	"fmt"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

func sized(widths []float32, value func(col int) string) *Grid {
	var cols []Column
	for i, w := range widths {
		cols = append(cols, Column{ID: fmt.Sprint(i), Title: "列", Width: w, Value: func(int) string { return value(i) }})
	}
	g := NewGrid(cols)
	g.SetRows(3)
	return g
}

func TestGridShowsNarrowColumns(t *testing.T) {
	start(t)
	g := sized([]float32{120, 40, 30, 44, 90}, func(int) string { return "值" })
	win := window(t, 420, 300, g)
	var seen []int
	for _, s := range g.view.slots {
		seen = append(seen, s.col)
		if own := g.view.columnWidth(s.col); s.width < own {
			t.Errorf("column %d is %v wide, wants %v", s.col, s.width, own)
		}
	}
	if !slices.Equal(seen, []int{0, 1, 2, 3, 4}) {
		t.Errorf("columns %v of five that fit", seen)
	}
	win.Resize(fyne.NewSize(120+40+30+20, 300))
	if n := len(g.view.slots); n != 3 {
		t.Errorf("%d columns where three fit and the rest of the fourth is narrow", n)
	}
}

func TestGridSharesSpareWidth(t *testing.T) {
	start(t)
	long := strings.Repeat("长", 12)
	g := sized([]float32{60, 60, 60}, func(col int) string { return []string{"短", long, "短"}[col] })
	win := window(t, 700, 300, g)
	need := g.view.ruler.width(long) + 2*cellPad
	s := g.view.slots
	if s[0].width != 60 || s[1].width < need || s[2].x != s[1].x+s[1].width || s[2].x+s[2].width != g.view.right() {
		t.Errorf("slots %+v, the second needs %v", s, need)
	}
	before := s[1].width
	g.SetRows(0) // a filter that finds nobody
	if got := g.view.slots[1].width; got != before {
		t.Errorf("the column went from %v to %v with the rows", before, got)
	}
	win.Resize(fyne.NewSize(240, 300))
	if s := g.view.slots; s[1].width <= 60 || s[1].width >= need || s[2].width < 60 {
		t.Errorf("slots %+v in a narrow window", s)
	}
}

func TestGridSpreadsNumbers(t *testing.T) {
	start(t)
	g := sized([]float32{60, 60, 60}, func(int) string { return "12" })
	g.columns[2].Align = Right
	window(t, 400, 300, g)
	s := g.view.slots
	if s[0].width <= 60 || s[0].width != s[1].width || s[2].x+s[2].width != g.view.right() {
		t.Errorf("slots %+v: the last column of numbers took the room", s)
	}
}

// atFractions lays a grid and a bar under it out at a fractional place.
type atFractions struct{ y, h float32 }

func (l atFractions) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 100) }

func (l atFractions) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, l.y))
	o[0].Resize(fyne.NewSize(s.Width, l.h))
	o[1].Move(fyne.NewPos(0, l.y+l.h))
	o[1].Resize(fyne.NewSize(s.Width, s.Height-l.y-l.h))
}

func TestGridKeepsItsBottomFrame(t *testing.T) {
	start(t)
	for _, at := range []atFractions{{0, 200}, {10.6, 200.6}, {10.4, 200.4}, {10.6, 200.4}, {10.2, 200.9}, {7.5, 200.5}} {
		for _, focused := range []bool{false, true} {
			g := sized([]float32{60, 60}, func(int) string { return "值" })
			win := window(t, 300, 300, container.New(at, g, newFill(theme.ColorNameHeaderBackground)))
			edge := theme.Color(theme.ColorNameSeparator)
			if focused {
				win.Canvas().Focus(g)
				edge = theme.Color(theme.ColorNamePrimary)
			}
			if n := rowsOf(win.Canvas().Capture(), int(at.y+at.h)-4, int(at.y+at.h)+4, edge); n == 0 {
				t.Errorf("at %+v, focused %v: no bottom frame", at, focused)
			}
		}
	}
}

// rowsOf counts the rows of pixels that have a colour in the middle.
func rowsOf(img image.Image, from, to int, c color.Color) (n int) {
	want := color.NRGBAModel.Convert(c)
	for y := from; y <= to; y++ {
		if color.NRGBAModel.Convert(img.At(img.Bounds().Dx()/2, y)) == want {
			n++
		}
	}
	return n
}
