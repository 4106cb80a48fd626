package store

import (
	"strings"

	"rongyuan/store/record"
)

// The nouns that stand behind service time.

func reviews() noun[record.Review] {
	return noun[record.Review]{
		kind: record.EntityReview, table: "reviews", made: record.OpReviewAsked, changed: record.OpReviewDecided,
		columns: []string{"entry", "activity", "volunteer", "grounds", "state", "withdrawn"},
		values: func(r record.Review) []any {
			return []any{string(r.Entry), string(r.Activity), string(r.Volunteer), groundCodes(r.Grounds), string(r.State), r.Withdrawn}
		},
		check:    func(r record.Review, _ record.Day) record.Problems { return r.Check() },
		tag:      func(r *record.Review, id string, v int64) { r.ID, r.Version = record.ReviewID(id), v },
		tagOf:    func(r record.Review) (string, int64) { return string(r.ID), r.Version },
		withdraw: func(r *record.Review) { r.Withdrawn = true },
	}
}

// groundCodes are the codes of the grounds with a comma on both sides of each.
func groundCodes(grounds []record.Ground) string {
	var b strings.Builder
	for _, g := range grounds {
		b.WriteString("," + string(g.Code))
	}
	return b.String() + ","
}

func corrections() noun[record.Correction] {
	return noun[record.Correction]{
		kind: record.EntityCorrection, table: "corrections", made: record.OpCorrectionAsked, changed: record.OpCorrectionUpdated,
		columns: []string{"entry", "activity", "volunteer", "state", "withdrawn"},
		values: func(c record.Correction) []any {
			return []any{string(c.Entry), string(c.Activity), string(c.Volunteer), string(c.State), c.Withdrawn}
		},
		check:    func(c record.Correction, _ record.Day) record.Problems { return c.Check() },
		tag:      func(c *record.Correction, id string, v int64) { c.ID, c.Version = record.CorrectionID(id), v },
		tagOf:    func(c record.Correction) (string, int64) { return string(c.ID), c.Version },
		withdraw: func(c *record.Correction) { c.Withdrawn = true },
	}
}

func objections() noun[record.Objection] {
	return noun[record.Objection]{
		kind: record.EntityObjection, table: "objections", made: record.OpObjectionRaised, changed: record.OpObjectionUpdated,
		columns: []string{"volunteer", "due", "answered", "withdrawn"},
		values: func(o record.Objection) []any {
			return []any{string(o.Volunteer), string(o.Due), string(o.Answered), o.Withdrawn}
		},
		check:    func(o record.Objection, today record.Day) record.Problems { return o.Check(today) },
		tag:      func(o *record.Objection, id string, v int64) { o.ID, o.Version = record.ObjectionID(id), v },
		tagOf:    func(o record.Objection) (string, int64) { return string(o.ID), o.Version },
		withdraw: func(o *record.Objection) { o.Withdrawn = true },
	}
}

func outside() noun[record.Outside] {
	return noun[record.Outside]{
		kind: record.EntityOutside, table: "outside_hours", made: record.OpOutsideNoted, changed: record.OpOutsideUpdated,
		columns: []string{"volunteer", "day", "minutes", "withdrawn"},
		values: func(o record.Outside) []any {
			return []any{string(o.Volunteer), string(o.Day), int64(o.Minutes), o.Withdrawn}
		},
		check:    func(o record.Outside, today record.Day) record.Problems { return o.Check(today) },
		tag:      func(o *record.Outside, id string, v int64) { o.ID, o.Version = record.OutsideID(id), v },
		tagOf:    func(o record.Outside) (string, int64) { return string(o.ID), o.Version },
		withdraw: func(o *record.Outside) { o.Withdrawn = true },
	}
}

// matchHours compares the tables of this file with the log.
func (w view) matchHours(r replay) error {
	for _, match := range []func(view, replay) error{reviews().match, corrections().match, objections().match, outside().match} {
		if err := match(w, r); err != nil {
			return err
		}
	}
	return nil
}
