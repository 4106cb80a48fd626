package cli_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

// secondPerson adds the station's head and gives the flag that names him.
func (w *world) secondPerson() []string {
	w.t.Helper()
	w.look(func(db *store.DB) {
		if err := db.AddAccount(w.t.Context(), store.Account{Name: "赵站长", Role: record.RoleChief}, testPassword); err != nil {
			w.t.Fatal(err)
		}
		if err := db.AddAccount(w.t.Context(), store.Account{Name: "小李", Role: record.RoleClerk}, testPassword); err != nil {
			w.t.Fatal(err)
		}
	})
	return []string{"--user", "赵站长"}
}

func TestHoursTakeTwoPeople(t *testing.T) {
	w := newStation(t)
	admin := []string{"--user", testAdmin}
	chief := w.secondPerson()
	by := func(who []string, args ...string) []string { return append(args, who...) }
	clerk := []string{"--user", "小李"}

	w.good(by(admin, "volunteer", "add", "--name", "王建国", "--id", numbered(1), "--agreement-date", "2026-01-05", "--volunteer")...)
	var done activityWritten
	w.json(&done, by(admin, "activity", "add", "--title", "防汛值守", "--line", "5", "--start", "2026-10-08 08:00", "--end", "18:00", "--with", "王建国")...)
	if done.Minutes != 0 || done.Waiting != 600 {
		t.Fatalf("%+v", done)
	}
	var queue struct {
		Definition string `json:"definition"`
		Waiting    int    `json:"waiting"`
		Minutes    int    `json:"waiting_minutes"`
		Reviews    []struct {
			ID    string   `json:"id"`
			Entry string   `json:"entry"`
			Codes []string `json:"codes"`
		} `json:"reviews"`
	}
	w.loose(0, &queue, by(admin, "hours", "queue")...)
	if queue.Waiting != 1 || queue.Minutes != 600 || queue.Definition == "" || !slices.Equal(queue.Reviews[0].Codes, []string{"day_over_8h", "backfill_check"}) {
		t.Fatalf("%+v", queue)
	}
	id := queue.Reviews[0].ID
	w.bad(4, record.CodeNoRight, by(admin, "hours", "approve", id, "--reason", "我自己核")...)
	w.bad(4, record.CodeNoRight, by(clerk, "hours", "approve", id, "--reason", "我来核")...)
	w.bad(1, record.CodeReasonRequired, by(chief, "hours", "approve", id)...)
	w.bad(4, record.CodeNoRight, by(admin, "hours", "limits", "--day", "1440")...)
	w.good(by(chief, "hours", "approve", id, "--reason", "对过签到表")...)
	w.bad(1, record.CodeNothingToDo, by(chief, "hours", "refuse", id, "--reason", "再想想")...)

	entry := queue.Reviews[0].Entry
	w.now = w.now.Add(24 * time.Hour)
	var asked struct {
		Asked   string `json:"asked"`
		Minutes int    `json:"minutes"`
	}
	w.jsonExit(3, &asked, by(admin, "hours", "correct", entry, "--minutes", "540", "--reason", "提前离开", "--for", "王建国")...)
	w.bad(1, record.CodeCorrectionOpen, by(clerk, "hours", "correct", entry, "--minutes", "500", "--reason", "再改")...)
	w.bad(1, record.CodeTwoPersons, by(admin, "correction", "check", asked.Asked, "--basis", "签到表")...)
	w.bad(4, record.CodeNoRight, by(clerk, "correction", "approve", asked.Asked, "--reason", "属实")...)
	w.good(by(clerk, "correction", "check", asked.Asked, "--basis", "原签到表")...)
	w.good(by(chief, "correction", "approve", asked.Asked, "--reason", "属实")...)
	if text := w.good(by(admin, "correction", "list", "--all")...); !strings.Contains(text, "赵站长") || !strings.Contains(text, "小李") {
		t.Error(text)
	}
	text := w.good(by(admin, "hours", "list", "--activity", done.ID)...)
	for _, want := range []string{"10", "-10", "9", "补录", "合计 9 小时"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
}

func TestObjectionAndLedgers(t *testing.T) {
	w := newStation(t)
	w.add("王建国", numbered(1))
	w.good("activity", "add", "--title", "社区巡逻", "--line", "3", "--start", "2026-10-08 09:00", "--end", "11:00", "--with", "王建国")
	w.bad(1, record.CodeRequired, "objection", "add", "王建国")
	var o struct {
		ID  string `json:"id"`
		Due string `json:"due"`
	}
	w.loose(0, &o, "objection", "add", "王建国", "--claim", "我待到了十二点", "--way", "来站")
	if o.ID == "" || o.Due == "" {
		t.Fatalf("%+v", o)
	}
	receipt, answer := w.file("受理.pdf"), w.file("答复.pdf")
	w.good("objection", "print", o.ID, "-o", receipt)
	w.bad(1, record.CodeRequired, "objection", "answer", o.ID, "--answer", "核过")
	w.good("objection", "answer", o.ID, "--outcome", "维持", "--answer", "签到表写明 11:00 签退")
	w.good("objection", "print", o.ID, "-o", answer)
	for path, want := range map[string]string{receipt: "受理单", answer: "予以维持"} {
		if text := pdfText(t, path); !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if _, err := os.Stat(answer); err != nil {
		t.Error(err)
	}
	w.good("ledger", "add", "王建国", "--title", "社区巡逻", "--day", "2026-10-08", "--minutes", "180")
	w.bad(1, record.CodeAlreadyImported, "ledger", "add", "王建国", "--title", "社区巡逻", "--day", "2026-10-08", "--minutes", "180")
	text := w.good("ledger", "compare", "--month", "2026-10")
	if !strings.Contains(text, "时长不同") || !strings.Contains(text, "不相加") || strings.Contains(text, "合计") {
		t.Error(text)
	}
	var report reportDoc
	w.json(&report, "report", "month", "2026-10")
	if report.Figures["minutes"] != 120 {
		t.Errorf("%d minutes: the other ledger was added", report.Figures["minutes"])
	}
}
