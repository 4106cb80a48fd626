package app

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// october is a station with a month of work.
func (h hands) october() (record.TeamID, []record.VolunteerID) {
	h.t.Helper()
	team, people := h.company("小站镇志愿服务队", 12)
	second, err := h.d.db.FoundTeam(context.Background(), record.Team{Name: "应急分队", Kind: "t01", Founded: "2026-05-01"})
	if err != nil {
		h.t.Fatal(err)
	}
	h.log(patrol(team, "2026-10-05"), people[:8]...)
	a := patrol(second, "2026-10-12")
	a.Line, a.Sub, a.Title, a.Urgent, a.Guests = "5", "5.5", "汛期值守和秩序维护", true, 4
	h.log(a, people[4:12]...)
	a = patrol(team, "2026-09-15")
	a.Title, a.LateReason = "看望困难老兵", "签到表晚交"
	a.Line, a.Sub = "7", "7.1"
	h.log(a, people[0])
	a = patrol(team, "2026-10-14")
	a.Title, a.Kind = "急救培训", record.KindTraining
	h.log(a, people[:6]...)
	return team, people
}

func TestReportFigures(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.october()
	h.press(fyne.KeyF5)
	s := d.screens[doorReports].(*reportScreen)
	want, err := d.db.Report(context.Background(), record.Month(2026, 10))
	if err != nil {
		t.Fatal(err)
	}
	for row, one := range record.Indicators() {
		shown := s.indicatorColumns()[1].Value(row)
		if minutesIn(one) {
			if hours := record.HoursText(int(want.Figures[one.Code])); shown != hours && shown != hours+" 小时" {
				t.Errorf("%s: %s shown, %d minutes counted", one.Code, shown, want.Figures[one.Code])
			}
			continue
		}
		if shown != fmt.Sprint(want.Figures[one.Code]) {
			t.Errorf("%s: %s shown, %d counted", one.Code, shown, want.Figures[one.Code])
		}
	}
	if want.Figures[record.FigureMinutes] != 16*120 || want.Figures[record.FigurePeople] != 12 || want.Figures[record.FigureTraining] != 6*120 {
		t.Fatalf("the test counts nothing: %v", want.Figures)
	}
	if total := s.lineRow(7); total.People != 12 || total.Participations != 16 {
		t.Errorf("total %+v", total)
	}
	h.golden("reports")
	h.press(fyne.KeyLeft)
	if s.period.String() != "2026-09" || s.report.Figures[record.FigureLate] != 1 {
		t.Errorf("the month before: %s with %d late records", s.period, s.report.Figures[record.FigureLate])
	}
	h.press(fyne.KeyRight, fyne.KeyRight) // not beyond this month
	if s.period.String() != "2026-10" {
		t.Errorf("period %s, want 2026-10", s.period)
	}
}

// TestNamesBehindFigures holds that every figure opens to as many names as it
// counts.
func TestNamesBehindFigures(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.october()
	for _, month := range []int{9, 10} {
		r, err := d.db.Report(context.Background(), record.Month(2026, month))
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range record.Indicators() {
			b, err := d.behindIndicator(context.Background(), r, one)
			if err != nil {
				t.Fatal(err)
			}
			n := int64(len(b.rows))
			if b.heads[2] != "" {
				n = 0
				for _, row := range b.rows {
					n += row.n
				}
			}
			if n != r.Figures[one.Code] {
				t.Errorf("month %d, %s: %d behind it, %d counted", month, one.Code, n, r.Figures[one.Code])
			}
		}
	}
	h.press(fyne.KeyF5)
	s := d.screens[doorReports].(*reportScreen)
	for row := range record.Indicators() {
		if record.Indicators()[row].Code == record.FigurePeople {
			s.indicators.Select(row)
		}
	}
	h.press(fyne.KeyReturn)
	h.golden("report_names")
	h.press(fyne.KeyReturn)
	if d.door != doorPeople {
		t.Errorf("Enter on a name opened %s", d.door)
	}
}

// cellsOf are all texts and numbers in the cells of a workbook's sheet.
func cellsOf(t *testing.T, path string, sheet int) []string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	part := func(name string, into any) {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := xml.Unmarshal(raw, into); err != nil {
			t.Fatal(err)
		}
	}
	var page struct {
		Cells []struct {
			Value string   `xml:"v"`
			Text  string   `xml:"is>t"`
			Runs  []string `xml:"is>r>t"`
		} `xml:"sheetData>row>c"`
	}
	part(fmt.Sprintf("xl/worksheets/sheet%d.xml", sheet), &page)
	var out []string
	for _, c := range page.Cells {
		out = append(out, c.Value+c.Text+strings.Join(c.Runs, ""))
	}
	return out
}

func TestReportPapers(t *testing.T) {
	var opened []string
	opt := station(t)
	d := open(t, opt)
	d.cfg.Opener = func(path string) error {
		opened = append(opened, path)
		return nil
	}
	h := hands{t, d}
	h.write(password)
	h.press(fyne.KeyReturn)
	h.october()
	h.press(fyne.KeyF5)
	h.ctrl(fyne.KeyP)
	h.ctrl(fyne.KeyE)
	base := filepath.Join(opt.Dir, reportsDir, "2026年10月志愿服务工作月报-小站镇退役军人服务站")
	if len(opened) != 2 || opened[0] != base+".pdf" || opened[1] != base+".xlsx" {
		t.Fatalf("opened %q", opened)
	}
	if text := d.frame.notice.Text(); !strings.Contains(text, base+".xlsx") || !strings.Contains(text, "120112101-") {
		t.Errorf("notice %q does not say where and under which number", text)
	}
	raw, err := os.ReadFile(base + ".pdf")
	if err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) || len(raw) < 10_000 {
		t.Errorf("no report in PDF: %d bytes, %v", len(raw), err)
	}
	s := d.screens[doorReports].(*reportScreen)
	cells := cellsOf(t, base+".xlsx", 2)
	total := -1
	for i, c := range cells {
		if strings.HasPrefix(c, "合计") {
			total = i
		}
	}
	if total < 0 || total+5 >= len(cells) {
		t.Fatalf("no total in %q", cells)
	}
	got := cells[total+1 : total+5]
	want := s.total()
	for i, n := range []int64{want.Activities, want.People, want.Participations, want.Minutes} {
		if got[i] != fmt.Sprint(n) {
			t.Errorf("cell %d of the total is %s, the screen says %d", i, got[i], n)
		}
	}
}

func TestFileName(t *testing.T) {
	if got := fileName("2026年10月/月报:\"站\"?\n"); got != "2026年10月月报站" {
		t.Errorf("file name %q", got)
	}
}

// TestReportKindsAndText turns from the month to the quarter and back, changes
// the written part and prints it.
func TestReportKindsAndText(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.october()
	h.press(fyne.KeyF5)
	s := d.screens[doorReports].(*reportScreen)
	for _, c := range [][2]string{{"季报", "2026-Q4"}, {"年报", "2026"}, {"半年报", "2026-H2"}, {"月报", "2026-10"}} {
		s.turnKind(c[0])
		if s.period.String() != c[1] || s.report.Period != s.period || s.kinds.Value() != c[0] {
			t.Errorf("%s shows %s, counted %s", c[0], s.period, s.report.Period)
		}
	}
	s.turnKind("季报")
	h.press(fyne.KeyLeft)
	if s.period.String() != "2026-Q3" || s.report.Figures[record.FigureActivities] != 1 {
		t.Errorf("the quarter before: %s %v", s.period, s.report.Figures)
	}
	s.turnKind("月报")
	h.press(fyne.KeyRight, fyne.KeyRight)
	s.goTo(record.Month(2026, 10))
	h.ctrl(fyne.KeyT)
	h.golden("report_text")
	h.press(fyne.KeyEscape)
	s.keepText(s.report, "　　本月开展志愿服务活动2场次，12人参加，共11人次。\n\n下一步继续。")
	if got := s.texts[s.period]; len(got) != 2 || got[1] != "下一步继续。" {
		t.Errorf("kept %q", got)
	}
	if found := s.report.CheckText(s.texts[s.period]); len(found) == 0 || !strings.Contains(doubtWords(found), "参加人次") {
		t.Errorf("no doubt: %v", found)
	}
	path, _, err := d.writeReport(context.Background(), s.period, s.texts[s.period], paperKind{store.ActionExport, ".xlsx", "", "", reports.PeriodExcel})
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(cellsOf(t, path, 1), "\n"); !strings.Contains(text, "下一步继续。") || strings.Contains(text, "均在结束后10个工作日内") {
		t.Error("the paper has not the changed text")
	}
	s.keepText(s.report, "")
	if len(s.texts) != 0 {
		t.Error("an empty text does not bring back the written one")
	}
}
