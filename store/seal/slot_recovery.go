package seal

import "io"

// NewRecoverySlot wraps k for a fresh 160-bit recovery code and returns both.
// The code is to be printed once and kept in the safe; it is stored nowhere.
// name says which paper it is, for example the date it was printed.
func NewRecoverySlot(rand io.Reader, k *Key, name string) (Slot, string, error) {
	var secret [codeBytes]byte
	defer clear(secret[:])
	if err := fill(rand, secret[:]); err != nil {
		return Slot{}, "", err
	}
	s, err := newSlot(rand, k, KindRecovery, name)
	if err != nil {
		return Slot{}, "", err
	}
	kek, err := s.expand(secret[:])
	if err != nil {
		return Slot{}, "", err
	}
	s, err = s.wrap(rand, k, kek)
	if err != nil {
		return Slot{}, "", err
	}
	return s, formatCode(secret), nil
}

// OpenRecovery gives the data key for a typed code: capitals or not, with or
// without spaces and dashes, full-width or plain, O for 0, I and L for 1. A
// typing slip is a *CodeError; a well-typed code of another paper is
// ErrWrongSecret; the slot's own faults are as for OpenPassword.
func OpenRecovery(s Slot, code string) (*Key, error) {
	if err := s.ready(KindRecovery); err != nil {
		return nil, err
	}
	secret, err := parseCode(code)
	if err != nil {
		return nil, err
	}
	defer clear(secret[:])
	kek, err := s.expand(secret[:])
	if err != nil {
		return nil, err
	}
	return s.unwrap(kek)
}
