package record_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"rongyuan/store/record"
)

// history draws facts in which everything may happen that the records allow,
// also what the store would refuse.
func history(t *rapid.T) record.Facts {
	var f record.Facts
	day := func(label string) record.Day {
		return record.Day(fmt.Sprintf("2026-%02d-%02d", rapid.IntRange(8, 11).Draw(t, label), rapid.IntRange(1, 28).Draw(t, label)))
	}
	maybe := func(label string) bool { return rapid.Bool().Draw(t, label) }
	for i := range rapid.IntRange(0, 8).Draw(t, "people") {
		f.Volunteers = append(f.Volunteers, record.Volunteer{
			ID: record.VolunteerID(fmt.Sprintf("v%d", i)), Serving: i%5 != 4, Veteran: maybe("veteran"),
			Politics: rapid.SampledFrom([]string{"01", "02", "13", ""}).Draw(t, "politics"), Joined: day("joined"),
			Status:      rapid.SampledFrom([]record.Status{record.StatusActive, record.StatusPaused, record.StatusLeft, record.StatusDeceased}).Draw(t, "status"),
			StatusSince: day("since"), Withdrawn: i%7 == 6,
		})
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "teams") {
		one := record.Team{ID: record.TeamID(fmt.Sprintf("t%d", i)), Name: fmt.Sprint("队", i), Withdrawn: maybe("gone")}
		if maybe("dissolves") {
			one.Dissolved = day("dissolved")
		}
		f.Teams = append(f.Teams, one)
		f.Brands = append(f.Brands, record.Brand{ID: record.BrandID(fmt.Sprintf("b%d", i)), Started: day("started"), Withdrawn: maybe("gone")})
	}
	for i := range rapid.IntRange(0, 9).Draw(t, "activities") {
		d := day("start")
		a := record.Activity{
			ID: record.ActivityID(fmt.Sprintf("a%d", i)), Line: fmt.Sprint(rapid.IntRange(1, 7).Draw(t, "line")),
			Kind:  rapid.SampledFrom([]string{record.KindService, record.KindService, record.KindTraining, record.KindMeeting}).Draw(t, "kind"),
			Start: record.Moment(string(d) + "T09:00"), End: record.Moment(string(d) + "T12:00"),
			Served: rapid.IntRange(0, 50).Draw(t, "served"), Guests: rapid.IntRange(0, 3).Draw(t, "guests"), Urgent: maybe("urgent"),
			State:    rapid.SampledFrom([]record.ActivityState{record.ActivityDone, record.ActivityConfirmed, record.ActivityLocked, record.ActivityPlanned, record.ActivityCancelled}).Draw(t, "state"),
			Recorded: day("recorded"), Deadline: day("deadline"), Withdrawn: rapid.IntRange(0, 9).Draw(t, "withdrawn") == 0,
		}
		f.Activities = append(f.Activities, a)
		for j := range rapid.IntRange(0, 6).Draw(t, "entries") {
			f.Entries = append(f.Entries, record.Entry{
				ID: record.EntryID(fmt.Sprintf("e%d.%d", i, j)), Activity: a.ID, Volunteer: record.VolunteerID(fmt.Sprintf("v%d", rapid.IntRange(0, 8).Draw(t, "who"))),
				Minutes: rapid.IntRange(-120, 180).Draw(t, "minutes"), Source: record.SourceLater,
			})
			if rapid.IntRange(0, 3).Draw(t, "review") == 0 {
				e := f.Entries[len(f.Entries)-1]
				f.Reviews = append(f.Reviews, record.Review{
					ID: record.ReviewID("r" + string(e.ID)), Entry: e.ID, Activity: e.Activity, Volunteer: e.Volunteer,
					State: rapid.SampledFrom([]record.ReviewState{record.ReviewWaiting, record.ReviewApproved, record.ReviewRefused}).Draw(t, "decided"),
				})
			}
		}
	}
	return f
}

func sumOf(rows []record.Backing) (n int64) {
	for _, b := range rows {
		n += b.N
	}
	return n
}

// TestRowsBehindEveryFigure holds over random histories that the rows behind a
// figure add up to it, and that no row stands there twice.
func TestRowsBehindEveryFigure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := history(t)
		period := record.Month(2026, rapid.IntRange(8, 11).Draw(t, "month"))
		figures := record.Tally(period, f).Figures
		for code, want := range figures {
			rows := record.Behind(period, f, code)
			if got := sumOf(rows); got != want {
				t.Errorf("%s: %d behind it, %d counted", code, got, want)
			}
			seen := map[record.Backing]bool{}
			for _, b := range rows {
				b.N = 0
				if seen[b] {
					t.Errorf("%s: %+v twice", code, b)
				}
				seen[b] = true
			}
		}
		for _, code := range record.FigureCodes() {
			if _, has := figures[code]; !has {
				t.Errorf("%s is no figure", code)
			}
		}
		if len(figures) != len(record.FigureCodes()) {
			t.Errorf("%d figures, %d codes", len(figures), len(record.FigureCodes()))
		}
	})
}

// TestCausesAddUp holds over random pairs of histories that the causes of every
// difference add up to it.
func TestCausesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := record.Snapshot{Period: record.Month(2026, 9), Facts: history(t)}
		after := record.Snapshot{Period: record.Month(2026, rapid.IntRange(9, 10).Draw(t, "month")), Facts: history(t)}
		was, is := record.Tally(before.Period, before.Facts).Figures, record.Tally(after.Period, after.Facts).Figures
		for _, code := range record.FigureCodes() {
			e := record.Explain(code, before, after)
			var sum int64
			for _, c := range e.Causes {
				sum += c.Amount()
				if c.Amount() == 0 || c.Kind == "" {
					t.Errorf("%s: an idle cause %+v", code, c)
				}
			}
			if e.Before != was[code] || e.After != is[code] || sum != is[code]-was[code] {
				t.Errorf("%s: from %d to %d explained by %d; counted %d and %d", code, e.Before, e.After, sum, was[code], is[code])
			}
		}
	})
}

// TestCausesHaveTheirKinds changes one thing at a time.
func TestCausesHaveTheirKinds(t *testing.T) {
	october := record.Month(2026, 10)
	base := monthFacts()
	for _, one := range []struct {
		name, code string
		change     func(*record.Facts)
		kind       record.CauseKind
		amount     int64
	}{
		{"corrected", record.FigureMinutes, func(f *record.Facts) { f.Entries[0].Minutes = 90 }, record.CauseCorrected, -30},
		{"added", record.FigureActivities, func(f *record.Facts) {
			a := f.Activities[0]
			a.ID = "a-2"
			f.Activities = append(f.Activities, a)
		}, record.CauseAdded, 1},
		{"withdrawn", record.FigureMinutes, func(f *record.Facts) { f.Activities[0].Withdrawn = true }, record.CauseRemoved, -180},
		{"moved", record.FigureServed, func(f *record.Facts) { f.Activities[0].Start = "2026-11-05T09:00" }, record.CauseMoved, -40},
		{"other line", record.FigureMinutes + ".4", func(f *record.Facts) { f.Activities[0].Line = "3" }, record.CauseReclassed, -180},
		{"training", record.FigureTraining, func(f *record.Facts) { f.Activities[0].Kind = record.KindTraining }, record.CauseReclassed, 180},
		{"party", record.FigureParty, func(f *record.Facts) { f.Volunteers[0].Politics = "01" }, record.CauseReclassed, 1},
		{"left", record.FigureVolunteers, func(f *record.Facts) {
			f.Volunteers[0].Status, f.Volunteers[0].StatusSince = record.StatusLeft, "2026-10-20"
		}, record.CauseCorrected, -1},
		{"joined", record.FigureVolunteers, func(f *record.Facts) {
			f.Volunteers = append(f.Volunteers, record.Volunteer{ID: "v-9", Serving: true, Joined: "2026-10-02", Status: record.StatusActive})
		}, record.CauseAdded, 1},
	} {
		f := monthFacts()
		one.change(&f)
		e := record.Explain(one.code, record.Snapshot{Period: october, Facts: base}, record.Snapshot{Period: october, Facts: f})
		if len(e.Causes) != 1 || e.Causes[0].Kind != one.kind || e.Causes[0].Amount() != one.amount {
			t.Errorf("%s: %+v", one.name, e)
		}
	}
}
