package store_test

import (
	"slices"
	"testing"

	"rongyuan/store/record"
)

// TestMatching is the table of whom a row means.
func TestMatching(t *testing.T) {
	agreed := record.Agreement{Date: "2026-01-05", Version: record.AgreementVersion, Way: "paper"}
	person := func(name string, id record.IDNumber, phone string) record.Volunteer {
		v := record.Volunteer{Name: name, IDNumber: id, Serving: true, Agreement: agreed}
		if phone != "" {
			v.Phones = []string{phone}
		}
		return v
	}
	with := func(v record.Volunteer, f func(*record.Volunteer)) record.Volunteer { f(&v); return v }
	born := func(v record.Volunteer, birth record.Date) record.Volunteer { v.Birth = birth; return v }
	here := func(v record.Volunteer, village string) record.Volunteer { v.VillageName = village; return v }
	// Known: 0 with number and phone, 1 and 2 of one name without a number, 3 of
	// a name alone, 4 and 5 of one name and one birth date.
	known := []record.Volunteer{
		person("王建国", number(1), "13800000001"),
		here(born(person("李卫东", "", "13800000002"), "1950-03-04"), "东风里"),
		here(born(person("李卫东", "", "13800000003"), "1961-07-08"), "鹤望里"),
		person("单小芳", "", ""),
		born(person("刘学军", "", "13800000004"), "1955-05-05"),
		born(person("刘学军", "", "13800000005"), "1955-05-05"),
	}
	const nobody = -1
	for name, c := range map[string]struct {
		row        record.Volunteer
		prefix     string
		want       record.Verdict
		who        int
		candidates []int
	}{
		"the number, another name":           {row: person("王健国", number(1), ""), want: record.VerdictConflict, who: 0},
		"the number alone says nothing new":  {row: person("王建国", number(1), ""), want: record.VerdictSame, who: 0},
		"name and phone":                     {row: with(person("王建国", "", "13800000001"), func(v *record.Volunteer) { v.Address = "1号" }), want: record.VerdictUpdate, who: 0},
		"name and phone, another number":     {row: person("王建国", number(9), "13800000001"), want: record.VerdictConflict, who: 0},
		"another name and the phone":         {row: person("王建军", "", "13800000001"), want: record.VerdictNew, who: nobody},
		"name and birth":                     {row: born(person("李卫东", "", "13900000000"), "1950-03-04"), want: record.VerdictUpdate, who: 1},
		"birth of one, phone of the other":   {row: born(person("李卫东", "", "13800000003"), "1950-03-04"), want: record.VerdictConflict, who: nobody, candidates: []int{1, 2}},
		"name alone, one has it":             {row: with(person("单小芳", "", ""), func(v *record.Volunteer) { v.Address = "1号" }), want: record.VerdictConflict, who: nobody, candidates: []int{3}},
		"name alone of somebody numbered":    {row: person("王建国", "", ""), want: record.VerdictConflict, who: nobody, candidates: []int{0}},
		"name alone, two have it":            {row: person("李卫东", "", ""), want: record.VerdictConflict, who: nobody, candidates: []int{1, 2}},
		"nothing new about a bare name":      {row: person("单小芳", "", ""), want: record.VerdictSame, who: 3},
		"two of one name and birth":          {row: with(born(person("刘学军", "", ""), "1955-05-05"), func(v *record.Volunteer) { v.Note = "新" }), want: record.VerdictConflict, who: nobody, candidates: []int{4, 5}},
		"two of one name and birth, a phone": {row: with(born(person("刘学军", "", "13800000005"), "1955-05-05"), func(v *record.Volunteer) { v.Note = "新" }), want: record.VerdictUpdate, who: 5},
		"name and year of birth":             {row: born(person("李卫东", "", "13900000001"), "1961"), want: record.VerdictConflict, who: nobody, candidates: []int{2}},
		"name and community":                 {row: here(person("李卫东", "", "13900000001"), "东风里"), want: record.VerdictConflict, who: nobody, candidates: []int{1}},
		"name and community, born otherwise": {row: here(born(person("李卫东", "", "13900000001"), "1970-01-01"), "东风里"), want: record.VerdictNew, who: nobody},
		"namesake with another number":       {row: person("王建国", number(9), "13900000001"), want: record.VerdictNew, who: nobody},
		"a cut number and the name":          {row: with(person("王建国", "", ""), func(v *record.Volunteer) { v.Address = "1号" }), prefix: string(number(1))[:15], want: record.VerdictUpdate, who: 0},
		"a cut number, nothing new":          {row: person("王建国", "", ""), prefix: string(number(1))[:15], want: record.VerdictSame, who: 0},
		"a cut number, another name":         {row: person("王健国", "", ""), prefix: string(number(1))[:15], want: record.VerdictError, who: nobody},
		"a cut number of nobody":             {row: person("王建国", "", "13800000001"), prefix: string(number(7))[:15], want: record.VerdictError, who: nobody},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			var ids []record.VolunteerID
			for _, v := range known {
				ids = append(ids, w.register(v))
			}
			draft := record.Draft{Row: 2, Volunteer: c.row, IDPrefix: c.prefix}
			if c.prefix != "" {
				draft.Problems.Add(record.LevelError, "id_number", record.CodeIDDigitsLost)
			}
			plan, err := w.db.PlanImport(t.Context(), []record.Draft{draft})
			if err != nil {
				t.Fatal(err)
			}
			d, who := plan.At(0), record.VolunteerID("")
			if c.who != nobody {
				who = ids[c.who]
			}
			var got []int
			for _, one := range d.Candidates {
				got = append(got, slices.Index(ids, one.ID))
				if one.Person.Name != c.row.Name || one.Person.ID != one.ID {
					t.Errorf("candidate %+v", one.Person.Name)
				}
			}
			slices.Sort(got)
			if d.Verdict != c.want || d.Match != who || !slices.Equal(got, c.candidates) {
				t.Errorf("%s of %v with candidates %v, want %s of %d with %v", d.Verdict, slices.Index(ids, d.Match), got, c.want, c.who, c.candidates)
			}
			if c.prefix != "" && d.Match != "" && d.After.IDNumber != "" && d.After.IDNumber != number(1) {
				t.Error("a number was written")
			}
		})
	}
}

// TestMatchingWithinTheFile: the same person in two rows is one person, with
// what both rows say.
func TestMatchingWithinTheFile(t *testing.T) {
	full, phone := someone(2), someone(2)
	phone.IDNumber, phone.Address = "", "东风里1号"
	bare := record.Volunteer{Name: full.Name, Serving: true, Agreement: full.Agreement}
	other, name := someone(2), someone(2)
	other.IDNumber, other.Phones = number(77), []string{"13900000077"}
	name.Name = "同号异名"
	for title, c := range map[string]struct {
		rows []record.Volunteer
		want []record.Verdict
	}{
		"a number twice":            {[]record.Volunteer{full, full}, []record.Verdict{"new", "same"}},
		"a phone, one number":       {[]record.Volunteer{full, phone}, []record.Verdict{"new", "same"}},
		"a phone, the number later": {[]record.Volunteer{phone, full}, []record.Verdict{"new", "same"}},
		"two numbers":               {[]record.Volunteer{full, other}, []record.Verdict{"new", "new"}},
		"a bare name beside":        {[]record.Volunteer{full, bare}, []record.Verdict{"new", "conflict"}},
		"a bare name before":        {[]record.Volunteer{bare, full}, []record.Verdict{"conflict", "new"}},
		"two bare names":            {[]record.Volunteer{bare, bare}, []record.Verdict{"new", "conflict"}},
		"two names on a number":     {[]record.Volunteer{full, name, full}, []record.Verdict{"conflict", "conflict", "same"}},
	} {
		t.Run(title, func(t *testing.T) {
			w := newWorld(t)
			plan := planOf(t, w, c.rows...)
			for i, want := range c.want {
				if got := plan.At(i).Verdict; got != want {
					t.Errorf("row %d: %s, want %s", i, got, want)
				}
			}
			if _, err := w.db.CommitImport(t.Context(), plan); err != nil && record.CodeOf(err) != record.CodeNothingToDo {
				t.Fatal(err)
			}
			all, err := w.db.AllVolunteers(t.Context())
			if err != nil || len(all) != plan.Count(record.VerdictNew) {
				t.Fatalf("%d people, %v", len(all), err)
			}
			if title == "a phone, the number later" && (all[0].IDNumber != full.IDNumber || all[0].Address != phone.Address) {
				t.Errorf("what both rows say: %+v", all[0])
			}
			again := planOf(t, w, c.rows...)
			if n := again.Count(record.VerdictNew) + again.Count(record.VerdictUpdate); n > 0 {
				t.Errorf("the same file again changes %d", n)
			}
		})
	}
}

// A roster without a column of the status does not bring people back.
func TestRosterKeepsStatus(t *testing.T) {
	w := newWorld(t)
	v := someone(1)
	v.Status, v.StatusSince = record.StatusMoved, "2026-02-01"
	w.register(v)
	row := someone(1)
	row.Status, row.Address = record.StatusActive, "新址"
	for column, want := range map[string]record.Verdict{"": record.VerdictUpdate, "H": record.VerdictConflict} {
		plan, err := w.db.PlanImport(t.Context(), []record.Draft{{Row: 2, Volunteer: row, Columns: map[string]string{"name": "A", "status": column}}})
		if err != nil || plan.At(0).Verdict != want {
			t.Errorf("column %q: %s, %v, want %s", column, plan.At(0).Verdict, err, want)
		}
	}
}

// Two rows with different numbers that both mean somebody without a number are
// not both written.
func TestOnePersonIsWrittenOnce(t *testing.T) {
	w := newWorld(t)
	known := someone(1)
	known.IDNumber = ""
	w.register(known)
	a, b := known, known
	a.IDNumber, b.IDNumber = number(30), number(31)
	plan := planOf(t, w, a, b)
	if plan.At(0).Verdict != record.VerdictUpdate || plan.At(1).Verdict != record.VerdictConflict {
		t.Fatalf("%s, %s", plan.At(0).Verdict, plan.At(1).Verdict)
	}
	if !plan.Decide(1, record.Choice{Answer: record.AnswerTheirs}) || plan.At(0).Verdict != record.VerdictSkip {
		t.Fatalf("%s, %s", plan.At(0).Verdict, plan.At(1).Verdict)
	}
	if _, err := w.db.CommitImport(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	if p, err := w.db.AllVolunteers(t.Context()); err != nil || len(p) != 1 || p[0].IDNumber != number(31) {
		t.Errorf("%+v, %v", p, err)
	}
}

func planOf(t *testing.T, w *world, rows ...record.Volunteer) record.Plan {
	t.Helper()
	var drafts []record.Draft
	for i, v := range rows {
		drafts = append(drafts, record.Draft{Row: i + 2, Volunteer: v})
	}
	plan, err := w.db.PlanImport(t.Context(), drafts)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}
