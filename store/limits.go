package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"rongyuan/store/record"
)

const limitsSetting = "hours.limits"

// Limits are the rules by which entries of service time wait for review.
func (db *DB) Limits(ctx context.Context) (record.Limits, error) {
	if _, err := db.may(record.RightRead); err != nil {
		return record.Limits{}, err
	}
	l, err := limits(ctx, db.reader)
	return l, translate(err)
}

func limits(ctx context.Context, q querier) (record.Limits, error) {
	l := record.DefaultLimits()
	var text string
	err := q.QueryRowContext(ctx, "SELECT value FROM settings WHERE name = ?", limitsSetting).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return l, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &l)
	}
	if err != nil {
		return l, fmt.Errorf("read limits: %w", err)
	}
	return l, nil
}

// SaveLimits changes the rules from now on; what was recorded before stays as it
// was judged. Who records does not loosen what he is held to: it needs the right
// to confirm, and the audit log tells it. The codes are no_right and those of
// [record.Limits.Check].
func (db *DB) SaveLimits(ctx context.Context, l record.Limits) error {
	if err := l.Check().Err(); err != nil {
		return err
	}
	return db.writeWith(ctx, record.RightConfirm, func(t *tx) error {
		text, err := json.Marshal(l)
		if err != nil {
			return fmt.Errorf("encode limits: %w", err)
		}
		if err := t.exec("INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
			limitsSetting, string(text)); err != nil {
			return fmt.Errorf("write limits: %w", err)
		}
		_, err = t.note(Note{Action: ActionLimits, Subject: "limits", Detail: string(text)})
		return err
	})
}

// judge gives the grounds on which an entry must wait.
func (t *tx) judge(a record.Activity, e record.Entry, p Person) ([]record.Ground, error) {
	l, err := t.limits()
	if err != nil {
		return nil, err
	}
	others, err := t.stretches(e.Volunteer, a)
	if err != nil {
		return nil, err
	}
	cleared, err := t.ageCleared(e.Volunteer, a.Start.Day())
	if err != nil {
		return nil, err
	}
	return l.Judge(record.Case{
		Stretch: stretchOf(a, e.Minutes), Source: e.Source, Age: p.Birth.AgeOn(a.Start.Day()), AgeCleared: cleared,
		NoSignOut: e.NoSignOut, Others: others,
	}), nil
}

// limits are read once in a change.
func (t *tx) limits() (record.Limits, error) {
	if t.rules == nil {
		l, err := limits(t.ctx, t)
		if err != nil {
			return l, err
		}
		t.rules = &l
	}
	return *t.rules, nil
}

func stretchOf(a record.Activity, minutes int) record.Stretch {
	return record.Stretch{Activity: a.ID, Title: a.Title, Start: a.Start, End: a.End, Minutes: minutes}
}

// stretches are what a person has in other activities around the week of one,
// whether it counts or waits.
func (t *tx) stretches(id record.VolunteerID, a record.Activity) ([]record.Stretch, error) {
	day := a.Start.Day()
	type part struct {
		activity record.ActivityID
		minutes  int
	}
	parts, err := collect(t.view(), func(r *sql.Rows) (p part, err error) { return p, r.Scan(&p.activity, &p.minutes) },
		`SELECT e.activity, SUM(e.minutes) FROM entries e JOIN activities a ON a.id = e.activity
			WHERE e.volunteer = ? AND a.start >= ? AND a.start < ? AND a.id <> ? GROUP BY e.activity HAVING SUM(e.minutes) > 0`,
		id, day.AddDays(-7), day.AddDays(7)+"U", a.ID)
	if err != nil {
		return nil, err
	}
	out := make([]record.Stretch, len(parts))
	for i, p := range parts {
		other, known := t.seen[p.activity]
		if !known {
			if other, err = activity(t.view(), p.activity); err != nil {
				return nil, err
			}
			if t.seen == nil {
				t.seen = map[record.ActivityID]record.Activity{}
			}
			t.seen[p.activity] = other
		}
		out[i] = stretchOf(other, p.minutes)
	}
	return out, nil
}

// ageCleared reports whether somebody said yes in the year of a day to the
// service of a person of this age.
func (t *tx) ageCleared(id record.VolunteerID, d record.Day) (bool, error) {
	var n int
	err := t.QueryRowContext(t.ctx, `SELECT COUNT(*) FROM reviews r JOIN activities a ON a.id = r.activity
		WHERE r.volunteer = ? AND r.state = ? AND r.withdrawn = 0 AND instr(r.grounds, ?) > 0 AND substr(a.start, 1, 4) = ?`,
		id, record.ReviewApproved, ","+string(record.CodeAgeOverLimit)+",", string(d[:4])).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for yearly review: %w", err)
	}
	return n > 0, nil
}
