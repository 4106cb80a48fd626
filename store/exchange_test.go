package store_test

import (
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

// TestEnrolmentByRole: a new device is an administrator's; what a round learns
// of the known district is kept whoever is logged in.
func TestEnrolmentByRole(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	if err := w.db.AddAccount(ctx, store.Account{Name: "李干事", Role: record.RoleClerk}, otherPassword); err != nil {
		t.Fatal(err)
	}
	e := record.Enrolment{
		District: "https://127.0.0.1:8443", DistrictCode: "120103", DistrictName: "河西区", Authority: []byte("ca"),
		DistrictKey: []byte("key"), Device: "d1", DeviceKey: []byte("seed"), ServerIncarnation: "a",
	}
	if err := w.db.Unlock(ctx, "李干事", otherPassword); err != nil {
		t.Fatal(err)
	}
	if err := w.db.SaveEnrolment(ctx, e); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("a clerk enrols: %v", err)
	}
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Fatal(err)
	}
	if err := w.db.SaveEnrolment(ctx, e); err != nil {
		t.Fatal(err)
	}
	if err := w.db.Unlock(ctx, "李干事", otherPassword); err != nil {
		t.Fatal(err)
	}
	e.ServerIncarnation = "b"
	if err := w.db.SaveEnrolment(ctx, e); err != nil {
		t.Errorf("a round of a clerk: %v", err)
	}
	if back, err := w.db.Enrolment(ctx); err != nil || back.ServerIncarnation != "b" {
		t.Errorf("%+v, %v", back.ServerIncarnation, err)
	}
	e.Authority = []byte("another")
	if err := w.db.SaveEnrolment(ctx, e); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("another authority: %v", err)
	}
}

// TestReceiptOfAnotherLog: a receipt whose hash is not ours marks nothing.
func TestReceiptOfAnotherLog(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	w.register(someone(1))
	head := w.head()
	false1 := record.Receipt{Head: record.Head{Incarnation: head.Incarnation, Seq: head.Seq, Hash: []byte("other")}}
	beyond := record.Receipt{Head: record.Head{Incarnation: head.Incarnation, Seq: head.Seq + 9, Hash: head.Hash}}
	for _, r := range []record.Receipt{false1, beyond} {
		if err := w.db.NoteReceipt(ctx, r, 0); record.CodeOf(err) != record.CodeForked {
			t.Errorf("%v", err)
		}
	}
	if s, err := w.db.Exchange(ctx); err != nil || s.Stored != 0 || s.Pending != head.Seq {
		t.Errorf("%+v, %v", s, err)
	}
	if err := w.db.NoteReceipt(ctx, record.Receipt{Head: head, ServerMS: 5}, 7); err != nil {
		t.Fatal(err)
	}
	if s, err := w.db.Exchange(ctx); err != nil || s.Stored != head.Seq || s.Pending != 0 || s.LastSuccessMS != 5 || s.ClockOffsetMS != 7 {
		t.Errorf("%+v, %v", s, err)
	}
}
