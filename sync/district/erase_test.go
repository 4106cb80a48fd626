package district

import (
	"crypto/ed25519"
	"encoding/json"
	"testing"
	"time"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// TestTheDistrictForgetsToo holds that what a station erased on a lawful request
// is gone from the district's copy of the log as well, and that the log holds.
func TestTheDistrictForgetsToo(t *testing.T) {
	now := time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)
	s := testServer(t, &now)
	scope, key := testDevice(t, s)
	b := wire.Batch{Station: here, After: record.Head{Incarnation: life}}
	var hash []byte
	for i, fields := range []string{
		`{"name":"王建国","note":"只有他知道"}`, `{"note":"还有这个"}`, `{"name":"` + record.PurgedName + `","note":"","withdrawn":true}`,
	} {
		payload, err := json.Marshal(map[string]json.RawMessage{"set": json.RawMessage(fields)})
		must(t, err)
		op := record.Operation{
			Station: here, Incarnation: life, Seq: int64(i) + 1, Type: record.OpVolunteerUpdated, TypeVersion: 1, Entity: record.EntityVolunteer,
			EntityID: "v-1", BaseVersion: int64(i), Salt: make([]byte, record.SaltSize), Payload: payload,
		}
		op.Bind(hash)
		hash = op.Hash
		b.Operations = append(b.Operations, op)
	}
	b.Operations[0].Type = record.OpVolunteerRegistered
	hash = nil
	for i := range b.Operations {
		b.Operations[i].Bind(hash)
		hash = b.Operations[i].Hash
	}
	b.Signature = ed25519.Sign(key, wire.HeadBytes(here, b.Head()))
	_, err := s.ingest(t.Context(), scope, b)
	must(t, err)
	view(t, s.storage, func(tx Tx) error {
		ops, err := tx.OperationsOn(system(), Ref{here, record.EntityVolunteer, "v-1"})
		must(t, err)
		for _, stored := range ops {
			op, err := s.vault.openOperation(stored)
			must(t, err)
			if erased := op.Erased(); erased != (op.Seq < 3) {
				t.Errorf("operation %d: erased %v, %s", op.Seq, erased, op.Payload)
			}
		}
		if len(ops) != 3 {
			t.Errorf("%d operations", len(ops))
		}
		return nil
	})
	if r, err := s.Verify(t.Context()); err != nil || !r.Good() {
		t.Errorf("%+v %v", r, err)
	}
}
