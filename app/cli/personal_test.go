package cli_test

import (
	"strings"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

// TestPersonRecords writes trainings, honours and a move by command, and asks
// roles that may not.
func TestPersonRecords(t *testing.T) {
	w := newStation(t)
	w.add("王建国", "")
	w.good("training", "add", "王建国", "--title", "应急救护初级班", "--hours", "7.5", "--host", "区红十字会", "--result", "合格", "--day", "2026-09-10")
	w.bad(1, record.CodeRequired, "training", "add", "王建国")
	w.bad(1, record.CodeMinutesRange, "training", "add", "王建国", "--title", "急救", "--hours", "许多")
	w.bad(1, record.CodeUnknownCode, "training", "add", "王建国", "--title", "急救", "--result", "还行")
	var learnt struct {
		Volunteer string
		Trainings []struct {
			ID, Day, Title, Host, Result, Volunteer string
			ResultName                              string `json:"result_name"`
			Minutes                                 int
		}
	}
	w.json(&learnt, "training", "list", "王建国")
	if len(learnt.Trainings) != 1 || learnt.Trainings[0].Minutes != 450 || learnt.Trainings[0].ResultName != "合格" {
		t.Errorf("%+v", learnt)
	}
	w.good("honour", "add", "王建国", "--title", "学雷锋先进个人", "--level", "区级", "--issuer", "区退役军人事务局", "--document", "某字〔2026〕3号")
	w.bad(1, record.CodeRequired, "honour", "add", "王建国", "--title", "先进个人", "--issuer", "区里")
	if text := w.good("honour", "list", "王建国"); !strings.Contains(text, "某字〔2026〕3号") || !strings.Contains(text, "区级") {
		t.Error(text)
	}
	w.good("undo")
	if text := w.good("honour", "list", "王建国"); strings.Contains(text, "先进") {
		t.Error(text)
	}
	w.bad(1, record.CodeTransferCity, "transfer", "ask", "王建国", "--station", "310101001", "--reason", "搬家")
	w.bad(1, record.CodeReasonRequired, "transfer", "ask", "王建国", "--station", "129999005")
	w.good("transfer", "ask", "王建国", "--station", "129999005", "--reason", "搬家")
	if text := w.good("transfer", "list"); !strings.Contains(text, "王建国") {
		t.Error(text)
	}
	w.bad(1, record.CodeTransferOpen, "transfer", "ask", "王建国", "--station", "129999005", "--reason", "搬家")
	w.good("transfer", "cancel", "王建国")
	w.bad(1, record.CodeTransferClosed, "transfer", "done", "王建国")
	w.good("transfer", "ask", "王建国", "--station", "129999005", "--reason", "搬家")
	w.good("transfer", "done", "王建国", "--day", "2026-10-15")
	w.bad(1, record.CodeNotHere, "transfer", "ask", "王建国", "--station", "129999005", "--reason", "搬家")
	w.good("transfer", "in", "王建国", "--station", "129999005", "--epoch", "2")
	w.good("verify")
}

// TestTeamHealth asks how the teams stand, and where none is.
func TestTeamHealth(t *testing.T) {
	w := newStation(t)
	w.add("王建国", "")
	w.good("team", "found", "--name", "第一分队", "--kind", "综合服务队", "--tier", "社区队", "--wanted", "急救医护", "--banner", "2026-03-05", "--party-group", "第一党小组")
	w.good("team", "join", "第一分队", "王建国")
	w.bad(1, record.CodeUnknownCode, "team", "edit", "第一分队", "--tier", "军")
	var health struct {
		Teams []struct {
			ID, Name                          string
			Members, Active, Under40, Older70 int
			From40, From60, Ageless           int
			Missing                           []string
			Idle                              []string
		}
	}
	w.json(&health, "team", "health")
	if one := health.Teams[0]; one.Members != 1 || one.Active != 0 || len(one.Idle) != 1 || len(one.Missing) != 1 || one.Ageless != 1 {
		t.Errorf("%+v", health)
	}
	if text := w.good("team", "health"); !strings.Contains(text, "急救医护") {
		t.Error(text)
	}
	if text := w.good("team", "coverage"); !strings.Contains(text, "还没有") {
		t.Error(text)
	}
}

func TestPersonRecordsByRole(t *testing.T) {
	w := newStation(t)
	w.add("王建国", "")
	w.look(func(db *store.DB) {
		for name, role := range map[string]record.Role{"看的人": record.RoleViewer, "赵站长": record.RoleChief, "审计": record.RoleAuditor} {
			if err := db.AddAccount(t.Context(), store.Account{Name: name, Role: role}, "Ling-Yi-Ge-2026"); err != nil {
				t.Fatal(err)
			}
		}
	})
	w.vars["RONGYUAN_PASSWORD"] = "Ling-Yi-Ge-2026"
	for _, user := range []string{"看的人", "赵站长", "审计"} {
		w.bad(4, record.CodeNoRight, "training", "add", "王建国", "--title", "急救", "--user", user)
		w.bad(4, record.CodeNoRight, "honour", "add", "王建国", "--title", "先进", "--level", "区级", "--issuer", "区里", "--user", user)
		w.bad(4, record.CodeNoRight, "transfer", "ask", "王建国", "--station", "129999005", "--reason", "搬家", "--user", user)
	}
	w.good("training", "list", "王建国", "--user", "看的人")
	w.bad(4, record.CodeNoRight, "honour", "list", "王建国", "--user", "审计")
}
