package record_test

import (
	"strings"
	"testing"

	"rongyuan/store/record"
)

const now record.Moment = "2026-11-20T15:00"

func activity() record.Activity {
	return record.Activity{
		ID: "a1", Title: "护河巡查", Kind: record.KindService, Line: "3", Sub: "3.2",
		Start: "2026-11-18T08:00", End: "2026-11-18T11:30", Break: 30, State: record.ActivityDone,
		Recorded: "2026-11-19", Deadline: "2026-12-02",
	}
}

func TestActivityCheck(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*record.Activity)
		want   []string
	}{
		{"nothing wrong", func(*record.Activity) {}, nil},
		{"empty", func(a *record.Activity) { *a = record.Activity{} }, []string{
			"error title required", "error kind required", "error line required", "error state required", "error start date",
		}},
		{"ends before it starts", func(a *record.Activity) { a.End = "2026-11-18T07:59" }, []string{"error end end_before_start"}},
		{"ends when it starts", func(a *record.Activity) { a.End = a.Start }, []string{"error end end_before_start"}},
		{"overnight", func(a *record.Activity) { a.Start, a.End = "2026-11-18T22:00", "2026-11-19T06:00" }, nil},
		{"24 hours", func(a *record.Activity) { a.End = "2026-11-19T08:00" }, nil},
		{"24 hours and a minute", func(a *record.Activity) { a.End = "2026-11-19T08:01" }, []string{"error end activity_too_long"}},
		{"over a month's end", func(a *record.Activity) { a.Start, a.End = "2026-10-31T23:00", "2026-11-01T01:00" }, nil},
		{"break as long as it", func(a *record.Activity) { a.Break = 210 }, []string{"error break break_too_long"}},
		{"break a minute shorter", func(a *record.Activity) { a.Break = 209 }, nil},
		{"negative break", func(a *record.Activity) { a.Break = -1 }, []string{"error break break_too_long"}},
		{"end is no time", func(a *record.Activity) { a.End = "2026-11-18T9:30" }, []string{"error end date"}},
		{"done, but not over", func(a *record.Activity) { a.Start, a.End = "2026-11-20T14:00", "2026-11-20T15:01" }, []string{"error end activity_future"}},
		{"done, over this minute", func(a *record.Activity) { a.Start, a.End = "2026-11-20T14:00", "2026-11-20T15:00" }, nil},
		{"planned for next year", func(a *record.Activity) {
			a.State, a.Start, a.End = record.ActivityPlanned, "2027-01-01T08:00", "2027-01-01T10:00"
		}, nil},
		{"cancelled, in the future", func(a *record.Activity) {
			a.State, a.Start, a.End = record.ActivityCancelled, "2027-01-01T08:00", "2027-01-01T10:00"
		}, nil},
		{"recorded on the last day", func(a *record.Activity) { a.Recorded = a.Deadline }, nil},
		{"recorded late", func(a *record.Activity) { a.Recorded = "2026-12-03" }, []string{"warning recorded late_record"}},
		{"sub-code of another line", func(a *record.Activity) { a.Sub = "2.1" }, []string{"error sub unknown_code"}},
		{"no such codes", func(a *record.Activity) { a.Kind, a.Line, a.Sub, a.Spirit, a.State = "x", "8", "8.1", "9", "y" }, []string{
			"error kind unknown_code", "error line unknown_code", "error sub unknown_code", "error spirit unknown_code", "error state unknown_code",
		}},
		{"negative people", func(a *record.Activity) { a.Served, a.Guests = -1, -1 }, []string{"error served invalid", "error guests invalid"}},
		{"too many people", func(a *record.Activity) { a.Served, a.Guests = 1_000_001, 1_000_000 }, []string{"error served invalid"}},
		{"long texts", func(a *record.Activity) { a.Title, a.Content = strings.Repeat("长", 81), strings.Repeat("长", 4001) }, []string{
			"error title too_long", "error content too_long",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := activity()
			c.change(&a)
			wantFindings(t, a.Check(now), c.want...)
		})
	}
}

func TestActivityLength(t *testing.T) {
	a := activity()
	if a.Length() != 180 {
		t.Errorf("%d minutes", a.Length())
	}
	a.Break = 500
	if a.Length() != 0 {
		t.Errorf("%d minutes: less than none", a.Length())
	}
	for state, held := range map[record.ActivityState]bool{
		record.ActivityPlanned: false, record.ActivityDone: true, record.ActivityConfirmed: true, record.ActivityLocked: true, record.ActivityCancelled: false,
	} {
		a.State = state
		if a.Held() != held {
			t.Errorf("%s held: %v", state, !held)
		}
	}
}

func TestLateNeedsADeadlineAndAnActivityThatTookPlace(t *testing.T) {
	a := activity()
	a.Recorded = "2027-01-01"
	if !a.Late() {
		t.Error("not late")
	}
	a.State = record.ActivityPlanned
	if a.Late() {
		t.Error("a plan is late")
	}
	a.State, a.Deadline = record.ActivityDone, ""
	if a.Late() {
		t.Error("late without a deadline")
	}
}

func TestEntryCheck(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*record.Entry, *record.Activity)
		want   []string
	}{
		{"nothing wrong", func(*record.Entry, *record.Activity) {}, nil},
		{"empty", func(e *record.Entry, _ *record.Activity) { *e = record.Entry{} }, []string{
			"error volunteer required", "error activity required", "error source required",
		}},
		{"another activity", func(e *record.Entry, _ *record.Activity) { e.Activity = "a2" }, []string{"error activity required"}},
		{"unknown source", func(e *record.Entry, _ *record.Activity) { e.Source = "hearsay" }, []string{"error source unknown_code"}},
		{"no minutes", func(e *record.Entry, _ *record.Activity) { e.Minutes = 0 }, nil},
		{"all of it", func(e *record.Entry, _ *record.Activity) { e.Minutes = 210 }, nil},
		{"a minute more than all of it", func(e *record.Entry, _ *record.Activity) { e.Minutes = 211 }, []string{"error minutes minutes_range"}},
		{"less than none", func(e *record.Entry, _ *record.Activity) { e.Minutes = -1 }, []string{"error minutes minutes_range"}},
		{"25 hours", func(e *record.Entry, _ *record.Activity) { e.Minutes = 25 * 60 }, []string{"error minutes day_over_24h"}},
		{"cancelled activity", func(_ *record.Entry, a *record.Activity) { a.State = record.ActivityCancelled }, []string{"error activity activity_cancelled"}},
		{"planned activity", func(_ *record.Entry, a *record.Activity) { a.State = record.ActivityPlanned }, []string{"error activity activity_future"}},
		{"reversal", func(e *record.Entry, _ *record.Activity) {
			e.Reverses, e.Minutes, e.Reason = "e0", -180, "记错了人"
		}, nil},
		{"reversal without a reason", func(e *record.Entry, _ *record.Activity) { e.Reverses, e.Minutes, e.Reason = "e0", -180, "　" }, []string{"error reason reason_required"}},
		{"reversal that adds", func(e *record.Entry, _ *record.Activity) { e.Reverses, e.Reason = "e0", "记错了人" }, []string{"error minutes minutes_range"}},
		{"reversal in a cancelled activity", func(e *record.Entry, a *record.Activity) {
			e.Reverses, e.Minutes, e.Reason, a.State = "e0", -180, "活动没有办", record.ActivityCancelled
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := activity()
			e := record.Entry{Activity: a.ID, Volunteer: "p1", Minutes: 180, Source: record.SourceOnSite, Recorded: "2026-11-19"}
			c.change(&e, &a)
			wantFindings(t, e.Check(a), c.want...)
		})
	}
}

func TestCheckDay(t *testing.T) {
	for minutes, want := range map[int][]string{
		0: nil, 480: nil, 481: nil, 1440: nil,
		1441: {"error minutes day_over_24h"}, 25 * 60: {"error minutes day_over_24h"},
	} {
		wantFindings(t, record.CheckDay(minutes), want...)
	}
}

func TestOnlyServiceCounts(t *testing.T) {
	for _, term := range record.ActivityKinds().Terms {
		if record.Counting(term.Code) != (term.Code == "service") {
			t.Errorf("%s counts", term.Name)
		}
	}
}
