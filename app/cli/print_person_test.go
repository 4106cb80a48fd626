package cli_test

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"

	"rongyuan/store/record"
)

func TestPrintPerson(t *testing.T) {
	w := newStation(t)
	one := w.add("王建国", idWang)
	w.good("volunteer", "edit", "王建国", "--address", "东风里1号楼", "--phone", "13800001234", "--note", "周末有空", "--notice-date", "2026-01-05")
	w.good("team", "found", "--name", "巡逻队", "--kind", "治安巡逻队")
	w.good("team", "join", "巡逻队", "王建国", "--from", "2026-02-01")
	w.good("consent", "give", "王建国", "--purpose", "publicity")
	w.good("activity", "add", "--title", "社区夜巡", "--sub", "治安巡逻", "--start", "2026-10-08 09:00", "--end", "11:00", "--with", "王建国")
	if code := w.run("hours", "list", "--volunteer", "王建国", "--json"); code != 0 {
		t.Fatal(w.err.String())
	}
	id, _, _ := strings.Cut(strings.SplitN(w.out.String(), `"id": "`, 2)[1], `"`)
	w.good("hours", "correct", id, "--minutes", "90", "--reason", "提前离开")
	w.whole("volunteer", "show", "王建国", "--unmask", "--reason", "核对电话")
	out := w.file("查询单.pdf")
	w.bad(1, record.CodeReasonRequired, "print", "person", "王建国", "-o", out)
	w.bad(2, record.CodeUsage, "print", "person", "王建国", "-o", w.file("x.xlsx"), "--reason", "x")
	w.bad(1, record.CodeNotFound, "print", "person", "没有这个人", "-o", out, "--reason", "x")
	w.bad(1, record.CodeFileUnwritten, "print", "person", "王建国", "-o", w.file("没有/a.pdf"), "--reason", "x")
	if _, err := os.Stat(out); err == nil {
		t.Error("a paper of a failure")
	}
	var doc struct {
		Output string `json:"output"`
		Serial string `json:"serial"`
		Rows   int    `json:"rows"`
	}
	w.json(&doc, "print", "person", "王建国", "-o", out, "--reason", "本人到站查询")
	if doc.Rows != 3 {
		t.Errorf("%+v", doc)
	}
	text := pdfText(t, out)
	for _, want := range []string{
		idWang, "13800001234", "东风里1号楼", "周末有空", "巡逻队", "照片和事迹用于宣传", "-120", "提前离开", "（90分钟）", "核对电话", "本人到站查询", doc.Serial,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the paper lacks %s", want)
		}
	}
	if first, second := strings.Index(text, "-120"), strings.LastIndex(text, "90"); first < 0 || second < first {
		t.Error("the reversal does not stand before its replacement")
	}
	var list auditList
	w.json(&list, "audit", "list", "--subject", one.ID)
	if len(list.Entries) != 2 || list.Entries[0].Serial != doc.Serial || !strings.Contains(list.Entries[0].Detail, "本人到站查询") {
		t.Errorf("%+v", list)
	}
	w.good("volunteer", "seal", "王建国", "--reason", "本人撤回同意")
	w.good("print", "person", one.ID, "-o", out, "--reason", "封存后查询")
	w.good("print", "person", idWang, "-o", out, "--reason", "封存后查询")
	if text := pdfText(t, out); !strings.Contains(text, "封存") || !strings.Contains(text, idWang) {
		t.Error("the paper of a sealed person")
	}
	w.vars["RONGYUAN_NEW_PASSWORD"] = testPassword
	w.good("account", "add", "看的人", "--role", "查看")
	w.bad(4, record.CodeNoRight, "print", "person", one.ID, "-o", out, "--reason", "x", "--user", "看的人")
}

// pdfText is what poppler reads on a paper, white space apart.
func pdfText(t *testing.T, path string) string {
	t.Helper()
	var stderr bytes.Buffer
	cmd := exec.Command("pdftotext", "-layout", path, "-")
	cmd.Stderr = &stderr
	raw, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext (poppler-utils): %v\n%s", err, stderr.String())
	}
	return strings.Join(strings.Fields(string(raw)), "")
}
