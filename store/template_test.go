package store_test

import (
	"testing"
	"time"

	"rongyuan/store/record"
)

func TestTemplatesAreEdited(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	all, err := w.db.Templates(ctx)
	if err != nil || len(all) < 4 {
		t.Fatalf("%d templates, %v", len(all), err)
	}
	for _, one := range all {
		if err := one.Check().Err(); err != nil {
			t.Errorf("%s: %v", one.Name, err)
		}
	}
	if err := w.db.SaveTemplate(ctx, record.ActivityTemplate{Name: "护河", Title: "月牙河巡护", Line: "4", Sub: "4.3", Start: "08:00", End: "10:00"}); err != nil {
		t.Fatal(err)
	}
	if err := w.db.RemoveTemplate(ctx, "理发"); err != nil {
		t.Fatal(err)
	}
	if err := w.db.RemoveTemplate(ctx, "理发"); record.CodeOf(err) != record.CodeNotFound {
		t.Error(err)
	}
	if err := w.db.SaveTemplate(ctx, record.ActivityTemplate{Name: "坏", Title: "坏", Line: "9"}); record.CodeOf(err) != record.CodeUnknownCode {
		t.Error(err)
	}
	w.reopen()
	again, err := w.db.Templates(ctx)
	if err != nil || len(again) != len(all) || again[len(again)-1].Name != "护河" {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestWeeklyRepeatIsOneUndo(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	night := patrol("2026-10-10T22:00", "2026-10-11T01:00")
	id, _, err := w.db.LogActivity(ctx, night, nil)
	if err != nil {
		t.Fatal(err)
	}
	var days []record.Day
	for n := range 4 {
		days = append(days, record.Day("2026-10-24").AddDays(7*n))
	}
	made, err := w.db.PlanAgain(ctx, id, days)
	if err != nil || len(made) != 4 {
		t.Fatalf("%d made, %v", len(made), err)
	}
	last, err := w.db.Activity(ctx, made[3])
	if err != nil || last.Start != "2026-11-14T22:00" || last.End != "2026-11-15T01:00" || last.State != record.ActivityPlanned || last.Served != 0 {
		t.Errorf("%+v, %v", last, err)
	}
	u, err := w.db.LastUndoable(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.UndoBatch(ctx, u.Batch); err != nil {
		t.Fatal(err)
	}
	for _, one := range made {
		if a, err := w.db.Activity(ctx, one); err != nil || !a.Withdrawn {
			t.Errorf("%+v, %v", a, err)
		}
	}
	before := w.head()
	_, err = w.db.PlanAgain(ctx, id, nil)
	w.refused(before, err, record.CodeUsage)
}

func TestKeyDatesPropose(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	w.now = time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC)
	list, err := w.db.Proposals(ctx)
	if err != nil || len(list) != 1 || list[0].Code != "volunteers" || list[0].Days != 15 || list[0].Line == "" {
		t.Fatalf("%+v, %v", list, err)
	}
	a := patrol("2026-12-03T09:00", "2026-12-03T11:00")
	a.State = record.ActivityPlanned
	if _, _, err := w.db.LogActivity(ctx, a, nil); err != nil {
		t.Fatal(err)
	}
	if list, err = w.db.Proposals(ctx); err != nil || len(list) != 0 {
		t.Errorf("something is planned, still %+v, %v", list, err)
	}
}
