package record

import (
	"fmt"
	"strconv"
)

// Sheet is a printed sign-in sheet of an activity. Its rows never shift: who
// joins the team later is added below, who left keeps the row, so that a sheet
// which was printed before still says the same.
type Sheet struct {
	Number   string        `json:"number"`
	Activity ActivityID    `json:"activity"`
	Made     Day           `json:"made"`
	Rows     []VolunteerID `json:"rows"`
}

// sheetDigits is the length of a sheet's number: the year in two digits, a
// serial number in four, and a check digit; rowDigits that of a row behind it.
const (
	sheetDigits = 7
	rowDigits   = 3
)

// SheetNumber is the number of the n-th sheet of a year; n counts from 1 to
// 9999.
func SheetNumber(year, n int) string {
	body := fmt.Sprintf("%02d%04d", year%100, n)
	return body + string(checkDigit(body))
}

// IsSheetNumber reports a number that a sheet may have: one wrong digit, and two
// neighbours in the wrong order, are found.
func IsSheetNumber(s string) bool {
	return len(s) == sheetDigits && digitsOnly(s) && s[sheetDigits-1] == checkDigit(s[:sheetDigits-1])
}

// RowCode is what stands as a bar code beside a row; rows count from 1.
func RowCode(number string, row int) string { return fmt.Sprintf("%s%0*d", number, rowDigits, row) }

// ReadRowCode parts the code of a row; ok is false for anything else.
func ReadRowCode(s string) (number string, row int, ok bool) {
	if len(s) != sheetDigits+rowDigits || !digitsOnly(s) || !IsSheetNumber(s[:sheetDigits]) {
		return "", 0, false
	}
	row, err := strconv.Atoi(s[sheetDigits:])
	return s[:sheetDigits], row, err == nil && row > 0
}

// checkDigit is that of ISO/IEC 7064, MOD 11,10.
func checkDigit(body string) byte {
	p := 10
	for i := range len(body) {
		s := (p + int(body[i]-'0')) % 10
		if s == 0 {
			s = 10
		}
		p = s * 2 % 11
	}
	return byte('0' + (11-p)%10)
}

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
