package store_test

import (
	"context"
	"database/sql"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite"

	"rongyuan/store"
	"rongyuan/store/record"
)

// TestFaultFounding cuts the power at each change of the disk while a station
// is founded: afterwards there is a whole station or none, and none can be
// founded again.
func TestFaultFounding(t *testing.T) {
	s := bareShaken(t, *faultSeed, t.TempDir())
	db, _, err := store.Create(s.ctx, s.opt, founding())
	if err != nil {
		t.Fatal(err)
	}
	s.db = db
	runs, none := 0, 0
	for _, n := range some(s.disk.Changes(), 12) {
		s := bareShaken(t, *faultSeed+uint64(n), t.TempDir())
		s.disk.CutAt(n)
		db, _, err := store.Create(s.ctx, s.opt, founding())
		if err == nil {
			t.Fatalf("founded although the power went at change %d", n)
		}
		if !coded(err) {
			t.Errorf("change %d: no code for %v", n, err)
		}
		s.db = db
		s.cutAndReturn()
		err = s.reopen()
		if record.CodeOf(err) == record.CodeNoStation {
			none++
			db, _, err := store.Create(s.ctx, s.opt, founding())
			if err != nil {
				t.Errorf("change %d, founding again: %v", n, err)
				continue
			}
			s.db = db
		} else if err != nil {
			t.Errorf("change %d: neither a station nor none: %v", n, err)
			continue
		}
		if _, err := s.db.Verify(s.ctx); err != nil {
			t.Errorf("change %d: %v", n, err)
		}
		runs++
	}
	if none == 0 || none == runs {
		t.Errorf("no station after %d of %d cuts", none, runs)
	}
	figure(t, "founding cut at %d changes, %d times no station, else a whole one", runs, none)
}

// TestFaultMigration cuts the power at each change of the disk while a file of
// an old schema is brought to the newest: afterwards it opens as the one or the
// other, and is whole.
func TestFaultMigration(t *testing.T) {
	old := t.TempDir()
	path := filepath.Join(old, "station.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	// Before the first schema: a file of ours without a table of ours.
	if _, err := db.Exec("PRAGMA application_id = 1381587545; CREATE TABLE before (n INTEGER); INSERT INTO before VALUES (7)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	count := bareShaken(t, *faultSeed, copied(t, old))
	if count.db, err = store.Open(count.ctx, count.opt); err != nil {
		t.Fatal(err)
	}
	at := some(count.disk.Changes(), 12)
	for _, n := range at {
		dir := copied(t, old)
		s := bareShaken(t, *faultSeed+uint64(n), dir)
		s.disk.CutAt(n)
		if s.db, err = store.Open(s.ctx, s.opt); err != nil && !coded(err) {
			t.Errorf("change %d: no code for %v", n, err)
		}
		s.cutAndReturn()
		if version := schemaOf(t, dir); version != 0 && version != schemaOf(t, count.opt.Dir) {
			t.Errorf("change %d: schema %d", n, version)
		}
		if s.db, err = store.Open(s.ctx, s.opt); err != nil {
			t.Errorf("change %d: %v", n, err)
			continue
		}
		if rows, err := store.CountForTest(s.db, "before"); err != nil || rows != 1 {
			t.Errorf("change %d: %d old rows, %v", n, rows, err)
		}
		if rows, err := store.CountForTest(s.db, "exchange_state"); err != nil || rows != 1 {
			t.Errorf("change %d: %d new rows, %v", n, rows, err)
		}
	}
	figure(t, "migration cut at %d changes, always the old schema or the new", len(at))
}

// schemaOf reads the schema's number past SQLite's log, as far as it is in the
// file.
func schemaOf(t *testing.T, dir string) uint32 {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "station.db"))
	if err != nil || len(raw) < 100 {
		t.Fatal(len(raw), err)
	}
	return binary.BigEndian.Uint32(raw[60:64])
}

// TestFaultKeys cuts the power at each change of the disk while a password, the
// recovery code or the data key is changed: the old secret opens or the new
// one, both never and neither never, and what is sealed stays readable.
func TestFaultKeys(t *testing.T) {
	from := yesterday(t)
	for _, c := range []struct {
		name   string
		change func(ctx context.Context, db *store.DB) (secret string, err error)
		opens  func(ctx context.Context, db *store.DB, secret string) error
	}{
		{"password", func(ctx context.Context, db *store.DB) (string, error) {
			return "Neu-und-lang-2027", db.ChangePassword(ctx, testPassword, "Neu-und-lang-2027")
		}, func(ctx context.Context, db *store.DB, secret string) error {
			return db.Unlock(ctx, testAdmin, secret)
		}},
		{"recovery code", func(ctx context.Context, db *store.DB) (string, error) {
			return db.NewRecoveryCode(ctx)
		}, nil},
		{"data key", func(ctx context.Context, db *store.DB) (string, error) {
			return db.Rekey(ctx, testPassword)
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			plain := evening(t, from, *faultSeed)
			before := plain.disk.Changes()
			if _, err := c.change(plain.ctx, plain.db); err != nil {
				t.Fatal(err)
			}
			at := some(plain.disk.Changes()-before, 8)
			for _, n := range at {
				s := evening(t, from, *faultSeed+uint64(n))
				s.disk.CutAt(n)
				secret, err := c.change(s.ctx, s.db)
				if err != nil && !coded(err) {
					t.Errorf("change %d: no code for %v", n, err)
				}
				s.cutAndReturn()
				db, openErr := store.Open(s.ctx, s.opt)
				if openErr != nil {
					t.Errorf("change %d: %v", n, openErr)
					continue
				}
				s.db = db
				old := db.Unlock(s.ctx, testAdmin, testPassword)
				if c.opens == nil {
					if old != nil {
						t.Errorf("change %d: the password does not open: %v", n, old)
						continue
					}
				} else if next := c.opens(s.ctx, db, secret); (old == nil) == (next == nil) || err == nil && next != nil {
					t.Errorf("change %d: old %v, new %v, changed %v", n, old, next, err)
					continue
				}
				if _, err := db.Verify(s.ctx); err != nil {
					t.Errorf("change %d: %v", n, err)
				}
				if c.name == "data key" {
					if _, err := db.Rekey(s.ctx, testPassword); err != nil {
						t.Errorf("change %d, going on: %v", n, err)
					}
				}
			}
			figure(t, "%s changed, cut at %d changes: the old opens or the new", c.name, len(at))
		})
	}
}

// TestFaultRecoveryCode: of two codes the paper in the safe or the new one
// opens, never both, never neither.
func TestFaultRecoveryCode(t *testing.T) {
	for _, n := range some(14, 5) {
		s := bareShaken(t, *faultSeed+uint64(n), t.TempDir())
		db, paper, err := store.Create(s.ctx, s.opt, founding())
		if err != nil {
			t.Fatal(err)
		}
		s.db = db
		s.disk.CutAt(n)
		fresh, err := db.NewRecoveryCode(s.ctx)
		if err != nil && !coded(err) {
			t.Errorf("change %d: no code for %v", n, err)
		}
		s.cutAndReturn()
		if s.db, err = store.Open(s.ctx, s.opt); err != nil {
			t.Fatal(err)
		}
		old := s.db.UnlockRecovery(s.ctx, paper, testAdmin, "Neu-und-lang-2027")
		if old != nil && record.CodeOf(old) != record.CodeWrongRecovery {
			t.Errorf("change %d: %v", n, old)
		}
		if fresh == "" {
			if old != nil {
				// The new code was never shown: the password must let a third be made.
				if err := s.db.Unlock(s.ctx, testAdmin, testPassword); err != nil {
					t.Errorf("change %d: %v", n, err)
				}
				if _, err := s.db.NewRecoveryCode(s.ctx); err != nil {
					t.Errorf("change %d: %v", n, err)
				}
			}
			continue
		}
		if next := s.db.UnlockRecovery(s.ctx, fresh, testAdmin, "Neu-und-lang-2028"); next != nil || old == nil {
			t.Errorf("change %d: old code %v, new code %v", n, old, next)
		}
	}
}
