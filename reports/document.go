package reports

import (
	"fmt"
	"strings"

	"rongyuan/store/record"
)

// sheet is a size of paper and its margins, in millimetres.
type sheet struct {
	width, height, left, right, top, bottom float64
}

// Official layout (GB/T 9704-2012): A4, type area 156 × 225 mm, 22 lines of 28
// characters.
var (
	officialSheet = sheet{210, 297, 28, 26, 37, 35}
	// wideSheet is A4 across for tables; the binding edge is on top then, but
	// lists are filed by the left edge like everything else.
	wideSheet = sheet{297, 210, 20, 15, 18, 21}
)

const (
	officialLines = 22
	officialChars = 28
)

func (s sheet) room() float64  { return s.width - s.left - s.right }
func (s sheet) floor() float64 { return s.height - s.bottom }

// page is one side of paper with what is printed on it.
type page struct {
	sheet sheet
	marks []mark
}

// numbering says how pages are numbered.
type numbering int

const (
	dashes     numbering = iota // — 1 —, odd right, even left, as official papers are
	ofAll                       // 第1页 共5页
	unnumbered                  // several papers in one file: each numbers its own
)

// imprint is the small line at the foot of every page: which print this is.
type imprint struct {
	// station and maker, serial and version may be empty.
	station, maker, serial, version string
	made                            record.Moment
	// untimed leaves the print time out.
	untimed bool
}

func (m imprint) String() string {
	var parts []string
	made := strings.Replace(string(m.made), "T", " ", 1)
	if m.untimed {
		made = ""
	}
	for _, one := range []struct{ label, text string }{
		{"", m.station},
		{"编号：", m.serial},
		{"版本：", m.version},
		{"制表：", m.maker},
		{"打印时间：", made},
	} {
		if one.text != "" {
			parts = append(parts, one.label+one.text)
		}
	}
	return strings.Join(parts, "　")
}

// document is a paper in the making. Blocks are laid from top to bottom; a
// block that does not fit goes to a new page.
type document struct {
	types   *compositor
	sheet   sheet
	pages   []*page
	page    *page
	y       float64 // top of what comes next on the page
	imprint imprint
	numbers numbering
	// title is the title in the file's properties.
	title string
	// waiting is a heading that is printed together with what follows.
	waiting []heading
	// sections and figures are how many were numbered.
	sections, figures int
}

type heading struct {
	style style
	lines [][]rune
	above float64
}

// newDocument begins a paper on its first page.
func newDocument(title string, s sheet, foot imprint) (*document, error) {
	faces, err := embedded()
	if err != nil {
		return nil, fmt.Errorf("read fonts: %w", err)
	}
	d := &document{types: &compositor{faces: faces}, sheet: s, imprint: foot, title: title}
	d.newPage()
	return d, nil
}

// body is the official text: size 3 on a grid of 22 lines of 28 characters. 28
// characters of 16 points are 2 mm wider than the type area, so each stands a
// fifth of a point closer, as word processors set it too.
func (d *document) body() style {
	const room, height = 156.0, 225.0
	return style{
		face: d.types.faces.text, size: size3,
		track: room/officialChars*pointsPerMM - size3, pitch: height / officialLines,
	}
}

// plain is text of any size, set solid.
func (d *document) plain(size float64) style {
	return style{face: d.types.faces.text, size: size, pitch: 1.35 * size / pointsPerMM}
}

func (d *document) strong(size float64) style {
	st := d.plain(size)
	st.face = d.types.faces.strong
	return st
}

func (d *document) sans(size float64) style {
	st := d.plain(size)
	st.face = d.types.faces.sans
	return st
}

// newPage begins a page of the current sheet.
func (d *document) newPage() {
	d.page = &page{sheet: d.sheet}
	d.pages = append(d.pages, d.page)
	d.y = d.sheet.top
}

// turn begins a page of another sheet.
func (d *document) turn(s sheet) {
	d.sheet = s
	d.newPage()
}

// fresh reports whether nothing stands on the page yet.
func (d *document) fresh() bool { return d.y <= d.sheet.top }

// begin makes room for a block's first part and prints the headings that wait
// for it: a heading is never left alone at a page's foot.
func (d *document) begin(height float64) {
	for _, h := range d.waiting {
		height += h.above + float64(len(h.lines))*h.style.pitch
	}
	if !d.fits(height) && !d.fresh() {
		d.newPage()
	}
	waiting := d.waiting
	d.waiting = nil
	for _, h := range waiting {
		if !d.fresh() {
			d.y += h.above
		}
		for _, line := range h.lines {
			d.line(h.style, d.sheet.left, line, 0)
		}
	}
}

func (d *document) fits(height float64) bool { return d.y+height <= d.sheet.floor()+0.01 }

// line prints a line at the pen and moves down by the pitch. The characters
// stand in the middle of the pitch.
func (d *document) line(st style, x float64, line []rune, gap float64) {
	d.set(st, place{x: x, top: d.y + st.above()}, line, gap)
	d.y += st.pitch
}

// lineIn prints a line in the full measure and moves down.
func (d *document) lineIn(st style, text string, at align) {
	d.setIn(st, d.measureAt(d.y+st.above()), []rune(printable(text)), at)
	d.y += st.pitch
}

// measureAt is the whole measure at a height.
func (d *document) measureAt(top float64) place {
	return place{d.sheet.left, top, d.sheet.room()}
}

// space leaves white room, except at the top of a page.
func (d *document) space(height float64) {
	if !d.fresh() {
		d.y += height
	}
}
