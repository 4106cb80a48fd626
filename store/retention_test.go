package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

func TestSealAndUnseal(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	before := w.head()
	w.refused(before, w.db.SealVolunteer(ctx, id, ""), record.CodeReasonRequired)
	if err := w.db.SealVolunteer(ctx, id, "本人撤回同意"); err != nil {
		t.Fatal(err)
	}
	if people, _ := w.db.People(ctx, store.PeopleFilter{}); len(people) != 0 {
		t.Error("a sealed person is in the list")
	}
	if found, _ := w.db.Search(ctx, someone(1).Name, 5); len(found) != 0 {
		t.Error("a sealed person is found")
	}
	if r, _ := w.db.Report(ctx, record.Month(2026, 10)); r.Figures[record.FigureVolunteers] != 0 {
		t.Error("a sealed person is counted")
	}
	if all, err := w.db.SealedPeople(ctx); err != nil || len(all) != 1 {
		t.Errorf("%d sealed, %v", len(all), err)
	}
	if err := w.db.UnsealVolunteer(ctx, id, "本人要求恢复"); err != nil {
		t.Fatal(err)
	}
	if people, _ := w.db.People(ctx, store.PeopleFilter{}); len(people) != 1 || people[0].Status != record.StatusPaused {
		t.Errorf("%+v", people)
	}
}

func TestNobodyVanishesByAnOrdinaryChange(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	v, err := w.db.Volunteer(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	before := w.head()
	hidden, gone := v, v
	hidden.Status, hidden.StatusSince = record.StatusSealed, "2026-10-20"
	gone.Withdrawn = true
	for _, after := range []record.Volunteer{hidden, gone} {
		_, err := w.db.UpdateVolunteer(ctx, after)
		w.refused(before, err, record.CodeNoRight)
	}
	if err := w.db.SealVolunteer(ctx, id, "本人撤回同意"); err != nil {
		t.Fatal(err)
	}
	before = w.head()
	if v, err = w.db.Volunteer(ctx, id); err != nil {
		t.Fatal(err)
	}
	v.Status = record.StatusActive
	_, err = w.db.UpdateVolunteer(ctx, v)
	w.refused(before, err, record.CodeNoRight)
}

func TestPurge(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	v := someone(1)
	v.Name, v.Address = "甘罗拜", "密语里九十九号"
	id := w.register(v)
	act, _, err := w.db.LogActivity(ctx, patrol("2026-10-10T09:00", "2026-10-10T10:00"), present(id))
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.db.RecordHonour(ctx, record.Honour{Volunteer: id, Day: "2026-03-05", Title: "甘罗拜先进个人", Level: "district", Issuer: "区里"})
	must(t, err)
	if err := w.db.AddAccount(ctx, store.Account{Name: "赵站长", Role: record.RoleChief}, otherPassword); err != nil {
		t.Fatal(err)
	}
	if err := w.db.PurgeVolunteer(ctx, id, "到期"); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("by a clerk: %v", err)
	}
	chief := func() {
		if err := w.db.Unlock(ctx, "赵站长", otherPassword); err != nil {
			t.Fatal(err)
		}
	}
	chief()
	if err := w.db.PurgeVolunteer(ctx, id, "到期"); record.CodeOf(err) != record.CodeNotSealed {
		t.Errorf("not sealed: %v", err)
	}
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Fatal(err)
	}
	if err := w.db.SealVolunteer(ctx, id, "本人撤回同意"); err != nil {
		t.Fatal(err)
	}
	chief()
	if err := w.db.PurgeVolunteer(ctx, id, "到期"); record.CodeOf(err) != record.CodeTooEarly {
		t.Errorf("too early: %v", err)
	}
	w.now = w.now.AddDate(10, 0, 1)
	if err := w.db.PurgeVolunteer(ctx, id, "到期"); err != nil {
		t.Fatal(err)
	}
	if left, err := w.db.Volunteer(ctx, id); err != nil || left.IDNumber != "" || left.Name != record.PurgedName {
		t.Errorf("left: %q, %v", left.Name, err)
	}
	if _, err := w.db.Verify(ctx); err != nil {
		t.Errorf("the chain: %v", err)
	}
	for {
		u, err := w.db.LastUndoable(ctx)
		if record.CodeOf(err) == record.CodeNothingToDo {
			break
		}
		if err == nil {
			err = w.db.UndoBatch(ctx, u.Batch)
		}
		if err != nil {
			t.Fatalf("undo after a purge: %v", err)
		}
	}
	if left, err := w.db.Volunteer(ctx, id); err != nil || left.Name != record.PurgedName {
		t.Errorf("an undo brought %q back, %v", left.Name, err)
	}
	if list, _ := w.db.Participations(ctx, act); len(list) != 1 || list[0].Minutes != 60 {
		t.Error("service time went")
	}
	ops, err := w.db.OperationsAfter(ctx, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range ops {
		for _, plain := range []string{string(v.IDNumber), v.Name, v.Address, v.Phones[0]} {
			if bytes.Contains(op.Payload, []byte(plain)) {
				t.Errorf("operation %d still says it", op.Seq)
			}
		}
	}
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(w.opt.Dir, "station.db"))
	if err != nil || bytes.Contains(raw, []byte(v.IDNumber)) {
		t.Error(err)
	}
	w.reopenClosed()
}
