package cli_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

const otherPassword = "Ling-Yi-Ge-2026"

type accountDoc struct {
	Name     string      `json:"name"`
	Role     record.Role `json:"role"`
	RoleName string      `json:"role_name"`
	Disabled bool        `json:"disabled"`
}

type accountWritten struct {
	Account accountDoc `json:"account"`
}

// as runs f logged in with another account.
func (w *world) as(password string, f func()) {
	before := w.vars["RONGYUAN_PASSWORD"]
	w.vars["RONGYUAN_PASSWORD"] = password
	f()
	w.vars["RONGYUAN_PASSWORD"] = before
}

func TestAccounts(t *testing.T) {
	w := newStation(t)
	w.vars["RONGYUAN_NEW_PASSWORD"] = otherPassword
	var one accountWritten
	w.json(&one, "account", "add", "李经办", "--role", "经办")
	if one.Account != (accountDoc{"李经办", record.RoleClerk, "经办", false}) {
		t.Errorf("%+v", one)
	}
	w.json(&one, "account", "add", "赵站长", "--role", "chief", "--user", testAdmin)
	w.bad(1, record.CodeAccountTaken, "account", "add", "李经办", "--role", "查看", "--user", testAdmin)
	w.bad(1, record.CodeUnknownCode, "account", "add", "新人", "--role", "皇帝", "--user", testAdmin)
	w.bad(1, record.CodeRequired, "account", "add", " ", "--role", "查看", "--user", testAdmin)
	w.vars["RONGYUAN_NEW_PASSWORD"] = "short"
	w.bad(1, record.CodePasswordWeak, "account", "add", "新人", "--role", "查看", "--user", testAdmin)
	w.vars["RONGYUAN_NEW_PASSWORD"] = "新人-Wort-2026"
	w.bad(1, record.CodePasswordName, "account", "add", "新人", "--role", "查看", "--user", testAdmin)
	delete(w.vars, "RONGYUAN_NEW_PASSWORD")
	w.bad(2, record.CodeUsage, "account", "add", "新人", "--role", "查看", "--user", testAdmin)
	w.as(otherPassword, func() {
		w.bad(4, record.CodeNoRight, "account", "add", "新人", "--role", "查看", "--user", "李经办")
		w.bad(4, record.CodeNoRight, "account", "disable", "赵站长", "--user", "李经办")
		w.bad(4, record.CodeNoRight, "account", "reset", testAdmin, "--user", "李经办")
		w.bad(4, record.CodeNoRight, "account", "recovery-code", "--user", "李经办")
		w.bad(4, record.CodeNoRight, "account", "rekey", "--user", "李经办")
		w.good("volunteer", "list", "--user", "李经办")
	})
	w.bad(1, record.CodeLastAdmin, "account", "disable", testAdmin, "--user", testAdmin)
	w.bad(1, record.CodeNotFound, "account", "disable", "谁", "--user", testAdmin)
	w.json(&one, "account", "disable", "李经办", "--user", testAdmin)
	if !one.Account.Disabled {
		t.Errorf("%+v", one)
	}
	w.as(otherPassword, func() { w.bad(4, record.CodeWrongPassword, "volunteer", "list", "--user", "李经办") })
	delete(w.vars, "RONGYUAN_PASSWORD")
	var list struct {
		Accounts []accountDoc `json:"accounts"`
	}
	w.json(&list, "account", "list")
	if len(list.Accounts) != 3 {
		t.Errorf("%+v", list)
	}
	if text := w.good("account", "list"); !strings.Contains(text, "站长") || !strings.Contains(text, "已停用") {
		t.Error(text)
	}
}

func TestOwnPassword(t *testing.T) {
	w := newStation(t)
	file := w.file("新.txt")
	if err := os.WriteFile(file, []byte(otherPassword+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.vars["RONGYUAN_NEW_PASSWORD"] = "short"
	w.bad(1, record.CodePasswordWeak, "account", "password")
	w.bad(1, record.CodeFileUnread, "account", "password", "--new-password-file", w.file("没有.txt"))
	w.good("account", "password", "--new-password-file", file)
	w.bad(4, record.CodeWrongPassword, "volunteer", "list")
	w.vars["RONGYUAN_PASSWORD"] = otherPassword
	w.good("volunteer", "list")
	delete(w.vars, "RONGYUAN_NEW_PASSWORD")
	typed := []string{testPassword, "Falsch-Wort-2026"}
	n := 0
	w.env.Secret = func(prompt string) (string, error) { w.chinese(prompt); n++; return typed[(n-1)%2], nil }
	w.bad(1, record.CodeInvalid, "account", "password")
	typed[1] = testPassword
	w.good("account", "password")
	w.vars["RONGYUAN_PASSWORD"] = testPassword
	w.good("volunteer", "list")
}

func TestResetEndsALock(t *testing.T) {
	w := newStation(t)
	w.vars["RONGYUAN_NEW_PASSWORD"] = otherPassword
	w.good("account", "add", "李经办", "--role", "经办")
	w.as("Falsch-Wort-2026", func() {
		for range 5 {
			w.run("volunteer", "list", "--user", "李经办")
		}
	})
	w.as(otherPassword, func() { w.bad(4, record.CodeAccountLocked, "volunteer", "list", "--user", "李经办") })
	w.bad(1, record.CodeNotFound, "account", "reset", "谁", "--user", testAdmin)
	w.vars["RONGYUAN_NEW_PASSWORD"] = "Wieder-Neu-2026"
	w.good("account", "reset", "李经办", "--user", testAdmin)
	w.as("Wieder-Neu-2026", func() { w.good("volunteer", "list", "--user", "李经办") })
}

func TestForgottenPassword(t *testing.T) {
	w := newWorld(t)
	var made founded
	w.json(&made, initArgs()...)
	w.add("王建国", idWang)
	delete(w.vars, "RONGYUAN_PASSWORD")
	w.bad(2, record.CodeUsage, "account", "recover")
	w.vars["RONGYUAN_RECOVERY"] = made.RecoveryCode
	w.bad(2, record.CodeUsage, "account", "recover")
	w.vars["RONGYUAN_NEW_PASSWORD"] = "short"
	w.bad(1, record.CodePasswordWeak, "account", "recover")
	w.vars["RONGYUAN_NEW_PASSWORD"] = otherPassword
	w.bad(1, record.CodeNotFound, "account", "recover", "--user", "谁")
	w.vars["RONGYUAN_RECOVERY"] = strings.Replace(made.RecoveryCode, made.RecoveryCode[:1], "?", 1)
	w.bad(4, record.CodeRecoveryTypo, "account", "recover")
	w.vars["RONGYUAN_RECOVERY"] = made.RecoveryCode
	w.good("account", "recover")
	w.vars["RONGYUAN_PASSWORD"] = testPassword
	w.bad(4, record.CodeWrongPassword, "volunteer", "list")
	w.vars["RONGYUAN_PASSWORD"] = otherPassword
	w.good("volunteer", "list")
}

type newCode struct {
	RecoveryCode string      `json:"recovery_code"`
	RecoveryPDF  string      `json:"recovery_pdf"`
	Backup       *backupDoc  `json:"backup"`
	BackupFailed record.Code `json:"backup_failed"`
}

func TestRecoveryCode(t *testing.T) {
	w := newWorld(t)
	var made founded
	w.json(&made, initArgs()...)
	w.bad(1, record.CodeFileUnwritten, "account", "recovery-code", "--recovery-pdf", w.file("没有/码.pdf"))
	w.vars["RONGYUAN_RECOVERY"], w.vars["RONGYUAN_NEW_PASSWORD"] = made.RecoveryCode, otherPassword
	w.good("account", "recover")
	w.vars["RONGYUAN_PASSWORD"] = otherPassword
	var fresh newCode
	w.json(&fresh, "account", "recovery-code", "--recovery-pdf", w.file("码.pdf"))
	if raw, err := os.ReadFile(w.file("码.pdf")); err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) || fresh.RecoveryPDF == "" {
		t.Errorf("the page for the safe: %v", err)
	}
	w.bad(4, record.CodeWrongRecovery, "account", "recover")
	w.vars["RONGYUAN_RECOVERY"], w.vars["RONGYUAN_NEW_PASSWORD"] = fresh.RecoveryCode, testPassword
	w.good("account", "recover")
	w.vars["RONGYUAN_PASSWORD"] = testPassword
	if text := w.good("account", "recovery-code"); !strings.Contains(text, "只显示这一次") {
		t.Error(text)
	}
}

func TestRekey(t *testing.T) {
	w := newWorld(t)
	var made founded
	w.json(&made, initArgs()...)
	w.add("王建国", idWang)
	w.vars["RONGYUAN_NEW_PASSWORD"] = otherPassword
	w.good("account", "add", "李经办", "--role", "经办")
	w.good("backup", "--user", testAdmin)
	var done newCode
	w.json(&done, "account", "rekey", "--user", testAdmin)
	if done.RecoveryCode == "" || done.RecoveryCode == made.RecoveryCode || done.Backup == nil || done.BackupFailed != "" {
		t.Errorf("%+v", done)
	}
	w.as(otherPassword, func() { w.bad(4, record.CodeWrongPassword, "volunteer", "list", "--user", "李经办") })
	w.good("account", "reset", "李经办", "--user", testAdmin)
	w.as(otherPassword, func() { w.good("volunteer", "show", "王建国", "--user", "李经办") })
	w.vars["RONGYUAN_RECOVERY"] = made.RecoveryCode
	w.bad(4, record.CodeWrongRecovery, "account", "recover", "--user", testAdmin)
	w.vars["RONGYUAN_RECOVERY"] = done.RecoveryCode
	w.good("account", "recover", "--user", testAdmin)
	w.as(otherPassword, func() {
		var v verifyDoc
		w.json(&v, "verify", "--user", testAdmin)
		if v.Backup == nil || v.Backup.Broken != "" {
			t.Errorf("%+v", v.Backup)
		}
		if text := w.good("account", "rekey", "--user", testAdmin); !strings.Contains(text, "恢复码") {
			t.Error(text)
		}
		w.look2(testAdmin, func(db *store.DB) {
			if !db.Rekeyed(t.Context()) {
				t.Error("something is left under an older key")
			}
		})
	})
}
