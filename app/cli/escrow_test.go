package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rongyuan/app/practice"
	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/seal"
)

type escrowRequested struct {
	Path        string `json:"path"`
	Request     string `json:"request"`
	Station     string `json:"station"`
	StationName string `json:"station_name"`
	District    string `json:"district"`
	Fingerprint string `json:"fingerprint"`
}

type escrowAccepted struct {
	Account      string          `json:"account"`
	Restored     json.RawMessage `json:"restored"`
	RecoveryCode string          `json:"recovery_code"`
	RecoveryPDF  string          `json:"recovery_pdf"`
}

// escrowed is a station whose key a district holds.
func escrowed(t *testing.T) (*world, *practice.District) {
	t.Helper()
	w := newStation(t)
	w.add("王建国", idWang)
	d, err := practice.StartDistrict(t.Context(), practice.Options{
		Dir: w.file("district"), Clock: w.env.Clock, Rand: w.env.Rand, Passwords: w.env.Passwords,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	code, err := d.Code(t.Context(), "120103004")
	if err != nil {
		t.Fatal(err)
	}
	if text := w.good("enrol", "--district", d.URL, "--code", code, "--fingerprint", d.Fingerprint); !strings.Contains(text, "托管") {
		t.Errorf("nobody is told: %s", text)
	}
	return w, d
}

// answer lets an officer answer a request.
func (w *world) answer(d *practice.District, request, path string) {
	w.t.Helper()
	raw, err := os.ReadFile(request)
	if err != nil {
		w.t.Fatal(err)
	}
	scope, err := d.Server().Login(w.t.Context(), d.Login.Account, d.Login.Password)
	if err != nil {
		w.t.Fatal(err)
	}
	given, err := d.Server().AnswerEscrow(w.t.Context(), scope, raw, "来函")
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, given.Document, 0o600); err != nil {
		w.t.Fatal(err)
	}
}

func TestEscrow(t *testing.T) {
	w, d := escrowed(t)
	request, reply := w.file("申请.json"), w.file("答复.json")
	delete(w.vars, "RONGYUAN_PASSWORD") // lost, and the paper too
	var s statusDoc
	if w.json(&s, "status"); s.Escrow == "" {
		t.Error("the status does not say who holds a key")
	}
	if text := w.good("status"); !strings.Contains(text, s.Escrow) {
		t.Error(text)
	}
	var asked escrowRequested
	w.json(&asked, "account", "escrow-request", "-o", request)
	if asked.Station != "120103004" || asked.District != s.Escrow || len(asked.Fingerprint) != 19 || asked.Path != request {
		t.Errorf("%+v", asked)
	}
	w.answer(d, request, reply)
	w.vars["RONGYUAN_NEW_PASSWORD"] = "kurz"
	w.bad(1, record.CodePasswordWeak, "account", "escrow-accept", reply, "--account", testAdmin)
	w.vars["RONGYUAN_NEW_PASSWORD"] = otherPassword
	w.bad(1, record.CodeNotFound, "account", "escrow-accept", reply, "--account", "谁")
	w.bad(1, record.CodeFileUnread, "account", "escrow-accept", reply+"x")
	w.bad(1, record.CodeEscrowPaper, "account", "escrow-accept", request)
	w.bad(1, record.CodeFileUnwritten, "account", "escrow-accept", reply, "--recovery-pdf", w.file("没有/页.pdf"))
	w.bad(2, record.CodeUsage, "account", "escrow-accept")
	w.bad(2, record.CodeUsage, "account", "escrow-request")
	w.bad(1, record.CodeFileUnwritten, "account", "escrow-request", "-o", w.file("没有/申请.json"))
	w.alter(reply)
	var done escrowAccepted
	page := w.file("恢复码.pdf")
	w.json(&done, "account", "escrow-accept", reply, "--account", testAdmin, "--recovery-pdf", page)
	if done.Account != testAdmin || done.RecoveryCode == "" || done.RecoveryPDF != page || done.Restored != nil {
		t.Errorf("%+v", done)
	}
	if _, err := os.Stat(page); err != nil {
		t.Error(err)
	}
	w.bad(1, record.CodeEscrowUsed, "account", "escrow-accept", reply, "--account", testAdmin)
	w.vars["RONGYUAN_PASSWORD"] = otherPassword
	w.good("volunteer", "show", "王建国")
	w.vars["RONGYUAN_RECOVERY"] = done.RecoveryCode
	w.good("account", "recover", "--user", testAdmin)
	w.noTrace()
}

// alter turns each byte of a file over in turn: none is taken.
func (w *world) alter(path string) {
	w.t.Helper()
	good, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	altered := w.file("改动过.json")
	for i := 0; i < len(good); i += 13 {
		changed := bytes.Clone(good)
		changed[i] ^= 1
		if err := os.WriteFile(altered, changed, 0o600); err != nil {
			w.t.Fatal(err)
		}
		if code := w.run("account", "escrow-accept", altered, "--account", testAdmin); code != 1 {
			w.t.Fatalf("byte %d altered: exit %d\n%s", i, code, w.out.String())
		}
		w.chinese(w.err.String())
	}
}

// noTrace looks for people and for what waits in all that was written.
func (w *world) noTrace() {
	w.t.Helper()
	err := filepath.WalkDir(w.dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		if strings.HasSuffix(path, ".key") && strings.HasPrefix(filepath.Base(path), "escrow-") {
			w.t.Errorf("%s waits still", path)
		}
		raw, err := os.ReadFile(path)
		for _, plain := range []string{"王建国", idWang} {
			if bytes.Contains(raw, []byte(plain)) {
				w.t.Errorf("%s holds %s", filepath.Base(path), plain)
			}
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestEscrowOfABackupOnANewPC(t *testing.T) {
	w, d := escrowed(t)
	w.good("backup", "-o", w.file("U盘"))
	all, err := store.Backups(w.file("U盘"))
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	w.env.DefaultDir = filepath.Join(w.dir, "新电脑", "station")
	delete(w.vars, "RONGYUAN_PASSWORD")
	w.vars["RONGYUAN_NEW_PASSWORD"] = otherPassword
	request, reply := w.file("申请.json"), w.file("答复.json")
	w.bad(1, record.CodeNoStation, "account", "escrow-request", "-o", request)
	foreign := w.file("别的.rybak")
	if err := os.WriteFile(foreign, bytes.Repeat([]byte("花名册"), 50), 0o600); err != nil {
		t.Fatal(err)
	}
	w.bad(6, record.CodeFileForeign, "account", "escrow-request", "-o", request, "--backup", foreign)
	if text := w.good("account", "escrow-request", "-o", request, "--backup", all[0]); !strings.Contains(text, "--backup") {
		t.Error(text)
	}
	w.answer(d, request, reply)
	var done escrowAccepted
	w.json(&done, "account", "escrow-accept", reply, "--backup", all[0])
	if done.Account != testAdmin || done.Restored == nil || done.RecoveryCode == "" {
		t.Errorf("%+v", done)
	}
	w.vars["RONGYUAN_PASSWORD"] = otherPassword
	w.good("volunteer", "show", "王建国")
	w.noTrace()
}

func TestEscrowOnAndOff(t *testing.T) {
	w, _ := escrowed(t)
	type state struct {
		District string `json:"district"`
	}
	var off, on state
	w.json(&off, "account", "escrow-off")
	if off.District != "" {
		t.Errorf("%+v", off)
	}
	w.bad(1, record.CodeNoEscrow, "account", "escrow-off")
	w.bad(1, record.CodeNoEscrow, "account", "escrow-request", "-o", w.file("申请.json"))
	if _, err := os.Stat(w.file("申请.json")); err == nil {
		t.Error("a request for nothing")
	}
	w.json(&on, "account", "escrow-on")
	if on.District == "" {
		t.Errorf("%+v", on)
	}
	w.good("account", "escrow-on")
	w.good("account", "escrow-off")
	w.vars["RONGYUAN_NEW_PASSWORD"] = otherPassword
	w.good("account", "add", "李经办", "--role", "经办")
	w.as(otherPassword, func() {
		w.bad(4, record.CodeNoRight, "account", "escrow-on", "--user", "李经办")
		w.bad(4, record.CodeNoRight, "account", "escrow-off", "--user", "李经办")
	})
	fresh := newStation(t)
	fresh.bad(1, record.CodeNotEnrolled, "account", "escrow-on")
}

func TestEscrowRequestHoldsNobody(t *testing.T) {
	w, _ := escrowed(t)
	request := w.file("申请.json")
	w.good("account", "escrow-request", "-o", request)
	raw, err := os.ReadFile(request)
	if err != nil {
		t.Fatal(err)
	}
	r, err := seal.ParseEscrowRequest(raw)
	if err != nil || bytes.Contains(raw, []byte(testAdmin)) || bytes.Contains(raw, []byte("王建国")) {
		t.Errorf("%v in %s", err, raw)
	}
	st, err := os.Stat(filepath.Join(w.env.DefaultDir, "escrow-"+r.ID+".key"))
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("%v", err)
	}
}
