package record

import (
	"cmp"
	"slices"
)

// Snapshot is a period with the facts that its figures are counted from. The
// facts may hold activities of other days: they say where one has moved.
type Snapshot struct {
	Period Period
	Facts  Facts
}

// CauseKind is why a row makes one figure differ from another.
type CauseKind string

// The kinds of causes.
const (
	CauseAdded     CauseKind = "added"     // a row that was not there
	CauseRemoved   CauseKind = "removed"   // a row that is no longer there
	CauseCorrected CauseKind = "corrected" // a row whose amount, dates or state changed
	CauseMoved     CauseKind = "moved"     // an activity that went to another period, or came from one
	CauseReclassed CauseKind = "reclassed" // a row of another kind, line or group of people
)

// CauseKinds is the table of causes.
func CauseKinds() Table {
	return Table{"cause", []Term{
		{string(CauseAdded), "新增", nil},
		{string(CauseRemoved), "减少", nil},
		{string(CauseCorrected), "更正", nil},
		{string(CauseMoved), "改期", nil},
		{string(CauseReclassed), "改类别", nil},
	}}
}

// Cause is one reason of a difference: what a row counted before and counts now.
type Cause struct {
	Kind      CauseKind
	Volunteer VolunteerID
	Activity  ActivityID
	Team      TeamID
	Brand     BrandID
	Was, Is   int64
}

// Amount is what the cause adds to the difference.
func (c Cause) Amount() int64 { return c.Is - c.Was }

// Explanation says why a figure differs between two snapshots. The amounts of
// its causes add up to After less Before, always.
type Explanation struct {
	Code          string
	Before, After int64
	Causes        []Cause
}

// Explain finds the causes of a difference: of one month to the month before, or
// of a month now to the month as an edition of it was printed.
func Explain(code string, before, after Snapshot) Explanation {
	e := Explanation{Code: code}
	was, is := grouped(before, code), grouped(after, code)
	judge := newJudge(before, after)
	for key, n := range was {
		e.Before += n
		if n != is[key] {
			e.Causes = append(e.Causes, judge.cause(key, n, is[key]))
		}
	}
	for key, n := range is {
		e.After += n
		if _, had := was[key]; !had && n != 0 {
			e.Causes = append(e.Causes, judge.cause(key, 0, n))
		}
	}
	slices.SortFunc(e.Causes, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(magnitude(b.Amount()), magnitude(a.Amount())),
			compareBackings(a.key(), b.key()))
	})
	return e
}

func magnitude(n int64) int64 { return max(n, -n) }

func (c Cause) key() Backing {
	return Backing{Volunteer: c.Volunteer, Activity: c.Activity, Team: c.Team, Brand: c.Brand}
}

// grouped adds the rows behind a figure up by what a person would look for: the
// activity where there is one, not each of its forty people.
func grouped(s Snapshot, code string) map[Backing]int64 {
	out := map[Backing]int64{}
	for _, b := range Behind(s.Period, s.Facts, code) {
		n := b.N
		b.N = 0
		if b.Activity != "" {
			b.Volunteer = ""
		}
		out[b] += n
	}
	return out
}

// judge classes causes by what the records say on both sides.
type judge struct {
	before, after           Snapshot
	activities, activitiesB map[ActivityID]Activity
	people, peopleB         map[VolunteerID]Volunteer
}

func newJudge(before, after Snapshot) judge {
	j := judge{before: before, after: after}
	j.activities, j.activitiesB = byActivity(after.Facts), byActivity(before.Facts)
	j.people, j.peopleB = byVolunteer(after.Facts), byVolunteer(before.Facts)
	return j
}

func byActivity(f Facts) map[ActivityID]Activity {
	out := map[ActivityID]Activity{}
	for _, a := range f.Activities {
		out[a.ID] = a
	}
	return out
}

func byVolunteer(f Facts) map[VolunteerID]Volunteer {
	out := map[VolunteerID]Volunteer{}
	for _, v := range f.Volunteers {
		out[v.ID] = v
	}
	return out
}

func (j judge) cause(key Backing, was, is int64) Cause {
	c := Cause{Volunteer: key.Volunteer, Activity: key.Activity, Team: key.Team, Brand: key.Brand, Was: was, Is: is}
	switch {
	case key.Activity != "":
		c.Kind = j.activityKind(key.Activity, was, is)
	case key.Volunteer != "":
		c.Kind = j.personKind(key.Volunteer, is > was)
	case is > was:
		c.Kind = CauseAdded
	default:
		c.Kind = CauseRemoved
	}
	return c
}

func (j judge) activityKind(id ActivityID, was, is int64) CauseKind {
	a, here := j.activities[id]
	b, there := j.activitiesB[id]
	switch {
	case !there || !here:
	case a.Line != b.Line || a.Kind != b.Kind || a.Urgent != b.Urgent:
		return CauseReclassed
	case j.before.Period.Holds(b.Start.Day()) != j.after.Period.Holds(a.Start.Day()):
		return CauseMoved
	case b.Held() && a.Held():
		return CauseCorrected
	}
	if is > was {
		return CauseAdded
	}
	return CauseRemoved
}

func (j judge) personKind(id VolunteerID, more bool) CauseKind {
	a, here := j.people[id]
	b, there := j.peopleB[id]
	switch {
	case !here || !there:
	case a.ActiveOn(j.after.Period.To) && b.ActiveOn(j.before.Period.To) &&
		(a.Veteran != b.Veteran || PartyMember(a.Politics) != PartyMember(b.Politics)):
		return CauseReclassed
	case j.before.Period == j.after.Period && (a.Joined != b.Joined || a.Status != b.Status || a.StatusSince != b.StatusSince):
		return CauseCorrected
	}
	if more {
		return CauseAdded
	}
	return CauseRemoved
}

// FigureCodes are the codes of all figures, those of single lines included, in
// the order of the report.
func FigureCodes() []string {
	var out []string
	for _, one := range Indicators() {
		out = append(out, one.Code)
	}
	for _, base := range []string{FigureActivities, FigurePeople, FigureParticipations, FigureMinutes, FigureServed} {
		for _, line := range Lines().Terms {
			out = append(out, base+"."+line.Code)
		}
	}
	return out
}
