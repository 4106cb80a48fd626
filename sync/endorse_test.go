package sync_test

import (
	"bytes"
	"crypto/ed25519"
	"testing"

	"rongyuan/store/record"
)

// TestADistrictEndorsesTheKeyThatTheLogHolds: the word of the district comes
// with the round that brings the key, and only for a key that is in the log and
// in use.
func TestADistrictEndorsesTheKeyThatTheLogHolds(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	c := w.enrol(n)
	n.signing = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{3}, ed25519.SeedSize))
	public := n.signing.Public().(ed25519.PublicKey)
	w.round(c)
	if n.endorsed != nil {
		t.Fatal("a key that no log holds was endorsed")
	}
	key := record.SigningKey{Public: public, Made: "2026-10-20", State: record.KeyActive}
	save(n, record.OpKeyMade, string(record.KeyOf(public)), key)
	w.round(c)
	if n.endorsed == nil || !n.endorsed.Holds(station, public) || n.endorsed.Holds("129999005", public) {
		t.Fatalf("endorsement %+v", n.endorsed)
	}
	if !bytes.Equal(n.endorsed.DistrictKey, n.enrolment.DistrictKey) {
		t.Error("another key endorsed")
	}
	sig := record.Sign(n.signing.Seed(), record.PurposeReport, station, []byte("figures"))
	sig.Endorsed = n.endorsed.Signature
	known := []record.TrustedKey{{Owner: record.OwnerDistrict, Public: n.enrolment.DistrictKey, State: record.KeyActive}}
	if standing, _ := sig.Standing(known); standing != record.StandingEndorsed {
		t.Errorf("another station of the district says %s", standing)
	}
	if r := w.round(c); r.Requests != 1 {
		t.Errorf("an endorsed station asks again: %d requests", r.Requests)
	}
}

func TestARevokedKeyIsNotEndorsed(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	c := w.enrol(n)
	n.signing = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{3}, ed25519.SeedSize))
	public := n.signing.Public().(ed25519.PublicKey)
	key := record.SigningKey{Public: public, Made: "2026-10-20", State: record.KeyRevoked}
	save(n, record.OpKeyMade, string(record.KeyOf(public)), key)
	w.round(c)
	if n.endorsed != nil {
		t.Error("a revoked key was endorsed")
	}
	// Somebody else's key, of which only the public half is known.
	key.State = record.KeyActive
	save(n, record.OpKeyEnded, string(record.KeyOf(public)), key)
	n.signing = append(bytes.Repeat([]byte{4}, ed25519.SeedSize), public...)
	w.round(c)
	if n.endorsed != nil {
		t.Error("a key was endorsed without a proof")
	}
}
