package reports

import (
	"strings"

	"rongyuan/store/record"
)

// titleBlock prints the title in the middle. A title that is too long for a line
// is broken between its parts, or else into lines of like length.
func (d *document) titleBlock(size float64, parts ...string) {
	st := d.strong(size)
	st.pitch = 1.5 * size / pointsPerMM
	lines := d.titleLines(st, parts)
	d.begin(float64(len(lines)) * st.pitch)
	for _, line := range lines {
		d.lineIn(st, string(line), centre)
	}
}

func (d *document) titleLines(st style, parts []string) [][]rune {
	room := d.sheet.room()
	whole := strings.Join(parts, "")
	if d.types.measure(st, []rune(printable(whole))) <= room {
		return [][]rune{[]rune(printable(whole))}
	}
	var out [][]rune
	for _, part := range parts {
		out = append(out, d.balanced(st, part, room)...)
	}
	return out
}

// balanced breaks a text into as few lines as it needs, of like length.
func (d *document) balanced(st style, text string, room float64) [][]rune {
	lines := d.types.lines(st, text, room, room)
	for narrow := room; len(lines) > 1; {
		narrow -= st.size / pointsPerMM
		tighter := d.types.lines(st, text, narrow, narrow)
		if len(tighter) > len(lines) || narrow < room/2 {
			break
		}
		lines = tighter
	}
	return lines
}

// heading waits for the next block and is printed above it. Level 1 is 一、,
// 2 （一）, 3 1., 4 （1）; the number is part of the text.
func (d *document) heading(level int, text string) {
	st := d.body()
	switch level {
	case 1:
		st.face = d.types.faces.sans
	case 2:
		st.face = d.types.faces.strong
	}
	indent := []rune("　　")
	lines := d.types.lines(st, string(indent)+text, d.sheet.room(), d.sheet.room())
	d.waiting = append(d.waiting, heading{style: st, lines: lines})
}

// paragraph prints a text in the official grid, the first line two characters
// in.
func (d *document) paragraph(text string) { d.flow(d.body(), text, 2) }

// note prints a small text without indent.
func (d *document) note(size float64, text string) { d.flow(d.plain(size), text, 0) }

// flow prints a text line by line. Two lines at least stand on either side of a
// page's end.
func (d *document) flow(st style, text string, indent int) {
	room := d.sheet.room()
	for part := range strings.SplitSeq(text, "\n") {
		shift := float64(indent) * (st.size + st.track) / pointsPerMM
		lines := d.types.lines(st, part, room-shift, room)
		d.begin(float64(min(len(lines), 2)) * st.pitch)
		for i, line := range lines {
			if i > 0 {
				d.begin(float64(min(len(lines)-i, 1+boolInt(i == len(lines)-2))) * st.pitch)
			}
			d.justified(st, shift, line, i == len(lines)-1)
			shift = 0
		}
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// justified prints a line of a paragraph; all but the last are spread to the
// right edge where the spaces stay too small to be seen.
func (d *document) justified(st style, shift float64, line []rune, last bool) {
	gap := 0.0
	if shown := trimmed(line); !last && len(shown) > 1 {
		free := d.sheet.room() - shift - d.types.measure(st, shown) + st.track/pointsPerMM
		gap = free / float64(gaps(shown))
		if gap < 0 || gap > 0.095*st.size/pointsPerMM {
			gap = 0
		}
	}
	d.line(st, d.sheet.left+shift, line, gap)
}

// gaps counts the places between characters that [document.set] may widen.
func gaps(line []rune) int {
	n := 0
	for i := range line[:len(line)-1] {
		if wide(line[i]) || wide(line[i+1]) {
			n++
		}
	}
	return max(n, 1)
}

// field is a label with room to write, or with what is known already.
type field struct {
	label, text string
	share       float64 // of the row's width
}

func fill(label, text string) field { return field{label, text, 1} }

// fields prints labels in one row, each with a line to write on.
func (d *document) fields(st style, height float64, fields ...field) {
	d.begin(height)
	shares := 0.0
	for _, f := range fields {
		shares += f.share
	}
	top := d.y + st.within(height)
	x := d.sheet.left
	for _, f := range fields {
		label, width := []rune(f.label+"："), d.sheet.room()*f.share/shares
		d.set(st, place{x: x, top: top}, label, 0)
		from := x + d.types.measure(st, label)
		to := x + width - 4
		under := top + 1.12*st.size/pointsPerMM
		d.page.marks = append(d.page.marks, rule{x1: from, y1: under, x2: to, y2: under, thick: 0.2})
		d.setFitted(st, place{from, top, to - from}, f.text, centre)
		x += width
	}
	d.y += height
}

// setFitted prints text into the width of its place, smaller where it must be,
// and in several small lines where that does not help.
func (d *document) setFitted(st style, in place, text string, at align) {
	const least, smallest = 7, 4
	smaller := st
	lines := [][]rune{[]rune(printable(text))}
	for smaller.size > least && d.types.measure(smaller, lines[0]) > in.width {
		smaller = smaller.sized(smaller.size - 0.5)
	}
	if d.types.measure(smaller, lines[0]) > in.width {
		lines = d.types.lines(smaller, text, in.width, in.width)
	}
	for smaller.size > smallest && float64(len(lines))*smaller.pitch > 1.3*st.pitch {
		smaller = smaller.sized(smaller.size - 0.5)
		lines = d.types.lines(smaller, text, in.width, in.width)
	}
	in.top += baseline * (st.size - smaller.size) / pointsPerMM
	in.top -= 0.8 * float64(len(lines)-1) * smaller.pitch // the last line near the common baseline
	for _, line := range lines {
		d.setIn(smaller, in, line, at)
		in.top += smaller.pitch
	}
}

// sealHeight is the room for a seal, in millimetres: a round one is 42 mm wide.
const sealHeight = 42.0

// signBlock prints who filled in, checked and answers for the paper, then the
// issuer, the day and room for the seal. It is never torn apart.
func (d *document) signBlock(s signature) {
	const row = 9.0
	st := d.plain(sizeSmall4)
	d.space(4)
	d.begin(2*row + 5 + sealHeight)
	d.fields(st, row, fill("填　报　人", s.maker), fill("审　核　人", ""))
	d.fields(st, row, fill("单位负责人", ""), fill("联系电话", s.phone))
	d.space(5)
	d.sealBox(s.issuer, s.day, sealHeight)
}

// signature is what a sign block knows before it is signed.
type signature struct {
	maker, phone, issuer string
	day                  record.Day
}

// sealBox is the place of issuer, day and seal, at the right edge.
func (d *document) sealBox(issuer string, day record.Day, height float64) {
	const width = 90.0
	d.begin(height)
	x, top := d.sheet.left+d.sheet.room()-width, d.y
	d.page.marks = append(d.page.marks, frame{x: x, y: top, w: width, h: height, thick: 0.2, dashed: true})
	st := d.plain(sizeSmall4)
	d.setIn(d.plain(size5), place{x + 3, top + 3, width - 6}, []rune("（盖章）"), left)
	lines := d.balanced(st, issuer, width-8)
	for len(lines) > 3 && st.size > 4 {
		st = st.sized(st.size - 0.5)
		lines = d.balanced(st, issuer, width-8)
	}
	lines = append(lines, []rune(day.Chinese()))
	pitch := st.pitch * 1.25
	at := top + (height-pitch*float64(len(lines)))/2 + 3
	for _, line := range lines {
		d.setIn(st, place{x + 4, at, width - 8}, line, centre)
		at += pitch
	}
	d.y = top + height
}

// issuerOf is the name under which a station signs.
func issuerOf(s record.Station) string {
	if s.Issuer != "" {
		return s.Issuer
	}
	return s.Name
}
