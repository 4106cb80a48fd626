package roster

import (
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// significant is how many digits of a number a spreadsheet keeps.
const significant = 15

// healID reads an identity number. One that has lost digits on its way is
// refused even when its check digit fits, which one ruined number in eleven
// does; what is left of it stays in the draft.
func (h *healer) healID(c cell) {
	text, lost := c.text, false
	if c.kind == cellNumber {
		text, lost = h.exactID(c.text)
	} else {
		lost = scientific(text) || h.trust.lost(digitsOf(text), false, h.today)
	}
	if lost {
		h.fail(fieldID, record.CodeIDDigitsLost, record.MaskID(c.text))
		h.draft.IDPrefix = idPrefix(c.text)
		return
	}
	read, err := record.ReadIDNumber(text, h.today)
	if err != nil {
		h.fail(fieldID, record.CodeOf(err), record.MaskID(text))
		return
	}
	h.draft.Volunteer.IDNumber = read.Number
	h.number = read
	for _, one := range read.Problems {
		// A retired area code is as valid as any: a note on every third row would
		// bury the others.
		if one.Code != record.CodeIDAreaOld {
			h.found(one)
		}
	}
}

// exactID gives the digits of a numeric cell, or says that some are lost.
func (h *healer) exactID(text string) (plain string, lost bool) {
	plain, zeros, ok := wholeNumber(text)
	switch {
	case !ok:
		return text, scientific(text)
	case len(plain) <= significant:
		return plain, zeros
	}
	return plain, strings.ContainsAny(text, "eE") || h.trust.lost(plain, true, h.today)
}

// idPrefix is the first 15 digits of a number that has lost the others; "" when
// fewer are left. A spreadsheet has put zeros in place of the last three, and
// the float that is nearest to them may lie up to 8 beside them.
func idPrefix(text string) string {
	mantissa, power, exponent := strings.Cut(strings.ToUpper(squeeze(text)), "E")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	all := whole + fraction
	if n, err := strconv.Atoi(strings.TrimPrefix(power, "+")); exponent && (err != nil || n+len(whole) != 18 || n < 0) {
		return ""
	}
	if len(all) < significant-2 || len(all) > 18 || strings.Trim(all, "0123456789") != "" || (!exponent && len(all) != 18) {
		return "" // closing zeros are not written: 13 digits may be 15
	}
	n, err := strconv.ParseUint(all+strings.Repeat("0", 18-len(all)), 10, 64)
	if err != nil || n < 1e17 {
		return ""
	}
	return strconv.FormatUint((n+8)/1000, 10)
}

// digitsOf is a text of digits alone, without the signs that people put around
// them; "" for any other.
func digitsOf(text string) string {
	plain := strings.Trim(squeeze(text), "'`\"")
	if strings.Trim(plain, "0123456789") != "" {
		return ""
	}
	return plain
}

// idTrust is what the first rows of a sheet tell of its long numbers. A number
// of 18 digits does not fit a float of 53 bits: one that went through it comes
// out as a multiple of 16 (printed in full), or with the fewest digits that
// mean the same float and zeros behind them. Any other number was never a
// float, and shows that its writer keeps digits.
type idTrust struct {
	exact  int // no float prints them, and the check digit fits
	broken int // a float prints them, and the check digit does not fit
}

// lost reports a number that may have gone through a float.
//
// A numeric cell that looks like a float's print is believed only beside others
// that no float prints, and when none of those that look so is broken: one
// writer writes a whole column, since a spreadsheet that opens and saves it
// ruins all of it. What remains doubtful is a file that a program has put
// together from exact and from rounded numbers, with a single rounded one whose
// check digit fits by chance (1 in 11) and no broken one among the first rows.
// Without such company it stays refused, as does every eighth genuine number
// that stands alone in its sheet. Text is believed unless the column shows
// broken prints and no exact number: it was a column of floats before somebody
// made text of it.
func (t idTrust) lost(plain string, numeric bool, today record.Day) bool {
	switch {
	case len(plain) != 18:
		return numeric && len(plain) > significant && strings.Trim(plain[significant:], "0") == ""
	case plain[0] == '0' || !floatPrint(plain):
		return false
	case numeric:
		return t.exact == 0 || t.broken > 0 || !checks(plain, today)
	}
	return t.exact == 0 && t.broken > 1
}

// floatPrint reports digits that a program prints for a float of 64 bits.
func floatPrint(plain string) bool {
	f, err := strconv.ParseFloat(plain, 64)
	if err != nil {
		return true
	}
	return strconv.FormatFloat(f, 'f', 0, 64) == plain || strconv.FormatFloat(f, 'f', -1, 64) == plain ||
		strings.HasSuffix(plain, "000")
}

// checks reports a number that could be somebody's.
func checks(plain string, today record.Day) bool {
	_, err := record.ReadIDNumber(plain, today)
	return err == nil
}

// trustIn looks at the long numbers in the number columns of the first rows.
func trustIn(rows []row, l *layout, today record.Day) (t idTrust) {
	for i := range rows {
		for _, c := range l.columns {
			if c.field != fieldID {
				continue
			}
			one := rows[i].at(c.col)
			plain := digitsOf(one.text)
			switch {
			case len(plain) != 18 || plain[0] == '0' || one.kind != cellNumber && one.kind != cellText:
			case !floatPrint(plain):
				t.exact += boolInt(checks(plain, today))
			case !checks(plain, today):
				t.broken++
			}
		}
	}
	return t
}

// scientific reports a text such as 1.20101E+17, which somebody has pasted
// after the spreadsheet had shortened the number.
func scientific(text string) bool {
	text = strings.TrimSpace(record.Narrow(text))
	i := strings.IndexAny(text, "eE")
	if i < 1 {
		return false
	}
	power := strings.TrimPrefix(text[i+1:], "+")
	return power != "" && strings.Trim(power, "0123456789") == "" && strings.Trim(text[:i], "0123456789.") == ""
}
