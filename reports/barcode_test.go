package reports

import (
	"fmt"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// TestBarCodes reads codes back by their widths, as a scanner does: every symbol
// is eleven modules of three bars and three gaps, and the check symbol fits.
func TestBarCodes(t *testing.T) {
	value := map[string]int{}
	for v := range 106 {
		value[pattern(v)] = v
	}
	if len(value) != 106 {
		t.Fatalf("%d symbols differ, want 106", len(value))
	}
	for n := 1; n < 9999; n += 311 {
		want := record.RowCode(record.SheetNumber(2026, n), n%300+1)
		code := pairsCode(want)
		rest, ok := strings.CutSuffix(code, stopBars)
		if !ok || len(rest)%6 != 0 {
			t.Fatalf("%s: %s", want, code)
		}
		var values []int
		for ; rest != ""; rest = rest[6:] {
			v, known := value[rest[:6]]
			if !known {
				t.Fatalf("%s: no symbol %s", want, rest[:6])
			}
			values = append(values, v)
		}
		sum, text := values[0], ""
		for i, v := range values[1 : len(values)-1] {
			sum += (i + 1) * v
			text += fmt.Sprintf("%02d", v)
		}
		if values[0] != startPairs || values[len(values)-1] != sum%103 || text != want {
			t.Errorf("%s reads %s", want, text)
		}
	}
	for _, bad := range []string{"", "123", "12a4"} {
		if pairsCode(bad) != "" {
			t.Errorf("%q has a code", bad)
		}
	}
}
