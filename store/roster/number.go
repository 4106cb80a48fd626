package roster

import (
	"strconv"
	"strings"
)

// wholeNumber writes a number of the XML as plain digits: 1.38E10 is
// 13800000000. It never passes through a float. It is false for what is no
// whole number from 0; lost says that the exponent promised digits that the
// text does not have, so that zeros stand for them.
func wholeNumber(text string) (plain string, lost, ok bool) {
	mantissa, power := text, 0
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		n, err := strconv.Atoi(text[i+1:])
		if err != nil || n < -30 || n > 30 {
			return "", false, false
		}
		mantissa, power = text[:i], n
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return "", false, false
	}
	fraction = strings.TrimRight(fraction, "0")
	if power < len(fraction) {
		return "", false, false
	}
	missing := power - len(fraction)
	plain = strings.TrimLeft(whole+fraction+strings.Repeat("0", missing), "0")
	return plain, missing > 0, plain != ""
}

// decimal is a number rounded to four places, without closing zeros unless the
// file wrote them: 1985.0899999999999 is 1985.09, 1985.10 stays. It serves
// dates only.
func decimal(text string) string {
	whole, fraction, found := strings.Cut(text, ".")
	if !found || len(fraction) <= 4 || strings.ContainsAny(text, "eE") {
		return text
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	out := strings.TrimRight(strconv.FormatFloat(f, 'f', 4, 64), "0")
	if strings.TrimSuffix(out, ".") == whole {
		return whole
	}
	return strings.TrimSuffix(out, ".")
}

// said is the text of a cell as a person would read it in the sheet. Numbers
// keep the digits of the file.
func (c cell) said() string {
	if c.kind != cellNumber {
		return c.text
	}
	if plain, lost, ok := wholeNumber(c.text); ok && !lost {
		return plain
	}
	return decimal(c.text)
}
