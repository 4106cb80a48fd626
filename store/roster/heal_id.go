package roster

import (
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// significant is how many digits of a number a spreadsheet keeps.
const significant = 15

// healID reads an identity number. A number that a spreadsheet has cut to 15
// digits is refused even when its check digit fits, which one ruined number in
// eleven does.
func (h *healer) healID(c cell) {
	text := c.text
	if c.kind == cellNumber {
		plain, lost := exactID(c.text)
		if lost {
			h.fail(fieldID, record.CodeIDDigitsLost, record.MaskID(c.text))
			return
		}
		text = plain
	} else if scientific(text) {
		h.fail(fieldID, record.CodeIDDigitsLost, record.MaskID(text))
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

// exactID gives the digits of a numeric cell, or says that some are lost: an
// exponent on a number of 16 digits or more, zeros where the last three digits
// stood, or a multiple of 16, which is what a program prints that has put the
// number through a float of 53 bits.
func exactID(text string) (plain string, lost bool) {
	plain, zeros, ok := wholeNumber(text)
	if !ok {
		return text, scientific(text)
	}
	if len(plain) <= significant {
		return plain, zeros
	}
	if strings.ContainsAny(text, "eE") || strings.Trim(plain[significant:], "0") == "" {
		return plain, true
	}
	n, err := strconv.ParseUint(plain, 10, 64)
	return plain, len(plain) == 18 && (err != nil || n%16 == 0)
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
