package record

import (
	"cmp"
	"slices"
	"strconv"
)

// Fault is an impossible hour that the doctor found: what is wrong, with whom,
// where, and so where it is put right.
type Fault struct {
	Code  Code
	Level Level
	// Day is that of the first activity concerned.
	Day Day
	// Volunteer is "" where many are concerned, as with a pattern.
	Volunteer  VolunteerID
	Activities []ActivityID
	// Minutes is the time recorded, Most what was possible; People how many are
	// concerned.
	Minutes int
	Most    int
	People  int
	Remedy  Remedy
}

// Remedy is where a fault is put right.
type Remedy string

// The remedies.
const (
	RemedyHours    Remedy = "hours"    // correct the hours of the person in the activity
	RemedyActivity Remedy = "activity" // correct the activity's times or state
	RemedyPerson   Remedy = "person"   // correct the person's dates
	RemedySheet    Remedy = "sheet"    // compare with the sign-in sheets
)

// The pattern that no sheet on paper shows: so many people, with the very same
// minutes each, so many times within so many days. Smaller groups that never
// miss a day are ordinary.
const (
	patternPeople = 20
	patternTimes  = 4
	patternDays   = 70
)

// PatternDays is how far before a period activities matter to its faults.
const PatternDays = patternDays

// Examine finds the impossible hours among facts: time in two places, more than
// a day or an activity has, after a death or a leaving, before joining, in an
// activity that was cancelled or not yet held, twice in one, recorded before it
// was, and the same people with the same minutes again and again. It judges what
// cannot be, not what is unusual, so that sound records give no alarm.
func Examine(f Facts) []Fault {
	d := newDoctor(f)
	for _, p := range d.presences {
		d.judgePresence(p)
	}
	for _, one := range d.people() {
		d.judgeDays(one)
		d.judgePlaces(one)
	}
	d.judgePatterns()
	slices.SortStableFunc(d.faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Volunteer, b.Volunteer),
			slices.Compare(a.Activities, b.Activities))
	})
	return d.faults
}

// presence is what one person has in one activity, all entries together.
type presence struct {
	activity  Activity
	volunteer VolunteerID
	minutes   int
	live      int // entries that were not taken back
	first     Day // of recording
}

type doctor struct {
	volunteers map[VolunteerID]Volunteer
	presences  []*presence
	faults     []Fault
}

func newDoctor(f Facts) *doctor {
	d := &doctor{volunteers: make(map[VolunteerID]Volunteer, len(f.Volunteers))}
	for _, v := range f.Volunteers {
		d.volunteers[v.ID] = v
	}
	activities := make(map[ActivityID]Activity, len(f.Activities))
	for _, a := range f.Activities {
		activities[a.ID] = a
	}
	reversed := map[EntryID]bool{}
	for _, e := range f.Entries {
		if e.Reverses != "" {
			reversed[e.Reverses] = true
		}
	}
	type key struct {
		a ActivityID
		v VolunteerID
	}
	at := map[key]*presence{}
	for _, e := range f.Entries {
		a, known := activities[e.Activity]
		if !known {
			continue // of another period
		}
		k := key{e.Activity, e.Volunteer}
		p := at[k]
		if p == nil {
			p = &presence{activity: a, volunteer: e.Volunteer}
			at[k] = p
			d.presences = append(d.presences, p)
		}
		p.minutes += e.Minutes
		if e.Reverses == "" && !reversed[e.ID] {
			p.live++
			if p.first == "" || e.Recorded < p.first {
				p.first = e.Recorded
			}
		}
	}
	d.presences = slices.DeleteFunc(d.presences, func(p *presence) bool { return p.minutes == 0 && p.live == 0 })
	slices.SortFunc(d.presences, func(a, b *presence) int {
		return cmp.Or(cmp.Compare(a.volunteer, b.volunteer), cmp.Compare(a.activity.Start, b.activity.Start),
			cmp.Compare(a.activity.ID, b.activity.ID))
	})
	return d
}

func (d *doctor) found(code Code, remedy Remedy, p *presence) *Fault {
	d.faults = append(d.faults, Fault{
		Code: code, Level: LevelError, Day: p.activity.Start.Day(), Volunteer: p.volunteer,
		Activities: []ActivityID{p.activity.ID}, Minutes: p.minutes, People: 1, Remedy: remedy,
	})
	return &d.faults[len(d.faults)-1]
}

// judgePresence judges one person in one activity by itself.
func (d *doctor) judgePresence(p *presence) {
	a, span := p.activity, p.activity.Start.MinutesTo(p.activity.End)
	switch {
	case a.Withdrawn || a.State == ActivityCancelled:
		d.found(CodeActivityCancelled, RemedyHours, p)
	case !a.Held():
		d.found(CodeFutureActivity, RemedyActivity, p)
	case p.live > 1:
		d.found(CodeTwiceInActivity, RemedyHours, p)
	case p.minutes < 0 || p.minutes > span:
		d.found(CodeMinutesRange, RemedyHours, p).Most = span
	case p.first != "" && p.first < a.Start.Day():
		d.found(CodeRecordedBefore, RemedyActivity, p)
	}
	d.judgePerson(p)
}

// judgePerson judges whether the person could serve on that day.
func (d *doctor) judgePerson(p *presence) {
	v, known := d.volunteers[p.volunteer]
	day := p.activity.Start.Day()
	switch {
	case !known || v.Withdrawn || !v.Serving:
		d.found(CodeNotServing, RemedyPerson, p)
	case v.Status == StatusDeceased && v.StatusSince != "" && v.StatusSince < day:
		d.found(CodeAfterDeath, RemedyHours, p)
	case (v.Status == StatusLeft || v.Status == StatusMoved) && v.StatusSince != "" && v.StatusSince < day:
		d.found(CodeAfterLeaving, RemedyHours, p)
	case v.Joined > day:
		d.found(CodeBeforeJoining, RemedyPerson, p)
	}
}

// people are the presences of each person in activities that were held, in
// order of time.
func (d *doctor) people() [][]*presence {
	var out [][]*presence
	for i, p := range d.presences {
		if !p.activity.Held() || p.minutes <= 0 {
			continue
		}
		if n := len(out); i > 0 && n > 0 && out[n-1][0].volunteer == p.volunteer {
			out[n-1] = append(out[n-1], p)
			continue
		}
		out = append(out, []*presence{p})
	}
	return out
}

// judgeDays finds days on which a person has more time than a day has. Time
// belongs to the day on which its activity starts, as everywhere.
func (d *doctor) judgeDays(one []*presence) {
	for from := 0; from < len(one); {
		to, sum := from, 0
		for to < len(one) && one[to].activity.Start.Day() == one[from].activity.Start.Day() {
			sum += one[to].minutes
			to++
		}
		if to-from > 1 && sum > DayMost {
			f := d.found(CodeDayOver24Hours, RemedyHours, one[from])
			f.Minutes, f.Most, f.Activities = sum, DayMost, idsOf(one[from:to])
		}
		from = to
	}
}

func idsOf(list []*presence) []ActivityID {
	out := make([]ActivityID, len(list))
	for i, p := range list {
		out[i] = p.activity.ID
	}
	return out
}

// judgePlaces finds time in two places at once. People may leave one activity
// early and come late to another; impossible it is when within some span of time
// more was recorded than the span has (the demand criterion: work that can only
// be done within a window is no longer than the window).
func (d *doctor) judgePlaces(one []*presence) {
	for from := 0; from < len(one); {
		to, end := from+1, one[from].activity.End
		for to < len(one) && one[to].activity.Start < end {
			end = max(end, one[to].activity.End)
			to++
		}
		if to-from > 1 {
			d.judgeCluster(one[from:to])
		}
		from = to
	}
}

// judgeCluster tells of the narrowest window of a cluster of activities, each
// overlapping the next, that holds too much.
func (d *doctor) judgeCluster(cluster []*presence) {
	var worst []*presence
	width, demand := 0, 0
	for _, first := range cluster {
		for _, last := range cluster {
			start, end := first.activity.Start, last.activity.End
			var inside []*presence
			sum := 0
			for _, p := range cluster {
				if p.activity.Start >= start && p.activity.End <= end {
					inside, sum = append(inside, p), sum+p.minutes
				}
			}
			room := start.MinutesTo(end)
			if len(inside) > 1 && sum > room && (worst == nil || len(inside) < len(worst)) {
				worst, width, demand = inside, room, sum
			}
		}
	}
	if worst != nil {
		f := d.found(CodeOverlap, RemedyHours, worst[0])
		f.Minutes, f.Most, f.Activities = demand, width, idsOf(worst)
	}
}

// judgePatterns finds the same people with the same minutes again and again.
func (d *doctor) judgePatterns() {
	type sheet struct {
		activity Activity
		people   map[VolunteerID]int
	}
	sheets := map[ActivityID]*sheet{}
	for _, p := range d.presences {
		if !p.activity.Held() || p.minutes <= 0 {
			continue
		}
		s := sheets[p.activity.ID]
		if s == nil {
			s = &sheet{p.activity, map[VolunteerID]int{}}
			sheets[p.activity.ID] = s
		}
		s.people[p.volunteer] = p.minutes
	}
	alike := map[string][]Activity{}
	for _, s := range sheets {
		if len(s.people) >= patternPeople {
			mark := patternOf(s.people)
			alike[mark] = append(alike[mark], s.activity)
		}
	}
	for _, list := range alike {
		slices.SortFunc(list, func(a, b Activity) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID)) })
		d.judgeAlike(list, len(sheets[list[0].ID].people))
	}
}

// patternOf is a text that two sheets share when the same people have the same
// minutes in both.
func patternOf(people map[VolunteerID]int) string {
	ids := make([]VolunteerID, 0, len(people))
	for id := range people {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var out []byte
	for _, id := range ids {
		out = append(append(strconv.AppendInt(append(out, id...), int64(people[id]), 10), ' '), 0)
	}
	return string(out)
}

// judgeAlike tells of runs of like sheets on different days that lie close
// together.
func (d *doctor) judgeAlike(list []Activity, people int) {
	list = slices.CompactFunc(list, func(a, b Activity) bool { return a.Start.Day() == b.Start.Day() })
	for from := 0; from+patternTimes <= len(list); from++ {
		to := from + 1
		for to < len(list) && list[to].Start.Day() <= list[to-1].Start.Day().AddDays(patternDays/patternTimes) {
			to++
		}
		if to-from < patternTimes {
			continue
		}
		f := Fault{
			Code: CodeSamePattern, Level: LevelWarning, Day: list[from].Start.Day(), People: people, Remedy: RemedySheet,
		}
		for _, a := range list[from:to] {
			f.Activities = append(f.Activities, a.ID)
		}
		d.faults = append(d.faults, f)
		return
	}
}
