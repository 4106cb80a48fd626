package cli_test

import (
	"os/exec"
	"strings"
	"testing"
	"time"

	"rongyuan/store/record"
)

type paperDoc struct {
	ID      string `json:"id"`
	Number  string `json:"number"`
	State   string `json:"state"`
	Stamp   string `json:"stamp"`
	First   string `json:"first_issue"`
	Minutes int64  `json:"minutes"`
	Drift   *struct {
		Minutes int64 `json:"minutes"`
	} `json:"drift"`
}

type judgedDoc struct {
	Valid    bool        `json:"valid"`
	Code     record.Code `json:"code"`
	Standing string      `json:"standing"`
	Claim    *struct {
		Number  string `json:"number"`
		Minutes int64  `json:"minutes"`
		ID      string `json:"id_number"`
	} `json:"claim"`
}

// servedStation has a team with one member who has two hours.
func servedStation(t *testing.T) *world {
	t.Helper()
	w := newStation(t)
	w.add("王建国", idWang)
	w.good("volunteer", "edit", "王建国", "--address", "东风里1号楼", "--phone", "13800001234")
	w.good("team", "found", "--name", "巡逻队", "--kind", "治安巡逻队")
	w.good("team", "join", "巡逻队", "王建国", "--role", "captain", "--from", "2026-02-01")
	w.good("activity", "add", "--title", "社区夜巡", "--sub", "治安巡逻", "--team", "巡逻队", "--start", "2026-10-08 09:00", "--end", "11:00", "--with", "王建国")
	return w
}

func TestACertificateByCommands(t *testing.T) {
	w := servedStation(t)
	var c paperDoc
	w.loose(0, &c, "certificate", "apply", "王建国", "--from", "2026-01-01", "--use", "评先评优")
	if c.State != "noticed" || c.Minutes != 120 || c.First == "" {
		t.Errorf("%+v", c)
	}
	notice := w.file("公示.pdf")
	w.good("print", "notice", "-o", notice)
	if text := pdfText(t, notice); !strings.Contains(text, "王建国") || strings.Contains(text, "129999") && strings.Contains(text, idWang) {
		t.Errorf("notice:\n%s", text)
	}
	w.bad(1, record.CodeNoticeRunning, "certificate", "issue", c.ID)
	w.bad(1, record.CodeReasonRequired, "certificate", "void", c.ID)
	w.bad(1, record.CodeNotFound, "print", "certificate", c.ID, "-o", w.file("x.pdf"))
	w.now = w.now.Add(8 * 24 * time.Hour)
	w.loose(0, &c, "certificate", "issue", c.ID)
	if c.Number == "" || c.Stamp == "" {
		t.Fatalf("%+v", c)
	}
	out := w.file("证明.pdf")
	w.good("print", "certificate", c.Number, "-o", out)
	text := pdfText(t, out)
	for _, want := range []string{c.Number, "兹证明王建国", "社区夜巡", "129999********1239"} {
		if !strings.Contains(text, want) {
			t.Errorf("the certificate lacks %s", want)
		}
	}
	if strings.Contains(text, idWang) {
		t.Error("the identity number stands in full")
	}
	scanned := qrText(t, out)
	if scanned != c.Stamp {
		t.Errorf("a scanner reads %d digits, signed were %d", len(scanned), len(c.Stamp))
	}
	var v judgedDoc
	w.loose(0, &v, "certificate", "verify", scanned)
	if !v.Valid || v.Standing != "own" || v.Claim.Number != c.Number || v.Claim.ID != "129999********1239" {
		t.Errorf("%+v", v)
	}
	altered := []byte(scanned)
	altered[len(altered)/2] = '0' + (altered[len(altered)/2]-'0'+1)%10
	w.loose(1, &v, "certificate", "verify", string(altered))
	if v.Valid || v.Code != record.CodeStampForged && v.Code != record.CodeKeyUnknown && v.Code != "" {
		t.Errorf("altered: %+v", v)
	}
	w.bad(1, record.CodeStampUnread, "certificate", "verify", "https://example.org")
	w.stranger(t, scanned)

	var d paperDoc
	w.loose(0, &d, "certificate", "show", c.Number)
	if d.Drift == nil || d.Drift.Minutes != 120 {
		t.Errorf("%+v", d)
	}
	var next paperDoc
	w.loose(0, &next, "certificate", "reissue", c.Number, "--reason", "姓名印错")
	if next.Number == c.Number {
		t.Error("a number was used twice")
	}
	w.loose(1, &v, "certificate", "verify", scanned)
	if v.Valid || v.Code != record.CodeVoided {
		t.Errorf("voided: %+v", v)
	}
	book := w.file("登记簿.xlsx")
	w.good("print", "register", "-o", book)
	w.good("print", "register", "-o", w.file("登记簿.pdf"))
	w.good("certificate", "list")
	w.whole("verify")
}

// loose runs a command with --json and reads the parts of its document that
// matter here.
func (w *world) loose(exit int, into any, args ...string) {
	w.t.Helper()
	if code := w.run(append(args, "--json")...); code != exit {
		w.t.Fatalf("%v: exit %d, want %d\n%s%s", args, code, exit, w.out.String(), w.err.String())
	}
	w.read(into)
}

// stranger judges the text on a PC without a station, and at a station that
// took the key in.
func (w *world) stranger(t *testing.T, scanned string) {
	t.Helper()
	key := w.file("key.json")
	w.good("key", "export", "-o", key)
	other := newWorld(t)
	var v judgedDoc
	other.loose(3, &v, "certificate", "verify", scanned)
	if v.Valid || v.Code != record.CodeKeyUnknown || v.Claim == nil {
		t.Errorf("a stranger: %+v", v)
	}
	other.loose(0, &v, "certificate", "verify", scanned, "--key", key)
	if !v.Valid || v.Standing != "known" {
		t.Errorf("with the key: %+v", v)
	}
	w.bad(2, record.CodeUsage, "key", "trust", key, "--fingerprint", "0000")
	w.bad(1, record.CodeFileUnread, "key", "trust", w.file("none.json"))
	w.good("key", "show")
}

// qrText reads the first QR code of a PDF with programs that are not ours.
func qrText(t *testing.T, pdf string) string {
	t.Helper()
	picture := strings.TrimSuffix(pdf, ".pdf")
	if out, err := exec.Command("pdftoppm", "-r", "300", "-gray", "-f", "1", "-l", "1", "-singlefile", pdf, picture).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v %s", err, out)
	}
	out, err := exec.Command("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture+".pgm").Output()
	if err != nil {
		t.Fatalf("zbarimg: %v", err)
	}
	return strings.TrimSpace(string(out))
}

func TestDailyPapersByCommands(t *testing.T) {
	w := servedStation(t)
	id := ""
	var list struct {
		Activities []struct {
			ID string `json:"id"`
		} `json:"activities"`
	}
	w.loose(0, &list, "activity", "list")
	id = list.Activities[0].ID
	for _, c := range []struct {
		args []string
		want string
		not  string
	}{
		{[]string{"registration"}, "志愿者登记表", ""},
		{[]string{"registration", "王建国"}, "王建国", idWang},
		{[]string{"team", "巡逻队"}, "巡逻队队员名册", idWang},
		{[]string{"badges", "巡逻队"}, "王建国", "1380"},
		{[]string{"phonetree", "巡逻队"}, "138****1234", "13800001234"},
		{[]string{"phonetree", "巡逻队", "--unmask", "--reason", "拉动演练"}, "13800001234", ""},
		{[]string{"labels", "--team", "巡逻队", "--unmask", "--reason", "寄慰问信"}, "东风里1号楼", ""},
		{[]string{"ledger", "王建国"}, "社区夜巡", idWang},
		{[]string{"year", "王建国"}, "2026年度志愿者实绩表", idWang},
		{[]string{"stars", "--near", "100"}, "一星", idWang},
		{[]string{"activity", id}, "社区夜巡", ""},
	} {
		out := w.file(c.args[0] + ".pdf")
		w.good(append(append([]string{"print"}, c.args...), "-o", out)...)
		text := pdfText(t, out)
		if !strings.Contains(text, c.want) {
			t.Errorf("%s lacks %s:\n%s", c.args[0], c.want, text)
		}
		if c.not != "" && strings.Contains(text, c.not) {
			t.Errorf("%s shows %s", c.args[0], c.not)
		}
	}
	w.bad(2, record.CodeUsage, "print", "labels", "-o", w.file("l.pdf"))
	w.bad(2, record.CodeUsage, "print", "badges", "巡逻队", "-o", w.file("l.xlsx"))
	w.bad(1, record.CodeNotFound, "print", "ledger", "没有这个人", "-o", w.file("l.pdf"))
	w.bad(2, record.CodeUsage, "print", "year", "王建国", "--year", "26", "-o", w.file("l.pdf"))
	var audit auditList
	w.json(&audit, "audit", "list", "--action", "打印")
	if len(audit.Entries) < 9 {
		t.Errorf("%d prints in the log", len(audit.Entries))
	}
}
