package store_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/faultvfs"
	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// shaken is a station on a disk that fails, and what it acknowledged.
type shaken struct {
	t    *testing.T
	ctx  context.Context
	disk *faultvfs.Disk
	opt  store.Options
	db   *store.DB
	rng  *rand.Rand
	now  time.Time
	next int // of people and names

	said  said
	doubt []doubt // failed since the last acknowledged change

	former string // password before the last
	stale  bool   // the file opened with it
}

// said is what was acknowledged.
type said struct {
	head     record.Head
	notes    int64
	draft    string
	password string
}

// doubt is what a failed change would have left if it was done all the same.
type doubt struct {
	name       string
	operations int // -1 for unknown
	draft      string
	password   string
}

func newShaken(t *testing.T, seed uint64, synchronous string) *shaken {
	t.Helper()
	s := bareShaken(t, seed, t.TempDir())
	s.opt = s.opt.Synchronous(synchronous)
	db, _, err := store.Create(s.ctx, s.opt, founding())
	if err != nil {
		t.Fatal(err)
	}
	s.db = db
	s.resync()
	return s
}

func founding() store.Founding {
	return store.Founding{
		Station: record.Station{Code: "120103004", Name: "天津市河西区测试街道退役军人服务站"},
		Admin:   testAdmin, Password: testPassword,
	}
}

// bareShaken has a disk and no file yet.
func bareShaken(t *testing.T, seed uint64, dir string) *shaken {
	t.Helper()
	disk, err := faultvfs.New(seed)
	if err != nil {
		t.Fatal(err)
	}
	s := &shaken{
		t: t, ctx: t.Context(), disk: disk, now: time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC),
		rng: rand.New(rand.NewPCG(seed, 1)), said: said{password: testPassword},
	}
	s.opt = quickOptions(dir, seed, func() time.Time { return s.now }).OnDisk(disk.Name())
	t.Cleanup(func() {
		if s.db != nil {
			_ = s.db.Close()
		}
		if err := disk.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// quickOptions are options with cheap passwords and randomness from a seed.
func quickOptions(dir string, seed uint64, clock func() time.Time) store.Options {
	var key [32]byte
	copy(key[:], fmt.Sprint("faults ", seed))
	return store.Options{
		Dir: dir, Clock: clock, Rand: rand.NewChaCha8(key), Passwords: seal.Params{Memory: 64, Time: 1, Threads: 1},
	}
}

// resync takes what is in the file for acknowledged.
func (s *shaken) resync() {
	s.t.Helper()
	v, err := s.db.Verify(s.ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	head, err := s.db.Head(s.ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	draft, err := s.db.Draft(s.ctx, "people.new")
	if err != nil {
		s.t.Fatal(err)
	}
	s.said.head, s.said.notes, s.said.draft, s.doubt = head, v.Notes, draft, nil
}

// reopen opens the file after the power is back and logs in with a password
// that may be the right one.
func (s *shaken) reopen() error {
	db, err := store.Open(s.ctx, s.opt)
	if err != nil {
		return err
	}
	s.db = db
	right := []string{s.said.password}
	for _, d := range s.doubt {
		if d.password != "" {
			right = append(right, d.password)
		}
	}
	// The one before opens only where the change of the password is lost.
	for i, password := range append(right, s.former) {
		err = db.Unlock(s.ctx, testAdmin, password)
		if err == nil {
			s.stale = i == len(right)
			s.said.password = password
		}
		if record.CodeOf(err) != record.CodeWrongPassword {
			return err
		}
	}
	return err
}

// cutAndReturn closes what hangs on the disk and switches it on again.
func (s *shaken) cutAndReturn() {
	s.t.Helper()
	s.disk.Cut()
	if s.db != nil {
		_ = s.db.Close() // the power is gone: it cannot but fail
	}
	s.db = nil
	if _, err := s.disk.PowerOn(); err != nil {
		s.t.Fatal(err)
	}
}

// judge opens the file and compares it with what was acknowledged.
func (s *shaken) judge() *tally {
	s.t.Helper()
	found := &tally{}
	if err := s.reopen(); err != nil {
		found.isCorrupt("does not open: %v", err)
		return found
	}
	if s.stale {
		found.isLost("password")
	}
	v, err := s.db.Verify(s.ctx)
	if err != nil {
		found.isCorrupt("verify: %v", err)
		return found
	}
	s.judgeLog(found)
	if v.Notes <= s.said.notes { // the log-in of reopen is one more
		found.isLost("notes %d of %d", v.Notes, s.said.notes)
	}
	draft, err := s.db.Draft(s.ctx, "people.new")
	if err != nil {
		found.isCorrupt("draft: %v", err)
	}
	known := draft == s.said.draft
	for _, d := range s.doubt {
		known = known || draft == d.draft && d.name == "draft"
	}
	if !known {
		found.isLost("draft %q for %q", draft, s.said.draft)
	}
	if err := compareProjection(s.ctx, s.db); err != nil {
		found.isCorrupt("log and tables: %v", err)
	}
	return found
}

func (s *shaken) judgeLog(found *tally) {
	head, err := s.db.Head(s.ctx)
	if err != nil {
		found.isCorrupt("head: %v", err)
		return
	}
	if head.Seq < s.said.head.Seq {
		found.isLost("log ends at %d of %d", head.Seq, s.said.head.Seq)
		return
	}
	if hash, err := s.db.OperationHash(s.ctx, s.said.head.Seq); err != nil || s.said.head.Hash != nil && !bytes.Equal(hash, s.said.head.Hash) {
		found.isLost("another log at %d, %v", s.said.head.Seq, err)
		return
	}
	more := int(head.Seq - s.said.head.Seq)
	whole := more == 0
	for _, d := range s.doubt {
		whole = whole || d.operations == more || d.operations < 0
	}
	if !whole {
		found.isCorrupt("%d operations more than acknowledged; in doubt %+v", more, s.doubt)
	}
}

// done notes the outcome of a change.
func (s *shaken) done(d doubt, err error) error {
	s.t.Helper()
	if err != nil {
		if !coded(err) {
			s.t.Errorf("%s: no code for %v", d.name, err)
		}
		s.doubt = append(s.doubt, d)
		return err
	}
	s.doubt = nil
	if d.draft != "" {
		s.said.draft = d.draft
	}
	if d.password != "" {
		s.former, s.said.password = s.said.password, d.password
	}
	head, err := s.db.Head(s.ctx)
	if err != nil {
		// The power went behind the acknowledgement: at least this must be there.
		s.said.head.Seq, s.said.head.Hash = s.said.head.Seq+int64(max(0, d.operations)), nil
		return nil
	}
	if d.operations >= 0 && head.Seq != s.said.head.Seq+int64(d.operations) {
		s.t.Errorf("%s wrote %d operations, want %d", d.name, head.Seq-s.said.head.Seq, d.operations)
	}
	s.said.head = head
	return nil
}

// compareProjection rebuilds every record from the log and compares it with
// the tables.
func compareProjection(ctx context.Context, db *store.DB) error {
	built := projection{}
	for seq := int64(0); ; {
		ops, err := db.OperationsAfter(ctx, seq, 500)
		if err != nil {
			return err
		}
		if len(ops) == 0 {
			break
		}
		for i := range ops {
			if err := built.apply(&ops[i]); err != nil {
				return fmt.Errorf("operation %d: %w", ops[i].Seq, err)
			}
			seq = ops[i].Seq
		}
	}
	return built.compare(ctx, db)
}

// projection is the records of a log, as the JSON of their fields.
type projection map[record.EntityKind]map[string]map[string]json.RawMessage

func (p projection) apply(op *record.Operation) error {
	change, err := op.Parse()
	if err != nil {
		return err
	}
	if p[op.Entity] == nil {
		p[op.Entity] = map[string]map[string]json.RawMessage{}
	}
	fields := p[op.Entity][op.EntityID]
	if fields == nil {
		fields = map[string]json.RawMessage{}
		p[op.Entity][op.EntityID] = fields
	}
	for field, value := range change.Set {
		if string(value) == "null" {
			delete(fields, field)
			continue
		}
		fields[field] = value
	}
	return nil
}

func (p projection) compare(ctx context.Context, db *store.DB) error {
	var errs []error
	check := func(kind record.EntityKind, id string, have any, err error) {
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", kind, err))
			return
		}
		want, err := json.Marshal(p[kind][id])
		got := fieldsJSON(have)
		if err != nil || !bytes.Equal(want, got) {
			errs = append(errs, fmt.Errorf("%s %s: log %s, table %s", kind, id, want, got))
		}
	}
	for id := range p[record.EntityVolunteer] {
		v, err := db.Volunteer(ctx, record.VolunteerID(id))
		check(record.EntityVolunteer, id, v, err)
	}
	for id := range p[record.EntityTeam] {
		one, err := db.Team(ctx, record.TeamID(id))
		check(record.EntityTeam, id, one, err)
	}
	for id := range p[record.EntityActivity] {
		a, err := db.Activity(ctx, record.ActivityID(id))
		check(record.EntityActivity, id, a, err)
		entries, err := db.Entries(ctx, record.ActivityID(id))
		for _, e := range entries {
			check(record.EntityEntry, string(e.ID), e, err)
		}
	}
	members, err := db.Memberships(ctx)
	for _, m := range members {
		check(record.EntityMembership, string(m.ID), m, err)
	}
	return errors.Join(append(errs, p.count(db))...)
}

// count finds rows that the log does not know, and the reverse.
func (p projection) count(db *store.DB) error {
	for kind, table := range map[record.EntityKind]string{
		record.EntityVolunteer: "volunteers", record.EntityTeam: "teams", record.EntityActivity: "activities",
		record.EntityEntry: "entries", record.EntityMembership: "memberships",
	} {
		if n, err := store.CountForTest(db, table); err != nil || n != len(p[kind]) {
			return fmt.Errorf("%s: %d rows, %d in the log, %w", table, n, len(p[kind]), err)
		}
	}
	return nil
}

// fieldsJSON is a record as the log would hold it, its fields in order of name.
func fieldsJSON(rec any) []byte {
	raw, err := json.Marshal(rec)
	if err != nil {
		return nil
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil
	}
	out, err := json.Marshal(fields)
	if err != nil {
		return nil
	}
	return out
}
