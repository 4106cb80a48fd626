package seal

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
)

func FuzzOpen(f *testing.F) {
	s := testSealer(f, 1)
	good := must(s.SealText(namePlace(), "马建国"))(f)
	f.Add(good, []byte("马建国"))
	f.Add(good[:20], []byte{})
	f.Add([]byte{}, []byte{0x80, 0})
	f.Fuzz(func(t *testing.T, sealed, plain []byte) {
		out, err := s.Open(namePlace(), sealed)
		if err == nil && !bytes.Equal(sealed, good) {
			t.Fatalf("a value nobody sealed gives %d bytes", len(out))
		}
		if err != nil && out != nil {
			t.Fatal("an error with plaintext")
		}
		again := must(s.Seal(namePlace(), plain))(t)
		if back := must(s.Open(namePlace(), again))(t); !bytes.Equal(back, plain) {
			t.Fatalf("%x came back as %x", plain, back)
		}
	})
}

func FuzzSlot(f *testing.F) {
	for _, l := range locks(f, testKey(f, 1)) {
		f.Add(must(json.Marshal(l.slot))(f))
	}
	f.Add([]byte(`{"version":1,"suite":1,"kind":"password","name":"","key":0,"salt":null,"wrapped":null,"sum":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ParseSlot(data)
		if err != nil {
			if !isDamage(err) {
				t.Fatalf("another error: %v", err)
			}
			return
		}
		again := must(json.Marshal(s))(t)
		if !bytes.Equal(again, canonical(data)) || must(ParseSlot(again))(t).Check() != nil {
			t.Fatal("a slot does not come back as it was written")
		}
		if _, err := OpenDevice(s, bytes.Repeat([]byte{9}, 32)); err == nil {
			t.Fatal("opened by a secret that nobody used")
		}
	})
}

func FuzzRecoveryCode(f *testing.F) {
	for seed := range byte(5) {
		_, code := testCode(seed)
		f.Add(code, seed, seed+3)
	}
	f.Add("", uint8(0), uint8(0))
	f.Add("OIL-oil ｏ—1", uint8(1), uint8(2))
	f.Fuzz(func(t *testing.T, typed string, at, seed uint8) {
		secret, err := parseCode(typed)
		var slip *CodeError
		switch {
		case err == nil:
			if again, err := parseCode(formatCode(secret)); err != nil || again != secret {
				t.Fatal("an accepted code is not the code of its secret")
			}
		case !errors.As(err, &slip) || secret != [codeBytes]byte{}:
			t.Fatalf("%v, or a secret beside an error", err)
		}
		right, code := testCode(seed)
		i := int(at) % len(code)
		changed := code[:i] + string(crockford[int(at)%32]) + code[i+1:]
		if got, err := parseCode(changed); err == nil && got != right {
			t.Fatal("one character more or less gives another secret")
		}
	})
}

func FuzzStream(f *testing.F) {
	k := testKey(f, 1)
	good := sealStream(f, k, Backups, []byte("备份"))
	f.Add(good, []byte("备份"))
	f.Add(good[:streamHead], []byte{})
	f.Add(append(bytes.Clone(good), 1), bytes.Repeat([]byte{1}, 70_000))
	f.Fuzz(func(t *testing.T, sealed, plain []byte) {
		out, err := openStream(k, Backups, sealed)
		if !bytes.Equal(sealed, good) && (err == nil || len(out) > 0) {
			t.Fatalf("a stream nobody sealed gives %d bytes, %v", len(out), err)
		}
		back, err := openStream(k, Backups, sealStream(t, k, Backups, plain))
		if err != nil || !bytes.Equal(back, plain) {
			t.Fatalf("%d bytes came back as %d, %v", len(plain), len(back), err)
		}
	})
}
