package district

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"net/http"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// handleEndorse gives the district's word for a station's signing key. The key
// must be in the station's log, so that what was endorsed can be traced to who
// made it and when.
func (s *Server) handleEndorse(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	claim, device, err := s.claimed(r)
	if err != nil {
		return nil, err
	}
	session := s.talks.find(claim.Challenge, device.ID, s.opt.Clock())
	if session == nil || claim.Sequence < 1 {
		return nil, record.Fail(record.CodeUnauthorised)
	}
	raw, err := readBody(w, r, wire.TypeJSON, wire.MaxPlain)
	if err != nil {
		return nil, err
	}
	scope, err := s.verified(r, claim, device, raw)
	if err != nil {
		return nil, err
	}
	message, err := wire.DecodeEndorse(raw)
	if err != nil {
		return nil, err
	}
	session.mu.Lock()
	defer session.mu.Unlock()
	if claim.Sequence <= session.last {
		return nil, s.replayed(r.Context(), scope, session, claim.Sequence)
	}
	a, err := s.endorse(r.Context(), scope, message)
	if err != nil {
		return nil, err
	}
	answer, err := wire.Encode(a)
	if err != nil {
		return nil, err
	}
	session.last, session.answer = claim.Sequence, answer
	return answer, nil
}

// endorse signs a key that the station's log holds, that is in use, and whose
// private half the station has.
func (s *Server) endorse(ctx context.Context, scope Scope, e wire.Endorse) (a wire.EndorseAnswer, err error) {
	err = s.storage.Update(ctx, func(tx Tx) error {
		ref := Ref{scope.station, record.EntityKey, string(e.Key)}
		row, err := tx.Row(scope, ref)
		if err != nil {
			return err
		}
		plain, err := s.vault.unpack(ref, row)
		if err != nil {
			return err
		}
		var key record.SigningKey
		if err := json.Unmarshal(plain, &key); err != nil {
			return record.Fail(record.CodeInternal).Because(err)
		}
		if key.State != record.KeyActive || record.KeyOf(key.Public) != e.Key || len(key.Public) != ed25519.PublicKeySize ||
			!ed25519.Verify(key.Public, wire.EndorseBytes(scope.station, e.Key), e.Proof) {
			return record.Fail(record.CodeUnauthorised)
		}
		a.Signature = ed25519.Sign(s.signer, record.EndorsementBytes(scope.station, key.Public))
		return s.audit(tx, scope, "key_endorsed", string(e.Key), "")
	})
	return a, err
}
