package store_test

import (
	"testing"

	"rongyuan/store/record"
)

// A consent that has ended keeps the day on which it did.
func TestConsentEndsOnce(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	c, err := w.db.GiveConsent(ctx, record.Consent{Volunteer: id, Purpose: "publicity", Given: "2026-10-01", Form: "F1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.EndConsent(ctx, c); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.AddDate(0, 0, 3)
	w.refused(w.head(), w.db.EndConsent(ctx, c), record.CodeNothingToDo)
}
