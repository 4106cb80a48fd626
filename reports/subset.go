package reports

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"
)

// use is a glyph that a document prints, under the code that the PDF's strings
// hold. A missing one is printed as a box with the code point of char.
type use struct {
	code    uint16
	glyph   int
	char    rune
	missing bool
}

// cutter builds a TrueType font that holds some glyphs of a face.
type cutter struct {
	face     *face
	outlines [][]byte
	metrics  [][2]uint16
	parts    map[int]int // glyph of the face → place here, for parts of composites
	frame    int         // place of the box's frame; 0 before it is made
}

// cut makes a font of the used glyphs. Codes are handed to gofpdf as characters
// of the BMP, which is all that it can take.
func (f *face) cut(uses []use) []byte {
	uses = slices.SortedFunc(slices.Values(uses), func(a, b use) int { return cmp.Compare(a.code, b.code) })
	c := &cutter{face: f, parts: map[int]int{}}
	c.outlines = make([][]byte, 1+len(uses))
	c.metrics = make([][2]uint16, 1+len(uses))
	c.set(0, 0)
	codes := make([]uint16, len(uses))
	for i, one := range uses {
		codes[i] = one.code
		if one.missing {
			c.outlines[i+1] = c.box(one.char)
			c.metrics[i+1] = [2]uint16{uint16(f.upem), 0}
			continue
		}
		c.set(i+1, one.glyph)
	}
	return c.assemble(codes)
}

func (c *cutter) set(place, glyph int) {
	advance, bearing := c.face.metric(glyph)
	c.metrics[place] = [2]uint16{advance, bearing}
	c.outlines[place] = c.rewired(c.face.outline(glyph))
}

// part is the place of a glyph that others are composed of.
func (c *cutter) part(glyph int) int {
	if place, has := c.parts[glyph]; has {
		return place
	}
	place := c.room()
	c.parts[glyph] = place
	c.set(place, glyph)
	return place
}

func (c *cutter) room() int {
	c.outlines = append(c.outlines, nil)
	c.metrics = append(c.metrics, [2]uint16{})
	return len(c.outlines) - 1
}

// The flags of a composite glyph's components (OpenType, glyf).
const (
	argsAreWords   = 0x0001
	argsAreXY      = 0x0002
	haveScale      = 0x0008
	moreComponents = 0x0020
	haveXYScale    = 0x0040
	haveTwoByTwo   = 0x0080
	unscaledOffset = 0x1000
)

// rewired is an outline whose components point into the new font.
func (c *cutter) rewired(outline []byte) []byte {
	if len(outline) < 10 || outline[0]&0x80 == 0 {
		return outline
	}
	out := slices.Clone(outline)
	for at := 10; at+4 <= len(out); {
		flags := binary.BigEndian.Uint16(out[at:])
		place := c.part(int(binary.BigEndian.Uint16(out[at+2:])))
		binary.BigEndian.PutUint16(out[at+2:], uint16(place))
		at += 6
		if flags&argsAreWords != 0 {
			at += 2
		}
		switch {
		case flags&haveScale != 0:
			at += 2
		case flags&haveXYScale != 0:
			at += 4
		case flags&haveTwoByTwo != 0:
			at += 8
		}
		if flags&moreComponents == 0 {
			break
		}
	}
	return out
}

// box is a frame with the code point in two rows of small digits, so that a
// person can look the character up and write it in by hand.
func (c *cutter) box(char rune) []byte {
	const lineUp, lineDown = 0.46, 0.04
	scale := 0.42
	em := float64(c.face.upem)
	if c.frame == 0 {
		c.frame = c.room()
		c.outlines[c.frame] = frameOutline(em)
		c.metrics[c.frame] = [2]uint16{uint16(c.face.upem), 0}
	}
	digits := codeDigits(char)
	out := shorts(-1, int(0.05*em), int(-0.08*em), int(0.95*em), int(0.86*em))
	out = append(out, shorts(argsAreWords|argsAreXY|moreComponents, c.frame, 0, 0)...)
	half := (len(digits) + 1) / 2
	for i, digit := range digits {
		glyph := c.face.glyph(digit)
		advance, _ := c.face.metric(glyph)
		width := scale * float64(advance)
		row, inRow, y := i, half, lineUp*em
		if i >= half {
			row, inRow, y = i-half, len(digits)-half, lineDown*em
		}
		x := em/2 - width*float64(inRow)/2 + width*float64(row)
		flags := argsAreWords | argsAreXY | haveScale | unscaledOffset
		if i < len(digits)-1 {
			flags |= moreComponents
		}
		out = append(out, shorts(flags, c.part(glyph), int(x), int(y), int(scale*float64(1<<14)))...)
	}
	return padded(out, 4)
}

// codeDigits is a code point in hexadecimal, four to six digits.
func codeDigits(char rune) []rune {
	const hex = "0123456789ABCDEF"
	var out []rune
	for shift := 20; shift >= 0; shift -= 4 {
		digit := char >> shift & 15
		if len(out) > 0 || digit != 0 || shift < 16 {
			out = append(out, rune(hex[digit]))
		}
	}
	return out
}

// frameOutline is a hollow square, one contour each way round.
func frameOutline(em float64) []byte {
	left, right, low, high, thick := int(0.05*em), int(0.95*em), int(-0.08*em), int(0.86*em), int(0.035*em)
	points := [][2]int{
		{left, low},
		{left, high},
		{right, high},
		{right, low},
		{left + thick, low + thick},
		{right - thick, low + thick},
		{right - thick, high - thick},
		{left + thick, high - thick},
	}
	out := shorts(2, left, low, right, high, 3, 7, 0)
	out = append(out, slices.Repeat([]byte{1}, len(points))...)
	for axis := range 2 {
		before := 0
		for _, p := range points {
			out = append(out, shorts(p[axis]-before)...)
			before = p[axis]
		}
	}
	return padded(out, 4)
}

// assemble writes the tables that gofpdf reads. The glyphs of codes stand at 1
// and up in the order of codes.
func (c *cutter) assemble(codes []uint16) []byte {
	var glyf, loca, hmtx []byte
	for i, outline := range c.outlines {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = padded(append(glyf, outline...), 4)
		hmtx = append(hmtx, shorts(int(c.metrics[i][0]), int(c.metrics[i][1]))...)
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	head := slices.Clone(c.face.tables["head"])
	binary.BigEndian.PutUint16(head[50:], 1)
	hhea := slices.Clone(c.face.tables["hhea"])
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(c.outlines)))
	maxp := slices.Clone(c.face.tables["maxp"])
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(c.outlines)))
	post := slices.Clone(c.face.tables["post"][:32])
	copy(post, []byte{0, 3, 0, 0})
	tables := map[string][]byte{
		"head": head, "hhea": hhea, "maxp": maxp, "post": post, "OS/2": c.face.tables["OS/2"],
		"cmap": cmapTable(codes), "name": nameTable(c.face.name), "hmtx": hmtx, "loca": loca, "glyf": glyf,
	}
	for _, hints := range []string{"cvt ", "fpgm", "prep", "gasp"} {
		if table := c.face.tables[hints]; len(table) > 0 {
			tables[hints] = table
		}
	}
	return joined(tables)
}

func joined(tables map[string][]byte) []byte {
	out := append([]byte{0, 1, 0, 0}, shorts(len(tables), 0, 0, 0)...)
	var body []byte
	start := 12 + 16*len(tables)
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		out = append(out, name...)
		out = append(out, 0, 0, 0, 0)
		out = binary.BigEndian.AppendUint32(out, uint32(start+len(body)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(tables[name])))
		body = padded(append(body, tables[name]...), 4)
	}
	return append(out, body...)
}

// cmapTable maps the codes, in ascending order, to glyphs 1 and up (format 4).
func cmapTable(codes []uint16) []byte {
	var ends, starts, deltas []int
	for i := 0; i < len(codes); {
		last := i
		for last+1 < len(codes) && codes[last+1] == codes[last]+1 {
			last++
		}
		starts, ends = append(starts, int(codes[i])), append(ends, int(codes[last]))
		deltas = append(deltas, i+1-int(codes[i]))
		i = last + 1
	}
	starts, ends, deltas = append(starts, 0xFFFF), append(ends, 0xFFFF), append(deltas, 1)
	n := len(ends)
	out := shorts(0, 1, 3, 1, 0, 12, 4, 16+8*n, 0, 2*n, 0, 0, 0)
	out = append(out, shorts(ends...)...)
	out = append(out, 0, 0)
	out = append(out, shorts(starts...)...)
	out = append(out, shorts(deltas...)...)
	return append(out, make([]byte, 2*n)...)
}

// nameTable holds the PostScript name alone.
func nameTable(name string) []byte {
	return append(shorts(0, 1, 18, 1, 0, 0, 6, len(name), 0), name...)
}

// shorts are 16-bit numbers, the high byte first.
func shorts(values ...int) []byte {
	out := make([]byte, 0, 2*len(values))
	for _, v := range values {
		out = append(out, byte(v>>8), byte(v))
	}
	return out
}

func padded(b []byte, to int) []byte {
	for len(b)%to != 0 {
		b = append(b, 0)
	}
	return b
}
