package seal

import (
	"bytes"
	"crypto/ecdh"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
)

const testStation = "129999004"

func testRequest(t testing.TB, k *Key) (EscrowRequest, *ecdh.PrivateKey) {
	t.Helper()
	slot := must(NewEscrowSlot(fixed(7), k, Escrow{EscrowName(testStation, "某区退役军人服务中心"), districtKey(t, 1).PublicKey()}))(t)
	r, private, err := NewEscrowRequest(fixed(8), testStation, "某街道<退役>站", slot)
	if err != nil {
		t.Fatal(err)
	}
	return r, private
}

func TestEscrowRequestAndAnswer(t *testing.T) {
	k := testKey(t, 1)
	r, private := testRequest(t, k)
	read := must(ParseEscrowRequest(must(json.MarshalIndent(r, "", "  "))(t)))(t)
	if read.Fingerprint() != r.Fingerprint() || len(r.Fingerprint()) != 19 {
		t.Errorf("check %q, read back %q", r.Fingerprint(), read.Fingerprint())
	}
	a := must(read.Answer(fixed(9), districtKey(t, 1)))(t)
	a = must(ParseEscrowAnswer(must(json.MarshalIndent(a, "", "  "))(t)))(t)
	if got := must(a.Open(r, private))(t); !got.Same(k) || got.ID() != k.ID() {
		t.Error("another key came out")
	}
	if r.Slot.Holder() != "某区退役军人服务中心" {
		t.Errorf("holder %q", r.Slot.Holder())
	}
	if _, err := read.Answer(fixed(9), districtKey(t, 2)); !errors.Is(err, ErrWrongSecret) {
		t.Errorf("another district answers: %v", err)
	}
	if _, err := a.Open(r, districtKey(t, 2)); !errors.Is(err, ErrWrongSecret) {
		t.Errorf("opened without the one-time key: %v", err)
	}
	other, otherPrivate, err := NewEscrowRequest(fixed(10), testStation, "", r.Slot)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Open(other, otherPrivate); !errors.Is(err, ErrForeignAnswer) {
		t.Errorf("answer to another request: %v", err)
	}
	if other.Fingerprint() == r.Fingerprint() {
		t.Error("two requests have one check")
	}
}

// TestAnswerIsBoundToItsRequest changes what the answer says of its request and
// does the checksum again, as only malice would.
func TestAnswerIsBoundToItsRequest(t *testing.T) {
	r, private := testRequest(t, testKey(t, 1))
	good := must(r.Answer(fixed(9), districtKey(t, 1)))(t)
	for name, change := range map[string]func(*EscrowRequest, *EscrowAnswer){
		"station":   func(_ *EscrowRequest, a *EscrowAnswer) { a.Station = "129999005" },
		"key id":    func(_ *EscrowRequest, a *EscrowAnswer) { a.Slot.KeyID++ },
		"id":        func(_ *EscrowRequest, a *EscrowAnswer) { a.Slot.Name = strings.Repeat("0", 32) },
		"both ids":  func(r *EscrowRequest, a *EscrowAnswer) { r.ID = strings.Repeat("0", 32); a.Slot.Name = r.ID },
		"both keys": func(r *EscrowRequest, a *EscrowAnswer) { r.Slot.KeyID++; a.Slot.KeyID++ },
		"recipient": func(_ *EscrowRequest, a *EscrowAnswer) { a.Slot.Recipient = flipped(a.Slot.Recipient) },
	} {
		asked, a := r, good
		change(&asked, &a)
		a.Slot.Sum = a.Slot.sum()
		if key, err := a.Open(asked, private); err == nil || key != nil {
			t.Errorf("%s is not bound", name)
		}
	}
}

func TestEveryBitFlipOfAPaperIsRefused(t *testing.T) {
	r, private := testRequest(t, testKey(t, 1))
	a := must(r.Answer(fixed(9), districtKey(t, 1)))(t)
	flips(must(json.MarshalIndent(a, "", "  "))(t), func(bit int, changed []byte) {
		if read, err := ParseEscrowAnswer(changed); err == nil {
			if _, err = read.Open(r, private); err == nil {
				t.Errorf("answer, bit %d: opens", bit)
			}
		} else if !paperRefusal(err) {
			t.Errorf("answer, bit %d: %v", bit, err)
		}
	})
	// A changed request may still be one: its check is then another, and the
	// answer opens for nobody.
	flips(must(json.MarshalIndent(r, "", "  "))(t), func(bit int, changed []byte) {
		read, err := ParseEscrowRequest(changed)
		switch {
		case err != nil && !paperRefusal(err):
			t.Errorf("request, bit %d: %v", bit, err)
		case err == nil && read.Fingerprint() == r.Fingerprint():
			t.Errorf("request, bit %d: the same check", bit)
		}
	})
}

func paperRefusal(err error) bool {
	return isDamage(err) || errors.Is(err, ErrDamagedPaper) || errors.Is(err, ErrSlotKind)
}

func TestPapersAreStrict(t *testing.T) {
	r, _ := testRequest(t, testKey(t, 1))
	whole := string(must(json.Marshal(r))(t))
	device := must(json.Marshal(locks(t, testKey(t, 1))[KindDevice].slot))(t)
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"empty":         {"", ErrDamagedPaper},
		"null":          {"null", ErrDamagedPaper},
		"newer":         {`{"version":2,"what":"ever"}`, ErrUnknownVersion},
		"unknown field": {strings.Replace(whole, `"id"`, `"more":1,"id"`, 1), ErrDamagedPaper},
		"twice":         {strings.Replace(whole, `"id"`, `"id":"","id"`, 1), ErrDamagedPaper},
		"other station": {strings.Replace(whole, testStation, "129999005", 1), ErrDamagedPaper},
		"short station": {strings.Replace(whole, testStation, "12999900", 1), ErrDamagedPaper},
		"device slot":   {strings.Replace(whole, string(must(json.Marshal(r.Slot))(t)), string(device), 1), ErrSlotKind},
		"cut":           {whole[:len(whole)-1], ErrDamagedPaper},
		"huge":          {whole + strings.Repeat(" ", maxPaper), ErrDamagedPaper},
	} {
		if _, err := ParseEscrowRequest([]byte(c.text)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := NewEscrowRequest(fixed(1), "129999005", "", r.Slot); !errors.Is(err, ErrDamagedPaper) {
		t.Errorf("a slot of another station: %v", err)
	}
	if _, _, err := NewEscrowRequest(bytes.NewReader(nil), testStation, "", r.Slot); err == nil {
		t.Error("a request without randomness")
	}
	r.Key = make([]byte, pointSize)
	if _, err := r.Answer(fixed(1), districtKey(t, 1)); !errors.Is(err, ErrBadKey) {
		t.Errorf("a point of low order: %v", err)
	}
}

func TestEscrowNameFits(t *testing.T) {
	k := testKey(t, 1)
	for _, district := range []string{"", "区\n中心\x00", "\xff\xfe", strings.Repeat("长", 300)} {
		name := EscrowName(testStation, district)
		if must(NewEscrowSlot(fixed(1), k, Escrow{name, districtKey(t, 1).PublicKey()}))(t).Name != name {
			t.Errorf("%q", name)
		}
	}
}

// paperGolden are papers as version 1 writes them. The keys are those of the
// tests, so that nothing else has to be kept.
type paperGolden struct {
	Request json.RawMessage `json:"request"`
	Answer  json.RawMessage `json:"answer"`
}

const papersPath = "testdata/escrow.v1.json"

func readPapers(t testing.TB) (g paperGolden) {
	t.Helper()
	if err := json.Unmarshal(must(os.ReadFile(papersPath))(t), &g); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestEscrowGolden(t *testing.T) {
	k := testKey(t, 1)
	_, private := testRequest(t, k)
	if _, err := os.Stat(papersPath); errors.Is(err, os.ErrNotExist) && *appendGolden {
		r, _ := testRequest(t, k)
		a := must(r.Answer(fixed(9), districtKey(t, 1)))(t)
		g := paperGolden{must(json.Marshal(r))(t), must(json.Marshal(a))(t)}
		if err := os.WriteFile(papersPath, append(must(json.MarshalIndent(g, "", " "))(t), '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	g := readPapers(t)
	r := must(ParseEscrowRequest(g.Request))(t)
	if got := must(must(ParseEscrowAnswer(g.Answer))(t).Open(r, private))(t); !got.Same(k) {
		t.Error("the answer gives another key")
	}
	if r.Fingerprint() != "BE7M-2Z12-JR0R-HBKQ" {
		t.Errorf("the check is now %s", r.Fingerprint())
	}
}

func FuzzEscrowRequest(f *testing.F) {
	r, _ := testRequest(f, testKey(f, 1))
	f.Add(must(json.Marshal(r))(f))
	f.Add([]byte(`{"version":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := ParseEscrowRequest(data)
		if err != nil {
			if !paperRefusal(err) || read.ID != "" {
				t.Fatalf("%v, or a request beside it", err)
			}
			return
		}
		if again := must(json.Marshal(read))(t); !bytes.Equal(again, canonical(data)) {
			t.Fatal("a request does not come back as it was written")
		}
		if a, err := read.Answer(fixed(1), districtKey(t, 2)); err == nil {
			t.Fatalf("answered by a key that is nobody's: %v", a)
		}
	})
}

func FuzzEscrowAnswer(f *testing.F) {
	_, private := testRequest(f, testKey(f, 1))
	asked := must(ParseEscrowRequest(readPapers(f).Request))(f)
	good := canonical(readPapers(f).Answer) // the same in every process
	f.Add(good)
	f.Add([]byte(`{"version":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := ParseEscrowAnswer(data)
		if err != nil {
			if !paperRefusal(err) || read.Station != "" {
				t.Fatalf("%v, or an answer beside it", err)
			}
			return
		}
		if _, err := read.Open(asked, private); err == nil && !bytes.Equal(canonical(data), good) {
			t.Fatal("an answer that nobody gave opens")
		}
	})
}
