package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// noteOf is what the list says of somebody.
func noteOf(f *activityForm, id record.VolunteerID) (string, widgets.Tone) {
	return f.people.note(f.people.rows[f.people.at(id)])
}

// TestAttendeeWarnings warns while typing of what the store would warn of after
// saving, and of two activities at one time.
func TestAttendeeWarnings(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	team, people := h.company("小站镇志愿服务队", 3)
	late := volunteer("赵新来", string(numberOf(t, 77)))
	late.Joined = "2026-10-20"
	newcomer := h.register(late)
	a := patrol(team, "2026-10-19")
	a.Start, a.End, a.Break = "2026-10-19T08:00", "2026-10-19T14:00", 0
	h.log(a, people[0], people[1])
	b := patrol(team, "2026-10-19")
	b.Start, b.End, b.Break = "2026-10-19T15:00", "2026-10-19T18:00", 0
	d.open(doorActivities, place{})
	s := d.screens[doorActivities].(*activityScreen)
	s.openForm(newActivityForm(s, record.Activity{Kind: record.KindService, State: record.ActivityDone, Start: b.Start, End: b.End, Team: team}), "activity.new")
	f := s.form
	f.people.add(newcomer)
	for _, one := range []struct {
		id   record.VolunteerID
		want string
		tone widgets.Tone
	}{
		{people[0], "当日共 9 小时", widgets.Warn}, {people[2], "", widgets.Muted}, {newcomer, "2026-10-20 才加入", widgets.Warn},
	} {
		if got, tone := noteOf(f, one.id); got != one.want || tone != one.tone {
			t.Errorf("said %q in tone %d, want %q in %d", got, tone, one.want, one.tone)
		}
	}
	h.golden("activity_form_warnings")
	f.c.start.SetValue("13:00")
	f.follows()
	if got, _ := noteOf(f, people[1]); got != "同时在：社区治安巡逻" {
		t.Errorf("two activities at one time: %q", got)
	}
	f.c.title.SetValue("护河巡查")
	f.c.line.SetValue("3")
	f.c.start.SetValue("15:00")
	f.follows()
	h.ctrl(fyne.KeyS)
	if text := d.frame.notice.Text(); !strings.Contains(text, "8 小时") || !strings.Contains(text, "成为志愿者之前") {
		t.Errorf("after saving: %q", text)
	}
}

// TestDayOver24Hours holds that nobody gets more hours than a day has, and that
// nothing of such an activity is written.
func TestDayOver24Hours(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	team, people := h.company("小站镇志愿服务队", 2)
	a := patrol(team, "2026-10-18")
	a.Start, a.End, a.Break = "2026-10-18T00:00", "2026-10-18T20:00", 0
	h.log(a, people[0])
	d.open(doorActivities, place{})
	s := d.screens[doorActivities].(*activityScreen)
	b := patrol(team, "2026-10-18")
	b.Kind, b.State, b.Start, b.End, b.Break = record.KindService, record.ActivityDone, "2026-10-18T20:00", "2026-10-19T01:00", 0
	s.openForm(newActivityForm(s, b), "activity.new2")
	if !s.form.c.nextDay.Checked {
		t.Error("an activity over midnight does not show its tick")
	}
	if got, tone := noteOf(s.form, people[0]); got != "当日共 25 小时" || tone != widgets.Bad {
		t.Errorf("said %q in tone %d", got, tone)
	}
	h.ctrl(fyne.KeyS)
	if s.form == nil || len(h.activities()) != 1 {
		t.Fatal("25 hours in a day were written")
	}
	if got := s.form.people.field.Message(); !strings.Contains(got, "24 小时") {
		t.Errorf("said beside the people: %q", got)
	}
}

// TestKindsWithoutTime records a meeting without anybody's time.
func TestKindsWithoutTime(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	team, _ := h.company("小站镇志愿服务队", 2)
	d.open(doorActivities, place{})
	s := d.screens[doorActivities].(*activityScreen)
	a := patrol(team, "2026-10-19")
	a.Kind, a.State = record.KindMeeting, record.ActivityDone
	s.openForm(newActivityForm(s, a), "activity.new3")
	if got := s.form.c.kindField.Message(); got != "不是志愿服务，不登记时长" {
		t.Errorf("hint %q", got)
	}
	h.ctrl(fyne.KeyS)
	all := h.activities()
	if len(all) != 1 || len(h.present(all[0].ID)) != 0 {
		t.Errorf("%d activities, with time for somebody", len(all))
	}
}

// TestLeaveAsks keeps a half-typed form from being lost by Escape.
func TestLeaveAsks(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	d.open(doorActivities, place{New: true})
	s := d.screens[doorActivities].(*activityScreen)
	h.write("护河巡查")
	if s.Unsaved() == "" {
		t.Error("a half-typed form counts as saved")
	}
	h.press(fyne.KeyEscape)
	h.press(fyne.KeyReturn) // the hasty answer stays
	if s.form == nil {
		t.Fatal("Escape and Enter lost the form")
	}
	h.press(fyne.KeyEscape)
	h.press(fyne.KeyLeft, fyne.KeyReturn)
	if s.form != nil || len(h.activities()) != 0 {
		t.Error("the form did not close, or wrote something")
	}
}
