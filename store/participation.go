package store

import (
	"context"

	"rongyuan/store/record"
)

// Participation is one person's net time in one activity, for sheets and slips.
type Participation struct {
	Volunteer record.VolunteerID `json:"volunteer"`
	Activity  record.ActivityID  `json:"activity"`
	// Minutes is the time that counts, 0 while the entry waits for review.
	Minutes int    `json:"minutes"`
	Source  string `json:"source"`
	// Entry is the entry that a correction would take back.
	Entry record.EntryID `json:"entry"`
	// Waiting is the time that waits for review and is in no total; Review is
	// where, with its grounds.
	Waiting int             `json:"waiting,omitempty"`
	Review  record.ReviewID `json:"review,omitempty"`
	Grounds []record.Ground `json:"grounds,omitempty"`
}

// Recorded is the time that was written down, whether it counts or waits.
func (p Participation) Recorded() int { return p.Minutes + p.Waiting }

// Participations are the people with time in an activity.
func (db *DB) Participations(ctx context.Context, id record.ActivityID) ([]Participation, error) {
	return db.participations(ctx, "activity = ?", string(id))
}

// ParticipationsOf are the activities in which a person has time.
func (db *DB) ParticipationsOf(ctx context.Context, id record.VolunteerID) ([]Participation, error) {
	return db.participations(ctx, "volunteer = ?", string(id))
}

func (db *DB) participations(ctx context.Context, where, id string) ([]Participation, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	w := view{ctx, db.reader, s}
	list, err := entries(w, "WHERE "+where+" ORDER BY rowid", id)
	if err != nil {
		return nil, err
	}
	asked, err := reviews().list(w, "WHERE "+where+" AND state <> 'approved' AND withdrawn = 0", id)
	if err != nil {
		return nil, err
	}
	return netted(list, asked), nil
}

// netted leaves out entries that were taken back and their reversals; what the
// reviews hold back stands apart.
func netted(list []record.Entry, asked []record.Review) []Participation {
	held := map[record.EntryID]record.Review{}
	for _, r := range asked {
		if r.Blocks() {
			held[r.Entry] = r
		}
	}
	back := map[record.EntryID]bool{}
	for _, e := range list {
		if e.Reverses != "" {
			back[e.Reverses], back[e.ID] = true, true
		}
	}
	var out []Participation
	for _, e := range list {
		if back[e.ID] {
			continue
		}
		p := Participation{Volunteer: e.Volunteer, Activity: e.Activity, Minutes: e.Minutes, Source: e.Source, Entry: e.ID}
		if r, has := held[e.ID]; has {
			p.Minutes, p.Waiting, p.Review, p.Grounds = 0, e.Minutes, r.ID, r.Grounds
		}
		out = append(out, p)
	}
	return out
}

// counting are the participations that count: what waits for review or stands
// in another system's ledger is on no paper.
func (w view) counting(list []record.Entry) ([]Participation, error) {
	asked, err := reviewStates(w, "WHERE state <> 'approved' AND withdrawn = 0")
	return netted(record.Counted(list, asked), nil), err
}

// Minutes is the service time of each person in total: activities that count
// and were held, trainings and what waits for review apart.
func (db *DB) Minutes(ctx context.Context) (map[record.VolunteerID]int, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	w := view{ctx, db.reader, s}
	all, err := activities(w, "")
	if err != nil {
		return nil, err
	}
	counts := map[record.ActivityID]bool{}
	for _, a := range all {
		counts[a.ID] = a.Held() && record.Counting(a.Kind)
	}
	list, err := entries(w, "")
	if err != nil {
		return nil, err
	}
	asked, err := reviewStates(w, "WHERE state <> 'approved' AND withdrawn = 0")
	out := map[record.VolunteerID]int{}
	for _, e := range record.Counted(list, asked) {
		if counts[e.Activity] {
			out[e.Volunteer] += e.Minutes
		}
	}
	return out, err
}
