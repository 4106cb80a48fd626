package reports

// mark is something with ink on a page. Pages are lists of marks until the
// whole document is laid out, so that the number of pages and the used
// characters are known before the first byte.
type mark interface{ draw(p *press) }

// run is text of one tray in one line with even spacing.
type run struct {
	tray  *tray
	size  float64
	space float64 // points after each character
	x, y  float64 // the left end of the baseline in millimetres
	text  []rune  // codes
}

// rule is a straight line.
type rule struct {
	x1, y1, x2, y2, thick float64
	dashed                bool
}

// frame is an empty rectangle.
type frame struct {
	x, y, w, h, thick float64
	dashed            bool
}

func (r run) draw(p *press) {
	p.font(r.tray, r.size)
	p.spacing(r.space)
	p.pdf.Text(r.x, r.y, string(r.text))
}

func (r rule) draw(p *press) {
	p.pen(r.thick, r.dashed)
	p.pdf.Line(r.x1, r.y1, r.x2, r.y2)
}

func (f frame) draw(p *press) {
	p.pen(f.thick, f.dashed)
	p.pdf.Rect(f.x, f.y, f.w, f.h, "D")
}

// place is where a line of text goes: left end and top of its em square, and
// the width that it has.
type place struct{ x, top, width float64 }

// set puts a line of text on the page. Between Chinese characters gap
// millimetres are added.
func (d *document) set(st style, at place, line []rune, gap float64) {
	line = trimmed(line)
	x, y := at.x, at.top+baseline*st.size/pointsPerMM
	for i := 0; i < len(line); {
		first := d.types.slot(st.face, line[i])
		loose := gap != 0 && wide(line[i])
		r := run{tray: first.tray, size: st.size, space: st.track, x: x, y: y}
		if loose {
			r.space += gap * pointsPerMM
		}
		for i < len(line) {
			s := d.types.slot(st.face, line[i])
			if s.tray != first.tray || (gap != 0 && wide(line[i]) != loose) {
				break
			}
			r.text = append(r.text, rune(s.code))
			x += (s.advance*st.size + r.space) / pointsPerMM
			i++
		}
		if gap != 0 && !loose {
			x += gap
		}
		d.page.marks = append(d.page.marks, r)
	}
}

// align says where a line stands in its measure.
type align int

const (
	left align = iota
	centre
	right
)

// setIn puts a line into the width of its place.
func (d *document) setIn(st style, in place, line []rune, at align) {
	free := in.width - d.types.measure(st, line)
	switch at {
	case centre:
		in.x += free / 2
	case right:
		in.x += free
	case left:
	}
	d.set(st, in, line, 0)
}
