package record_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rongyuan/store/record"
)

// TestShortWaysAgree: what is read at a glance, because most cells are like
// that, is read as the whole rule reads it, which a space takes effect.
func TestShortWaysAgree(t *testing.T) {
	pieces := []string{
		"王", "建国", "〇", "龥", "龦", "·", "a", "é", "\u00a0", "\u3000", "（", "Ｘ", "\u200b", "\ufeff", "\xff", "𠮷", "\ue000",
		"129999198507011239", "12999919701001005X", "12999919701001005x", "13800001234", "12800001234", "1985", "0000",
		".", "-", "07", "7", "13", "01", "31", "32", "/", "年", " ", "\n",
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "pieces"), "")
		if got, want := record.Narrow(s), strings.TrimSuffix(record.Narrow(s+"\u3000"), " "); got != want {
			t.Errorf("narrow %q: %q, in full %q", s, got, want)
		}
		got, err := record.ReadDate(s, today)
		full, fullErr := record.ReadDate(" "+s, today)
		if got != full || record.CodeOf(err) != record.CodeOf(fullErr) {
			t.Errorf("date %q: %q %v, in full %q %v", s, got, err, full, fullErr)
		}
		number, err := record.ReadIDNumber(s, today)
		fullNumber, fullErr := record.ReadIDNumber(" "+s, today)
		if number.Number != fullNumber.Number || number.Birth != fullNumber.Birth || record.CodeOf(err) != record.CodeOf(fullErr) {
			t.Errorf("number %q: %v, in full %v", s, err, fullErr)
		}
		phones, found := record.ReadPhones(s)
		fullPhones, fullFound := record.ReadPhones(s + " ")
		if !reflect.DeepEqual(phones, fullPhones) || len(found.Errors()) != len(fullFound.Errors()) {
			t.Errorf("telephones %q: %q, in full %q", s, phones, fullPhones)
		}
		name, found := record.ReadName(s)
		fullName, fullFound := record.ReadName(s + " ")
		if name != fullName || !reflect.DeepEqual(unfixed(found), unfixed(fullFound)) {
			t.Errorf("name %q: %q %v, in full %q %v", s, name, found, fullName, fullFound)
		}
	})
}

// unfixed leaves out that something was put right.
func unfixed(p record.Problems) (out record.Problems) {
	for _, one := range p {
		if one.Level != record.LevelFixed {
			out = append(out, one)
		}
	}
	return out
}
