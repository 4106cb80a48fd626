package district

import (
	"context"
	"crypto/ed25519"
	"encoding/json"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

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
