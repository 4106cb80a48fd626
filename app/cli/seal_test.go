package cli_test

import (
	"strings"
	"testing"

	"rongyuan/store/record"
)

type sealedList struct {
	Sealed []struct {
		ID     string     `json:"id"`
		Number string     `json:"number"`
		Name   string     `json:"name"`
		Since  record.Day `json:"since"`
		Purge  record.Day `json:"purge"`
	} `json:"sealed"`
}

// chief adds the account of a chief and gives the words that log in with it.
func (w *world) chief() []string {
	w.t.Helper()
	w.vars["RONGYUAN_NEW_PASSWORD"] = testPassword
	w.good("account", "add", "赵站长", "--role", "站长")
	return []string{"--user", "赵站长"}
}

func TestSealUnsealPurge(t *testing.T) {
	w := newStation(t)
	one := w.add("王建国", idWang)
	w.add("单小芳", numbered(1))
	asChief := w.chief()
	admin := []string{"--user", testAdmin}
	with := func(who []string, words ...string) []string { return append(words, who...) }
	w.bad(1, record.CodeReasonRequired, with(admin, "volunteer", "seal", "王建国")...)
	w.bad(1, record.CodeReasonRequired, with(admin, "volunteer", "seal", "王建国", "--reason", "  ")...)
	w.bad(1, record.CodeNotFound, with(admin, "volunteer", "seal", "没有这个人", "--reason", "x")...)
	w.bad(4, record.CodeNoRight, with(asChief, "volunteer", "seal", "王建国", "--reason", "x")...)
	w.bad(2, record.CodeUsage, with(admin, "volunteer", "edit", "王建国", "--status", "封存")...)
	w.good(with(admin, "volunteer", "seal", "王建国", "--reason", "本人撤回同意")...)
	w.bad(1, record.CodeNothingToDo, with(admin, "volunteer", "seal", one.ID, "--reason", "x")...)
	w.bad(2, record.CodeUsage, with(admin, "volunteer", "edit", one.ID, "--status", "在册")...)
	var found people
	w.json(&found, with(admin, "volunteer", "list")...)
	if len(found.Volunteers) != 1 {
		t.Errorf("%+v", found)
	}
	var list sealedList
	w.json(&list, with(asChief, "volunteer", "sealed")...)
	if len(list.Sealed) != 1 || list.Sealed[0].ID != one.ID || list.Sealed[0].Since != "2026-10-20" || list.Sealed[0].Purge != "2036-10-20" {
		t.Errorf("%+v", list)
	}
	if text := w.good(with(asChief, "volunteer", "sealed")...); !strings.Contains(text, "2036-10-20") {
		t.Error(text)
	}
	w.bad(4, record.CodeNoRight, with(admin, "volunteer", "purge", one.ID, "--reason", "到期")...)
	w.bad(1, record.CodeNotSealed, with(asChief, "volunteer", "purge", "单小芳", "--reason", "到期")...)
	w.bad(1, record.CodeNotFound, with(asChief, "volunteer", "purge", "没有这个人", "--reason", "到期")...)
	w.bad(1, record.CodeTooEarly, with(asChief, "volunteer", "purge", "王建国", "--reason", "到期")...)
	w.bad(1, record.CodeReasonRequired, with(asChief, "volunteer", "unseal", "王建国")...)
	w.bad(1, record.CodeNotSealed, with(admin, "volunteer", "unseal", "单小芳", "--reason", "x")...)
	w.good(with(admin, "volunteer", "unseal", one.Number, "--reason", "本人要求恢复")...)
	w.json(&found, with(admin, "volunteer", "list", "--status", "暂停")...)
	if len(found.Volunteers) != 1 || found.Volunteers[0].ID != one.ID {
		t.Errorf("%+v", found)
	}
	w.good(with(admin, "volunteer", "seal", idWang, "--reason", "本人撤回同意")...)
	w.now = w.now.AddDate(10, 0, 1)
	w.good(with(asChief, "volunteer", "purge", idWang, "--reason", "保存期满")...)
	w.bad(1, record.CodeNotFound, with(asChief, "volunteer", "purge", idWang, "--reason", "保存期满")...)
	var backups backupList
	w.json(&backups, "backup", "list")
	if len(backups.Backups) == 0 {
		t.Error("no backup before the purge")
	}
	w.good(with(admin, "verify")...)
}

type consents struct {
	Volunteer string `json:"volunteer"`
	Consents  []struct {
		ID          string     `json:"id"`
		Purpose     string     `json:"purpose"`
		PurposeName string     `json:"purpose_name"`
		Given       record.Day `json:"given"`
		Form        string     `json:"form"`
		Way         string     `json:"way"`
		Ended       record.Day `json:"ended"`
		Holds       bool       `json:"holds"`
	} `json:"consents"`
}

func TestConsents(t *testing.T) {
	w := newStation(t)
	one := w.add("王建国", idWang)
	var list consents
	w.json(&list, "consent", "list", "王建国")
	if len(list.Consents) != 0 || list.Volunteer != one.ID {
		t.Errorf("%+v", list)
	}
	w.bad(2, record.CodeUsage, "consent", "give", "王建国")
	w.bad(1, record.CodeUnknownCode, "consent", "give", "王建国", "--purpose", "卖给别人")
	w.bad(1, record.CodeDateFuture, "consent", "give", "王建国", "--purpose", "group", "--date", "2027-01-01")
	w.bad(1, record.CodeDate, "consent", "give", "王建国", "--purpose", "group", "--date", "2026-01")
	w.bad(1, record.CodeNotFound, "consent", "give", "没有这个人", "--purpose", "group")
	w.bad(1, record.CodeNothingToDo, "consent", "end", "王建国", "--purpose", "group")
	w.json(&list, "consent", "give", "王建国", "--purpose", "加入联络群", "--date", "2026-10-01", "--way", "oral")
	if len(list.Consents) != 1 || list.Consents[0].Purpose != "group" || !list.Consents[0].Holds || list.Consents[0].Way != "oral" || list.Consents[0].Form == "" {
		t.Errorf("%+v", list)
	}
	w.bad(1, record.CodeNothingToDo, "consent", "give", "王建国", "--purpose", "group")
	w.good("consent", "give", one.ID, "--purpose", "publicity")
	w.good("consent", "end", idWang, "--purpose", "group")
	w.json(&list, "consent", "list", one.Number)
	if len(list.Consents) != 2 || list.Consents[0].Holds || list.Consents[0].Ended != "2026-10-20" || !list.Consents[1].Holds {
		t.Errorf("%+v", list)
	}
	if text := w.good("consent", "list", "王建国"); !strings.Contains(text, "已撤回") || !strings.Contains(text, "照片和事迹用于宣传") {
		t.Error(text)
	}
	w.good("consent", "give", "王建国", "--purpose", "group")
}
