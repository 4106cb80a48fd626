package record

import "testing"

func TestDraftMayMean(t *testing.T) {
	for _, c := range []struct {
		prefix string
		number IDNumber
		want   bool
	}{
		{"129999198507011", "129999198507011239", true},
		{"129999198507012", "129999198507011239", false},
		{"129999198507012", "129999198507011783", true}, // rounded, not cut
		{"129999198507011", "129999198507011783", true},
		{"129999198507020", "129999198507019998", true},
		{"", "129999198507011239", false},
		{"1299991985070", "129999198507011239", false},
		{"129999198507011", "", false},
	} {
		if got := (Draft{IDPrefix: c.prefix}).MayMean(c.number); got != c.want {
			t.Errorf("%s of %s: %v, want %v", c.prefix, MaskID(string(c.number)), got, c.want)
		}
	}
}
