package seal

import (
	"fmt"
	"io"
)

// Device is a device's name and the 32-byte random secret that its operating
// system keeps for this program (DPAPI, keyring).
type Device struct {
	Name   string
	Secret []byte `json:"-"`
}

// Format keeps the secret out of every log and error, whatever the verb.
func (d Device) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "seal.Device(%q, hidden)", d.Name)
}

// NewDeviceSlot wraps k for a device. A secret that is not 32 bytes long or is
// all zeros is ErrEmpty.
func NewDeviceSlot(rand io.Reader, k *Key, d Device) (Slot, error) {
	if !strongSecret(d.Secret) {
		return Slot{}, ErrEmpty
	}
	s, err := newSlot(rand, k, KindDevice, d.Name)
	if err != nil {
		return Slot{}, err
	}
	kek, err := s.expand(d.Secret)
	if err != nil {
		return Slot{}, err
	}
	return s.wrap(rand, k, kek)
}

// OpenDevice gives the data key; a secret that does not fit is ErrWrongSecret,
// the slot's own faults are as for OpenPassword.
func OpenDevice(s Slot, secret []byte) (*Key, error) {
	if err := s.ready(KindDevice); err != nil {
		return nil, err
	}
	if !strongSecret(secret) {
		return nil, ErrWrongSecret
	}
	kek, err := s.expand(secret)
	if err != nil {
		return nil, err
	}
	return s.unwrap(kek)
}

// strongSecret refuses what a keyring gives when it failed silently.
func strongSecret(secret []byte) bool {
	var all byte
	for _, b := range secret {
		all |= b
	}
	return len(secret) == keySize && all != 0
}
