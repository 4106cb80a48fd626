package say

import (
	"strconv"
	"strings"
	"unicode"

	"rongyuan/store/record"
)

// argumentMost is the length in characters to which an argument is cut: some
// are file names and cells, which may be of any length.
const argumentMost = 60

// fill writes a template (see the package comment) with a label and arguments.
func fill(template, label string, args []string) string {
	var b strings.Builder
	for {
		plain, rest, more := strings.Cut(template, "[")
		text, _ := slots(plain, label, args)
		b.WriteString(text)
		if !more {
			return b.String()
		}
		optional, after, _ := strings.Cut(rest, "]")
		if text, whole := slots(optional, label, args); whole {
			b.WriteString(text)
		}
		template = after
	}
}

// slots fills the {} of a piece and reports whether all its arguments were there.
func slots(piece, label string, args []string) (string, bool) {
	var b strings.Builder
	for {
		plain, rest, more := strings.Cut(piece, "{")
		b.WriteString(plain)
		if !more {
			return b.String(), true
		}
		slot, after, _ := strings.Cut(rest, "}")
		text := slotText(slot, label, args)
		if text == "" {
			return "", false
		}
		b.WriteString(text)
		piece = after
	}
}

func slotText(slot, label string, args []string) string {
	if slot == "field" {
		return label
	}
	position, form, _ := strings.Cut(slot, ".")
	i, err := strconv.Atoi(position)
	if err != nil || i < 0 || i >= len(args) {
		return ""
	}
	switch form {
	case "label":
		return Field(args[i])
	case "date":
		if !record.Day(args[i]).Valid() {
			return ""
		}
		return record.Day(args[i]).Chinese()
	}
	return plain(args[i])
}

// plain cuts an argument and drops what could make the sentence read as
// something else: control characters and changes of direction.
func plain(arg string) string {
	arg = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, arg)
	arg = strings.TrimSpace(arg)
	if r := []rune(arg); len(r) > argumentMost {
		return string(r[:argumentMost]) + "…"
	}
	return arg
}
