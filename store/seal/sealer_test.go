package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
)

func TestSealOpensAgain(t *testing.T) {
	s := testSealer(t, 1)
	for name, plain := range map[string][]byte{
		"empty":               {},
		"one zero":            {0},
		"looks like padding":  {0x80},
		"padding and zeros":   {0x80, 0, 0, 0},
		"name":                []byte("马建国"),
		"a byte below a step": bytes.Repeat([]byte{0xff}, 15),
		"a step":              bytes.Repeat([]byte{0x80}, 16),
		"a step of zeros":     make([]byte, 16),
		"all bytes":           allBytes(),
		"long":                bytes.Repeat([]byte("走访记录"), 50_000),
	} {
		t.Run(name, func(t *testing.T) {
			sealed := must(s.Seal(namePlace(), plain))(t)
			if len(plain) > 2 && bytes.Contains(sealed, plain) {
				t.Error("the sealed value contains the plaintext")
			}
			if got := must(s.Open(namePlace(), sealed))(t); !bytes.Equal(got, plain) || got == nil {
				t.Errorf("opened %x, want %x", got, plain)
			}
			if got := must(s.OpenText(namePlace(), sealed))(t); got != string(plain) {
				t.Errorf("OpenText gave %q", got)
			}
			text := must(s.SealText(namePlace(), string(plain)))(t)
			if got := must(s.Open(namePlace(), text))(t); !bytes.Equal(got, plain) {
				t.Errorf("SealText gave %x, want %x", got, plain)
			}
		})
	}
}

func allBytes() []byte {
	p := make([]byte, 256)
	for i := range p {
		p[i] = byte(i)
	}
	return p
}

func TestLengthIsHiddenWithinAStep(t *testing.T) {
	s := testSealer(t, 1)
	for n := range 100 {
		sealed := must(s.Seal(namePlace(), make([]byte, n)))(t)
		if want := valueBody + tagSize + (n/padStep+1)*padStep; len(sealed) != want {
			t.Errorf("%d bytes give %d sealed, want %d", n, len(sealed), want)
		}
		if cap(sealed) != len(sealed) {
			t.Errorf("%d bytes: buffer of %d for %d", n, cap(sealed), len(sealed))
		}
	}
}

func TestValueOpensOnlyAtItsPlace(t *testing.T) {
	s := testSealer(t, 1)
	at := Place{Table: "person", Column: "name", Row: "row-1"}
	sealed := must(s.SealText(at, "马建国"))(t)
	for name, other := range map[string]Place{
		"row":              {"person", "name", "row-2"},
		"column":           {"person", "address", "row-1"},
		"table":            {"contact", "name", "row-1"},
		"shifted boundary": {"personn", "ame", "row-1"},
		"shifted row":      {"person", "namer", "ow-1"},
		"separators":       {"person|name", "row-1", "x"},
		"letter case":      {"Person", "name", "row-1"},
	} {
		if out, err := s.Open(other, sealed); !errors.Is(err, ErrTampered) || out != nil {
			t.Errorf("another %s: %v, %d bytes", name, err, len(out))
		}
	}
	for _, p := range []Place{{}, {"", "c", "r"}, {"t", "", "r"}, {"t", "c", ""}} {
		if _, err := s.Seal(p, nil); !errors.Is(err, ErrNoPlace) {
			t.Errorf("sealing at %q: %v", p, err)
		}
		if _, err := s.Open(p, sealed); !errors.Is(err, ErrNoPlace) {
			t.Errorf("opening at %q: %v", p, err)
		}
	}
}

func TestEveryBitFlipOfAValueIsFound(t *testing.T) {
	s := testSealer(t, 1)
	sealed := must(s.SealText(namePlace(), "马建国"))(t)
	want := func(bit int) error {
		switch b := bit / 8; {
		case b == 0:
			return ErrUnknownVersion
		case b == 1:
			return ErrUnknownSuite
		case b < valueHead:
			return ErrWrongKey
		}
		return ErrTampered
	}
	flips(sealed, func(bit int, changed []byte) {
		dst := []byte("kept")
		out, err := s.AppendOpen(dst, namePlace(), changed)
		if !errors.Is(err, want(bit)) || string(out) != "kept" {
			t.Errorf("bit %d: %v, %q", bit, err, out)
		}
	})
	for n := range sealed {
		if _, err := s.Open(namePlace(), sealed[:n]); !errors.Is(err, ErrTampered) {
			t.Errorf("cut to %d: %v", n, err)
		}
	}
	for n := 1; n < 40; n++ {
		if _, err := s.Open(namePlace(), append(bytes.Clone(sealed), make([]byte, n)...)); !errors.Is(err, ErrTampered) {
			t.Errorf("%d bytes more: %v", n, err)
		}
	}
}

func TestAnotherKeyOrLabelDoesNotOpen(t *testing.T) {
	k := testKey(t, 1)
	s := must(NewSealer(fixed(9), k, Fields))(t)
	sealed := must(s.SealText(namePlace(), "马建国"))(t)
	if _, err := testSealer(t, 2).Open(namePlace(), sealed); !errors.Is(err, ErrWrongKey) {
		t.Errorf("another key: %v", err)
	}
	payloads := must(NewSealer(fixed(9), k, Payloads))(t)
	if _, err := payloads.Open(namePlace(), sealed); !errors.Is(err, ErrTampered) {
		t.Errorf("another label: %v", err)
	}
	sameID := newKey(k.ID(), bytes.Repeat([]byte{7}, keySize))
	forged := must(NewSealer(fixed(9), sameID, Fields))(t)
	if _, err := forged.Open(namePlace(), sealed); !errors.Is(err, ErrTampered) {
		t.Errorf("another secret under the same id: %v", err)
	}
	if id := must(KeyIDOf(sealed))(t); id != k.ID() || s.KeyID() != id {
		t.Errorf("key id %d and %d, want %d", id, s.KeyID(), k.ID())
	}
	renamed := newKey(k.ID()+1, k.secret[:])
	changed := bytes.Clone(sealed)
	changed[5]++
	if _, err := must(NewSealer(fixed(9), renamed, Fields))(t).Open(namePlace(), changed); !errors.Is(err, ErrTampered) {
		t.Errorf("the same secret under another id: %v", err)
	}
}

// A value that verifies but is not padded as this format pads can only come
// from a faulty writer; it must not come out cut at a wrong place.
func TestBadPaddingIsRefused(t *testing.T) {
	s := testSealer(t, 1)
	for _, plain := range [][]byte{
		make([]byte, 16), bytes.Repeat([]byte{1}, 16), append([]byte{0x80}, make([]byte, 31)...),
	} {
		head := append([]byte{formatVersion, suiteAES}, 0, 0, 0, 0)
		for i := range 4 {
			head[2+i] = byte(s.KeyID() >> (24 - 8*i))
		}
		nonce := make([]byte, nonceSize)
		aead := *s.aead.Load()
		sealed := aead.Seal(append(bytes.Clone(head), nonce...), nonce, plain, namePlace().appendBound(nil, head))
		if out, err := s.Open(namePlace(), sealed); !errors.Is(err, ErrTampered) || out != nil {
			t.Errorf("padding %x: %v", plain, err)
		}
	}
}

func TestAppendOpenUsesTheRoomItHas(t *testing.T) {
	s := testSealer(t, 1)
	sealed := must(s.SealText(namePlace(), "马建国"))(t)
	dst := make([]byte, 2, 64)
	copy(dst, "a:")
	out := must(s.AppendOpen(dst, namePlace(), sealed))(t)
	if string(out) != "a:马建国" || &out[0] != &dst[0] {
		t.Errorf("got %q in another buffer: %t", out, &out[0] != &dst[0])
	}
	allocs := testing.AllocsPerRun(200, func() {
		if _, err := s.AppendOpen(dst, namePlace(), sealed); err != nil {
			t.Error(err)
		}
	})
	if allocs > 0.5 { // a garbage collection may empty the pool once
		t.Errorf("%v allocations for one AppendOpen", allocs)
	}
}

func TestNoncesDiffer(t *testing.T) {
	s := testSealer(t, 1)
	var mu sync.Mutex
	seen := map[string]bool{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 2000 {
				sealed, err := s.SealText(namePlace(), "同一个名字")
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if nonce := string(sealed[valueHead:valueBody]); seen[nonce] {
					t.Error("a nonce came twice")
				} else {
					seen[nonce] = true
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}

func TestWithoutRandomnessNothingIsSealed(t *testing.T) {
	k := testKey(t, 1)
	if _, err := NewSealer(nil, k, Fields); !errors.Is(err, ErrNoRandom) {
		t.Errorf("no source: %v", err)
	}
	broken := errors.New("entropy gone")
	for name, r := range map[string]io.Reader{
		"broken": iotest.ErrReader(broken),
		"short":  bytes.NewReader(make([]byte, nonceSize-1)),
	} {
		s := must(NewSealer(r, k, Fields))(t)
		if out, err := s.SealText(namePlace(), "x"); err == nil || out != nil {
			t.Errorf("%s source: sealed %d bytes, %v", name, len(out), err)
		}
	}
	s := must(NewSealer(iotest.ErrReader(broken), k, Fields))(t)
	if _, err := s.Seal(namePlace(), nil); !errors.Is(err, broken) {
		t.Errorf("cause is lost: %v", err)
	}
}

func TestWipedThingsRefuse(t *testing.T) {
	k := testKey(t, 1)
	s := must(NewSealer(fixed(1), k, Fields))(t)
	x, c := must(NewIndex(k))(t), must(NewChain(k))(t)
	sealed := must(s.SealText(namePlace(), "马建国"))(t)
	s.Wipe()
	x.Wipe()
	c.Wipe()
	twin := newKey(k.ID(), k.secret[:])
	k.Wipe()
	if k.secret != [keySize]byte{} {
		t.Error("the secret is still there")
	}
	r := fixed(1)
	calls := map[string]func() error{
		"Seal":     func() error { _, err := s.Seal(namePlace(), nil); return err },
		"Open":     func() error { _, err := s.Open(namePlace(), sealed); return err },
		"OpenText": func() error { _, err := s.OpenText(namePlace(), sealed); return err },
		"Blind":    func() error { _, err := x.Blind("129999198507011239"); return err },
		"Link":     func() error { _, err := c.Link([32]byte{}, nil); return err },
		"Holds":    func() error { _, err := c.Holds([32]byte{}, nil, [32]byte{}); return err },
		"sealer":   func() error { _, err := NewSealer(r, k, Fields); return err },
		"index":    func() error { _, err := NewIndex(k); return err },
		"chain":    func() error { _, err := NewChain(k); return err },
		"password": func() error { _, err := NewPasswordSlot(r, k, Login{"a", "b"}, light()); return err },
		"recovery": func() error { _, _, err := NewRecoverySlot(r, k, ""); return err },
		"device": func() error {
			_, err := NewDeviceSlot(r, k, Device{"a", bytes.Repeat([]byte{1}, 32)})
			return err
		},
		"escrow": func() error {
			_, err := NewEscrowSlot(r, k, Escrow{"a", districtKey(t, 1).PublicKey()})
			return err
		},
		"writer": func() error { _, err := NewStreamWriter(r, io.Discard, k, Backups); return err },
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, ErrWiped) {
			t.Errorf("%s after wiping: %v", name, err)
		}
	}
	if k.Same(k) || k.Same(twin) || twin.Same(k) || !twin.Same(newKey(twin.ID(), twin.secret[:])) {
		t.Error("Same is wrong about wiped keys")
	}
}

func TestKeysAreFreshAndHidden(t *testing.T) {
	a, b := testKey(t, 1), testKey(t, 2)
	if a.ID() == b.ID() || a.Same(b) || a.ID() == 0 {
		t.Error("two keys are the same")
	}
	zero := must(NewKey(io.MultiReader(bytes.NewReader(make([]byte, 4)), fixed(1))))(t)
	if zero.ID() == 0 {
		t.Error("a key has the id 0")
	}
	if _, err := NewKey(bytes.NewReader(make([]byte, 35))); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("short source: %v", err)
	}
	login := Login{Account: "经办一", Password: "geheim-12"}
	device := Device{Name: "pc", Secret: []byte("geheim-12")}
	secret := fmt.Sprintf("%x", a.secret[:4])
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x", "%q"} {
		text := fmt.Sprintf(strings.Repeat(verb+" ", 4), a, login, device, []any{login, &login})
		for _, bad := range []string{"geheim", fmt.Sprintf("%x", "geheim"), secret, fmt.Sprint(a.secret[0], a.secret[1])} {
			if strings.Contains(text, bad) {
				t.Errorf("%s shows a secret: %s", verb, text)
			}
		}
	}
}

func TestLabelsGiveDifferentKeys(t *testing.T) {
	k := testKey(t, 1)
	seen := map[string]Label{}
	for _, l := range []Label{
		Fields, Payloads, Backups, Attachments, labelIndex, labelChain,
		Attachments.Of("a"), Attachments.Of("b"), Backups.Of("a"), "stream\x00" + Backups,
	} {
		sub := string(must(k.derive(l))(t))
		if other, ok := seen[sub]; ok || len(sub) != keySize {
			t.Errorf("%q has the sub-key of %q", l, other)
		}
		seen[sub] = l
	}
}

func TestBlindIndex(t *testing.T) {
	const idNumber = "129999198507011239"
	x := must(NewIndex(testKey(t, 1)))(t)
	one, again := must(x.Blind(idNumber))(t), must(x.Blind(idNumber))(t)
	other := must(x.Blind("12999919701001005X"))(t)
	elsewhere := must(must(NewIndex(testKey(t, 2)))(t).Blind(idNumber))(t)
	if one != again || one == other || one == elsewhere {
		t.Error("the index does not single out a number under a key")
	}
	if _, err := x.Blind(""); !errors.Is(err, ErrEmpty) {
		t.Errorf("no number: %v", err)
	}
}

func TestChainFindsChanges(t *testing.T) {
	c := must(NewChain(testKey(t, 1)))(t)
	entries := []string{"登录", "导出", "登录"}
	var links [][32]byte
	var prev [32]byte
	for _, e := range entries {
		prev = must(c.Link(prev, []byte(e)))(t)
		links = append(links, prev)
	}
	check := func(at int, before [32]byte, entry string) bool {
		return must(c.Holds(before, []byte(entry), links[at]))(t)
	}
	if !check(0, [32]byte{}, "登录") || !check(1, links[0], "导出") || !check(2, links[1], "登录") {
		t.Error("a whole chain does not hold")
	}
	if check(1, links[0], "导入") || check(2, links[0], "登录") || check(2, [32]byte{}, "登录") {
		t.Error("a changed or dropped entry holds")
	}
	stranger := must(NewChain(testKey(t, 2)))(t)
	if must(stranger.Holds([32]byte{}, []byte("登录"), links[0]))(t) {
		t.Error("a chain holds under another key")
	}
}
