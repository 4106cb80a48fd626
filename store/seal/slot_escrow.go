package seal

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"fmt"
	"io"
)

// escrowInfo separates this use of the district's key from every other.
const escrowInfo = "rongyuan slot 1\x00escrow"

// Escrow is a district's name and its X25519 public key, as pinned at enrolment.
type Escrow struct {
	Name string
	Key  *ecdh.PublicKey
}

// NewEscrowSlot wraps k for the district (HPKE base mode, RFC 9180). The salt
// comes from rand; the ephemeral key comes from the system's generator, since
// crypto/hpke takes no other. A key that is not a sound X25519 key is ErrBadKey.
func NewEscrowSlot(rand io.Reader, k *Key, to Escrow) (Slot, error) {
	if to.Key == nil || to.Key.Curve() != ecdh.X25519() {
		return Slot{}, ErrBadKey
	}
	s, err := newSlot(rand, k, KindEscrow, to.Name)
	if err != nil {
		return Slot{}, err
	}
	s.Recipient = to.Key.Bytes()
	public, err := hpke.NewDHKEMPublicKey(to.Key)
	if err != nil {
		return Slot{}, ErrBadKey
	}
	enc, sender, err := hpke.NewSender(public, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte(escrowInfo))
	if err != nil {
		return Slot{}, ErrBadKey // a point of low order
	}
	err = k.use(func(secret []byte) error {
		sealed, err := sender.Seal(s.bound(), secret)
		s.Wrapped = append(enc, sealed...)
		return err
	})
	if err != nil {
		return Slot{}, fmt.Errorf("seal: escrow: %w", err)
	}
	s.Sum = s.sum()
	return s, nil
}

// OpenEscrow gives the data key to the district. Another private key than the
// slot was made for is ErrWrongSecret; the slot's own faults are as for
// OpenPassword. HPKE base mode does not say who made a slot: that the key is
// the station's shows only when it opens the station's values.
func OpenEscrow(s Slot, private *ecdh.PrivateKey) (*Key, error) {
	if err := s.ready(KindEscrow); err != nil {
		return nil, err
	}
	if private == nil || private.Curve() != ecdh.X25519() ||
		!bytes.Equal(private.PublicKey().Bytes(), s.Recipient) {
		return nil, ErrWrongSecret
	}
	own, err := hpke.NewDHKEMPrivateKey(private)
	if err != nil {
		return nil, fmt.Errorf("seal: escrow: %w", err)
	}
	enc, sealed := s.Wrapped[:pointSize], s.Wrapped[pointSize:]
	from, err := hpke.NewRecipient(enc, own, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte(escrowInfo))
	if err != nil {
		return nil, ErrDamagedSlot
	}
	secret, err := from.Open(s.bound(), sealed)
	if err != nil || len(secret) != keySize {
		return nil, ErrDamagedSlot
	}
	defer clear(secret)
	return newKey(s.KeyID, secret), nil
}
