package wire

import (
	"strings"
	"testing"
)

// TestFingerprintForms holds that a fingerprint is the same in every form in
// which it is printed, read aloud or typed, and that the form for scripts is
// one word.
func TestFingerprintForms(t *testing.T) {
	spoken := Fingerprint([]byte("der"))
	paired := PairedFingerprint(spoken)
	if strings.ContainsAny(paired, " \t\n") || strings.Count(paired, ":") != 31 || len(paired) != 95 {
		t.Errorf("paired: %q", paired)
	}
	plain := strings.ReplaceAll(paired, ":", "")
	for _, form := range []string{
		spoken, paired, plain, strings.ToLower(plain), strings.ToLower(paired), strings.ReplaceAll(paired, ":", "-"),
		strings.ReplaceAll(spoken, " ", "\t"), paired + "\r\n", strings.ReplaceAll(paired, ":", "："),
	} {
		if !SameFingerprint(form, spoken) || !SameFingerprint(spoken, form) || PairedFingerprint(form) != paired {
			t.Errorf("%q is not the same", form)
		}
	}
	other := PairedFingerprint(Fingerprint([]byte("another")))
	for _, form := range []string{other, paired[:len(paired)-3], paired + ":00", strings.Replace(paired, ":", "/", 1), "::::"} {
		if SameFingerprint(form, spoken) {
			t.Errorf("%q is the same", form)
		}
	}
}
