package record

import "testing"

func TestSheetNumbersFindTypos(t *testing.T) {
	seen := map[string]bool{}
	for n := 1; n <= 9999; n += 37 {
		number := SheetNumber(2026, n)
		if !IsSheetNumber(number) || seen[number] {
			t.Fatalf("%s is not good or stands twice", number)
		}
		seen[number] = true
		for at := range number {
			for _, digit := range "0123456789" {
				wrong := number[:at] + string(digit) + number[at+1:]
				if wrong != number && IsSheetNumber(wrong) {
					t.Errorf("%s passes for %s", wrong, number)
				}
			}
		}
		code, row, ok := ReadRowCode(RowCode(number, 17))
		if !ok || code != number || row != 17 {
			t.Errorf("row code of %s: %s %d %v", number, code, row, ok)
		}
	}
	for _, s := range []string{"", "260001", "26000１7", "2600017000", "26000170120", "abcdefg"} {
		if _, _, ok := ReadRowCode(s); ok || IsSheetNumber(s) && len(s) != 7 {
			t.Errorf("%q passes", s)
		}
	}
}
