package roster

import (
	"context"
	"strconv"

	"rongyuan/store/record"
)

// The bounds of a sheet. A row over maxRow does not exist in any spreadsheet;
// maxRows and maxColumns are what a roster may have.
const (
	maxRow     = 1 << 20
	maxRows    = 100_000
	maxColumns = 200
	maxCell    = 32_767
)

// cellKind says how a cell's text came to be.
type cellKind uint8

const (
	cellText   cellKind = iota // a string
	cellNumber                 // a number, as the XML writes it
	cellDate                   // an ISO date
	cellBool
	cellError // #REF! and the like, or a shared text that does not exist
)

// cell is one cell with content. Its text is what the file says, never a
// number that was parsed and printed again.
type cell struct {
	col     int // from 0
	kind    cellKind
	style   numberStyle
	formula bool
	text    string
}

// row is one row with its cells from left to right. Cells without text are
// left out, unless a formula should have filled them.
type row struct {
	num    int
	hidden bool
	cells  []cell
}

// at is the cell of a column; the zero cell when it is empty.
func (r *row) at(col int) cell {
	for _, c := range r.cells {
		if c.col == col {
			return c
		}
	}
	return cell{col: col}
}

// span is a merged area, all bounds from 0 for columns and 1 for rows,
// inclusive.
type span struct{ top, bottom, left, right int }

// sheetScan reads one sheet from beginning to end. It gives every row that has
// a cell with content, and afterwards the merged areas.
type sheetScan struct {
	x       *xmlReader
	book    *workbook
	visit   func(*row) error // the row and its cells are reused
	ctx     context.Context
	shape   shape
	last    int
	filled  int
	text    []byte // texts of the row, one after the other
	spans   []textSpan
	current row
}

// textSpan is where the text of a cell lies in the row's text; a shared text
// lies elsewhere.
type textSpan struct{ from, to int }

func (s *sheetScan) run() error {
	for {
		k, err := s.x.next()
		if err != nil || k == tokEOF {
			return err
		}
		if k != tokStart {
			continue
		}
		switch string(s.x.name) {
		case "row":
			err = s.row()
		case "mergeCell":
			err = s.merge()
		case "col":
			s.column()
		case "worksheet", "sheetData", "mergeCells", "cols":
		default:
			if s.x.depth == 1 {
				return damaged(errMalformed)
			}
		}
		if err != nil {
			return err
		}
	}
}

func (s *sheetScan) merge() error {
	ref, _ := s.x.attr("ref")
	if area, ok := parseSpan(ref); ok && len(s.shape.merges) < maxRows {
		s.shape.merges = append(s.shape.merges, area)
	}
	return nil
}

func (s *sheetScan) column() {
	if v, _ := s.x.attr("hidden"); yes(v) {
		s.shape.hide(number(s.x, "min")-1, number(s.x, "max")-1)
	}
}

func (s *sheetScan) row() error {
	s.current = row{num: s.last + 1, cells: s.current.cells[:0]}
	s.text, s.spans = s.text[:0], s.spans[:0]
	for rest := s.x.attrs; ; {
		var key, value []byte
		if key, value, rest = nextAttr(rest); key == nil {
			break
		}
		switch string(key) {
		case "r":
			s.current.num = digits(value)
		case "hidden":
			s.current.hidden = yes(string(value))
		}
	}
	if s.current.num <= s.last || s.current.num > maxRow {
		return damaged(errMalformed)
	}
	if s.current.num%1024 == 0 && s.ctx.Err() != nil {
		return record.Fail(record.CodeCancelled).Because(s.ctx.Err())
	}
	if err := s.cells(); err != nil {
		return err
	}
	s.last = s.current.num
	if len(s.current.cells) == 0 {
		return nil
	}
	// Title and notes lie above the limit of people.
	if s.filled++; s.filled > maxRows+100 {
		return tooManyRows()
	}
	all := string(s.text)
	for i, at := range s.spans {
		if at.to > 0 {
			s.current.cells[i].text = all[at.from:at.to]
		}
	}
	return s.visit(&s.current)
}

func (s *sheetScan) cells() error {
	col := -1
	for {
		if next, ok, err := s.fast(col); err != nil {
			return err
		} else if ok {
			col = next
			continue
		}
		k, err := s.x.next()
		switch {
		case err != nil:
			return err
		case k == tokEnd:
			return nil
		case k == tokText:
			continue
		case string(s.x.name) != "c":
			err = s.x.skip()
		default:
			col, err = s.cell(col)
		}
		if err != nil {
			return err
		}
	}
}

// cell reads one cell that stands right of column after.
func (s *sheetScan) cell(after int) (int, error) {
	one := cell{col: after + 1, kind: cellNumber}
	var kind byte
	for rest := s.x.attrs; ; {
		var key, value []byte
		if key, value, rest = nextAttr(rest); key == nil {
			break
		}
		if len(key) != 1 || len(value) == 0 {
			continue
		}
		switch key[0] {
		case 'r':
			col, num := splitRef(value)
			if col < 0 || num != s.current.num {
				return after, damaged(errMalformed)
			}
			one.col = col
		case 's':
			if n := digits(value); n >= 0 && n < len(s.book.styles) {
				one.style = s.book.styles[n]
			}
		case 't':
			kind = cellType(value)
		}
	}
	if one.col <= after {
		return after, damaged(errMalformed)
	}
	from := len(s.text)
	if err := s.value(&one); err != nil {
		return after, err
	}
	return one.col, s.keep(one, kind, from)
}

// cellType shortens the type of a cell to one letter: s shared, i inline, f
// the string of a formula, b, e, d, or 0 for a number.
func cellType(value []byte) byte {
	switch string(value) {
	case "s", "b", "e", "d":
		return value[0]
	case "str":
		return 'f'
	case "inlineStr":
		return 'i'
	}
	return 0
}

// value appends the content of a cell to the row's text.
func (s *sheetScan) value(one *cell) error {
	depth, inValue := s.x.depth, false
	for {
		k, err := s.x.next()
		if err != nil {
			return err
		}
		switch k {
		case tokStart:
			switch string(s.x.name) {
			case "v":
				inValue = true
			case "f":
				one.formula = true
			case "is":
				if s.text, err = richText(s.x, s.text); err != nil {
					return err
				}
			}
		case tokText:
			if inValue {
				s.text, err = s.x.appendText(s.text)
			}
		case tokEnd:
			inValue = false
			if s.x.depth < depth {
				return nil
			}
		}
		if err != nil {
			return err
		}
	}
}

// keep adds a cell to the row, when it says something.
func (s *sheetScan) keep(one cell, kind byte, from int) error {
	at := textSpan{from, len(s.text)}
	switch kind {
	case 's':
		text, ok := s.book.strings.at(digits(s.text[from:]))
		one.kind, one.text = cellText, text
		if !ok && at.from < at.to {
			one.kind, one.text = cellError, "#"
		}
		s.text, at = s.text[:from], textSpan{}
	case 'i', 'f':
		one.kind = cellText
		at.to = from + len(unescape(s.text[from:]))
	case 'b':
		one.kind = cellBool
	case 'e':
		one.kind = cellError
	case 'd':
		one.kind = cellDate
	}
	if at.from == at.to && one.text == "" && !one.formula {
		return nil
	}
	if one.col >= maxColumns {
		return tooManyColumns()
	}
	if at.from == at.to {
		at.to = 0
	}
	s.current.cells = append(s.current.cells, one)
	s.spans = append(s.spans, at)
	return nil
}

func tooManyRows() error { return record.Fail(record.CodeTooManyRows, strconv.Itoa(maxRows)) }

func tooManyColumns() error {
	return record.Fail(record.CodeTooManyColumns, strconv.Itoa(maxColumns))
}

// digits is a whole number from 0, or -1.
func digits(b []byte) int {
	if len(b) == 0 || len(b) > 9 {
		return -1
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}
