package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"rongyuan/store/record"
)

// Habit is how somebody has come so far: with one team, and at all.
type Habit struct {
	// Recent and Before are the activities with the team in the last half year
	// and in the two and a half years before.
	Recent, Before int
	// Member is today's membership in the team.
	Member bool
	// Last is the day of the last activity of any team, LastTitle its name.
	Last      record.Day
	LastTitle string
}

// Score orders people of one name: who usually comes with the team first.
func (h Habit) Score() int {
	score := 4*h.Recent + h.Before
	if h.Member {
		score += 2
	}
	return score
}

// Habits are the habits of everybody who was in an activity or is in the team.
type Habits map[record.VolunteerID]Habit

// Of is the habit of a person; the zero one for somebody who never came.
func (h Habits) Of(id record.VolunteerID) Habit { return h[id] }

// Sort puts whoever usually comes first, then who came last, then the older.
func (h Habits) Sort(people []Person) {
	slices.SortStableFunc(people, func(a, b Person) int {
		return cmp.Or(h.compare(a.ID, b.ID), cmp.Compare(a.Birth, b.Birth))
	})
}

func (h Habits) compare(a, b record.VolunteerID) int {
	x, y := h[a], h[b]
	return cmp.Or(cmp.Compare(y.Score(), x.Score()), cmp.Compare(y.Last, x.Last))
}

// Tied reports two people between whom nothing decides.
func (h Habits) Tied(a, b record.VolunteerID) bool { return h[a].Score() == h[b].Score() }

const (
	recentDays  = 183
	longestDays = 3 * 365
)

// Habits counts, over the last three years, who came with a team and when
// everybody came last. It reads every activity of that time: call it once for a
// form and not for a key.
func (db *DB) Habits(ctx context.Context, team record.TeamID) (Habits, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	w := view{ctx, db.reader, s}
	since := db.Today().AddDays(-longestDays)
	held, err := activities(w, "WHERE withdrawn = 0 AND start >= ?", since)
	if err != nil {
		return nil, err
	}
	known := make(map[record.ActivityID]*record.Activity, len(held))
	for i := range held {
		if held[i].Held() {
			known[held[i].ID] = &held[i]
		}
	}
	came, err := presentSince(w, since)
	if err != nil {
		return nil, err
	}
	out, recent := Habits{}, db.Today().AddDays(-recentDays)
	for _, one := range came {
		if a := known[one.Activity]; a != nil {
			out[one.Volunteer] = out[one.Volunteer].with(a, team, recent)
		}
	}
	return out, db.addMembers(ctx, team, out)
}

func (h Habit) with(a *record.Activity, team record.TeamID, recent record.Day) Habit {
	day := a.Start.Day()
	if day > h.Last {
		h.Last, h.LastTitle = day, a.Title
	}
	switch {
	case team == "" || a.Team != team:
	case day >= recent:
		h.Recent++
	default:
		h.Before++
	}
	return h
}

func (db *DB) addMembers(ctx context.Context, team record.TeamID, out Habits) error {
	if team == "" {
		return nil
	}
	list, err := db.Members(ctx, team)
	for _, m := range list {
		if m.On(db.Today()) {
			h := out[m.Volunteer]
			h.Member = true
			out[m.Volunteer] = h
		}
	}
	return err
}

// presentSince is who had time in which activity from a day on.
func presentSince(w view, since record.Day) ([]record.Entry, error) {
	return collect(w, func(r *sql.Rows) (e record.Entry, err error) {
		return e, r.Scan(&e.Activity, &e.Volunteer)
	}, `SELECT e.activity, e.volunteer FROM entries e JOIN activities a ON a.id = e.activity
		WHERE a.start >= ? GROUP BY e.activity, e.volunteer HAVING SUM(e.minutes) > 0`, since)
}

// Homes are the addresses of people as lists show them, for telling people of
// one name apart. Whoever may not see whole numbers gets none.
func (db *DB) Homes(ctx context.Context, ids []record.VolunteerID) (map[record.VolunteerID]string, error) {
	s, err := db.may(record.RightRead)
	if err != nil || !s.role.May(record.RightUnmask) {
		return nil, err
	}
	out := map[record.VolunteerID]string{}
	for _, id := range ids {
		v, err := volunteer(view{ctx, db.reader, s}, id)
		if err != nil {
			return nil, err
		}
		if v.Address != "" {
			out[id] = v.Address
		}
	}
	return out, nil
}
