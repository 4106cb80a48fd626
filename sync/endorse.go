package sync

import (
	"context"
	"fmt"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// endorse gets the district's word for a signing key that has none yet, after
// the operation that made the key was sent. A district that cannot give it does
// not spoil the round: papers are signed all the same, and the next round asks
// again.
func (r *round) endorse(ctx context.Context) error {
	key, err := r.c.opt.Store.KeyToEndorse(ctx)
	switch record.CodeOf(err) {
	case "":
	case record.CodeNothingToDo, record.CodeLocked:
		return nil
	default:
		return err
	}
	proof, err := r.c.opt.Store.ProveKey(ctx, key.ID, wire.EndorseBytes(r.station, key.ID))
	if err != nil {
		return err
	}
	body, err := wire.Encode(wire.Endorse{Key: key.ID, Proof: proof})
	if err != nil {
		return err
	}
	r.sequence++
	raw, err := r.send(ctx, request{path: wire.PathEndorse, kind: wire.TypeJSON, body: body, challenge: r.challenge, sequence: r.sequence})
	if err != nil {
		return nil // the log was exchanged, which is what a round is for
	}
	a, err := wire.DecodeEndorseAnswer(raw)
	if err != nil {
		return record.Fail(record.CodeNotDistrict).Because(err)
	}
	e := record.Endorsement{DistrictKey: r.enrolment.DistrictKey, District: r.enrolment.DistrictCode, Signature: a.Signature}
	if !e.Holds(r.station, key.Public) {
		return record.Fail(record.CodeNotDistrict)
	}
	if err := r.c.opt.Store.SaveEndorsement(ctx, key.ID, e); err != nil {
		return fmt.Errorf("keep endorsement: %w", err)
	}
	return nil
}
