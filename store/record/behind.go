package record

import (
	"cmp"
	"slices"
	"strings"
)

// Backing is one row behind a figure: the figure is the sum of N over its rows.
// Which of the ids are set depends on what is counted.
type Backing struct {
	Volunteer VolunteerID
	Activity  ActivityID
	Team      TeamID
	Brand     BrandID
	N         int64
}

func compareBackings(a, b Backing) int {
	return cmp.Or(cmp.Compare(a.Activity, b.Activity), cmp.Compare(a.Volunteer, b.Volunteer),
		cmp.Compare(a.Team, b.Team), cmp.Compare(a.Brand, b.Brand))
}

// Behind are the rows behind a figure of a period, by the rules of [Tally], each
// row once: for every indicator, those of single task lines included, their sum
// is the figure. An unknown code has none.
func Behind(p Period, f Facts, code string) []Backing {
	base, line, _ := strings.Cut(code, ".")
	var out []Backing
	switch base {
	case FigureTeams, FigureBrands:
		out = backingsOfWorks(p, f, base)
	case FigureVolunteers, FigureVeterans, FigureParty, FigureJoined:
		out = backingsOfPeople(p, f, base)
	default:
		out = backingsOfActivities(p, f, base, line)
	}
	slices.SortFunc(out, compareBackings)
	return out
}

func backingsOfWorks(p Period, f Facts, base string) []Backing {
	var out []Backing
	stands := func(withdrawn bool, from, to Day) bool {
		return !withdrawn && (from == "" || from <= p.To) && (to == "" || to > p.To)
	}
	if base == FigureTeams {
		for _, t := range f.Teams {
			if stands(t.Withdrawn, t.Founded, t.Dissolved) {
				out = append(out, Backing{Team: t.ID, N: 1})
			}
		}
		return out
	}
	for _, b := range f.Brands {
		if stands(b.Withdrawn, b.Started, b.Ended) {
			out = append(out, Backing{Brand: b.ID, N: 1})
		}
	}
	return out
}

func backingsOfPeople(p Period, f Facts, base string) []Backing {
	var out []Backing
	for _, v := range f.Volunteers {
		has := v.ActiveOn(p.To)
		switch base {
		case FigureVeterans:
			has = has && v.Veteran
		case FigureParty:
			has = has && PartyMember(v.Politics)
		case FigureJoined:
			has = v.Serving && !v.Withdrawn && p.Holds(v.Joined)
		}
		if has {
			out = append(out, Backing{Volunteer: v.ID, N: 1})
		}
	}
	return out
}

func backingsOfActivities(p Period, f Facts, base, line string) []Backing {
	var out []Backing
	present, waiting := sums(Counted(f.Entries, f.Reviews)), waitingSums(f)
	seen := map[VolunteerID]bool{}
	for _, a := range f.Activities {
		if !a.Held() || !p.Holds(a.Start.Day()) || line != "" && a.Line != line {
			continue
		}
		if base == FigureWaiting {
			out = append(out, backingsOfTime(a, waiting[a.ID], base)...)
			continue
		}
		if base == FigureTraining || !Counting(a.Kind) {
			if base == FigureTraining && a.Kind == KindTraining {
				out = append(out, backingsOfTime(a, present[a.ID], base)...)
			}
			continue
		}
		switch base {
		case FigurePeople:
			for v, minutes := range present[a.ID] {
				if minutes > 0 && !seen[v] {
					seen[v] = true
					out = append(out, Backing{Volunteer: v, N: 1})
				}
			}
		case FigureParticipations, FigureMinutes:
			out = append(out, backingsOfTime(a, present[a.ID], base)...)
		default:
			if n := activityCounts(a, base); n != 0 {
				out = append(out, Backing{Activity: a.ID, N: n})
			}
		}
	}
	return out
}

// waitingSums is the time of each person that waits for review, see
// [WaitingMinutes].
func waitingSums(f Facts) map[ActivityID]map[VolunteerID]int64 {
	waits, back := map[EntryID]bool{}, map[EntryID]bool{}
	for _, r := range f.Reviews {
		if r.Waits() {
			waits[r.Entry] = true
		}
	}
	for _, e := range f.Entries {
		if e.Reverses != "" {
			back[e.Reverses] = true
		}
	}
	return sums(slices.DeleteFunc(slices.Clone(f.Entries), func(e Entry) bool { return !waits[e.ID] || back[e.ID] }))
}

func backingsOfTime(a Activity, present map[VolunteerID]int64, base string) []Backing {
	var out []Backing
	for v, minutes := range present {
		n := minutes
		switch {
		case base == FigureTraining, base == FigureWaiting:
		case minutes <= 0:
			continue
		case base == FigureParticipations:
			n = 1
		}
		if n != 0 {
			out = append(out, Backing{Volunteer: v, Activity: a.ID, N: n})
		}
	}
	return out
}

// activityCounts is what one activity adds to a figure that is counted by
// activities.
func activityCounts(a Activity, base string) int64 {
	switch {
	case base == FigureActivities, base == FigureUrgent && a.Urgent, base == FigureLate && a.Late():
		return 1
	case base == FigureServed:
		return int64(a.Served)
	case base == FigureGuests:
		return int64(a.Guests)
	}
	return 0
}
