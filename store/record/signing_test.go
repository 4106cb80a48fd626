package record

import (
	"bytes"
	"crypto/ed25519"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var (
	aSeed        = bytes.Repeat([]byte{7}, ed25519.SeedSize)
	districtSeed = bytes.Repeat([]byte{8}, ed25519.SeedSize)
)

func signedStamp(endorsed bool) Stamp {
	s := Stamp{Purpose: PurposeCertificate, Message: []byte("王建国\n62.5 小时")}
	s.Signature = Sign(aSeed, s.Purpose, "129999004", s.Message)
	if endorsed {
		s.Signature.Endorsed = ed25519.Sign(ed25519.NewKeyFromSeed(districtSeed), EndorsementBytes("129999004", s.Signature.Public))
	}
	return s
}

func TestAStampComesBackWhole(t *testing.T) {
	for _, endorsed := range []bool{false, true} {
		s := signedStamp(endorsed)
		text, err := s.Text()
		if err != nil || strings.Trim(text, "0123456789") != "" {
			t.Fatalf("text %q, %v", text, err)
		}
		typed := "　" + text[:40] + "\r\n" + text[40:] + " "
		back, err := ReadStamp(typed)
		if err != nil || !back.Holds() || !bytes.Equal(back.Message, s.Message) || back.Signature.Station != "129999004" {
			t.Errorf("read back: %+v, %v", back, err)
		}
	}
}

// TestNoAlteredDigitHolds changes every digit of a stamp to another one.
func TestNoAlteredDigitHolds(t *testing.T) {
	text, err := signedStamp(true).Text()
	if err != nil {
		t.Fatal(err)
	}
	known := []TrustedKey{{Owner: OwnerDistrict, Code: "129999", Public: ed25519.NewKeyFromSeed(districtSeed).Public().(ed25519.PublicKey), State: KeyActive}}
	for i := range text {
		altered := []byte(text)
		altered[i] = '0' + (altered[i]-'0'+1)%10
		s, err := ReadStamp(string(altered))
		if err != nil {
			if CodeOf(err) != CodeStampUnread {
				t.Fatalf("digit %d: %v", i, err)
			}
			continue
		}
		// An altered endorsement leaves the station's signature whole, and then
		// nobody vouches for the key.
		if standing, _ := s.Signature.Standing(known); s.Holds() && standing != StandingUnknown {
			t.Fatalf("digit %d altered, and the stamp still holds", i)
		}
	}
}

func TestReadStampRefusesEverythingElse(t *testing.T) {
	text, err := signedStamp(false).Text()
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "7301", "7301123", text[:len(text)-1], text[4:], text + "1", "7301" + strings.Repeat("9", 17), "https://example.org", strings.Repeat("7301", 9000)} {
		s, err := ReadStamp(bad)
		if err == nil && s.Holds() {
			t.Errorf("%.20q was read", bad)
		}
	}
}

func FuzzReadStamp(f *testing.F) {
	text, err := signedStamp(true).Text()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add("7301000000")
	f.Fuzz(func(t *testing.T, typed string) {
		s, err := ReadStamp(typed)
		if err != nil {
			return
		}
		again, err := s.Text()
		if err != nil {
			t.Fatalf("a stamp that was read cannot be written: %v", err)
		}
		if again != strings.Join(strings.Fields(Narrow(typed)), "") {
			t.Fatalf("two texts for one stamp")
		}
	})
}

func TestDigitsHoldAnyBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOfN(rapid.Byte(), 0, 60).Draw(t, "raw")
		back, ok := bytesOf(digitsOf(raw))
		if !ok || !bytes.Equal(back, raw) {
			t.Fatalf("%x came back as %x", raw, back)
		}
	})
}

func TestStanding(t *testing.T) {
	plain, endorsed := signedStamp(false).Signature, signedStamp(true).Signature
	station := TrustedKey{Owner: OwnerStation, Code: "129999004", Public: plain.Public, State: KeyActive}
	own := station
	own.Own = true
	retired := station
	retired.State = KeyRetired
	revoked := station
	revoked.State = KeyRevoked
	other := station
	other.Code = "129999005"
	district := TrustedKey{Owner: OwnerDistrict, Public: ed25519.NewKeyFromSeed(districtSeed).Public().(ed25519.PublicKey), State: KeyActive}
	for name, c := range map[string]struct {
		s    Signature
		keys []TrustedKey
		want Standing
	}{
		"nobody":               {plain, nil, StandingUnknown},
		"own":                  {plain, []TrustedKey{own}, StandingOwn},
		"taken in":             {plain, []TrustedKey{station}, StandingKnown},
		"retired":              {plain, []TrustedKey{retired}, StandingKnown},
		"another station's":    {plain, []TrustedKey{other}, StandingUnknown},
		"endorsed":             {endorsed, []TrustedKey{district}, StandingEndorsed},
		"own and endorsed":     {endorsed, []TrustedKey{own, district}, StandingOwn},
		"not endorsed":         {plain, []TrustedKey{district}, StandingUnknown},
		"revoked":              {plain, []TrustedKey{revoked}, StandingRevoked},
		"revoked yet endorsed": {endorsed, []TrustedKey{district, revoked}, StandingRevoked},
	} {
		if got, _ := c.s.Standing(c.keys); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestASignatureIsForOnePurposeAndOneStation(t *testing.T) {
	s := signedStamp(false)
	if s.Signature.Holds(PurposeReport, s.Message) {
		t.Error("a certificate's signature holds under a report")
	}
	moved := s.Signature
	moved.Station = "129999005"
	if moved.Holds(s.Purpose, s.Message) {
		t.Error("a signature holds for another station")
	}
}

func TestFingerprint(t *testing.T) {
	if got := KeyOf([]byte("a")).Fingerprint(); len(got) != 39 || strings.Count(got, "-") != 7 {
		t.Errorf("fingerprint %q", got)
	}
}
