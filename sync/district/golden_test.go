package district

import (
	"bytes"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// TestEveryReleasedOperationIsStillApplied pushes the golden operations of the
// wire, whose bytes never change, as the stations of that day would.
func TestEveryReleasedOperationIsStillApplied(t *testing.T) {
	files, err := filepath.Glob("../wire/testdata/operations/*.ndjson")
	must(t, err)
	if len(files) < len(record.OperationTypes()) {
		t.Fatalf("%d golden operations", len(files))
	}
	var batches []wire.Batch
	for _, file := range files {
		raw, err := os.ReadFile(file)
		must(t, err)
		b, err := wire.DecodeBatch(raw)
		must(t, err)
		batches = append(batches, b)
	}
	slices.SortFunc(batches, func(a, b wire.Batch) int { return int(a.After.Seq - b.After.Seq) })

	now := time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)
	s := testServer(t, &now)
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	d := Device{ID: "d", Station: here, Algorithm: wire.Ed25519, PublicKey: publicKey(key), Incarnation: life}
	update(t, s.storage, func(tx Tx) error { return tx.PutDevice(d) })
	for i, b := range batches {
		r, err := s.ingest(t.Context(), deviceScope(d), b)
		must(t, err)
		if r.Head.Seq != int64(i)+1 || r.Quarantined+r.Cases != 0 {
			t.Errorf("%s: %+v", b.Operations[0].Type, r)
		}
	}
	view(t, s.storage, func(tx Tx) error {
		row, err := tx.Row(system(), Ref{here, record.EntityVolunteer, "v-1"})
		must(t, err)
		v, err := s.volunteer(Ref{here, record.EntityVolunteer, "v-1"}, row)
		if v.Name != "王建国" || v.Note != "行一\n行二 \u2028" || v.Version != 2 {
			t.Errorf("%+v", v)
		}
		st, err2 := tx.Station(system(), here)
		if st.Name != "某街道退役军人服务站" || err2 != nil {
			t.Errorf("%+v %v", st, err2)
		}
		return err
	})
}
