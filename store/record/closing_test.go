package record_test

import (
	"reflect"
	"testing"

	"rongyuan/store/record"
)

// monthFacts is a small month, fixed for ever: released seals rest on it.
func monthFacts() record.Facts {
	return record.Facts{
		Volunteers: []record.Volunteer{
			{ID: "v-2", Serving: true, Joined: "2026-02-01", Status: record.StatusActive, StatusSince: "2026-02-01"},
			{ID: "v-1", Name: "王建国", Serving: true, Veteran: true, Politics: "01", Joined: "2026-01-05", Status: record.StatusActive, StatusSince: "2026-01-05"},
			{ID: "v-3", Veteran: true},
		},
		Teams:  []record.Team{{ID: "t-1", Name: "综合服务队", Kind: "t01", Founded: "2025-03-05"}},
		Brands: []record.Brand{{ID: "b-1", Name: "老兵守河", Started: "2026-02-01"}},
		Activities: []record.Activity{{
			ID: "a-1", Title: "月牙河巡护", Kind: record.KindService, Line: "4", Start: "2026-10-05T09:00", End: "2026-10-05T11:30", Break: 30,
			Team: "t-1", Served: 40, State: record.ActivityDone, Recorded: "2026-10-06", Deadline: "2026-10-26",
		}},
		Entries: []record.Entry{
			{ID: "e-1", Activity: "a-1", Volunteer: "v-1", Minutes: 120, Source: record.SourceOnSite, Recorded: "2026-10-06"},
			{ID: "e-2", Activity: "a-1", Volunteer: "v-2", Minutes: 60, Source: record.SourceLater, Recorded: "2026-10-07"},
		},
	}
}

func sealed(t *testing.T, f record.Facts) (string, []record.SealedRow) {
	t.Helper()
	rows, err := record.SealRows(f)
	if err != nil {
		t.Fatal(err)
	}
	return record.SealOf("129999004", "2026-10", rows), rows
}

// TestSealsHoldForEver pins the code of a month: a program that gives it another
// one would call every month altered that was closed before. A field that is
// added to a record must be left out of its JSON while it is empty.
func TestSealsHoldForEver(t *testing.T) {
	const want = "3TPT-S08P-3DTY-0KE0"
	if got, _ := sealed(t, monthFacts()); got != want {
		t.Errorf("the seal is %s, was %s", got, want)
	}
}

// TestSealSeesEveryChange changes each thing that a figure rests on, and things
// on which none rests.
func TestSealSeesEveryChange(t *testing.T) {
	was, rows := sealed(t, monthFacts())
	for name, change := range map[string]func(*record.Facts){
		"minutes":     func(f *record.Facts) { f.Entries[0].Minutes = 121 },
		"person":      func(f *record.Facts) { f.Entries[0].Volunteer = "v-2" },
		"served":      func(f *record.Facts) { f.Activities[0].Served = 41 },
		"line":        func(f *record.Facts) { f.Activities[0].Line = "3" },
		"start":       func(f *record.Facts) { f.Activities[0].Start = "2026-10-05T09:01" },
		"cancelled":   func(f *record.Facts) { f.Activities[0].State = record.ActivityCancelled },
		"party":       func(f *record.Facts) { f.Volunteers[0].Politics = "01" },
		"left":        func(f *record.Facts) { f.Volunteers[0].Status = record.StatusLeft },
		"dissolved":   func(f *record.Facts) { f.Teams[0].Dissolved = "2026-10-30" },
		"brand ended": func(f *record.Facts) { f.Brands[0].Ended = "2026-10-30" },
		"one less":    func(f *record.Facts) { f.Entries = f.Entries[:1] },
		"one more":    func(f *record.Facts) { f.Entries = append(f.Entries, record.Entry{ID: "e-3", Activity: "a-1"}) },
	} {
		f := monthFacts()
		change(&f)
		got, other := sealed(t, f)
		if got == was || len(record.RowChanges(rows, other)) != 1 {
			t.Errorf("%s: the seal is %s, changes %v", name, got, record.RowChanges(rows, other))
		}
	}
	for name, change := range map[string]func(*record.Facts){
		"locked":    func(f *record.Facts) { f.Activities[0].State = record.ActivityLocked },
		"name":      func(f *record.Facts) { f.Volunteers[1].Name = "王建军" },
		"no server": func(f *record.Facts) { f.Volunteers[2].Politics = "01" },
		"order":     func(f *record.Facts) { f.Entries[0], f.Entries[1] = f.Entries[1], f.Entries[0] },
	} {
		f := monthFacts()
		change(&f)
		if got, _ := sealed(t, f); got != was {
			t.Errorf("%s changes the seal", name)
		}
	}
	_, rows = sealed(t, monthFacts())
	if other := record.SealOf("129999005", "2026-10", rows); other == was {
		t.Error("two stations have one seal")
	}
}

func TestRowChanges(t *testing.T) {
	f := monthFacts()
	_, before := sealed(t, f)
	f.Entries[0].Minutes = 90
	f.Entries[1].ID = "e-9"
	f.Teams = nil
	_, after := sealed(t, f)
	want := []record.RowChange{
		{Kind: record.EntityEntry, ID: "e-1", How: record.RowChanged},
		{Kind: record.EntityEntry, ID: "e-2", How: record.RowGone},
		{Kind: record.EntityEntry, ID: "e-9", How: record.RowAdded},
		{Kind: record.EntityTeam, ID: "t-1", How: record.RowGone},
	}
	if got := record.RowChanges(before, after); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestSameSeal(t *testing.T) {
	for typed, want := range map[string]bool{
		"7K3M-9QXA-04TZ-H2WP": true, "7k3m 9qxa o4tz h2wp": true, "7K3M9QXA04TZH2WP": true,
		"7K3M-9QXA-04TZ-H2WQ": false, "": false, "7K3M": false,
	} {
		if record.SameSeal(typed, "7K3M-9QXA-04TZ-H2WP") != want {
			t.Errorf("%q: not %v", typed, want)
		}
	}
	if record.SameSeal("", "") {
		t.Error("no code is the same as none")
	}
}
