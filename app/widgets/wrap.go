package widgets

import (
	"strings"
	"unicode"
)

// Signs that must not stand at the start of a line, and those that must not
// stand at its end (GB/T 15834 on punctuation).
const (
	notFirst = "，。、；：？！）》〉」』】〕”’…—·,.;:?!)%％℃"
	notLast  = "（《〈「『【〔“‘("
)

// wrap breaks text into lines not wider than room. Chinese breaks between any
// two characters save for punctuation, Latin words and numbers stay whole
// unless one alone is too wide. Fyne's own wrapping starts lines with commas.
func (r *ruler) wrap(text string, room float32) []string {
	var lines []string
	for _, par := range strings.Split(text, "\n") {
		lines = append(lines, r.wrapParagraph([]rune(par), room)...)
	}
	return lines
}

func (r *ruler) wrapParagraph(rs []rune, room float32) []string {
	var lines []string
	for len(rs) > 0 {
		n := r.lineEnd(rs, room)
		lines = append(lines, strings.TrimRightFunc(string(rs[:n]), unicode.IsSpace))
		rs = rs[n:]
		for len(rs) > 0 && rs[0] == ' ' {
			rs = rs[1:]
		}
	}
	if lines == nil {
		return []string{""}
	}
	return lines
}

func (r *ruler) lineEnd(rs []rune, room float32) int {
	var w float32
	n := 0
	for n < len(rs) {
		w += r.rune(rs[n])
		if w > room {
			break
		}
		n++
	}
	if n == len(rs) {
		return n
	}
	for cut := n; cut > 0; cut-- {
		if breaksBetween(rs[cut-1], rs[cut]) {
			return cut
		}
	}
	return max(n, 1)
}

func breaksBetween(a, b rune) bool {
	if strings.ContainsRune(notLast, a) || strings.ContainsRune(notFirst, b) {
		return false
	}
	return !isWord(a) || !isWord(b)
}

func isWord(c rune) bool {
	return c < 0x2e80 && !unicode.IsSpace(c)
}
