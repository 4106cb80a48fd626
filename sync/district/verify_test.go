package district

import (
	"bytes"
	"crypto/ed25519"
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// testDevice is a device that the storage knows, with its key.
func testDevice(t *testing.T, s *Server) (Scope, ed25519.PrivateKey) {
	t.Helper()
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{5}, ed25519.SeedSize))
	d := Device{ID: "d", Station: here, Algorithm: wire.Ed25519, PublicKey: publicKey(key), Incarnation: life}
	update(t, s.storage, func(tx Tx) error { return tx.PutDevice(d) })
	return deviceScope(d), key
}

func testBatch(t *testing.T, key ed25519.PrivateKey, rows int) wire.Batch {
	t.Helper()
	b := wire.Batch{Station: here, After: record.Head{Incarnation: life}}
	var hash []byte
	for i := range rows {
		payload, err := json.Marshal(record.Change{Set: map[string]json.RawMessage{"name": json.RawMessage(fmt.Sprintf(`"队%d"`, i)), "kind": json.RawMessage(`"t01"`)}})
		must(t, err)
		op := record.Operation{
			Station: here, Incarnation: life, Seq: int64(i) + 1, Type: record.OpTeamFounded, TypeVersion: 1, Entity: record.EntityTeam,
			EntityID: fmt.Sprint("t-", i), Salt: make([]byte, record.SaltSize), Payload: payload,
		}
		op.Bind(hash)
		hash = op.Hash
		b.Operations = append(b.Operations, op)
	}
	b.Signature = ed25519.Sign(key, wire.HeadBytes(here, b.Head()))
	return b
}

func TestVerifyFindsWhatWasChanged(t *testing.T) {
	for name, query := range map[string]string{
		"a payload":            `UPDATE op_log SET sealed = (SELECT sealed FROM op_log WHERE seq = 3) WHERE seq = 2`,
		"a header":             `UPDATE op_log SET entity_id = 'x' WHERE seq = 2`,
		"an operation gone":    `DELETE FROM op_log WHERE seq = 2`,
		"the last one gone":    `DELETE FROM op_log WHERE seq = 5`,
		"the head":             `UPDATE log_heads SET hash = x'00'`,
		"a line of the audit":  `UPDATE audit SET who = 'somebody' WHERE seq = 1`,
		"an audit line gone":   `DELETE FROM audit WHERE seq = 1`,
		"nothing, the control": `SELECT 1`,
	} {
		now := time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)
		s := testServer(t, &now)
		_, err := s.Login(t.Context(), "区管理员", testPassword)
		must(t, err)
		_, err = s.Login(t.Context(), "区管理员", testPassword)
		must(t, err)
		scope, key := testDevice(t, s)
		r, err := s.ingest(t.Context(), scope, testBatch(t, key, 5))
		must(t, err)
		if r.Head.Seq != 5 || r.Quarantined != 0 {
			t.Fatalf("%+v", r)
		}
		db, err := sql.Open("sqlite", filepath.Join(s.opt.Folder, storageFile))
		must(t, err)
		for _, trigger := range []string{"op_log_keeps", "op_log_stays", "audit_keeps", "audit_stays"} {
			_, err = db.Exec("DROP TRIGGER " + trigger)
			must(t, err)
		}
		_, err = db.Exec(query)
		must(t, err)
		must(t, db.Close())
		report, err := s.Verify(t.Context())
		must(t, err)
		if good := name == "nothing, the control"; report.Good() != good {
			t.Errorf("%s: %+v", name, report)
		}
	}
}

// TestANewerProgramAppliesWhatAnOlderOneKept lets a server that knows no teams
// take in what it cannot apply, and opens it again with one that does.
func TestANewerProgramAppliesWhatAnOlderOneKept(t *testing.T) {
	now := time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)
	s := testServer(t, &now)
	scope, key := testDevice(t, s)
	delete(s.shapes, record.EntityTeam)
	r, err := s.ingest(t.Context(), scope, testBatch(t, key, 3))
	must(t, err)
	if r.Head.Seq != 3 || r.Quarantined != 3 {
		t.Fatalf("%+v", r)
	}
	s.shapes = shapes()
	must(t, s.applyAll(t.Context()))
	view(t, s.storage, func(tx Tx) error {
		rows, err := tx.Rows(scope, here, record.EntityTeam)
		counts, err2 := tx.Counts(scope, here)
		if len(rows) != 3 || counts.Waiting() != 0 || err != nil {
			t.Errorf("%d teams, %+v", len(rows), counts)
		}
		return err2
	})
}

// TestStoredAndNotYetApplied is a server that was killed between the two.
func TestStoredAndNotYetApplied(t *testing.T) {
	now := time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)
	s := testServer(t, &now)
	scope, key := testDevice(t, s)
	b := testBatch(t, key, 700)
	sealed, err := s.sealAll(scope, b.Operations)
	must(t, err)
	update(t, s.storage, func(tx Tx) error { return store(tx, scope, b, sealed) })
	must(t, s.applyAll(t.Context()))
	view(t, s.storage, func(tx Tx) error {
		rows, err := tx.Rows(scope, here, record.EntityTeam)
		head, err2 := tx.Head(scope, LogName{here, life})
		if len(rows) != 700 || head.Applied != 700 || err2 != nil {
			t.Errorf("%d teams, head %+v", len(rows), head)
		}
		return err
	})
}
