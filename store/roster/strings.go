package roster

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"rongyuan/store/record"
)

// sharedStrings are the texts that the cells of a workbook share: one long
// string and the places where each text ends, since two million small strings
// would cost more than their letters.
type sharedStrings struct {
	all  string
	ends []uint32
}

// at is the text of an index; false when there is none.
func (s *sharedStrings) at(i int) (string, bool) {
	if s == nil || i < 0 || i >= len(s.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = s.ends[i-1]
	}
	return s.all[from:s.ends[i]], true
}

func readStrings(files *archive, name string) (*sharedStrings, error) {
	out := &sharedStrings{}
	if name == "" || !files.has(name) {
		return out, nil
	}
	r, err := files.open(name, maxStrings)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	x := newXMLReader(r)
	var all strings.Builder
	var text []byte
	for {
		k, err := x.next()
		switch {
		case err != nil:
			return nil, err
		case k == tokEOF:
			out.all = all.String()
			return out, nil
		case k != tokStart || string(x.name) != "si":
			continue
		}
		if text, err = richText(x, text[:0]); err != nil {
			return nil, err
		}
		all.Write(unescape(text))
		if all.Len() > maxStrings {
			return nil, record.Fail(record.CodeWorkbookBomb)
		}
		out.ends = append(out.ends, uint32(all.Len()))
	}
}

// richText appends the text of an element that holds runs, up to its end. The
// reading aids of Asian text (rPh) are no part of it.
func richText(x *xmlReader, dst []byte) ([]byte, error) {
	depth, inText := x.depth, false
	for {
		k, err := x.next()
		if err != nil {
			return dst, err
		}
		switch k {
		case tokStart:
			switch string(x.name) {
			case "t":
				inText = true
			case "rPh":
				if err := x.skip(); err != nil {
					return dst, err
				}
			}
		case tokText:
			if !inText {
				continue
			}
			if dst, err = x.appendText(dst); err != nil {
				return dst, err
			}
		case tokEnd:
			inText = false
			if x.depth < depth {
				return dst, nil
			}
		}
	}
}

// unescape resolves _x000D_, by which workbooks write what XML cannot hold. It
// works in place.
func unescape(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := b[:0]
	for i := 0; i < len(b); i++ {
		if i+7 <= len(b) && b[i] == '_' && b[i+1] == 'x' && b[i+6] == '_' {
			if r, ok := hex4(b[i+2 : i+6]); ok {
				out = utf8.AppendRune(out, r) // at most 3 bytes for 7
				i += 6
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}

func hex4(b []byte) (rune, bool) {
	var r rune
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
