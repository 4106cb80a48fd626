package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"rongyuan/store"
)

// sticks are drives of a test.
type sticks []string

func (s sticks) Removable() []string { return s }

func (h hands) backups() int {
	h.t.Helper()
	all, err := store.Backups(h.d.db.BackupDir())
	if err != nil {
		h.t.Fatal(err)
	}
	return len(all)
}

// TestBackupRounds writes one every four hours when anything changed, and puts
// the second copy on the drive that was chosen and on no other.
func TestBackupRounds(t *testing.T) {
	opt := station(t)
	up, at := time.Hour, now()
	opt.Uptime, opt.Clock = func() time.Duration { return up }, func() time.Time { return at }
	stick, other := t.TempDir(), t.TempDir()
	d := openWith(t, Config{Options: opt, Drives: sticks{stick, other}})
	h := hands{t, d}
	h.login()
	later := func(by time.Duration) {
		up, at = up+by, at.Add(by)
		d.stir()
		d.beat()
	}
	later(3 * time.Hour)
	if h.backups() != 0 {
		t.Error("a backup before its time")
	}
	later(time.Hour)
	if h.backups() != 1 {
		t.Fatalf("%d backups after four hours, want 1", h.backups())
	}
	later(4 * time.Hour)
	if h.backups() != 1 {
		t.Error("a backup although nothing changed")
	}
	h.register(volunteer("王建国", wangNumber))
	d.markAndCopy(stick, func() {})
	if h.backups() != 2 {
		t.Errorf("%d backups after choosing the drive, want 2", h.backups())
	}
	h.register(volunteer("李爱军", "12999919701001005X"))
	later(4 * time.Hour)
	copies, err := store.Backups(filepath.Join(stick, secondFolder, "120112101"))
	if err != nil || len(copies) != 2 {
		t.Fatalf("copies %v, %v", copies, err)
	}
	if label, err := store.ReadBackup(copies[0]); err != nil || label.People != 2 {
		t.Errorf("the copy holds %d people, %v", label.People, err)
	}
	if left, err := os.ReadDir(other); err != nil || len(left) != 0 {
		t.Errorf("the other drive holds %v, %v", left, err)
	}
	if found := d.findBackups(); len(found) != 5 {
		t.Errorf("the restore would offer %d files, want 3 here and 2 there", len(found))
	}
	h.settings(sectionBackup)
	later(0)
}

func TestBackupAtExit(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.register(volunteer("王建国", wangNumber))
	closed := false
	d.win.SetOnClosed(func() { closed = true })
	d.leave()
	if h.backups() != 1 || !closed {
		t.Errorf("%d backups, closed %v", h.backups(), closed)
	}
}

// TestBackupWarnings reads 今日 as time goes by.
func TestBackupWarnings(t *testing.T) {
	opt := station(t)
	at := now()
	opt.Clock = func() time.Time { return at }
	d := open(t, opt)
	h := hands{t, d}
	h.login()
	h.register(volunteer("王建国", wangNumber))
	today := func() string {
		t.Helper()
		d.open(doorToday, place{})
		all := ""
		for _, l := range d.screens[doorToday].(*todayScreen).due {
			all += l.what + "：" + l.detail + "\n"
		}
		return all
	}
	if !strings.Contains(today(), "没有备份过") {
		t.Error("no backup at all: nothing said")
	}
	if _, err := d.backupRound(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(today(), "检查备份") {
		t.Error("no drill at all: nothing said")
	}
	for _, l := range d.screens[doorToday].(*todayScreen).due {
		if l.what == "检查备份" {
			l.open()
		}
	}
	if text := today(); strings.Contains(text, "备份") {
		t.Errorf("after backup and drill: %s", text)
	}
	at = at.AddDate(0, 0, 4)
	if !strings.Contains(today(), "没有备份过") {
		t.Error("four days without a backup: nothing said")
	}
	h.golden("backup_old")
}

// TestBackupBeforeImport holds that the state before a roster can be had back.
func TestBackupBeforeImport(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	path, err := filepath.Abs(tidyRoster)
	if err != nil {
		t.Fatal(err)
	}
	d.dropped([]fyne.URI{storage.NewFileURI(path)})
	h.ctrl(fyne.KeyS)
	all, err := store.Backups(d.db.BackupDir())
	if err != nil || len(all) != 1 || len(h.people()) == 0 {
		t.Fatalf("backups %v, %d people, %v", all, len(h.people()), err)
	}
	if label, err := store.ReadBackup(all[0]); err != nil || label.People != 0 {
		t.Errorf("the backup holds %d people, want those before the import: %v", label.People, err)
	}
}
