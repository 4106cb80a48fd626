package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"sync"
)

// keyedHash is HMAC-SHA256 under a sub-key of its own. After wiping it fails:
// a hash under a zero key would be an unkeyed hash of personal data.
type keyedHash struct {
	mu  sync.RWMutex
	key []byte
}

func (h *keyedHash) sum(parts ...[]byte) (out [sha256.Size]byte, err error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.key == nil {
		return out, ErrWiped
	}
	m := hmac.New(sha256.New, h.key)
	for _, p := range parts {
		_, _ = m.Write(p) // a hash never fails
	}
	m.Sum(out[:0])
	return out, nil
}

// Wipe overwrites the sub-key; everything afterwards gives ErrWiped.
func (h *keyedHash) Wipe() {
	h.mu.Lock()
	defer h.mu.Unlock()
	clear(h.key)
	h.key = nil
}

// Index makes the one searchable trace of an ID number that may stand on
// disk. It serves uniqueness and repeated imports; whoever lacks the data key
// cannot try numbers against it. It is safe for use by several goroutines.
type Index struct{ keyedHash }

// NewIndex derives the key of the blind index.
func NewIndex(k *Key) (*Index, error) {
	sub, err := k.derive(labelIndex)
	if err != nil {
		return nil, err
	}
	return &Index{keyedHash{key: sub}}, nil
}

// Blind gives the index of an ID number. The number must already be in its
// one written form (18 characters, capital X): other spellings give other
// indexes. An empty number is refused with ErrEmpty, since all persons without
// a number would meet there.
func (x *Index) Blind(idNumber string) ([sha256.Size]byte, error) {
	if idNumber == "" {
		return [sha256.Size]byte{}, ErrEmpty
	}
	return x.sum([]byte(idNumber))
}

// Chain links the entries of the audit log, so that nobody without the data
// key can change, drop or insert one unseen. Cutting off the newest entries is
// seen only by comparing the head with one kept elsewhere. It is safe for use
// by several goroutines.
type Chain struct{ keyedHash }

// NewChain derives the key of the audit chain.
func NewChain(k *Key) (*Chain, error) {
	sub, err := k.derive(labelChain)
	if err != nil {
		return nil, err
	}
	return &Chain{keyedHash{key: sub}}, nil
}

// Link gives the link of entry behind prev; the first entry stands behind the
// zero value. The entry's bytes must be the same whenever it is checked.
func (c *Chain) Link(prev [sha256.Size]byte, entry []byte) ([sha256.Size]byte, error) {
	return c.sum(prev[:], entry)
}

// Holds tells whether link is the link of entry behind prev.
func (c *Chain) Holds(prev [sha256.Size]byte, entry []byte, link [sha256.Size]byte) (bool, error) {
	want, err := c.Link(prev, entry)
	return err == nil && hmac.Equal(want[:], link[:]), err
}
