package store

import (
	"cmp"
	"context"
	"errors"

	"rongyuan/store/record"
)

// ActivityFilter chooses activities for a list; the zero value is all of them.
type ActivityFilter struct {
	Period record.Period // zero for all
	Line   string
	Team   record.TeamID
}

// Activities are the activities by a filter, the latest first.
func (db *DB) Activities(ctx context.Context, f ActivityFilter) ([]record.Activity, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	from, to := cmp.Or(f.Period.From, "0000-01-01"), cmp.Or(f.Period.To, "9999-12-31")
	all, err := activities(view{ctx, db.reader, s}, "WHERE withdrawn = 0 AND start >= ? AND start < ? ORDER BY start DESC, id", from, to+"U")
	if err != nil {
		return nil, err
	}
	var out []record.Activity
	for _, a := range all {
		if (f.Line == "" || a.Line == f.Line) && (f.Team == "" || a.Team == f.Team) {
			out = append(out, a)
		}
	}
	return out, nil
}

// Activity reads one activity. The code is not_found.
func (db *DB) Activity(ctx context.Context, id record.ActivityID) (record.Activity, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return record.Activity{}, err
	}
	return activity(view{ctx, db.reader, s}, id)
}

func activity(w view, id record.ActivityID) (record.Activity, error) {
	all, err := activities(w, "WHERE id = ?", id)
	if err == nil && len(all) == 0 {
		err = record.Fail(record.CodeNotFound)
	}
	if err != nil {
		return record.Activity{}, err
	}
	return all[0], nil
}

func activities(w view, where string, args ...any) ([]record.Activity, error) {
	out, rows, err := records[record.Activity](w, "activities", where, args...)
	for i := range out {
		out[i].ID, out[i].Version = record.ActivityID(rows[i].id), rows[i].version
	}
	return out, err
}

// LogActivity writes a new activity and the service time of those who took
// part, all or nothing. An entry with no minutes gets the activity's length;
// the source defaults to later entry. The findings come back also when the
// activity is taken. The codes are those of [record.Activity.Check],
// [record.Entry.Check] and [DB.RecordService].
func (db *DB) LogActivity(ctx context.Context, a record.Activity, entries []record.Entry) (record.ActivityID, record.Problems, error) {
	var found record.Problems
	err := db.write(ctx, func(t *tx) error {
		id, err := t.newID()
		if err != nil {
			return err
		}
		a.ID, a.Version = record.ActivityID(id), 1
		if a, err = t.completeActivity(a); err != nil {
			return err
		}
		found = a.Check(record.MomentOf(t.now))
		if err := found.Err(); err != nil {
			return err
		}
		if err := t.putActivity(a); err != nil {
			return err
		}
		change, err := record.Created(a)
		if err != nil {
			return err
		}
		if err := t.record(subject{Type: record.OpActivityLogged, ID: id}, change); err != nil {
			return err
		}
		more, err := t.recordService(a, entries)
		found = append(found, more...)
		return err
	})
	return a.ID, found, err
}

// completeActivity fills what follows: kind and state of a plain activity, and,
// once it was held, the day of recording with the deadline that the calendar
// gives it.
func (t *tx) completeActivity(a record.Activity) (record.Activity, error) {
	a.Kind = cmp.Or(a.Kind, record.KindService)
	a.State = cmp.Or(a.State, record.ActivityDone)
	if !a.Held() || !a.End.Valid() {
		return a, nil
	}
	if a.Recorded == "" {
		a.Recorded = t.today
	}
	if a.Deadline == "" {
		c, err := calendar(t.ctx, t)
		if err != nil {
			return a, err
		}
		a.Deadline = c.Deadline(a.End.Day())
	}
	return a, nil
}

// UpdateActivity writes what changed in an activity that was read before. A
// change of its times moves the deadline; entries stay as they are and are
// corrected one by one. The codes are those of [record.Activity.Check], stale,
// nothing_to_do, and minutes_range or day_over_24h when an entry no longer fits.
func (db *DB) UpdateActivity(ctx context.Context, after record.Activity) (record.Problems, error) {
	var found record.Problems
	err := db.write(ctx, func(t *tx) (err error) {
		found, err = t.updateActivity(after)
		return err
	})
	return found, err
}

func (t *tx) updateActivity(after record.Activity) (record.Problems, error) {
	before, err := activity(t.view(), after.ID)
	if err != nil {
		return nil, err
	}
	if after.End.Day() != before.End.Day() {
		after.Deadline = ""
	}
	if after, err = t.completeActivity(after); err != nil {
		return nil, err
	}
	found := after.Check(record.MomentOf(t.now))
	if err := found.Err(); err != nil {
		return found, err
	}
	if err := t.fitsEntries(before, after); err != nil {
		return found, err
	}
	change, err := t.changed(before.Version, after.Version, before, after)
	if err != nil {
		return found, err
	}
	after.Version++
	if err := t.putActivity(after); err != nil {
		return found, err
	}
	return found, t.record(subject{Type: record.OpActivityUpdated, ID: string(after.ID), Base: before.Version}, change)
}

// fitsEntries refuses an activity that is shorter than the time recorded in it,
// that is called off although people have time in it, or that moves to a day on
// which one of them would have more than 24 hours.
func (t *tx) fitsEntries(before, a record.Activity) error {
	present, err := t.presence(a.ID)
	if err != nil {
		return err
	}
	most := int64(0)
	for person, minutes := range present {
		most = max(most, minutes)
		if day := a.Start.Day(); minutes > 0 && day != before.Start.Day() {
			if _, err := t.fitsDay(person, day, int(minutes)); err != nil {
				return err
			}
		}
	}
	switch {
	case most == 0:
		return nil
	case !a.Held():
		return record.FailField("state", record.CodeActivityCancelled)
	case most > int64(a.Start.MinutesTo(a.End)):
		return record.FailField("end", record.CodeMinutesRange)
	}
	return nil
}

func (t *tx) putActivity(a record.Activity) error {
	if err := errors.Join(t.activityOpen(a.ID), t.monthOpen(a.Start.Day())); err != nil {
		return err
	}
	delete(t.seen, a.ID)
	if a.Team != "" {
		if _, err := team(t.view(), a.Team); err != nil {
			return record.FailField("team", record.CodeNotFound).Because(err)
		}
	}
	sealed, err := t.sealRecord("activities", string(a.ID), a)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO activities (id, version, title, start, state, sealed, withdrawn) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title, start = excluded.start,
			state = excluded.state, sealed = excluded.sealed, withdrawn = excluded.withdrawn`,
		a.ID, a.Version, a.Title, a.Start, a.State, sealed, a.Withdrawn)
}
