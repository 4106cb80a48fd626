package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rongyuan/app/cli"
	"rongyuan/store"
	"rongyuan/store/record"
)

// TestSameNumberByEveryRoute lives random histories and holds that each figure
// is the same on the screen, in the JSON of the command, in the text of the PDF
// and in the cells of the workbook, and that the rows behind it add up to it.
func TestSameNumberByEveryRoute(t *testing.T) {
	for seed := range uint64(2) {
		opt := station(t)
		randomHistory(t, opt, seed)
		month := record.Month(2026, 9)
		dir := t.TempDir()
		pdf, xlsx := filepath.Join(dir, "r.pdf"), filepath.Join(dir, "r.xlsx")
		var doc struct {
			Figures record.Figures `json:"figures"`
		}
		if err := json.Unmarshal(command(t, opt, "report", "month", "2026-09"), &doc); err != nil {
			t.Fatal(err)
		}
		command(t, opt, "report", "month", "2026-09", "-o", pdf)
		command(t, opt, "report", "month", "2026-09", "-o", xlsx)
		printed, cells := pdfFigures(t, pdf), excelFigures(t, xlsx)

		d := open(t, opt)
		hands{t, d}.login()
		d.open(doorReports, place{Period: month})
		s := d.screens[doorReports].(*reportScreen)
		if s.period != month || s.report.Figures[record.FigureMinutes] == 0 {
			t.Fatal("the history counts nothing")
		}
		for row, one := range record.Indicators() {
			want := s.report.Figures[one.Code]
			got := map[string]int64{
				"screen": minutesOrNumber(t, figureText(record.Indicators()[row], s.report.Figures)),
				"json":   doc.Figures[one.Code], "pdf": printed[one.Code], "excel": cells[one.Code],
			}
			b, err := d.behindIndicator(context.Background(), s.report, one)
			if err != nil {
				t.Fatal(err)
			}
			got["names"] = int64(len(b.rows))
			if b.heads[2] != "" {
				got["names"] = 0
				for _, r := range b.rows {
					got["names"] += r.n
				}
			}
			rows, err := d.db.Behind(context.Background(), month, one.Code)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				got["rows"] += r.N
			}
			for route, n := range got {
				if n != want {
					t.Errorf("seed %d, %s: %s says %d, counted %d", seed, one.Code, route, n, want)
				}
			}
		}
	}
}

// randomHistory fills a station by the store's own ways, closes September and
// goes on changing people.
func randomHistory(t *testing.T, opt store.Options, seed uint64) {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, opt)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Unlock(ctx, account, password); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(seed, 3))
	may := func(err error) {
		t.Helper()
		if err != nil && record.CodeOf(err) == record.CodeInternal {
			t.Fatal(err)
		}
	}
	var people []record.VolunteerID
	for i := range 14 {
		v := volunteer(fmt.Sprintf("甲%c", '一'+rune(i)), "")
		v.Politics, v.Veteran = []string{"01", "13", "02"}[rng.IntN(3)], rng.IntN(3) > 0
		v.Joined = record.Day(fmt.Sprintf("2026-%02d-05", 5+rng.IntN(5)))
		id, _, err := db.RegisterVolunteer(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		people = append(people, id)
	}
	_, err = db.FoundTeam(ctx, record.Team{Name: "综合服务队", Kind: "t01", Founded: "2026-03-05"})
	may(err)
	_, err = db.CreateBrand(ctx, record.Brand{Name: "老兵守河", Started: "2026-04-01"})
	may(err)
	for range 14 {
		a := watch("活动", record.Day(fmt.Sprintf("2026-09-%02d", 1+rng.IntN(28))), record.ActivityDone)
		a.Line, a.Sub = fmt.Sprint(1+rng.IntN(7)), ""
		a.Served, a.Guests, a.Urgent, a.LateReason = rng.IntN(40), rng.IntN(3), rng.IntN(3) == 0, "签到表晚交"
		if rng.IntN(4) == 0 {
			a.Kind = record.KindTraining
		}
		var entries []record.Entry
		for _, i := range rng.Perm(len(people))[:rng.IntN(9)] {
			entries = append(entries, record.Entry{Volunteer: people[i], Minutes: 10 + rng.IntN(110)})
		}
		id, _, err := db.LogActivity(ctx, a, entries)
		may(err)
		if list, err := db.Participations(ctx, id); err == nil && len(list) > 0 && rng.IntN(2) == 0 {
			may(db.CorrectService(ctx, list[0].Entry, rng.IntN(60), "更正"))
		}
	}
	change := func() {
		v, err := db.Volunteer(ctx, people[rng.IntN(len(people))])
		may(err)
		v.Politics, v.Veteran = []string{"01", "13"}[rng.IntN(2)], !v.Veteran
		_, err = db.UpdateVolunteer(ctx, v)
		may(err)
	}
	if seed%2 == 1 {
		may(db.AddAccount(ctx, store.Account{Name: "刘站长", Role: record.RoleChief}, password))
		db.Lock()
		may(db.Unlock(ctx, "刘站长", password))
		if _, err := db.CloseMonth(ctx, record.Month(2026, 9)); err != nil && record.CodeOf(err) != record.CodeMonthUnready {
			t.Fatal(err)
		}
		db.Lock()
		may(db.Unlock(ctx, account, password))
	}
	for range 5 {
		change()
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// command runs one command on the station and gives its JSON.
func command(t *testing.T, opt store.Options, args ...string) []byte {
	t.Helper()
	var out, problems bytes.Buffer
	env := cli.Env{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &problems, Clock: opt.Clock, Rand: opt.Rand, Version: "0.1.0",
		Getenv:     func(name string) string { return map[string]string{"RONGYUAN_PASSWORD": password}[name] },
		DefaultDir: opt.Dir, PracticeDir: t.TempDir(), Passwords: opt.Passwords, Vault: func(string) store.Vault { return nil },
	}
	if code := cli.Run(context.Background(), env, append(args, "--json", "--user", account)); code != 0 {
		t.Fatalf("%v: exit %d\n%s%s", args, code, out.String(), problems.String())
	}
	return out.Bytes()
}

// pdfFigures reads the table of indicators from the text of a report.
func pdfFigures(t *testing.T, path string) record.Figures {
	t.Helper()
	text, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (poppler-utils): %v", err)
	}
	out := record.Figures{}
	for _, one := range record.Indicators() {
		unit := one.Unit
		if minutesIn(one) {
			unit = "小时"
		}
		line := regexp.MustCompile(`(?m)^[\s　]*` + regexp.QuoteMeta(one.Name) + `\s+` + unit + `\s+(\S+)`).FindStringSubmatch(string(text))
		if line == nil {
			t.Fatalf("%s is not in the report", one.Name)
		}
		if minutesIn(one) && !strings.Contains(line[1], "小时") {
			line[1] += "小时"
		}
		out[one.Code] = minutesOrNumber(t, line[1])
	}
	return out
}

// excelFigures reads name, code, unit and value of each line of the first sheet.
func excelFigures(t *testing.T, path string) record.Figures {
	t.Helper()
	out := record.Figures{}
	cells := cellsOf(t, path, 1)
	for _, one := range record.Indicators() {
		for i, c := range cells {
			if c == one.Code && cells[i+1] == one.Unit {
				n, err := strconv.ParseInt(cells[i+2], 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				out[one.Code] = n
			}
		}
	}
	return out
}

// minutesOrNumber reads what a figure is written as: 12, 32 小时, 1.5 小时,
// 1小时20分.
func minutesOrNumber(t *testing.T, text string) int64 {
	t.Helper()
	text = strings.ReplaceAll(strings.TrimSpace(text), " ", "")
	hours, rest, timed := strings.Cut(text, "小时")
	if !timed {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	h, err := strconv.ParseFloat(hours, 64)
	if err != nil {
		t.Fatal(err)
	}
	n := int64(h*60 + 0.5)
	if rest = strings.TrimSuffix(rest, "分"); rest != "" {
		more, err := strconv.ParseInt(rest, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		n += more
	}
	return n
}
