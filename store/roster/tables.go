package roster

import (
	"context"
	"strings"

	"rongyuan/store/record"
)

// tables is an open file of whatever kind: its sheets, and a way to read each
// of them row by row without holding it. Every kind feeds the same rows to the
// same understanding, so that a fault of one reader is never a rule of its own.
type tables interface {
	list() []sheetPart
	// scan gives the rows that have content from top to bottom, and at the end
	// what is known of the sheet's shape. The row and its cells are reused.
	scan(ctx context.Context, s sheetPart, visit func(*row) error) (shape, error)
	// size is what scan reads of a sheet, in bytes; tell is told as it does.
	size(s sheetPart) int64
	tell(func(n int))
	// from1904 is whether serial day 0 is 1904-01-01.
	from1904() bool
}

// shape is what stands beside the cells of a sheet.
type shape struct {
	merges []span
	hidden []int // columns, from 0
}

// hide notes hidden columns; those right of all that a roster may have do not
// count.
func (s *shape) hide(first, last int) {
	for col := max(first, 0); col <= last && col < maxColumns && len(s.hidden) < maxColumns; col++ {
		s.hidden = append(s.hidden, col)
	}
}

// openTables opens a file by its content.
func openTables(src Source) (tables, error) {
	if strings.HasPrefix(src.Name, "~$") { // a spreadsheet's mark that it has the workbook open
		return nil, record.Fail(record.CodeFileUnread, src.Name)
	}
	kind, err := kindOf(src)
	if err != nil {
		return nil, err
	}
	switch kind {
	case kindArchive:
		return openWorkbook(src)
	case kindCompound:
		return openCompound(src)
	case kindWeb:
		return openWeb(src)
	case kindXML:
		return openXMLTable(src)
	}
	return openText(src)
}

// counted tells of every byte that is read.
type counted struct {
	from func(b []byte) (int, error)
	told func(n int)
}

func (c counted) Read(b []byte) (int, error) {
	n, err := c.from(b)
	if c.told != nil {
		c.told(n)
	}
	return n, err
}

// rowMaker collects cells into rows for readers that meet them one by one.
type rowMaker struct {
	ctx     context.Context
	visit   func(*row) error
	current row
	filled  int
	last    int // the last row that was given
}

// add puts a cell into the row that is open; cells without text are left out.
func (m *rowMaker) add(c cell) error {
	if c.text == "" && !c.formula {
		return nil
	}
	if c.col >= maxColumns {
		return tooManyColumns()
	}
	m.current.cells = append(m.current.cells, c)
	return nil
}

// begin opens a row; one that is not below the last is refused.
func (m *rowMaker) begin(num int, hidden bool) error {
	if num <= m.last || num > maxRow {
		return damaged(errMalformed)
	}
	m.current = row{num: num, hidden: hidden, cells: m.current.cells[:0]}
	return nil
}

// end gives the row that is open, when it has a cell.
func (m *rowMaker) end() error {
	if m.current.num == 0 && len(m.current.cells) == 0 {
		return nil
	}
	m.last = m.current.num
	if m.last%1024 == 0 && m.ctx.Err() != nil {
		return record.Fail(record.CodeCancelled).Because(m.ctx.Err())
	}
	if len(m.current.cells) == 0 {
		return nil
	}
	if m.filled++; m.filled > maxRows+100 {
		return tooManyRows()
	}
	err := m.visit(&m.current)
	m.current.cells = m.current.cells[:0]
	return err
}
