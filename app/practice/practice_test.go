package practice_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rongyuan/app/practice"
	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/seal"
)

var today = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)

func options(dir string) practice.Options {
	return practice.Options{
		Dir: dir, Clock: func() time.Time { return today }, Rand: rand.NewChaCha8([32]byte{7}),
		Passwords: seal.Params{Memory: 64, Time: 1, Threads: 1},
	}
}

func open(t *testing.T, o practice.Options, l practice.Login) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{Dir: o.Dir, Clock: o.Clock, Rand: o.Rand, Passwords: o.Passwords})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Unlock(t.Context(), l.Account, l.Password); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestStation(t *testing.T) {
	o := options(filepath.Join(t.TempDir(), "practice"))
	login, err := practice.Build(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := practice.ReadLogin(o.Dir); err != nil || again != login || !practice.Is(o.Dir) {
		t.Errorf("read %+v, built %+v (%v)", again, login, err)
	}
	if _, err := os.Stat(o.Dir + ".part"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the part folder stayed: %v", err)
	}
	db := open(t, o, login)
	checkPeople(t, db)
	checkActivities(t, db)
	for month, least := range map[int]int64{9: 10, 10: 10, 11: 8} {
		r, err := db.Report(t.Context(), record.Month(2026, month))
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Figures[record.FigureActivities]; got < least {
			t.Errorf("month %d has %d activities", month, got)
		}
		if month != 11 {
			for _, line := range r.Lines {
				if line.Activities == 0 {
					t.Errorf("month %d has nothing in line %s", month, line.Name)
				}
			}
		}
	}
	if v, err := db.Verify(t.Context()); err != nil || v.People != 60 {
		t.Errorf("verify: %+v, %v", v, err)
	}
}

func checkPeople(t *testing.T, db *store.DB) {
	t.Helper()
	people, err := db.AllVolunteers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(people) != 60 {
		t.Fatalf("%d people", len(people))
	}
	names, veterans := map[string]bool{}, 0
	for _, v := range people {
		if !strings.HasPrefix(string(v.IDNumber), "129999") || len(v.Phones) != 1 || !strings.HasPrefix(v.Phones[0], "1990000") {
			t.Error("a number that may be somebody's")
		}
		if found := v.Check(record.DayOf(today)); len(found) != len(onlyAreaOdd(found)) {
			t.Errorf("findings: %v", found)
		}
		names[v.Name] = true
		if v.Veteran {
			veterans++
		}
	}
	if len(names) != 60 || veterans != 52 {
		t.Errorf("%d names, %d veterans", len(names), veterans)
	}
	teams, err := db.Teams(t.Context())
	if err != nil || len(teams) != 5 {
		t.Fatalf("%d teams, %v", len(teams), err)
	}
	for _, team := range teams {
		members, err := db.Members(t.Context(), team.ID)
		if err != nil || len(members) != 12 || members[0].Role != "captain" {
			t.Errorf("%s: %d members, %v", team.Name, len(members), err)
		}
	}
}

// onlyAreaOdd are the findings that an area which does not exist may give.
func onlyAreaOdd(found record.Problems) record.Problems {
	var out record.Problems
	for _, p := range found {
		if p.Code == record.CodeIDAreaOdd {
			out = append(out, p)
		}
	}
	return out
}

func checkActivities(t *testing.T, db *store.DB) {
	t.Helper()
	all, err := db.Activities(t.Context(), store.ActivityFilter{})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, a := range all {
		if a.Late() {
			counts["late"]++
			if a.LateReason == "" {
				t.Error("a late record without a reason")
			}
		}
		counts[string(a.State)]++
		counts[a.Kind]++
		if a.State == record.ActivityPlanned && a.Start < record.MomentOf(today) {
			t.Errorf("the plan is for %s", a.Start)
		}
		entries, err := db.Entries(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Reverses != "" {
				counts["correction"]++
			}
			if e.Recorded > record.DayOf(today) {
				t.Errorf("recorded on %s", e.Recorded)
			}
		}
	}
	for what, want := range map[string]int{"late": 1, "planned": 1, "training": 1, "correction": 1} {
		if counts[what] != want {
			t.Errorf("%d %s, want %d", counts[what], what, want)
		}
	}
}

func TestSameDiceSameStation(t *testing.T) {
	var heads []record.Head
	for range 2 {
		o := options(filepath.Join(t.TempDir(), "practice"))
		login, err := practice.Build(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		head, err := open(t, o, login).Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		heads = append(heads, head)
	}
	if heads[0].Seq == 0 || !heads[0].Equal(heads[1]) {
		t.Errorf("%v and %v", heads[0], heads[1])
	}
}

func TestAnyDay(t *testing.T) {
	for month := 1; month <= 12; month++ {
		for _, day := range []int{1, 28} {
			o := options(filepath.Join(t.TempDir(), "practice"))
			at := time.Date(2026, time.Month(month), day, 23, 30, 0, 0, time.UTC)
			o.Clock = func() time.Time { return at }
			if _, err := practice.Build(t.Context(), o); err != nil {
				t.Errorf("%s: %v", at.Format("2006-01-02"), err)
			}
		}
	}
}

func TestNothingIsOverwrittenAndNothingHalfStays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "practice")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "真实资料.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := practice.Build(t.Context(), options(dir)); record.CodeOf(err) != record.CodeStationExists {
		t.Errorf("a folder with files: %v", err)
	}
	o := options(filepath.Join(t.TempDir(), "practice"))
	o.Password = "kurz"
	if _, err := practice.Build(t.Context(), o); record.CodeOf(err) != record.CodePasswordWeak {
		t.Errorf("a weak password: %v", err)
	}
	o = options(filepath.Join(t.TempDir(), "practice"))
	o.Rand = &dry{from: o.Rand, left: 20000}
	if _, err := practice.Build(t.Context(), o); err == nil {
		t.Error("built without randomness")
	}
	if left, _ := os.ReadDir(filepath.Dir(o.Dir)); len(left) != 0 {
		t.Errorf("%d files stayed", len(left))
	}
	if _, err := practice.ReadLogin(dir); record.CodeOf(err) != record.CodeNoStation || practice.Is(dir) {
		t.Errorf("a log-in of a folder without one: %v", err)
	}
}

// dry is a source that ends.
type dry struct {
	from interface{ Read([]byte) (int, error) }
	left int
}

func (d *dry) Read(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, errors.New("no more")
	}
	return d.from.Read(p)
}

func TestDistrictAnswersAgainAtTheSamePlace(t *testing.T) {
	o := options(filepath.Join(t.TempDir(), "district"))
	first, err := practice.StartDistrict(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	code, err := first.Code(t.Context(), practice.StationCode)
	if err != nil || code == "" || first.Fingerprint == "" || !strings.HasPrefix(first.URL, "https://127.0.0.1:") {
		t.Errorf("%+v, code %q, %v", first, code, err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := practice.StartDistrict(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if again.URL != first.URL || again.Fingerprint != first.Fingerprint || again.Login != first.Login {
		t.Errorf("%+v, then %+v", first, again)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}
