package reports

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"github.com/jung-kurt/gofpdf"
)

// press turns a laid-out document into PDF.
type press struct {
	pdf   *gofpdf.Fpdf
	trays []*tray
	// What stands in the page's graphics state.
	space  float64
	thick  float64
	dashed bool
}

// write prints the document. What is printed last, the foot of each page, is
// laid out here, since it names the number of pages.
func (d *document) write(w io.Writer) error {
	d.begin(0)
	d.feet()
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "mm", Size: gofpdf.SizeType{Wd: d.pages[0].sheet.width, Ht: d.pages[0].sheet.height}})
	made := d.imprint.made.Time().UTC()
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetCatalogSort(true)
	pdf.SetProducer("Rongyuan", false)
	pdf.SetTitle(bmpOnly(d.title), true)
	pdf.SetAuthor(bmpOnly(d.imprint.station), true)
	pdf.SetAutoPageBreak(false, 0)
	p := &press{pdf: pdf, trays: d.types.trays}
	for i, t := range p.trays {
		pdf.AddUTF8FontFromBytes(family(i), "", t.face.cut(t.uses))
	}
	for _, one := range d.pages {
		p.printPage(one)
	}
	var raw bytes.Buffer
	if err := pdf.Output(&raw); err != nil {
		return fmt.Errorf("set pages: %w", err)
	}
	whole, err := finish(raw.Bytes(), p.trays)
	if err != nil {
		return err
	}
	if _, err := w.Write(whole); err != nil {
		return fmt.Errorf("write paper: %w", err)
	}
	return nil
}

func (p *press) printPage(one *page) {
	p.space = 0 // gofpdf carries pen and dashes over to the next page, but not this
	p.pdf.AddPageFormat("P", gofpdf.SizeType{Wd: one.sheet.width, Ht: one.sheet.height})
	for _, m := range one.marks {
		m.draw(p)
	}
}

func (p *press) font(t *tray, size float64) {
	p.pdf.SetFont(family(slices.Index(p.trays, t)), "", size)
}

func (p *press) spacing(points float64) {
	if points != p.space {
		p.pdf.RawWriteStr(fmt.Sprintf("%.4f Tc", points))
		p.space = points
	}
}

func (p *press) pen(thick float64, dashed bool) {
	if thick != p.thick {
		p.pdf.SetLineWidth(thick)
		p.thick = thick
	}
	if dashed != p.dashed {
		var pattern []float64
		if dashed {
			pattern = []float64{1.2, 1.2}
		}
		p.pdf.SetDashPattern(pattern, 0)
		p.dashed = dashed
	}
}

// family is the name under which gofpdf knows a tray's font. [finish] puts a
// name of the same length in its place.
func family(i int) string { return fmt.Sprintf("x%c", 'a'+i) }

// feet prints number and imprint of every page.
func (d *document) feet() {
	for i, one := range d.pages {
		d.page = one
		d.sheet = one.sheet
		d.number(i+1, len(d.pages))
	}
}

func (d *document) number(n, of int) {
	foot := d.sheet.floor() + 7
	small := d.plain(8)
	low := min(d.sheet.height-9, foot+7)
	mark := d.measureAt(low)
	if d.numbers == ofAll {
		mark.width -= 28
	}
	d.setFitted(small, mark, d.imprint.String(), left)
	if d.numbers == ofAll {
		d.setIn(small, d.measureAt(low), []rune(fmt.Sprintf("第%d页　共%d页", n, of)), right)
		return
	}
	if d.numbers == unnumbered {
		return
	}
	// The number stands one character in from the outer edge (GB/T 9704, 7.5).
	st, text, at := d.plain(size4), fmt.Sprintf("— %d —　", n), right
	if n%2 == 0 {
		text, at = fmt.Sprintf("　— %d —", n), left
	}
	line := []rune(text)
	x := d.sheet.left
	if at == right {
		x += d.sheet.room() - d.types.measure(st, line) - d.types.width(st, '　')
	}
	d.set(st, place{x: x, top: foot - st.size/pointsPerMM}, line, 0)
}

// bmpOnly replaces what gofpdf cannot write into a document's properties.
func bmpOnly(s string) string {
	out := []rune(printable(s))
	for i, r := range out {
		if r > 0xFFFF {
			out[i] = '〓'
		}
	}
	return string(out)
}
