package cli_test

import (
	"strings"
	"testing"

	"rongyuan/store/record"
)

type undoDoc struct {
	Batch      string  `json:"batch"`
	Type       string  `json:"type"`
	What       string  `json:"what"`
	EntityID   string  `json:"entity_id"`
	Operations int     `json:"operations"`
	Made       *string `json:"made"`
	Undone     bool    `json:"undone"`
}

func TestUndo(t *testing.T) {
	w := newStation(t)
	w.bad(1, record.CodeNothingToDo, "undo")
	one := w.add("王建国", idWang)
	w.good("volunteer", "edit", "王建国", "--address", "东风里1号楼")
	var done undoDoc
	before := w.head()
	w.json(&done, "undo", "--dry-run")
	if done.Undone || done.What != "改人员资料：王建国" || done.EntityID != one.ID || done.Operations != 1 || done.Made == nil {
		t.Errorf("%+v", done)
	}
	if text := w.good("undo", "--dry-run"); !strings.Contains(text, "没有撤回") || w.head() != before {
		t.Error(text)
	}
	w.json(&done, "undo")
	if !done.Undone || w.head() == before {
		t.Errorf("%+v", done)
	}
	if code := w.run("volunteer", "show", "王建国", "--unmask", "--reason", "核对", "--json"); code != 0 || strings.Contains(w.out.String(), "东风里") {
		t.Errorf("the address stayed: %s", w.out.String())
	}
	w.good("team", "found", "--name", "巡逻队", "--kind", "治安巡逻队")
	w.good("team", "join", "巡逻队", "王建国")
	if text := w.good("undo"); !strings.Contains(text, "加队员") {
		t.Error(text)
	}
	if text := w.good("undo"); !strings.Contains(text, "建服务队：巡逻队") {
		t.Error(text)
	}
	w.good("activity", "add", "--title", "社区夜巡", "--sub", "治安巡逻", "--start", "2026-10-08 09:00", "--end", "11:00", "--with", "王建国")
	w.json(&done, "undo")
	if done.What != "登记活动：社区夜巡，共 2 条" {
		t.Errorf("%+v", done)
	}
	w.good("volunteer", "seal", "王建国", "--reason", "误操作")
	w.good("undo")
	var list people
	w.json(&list, "volunteer", "list", "--status", "在册")
	if len(list.Volunteers) != 1 {
		t.Errorf("%+v", list)
	}
	w.good("undo")
	w.bad(1, record.CodeNothingToDo, "undo", "--dry-run")
	w.bad(1, record.CodeNothingToDo, "undo")
	w.good("verify")
}

func TestUndoOfAnImportAndOfWhatOthersRestOn(t *testing.T) {
	w := newStation(t)
	path := w.roster([]any{"1", "王建国", numbered(0), "", "", ""}, []any{"2", "李卫东", numbered(1), "", "", ""})
	w.good("import", path)
	var done undoDoc
	w.json(&done, "undo", "--dry-run")
	if done.Operations != 2 || !strings.Contains(done.What, "共 2 条") {
		t.Errorf("%+v", done)
	}
	w.vars["RONGYUAN_NEW_PASSWORD"] = testPassword
	w.good("account", "add", "李经办", "--role", "经办")
	w.good("activity", "add", "--title", "社区夜巡", "--sub", "治安巡逻", "--start", "2026-10-08 09:00", "--end", "11:00", "--with", "王建国", "--user", "李经办")
	w.bad(1, record.CodeStale, "undo", "--user", testAdmin)
	w.good("undo", "--user", "李经办")
	w.good("undo", "--user", testAdmin)
	var list people
	w.json(&list, "volunteer", "list", "--user", testAdmin)
	if len(list.Volunteers) != 0 {
		t.Errorf("%+v", list)
	}
}
