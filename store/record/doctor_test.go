package record_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"rongyuan/store/record"
)

// clinic makes histories of a station: 120 volunteers, and activities with the
// time of those who took part until there are as many entries as asked for.
type clinic struct {
	*rand.Rand
	f    record.Facts
	busy map[string]bool // person and day
	n    int
}

func newClinic(seed uint64, entries int) *clinic {
	c := &clinic{Rand: rand.New(rand.NewPCG(seed, 1)), busy: map[string]bool{}}
	for i := range 120 {
		c.f.Volunteers = append(c.f.Volunteers, record.Volunteer{
			ID: record.VolunteerID(fmt.Sprintf("v%03d", i)), Serving: true, Joined: "2025-01-05", Status: record.StatusActive, StatusSince: "2025-01-05",
		})
	}
	for len(c.f.Entries) < entries {
		c.day(record.Day("2026-01-05").AddDays(c.n * 280 / (entries / 14)))
	}
	return c
}

// day holds an activity: mostly some two hours, sometimes a night, sometimes two
// in a row with the same people, or two that overlap of which somebody left the
// first early.
func (c *clinic) day(d record.Day) {
	c.n++
	hour := 7 + c.IntN(8)
	a := c.activity(d, hour, 60+c.IntN(180))
	for _, v := range c.Perm(120)[:10+c.IntN(30)] {
		id := c.f.Volunteers[v].ID
		if c.busy[string(id)+string(d)] {
			continue // one activity a person and day, besides the ones below
		}
		c.busy[string(id)+string(d)] = true
		minutes := a.Length()
		if c.IntN(5) == 0 {
			minutes -= c.IntN(minutes / 2)
		}
		c.serve(a, id, minutes)
	}
	if last := c.f.Entries[len(c.f.Entries)-1]; c.IntN(6) == 0 {
		next := c.activity(d, hour+5, 90)
		c.serve(next, last.Volunteer, 90)
	}
	if last := c.f.Entries[len(c.f.Entries)-1]; c.IntN(40) == 0 && last.Minutes > 60 && last.Activity == a.ID {
		c.f.Entries[len(c.f.Entries)-1].Minutes = 40 // left early for a task that began meanwhile
		next := c.activityAt(record.Moment(fmt.Sprintf("%sT%02d:45", d, hour)), 200)
		c.serve(next, last.Volunteer, 200)
	}
	c.correct()
}

// correct takes an entry back and writes another, now and then.
func (c *clinic) correct() {
	e := c.f.Entries[len(c.f.Entries)-1]
	if c.IntN(10) != 0 || e.Reverses != "" || e.Minutes < 30 {
		return
	}
	back := e
	back.ID, back.Reverses, back.Minutes = e.ID+"r", e.ID, -e.Minutes
	again := e
	again.ID, again.Minutes = e.ID+"c", e.Minutes-10
	c.f.Entries = append(c.f.Entries, back, again)
}

func (c *clinic) activity(d record.Day, hour, length int) record.Activity {
	return c.activityAt(record.Moment(fmt.Sprintf("%sT%02d:00", d, min(hour, 20))), length)
}

func (c *clinic) activityAt(start record.Moment, length int) record.Activity {
	end := start
	for range length {
		end = nextMinute(end)
	}
	a := record.Activity{
		ID: record.ActivityID(fmt.Sprintf("a%05d", len(c.f.Activities))), Title: "社区治安巡逻", Kind: record.KindService, Line: "3",
		Start: start, End: end, State: record.ActivityDone, Recorded: start.Day().AddDays(1),
	}
	c.f.Activities = append(c.f.Activities, a)
	return a
}

func nextMinute(m record.Moment) record.Moment {
	var h, m60 int
	_, _ = fmt.Sscanf(m.Clock(), "%d:%d", &h, &m60)
	d := m.Day()
	if m60++; m60 == 60 {
		m60, h = 0, h+1
	}
	if h == 24 {
		h, d = 0, d.AddDays(1)
	}
	return record.Moment(fmt.Sprintf("%sT%02d:%02d", d, h, m60))
}

func (c *clinic) serve(a record.Activity, id record.VolunteerID, minutes int) {
	c.f.Entries = append(c.f.Entries, record.Entry{
		ID: record.EntryID(fmt.Sprintf("e%06d", len(c.f.Entries))), Activity: a.ID, Volunteer: id, Minutes: minutes,
		Source: record.SourceLater, Recorded: a.Recorded,
	})
}

// TestDoctorIsSilentOnCleanData examines random clean histories.
func TestDoctorIsSilentOnCleanData(t *testing.T) {
	for seed := range uint64(12) {
		c := newClinic(seed, 3000)
		for _, f := range record.Examine(c.f) {
			t.Errorf("seed %d: a false alarm %+v", seed, f)
		}
	}
}

// planted is a fault that was put into a clean history.
type planted struct {
	code     record.Code
	activity record.ActivityID
	person   record.VolunteerID
}

// plant puts the n-th fault in, each kind in turn, every one on people and days
// of its own so that they cannot hide each other.
func (c *clinic) plant(n int) planted {
	d := record.Day("2027-01-01").AddDays(3 * n)
	v := record.VolunteerID(fmt.Sprintf("p%03d", n))
	c.f.Volunteers = append(c.f.Volunteers, record.Volunteer{ID: v, Serving: true, Joined: "2025-01-05", Status: record.StatusActive, StatusSince: "2025-01-05"})
	person, a := &c.f.Volunteers[len(c.f.Volunteers)-1], c.activity(d, 9, 120)
	at := &c.f.Activities[len(c.f.Activities)-1]
	c.serve(a, v, 120)
	p := planted{activity: a.ID, person: v}
	switch n % 12 {
	case 0:
		c.serve(c.activity(d, 10, 120), v, 120)
		p.code = record.CodeOverlap
	case 1: // three, of which no two exclude each other
		c.f.Entries[len(c.f.Entries)-1].Minutes = 80
		c.serve(c.activity(d, 9, 120), v, 40)
		c.serve(c.activity(d, 9, 120), v, 30)
		p.code = record.CodeOverlap
	case 2:
		c.serve(c.activity(d, 12, 1440), v, 1400)
		p.code = record.CodeDayOver24Hours
	case 3:
		person.Status, person.StatusSince = record.StatusDeceased, d.AddDays(-1)
		p.code = record.CodeAfterDeath
	case 4:
		person.Status, person.StatusSince = record.StatusLeft, d.AddDays(-30)
		p.code = record.CodeAfterLeaving
	case 5:
		person.Joined = d.AddDays(1)
		p.code = record.CodeBeforeJoining
	case 6:
		at.State = record.ActivityCancelled
		p.code = record.CodeActivityCancelled
	case 7:
		at.State = record.ActivityPlanned
		p.code = record.CodeFutureActivity
	case 8:
		c.f.Entries[len(c.f.Entries)-1].Minutes = 121
		p.code = record.CodeMinutesRange
	case 9:
		c.f.Entries[len(c.f.Entries)-1].Minutes = 60
		c.serve(a, v, 60)
		p.code = record.CodeTwiceInActivity
	case 10:
		c.f.Entries[len(c.f.Entries)-1].Recorded = d.AddDays(-1)
		p.code = record.CodeRecordedBefore
	case 11:
		person.Serving = false
		p.code = record.CodeNotServing
	}
	return p
}

// TestDoctorFindsWhatWasPlanted plants fifty faults among ten thousand entries:
// every one is found under its name, and nothing else is said.
func TestDoctorFindsWhatWasPlanted(t *testing.T) {
	for seed := range uint64(3) {
		c := newClinic(seed, 10_000)
		var all []planted
		for n := range 49 {
			all = append(all, c.plant(n))
		}
		c.pattern(40, 5)
		found := record.Examine(c.f)
		for _, p := range all {
			if !slices.ContainsFunc(found, func(f record.Fault) bool {
				return f.Code == p.code && f.Volunteer == p.person && slices.Contains(f.Activities, p.activity)
			}) {
				t.Errorf("seed %d: %s of %s was not found", seed, p.code, p.person)
			}
		}
		last := 0
		for _, f := range found {
			if f.Code == record.CodeSamePattern {
				last++
				if len(f.Activities) != 5 || f.People != 40 || f.Level != record.LevelWarning {
					t.Errorf("seed %d: the pattern is %+v", seed, f)
				}
			}
			if f.Remedy == "" || f.Day == "" {
				t.Errorf("no remedy or day: %+v", f)
			}
		}
		if last != 1 || len(found) != len(all)+1 {
			t.Errorf("seed %d: %d faults planted, %d found, %d of them patterns", seed, len(all)+1, len(found), last)
		}
	}
}

// pattern puts the same people with the same minutes into weekly activities.
func (c *clinic) pattern(people, weeks int) {
	for week := range weeks {
		a := c.activity(record.Day("2028-01-03").AddDays(7*week), 9, 120)
		for i := range people {
			c.serve(a, c.f.Volunteers[i].ID, 120)
		}
	}
}

// TestSmallFaithfulTeamIsNoPattern leaves a squad alone that never misses a week,
// and three weeks of many.
func TestSmallFaithfulTeamIsNoPattern(t *testing.T) {
	c := newClinic(1, 1000)
	c.pattern(12, 20)
	if found := record.Examine(c.f); len(found) > 0 {
		t.Errorf("%+v", found)
	}
	c = newClinic(1, 1000)
	c.pattern(40, 3)
	if found := record.Examine(c.f); len(found) > 0 {
		t.Errorf("%+v", found)
	}
}
