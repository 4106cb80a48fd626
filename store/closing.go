package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// Closings are the closes of all months, the latest first, reopened ones
// included.
func (db *DB) Closings(ctx context.Context) ([]record.Closing, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return closings(view{ctx, db.reader, s}, "ORDER BY id DESC")
}

// Closing is the close of a month; the zero value with no error where the month
// was never closed.
func (db *DB) Closing(ctx context.Context, month record.Period) (record.Closing, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return record.Closing{}, err
	}
	return closing(view{ctx, db.reader, s}, record.ClosingOf(month.From))
}

func closings(w view, where string, args ...any) ([]record.Closing, error) {
	out, rows, err := records[record.Closing](w, "closings", where, args...)
	for i := range out {
		out[i].ID, out[i].Version = record.ClosingID(rows[i].id), rows[i].version
	}
	return out, err
}

func closing(w view, id record.ClosingID) (record.Closing, error) {
	all, err := closings(w, "WHERE id = ?", id)
	if err != nil || len(all) == 0 {
		return record.Closing{ID: id}, err
	}
	return all[0], nil
}

// Edition is one edition of a month's close as it was confirmed, and, where the
// month was reopened after it, why.
type Edition struct {
	record.Closing
	// Seq is where in the log the close stands.
	Seq int64 `json:"-"`
	// ReopenedBy and ReopenReason say who opened this edition again and why; ""
	// for the one in force.
	ReopenedBy   string `json:"reopened_by,omitempty"`
	ReopenReason string `json:"reopen_reason,omitempty"`
}

// Editions are all editions of a month's close, the first one first.
func (db *DB) Editions(ctx context.Context, month record.Period) ([]Edition, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return view{ctx, db.reader, s}.editions(record.ClosingOf(month.From))
}

func (w view) editions(id record.ClosingID) ([]Edition, error) {
	ops, err := w.operations("entity = 'closing' AND entity_id = ? ORDER BY seq", id)
	if err != nil {
		return nil, err
	}
	var out []Edition
	var now record.Closing
	for i := range ops {
		change, err := ops[i].Parse()
		if err != nil {
			return nil, err
		}
		if now, err = record.Applied(now, change); err != nil {
			return nil, err
		}
		now.ID = id
		if ops[i].Type == record.OpMonthClosed {
			out = append(out, Edition{Closing: now, Seq: ops[i].Seq})
			continue
		}
		if n := len(out); n > 0 {
			out[n-1].ReopenedBy, out[n-1].ReopenReason = ops[i].Actor, now.Reason
		}
	}
	return out, nil
}

// CloseMonth closes a month that is over: its activities are locked, its rows
// get their seal code, and the figures are kept as they are now (月结). Only the
// chief may, so that two people stand behind a closed month. The codes are
// no_right, month_not_over, month_locked, and month_unready with the number of
// things that [DB.CheckMonth] shows red.
func (db *DB) CloseMonth(ctx context.Context, month record.Period) (record.Closing, error) {
	var c record.Closing
	err := db.writeWith(ctx, record.RightConfirm, func(t *tx) error {
		before, err := closing(t.view(), record.ClosingOf(month.From))
		if err != nil {
			return err
		}
		if before.Locks() {
			return record.Fail(record.CodeMonthLocked, string(before.ID))
		}
		if err := t.readyToClose(month); err != nil {
			return err
		}
		if err := t.lockActivities(month); err != nil {
			return err
		}
		c, err = t.closingOf(month, before)
		if err != nil {
			return err
		}
		return t.putClosing(record.OpMonthClosed, before, c)
	})
	return c, err
}

func (t *tx) readyToClose(month record.Period) error {
	if t.today <= month.To {
		return record.Fail(record.CodeMonthNotOver, month.String())
	}
	lights, err := t.view().checkMonth(month, t.today)
	if err != nil {
		return err
	}
	if red := record.RedLights(lights); red > 0 {
		return record.Fail(record.CodeMonthUnready, strconv.Itoa(red))
	}
	return nil
}

// closingOf is the close of the month as its rows stand.
func (t *tx) closingOf(month record.Period, before record.Closing) (record.Closing, error) {
	facts, err := t.view().factsNow(month)
	if err != nil {
		return record.Closing{}, err
	}
	rows, err := record.SealRows(facts)
	if err != nil {
		return record.Closing{}, fmt.Errorf("hash the month: %w", err)
	}
	station, _, err := readStation(t.ctx, t)
	if err != nil {
		return record.Closing{}, err
	}
	return record.Closing{
		ID: before.ID, Version: before.Version, Edition: before.Edition + 1, Reason: before.Reason,
		Seal: record.SealOf(station.Code, before.ID, rows), Closed: record.MomentOf(t.now), By: t.s.account,
		Figures: record.Tally(month, facts).Figures,
	}, nil
}

func (t *tx) putClosing(kind record.OperationType, before, after record.Closing) error {
	if err := after.Check().Err(); err != nil {
		return err
	}
	change, err := t.changed(before.Version, after.Version, before, after)
	if err != nil {
		return err
	}
	if before.Version == 0 {
		if change, err = record.Created(after); err != nil {
			return err
		}
	}
	after.Version++
	sealed, err := t.sealRecord("closings", string(after.ID), after)
	if err != nil {
		return err
	}
	err = t.exec(`INSERT INTO closings (id, version, edition, open, sealed) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, edition = excluded.edition, open = excluded.open, sealed = excluded.sealed`,
		after.ID, after.Version, after.Edition, after.Open, sealed)
	if err != nil {
		return fmt.Errorf("write closing: %w", err)
	}
	return t.record(subject{Type: kind, ID: string(after.ID), Base: before.Version}, change)
}

// lockActivities locks what was held in the month. It runs before the month
// itself is locked, and reopening after it is open.
func (t *tx) lockActivities(month record.Period) error {
	all, err := activities(t.view(), "WHERE start >= ? AND start < ? ORDER BY start, id", month.From, month.To+"U")
	if err != nil {
		return err
	}
	for _, a := range all {
		if !a.Held() || a.State == record.ActivityLocked {
			continue
		}
		if err := t.setState(a, record.ActivityLocked); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) setState(before record.Activity, state record.ActivityState) error {
	after := before
	after.State = state
	change, err := t.changed(before.Version, after.Version, before, after)
	if err != nil {
		return err
	}
	after.Version++
	if err := t.putActivity(after); err != nil {
		return err
	}
	return t.record(subject{Type: record.OpActivityUpdated, ID: string(after.ID), Base: before.Version}, change)
}

// ReopenMonth opens a closed month again for a reason: its activities and hours
// may be corrected, and the next close makes the next edition (更正版). The codes
// are no_right, reason_required and month_open.
func (db *DB) ReopenMonth(ctx context.Context, month record.Period, reason string) error {
	reason = strings.TrimSpace(reason)
	return db.writeWith(ctx, record.RightConfirm, func(t *tx) error {
		before, err := closing(t.view(), record.ClosingOf(month.From))
		if err != nil {
			return err
		}
		if !before.Locks() {
			return record.Fail(record.CodeMonthOpen, month.String())
		}
		if reason == "" {
			return record.FailField("reason", record.CodeReasonRequired)
		}
		after := before
		after.Open, after.Reason = true, reason
		if err := t.putClosing(record.OpMonthReopened, before, after); err != nil {
			return err
		}
		return t.unlockActivities(month)
	})
}

// unlockActivities gives each locked activity the state back that it had before
// the close.
func (t *tx) unlockActivities(month record.Period) error {
	was, err := t.statesBeforeClose(record.ClosingOf(month.From))
	if err != nil {
		return err
	}
	all, err := activities(t.view(), "WHERE start >= ? AND start < ? AND state = ? ORDER BY start, id", month.From, month.To+"U", record.ActivityLocked)
	if err != nil {
		return err
	}
	for _, a := range all {
		state, known := was[a.ID]
		if !known {
			state = record.ActivityConfirmed
		}
		if err := t.setState(a, state); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) statesBeforeClose(id record.ClosingID) (map[record.ActivityID]record.ActivityState, error) {
	var batch record.BatchID
	err := t.QueryRowContext(t.ctx, `SELECT batch FROM op_log WHERE incarnation = (SELECT incarnation FROM station)
		AND entity = 'closing' AND entity_id = ? AND type = ? ORDER BY seq DESC LIMIT 1`, id, record.OpMonthClosed).Scan(&batch)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("find close: %w", err)
	}
	ops, err := t.view().operations("batch = ? AND type = ?", batch, record.OpActivityUpdated)
	if err != nil {
		return nil, err
	}
	out := map[record.ActivityID]record.ActivityState{}
	for i := range ops {
		change, err := ops[i].Parse()
		if err != nil {
			return nil, err
		}
		state := record.ActivityState(strings.Trim(string(change.Was["state"]), `"`))
		if slices.Contains([]record.ActivityState{record.ActivityDone, record.ActivityConfirmed}, state) {
			out[record.ActivityID(ops[i].EntityID)] = state
		}
	}
	return out, nil
}

// monthOpen refuses a change in a month that is closed; the code is
// month_locked. Every write of an activity and of service time asks it, by
// whatever way it comes.
func (t *tx) monthOpen(d record.Day) error {
	id := record.ClosingOf(d)
	var locked int
	err := t.QueryRowContext(t.ctx, "SELECT COUNT(*) FROM closings WHERE id = ? AND open = 0", id).Scan(&locked)
	if err != nil {
		return fmt.Errorf("look for close: %w", err)
	}
	if locked > 0 {
		return record.Fail(record.CodeMonthLocked, string(id))
	}
	return nil
}

// activityOpen is monthOpen for an activity as it stands in the table, if it
// does, so that none leaves a closed month either.
func (t *tx) activityOpen(id record.ActivityID) error {
	var start record.Moment
	err := t.QueryRowContext(t.ctx, "SELECT start FROM activities WHERE id = ?", id).Scan(&start)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for activity: %w", err)
	}
	return t.monthOpen(start.Day())
}
