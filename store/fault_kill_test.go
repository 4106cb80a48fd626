package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

// TestFaultKilledProcess kills a real process while it registers people, at
// moments that the machine chooses: whoever was acknowledged is there, and the
// lock that the process left keeps nobody out.
func TestFaultKilledProcess(t *testing.T) {
	const perStation = 20
	rng := rand.New(rand.NewPCG(*faultSeed, 9))
	people, from := 0, 0
	known := map[record.VolunteerID]int{}
	var w *world
	kills := scaled(8, 120)
	for kill := range kills {
		if kill%perStation == 0 {
			w, from, known = newWorld(t), 1, map[record.VolunteerID]int{}
			if err := w.db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		o := order{Do: "register", Dir: w.opt.Dir, Seed: *faultSeed + uint64(kill), From: from}
		for _, line := range killed(t, o, time.Duration(rng.IntN(40))*time.Millisecond) {
			var i int
			var id record.VolunteerID
			if _, err := fmt.Sscan(line, &i, &id); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			known[id], from = i, i+1
			people++
		}
		from++ // the one in doubt
		w.reopenClosed()
		w.judgePeople(known)
		if err := w.db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if people < kills {
		t.Errorf("%d people in %d kills show little", people, kills)
	}
	figure(t, "%d processes killed, %d people acknowledged, none lost", kills, people)
}

// killed runs a helper, kills it some time after its first line, and gives the
// whole lines that it wrote.
func killed(t *testing.T, o order, after time.Duration) []string {
	t.Helper()
	cmd, err := o.command()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	in := bufio.NewReader(out)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			break // a line that was cut is no acknowledgement
		}
		if lines = append(lines, line); len(lines) == 1 {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the helper ended by itself")
	}
	return lines
}

// judgePeople checks that everybody who is known is there and whole.
func (w *world) judgePeople(known map[record.VolunteerID]int) {
	w.t.Helper()
	ctx := w.t.Context()
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.db.Verify(ctx); err != nil {
		w.t.Error(err)
	}
	for id, i := range known {
		v, err := w.db.Volunteer(ctx, id)
		if want := someone(i); err != nil || v.Name != want.Name || v.IDNumber != want.IDNumber {
			w.t.Errorf("person %d: %v", i, err)
		}
	}
	if err := compareProjection(ctx, w.db); err != nil {
		w.t.Error(err)
	}
}

// unchecked is a folder as a killed program leaves it: the first person is in
// a backup, the second only in the write-ahead log.
func unchecked(t *testing.T) (dir, backup string, known map[record.VolunteerID]int) {
	t.Helper()
	w := newWorld(t)
	known = map[record.VolunteerID]int{w.register(someone(1)): 1}
	file, err := w.db.Backup(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	known[w.register(someone(2))] = 2
	dir = t.TempDir()
	copyFiles(t, w.opt.Dir, dir)
	if st, err := os.Stat(filepath.Join(dir, "station.db-wal")); err != nil || st.Size() == 0 {
		t.Fatalf("no log beside the file: %v", err)
	}
	return dir, file.Path, known
}

func openWorld(t *testing.T, dir string) (*world, error) {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 10, 20, 2, 0, 0, 0, time.UTC)}
	w.opt = quickOptions(dir, 7, func() time.Time { return w.now })
	db, err := store.Open(t.Context(), w.opt)
	w.db = db
	return w, err
}

// TestFaultBackupKilled kills a process at each step of a backup: the file and
// the older backups stay, every file with a backup's name is whole, and the next
// backup clears away what was left.
func TestFaultBackupKilled(t *testing.T) {
	dir, first, known := unchecked(t)
	steps := stepsOf(t, order{Do: "backup", Dir: copied(t, dir)})
	at := some(steps, 5)
	for _, n := range at {
		here := copied(t, dir)
		backups := filepath.Join(here, "backup")
		if err := os.MkdirAll(backups, 0o700); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(first)
		if err == nil {
			err = os.WriteFile(filepath.Join(backups, "rongyuan-20261019-010000.000.rybak"), raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		order{Do: "backup", Dir: here, KillAt: n}.lines(t)
		w, err := openWorld(t, here)
		if err != nil {
			t.Errorf("killed at step %d of %d: %v", n, steps, err)
			continue
		}
		w.judgePeople(known)
		all, err := store.Backups(backups)
		if err != nil || len(all) == 0 {
			t.Errorf("step %d: backups %v, %v", n, all, err)
		}
		for _, path := range all {
			if _, err := w.db.Drill(t.Context(), path); err != nil {
				t.Errorf("step %d: %s: %v", n, filepath.Base(path), err)
			}
		}
		if _, err := w.db.Backup(t.Context(), ""); err != nil {
			t.Errorf("step %d, the next backup: %v", n, err)
		}
		left, err := os.ReadDir(backups)
		for _, e := range left {
			if !strings.HasSuffix(e.Name(), ".rybak") {
				t.Errorf("step %d: %s stays, %v", n, e.Name(), err)
			}
		}
		if err := w.db.Close(); err != nil {
			t.Error(err)
		}
	}
	figure(t, "backup killed at %d of %d steps, every older backup opens", len(at), steps)
}

// TestFaultRestoreKilled kills a process at each step of a restore: the folder
// never looks like one without a station, the restore may be repeated, and the
// old file with its log is whole wherever it stands.
func TestFaultRestoreKilled(t *testing.T) {
	dir, backup, known := unchecked(t)
	steps := stepsOf(t, order{Do: "restore", Dir: copied(t, dir), Backup: backup})
	at := some(steps, 12)
	for _, n := range at {
		here := copied(t, dir)
		order{Do: "restore", Dir: here, Backup: backup, KillAt: n}.lines(t)
		w, err := openWorld(t, here)
		switch record.CodeOf(err) {
		case "":
			people := judgeSome(w, known)
			if people != 1 && people != 2 {
				t.Errorf("step %d: %d people", n, people)
			}
			if err := w.db.Close(); err != nil {
				t.Error(err)
			}
		case record.CodeFileMissing:
		default:
			t.Errorf("killed at step %d of %d: %v", n, steps, err)
		}
		secret := store.Secret{Account: testAdmin, Password: testPassword}
		if _, err := store.Restore(t.Context(), w.opt, backup, secret); err != nil {
			t.Errorf("step %d, restored again: %v", n, err)
		}
		judgeAside(t, here, n, known)
	}
	figure(t, "restore killed at %d of %d steps, the old file whole, the restore repeatable", len(at), steps)
}

// judgeAside finds the old file among those that were moved aside.
func judgeAside(t *testing.T, dir string, step int, known map[record.VolunteerID]int) {
	t.Helper()
	aside, err := filepath.Glob(filepath.Join(dir, "station.db.*.old"))
	if err != nil {
		t.Fatal(err)
	}
	best := 0
	for _, path := range aside {
		to := t.TempDir()
		for _, end := range []string{"", "-wal"} {
			raw, err := os.ReadFile(path + end)
			if err != nil {
				continue // closed files have no log
			}
			if err := os.WriteFile(filepath.Join(to, "station.db"+end), raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		w, err := openWorld(t, to)
		if err != nil {
			t.Errorf("step %d: %s: %v", step, filepath.Base(path), err)
			continue
		}
		best = max(best, judgeSome(w, known))
		if err := w.db.Close(); err != nil {
			t.Error(err)
		}
	}
	if best != len(known) {
		t.Errorf("killed at step %d: the old file has %d people of %d (%d moved aside)", step, best, len(known), len(aside))
	}
}

// judgeSome counts the people who are known and right.
func judgeSome(w *world, known map[record.VolunteerID]int) (right int) {
	w.t.Helper()
	if err := w.db.Unlock(w.t.Context(), testAdmin, testPassword); err != nil {
		w.t.Error(err)
		return 0
	}
	if _, err := w.db.Verify(w.t.Context()); err != nil {
		w.t.Error(err)
	}
	for id, i := range known {
		if v, err := w.db.Volunteer(context.Background(), id); err == nil && v.IDNumber == someone(i).IDNumber {
			right++
		}
	}
	return right
}

func copied(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	copyFiles(t, dir, to)
	return to
}

// stepsOf is how many steps a helper takes that nobody kills.
func stepsOf(t *testing.T, o order) int {
	t.Helper()
	lines := o.lines(t)
	n, err := strconv.Atoi(lines[len(lines)-1])
	if err != nil || n < 5 {
		t.Fatalf("%q: %v", lines, err)
	}
	return n
}
