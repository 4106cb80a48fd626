package store_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

// Two stations may keep their backups on one USB drive.
func TestBackupsOfAnotherStationStay(t *testing.T) {
	usb := filepath.Join(t.TempDir(), "U盘 [1] 100%")
	ours, others := newWorld(t), newWorld(t)
	theirs := store.Options{Dir: t.TempDir(), Clock: others.opt.Clock, Rand: others.opt.Rand, Passwords: others.opt.Passwords}
	db, _, err := store.Create(t.Context(), theirs, store.Founding{
		Station: record.Station{Code: "120103004", Name: "另一个站"}, Admin: testAdmin, Password: testPassword,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	kept := map[string]bool{}
	for range 3 {
		b, err := db.Backup(t.Context(), usb)
		if err != nil {
			t.Fatal(err)
		}
		kept[b.Path] = true
		others.now = others.now.Add(time.Minute)
	}
	ours.now = ours.now.AddDate(2, 0, 0)
	for range 30 {
		if _, err := ours.db.Backup(t.Context(), usb); err != nil {
			t.Fatal(err)
		}
		ours.now = ours.now.AddDate(0, 0, 2)
	}
	for path := range kept {
		if _, err := os.Stat(path); err != nil {
			t.Errorf("another station's backup was removed: %v", err)
		}
	}
	all, err := store.Backups(usb)
	if err != nil || len(all) >= 33 {
		t.Errorf("%d backups, %v: our own were not thinned out", len(all), err)
	}
}

// What a killed backup left goes, also from a folder whose name reads like a
// pattern.
func TestStraysGoFromAnyFolder(t *testing.T) {
	w := newWorld(t)
	dir := filepath.Join(t.TempDir(), "备份[1]")
	stray := filepath.Join(dir, ".rongyuan-20260101-000000.000.tmp")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(stray, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Backup(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stray); err == nil {
		t.Error("the stray stayed")
	}
}
