package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

func TestBackupToNewPC(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	file, err := w.db.Backup(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	w.register(someone(2))
	raw, err := os.ReadFile(file.Path)
	if err != nil {
		t.Fatal(err)
	}
	for _, plain := range []string{"王建国", "李卫东", string(number(1))} {
		if bytes.Contains(raw, []byte(plain)) {
			t.Errorf("the backup holds %q", plain)
		}
	}
	for name, secret := range map[string]store.Secret{
		"password": {Account: testAdmin, Password: testPassword}, "recovery code": {Recovery: w.code},
	} {
		t.Run(name, func(t *testing.T) {
			opt := w.opt
			opt.Dir = t.TempDir()
			label, err := store.Restore(ctx, opt, file.Path, secret)
			if err != nil || label.People != 1 {
				t.Fatal(label.People, err)
			}
			db, err := store.Open(ctx, opt)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			if err := db.Unlock(ctx, testAdmin, testPassword); err != nil {
				t.Fatal(err)
			}
			if v, err := db.Volunteer(ctx, id); err != nil || v.IDNumber != number(1) {
				t.Error(err)
			}
			if _, err := db.Verify(ctx); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestRestoreRefusals(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	w.register(someone(1))
	file, err := w.db.Backup(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	good := store.Secret{Account: testAdmin, Password: testPassword}
	whole, err := os.ReadFile(file.Path)
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 1
	for _, c := range []struct {
		name   string
		raw    []byte
		secret store.Secret
		want   record.Code
	}{
		{"wrong password", whole, store.Secret{Account: testAdmin, Password: "x"}, record.CodeWrongPassword},
		{"unknown account", whole, store.Secret{Account: "谁", Password: testPassword}, record.CodeWrongPassword},
		{"empty", nil, good, record.CodeFileTruncated},
		{"a text", []byte(strings.Repeat("花名册", 50)), good, record.CodeFileForeign},
		{"cut", whole[:len(whole)-100], good, record.CodeFileDamaged},
		{"flipped", flipped, good, record.CodeFileDamaged},
		{"lengthened", append(bytes.Clone(whole), 1), good, record.CodeFileDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			opt := w.opt
			opt.Dir = t.TempDir()
			path := filepath.Join(t.TempDir(), "b.rybak")
			if err := os.WriteFile(path, c.raw, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := store.Restore(ctx, opt, path, c.secret); record.CodeOf(err) != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
			if left, _ := filepath.Glob(filepath.Join(opt.Dir, "station.db*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	if _, err := store.Restore(ctx, w.opt, file.Path, good); record.CodeOf(err) != record.CodeInUse {
		t.Errorf("over an open file: %v", err)
	}
}

func TestRestoreOverAnOldFile(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	w.register(someone(1))
	file, err := w.db.Backup(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	w.register(someone(2))
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Restore(ctx, w.opt, file.Path, store.Secret{Recovery: w.code}); err != nil {
		t.Fatal(err)
	}
	if aside, _ := filepath.Glob(filepath.Join(w.opt.Dir, "station.db.*.old")); len(aside) != 1 {
		t.Errorf("moved aside: %v", aside)
	}
	w.reopenClosed()
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Fatal(err)
	}
	if people, _ := w.db.People(ctx, store.PeopleFilter{}); len(people) != 1 {
		t.Errorf("%d people", len(people))
	}
}

func TestDrillAndRotation(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	w.register(someone(1))
	for range 60 {
		if _, err := w.db.Backup(ctx, ""); err != nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(12 * time.Hour)
	}
	left, err := store.Backups(w.db.BackupDir())
	if err != nil {
		t.Fatal(err)
	}
	// 30 days, two a day: 3 of the last 24 hours, then one a day for 14 days
	// (two of those days among the 24 hours), then weeks and months.
	if len(left) < 14+1 || len(left) > 14+2+5+2 {
		t.Errorf("%d backups left", len(left))
	}
	label, err := w.db.Drill(ctx, "")
	if err != nil || label.People != 1 {
		t.Errorf("%+v, %v", label.People, err)
	}
	backup, drill, err := w.db.BackupTimes(ctx)
	if err != nil || backup.IsZero() || !drill.Equal(w.now) {
		t.Errorf("%v %v %v", backup, drill, err)
	}
	raw, err := os.ReadFile(left[0])
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)-30] ^= 4
	if err := os.WriteFile(left[0], raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Drill(ctx, ""); record.CodeOf(err) != record.CodeFileDamaged {
		t.Errorf("a damaged backup passes the drill: %v", err)
	}
	if stray, _ := filepath.Glob(filepath.Join(w.opt.Dir, "drill-*")); len(stray) > 0 {
		t.Errorf("left behind: %v", stray)
	}
}
