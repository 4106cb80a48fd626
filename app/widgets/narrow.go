package widgets

import "strings"

// narrow turns the full-width signs of a Chinese keyboard into plain ones and
// drops blanks at the ends: １２：３０ → 12:30.
func narrow(s string) string {
	return strings.TrimSpace(strings.Map(narrowRune, s))
}

func narrowRune(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '\u3000':
		return ' '
	case r == '。':
		return '.'
	}
	return r
}

func isDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}
