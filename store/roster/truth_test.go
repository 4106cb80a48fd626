package roster

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"sort"
	"testing"

	"rongyuan/store/record"
)

const today = record.Day("2026-11-23")

type truth struct {
	Rows     int            `json:"rows"`
	New      int            `json:"new"`
	Error    int            `json:"error"`
	Fixed    int            `json:"fixed"`
	IDs      []string       `json:"ids"`
	BadNames []string       `json:"bad_names"`
	Villages map[string]int `json:"villages"`
	Sheets   map[string]int `json:"sheets"`
	Distinct int            `json:"distinct"`
}

func truths(t *testing.T) map[string]truth {
	t.Helper()
	b, err := os.ReadFile("testdata/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]truth
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func fileSource(t testing.TB, name string) Source {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return bytesSource(name, b)
}

func TestStreetRosters(t *testing.T) {
	for name, want := range truths(t) {
		if name == "签到表" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			book, err := Read(context.Background(), fileSource(t, name+".xlsx"), Options{Today: today})
			if err != nil {
				t.Fatal(err)
			}
			compare(t, book, want)
		})
	}
}

func compare(t *testing.T, book Book, want truth) {
	t.Helper()
	var ids, bad []string
	villages, fixed := map[string]int{}, 0
	for _, d := range book.Drafts {
		villages[d.Volunteer.VillageName]++
		if d.Problems.Has(record.CodeIDNormalised) {
			fixed++
		}
		if len(d.Problems.Errors()) > 0 {
			bad = append(bad, d.Volunteer.Name)
			continue
		}
		if !slices.Contains(ids, string(d.Volunteer.IDNumber)) {
			ids = append(ids, string(d.Volunteer.IDNumber))
		}
	}
	sort.Strings(ids)
	sort.Strings(bad)
	if want.Rows > 0 && len(book.Drafts) != want.Rows {
		t.Errorf("rows %d, want %d", len(book.Drafts), want.Rows)
	}
	if !slices.Equal(ids, want.IDs) {
		t.Errorf("%d numbers differ from the %d expected", len(ids), len(want.IDs))
	}
	if len(bad) != want.Error || (want.BadNames != nil && !slices.Equal(bad, want.BadNames)) {
		t.Errorf("errors %v, want %v", bad, want.BadNames)
	}
	if want.Fixed > 0 && fixed != want.Fixed {
		t.Errorf("fixed numbers %d, want %d", fixed, want.Fixed)
	}
	for village, n := range want.Villages {
		if villages[village] != n {
			t.Errorf("%s has %d, want %d", village, villages[village], n)
		}
	}
	for _, s := range book.Sheets {
		if want.Sheets != nil && want.Sheets[s.Name] != s.Rows {
			t.Errorf("sheet %s has %d, want %d", s.Name, s.Rows, want.Sheets[s.Name])
		}
	}
	if want.Sheets != nil && len(book.Sheets) != len(want.Sheets) {
		t.Errorf("%d sheets, want %d", len(book.Sheets), len(want.Sheets))
	}
	if want.Distinct > 0 && len(ids) != want.Distinct {
		t.Errorf("%d people, want %d", len(ids), want.Distinct)
	}
}

func TestSignInSheetIsNoRoster(t *testing.T) {
	book, err := Read(context.Background(), fileSource(t, "签到表.xlsx"), Options{Today: today})
	if record.CodeOf(err) != record.CodeSignInSheet || len(book.Drafts) > 0 {
		t.Fatalf("%v with %d drafts, want %s", err, len(book.Drafts), record.CodeSignInSheet)
	}
}
