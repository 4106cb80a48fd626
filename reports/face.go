package reports

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/image/font/sfnt"

	"rongyuan/assets"
)

// face is a parsed TrueType font. It is read-only and shared by all documents,
// since parsing costs more than setting a page.
type face struct {
	// name is the PostScript name that the PDF shows.
	name   string
	font   *sfnt.Font
	tables map[string][]byte
	// upem is the number of font units in an em.
	upem     int
	glyphs   int
	metrics  int // entries of hmtx that have an advance of their own
	longLoca bool
}

// faceSet is what a paper is set in. The standard names 仿宋, 小标宋, 黑体 and
// 楷体 (GB/T 9704-2012); the first two are not free to ship and stand here as
// 宋体 in two weights.
type faceSet struct {
	text, strong, sans *face
}

var errFont = errors.New("reports: not a TrueType font with glyf outlines")

// embedded is the set of the embedded fonts, parsed at the first paper.
var embedded = sync.OnceValues(func() (faceSet, error) {
	var set faceSet
	for _, one := range []struct {
		into **face
		name string
		data []byte
	}{
		{&set.text, "NotoSerifSC", assets.SerifRegular()},
		{&set.strong, "NotoSerifSC-Bold", assets.SerifBold()},
		{&set.sans, "NotoSansSC", assets.SansRegular()},
	} {
		f, err := parseFace(one.name, one.data)
		if err != nil {
			return faceSet{}, fmt.Errorf("font %s: %w", one.name, err)
		}
		*one.into = f
	}
	return set, nil
})

func parseFace(name string, data []byte) (*face, error) {
	font, err := sfnt.Parse(data)
	if err != nil {
		return nil, err
	}
	f := &face{name: name, font: font, tables: map[string][]byte{}}
	count := int(binary.BigEndian.Uint16(data[4:]))
	for i := range count {
		entry := data[12+16*i:]
		at, size := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		if uint64(at)+uint64(size) > uint64(len(data)) {
			return nil, errFont
		}
		f.tables[string(entry[:4])] = data[at : at+size : at+size]
	}
	for table, least := range map[string]int{"head": 54, "hhea": 36, "maxp": 6, "OS/2": 78, "post": 32, "hmtx": 4, "loca": 4, "glyf": 1} {
		if len(f.tables[table]) < least {
			return nil, errFont
		}
	}
	f.upem = int(binary.BigEndian.Uint16(f.tables["head"][18:]))
	f.longLoca = f.tables["head"][51] == 1
	f.metrics = int(binary.BigEndian.Uint16(f.tables["hhea"][34:]))
	f.glyphs = int(binary.BigEndian.Uint16(f.tables["maxp"][4:]))
	return f, f.checkSizes()
}

func (f *face) checkSizes() error {
	entry := 2
	if f.longLoca {
		entry = 4
	}
	if f.upem == 0 || f.metrics == 0 || f.metrics > f.glyphs ||
		len(f.tables["loca"]) < entry*(f.glyphs+1) ||
		len(f.tables["hmtx"]) < 4*f.metrics+2*(f.glyphs-f.metrics) {
		return errFont
	}
	return nil
}

// glyph is the glyph of a character, 0 when the face has none.
func (f *face) glyph(r rune) int {
	index, err := f.font.GlyphIndex(nil, r)
	if err != nil {
		return 0
	}
	return int(index)
}

// metric is a glyph's advance and left side bearing in font units.
func (f *face) metric(glyph int) (advance, bearing uint16) {
	hmtx := f.tables["hmtx"]
	if glyph < f.metrics {
		return binary.BigEndian.Uint16(hmtx[4*glyph:]), binary.BigEndian.Uint16(hmtx[4*glyph+2:])
	}
	return binary.BigEndian.Uint16(hmtx[4*(f.metrics-1):]), binary.BigEndian.Uint16(hmtx[4*f.metrics+2*(glyph-f.metrics):])
}

// outline is a glyph's description in the glyf table; nil for one without ink.
func (f *face) outline(glyph int) []byte {
	loca, glyf := f.tables["loca"], f.tables["glyf"]
	var from, to int
	if f.longLoca {
		from, to = int(binary.BigEndian.Uint32(loca[4*glyph:])), int(binary.BigEndian.Uint32(loca[4*glyph+4:]))
	} else {
		from, to = 2*int(binary.BigEndian.Uint16(loca[2*glyph:])), 2*int(binary.BigEndian.Uint16(loca[2*glyph+2:]))
	}
	if from >= to || to > len(glyf) {
		return nil
	}
	return glyf[from:to]
}
