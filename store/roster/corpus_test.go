package roster

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// corpusCase is a workbook of testdata/corpus and what is true of it. The truth
// is settled where the workbook is made (testdata/corpus/make/cases.py), not
// taken from what the reader says.
type corpusCase struct {
	File   string
	Writer string
	Inputs []int
	Truth  struct {
		Rows     int
		New      *int
		IDs      *[]string
		Names    []string
		Errors   map[string][]string
		AtLeast  map[string][]string `json:"errors_at_least"`
		Warn     map[string][]string
		Notes    []string
		Villages map[string]int
		Refused  record.Code
		Args     []string
		SignIn   []string
		Lost     []record.IDNumber   // the numbers behind those that lost digits
		NamesAt  map[string]string   `json:"names_at"`
		PhonesAt map[string][]string `json:"phones_at"`
		Enlisted map[string]string   `json:"enlisted_at"`
	}
}

func corpus(t testing.TB) []corpusCase {
	t.Helper()
	b, err := os.ReadFile("testdata/corpus/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var out []corpusCase
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCorpus(t *testing.T) {
	cases := corpus(t)
	for _, c := range cases {
		t.Run(c.File, func(t *testing.T) {
			src := fileSource(t, "corpus/"+c.File)
			book, err := Read(context.Background(), src, Options{Today: today})
			if c.Truth.Refused != "" {
				checkRefused(t, c, book, err)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			checkCounts(t, c, book)
			checkRows(t, c, book)
			checkFields(t, c, book)
		})
	}
	if len(cases) < 40 {
		t.Errorf("%d workbooks, want 40 or more", len(cases))
	}
}

func checkRefused(t *testing.T, c corpusCase, book Book, err error) {
	t.Helper()
	if record.CodeOf(err) != c.Truth.Refused || len(book.Drafts) > 0 {
		t.Fatalf("%v with %d drafts, want %s", err, len(book.Drafts), c.Truth.Refused)
	}
	var e *record.Error
	if c.Truth.Args != nil && (!errors.As(err, &e) || !slices.Equal(e.Args, c.Truth.Args)) {
		t.Errorf("refused with %v, want %v", err, c.Truth.Args)
	}
	if c.Truth.SignIn != nil {
		if got := namesOf(signIn(t, fileSource(t, "corpus/"+c.File))); !slices.Equal(got, c.Truth.SignIn) {
			t.Errorf("signed in %v, want %v", got, c.Truth.SignIn)
		}
	}
}

func checkCounts(t *testing.T, c corpusCase, book Book) {
	t.Helper()
	var ids []string
	villages, fresh := map[string]int{}, 0
	for _, d := range book.Drafts {
		villages[d.Volunteer.VillageName]++
		if len(d.Problems.Errors()) > 0 {
			continue
		}
		fresh++
		if d.Volunteer.IDNumber != "" {
			ids = append(ids, string(d.Volunteer.IDNumber))
		}
	}
	sort.Strings(ids)
	if len(book.Drafts) != c.Truth.Rows {
		t.Errorf("%d rows, want %d", len(book.Drafts), c.Truth.Rows)
	}
	if c.Truth.New != nil && fresh != *c.Truth.New {
		t.Errorf("%d rows without an error, want %d", fresh, *c.Truth.New)
	}
	if c.Truth.IDs != nil && !slices.Equal(ids, *c.Truth.IDs) {
		t.Errorf("%d numbers differ from the %d expected", len(ids), len(*c.Truth.IDs))
	}
	for village, n := range c.Truth.Villages {
		if villages[village] != n {
			t.Errorf("%q has %d people, want %d", village, villages[village], n)
		}
	}
	notes := book.Notes
	for _, s := range book.Sheets {
		notes = append(notes, s.Notes...)
	}
	for _, code := range c.Truth.Notes {
		if !notes.Has(record.Code(code)) {
			t.Errorf("no note %s in %v", code, notes)
		}
	}
}

// checkRows holds the findings against the truth by row: an error that must be
// there has one of the codes that are right for it, and no other row has any.
func checkRows(t *testing.T, c corpusCase, book Book) {
	t.Helper()
	for _, d := range book.Drafts {
		at := strconv.Itoa(d.Row)
		want, found := c.Truth.Errors[at], d.Problems.Errors()
		if c.Truth.Errors != nil && (len(want) > 0) != (len(found) > 0) {
			t.Errorf("row %d: errors %v, want %v", d.Row, found, want)
		}
		some := func(p record.Problem) bool { return slices.Contains(want, string(p.Code)) }
		if len(want) > 0 && !slices.ContainsFunc(found, some) {
			t.Errorf("row %d: errors %v, want one of %v", d.Row, found, want)
		}
		if want := c.Truth.AtLeast[at]; want != nil && !slices.ContainsFunc(d.Problems, func(p record.Problem) bool { return slices.Contains(want, string(p.Code)) }) {
			t.Errorf("row %d: found %v, want one of %v", d.Row, d.Problems, want)
		}
		for _, code := range c.Truth.Warn[at] {
			if !d.Problems.Has(record.Code(code)) {
				t.Errorf("row %d: found %v, want %s", d.Row, d.Problems, code)
			}
		}
		checkDraft(t, &d)
	}
}

func checkFields(t *testing.T, c corpusCase, book Book) {
	t.Helper()
	for i, d := range book.Drafts {
		at, v := strconv.Itoa(d.Row), d.Volunteer
		if c.Truth.Names != nil && v.Name != c.Truth.Names[i] {
			t.Errorf("row %d: name %s, want %s", d.Row, v.Name, c.Truth.Names[i])
		}
		if c.Truth.Lost != nil && !d.MayMean(c.Truth.Lost[i]) {
			t.Errorf("row %d: %q is left", d.Row, d.IDPrefix)
		}
		if want, ok := c.Truth.NamesAt[at]; ok && v.Name != want {
			t.Errorf("row %d: name %s, want %s", d.Row, v.Name, want)
		}
		if want, ok := c.Truth.PhonesAt[at]; ok && !slices.Equal(v.Phones, want) {
			t.Errorf("row %d: telephones %v, want %v", d.Row, v.Phones, want)
		}
		if want, ok := c.Truth.Enlisted[at]; ok && string(v.Enlisted) != want {
			t.Errorf("row %d: enlisted %q, want %q", d.Row, v.Enlisted, want)
		}
	}
}

// elsewhere names, for the inputs that no workbook alone can show, the tests
// that cover them.
var elsewhere = map[int][]string{
	9:  {"store/roster/refuse_test.go TestBombIsCheap"},
	10: {"store/roster/refuse_test.go TestArchive"},
	37: {"store/import_match_test.go TestMatching", "app/roster_decide_test.go TestDecideByKeyboard"},
	// A station cannot know whom another one registered; its district can.
	38: {"sync/hostile_test.go TestHandlerRefusesHostileRequests"},
	53: {"store/roster/refuse_test.go TestUnreadable", "assets/say/say_test.go TestExpectedWordings"},
	54: {"app/cli/import_paste_test.go TestImportFromAnyFolder", "store/roster/refuse_test.go TestUnreadable"},
	55: {"app/roster_decide_test.go TestFileChangedAfterPreview"},
	56: {"store/fault_clock_test.go TestFaultSecondInstance"},
	57: {"store/fault_kill_test.go TestFaultKilledProcess"},
	58: {"store/fault_io_test.go TestFaultDiskFull"},
	59: {"store/roster/refuse_test.go TestCancel", "store/import_test.go TestImportStopsAtOnce"},
	60: {"app/roster_decide_test.go TestSameFileAgain", "store/import_decide_test.go TestThreeRowsChanged"},
	61: {"store/import_match_test.go TestMatching"},
}

// TestEveryInput: each number from 1 to 64 of the list of bad inputs has a
// workbook here or a test elsewhere, and no workbook lies about without a truth.
func TestEveryInput(t *testing.T) {
	covered, known := map[int]bool{}, map[string]bool{"truth.json": true}
	writers := map[string]int{}
	for _, c := range corpus(t) {
		known[c.File] = true
		writer, _, _ := strings.Cut(c.Writer, ":")
		writers[writer]++
		for _, n := range c.Inputs {
			covered[n] = true
		}
	}
	for n := 1; n <= 64; n++ {
		if !covered[n] && len(elsewhere[n]) == 0 {
			t.Errorf("input %d is covered nowhere", n)
		}
		for _, where := range elsewhere[n] {
			file, test, _ := strings.Cut(where, " ")
			b, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(file)))
			if err != nil || !strings.Contains(string(b), "func "+test+"(") {
				t.Errorf("input %d: no %s in %s", n, test, file)
			}
		}
	}
	for _, writer := range []string{"openpyxl", "excelize", "exceljs", "sheetjs", "lo", "hand"} {
		if writers[writer] < 3 {
			t.Errorf("%d workbooks of %s", writers[writer], writer)
		}
	}
	files, err := os.ReadDir("testdata/corpus")
	if err != nil {
		t.Fatal(err)
	}
	size := int64(0)
	for _, f := range files {
		if info, err := f.Info(); err == nil && !f.IsDir() {
			size += info.Size()
			if !known[f.Name()] {
				t.Errorf("%s has no truth", f.Name())
			}
		}
	}
	if size > 2<<20 {
		t.Errorf("the corpus has %d bytes", size)
	}
}
