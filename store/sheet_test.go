package store_test

import (
	"slices"
	"testing"

	"rongyuan/store/record"
)

// TestSheetRowsNeverShift prints a sheet, changes the team and prints again.
func TestSheetRowsNeverShift(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	var people []record.VolunteerID
	for i := range 5 {
		people = append(people, w.register(someone(i)))
	}
	team := w.team("巡逻队", people[:4]...)
	a := patrol("2026-10-25T09:00", "2026-10-25T11:00")
	a.Team, a.State = team, record.ActivityPlanned
	id, _, err := w.db.LogActivity(ctx, a, nil)
	if err != nil {
		t.Fatal(err)
	}
	printed := func() record.Sheet {
		t.Helper()
		expected, err := w.db.Expected(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		s, err := w.db.PrintSheet(ctx, id, expected)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := printed()
	if len(first.Rows) != 4 || first.Rows[0] != people[0] || !record.IsSheetNumber(first.Number) {
		t.Fatalf("sheet %+v, captain %s", first, people[0])
	}
	list, err := w.db.Members(ctx, team)
	if err != nil {
		t.Fatal(err)
	}
	gone := list[1]
	gone.To = "2026-10-20"
	if err := w.db.UpdateMembership(ctx, gone); err != nil {
		t.Fatal(err)
	}
	if err := w.db.Join(ctx, record.Membership{Team: team, Volunteer: people[4], Role: "member", From: "2026-10-20"}); err != nil {
		t.Fatal(err)
	}
	second := printed()
	if second.Number != first.Number || len(second.Rows) != 5 || !slices.Equal(second.Rows[:4], first.Rows) || second.Rows[4] != people[4] {
		t.Errorf("rows %v after %v", second.Rows, first.Rows)
	}
	w.reopen()
	again, err := w.db.Sheet(ctx, first.Number)
	if err != nil || !slices.Equal(again.Rows, second.Rows) {
		t.Errorf("read back %v, %v", again.Rows, err)
	}
	if _, err := w.db.Sheet(ctx, record.SheetNumber(2026, 77)); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("a sheet that was never printed: %v", err)
	}
	if _, err := w.db.Sheet(ctx, "2600011"); record.CodeOf(err) != record.CodeInvalid && first.Number != "2600011" {
		t.Errorf("a mistyped number: %v", err)
	}
	if _, err := w.db.Verify(ctx); err != nil {
		t.Error(err)
	}
}
