package cli_test

import (
	"os"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// TestSheetAndBack prints the sheet of a plan, enters it by its number with an
// absent row, and prints again after the team has changed.
func TestSheetAndBack(t *testing.T) {
	w := patrolled(t)
	var plan activityWritten
	w.json(&plan, patrol("--start", "2026-10-25 09:00", "--end", "11:00", "--team", "老兵巡逻队", "--planned")...)
	var paper struct {
		Output string `json:"output"`
		Serial string `json:"serial"`
		Rows   int    `json:"rows"`
		Sheet  string `json:"sheet"`
	}
	w.json(&paper, "print", "signin", plan.ID, "-o", w.file("签到.pdf"))
	if paper.Rows != 3 || !record.IsSheetNumber(paper.Sheet) {
		t.Fatalf("%+v", paper)
	}
	first := paper.Sheet
	w.add("赵铁柱", numbered(9))
	w.good("team", "join", "老兵巡逻队", "赵铁柱", "--from", "2026-10-20")
	w.json(&paper, "print", "signin", plan.ID, "-o", w.file("签到2.pdf"))
	if paper.Rows != 4 || paper.Sheet != first {
		t.Errorf("%+v after %s", paper, first)
	}
	w.now = w.now.AddDate(0, 0, 7)
	w.bad(1, record.CodeInvalid, "activity", "close", plan.ID, "--sheet", "1234567")
	w.bad(1, record.CodeNotFound, "activity", "close", plan.ID, "--sheet", record.SheetNumber(2026, 99))
	w.bad(1, record.CodeNotFound, "activity", "close", plan.ID, "--sheet", first, "--absent", "17")
	var done activityWritten
	w.json(&done, "activity", "close", plan.ID, "--sheet", first, "--absent", "2,"+first+"004")
	if done.Participants != 2 {
		t.Errorf("%+v", done)
	}
}

func TestPastedChain(t *testing.T) {
	w := patrolled(t)
	file := w.file("接龙.txt")
	text := "#接龙\n10月8日巡逻\n1. 王建国\n2、李卫东（下午）\n3 单小芳请假\n4.尚云飞\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	args := patrol("--start", "2026-10-08 09:00", "--end", "10:00", "--paste", file)
	if code := w.run(args...); code != 3 || !strings.Contains(w.err.String(), "4.尚云飞") || !strings.Contains(w.out.String(), "2 人") {
		t.Errorf("exit %d\n%s%s", code, w.out.String(), w.err.String())
	}
	w.bad(1, record.CodeFileUnread, patrol("--start", "2026-10-08 09:00", "--end", "10:00", "--paste", w.file("没有.txt"))...)
}
