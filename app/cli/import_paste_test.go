package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// TestFillDown: a community that stands once holds for the people below it when
// the clerk says so, and not before.
func TestFillDown(t *testing.T) {
	const list = "社区\t姓名\t身份证号\n东风里\t王建国\t%1\n\t李卫东\t%2\n\t赵铁柱\t%3\n"
	text := strings.NewReplacer("%1", numbered(1), "%2", numbered(2), "%3", numbered(3)).Replace(list)
	w := newStation(t)
	w.env.Stdin = strings.NewReader(text)
	var doc importDoc
	w.json(&doc, "import", "-", "--dry-run")
	asked := false
	for _, sheet := range doc.Sheets {
		asked = asked || slices.ContainsFunc(sheet.Notes, func(f finding) bool { return f.Code == record.CodeFillDown })
	}
	if !asked || doc.New != 3 || doc.Written {
		t.Fatalf("%+v", doc)
	}
	w.env.Stdin = strings.NewReader(text)
	doc = importDoc{}
	w.json(&doc, "import", "-", "--fill-down")
	if doc.New != 3 || !doc.Written {
		t.Fatalf("%+v", doc)
	}
	var people struct {
		Volunteers []struct{ Village string }
	}
	w.run("volunteer", "list", "--json")
	w.read(&people)
	for _, v := range people.Volunteers {
		if !strings.HasPrefix(v.Village, "东风里") {
			t.Errorf("%+v", v)
		}
	}
	if len(people.Volunteers) != 3 {
		t.Errorf("%d people", len(people.Volunteers))
	}
}

// TestPastedList imports what was copied from a chat, and refuses what names
// nobody.
func TestPastedList(t *testing.T) {
	w := newStation(t)
	w.env.Stdin = strings.NewReader("1. 王建国 " + numbered(1) + " 13800001234\n2. 李卫东 " + numbered(2) + "\n")
	var doc importDoc
	w.json(&doc, "import", "-")
	if doc.New != 2 || !doc.Written {
		t.Errorf("%+v", doc)
	}
	w.env.Stdin = strings.NewReader("今天天气很好，大家辛苦了\n")
	if code := w.run("import", "-"); code != 1 {
		t.Errorf("exit %d: %s", code, w.out.String())
	}
}

// TestImportFromAnyFolder covers paths with Chinese, spaces and more than 260
// characters.
func TestImportFromAnyFolder(t *testing.T) {
	w := newStation(t)
	folder := w.dir
	for range 5 {
		folder = filepath.Join(folder, "街道 发来的 文件 "+strings.Repeat("很长", 20))
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(w.roster([]any{1, "王建国", numbered(1)}))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "花 名册（最终 2）.xlsx")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	var doc importDoc
	w.json(&doc, "import", path)
	if doc.New != 1 || len(path) <= 260 {
		t.Errorf("%d bytes of path: %+v", len(path), doc)
	}
}

// TestSignInSheetOfAnActivity: who stands on a sign-in sheet took part; who is
// not registered is named and left to a person.
func TestSignInSheetOfAnActivity(t *testing.T) {
	w := newStation(t)
	w.add("王建国", numbered(1))
	w.add("李卫东", numbered(2))
	w.add("李卫东", numbered(3))
	sheet := w.file("签到表.csv")
	if err := os.WriteFile(sheet, []byte("社区清扫活动签到表\n序号,姓名,联系电话,签到\n1,王建国,,√\n2,外来人,,√\n3,李卫东,,√\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		ID           string    `json:"id"`
		Participants int       `json:"participants"`
		Minutes      int       `json:"minutes"`
		Waiting      int       `json:"waiting_minutes"`
		Late         bool      `json:"late"`
		Missing      []string  `json:"missing"`
		Problems     []finding `json:"problems"`
	}
	add := []string{"activity", "add", "--title", "社区清扫", "--line", "3", "--sub", "3.2", "--start", "2026-10-18 09:00", "--end", "11:00", "--place", "东风里", "--served", "5"}
	w.jsonExit(3, &doc, append(add, "--sign-in", sheet)...)
	if doc.Participants != 1 || doc.Minutes != 120 || !slices.Equal(doc.Missing, []string{"外来人", "李卫东"}) {
		t.Errorf("%+v", doc)
	}
	w.bad(1, record.CodeNoSheet, append(add, "--sign-in", w.roster([]any{1, "王建国", numbered(1)}))...)
}
