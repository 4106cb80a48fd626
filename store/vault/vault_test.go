//go:build !windows

package vault_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/zalando/go-keyring"

	"rongyuan/store"
	"rongyuan/store/vault"
)

func TestVault(t *testing.T) {
	keyring.MockInit()
	v := vault.New(t.TempDir())
	if _, err := v.Load("station"); !errors.Is(err, store.ErrNoSecret) {
		t.Errorf("empty: %v", err)
	}
	secret := bytes.Repeat([]byte{7}, 32)
	if err := v.Save("station", secret); err != nil {
		t.Fatal(err)
	}
	if back, err := v.Load("station"); err != nil || !bytes.Equal(back, secret) {
		t.Errorf("%x, %v", back, err)
	}
	if err := v.Delete("station"); err != nil {
		t.Error(err)
	}
	if err := v.Delete("station"); !errors.Is(err, store.ErrNoSecret) {
		t.Errorf("twice: %v", err)
	}
}
