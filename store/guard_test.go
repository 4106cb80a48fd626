package store_test

import (
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"

	"modernc.org/sqlite"

	"rongyuan/store"
	"rongyuan/store/record"
)

// The guard of every test in this package: a transaction that changes a synced
// table without an operation in the log is rolled back at its commit, whoever
// wrote it. So a new write path that forgets the log fails its first test.

var synced = []string{"station", "volunteers", "teams", "memberships", "brands", "activities", "entries", "closings", "reviews", "corrections", "objections", "outside_hours"}

type guard struct {
	mu      sync.Mutex
	changed map[string]bool
	logged  bool
}

func (g *guard) change(d sqlite.SQLitePreUpdateData) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if d.TableName == "op_log" {
		g.logged = true
	}
	if slices.Contains(synced, d.TableName) && !sealedAnew(d) {
		g.changed[d.TableName] = true
	}
}

// sealedAnew reports an update that leaves the record's version: a value under
// another key, not another value. Every change of a record raises its version.
func sealedAnew(d sqlite.SQLitePreUpdateData) bool {
	at := map[string]int{"volunteers": 1, "teams": 1, "memberships": 1, "brands": 1, "activities": 1, "entries": 1, "closings": 1, "reviews": 1, "corrections": 1, "objections": 1, "outside_hours": 1}
	column, known := at[d.TableName]
	if !known || d.OldRowID == 0 || d.Op != 23 { // SQLITE_UPDATE
		return false
	}
	was, is := make([]any, d.Count()), make([]any, d.Count())
	if d.Old(was...) != nil || d.New(is...) != nil {
		return false
	}
	same := func(i int) bool { return fmt.Sprint(was[i]) == fmt.Sprint(is[i]) }
	return same(column) && !sameButSealed(d.TableName, same)
}

// sameButSealed is false when a sealed column differs, which is what sealing
// anew does; an update that leaves the version and changes a code is a change.
func sameButSealed(table string, same func(int) bool) bool {
	for _, column := range map[string][]int{"volunteers": {4, 5, 6}, "teams": {3}, "brands": {3}, "activities": {5}, "entries": {7}, "closings": {4}, "reviews": {7}, "corrections": {6}, "objections": {5}, "outside_hours": {5}}[table] {
		if !same(column) {
			return false
		}
	}
	return true
}

// commit gives other than zero to turn the commit into a rollback.
func (g *guard) commit() int32 {
	g.mu.Lock()
	defer g.mu.Unlock()
	bad := len(g.changed) > 0 && !g.logged
	// The founding of a station writes its one row before the log begins.
	if len(g.changed) == 1 && g.changed["station"] {
		bad = false
	}
	g.changed, g.logged = map[string]bool{}, false
	if bad {
		return 1
	}
	return 0
}

func (g *guard) rollback() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.changed, g.logged = map[string]bool{}, false
}

func TestMain(m *testing.M) {
	sqlite.RegisterConnectionHook(func(conn sqlite.ExecQuerierContext, _ string) error {
		if hooks, ok := conn.(sqlite.HookRegisterer); ok {
			g := &guard{changed: map[string]bool{}}
			hooks.RegisterPreUpdateHook(g.change)
			hooks.RegisterCommitHook(g.commit)
			hooks.RegisterRollbackHook(g.rollback)
		}
		return nil
	})
	if os.Getenv(helperEnv) != "" {
		os.Exit(helper())
	}
	os.Exit(m.Run())
}

func TestGuardSeesAWriteWithoutOperation(t *testing.T) {
	w := newWorld(t)
	id := w.register(someone(1))
	for _, query := range []string{
		"UPDATE volunteers SET status = 'left'", "DELETE FROM volunteers", "INSERT INTO teams (id, version, name, sealed) VALUES ('x', 1, 'x', x'00')",
	} {
		if err := store.ExecForTest(w.db, query); err == nil {
			t.Errorf("%s passes the guard", query)
		}
	}
	if v, err := w.db.Volunteer(t.Context(), id); err != nil || v.Status != record.StatusActive {
		t.Errorf("the write stayed: %v", err)
	}
}
