package store_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// chainPeople registers the people of testdata/chains/people.tsv: key, name,
// telephone, member of the team.
func (w *world) chainPeople() (team record.TeamID, keys map[record.VolunteerID]string) {
	w.t.Helper()
	raw, err := os.ReadFile("testdata/chains/people.tsv")
	if err != nil {
		w.t.Fatal(err)
	}
	keys = map[record.VolunteerID]string{}
	var members []record.VolunteerID
	for i, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		part := strings.Split(line, "\t")
		v := someone(i)
		v.Name, v.Phones = part[1], []string{part[2]}
		id := w.register(v)
		keys[id] = part[0]
		if part[3] == "1" {
			members = append(members, id)
		}
	}
	return w.team("接龙服务队", members...), keys
}

func (w *world) match(team record.TeamID, text string) ([]roster.ChainLine, []store.ChainFound) {
	w.t.Helper()
	lines := roster.ReadChain(text)
	found, err := w.db.MatchChain(w.t.Context(), team, entriesOf(lines))
	if err != nil {
		w.t.Fatal(err)
	}
	return lines, found
}

func entriesOf(lines []roster.ChainLine) []store.ChainEntry {
	out := make([]store.ChainEntry, len(lines))
	for i, l := range lines {
		out[i] = store.ChainEntry{Serial: l.Serial, Words: l.Words, Tails: l.Tails, Absent: l.Absent}
	}
	return out
}

// TestSixtyPastes reads sixty lists as people paste them, one file each with
// what it says below the line: a name, key of one of several with the name, -x
// for somebody who stays away, ?x for a line that must wait for the clerk.
func TestSixtyPastes(t *testing.T) {
	w := newWorld(t)
	team, keys := w.chainPeople()
	files, err := filepath.Glob("testdata/chains/*.txt")
	if err != nil || len(files) != 60 {
		t.Fatalf("%d pastes, %v", len(files), err)
	}
	named, matched, wrong, queued, lost := 0, 0, 0, 0, 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, truth, _ := strings.Cut(string(raw), "\n====\n")
		want := strings.Split(strings.TrimSpace(truth), "\n")
		lines, found := w.match(team, text)
		var got []string
		doubts := 0
		for i, f := range found {
			for _, p := range f.People {
				mark := ""
				if lines[i].Absent {
					mark = "-"
				}
				got = append(got, mark+keys[p.ID])
			}
			if len(f.Doubtful) > 0 || f.Unknown {
				doubts++
			}
		}
		waits := 0
		for _, one := range want {
			switch {
			case strings.HasPrefix(one, "?"):
				waits++
			case slices.Contains(got, one):
				named, matched = named+1, matched+1
			default:
				named++
				t.Logf("%s: %s was not matched", filepath.Base(file), one)
			}
		}
		for _, one := range got {
			if !slices.Contains(want, one) {
				wrong++
				t.Errorf("%s: %s was chosen and is not in the list", filepath.Base(file), one)
			}
		}
		queued += waits
		if doubts < waits {
			lost += waits - doubts
			t.Errorf("%s: %d lines wait, want %d", filepath.Base(file), doubts, waits)
		}
	}
	share := 100 * float64(matched) / float64(named)
	t.Logf("%d of %d names matched (%.1f %%), %d to decide, %d wrong", matched, named, share, queued, wrong)
	if share < 97 || wrong > 0 || lost > 0 {
		t.Errorf("%.1f %% matched, %d wrong, %d lost; want 97, 0, 0", share, wrong, lost)
	}
}

// TestSameNameHelper has fourteen people of one name in twelve teams, each a
// regular of one of them, and asks for the next activity of each team who of
// them is meant.
func TestSameNameHelper(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	var teams []record.TeamID
	for i := range 13 {
		teams = append(teams, w.team(fmt.Sprintf("第%d服务队", i+1)))
	}
	dice := newDice(14)
	home := map[record.VolunteerID]int{}
	var all []record.VolunteerID
	for i := range 14 {
		v := someone(i)
		v.Name = "王建国"
		id := w.register(v)
		home[id] = i % 13 // two of them are regulars of the first team
		all = append(all, id)
	}
	for week := range 20 {
		day := record.Day("2026-05-01").AddDays(7 * week)
		for n, team := range teams {
			var came []record.Entry
			for _, id := range all {
				usual := home[id] == n && dice.IntN(10) < 7
				if usual || home[id] != n && dice.IntN(100) < 3 {
					came = append(came, record.Entry{Volunteer: id})
				}
			}
			hour := fmt.Sprintf("%02d", 7+n)
			a := patrol(record.Moment(day)+"T"+record.Moment(hour)+":00", record.Moment(day)+"T"+record.Moment(hour)+":30")
			a.Team = team
			if _, _, err := w.db.LogActivity(ctx, a, came); err != nil {
				t.Fatal(err)
			}
		}
	}
	asked, right, tied := 0, 0, 0
	for n, team := range teams {
		habits, err := w.db.Habits(ctx, team)
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			left, err := w.db.People(ctx, store.PeopleFilter{Text: "wjg"})
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range all {
				if home[id] != n || dice.IntN(10) >= 7 {
					continue
				}
				asked++
				habits.Sort(left)
				if habits.Tied(left[0].ID, left[1].ID) {
					tied++
				}
				if home[left[0].ID] == n {
					right++
				}
				left = slices.DeleteFunc(left, func(p store.Person) bool { return p.ID == id })
			}
		}
	}
	share := 100 * float64(right) / float64(asked)
	t.Logf("the right one of 14 stood first in %.1f %% of %d, %d ties", share, asked, tied)
	if share < 95 {
		t.Errorf("the right one stood first in %.1f %%, want 95", share)
	}
	none, err := w.db.Habits(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if !none.Tied(all[0], all[1]) {
		t.Error("without a team nothing decides, but the two are not tied")
	}
}

func newDice(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, seed)) }
