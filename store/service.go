package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// Entries are the entries of service time of an activity in the order of
// writing, reversals included.
func (db *DB) Entries(ctx context.Context, id record.ActivityID) ([]record.Entry, error) {
	return db.entries(ctx, "WHERE activity = ? ORDER BY rowid", id)
}

// EntriesOf are all entries of a person in the order of writing.
func (db *DB) EntriesOf(ctx context.Context, id record.VolunteerID) ([]record.Entry, error) {
	return db.entries(ctx, "WHERE volunteer = ? ORDER BY rowid", id)
}

func (db *DB) entries(ctx context.Context, where string, args ...any) ([]record.Entry, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return entries(view{ctx, db.reader, s}, where, args...)
}

func entries(w view, where string, args ...any) ([]record.Entry, error) {
	return collect(w, func(r *sql.Rows) (e record.Entry, err error) {
		var reason []byte
		if err = r.Scan(&e.ID, &e.Version, &e.Activity, &e.Volunteer, &e.Minutes, &e.Source, &e.Reverses, &reason, &e.Recorded); err != nil {
			return e, err
		}
		if reason != nil {
			if e.Reason, err = w.s.fields.OpenText(reasonPlace(e.ID), reason); err != nil {
				err = record.Fail(record.CodeSealBroken).Because(err)
			}
		}
		return e, err
	}, "SELECT id, version, activity, volunteer, minutes, source, COALESCE(reverses, ''), reason, recorded FROM entries "+where, args...)
}

func reasonPlace(id record.EntryID) seal.Place {
	return seal.Place{Table: "entries", Column: "reason", Row: string(id)}
}

// RecordService adds service time to an activity that is there. The codes are
// those of [record.Entry.Check], twice_in_activity, day_over_24h, not_serving
// and month_locked.
func (db *DB) RecordService(ctx context.Context, id record.ActivityID, list []record.Entry) (record.Problems, error) {
	var found record.Problems
	err := db.write(ctx, func(t *tx) error {
		a, err := activity(t.view(), id)
		if err != nil {
			return err
		}
		found, err = t.recordService(a, list)
		return err
	})
	return found, err
}

func (t *tx) recordService(a record.Activity, list []record.Entry) (record.Problems, error) {
	if a.State == record.ActivityLocked {
		return nil, record.Fail(record.CodeMonthLocked)
	}
	if len(list) > 0 && !record.Counting(a.Kind) && a.Kind != record.KindTraining {
		return nil, record.FailField("kind", record.CodeNotCounting)
	}
	present, err := t.presence(a.ID)
	if err != nil {
		return nil, err
	}
	var found record.Problems
	for _, e := range list {
		e.Activity = a.ID
		if present[e.Volunteer] != 0 {
			return found, record.FailField("volunteer", record.CodeTwiceInActivity, t.nameOf(e.Volunteer))
		}
		if e.Minutes, err = t.minutesOf(a, e); err != nil {
			return found, err
		}
		present[e.Volunteer] += int64(max(1, e.Minutes))
		more, err := t.recordEntry(a, e)
		found = append(found, more...)
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

// presence is the sum of minutes of each person in an activity.
func (t *tx) presence(id record.ActivityID) (map[record.VolunteerID]int64, error) {
	rows, err := collect(t.view(), func(r *sql.Rows) (e record.Entry, err error) {
		return e, r.Scan(&e.Volunteer, &e.Minutes)
	}, "SELECT volunteer, SUM(minutes) FROM entries WHERE activity = ? GROUP BY volunteer", id)
	out := map[record.VolunteerID]int64{}
	for _, e := range rows {
		out[e.Volunteer] = int64(e.Minutes)
	}
	return out, err
}

// nameOf is a person's name for a message; "" when the directory lacks it.
func (t *tx) nameOf(id record.VolunteerID) string {
	p, _ := t.db.Person(id)
	return p.Name
}

func (t *tx) recordEntry(a record.Activity, e record.Entry) (record.Problems, error) {
	e.Source, e.Recorded = cmp.Or(e.Source, record.SourceLater), t.today
	person, has := t.db.Person(e.Volunteer)
	switch {
	case !has:
		return nil, record.FailField("volunteer", record.CodeNotFound)
	case !person.Serving:
		return nil, record.FailField("volunteer", record.CodeNotServing, person.Name)
	}
	found := e.Check(a)
	if err := found.Err(); err != nil {
		return found, err
	}
	if person.Joined > a.Start.Day() {
		found.Add(record.LevelWarning, "volunteer", record.CodeBeforeJoining, person.Name)
	}
	if judged, err := t.fitsDay(e.Volunteer, a.Start.Day(), e.Minutes); err != nil {
		return append(found, judged...), err
	}
	grounds, err := t.judge(a, e, person)
	if err != nil {
		return found, err
	}
	for _, g := range grounds {
		found.Add(record.LevelReview, "minutes", g.Code, append(slices.Clone(g.Args), person.Name)...)
	}
	id, err := t.putEntry(record.OpServiceRecorded, e)
	if err != nil || len(grounds) == 0 {
		return found, err
	}
	return found, t.askReview(id, e, grounds)
}

// minutesOf is the time of an entry: as given, or the activity's length, or what
// the rule gives somebody who forgot to sign out.
func (t *tx) minutesOf(a record.Activity, e record.Entry) (int, error) {
	switch {
	case e.Minutes != 0:
		return e.Minutes, nil
	case !e.NoSignOut:
		return a.Length(), nil
	}
	l, err := t.limits()
	return l.Forgotten(a), err
}

// fitsDay judges minutes that come to what a person has on a day; the code is
// day_over_24h.
func (t *tx) fitsDay(id record.VolunteerID, d record.Day, minutes int) (record.Problems, error) {
	day, err := t.minutesOnDay(id, d)
	if err != nil {
		return nil, err
	}
	judged := record.CheckDay(day + minutes)
	for i := range judged {
		judged[i].Args = append(judged[i].Args, t.nameOf(id))
	}
	return judged, judged.Err()
}

// minutesOnDay is what a person has on one day, all activities together.
func (t *tx) minutesOnDay(id record.VolunteerID, d record.Day) (int, error) {
	var minutes int
	err := t.QueryRowContext(t.ctx, `SELECT COALESCE(SUM(e.minutes), 0) FROM entries e JOIN activities a ON a.id = e.activity
		WHERE e.volunteer = ? AND a.start >= ? AND a.start < ?`, id, d, d+"U").Scan(&minutes)
	if err != nil {
		return 0, fmt.Errorf("sum day: %w", err)
	}
	return minutes, nil
}

// putEntry appends an entry and gives its id.
func (t *tx) putEntry(kind record.OperationType, e record.Entry) (record.EntryID, error) {
	if err := t.activityOpen(e.Activity); err != nil {
		return "", err
	}
	id, err := t.newID()
	if err != nil {
		return "", err
	}
	e.ID, e.Version = record.EntryID(id), 1
	var reason []byte
	if e.Reason != "" {
		if reason, err = t.s.fields.SealText(reasonPlace(e.ID), e.Reason); err != nil {
			return "", fmt.Errorf("seal reason: %w", err)
		}
	}
	if err := t.exec(`INSERT INTO entries (id, version, activity, volunteer, minutes, source, reverses, reason, recorded)
		VALUES (?, ?, ?, ?, ?, ?, NULLIF(?, ''), ?, ?)`,
		e.ID, e.Version, e.Activity, e.Volunteer, e.Minutes, e.Source, e.Reverses, reason, e.Recorded); err != nil {
		return "", fmt.Errorf("write entry: %w", err)
	}
	change, err := record.Created(e)
	if err != nil {
		return "", err
	}
	return e.ID, t.record(subject{Type: kind, ID: id}, change)
}

// reverse appends the entry that takes another back.
func (t *tx) reverse(old record.Entry, reason string) error {
	_, err := t.putEntry(record.OpServiceReversed, record.Entry{
		Activity: old.Activity, Volunteer: old.Volunteer, Minutes: -old.Minutes,
		Source: old.Source, Reverses: old.ID, Reason: reason, Recorded: t.today,
	})
	return err
}

func (t *tx) entryToCorrect(id record.EntryID) (record.Entry, error) {
	found, err := entries(t.view(), "WHERE id = ?", id)
	if err != nil {
		return record.Entry{}, err
	}
	if len(found) == 0 || found[0].Reverses != "" {
		return record.Entry{}, record.Fail(record.CodeNotFound)
	}
	var by string
	err = t.QueryRowContext(t.ctx, "SELECT id FROM entries WHERE reverses = ?", id).Scan(&by)
	if err == nil {
		return record.Entry{}, record.Fail(record.CodeAlreadyReversed)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return record.Entry{}, fmt.Errorf("look for reversal: %w", err)
	}
	return found[0], nil
}
