package district

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rongyuan/store/record"
)

func TestSQLiteStorage(t *testing.T) {
	testStorage(t, func(t *testing.T) Storage {
		s, err := OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "district 区.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	})
}

// testStorage is the contract that every storage keeps.
func testStorage(t *testing.T, open func(*testing.T) Storage) {
	for name, test := range map[string]func(*testing.T, Storage){
		"what is put comes back":                 contractRoundTrip,
		"what is not there is not_found":         contractNotFound,
		"a scope sees its own station only":      contractScope,
		"a failed update leaves nothing":         contractRollback,
		"a savepoint takes back its own only":    contractSavepoint,
		"the log takes a key once, for ever":     contractLogOnce,
		"states come in the order of the log":    contractStates,
		"a period finds activities and entries":  contractPeriod,
		"a view does not see what came later":    contractView,
		"a damaged file is told from a good one": func(t *testing.T, s Storage) { must(t, s.Check(t.Context())) },
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

const (
	here      = record.StationCode("129999004")
	elsewhere = record.StationCode("129999005")
	life      = record.Incarnation("00112233445566778899aabbccddeeff")
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func update(t *testing.T, s Storage, do func(Tx) error) {
	t.Helper()
	must(t, s.Update(t.Context(), do))
}

func view(t *testing.T, s Storage, do func(Tx) error) {
	t.Helper()
	must(t, s.View(t.Context(), do))
}

func stored(station record.StationCode, seq int64) StoredOperation {
	return StoredOperation{
		Operation: record.Operation{
			Station: station, Incarnation: life, Seq: seq, Type: record.OpTeamFounded, TypeVersion: 1, Entity: record.EntityTeam,
			EntityID: fmt.Sprintf("t-%d", seq), BaseVersion: 2, HomeEpoch: 1, Batch: "b", WallMS: 5, MonoMS: 6,
			Commit: []byte{1}, Hash: []byte{byte(seq)},
		},
		Sealed: []byte{9, 9}, Device: "d", StoredMS: 7,
	}
}

func contractRoundTrip(t *testing.T, s Storage) {
	all := system()
	identity := Identity{"129999", "某区", life, 1}
	officer := Officer{Name: "甲", Role: record.RoleAdmin, Slot: []byte("slot"), Failures: 2, LockedUntilMS: 3, CreatedMS: 4}
	code := EnrolCode{here, []byte{1, 2}, "甲", 1, 2, 3, ""}
	device := Device{
		ID: "d", Station: here, Algorithm: "ed25519", PublicKey: []byte{1}, Incarnation: life, ParentIncarnation: "p", ForkSeq: 1,
		EnrolledMS: 2, SeenMS: 3, RevokedMS: 4, RevokedBy: "甲", ForkedMS: 5, HeadSeq: 6, ClockOffsetMS: -7, App: "0",
	}
	head := LogHead{LogName{here, life}, 3, []byte{3}, "d", []byte{4}, 1, 2}
	state := State{
		Key: Key{LogName{here, life}, 3}, Ref: Ref{here, record.EntityTeam, "t-3"}, State: Held, Reason: record.CodeHeld,
		Waits: Ref{here, record.EntityVolunteer, "v"}, AppliedVersion: 2,
	}
	row := Row{ID: "t-1", Version: 2, Link: "x", Plain: []byte(`{"name":"队"}`), Sealed: []byte{1}}
	line := AuditEntry{1, 2, "e", "w", here, "a", []byte{1}, []byte{2}}
	update(t, s, func(tx Tx) error {
		return errors.Join(tx.PutDistrict(identity), tx.PutOfficer(officer), tx.PutCode(code), tx.PutDevice(device), tx.PutHead(all, head),
			tx.Append(all, stored(here, 1)), tx.PutState(all, state), tx.PutStation(all, Station{here, "某站", 1}),
			tx.PutRow(all, Ref{here, record.EntityTeam, "t-1"}, row), tx.AddAudit(line))
	})
	view(t, s, func(tx Tx) error {
		same(t, identity)(tx.District())
		same(t, officer)(tx.Officer("甲"))
		same(t, []Officer{officer})(tx.Officers())
		same(t, []EnrolCode{code})(tx.Codes(here))
		same(t, device)(tx.Device("d"))
		same(t, []Device{device})(tx.Devices(all))
		same(t, head)(tx.Head(all, head.LogName))
		same(t, []LogHead{head})(tx.Heads(all))
		same(t, stored(here, 1))(tx.Operation(all, Key{LogName{here, life}, 1}))
		same(t, []StoredOperation{stored(here, 1)})(tx.Operations(all, LogName{here, life}, 0, 9))
		one := stored(here, 1).Operation
		same(t, []StoredOperation{stored(here, 1)})(tx.OperationsOn(all, Ref{here, one.Entity, one.EntityID}))
		same(t, state)(tx.State(all, state.Key))
		same(t, []State{state})(tx.Quarantine(all, Held))
		same(t, Counts{Held: 1})(tx.Counts(all, here))
		same(t, Station{here, "某站", 1})(tx.Station(all, here))
		same(t, []Station{{here, "某站", 1}})(tx.Stations(all))
		same(t, row)(tx.Row(all, Ref{here, record.EntityTeam, "t-1"}))
		same(t, []Row{row})(tx.Rows(all, here, record.EntityTeam))
		same(t, line)(tx.LastAudit())
		same(t, []AuditEntry{line})(tx.Audit(0, 9))
		return nil
	})
}

// same compares what a method gives with what was put.
func same[T any](t *testing.T, want T) func(T, error) {
	return func(got T, err error) {
		t.Helper()
		if err != nil || fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("got %+v (%v)\nwant %+v", got, err, want)
		}
	}
}

func contractNotFound(t *testing.T, s Storage) {
	all := system()
	view(t, s, func(tx Tx) error {
		for name, err := range map[string]error{
			"district": second(tx.District()), "officer": second(tx.Officer("x")), "device": second(tx.Device("x")),
			"head": second(tx.Head(all, LogName{here, life})), "operation": second(tx.Operation(all, Key{LogName{here, life}, 1})),
			"state": second(tx.State(all, Key{LogName{here, life}, 1})), "station": second(tx.Station(all, here)),
			"row": second(tx.Row(all, Ref{here, record.EntityTeam, "x"})), "kind": second(tx.Row(all, Ref{here, "visit", "x"})),
			"audit": second(tx.LastAudit()),
		} {
			if !notThere(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		return nil
	})
}

func second[T any](_ T, err error) error { return err }

func contractScope(t *testing.T, s Storage) {
	all := system()
	update(t, s, func(tx Tx) error {
		var errs []error
		for _, station := range []record.StationCode{here, elsewhere} {
			ref := Ref{station, record.EntityTeam, "t-1"}
			errs = append(errs, tx.Append(all, stored(station, 1)), tx.PutStation(all, Station{Code: station}),
				tx.PutHead(all, LogHead{LogName: LogName{station, life}, Hash: []byte{1}, Signature: []byte{1}}),
				tx.PutDevice(Device{ID: string(station), Station: station, PublicKey: []byte{1}}),
				tx.PutState(all, State{Key: Key{LogName{station, life}, 1}, Ref: ref, State: Quarantined}),
				tx.PutRow(all, ref, Row{ID: "t-1", Plain: []byte("{}")}))
		}
		return errors.Join(errs...)
	})
	for name, scope := range map[string]Scope{"other device": deviceScope(Device{ID: "x", Station: elsewhere}), "nobody": {}} {
		own := 0
		if name == "other device" {
			own = 1
		}
		err := s.Update(t.Context(), func(tx Tx) error {
			ref := Ref{here, record.EntityTeam, "t-1"}
			log := LogName{here, life}
			for what, err := range map[string]error{
				"head": second(tx.Head(scope, log)), "put head": tx.PutHead(scope, LogHead{LogName: log}),
				"append": tx.Append(scope, stored(here, 2)), "operation": second(tx.Operation(scope, Key{log, 1})),
				"operations": second(tx.Operations(scope, log, 0, 9)), "erase": tx.Erase(scope, Key{log, 1}, []byte{1}),
				"operations on": second(tx.OperationsOn(scope, Ref{log.Station, record.EntityTeam, "t-1"})), "state": second(tx.State(scope, Key{log, 1})),
				"put state": tx.PutState(scope, State{Key: Key{log, 1}}), "open": second(tx.Open(scope, ref)),
				"waiting": second(tx.Waiting(scope, ref)), "counts": second(tx.Counts(scope, here)),
				"station": second(tx.Station(scope, here)), "put station": tx.PutStation(scope, Station{Code: here}),
				"row": second(tx.Row(scope, ref)), "put row": tx.PutRow(scope, ref, Row{Plain: []byte("{}")}),
				"rows":       second(tx.Rows(scope, here, record.EntityTeam)),
				"activities": second(tx.ActivityRows(scope, here, record.Month(2026, 10))),
				"entries":    second(tx.EntryRows(scope, here, record.Month(2026, 10))),
			} {
				if !notThere(err) {
					t.Errorf("%s: %s: %v", name, what, err)
				}
			}
			devices, err1 := tx.Devices(scope)
			heads, err2 := tx.Heads(scope)
			stations, err3 := tx.Stations(scope)
			states, err4 := tx.Quarantine(scope, Quarantined)
			if len(devices) != own || len(heads) != own || len(stations) != own || len(states) != own {
				t.Errorf("%s sees %d devices, %d heads, %d stations, %d states", name, len(devices), len(heads), len(stations), len(states))
			}
			return errors.Join(err1, err2, err3, err4)
		})
		must(t, err)
	}
}

func contractRollback(t *testing.T, s Storage) {
	stop := record.Fail(record.CodeCancelled)
	err := s.Update(t.Context(), func(tx Tx) error {
		must(t, tx.PutDistrict(Identity{Code: "129999"}))
		return stop
	})
	if !errors.Is(err, stop) {
		t.Errorf("the error came back as %v", err)
	}
	view(t, s, func(tx Tx) error {
		if _, err := tx.District(); !notThere(err) {
			t.Errorf("it stayed: %v", err)
		}
		return nil
	})
}

func contractSavepoint(t *testing.T, s Storage) {
	all := system()
	update(t, s, func(tx Tx) error {
		must(t, tx.PutStation(all, Station{Code: here, Name: "vorher"}))
		for name, do := range map[string]func() error{
			"error": func() error {
				must(t, tx.PutStation(all, Station{Code: here, Name: "nachher"}))
				return record.Fail(record.CodeInvalid)
			},
			"panic": func() error {
				must(t, tx.PutStation(all, Station{Code: here, Name: "nachher"}))
				panic("poison")
			},
		} {
			if err := tx.Savepoint(do); err == nil {
				t.Errorf("%s: no error", name)
			}
		}
		return tx.Savepoint(func() error { return tx.PutStation(all, Station{Code: elsewhere}) })
	})
	view(t, s, func(tx Tx) error {
		same(t, []Station{{Code: here, Name: "vorher"}, {Code: elsewhere}})(tx.Stations(all))
		return nil
	})
}

func contractLogOnce(t *testing.T, s Storage) {
	all := system()
	update(t, s, func(tx Tx) error { return tx.Append(all, stored(here, 1)) })
	changed := stored(here, 1)
	changed.Sealed = []byte("other")
	if err := s.Update(t.Context(), func(tx Tx) error { return tx.Append(all, changed) }); err == nil {
		t.Error("the same key twice")
	}
	view(t, s, func(tx Tx) error {
		same(t, stored(here, 1))(tx.Operation(all, Key{LogName{here, life}, 1}))
		return nil
	})
}

func contractStates(t *testing.T, s Storage) {
	all := system()
	ref := Ref{here, record.EntityTeam, "t"}
	parent := Ref{here, record.EntityVolunteer, "v"}
	put := func(seq int64, kind StateKind, waits Ref) State {
		return State{Key: Key{LogName{here, life}, seq}, Ref: ref, State: kind, Waits: waits}
	}
	own := Ref{Station: here}
	update(t, s, func(tx Tx) error {
		return errors.Join(tx.PutState(all, put(10, Held, parent)), tx.PutState(all, put(9, Held, parent)), tx.PutState(all, put(2, Quarantined, own)),
			tx.PutState(all, put(1, Merged, own)), tx.PutState(all, put(3, Conflict, own)))
	})
	view(t, s, func(tx Tx) error {
		same(t, []State{put(2, Quarantined, own), put(3, Conflict, own), put(9, Held, parent), put(10, Held, parent)})(tx.Open(all, ref))
		same(t, []State{put(9, Held, parent), put(10, Held, parent)})(tx.Waiting(all, parent))
		same(t, Counts{1, 1, 2})(tx.Counts(all, here))
		return nil
	})
	update(t, s, func(tx Tx) error { return tx.PutState(all, put(9, Applied, own)) })
	view(t, s, func(tx Tx) error {
		same(t, []State{put(10, Held, parent)})(tx.Waiting(all, parent))
		return nil
	})
}

func contractPeriod(t *testing.T, s Storage) {
	all := system()
	row := func(id, link string) Row { return Row{ID: id, Version: 1, Link: link, Plain: []byte("{}")} }
	update(t, s, func(tx Tx) error {
		var errs []error
		for id, day := range map[string]string{"a1": "2026-09-30", "a2": "2026-10-01", "a3": "2026-10-31", "a4": "2026-11-01"} {
			errs = append(errs, tx.PutRow(all, Ref{here, record.EntityActivity, id}, row(id, day)),
				tx.PutRow(all, Ref{here, record.EntityEntry, "e" + id}, row("e"+id, id)))
		}
		return errors.Join(append(errs, tx.PutRow(all, Ref{elsewhere, record.EntityActivity, "a2"}, row("a2", "2026-10-01")))...)
	})
	view(t, s, func(tx Tx) error {
		same(t, []Row{row("a2", "2026-10-01"), row("a3", "2026-10-31")})(tx.ActivityRows(all, here, record.Month(2026, 10)))
		same(t, []Row{row("ea2", "a2"), row("ea3", "a3")})(tx.EntryRows(all, here, record.Month(2026, 10)))
		return nil
	})
}

func contractView(t *testing.T, s Storage) {
	all := system()
	update(t, s, func(tx Tx) error { return tx.PutStation(all, Station{Code: here}) })
	view(t, s, func(tx Tx) error {
		same(t, []Station{{Code: here}})(tx.Stations(all))
		update(t, s, func(tx Tx) error { return tx.PutStation(all, Station{Code: elsewhere}) })
		same(t, []Station{{Code: here}})(tx.Stations(all))
		return nil
	})
}

func TestFilesThatAreNotOurs(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	path := func(name string) string { return filepath.Join(folder, name) }
	must(t, os.WriteFile(path("text"), bytes.Repeat([]byte("no database "), 400), 0o600))
	change := func(name, query string) {
		s, err := OpenSQLite(ctx, path(name))
		must(t, err)
		must(t, s.Close())
		db, err := sql.Open("sqlite", path(name))
		must(t, err)
		_, err = db.Exec(query)
		must(t, err)
		must(t, db.Close())
	}
	change("newer", "PRAGMA user_version = 99")
	change("foreign", "PRAGMA application_id = 7")
	change("ours", "PRAGMA optimize")
	for name, want := range map[string]record.Code{
		"text": record.CodeFileForeign, "newer": record.CodeFileNewer, "foreign": record.CodeFileForeign, "ours": "",
		"no/such/folder/db": record.CodeReadOnly,
	} {
		before, _ := os.ReadFile(path(name))
		s, err := OpenSQLite(ctx, path(name))
		if record.CodeOf(err) != want {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
		if err == nil {
			must(t, s.Close())
			continue
		}
		if after, _ := os.ReadFile(path(name)); !bytes.Equal(before, after) {
			t.Errorf("%s was written to", name)
		}
	}
}

func TestTheLogCannotBeRewritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.db")
	s, err := OpenSQLite(t.Context(), path)
	must(t, err)
	update(t, s, func(tx Tx) error { return tx.Append(system(), stored(here, 1)) })
	must(t, s.Close())
	db, err := sql.Open("sqlite", path)
	must(t, err)
	for _, query := range []string{"DELETE FROM op_log", "UPDATE op_log SET entity_id = 'x'", "UPDATE op_log SET commitment = x'00'"} {
		if _, err := db.Exec(query); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", query, err)
		}
	}
	must(t, db.Close())
}
