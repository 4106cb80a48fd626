package app

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/store"
	"rongyuan/store/record"
)

// monthOpened is the page of September, which is over.
func (h hands) monthOpened() *monthPage {
	h.t.Helper()
	h.press(fyne.KeyF5)
	h.press(fyne.KeyLeft)
	h.ctrl(fyne.KeyM)
	p := h.d.screens[doorReports].(*reportScreen).month
	if p == nil || p.month.String() != "2026-09" {
		h.t.Fatal("Ctrl+M does not open the check of September")
	}
	return p
}

// TestMonthClose walks from the check with a red light over the close to the
// second edition, by keyboard.
func TestMonthClose(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	_, people := h.october()
	ctx := context.Background()
	day := watch("白天巡逻", "2026-09-15", record.ActivityDone)
	day.Start, day.End = "2026-09-15T09:30", "2026-09-15T11:30" // overlaps with the other one
	h.log(day, people[0])
	p := h.monthOpened()
	if p.closes.Disabled() == false || record.RedLights(p.facts.lights) == 0 {
		t.Errorf("lights %+v", p.facts.lights)
	}
	h.golden("month_check")
	h.press(fyne.KeyReturn) // into the list, where the overlap stands
	h.press(fyne.KeyReturn)
	if d.door != doorActivities {
		t.Errorf("Enter on an impossible hour opens %s", d.door)
	}
	all, err := d.db.Activities(ctx, storeFilter(record.Month(2026, 9)))
	if err != nil || len(all) != 2 {
		t.Fatalf("%d activities, %v", len(all), err)
	}
	for _, a := range all {
		if a.Title == "白天巡逻" {
			h.takeBack(a.ID)
		}
	}

	h.as("刘站长", record.RoleChief)
	p = h.monthOpened()
	h.ctrl(fyne.KeyS)
	h.press(fyne.KeyReturn)
	c, err := d.db.Closing(ctx, record.Month(2026, 9))
	if err != nil || !c.Locks() || c.Edition != 1 {
		t.Fatalf("%+v, %v; said %q", c, err, d.frame.notice.Text())
	}
	h.goldenMonth(p, "month_closed")
	h.ctrl(fyne.KeyG)
	if h.canvas().Overlays().Top() == nil {
		t.Error("Ctrl+G does not check the seal")
	}
	h.press(fyne.KeyReturn)
	h.ctrl(fyne.KeyR)
	h.write("漏记了人员")
	h.press(fyne.KeyReturn)
	if c, err = d.db.Closing(ctx, record.Month(2026, 9)); err != nil || !c.Open || c.Reason != "漏记了人员" {
		t.Errorf("%+v, %v", c, err)
	}
	if !strings.Contains(p.stateText(), "更正版第 2 版") {
		t.Errorf("state %q", p.stateText())
	}
	h.ctrl(fyne.Key2)
	if len(p.rows) == 0 || p.rows[0].figure == "" {
		t.Error("no differences to August")
	}
	h.goldenMonth(p, "month_why")
	h.press(fyne.KeyEscape)
	if s := d.screens[doorReports].(*reportScreen); s.month != nil || s.period.String() != "2026-09" {
		t.Error("Esc does not lead back to the report")
	}
}

// TestClerkDoesNotClose offers the check and not the close.
func TestClerkDoesNotClose(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.october()
	p := h.monthOpened()
	h.ctrl(fyne.KeyS)
	if c, err := d.db.Closing(context.Background(), p.month); err != nil || c.Edition != 0 {
		t.Errorf("closed by an administrator: %+v, %v", c, err)
	}
	if !strings.Contains(d.frame.notice.Text(), "站长") {
		t.Errorf("said %q", d.frame.notice.Text())
	}
}

// goldenMonth is a golden with a seal of its own, since ids are random and the
// seal with them.
func (h hands) goldenMonth(p *monthPage, name string) {
	h.t.Helper()
	f := p.facts
	f.closing.Seal = "7K3M-9QXA-04TZ-H2WP"
	p.show(f)
	h.golden(name)
}

func storeFilter(p record.Period) store.ActivityFilter { return store.ActivityFilter{Period: p} }

// takeBack takes everybody's time in an activity back and cancels it.
func (h hands) takeBack(id record.ActivityID) {
	h.t.Helper()
	ctx := context.Background()
	parts, err := h.d.db.Participations(ctx, id)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, p := range parts {
		if err := h.d.db.CorrectService(ctx, p.Entry, 0, "记重了"); err != nil {
			h.t.Fatal(err)
		}
	}
	a, err := h.d.db.Activity(ctx, id)
	if err != nil {
		h.t.Fatal(err)
	}
	a.State = record.ActivityCancelled
	if _, err := h.d.db.UpdateActivity(ctx, a); err != nil {
		h.t.Fatal(err)
	}
}
