package reports

import "slices"

// column is a column of a table; width in millimetres.
type column struct {
	width float64
	align align
}

// cell is a cell of a table. A head cell may reach over several columns (span)
// and rows (down); 0 is 1.
type cell struct {
	text       string
	span, down int
	// at overrides the column's alignment when set by [cell.in].
	at      align
	aligned bool
	// code is an even number of digits that stands as a bar code in the cell.
	code string
}

func (c cell) in(at align) cell {
	c.at, c.aligned = at, true
	return c
}

func cells(texts ...string) []cell {
	out := make([]cell, len(texts))
	for i, text := range texts {
		out[i].text = text
	}
	return out
}

// table is a table with a head that is repeated on every page, and rows that
// may end in totals.
type table struct {
	columns []column
	head    [][]cell
	rows    [][]cell
	totals  [][]cell
	// note stands right below the table, on the same page as its end.
	note string
	size float64 // points
	// least is the least height of a row in millimetres.
	least float64
	// fixed keeps every row at its least height: a text that is too long for one
	// line is set smaller instead.
	fixed bool
}

// Millimetres between a cell's border and its text, at the sides and above and
// below.
const padSide, padRow = 1.6, 0.8

// laid is a row whose lines are broken.
type laid struct {
	cells  []laidCell
	height float64
}

type laidCell struct {
	x, width float64 // from the table's left edge
	down     int
	lines    [][]rune
	at       align
	style    style
	code     string
}

func (c laidCell) height() float64 { return float64(len(c.lines))*c.style.pitch + 2*padRow }

// table prints a table in the measure. Columns are taken in proportion when
// their sum is not the measure.
func (d *document) table(t table) {
	t.columns = fitted(t.columns, d.sheet.room())
	st, bold := d.plain(t.size), d.strong(t.size)
	head := d.layHead(t, bold)
	small := d.plain(min(t.size, size5))
	var note [][]rune
	if t.note != "" {
		note = d.types.lines(small, t.note, d.sheet.room(), d.sheet.room())
	}
	rows := make([]laid, 0, len(t.rows)+len(t.totals))
	for _, row := range t.rows {
		rows = append(rows, d.layRow(t, row, st))
	}
	for _, row := range t.totals {
		rows = append(rows, d.layRow(t, row, bold))
	}
	most := max((d.sheet.floor()-d.sheet.top)/2-heightOf(head), 30)
	rows = torn(rows, most, st.pitch)
	p := tablePrinter{d: d, head: head}
	p.start(rows, float64(len(note))*small.pitch)
	for i, row := range rows {
		need := row.height
		if i == len(rows)-len(t.totals)-1 {
			need += heightOf(rows[i+1:]) // totals and note stay with the last row
		}
		if i >= len(rows)-len(t.totals)-1 {
			need += float64(len(note))*small.pitch + tableBelow
		}
		p.row(row, need)
	}
	p.close()
	for _, line := range note {
		d.line(small, d.sheet.left, line, 0)
	}
}

// tableBelow is the white below a table, in millimetres.
const tableBelow = 2.0

func fitted(columns []column, room float64) []column {
	sum := 0.0
	for _, c := range columns {
		sum += c.width
	}
	out := slices.Clone(columns)
	for i := range out {
		out[i].width *= room / sum
	}
	return out
}

func heightOf(rows []laid) float64 {
	sum := 0.0
	for _, row := range rows {
		sum += row.height
	}
	return sum
}

// layHead places the cells of the head, those that reach down included.
func (d *document) layHead(t table, st style) []laid {
	taken := make([]int, len(t.columns)) // rows still covered from above
	var out []laid
	for _, row := range t.head {
		line := laid{height: t.least}
		next := 0
		for i := 0; i < len(t.columns); {
			if taken[i] > 0 || next == len(row) {
				taken[i]--
				i++
				continue
			}
			c := row[next]
			next++
			span := min(max(c.span, 1), len(t.columns)-i)
			c.span = span
			one := d.layCell(t, i, st, c)
			one.at, one.down = centre, max(c.down, 1)
			if one.down == 1 {
				line.height = max(line.height, one.height())
			}
			line.cells = append(line.cells, one)
			for ; span > 0; span-- {
				taken[i] = one.down - 1
				i++
			}
		}
		out = append(out, line)
	}
	return stretched(out)
}

// stretched makes the head's last row high enough for cells that reach down.
func stretched(head []laid) []laid {
	for i, row := range head {
		for _, c := range row.cells {
			last := min(i+c.down, len(head)) - 1
			if lack := c.height() - heightOf(head[i:last+1]); lack > 0 {
				head[last].height += lack
			}
		}
	}
	return head
}

func (d *document) layRow(t table, row []cell, st style) laid {
	out := laid{height: t.least}
	for i, next := 0, 0; i < len(t.columns) && next < len(row); next++ {
		span := min(max(row[next].span, 1), len(t.columns)-i)
		c := row[next]
		c.span = span
		one := d.layCell(t, i, st, c)
		if len(one.lines) > 1 || !t.fixed {
			out.height = max(out.height, one.height())
		}
		out.cells = append(out.cells, one)
		i += span
	}
	return out
}

func (d *document) layCell(t table, from int, st style, c cell) laidCell {
	out := laidCell{down: 1, at: t.columns[from].align, style: st, code: c.code}
	for i, col := range t.columns[:from+c.span] {
		if i < from {
			out.x += col.width
		} else {
			out.width += col.width
		}
	}
	if c.aligned {
		out.at = c.at
	}
	room := out.width - 2*padSide
	if c.text == "" {
		return out
	}
	out.lines = d.types.lines(st, c.text, room, room)
	for t.fixed && len(out.lines) > 1 && out.height() > t.least && out.style.size > 4 {
		out.style = out.style.sized(out.style.size - 0.5)
		out.lines = d.types.lines(out.style, c.text, room, room)
	}
	return out
}

// torn cuts rows that are higher than about half a page into several, so that nothing is
// lost at a page's foot.
func torn(rows []laid, most, pitch float64) []laid {
	var out []laid
	for _, row := range rows {
		for row.height > most {
			n := max(int((most-2*padRow)/pitch), 1)
			part := laid{height: float64(n)*pitch + 2*padRow, cells: slices.Clone(row.cells)}
			rest := 0
			for i, c := range row.cells {
				cut := min(n, len(c.lines))
				part.cells[i].lines = c.lines[:cut]
				row.cells[i].lines = c.lines[cut:]
				rest = max(rest, len(c.lines)-cut)
			}
			out = append(out, part)
			if rest == 0 {
				row.height = 0
				break
			}
			row.height = float64(rest)*pitch + 2*padRow
		}
		if row.height > 0 {
			out = append(out, row)
		}
	}
	return out
}

// tablePrinter prints rows and begins new pages with the head.
type tablePrinter struct {
	d     *document
	head  []laid
	top   float64 // of the table on this page
	empty bool    // no row yet below the head
}

const (
	thin  = 0.2
	thick = 0.4
)

func (p *tablePrinter) start(rows []laid, below float64) {
	need := heightOf(p.head)
	page := p.d.sheet.floor() - p.d.sheet.top
	if all := need + heightOf(rows) + below; all <= 0.6*page {
		need = all // a short table is not torn
	} else {
		need += heightOf(rows[:min(4, len(rows))]) // no head with a row or two at a page's foot
	}
	p.d.begin(min(need, 0.6*page))
	p.open()
}

func (p *tablePrinter) open() {
	p.top, p.empty = p.d.y, true
	for i, row := range p.head {
		p.print(row, p.head[i:])
	}
}

func (p *tablePrinter) row(row laid, need float64) {
	if !p.d.fits(need) && !p.empty {
		p.close()
		p.d.newPage()
		p.open()
	}
	p.print(row, []laid{row})
	p.empty = false
}

// print prints one row; below are this row and those that its cells may reach
// into.
func (p *tablePrinter) print(row laid, below []laid) {
	d := p.d
	for _, c := range row.cells {
		st := c.style
		height := heightOf(below[:min(c.down, len(below))])
		x := d.sheet.left + c.x
		d.page.marks = append(d.page.marks, frame{x: x, y: d.y, w: c.width, h: height, thick: thin})
		if c.code != "" {
			d.barcode(c.code, place{x, d.y + 1, c.width}, height-2)
		}
		top := d.y + (height-float64(len(c.lines))*st.pitch)/2 + st.above()
		for i, line := range c.lines {
			d.setIn(st, place{x + padSide, top + float64(i)*st.pitch, c.width - 2*padSide}, line, c.at)
		}
	}
	d.y += row.height
}

// close draws the outer border of the part on this page.
func (p *tablePrinter) close() {
	d := p.d
	d.page.marks = append(d.page.marks, frame{x: d.sheet.left, y: p.top, w: d.sheet.room(), h: d.y - p.top, thick: thick})
	d.y += tableBelow
}
