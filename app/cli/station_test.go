package cli_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

type founded struct {
	Dir          string         `json:"dir"`
	Station      record.Station `json:"station"`
	Admin        string         `json:"admin"`
	RecoveryCode string         `json:"recovery_code"`
	RecoveryPDF  string         `json:"recovery_pdf"`
}

func initArgs(more ...string) []string {
	return append([]string{"init", "--station-code", "120103004", "--station-name", "天津市河西区测试街道退役军人服务站", "--admin", testAdmin}, more...)
}

func TestInit(t *testing.T) {
	w := newWorld(t)
	page := w.file("恢复码.pdf")
	var doc founded
	w.json(&doc, initArgs("--recovery-pdf", page)...)
	if doc.Dir != w.env.DefaultDir || doc.Station.Code != "120103004" || doc.Admin != testAdmin || len(doc.RecoveryCode) < 32 {
		t.Errorf("%+v", doc)
	}
	if raw, err := os.ReadFile(page); err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) {
		t.Errorf("the page for the safe: %v", err)
	}
	w.bad(1, record.CodeStationExists, initArgs()...)
	w.bad(1, record.CodeStationExists, initArgs("--recovery-pdf", w.file("再来.pdf"))...)
	if _, err := os.Stat(w.file("再来.pdf")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a page for a station that was not founded")
	}
	var shown record.Station
	w.json(&shown, "station", "show")
	if shown != doc.Station {
		t.Errorf("%+v", shown)
	}
}

func TestInitRefusals(t *testing.T) {
	w := newWorld(t)
	w.bad(2, record.CodeUsage, "init")
	w.bad(1, record.CodeStationCode, "init", "--station-code", "12010", "--station-name", "站", "--admin", testAdmin)
	w.bad(1, record.CodeFileUnwritten, initArgs("--recovery-pdf", w.file("没有/恢复码.pdf"))...)
	w.vars["RONGYUAN_PASSWORD"] = "short"
	w.bad(1, record.CodePasswordWeak, initArgs()...)
	w.vars["RONGYUAN_PASSWORD"] = testAdmin + "-Gongzuo-1"
	w.bad(1, record.CodePasswordName, initArgs()...)
	delete(w.vars, "RONGYUAN_PASSWORD")
	w.bad(4, record.CodeLocked, initArgs()...)
	w.bad(1, record.CodeNoStation, "volunteer", "list")
	if left, _ := os.ReadDir(w.dir); len(left) > 0 && left[0].Name() != "station" {
		t.Errorf("%v stayed", left)
	}
}

func TestPasswords(t *testing.T) {
	w := newStation(t)
	w.vars["RONGYUAN_PASSWORD"] = "Falsch-Wort-2026"
	w.bad(4, record.CodeWrongPassword, "volunteer", "list")
	w.bad(4, record.CodeWrongPassword, "volunteer", "list", "--user", "没有这个人")
	file := w.file("密码.txt")
	if err := os.WriteFile(file, []byte("\ufeff"+testPassword+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.good("volunteer", "list", "--password-file", file)
	w.bad(1, record.CodeFileUnread, "volunteer", "list", "--password-file", w.file("没有.txt"))
	delete(w.vars, "RONGYUAN_PASSWORD")
	w.bad(4, record.CodeLocked, "volunteer", "list")
	asked := 0
	w.env.Secret = func(prompt string) (string, error) {
		asked++
		w.chinese(prompt)
		return testPassword, nil
	}
	w.good("volunteer", "list")
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	w.env.Secret = func(string) (string, error) { return "", errors.New("terminal: interrupted") }
	w.bad(1, record.CodeCancelled, "volunteer", "list")
}

func TestNewPasswordIsTypedTwice(t *testing.T) {
	w := newWorld(t)
	delete(w.vars, "RONGYUAN_PASSWORD")
	typed := []string{testPassword, "Anders-Wort-2026"}
	n := 0
	w.env.Secret = func(string) (string, error) { n++; return typed[(n-1)%2], nil }
	w.bad(1, record.CodeInvalid, initArgs()...)
	typed[1] = testPassword
	w.good(initArgs()...)
}

func TestSeveralAccountsNeedAUser(t *testing.T) {
	w := newStation(t)
	w.look(func(db *store.DB) {
		for name, role := range map[string]record.Role{"看的人": record.RoleViewer, "李经办": record.RoleClerk} {
			if err := db.AddAccount(t.Context(), store.Account{Name: name, Role: role}, "Ling-Yi-Ge-2026"); err != nil {
				t.Fatal(err)
			}
		}
	})
	w.bad(2, record.CodeUsage, "volunteer", "list")
	w.good("volunteer", "list", "--user", testAdmin)
	w.vars["RONGYUAN_PASSWORD"] = "Ling-Yi-Ge-2026"
	w.good("--user", "看的人", "volunteer", "list")
	w.bad(4, record.CodeNoRight, "volunteer", "list", "--user", "看的人", "--unmask", "--reason", "核对")
	w.bad(4, record.CodeNoRight, "volunteer", "add", "--user", "看的人", "--name", "王建国", "--agreement-date", "2026-01-05")
	w.bad(4, record.CodeNoRight, "calendar", "set", "2026-10-01", "--user", "看的人")
	w.bad(4, record.CodeNoRight, "station", "set", "--name", "新名", "--user", "李经办")
	w.good("volunteer", "add", "--user", "李经办", "--name", "王建国", "--agreement-date", "2026-01-05")
	w.look2("李经办", func(db *store.DB) {
		ops, err := db.OperationsAfter(t.Context(), 0, 100)
		if err != nil || ops[len(ops)-1].Actor != "李经办" {
			t.Errorf("the log does not say who: %v", err)
		}
	})
}

// look2 is look as another account.
func (w *world) look2(account string, f func(*store.DB)) {
	w.t.Helper()
	db, err := store.Open(w.t.Context(), w.storeOptions())
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.Unlock(w.t.Context(), account, w.vars["RONGYUAN_PASSWORD"]); err != nil {
		w.t.Fatal(err)
	}
	f(db)
}

func TestFileInUseAndDamagedFiles(t *testing.T) {
	w := newStation(t)
	db, err := store.Open(t.Context(), w.storeOptions())
	if err != nil {
		t.Fatal(err)
	}
	var f failure
	w.jsonExit(5, &f, "volunteer", "list")
	if f.Error.Code != record.CodeInUse {
		t.Errorf("%+v", f)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	path := w.env.DefaultDir + "/station.db"
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for code, raw := range map[record.Code][]byte{
		record.CodeFileTruncated: whole[:len(whole)/2],
		record.CodeFileForeign:   bytes.Repeat([]byte("x"), 4096),
	} {
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		w.bad(6, code, "volunteer", "list")
		if now, _ := os.ReadFile(path); !bytes.Equal(now, raw) {
			t.Errorf("%s: the file was touched", code)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	w.bad(6, record.CodeFileMissing, "volunteer", "list")
}

func TestStationSet(t *testing.T) {
	w := newStation(t)
	var s record.Station
	w.json(&s, "station", "set", "--issuer", "河西区关爱退役军人协会", "--phone", "022-28000000")
	if s.Issuer != "河西区关爱退役军人协会" || s.Phone != "022-28000000" || s.Name == "" {
		t.Errorf("%+v", s)
	}
	w.bad(1, record.CodeNothingToDo, "station", "set", "--phone", "022-28000000")
	w.bad(1, record.CodeRequired, "station", "set", "--name", " ")
	if text := w.good("station", "show"); !strings.Contains(text, "关爱退役军人协会") {
		t.Error(text)
	}
}

func TestCalendar(t *testing.T) {
	w := newStation(t)
	w.good("calendar", "set", "2026-10-01", "--name", "国庆节")
	w.good("calendar", "set", "2026.10.10", "--worked")
	var doc struct {
		Days []store.CalendarDay `json:"days"`
	}
	w.json(&doc, "calendar", "list")
	if len(doc.Days) != 2 || doc.Days[0] != (store.CalendarDay{Day: "2026-10-01", Name: "国庆节"}) || !doc.Days[1].Worked {
		t.Errorf("%+v", doc)
	}
	w.good("calendar", "remove", "2026-10-01")
	w.json(&doc, "calendar", "list")
	if len(doc.Days) != 1 {
		t.Errorf("%+v", doc)
	}
	w.bad(1, record.CodeDate, "calendar", "set", "2026-13-01")
	w.bad(1, record.CodeDate, "calendar", "set", "2026-10")
	w.bad(2, record.CodeUsage, "calendar", "set")
}
