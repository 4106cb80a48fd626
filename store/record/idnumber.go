package record

import "strings"

// IDNumber is a citizen identity number of 18 characters (GB 11643-1999), the
// last a digit or an upper-case X.
type IDNumber string

// IDReading is what a written identity number says.
type IDReading struct {
	Number IDNumber
	Birth  Date
	Sex    Sex
	// Problems are warnings and notes only: digits converted, marks removed,
	// retired area codes.
	Problems Problems
}

const idChecks = "10X98765432"

var idWeight = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// retiredAreas are area codes of Tianjin that are no longer given out and stay
// valid on the cards that bear them (塘沽 汉沽 大港 宁河 武清 静海 宝坻 蓟县).
var retiredAreas = map[string]bool{
	"120107": true, "120108": true, "120109": true, "120221": true,
	"120222": true, "120223": true, "120224": true, "120225": true,
}

// ReadIDNumber reads an identity number as people write it: spaces, quotes,
// dashes, full-width digits and a lower-case x are put right, 15 digits are
// extended to 18. The error is an [Error] with a code of the id_ family. An
// unknown area code is a warning, never a refusal: the area is where the number
// was given out, not where the person lives.
func ReadIDNumber(raw string, today Day) (IDReading, error) {
	var out IDReading
	text := cleanID(raw)
	if err := idShape(text); err != nil {
		return out, err
	}
	if text != raw {
		out.Problems.Add(LevelFixed, "id_number", CodeIDNormalised)
	}
	if len(text) == 15 {
		text = text[:6] + "19" + text[6:]
		text += string(idCheckDigit(text))
		out.Problems.Add(LevelFixed, "id_number", CodeIDConverted)
	}
	if idCheckDigit(text[:17]) != text[17] {
		return out, FailField("id_number", CodeIDChecksum)
	}
	birth := Date(text[6:10] + "-" + text[10:12] + "-" + text[12:14])
	if err := checkIDBirth(birth, today); err != nil {
		return out, err
	}
	out.Number, out.Birth, out.Sex = IDNumber(text), birth, Female
	if (text[16]-'0')%2 == 1 {
		out.Sex = Male
	}
	out.Problems.checkArea(text[:6])
	return out, nil
}

// cleanID removes what typists and spreadsheets put around the digits. The
// multiplication sign stands for X by habit; a star does not, since it masks.
func cleanID(raw string) string {
	if len(raw) == 18 && digits(raw[:17]) && (digits(raw[17:]) || raw[17] == 'X') {
		return raw
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', '\r', '\'', '‘', '’', '`', '"', '-', '–', '—', '_':
			return -1
		case 'x', '×', '✕', '╳':
			return 'X'
		}
		return r
	}, strings.TrimRight(Narrow(raw), ".。 "))
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func idShape(text string) error {
	if strings.Contains(text, "*") {
		return FailField("id_number", CodeIDMasked)
	}
	if text == "" {
		return FailField("id_number", CodeRequired)
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
		if text[i:] != "X" || len(text) == 15 {
			return FailField("id_number", CodeIDCharacters)
		}
	}
	switch {
	case len(text) == 36 || len(text) == 30:
		return FailField("id_number", CodeIDRepeated)
	case len(text) != 15 && len(text) != 18:
		return FailField("id_number", CodeIDLength)
	case strings.Count(text, text[:1]) >= len(text)-1:
		return FailField("id_number", CodeIDRepeated)
	}
	return nil
}

func idCheckDigit(first17 string) byte {
	sum := 0
	for i, w := range idWeight {
		sum += int(first17[i]-'0') * w
	}
	return idChecks[sum%11]
}

func checkIDBirth(birth Date, today Day) error {
	if !birth.Valid() || birth.Precision() != PrecisionDay || Day(birth) > today {
		return FailField("id_number", CodeIDBirth)
	}
	if birth.AgeOn(today) > 120 {
		return FailField("id_number", CodeIDAge)
	}
	return nil
}

// checkArea knows the two first digits of every province (GB/T 2260) and the
// retired codes of Tianjin.
func (p *Problems) checkArea(area string) {
	const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
	switch {
	case retiredAreas[area]:
		p.Add(LevelFixed, "id_number", CodeIDAreaOld)
	case !strings.Contains(provinces, area[:2]):
		p.Add(LevelWarning, "id_number", CodeIDAreaOdd)
	}
}
