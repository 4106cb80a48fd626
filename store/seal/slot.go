package seal

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"encoding/json"
	"io"
	"unicode"
	"unicode/utf8"
)

// Kind says what opens a slot. The texts are part of the format.
type Kind string

// The kinds of slots.
const (
	KindPassword Kind = "password" // an account's password
	KindRecovery Kind = "recovery" // the printed recovery code
	KindEscrow   Kind = "escrow"   // the district's private key
	KindDevice   Kind = "device"   // a secret kept by the operating system
)

const (
	saltSize   = 16
	sumSize    = 16
	pointSize  = 32 // X25519
	maxName    = 64 // characters
	wrappedKey = keySize + tagSize
)

// Slot is the data key wrapped for one secret. It may be stored and shown as
// it is: nothing in it is secret. Everything beside Wrapped is bound to it, so
// a field changed later makes the slot useless; to rename an account make a
// new slot. The fields are exported for storing and showing only.
type Slot struct {
	Version   int     `json:"version"`             // format, 1
	Suite     int     `json:"suite"`               // 1, see the package comment
	Kind      Kind    `json:"kind"`                // what opens it
	Name      string  `json:"name"`                // account, place of the paper, district, device
	KeyID     uint32  `json:"key"`                 // the data key inside
	Salt      []byte  `json:"salt"`                // 16 random bytes, also tell two slots apart
	Params    *Params `json:"argon2id,omitempty"`  // password slots only
	Recipient []byte  `json:"recipient,omitempty"` // escrow only: the district's X25519 public key
	Nonce     []byte  `json:"nonce,omitempty"`     // all but escrow
	Wrapped   []byte  `json:"wrapped"`             // the sealed data key; escrow: encapsulated key first
	Sum       []byte  `json:"sum"`                 // checksum over all the rest, against damage, not against attack
}

// ParseSlot reads a slot from JSON. Anything but an undamaged slot gives
// ErrDamagedSlot, ErrUnknownVersion or ErrUnknownSuite.
func ParseSlot(data []byte) (Slot, error) {
	var s Slot
	if !json.Valid(data) {
		return s, ErrDamagedSlot
	}
	err := s.UnmarshalJSON(data)
	return s, err
}

// UnmarshalJSON accepts a slot as encoding/json wrote it, white space aside,
// and checks it; see Check.
func (s *Slot) UnmarshalJSON(data []byte) error {
	type plain Slot // without this method
	var head struct{ Version, Suite int }
	if json.Unmarshal(data, &head) != nil {
		return ErrDamagedSlot
	}
	if err := knownFormat(head.Version, head.Suite); err != nil {
		return err
	}
	var p plain
	if json.Unmarshal(data, &p) != nil {
		return ErrDamagedSlot
	}
	// encoding/json takes names in any case, doubled fields and loose base64.
	again, err := json.Marshal(p)
	if err != nil || !bytes.Equal(again, canonical(data)) {
		return ErrDamagedSlot
	}
	if err := Slot(p).Check(); err != nil {
		return err
	}
	*s = Slot(p)
	return nil
}

// canonical drops white space and escapes as json.Marshal does; nil for no JSON.
func canonical(data []byte) []byte {
	var compact, escaped bytes.Buffer
	if json.Compact(&compact, data) != nil {
		return nil
	}
	json.HTMLEscape(&escaped, compact.Bytes())
	return escaped.Bytes()
}

// Check tells whether the slot is whole: known format, right structure for its
// kind, checksum. It needs no secret and cannot tell whether a secret fits.
func (s Slot) Check() error {
	if err := knownFormat(s.Version, s.Suite); err != nil {
		return err
	}
	if !s.shaped() || subtle.ConstantTimeCompare(s.Sum, s.sum()) != 1 {
		return ErrDamagedSlot
	}
	return nil
}

func knownFormat(version, suite int) error {
	switch {
	case version < 1 || suite < 1: // absent
		return ErrDamagedSlot
	case version != formatVersion:
		return ErrUnknownVersion
	case suite != suiteAES:
		return ErrUnknownSuite
	}
	return nil
}

// shaped checks the structure that the kind asks for.
func (s Slot) shaped() bool {
	if checkName(s.Name) != nil || len(s.Salt) != saltSize || len(s.Sum) != sumSize {
		return false
	}
	if (s.Kind == KindPassword) != (s.Params != nil) {
		return false
	}
	switch s.Kind {
	case KindPassword:
		return s.Params.check() == nil && s.symmetric()
	case KindRecovery, KindDevice:
		return s.symmetric()
	case KindEscrow:
		return len(s.Recipient) == pointSize && len(s.Nonce) == 0 && len(s.Wrapped) == pointSize+wrappedKey
	}
	return false
}

func (s Slot) symmetric() bool {
	return len(s.Recipient) == 0 && len(s.Nonce) == nonceSize && len(s.Wrapped) == wrappedKey
}

func checkName(name string) error {
	if !utf8.ValidString(name) || utf8.RuneCountInString(name) > maxName {
		return ErrBadName
	}
	for _, r := range name {
		if unicode.IsControl(r) {
			return ErrBadName
		}
	}
	return nil
}

// bound is what the wrapped key is bound to: all public parts but the nonce,
// which GCM binds itself.
func (s Slot) bound() []byte {
	b := []byte("rongyuan slot 1\x00")
	b = append(b, byte(s.Version), byte(s.Suite))
	b = binary.BigEndian.AppendUint32(b, s.KeyID)
	b = appendPart(b, string(s.Kind))
	b = appendPart(b, s.Name)
	b = appendPart(b, s.Salt)
	b = appendPart(b, s.Recipient)
	if s.Params != nil {
		b = binary.BigEndian.AppendUint32(b, s.Params.Memory)
		b = binary.BigEndian.AppendUint32(b, s.Params.Time)
		b = append(b, s.Params.Threads)
	}
	return b
}

// sum is a plain hash over public parts and ciphertext. It only tells a
// damaged slot from a wrong secret; who changes a slot on purpose can redo it
// and gains nothing but a slot that does not open.
func (s Slot) sum() []byte {
	b := appendPart(nil, s.bound())
	b = appendPart(b, s.Nonce)
	b = appendPart(b, s.Wrapped)
	full := sha256.Sum256(b)
	return full[:sumSize]
}

// newSlot begins a slot: its public head and a fresh salt.
func newSlot(rand io.Reader, k *Key, kind Kind, name string) (Slot, error) {
	s := Slot{
		Version: formatVersion, Suite: suiteAES, Kind: kind, Name: name,
		KeyID: k.ID(), Salt: make([]byte, saltSize),
	}
	if err := checkName(name); err != nil {
		return Slot{}, err
	}
	if err := fill(rand, s.Salt); err != nil {
		return Slot{}, err
	}
	return s, nil
}

// wrap seals the data key under kek, which it wipes.
func (s Slot) wrap(rand io.Reader, k *Key, kek []byte) (Slot, error) {
	defer clear(kek)
	aead, err := newGCM(kek)
	if err != nil {
		return Slot{}, err
	}
	s.Nonce = make([]byte, nonceSize)
	if err := fill(rand, s.Nonce); err != nil {
		return Slot{}, err
	}
	err = k.use(func(secret []byte) error {
		s.Wrapped = aead.Seal(nil, s.Nonce, secret, s.bound())
		return nil
	})
	if err != nil {
		return Slot{}, err
	}
	s.Sum = s.sum()
	return s, nil
}

// unwrap opens what wrap sealed and wipes kek.
func (s Slot) unwrap(kek []byte) (*Key, error) {
	defer clear(kek)
	aead, err := newGCM(kek)
	if err != nil {
		return nil, err
	}
	secret, err := aead.Open(nil, s.Nonce, s.Wrapped, s.bound())
	if err != nil {
		return nil, ErrWrongSecret
	}
	defer clear(secret)
	return newKey(s.KeyID, secret), nil
}

// ready checks a slot before a secret is tried on it.
func (s Slot) ready(kind Kind) error {
	if err := s.Check(); err != nil {
		return err
	}
	if s.Kind != kind {
		return ErrSlotKind
	}
	return nil
}

// expand turns a secret of full strength into the slot's wrapping key.
func (s Slot) expand(secret []byte) ([]byte, error) {
	return hkdf.Key(sha256.New, secret, s.Salt, "rongyuan slot 1\x00"+string(s.Kind), keySize)
}
