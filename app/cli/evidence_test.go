package cli_test

import (
	"os"
	"strings"
	"testing"

	"rongyuan/store/record"
)

func TestEvidenceByCommand(t *testing.T) {
	w := patrolled(t)
	var done activityWritten
	w.json(&done, "activity", "add", "--template", "巡逻", "--date", "2026-10-08", "--team", "老兵巡逻队", "--team-all")
	if done.Participants != 3 || done.Minutes != 360 {
		t.Errorf("%+v", done)
	}
	plan, out := w.file("巡逻方案.txt"), w.file("导出")
	if err := os.WriteFile(plan, []byte("分两组"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(out, 0o700); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Evidence []struct {
			ID    string `json:"id"`
			Kind  string `json:"kind"`
			Name  string `json:"name"`
			Size  int64  `json:"size"`
			Taken string `json:"taken"`
			Hash  string `json:"hash"`
		} `json:"evidence"`
		Missing  []string  `json:"missing"`
		Problems []finding `json:"problems"`
	}
	w.json(&doc, "activity", "attach", done.ID, plan)
	if len(doc.Evidence) != 1 || doc.Evidence[0].Kind != "方案通知" || strings.Join(doc.Missing, "") != "签到表照片" {
		t.Errorf("%+v", doc)
	}
	w.good("activity", "evidence", done.ID, "-o", out)
	if raw, err := os.ReadFile(out + "/01-巡逻方案.txt"); err != nil || string(raw) != "分两组" {
		t.Errorf("%q, %v", raw, err)
	}
	w.bad(1, record.CodeDuplicate, "activity", "attach", done.ID, plan)
	w.bad(1, record.CodeFileUnread, "activity", "attach", done.ID, w.file("没有.jpg"))
	w.bad(1, record.CodePhotoUnread, "activity", "attach", done.ID, plan, "--kind", "照片")
	w.good("activity", "detach", doc.Evidence[0].ID)
	w.bad(1, record.CodeNotFound, "activity", "detach", doc.Evidence[0].ID)
	w.good("undo")
	w.json(&doc, "activity", "evidence", done.ID)
	if len(doc.Evidence) != 1 {
		t.Errorf("after the undo %+v", doc)
	}
	w.good("backup")
	w.good("verify")
}

func TestPlansByCommand(t *testing.T) {
	w := patrolled(t)
	var done activityWritten
	w.json(&done, patrol("--start", "2026-10-08 09:00", "--end", "11:00", "--with", "王建国")...)
	var made struct {
		Activities []string     `json:"activities"`
		Days       []record.Day `json:"days"`
	}
	w.json(&made, "activity", "repeat", done.ID, "--weeks", "3")
	if len(made.Activities) != 3 || made.Days[0] != "2026-10-22" {
		t.Errorf("%+v", made)
	}
	w.good("undo")
	w.bad(2, record.CodeUsage, "activity", "repeat", done.ID)
	var all struct {
		Templates []record.ActivityTemplate `json:"templates"`
	}
	w.json(&all, "activity", "templates", "--save", "夜巡", "--from", done.ID)
	if n := len(all.Templates); n < 5 || all.Templates[n-1].Title != "社区夜巡" {
		t.Errorf("%+v", all)
	}
	w.good("activity", "templates", "--remove", "夜巡")
	w.bad(1, record.CodeNotFound, "activity", "templates", "--remove", "夜巡")
	w.bad(1, record.CodeNotFound, "activity", "add", "--template", "没有")
	w.now = w.now.AddDate(0, 1, 0)
	if text := w.good("activity", "dates"); !strings.Contains(text, "国际志愿者日") {
		t.Error(text)
	}
}
