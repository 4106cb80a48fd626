package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

func TestImportTellsHowFarItIs(t *testing.T) {
	w := newWorld(t)
	const n = 700
	var planned, written []int
	drafts := crowdDrafts(n)
	told := func(into *[]int) store.ImportOptions {
		return store.ImportOptions{Progress: func(done, total int) {
			if total != n {
				t.Errorf("total %d", total)
			}
			*into = append(*into, done)
		}}
	}
	plan, err := w.db.PlanImportWith(t.Context(), drafts, told(&planned))
	if err != nil || plan.Count(record.VerdictNew) != n {
		t.Fatalf("%d new, %v", plan.Count(record.VerdictNew), err)
	}
	result, err := w.db.CommitImportWith(t.Context(), plan, told(&written))
	if err != nil || result.New != n || result.Batch == "" {
		t.Fatalf("%+v, %v", result, err)
	}
	for _, steps := range [][]int{planned, written} {
		if !slices.IsSorted(steps) || len(steps) < 5 || len(steps) > 110 || steps[len(steps)-1] != n {
			t.Errorf("told %v", steps)
		}
	}
	if head := w.head(); head.Seq != n+1 { // and the founding
		t.Errorf("the log ends at %d", head.Seq)
	}
	if _, err := w.db.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestImportWritesEverything compares what an import of new and known people
// leaves with what its plan says, also after the next morning.
func TestImportWritesEverything(t *testing.T) {
	w := newWorld(t)
	drafts := crowdDrafts(500)
	crowd(t, w, crowdPlan(200))
	plan, err := w.db.PlanImport(t.Context(), drafts)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Count(record.VerdictNew) != 300 || plan.Count(record.VerdictUpdate) != 200 {
		t.Fatalf("%d new, %d updates", plan.Count(record.VerdictNew), plan.Count(record.VerdictUpdate))
	}
	if got := plan.At(7); !slices.Equal(got.Fields, []string{"address"}) {
		t.Errorf("fields %v", got.Fields)
	}
	result, err := w.db.CommitImport(t.Context(), plan)
	if err != nil || result.New != 300 || result.Updated != 200 {
		t.Fatalf("%+v, %v", result, err)
	}
	for range 2 {
		all, err := w.db.AllVolunteers(t.Context())
		if err != nil || len(all) != 500 {
			t.Fatalf("%d people, %v", len(all), err)
		}
		numbers := map[string]bool{}
		for i, v := range all { // ids are in the order of writing
			if v.Name != drafts[i].Volunteer.Name || v.IDNumber != drafts[i].Volunteer.IDNumber || v.Address != drafts[i].Volunteer.Address {
				t.Fatalf("person %d is %s with %q", i, v.Name, v.Address)
			}
			numbers[v.Number] = true
			if p, has := w.db.Person(v.ID); !has || p.Name != v.Name || p.Number != v.Number || p.IDNumber != v.IDNumber || p.Birth != v.Birth {
				t.Fatalf("directory has %+v", p)
			}
		}
		if len(numbers) != 500 || !numbers["120103004-00001"] || !numbers["120103004-00500"] {
			t.Errorf("%d numbers", len(numbers))
		}
		w.reopen()
	}
	again, err := w.db.PlanImport(t.Context(), drafts)
	if err != nil || again.Count(record.VerdictSame) != 500 {
		t.Errorf("the same file again: %d same, %v", again.Count(record.VerdictSame), err)
	}
	if _, err := w.db.CommitImport(t.Context(), again); record.CodeOf(err) != record.CodeNothingToDo {
		t.Error(err)
	}
	if err := w.db.UndoImport(t.Context(), result.Batch); err != nil {
		t.Fatal(err)
	}
	left, err := w.db.AllVolunteers(t.Context())
	if err != nil || len(left) != 200 || left[0].Address != "" {
		t.Errorf("%d people are left, %v", len(left), err)
	}
	if list, err := w.db.List(t.Context(), store.PeopleFilter{}); err != nil || list.Len() != 200 {
		t.Errorf("the list has %d rows, %v", list.Len(), err)
	}
}

// A row that is refused takes the whole import with it and is named.
func TestImportNamesTheRow(t *testing.T) {
	for name, ruin := range map[string]func(*record.Plan){
		"of somebody known":   func(p *record.Plan) { spoilRow(p, 130, numbered(number(1))) },
		"of a row before":     func(p *record.Plan) { spoilRow(p, 130, numbered(crowdNumber(3))) },
		"of the row before":   func(p *record.Plan) { spoilRow(p, 130, numbered(crowdNumber(129))) },
		"which is none":       func(p *record.Plan) { spoilRow(p, 130, numbered("129999198507011230")) },
		"without a name":      func(p *record.Plan) { spoilRow(p, 130, nameless) },
		"and rows after that": func(p *record.Plan) { spoilRow(p, 130, numbered(number(1))); spoilRow(p, 150, nameless) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.register(someone(1))
			before, plan := w.head(), crowdPlan(300)
			ruin(&plan)
			result, err := w.db.CommitImport(t.Context(), plan)
			if err == nil || !strings.Contains(err.Error(), "row 132:") || result != (store.ImportResult{}) {
				t.Errorf("%+v, %v", result, err)
			}
			if strings.HasPrefix(name, "of") && record.CodeOf(err) != record.CodeIDTaken {
				t.Errorf("code %s", record.CodeOf(err))
			}
			if after := w.head(); !after.Equal(before) {
				t.Error("the log grew")
			}
			if list, err := w.db.List(t.Context(), store.PeopleFilter{}); err != nil || list.Len() != 1 {
				t.Errorf("%d people, %v", list.Len(), err)
			}
			w.register(someone(2)) // the file still takes people
		})
	}
}

// spoilRow changes what a row of a plan says, behind the planner's back.
func spoilRow(p *record.Plan, i int, change func(*record.Volunteer)) {
	d := record.Decision{Draft: p.Draft(i), Verdict: p.Verdict(i)}
	change(&d.Draft.Volunteer)
	p.Put(i, &d)
}

func numbered(number record.IDNumber) func(*record.Volunteer) {
	return func(v *record.Volunteer) { v.IDNumber = number }
}

func nameless(v *record.Volunteer) { v.Name = "" }

// TestImportStopsAtOnce cancels where each part of an import begins or is under
// way: nothing is written and nobody waits. The goal is a second, the rest is
// slack for a busy machine.
func TestImportStopsAtOnce(t *testing.T) {
	const n = 20_000
	w := newWorld(t)
	before, drafts := w.head(), crowdDrafts(n)
	indexes, err := store.IndexesForTest(w.db)
	if err != nil {
		t.Fatal(err)
	}
	plan := crowdPlan(n)
	committing := func(at int) func(context.Context, func()) error {
		return func(ctx context.Context, stop func()) error {
			_, err := w.db.CommitImportWith(ctx, plan, store.ImportOptions{Progress: func(done, _ int) {
				if done >= at {
					stop()
				}
			}})
			return err
		}
	}
	for name, work := range map[string]func(context.Context, func()) error{
		"deciding rows": func(ctx context.Context, stop func()) error {
			p, err := w.db.NewPlanner(ctx, store.ImportOptions{})
			for i := 0; i < n && err == nil; i++ {
				if i == n/2 {
					stop()
				}
				err = p.Add(drafts[i])
			}
			return err
		},
		"deciding what is left": func(ctx context.Context, stop func()) error {
			p, err := w.db.NewPlanner(ctx, store.ImportOptions{})
			for i := 0; i < n && err == nil; i++ {
				err = p.Add(drafts[i])
			}
			if err != nil {
				return err
			}
			stop()
			_, err = p.Plan()
			return err
		},
		"writing":             committing(2_000),
		"making late indexes": committing(n),
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			var stopped time.Time
			err := work(ctx, func() {
				if stopped.IsZero() {
					stopped = time.Now()
					cancel()
				}
			})
			took := time.Since(stopped)
			t.Logf("stopped after %v", took)
			if record.CodeOf(err) != record.CodeCancelled || stopped.IsZero() || took > 3*time.Second {
				t.Errorf("%v after %v", err, took)
			}
			cancel()
			if after := w.head(); !after.Equal(before) {
				t.Error("the log grew")
			}
			if list, err := w.db.List(t.Context(), store.PeopleFilter{}); err != nil || list.Len() != 0 {
				t.Errorf("%d people stayed, %v", list.Len(), err)
			}
			if after, err := store.IndexesForTest(w.db); err != nil || after != indexes {
				t.Errorf("the indexes are %s, %v", after, err)
			}
		})
	}
	crowd(t, w, crowdPlan(10)) // the file still takes people
}

// The first roster of a station leaves indexes out until its end; a number that
// is there twice is found all the same, and the indexes come back.
func TestFirstRosterMakesIndexesLate(t *testing.T) {
	w := newWorld(t)
	known := w.register(oneOfCrowd(4_321))
	before, err := store.IndexesForTest(w.db)
	if err != nil || !strings.Contains(before, "volunteers_blind") {
		t.Fatal(before, err)
	}
	whole := func(when string) {
		t.Helper()
		if after, err := store.IndexesForTest(w.db); err != nil || after != before {
			t.Errorf("%s the indexes are %s, %v", when, after, err)
		}
	}
	plan := crowdPlan(6_000)
	if _, err := w.db.CommitImport(t.Context(), plan); record.CodeOf(err) != record.CodeIDTaken || !strings.Contains(err.Error(), "row 4323:") {
		t.Errorf("somebody known: %v", err)
	}
	whole("after a refusal")
	spoilRow(&plan, 4_321, numbered(crowdNumber(2_000)))
	if _, err := w.db.CommitImport(t.Context(), plan); record.CodeOf(err) != record.CodeIDTaken || !strings.Contains(err.Error(), "row 4323:") {
		t.Errorf("twice in the file: %v", err)
	}
	plan.Put(4_321, &record.Decision{Draft: plan.Draft(4_321), Verdict: record.VerdictSame, Match: known})
	if result, err := w.db.CommitImport(t.Context(), plan); err != nil || result.New != 5_999 {
		t.Fatalf("%+v, %v", result, err)
	}
	whole("after an import")
	for _, i := range []int{0, 4_321, 5_999} {
		if _, _, err := w.db.RegisterVolunteer(t.Context(), oneOfCrowd(i)); record.CodeOf(err) != record.CodeIDTaken {
			t.Errorf("person %d again: %v", i, err)
		}
	}
	if _, err := w.db.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// Somebody who is meant by two rows is written once; somebody who is sealed is
// told; a viewer plans nothing, since a plan shows whom it found.
func TestPlanSortsOutRows(t *testing.T) {
	w := newWorld(t)
	first, hidden := w.register(someone(1)), w.register(someone(2))
	if err := w.db.SealVolunteer(t.Context(), hidden, "本人要求"); err != nil {
		t.Fatal(err)
	}
	twice, sealed := someone(1), someone(2)
	twice.IDNumber, twice.Address = "", "东风里1号"
	plan, err := w.db.PlanImport(t.Context(), []record.Draft{
		{Row: 2, Volunteer: twice}, {Row: 3, Volunteer: twice}, {Row: 4, Volunteer: sealed}, {Row: 5, Volunteer: someone(3)},
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []record.Verdict{record.VerdictUpdate, record.VerdictSame, record.VerdictError, record.VerdictNew} {
		if got := plan.At(i); got.Verdict != want || (i < 2 && got.Match != first) {
			t.Errorf("row %d: %s, %+v", got.Draft.Row, got.Verdict, got.Draft.Problems)
		}
	}
	if found := plan.At(2).Draft.Problems.Errors(); len(found) != 1 || found[0].Code != record.CodeIDTaken {
		t.Errorf("sealed: %+v", found)
	}
	if _, err := w.db.CommitImport(t.Context(), plan); err != nil {
		t.Error(err)
	}
}

// TestDirectoryFollowsTheFile does what clerks do and compares the directory
// with the records, also after it was loaded anew.
func TestDirectoryFollowsTheFile(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w, r := newWorld(t), rand.New(rand.NewPCG(seed, 7))
			clerk := &busyClerk{w: w, r: r}
			for step := range 80 {
				clerk.work()
				if step%8 == 7 {
					w.reopen()
				}
				if step%3 == 0 {
					compareWithFile(t, w)
				}
			}
			if len(clerk.ids) < 5 || clerk.changed < 5 || clerk.undone < 3 {
				t.Errorf("the clerk did little: %d registered, %d changed, %d undone", len(clerk.ids), clerk.changed, clerk.undone)
			}
		})
	}
}

type busyClerk struct {
	w                     *world
	r                     *rand.Rand
	ids                   []record.VolunteerID
	next, changed, undone int
}

func (c *busyClerk) work() {
	ctx := c.w.t.Context()
	switch kind := c.r.IntN(8); {
	case kind < 2 || len(c.ids) == 0:
		c.next++
		c.ids = append(c.ids, c.w.register(someone(c.next)))
	case kind == 2:
		plan := record.Plan{Today: crowdDay}
		for range 1 + c.r.IntN(100) {
			c.next++
			plan.Add(&record.Decision{Draft: record.Draft{Volunteer: someone(c.next)}, Verdict: record.VerdictNew})
		}
		crowd(c.w.t, c.w, plan)
	case kind < 5:
		c.change(func(v *record.Volunteer) {
			v.Name = []string{"单小芳", "尉迟长乐", "一丁", "卓玛·央金"}[c.r.IntN(4)]
			v.Phones, v.VillageName = append(v.Phones, "13811112222"), "东风里"
		})
	case kind == 5:
		c.change(func(v *record.Volunteer) { v.Status = record.StatusLeft })
	case kind == 6:
		_ = c.w.db.SealVolunteer(ctx, c.ids[c.r.IntN(len(c.ids))], "本人要求")
	default:
		if last, err := c.w.db.LastUndoable(ctx); err == nil && c.w.db.UndoBatch(ctx, last.Batch) == nil {
			c.undone++
		}
	}
}

// change changes somebody; who was withdrawn since is refused.
func (c *busyClerk) change(f func(*record.Volunteer)) {
	v, err := c.w.db.Volunteer(c.w.t.Context(), c.ids[c.r.IntN(len(c.ids))])
	if err != nil {
		c.w.t.Fatal(err)
	}
	f(&v)
	if _, err := c.w.db.UpdateVolunteer(c.w.t.Context(), v); err == nil {
		c.changed++
	}
}

func compareWithFile(t *testing.T, w *world) {
	t.Helper()
	all, err := w.db.AllVolunteers(w.t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	villages := map[string]int{}
	for _, v := range all {
		want = append(want, fmt.Sprint(v.ID, v.Number, v.Name, v.IDNumber, v.Phones, v.Birth, v.VillageName, v.Status, v.Joined, v.Serving))
		villages[v.VillageName]++
	}
	people, err := w.db.People(w.t.Context(), store.PeopleFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		got = append(got, fmt.Sprint(p.ID, p.Number, p.Name, p.IDNumber, p.Phones, p.Birth, p.Village, p.Status, p.Joined, p.Serving))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Fatalf("the directory has\n%v, the file\n%v", got, want)
	}
	if have := w.db.Villages(); fmt.Sprint(have) != fmt.Sprint(villages) {
		t.Fatalf("villages %v, want %v", have, villages)
	}
}

func TestListShowsRowsAsTheyAre(t *testing.T) {
	w := newWorld(t)
	crowd(t, w, crowdPlan(300))
	list, err := w.db.List(t.Context(), store.PeopleFilter{Text: "w", Limit: 50})
	if err != nil || list.Len() != 50 {
		t.Fatalf("%d rows, %v", list.Len(), err)
	}
	p := list.At(7)
	if list.Row(p.ID) != 7 || len(list.All(7, 9)) != 2 || list.All(7, 9)[0].ID != p.ID || len(list.All(40, 99)) != 10 || list.At(50).ID != "" {
		t.Error("rows do not agree")
	}
	v, err := w.db.Volunteer(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	v.Name = "卓玛"
	if _, err := w.db.UpdateVolunteer(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	if got := list.At(7); got.ID != p.ID || got.Name != "卓玛" {
		t.Errorf("row 7 is %s", got.Name)
	}
	w.db.Lock()
	if got := list.At(7); got.ID != "" || list.All(0, 50) != nil || list.Row(p.ID) != -1 || w.db.Villages() != nil {
		t.Errorf("a locked file shows %+v", got)
	}
}

// TestSearchIsQuick holds the costs with much slack: a search that reads every
// row by pointers or sorts all hits does not pass.
func TestSearchIsQuick(t *testing.T) {
	d := store.NewDirectoryForTest(100_000)
	for i := range 100_000 {
		v := oneOfCrowd(i)
		v.ID, v.Number = record.VolunteerID(fmt.Sprintf("01a2b3c4-d5e6-7f00-8000-%012d", i)), fmt.Sprintf("120103004-%05d", i)
		d.Put(v)
	}
	d.Settle()
	if beside := d.Overhead() / 100_000; beside > 250 {
		t.Errorf("%d bytes a person beside the texts", beside)
	}
	for _, typed := range searches {
		if len(d.Search(typed, 20)) == 0 {
			t.Errorf("%s finds nobody", typed)
		}
		late := time.NewTimer(400 * time.Millisecond)
		for range 20 {
			d.Search(typed, 20)
		}
		if !late.Stop() {
			t.Errorf("%s takes more than 20 ms", typed)
		}
	}
}
