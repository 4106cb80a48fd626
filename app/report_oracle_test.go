package app

import (
	"bytes"
	"database/sql"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rongyuan/reports"
	"rongyuan/store/record"
)

// every asks for the papers of all 200 months, as make figures does; without it
// one month in ten is printed, and all are counted.
var every = flag.Bool("everymonth", false, "print all random months")

// oracle counts a month's figures with SQL over plain tables, and shares nothing
// with record.Tally.
const oracleTables = `
CREATE TABLE volunteers (id TEXT, joined TEXT, status TEXT, since TEXT, veteran INT, serving INT, politics TEXT, withdrawn INT);
CREATE TABLE teams (founded TEXT, dissolved TEXT, withdrawn INT);
CREATE TABLE brands (started TEXT, ended TEXT, withdrawn INT);
CREATE TABLE activities (id TEXT, day TEXT, kind TEXT, line TEXT, state TEXT, served INT, guests INT, urgent INT, recorded TEXT, deadline TEXT, withdrawn INT);
CREATE TABLE entries (activity TEXT, volunteer TEXT, minutes INT);
CREATE INDEX entries_activity ON entries (activity);
CREATE INDEX activities_day ON activities (day);
CREATE VIEW held AS SELECT * FROM activities WHERE withdrawn = 0 AND state IN ('done', 'confirmed', 'locked');
CREATE VIEW counted AS SELECT * FROM held WHERE kind = 'service';
CREATE VIEW present AS SELECT c.day, c.line, c.id, e.volunteer, SUM(e.minutes) AS minutes
	FROM counted c JOIN entries e ON e.activity = c.id GROUP BY c.id, e.volunteer HAVING SUM(e.minutes) > 0;
`

func oracleQueries() map[string]string {
	q := map[string]string{
		"teams":              "SELECT COUNT(*) FROM teams WHERE withdrawn = 0 AND founded <= @to AND (dissolved = '' OR dissolved > @to)",
		"brands":             "SELECT COUNT(*) FROM brands WHERE withdrawn = 0 AND started <= @to AND (ended = '' OR ended > @to)",
		"volunteers_joined":  "SELECT COUNT(*) FROM volunteers WHERE serving AND NOT withdrawn AND joined BETWEEN @from AND @to",
		"activities":         "SELECT COUNT(*) FROM counted WHERE day BETWEEN @from AND @to",
		"people":             "SELECT COUNT(DISTINCT volunteer) FROM present WHERE day BETWEEN @from AND @to",
		"participations":     "SELECT COUNT(*) FROM present WHERE day BETWEEN @from AND @to",
		"minutes":            "SELECT COALESCE(SUM(minutes), 0) FROM present WHERE day BETWEEN @from AND @to",
		"training_minutes":   "SELECT COALESCE(SUM(e.minutes), 0) FROM held h JOIN entries e ON e.activity = h.id WHERE h.kind = 'training' AND h.day BETWEEN @from AND @to",
		"served":             "SELECT COALESCE(SUM(served), 0) FROM counted WHERE day BETWEEN @from AND @to",
		"guests":             "SELECT COALESCE(SUM(guests), 0) FROM counted WHERE day BETWEEN @from AND @to",
		"activities_urgent":  "SELECT COUNT(*) FROM counted WHERE urgent AND day BETWEEN @from AND @to",
		"late_records":       "SELECT COUNT(*) FROM counted WHERE recorded > deadline AND day BETWEEN @from AND @to",
		"volunteers":         "SELECT COUNT(*) FROM volunteers WHERE serving AND NOT withdrawn AND joined <= @to AND NOT (status = 'left' AND since <= @to)",
		"volunteers_veteran": "SELECT COUNT(*) FROM volunteers WHERE veteran AND serving AND NOT withdrawn AND joined <= @to AND NOT (status = 'left' AND since <= @to)",
		"volunteers_party":   "SELECT COUNT(*) FROM volunteers WHERE politics IN ('01', '02') AND serving AND NOT withdrawn AND joined <= @to AND NOT (status = 'left' AND since <= @to)",
	}
	for line := range 7 {
		q[fmt.Sprintf("participations.%d", line+1)] = fmt.Sprintf("SELECT COUNT(*) FROM present WHERE line = '%d' AND day BETWEEN @from AND @to", line+1)
	}
	return q
}

// randomFacts are the records of 200 months from 2010 on.
func randomFacts(t *testing.T, random *rand.Rand, db *sql.DB) record.Facts {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	put := func(query string, args ...any) {
		if _, err := tx.Exec(query, args...); err != nil {
			t.Fatal(err)
		}
	}
	day := func() record.Day { return record.Day("2010-01-01").AddDays(random.IntN(200 * 30)) }
	maybe := func(of int) bool { return random.IntN(of) == 0 }
	var f record.Facts
	for i := range 40 {
		v := record.Volunteer{ID: record.VolunteerID(fmt.Sprintf("v%02d", i)), Joined: day(), Veteran: maybe(2), Serving: !maybe(8), Politics: []string{"01", "02", "13"}[i%3], Status: record.StatusActive, Withdrawn: maybe(9)}
		if maybe(4) {
			v.Status, v.StatusSince = record.StatusLeft, v.Joined.AddDays(random.IntN(2000))
		}
		f.Volunteers = append(f.Volunteers, v)
		put("INSERT INTO volunteers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", v.ID, v.Joined, v.Status, v.StatusSince, v.Veteran, v.Serving, v.Politics, v.Withdrawn)
	}
	for i := range 6 {
		founded, ended := day(), record.Day("")
		if maybe(2) {
			ended = founded.AddDays(900)
		}
		gone := maybe(5)
		f.Teams = append(f.Teams, record.Team{ID: record.TeamID(fmt.Sprintf("t%d", i)), Name: fmt.Sprintf("第%d队", i+1), Founded: founded, Dissolved: ended, Withdrawn: gone})
		f.Brands = append(f.Brands, record.Brand{ID: record.BrandID(fmt.Sprintf("b%d", i)), Name: "品牌", Started: founded, Ended: ended, Withdrawn: gone})
		put("INSERT INTO teams VALUES (?, ?, ?)", founded, ended, gone)
		put("INSERT INTO brands VALUES (?, ?, ?)", founded, ended, gone)
	}
	states := []record.ActivityState{record.ActivityDone, record.ActivityConfirmed, record.ActivityLocked, record.ActivityDone, record.ActivityPlanned, record.ActivityCancelled}
	kinds := []string{record.KindService, record.KindService, record.KindService, record.KindTraining, record.KindMeeting}
	for i := range 1000 {
		start := day()
		a := record.Activity{
			ID: record.ActivityID(fmt.Sprintf("a%04d", i)), Title: "活动", Kind: kinds[random.IntN(5)], Line: fmt.Sprint(1 + random.IntN(7)),
			Start: record.Moment(start + "T09:00"), End: record.Moment(start + "T11:00"), State: states[random.IntN(6)], Served: random.IntN(30),
			Guests: random.IntN(4), Urgent: maybe(6), Recorded: start.AddDays(random.IntN(20)), Deadline: start.AddDays(14), Withdrawn: maybe(15),
		}
		f.Activities = append(f.Activities, a)
		put("INSERT INTO activities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", a.ID, start, a.Kind, a.Line, a.State, a.Served, a.Guests, a.Urgent, a.Recorded, a.Deadline, a.Withdrawn)
		for range random.IntN(12) {
			e := record.Entry{Activity: a.ID, Volunteer: record.VolunteerID(fmt.Sprintf("v%02d", random.IntN(40))), Minutes: random.IntN(180)}
			f.Entries = append(f.Entries, e)
			put("INSERT INTO entries VALUES (?, ?, ?)", e.Activity, e.Volunteer, e.Minutes)
			if maybe(5) { // taken back
				e.Minutes = -e.Minutes
				f.Entries = append(f.Entries, e)
				put("INSERT INTO entries VALUES (?, ?, ?)", e.Activity, e.Volunteer, e.Minutes)
			}
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return f
}

// TestRandomMonthsEqualTheOracle holds the figures of 200 random months, as the
// screen shows them, as they stand in the PDF's text and in the workbook's cells,
// against an independent count in SQL.
func TestRandomMonthsEqualTheOracle(t *testing.T) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	if _, err := db.Exec(oracleTables); err != nil {
		t.Fatal(err)
	}
	facts := randomFacts(t, rand.New(rand.NewPCG(20261123, 6)), db)
	dir, month, busy := t.TempDir(), record.Month(2010, 1), 0
	for i := range 200 {
		r := record.PeriodReport{Station: record.Station{Code: "120112101", Name: "示例站"}, Period: month, Tallied: record.Tally(month, facts), Made: "2026-11-02T09:30", By: "张示例"}
		want := record.Figures{}
		for code, query := range oracleQueries() {
			var n int64
			if err := db.QueryRow(query, sql.Named("from", string(month.From)), sql.Named("to", string(month.To))).Scan(&n); err != nil {
				t.Fatalf("%s: %v", code, err)
			}
			want[code] = n
			if r.Figures[code] != n {
				t.Errorf("%s: %s is %d, the oracle says %d", month, code, r.Figures[code], n)
			}
		}
		if want[record.FigureParticipations] > 0 {
			busy++
		}
		if *every || i%10 == 0 {
			samePaper(t, dir, r, want)
		}
		month = month.Next()
	}
	if busy < 150 {
		t.Errorf("only %d of 200 months have anything in them", busy)
	}
}

func samePaper(t *testing.T, dir string, r record.PeriodReport, want record.Figures) {
	t.Helper()
	var pdf, book bytes.Buffer
	if err := reports.PeriodPDF(&pdf, r); err != nil {
		t.Fatal(err)
	}
	if err := reports.PeriodExcel(&book, r); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "paper.pdf")
	if err := os.WriteFile(file, pdf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (poppler-utils): %v", err)
	}
	text := strings.Join(strings.Fields(string(out)), "")
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("汇总", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]string{}
	for _, row := range rows {
		if len(row) > 3 && row[2] != "小时" {
			cells[row[1]] = row[3]
		}
	}
	for i, one := range record.Indicators() {
		n, counted := want[one.Code]
		if !counted {
			continue
		}
		shown, unit := fmt.Sprint(n), one.Unit
		if minutesIn(one) {
			shown, unit = record.HoursText(int(n)), "小时"
		}
		next := ""
		if i+1 < len(record.Indicators()) {
			next = record.Indicators()[i+1].Name
		}
		if !strings.Contains(text, one.Name+unit+shown+next) {
			t.Errorf("%s: the PDF lacks %s%s%s", r.Period, one.Name, unit, shown)
		}
		if cells[one.Code] != fmt.Sprint(n) {
			t.Errorf("%s: %s is %q in the workbook, the oracle says %d", r.Period, one.Code, cells[one.Code], n)
		}
		if screen := strings.TrimSuffix(figureText(one, r.Figures), " 小时"); screen != shown {
			t.Errorf("%s: %s is %s on the screen, the oracle says %s", r.Period, one.Code, screen, shown)
		}
	}
}
