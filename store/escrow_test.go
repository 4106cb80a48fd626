package store_test

import (
	"bytes"
	"crypto/ecdh"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/seal"
)

const testHolder = "测试区退役军人服务中心"

func districtKey(t *testing.T, seed byte) *ecdh.PrivateKey {
	t.Helper()
	key, err := ecdh.X25519().NewPrivateKey(bytes.Repeat([]byte{seed}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// enrolled is an enrolment at a district that holds testHolder's key.
func (w *world) enrolled(device string, seed byte) record.Enrolment {
	w.t.Helper()
	t := w.t.(*testing.T)
	e := record.Enrolment{
		District: "https://10.0.0.8:8443", DistrictCode: "120103", DistrictName: testHolder, Device: device,
		DeviceKey: make([]byte, 32), EscrowKey: districtKey(t, seed).PublicKey().Bytes(),
	}
	if err := w.db.SaveEnrolment(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	return e
}

func (w *world) holder() string {
	w.t.Helper()
	name, err := w.db.EscrowHolder(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return name
}

// request asks for the key of the open file, or of a backup.
func (w *world) request(opt store.Options, backup string) seal.EscrowRequest {
	w.t.Helper()
	var raw []byte
	write := func(text []byte) error { raw = bytes.Clone(text); return nil }
	var err error
	if backup == "" {
		_, err = w.db.RequestEscrow(w.t.Context(), write)
	} else {
		_, err = store.RequestEscrow(opt, backup, write)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	r, err := seal.ParseEscrowRequest(raw)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (w *world) answer(r seal.EscrowRequest, seed byte) seal.EscrowAnswer {
	w.t.Helper()
	a, err := r.Answer(w.opt.Rand, districtKey(w.t.(*testing.T), seed))
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func waitingIn(t *testing.T, dir string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "escrow-*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEscrowOpensWhenPasswordAndPaperAreLost(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	if w.holder() != "" {
		t.Error("a district before enrolment")
	}
	if _, err := w.db.RequestEscrow(ctx, nil); record.CodeOf(err) != record.CodeNoEscrow {
		t.Errorf("request without a slot: %v", err)
	}
	w.enrolled("d-1", 5)
	w.db.Lock()
	if w.holder() != testHolder {
		t.Errorf("holder %q", w.holder())
	}
	if e, err := w.db.Exchange(ctx); err != nil || e.Escrow != testHolder {
		t.Errorf("the state of the exchange says %q, %v", e.Escrow, err)
	}
	failed := errors.New("disk")
	if _, err := w.db.RequestEscrow(ctx, func([]byte) error { return failed }); !errors.Is(err, failed) || len(waitingIn(t, w.opt.Dir)) != 0 {
		t.Errorf("a request that was not written waits: %v", err)
	}
	_, r := w.request(w.opt, ""), w.request(w.opt, "")
	all := waitingIn(t, w.opt.Dir)
	if len(all) != 2 {
		t.Fatalf("%d requests wait", len(all))
	}
	for _, path := range all {
		if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("%v %v", st.Mode(), err)
		}
	}
	a := w.answer(r, 5)
	if err := w.db.UnlockEscrow(ctx, a, testAdmin, "kurz"); record.CodeOf(err) != record.CodePasswordWeak {
		t.Errorf("weak password: %v", err)
	}
	if err := w.db.UnlockEscrow(ctx, a, testAdmin, otherPassword); err != nil {
		t.Fatal(err)
	}
	if left := waitingIn(t, w.opt.Dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if v, err := w.db.Volunteer(ctx, id); err != nil || v.IDNumber != number(1) {
		t.Error(err)
	}
	code, err := w.db.NewRecoveryCode(ctx)
	if err != nil || code == w.code {
		t.Fatal(err)
	}
	w.db.Lock()
	if err := w.db.UnlockEscrow(ctx, a, testAdmin, testPassword); record.CodeOf(err) != record.CodeEscrowUsed {
		t.Errorf("the answer works twice: %v", err)
	}
	if err := w.db.Unlock(ctx, testAdmin, testPassword); record.CodeOf(err) != record.CodeWrongPassword {
		t.Errorf("the lost password: %v", err)
	}
	if err := w.db.Unlock(ctx, testAdmin, otherPassword); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Verify(ctx); err != nil {
		t.Error(err)
	}
	notes, err := w.db.AuditEntries(ctx, store.AuditFilter{Action: store.ActionEscrow})
	if err != nil || len(notes) != 2 || notes[0].Subject != r.ID || notes[1].Subject != "on" {
		t.Errorf("%+v %v", notes, err)
	}
	w.canary()
}

// canary reads every file of the folder for what must not stand in it.
func (w *world) canary() {
	w.t.Helper()
	err := filepath.WalkDir(w.opt.Dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, plain := range []string{someone(1).Name, string(number(1)), "10.0.0.8"} {
			if bytes.Contains(raw, []byte(plain)) {
				w.t.Errorf("%s holds %q", filepath.Base(path), plain)
			}
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestEscrowOpensABackupOnANewPC(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	w.enrolled("d-1", 5)
	file, err := w.db.Backup(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	opt := w.opt
	opt.Dir = filepath.Join(t.TempDir(), "新电脑")
	r := w.request(opt, file.Path)
	a := w.answer(r, 5)
	if _, err := store.Restore(ctx, w.opt, file.Path, store.Secret{Escrow: &a}); record.CodeOf(err) != record.CodeEscrowUsed {
		t.Errorf("on a PC that did not ask: %v", err)
	}
	if label, err := store.Restore(ctx, opt, file.Path, store.Secret{Escrow: &a}); err != nil || label.People != 1 {
		t.Fatal(label.People, err)
	}
	db, err := store.Open(ctx, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.UnlockEscrow(ctx, a, testAdmin, otherPassword); err != nil {
		t.Fatal(err)
	}
	if v, err := db.Volunteer(ctx, id); err != nil || v.IDNumber != number(1) {
		t.Error(err)
	}
	if len(waitingIn(t, opt.Dir)) != 0 {
		t.Error("the request waits still")
	}
}

func TestEscrowRefusals(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	w.enrolled("d-1", 5)
	for _, role := range []record.Role{record.RoleClerk, record.RoleAdmin} {
		if err := w.db.AddAccount(ctx, store.Account{Name: string(role), Role: role}, otherPassword); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.db.DisableAccount(ctx, string(record.RoleAdmin)); err != nil {
		t.Fatal(err)
	}
	w.db.Lock()
	r := w.request(w.opt, "")
	good := w.answer(r, 5)
	before := w.head()
	key, err := seal.NewKey(w.opt.Rand)
	if err != nil {
		t.Fatal(err)
	}
	// A key that says to be the station's: only opening a value shows it.
	sameID := append(binary.BigEndian.AppendUint32(nil, r.Slot.KeyID), bytes.Repeat([]byte{9}, 32)...)
	pretender, err := seal.NewKey(bytes.NewReader(sameID))
	if err != nil {
		t.Fatal(err)
	}
	once, err := ecdh.X25519().NewPublicKey(r.Key)
	if err != nil {
		t.Fatal(err)
	}
	foreign := good
	if foreign.Slot, err = seal.NewEscrowSlot(w.opt.Rand, key, seal.Escrow{Name: r.ID, Key: once}); err != nil {
		t.Fatal(err)
	}
	forged := good
	if forged.Slot, err = seal.NewEscrowSlot(w.opt.Rand, pretender, seal.Escrow{Name: r.ID, Key: once}); err != nil {
		t.Fatal(err)
	}
	elsewhere := good
	elsewhere.Station = "129999005"
	unknown := good
	if unknown.Slot, err = seal.NewEscrowSlot(w.opt.Rand, key, seal.Escrow{Name: strings.Repeat("0", 32), Key: once}); err != nil {
		t.Fatal(err)
	}
	path := good
	path.Slot.Name = "../../etc/passwd"
	for name, c := range map[string]struct {
		answer  seal.EscrowAnswer
		account string
		want    record.Code
	}{
		"another key":      {foreign, testAdmin, record.CodeEscrowAnswer},
		"a forged key":     {forged, testAdmin, record.CodeEscrowAnswer},
		"another station":  {elsewhere, testAdmin, record.CodeEscrowAnswer},
		"another request":  {unknown, testAdmin, record.CodeEscrowUsed},
		"a path as id":     {path, testAdmin, record.CodeEscrowAnswer},
		"nothing":          {seal.EscrowAnswer{}, testAdmin, record.CodeEscrowAnswer},
		"no such account":  {good, "谁", record.CodeNotFound},
		"a clerk":          {good, string(record.RoleClerk), record.CodeNoRight},
		"an ended account": {good, string(record.RoleAdmin), record.CodeNotFound},
	} {
		w.refused(before, w.db.UnlockEscrow(ctx, c.answer, c.account, "Neues-Wort-2026"), c.want)
		if account, _ := w.db.Account(); account != "" {
			t.Fatalf("%s: %s is in", name, account)
		}
	}
	if len(waitingIn(t, w.opt.Dir)) != 1 {
		t.Error("a refusal ended the request")
	}
	if err := w.db.UnlockEscrow(ctx, good, testAdmin, "Neues-Wort-2026"); err != nil {
		t.Errorf("after all refusals: %v", err)
	}
}

func TestEscrowIsGivenAndTakenAway(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	if err := w.db.GiveEscrow(ctx); record.CodeOf(err) != record.CodeNotEnrolled {
		t.Errorf("given before enrolment: %v", err)
	}
	if err := w.db.RemoveEscrow(ctx); record.CodeOf(err) != record.CodeNoEscrow {
		t.Errorf("nothing to take away: %v", err)
	}
	e := w.enrolled("d-1", 5)
	if err := w.db.RemoveEscrow(ctx); err != nil || w.holder() != "" {
		t.Fatal(err)
	}
	e.ServerIncarnation = "00112233445566778899aabbccddeeff"
	if err := w.db.SaveEnrolment(ctx, e); err != nil || w.holder() != "" {
		t.Errorf("an exchange brings back what was taken away: %v", err)
	}
	if err := w.db.GiveEscrow(ctx); err != nil || w.holder() != testHolder {
		t.Error(err)
	}
	w.enrolled("d-2", 6)
	r := w.request(w.opt, "")
	if _, err := r.Answer(w.opt.Rand, districtKey(t, 5)); !errors.Is(err, seal.ErrWrongSecret) {
		t.Errorf("the district before still opens: %v", err)
	}
	w.answer(r, 6)
	e.Device, e.EscrowKey = "d-3", make([]byte, 32)
	if err := w.db.SaveEnrolment(ctx, e); record.CodeOf(err) != record.CodeNotDistrict {
		t.Errorf("a point of low order: %v", err)
	}
	e.EscrowKey = nil
	if err := w.db.SaveEnrolment(ctx, e); err != nil {
		t.Errorf("a district without escrow: %v", err)
	}
	if err := w.db.GiveEscrow(ctx); record.CodeOf(err) != record.CodeNoEscrow {
		t.Errorf("no key to give to: %v", err)
	}
	if err := w.db.AddAccount(ctx, store.Account{Name: "李干事", Role: record.RoleClerk}, otherPassword); err != nil {
		t.Fatal(err)
	}
	if err := w.db.Unlock(ctx, "李干事", otherPassword); err != nil {
		t.Fatal(err)
	}
	if err := w.db.RemoveEscrow(ctx); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("a clerk takes away: %v", err)
	}
	if err := w.db.GiveEscrow(ctx); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("a clerk gives: %v", err)
	}
}

func TestRekeyRenewsTheEscrow(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	w.enrolled("d-1", 5)
	stale := w.request(w.opt, "")
	if _, err := w.db.Rekey(ctx, testPassword); err != nil {
		t.Fatal(err)
	}
	w.db.Lock()
	if err := w.db.UnlockEscrow(ctx, w.answer(stale, 5), testAdmin, otherPassword); record.CodeOf(err) != record.CodeEscrowAnswer {
		t.Errorf("an answer for the key before: %v", err)
	}
	if w.holder() != testHolder {
		t.Errorf("holder %q", w.holder())
	}
	if err := w.db.UnlockEscrow(ctx, w.answer(w.request(w.opt, ""), 5), testAdmin, otherPassword); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Volunteer(ctx, id); err != nil {
		t.Error(err)
	}
}
