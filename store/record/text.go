package record

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Narrow turns full-width ASCII (！ to ～) and the ideographic space into
// their half-width forms and drops zero-width characters.
func Narrow(s string) string {
	if narrow(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == 0x3000 || r == 0x00A0 || r == 0x202F || r == 0x2007:
			return ' '
		case r == 0x200B || r == 0x200C || r == 0x200D || r == 0x2060 || r == 0xFEFF:
			return -1
		}
		return r
	}, s)
}

// narrow reports a text in which nothing can be wide or unseen, as most are: none
// of its characters lies in a block that holds such ones. A roster asks it
// millions of times.
func narrow(s string) bool {
	plain := true
	for i := range len(s) {
		switch b := s[i]; {
		case b < utf8.RuneSelf:
		case b == 0xC2, b == 0xE2, b == 0xE3, b == 0xEF:
			return false
		default:
			plain = false
		}
	}
	return plain || utf8.ValidString(s)
}

// Tidy narrows nothing but trims space of every kind at both ends.
func Tidy(s string) string { return strings.TrimFunc(s, unicode.IsSpace) }

// unprintable reports a control character or a change of direction, which can
// make a line read as something else than it stores.
func unprintable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		if r == '\n' || r == '\t' {
			return false
		}
		return unicode.IsControl(r) || (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069)
	})
}

// checkText adds findings about a free text: its length in characters and
// characters that do not belong into a record.
func (p *Problems) checkText(field, s string, most int) {
	if n := len([]rune(s)); n > most {
		p.Add(LevelError, field, CodeTooLong, strconv.Itoa(most))
	}
	if unprintable(s) {
		p.Add(LevelError, field, CodeControlChars)
	}
}
