package record

import "strings"

// MaskID shows the first six and the last four characters of an identity
// number: 120101********1234.
func MaskID(id string) string { return maskMiddle(id, 6, 4) }

// MaskPhone shows the first three and the last four digits: 138****1234; of a
// short number the last four at most.
func MaskPhone(phone string) string { return maskMiddle(phone, 3, 4) }

// MaskPhones masks each number.
func MaskPhones(phones []string) []string {
	out := make([]string, len(phones))
	for i, one := range phones {
		out[i] = MaskPhone(one)
	}
	return out
}

// hiddenLeast is how many characters a mask hides at least: of a landline of
// seven digits, three and four shown would be all of it.
const hiddenLeast = 4

func maskMiddle(s string, head, tail int) string {
	r := []rune(s)
	if len(r) < head+hiddenLeast+tail {
		head = 0
	}
	if len(r) < hiddenLeast+tail {
		return strings.Repeat("*", len(r))
	}
	return string(r[:head]) + strings.Repeat("*", len(r)-head-tail) + string(r[len(r)-tail:])
}
