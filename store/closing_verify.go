package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"rongyuan/store/record"
)

// SealCheck is whether a closed month is still what its seal was made over.
type SealCheck struct {
	Closing record.Closing
	// Now is the code of the rows as they are.
	Now string
	// Holds: the rows are those of the seal. LogHolds: the log makes the seal
	// too, so that Changes can be named against it.
	Holds, LogHolds bool
	// Changes are the rows that differ from what the log says they were at the
	// close; while the month is reopened these are its corrections.
	Changes []record.RowChange
}

// CheckSeal recounts the seal of a closed month from the tables and, where it
// differs, names the rows by the log. The codes are month_open for a month that
// was never closed, and log_broken.
func (db *DB) CheckSeal(ctx context.Context, month record.Period) (SealCheck, error) {
	var out SealCheck
	s, err := db.may(record.RightRead)
	if err != nil {
		return out, err
	}
	err = db.moment(ctx, s, func(w view) (err error) {
		out, err = w.checkSeal(record.ClosingOf(month.From))
		return err
	})
	return out, err
}

func (w view) checkSeal(id record.ClosingID) (SealCheck, error) {
	all, err := w.editions(id)
	if err != nil {
		return SealCheck{}, err
	}
	if len(all) == 0 {
		return SealCheck{}, record.Fail(record.CodeMonthOpen, string(id))
	}
	last := all[len(all)-1]
	c, err := closing(w, id)
	if err != nil {
		return SealCheck{}, err
	}
	out := SealCheck{Closing: c}
	station, _, err := readStation(w.ctx, w.q)
	if err != nil {
		return out, err
	}
	rows, broken, err := w.sealedNow(id.Period(), last.Seq)
	if err != nil {
		return out, err
	}
	then, err := w.sealedThen(id.Period(), last.Seq, rows)
	if err != nil {
		return out, err
	}
	out.Now = record.SealOf(station.Code, id, rows)
	out.Holds = len(broken) == 0 && out.Now == last.Seal && c.Seal == last.Seal
	out.LogHolds = record.SealOf(station.Code, id, then) == last.Seal
	out.Changes = slices.DeleteFunc(record.RowChanges(then, rows), func(r record.RowChange) bool {
		return slices.ContainsFunc(broken, func(b record.RowChange) bool { return b.Kind == r.Kind && b.ID == r.ID })
	})
	out.Changes = append(out.Changes, broken...)
	return out, nil
}

// sealedNow are the rows of a month as the tables have them, standing records
// taken back to the close, and the rows that do not open.
func (w view) sealedNow(month record.Period, seq int64) ([]record.SealedRow, []record.RowChange, error) {
	facts, err := w.factsAt(month, seq, standingKinds)
	var broken []record.RowChange
	if errors.Is(err, record.Fail(record.CodeSealBroken)) {
		if broken, err = w.unreadable(month); err == nil && len(broken) == 0 {
			return nil, nil, record.Fail(record.CodeSealBroken)
		}
		facts = record.Facts{}
	}
	if err != nil {
		return nil, nil, err
	}
	rows, err := record.SealRows(facts)
	return rows, broken, err
}

// unreadable are the records of a month that do not open.
func (w view) unreadable(month record.Period) ([]record.RowChange, error) {
	var out []record.RowChange
	for _, one := range []struct {
		kind  record.EntityKind
		table string
		where string
		open  func(string) error
	}{
		{record.EntityTeam, "teams", "?1 < ?2", func(id string) error { _, err := team(w, record.TeamID(id)); return err }},
		{record.EntityBrand, "brands", "?1 < ?2", func(id string) error { _, err := brands(w, "WHERE id = ?", id); return err }},
		{record.EntityActivity, "activities", "start >= ?1 AND start < ?2", func(id string) error {
			_, err := activity(w, record.ActivityID(id))
			return err
		}},
		{record.EntityEntry, "entries", "activity IN (SELECT id FROM activities WHERE start >= ?1 AND start < ?2)", func(id string) error {
			_, err := entries(w, "WHERE id = ?", id)
			return err
		}},
	} {
		found, err := ids(w, "SELECT id FROM "+one.table+" WHERE "+one.where, month.From, month.To+"U")
		if err != nil {
			return nil, err
		}
		for _, id := range found {
			if one.open(id) != nil {
				out = append(out, record.RowChange{Kind: one.kind, ID: id, How: record.RowUnreadable})
			}
		}
	}
	return out, nil
}

// sealedThen are the rows of a month as the log makes them up to its close,
// whose chain is checked on the way. Of what was erased on a lawful request
// nothing is known: the row as it is stands for it.
func (w view) sealedThen(month record.Period, seq int64, now []record.SealedRow) ([]record.SealedRow, error) {
	made := replay{}
	if err := w.replayUntil(seq, made); err != nil {
		return nil, err
	}
	facts, err := made.facts(month)
	if err != nil {
		return nil, err
	}
	rows, err := record.SealRows(facts)
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		one := made[row.Kind][row.ID]
		if !one.erased {
			continue
		}
		for _, other := range now {
			if other.Kind == row.Kind && other.ID == row.ID {
				rows[i] = other
			}
		}
	}
	return rows, nil
}

func (w view) replayUntil(end int64, made replay) error {
	var previous []byte
	for seq := int64(0); seq < end; {
		ops, err := w.operations("seq > ? AND seq <= ? ORDER BY seq LIMIT 500", seq, end)
		if err != nil {
			return err
		}
		if len(ops) == 0 {
			return record.Fail(record.CodeLogBroken)
		}
		for i := range ops {
			if ops[i].Seq != seq+1 || !ops[i].Follows(previous) && !ops[i].FollowsErased(previous) {
				return record.Fail(record.CodeLogBroken)
			}
			if err := made.take(&ops[i]); err != nil {
				return err
			}
			seq, previous = ops[i].Seq, ops[i].Hash
		}
	}
	return nil
}

// facts are the facts of a month as the log makes them.
func (r replay) facts(month record.Period) (f record.Facts, err error) {
	if f.Volunteers, err = replayedAs(r[record.EntityVolunteer], func(v *record.Volunteer, id string) { v.ID = record.VolunteerID(id) }); err != nil {
		return f, err
	}
	if f.Teams, err = replayedAs(r[record.EntityTeam], func(t *record.Team, id string) { t.ID = record.TeamID(id) }); err != nil {
		return f, err
	}
	if f.Brands, err = replayedAs(r[record.EntityBrand], func(b *record.Brand, id string) { b.ID = record.BrandID(id) }); err != nil {
		return f, err
	}
	activities, err := replayedAs(r[record.EntityActivity], func(a *record.Activity, id string) { a.ID = record.ActivityID(id) })
	if err != nil {
		return f, err
	}
	there := map[record.ActivityID]bool{}
	for _, a := range activities {
		if month.Holds(a.Start.Day()) {
			f.Activities, there[a.ID] = append(f.Activities, a), true
		}
	}
	entries, err := replayedAs(r[record.EntityEntry], func(e *record.Entry, id string) { e.ID = record.EntryID(id) })
	for _, e := range entries {
		if there[e.Activity] {
			f.Entries = append(f.Entries, e)
		}
	}
	return f, err
}

// matchSeal holds a close against the rows that the log makes of its month; the
// code is month_altered. Where something was erased nothing can be said.
func (r replay) matchSeal(op *record.Operation) error {
	for _, kind := range []record.EntityKind{record.EntityVolunteer, record.EntityTeam, record.EntityBrand, record.EntityActivity, record.EntityEntry} {
		for _, one := range r[kind] {
			if one.erased {
				return nil
			}
		}
	}
	id := record.ClosingID(op.EntityID)
	facts, err := r.facts(id.Period())
	if err != nil {
		return err
	}
	rows, err := record.SealRows(facts)
	if err != nil {
		return err
	}
	var seal string
	if err := json.Unmarshal(r[record.EntityClosing][op.EntityID].fields["seal"], &seal); err != nil {
		return record.Fail(record.CodeLogBroken).Because(err)
	}
	if record.SealOf(op.Station, id, rows) != seal {
		return record.Fail(record.CodeMonthAltered, op.EntityID)
	}
	return nil
}

// replayedAs reads the records of one kind.
func replayedAs[T any](of map[string]*replayed, name func(*T, string)) ([]T, error) {
	out := make([]T, 0, len(of))
	for id, one := range of {
		raw, err := json.Marshal(one.fields)
		if err != nil {
			return nil, fmt.Errorf("encode record: %w", err)
		}
		var rec T
		if err := json.Unmarshal(raw, &rec); err != nil {
			return nil, record.Fail(record.CodeLogBroken).Because(err)
		}
		name(&rec, id)
		out = append(out, rec)
	}
	return out, nil
}

// ids are the ids that a query finds.
func ids(w view, query string, args ...any) ([]string, error) {
	return collect(w, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) }, query, args...)
}
