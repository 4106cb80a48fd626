package reports

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// gridSheet is a sheet of a form: what its cells say, and where each stands in
// the sheet's XML.
type gridSheet struct {
	form      *Form
	name      string
	hidden    bool
	part      part
	prefix    string // of the names of elements, "x:" or ""
	rows      []*formRow
	cells     int
	data      piece // the element that holds the rows
	merges    []cellArea
	columns   []columnLook
	protected bool
	dimension piece // of the value that says how far the cells reach
}

// piece is a piece of the XML; of an element inner is what its tags enclose.
type piece struct {
	from, to           int
	innerFrom, innerTo int
	closed             bool // <x/>
}

type formRow struct {
	num   int
	place piece
	style int // -1 for none
	cells []*formCell
}

type formCell struct {
	col, row int
	place    piece
	tag      int // end of the opening tag
	style    int
	kind     string // the type of the value
	text     string
	formula  bool
	value    piece // the stored value, all of its element
}

// filled reports a cell that says something.
func (c *formCell) filled() bool { return c != nil && (c.formula || c.text != "") }

// cellArea is a block of cells, as for merged ones.
type cellArea struct{ top, left, bottom, right int }

func (a cellArea) holds(row, col int) bool {
	return a.top <= row && row <= a.bottom && a.left <= col && col <= a.right
}

type columnLook struct{ from, to, style int }

// parse reads the sheet. Rows and cells may leave their place out, and then
// follow the one before; a form that does so is given places first, so that a
// cell can be put between others.
func (s *gridSheet) parse(texts []string) error {
	p := &sheetParser{s: s, texts: texts}
	if err := p.run(); err != nil {
		return err
	}
	if len(p.placeless) == 0 {
		return nil
	}
	var e edits
	for _, one := range p.placeless {
		e.insert(one.at, one.text)
	}
	s.part.xml = e.apply(s.part.xml)
	s.rows, s.merges, s.columns, s.cells = nil, nil, nil, 0
	again := &sheetParser{s: s, texts: texts}
	return again.run()
}

type sheetParser struct {
	s         *gridSheet
	texts     []string
	row       *formRow
	cell      *formCell
	text      strings.Builder
	inText    bool
	hint      int
	value     int // where the stored value began
	placeless []placeless
}

// placeless is a tag that lacks its place, which is inserted.
type placeless struct {
	at   int
	text string
}

func (p *sheetParser) run() error {
	raw := p.s.part.xml
	d := xml.NewDecoder(bytes.NewReader(raw))
	depth := 0
	for {
		from := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) && depth == 0 && p.s.data.to > 0 {
			return nil
		}
		if err != nil {
			return record.Fail(record.CodeSheetDamaged, "", p.s.name).Because(err)
		}
		to := int(d.InputOffset())
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			if err := p.start(t, from, to, to >= 2 && raw[to-2] == '/'); err != nil {
				return err
			}
		case xml.EndElement:
			depth--
			p.end(t.Name.Local, from, to)
		case xml.CharData:
			if p.inText {
				p.text.Write(t)
			}
		}
		if p.s.cells > mostFormCells {
			return record.Fail(record.CodeTooManyRows, strconv.Itoa(mostFormCells))
		}
	}
}

func (p *sheetParser) start(t xml.StartElement, from, to int, closed bool) error {
	s := p.s
	switch t.Name.Local {
	case "sheetData":
		s.data = piece{from: from, innerFrom: to, closed: closed}
		if t.Name.Space != "" {
			s.prefix = t.Name.Space + ":"
		}
	case "row":
		return p.startRow(t, from, to, closed)
	case "c":
		return p.startCell(t, from, to, closed)
	case "f":
		if p.cell != nil {
			p.cell.formula = true
		}
	case "v":
		p.value, p.inText = from, p.cell != nil
	case "is":
		p.value = from
	case "rPh":
		p.hint++
	case "t":
		p.inText = p.cell != nil && p.hint == 0
	case "mergeCell":
		if a, ok := readArea(attribute(t, "ref")); ok {
			s.merges = append(s.merges, a)
		}
	case "col":
		from, err1 := strconv.Atoi(attribute(t, "min"))
		to, err2 := strconv.Atoi(attribute(t, "max"))
		style, err3 := strconv.Atoi(attribute(t, "style"))
		if err1 == nil && err2 == nil && err3 == nil {
			s.columns = append(s.columns, columnLook{from, to, style})
		}
	case "sheetProtection":
		sheet := attribute(t, "sheet")
		s.protected = sheet == "1" || sheet == "true"
	case "dimension":
		if i := bytes.Index(s.part.xml[from:to], []byte(`ref="`)); i >= 0 {
			begin := from + i + len(`ref="`)
			s.dimension = piece{from: begin, to: begin + bytes.IndexByte(s.part.xml[begin:to], '"')}
		}
	}
	return nil
}

func (p *sheetParser) startRow(t xml.StartElement, from, to int, closed bool) error {
	s := p.s
	r := &formRow{place: piece{from: from, innerFrom: to, closed: closed}, style: -1, num: 1}
	if n := len(s.rows); n > 0 {
		r.num = s.rows[n-1].num + 1
	}
	if said := attribute(t, "r"); said == "" {
		p.placeless = append(p.placeless, placeless{p.afterName(from, t), fmt.Sprintf(` r="%d"`, r.num)})
	} else if n, err := strconv.Atoi(said); err != nil || n < r.num || n > 1<<20 {
		return record.Fail(record.CodeSheetDamaged, said, s.name)
	} else {
		r.num = n
	}
	if style, err := strconv.Atoi(attribute(t, "s")); err == nil {
		r.style = style
	}
	s.rows, p.row = append(s.rows, r), r
	return nil
}

func (p *sheetParser) startCell(t xml.StartElement, from, to int, closed bool) error {
	if p.row == nil {
		return record.Fail(record.CodeSheetDamaged, "", p.s.name)
	}
	c := &formCell{row: p.row.num, col: 1, place: piece{from: from, innerFrom: to, closed: closed}, tag: to, style: -1, kind: attribute(t, "t")}
	if n := len(p.row.cells); n > 0 {
		c.col = p.row.cells[n-1].col + 1
	}
	if said := attribute(t, "r"); said == "" {
		p.placeless = append(p.placeless, placeless{p.afterName(from, t), fmt.Sprintf(` r="%s%d"`, record.ColumnLetters(c.col), c.row)})
	} else if col, row, ok := record.CellPlace(said); !ok || row != c.row || col < c.col {
		return record.Fail(record.CodeSheetDamaged, said, p.s.name)
	} else {
		c.col = col
	}
	if style, err := strconv.Atoi(attribute(t, "s")); err == nil {
		c.style = style
	}
	p.row.cells = append(p.row.cells, c)
	p.s.cells++
	p.cell = c
	p.text.Reset()
	return nil
}

func (p *sheetParser) end(name string, from, to int) {
	s := p.s
	switch name {
	case "sheetData":
		s.data.innerTo, s.data.to = from, to
	case "row":
		if p.row != nil {
			p.row.place.innerTo, p.row.place.to = from, to
		}
		p.row = nil
	case "c":
		if p.cell != nil {
			p.cell.place.innerTo, p.cell.place.to = from, to
			p.cell.text = p.said()
		}
		p.cell = nil
	case "v", "is":
		if p.cell != nil {
			p.cell.value = piece{from: p.value, to: to}
		}
		p.inText = false
	case "rPh":
		p.hint--
	case "t":
		p.inText = false
	}
}

// said is what the cell shows, as far as a head or a name may be told from it.
func (p *sheetParser) said() string {
	text := p.text.String()
	if p.cell.kind != "s" {
		return text
	}
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && n >= 0 && n < len(p.texts) {
		return p.texts[n]
	}
	return text
}

// afterName is where an attribute can be put into a tag.
func (p *sheetParser) afterName(from int, t xml.StartElement) int {
	at := from + 1 + len(t.Name.Local)
	if t.Name.Space != "" {
		at += len(t.Name.Space) + 1
	}
	return at
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// readArea reads A1:C3, or A1.
func readArea(ref string) (cellArea, bool) {
	first, last, two := strings.Cut(ref, ":")
	if !two {
		last = first
	}
	left, top, ok1 := record.CellPlace(first)
	right, bottom, ok2 := record.CellPlace(last)
	return cellArea{top, left, bottom, right}, ok1 && ok2
}

func (s *gridSheet) row(num int) *formRow {
	i, found := slices.BinarySearchFunc(s.rows, num, func(r *formRow, n int) int { return r.num - n })
	if !found {
		return nil
	}
	return s.rows[i]
}

func (s *gridSheet) at(row, col int) *formCell {
	r := s.row(row)
	if r == nil {
		return nil
	}
	i, found := slices.BinarySearchFunc(r.cells, col, func(c *formCell, n int) int { return c.col - n })
	if !found {
		return nil
	}
	return r.cells[i]
}

// anchor is the cell that shows what stands in a place: of merged cells the
// first one.
func (s *gridSheet) anchor(row, col int) (int, int) {
	for _, m := range s.merges {
		if m.holds(row, col) {
			return m.top, m.left
		}
	}
	return row, col
}

// textAt is what a place shows, also within merged cells.
func (s *gridSheet) textAt(row, col int) string {
	if c := s.at(s.anchor(row, col)); c != nil {
		return strings.TrimSpace(c.text)
	}
	return ""
}

func (s *gridSheet) lastRow() int {
	if len(s.rows) == 0 {
		return 0
	}
	return s.rows[len(s.rows)-1].num
}
