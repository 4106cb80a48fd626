package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

// TestDecisionsAreWhatIsWritten makes random decisions about a roster of new,
// changed and clashing people, commits them, and compares the file with an
// oracle that knows only the rules; the undo brings everything back.
func TestDecisionsAreWhatIsWritten(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w, r := newWorld(t), rand.New(rand.NewPCG(seed, 4))
			o := &decider{t: t, r: r, want: map[record.VolunteerID]string{}}
			for i := range 40 {
				w.register(withAddress(i, "旧址"))
			}
			before := everybody(t, w)
			plan := planOf(t, w, o.rows()...)
			o.decideAll(&plan, before)
			if n := plan.Count(record.VerdictConflict); n != o.open {
				t.Errorf("%d conflicts are open, want %d", n, o.open)
			}
			result, err := w.db.CommitImport(t.Context(), plan)
			if err != nil {
				t.Fatal(err)
			}
			o.compare(before, everybody(t, w), result)
			if err := w.db.UndoImport(t.Context(), result.Batch); err != nil {
				t.Fatal(err)
			}
			after := everybody(t, w)
			if len(after) != len(before) {
				t.Fatalf("%d people after the undo", len(after))
			}
			for id, v := range before {
				if told(after[id]) != told(v) {
					t.Errorf("the undo left %s for %s", told(after[id]), told(v))
				}
			}
			if _, err := w.db.Verify(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

func withAddress(i int, address string) record.Volunteer {
	v := someone(i)
	v.Address = address
	return v
}

func told(v record.Volunteer) string {
	return fmt.Sprint(v.Name, v.IDNumber, v.Phones, v.Address, v.Note)
}

func everybody(t *testing.T, w *world) map[record.VolunteerID]record.Volunteer {
	t.Helper()
	all, err := w.db.AllVolunteers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[record.VolunteerID]record.Volunteer{}
	for _, v := range all {
		out[v.ID] = v
	}
	return out
}

// decider decides at random and notes what must come of it.
type decider struct {
	t                    *testing.T
	r                    *rand.Rand
	open, fresh, updated int
	want                 map[record.VolunteerID]string
	born                 []string
}

// rows are the same person, another address, another name, a note added, and
// somebody new, of each some.
func (o *decider) rows() []record.Volunteer {
	var out []record.Volunteer
	for i := range 50 {
		v := withAddress(i, "旧址")
		switch o.r.IntN(4) {
		case 0:
			v.Address = "新址"
		case 1:
			v.Name, v.Address, v.Note = "改名甲", "新址", "备注"
		case 2:
			v.Note, v.Address = "备注", ""
		}
		out = append(out, v)
	}
	return out
}

func (o *decider) decideAll(plan *record.Plan, before map[record.VolunteerID]record.Volunteer) {
	for i := range plan.Len() {
		d := plan.At(i)
		answer := []record.Answer{"", record.AnswerKeep, record.AnswerTheirs, record.AnswerSkip, record.AnswerNew}[o.r.IntN(5)]
		fields := map[string]record.Answer{}
		if o.r.IntN(3) == 0 && answer != record.AnswerSkip && answer != record.AnswerNew {
			fields["name"] = []record.Answer{record.AnswerKeep, record.AnswerTheirs}[o.r.IntN(2)]
			fields["note"] = record.AnswerKeep
		}
		found := d.Found
		if !plan.Decide(i, record.Choice{Answer: answer, Fields: fields}) {
			// A row of nobody known needs no keep, a known number is nobody new.
			if found == record.VerdictNew && answer == record.AnswerSkip || found != record.VerdictNew && found != record.VerdictSame && answer != record.AnswerNew {
				o.t.Errorf("%s of a row that was %s is refused", answer, found)
			}
			answer, fields = "", nil
		}
		d = plan.At(i)
		o.expect(&d, answer, fields, before)
	}
}

func (o *decider) expect(d *record.Decision, answer record.Answer, fields map[string]record.Answer, before map[record.VolunteerID]record.Volunteer) {
	row := d.Draft.Volunteer
	old, known := before[d.Match]
	switch {
	case answer == record.AnswerSkip:
		return
	case !known:
		o.fresh++
		o.born = append(o.born, told(row))
		return
	}
	renamed := row.Name != old.Name
	name := fields["name"]
	if name == "" {
		name = answer
	}
	if renamed && name == "" {
		o.open++
		return
	}
	want := old
	if renamed && name == record.AnswerTheirs {
		want.Name = row.Name
	}
	if row.Address != "" && answer != record.AnswerKeep {
		want.Address = row.Address
	}
	if row.Note != "" && fields["note"] != record.AnswerKeep {
		want.Note = row.Note
	}
	if told(want) != told(old) {
		o.updated++
		o.want[old.ID] = told(want)
	}
}

func (o *decider) compare(before, after map[record.VolunteerID]record.Volunteer, result store.ImportResult) {
	if result.New != o.fresh || result.Updated != o.updated {
		o.t.Errorf("%d new, %d updated, want %d and %d", result.New, result.Updated, o.fresh, o.updated)
	}
	var born []string
	for id, v := range after {
		old, known := before[id]
		switch want, changed := o.want[id]; {
		case !known:
			born = append(born, told(v))
		case changed && told(v) != want:
			o.t.Errorf("%s, want %s", told(v), want)
		case !changed && told(v) != told(old):
			o.t.Errorf("%s, want it as before: %s", told(v), told(old))
		}
	}
	slices.Sort(born)
	slices.Sort(o.born)
	if !slices.Equal(born, o.born) {
		o.t.Errorf("new are %v, want %v", born, o.born)
	}
}

func TestDecideWhoIsMeant(t *testing.T) {
	w := newWorld(t)
	bare := someone(3)
	bare.IDNumber, bare.Phones = "", nil
	twin := bare
	bare.Address, twin.Address = "甲", "乙"
	first, second := w.register(bare), w.register(twin)
	row := bare
	row.Address = "丙"
	fresh := func() record.Plan { return planOf(t, w, row) }
	for name, c := range map[string]struct {
		choice record.Choice
		given  bool
		want   record.Verdict
		match  record.VolunteerID
	}{
		"keep without saying whose":   {record.Choice{Answer: record.AnswerKeep}, false, record.VerdictConflict, ""},
		"somebody who is not asked":   {record.Choice{Person: "x"}, false, record.VerdictConflict, ""},
		"the first":                   {record.Choice{Person: first}, true, record.VerdictUpdate, first},
		"the second, what we have":    {record.Choice{Person: second, Answer: record.AnswerKeep}, true, record.VerdictSame, second},
		"somebody new":                {record.Choice{Answer: record.AnswerNew}, true, record.VerdictNew, ""},
		"left out":                    {record.Choice{Answer: record.AnswerSkip}, true, record.VerdictSkip, ""},
		"nothing":                     {record.Choice{}, true, record.VerdictConflict, ""},
		"the second but not the note": {record.Choice{Person: second, Fields: map[string]record.Answer{"address": record.AnswerKeep}}, true, record.VerdictSame, second},
	} {
		plan := fresh()
		if len(plan.At(0).Candidates) != 2 {
			t.Fatalf("%+v", plan.At(0))
		}
		given := plan.Decide(0, c.choice)
		if d := plan.At(0); given != c.given || d.Verdict != c.want || d.Match != c.match {
			t.Errorf("%s: %v, %s of %q", name, given, d.Verdict, d.Match)
		}
		if !plan.Decide(0, record.Choice{}) || plan.At(0).Verdict != record.VerdictConflict || plan.At(0).Match != "" {
			t.Errorf("%s: the decision stays", name)
		}
	}
}

// TestDecideAllOfAKind answers all rows that disagree in the same field.
func TestDecideAllOfAKind(t *testing.T) {
	w := newWorld(t)
	var rows []record.Volunteer
	for i := range 9 {
		w.register(someone(i))
		v := someone(i)
		if i < 6 {
			v.Name = "改名甲"
		}
		if i > 3 {
			v.Birth = "1944-04-04"
		}
		rows = append(rows, v)
	}
	plan := planOf(t, w, rows...)
	if n := plan.Count(record.VerdictConflict); n != 9 {
		t.Fatalf("%d conflicts", n)
	}
	plan.Decide(1, record.Choice{Answer: record.AnswerSkip})
	if n := plan.DecideKind(0, record.AnswerTheirs); n != 3 || plan.Count(record.VerdictUpdate) != 3 {
		t.Errorf("%d names taken", n)
	}
	if n := plan.DecideKind(8, record.AnswerKeep); n != 3 || plan.Count(record.VerdictSame) != 3 {
		t.Errorf("%d births kept", n)
	}
	if plan.Count(record.VerdictConflict) != 2 || plan.At(1).Verdict != record.VerdictSkip {
		t.Error("rows of another kind were decided")
	}
}

// Of two names on one number the one that is chosen is taken, and the other one
// left out.
func TestDecideRivals(t *testing.T) {
	w := newWorld(t)
	a, b := someone(1), someone(1)
	b.Name = "同号异名"
	plan := planOf(t, w, a, b)
	for _, chosen := range []int{0, 1, 0} {
		if !plan.Decide(chosen, record.Choice{Answer: record.AnswerNew}) {
			t.Fatal("refused")
		}
		if plan.At(chosen).Verdict != record.VerdictNew || plan.At(1-chosen).Verdict != record.VerdictSkip {
			t.Errorf("%s, %s", plan.At(0).Verdict, plan.At(1).Verdict)
		}
	}
	if n := plan.DecideKind(1, record.AnswerNew); n != 0 {
		t.Error("both are new at once")
	}
	if result, err := w.db.CommitImport(t.Context(), plan); err != nil || result.New != 1 {
		t.Errorf("%+v, %v", result, err)
	}
}

// A choice that would write what no form accepts stays open and says why.
func TestDecideWhatCannotBe(t *testing.T) {
	w := newWorld(t)
	v := someone(1)
	v.Enlisted = "1999-12"
	w.register(v)
	row := v
	row.Birth = "2001-01-01"
	plan := planOf(t, w, row)
	if !plan.Decide(0, record.Choice{Answer: record.AnswerTheirs}) {
		t.Fatal("refused")
	}
	if d := plan.At(0); d.Verdict != record.VerdictConflict || len(d.Refused) == 0 || d.Refused[0].Code != record.CodeDateOrder {
		t.Errorf("%s, %+v", d.Verdict, d.Refused)
	}
}

// TestThreeRowsChanged imports the same people again with three of them
// changed: three differences, of the changed fields.
func TestThreeRowsChanged(t *testing.T) {
	w := newWorld(t)
	drafts := crowdDrafts(120)
	first, err := w.db.PlanImport(t.Context(), drafts)
	if err != nil {
		t.Fatal(err)
	}
	crowd(t, w, first)
	drafts[3].Volunteer.Address = "搬家了"
	drafts[50].Volunteer.Phones = []string{"13800009999"}
	drafts[119].Volunteer.Note = "立功"
	plan, err := w.db.PlanImport(t.Context(), drafts)
	if err != nil || plan.Count(record.VerdictUpdate) != 3 || plan.Count(record.VerdictSame) != 117 {
		t.Fatalf("%d updates, %v", plan.Count(record.VerdictUpdate), err)
	}
	for row, want := range map[int]string{3: "address", 50: "phones", 119: "note"} {
		if got := plan.At(row).Fields; !slices.Equal(got, []string{want}) {
			t.Errorf("row %d: %v", row, got)
		}
	}
	if got := plan.At(50).After.Phones; len(got) != 2 || got[0] != "13800009999" {
		t.Errorf("phones %v", got)
	}
}
