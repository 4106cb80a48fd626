package reports

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
)

// standard are the 8,105 characters of 通用规范汉字表 (2013).
func standard(t *testing.T) []rune {
	t.Helper()
	raw, err := os.ReadFile("../assets/testdata/standard8105.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []rune
	for line := range strings.Lines(string(raw)) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, []rune(strings.TrimSpace(line))...)
		}
	}
	if len(out) != 8105 {
		t.Fatalf("%d characters in the list", len(out))
	}
	return out
}

// TestStandardCharactersPrintAsGlyphs prints all 8,105 characters in each of the
// three faces, renders the pages and looks at every one: there is ink, and it is
// neither the font's own .notdef nor our box for a missing character.
func TestStandardCharactersPrintAsGlyphs(t *testing.T) {
	const step, dpi, size, across, down = 10.0, 72, 24.0, 15, 22
	chars := append(standard(t), 0x20BB7, 0x20BB8) // the last two are in no face: our box
	faces, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	px := func(mm float64) int { return int(mm / 25.4 * dpi) }
	for _, f := range []*face{faces.text, faces.strong, faces.sans} {
		t.Run(f.name, func(t *testing.T) {
			d, err := newDocument("", officialSheet, imprint{made: "2026-11-02T09:30"})
			if err != nil {
				t.Fatal(err)
			}
			st := d.plain(size)
			st.face = f
			at := func(i int) (x, y float64) {
				return 28 + step*float64(i%across), 37 + step*float64(i%(across*down)/across)
			}
			for i, r := range chars {
				if i > 0 && i%(across*down) == 0 {
					d.newPage()
				}
				x, y := at(i)
				d.set(st, place{x: x, top: y}, []rune{r}, 0)
			}
			var b bytes.Buffer
			if err := d.write(&b); err != nil {
				t.Fatal(err)
			}
			all := pages(t, b.Bytes(), dpi)
			seen := func(i int) grey {
				x, y := at(i)
				page := all[i/(across*down)]
				g := grey{w: px(step), h: px(step)}
				for row := range g.h {
					from := (px(y-0.6)+row)*page.w + px(x-0.6)
					g.pix = append(g.pix, page.pix[from:from+g.w]...)
				}
				return g.cropped()
			}
			box, notdef := seen(len(chars)-1), drawnAt(t, sfnt.GlyphIndex(0), int(size))
			if box.w == 0 || notdef.w == 0 || likeness(box, seen(len(chars)-2)) < 0.75 {
				t.Fatal("nothing to compare with")
			}
			for i, r := range chars[:len(chars)-2] {
				g := seen(i)
				if g.w == 0 || likeness(g, box) > 0.75 || likeness(g, notdef) > 0.75 {
					t.Errorf("%c (U+%04X): %d points wide, like the box by %.2f, like .notdef by %.2f", r, r, g.w, likeness(g, box), likeness(g, notdef))
				}
			}
		})
	}
}
