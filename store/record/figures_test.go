package record_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rongyuan/store/record"
)

// TestTallyAgreesWithCountingByHand counts random facts a second time, one
// indicator after the other, by its definition and without any of Tally's sums.
func TestTallyAgreesWithCountingByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts := drawFacts(t)
		kept := fmt.Sprintf("%+v", facts)
		got := record.Tally(record.Month(2026, 10), facts)
		if fmt.Sprintf("%+v", facts) != kept {
			t.Fatal("counting changed the facts")
		}
		want := byHand{facts}.figures()
		for _, code := range slices.Sorted(maps.Keys(got.Figures)) {
			if value, known := want[code]; !known || got.Figures[code] != value {
				t.Errorf("%s is %d, by hand %d", code, got.Figures[code], value)
			}
		}
		if len(got.Figures) != len(want) {
			t.Errorf("%d figures, by hand %d", len(got.Figures), len(want))
		}
		checkRows(t, got, facts)
	})
}

const edgeDays = "2026-09-30 2026-10-01 2026-10-15 2026-10-31 2026-11-01 2025-10-15"

func drawFacts(t *rapid.T) record.Facts {
	days := []record.Day{""}
	for _, d := range strings.Fields(edgeDays) {
		days = append(days, record.Day(d))
	}
	day := rapid.SampledFrom(days)
	var f record.Facts
	for i := range rapid.IntRange(0, 5).Draw(t, "people") {
		f.Volunteers = append(f.Volunteers, record.Volunteer{
			ID: record.VolunteerID(fmt.Sprintf("p%d", i)), Serving: rapid.Bool().Draw(t, "serving"), Veteran: rapid.Bool().Draw(t, "veteran"),
			Joined: day.Draw(t, "joined"), Politics: rapid.SampledFrom([]string{"", "01", "02", "03", "13"}).Draw(t, "politics"),
			Status:      record.Status(rapid.SampledFrom(record.Statuses().Terms).Draw(t, "status").Code),
			StatusSince: day.Draw(t, "since"), Withdrawn: rapid.IntRange(0, 9).Draw(t, "withdrawn") == 0,
		})
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "teams") {
		id := fmt.Sprintf("t%d", i)
		f.Teams = append(f.Teams, record.Team{
			ID: record.TeamID(id), Name: "队" + id, Founded: day.Draw(t, "founded"), Dissolved: day.Draw(t, "dissolved"),
			Withdrawn: rapid.IntRange(0, 9).Draw(t, "withdrawn") == 0,
		})
		f.Brands = append(f.Brands, record.Brand{
			ID: record.BrandID(id), Started: day.Draw(t, "started"), Ended: day.Draw(t, "ended"),
			Withdrawn: rapid.IntRange(0, 9).Draw(t, "withdrawn") == 0,
		})
	}
	for i := range rapid.IntRange(0, 9).Draw(t, "activities") {
		f.Activities = append(f.Activities, drawActivity(t, i, f.Teams))
	}
	f.Entries = drawEntries(t, f.Activities)
	f.Reviews = drawReviews(t, f.Entries)
	return f
}

func drawActivity(t *rapid.T, i int, teams []record.Team) record.Activity {
	start := rapid.SampledFrom([]record.Moment{
		"2026-09-30T23:59", "2026-10-01T00:00", "2026-10-15T08:00", "2026-10-31T23:59", "2026-11-01T00:00", "2025-10-15T08:00",
	}).Draw(t, "start")
	team := record.TeamID("")
	if n := rapid.IntRange(0, len(teams)).Draw(t, "team"); n > 0 {
		team = teams[n-1].ID
	}
	kind := record.KindService
	if rapid.IntRange(0, 2).Draw(t, "other kind") == 0 {
		kind = rapid.SampledFrom(record.ActivityKinds().Terms).Draw(t, "kind").Code
	}
	state := record.ActivityDone
	if rapid.IntRange(0, 2).Draw(t, "other state") == 0 {
		state = record.ActivityState(rapid.SampledFrom(record.ActivityStates().Terms).Draw(t, "state").Code)
	}
	return record.Activity{
		ID: record.ActivityID(fmt.Sprintf("a%d", i)), Start: start, Team: team, Kind: kind, State: state,
		Line:   rapid.SampledFrom(record.Lines().Terms).Draw(t, "line").Code,
		Served: rapid.IntRange(0, 50).Draw(t, "served"), Guests: rapid.IntRange(0, 9).Draw(t, "guests"),
		Urgent: rapid.Bool().Draw(t, "urgent"), Withdrawn: rapid.IntRange(0, 9).Draw(t, "withdrawn") == 0,
		Recorded: rapid.SampledFrom([]record.Day{"2026-11-13", "2026-11-14", "2026-11-16"}).Draw(t, "recorded"),
		Deadline: rapid.SampledFrom([]record.Day{"", "2026-11-13", "2026-11-16"}).Draw(t, "deadline"),
	}
}

// drawEntries draws entries, some of which take back an earlier one; of
// activities that the facts do not hold as well.
func drawEntries(t *rapid.T, activities []record.Activity) []record.Entry {
	var out []record.Entry
	for i := range rapid.IntRange(0, 25).Draw(t, "entries") {
		e := record.Entry{ID: record.EntryID(fmt.Sprintf("e%d", i)), Activity: "elsewhere", Minutes: rapid.IntRange(0, 300).Draw(t, "minutes")}
		e.Volunteer = record.VolunteerID(fmt.Sprintf("p%d", rapid.IntRange(0, 4).Draw(t, "who")))
		if n := rapid.IntRange(0, len(activities)).Draw(t, "where"); n > 0 {
			e.Activity = activities[n-1].ID
		}
		if len(out) > 0 && rapid.IntRange(0, 3).Draw(t, "reversal") == 0 {
			old := rapid.SampledFrom(out).Draw(t, "reversed")
			e.Activity, e.Volunteer, e.Minutes, e.Reverses = old.Activity, old.Volunteer, -old.Minutes, old.ID
		}
		out = append(out, e)
	}
	return out
}

// drawReviews draws reviews of some entries in every state.
func drawReviews(t *rapid.T, entries []record.Entry) []record.Review {
	var out []record.Review
	for _, e := range entries {
		if e.Reverses != "" || rapid.IntRange(0, 3).Draw(t, "reviewed") > 0 {
			continue
		}
		out = append(out, record.Review{
			ID: record.ReviewID("r" + string(e.ID)), Entry: e.ID, Activity: e.Activity, Volunteer: e.Volunteer,
			State:     rapid.SampledFrom([]record.ReviewState{"waiting", "approved", "refused", "dropped"}).Draw(t, "review"),
			Withdrawn: rapid.IntRange(0, 9).Draw(t, "review withdrawn") == 0,
		})
	}
	return out
}

// byHand counts October 2026.
type byHand struct{ record.Facts }

func (h byHand) figures() map[string]int64 {
	all := func(record.Activity) bool { return true }
	out := map[string]int64{
		"teams":              h.number(len(h.Teams), func(i int) bool { return stands(h.Teams[i].Founded, h.Teams[i].Dissolved, h.Teams[i].Withdrawn) }),
		"brands":             h.number(len(h.Brands), func(i int) bool { return stands(h.Brands[i].Started, h.Brands[i].Ended, h.Brands[i].Withdrawn) }),
		"volunteers":         h.volunteers(func(record.Volunteer) bool { return true }),
		"volunteers_veteran": h.volunteers(func(v record.Volunteer) bool { return v.Veteran }),
		"volunteers_party":   h.volunteers(func(v record.Volunteer) bool { return v.Politics == "01" || v.Politics == "02" }),
		"volunteers_joined":  h.number(len(h.Volunteers), func(i int) bool { return h.joined(h.Volunteers[i]) }),
		"activities":         h.events(all),
		"people":             h.people(all),
		"participations":     h.participations(all),
		"minutes":            h.minutes(all),
		"training_minutes":   h.training(),
		"served":             h.sum(all, func(a record.Activity) int { return a.Served }),
		"guests":             h.sum(all, func(a record.Activity) int { return a.Guests }),
		"activities_urgent":  h.events(func(a record.Activity) bool { return a.Urgent }),
		"minutes_waiting":    h.waiting(),
		"late_records":       h.events(func(a record.Activity) bool { return a.Deadline != "" && a.Recorded > a.Deadline }),
	}
	for line := 1; line <= 7; line++ {
		code := fmt.Sprint(line)
		of := func(a record.Activity) bool { return a.Line == code }
		out["activities."+code], out["people."+code], out["participations."+code] = h.events(of), h.people(of), h.participations(of)
		out["minutes."+code], out["served."+code] = h.minutes(of), h.sum(of, func(a record.Activity) int { return a.Served })
	}
	return out
}

func (h byHand) number(n int, counts func(i int) bool) int64 {
	var out int64
	for i := range n {
		if counts(i) {
			out++
		}
	}
	return out
}

func stands(from, to record.Day, withdrawn bool) bool {
	begun := from == "" || !(from > "2026-10-31")
	over := to != "" && !(to > "2026-10-31")
	return begun && !over && !withdrawn
}

func (h byHand) joined(v record.Volunteer) bool {
	return v.Serving && !v.Withdrawn && strings.HasPrefix(string(v.Joined), "2026-10")
}

func (h byHand) volunteers(of func(record.Volunteer) bool) int64 {
	return h.number(len(h.Volunteers), func(i int) bool {
		v := h.Volunteers[i]
		in := v.Serving && !v.Withdrawn && v.Joined != "" && v.Joined <= "2026-10-31"
		stays := v.Status == "active" || v.Status == "paused"
		return of(v) && in && (stays || v.StatusSince >= "2026-11-01")
	})
}

// happened reports whether an activity of this kind took place in October.
func happened(a record.Activity, kind string) bool {
	return strings.HasPrefix(string(a.Start), "2026-10") && a.Kind == kind && !a.Withdrawn && a.State != "planned" && a.State != "cancelled"
}

func (h byHand) sum(of func(record.Activity) bool, value func(record.Activity) int) int64 {
	var out int64
	for _, a := range h.Activities {
		if happened(a, "service") && of(a) {
			out += int64(value(a))
		}
	}
	return out
}

func (h byHand) events(of func(record.Activity) bool) int64 {
	return h.sum(of, func(record.Activity) int { return 1 })
}

// gave is the time of one person in one activity, corrections deducted.
func (h byHand) gave(who int, in record.Activity) int {
	out := 0
	for _, e := range h.Entries {
		if e.Activity == in.ID && e.Volunteer == record.VolunteerID(fmt.Sprintf("p%d", who)) && !h.held(e) {
			out += e.Minutes
		}
	}
	return out
}

// held reports whether a review keeps an entry, or what it takes back, out of
// the figures.
func (h byHand) held(e record.Entry) bool {
	blocks := func(r record.Review) bool { return r.Entry == e.ID && !r.Withdrawn && r.State != "approved" }
	if slices.ContainsFunc(h.Reviews, blocks) {
		return true
	}
	i := slices.IndexFunc(h.Entries, func(o record.Entry) bool { return o.ID == e.Reverses })
	return i >= 0 && h.held(h.Entries[i])
}

func (h byHand) waiting() int64 {
	var out int64
	for _, a := range h.Activities {
		for _, e := range h.Entries {
			taken := slices.ContainsFunc(h.Entries, func(o record.Entry) bool { return o.Reverses == e.ID })
			waits := slices.ContainsFunc(h.Reviews, func(r record.Review) bool { return r.Entry == e.ID && r.State == "waiting" && !r.Withdrawn })
			held := strings.HasPrefix(string(a.Start), "2026-10") && !a.Withdrawn && a.State != "planned" && a.State != "cancelled"
			if e.Activity == a.ID && waits && !taken && held {
				out += int64(e.Minutes)
			}
		}
	}
	return out
}

func (h byHand) minutes(of func(record.Activity) bool) int64 {
	return h.sum(of, func(a record.Activity) int {
		out := 0
		for who := range 5 {
			out += max(0, h.gave(who, a))
		}
		return out
	})
}

func (h byHand) participations(of func(record.Activity) bool) int64 {
	return h.sum(of, func(a record.Activity) int {
		return int(h.number(5, func(who int) bool { return h.gave(who, a) > 0 }))
	})
}

func (h byHand) people(of func(record.Activity) bool) int64 {
	return h.number(5, func(who int) bool {
		return h.sum(of, func(a record.Activity) int { return max(0, h.gave(who, a)) }) > 0
	})
}

func (h byHand) training() int64 {
	var out int64
	for _, a := range h.Activities {
		for who := range 5 {
			if happened(a, "training") {
				out += int64(h.gave(who, a))
			}
		}
	}
	return out
}

// checkRows holds the tables of a report against its figures.
func checkRows(t *rapid.T, got record.Tallied, facts record.Facts) {
	total := func(rows []record.Row) [4]int64 {
		var out [4]int64
		for _, r := range rows {
			out[0], out[1], out[2], out[3] = out[0]+r.Activities, out[1]+r.Participations, out[2]+r.Minutes, out[3]+r.Served
		}
		return out
	}
	want := [4]int64{got.Figures["activities"], got.Figures["participations"], got.Figures["minutes"], got.Figures["served"]}
	if len(got.Lines) != 7 || total(got.Lines) != want || total(got.Teams) != want {
		t.Errorf("lines %v, teams %v, figures %v", total(got.Lines), total(got.Teams), want)
	}
	for _, row := range got.Teams {
		if row.People > got.Figures["people"] || row.People > row.Participations || row.Name == "" {
			t.Errorf("row %+v of %d people", row, got.Figures["people"])
		}
	}
	hand := byHand{facts}
	var minutes int64
	for i, row := range got.Activities {
		minutes += row.Minutes
		one := func(a record.Activity) bool { return a.ID == row.ID }
		if row.Participants != hand.participations(one) || row.Minutes != hand.minutes(one) || row.Activity.ID != row.ID {
			t.Errorf("activity %s: %+v", row.ID, row)
		}
		if i > 0 && got.Activities[i-1].Activity.Start > row.Activity.Start {
			t.Error("the activities are not in order")
		}
	}
	if int64(len(got.Activities)) != want[0] || minutes != want[2] {
		t.Errorf("%d activities with %d minutes listed", len(got.Activities), minutes)
	}
}

func TestTallyOfOneMonth(t *testing.T) {
	facts := record.Facts{
		Volunteers: []record.Volunteer{
			{ID: "p1", Serving: true, Veteran: true, Politics: "01", Joined: "2026-10-31", Status: record.StatusActive},
			{ID: "p2", Serving: true, Joined: "2026-09-01", Status: record.StatusPaused},
			{ID: "p3", Veteran: true},
		},
		Teams: []record.Team{
			{ID: "t1", Name: "一队", Founded: "2021-06-01"},
			{ID: "t2", Name: "二队", Dissolved: "2026-09-30"},
			{ID: "t3", Name: "三队", Founded: "2026-11-01"},
			{ID: "t4", Name: "四队", Dissolved: "2026-10-31"},
			{ID: "t5", Name: "五队", Withdrawn: true},
		},
		Activities: []record.Activity{
			{ID: "a2", Kind: "service", Line: "3", Team: "t1", Start: "2026-10-31T23:00", State: "done", Served: 12, Recorded: "2026-11-20", Deadline: "2026-11-16"},
			{ID: "a1", Kind: "service", Line: "3", Start: "2026-10-01T00:00", State: "locked", Urgent: true, Guests: 3},
			{ID: "a3", Kind: "training", Line: "1", Start: "2026-10-09T09:00", State: "done"},
			{ID: "a4", Kind: "meeting", Line: "1", Start: "2026-10-09T09:00", State: "done"},
			{ID: "a5", Kind: "service", Line: "1", Start: "2026-10-09T09:00", State: "cancelled"},
			{ID: "a6", Kind: "service", Line: "1", Start: "2026-11-01T00:00", State: "done"},
		},
		Entries: []record.Entry{
			{ID: "e1", Activity: "a1", Volunteer: "p1", Minutes: 90},
			{ID: "e2", Activity: "a2", Volunteer: "p1", Minutes: 60},
			{ID: "e3", Activity: "a2", Volunteer: "p2", Minutes: 120},
			{ID: "e4", Activity: "a2", Volunteer: "p2", Minutes: -120, Reverses: "e3"},
			{ID: "e5", Activity: "a3", Volunteer: "p2", Minutes: 45},
			{ID: "e6", Activity: "a4", Volunteer: "p2", Minutes: 45},
			{ID: "e7", Activity: "a5", Volunteer: "p2", Minutes: 45},
			{ID: "e8", Activity: "a6", Volunteer: "p2", Minutes: 45},
		},
	}
	got := record.Tally(record.Month(2026, 10), facts)
	for code, want := range map[string]int64{
		record.FigureTeams: 1, record.FigureVolunteers: 2, record.FigureVeterans: 1, record.FigureParty: 1, record.FigureJoined: 1,
		record.FigureActivities: 2, record.FigurePeople: 1, record.FigureParticipations: 2, record.FigureMinutes: 150,
		record.FigureTraining: 45, record.FigureServed: 12, record.FigureGuests: 3, record.FigureUrgent: 1, record.FigureLate: 1,
		"activities.3": 2, "people.3": 1, "minutes.3": 150, "activities.1": 0,
	} {
		if got.Figures[code] != want {
			t.Errorf("%s = %d, want %d", code, got.Figures[code], want)
		}
	}
	var names []string
	for _, row := range got.Teams {
		names = append(names, fmt.Sprintf("%s %d", row.Name, row.Minutes))
	}
	if want := []string{"一队 60", "四队 0", "站直接组织 90"}; !slices.Equal(names, want) {
		t.Errorf("teams %v, want %v", names, want)
	}
	if len(got.Activities) != 2 || got.Activities[0].ID != "a1" || !got.Activities[1].Late || got.Activities[1].Team != "一队" {
		t.Errorf("%+v", got.Activities)
	}
}

func TestEveryIndicatorIsThereAndDefined(t *testing.T) {
	empty := record.Tally(record.Month(2026, 10), record.Facts{})
	seen := map[string]bool{}
	for _, one := range record.Indicators() {
		value, there := empty.Figures[one.Code]
		if !there || value != 0 || seen[one.Code] || one.Name == "" || one.Unit == "" || one.Definition == "" {
			t.Errorf("%+v: %d %v", one, value, there)
		}
		seen[one.Code] = true
	}
	if len(empty.Figures) != len(seen)+7*5 || len(empty.Lines) != 7 || len(empty.Teams) != 0 || !reflect.DeepEqual(empty.Lines[0], record.Row{Code: "1", Name: "传承红色基因"}) {
		t.Errorf("%+v", empty)
	}
}
