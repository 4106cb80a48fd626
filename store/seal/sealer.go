package seal

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
)

const (
	formatVersion = 1
	suiteAES      = 1 // AES-256-GCM

	nonceSize = 12
	tagSize   = 16
	padStep   = 16
	// valueHead is version, suite and key id; the nonce follows it.
	valueHead   = 1 + 1 + 4
	valueBody   = valueHead + nonceSize
	nonceBuffer = 128 * nonceSize
)

// Place says where a sealed value stands. It is bound to the value: the same
// bytes do not open anywhere else. Row is the row's lasting id (a UUID), never
// a SQLite rowid, which may be given again after a deletion.
type Place struct {
	Table, Column, Row string
}

// Sealer seals and opens values under one sub-key of a data key. It is safe
// for use by several goroutines.
type Sealer struct {
	keyID uint32
	aead  atomic.Pointer[cipher.AEAD]
	pool  sync.Pool // *[]byte, scratch for bound data and for texts

	mu   sync.Mutex
	rand io.Reader // buffered: one system call for 128 nonces
}

// NewSealer makes a Sealer for one use (Fields, Payloads). Nonces are read
// from rand, which must be a cryptographic source that several Sealers may
// share at once (crypto/rand.Reader); a source that repeats itself gives
// everything away.
func NewSealer(rand io.Reader, k *Key, l Label) (*Sealer, error) {
	if rand == nil {
		return nil, ErrNoRandom
	}
	sub, err := k.derive(l)
	if err != nil {
		return nil, err
	}
	defer clear(sub)
	aead, err := newGCM(sub)
	if err != nil {
		return nil, err
	}
	s := &Sealer{keyID: k.ID(), rand: bufio.NewReaderSize(rand, nonceBuffer)}
	s.aead.Store(&aead)
	s.pool.New = func() any { b := make([]byte, 0, 256); return &b }
	return s, nil
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("seal: cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("seal: cipher: %w", err)
	}
	return aead, nil
}

// KeyID is the id of the data key; every value that this Sealer makes carries it.
func (s *Sealer) KeyID() uint32 { return s.keyID }

// Wipe lets go of the sub-key; everything afterwards gives ErrWiped.
func (s *Sealer) Wipe() { s.aead.Store(nil) }

// Seal encrypts plain for its place. The result is version, suite, key id,
// nonce, ciphertext and tag: 34 bytes and the plaintext, which is padded to
// the next 16-byte step (at least one byte). Empty and binary values are fine.
func (s *Sealer) Seal(p Place, plain []byte) ([]byte, error) {
	out := valueBuffer(len(plain))
	return s.finish(p, append(out, plain...))
}

// SealText is Seal for text.
func (s *Sealer) SealText(p Place, plain string) ([]byte, error) {
	out := valueBuffer(len(plain))
	return s.finish(p, append(out, plain...))
}

// valueBuffer has room for the whole sealed value and its head left blank.
func valueBuffer(plain int) []byte {
	padded := plain + padStep - plain%padStep
	return make([]byte, valueBody, valueBody+padded+tagSize)
}

// finish pads and encrypts in place what follows the blank head in buf.
func (s *Sealer) finish(p Place, buf []byte) ([]byte, error) {
	aead := s.aead.Load()
	if aead == nil {
		return nil, ErrWiped
	}
	if !p.complete() {
		return nil, ErrNoPlace
	}
	buf[0], buf[1] = formatVersion, suiteAES
	binary.BigEndian.PutUint32(buf[2:], s.keyID)
	if err := s.nonce(buf[valueHead:valueBody]); err != nil {
		return nil, err
	}
	buf = pad(buf, valueBody)
	bound := s.pool.Get().(*[]byte)
	*bound = p.appendBound((*bound)[:0], buf[:valueHead])
	out := (*aead).Seal(buf[:valueBody], buf[valueHead:valueBody], buf[valueBody:], *bound)
	s.pool.Put(bound)
	return out, nil
}

func (s *Sealer) nonce(p []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fill(s.rand, p)
}

// Open decrypts what Seal made for the same place. The errors are ErrTampered,
// ErrWrongKey, ErrUnknownSuite, ErrUnknownVersion, ErrNoPlace and ErrWiped.
func (s *Sealer) Open(p Place, sealed []byte) ([]byte, error) {
	out, err := s.AppendOpen(make([]byte, 0, max(len(sealed)-valueBody-tagSize, 0)), p, sealed)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// OpenText is Open for text.
func (s *Sealer) OpenText(p Place, sealed []byte) (string, error) {
	scratch := s.pool.Get().(*[]byte)
	defer s.pool.Put(scratch)
	out, err := s.AppendOpen((*scratch)[:0], p, sealed)
	if err != nil {
		return "", err
	}
	text := string(out)
	clear(out)
	if cap(out) <= 4096 {
		*scratch = out
	}
	return text, nil
}

// AppendOpen appends the plaintext to dst and allocates nothing when dst has
// room for the padded value (len(sealed)-34). On an error dst comes back with
// its old length. dst and sealed must not share memory.
func (s *Sealer) AppendOpen(dst []byte, p Place, sealed []byte) ([]byte, error) {
	aead := s.aead.Load()
	if aead == nil {
		return dst, ErrWiped
	}
	if err := s.accept(p, sealed); err != nil {
		return dst, err
	}
	bound := s.pool.Get().(*[]byte)
	*bound = p.appendBound((*bound)[:0], sealed[:valueHead])
	out, err := (*aead).Open(dst, sealed[valueHead:valueBody], sealed[valueBody:], *bound)
	s.pool.Put(bound)
	if err != nil {
		return dst, ErrTampered
	}
	n, ok := unpadded(out[len(dst):])
	if !ok {
		clear(out[len(dst):])
		return dst, ErrTampered
	}
	return out[:len(dst)+n], nil
}

// accept checks what can be told without a key, the plainest fault first.
func (s *Sealer) accept(p Place, sealed []byte) error {
	id, err := KeyIDOf(sealed)
	switch {
	case err != nil:
		return err
	case id != s.keyID:
		return ErrWrongKey
	case !p.complete():
		return ErrNoPlace
	case (len(sealed)-valueBody-tagSize)%padStep != 0:
		return ErrTampered
	}
	return nil
}

// KeyIDOf reads which data key a sealed value names, for re-keying. It proves
// nothing about the value.
func KeyIDOf(sealed []byte) (uint32, error) {
	switch {
	case len(sealed) < valueBody+padStep+tagSize:
		return 0, ErrTampered
	case sealed[0] != formatVersion:
		return 0, ErrUnknownVersion
	case sealed[1] != suiteAES:
		return 0, ErrUnknownSuite
	}
	return binary.BigEndian.Uint32(sealed[2:]), nil
}

func (p Place) complete() bool {
	return p.Table != "" && p.Column != "" && p.Row != ""
}

// appendBound appends what is bound to the value: its place, each part behind
// its length, and its head with version, suite and key id.
func (p Place) appendBound(dst, head []byte) []byte {
	dst = appendPart(dst, p.Table)
	dst = appendPart(dst, p.Column)
	dst = appendPart(dst, p.Row)
	return append(dst, head...)
}

// pad adds 0x80 and zeros until what follows start is a whole number of steps.
func pad(buf []byte, start int) []byte {
	buf = append(buf, 0x80)
	for (len(buf)-start)%padStep != 0 {
		buf = append(buf, 0)
	}
	return buf
}

// unpadded gives the length before the padding, which is never absent and
// never longer than a step.
func unpadded(p []byte) (int, bool) {
	for i := len(p) - 1; i >= max(len(p)-padStep, 0); i-- {
		switch p[i] {
		case 0:
		case 0x80:
			return i, true
		default:
			return 0, false
		}
	}
	return 0, false
}
