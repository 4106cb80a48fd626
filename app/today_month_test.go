package app

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/store/record"
)

func (h hands) today() (*todayScreen, string) {
	h.t.Helper()
	h.press(fyne.KeyF7)
	s := h.d.screens[doorToday].(*todayScreen)
	var all []string
	for _, l := range s.due {
		all = append(all, l.what)
	}
	return s, strings.Join(all, "|")
}

// TestTodayNamesHoursMonthsAndAgreements shows impossible hours, the month to be
// closed and agreements to be signed anew, and opens each.
func TestTodayNamesHoursMonthsAndAgreements(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	_, people := h.october()
	day := watch("白天巡逻", "2026-10-05", record.ActivityDone)
	day.Start, day.End = "2026-10-05T09:30", "2026-10-05T11:30"
	h.log(day, people[0])
	v, err := d.db.Volunteer(context.Background(), people[1])
	if err != nil {
		t.Fatal(err)
	}
	v.Agreement.Version = "2019-1"
	if _, err := d.db.UpdateVolunteer(context.Background(), v); err != nil {
		t.Fatal(err)
	}
	s, all := h.today()
	for _, want := range []string{"不可能的时长 1 条", "9月还没有月结", "同意书要重签 1 人"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not due: %s", want, all)
		}
	}
	h.golden("today_month")
	for i, l := range s.due {
		switch {
		case strings.HasPrefix(l.what, "不可能"):
			s.grid.Select(i)
			h.press(fyne.KeyReturn)
			h.golden("today_faults")
			h.press(fyne.KeyReturn)
			if d.door != doorActivities {
				t.Errorf("an impossible hour opens %s", d.door)
			}
		case strings.HasPrefix(l.what, "9月"):
			l.open()
			if p := d.screens[doorReports].(*reportScreen).month; p == nil || p.month.String() != "2026-09" {
				t.Error("the month does not open its check")
			}
		}
	}
}
