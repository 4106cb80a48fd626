package store_test

import (
	"fmt"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

// TestEntriesStandInTheOrderOfWriting holds that a reversal stands behind what
// it takes back and before what replaces it, though ids are random within a
// millisecond. Ten corrections would pass by chance once in a million times.
func TestEntriesStandInTheOrderOfWriting(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	act, _, err := w.db.LogActivity(ctx, patrol("2026-10-10T09:00", "2026-10-10T12:00"), present(id))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"+180"}
	last := 180
	for i := range 10 {
		list, err := w.db.Participations(ctx, act)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.db.CorrectService(ctx, list[0].Entry, 170-i, "更正"); err != nil {
			t.Fatal(err)
		}
		want = append(want, fmt.Sprintf("-%d", last), fmt.Sprintf("+%d", 170-i))
		last = 170 - i
	}
	check := func(when string, list []record.Entry, err error) {
		t.Helper()
		if err != nil || len(list) != len(want) {
			t.Fatalf("%s: %d entries, %v", when, len(list), err)
		}
		for i, e := range list {
			if got := fmt.Sprintf("%+d", e.Minutes); got != want[i] {
				t.Errorf("%s: entry %d is %s, want %s", when, i, got, want[i])
			}
		}
	}
	list, err := w.db.Entries(ctx, act)
	check("of the activity", list, err)
	list, err = w.db.EntriesOf(ctx, id)
	check("of the person", list, err)
	file, err := w.db.Backup(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Restore(ctx, w.opt, file.Path, store.Secret{Account: testAdmin, Password: testPassword}); err != nil {
		t.Fatal(err)
	}
	w.reopenClosed()
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Fatal(err)
	}
	list, err = w.db.Entries(ctx, act)
	check("after a restore", list, err)
}

// An activity that moves to another day must not give anybody 26 hours there.
func TestMovedActivityFitsTheDay(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	var last record.ActivityID
	for _, day := range []record.Moment{"2026-10-10", "2026-10-11"} {
		a := patrol(day+"T07:00", day+"T20:00")
		var err error
		if last, _, err = w.db.LogActivity(ctx, a, present(id)); err != nil {
			t.Fatal(err)
		}
	}
	a, err := w.db.Activity(ctx, last)
	if err != nil {
		t.Fatal(err)
	}
	a.Start, a.End = "2026-10-10T08:00", "2026-10-10T21:00"
	before := w.head()
	_, err = w.db.UpdateActivity(ctx, a)
	w.refused(before, err, record.CodeDayOver24Hours)
	a.Start, a.End = "2026-10-12T08:00", "2026-10-12T21:00"
	if _, err := w.db.UpdateActivity(ctx, a); err != nil {
		t.Error(err)
	}
}
