package seal

import (
	"bytes"
	"crypto/ecdh"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

const (
	testPassword = "Lu-Deng 二十七 号"
	testAccount  = "经办一"
)

func districtKey(t testing.TB, seed byte) *ecdh.PrivateKey {
	t.Helper()
	return must(ecdh.X25519().NewPrivateKey(bytes.Repeat([]byte{seed}, 32)))(t)
}

// lock is a slot with the secret that opens it and one that does not.
type lock struct {
	slot        Slot
	right, left func(Slot) (*Key, error)
}

func locks(t testing.TB, k *Key) map[Kind]lock {
	t.Helper()
	r := fixed(50)
	password := must(NewPasswordSlot(r, k, Login{testAccount, testPassword}, light()))(t)
	recovery, code, err := NewRecoverySlot(r, k, "2026-03-01 <保险柜>")
	if err != nil {
		t.Fatal(err)
	}
	_, otherCode, err := NewRecoverySlot(r, k, "")
	if err != nil {
		t.Fatal(err)
	}
	escrow := must(NewEscrowSlot(r, k, Escrow{"某区", districtKey(t, 1).PublicKey()}))(t)
	secret, otherSecret := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)
	device := must(NewDeviceSlot(r, k, Device{"前台电脑", secret}))(t)
	return map[Kind]lock{
		KindPassword: {
			password,
			func(s Slot) (*Key, error) { return OpenPassword(s, testPassword) },
			func(s Slot) (*Key, error) { return OpenPassword(s, testPassword+" ") },
		},
		KindRecovery: {
			recovery,
			func(s Slot) (*Key, error) { return OpenRecovery(s, code) },
			func(s Slot) (*Key, error) { return OpenRecovery(s, otherCode) },
		},
		KindEscrow: {
			escrow,
			func(s Slot) (*Key, error) { return OpenEscrow(s, districtKey(t, 1)) },
			func(s Slot) (*Key, error) { return OpenEscrow(s, districtKey(t, 2)) },
		},
		KindDevice: {
			device,
			func(s Slot) (*Key, error) { return OpenDevice(s, secret) },
			func(s Slot) (*Key, error) { return OpenDevice(s, otherSecret) },
		},
	}
}

func TestEverySlotOpensTheKey(t *testing.T) {
	k := testKey(t, 1)
	all := locks(t, k)
	for kind, l := range all {
		t.Run(string(kind), func(t *testing.T) {
			read := must(ParseSlot(must(json.MarshalIndent(l.slot, " ", "\t"))(t)))(t)
			if !reflect.DeepEqual(read, l.slot) {
				t.Fatalf("read back %+v, want %+v", read, l.slot)
			}
			if got := must(l.right(read))(t); !got.Same(k) {
				t.Error("another key came out")
			}
			if _, err := l.left(read); !errors.Is(err, ErrWrongSecret) {
				t.Errorf("wrong secret: %v", err)
			}
			for other, o := range all {
				if _, err := o.right(read); other != kind && !errors.Is(err, ErrSlotKind) {
					t.Errorf("opened as %s: %v", other, err)
				}
			}
		})
	}
}

func TestSlotsSurviveAnUnescapingEncoder(t *testing.T) {
	l := locks(t, testKey(t, 1))[KindRecovery]
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(l.slot); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "<保险柜>") {
		t.Fatal("the name was escaped after all")
	}
	must(ParseSlot(b.Bytes()))(t)
}

// A damaged slot must never look like a wrong password: the clerk would type
// until the lock-out instead of fetching the recovery code.
func TestEveryBitFlipOfASlotIsDamage(t *testing.T) {
	for kind, l := range locks(t, testKey(t, 1)) {
		data := must(json.Marshal(l.slot))(t)
		flips(data, func(bit int, changed []byte) {
			_, err := ParseSlot(changed)
			if !isDamage(err) {
				t.Errorf("%s, bit %d (%q): %v", kind, bit, changed[max(0, bit/8-8):bit/8+1], err)
			}
		})
		for n := range data {
			if _, err := ParseSlot(data[:n]); !errors.Is(err, ErrDamagedSlot) {
				t.Errorf("%s cut to %d: %v", kind, n, err)
			}
		}
	}
}

func isDamage(err error) bool {
	return errors.Is(err, ErrDamagedSlot) || errors.Is(err, ErrUnknownVersion) || errors.Is(err, ErrUnknownSuite)
}

// changes are one change to each field; every one must be bound.
func changes() map[string]func(*Slot) {
	return map[string]func(*Slot){
		"name":      func(s *Slot) { s.Name += "二" },
		"key id":    func(s *Slot) { s.KeyID++ },
		"salt":      func(s *Slot) { s.Salt = flipped(s.Salt) },
		"nonce":     func(s *Slot) { s.Nonce = flipped(s.Nonce) },
		"wrapped":   func(s *Slot) { s.Wrapped = flipped(s.Wrapped) },
		"sum":       func(s *Slot) { s.Sum = flipped(s.Sum) },
		"recipient": func(s *Slot) { s.Recipient = flipped(s.Recipient) },
		"params": func(s *Slot) {
			if s.Params != nil {
				s.Params = &Params{Memory: s.Params.Memory + 1, Time: s.Params.Time, Threads: s.Params.Threads}
			}
		},
		"kind": func(s *Slot) {
			if s.Kind == KindDevice {
				s.Kind = KindRecovery
			} else {
				s.Kind = KindDevice
			}
		},
	}
}

func flipped(p []byte) []byte {
	p = bytes.Clone(p)
	if len(p) > 0 {
		p[len(p)-1] ^= 1
	}
	return p
}

func TestChangedFieldIsDamageAndIsBound(t *testing.T) {
	for kind, l := range locks(t, testKey(t, 1)) {
		for name, change := range changes() {
			s := l.slot
			change(&s)
			if reflect.DeepEqual(s, l.slot) {
				continue // this kind has no such field
			}
			if _, err := l.right(s); !errors.Is(err, ErrDamagedSlot) {
				t.Errorf("%s, %s: %v", kind, name, err)
			}
			if name == "kind" || name == "sum" {
				continue
			}
			s.Sum = s.sum() // on purpose, not by accident
			if key, err := l.right(s); err == nil || key != nil {
				t.Errorf("%s, %s is not bound to the key", kind, name)
			}
		}
	}
}

func TestKindIsBound(t *testing.T) {
	secret := bytes.Repeat([]byte{3}, keySize)
	s := must(NewDeviceSlot(fixed(1), testKey(t, 1), Device{"pc", secret}))(t)
	s.Kind = KindRecovery
	s.Sum = s.sum()
	kek := must(s.expand(secret))(t)
	if _, err := s.unwrap(kek); !errors.Is(err, ErrWrongSecret) {
		t.Errorf("a device slot opens as a recovery slot: %v", err)
	}
}

func TestUnknownFormatsAreNamed(t *testing.T) {
	s := locks(t, testKey(t, 1))[KindDevice].slot
	newer, suite, none := s, s, s
	newer.Version, suite.Suite, none.Version = 2, 2, 0
	for _, c := range []struct {
		slot Slot
		want error
	}{{newer, ErrUnknownVersion}, {suite, ErrUnknownSuite}, {none, ErrDamagedSlot}} {
		if _, err := ParseSlot(must(json.Marshal(c.slot))(t)); !errors.Is(err, c.want) {
			t.Errorf("version %d, suite %d: %v", c.slot.Version, c.slot.Suite, err)
		}
		if _, err := OpenDevice(c.slot, bytes.Repeat([]byte{1}, 32)); !errors.Is(err, c.want) {
			t.Errorf("opening version %d, suite %d: %v", c.slot.Version, c.slot.Suite, err)
		}
	}
	future := []byte(`{"version":2,"suite":7,"shape":{"unheard":"of"}}`)
	if _, err := ParseSlot(future); !errors.Is(err, ErrUnknownVersion) {
		t.Errorf("a future slot: %v", err)
	}
	for _, junk := range []string{"", "null", "{}", "[]", "7", `"slot"`, "{", `{"version":"1"}`} {
		if _, err := ParseSlot([]byte(junk)); !errors.Is(err, ErrDamagedSlot) {
			t.Errorf("%q: %v", junk, err)
		}
	}
}

func TestSlotStructureIsChecked(t *testing.T) {
	all := locks(t, testKey(t, 1))
	for name, c := range map[string]struct {
		kind   Kind
		change func(*Slot)
	}{
		"no params":          {KindPassword, func(s *Slot) { s.Params = nil }},
		"hungry params":      {KindPassword, func(s *Slot) { s.Params = &Params{1 << 21, 3, 2} }},
		"endless params":     {KindPassword, func(s *Slot) { s.Params = &Params{64, 1 << 20, 2} }},
		"zero params":        {KindPassword, func(s *Slot) { s.Params = &Params{} }},
		"params too many":    {KindDevice, func(s *Slot) { p := light(); s.Params = &p }},
		"short salt":         {KindDevice, func(s *Slot) { s.Salt = s.Salt[:15] }},
		"long wrapped":       {KindDevice, func(s *Slot) { s.Wrapped = append(bytes.Clone(s.Wrapped), 0) }},
		"no nonce":           {KindRecovery, func(s *Slot) { s.Nonce = nil }},
		"recipient too many": {KindRecovery, func(s *Slot) { s.Recipient = make([]byte, 32) }},
		"short escrow":       {KindEscrow, func(s *Slot) { s.Wrapped = s.Wrapped[:48] }},
		"nonce too many":     {KindEscrow, func(s *Slot) { s.Nonce = make([]byte, 12) }},
		"unknown kind":       {KindDevice, func(s *Slot) { s.Kind = "biometric" }},
		"line in name":       {KindDevice, func(s *Slot) { s.Name = "a\nb" }},
		"long name":          {KindDevice, func(s *Slot) { s.Name = strings.Repeat("长", 65) }},
	} {
		s := all[c.kind].slot
		c.change(&s)
		s.Sum = s.sum()
		if err := s.Check(); !errors.Is(err, ErrDamagedSlot) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := all[c.kind].right(s); err == nil {
			t.Errorf("%s opens", name)
		}
	}
}

func TestTwoSlotsOfOneSecretDiffer(t *testing.T) {
	k, r := testKey(t, 1), fixed(3)
	a := must(NewPasswordSlot(r, k, Login{testAccount, testPassword}, light()))(t)
	b := must(NewPasswordSlot(r, k, Login{testAccount, testPassword}, light()))(t)
	if bytes.Equal(a.Salt, b.Salt) || bytes.Equal(a.Wrapped, b.Wrapped) {
		t.Error("two slots are the same")
	}
}

func TestBadSlotInputsAreRefused(t *testing.T) {
	k, r := testKey(t, 1), fixed(3)
	other := must(ecdh.P256().GenerateKey(r))(t)
	lowOrder := must(ecdh.X25519().NewPublicKey(make([]byte, 32)))(t)
	for name, c := range map[string]struct {
		want error
		call func() (Slot, error)
	}{
		"empty password":   {ErrEmpty, func() (Slot, error) { return NewPasswordSlot(r, k, Login{"a", ""}, light()) }},
		"endless password": {ErrPasswordLong, func() (Slot, error) { return NewPasswordSlot(r, k, Login{"a", strings.Repeat("x", 1<<20)}, light()) }},
		"long password":    {ErrPasswordLong, func() (Slot, error) { return NewPasswordSlot(r, k, Login{"a", strings.Repeat("长", 129)}, light()) }},
		"broken password":  {ErrPasswordBytes, func() (Slot, error) { return NewPasswordSlot(r, k, Login{"a", "x\xff"}, light()) }},
		"hungry params":    {ErrBadParams, func() (Slot, error) { return NewPasswordSlot(r, k, Login{"a", "b"}, Params{1 << 30, 1, 1}) }},
		"thin params":      {ErrBadParams, func() (Slot, error) { return NewPasswordSlot(r, k, Login{"a", "b"}, Params{15, 1, 2}) }},
		"bad account":      {ErrBadName, func() (Slot, error) { return NewPasswordSlot(r, k, Login{"a\x00", "b"}, light()) }},
		"broken name":      {ErrBadName, func() (Slot, error) { s, _, err := NewRecoverySlot(r, k, "\xff"); return s, err }},
		"short secret":     {ErrEmpty, func() (Slot, error) { return NewDeviceSlot(r, k, Device{"pc", []byte("short")}) }},
		"zero secret":      {ErrEmpty, func() (Slot, error) { return NewDeviceSlot(r, k, Device{"pc", make([]byte, 32)}) }},
		"no escrow key":    {ErrBadKey, func() (Slot, error) { return NewEscrowSlot(r, k, Escrow{"区", nil}) }},
		"foreign curve":    {ErrBadKey, func() (Slot, error) { return NewEscrowSlot(r, k, Escrow{"区", other.PublicKey()}) }},
		"low order":        {ErrBadKey, func() (Slot, error) { return NewEscrowSlot(r, k, Escrow{"区", lowOrder}) }},
		"no randomness":    {ErrNoRandom, func() (Slot, error) { return NewDeviceSlot(nil, k, Device{"pc", bytes.Repeat([]byte{1}, 32)}) }},
	} {
		if s, err := c.call(); !errors.Is(err, c.want) || !reflect.DeepEqual(s, Slot{}) {
			t.Errorf("%s: %v", name, err)
		}
	}
	all := locks(t, k)
	for name, call := range map[string]func() (*Key, error){
		"password": func() (*Key, error) { return OpenPassword(all[KindPassword].slot, "") },
		"device":   func() (*Key, error) { return OpenDevice(all[KindDevice].slot, nil) },
		"escrow":   func() (*Key, error) { return OpenEscrow(all[KindEscrow].slot, other) },
		"no key":   func() (*Key, error) { return OpenEscrow(all[KindEscrow].slot, nil) },
	} {
		if _, err := call(); !errors.Is(err, ErrWrongSecret) {
			t.Errorf("unusable %s: %v", name, err)
		}
	}
}

func TestSlotNeedsAllItsRandomness(t *testing.T) {
	k := testKey(t, 1)
	for n := range saltSize + nonceSize {
		r := bytes.NewReader(bytes.Repeat([]byte{5}, n))
		if _, err := NewPasswordSlot(r, k, Login{"a", "b"}, light()); err == nil {
			t.Errorf("a slot was made of %d random bytes", n)
		}
	}
	for n := range codeBytes + saltSize + nonceSize {
		r := bytes.NewReader(bytes.Repeat([]byte{5}, n))
		if _, code, err := NewRecoverySlot(r, k, ""); err == nil || code != "" {
			t.Errorf("a code was made of %d random bytes", n)
		}
	}
}

func TestPasswordFormsOfOneTextAreEqual(t *testing.T) {
	k := testKey(t, 1)
	s := must(NewPasswordSlot(fixed(3), k, Login{testAccount, "Café-2027 号"}, light()))(t)
	for name, typed := range map[string]string{
		"decomposed": "Cafe\u0301-2027 号",
		"full width": "Ｃａｆé－２０２７\u3000号",
	} {
		if key, err := OpenPassword(s, typed); err != nil || !key.Same(k) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := OpenPassword(s, "café-2027 号"); !errors.Is(err, ErrWrongSecret) {
		t.Errorf("another case opens: %v", err)
	}
}

func TestDefaultParamsAreStrong(t *testing.T) {
	s := must(NewPasswordSlot(fixed(3), testKey(t, 1), Login{testAccount, testPassword}, Params{}))(t)
	if *s.Params != (Params{Memory: 65536, Time: 3, Threads: 2}) {
		t.Errorf("default is %+v", *s.Params)
	}
	if key, err := OpenPassword(s, testPassword); err != nil || !key.Same(testKey(t, 1)) {
		t.Errorf("strong slot: %v", err)
	}
}
