package reports

import (
	"io"
)

// BadgePaper is a sheet of badges to cut out.
type BadgePaper struct {
	Head
	Rows []Badge
}

// Badge is one person's: no identity number and no telephone number stands on
// what is worn in the street.
type Badge struct {
	Name, Number, Team, Role string
}

// A badge has the size of a bank card, so that every shop has the holder for it.
const badgeWide, badgeHigh = 86.0, 54.0

var badgeSheet = sheet{210, 297, 17, 17, 11, 14}

// BadgesPDF prints ten badges to a page with marks to cut along.
func BadgesPDF(w io.Writer, p BadgePaper) error {
	d, err := newDocument("志愿者胸牌", badgeSheet, p.imprint())
	if err != nil {
		return err
	}
	d.numbers = ofAll
	if len(p.Rows) == 0 {
		d.note(11, "没有要印的胸牌。")
	}
	for i, one := range p.Rows {
		at := i % 10
		if i > 0 && at == 0 {
			d.newPage()
		}
		d.badge(p, one, d.sheet.left+float64(at%2)*(badgeWide+4), d.sheet.top+float64(at/2)*badgeHigh)
	}
	return d.write(w)
}

func (d *document) badge(p BadgePaper, one Badge, x, y float64) {
	d.page.marks = append(d.page.marks, frame{x: x, y: y, w: badgeWide, h: badgeHigh, thick: thin, dashed: true})
	const photo = 20.0
	d.page.marks = append(d.page.marks, frame{x: x + 5, y: y + 17, w: photo, h: 27, thick: thin})
	d.setIn(d.plain(8), place{x + 5, y + 28, photo}, []rune("照片"), centre)
	d.setFitted(d.sans(10), place{x + 4, y + 3.5, badgeWide - 8}, p.Station.Name, centre)
	d.setFitted(d.strong(size4), place{x + 4, y + 8.6, badgeWide - 8}, "退役军人志愿者", centre)
	text := place{x + photo + 9, y + 18, badgeWide - photo - 13}
	d.setFitted(d.strong(20), text, one.Name, left)
	text.top += 10.5
	for _, row := range []string{one.Team, one.Role, one.Number} {
		if row == "" {
			continue
		}
		d.setFitted(d.plain(11), text, row, left)
		text.top += 5.8
	}
	d.setFitted(d.plain(8), place{x + 4, y + 47.4, badgeWide - 8}, "退役不褪色　建功新时代", centre)
}

// LabelPaper is a sheet of address labels.
type LabelPaper struct {
	Head
	Rows []Label
}

// Label is where a letter goes.
type Label struct {
	Name, Address, Postcode string
}

var labelSheet = sheet{210, 297, 0, 0, 0, 0}

// Three rows of labels of 70 by 37 mm, 24 to a sheet, as shops sell them.
const labelWide, labelHigh, labelColumns, labelLines = 70.0, 37.0, 3, 8

// LabelsPDF prints address labels. Nothing but labels stands on the sheet: the
// print's number is in the file's properties and in the log.
func LabelsPDF(w io.Writer, p LabelPaper) error {
	d, err := newDocument("地址标签 "+p.Serial, labelSheet, imprint{})
	if err != nil {
		return err
	}
	d.numbers = unnumbered
	d.imprint.made, d.imprint.untimed = p.Made, true
	for i, one := range p.Rows {
		at := i % (labelColumns * labelLines)
		if i > 0 && at == 0 {
			d.newPage()
		}
		x, y := float64(at%labelColumns)*labelWide, 0.5+float64(at/labelColumns)*labelHigh
		d.label(one, x, y)
	}
	return d.write(w)
}

func (d *document) label(one Label, x, y float64) {
	const edge = 6.0
	st := d.plain(11)
	at := place{x + edge, y + 5, labelWide - 2*edge}
	if one.Postcode != "" {
		d.set(st, at, []rune(one.Postcode), 0)
		at.top += st.pitch
	}
	lines := d.types.lines(st, one.Address, at.width, at.width)
	for _, line := range lines[:min(len(lines), 3)] {
		d.set(st, at, line, 0)
		at.top += st.pitch
	}
	d.setFitted(d.strong(size4), place{at.x, y + 25, at.width}, one.Name+"　（收）", left)
}
