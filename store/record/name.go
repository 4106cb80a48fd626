package record

import (
	"strings"
	"unicode"
)

// ReadName normalises a person's name: space between Han characters goes (张　三),
// the dots of minority names become U+00B7, space at the ends goes. Rare
// characters stay as they are; a private-use character is flagged, since other
// machines cannot show it. Fewer than two characters, digits and signs are
// refused.
func ReadName(raw string) (string, Problems) {
	if plainName(raw) {
		return raw, nil
	}
	var found Problems
	name := joinHan(unifyDots(Tidy(Narrow(raw))))
	switch {
	case name == "":
		found.Add(LevelError, "name", CodeRequired)
	case unprintable(name):
		found.Add(LevelError, "name", CodeControlChars)
	case len([]rune(name)) > 50:
		found.Add(LevelError, "name", CodeTooLong, "50")
	case strings.ContainsFunc(name, notInName):
		found.Add(LevelError, "name", CodeNameCharacters)
	case letters(name) < 2:
		found.Add(LevelError, "name", CodeNameShort)
	case strings.ContainsFunc(name, isPrivateUse):
		found.Add(LevelReview, "name", CodeNamePrivateUse)
	}
	if name != raw && len(found.Errors()) == 0 {
		found.Add(LevelFixed, "name", CodeNameNormalised)
	}
	return name, found
}

// plainName reports two or more common Han characters and nothing else, as most
// names are: all rules below leave them as they are.
func plainName(s string) bool {
	n := 0
	for _, r := range s {
		if r < 0x4E00 || r > 0x9FA5 {
			return false
		}
		n++
	}
	return n >= 2 && n <= 50
}

// unifyDots makes U+00B7 of every dot that parts a minority name; a full stop
// is one only beside Han characters (J. Smith keeps his).
func unifyDots(s string) string {
	han := strings.ContainsFunc(s, isHan)
	return strings.Map(func(r rune) rune {
		switch r {
		case '•', '‧', '∙', '・', '･', '●':
			return '·'
		case '.':
			if han {
				return '·'
			}
		case '\n', '\r', '\t':
			return ' '
		}
		return r
	}, s)
}

// letters counts the characters of a name that are no dot, dash or mark.
func letters(name string) int {
	n := 0
	for _, r := range name {
		if unicode.IsLetter(r) || isHan(r) {
			n++
		}
	}
	return n
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) || isPrivateUse(r) }

func isPrivateUse(r rune) bool {
	return (r >= 0xE000 && r <= 0xF8FF) || (r >= 0xF0000 && r <= 0x10FFFD)
}

func notInName(r rune) bool {
	if unicode.IsLetter(r) || isPrivateUse(r) || unicode.Is(unicode.Mn, r) {
		return false
	}
	return r != '·' && r != ' ' && r != '-' && r != '\'' && r != '〇' && r != '.'
}

// joinHan drops spaces between two Han characters and around a dot, and folds
// others to one.
func joinHan(s string) string {
	words := strings.Fields(s)
	var b strings.Builder
	for i, word := range words {
		if i > 0 {
			last, first := []rune(words[i-1]), []rune(word)
			before, after := last[len(last)-1], first[0]
			if (!isHan(before) || !isHan(after)) && before != '·' && after != '·' {
				b.WriteByte(' ')
			}
		}
		b.WriteString(word)
	}
	return b.String()
}
