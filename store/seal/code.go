package seal

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A recovery code is 160 bits as 32 characters of Crockford's base32, in eight
// groups of four and a check character each.
const (
	codeBytes  = 20
	codeGroups = 8
	groupData  = 4
	groupSize  = groupData + 1
	codeChars  = codeGroups * groupSize

	crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

// CodeError says where a typed recovery code is wrong. It matches
// ErrMistypedCode.
type CodeError struct {
	// Groups are the wrong groups, counted from 1. When characters are missing
	// or too many and no separators show where, it is the first group that does
	// not agree; it is empty only for a code with nothing wrong but its end.
	Groups []int
	// Typed is the number of characters found; a code has 40.
	Typed int
}

// Error names the groups and never repeats what was typed.
func (e *CodeError) Error() string {
	return fmt.Sprintf("%v: groups %v, %d of %d characters", ErrMistypedCode, e.Groups, e.Typed, codeChars)
}

// Is makes errors.Is(err, ErrMistypedCode) true.
func (e *CodeError) Is(target error) bool { return target == ErrMistypedCode }

// CheckCode tells whether a typed recovery code agrees with itself, without a
// slot: nil or a *CodeError. A form can call it while the clerk types.
func CheckCode(code string) error {
	secret, err := parseCode(code)
	clear(secret[:])
	return err
}

// formatCode writes a secret as eight groups joined by dashes.
func formatCode(secret [codeBytes]byte) string {
	var b strings.Builder
	for g, sym := range symbols(secret) {
		if g > 0 {
			b.WriteByte('-')
		}
		for _, v := range sym {
			b.WriteByte(crockford[v])
		}
		b.WriteByte(crockford[checkSymbol(g, sym)])
	}
	return b.String()
}

// symbols cuts the secret into groups of four 5-bit symbols.
func symbols(secret [codeBytes]byte) (out [codeGroups][groupData]byte) {
	for i := range codeGroups * groupData {
		for bit := i * 5; bit < i*5+5; bit++ {
			v := secret[bit/8] >> (7 - bit%8) & 1
			out[i/groupData][i%groupData] = out[i/groupData][i%groupData]<<1 | v
		}
	}
	return out
}

// checkSymbol is a weighted sum over GF(32) with weights that all differ, also
// from the 1 of the check character: one wrong character and two exchanged
// ones are always found. The group's number is in it, so two exchanged groups
// are found as well.
func checkSymbol(group int, sym [groupData]byte) byte {
	sum := byte(group + 1)
	for i, v := range sym {
		for range i + 1 {
			v = double(v)
		}
		sum ^= v
	}
	return sum
}

// double multiplies by x in GF(32) modulo x^5+x^2+1.
func double(v byte) byte {
	v <<= 1
	if v&32 != 0 {
		v ^= 32 | 4 | 1
	}
	return v
}

// parseCode reads a typed code or says which groups are wrong.
func parseCode(code string) (secret [codeBytes]byte, err error) {
	typed, groups := splitCode(code)
	var wrong []int
	for g := range codeGroups {
		sym, ok := readGroup(g, groups[g])
		if !ok {
			wrong = append(wrong, g+1)
			continue
		}
		for i, v := range sym {
			place(&secret, g*groupData+i, v)
		}
	}
	if len(wrong) == 0 && typed == codeChars {
		return secret, nil
	}
	if typed != codeChars && len(wrong) > 1 && !groups[wrong[0]-1].separate {
		wrong = wrong[:1] // the rest only slid
	}
	clear(secret[:])
	return secret, &CodeError{Groups: wrong, Typed: typed}
}

// typedGroup is a group as typed; separate says that separators bound it.
type typedGroup struct {
	chars    []rune
	separate bool
}

// splitCode cuts a typed code by fives, or, when characters are missing or too
// many and the separators make eight groups, by these.
func splitCode(code string) (int, [codeGroups]typedGroup) {
	var out [codeGroups]typedGroup
	if len(code) > 64*codeChars { // no code, and not worth normalising
		return len(code), out
	}
	parts := strings.FieldsFunc(strings.ToUpper(norm.NFKC.String(code)), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) || r == 'ー' // the kana dash of an input method
	})
	all := []rune(strings.Join(parts, ""))
	for g := range out {
		if len(parts) == codeGroups && len(all) != codeChars {
			out[g] = typedGroup{[]rune(parts[g]), true}
			continue
		}
		from := min(g*groupSize, len(all))
		out[g] = typedGroup{all[from:min(from+groupSize, len(all))], false}
	}
	return len(all), out
}

// readGroup gives the symbols of a group whose check character agrees.
func readGroup(g int, t typedGroup) (sym [groupData]byte, ok bool) {
	if len(t.chars) != groupSize {
		return sym, false
	}
	var check byte
	for i, r := range t.chars {
		v := strings.IndexRune(crockford, lookAlike(r))
		if v < 0 {
			return sym, false
		}
		if i < groupData {
			sym[i] = byte(v)
		} else {
			check = byte(v)
		}
	}
	return sym, check == checkSymbol(g, sym)
}

// lookAlike maps the letters that Crockford's alphabet leaves out because they
// are read as digits.
func lookAlike(r rune) rune {
	switch r {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	}
	return r
}

// place writes the i-th 5-bit symbol into the secret.
func place(secret *[codeBytes]byte, i int, v byte) {
	for n := range 5 {
		bit := i*5 + n
		secret[bit/8] |= v >> (4 - n) & 1 << (7 - bit%8)
	}
}
