package cli_test

import (
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rongyuan/store/record"
)

// formDoc is the contract's shape.
type formDoc struct {
	Template    string             `json:"template"`
	Fingerprint string             `json:"fingerprint"`
	Known       bool               `json:"known"`
	Period      string             `json:"period"`
	Output      string             `json:"output"`
	Serial      string             `json:"serial"`
	Rows        int                `json:"rows"`
	Cells       int                `json:"cells"`
	Mapping     record.FormMapping `json:"mapping"`
	Unfilled    []struct {
		Sheet  string `json:"sheet"`
		Column string `json:"column"`
		Head   string `json:"head"`
	} `json:"unfilled"`
	Problems []finding `json:"problems"`
}

const forms = "../../reports/testdata/forms/"

// busyStation has two people, a team and an activity.
func busyStation(t *testing.T) *world {
	w := newStation(t)
	w.add("王建国", numbered(300))
	w.add("李卫东", numbered(301))
	w.good("team", "found", "--name", "老兵巡逻队", "--kind", "综合服务队")
	w.good("team", "join", "老兵巡逻队", "--from", "2026-10-01", "王建国")
	w.good("activity", "add", "--title", "社区清扫", "--line", "3", "--sub", "3.2", "--start", "2026-10-18 09:00", "--end", "11:30",
		"--place", "东风里", "--team", "老兵巡逻队", "--with", "王建国", "--with", "李卫东=60", "--served", "9")
	return w
}

func (w *world) cells(path, sheet string, want map[string]string) {
	w.t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for cell, value := range want {
		if got, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true}); err != nil || got != value {
			w.t.Errorf("%s: %q, want %q (%v)", cell, got, value, err)
		}
	}
}

// TestFormFill fills forms that nobody has seen before; the numbers are those
// of the month's report.
func TestFormFill(t *testing.T) {
	w := busyStation(t)
	var month struct {
		Figures map[string]int64 `json:"figures"`
	}
	w.run("report", "month", "2026-10", "--json")
	w.read(&month)
	var doc formDoc
	out := w.file("月报.xlsx")
	w.json(&doc, "form", "fill", forms+"06-单项数字保护.xlsx", "--period", "2026-10", "-o", out)
	if doc.Known || doc.Serial == "" || doc.Cells != 10 || doc.Period != "2026-10" || len(doc.Problems) > 0 {
		t.Errorf("%+v", doc)
	}
	if month.Figures["participations"] != 2 || month.Figures["minutes"] != 210 {
		t.Fatalf("%v", month.Figures)
	}
	w.cells(out, "月报", map[string]string{"B2": "天津市河西区测试街道退役军人服务站", "D2": "2026年10月", "B3": "1", "D3": "2", "B5": "1", "D5": "2", "B6": "3.5", "D6": "9", "D7": "12"})

	people := w.file("人员.xlsx")
	w.jsonExit(0, &doc, "form", "fill", forms+"02-人员保护工作表.xlsx", "--period", "2026-10", "-o", people)
	w.cells(people, "10月", map[string]string{"B3": "王建国", "E3": numbered(300)[:6] + "********" + numbered(300)[14:], "G3": "老兵巡逻队", "H3": "2.5", "H4": "1", "B5": ""})
	w.whole("form", "fill", forms+"02-人员保护工作表.xlsx", "--period", "2026-10", "-o", people, "--unmask", "--reason", "区里要求")
	w.cells(people, "10月", map[string]string{"E3": numbered(300), "E4": numbered(301)})
	w.bad(2, record.CodeUsage, "form", "fill", forms+"02-人员保护工作表.xlsx", "--period", "2026-10", "-o", people, "--unmask")
	if log := w.good("audit", "list"); !strings.Contains(log, "区里要求") {
		t.Error("the log does not say why whole numbers were written")
	}
}

// TestFormMapping settles a form once by a file; the next month it is known
// without one.
func TestFormMapping(t *testing.T) {
	w := busyStation(t)
	form := forms + "11-人员不限行.xlsx"
	var doc formDoc
	w.json(&doc, "form", "read", form, "--save-mapping", w.file("对应.json"))
	if doc.Known || len(doc.Unfilled) > 0 || doc.Mapping.Parts[0].Kind != record.FormPeople {
		t.Fatalf("%+v", doc)
	}
	raw, err := os.ReadFile(w.file("对应.json"))
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(raw), `"F": "skills"`, `"F": "number"`, 1)
	if changed == string(raw) {
		t.Fatalf("%s", raw)
	}
	if err := os.WriteFile(w.file("对应.json"), []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	w.json(&doc, "form", "fill", form, "--period", "2026-10", "--mapping", w.file("对应.json"), "-o", w.file("a.xlsx"))
	if !doc.Known || doc.Rows != 2 {
		t.Errorf("%+v", doc)
	}
	w.json(&doc, "form", "fill", form, "--period", "2026-Q4", "-o", w.file("b.xlsx"))
	if !doc.Known || doc.Mapping.Parts[0].Columns["F"] != "number" || doc.Period != "2026-Q4" {
		t.Errorf("the mapping was forgotten: %+v", doc)
	}
	w.cells(w.file("b.xlsx"), "名单", map[string]string{"A3": "1", "B3": "王建国", "H3": "2.5", "B4": "李卫东", "H4": "1", "K2": "时长总和"})
	// Of another form this file says nothing.
	w.bad(1, record.CodeFormUnknown, "form", "fill", forms+"08-社区汇总.xlsx", "--period", "2026-10", "--mapping", w.file("对应.json"), "-o", w.file("c.xlsx"))
}

func TestFormRefusals(t *testing.T) {
	w := busyStation(t)
	text := w.file("不是表.xlsx")
	if err := os.WriteFile(text, []byte("姓名,性别\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := w.file("out.xlsx")
	w.bad(1, record.CodeFormKind, "form", "fill", text, "--period", "2026-10", "-o", out)
	w.bad(1, record.CodeFileUnread, "form", "fill", w.file("没有.xlsx"), "--period", "2026-10", "-o", out)
	w.bad(1, record.CodeDate, "form", "fill", forms+"08-社区汇总.xlsx", "--period", "2026-13", "-o", out)
	w.bad(2, record.CodeUsage, "form", "fill", forms+"08-社区汇总.xlsx", "--period", "2026-10", "-o", w.file("out.pdf"))
	w.bad(2, record.CodeUsage, "form", "fill", text, "--period", "2026-10", "-o", text)
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("something was written: %v", err)
	}
	// A row that stands in the form and means nobody is left to a person.
	var doc formDoc
	w.jsonExit(3, &doc, "form", "fill", forms+"03-队伍已印队名.xlsx", "--period", "2026-10", "-o", out)
	if doc.Rows != 1 || len(doc.Problems) != 3 {
		t.Errorf("%+v", doc)
	}
}
