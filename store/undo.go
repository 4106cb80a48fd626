package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"rongyuan/store/record"
)

// Undoable is the last change that may be taken back.
type Undoable struct {
	Batch record.BatchID
	// Type is the operation that stands for the batch, its first; Operations
	// how many it has.
	Type       record.OperationType
	EntityID   string
	Operations int
	WallMS     int64
}

// LastUndoable is the last change of whoever is logged in that was not taken
// back and does not itself take something back. The code is nothing_to_do.
func (db *DB) LastUndoable(ctx context.Context) (Undoable, error) {
	var u Undoable
	s, err := db.open()
	if err != nil {
		return u, err
	}
	err = db.reader.QueryRowContext(ctx, `SELECT batch, type, entity_id, wall_ms,
			(SELECT COUNT(*) FROM op_log n WHERE n.batch = o.batch) FROM op_log o
		WHERE incarnation = (SELECT incarnation FROM station) AND actor = ? AND entity NOT IN (?, ?, ?)
			AND batch NOT IN (SELECT batch FROM op_log WHERE entity = 'closing')
			AND batch NOT IN (SELECT batch FROM undone) AND batch NOT IN (SELECT undo FROM undone)
			AND NOT EXISTS (SELECT 1 FROM op_log e WHERE e.batch = o.batch AND LENGTH(e.payload) = 0)
			AND seq = (SELECT MIN(seq) FROM op_log f WHERE f.batch = o.batch)
		ORDER BY seq DESC LIMIT 1`, s.account, record.EntityStation, record.EntityKey, record.EntityCertificate).
		Scan(&u.Batch, &u.Type, &u.EntityID, &u.WallMS, &u.Operations)
	if errors.Is(err, sql.ErrNoRows) {
		return u, record.Fail(record.CodeNothingToDo)
	}
	return u, translate(err)
}

// UndoBatch takes all operations of a batch back by new operations: what it
// made is withdrawn, what it changed gets the old values where nobody has
// changed them since, service time is reversed. The codes are not_found (also
// for what was erased),
// already_reversed, and stale when other records rest on what it made.
func (db *DB) UndoBatch(ctx context.Context, batch record.BatchID) error {
	ops, err := db.operations(ctx, "batch = ? ORDER BY seq DESC", batch)
	if err != nil {
		return err
	}
	if len(ops) == 0 || slices.ContainsFunc(ops, func(o record.Operation) bool { return o.Erased() }) {
		return record.Fail(record.CodeNotFound)
	}
	right, err := db.undoRight(ops)
	if err != nil {
		return err
	}
	return db.writeWith(ctx, right, func(t *tx) error {
		var undone int
		if err := t.QueryRowContext(t.ctx, "SELECT COUNT(*) FROM undone WHERE batch = ?", batch).Scan(&undone); err != nil {
			return fmt.Errorf("look for undo: %w", err)
		}
		if undone > 0 {
			return record.Fail(record.CodeAlreadyReversed)
		}
		for i := range ops {
			if err := t.undo(&ops[i]); err != nil && record.CodeOf(err) != record.CodeNothingToDo {
				return err
			}
		}
		return t.exec("INSERT INTO undone (batch, by_whom, undo) VALUES (?, ?, ?)", batch, t.s.account, t.batch)
	})
}

// undoRight is the right that taking back needs: whoever records takes back what
// was recorded; who only decides, his own decisions.
func (db *DB) undoRight(ops []record.Operation) (record.Right, error) {
	s, err := db.open()
	if err != nil {
		return "", err
	}
	if s.role.May(record.RightWrite) {
		return record.RightWrite, nil
	}
	if slices.ContainsFunc(ops, func(o record.Operation) bool { return o.Actor != s.account }) {
		return "", record.Fail(record.CodeNoRight)
	}
	return record.RightConfirm, nil
}

func (t *tx) undo(op *record.Operation) error {
	change, err := op.Parse()
	if err != nil {
		return err
	}
	switch op.Entity {
	case record.EntityVolunteer:
		return t.undoVolunteer(op, change)
	case record.EntityTeam:
		return t.undoTeam(op, change)
	case record.EntityMembership:
		return t.undoMembership(op, change)
	case record.EntityBrand:
		return t.undoBrand(op, change)
	case record.EntityActivity:
		return t.undoActivity(op, change)
	case record.EntityEvidence:
		return t.undoEvidence(op, change)
	case record.EntityEntry:
		return t.undoEntry(op)
	case record.EntityConsent:
		return t.undoConsent(op, change)
	case record.EntityClosing:
		return record.Fail(record.CodeNotUndoable)
	case record.EntityTraining:
		return trainings.undo(t, op, change)
	case record.EntityHonour:
		return honours.undo(t, op, change)
	case record.EntityTransfer:
		return transfers.undo(t, op, change)
	case record.EntityReview:
		return t.undoReview(op, change)
	case record.EntityCorrection:
		return t.undoCorrection(op, change)
	case record.EntityObjection:
		return objections().undo(t, op, change)
	case record.EntityOutside:
		return outside().undo(t, op, change)
	}
	return record.Fail(record.CodeUnknownOperation)
}

// rewound is a record with the fields of a change as they were before, where
// they still are as the change left them.
func rewound[T any](now T, change record.Change) (T, error) {
	have, err := record.Created(now)
	if err != nil {
		return now, err
	}
	inverse := change.Inverse()
	for field := range inverse.Set {
		if cmp.Or(string(have.Set[field]), "null") != string(change.Set[field]) {
			delete(inverse.Set, field)
		}
	}
	return record.Applied(now, inverse)
}

func (t *tx) undoVolunteer(op *record.Operation, change record.Change) error {
	v, err := volunteer(t.view(), record.VolunteerID(op.EntityID))
	if err != nil {
		return err
	}
	after := v
	if op.Type == record.OpVolunteerRegistered {
		if err := t.unused(`SELECT (SELECT COALESCE(SUM(minutes), 0) <> 0 FROM entries WHERE volunteer = ?1)
			+ (SELECT COUNT(*) FROM memberships WHERE volunteer = ?1 AND withdrawn = 0)`, op.EntityID); err != nil {
			return err
		}
		after.Withdrawn = true
	} else if after, err = rewound(v, change); err != nil {
		return err
	}
	after.ID, after.Version = v.ID, v.Version
	_, err = t.updateVolunteer(after)
	return err
}

func (t *tx) undoTeam(op *record.Operation, change record.Change) error {
	one, err := team(t.view(), record.TeamID(op.EntityID))
	if err != nil {
		return err
	}
	after := one
	if op.Type == record.OpTeamFounded {
		if err := t.unused("SELECT COUNT(*) FROM memberships WHERE team = ? AND withdrawn = 0", op.EntityID); err != nil {
			return err
		}
		after.Withdrawn = true
	} else if after, err = rewound(one, change); err != nil {
		return err
	}
	after.ID, after.Version = one.ID, one.Version
	return t.updateTeam(after)
}

func (t *tx) undoMembership(op *record.Operation, change record.Change) error {
	found, err := members(t.view(), "WHERE id = ?", op.EntityID)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return record.Fail(record.CodeNotFound)
	}
	after := found[0]
	if op.Type == record.OpMembershipBegun {
		after.Withdrawn = true
	} else if after, err = rewound(after, change); err != nil {
		return err
	}
	after.ID, after.Version = found[0].ID, found[0].Version
	return t.updateMembership(after)
}

func (t *tx) undoBrand(op *record.Operation, change record.Change) error {
	found, err := brands(t.view(), "WHERE id = ?", op.EntityID)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return record.Fail(record.CodeNotFound)
	}
	after := found[0]
	if op.Type == record.OpBrandCreated {
		after.Withdrawn = true
	} else if after, err = rewound(after, change); err != nil {
		return err
	}
	after.ID, after.Version = found[0].ID, found[0].Version
	return t.updateBrand(after)
}

func (t *tx) undoActivity(op *record.Operation, change record.Change) error {
	a, err := activity(t.view(), record.ActivityID(op.EntityID))
	if err != nil {
		return err
	}
	after := a
	if op.Type == record.OpActivityLogged {
		if err := t.unused("SELECT COALESCE(SUM(minutes), 0) FROM entries WHERE activity = ?", op.EntityID); err != nil {
			return err
		}
		after.Withdrawn = true
	} else if after, err = rewound(a, change); err != nil {
		return err
	}
	after.ID, after.Version = a.ID, a.Version
	_, err = t.updateActivity(after)
	return err
}

func (t *tx) undoConsent(op *record.Operation, change record.Change) error {
	found, err := consents(t.view(), "WHERE id = ?", op.EntityID)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return record.Fail(record.CodeNotFound)
	}
	after := found[0]
	if op.Type == record.OpConsentGiven {
		after.Withdrawn = true
	} else if after, err = rewound(after, change); err != nil {
		return err
	}
	after.ID, after.Version = found[0].ID, found[0].Version
	return t.updateConsent(after)
}

// undoEntry reverses an entry; a reversal is undone by writing the entry that
// it took back once more, since entries never change. Only what was written
// today, or waits for review, is undone: later it needs a correction with an
// approver, or an undo would be one in silence. The code is approval_needed.
func (t *tx) undoEntry(op *record.Operation) error {
	found, err := entries(t.view(), "WHERE id = ?", op.EntityID)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return record.Fail(record.CodeNotFound)
	}
	old := found[0]
	if err := t.activityOpen(old.Activity); err != nil {
		return err
	}
	again := record.Entry{
		Activity: old.Activity, Volunteer: old.Volunteer, Minutes: -old.Minutes, Source: old.Source,
		Reason: record.ReasonUndone, Recorded: t.today,
	}
	if op.Type == record.OpServiceReversed {
		if old.Recorded != t.today {
			return record.Fail(record.CodeApprovalNeeded)
		}
		return t.recordAgain(again, old.Reverses)
	}
	live, err := t.liveEntry(old.Activity, old.Volunteer)
	if err != nil {
		return err
	}
	asked, has, err := t.reviewOf(live.ID)
	if err != nil {
		return err
	}
	if live.Recorded != t.today && (!has || !asked.Waits()) {
		return record.Fail(record.CodeApprovalNeeded)
	}
	return t.takeBack(live, record.ReasonUndone)
}

// recordAgain writes an entry that a reversal took back, unless somebody has
// recorded the time anew since, or has filled the person's day. What waited, or
// was refused, waits again.
func (t *tx) recordAgain(e record.Entry, of record.EntryID) error {
	present, err := t.presence(e.Activity)
	if err != nil {
		return err
	}
	if present[e.Volunteer] != 0 {
		return record.Fail(record.CodeStale)
	}
	a, err := activity(t.view(), e.Activity)
	if err != nil {
		return err
	}
	if _, err := t.fitsDay(e.Volunteer, a.Start.Day(), e.Minutes); err != nil {
		return err
	}
	asked, has, err := t.reviewOf(of)
	if err != nil {
		return err
	}
	id, err := t.putEntry(record.OpServiceRecorded, e)
	if err != nil || !has || !asked.Blocks() {
		return err
	}
	_, err = reviews().create(t, record.Review{
		Entry: id, Activity: e.Activity, Volunteer: e.Volunteer, Grounds: asked.Grounds,
		Asked: t.today, AskedBy: asked.AskedBy, State: record.ReviewWaiting,
	})
	return err
}

// liveEntry is the one entry of a person in an activity that was not taken
// back: the entry itself or what corrections made of it.
func (t *tx) liveEntry(a record.ActivityID, v record.VolunteerID) (record.Entry, error) {
	found, err := entries(t.view(), `WHERE activity = ? AND volunteer = ? AND reverses IS NULL
		AND id NOT IN (SELECT reverses FROM entries WHERE reverses IS NOT NULL)`, a, v)
	if err == nil && len(found) == 0 {
		err = record.Fail(record.CodeAlreadyReversed)
	}
	if err != nil {
		return record.Entry{}, err
	}
	return found[0], nil
}

// unused refuses to take back a record on which others rest.
func (t *tx) unused(count string, id string) error {
	var n int64
	if err := t.QueryRowContext(t.ctx, count, id).Scan(&n); err != nil {
		return fmt.Errorf("look for uses: %w", err)
	}
	if n != 0 {
		return record.Fail(record.CodeStale)
	}
	return nil
}
