package reports

import (
	"errors"
	"fmt"
	"strings"

	"rsc.io/qr"
)

// symbol is a QR code (ISO/IEC 18004) as a paper prints it: black rectangles,
// not a picture. A picture costs most of the time of a batch of certificates,
// and printers blur its edges.
type symbol struct {
	// modules is the length of a side in modules, the quiet zone left out.
	modules int
	// black are the black areas, in modules from the upper left.
	black []area
}

type area struct{ x, y, w, h int }

// quiet is the white border that a reader needs around a symbol, in modules.
const quiet = 4

// errSymbol is a text that no QR code holds.
var errSymbol = errors.New("reports: text does not fit a QR code")

// newSymbol makes the QR code of a text, error correction M: about 15 % of it
// may be lost to a fold or to a stamp. Digits, capitals and " $%*+-./:" take
// the least room, and USB scanners type them right under any input method.
func newSymbol(text string) (symbol, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return symbol{}, errSymbol // err quotes the text, which may name a person
	}
	return symbol{code.Size, areas(code.Size, code.Black)}, nil
}

// areas covers the black modules of a square with rectangles: each row's runs,
// those of like place in neighbouring rows joined.
func areas(side int, black func(x, y int) bool) []area {
	var out []area
	open := map[[2]int]int{} // run of the row above → its place in out
	for y := range side {
		runs := map[[2]int]int{}
		for x := 0; x < side; x++ {
			from := x
			for x < side && black(x, y) {
				x++
			}
			if from == x {
				continue
			}
			run := [2]int{from, x}
			at, joins := open[run]
			if joins {
				out[at].h++
			} else {
				at = len(out)
				out = append(out, area{from, y, x - from, 1})
			}
			runs[run] = at
		}
		open = runs
	}
	return out
}

// module is the least side of a module in millimetres that is still read after
// a photocopy scaled to 70 %: four dots at 300 dpi then.
const module = 0.48

// side is the least length of a side of the symbol on paper, quiet zone
// included, in millimetres.
func (s symbol) side() float64 { return float64(s.modules+2*quiet) * module }

// stamp is a symbol on a page; x, y and side are those of the square with its
// quiet zone.
type stamp struct {
	symbol     symbol
	x, y, side float64
}

// draw fills all areas in one path: between areas filled one by one, viewers
// show hairlines.
func (s stamp) draw(p *press) {
	unit := s.side / float64(s.symbol.modules+2*quiet)
	_, height := p.pdf.GetPageSize()
	var b strings.Builder
	for _, a := range s.symbol.black {
		x, y := s.x+float64(quiet+a.x)*unit, s.y+float64(quiet+a.y)*unit
		w, h := float64(a.w)*unit, float64(a.h)*unit
		fmt.Fprintf(&b, "%.3f %.3f %.3f %.3f re\n",
			x*pointsPerMM, (height-y-h)*pointsPerMM, w*pointsPerMM, h*pointsPerMM)
	}
	b.WriteString("f")
	p.pdf.RawWriteStr(b.String())
}

// stamp puts a QR code on the page; x and y are the upper left corner of the
// square of the given side in millimetres, its quiet zone included.
func (d *document) stamp(s symbol, x, y, side float64) {
	d.page.marks = append(d.page.marks, stamp{s, x, y, side})
}
