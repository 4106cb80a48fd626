package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rongyuan/store"
	"rongyuan/store/record"
)

type activityWritten struct {
	ID           string    `json:"id"`
	Participants int       `json:"participants"`
	Minutes      int       `json:"minutes"`
	Waiting      int       `json:"waiting_minutes"`
	Late         bool      `json:"late"`
	Problems     []finding `json:"problems"`
}

type activityDoc struct {
	ID           string `json:"id"`
	Title        string `json:"title"`
	Kind         string `json:"kind"`
	Line         string `json:"line"`
	LineName     string `json:"line_name"`
	Sub          string `json:"sub"`
	SubName      string `json:"sub_name"`
	Start        string `json:"start"`
	End          string `json:"end"`
	Break        int    `json:"break"`
	Place        string `json:"place"`
	Team         string `json:"team"`
	Brand        string `json:"brand"`
	Leader       string `json:"leader"`
	Content      string `json:"content"`
	Served       int    `json:"served"`
	Guests       int    `json:"guests"`
	Urgent       bool   `json:"urgent"`
	State        string `json:"state"`
	Recorded     string `json:"recorded"`
	Deadline     string `json:"deadline"`
	Late         bool   `json:"late"`
	LateReason   string `json:"late_reason"`
	Participants int    `json:"participants"`
	Minutes      int    `json:"minutes"`
	Waiting      int    `json:"waiting_minutes"`
}

// patrolled is a station with a team of three and what `activity add` needs.
func patrolled(t *testing.T) *world {
	w := newStation(t)
	for i, name := range []string{"王建国", "李卫东", "单小芳"} {
		w.add(name, numbered(i))
	}
	w.good("team", "found", "--name", "老兵巡逻队", "--kind", "治安巡逻队", "--founded", "2026-01-10")
	w.good("team", "join", "老兵巡逻队", "王建国、李卫东、单小芳", "--from", "2026-01-10")
	return w
}

func patrol(more ...string) []string {
	return append([]string{"activity", "add", "--title", "社区夜巡", "--line", "3", "--sub", "3.2"}, more...)
}

func TestActivityAdd(t *testing.T) {
	w := patrolled(t)
	var done activityWritten
	w.json(&done, patrol("--start", "2026-10-08 09:00", "--end", "11:30", "--break", "30", "--place", "东风里", "--team", "老兵巡逻队",
		"--leader", "王建国", "--served", "12", "--guests", "2", "--content", "夜间巡逻", "--with", "王建国,李卫东=60", "--urgent")...)
	if done.Participants != 2 || done.Minutes != 180 || done.Late {
		t.Errorf("%+v", done)
	}
	var shown struct {
		Activity     activityDoc `json:"activity"`
		Participants []struct {
			Entry     string `json:"entry"`
			Activity  string `json:"activity"`
			Title     string `json:"title"`
			Start     string `json:"start"`
			Volunteer string `json:"volunteer"`
			Name      string `json:"name"`
			Number    string `json:"number"`
			Minutes   int    `json:"minutes"`
			Source    string `json:"source"`
		} `json:"participants"`
	}
	w.json(&shown, "activity", "show", done.ID)
	a := shown.Activity
	if a.Leader != "王建国" || a.SubName != "治安巡逻" || a.Team != "老兵巡逻队" || a.Served != 12 || !a.Urgent || a.State != "done" || a.Deadline != "2026-10-22" {
		t.Errorf("%+v", a)
	}
	if len(shown.Participants) != 2 || shown.Participants[0].Source != "补录" {
		t.Errorf("%+v", shown.Participants)
	}
	w.good("activity", "show", done.ID)
	w.json(&done, "activity", "add", "--title", "晚上的", "--sub", "治安巡逻", "--start", "2026-10-09T22:00", "--end", "2026-10-10 00:30",
		"--team", "老兵巡逻队", "--team-all", "--absent", "单小芳", "--with", "王建国=30", "--leader", "街道干部")
	if done.Participants != 2 || done.Minutes != 0 || done.Waiting != 180 {
		t.Errorf("%+v", done)
	}
	var list struct {
		Activities []activityDoc `json:"activities"`
	}
	w.json(&list, "activity", "list", "--month", "2026-10", "--line", "推动平安创建", "--team", "老兵巡逻队")
	if len(list.Activities) != 2 || list.Activities[0].Leader != "街道干部" || list.Activities[0].Line != "3" {
		t.Errorf("%+v", list)
	}
	w.json(&list, "activity", "list", "--month", "2026-09")
	if len(list.Activities) != 0 {
		t.Errorf("%+v", list)
	}
}

func TestParticipantsFromAFile(t *testing.T) {
	w := patrolled(t)
	file := w.file("名单.txt")
	text := "\ufeff王建国\r\n\r\n" + numbered(1) + ", 45\n120103004-00003 30\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var done activityWritten
	times := []string{"--start", "2026-10-08 09:00", "--end", "10:00"}
	w.json(&done, patrol(append(times, "--participants", file)...)...)
	if done.Participants != 3 || done.Minutes != 135 {
		t.Errorf("%+v", done)
	}
	w.env.Stdin = strings.NewReader("王建国\n李卫东\n")
	w.json(&done, patrol(append(times, "--participants", "-")...)...)
	if done.Participants != 2 {
		t.Errorf("%+v", done)
	}
	w.bad(1, record.CodeFileUnread, patrol(append(times, "--participants", w.file("没有.txt"))...)...)
}

func TestActivityRefusals(t *testing.T) {
	w := patrolled(t)
	nine := []string{"--start", "2026-10-08 09:00", "--end", "11:00"}
	for _, c := range []struct {
		code record.Code
		args []string
	}{
		{record.CodeEndBeforeStart, patrol("--start", "2026-10-08 09:00", "--end", "08:00")},
		{record.CodeTooLongActivity, patrol("--start", "2026-10-08 09:00", "--end", "2026-10-09 10:00", "--with", "王建国")},
		{record.CodeDayOver24Hours, patrol(append(nine, "--with", "王建国=1500")...)},
		{record.CodeTwiceInActivity, patrol(append(nine, "--with", "王建国", "--with", "李卫东", "--with", numbered(0))...)},
		{record.CodeMinutesRange, patrol(append(nine, "--with", "王建国=121")...)},
		{record.CodeMinutesRange, patrol(append(nine, "--with", "王建国=-5")...)},
		{record.CodeBreakTooLong, patrol(append(nine, "--break", "120")...)},
		{record.CodeFutureActivity, patrol("--start", "2026-10-25 09:00", "--end", "11:00")},
		{record.CodeNotFound, patrol(append(nine, "--with", "没有这个人")...)},
		{record.CodeNotFound, patrol(append(nine, "--team", "没有这支队")...)},
		{record.CodeUnknownCode, patrol(append(nine, "--line", "8")...)},
		{record.CodeUnknownCode, patrol(append(nine, "--line", "2")...)},
		{record.CodeDate, patrol("--start", "2026-10-08", "--end", "11:00")},
		{record.CodeDate, patrol("--start", "2026-10-08 25:00", "--end", "11:00")},
		{record.CodeRequired, []string{"activity", "add", "--line", "3", "--start", "2026-10-08 09:00", "--end", "11:00"}},
		{record.CodeNotCounting, patrol(append(nine, "--kind", "会议", "--with", "王建国")...)},
		{record.CodeNotFound, []string{"activity", "show", "x"}},
		{record.CodeDate, []string{"activity", "list", "--month", "2026"}},
	} {
		w.bad(1, c.code, c.args...)
	}
	w.bad(2, record.CodeUsage, patrol(append(nine, "--team-all")...)...)
}

func TestADayHas24Hours(t *testing.T) {
	w := patrolled(t)
	w.good(patrol("--start", "2026-10-08 00:00", "--end", "2026-10-08 23:00", "--with", "王建国")...)
	if !strings.Contains(w.err.String(), "8 小时") {
		t.Error(w.err.String())
	}
	w.bad(1, record.CodeDayOver24Hours, patrol("--start", "2026-10-08 12:00", "--end", "14:00", "--with", "王建国")...)
}

func TestLateActivityIsTakenAndTold(t *testing.T) {
	w := patrolled(t)
	var done activityWritten
	w.json(&done, patrol("--start", "2026-09-01 09:00", "--end", "11:00", "--with", "王建国", "--late-reason", "签到表晚交")...)
	if !done.Late || len(done.Problems) == 0 || done.Problems[0].Code != record.CodeLateRecord {
		t.Errorf("%+v", done)
	}
}

func TestActivityClose(t *testing.T) {
	w := patrolled(t)
	var plan activityWritten
	w.json(&plan, patrol("--start", "2026-10-25 09:00", "--end", "11:00", "--team", "老兵巡逻队", "--planned")...)
	w.bad(1, record.CodeFutureActivity, "activity", "close", plan.ID, "--team-all")
	w.now = w.now.AddDate(0, 0, 7)
	w.bad(1, record.CodeMinutesRange, "activity", "close", plan.ID, "--with", "王建国=500")
	var done activityWritten
	w.json(&done, "activity", "close", plan.ID, "--team-all", "--absent", "李卫东", "--served", "30", "--end", "10:30", "--source", "现场签到")
	if done.Participants != 2 || done.Minutes != 180 {
		t.Errorf("%+v", done)
	}
	w.bad(1, record.CodeNothingToDo, "activity", "close", plan.ID)
	w.json(&plan, patrol("--start", "2026-10-30 09:00", "--end", "11:00", "--planned")...)
	w.good("activity", "close", plan.ID, "--cancel")
	w.look(func(db *store.DB) {
		a, err := db.Activity(t.Context(), record.ActivityID(plan.ID))
		if err != nil || a.State != record.ActivityCancelled {
			t.Errorf("%+v, %v", a, err)
		}
	})
}

func TestHours(t *testing.T) {
	w := patrolled(t)
	var done activityWritten
	w.json(&done, patrol("--start", "2026-10-08 09:00", "--end", "11:00", "--with", "王建国")...)
	act := done.ID
	w.json(&done, "hours", "add", act, "--with", "李卫东", "--with", "单小芳=30", "--minutes", "90")
	if done.Participants != 3 || done.Minutes != 240 {
		t.Errorf("%+v", done)
	}
	w.bad(1, record.CodeTwiceInActivity, "hours", "add", act, "--with", "王建国")
	w.bad(1, record.CodeMinutesRange, "hours", "add", act, "--with", "王建国", "--minutes", "0")
	w.bad(2, record.CodeUsage, "hours", "add", act)
	type entry struct {
		ID        string `json:"id"`
		Activity  string `json:"activity"`
		Title     string `json:"title"`
		Start     string `json:"start"`
		Volunteer string `json:"volunteer"`
		Name      string `json:"name"`
		Minutes   int    `json:"minutes"`
		Source    string `json:"source"`
		Reverses  string `json:"reverses"`
		Reason    string `json:"reason"`
		Recorded  string `json:"recorded"`
	}
	var list struct {
		Entries []entry `json:"entries"`
		Minutes int     `json:"minutes"`
	}
	w.json(&list, "hours", "list", "--volunteer", "李卫东")
	if len(list.Entries) != 1 || list.Minutes != 90 {
		t.Fatalf("%+v", list)
	}
	id := list.Entries[0].ID
	w.bad(1, record.CodeReasonRequired, "hours", "correct", id, "--minutes", "60")
	w.bad(1, record.CodeMinutesRange, "hours", "correct", id, "--minutes", "500", "--reason", "x")
	w.bad(1, record.CodeNotFound, "hours", "correct", "x", "--minutes", "60", "--reason", "x")
	w.good("hours", "correct", id, "--minutes", "60", "--reason", "提前离开")
	w.bad(1, record.CodeAlreadyReversed, "hours", "correct", id, "--minutes", "50", "--reason", "x")
	w.json(&list, "hours", "list", "--volunteer", "李卫东")
	reversed, reasons := 0, 0
	for _, e := range list.Entries {
		if e.Reverses == id && e.Minutes == -90 {
			reversed++
		}
		if e.Reason == "提前离开" {
			reasons++
		}
	}
	if len(list.Entries) != 3 || list.Minutes != 60 || reversed != 1 || reasons != 2 {
		t.Errorf("%+v", list)
	}
	w.json(&list, "hours", "list", "--activity", act)
	if len(list.Entries) != 5 || list.Minutes != 210 {
		t.Errorf("%+v", list)
	}
	w.good("hours", "list", "--activity", act)
}

type row struct {
	Code           string `json:"code"`
	Name           string `json:"name"`
	Activities     int64  `json:"activities"`
	People         int64  `json:"people"`
	Participations int64  `json:"participations"`
	Minutes        int64  `json:"minutes"`
	Served         int64  `json:"served"`
}

type reportDoc struct {
	Period     string           `json:"period"`
	Station    record.Station   `json:"station"`
	Figures    map[string]int64 `json:"figures"`
	Previous   map[string]int64 `json:"previous"`
	Lines      []row            `json:"lines"`
	Teams      []row            `json:"teams"`
	Activities []struct {
		ID           string `json:"id"`
		Title        string `json:"title"`
		Line         string `json:"line"`
		Start        string `json:"start"`
		Team         string `json:"team"`
		Participants int64  `json:"participants"`
		Minutes      int64  `json:"minutes"`
		Served       int    `json:"served"`
		Late         bool   `json:"late"`
	} `json:"activities"`
	Villages []row               `json:"villages"`
	KeyDates []record.KeyDateRow `json:"key_dates"`
	LastYear map[string]int64    `json:"last_year"`
	Text     []string            `json:"text"`
	Stamp    string              `json:"stamp"`
	Problems []struct {
		Code    string   `json:"code"`
		Args    []string `json:"args"`
		Message string   `json:"message"`
	} `json:"problems"`
	Made   string `json:"made"`
	By     string `json:"by"`
	Output string `json:"output"`
	Serial string `json:"serial"`
}

func TestReport(t *testing.T) {
	w := patrolled(t)
	w.good(patrol("--start", "2026-10-08 09:00", "--end", "11:00", "--team", "老兵巡逻队", "--team-all", "--served", "12")...)
	var doc reportDoc
	w.json(&doc, "report", "month", "2026-10")
	if doc.Period != "2026-10" || doc.Figures["minutes"] != 360 || doc.Figures["participations.3"] != 3 || len(doc.Lines) != 7 || len(doc.Activities) != 1 || doc.By != testAdmin || doc.Serial != "" {
		t.Errorf("%+v", doc)
	}
	for _, name := range []string{"月报.pdf", "月报.xlsx"} {
		out := w.file(name)
		w.json(&doc, "report", "month", "2026-10", "-o", out)
		if doc.Output != out || !strings.HasPrefix(doc.Serial, "120103004-") {
			t.Errorf("%+v", doc)
		}
		raw, err := os.ReadFile(out)
		if err != nil || len(raw) < 1000 {
			t.Errorf("%s: %d bytes, %v", name, len(raw), err)
		}
	}
	book, err := excelize.OpenFile(w.file("月报.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if text := allCells(t, book); !strings.Contains(text, "社区夜巡") || !strings.Contains(text, doc.Serial) {
		t.Errorf("serial %s is not in %s", doc.Serial, text)
	}
	if text := w.good("report", "month", "2026-10"); !strings.Contains(text, "推动平安创建") {
		t.Error(text)
	}
	w.bad(1, record.CodeDate, "report", "month", "2026-13")
	w.bad(1, record.CodeFileUnwritten, "report", "month", "2026-10", "-o", w.file("没有/月报.pdf"))
	if left, _ := filepath.Glob(w.file(".*")); len(left) != 0 {
		t.Errorf("%v stayed", left)
	}
	var list struct {
		Reports []struct {
			Name    string   `json:"name"`
			About   string   `json:"about"`
			Formats []string `json:"formats"`
		} `json:"reports"`
	}
	w.json(&list, "report", "list")
	if len(list.Reports) != 4 || list.Reports[0].Name != "month" {
		t.Errorf("%+v", list)
	}
}

// allCells is the text of a workbook, feet of the pages included.
func allCells(t *testing.T, book *excelize.File) string {
	t.Helper()
	var b strings.Builder
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		foot, err := book.GetHeaderFooter(sheet)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, sheet, rows, foot)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPrint(t *testing.T) {
	w := patrolled(t)
	var act activityWritten
	w.json(&act, patrol("--start", "2026-10-08 09:00", "--end", "11:00", "--team", "老兵巡逻队", "--with", "王建国")...)
	var doc struct {
		Output string `json:"output"`
		Serial string `json:"serial"`
		Rows   int    `json:"rows"`
		Sheet  string `json:"sheet"`
	}
	serials := map[string]bool{}
	for i, c := range []struct {
		rows int
		args []string
	}{
		{3, []string{"roster"}},
		{3, []string{"roster", "--unmask", "--reason", "交区里"}},
		{0, []string{"signin"}},
		{3, []string{"signin", act.ID}},
		{3, []string{"signin", "--team", "老兵巡逻队", "--pages", "2"}},
		{1, []string{"slip", "王建国"}},
		{0, []string{"slip", "王建国", "--from", "2026-09-01", "--to", "2026-09-30"}},
	} {
		out := w.file(fmt.Sprintf("%d.pdf", i))
		w.json(&doc, append(append([]string{"print"}, c.args...), "-o", out)...)
		raw, err := os.ReadFile(out)
		if err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) || doc.Rows != c.rows || serials[doc.Serial] {
			t.Errorf("%v: %+v, %v", c.args, doc, err)
		}
		serials[doc.Serial] = true
	}
	masked, whole := w.file("花名册.xlsx"), w.file("全.xlsx")
	w.good("print", "roster", "-o", masked, "--team", "老兵巡逻队")
	w.good("print", "roster", "-o", whole, "--unmask", "--reason", "交区里")
	for path, want := range map[string]bool{masked: false, whole: true} {
		book, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(allCells(t, book), numbered(0)); got != want {
			t.Errorf("%s: whole number %v", filepath.Base(path), got)
		}
	}
	w.bad(2, record.CodeUsage, "print", "signin", "-o", w.file("x.xlsx"))
	w.bad(1, record.CodeNotFound, "print", "slip", "没有这个人", "-o", w.file("x.pdf"))
	w.bad(1, record.CodeDateOrder, "print", "slip", "王建国", "--from", "2026-10-02", "--to", "2026-10-01", "-o", w.file("x.pdf"))
	if _, err := os.Stat(w.file("x.pdf")); err == nil {
		t.Error("a paper of a failure")
	}
}
