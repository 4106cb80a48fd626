package store_test

import (
	"bytes"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

func (w *world) signed(text string) record.Signature {
	w.t.Helper()
	sig, err := w.db.Sign(w.t.Context(), record.PurposeReport, []byte(text))
	if err != nil {
		w.t.Fatal(err)
	}
	if !sig.Holds(record.PurposeReport, []byte(text)) {
		w.t.Fatal("the signature does not hold")
	}
	return sig
}

func (w *world) standing(sig record.Signature) record.Standing {
	w.t.Helper()
	keys, err := w.db.TrustedKeys(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	standing, _ := sig.Standing(keys)
	return standing
}

func (w *world) verified() {
	w.t.Helper()
	if _, err := w.db.Verify(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func TestTheSigningKeyIsMadeOnceAndStays(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	first := w.signed("甲")
	if again := w.signed("乙"); !bytes.Equal(first.Public, again.Public) {
		t.Error("a second key was made")
	}
	w.verified()
	if w.standing(first) != record.StandingOwn {
		t.Error("a station does not know its own key")
	}
	path, err := w.db.Backup(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Rekey(ctx, testPassword); err != nil {
		t.Fatal(err)
	}
	w.reopen()
	if again := w.signed("丙"); !bytes.Equal(first.Public, again.Public) {
		t.Error("a re-keyed file signs with another key")
	}
	w.verified()
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	other := w.opt
	other.Dir = t.TempDir()
	if _, err := store.Restore(ctx, other, path.Path, store.Secret{Account: testAdmin, Password: testPassword}); err != nil {
		t.Fatal(err)
	}
	w.opt = other
	w.reopenClosed()
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Fatal(err)
	}
	if again := w.signed("丁"); !bytes.Equal(first.Public, again.Public) {
		t.Error("a restored file signs with another key")
	}
	w.db.Lock()
	if w.standing(first) != record.StandingOwn {
		t.Error("a locked file cannot verify")
	}
	if _, err := w.db.Sign(ctx, record.PurposeReport, nil); record.CodeOf(err) != record.CodeLocked {
		t.Errorf("a locked file signs: %v", err)
	}
}

func TestTheSigningKeyIsNowhereInTheClear(t *testing.T) {
	w := newWorld(t)
	sig := w.signed("甲")
	proof, err := w.db.ProveKey(t.Context(), record.KeyOf(sig.Public), []byte("p"))
	if err != nil || !ed25519.Verify(sig.Public, []byte("p"), proof) {
		t.Fatalf("no proof: %v", err)
	}
	seed := w.db.SigningSeed(t)
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(w.opt.Dir, "station.db"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(raw, sig.Public) {
		t.Error("the public half is not where it is looked for")
	}
	if bytes.Contains(raw, seed) {
		t.Error("the private half stands in the file")
	}
}

func TestAnEndedKey(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	first := w.signed("甲")
	if err := w.db.EndKey(ctx, record.KeyRetired, ""); record.CodeOf(err) != record.CodeReasonRequired {
		t.Errorf("without a reason: %v", err)
	}
	if err := w.db.EndKey(ctx, record.KeyRetired, "换主任"); err != nil {
		t.Fatal(err)
	}
	second := w.signed("甲")
	if bytes.Equal(first.Public, second.Public) || w.standing(first) != record.StandingOwn {
		t.Error("what a retired key signed stays good, and nothing new is signed with it")
	}
	if err := w.db.EndKey(ctx, record.KeyRevoked, "电脑丢失"); err != nil {
		t.Fatal(err)
	}
	if w.standing(second) != record.StandingRevoked || w.standing(first) != record.StandingOwn {
		t.Error("what a revoked key signed is good no more")
	}
	if err := w.db.EndKey(ctx, record.KeyRevoked, "再一次"); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("no key left: %v", err)
	}
	keys, err := w.db.SigningKeys(ctx)
	if err != nil || len(keys) != 2 || keys[1].State != record.KeyRevoked || keys[1].Reason != "电脑丢失" {
		t.Errorf("%+v %v", keys, err)
	}
	w.verified()
	if _, err := w.db.LastUndoable(ctx); record.CodeOf(err) != record.CodeNothingToDo {
		t.Errorf("a key can be undone: %v", err)
	}
	w.login("李干事", record.RoleClerk)
	if err := w.db.EndKey(ctx, record.KeyRetired, "随便"); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("a clerk ends a key: %v", err)
	}
}

// login makes an account and logs it in.
func (w *world) login(name string, role record.Role) {
	w.t.Helper()
	if err := w.db.AddAccount(w.t.Context(), store.Account{Name: name, Role: role}, otherPassword); err != nil {
		w.t.Fatal(err)
	}
	if err := w.db.Unlock(w.t.Context(), name, otherPassword); err != nil {
		w.t.Fatal(err)
	}
}

func TestKeysOfOthers(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	seed := bytes.Repeat([]byte{5}, ed25519.SeedSize)
	theirs := record.Sign(seed, record.PurposeReport, "120103005", []byte("甲"))
	if w.standing(theirs) != record.StandingUnknown {
		t.Error("a stranger's key is known")
	}
	raw, err := record.WriteKeyFile(record.TrustedKey{Owner: record.OwnerStation, Code: "120103005", Name: "邻站", Public: theirs.Public})
	if err != nil {
		t.Fatal(err)
	}
	key, err := record.ReadKeyFile(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.TrustKey(ctx, key); err != nil {
		t.Fatal(err)
	}
	if err := w.db.TrustKey(ctx, key); record.CodeOf(err) != record.CodeNothingToDo {
		t.Errorf("twice: %v", err)
	}
	if w.standing(theirs) != record.StandingKnown {
		t.Error("a key that was taken in is not known")
	}
	if err := w.db.LearnRevocations(ctx, []record.Revocation{{Kind: record.RevokedKey, ID: string(key.ID()), Since: "2026-10-19"}}); err != nil {
		t.Fatal(err)
	}
	if w.standing(theirs) != record.StandingRevoked {
		t.Error("a revocation that was learnt says nothing")
	}
	if err := w.db.LearnRevocations(ctx, []record.Revocation{{Kind: "other", ID: "x", Since: "2026-10-19"}}); record.CodeOf(err) != record.CodeInvalid {
		t.Errorf("an odd revocation: %v", err)
	}
	if err := w.db.DistrustKey(ctx, key.ID()); err != nil {
		t.Fatal(err)
	}
	if w.standing(theirs) != record.StandingUnknown {
		t.Error("a key that was taken out is still known")
	}
	for _, bad := range [][]byte{nil, []byte("{}"), bytes.Replace(raw, []byte("120103005"), []byte("12010300"), 1), bytes.Replace(raw, []byte("-1\""), []byte("-2\""), 1)} {
		if _, err := record.ReadKeyFile(bad); record.CodeOf(err) != record.CodeKeyFile {
			t.Errorf("a damaged key file: %v", err)
		}
	}
}

func TestEndorsement(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	district := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{6}, ed25519.SeedSize))
	public := district.Public().(ed25519.PublicKey)
	sig := w.signed("甲")
	if _, err := w.db.KeyToEndorse(ctx); record.CodeOf(err) != record.CodeNotEnrolled {
		t.Errorf("not enrolled: %v", err)
	}
	if err := w.db.SaveEnrolment(ctx, record.Enrolment{
		DistrictCode: "120103", DistrictName: "河西区", Authority: []byte("ca"), DistrictKey: public, Device: "d1", DeviceKey: []byte("seed"),
	}); err != nil {
		t.Fatal(err)
	}
	key, err := w.db.KeyToEndorse(ctx)
	if err != nil || !bytes.Equal(key.Public, sig.Public) {
		t.Fatalf("%+v, %v", key, err)
	}
	e := record.Endorsement{DistrictKey: public, District: "120103", Signature: ed25519.Sign(district, record.EndorsementBytes("120103005", key.Public))}
	if err := w.db.SaveEndorsement(ctx, key.ID, e); record.CodeOf(err) != record.CodeUnauthorised {
		t.Errorf("another station's endorsement: %v", err)
	}
	e.Signature = ed25519.Sign(district, record.EndorsementBytes("120103004", key.Public))
	if err := w.db.SaveEndorsement(ctx, key.ID, e); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.KeyToEndorse(ctx); record.CodeOf(err) != record.CodeNothingToDo {
		t.Errorf("endorsed: %v", err)
	}
	if after := w.signed("甲"); !bytes.Equal(after.Endorsed, e.Signature) {
		t.Error("a signature does not carry the district's word")
	}
	// The district's other stations know the district and nothing of this one.
	neighbour := record.Sign(bytes.Repeat([]byte{9}, ed25519.SeedSize), record.PurposeReport, "120103005", []byte("乙"))
	neighbour.Endorsed = ed25519.Sign(district, record.EndorsementBytes("120103005", neighbour.Public))
	if w.standing(neighbour) != record.StandingEndorsed {
		t.Error("a neighbour of the same district is not known")
	}
	w.verified()
}
