package seal_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"rongyuan/store/seal"
)

func TestOldKeyOpensUnderItsSuccessorOnly(t *testing.T) {
	dice := rand.NewChaCha8([32]byte{7})
	var keys [3]*seal.Key
	for i := range keys {
		k, err := seal.NewKey(dice)
		if err != nil {
			t.Fatal(err)
		}
		keys[i] = k
	}
	wrapped, err := seal.WrapKey(dice, keys[1], keys[0])
	if err != nil {
		t.Fatal(err)
	}
	back, err := seal.UnwrapKey(keys[1], wrapped)
	if err != nil || !back.Same(keys[0]) {
		t.Errorf("not the old key: %v", err)
	}
	if _, err := seal.UnwrapKey(keys[2], wrapped); !errors.Is(err, seal.ErrWrongKey) {
		t.Errorf("under a stranger: %v", err)
	}
	for i := range wrapped {
		wrapped[i] ^= 1
		if _, err := seal.UnwrapKey(keys[1], wrapped); err == nil {
			t.Errorf("byte %d flipped and opened", i)
		}
		wrapped[i] ^= 1
	}
	keys[0].Wipe()
	if _, err := seal.WrapKey(dice, keys[1], keys[0]); !errors.Is(err, seal.ErrWiped) {
		t.Errorf("a wiped key: %v", err)
	}
}
