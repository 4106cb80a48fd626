package store

import (
	"cmp"
	"context"

	"rongyuan/store/record"
)

// OutsideFilter chooses lines of the other ledger; the zero value is all.
type OutsideFilter struct {
	Volunteer record.VolunteerID
	Period    record.Period
}

// Outside are the lines of the other systems' ledger in order of day.
func (db *DB) Outside(ctx context.Context, f OutsideFilter) ([]record.Outside, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return outsideLines(view{ctx, db.reader, s}, f)
}

func outsideLines(w view, f OutsideFilter) ([]record.Outside, error) {
	from, to := cmp.Or(f.Period.From, "0000-01-01"), cmp.Or(f.Period.To, "9999-12-31")
	where, args := "WHERE withdrawn = 0 AND day >= ? AND day <= ?", []any{from, to}
	if f.Volunteer != "" {
		where, args = where+" AND volunteer = ?", append(args, f.Volunteer)
	}
	return outside().list(w, where+" ORDER BY day, id", args...)
}

// NoteOutside writes lines of another system's ledger, all or nothing. A line
// that is there already, in every word, is left out, so that the same export may
// be read twice. It gives how many were new. The codes are those of
// [record.Outside.Check] and not_found.
func (db *DB) NoteOutside(ctx context.Context, lines []record.Outside) (int, error) {
	fresh := 0
	err := db.write(ctx, func(t *tx) error {
		have := map[record.Outside]bool{}
		all, err := outsideLines(t.view(), OutsideFilter{})
		if err != nil {
			return err
		}
		for _, o := range all {
			have[bare(o)] = true
		}
		for _, o := range lines {
			if have[bare(o)] {
				continue
			}
			if _, known := t.db.Person(o.Volunteer); !known {
				return record.FailField("volunteer", record.CodeNotFound)
			}
			o.Noted, o.Withdrawn = t.today, false
			if _, err := outside().create(t, o); err != nil {
				return err
			}
			have[bare(o)] = true
			fresh++
		}
		if fresh == 0 && len(lines) > 0 {
			return record.Fail(record.CodeAlreadyImported)
		}
		return nil
	})
	return fresh, err
}

// bare is a line without what is the file's own.
func bare(o record.Outside) record.Outside {
	o.ID, o.Version, o.Noted = "", 0, ""
	return o
}

// RemoveOutside takes a line out of the other ledger: it was typed or imported by
// mistake. The codes are not_found and nothing_to_do.
func (db *DB) RemoveOutside(ctx context.Context, id record.OutsideID) error {
	return db.write(ctx, func(t *tx) error {
		o, err := outside().one(t.view(), string(id))
		if err != nil {
			return err
		}
		o.Withdrawn = true
		return outside().update(t, o)
	})
}

// Ledgers compares the station's ledger with the others': service time that
// counts and lies in the period, person by person. Learning stands in no other
// ledger and is left out. A person of whom the other ledger has nothing at all
// in the period is left out too unless named: nobody has looked there yet.
func (db *DB) Ledgers(ctx context.Context, f OutsideFilter) ([]record.Compared, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	w := view{ctx, db.reader, s}
	lines, err := outsideLines(w, f)
	if err != nil {
		return nil, err
	}
	known := map[record.VolunteerID]bool{}
	there := make([]record.LedgerLine, len(lines))
	for i, o := range lines {
		known[o.Volunteer] = true
		there[i] = record.LedgerLine{Volunteer: o.Volunteer, Day: o.Day, Title: o.Title, Minutes: o.Minutes, Outside: o.ID, Number: o.Number}
	}
	here, err := w.ownLedger(f, known)
	if err != nil {
		return nil, err
	}
	return record.Reconcile(here, there), nil
}

func (w view) ownLedger(f OutsideFilter, known map[record.VolunteerID]bool) ([]record.LedgerLine, error) {
	from, to := cmp.Or(f.Period.From, "0000-01-01"), cmp.Or(f.Period.To, "9999-12-31")
	held, err := activities(w, "WHERE withdrawn = 0 AND start >= ? AND start < ?", from, to+"U")
	if err != nil {
		return nil, err
	}
	byID := map[record.ActivityID]record.Activity{}
	for _, a := range held {
		if a.Held() && record.Counting(a.Kind) {
			byID[a.ID] = a
		}
	}
	list, err := entries(w, "")
	if err != nil {
		return nil, err
	}
	parts, err := w.counting(list)
	if err != nil {
		return nil, err
	}
	var out []record.LedgerLine
	for _, p := range parts {
		a, counts := byID[p.Activity]
		if !counts || f.Volunteer != "" && f.Volunteer != p.Volunteer || f.Volunteer == "" && !known[p.Volunteer] {
			continue
		}
		out = append(out, record.LedgerLine{Volunteer: p.Volunteer, Day: a.Start.Day(), Title: a.Title, Minutes: p.Minutes, Activity: a.ID})
	}
	return out, nil
}
