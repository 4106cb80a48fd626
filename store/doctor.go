package store

import (
	"context"
	"slices"

	"rongyuan/store/record"
)

// Faults are the impossible hours of a period, see [record.Examine]; the zero
// period is all time.
func (db *DB) Faults(ctx context.Context, period record.Period) ([]record.Fault, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	var out []record.Fault
	err = db.moment(ctx, s, func(w view) (err error) {
		out, err = w.faults(period)
		return err
	})
	return out, err
}

// faults examines a period together with the days before it, from which
// activities may reach into it and patterns may come, and the day after it.
func (w view) faults(period record.Period) ([]record.Fault, error) {
	wide := record.Period{From: "0000-01-01", To: "9999-12-30"}
	if period != (record.Period{}) {
		wide = record.Period{From: period.From.AddDays(-record.PatternDays), To: period.To.AddDays(1)}
	}
	facts, err := w.factsNow(wide)
	if err != nil || period == (record.Period{}) {
		return record.Examine(facts), err
	}
	days := map[record.ActivityID]record.Day{}
	for _, a := range facts.Activities {
		days[a.ID] = a.Start.Day()
	}
	found := record.Examine(facts)
	return slices.DeleteFunc(found, func(f record.Fault) bool {
		return !slices.ContainsFunc(f.Activities, func(id record.ActivityID) bool { return period.Holds(days[id]) })
	}), nil
}

// CheckMonth shows whether a month is ready to be closed (月底检查).
func (db *DB) CheckMonth(ctx context.Context, month record.Period) ([]record.Light, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	var out []record.Light
	err = db.moment(ctx, s, func(w view) (err error) {
		out, err = w.checkMonth(month, db.Today())
		return err
	})
	return out, err
}

func (w view) checkMonth(month record.Period, today record.Day) ([]record.Light, error) {
	facts, err := w.factsNow(month)
	if err != nil {
		return nil, err
	}
	faults, err := w.faults(month)
	if err != nil {
		return nil, err
	}
	waiting, err := w.unsettled(month, facts)
	if err != nil {
		return nil, err
	}
	missing, err := w.missingEvidence(month)
	if err != nil {
		return nil, err
	}
	return record.CheckMonth(record.MonthState{
		Month: month, Today: today, Facts: facts, Faults: faults, Waiting: waiting, Missing: missing,
	}), nil
}

// missingEvidence tells what an activity of the month lacks: fields, and files
// that an inspection asks for.
func (w view) missingEvidence(month record.Period) (func(record.Activity) []string, error) {
	list, err := evidence(w, "WHERE withdrawn = 0 AND activity IN (SELECT id FROM activities WHERE start >= ? AND start < ?)",
		month.From, month.To+"U")
	return func(a record.Activity) []string {
		out := record.MissingEvidence(a)
		if record.Counting(a.Kind) {
			out = append(out, a.Complete(list).Missing()...)
		}
		return out
	}, err
}

// unsettled are the hours of a month that wait for review, which stop its close,
// and the corrections that nobody has decided.
func (w view) unsettled(month record.Period, facts record.Facts) ([]record.LightItem, error) {
	var out []record.LightItem
	days := map[record.ActivityID]record.Day{}
	for _, a := range facts.Activities {
		days[a.ID] = a.Start.Day()
	}
	for _, r := range facts.Reviews {
		if r.Waits() {
			out = append(out, record.LightItem{Activity: r.Activity, Volunteer: r.Volunteer, Day: days[r.Activity], Code: r.Grounds[0].Code, Red: true})
		}
	}
	asked, err := corrections().list(w, `WHERE withdrawn = 0 AND state IN ('asked', 'checked')
		AND activity IN (SELECT id FROM activities WHERE start >= ? AND start < ?) ORDER BY rowid`, month.From, month.To+"U")
	for _, c := range asked {
		out = append(out, record.LightItem{Activity: c.Activity, Volunteer: c.Volunteer, Day: days[c.Activity], Code: record.CodeApprovalNeeded})
	}
	return out, err
}
