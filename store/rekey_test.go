package store_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

func TestRekey(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	act, _, err := w.db.LogActivity(ctx, patrol("2026-10-10T09:00", "2026-10-10T10:00"), present(id))
	if err != nil {
		t.Fatal(err)
	}
	list, _ := w.db.Participations(ctx, act)
	if err := w.db.CorrectService(ctx, list[0].Entry, 30, "提前离开"); err != nil {
		t.Fatal(err)
	}
	if err := w.db.AddAccount(ctx, store.Account{Name: "李干事", Role: record.RoleClerk}, otherPassword); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Rekey(ctx, "Falsch-2026-x"); record.CodeOf(err) != record.CodeWrongPassword {
		t.Errorf("wrong password: %v", err)
	}
	head := w.head()
	code, err := w.db.Rekey(ctx, testPassword)
	if err != nil || code == "" || !w.db.Rekeyed(ctx) {
		t.Fatalf("%v", err)
	}
	if !w.head().Equal(head) {
		t.Error("re-keying wrote operations")
	}
	w.reopen()
	if v, err := w.db.Volunteer(ctx, id); err != nil || v.IDNumber != number(1) {
		t.Error(err)
	}
	if _, err := w.db.Verify(ctx); err != nil {
		t.Errorf("chains: %v", err)
	}
	if _, _, err := w.db.RegisterVolunteer(ctx, someone(1)); record.CodeOf(err) != record.CodeIDTaken {
		t.Errorf("the index still knows the number: %v", err)
	}
	if err := w.db.Unlock(ctx, "李干事", otherPassword); record.CodeOf(err) != record.CodeWrongPassword {
		t.Errorf("an old password: %v", err)
	}
	if err := w.db.ResetPassword(ctx, "李干事", otherPassword); err != nil {
		t.Fatal(err)
	}
	if err := w.db.Unlock(ctx, "李干事", otherPassword); err != nil {
		t.Errorf("a new password: %v", err)
	}
	if err := w.db.UnlockRecovery(ctx, w.code, testAdmin, otherPassword); record.CodeOf(err) != record.CodeWrongRecovery {
		t.Errorf("the old paper: %v", err)
	}
	if err := w.db.UnlockRecovery(ctx, code, testAdmin, otherPassword); err != nil {
		t.Errorf("the new paper: %v", err)
	}
}

// cutAfter is a context that ends after some questions whether it has.
type cutAfter struct {
	context.Context
	left atomic.Int64
}

func (c *cutAfter) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

func TestRekeyInterrupted(t *testing.T) {
	for left := int64(1); left < 200; left += 7 {
		w := newWorld(t)
		ctx := t.Context()
		var ids []record.VolunteerID
		for i := range 12 {
			ids = append(ids, w.register(someone(i)))
		}
		short := &cutAfter{Context: ctx}
		short.left.Store(left)
		_, err := w.db.Rekey(short, testPassword)
		cut := errors.Is(err, context.Canceled)
		w.reopen()
		for i, id := range ids {
			if v, err := w.db.Volunteer(ctx, id); err != nil || v.IDNumber != number(i) {
				t.Fatalf("cut %d: %v", left, err)
			}
		}
		if _, err := w.db.Verify(ctx); err != nil {
			t.Fatalf("cut %d: %v", left, err)
		}
		if _, err := w.db.Rekey(ctx, testPassword); err != nil || !w.db.Rekeyed(ctx) {
			t.Fatalf("cut %d, going on: %v", left, err)
		}
		w.reopen()
		if _, err := w.db.Verify(ctx); err != nil {
			t.Fatalf("cut %d, after going on: %v", left, err)
		}
		if !cut && err == nil {
			return // the work ended before the cut
		}
	}
}
