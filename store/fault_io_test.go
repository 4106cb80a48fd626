package store_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"rongyuan/store"
	"rongyuan/store/faultvfs"
	"rongyuan/store/record"
)

// day is a scripted day of work; every step is taken, whatever became of the
// one before.
func (s *shaken) day() (failed int) {
	for _, step := range []func() error{
		s.register, s.register, s.update, s.found, s.join, s.hold, s.correct, s.importing, s.undo, s.draftForm, s.note,
		s.changePassword, s.backup, s.restart, s.register, s.hold,
	} {
		if s.db == nil && s.reopen() != nil {
			failed++
			continue
		}
		if err := step(); err != nil {
			failed++
		}
	}
	return failed
}

func (s *shaken) backup() error {
	_, err := s.db.Backup(s.ctx, "")
	return s.finish(doubt{name: "backup"}, err)
}

// evening opens the file that a station left behind and makes it another's.
func evening(t *testing.T, from string, seed uint64) *shaken {
	t.Helper()
	dir := t.TempDir()
	copyFiles(t, from, dir)
	s := bareShaken(t, seed+1, dir) // other ids than yesterday
	if err := s.reopen(); err != nil {
		t.Fatal(err)
	}
	s.next = 100
	s.resync()
	return s
}

// copyFiles copies the files of a data folder, not its folders.
func copyFiles(t *testing.T, from, to string) {
	t.Helper()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || strings.HasSuffix(e.Name(), "-shm") {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, e.Name()), raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// yesterday is a folder with the closed file of a station with a few people.
func yesterday(t *testing.T) string {
	t.Helper()
	s := newShaken(t, *faultSeed, "FULL")
	for range 6 {
		if err := s.register(); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []func() error{s.found, s.join, s.hold} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	s.db = nil
	return s.opt.Dir
}

// settle ends the faults, closes and judges.
func (s *shaken) settle() *tally {
	s.t.Helper()
	s.disk.Heal()
	if s.db != nil {
		_ = s.db.Close() // a fault may have broken the connection for good
	}
	s.db = nil
	return s.judge()
}

// TestFaultInputOutput lets each write, sync, cut, opening, reading and removal of
// a day's work fail, once and for good: every error has a code, nothing is
// half-written, and what was acknowledged is there when the disk works again.
func TestFaultInputOutput(t *testing.T) {
	from := yesterday(t)
	plain := evening(t, from, *faultSeed)
	base := map[faultvfs.Op]int{}
	kinds := []faultvfs.Op{faultvfs.Open, faultvfs.Read, faultvfs.Write, faultvfs.Sync, faultvfs.Truncate, faultvfs.Delete}
	for _, kind := range kinds {
		base[kind] = plain.disk.Count(kind)
	}
	if failed := plain.day(); failed > 0 {
		t.Fatalf("%d steps fail on a good disk", failed)
	}
	runs, silent := 0, 0
	for _, kind := range kinds {
		for _, n := range some(plain.disk.Count(kind)-base[kind], 6) {
			for _, keep := range []bool{false, true} {
				s := evening(t, from, *faultSeed)
				s.disk.FailAt(kind, n, keep)
				if s.day() == 0 {
					silent++
				}
				if found := s.settle(); !found.clean() {
					t.Errorf("kind %d, operation %d, keep %t: %s", kind, n, keep, found)
				}
				runs++
			}
		}
	}
	if silent > runs/2 {
		t.Errorf("%d of %d faults were not noticed by any step", silent, runs)
	}
	figure(t, "%d input and output errors, each with a code, nothing half-written (%d without effect)", runs, silent)
}

// TestFaultDiskFull fills the disk at every size of growth that a day needs.
func TestFaultDiskFull(t *testing.T) {
	from := yesterday(t)
	runs, full := 0, 0
	for _, n := range some(120, 12) {
		s := evening(t, from, *faultSeed)
		s.disk.Limit(int64(n-1) * 4096)
		for _, step := range []func() error{s.register, s.importing, s.hold, s.importing, s.backup, s.draftForm, s.restart} {
			if s.db == nil {
				break
			}
			if err := step(); err != nil {
				full++
				if record.CodeOf(err) != record.CodeDiskFull {
					t.Errorf("at %d pages: %v, want disk_full", n, err)
				}
			}
		}
		if found := s.settle(); !found.clean() {
			t.Errorf("full at %d pages: %s", n, found)
		}
		runs++
	}
	if full < runs {
		t.Errorf("the disk was full %d times in %d runs", full, runs)
	}
	figure(t, "disk full at %d sizes, %d changes refused with disk_full, nothing lost", runs, full)
}

// TestFaultBackupFiles lets each step of a backup and of a restore beside SQLite
// fail for want of space: the code says so, and every older backup and the file
// itself stay as they were.
func TestFaultBackupFiles(t *testing.T) {
	from := yesterday(t)
	steps := 0
	fail := 0
	ask := func(string) error {
		if steps++; steps == fail {
			return syscall.ENOSPC
		}
		return nil
	}
	s := evening(t, from, *faultSeed)
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	s.opt = s.opt.Asking(ask)
	if err := s.reopen(); err != nil {
		t.Fatal(err)
	}
	first, err := s.db.Backup(s.ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if steps < 4 {
		t.Fatalf("a backup asks %d times", steps)
	}
	for n := range steps {
		fail, steps = n+1, 0
		if _, err := s.db.Backup(s.ctx, ""); record.CodeOf(err) != record.CodeDiskFull {
			t.Errorf("backup, step %d: %v", fail, err)
		}
		fail = 0
		if all, err := store.Backups(s.db.BackupDir()); err != nil || !slices.Contains(all, first.Path) || len(all) != 1 {
			t.Errorf("backup, step %d leaves %v, %v", n+1, all, err)
		}
	}
	strays, err := filepath.Glob(filepath.Join(s.db.BackupDir(), ".*"))
	if err != nil || len(strays) > 0 {
		t.Errorf("left behind: %v, %v", strays, err)
	}
	if _, err := s.db.Drill(s.ctx, first.Path); err != nil {
		t.Error(err)
	}
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	steps = 0
	here := s.opt.Dir
	to := s.opt
	to.Dir = t.TempDir()
	copyFiles(t, s.opt.Dir, to.Dir)
	with := store.Secret{Account: testAdmin, Password: s.said.password}
	if _, err := store.Restore(s.ctx, to, first.Path, with); err != nil {
		t.Fatal(err)
	}
	for n := range steps {
		fail, steps = n+1, 0
		to.Dir = t.TempDir()
		copyFiles(t, s.opt.Dir, to.Dir)
		if _, err := store.Restore(s.ctx, to, first.Path, with); record.CodeOf(err) != record.CodeDiskFull {
			t.Errorf("restore, step %d: %v", fail, err)
		}
		fail = 0
		if _, err := store.Restore(s.ctx, to, first.Path, with); err != nil {
			t.Errorf("again after step %d: %v", n+1, err)
		}
		s.opt.Dir = to.Dir
		s.db = nil
		if found := s.judge(); !found.clean() {
			t.Errorf("after step %d: %s", n+1, found)
		}
		if err := s.db.Close(); err != nil {
			t.Fatal(err)
		}
		s.opt.Dir = here
	}
	s.db = nil
}
