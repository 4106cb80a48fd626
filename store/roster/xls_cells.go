package roster

import (
	"encoding/binary"
	"math"
	"slices"
	"strconv"
)

// oldScan reads the cells of one sheet of an [oldBook].
type oldScan struct {
	rowMaker
	book   *oldBook
	shape  shape
	hidden map[int]bool // rows
}

func (p *oldScan) run(at int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = damaged(errRecord)
		}
	}()
	r, at, ok := p.book.record(at)
	if !ok || r.id != recBOF {
		return damaged(errMalformed)
	}
	for depth := 1; ; {
		r, next, ok := p.book.record(at)
		if !ok {
			return damaged(errUnfinished)
		}
		if p.book.told != nil {
			p.book.told(next - at)
		}
		at = next
		switch {
		case r.id == recBOF: // a chart that lies on the sheet
			depth++
		case r.id == recEOF:
			if depth--; depth == 0 {
				return p.flush()
			}
		case depth == 1:
			if err := p.take(r); err != nil {
				return err
			}
		}
	}
}

func (p *oldScan) take(r biff) error {
	switch r.id {
	case recRow:
		if len(r.data) >= 14 && r.data[12]&0x20 != 0 {
			p.hidden[r.u16(0)+1] = true
		}
	case recColInfo:
		if len(r.data) >= 10 && r.data[8]&1 != 0 {
			p.shape.hide(r.u16(0), r.u16(2))
		}
	case recMerged:
		p.merged(r)
	case recLabelSST, recLabel, recRString, recNumber, recRK, recBoolErr, recFormula:
		return p.one(r)
	case recMulRK:
		return p.several(r)
	case recString:
		return p.formulaText(r)
	}
	return nil
}

func (p *oldScan) merged(r biff) {
	for at := 2; at+8 <= len(r.data) && len(p.shape.merges) < maxRows; at += 8 {
		p.shape.merges = append(p.shape.merges, span{r.u16(at) + 1, r.u16(at+2) + 1, r.u16(at + 4), r.u16(at + 6)})
	}
}

// put adds a cell to its row, and gives the row before when a new one begins.
func (p *oldScan) put(num int, c cell) error {
	if num != p.current.num {
		if err := p.flush(); err != nil {
			return err
		}
		if err := p.begin(num, p.hidden[num]); err != nil {
			return err
		}
	}
	return p.add(c)
}

func (p *oldScan) flush() error {
	slices.SortStableFunc(p.current.cells, func(a, b cell) int { return a.col - b.col })
	return p.end()
}

// start reads the row, the column and the style with which every cell begins.
func (p *oldScan) start(r biff) (num int, c cell) {
	num, c.col = r.u16(0)+1, r.u16(2)
	if i := r.u16(4); i >= 0 && i < len(p.book.styles) {
		c.style = p.book.styles[i]
	}
	return num, c
}

func (p *oldScan) one(r biff) (err error) {
	if len(r.data) < 8 {
		return damaged(errRecord)
	}
	num, c := p.start(r)
	switch r.id {
	case recLabelSST:
		if len(r.data) < 10 {
			return damaged(errRecord)
		}
		i := int(binary.LittleEndian.Uint32(r.data[6:]))
		if c.kind, c.text = cellError, "#"; i < len(p.book.shared) {
			c.kind, c.text = cellText, p.book.shared[i]
		}
	case recLabel, recRString:
		c.text, err = fullString(r.data[6:])
	case recNumber:
		c.kind, c.text = cellNumber, floatText(float64At(r.data, 6))
	case recRK:
		c.kind, c.text = cellNumber, floatText(rk(r.data[6:]))
	case recBoolErr:
		if c.kind, c.text = cellBool, strconv.Itoa(int(r.data[6])); r.data[7] == 1 {
			c.kind, c.text = cellError, "#"
		}
	case recFormula:
		return p.formula(num, c, r)
	}
	if err != nil {
		return err
	}
	return p.put(num, c)
}

func (p *oldScan) several(r biff) error {
	num, _ := p.start(r)
	col := r.u16(2)
	for at := 4; at+8 <= len(r.data); at, col = at+6, col+1 {
		c := cell{col: col, kind: cellNumber, text: floatText(rk(r.data[at+2:]))}
		if i := r.u16(at); i < len(p.book.styles) {
			c.style = p.book.styles[i]
		}
		if err := p.put(num, c); err != nil {
			return err
		}
	}
	return nil
}

// formula takes the result that was stored; nothing is calculated.
func (p *oldScan) formula(num int, c cell, r biff) error {
	if len(r.data) < 14 {
		return damaged(errRecord)
	}
	c.formula = true
	value := r.data[6:14]
	if value[6] != 0xFF || value[7] != 0xFF {
		c.kind, c.text = cellNumber, floatText(float64At(r.data, 6))
		return p.put(num, c)
	}
	switch value[0] {
	case 1:
		c.kind, c.text = cellBool, strconv.Itoa(int(value[2]))
	case 2:
		c.kind, c.text = cellError, "#"
	}
	return p.put(num, c)
}

// formulaText is the text of the formula that was read last.
func (p *oldScan) formulaText(r biff) error {
	n := len(p.current.cells)
	if n == 0 || !p.current.cells[n-1].formula {
		return nil
	}
	text, err := fullString(r.data)
	p.current.cells[n-1].text = text
	return err
}

func float64At(b []byte, at int) float64 {
	if at+8 > len(b) {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b[at:]))
}

// rk is a number in four bytes: the upper half of a float or a whole number,
// either of them perhaps a hundredfold.
func rk(b []byte) float64 {
	n := binary.LittleEndian.Uint32(b)
	f := math.Float64frombits(uint64(n&^3) << 32)
	if n&2 != 0 {
		f = float64(int32(n) >> 2)
	}
	if n&1 != 0 {
		f /= 100
	}
	return f
}

// floatText writes a number. One of more than 15 digits is written with an
// exponent, so that nobody takes its last digits for digits.
func floatText(f float64) string {
	if math.Abs(f) >= 1e15 {
		return strconv.FormatFloat(f, 'E', 16, 64)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
