package district

import (
	"encoding/json"

	"rongyuan/store/record"
)

// erase follows a station that erased a person on a lawful request (PIPL,
// article 47): what earlier operations said of that person goes here too.
// Their headers and commitments stay, so that the chain still holds. Copies in
// the district's own backups go as those are thinned out.
func (a *applier) erase(op record.Operation, after []byte) error {
	if op.Entity != record.EntityVolunteer || op.Erased() || !purged(after) {
		return nil
	}
	ops, err := a.tx.OperationsOn(a.scope, Ref{op.Station, op.Entity, op.EntityID})
	if err != nil {
		return err
	}
	for _, stored := range ops {
		if stored.Operation.Seq == op.Seq && stored.Operation.Incarnation == op.Incarnation {
			continue // it says nothing but that the rest is gone
		}
		if err := a.empty(stored); err != nil {
			return err
		}
	}
	return nil
}

func purged(after []byte) bool {
	var v record.Volunteer
	return json.Unmarshal(after, &v) == nil && v.Withdrawn && v.Name == record.PurgedName
}

func (a *applier) empty(stored StoredOperation) error {
	op, err := a.vault.openOperation(stored)
	if err != nil || op.Erased() {
		return err
	}
	op.Salt, op.Payload = nil, nil
	emptied, err := a.vault.sealOperation(op)
	if err != nil {
		return err
	}
	return a.tx.Erase(a.scope, keyOf(op), emptied.Sealed)
}
