package store

import (
	"context"
	"slices"

	"rongyuan/store/record"
)

// Behind are the rows behind a figure of a period, see [record.Behind], by the
// same records from which [DB.Report] counts it.
func (db *DB) Behind(ctx context.Context, period record.Period, code string) ([]record.Backing, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	var out []record.Backing
	err = db.moment(ctx, s, func(w view) error {
		facts, err := w.facts(period)
		out = record.Behind(period, facts, code)
		return err
	})
	return out, err
}

// Explained is why the figures of a month differ from others: only figures that
// differ are there.
type Explained struct {
	Month record.Period
	// Against is the period that the month is compared with; the month itself
	// where it is compared with its printed Edition.
	Against record.Period
	Edition int
	// Changed are the figures that differ, in the order of the report.
	Changed []record.Explanation
}

// Explain says why the figures of a month differ from the month before, or, with
// an edition above 0, from what was printed in that edition. The code is
// not_found for an edition that there is not.
func (db *DB) Explain(ctx context.Context, month record.Period, edition int) (Explained, error) {
	out := Explained{Month: month, Against: month.Previous(), Edition: edition}
	s, err := db.may(record.RightRead)
	if err != nil {
		return out, err
	}
	err = db.moment(ctx, s, func(w view) error {
		before, after, err := w.snapshots(month, edition)
		if err != nil {
			return err
		}
		out.Against = before.Period
		for _, code := range record.FigureCodes() {
			if e := record.Explain(code, before, after); len(e.Causes) > 0 {
				out.Changed = append(out.Changed, e)
			}
		}
		return nil
	})
	return out, err
}

func (w view) snapshots(month record.Period, edition int) (before, after record.Snapshot, err error) {
	before.Period, after.Period = month, month
	if edition == 0 {
		before.Period = month.Previous()
		if before.Facts, err = w.facts(before.Period); err == nil {
			after.Facts, err = w.facts(month)
		}
		return before, after, err
	}
	all, err := w.editions(record.ClosingOf(month.From))
	if err != nil {
		return before, after, err
	}
	if edition < 1 || edition > len(all) {
		return before, after, record.FailField("edition", record.CodeNotFound)
	}
	now, err := w.factsNow(month)
	if err != nil {
		return before, after, err
	}
	ops, err := w.operationsSince(all[edition-1].Seq, append(slices.Clone(standingKinds), record.EntityActivity, record.EntityEntry))
	if err != nil {
		return before, after, err
	}
	if now, err = w.withTouched(now, ops); err != nil {
		return before, after, err
	}
	if before.Facts, err = takenBack(now, ops); err != nil {
		return before, after, err
	}
	// What stands after a second close is taken back to that close.
	seq, err := w.closedAt(record.ClosingOf(month.From))
	if err == nil && seq > 0 {
		ops = slices.DeleteFunc(ops, func(o record.Operation) bool {
			return o.Seq <= seq || !slices.Contains(standingKinds, o.Entity)
		})
		now, err = takenBack(now, ops)
	}
	after.Facts = now
	return before, after, err
}

// takenBack are facts as they were before operations, the newest first.
func takenBack(f record.Facts, ops []record.Operation) (record.Facts, error) {
	back := newRewinder(f)
	for i := range ops {
		if err := back.take(&ops[i]); err != nil {
			return f, err
		}
	}
	return back.facts(), nil
}
