package record_test

import (
	"testing"

	"rongyuan/store/record"
)

func TestKeyDatesOfAYear(t *testing.T) {
	want := map[string]record.Day{
		"spring_festival": "2026-02-17", "lantern": "2026-03-03", "lei_feng": "2026-03-05", "qingming": "2026-04-05",
		"disabled": "2026-05-17", "dragon_boat": "2026-06-19", "party": "2026-07-01", "army": "2026-08-01",
		"defence": "2026-09-19", "mid_autumn": "2026-09-25", "martyrs": "2026-09-30", "national": "2026-10-01",
		"volunteers": "2026-12-05", "veterans_spring": "2026-03-01", "recruits_autumn": "2026-09-15",
	}
	got := map[string]record.Day{}
	last := record.Day("")
	year := record.PeriodOf(record.PeriodYear, "2026-05-05")
	for _, one := range record.KeyDates(year) {
		got[one.Code] = one.Day
		if one.Day < last || !one.Span.Holds(one.Day) {
			t.Errorf("%s: %v after %s", one.Name, one, last)
		}
		last = one.Day
	}
	for code, day := range want {
		if got[code] != day {
			t.Errorf("%s is %s, want %s", code, got[code], day)
		}
	}
	if len(got) != 20 {
		t.Errorf("%d key dates", len(got))
	}
	for year, day := range map[int]record.Day{2024: "2024-04-04", 2025: "2025-04-04", 2027: "2027-04-05", 2028: "2028-04-04"} {
		if list := record.KeyDates(record.Month(year, 4)); list[0].Day != day {
			t.Errorf("%d: %v", year, list[0])
		}
	}
	if list := record.KeyDates(record.Month(2050, 2)); len(list) != 0 {
		t.Errorf("a feast was invented: %v", list)
	}
}

func TestKeyDatesPlannedAndDone(t *testing.T) {
	at := func(day string, state record.ActivityState) record.Activity {
		return record.Activity{Kind: record.KindService, Start: record.Moment(day + "T09:00"), State: state}
	}
	training := at("2026-03-05", record.ActivityDone)
	training.Kind = record.KindTraining
	withdrawn := at("2026-03-05", record.ActivityDone)
	withdrawn.Withdrawn = true
	rows := record.TallyKeyDates(record.Month(2026, 3), []record.Activity{
		at("2026-02-25", record.ActivityDone), at("2026-02-26", record.ActivityDone), at("2026-03-08", record.ActivityConfirmed),
		at("2026-03-09", record.ActivityDone), at("2026-03-05", record.ActivityPlanned), at("2026-03-05", record.ActivityCancelled),
		training, withdrawn,
	})
	for _, row := range rows {
		if row.Code == "lei_feng" {
			if row.Planned != 3 || row.Done != 2 {
				t.Errorf("planned %d, done %d, want 3 and 2", row.Planned, row.Done)
			}
			if reach := record.KeyReach(record.Month(2026, 3)); reach.From > "2026-02-26" {
				t.Errorf("reaches back to %s", reach.From)
			}
			return
		}
	}
	t.Error("no row for the 5th of March")
}
