package reports

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"unicode/utf16"
)

var errPDF = errors.New("reports: the PDF is not built as expected")

// patch is a piece of a PDF to be replaced.
type patch struct {
	from, to int
	with     []byte
}

// finish gives the fonts of a PDF of gofpdf their names and the tables that lead
// from codes back to characters, so that a copied name is the name. gofpdf
// writes one table for all fonts that says that every code is its own
// character, which the private codes are not.
func finish(pdf []byte, trays []*tray) ([]byte, error) {
	var patches []patch
	for i, t := range trays {
		short := []byte("/utf8" + family(i))
		tag := subsetTag(t.face.name, i)
		for _, key := range []string{"/BaseFont ", "/FontName "} {
			for at := range indexes(pdf, append([]byte(key), short...)) {
				from := at + len(key)
				patches = append(patches, patch{from, from + len(short), []byte(tag)})
			}
		}
		at := bytes.Index(pdf, append([]byte("/BaseFont "), short...))
		if at < 0 {
			return nil, errPDF
		}
		table, err := unicodePatch(pdf, at, t)
		if err != nil {
			return nil, err
		}
		patches = append(patches, table)
	}
	return apply(pdf, patches)
}

// subsetTag is the name of a font that is not embedded whole: six capitals and
// a plus before the name (ISO 32000-1, 9.6.4).
func subsetTag(name string, i int) string { return fmt.Sprintf("/RONGY%c+%s", 'A'+i, name) }

func indexes(all, piece []byte) func(func(int) bool) {
	return func(yield func(int) bool) {
		for from := 0; ; {
			at := bytes.Index(all[from:], piece)
			if at < 0 || !yield(from+at) {
				return
			}
			from += at + len(piece)
		}
	}
}

// unicodePatch replaces the first table of codes after a font's object.
func unicodePatch(pdf []byte, after int, t *tray) (patch, error) {
	const mark = "stream\n/CIDInit /ProcSet"
	at := bytes.Index(pdf[after:], []byte(mark))
	if at < 0 {
		return patch{}, errPDF
	}
	at += after
	from := bytes.LastIndex(pdf[:at], []byte("<</Length "))
	end := bytes.Index(pdf[at:], []byte("\nendstream"))
	if from < after || end < 0 {
		return patch{}, errPDF
	}
	table := toUnicode(t)
	with := fmt.Appendf(nil, "<</Length %d>>\nstream\n", len(table))
	return patch{from, at + end, append(with, table...)}, nil
}

// toUnicode is the table from codes to characters (ISO 32000-1, 9.10.3).
func toUnicode(t *tray) []byte {
	out := []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for group := range slices.Chunk(slices.Sorted(maps.Keys(t.chars)), 100) {
		out = fmt.Appendf(out, "%d beginbfchar\n", len(group))
		for _, code := range group {
			out = fmt.Appendf(out, "<%04X> <", code)
			for _, unit := range utf16.Encode([]rune{t.chars[code]}) {
				out = fmt.Appendf(out, "%04X", unit)
			}
			out = append(out, ">\n"...)
		}
		out = append(out, "endbfchar\n"...)
	}
	return append(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"...)
}

// apply replaces pieces and puts the table of offsets right.
func apply(pdf []byte, patches []patch) ([]byte, error) {
	slices.SortFunc(patches, func(a, b patch) int { return cmp.Compare(a.from, b.from) })
	out := make([]byte, 0, len(pdf)+4096)
	last := 0
	for _, one := range patches {
		if one.from < last {
			return nil, errPDF
		}
		out = append(append(out, pdf[last:one.from]...), one.with...)
		last = one.to
	}
	out = append(out, pdf[last:]...)
	moved := func(at int) int {
		to := at
		for _, one := range patches {
			if one.from < at {
				to += len(one.with) - (one.to - one.from)
			}
		}
		return to
	}
	return moveOffsets(pdf, out, moved)
}

// moveOffsets rewrites the cross-reference table in out, which stands in pdf
// with the old offsets: 20 bytes an entry.
func moveOffsets(pdf, out []byte, moved func(int) int) ([]byte, error) {
	const entry, key = 20, "startxref\n"
	at := bytes.LastIndex(pdf, []byte(key))
	if at < 0 {
		return nil, errPDF
	}
	number, _, _ := bytes.Cut(pdf[at+len(key):], []byte("\n"))
	table, err := strconv.Atoi(string(number))
	if err != nil || table < 0 || !bytes.HasPrefix(pdf[table:], []byte("xref\n0 ")) {
		return nil, errPDF
	}
	first := table + bytes.Index(pdf[table:], []byte("0000000000 65535 f"))
	for row := first + entry; row+entry <= len(pdf) && pdf[row+17] == 'n'; row += entry {
		old, err := strconv.Atoi(string(pdf[row : row+10]))
		if err != nil {
			return nil, errPDF
		}
		copy(out[moved(row):], fmt.Sprintf("%010d", moved(old)))
	}
	return fmt.Appendf(out[:moved(at)], "%s%d\n%%%%EOF\n", key, moved(table)), nil
}
