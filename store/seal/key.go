package seal

import (
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
)

const keySize = 32

// Label names the use of a sub-key. Two labels never give the same sub-key.
// The texts are part of the format and never change.
type Label string

// The uses of sub-keys outside this package. The blind index and the audit
// chain have labels of their own that only Index and Chain can reach.
const (
	// Fields is for personal fields in tables.
	Fields Label = "fields"
	// Payloads is for the payloads of the operation log.
	Payloads Label = "payloads"
	// Backups is for whole backup files.
	Backups Label = "backups"
	// Attachments is for attached files; see Label.Of.
	Attachments Label = "attachments"

	labelIndex Label = "blind index"
	labelChain Label = "audit chain"
)

// Of narrows a label to one thing, so that the sealed file of one attachment
// cannot stand in for another: Attachments.Of(attachmentID).
func (l Label) Of(name string) Label { return l + "\x00" + Label(name) }

// Key is the data key of one file. Its bytes leave it only wrapped in a Slot.
// It is safe for use by several goroutines.
type Key struct {
	mu     sync.RWMutex
	id     uint32
	secret [keySize]byte
	wiped  bool
}

// NewKey reads a fresh data key and a random id (never 0) from rand, which
// must be a cryptographic source such as crypto/rand.Reader.
func NewKey(rand io.Reader) (*Key, error) {
	var raw [4 + keySize]byte
	defer clear(raw[:])
	if err := fill(rand, raw[:]); err != nil {
		return nil, err
	}
	id := max(binary.BigEndian.Uint32(raw[:4]), 1)
	return newKey(id, raw[4:]), nil
}

func newKey(id uint32, secret []byte) *Key {
	k := &Key{id: id}
	copy(k.secret[:], secret)
	return k
}

// ID is the number that sealed values and slots carry to name their key. It
// is random, so that a value of another file is refused as such.
func (k *Key) ID() uint32 { return k.id }

// Same tells whether both are the same data key; wiped keys are never the same.
func (k *Key) Same(other *Key) bool {
	a, errA := k.derive("same")
	b, errB := other.derive("same")
	return errA == nil && errB == nil && k.id == other.id && subtle.ConstantTimeCompare(a, b) == 1
}

// Wipe overwrites the key. What was built from it (Sealer, Index, Chain) has
// its own sub-key and its own Wipe.
func (k *Key) Wipe() {
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.secret[:])
	k.wiped = true
}

// Format keeps the secret out of every log and error, whatever the verb.
func (k *Key) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "seal.Key(hidden)")
}

// use lends the secret for the length of one call.
func (k *Key) use(f func(secret []byte) error) error {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if k.wiped {
		return ErrWiped
	}
	return f(k.secret[:])
}

// derive gives the 32-byte sub-key of a label. The key id is part of the
// derivation, so that an id changed on disk cannot be mistaken for this key.
func (k *Key) derive(l Label) ([]byte, error) {
	info := binary.BigEndian.AppendUint32([]byte("rongyuan seal 1\x00"), k.id)
	info = append(info, l...)
	var sub []byte
	err := k.use(func(secret []byte) (err error) {
		sub, err = hkdf.Key(sha256.New, secret, nil, string(info), keySize)
		return err
	})
	return sub, err
}

// fill reads len(p) random bytes; a short source is an error, never a zero.
func fill(rand io.Reader, p []byte) error {
	if rand == nil {
		return ErrNoRandom
	}
	if _, err := io.ReadFull(rand, p); err != nil {
		return fmt.Errorf("seal: reading randomness: %w", err)
	}
	return nil
}

// appendPart appends p behind its length, so that joined parts cannot be
// shifted into each other.
func appendPart[T string | []byte](dst []byte, p T) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(p)))
	return append(dst, p...)
}
