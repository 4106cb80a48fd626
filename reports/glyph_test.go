package reports

import (
	"image"
	"io"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

const ppem = 200

// printed renders one character as a paper prints it, cropped to its ink.
func printed(t *testing.T, text string) grey {
	t.Helper()
	d, err := newDocument("", officialSheet, imprint{made: "2026-11-02T09:30"})
	if err != nil {
		t.Fatal(err)
	}
	st := d.plain(ppem)
	d.set(st, place{x: 40, top: 60}, []rune(text), 0)
	var b strings.Builder
	if err := d.write(&b); err != nil {
		t.Fatal(err)
	}
	page := pages(t, []byte(b.String()), 72)[0]
	page.h = 600 // above the page's foot
	return page.cropped()
}

// drawn is what the font itself says of a glyph.
func drawn(t *testing.T, glyph sfnt.GlyphIndex) grey {
	t.Helper()
	return drawnAt(t, glyph, ppem)
}

func drawnAt(t *testing.T, glyph sfnt.GlyphIndex, ppem int) grey {
	t.Helper()
	faces, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	segments, err := faces.text.font.LoadGlyph(nil, glyph, fixed.I(ppem), nil)
	if err != nil {
		t.Fatal(err)
	}
	size := 2*ppem + 200
	r := vector.NewRasterizer(size, size)
	at := func(p fixed.Point26_6) (float32, float32) {
		return float32(p.X)/64 + 50, float32(p.Y)/64 + float32(ppem) + 50
	}
	for _, s := range segments {
		x, y := at(s.Args[0])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			r.ClosePath()
			r.MoveTo(x, y)
		case sfnt.SegmentOpLineTo:
			r.LineTo(x, y)
		case sfnt.SegmentOpQuadTo:
			x1, y1 := at(s.Args[1])
			r.QuadTo(x, y, x1, y1)
		case sfnt.SegmentOpCubeTo:
			t.Fatal("a cubic curve in a TrueType font")
		}
	}
	r.ClosePath()
	mask := image.NewAlpha(image.Rect(0, 0, size, size))
	r.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	g := grey{size, size, make([]byte, size*size)}
	for i, a := range mask.Pix {
		g.pix[i] = 255 - a
	}
	return g.cropped()
}

func (g grey) cropped() grey {
	x0, y0, x1, y1 := g.w, g.h, 0, 0
	for y := range g.h {
		for x := range g.w {
			if g.pix[y*g.w+x] < 128 {
				x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x+1), max(y1, y+1)
			}
		}
	}
	if x1 <= x0 {
		return grey{}
	}
	out := grey{w: x1 - x0, h: y1 - y0}
	for y := y0; y < y1; y++ {
		out.pix = append(out.pix, g.pix[y*g.w+x0:y*g.w+x1]...)
	}
	return out
}

// likeness is the share of common ink in all ink, edges within a point.
func likeness(a, b grey) float64 {
	if a.w == 0 || b.w == 0 || max(a.w-b.w, b.w-a.w) > 4 || max(a.h-b.h, b.h-a.h) > 4 {
		return 0
	}
	both, either := 0, 0
	for y := range min(a.h, b.h) {
		for x := range min(a.w, b.w) {
			p, q := a.pix[y*a.w+x] < 128, b.pix[y*b.w+x] < 128
			if p && q {
				both++
			}
			if p || q {
				either++
			}
		}
	}
	return float64(both) / float64(either)
}

func TestRareCharactersPrintTheirGlyphs(t *testing.T) {
	faces, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range "军𬭎𬱖𫖯𬸦" {
		t.Run(string(r), func(t *testing.T) {
			glyph := faces.text.glyph(r)
			if glyph == 0 {
				t.Fatal("the font has no glyph")
			}
			got := printed(t, string(r))
			if like := likeness(got, drawn(t, sfnt.GlyphIndex(glyph))); like < 0.8 {
				t.Errorf("the print is like the glyph by %.2f only", like)
			}
			if like := likeness(got, drawn(t, 0)); like > 0.5 {
				t.Errorf("the print is like .notdef by %.2f", like)
			}
		})
	}
}

func TestMissingGlyphIsABoxWithItsCodePoint(t *testing.T) {
	box, other := printed(t, "\U00020BB7"), printed(t, "\U00020BB8")
	if box.w < 150 || box.h < 150 {
		t.Fatalf("the box is %d × %d points", box.w, box.h)
	}
	if like := likeness(box, other); like == 1 || like < 0.5 {
		t.Errorf("two boxes are alike by %.2f: frame alike, digits different", like)
	}
	if frame := box.ink(0, 0, box.w, 4); frame < box.w {
		t.Errorf("the frame's upper side has %d points of %d", frame, box.w)
	}
	if digits := box.ink(20, 20, box.w-20, box.h-20); digits < 500 {
		t.Errorf("%d points of digits", digits)
	}
	if got := string(codeDigits(0x20BB7)) + " " + string(codeDigits('A')) + " " + string(codeDigits(0x10FFFD)); got != "20BB7 0041 10FFFD" {
		t.Error(got)
	}
}

// TestNothingBreaksADocument prints what must not panic and checks that it can
// be copied out again.
func TestNothingBreaksADocument(t *testing.T) {
	for name, text := range map[string]string{
		"private use": "王\uE000\uF8FF和", "emoji": "志愿者🎖服务", "beyond": "\U000323AF\U0002A700和", "marks": "e\u0301和",
	} {
		t.Run(name, func(t *testing.T) {
			p := rosterOf(1)
			p.Rows[0].Name = text
			p.Title = text
			pdf := made(t, func(w io.Writer) error { return RosterPDF(w, p) })
			if got := poppler(t, pdf, "pdftotext", "-raw"); !strings.Contains(squeezed(got), text) {
				t.Errorf("%q is not in the text", text)
			}
		})
	}
	for name, text := range map[string]string{"invalid": "王\xff\xfe和", "controls": "王\x00\x07\u202e和\u200b", "variants": "葛\U000E0100\uFE00"} {
		t.Run(name, func(t *testing.T) {
			p := rosterOf(1)
			p.Rows[0].Name = text
			made(t, func(w io.Writer) error { return RosterPDF(w, p) })
			made(t, func(w io.Writer) error { return RosterExcel(w, p) })
		})
	}
}

// TestMoreRareCharactersThanCodes uses up the private codes.
func TestMoreRareCharactersThanCodes(t *testing.T) {
	p := rosterOf(1)
	var b strings.Builder
	for r := rune(0x20000); r < 0x20000+3300; r++ {
		b.WriteRune(r)
	}
	p.Rows[0].Notes = b.String()
	pdf := made(t, func(w io.Writer) error { return RosterPDF(w, p) })
	if text := poppler(t, pdf, "pdftotext", "-raw"); !strings.Contains(text, "〓") || !strings.Contains(text, "张示例") {
		t.Error("the characters beyond the codes do not stand as 〓")
	}
}
