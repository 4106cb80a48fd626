package store_test

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// passwordSlots counts the password slots in the file that a password opens.
func (w *world) passwordSlots(password string) int {
	w.t.Helper()
	raw, err := sql.Open("sqlite", filepath.Join(w.opt.Dir, "station.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = raw.Close() }()
	rows, err := raw.Query("SELECT slot FROM key_slots WHERE kind = ?", seal.KindPassword)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	opened := 0
	for rows.Next() {
		var text string
		var slot seal.Slot
		if err := rows.Scan(&text); err != nil {
			w.t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(text), &slot); err != nil {
			w.t.Fatal(err)
		}
		if key, err := seal.OpenPassword(slot, password); err == nil {
			key.Wipe()
			opened++
		}
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
	return opened
}

// Whoever has left must not open a copy of the file, and a password that was
// replaced must not either, also where its slot stood in for others.
func TestOldPasswordsOpenNothing(t *testing.T) {
	const clerk, newest = "李干事", "Zhe-Shi-Xin-2026"
	w := newWorld(t)
	ctx := t.Context()
	if err := w.db.AddAccount(ctx, store.Account{Name: clerk, Role: record.RoleClerk}, otherPassword); err != nil {
		t.Fatal(err)
	}
	if n := w.passwordSlots(otherPassword); n != 1 {
		t.Fatalf("%d slots of a clerk", n)
	}
	if err := w.db.DisableAccount(ctx, clerk); err != nil {
		t.Fatal(err)
	}
	if n := w.passwordSlots(otherPassword); n != 0 {
		t.Error("the password of an ended account opens the data key")
	}
	if err := w.db.ResetPassword(ctx, clerk, otherPassword); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("an ended account got a password: %v", err)
	}
	if err := w.db.ChangePassword(ctx, testPassword, newest); err != nil {
		t.Fatal(err)
	}
	if n := w.passwordSlots(testPassword); n != 0 {
		t.Error("a replaced password opens the data key")
	}
	if err := w.db.Unlock(ctx, testAdmin, newest); err != nil {
		t.Fatal(err)
	}
}

// After a re-keying the administrator's password opens the administrator's
// account and no other, and stops opening anything when it is changed.
func TestStandInOpensNobodyElse(t *testing.T) {
	const clerk = "李干事"
	w := newWorld(t)
	ctx := t.Context()
	if err := w.db.AddAccount(ctx, store.Account{Name: clerk, Role: record.RoleClerk}, otherPassword); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Rekey(ctx, testPassword); err != nil {
		t.Fatal(err)
	}
	if err := w.db.Unlock(ctx, clerk, testPassword); record.CodeOf(err) != record.CodeWrongPassword {
		t.Errorf("in as the clerk with the administrator's password: %v", err)
	}
	if err := w.db.ChangePassword(ctx, testPassword, otherPassword); err != nil {
		t.Fatal(err)
	}
	if n := w.passwordSlots(testPassword); n != 0 {
		t.Error("a replaced password opens the data key")
	}
	if err := w.db.ResetPassword(ctx, clerk, testPassword); err != nil {
		t.Fatal(err)
	}
	if err := w.db.Unlock(ctx, clerk, testPassword); err != nil {
		t.Error(err)
	}
	if err := w.db.Unlock(ctx, testAdmin, otherPassword); err != nil {
		t.Error(err)
	}
}
