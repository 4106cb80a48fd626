package store

import (
	"context"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// CorrectService takes an entry back and, when minutes is above zero, writes a
// new one in its place; both carry the reason, and the old one stays to be seen
// (Decree 67, article 13). It is for slips of the pen: an entry of today, or one
// that waits for review and so counts nowhere yet; the new entry is judged like
// any other. An entry of an earlier day needs [DB.AskCorrection]. The codes are
// approval_needed, reason_required, already_reversed, not_found, month_locked
// and those of [DB.RecordService].
func (db *DB) CorrectService(ctx context.Context, id record.EntryID, minutes int, reason string) error {
	return db.write(ctx, func(t *tx) error {
		old, a, err := t.correctable(id)
		if err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" {
			return record.FailField("reason", record.CodeReasonRequired)
		}
		asked, has, err := t.reviewOf(id)
		if err != nil {
			return err
		}
		if old.Recorded != t.today && (!has || !asked.Waits()) {
			return record.Fail(record.CodeApprovalNeeded)
		}
		if err := t.takeBack(old, reason); err != nil || minutes == 0 {
			return err
		}
		_, err = t.recordEntry(a, record.Entry{
			Activity: old.Activity, Volunteer: old.Volunteer, Minutes: minutes, Source: old.Source, Reason: reason,
			NoSignOut: has && asked.For(record.CodeNoSignOut),
		})
		return err
	})
}

// correctable is an entry that stands and its activity, unless that is locked.
func (t *tx) correctable(id record.EntryID) (record.Entry, record.Activity, error) {
	old, err := t.entryToCorrect(id)
	if err != nil {
		return old, record.Activity{}, err
	}
	if err := t.activityOpen(old.Activity); err != nil {
		return old, record.Activity{}, err
	}
	a, err := activity(t.view(), old.Activity)
	if err == nil && a.State == record.ActivityLocked {
		err = record.Fail(record.CodeMonthLocked, string(a.Start[:7]))
	}
	return old, a, err
}

// takeBack reverses an entry and closes the question that it raised.
func (t *tx) takeBack(old record.Entry, reason string) error {
	if err := t.reverse(old, reason); err != nil {
		return err
	}
	return t.dropReview(old.ID, reason)
}

// CorrectionFilter chooses corrections; the zero value is all of them.
type CorrectionFilter struct {
	Open      bool
	Volunteer record.VolunteerID
	Activity  record.ActivityID
}

// Corrections are the corrections by a filter in the order of asking.
func (db *DB) Corrections(ctx context.Context, f CorrectionFilter) ([]record.Correction, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	all, err := corrections().list(view{ctx, db.reader, s}, "WHERE withdrawn = 0 ORDER BY rowid")
	var out []record.Correction
	for _, c := range all {
		if (!f.Open || c.Open()) && (f.Volunteer == "" || f.Volunteer == c.Volunteer) && (f.Activity == "" || f.Activity == c.Activity) {
			out = append(out, c)
		}
	}
	return out, err
}

// AskCorrection asks for an entry to be corrected: of c the entry, the minutes,
// the reason, the applicant and the objection are read. Nothing changes until
// somebody else approves. The codes are those of [record.Correction.Check],
// not_found, already_reversed and correction_open.
func (db *DB) AskCorrection(ctx context.Context, c record.Correction) (record.CorrectionID, error) {
	err := db.write(ctx, func(t *tx) error {
		old, err := t.entryToCorrect(c.Entry)
		if err != nil {
			return err
		}
		var open int
		if err := t.QueryRowContext(t.ctx, "SELECT COUNT(*) FROM corrections WHERE entry = ? AND state IN ('asked', 'checked') AND withdrawn = 0",
			c.Entry).Scan(&open); err != nil {
			return err
		}
		if open > 0 {
			return record.Fail(record.CodeCorrectionOpen)
		}
		if a, err := activity(t.view(), old.Activity); err != nil {
			return err
		} else if c.Minutes > a.Start.MinutesTo(a.End) {
			return record.FailField("minutes", record.CodeMinutesRange, strconv.Itoa(a.Start.MinutesTo(a.End)))
		}
		c, err = corrections().create(t, record.Correction{
			Entry: c.Entry, Activity: old.Activity, Volunteer: old.Volunteer, Before: old.Minutes, Minutes: c.Minutes,
			Reason: strings.TrimSpace(c.Reason), Applicant: strings.TrimSpace(c.Applicant), Objection: c.Objection,
			Asked: t.today, AskedBy: t.s.account, State: record.CorrectionAsked,
		})
		return err
	})
	return c.ID, err
}

// CheckCorrection notes against what a correction was checked. Whoever records
// or confirms may check, but not the one who asked. The codes are no_right,
// two_persons, required, not_found and nothing_to_do.
func (db *DB) CheckCorrection(ctx context.Context, id record.CorrectionID, basis string) error {
	right := record.RightWrite
	if _, role := db.Account(); !role.May(right) {
		right = record.RightConfirm
	}
	return db.writeWith(ctx, right, func(t *tx) error {
		c, err := corrections().one(t.view(), string(id))
		if err != nil {
			return err
		}
		if c.State != record.CorrectionAsked || c.Withdrawn {
			return record.Fail(record.CodeNothingToDo)
		}
		c.State, c.Basis, c.Checked, c.CheckedBy = record.CorrectionChecked, strings.TrimSpace(basis), t.today, t.s.account
		return corrections().update(t, c)
	})
}

// CorrectionVerdict is what is decided about a correction.
type CorrectionVerdict struct {
	Approve bool
	Why     string
	// Basis is what it was checked against; it is needed for an approval where
	// nobody has checked before, which the approver does then.
	Basis string
}

// DecideCorrection approves a correction, which reverses the old entry and
// writes the new one in the same step, or refuses it. It needs the right to
// confirm and another account than the one that asked. The codes are no_right,
// two_persons, reason_required, required, not_found, already_reversed,
// nothing_to_do, month_locked and those of [DB.RecordService].
func (db *DB) DecideCorrection(ctx context.Context, id record.CorrectionID, v CorrectionVerdict) error {
	return db.writeWith(ctx, record.RightConfirm, func(t *tx) error {
		c, err := corrections().one(t.view(), string(id))
		if err != nil {
			return err
		}
		if !c.Open() {
			return record.Fail(record.CodeNothingToDo)
		}
		c.Decided, c.DecidedBy, c.Why = t.today, t.s.account, strings.TrimSpace(v.Why)
		if !v.Approve {
			c.State = record.CorrectionRefused
			return corrections().update(t, c)
		}
		c.State = record.CorrectionApproved
		if c.CheckedBy == "" {
			c.Basis, c.Checked, c.CheckedBy = strings.TrimSpace(v.Basis), t.today, t.s.account
		}
		if err := c.Check().Err(); err != nil {
			return err
		}
		if err := t.carryOut(&c); err != nil {
			return err
		}
		return corrections().update(t, c)
	})
}

// carryOut does what an approved correction says. Two people stand behind it, so
// the new entry does not wait; what cannot be is refused all the same.
func (t *tx) carryOut(c *record.Correction) error {
	old, a, err := t.correctable(c.Entry)
	if err != nil {
		return err
	}
	if err := t.takeBack(old, c.Reason); err != nil {
		return err
	}
	if err := t.QueryRowContext(t.ctx, "SELECT id FROM entries WHERE reverses = ?", old.ID).Scan(&c.Reversal); err != nil {
		return err
	}
	if c.Minutes == 0 {
		return nil
	}
	fresh := record.Entry{
		Activity: old.Activity, Volunteer: old.Volunteer, Minutes: c.Minutes, Source: old.Source, Reason: c.Reason, Recorded: t.today,
	}
	if err := fresh.Check(a).Err(); err != nil {
		return err
	}
	if _, err := t.fitsDay(old.Volunteer, a.Start.Day(), c.Minutes); err != nil {
		return err
	}
	c.Fresh, err = t.putEntry(record.OpServiceRecorded, fresh)
	return err
}

// undoCorrection takes a request back. An approval that is taken back takes the
// request with it: its entry is another one now. Whoever decided takes it back.
func (t *tx) undoCorrection(op *record.Operation, change record.Change) error {
	if op.Type == record.OpCorrectionAsked {
		return corrections().undo(t, op, change)
	}
	if op.Actor != t.s.account {
		return record.Fail(record.CodeNoRight)
	}
	c, err := corrections().one(t.view(), op.EntityID)
	if err != nil {
		return err
	}
	if c.State == record.CorrectionApproved {
		c.Withdrawn = true
		return corrections().update(t, c)
	}
	return corrections().undo(t, op, change)
}
