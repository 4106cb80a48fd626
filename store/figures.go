package store

import (
	"context"
	"database/sql"

	"rongyuan/store/record"
)

// Report counts the figures of a period, with those of the period before and of
// the same one a year ago. A closed month is counted as it was closed, see
// [DB.CloseMonth]; the report of a month says its edition.
func (db *DB) Report(ctx context.Context, period record.Period) (record.PeriodReport, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return record.PeriodReport{}, err
	}
	r := record.PeriodReport{Period: period, Made: record.MomentOf(db.now()), By: s.account}
	err = db.moment(ctx, s, func(w view) error { return w.report(&r) })
	return r, err
}

func (w view) report(r *record.PeriodReport) (err error) {
	if r.Station, _, err = readStation(w.ctx, w.q); err != nil {
		return err
	}
	facts, err := w.factsWithin(r.Period, record.KeyReach(r.Period))
	if err != nil {
		return err
	}
	r.Tallied, r.KeyDates = record.Tally(r.Period, facts), record.TallyKeyDates(r.Period, facts.Activities)
	if r.Previous, err = w.compared(r.Period.Previous()); err != nil {
		return err
	}
	r.LastYear = r.Previous
	if before := r.Period.YearBefore(); before != r.Period.Previous() {
		if r.LastYear, err = w.compared(before); err != nil {
			return err
		}
	}
	return w.edition(r)
}

// Stamped signs the figures of a report with the station's key, so that its QR
// code hands them on. The codes are locked and no_right.
func (db *DB) Stamped(ctx context.Context, r record.PeriodReport) (record.PeriodReport, error) {
	message := r.Statement().Message()
	signature, err := db.Sign(ctx, record.PurposeReport, message)
	if err != nil {
		return r, err
	}
	r.Stamp, err = record.Stamp{Purpose: record.PurposeReport, Signature: signature, Message: message}.Text()
	return r, err
}

// compared are the figures of a period for comparison, nil when nothing stood
// and nothing was done then.
func (w view) compared(period record.Period) (record.Figures, error) {
	facts, err := w.facts(period)
	if err != nil {
		return nil, err
	}
	if f := record.Tally(period, facts).Figures; !f.Blank() {
		return f, nil
	}
	return nil, nil
}

// edition names the edition of a closed month.
func (w view) edition(r *record.PeriodReport) error {
	id := record.ClosingOf(r.Period.From)
	if id.Period() != r.Period {
		return nil
	}
	c, err := closing(w, id)
	if err == nil && c.Locks() {
		r.Edition, r.Seal = c.Edition, c.Seal
	}
	return err
}

// factsNow are the records that the figures of a period rest on, as they are
// now. The caller reads them in one transaction, so that nothing mixes two
// states.
func (w view) factsNow(period record.Period) (f record.Facts, err error) {
	if f.Volunteers, err = standing(w.ctx, w.q); err != nil {
		return f, err
	}
	if f.Teams, err = teams(w, "ORDER BY name"); err != nil {
		return f, err
	}
	if f.Brands, err = brands(w, ""); err != nil {
		return f, err
	}
	if f.Activities, err = activities(w, "WHERE start >= ? AND start < ?", period.From, period.To+"U"); err != nil {
		return f, err
	}
	f.Entries, err = entries(w, "WHERE activity IN (SELECT id FROM activities WHERE start >= ? AND start < ?)",
		period.From, period.To+"U")
	if err != nil {
		return f, err
	}
	f.Reviews, err = reviewStates(w, "WHERE activity IN (SELECT id FROM activities WHERE start >= ? AND start < ?)",
		period.From, period.To+"U")
	return f, err
}

// standing reads of each person what figures need; nothing of it is sealed.
func standing(ctx context.Context, q querier) ([]record.Volunteer, error) {
	return collect(view{ctx: ctx, q: q}, func(r *sql.Rows) (v record.Volunteer, err error) {
		return v, r.Scan(&v.ID, &v.Sex, &v.Village, &v.Politics, &v.Veteran, &v.Serving, &v.Joined, &v.Status, &v.StatusSince, &v.Withdrawn)
	}, "SELECT id, sex, village, politics, veteran, serving, joined, status, status_since, withdrawn FROM volunteers")
}
