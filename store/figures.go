package store

import (
	"context"
	"database/sql"

	"rongyuan/store/record"
)

// Report counts the figures of a period, with those of the period before and of
// the same one a year ago.
func (db *DB) Report(ctx context.Context, period record.Period) (record.PeriodReport, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return record.PeriodReport{}, err
	}
	station, err := db.Station(ctx)
	if err != nil {
		return record.PeriodReport{}, err
	}
	facts, err := db.facts(ctx, s, record.KeyReach(period))
	if err != nil {
		return record.PeriodReport{}, err
	}
	r := record.PeriodReport{
		Station: station, Period: period,
		Tallied:  record.Tally(period, facts),
		KeyDates: record.TallyKeyDates(period, facts.Activities),
		Made:     record.MomentOf(db.now()), By: s.account,
	}
	if r.Previous, err = db.compared(ctx, s, period.Previous()); err != nil {
		return record.PeriodReport{}, err
	}
	r.LastYear = r.Previous
	if before := period.YearBefore(); before != period.Previous() {
		r.LastYear, err = db.compared(ctx, s, before)
	}
	return r, err
}

// compared are the figures of a period for comparison, nil when nothing stood
// and nothing was done then.
func (db *DB) compared(ctx context.Context, s *session, period record.Period) (record.Figures, error) {
	facts, err := db.facts(ctx, s, period)
	if err != nil {
		return nil, err
	}
	if f := record.Tally(period, facts).Figures; !f.Blank() {
		return f, nil
	}
	return nil, nil
}

// facts are the records that the figures of a period rest on. They are read in
// one transaction, so that a report never mixes two states.
func (db *DB) facts(ctx context.Context, s *session, period record.Period) (record.Facts, error) {
	var f record.Facts
	tx, err := db.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return f, translate(err)
	}
	defer func() { _ = tx.Rollback() }()
	if f.Volunteers, err = standing(ctx, tx); err != nil {
		return f, err
	}
	if f.Teams, err = teams(view{ctx, tx, s}, "ORDER BY name"); err != nil {
		return f, err
	}
	if f.Brands, err = brands(view{ctx, tx, s}, ""); err != nil {
		return f, err
	}
	if f.Activities, err = activities(view{ctx, tx, s}, "WHERE start >= ? AND start < ?", period.From, period.To+"U"); err != nil {
		return f, err
	}
	f.Entries, err = entries(view{ctx, tx, s}, "WHERE activity IN (SELECT id FROM activities WHERE start >= ? AND start < ?)",
		period.From, period.To+"U")
	return f, err
}

// standing reads of each person what figures need; nothing of it is sealed.
func standing(ctx context.Context, q querier) ([]record.Volunteer, error) {
	return collect(view{ctx: ctx, q: q}, func(r *sql.Rows) (v record.Volunteer, err error) {
		return v, r.Scan(&v.ID, &v.Sex, &v.Village, &v.Politics, &v.Veteran, &v.Serving, &v.Joined, &v.Status, &v.StatusSince, &v.Withdrawn)
	}, "SELECT id, sex, village, politics, veteran, serving, joined, status, status_since, withdrawn FROM volunteers")
}
