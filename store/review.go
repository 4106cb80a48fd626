package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"rongyuan/store/record"
)

// ReviewFilter chooses reviews; the zero value is all of them.
type ReviewFilter struct {
	Waiting   bool
	Activity  record.ActivityID
	Volunteer record.VolunteerID
	// Ground is one of the grounds.
	Ground record.Code
	// Period is that of the activity's start; zero for all.
	Period record.Period
}

// Reviewed is a review with the entry that it is about.
type Reviewed struct {
	record.Review
	Record record.Entry
}

// Reviews are the reviews by a filter in the order in which they were asked.
func (db *DB) Reviews(ctx context.Context, f ReviewFilter) ([]Reviewed, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return reviewed(view{ctx, db.reader, s}, f)
}

func reviewed(w view, f ReviewFilter) ([]Reviewed, error) {
	where, args := []string{"withdrawn = 0"}, []any{}
	add := func(on bool, text string, values ...any) {
		if on {
			where, args = append(where, text), append(args, values...)
		}
	}
	add(f.Waiting, "state = 'waiting'")
	add(f.Activity != "", "activity = ?", f.Activity)
	add(f.Volunteer != "", "volunteer = ?", f.Volunteer)
	add(f.Ground != "", "instr(grounds, ?) > 0", ","+string(f.Ground)+",")
	add(f.Period != record.Period{}, "activity IN (SELECT id FROM activities WHERE start >= ? AND start < ?)", f.Period.From, f.Period.To+"U")
	list, err := reviews().list(w, "WHERE "+strings.Join(where, " AND ")+" ORDER BY rowid", args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	times, err := entries(w, "WHERE id IN (SELECT entry FROM reviews WHERE "+strings.Join(where, " AND ")+")", args...)
	if err != nil {
		return nil, err
	}
	byID := map[record.EntryID]record.Entry{}
	for _, e := range times {
		byID[e.ID] = e
	}
	out := make([]Reviewed, len(list))
	for i, r := range list {
		out[i] = Reviewed{r, byID[r.Entry]}
	}
	return out, nil
}

// reviewStates reads of reviews what figures need; nothing of it is sealed.
func reviewStates(w view, where string, args ...any) ([]record.Review, error) {
	return collect(w, func(r *sql.Rows) (v record.Review, err error) {
		var grounds string
		err = r.Scan(&v.ID, &v.Entry, &v.Activity, &v.Volunteer, &grounds, &v.State, &v.Withdrawn)
		for _, code := range strings.FieldsFunc(grounds, func(r rune) bool { return r == ',' }) {
			v.Grounds = append(v.Grounds, record.Ground{Code: record.Code(code)})
		}
		return v, err
	}, "SELECT id, entry, activity, volunteer, grounds, state, withdrawn FROM reviews "+where, args...)
}

// Verdict is what is decided about entries that wait.
type Verdict struct {
	Approve bool
	// Why is the reason; it is required.
	Why string
}

// DecideReviews lets entries that wait count, or takes them back, all or
// nothing. It needs the right to confirm and another account than the one that
// recorded. The codes are no_right, reason_required, two_persons, not_found,
// nothing_to_do for one that was decided and month_locked.
func (db *DB) DecideReviews(ctx context.Context, ids []record.ReviewID, v Verdict) error {
	return db.writeWith(ctx, record.RightConfirm, func(t *tx) error {
		if len(ids) == 0 {
			return record.Fail(record.CodeNothingToDo)
		}
		for _, id := range ids {
			if err := t.decideReview(id, v); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) decideReview(id record.ReviewID, v Verdict) error {
	r, err := reviews().one(t.view(), string(id))
	if err != nil {
		return err
	}
	if !r.Waits() {
		return record.Fail(record.CodeNothingToDo)
	}
	a, err := activity(t.view(), r.Activity)
	if err != nil {
		return err
	}
	if err := t.monthOpen(a.Start.Day()); err != nil {
		return err
	}
	if a.State == record.ActivityLocked {
		return record.Fail(record.CodeMonthLocked, string(a.Start[:7]))
	}
	r.State, r.Decided, r.DecidedBy, r.Why = record.ReviewApproved, t.today, t.s.account, strings.TrimSpace(v.Why)
	if v.Approve {
		return reviews().update(t, r)
	}
	r.State = record.ReviewRefused
	if err := reviews().update(t, r); err != nil {
		return err
	}
	old, err := t.entryToCorrect(r.Entry)
	if err != nil {
		return err
	}
	return t.reverse(old, r.Why)
}

// askReview puts an entry into the queue.
func (t *tx) askReview(id record.EntryID, e record.Entry, grounds []record.Ground) error {
	_, err := reviews().create(t, record.Review{
		Entry: id, Activity: e.Activity, Volunteer: e.Volunteer, Grounds: grounds,
		Asked: t.today, AskedBy: t.s.account, State: record.ReviewWaiting,
	})
	return err
}

// reviewOf is the review of an entry; false when it has none.
func (t *tx) reviewOf(id record.EntryID) (record.Review, bool, error) {
	found, err := reviews().list(t.view(), "WHERE entry = ? AND withdrawn = 0", id)
	if err != nil || len(found) == 0 {
		return record.Review{}, false, err
	}
	return found[0], true, nil
}

// dropReview closes the question about an entry that was taken back.
func (t *tx) dropReview(id record.EntryID, why string) error {
	r, has, err := t.reviewOf(id)
	if err != nil || !has || !r.Waits() {
		return err
	}
	r.State, r.Decided, r.DecidedBy, r.Why = record.ReviewDropped, t.today, t.s.account, why
	return reviews().update(t, r)
}

// undoReview puts a decision back into the queue. Whoever decided takes it back,
// and nobody else. An entry that was taken back since has nothing to wait for.
func (t *tx) undoReview(op *record.Operation, change record.Change) error {
	if op.Type == record.OpReviewAsked {
		return reviews().undo(t, op, change)
	}
	if op.Actor != t.s.account {
		return record.Fail(record.CodeNoRight)
	}
	r, err := reviews().one(t.view(), op.EntityID)
	if err != nil {
		return err
	}
	var back int
	if err := t.QueryRowContext(t.ctx, "SELECT COUNT(*) FROM entries WHERE reverses = ?", r.Entry).Scan(&back); err != nil {
		return fmt.Errorf("look for reversal: %w", err)
	}
	if back > 0 {
		return nil
	}
	return reviews().undo(t, op, change)
}
