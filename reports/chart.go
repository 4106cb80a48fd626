package reports

import (
	"fmt"
	"math"
)

// block is a filled rectangle; shade is 0 for black and 1 for white.
type block struct {
	x, y, w, h, shade float64
}

func (b block) draw(p *press) {
	level := int(b.shade*255 + 0.5)
	p.pdf.SetFillColor(level, level, level)
	p.pdf.Rect(b.x, b.y, b.w, b.h, "F")
	p.pdf.SetFillColor(0, 0, 0)
}

// stripe is one value of a chart with what is printed of it.
type stripe struct {
	label, text string
	value       int64
}

// chart is a figure of bars; its caption stands below it, as tables have theirs
// above. Bars begin at nothing, and every value stands beside its bar, so that
// nobody has to guess from a scale.
type chart struct {
	caption string
	stripes []stripe
}

// barShade is dark enough for a copier and light enough for the text beside it.
const barShade = 0.55

func (c chart) most() int64 {
	most := int64(1)
	for _, b := range c.stripes {
		most = max(most, b.value)
	}
	return most
}

// lying prints a chart of bars from left to right, one below the other.
func (d *document) lying(c chart) {
	const row, thickness = 6.4, 4.2
	st, small := d.plain(11), d.plain(size5)
	label, text := 0.0, 0.0
	for _, b := range c.stripes {
		label = max(label, d.types.measure(st, []rune(printable(b.label))))
		text = max(text, d.types.measure(small, []rune(b.text)))
	}
	label = min(label, 0.4*d.sheet.room())
	d.space(2)
	d.begin(row*float64(len(c.stripes)) + 3 + small.pitch)
	from := d.sheet.left + label + 3
	room := d.sheet.left + d.sheet.room() - from - text - 2
	top := d.y
	for _, b := range c.stripes {
		d.setFitted(st, place{d.sheet.left, d.y + st.within(row), label}, b.label, right)
		width := room * float64(b.value) / float64(c.most())
		if b.value > 0 {
			d.page.marks = append(d.page.marks, block{from, d.y + (row-thickness)/2, math.Max(width, 0.3), thickness, barShade})
		}
		d.setIn(small, place{from + width + 1.5, d.y + small.within(row), text + 1}, []rune(b.text), left)
		d.y += row
	}
	d.page.marks = append(d.page.marks, rule{x1: from, y1: top, x2: from, y2: d.y, thick: thick})
	d.caption(c.caption, small)
}

// standing prints a chart of columns from left to right, for what follows in
// time.
func (d *document) standing(c chart) {
	const height = 38.0
	small := d.plain(sizeSmall5)
	d.begin(height + 3*small.pitch + 4)
	foot := d.y + small.pitch + height
	step := d.sheet.room() / float64(len(c.stripes))
	for i, b := range c.stripes {
		x := d.sheet.left + float64(i)*step
		tall := height * float64(b.value) / float64(c.most())
		if b.value > 0 {
			d.page.marks = append(d.page.marks, block{x + 0.22*step, foot - tall, 0.56 * step, tall, barShade})
		}
		d.setFitted(small, place{x, foot - tall - small.pitch, step}, b.text, centre)
		d.setFitted(small, place{x, foot + 1, step}, b.label, centre)
	}
	d.page.marks = append(d.page.marks, rule{x1: d.sheet.left, y1: foot, x2: d.sheet.left + d.sheet.room(), y2: foot, thick: thick})
	d.y = foot + 1 + small.pitch
	d.caption(c.caption, d.plain(size5))
}

func (d *document) caption(text string, st style) {
	d.figures++
	d.y += 1
	d.lineIn(st, fmt.Sprintf("图%d　%s", d.figures, text), centre)
	d.y += 2
}
