package record_test

import (
	"strings"
	"testing"

	"rongyuan/store/record"
)

const today record.Day = "2026-11-20"

func TestReadIDNumber(t *testing.T) {
	const male, cross = "129999198507011239", "12999919701001005X"
	ok := record.Code("")
	for _, c := range []struct {
		name, raw string
		code      record.Code
		number    record.IDNumber
	}{
		{"the example", male, ok, male},
		{"the example with X", cross, ok, cross},
		{"15 digits", "129999700101123", ok, "129999197001011237"},
		{"lower-case x", "12999919701001005x", ok, cross},
		{"full-width X", "12999919701001005Ｘ", ok, cross},
		{"multiplication sign", "12999919701001005×", ok, cross},
		{"multiplication sign, but the digit is 9", "12999919850701123×", record.CodeIDChecksum, ""},
		{"Cyrillic Ha", "12999919701001005Х", record.CodeIDCharacters, ""},
		{"star in the last place", "12999919701001005*", record.CodeIDMasked, ""},
		{"full-width digits", "１２９９９９１９８５０７０１１２３９", ok, male},
		{"leading quote", "'" + male, ok, male},
		{"curly quotes", "‘" + male + "’", ok, male},
		{"spaces and no-break spaces", " 129999 19850701\u00a01239\u3000", ok, male},
		{"zero-width space", "\u200b" + male + "\ufeff", ok, male},
		{"dashes", "129999-19850701-1239", ok, male},
		{"trailing stop", male + "。", ok, male},
		{"check digit wrong", "129999198507011238", record.CodeIDChecksum, ""},
		{"two digits exchanged", "129999198507012139", record.CodeIDChecksum, ""},
		{"masked", "129999********1239", record.CodeIDMasked, ""},
		{"masked with full-width stars", "129999＊＊＊＊＊＊＊＊1239", record.CodeIDMasked, ""},
		{"17 digits", "12999919850701123", record.CodeIDLength, ""},
		{"17 with X at the end", "1299991970100100X", record.CodeIDLength, ""},
		{"19 digits", male + "9", record.CodeIDLength, ""},
		{"15 with X at the end", "12999970010112X", record.CodeIDCharacters, ""},
		{"X inside", "1299991985X7011239", record.CodeIDCharacters, ""},
		{"letters", "A29999198507011239", record.CodeIDCharacters, ""},
		{"spreadsheet float", "1.2999919850701E+17", record.CodeIDCharacters, ""},
		{"Arabic digits", "٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧", record.CodeIDCharacters, ""},
		{"empty", "", record.CodeRequired, ""},
		{"only a quote", "'", record.CodeRequired, ""},
		{"all zero", "000000000000000000", record.CodeIDRepeated, ""},
		{"all one, 15", "111111111111111", record.CodeIDRepeated, ""},
		{"two numbers", male + " " + male, record.CodeIDRepeated, ""},
		{"30 February", withCheck("12999919850230123"), record.CodeIDBirth, ""},
		{"month 13", withCheck("12999919851301123"), record.CodeIDBirth, ""},
		{"29 February of a common year", withCheck("12999919850229123"), record.CodeIDBirth, ""},
		{"29 February of a leap year", withCheck("12999919840229123"), ok, record.IDNumber(withCheck("12999919840229123"))},
		{"born today", withCheck("12999920261120123"), ok, record.IDNumber(withCheck("12999920261120123"))},
		{"born tomorrow", withCheck("12999920261121123"), record.CodeIDBirth, ""},
		{"120 years old", withCheck("12999919061120123"), ok, record.IDNumber(withCheck("12999919061120123"))},
		{"121 years old today", withCheck("12999919051120123"), record.CodeIDAge, ""},
		{"year 1000", withCheck("12999910000101123"), record.CodeIDBirth, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := record.ReadIDNumber(c.raw, today)
			if code := record.CodeOf(err); code != c.code || got.Number != c.number {
				t.Errorf("code %q, number %q; want %q, %q", code, got.Number, c.code, c.number)
			}
			if err == nil && got.Problems.Has(record.CodeIDNormalised) != (c.raw != string(got.Number) && len(c.raw) != 15) {
				t.Errorf("findings %v", got.Problems)
			}
		})
	}
}

// withCheck completes 17 digits by ISO 7064 MOD 11-2, written another way than
// in the package: 2^(17-i) mod 11 are the weights.
func withCheck(first17 string) string {
	p := 0
	for _, r := range first17 {
		p = (p + int(r-'0')) * 2 % 11
	}
	return first17 + string("0123456789X"[(12-p)%11])
}

func TestIDNumberTellsBirthSexAndArea(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		birth     record.Date
		sex       record.Sex
		codes     []record.Code
	}{
		{"odd is male", "129999198507011239", "1985-07-01", record.Male, nil},
		{"even is female", withCheck("12999919850701124"), "1985-07-01", record.Female, nil},
		{"15 digits", "129999700101123", "1970-01-01", record.Male, []record.Code{record.CodeIDConverted}},
		{"retired area", withCheck("12022319850701123"), "1985-07-01", record.Male, []record.Code{record.CodeIDAreaOld}},
		{"no such province", withCheck("99999919850701123"), "1985-07-01", record.Male, []record.Code{record.CodeIDAreaOdd}},
		{"another province", withCheck("65999919850701123"), "1985-07-01", record.Male, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := record.ReadIDNumber(c.raw, today)
			if err != nil {
				t.Fatal(err)
			}
			if got.Birth != c.birth || got.Sex != c.sex {
				t.Errorf("born %s, sex %s", got.Birth, got.Sex)
			}
			if len(got.Problems.Errors()) > 0 || strings.Join(codesOf(got.Problems), " ") != strings.Join(texts(c.codes), " ") {
				t.Errorf("findings %v, want %v", codesOf(got.Problems), c.codes)
			}
		})
	}
}

// The check digit finds every single wrong digit and every exchange of two
// neighbours; that is what a clerk is told to rely on.
func TestCheckDigitFindsEverySlipOfAFinger(t *testing.T) {
	const good = "129999198507011239"
	for i := range good {
		for d := '0'; d <= '9'; d++ {
			slip := good[:i] + string(d) + good[i+1:]
			if slip == good {
				continue
			}
			if got, err := record.ReadIDNumber(slip, today); err == nil {
				t.Errorf("digit %d typed as %c passes as %s", i+1, d, record.MaskID(string(got.Number)))
			}
		}
		if i > 0 && good[i] != good[i-1] {
			slip := good[:i-1] + string(good[i]) + string(good[i-1]) + good[i+1:]
			if _, err := record.ReadIDNumber(slip, today); err == nil {
				t.Errorf("digits %d and %d exchanged pass", i, i+1)
			}
		}
	}
}

func TestReadPhones(t *testing.T) {
	for _, c := range []struct {
		name, raw, want string
		bad             bool
	}{
		{"mobile", "13800001234", "13800001234", false},
		{"with spaces", "138 0000 1234", "13800001234", false},
		{"with dashes", "138-0000-1234", "13800001234", false},
		{"+86", "+86 138 0000 1234", "13800001234", false},
		{"0086", "008613800001234", "13800001234", false},
		{"86 without a sign", "8613800001234", "13800001234", false},
		{"full width", "１３８００００１２３４", "13800001234", false},
		{"quote", "'13800001234", "13800001234", false},
		{"two by enumeration comma", "13800001234、13900001234", "13800001234 13900001234", false},
		{"two by slash", "13800001234/13900001234", "13800001234 13900001234", false},
		{"two by semicolon", "13800001234；13900001234", "13800001234 13900001234", false},
		{"two by space", "13800001234 13900001234", "13800001234 13900001234", false},
		{"two by line break", "13800001234\n13900001234", "13800001234 13900001234", false},
		{"twice the same", "13800001234、138 0000 1234", "13800001234", false},
		{"landline with area", "022-27000000", "02227000000", false},
		{"area in brackets", "（022）27000000", "02227000000", false},
		{"landline alone", "27000000", "27000000", false},
		{"mobile and landline", "13800001234 022-27000000", "13800001234 02227000000", false},
		{"read as a number", "13800001234.0", "13800001234", false},
		{"empty", "", "", false},
		{"only separators", " 、/ ", "", false},
		{"ten digits", "1380000123", "", true},
		{"ten digits read as a number", "1380000123.0", "", true},
		{"twelve digits", "138000012345", "", true},
		{"float", "1.38E+10", "", true},
		{"service number", "12345", "", true},
		{"mobile beginning with 12", "12800001234", "", true},
		{"zeros", "00000000000", "", true},
		{"landline beginning with 1", "12700000", "", true},
		{"words", "无", "", true},
		{"one good, one bad", "13800001234、139", "", true},
		{"masked", "138****1234", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, found := record.ReadPhones(c.raw)
			if strings.Join(got, " ") != c.want || (len(found.Errors()) > 0) != c.bad {
				t.Errorf("%q %v, want %q, bad %v", got, found, c.want, c.bad)
			}
			if fixed := found.Has(record.CodePhoneFixed); fixed != (len(got) > 0 && strings.Join(got, "") != c.raw) {
				t.Errorf("fixed is %v", fixed)
			}
		})
	}
}

func TestReadName(t *testing.T) {
	ok := record.Code("")
	for _, c := range []struct {
		name, raw, want string
		code            record.Code
	}{
		{"plain", "王建国", "王建国", ok},
		{"wide space inside", "张　三", "张三", record.CodeNameNormalised},
		{"spaces around", " 张三\u00a0", "张三", record.CodeNameNormalised},
		{"line break inside", "张\n三", "张三", record.CodeNameNormalised},
		{"middle dot", "阿卜杜·热合曼", "阿卜杜·热合曼", ok},
		{"bullet", "阿卜杜•热合曼", "阿卜杜·热合曼", record.CodeNameNormalised},
		{"full stop", "阿卜杜.热合曼", "阿卜杜·热合曼", record.CodeNameNormalised},
		{"full-width stop", "阿卜杜．热合曼", "阿卜杜·热合曼", record.CodeNameNormalised},
		{"katakana dots", "阿卜杜・热合曼･买买提", "阿卜杜·热合曼·买买提", record.CodeNameNormalised},
		{"dot between spaces", "阿卜杜 . 热合曼", "阿卜杜·热合曼", record.CodeNameNormalised},
		{"rare, extension B", "𬱖𠮷", "𬱖𠮷", ok},
		{"zero as a character", "李〇", "李〇", ok},
		{"variation selector", "葛\U000e0100洪", "葛\U000e0100洪", ok},
		{"private use", "王\ue000", "王\ue000", record.CodeNamePrivateUse},
		{"Latin", "John  Smith", "John Smith", record.CodeNameNormalised},
		{"Latin with initial", "J. Smith", "J. Smith", ok},
		{"empty", "", "", record.CodeRequired},
		{"only wide space", "　　", "", record.CodeRequired},
		{"one character", "王", "王", record.CodeNameShort},
		{"one character and a dot", "王·", "王·", record.CodeNameShort},
		{"signs only", "--", "--", record.CodeNameShort},
		{"digits", "王建国1", "王建国1", record.CodeNameCharacters},
		{"full-width digit", "王建国１", "王建国1", record.CodeNameCharacters},
		{"total row", "合计：", "合计:", record.CodeNameCharacters},
		{"total of people", "小计12人", "小计12人", record.CodeNameCharacters},
		{"suffix in brackets", "王建国（组长）", "王建国(组长)", record.CodeNameCharacters},
		{"question mark for a lost character", "王?国", "王?国", record.CodeNameCharacters},
		{"replacement character", "王\ufffd国", "王\ufffd国", record.CodeNameCharacters},
		{"invalid UTF-8", "王\xff国", "王\ufffd国", record.CodeNameCharacters},
		{"emoji", "王建国😀", "王建国😀", record.CodeNameCharacters},
		{"formula", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0", record.CodeNameCharacters},
		{"NUL", "王\x00国", "王\x00国", record.CodeControlChars},
		{"direction override", "王\u202e国", "王\u202e国", record.CodeControlChars},
		{"fifty", strings.Repeat("长", 50), strings.Repeat("长", 50), ok},
		{"fifty-one", strings.Repeat("长", 51), strings.Repeat("长", 51), record.CodeTooLong},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, found := record.ReadName(c.raw)
			if got != c.want || strings.Join(codesOf(found), " ") != string(c.code) {
				t.Errorf("%q %v, want %q %s", got, codesOf(found), c.want, c.code)
			}
		})
	}
}

// A name that is made of two Han characters is a name: which rows of a sheet
// are totals is for the reader of the sheet to know.
func TestReadNameLeavesTotalsToTheSheet(t *testing.T) {
	for _, word := range []string{"合计", "小计"} {
		if got, found := record.ReadName(word); got != word || len(found) != 0 {
			t.Errorf("%s: %q %v", word, got, found)
		}
	}
}

func TestMasks(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{record.MaskID("129999198507011239"), "129999********1239"},
		{record.MaskID("12999919701001005X"), "129999********005X"},
		{record.MaskID("129999700101123"), "129999*****1123"},
		{record.MaskID("1299991985"), "******1985"},
		{record.MaskID("1299991"), "*******"},
		{record.MaskID(""), ""},
		{record.MaskPhone("13800001234"), "138****1234"},
		{record.MaskPhone("02227001234"), "022****1234"},
		{record.MaskPhone("27001234"), "****1234"},
		{record.MaskPhone("2700123"), "*******"},
		{strings.Join(record.MaskPhones([]string{"13800001234", "27001234"}), " "), "138****1234 ****1234"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
	for n := range 30 {
		digits := strings.Repeat("7", n)
		for _, masked := range []string{record.MaskID(digits), record.MaskPhone(digits)} {
			if hidden := strings.Count(masked, "*"); len(masked) != n || hidden < min(n, 4) {
				t.Errorf("%d digits: %s hides %d", n, masked, hidden)
			}
		}
	}
}

func codesOf(p record.Problems) []string {
	var out []string
	for _, one := range p {
		out = append(out, string(one.Code))
	}
	return out
}

func texts(codes []record.Code) []string {
	var out []string
	for _, one := range codes {
		out = append(out, string(one))
	}
	return out
}
