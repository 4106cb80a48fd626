package seal

import (
	"math/rand/v2"
	"testing"
)

// fixed is a repeatable source, for tests alone.
func fixed(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

// light makes argon2id cheap enough to be run often.
func light() Params { return Params{Memory: 64, Time: 1, Threads: 1} }

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatalf("unexpected error: %v", err)
		}
		return v
	}
}

func testKey(t testing.TB, seed byte) *Key {
	t.Helper()
	return must(NewKey(fixed(seed)))(t)
}

func testSealer(t testing.TB, seed byte) *Sealer {
	t.Helper()
	return must(NewSealer(fixed(seed+100), testKey(t, seed), Fields))(t)
}

func namePlace() Place {
	return Place{Table: "person", Column: "name", Row: "0190a5c8-7a52-7cc3-9c5e-2f1d3b6f0001"}
}

// flips calls f with data once for every bit, that bit turned over.
func flips(data []byte, f func(bit int, changed []byte)) {
	for bit := range len(data) * 8 {
		changed := append([]byte(nil), data...)
		changed[bit/8] ^= 1 << (bit % 8)
		f(bit, changed)
	}
}
