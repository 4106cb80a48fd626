package store_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

// TestFaultClock sets the clock ten years back and ahead between days of work:
// the log stays dense and in order, nothing is thinned out that was just
// written, and a lock-out neither ends nor begins by it.
func TestFaultClock(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	w.register(someone(1))
	file, err := w.db.Backup(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	start := w.now
	kept := []string{file.Path}
	for i, years := range []int{10, -10, 0, -10, 10, 0} {
		w.now = start.AddDate(years, 0, i)
		w.reopen()
		before := w.head()
		one := someone(i + 10)
		one.Agreement.Date = record.DayOf(w.now)
		id := w.register(one)
		if after := w.head(); after.Seq != before.Seq+1 {
			t.Errorf("%d years: the log went from %d to %d", years, before.Seq, after.Seq)
		}
		v, err := w.db.Volunteer(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		v.Address = "新地址"
		if _, err := w.db.UpdateVolunteer(ctx, v); err != nil {
			t.Errorf("%d years: %v", years, err)
		}
		if file, err = w.db.Backup(ctx, ""); err != nil {
			t.Errorf("%d years: %v", years, err)
		}
		if _, err := os.Stat(file.Path); err != nil {
			t.Errorf("%d years: the backup just written is gone", years)
		}
		kept = append(kept, file.Path)
		if _, err := w.db.Drill(ctx, file.Path); err != nil {
			t.Errorf("%d years: %v", years, err)
		}
		if _, err := w.db.Verify(ctx); err != nil {
			t.Errorf("%d years: %v", years, err)
		}
	}
	all, err := store.Backups(w.db.BackupDir())
	if err != nil || !slices.Contains(all, kept[0]) {
		t.Errorf("the first backup is gone: %v, %v", all, err)
	}
	ops, err := w.db.OperationsAfter(ctx, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(ops); i++ {
		if ops[i].MonoMS < ops[i-1].MonoMS {
			t.Errorf("time runs backwards at %d", ops[i].Seq)
		}
	}
}

// TestFaultClockBackups: a clock that fell back behind two weeks of backups
// must not thin out each new one at once.
func TestFaultClockBackups(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	for range 40 {
		w.register(someone(int(w.now.Unix() / 86400 % 1000)))
		if _, err := w.db.Backup(ctx, ""); err != nil {
			t.Fatal(err)
		}
		w.now = w.now.AddDate(0, 0, 10)
	}
	w.now = w.now.AddDate(-10, 0, 0)
	file, err := w.db.Backup(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Drill(ctx, file.Path); err != nil {
		t.Errorf("the backup just written: %v", err)
	}
}

// TestFaultClockLock: five wrong passwords lock, and no clock opens.
func TestFaultClockLock(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	uptime := time.Hour
	w.opt.Uptime = func() time.Duration { return uptime }
	w.reopen()
	w.db.Lock()
	for range 5 {
		if err := w.db.Unlock(ctx, testAdmin, "Falsch-2026-x"); record.CodeOf(err) != record.CodeWrongPassword {
			t.Fatal(err)
		}
	}
	for _, years := range []int{10, -10} {
		w.now = w.now.AddDate(years, 0, 0)
		if err := w.db.Close(); err != nil {
			t.Fatal(err)
		}
		w.reopenClosed()
		if err := w.db.Unlock(ctx, testAdmin, testPassword); record.CodeOf(err) != record.CodeAccountLocked {
			t.Errorf("%d years: %v", years, err)
		}
	}
	uptime += 11 * time.Minute
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Errorf("after the time is over: %v", err)
	}
}

// TestFaultSecondInstance: one file, one program, by whatever name the folder
// is called; and a lock file that a dead program left keeps nobody out.
func TestFaultSecondInstance(t *testing.T) {
	w := newWorld(t)
	link := filepath.Join(t.TempDir(), "verweis")
	if err := os.Symlink(w.opt.Dir, link); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{w.opt.Dir, link, filepath.Join(link, "..", filepath.Base(link))} {
		opt := w.opt
		opt.Dir = dir
		if _, err := store.Open(t.Context(), opt); record.CodeOf(err) != record.CodeInUse {
			t.Errorf("second instance: %v", err)
		}
		if _, _, err := store.Create(t.Context(), opt, founding()); record.CodeOf(err) != record.CodeStationExists {
			t.Errorf("second founding: %v", err)
		}
	}
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.opt.Dir, "station.lock"), []byte("4711"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.opt.Dir = link
	w.reopenClosed()
}
