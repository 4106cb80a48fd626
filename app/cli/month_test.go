package cli_test

import (
	"strings"
	"testing"
	"time"

	"rongyuan/store/record"
)

type closingRead struct {
	Month   string           `json:"month"`
	Edition int              `json:"edition"`
	Seal    string           `json:"seal"`
	Open    bool             `json:"open"`
	Closed  string           `json:"closed"`
	By      string           `json:"by"`
	Reason  string           `json:"reason"`
	Figures map[string]int64 `json:"figures"`
}

type sealRead struct {
	Month   string `json:"month"`
	Edition int    `json:"edition"`
	Seal    string `json:"seal"`
	Now     string `json:"now"`
	Open    bool   `json:"open"`
	Holds   bool   `json:"holds"`
	Paper   *bool  `json:"paper"`
	Changes []struct {
		Kind, ID, How string
	} `json:"changes"`
}

type explainRead struct {
	Month   string `json:"month"`
	Against string `json:"against"`
	Edition int    `json:"edition"`
	Changed []struct {
		Code   string `json:"code"`
		Name   string `json:"name"`
		Before int64  `json:"before"`
		After  int64  `json:"after"`
		Causes []struct {
			Kind   string `json:"kind"`
			What   string `json:"what"`
			ID     string `json:"id"`
			Was    int64  `json:"was"`
			Is     int64  `json:"is"`
			Amount int64  `json:"amount"`
		} `json:"causes"`
	} `json:"changed"`
}

// settled is a station in November with October to be closed, a chief, and one
// activity of three people.
func settled(t *testing.T) (w *world, activity string) {
	t.Helper()
	w = patrolled(t)
	var done activityWritten
	w.json(&done, patrol("--start", "2026-10-08 09:00", "--end", "11:00", "--place", "东风里", "--team", "老兵巡逻队", "--leader", "王建国",
		"--served", "12", "--content", "夜间巡逻", "--with", "王建国,李卫东")...)
	w.vars["RONGYUAN_NEW_PASSWORD"] = testPassword
	w.good("account", "add", "赵站长", "--role", "chief")
	w.now = time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)
	return w, done.ID
}

func byChief(args ...string) []string { return append(args, "--user", "赵站长") }
func byClerk(args ...string) []string { return append(args, "--user", testAdmin) }

func TestMonthClose(t *testing.T) {
	w, id := settled(t)
	w.bad(4, record.CodeNoRight, byClerk("month", "close", "2026-10")...)
	w.bad(1, record.CodeMonthNotOver, byChief("month", "close", "2026-11")...)
	w.bad(1, record.CodeDate, byChief("month", "close", "2026-13")...)
	w.bad(1, record.CodeMonthOpen, byChief("month", "reopen", "2026-10", "--reason", "漏人")...)
	w.bad(1, record.CodeMonthOpen, byChief("month", "verify", "2026-10")...)
	if text := w.good(byClerk("month", "check", "2026-10")...); !strings.Contains(text, "【留意】活动都已确认") || strings.Contains(text, "要处理") {
		t.Errorf("%s", text)
	}
	var first closingRead
	w.json(&first, byChief("month", "close", "2026-10")...)
	if first.Edition != 1 || first.By != "赵站长" || first.Figures["minutes"] != 240 {
		t.Errorf("%+v", first)
	}
	w.bad(1, record.CodeMonthLocked, byClerk("hours", "add", id, "--with", "单小芳")...)
	w.bad(1, record.CodeMonthLocked, byClerk(patrol("--start", "2026-10-09 09:00", "--end", "11:00", "--with", "王建国")...)...)
	var seal sealRead
	w.json(&seal, byClerk("month", "verify", "2026-10", "--seal", strings.ToLower(strings.ReplaceAll(first.Seal, "-", " ")))...)
	if !seal.Holds || seal.Paper == nil || !*seal.Paper || seal.Now != first.Seal {
		t.Errorf("%+v", seal)
	}
	w.jsonExit(3, &seal, byClerk("month", "verify", "2026-10", "--seal", "0000-0000-0000-0000")...)
	if text := w.good(byClerk("report", "month", "2026-10")...); !strings.Contains(text, "第1版，封签 "+first.Seal) {
		t.Errorf("%s", text)
	}

	w.bad(1, record.CodeReasonRequired, byChief("month", "reopen", "2026-10")...)
	w.bad(4, record.CodeNoRight, byClerk("month", "reopen", "2026-10", "--reason", "漏人")...)
	w.good(byChief("month", "reopen", "2026-10", "--reason", "签到表漏了一人")...)
	w.good(byClerk("hours", "add", id, "--with", "单小芳=90")...)
	w.jsonExit(3, &seal, byClerk("month", "verify", "2026-10")...)
	if !seal.Open || len(seal.Changes) != 1 || seal.Changes[0].How != "added" {
		t.Errorf("%+v", seal)
	}
	var second closingRead
	w.json(&second, byChief("month", "close", "2026-10")...)
	if second.Edition != 2 || second.Reason != "签到表漏了一人" || second.Seal == first.Seal {
		t.Errorf("%+v", second)
	}
	var why explainRead
	w.json(&why, byClerk("month", "explain", "2026-10", "--edition", "1", "--indicator", "minutes")...)
	if len(why.Changed) != 1 || len(why.Changed[0].Causes) != 1 || why.Changed[0].Causes[0].Amount != 90 || why.Changed[0].Causes[0].What != "社区夜巡" ||
		why.Changed[0].Causes[0].Kind != "corrected" {
		t.Errorf("%+v", why)
	}
	w.bad(1, record.CodeNotFound, byClerk("month", "explain", "2026-10", "--edition", "3")...)
	if text := w.good(byClerk("month", "list")...); !strings.Contains(text, "第2版（更正版）") || !strings.Contains(text, second.Seal) {
		t.Errorf("%s", text)
	}
	w.good(byClerk("verify")...)
}

// TestMonthRows holds that the rows of each figure add up to it, by command too.
func TestMonthRows(t *testing.T) {
	w, _ := settled(t)
	var report struct {
		Figures map[string]int64 `json:"figures"`
	}
	w.run(byClerk("report", "month", "2026-10", "--json")...)
	w.read(&report)
	if report.Figures["minutes"] != 240 || len(report.Figures) < 50 {
		t.Fatalf("%v", report.Figures)
	}
	for _, code := range []string{"minutes", "people", "participations", "volunteers", "teams", "served", "minutes.3", "activities.1"} {
		var rows struct {
			Sum  int64 `json:"sum"`
			Rows []struct {
				N int64 `json:"n"`
			} `json:"rows"`
			Name       string `json:"name"`
			Definition string `json:"definition"`
		}
		w.run(byClerk("month", "rows", "2026-10", code, "--json")...)
		w.read(&rows)
		sum := int64(0)
		for _, r := range rows.Rows {
			sum += r.N
		}
		if sum != report.Figures[code] || rows.Sum != sum || rows.Name == "" || rows.Definition == "" {
			t.Errorf("%s: %+v, counted %d", code, rows, report.Figures[code])
		}
	}
	w.bad(2, record.CodeUsage, byClerk("month", "rows", "2026-10", "minuten")...)
}

// TestHoursCheck finds an impossible hour and says what to do.
func TestHoursCheck(t *testing.T) {
	w, _ := settled(t)
	w.good(byClerk("hours", "check")...)
	w.good(byClerk(patrol("--start", "2026-10-08 10:00", "--end", "12:00", "--with", "王建国")...)...)
	var found struct {
		Faults []struct {
			Code       string   `json:"code"`
			Level      string   `json:"level"`
			Day        string   `json:"day"`
			Volunteer  string   `json:"volunteer"`
			Name       string   `json:"name"`
			Activities []string `json:"activities"`
			Title      string   `json:"title"`
			Minutes    int      `json:"minutes"`
			Most       int      `json:"most"`
			People     int      `json:"people"`
			Message    string   `json:"message"`
			Remedy     string   `json:"remedy"`
			Do         string   `json:"do"`
		} `json:"faults"`
	}
	w.jsonExit(3, &found, byClerk("hours", "check", "--month", "2026-10")...)
	if len(found.Faults) != 1 || found.Faults[0].Code != "overlap" || found.Faults[0].Name != "王建国" || found.Faults[0].Most != 180 || found.Faults[0].Do == "" {
		t.Errorf("%+v", found)
	}
	if code := w.run(byClerk("month", "check", "2026-10")...); code != 3 {
		t.Errorf("the check of the month exits with %d", code)
	}
	w.chinese(w.out.String())
	w.bad(1, record.CodeMonthUnready, byChief("month", "close", "2026-10")...)
	w.bad(1, record.CodeDate, byClerk("hours", "check", "--month", "zehn")...)
}
