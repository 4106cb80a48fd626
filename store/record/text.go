package record

import (
	"strconv"
	"strings"
	"unicode"
)

// Narrow turns full-width ASCII (！ to ～) and the ideographic space into
// their half-width forms and drops zero-width characters.
func Narrow(s string) string {
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
