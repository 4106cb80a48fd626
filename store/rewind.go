package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"rongyuan/store/record"
)

// A closed month is counted from the records as they were when it was closed:
// who leaves, moves or joins the party in November must not change October's
// printed report. Nothing is copied for that: every operation says what a field
// held before, so the changes since the close are taken back in memory.

// standingKinds are the records that go on changing after a month is closed.
var standingKinds = []record.EntityKind{record.EntityVolunteer, record.EntityTeam, record.EntityBrand}

// facts are the records that the figures of a period rest on: as they were when
// its last month was closed, or as they are.
func (w view) facts(period record.Period) (record.Facts, error) { return w.factsWithin(period, period) }

// factsWithin is facts with the activities of a wider span of time.
func (w view) factsWithin(period, reach record.Period) (record.Facts, error) {
	seq, err := w.closedAt(record.ClosingOf(period.To))
	if err != nil {
		return record.Facts{}, err
	}
	if seq == 0 {
		return w.factsNow(reach)
	}
	return w.factsAt(reach, seq, standingKinds)
}

// closedAt is where in the log a month was closed; 0 while it is open.
func (w view) closedAt(id record.ClosingID) (int64, error) {
	var seq sql.NullInt64
	err := w.q.QueryRowContext(w.ctx, `SELECT MAX(seq) FROM op_log WHERE incarnation = (SELECT incarnation FROM station)
		AND entity = 'closing' AND entity_id = ? AND type = ? AND EXISTS (SELECT 1 FROM closings WHERE id = ? AND open = 0)`,
		id, record.OpMonthClosed, id).Scan(&seq)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, translate(fmt.Errorf("find close: %w", err))
	}
	return seq.Int64, nil
}

// moment runs f on one state of the file, so that nothing mixes two.
func (db *DB) moment(ctx context.Context, s *session, f func(view) error) error {
	tx, err := db.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return translate(err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	return f(view{ctx, tx, s})
}

// factsAt are the facts of a period as they were behind an operation of the
// log; only records of the given kinds are taken back. What was erased on a
// lawful request says nothing any more and stays as it is.
func (w view) factsAt(period record.Period, seq int64, kinds []record.EntityKind) (record.Facts, error) {
	f, err := w.factsNow(period)
	if err != nil {
		return f, err
	}
	ops, err := w.operationsSince(seq, kinds)
	if err != nil || len(ops) == 0 {
		return f, err
	}
	return takenBack(f, ops)
}

// operationsSince are the operations behind seq on records of some kinds, the
// newest first.
func (w view) operationsSince(seq int64, kinds []record.EntityKind) ([]record.Operation, error) {
	args := []any{seq}
	for _, kind := range kinds {
		args = append(args, kind)
	}
	return w.operations("seq > ? AND entity IN (?"+strings.Repeat(", ?", len(kinds)-1)+") ORDER BY seq DESC", args...)
}

// withTouched adds activities that operations changed and that may have stood
// in another period since, with their entries.
func (w view) withTouched(f record.Facts, ops []record.Operation) (record.Facts, error) {
	have := map[record.ActivityID]bool{}
	for _, a := range f.Activities {
		have[a.ID] = true
	}
	for i := range ops {
		id := record.ActivityID(ops[i].EntityID)
		if ops[i].Entity != record.EntityActivity || have[id] {
			continue
		}
		have[id] = true
		a, err := activity(w, id)
		if err != nil {
			return f, err
		}
		more, err := entries(w, "WHERE activity = ? ORDER BY rowid", id)
		if err != nil {
			return f, err
		}
		asked, err := reviewStates(w, "WHERE activity = ?", id)
		if err != nil {
			return f, err
		}
		f.Activities, f.Entries, f.Reviews = append(f.Activities, a), append(f.Entries, more...), append(f.Reviews, asked...)
	}
	return f, nil
}

// rewinder takes operations back, the newest first.
type rewinder struct {
	volunteers map[string]record.Volunteer
	teams      map[string]record.Team
	brands     map[string]record.Brand
	activities map[string]record.Activity
	reviews    map[string]record.Review
	gone       map[string]bool // entries that were not there yet
	f          record.Facts    // for the order
}

func newRewinder(f record.Facts) *rewinder {
	r := &rewinder{
		volunteers: make(map[string]record.Volunteer, len(f.Volunteers)), teams: map[string]record.Team{}, brands: map[string]record.Brand{},
		activities: map[string]record.Activity{}, reviews: map[string]record.Review{}, gone: map[string]bool{}, f: f,
	}
	for _, v := range f.Volunteers {
		r.volunteers[string(v.ID)] = v
	}
	for _, t := range f.Teams {
		r.teams[string(t.ID)] = t
	}
	for _, b := range f.Brands {
		r.brands[string(b.ID)] = b
	}
	for _, a := range f.Activities {
		r.activities[string(a.ID)] = a
	}
	for _, v := range f.Reviews {
		r.reviews[string(v.ID)] = v
	}
	return r
}

func (r *rewinder) take(op *record.Operation) error {
	if op.Erased() {
		return nil
	}
	change, err := op.Parse()
	if err != nil {
		return err
	}
	switch op.Entity {
	case record.EntityVolunteer:
		return takeBack(r.volunteers, op, change)
	case record.EntityTeam:
		return takeBack(r.teams, op, change)
	case record.EntityBrand:
		return takeBack(r.brands, op, change)
	case record.EntityActivity:
		return takeBack(r.activities, op, change)
	case record.EntityReview:
		return takeBack(r.reviews, op, change)
	case record.EntityEntry:
		if op.BaseVersion == 0 {
			r.gone[op.EntityID] = true
		}
	}
	return nil
}

// takeBack takes one operation on a record back; a record that it made goes.
func takeBack[T any](of map[string]T, op *record.Operation, change record.Change) error {
	now, has := of[op.EntityID]
	if !has {
		return nil
	}
	if op.BaseVersion == 0 {
		delete(of, op.EntityID)
		return nil
	}
	before, err := record.Applied(now, change.Inverse())
	if err == nil {
		of[op.EntityID] = before
	}
	return err
}

// facts are what is left, in the order in which it was read.
func (r *rewinder) facts() record.Facts {
	out := record.Facts{
		Volunteers: kept(r.f.Volunteers, r.volunteers, func(v record.Volunteer) string { return string(v.ID) }),
		Teams:      kept(r.f.Teams, r.teams, func(t record.Team) string { return string(t.ID) }),
		Reviews:    kept(r.f.Reviews, r.reviews, func(v record.Review) string { return string(v.ID) }),
		Brands:     kept(r.f.Brands, r.brands, func(b record.Brand) string { return string(b.ID) }),
	}
	there := map[record.ActivityID]bool{}
	for _, a := range kept(r.f.Activities, r.activities, func(a record.Activity) string { return string(a.ID) }) {
		out.Activities, there[a.ID] = append(out.Activities, a), true
	}
	for _, e := range r.f.Entries {
		if there[e.Activity] && !r.gone[string(e.ID)] {
			out.Entries = append(out.Entries, e)
		}
	}
	return out
}

func kept[T any](all []T, by map[string]T, id func(T) string) []T {
	var out []T
	for _, one := range all {
		if now, has := by[id(one)]; has {
			out = append(out, now)
		}
	}
	return out
}
