package store_test

import (
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

func TestUndoLast(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	undo := func() {
		t.Helper()
		u, err := w.db.LastUndoable(ctx)
		if err == nil {
			err = w.db.UndoBatch(ctx, u.Batch)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	id := w.register(someone(1))
	team := w.team("巡逻队", id)
	act, _, err := w.db.LogActivity(ctx, patrol("2026-10-10T09:00", "2026-10-10T10:00"), present(id))
	if err != nil {
		t.Fatal(err)
	}
	list, _ := w.db.Participations(ctx, act)
	if err := w.db.CorrectService(ctx, list[0].Entry, 30, "提前离开"); err != nil {
		t.Fatal(err)
	}
	minutes := func() int64 {
		r, err := w.db.Report(ctx, record.Month(2026, 10))
		if err != nil {
			t.Fatal(err)
		}
		return r.Figures[record.FigureMinutes]
	}
	v, _ := w.db.Volunteer(ctx, id)
	v.Address = "新地址"
	if _, err := w.db.UpdateVolunteer(ctx, v); err != nil {
		t.Fatal(err)
	}
	undo() // address
	if v, _ = w.db.Volunteer(ctx, id); v.Address != "" {
		t.Error("address stayed")
	}
	undo() // correction
	if minutes() != 60 {
		t.Errorf("%d minutes after undoing the correction", minutes())
	}
	undo() // activity with its entry
	if minutes() != 0 {
		t.Errorf("%d minutes after undoing the activity", minutes())
	}
	if all, _ := w.db.Activities(ctx, store.ActivityFilter{}); len(all) != 0 {
		t.Error("activity still listed")
	}
	undo() // membership
	if m, _ := w.db.Members(ctx, team); len(m) != 0 {
		t.Error("member still listed")
	}
	undo() // team
	if all, _ := w.db.Teams(ctx); len(all) != 0 {
		t.Error("team still listed")
	}
	undo() // person
	if people, _ := w.db.People(ctx, store.PeopleFilter{}); len(people) != 0 {
		t.Error("person still listed")
	}
	if _, err := w.db.LastUndoable(ctx); record.CodeOf(err) != record.CodeNothingToDo {
		t.Errorf("more to undo: %v", err)
	}
	if _, err := w.db.Verify(ctx); err != nil {
		t.Error(err)
	}
}

func TestUndoRefusesWhatOthersRestOn(t *testing.T) {
	w := newWorld(t)
	id := w.register(someone(1))
	u, err := w.db.LastUndoable(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.team("巡逻队", id)
	before := w.head()
	w.refused(before, w.db.UndoBatch(t.Context(), u.Batch), record.CodeStale)
}

func TestDrafts(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	if err := w.db.SaveDraft(ctx, "people.new", `{"name":"王"}`); err != nil {
		t.Fatal(err)
	}
	w.reopen()
	if text, err := w.db.Draft(ctx, "people.new"); err != nil || text != `{"name":"王"}` {
		t.Errorf("%q, %v", text, err)
	}
	if list, err := w.db.Drafts(ctx); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
	if err := w.db.SaveDraft(ctx, "people.new", ""); err != nil {
		t.Fatal(err)
	}
	if text, _ := w.db.Draft(ctx, "people.new"); text != "" {
		t.Errorf("%q stayed", text)
	}
}

// Taking a reversal back must not give somebody the same time twice when it was
// recorded again in between.
func TestUndoneReversalDoublesNothing(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	act, _, err := w.db.LogActivity(ctx, patrol("2026-10-10T09:00", "2026-10-10T10:00"), present(id))
	if err != nil {
		t.Fatal(err)
	}
	list, err := w.db.Participations(ctx, act)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.CorrectService(ctx, list[0].Entry, 0, "没有来"); err != nil {
		t.Fatal(err)
	}
	reversal, err := w.db.LastUndoable(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.RecordService(ctx, act, present(id)); err != nil {
		t.Fatal(err)
	}
	w.refused(w.head(), w.db.UndoBatch(ctx, reversal.Batch), record.CodeStale)
	if minutes, err := w.db.Minutes(ctx); err != nil || minutes[id] != 60 {
		t.Errorf("%d minutes, %v", minutes[id], err)
	}
}
