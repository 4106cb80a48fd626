package reports

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rongyuan/store/record"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// poppler runs a program of poppler-utils on a PDF and gives what it prints.
func poppler(t testing.TB, pdf []byte, program string, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(args, file)
	if program == "pdftotext" {
		args = append(args, "-")
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(program, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s (poppler-utils): %v\n%s", program, err, stderr.String())
	}
	if stderr.Len() > 0 {
		t.Fatalf("%s complains: %s", program, stderr.String())
	}
	return stdout.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at it, then run with -update\n%s", file, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\ngot  %q\nwant %q", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

func TestPDFText(t *testing.T) {
	for name, write := range pdfPapers {
		t.Run(name, func(t *testing.T) {
			golden(t, name+".txt", poppler(t, made(t, write), "pdftotext", "-layout"))
		})
	}
}

func TestPDFFonts(t *testing.T) {
	for name, write := range pdfPapers {
		t.Run(name, func(t *testing.T) {
			rows := strings.Split(strings.TrimSpace(poppler(t, made(t, write), "pdffonts")), "\n")[2:]
			if len(rows) == 0 {
				t.Fatal("no font")
			}
			for _, row := range rows {
				if !regexp.MustCompile(`^[A-Z]{6}\+Noto\S+ +CID TrueType +Identity-H +yes yes yes `).MatchString(row) {
					t.Errorf("not an embedded subset with a way back to characters: %s", row)
				}
			}
		})
	}
}

// pages are the rendered pages of a paper in grey.
func pages(t *testing.T, pdf []byte, dpi int, more ...string) []grey {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "paper.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := exec.Command("pdftoppm", append(more, "-gray", "-r", fmt.Sprint(dpi), file, filepath.Join(dir, "p"))...).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, text)
	}
	files, err := filepath.Glob(filepath.Join(dir, "p-*.pgm"))
	if err != nil {
		t.Fatal(err)
	}
	var out []grey
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, readGrey(t, data))
	}
	return out
}

// grey is a picture; 0 is black.
type grey struct {
	w, h int
	pix  []byte
}

func readGrey(t *testing.T, pgm []byte) grey {
	t.Helper()
	var g grey
	var most int
	if _, err := fmt.Fscanf(bytes.NewReader(pgm), "P5\n%d %d\n%d", &g.w, &g.h, &most); err != nil || most != 255 {
		t.Fatal("not a grey picture", err)
	}
	g.pix = pgm[len(pgm)-g.w*g.h:]
	return g
}

func (g grey) ink(x0, y0, x1, y1 int) int {
	n := 0
	for y := max(y0, 0); y < min(y1, g.h); y++ {
		for x := max(x0, 0); x < min(x1, g.w); x++ {
			if g.pix[y*g.w+x] < 128 {
				n++
			}
		}
	}
	return n
}

// TestPagesAreFilledWithinTheirMargins renders every paper: no page is blank,
// and nothing is printed over the edges of the type area.
func TestPagesAreFilledWithinTheirMargins(t *testing.T) {
	const dpi = 50
	px := func(mm float64) int { return int(mm / 25.4 * dpi) }
	for name, write := range pdfPapers {
		t.Run(name, func(t *testing.T) {
			for i, g := range pages(t, made(t, write), dpi) {
				side := px(11)
				if n := g.ink(side, px(10), g.w-side, g.h-px(22)); n < 100 {
					t.Errorf("page %d has %d black points", i+1, n)
				}
				edges := g.ink(0, 0, side, g.h) + g.ink(g.w-side, 0, g.w, g.h) + g.ink(0, 0, g.w, px(10)) + g.ink(0, g.h-px(5), g.w, g.h)
				if edges > 0 {
					t.Errorf("page %d: %d black points in the margins", i+1, edges)
				}
			}
		})
	}
}

func TestMonthFiguresInPDF(t *testing.T) {
	for _, n := range []int{0, 1, 18, 60} {
		r := month(n)
		text := squeezed(poppler(t, made(t, func(w io.Writer) error { return PeriodPDF(w, r) }), "pdftotext", "-layout"))
		f := r.Figures
		want := []string{fmt.Sprintf("合计%d%d%d%s%d", f[record.FigureActivities], f[record.FigurePeople],
			f[record.FigureParticipations], record.HoursText(int(f[record.FigureMinutes])), f[record.FigureServed])}
		for _, one := range record.Indicators() {
			now, before := f[one.Code], r.Previous[one.Code]
			want = append(want, one.Name+shownUnit(one)+shown(one, now)+shown(one, before)+signed(one, now-before))
		}
		for _, row := range r.Lines {
			want = append(want, fmt.Sprintf("%s%d%d%d%s%d", row.Name, row.Activities, row.People, row.Participations, record.HoursText(int(row.Minutes)), row.Served))
		}
		for i, row := range r.Activities {
			want = append(want, fmt.Sprintf("%d%s", i+1, row.Activity.Start.Day()), fmt.Sprintf("%d%s", row.Participants, record.HoursText(int(row.Minutes))))
		}
		if n == 0 {
			want = append(want, "本月未开展志愿服务活动。")
		} else {
			want = append(want, fmt.Sprintf("本月开展志愿服务活动%d场次，%d人参加，共%d人次，服务时长%s，服务对象%d人次。", f[record.FigureActivities],
				f[record.FigurePeople], f[record.FigureParticipations], hours(f[record.FigureMinutes]), f[record.FigureServed]))
		}
		for _, one := range want {
			if !strings.Contains(text, one) {
				t.Errorf("%d activities: the paper lacks %q", n, one)
			}
		}
	}
}

// squeezed is text without white space.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

func TestEverybodyStandsInTheRoster(t *testing.T) {
	p := rosterOf(1000)
	for i := range p.Rows {
		p.Rows[i].Notes = fmt.Sprintf("N%04d", i)
	}
	pdf := made(t, func(w io.Writer) error { return RosterPDF(w, p) })
	text := poppler(t, pdf, "pdftotext", "-layout")
	for i, row := range p.Rows {
		if strings.Count(text, row.Notes) != 1 {
			t.Fatalf("row %d is not there once", i+1)
		}
	}
	for name, want := range map[string]int{"王𬭎𬱖": 125, "𫖯无名": 125, "陈𠮷安": 125} {
		if n := strings.Count(text, name); n != want {
			t.Errorf("%s stands there %d times, want %d", name, n, want)
		}
	}
	if strings.Contains(squeezed(text), "129999198507011239") || strings.Contains(text, "13800000000") {
		t.Error("a number is not masked")
	}
}

func TestLongMonth(t *testing.T) {
	r := month(500)
	long := strings.Repeat("志愿服务", 20)
	r.Activities[7].Activity.Title = long
	r.Activities[8].Activity.Place = strings.Repeat("和平里", 400) // higher than a page
	r.Activities[9].Activity.Title = strings.Repeat("x", 300)
	r.Station.Name = strings.Repeat("天津市示范区", 12) + "退役军人服务站"
	pdf := made(t, func(w io.Writer) error { return PeriodPDF(w, r) })
	text := squeezed(poppler(t, pdf, "pdftotext", "-raw"))
	if !strings.Contains(text, long) {
		t.Error("the long title is not whole")
	}
	if n := strings.Count(text, "和平里"); n < 400 {
		t.Errorf("the long place is cut to %d of 400 parts", n)
	}
	if n := strings.Count(text, "x"); n < 300 {
		t.Errorf("the long word is cut to %d of 300 letters", n)
	}
	for i := range r.Activities {
		if !strings.Contains(text, fmt.Sprintf("%d%s", i+1, r.Activities[i].Activity.Start.Day())) {
			t.Fatalf("activity %d is missing", i+1)
		}
	}
	if heads := strings.Count(text, "序号日期时间活动名称"); heads < 20 {
		t.Errorf("the head is repeated %d times", heads)
	}
}

func TestRecoveryCodeReadsBack(t *testing.T) {
	pdf := made(t, func(w io.Writer) error { return RecoveryPDF(w, station.Name, recoveryCode, "2026-11-02") })
	text := squeezed(poppler(t, pdf, "pdftotext", "-layout"))
	for i, group := range codeGroups(recoveryCode) {
		if !strings.Contains(text, fmt.Sprintf("%d%s", i+1, group)) {
			t.Errorf("group %d is not on the page", i+1)
		}
	}
	if bytes.Contains(pdf, []byte("ABCDE")) {
		t.Error("the code stands in the file's properties")
	}
}

func TestNumbersOfPages(t *testing.T) {
	for name, want := range map[string]int{"signin": 2, "signin-blank": 1, "recovery": 1, "slip-empty": 1, "month-empty": 4} {
		info := poppler(t, made(t, pdfPapers[name]), "pdfinfo")
		if !regexp.MustCompile(fmt.Sprintf(`(?m)^Pages: +%d$`, want)).MatchString(info) {
			t.Errorf("%s: want %d pages\n%s", name, want, info)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestAFailingWriterIsToldOf(t *testing.T) {
	for name, papers := range map[string]map[string]func(io.Writer) error{"pdf": pdfPapers, "excel": workbooks} {
		for paper, write := range papers {
			if err := write(brokenWriter{}); err == nil {
				t.Errorf("%s %s: no error", name, paper)
			}
		}
	}
}
