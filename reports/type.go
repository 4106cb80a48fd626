package reports

// Sizes of type in points, by their printers' names (字号).
const (
	size2       = 22.0 // 二号
	size3       = 16.0 // 三号
	size4       = 14.0 // 四号
	sizeSmall4  = 12.0 // 小四
	size5       = 10.5 // 五号
	sizeSmall5  = 9.0  // 小五
	pointsPerMM = 72 / 25.4
)

// baseline is where letters stand below the top of the em square, in ems.
const baseline = 0.88

// style is how a line of text is set.
type style struct {
	face *face
	size float64 // points
	// track is added after every character, in points.
	track float64
	// pitch is the distance of lines in millimetres.
	pitch float64
}

func (s style) sized(points float64) style {
	s.pitch *= points / s.size
	s.size = points
	return s
}

// above is the white above a line of text that stands in the middle of its
// pitch.
func (s style) above() float64 { return s.within(s.pitch) }

// within is the white above text that stands in the middle of a height.
func (s style) within(height float64) float64 { return (height - s.size/pointsPerMM) / 2 }

// slot is a character as a document prints it.
type slot struct {
	tray    *tray
	code    uint16
	advance float64 // ems
}

// tray holds the characters that a document has used of one face, as a
// compositor's case holds sorts.
type tray struct {
	face *face
	uses []use
	// chars are the true characters of the codes, for copying text out.
	chars map[uint16]rune
	slots map[rune]slot
	next  uint16
}

// The private-use area of the BMP. No embedded face has glyphs there, so its
// codes are free to stand for the characters that gofpdf cannot take.
const privateFirst, privateLast = 0xE000, 0xF8FF

func newTray(f *face) *tray {
	return &tray{face: f, chars: map[uint16]rune{}, slots: map[rune]slot{}, next: privateFirst}
}

// code is the code that stands for a character: its own, where gofpdf takes it.
func (t *tray) code(r rune, private bool) uint16 {
	if !private {
		return uint16(r)
	}
	code := t.next
	t.next += 2 // gofpdf takes minutes over a long row of neighbours of one width
	return code
}

// add puts a character into the tray. ok is false when the private codes have
// run out, after 3,200 rare characters in one document.
func (t *tray) add(r rune, glyph int) (slot, bool) {
	private := r > 0xFFFF || glyph == 0 || (r >= privateFirst && r <= privateLast)
	if private && t.next > privateLast {
		return slot{}, false
	}
	one := use{code: t.code(r, private), glyph: glyph, char: r, missing: glyph == 0}
	advance := 1.0
	if glyph != 0 {
		units, _ := t.face.metric(glyph)
		advance = float64(units) / float64(t.face.upem)
	}
	t.uses = append(t.uses, one)
	t.chars[one.code] = r
	return slot{t, one.code, advance}, true
}

// compositor finds the slots of characters: in the wanted face, else in
// another, else as a box.
type compositor struct {
	faces faceSet
	trays []*tray
}

func (c *compositor) tray(f *face) *tray {
	for _, t := range c.trays {
		if t.face == f {
			return t
		}
	}
	t := newTray(f)
	c.trays = append(c.trays, t)
	return t
}

func (c *compositor) slot(f *face, r rune) slot {
	wanted := c.tray(f)
	if s, has := wanted.slots[r]; has {
		return s
	}
	s := c.find(wanted, r)
	wanted.slots[r] = s
	return s
}

func (c *compositor) find(wanted *tray, r rune) slot {
	for _, f := range []*face{wanted.face, c.faces.text, c.faces.sans} {
		glyph := f.glyph(r)
		if glyph == 0 {
			continue
		}
		if f != wanted.face {
			return c.slot(f, r)
		}
		if s, ok := wanted.add(r, glyph); ok {
			return s
		}
		break
	}
	if s, ok := wanted.add(r, 0); ok {
		return s
	}
	return c.slot(wanted.face, '〓')
}

// width is the room that a character takes, in millimetres.
func (c *compositor) width(st style, r rune) float64 {
	return (c.slot(st.face, r).advance*st.size + st.track) / pointsPerMM
}

// measure is the width of a line, white space at its end left out.
func (c *compositor) measure(st style, line []rune) float64 {
	sum := 0.0
	for _, r := range trimmed(line) {
		sum += c.width(st, r)
	}
	return sum
}

// lines breaks text at its line ends and where it is wider than the measure.
func (c *compositor) lines(st style, text string, first, rest float64) [][]rune {
	var out [][]rune
	width := func(r rune) float64 { return c.width(st, r) }
	for part := range splitLines(printable(text)) {
		if len(part) == 0 {
			out = append(out, nil)
			continue
		}
		out = append(out, breakLines(part, first, rest, width)...)
		first = rest
	}
	return out
}

func splitLines(text string) func(func([]rune) bool) {
	return func(yield func([]rune) bool) {
		all := []rune(text)
		from := 0
		for i, r := range all {
			if r == '\n' {
				if !yield(all[from:i]) {
					return
				}
				from = i + 1
			}
		}
		yield(all[from:])
	}
}

func trimmed(line []rune) []rune {
	for len(line) > 0 && (line[len(line)-1] == ' ' || line[len(line)-1] == 0x3000) {
		line = line[:len(line)-1]
	}
	return line
}
