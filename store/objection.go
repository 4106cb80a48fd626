package store

import (
	"cmp"
	"context"
	"strings"

	"rongyuan/store/record"
)

// ObjectionFilter chooses objections; the zero value is all of them.
type ObjectionFilter struct {
	Open      bool
	Volunteer record.VolunteerID
}

// Objections are the objections by a filter in the order of receipt.
func (db *DB) Objections(ctx context.Context, f ObjectionFilter) ([]record.Objection, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	all, err := objections().list(view{ctx, db.reader, s}, "WHERE withdrawn = 0 ORDER BY rowid")
	var out []record.Objection
	for _, o := range all {
		if (!f.Open || o.Open()) && (f.Volunteer == "" || f.Volunteer == o.Volunteer) {
			out = append(out, o)
		}
	}
	return out, err
}

// Objection reads one objection. The code is not_found.
func (db *DB) Objection(ctx context.Context, id record.ObjectionID) (record.Objection, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return record.Objection{}, err
	}
	return objections().one(view{ctx, db.reader, s}, string(id))
}

// RaiseObjection logs what a volunteer says against his record: of o the
// volunteer, the activity, the claim, the way and the day of receipt (today when
// empty) are read. The codes are those of [record.Objection.Check] and
// not_found.
func (db *DB) RaiseObjection(ctx context.Context, o record.Objection) (record.ObjectionID, error) {
	err := db.write(ctx, func(t *tx) error {
		if _, err := volunteer(t.view(), o.Volunteer); err != nil {
			return err
		}
		if o.Activity != "" {
			if _, err := activity(t.view(), o.Activity); err != nil {
				return err
			}
		}
		c, err := calendar(t.ctx, t)
		if err != nil {
			return err
		}
		received := cmp.Or(o.Received, t.today)
		if !received.Valid() {
			return record.FailField("received", record.CodeDate)
		}
		o, err = objections().create(t, record.Objection{
			Volunteer: o.Volunteer, Activity: o.Activity, Claim: strings.TrimSpace(o.Claim), Way: o.Way,
			Received: received, TakenBy: t.s.account, Due: c.AddWorkingDays(received, record.ObjectionLimit),
		})
		return err
	})
	return o.ID, err
}

// Answer is what is answered to an objection.
type Answer struct {
	// Outcome is a code of [record.Outcomes].
	Outcome string
	Text    string
}

// AnswerObjection answers an objection today. An objection that was answered
// stays as it is: a new one is logged. The codes are those of
// [record.Objection.Check], not_found and nothing_to_do.
func (db *DB) AnswerObjection(ctx context.Context, id record.ObjectionID, a Answer) error {
	return db.write(ctx, func(t *tx) error {
		o, err := objections().one(t.view(), string(id))
		if err != nil {
			return err
		}
		if !o.Open() {
			return record.Fail(record.CodeNothingToDo)
		}
		o.Outcome, o.Answer, o.Answered, o.AnsweredBy = a.Outcome, strings.TrimSpace(a.Text), t.today, t.s.account
		return objections().update(t, o)
	})
}
