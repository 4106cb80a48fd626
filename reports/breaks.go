package reports

import (
	"strings"
	"unicode"
)

// The characters that may not begin and may not end a line (GB/T 15834-2011
// and printers' custom).
const (
	notAtStart = "，。、；：！？）》〉」』】〕〗］｝”’·—…～％‰℃°" +
		"､｡｣!%),./:;?]}»›¢ー々ゝゞ〻"
	notAtEnd = "（《〈「『【〔〖［｛“‘￥＄￡$([{«‹#＃№"
)

// rightBlank are the signs whose right half is empty: at a line's end they may
// reach half a square into the margin without being seen there.
const rightBlank = "，。、；：！？）》〉」』】〕〗"

// units are the words of measure that stay with their number.
const units = "年月日时分场次人名支个小元岁号项户"

// breakLines cuts text into lines that are no wider than first and then rest.
// The lines joined are the text. No line begins or ends with what may not stand
// there, and words and numbers stay whole, unless one of them alone is wider
// than a line. White space at a line's end takes no room, and a sign with an
// empty right half only half of its own.
func breakLines(text []rune, first, rest float64, width func(rune) float64) [][]rune {
	var lines [][]rune
	limit := first
	for len(text) > 0 {
		n := lineLength(text, limit, width)
		lines = append(lines, text[:n])
		text, limit = text[n:], rest
	}
	return lines
}

// lineLength is how many characters the first line of text takes, at least one.
func lineLength(text []rune, limit float64, width func(rune) float64) int {
	const slack = 1e-6 // sums of equal parts must fill a line to its end
	used, fits := 0.0, 0
	for fits < len(text) {
		r := text[fits]
		w := width(r)
		if !unicode.IsSpace(r) && used+atEnd(text, fits, w) > limit+slack {
			break
		}
		used += w
		fits++
	}
	if fits == len(text) {
		return fits
	}
	for n := fits; n > 0; n-- {
		if mayBreak(text[n-1], text[n]) {
			return n
		}
	}
	for n := fits; n > 1; n-- { // a word wider than the line
		if !unicode.Is(unicode.M, text[n]) && !strings.ContainsRune(notAtStart, text[n]) && !strings.ContainsRune(notAtEnd, text[n-1]) {
			return n
		}
	}
	return max(fits, 1)
}

// atEnd is the room that character i takes where it ends the line.
func atEnd(text []rune, i int, width float64) float64 {
	if strings.ContainsRune(rightBlank, text[i]) && (i+1 == len(text) || mayBreak(text[i], text[i+1])) {
		return width / 2
	}
	return width
}

// mayBreak reports whether a line may end between two characters.
func mayBreak(before, after rune) bool {
	switch {
	case unicode.IsSpace(after):
		return false
	case unicode.Is(unicode.M, after), strings.ContainsRune(notAtStart, after):
		return false
	case strings.ContainsRune(notAtEnd, before):
		return false
	case unicode.IsSpace(before):
		return true
	case before >= '0' && before <= '9' && strings.ContainsRune(units, after):
		return false
	}
	return wide(before) || wide(after)
}

// wide reports a character that takes a whole square in Chinese setting and
// stands by itself; the others make words.
func wide(r rune) bool {
	switch {
	case r >= 0x2E80 && r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7AF, r >= 0xE000 && r <= 0xFAFF,
		r >= 0xFE30 && r <= 0xFE4F, r >= 0xFF00 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6,
		r >= 0x1F000 && r <= 0x1FAFF, r >= 0x20000:
		return true
	case r >= 0x2010 && r <= 0x2027, r >= 0x2030 && r <= 0x205E, r >= 0x2100 && r <= 0x2BFF:
		return true
	}
	return r == '·' || r == '×' || r == '°' || r == '±' || r == '÷'
}

// printable is text without what no paper can show: control characters, marks
// of direction and of variants. A tab is a space; line ends stay.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == 0x2028, r == 0x2029:
			return ' '
		case unicode.IsControl(r), r == 0x00AD, r == 0xFEFF,
			r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F,
			r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE0FFF:
			return -1
		}
		return r
	}, s)
}
