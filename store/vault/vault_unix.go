//go:build !windows

package vault

import (
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/zalando/go-keyring"

	"rongyuan/store"
)

const service = "rongyuan"

// OS is the desktop's keyring of the user who runs the program.
type OS struct{}

// New gives the vault of this PC. The folder is not used here.
func New(string) OS { return OS{} }

// Save keeps a secret.
func (OS) Save(name string, secret []byte) error {
	if err := keyring.Set(service, name, base64.StdEncoding.EncodeToString(secret)); err != nil {
		return fmt.Errorf("save in keyring: %w", err)
	}
	return nil
}

// Load gives a secret back; [store.ErrNoSecret] when there is none.
func (OS) Load(name string) ([]byte, error) {
	text, err := keyring.Get(service, name)
	if errors.Is(err, keyring.ErrNotFound) {
		return nil, store.ErrNoSecret
	}
	if err != nil {
		return nil, fmt.Errorf("load from keyring: %w", err)
	}
	return base64.StdEncoding.DecodeString(text)
}

// Delete forgets a secret; [store.ErrNoSecret] when there is none.
func (OS) Delete(name string) error {
	err := keyring.Delete(service, name)
	if errors.Is(err, keyring.ErrNotFound) {
		return store.ErrNoSecret
	}
	return err
}
