package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

// stranger writes past the guard of the tests, as somebody with a tool for
// SQLite would who knows which triggers to drop.
func stranger(t *testing.T, w *world, queries ...string) {
	t.Helper()
	for _, q := range queries {
		if err := store.ExecForTest(w.db, q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

// TestSealNamesWhatDiffers alters a closed month behind the program's back.
func TestSealNamesWhatDiffers(t *testing.T) {
	for name, one := range map[string]struct {
		queries []string
		kind    record.EntityKind
		how     string
	}{
		"minutes": {[]string{
			"DROP TRIGGER entries_fixed", "BEGIN; UPDATE entries SET minutes = 121 WHERE rowid = 1; UPDATE op_log SET salt = salt WHERE seq = 1; COMMIT",
		}, record.EntityEntry, record.RowChanged},
		"one byte": {[]string{
			"UPDATE activities SET sealed = CAST(substr(sealed, 1, length(sealed) - 1) || CASE WHEN substr(sealed, -1) = x'00' THEN x'01' ELSE x'00' END AS BLOB) WHERE rowid = 1",
		}, record.EntityActivity, record.RowUnreadable},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClosable(t)
			c.close()
			check, err := c.db.CheckSeal(t.Context(), c.month)
			if err != nil || !check.Holds || !check.LogHolds || len(check.Changes) != 0 {
				t.Fatalf("untouched: %+v, %v", check, err)
			}
			stranger(t, c.world, one.queries...)
			check, err = c.db.CheckSeal(t.Context(), c.month)
			if err != nil || check.Holds || !check.LogHolds {
				t.Fatalf("altered: %+v, %v", check, err)
			}
			if len(check.Changes) == 0 || check.Changes[len(check.Changes)-1].Kind != one.kind || check.Changes[len(check.Changes)-1].How != one.how {
				t.Errorf("changes %+v", check.Changes)
			}
			if _, err := c.db.Verify(t.Context()); err == nil {
				t.Error("verify says nothing")
			}
		})
	}
}

func TestSealOfAnOpenMonth(t *testing.T) {
	c := newClosable(t)
	if _, err := c.db.CheckSeal(t.Context(), c.month); record.CodeOf(err) != record.CodeMonthOpen {
		t.Errorf("never closed: %v", err)
	}
	c.close()
	c.as(chief)
	if err := c.db.ReopenMonth(t.Context(), c.month, "漏了一人"); err != nil {
		t.Fatal(err)
	}
	c.as(testAdmin)
	if _, err := c.db.RecordService(t.Context(), c.activities[0], present(c.people[4])); err != nil {
		t.Fatal(err)
	}
	check, err := c.db.CheckSeal(t.Context(), c.month)
	if err != nil || check.Holds || !check.LogHolds || len(check.Changes) != 1 || check.Changes[0].How != record.RowAdded {
		t.Errorf("%+v, %v", check, err)
	}
}

// TestWhyDifferentFromThePrintedEdition lives through random corrections of a
// reopened month and of people: the causes of every difference to the printed
// figures add up to it, and the old figures are those that were printed.
func TestWhyDifferentFromThePrintedEdition(t *testing.T) {
	for seed := range uint64(4) {
		c := newClosable(t)
		ctx := t.Context()
		first := c.close()
		c.as(chief)
		if err := c.db.ReopenMonth(ctx, c.month, "多处更正"); err != nil {
			t.Fatal(err)
		}
		c.as(testAdmin)
		rng := rand.New(rand.NewPCG(seed, 5))
		for range 12 {
			c.change(rng)
		}
		c.explained(first.Figures, c.report().Figures)
		second := c.close()
		for range 6 {
			c.person(rng)
		}
		c.explained(first.Figures, second.Figures)
		if e, err := c.db.Explain(ctx, c.month, 2); err != nil || len(e.Changed) != 0 {
			t.Errorf("the edition in force differs from itself: %+v, %v", e, err)
		}
		if _, err := c.db.Explain(ctx, c.month, 3); record.CodeOf(err) != record.CodeNotFound {
			t.Errorf("no third edition: %v", err)
		}
		november, err := c.db.Report(ctx, record.Month(2026, 11))
		if err != nil {
			t.Fatal(err)
		}
		e, err := c.db.Explain(ctx, record.Month(2026, 11), 0)
		if err != nil {
			t.Fatal(err)
		}
		c.addUp(e, second.Figures, november.Figures)
	}
}

// explained checks the explanation of the month against its first edition.
func (c *closable) explained(before, after record.Figures) {
	c.t.Helper()
	e, err := c.db.Explain(c.t.Context(), c.month, 1)
	if err != nil {
		c.t.Fatal(err)
	}
	c.addUp(e, before, after)
}

func (c *closable) addUp(e store.Explained, before, after record.Figures) {
	c.t.Helper()
	changed := map[string]record.Explanation{}
	for _, one := range e.Changed {
		changed[one.Code] = one
	}
	for _, code := range record.FigureCodes() {
		one, has := changed[code]
		var sum int64
		for _, cause := range one.Causes {
			sum += cause.Amount()
		}
		if sum != after[code]-before[code] || has && (one.Before != before[code] || one.After != after[code]) {
			c.t.Errorf("%s: %d to %d, explained %+v", code, before[code], after[code], one)
		}
	}
}

// change does something to the month that moves figures; what is refused is
// refused.
func (c *closable) change(rng *rand.Rand) {
	c.t.Helper()
	ctx := c.t.Context()
	id := c.activities[rng.IntN(len(c.activities))]
	a, err := c.db.Activity(ctx, id)
	if err != nil {
		c.t.Fatal(err)
	}
	switch rng.IntN(7) {
	case 0:
		a.Line, a.Sub = fmt.Sprint(1+rng.IntN(7)), ""
	case 1:
		a.Served += 1 + rng.IntN(9)
	case 2:
		day := []string{"2026-10-06", "2026-10-20", "2026-11-01"}[rng.IntN(3)]
		a.Start, a.End = record.Moment(day+"T13:00"), record.Moment(day+"T15:00")
	case 3:
		parts, err := c.db.Participations(ctx, id)
		if err == nil && len(parts) > 0 {
			err = c.db.CorrectService(ctx, parts[rng.IntN(len(parts))].Entry, rng.IntN(2)*(30+rng.IntN(80)), "更正")
		}
		c.settled(err)
		return
	case 4:
		b := patrol("2026-10-22T09:00", "2026-10-22T10:00")
		id, _, err := c.db.LogActivity(ctx, b, present(c.people[rng.IntN(5)]))
		c.settled(err)
		c.activities = append(c.activities, id)
		return
	case 5:
		last, err := c.db.LastUndoable(ctx)
		if err == nil && last.WallMS >= c.now.UnixMilli() {
			err = c.db.UndoBatch(ctx, last.Batch)
		}
		c.settled(err)
		return
	default:
		c.person(rng)
		return
	}
	_, err = c.db.UpdateActivity(ctx, a)
	c.settled(err)
}

// person changes what standing figures rest on.
func (c *closable) person(rng *rand.Rand) {
	c.t.Helper()
	c.now = c.now.Add(time.Second)
	v, err := c.db.Volunteer(c.t.Context(), c.people[rng.IntN(5)])
	if err != nil {
		c.t.Fatal(err)
	}
	switch rng.IntN(3) {
	case 0:
		v.Politics = []string{"01", "13"}[rng.IntN(2)]
	case 1:
		v.Veteran = !v.Veteran
	default:
		v.Status, v.StatusSince = record.StatusPaused, record.Day(fmt.Sprintf("2026-10-%02d", 1+rng.IntN(28)))
	}
	_, err = c.db.UpdateVolunteer(c.t.Context(), v)
	c.settled(err)
}

// settled takes a refusal that has a code.
func (c *closable) settled(err error) {
	c.t.Helper()
	if err != nil && record.CodeOf(err) == record.CodeInternal {
		c.t.Error(err)
	}
}
