package store

import (
	"io"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// opener opens sealed values.
type opener interface {
	AppendOpen(dst []byte, p seal.Place, sealed []byte) ([]byte, error)
}

// ring seals under the current data key and opens under it or one that was
// replaced, as the value itself names.
type ring struct {
	now *seal.Sealer
	old map[uint32]*seal.Sealer
}

func newRing(rand io.Reader, key *seal.Key, old []*seal.Key, label seal.Label) (*ring, error) {
	now, err := seal.NewSealer(rand, key, label)
	if err != nil {
		return nil, err
	}
	r := &ring{now: now, old: map[uint32]*seal.Sealer{}}
	for _, k := range old {
		if r.old[k.ID()], err = seal.NewSealer(rand, k, label); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// of is the sealer that a value names; the current one where it names none that
// is known, whose error then says so.
func (r *ring) of(sealed []byte) *seal.Sealer {
	if len(r.old) > 0 {
		if id, err := seal.KeyIDOf(sealed); err == nil && r.old[id] != nil {
			return r.old[id]
		}
	}
	return r.now
}

func (r *ring) Seal(p seal.Place, plain []byte) ([]byte, error) { return r.now.Seal(p, plain) }

func (r *ring) SealText(p seal.Place, plain string) ([]byte, error) { return r.now.SealText(p, plain) }

func (r *ring) Open(p seal.Place, sealed []byte) ([]byte, error) { return r.of(sealed).Open(p, sealed) }

func (r *ring) OpenText(p seal.Place, sealed []byte) (string, error) {
	return r.of(sealed).OpenText(p, sealed)
}

func (r *ring) AppendOpen(dst []byte, p seal.Place, sealed []byte) ([]byte, error) {
	return r.of(sealed).AppendOpen(dst, p, sealed)
}

func (r *ring) wipe() {
	r.now.Wipe()
	for _, s := range r.old {
		s.Wipe()
	}
}

// sealedAnew opens a value under an old key and seals it under the current one.
func (s *session) sealedAnew(p seal.Place, sealed []byte) ([]byte, error) {
	r := s.fields
	if p.Table == "op_log" {
		r = s.loads
	}
	plain, err := r.Open(p, sealed)
	if err != nil {
		return nil, record.Fail(record.CodeSealBroken).Because(err)
	}
	defer clear(plain)
	return r.Seal(p, plain)
}

// chainOf is the audit chain of the key under which an entry was written.
func (s *session) chainOf(detail []byte) *seal.Chain {
	if id, err := seal.KeyIDOf(detail); err == nil && s.oldChains[id] != nil {
		return s.oldChains[id]
	}
	return s.chain
}
