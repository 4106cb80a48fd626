package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"rongyuan/store/record"
)

// importDoc is the contract's shape.
type namedTeam struct {
	Name               string
	Rows               int
	Known, Ended, Made bool
}

type importDoc struct {
	Teams          []namedTeam
	Joined         int
	File           string            `json:"file"`
	SHA256         string            `json:"sha256"`
	Sheet          string            `json:"sheet"`
	HeaderRows     []int             `json:"header_rows"`
	Mapping        map[string]string `json:"mapping"`
	IgnoredColumns map[string]string `json:"ignored_columns"`
	Sheets         []struct {
		Sheet          string            `json:"sheet"`
		HeaderRows     []int             `json:"header_rows"`
		Mapping        map[string]string `json:"mapping"`
		IgnoredColumns map[string]string `json:"ignored_columns"`
		Rows           int               `json:"rows"`
		Skipped        int               `json:"skipped"`
		Hidden         bool              `json:"hidden"`
		Notes          []finding         `json:"notes"`
	} `json:"sheets"`
	Rows       int    `json:"rows"`
	New        int    `json:"new"`
	Update     int    `json:"update"`
	Same       int    `json:"same"`
	Conflict   int    `json:"conflict"`
	Error      int    `json:"error"`
	Skipped    int    `json:"skipped"`
	Batch      string `json:"batch"`
	Written    bool   `json:"written"`
	ErrorsFile string `json:"errors_file"`
	Problems   []struct {
		Sheet   string       `json:"sheet"`
		Row     int          `json:"row"`
		Column  string       `json:"column"`
		Field   string       `json:"field"`
		Level   record.Level `json:"level"`
		Code    record.Code  `json:"code"`
		Message string       `json:"message"`
		Value   string       `json:"value"`
	} `json:"problems"`
	Notes []finding `json:"notes"`
}

var heads = []any{"序号", "姓名", "身份证号", "联系电话", "政治面貌", "原部队代号"}

// workbook writes a roster as a street does; rows are those below the head.
func (w *world) workbook(name string, sheets map[string][][]any) string {
	w.t.Helper()
	f := excelize.NewFile()
	for sheet, rows := range sheets {
		if _, err := f.NewSheet(sheet); err != nil {
			w.t.Fatal(err)
		}
		all := append([][]any{{"测试街道退役军人花名册"}, heads}, rows...)
		for i, row := range all {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				w.t.Fatal(err)
			}
			if err := f.SetSheetRow(sheet, cell, &row); err != nil {
				w.t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		w.t.Fatal(err)
	}
	path := w.file(name)
	if err := f.SaveAs(path); err != nil {
		w.t.Fatal(err)
	}
	return path
}

func (w *world) roster(rows ...[]any) string {
	return w.workbook("花名册.xlsx", map[string][][]any{"花名册": rows})
}

func TestImport(t *testing.T) {
	w := newStation(t)
	path := w.roster(
		[]any{"1", "王建国", numbered(0), "13800001234", "党员", "一二三部队"},
		[]any{"2", "李卫东", numbered(1), "", "群众", ""},
		[]any{"3", "单小芳", "129999198507011230", "", "", ""},
		[]any{"", "合计", "3人", "", "", ""},
	)
	var doc importDoc
	w.jsonExit(3, &doc, "import", path, "--dry-run")
	if doc.Written || doc.Batch != "" || doc.Rows != 3 || doc.New != 2 || doc.Error != 1 || doc.Skipped == 0 || doc.Sheet != "花名册" {
		t.Errorf("%+v", doc)
	}
	if doc.File != "花名册.xlsx" || len(doc.SHA256) != 64 || doc.Mapping["B"] != "name" || doc.Mapping["C"] != "id_number" || doc.IgnoredColumns["F"] == "" {
		t.Errorf("%+v", doc)
	}
	if len(doc.HeaderRows) != 1 || doc.HeaderRows[0] != 2 {
		t.Errorf("heads in %v", doc.HeaderRows)
	}
	found := false
	for _, p := range doc.Problems {
		if p.Code == record.CodeIDChecksum {
			found = p.Row == 5 && p.Column == "C" && p.Field == "id_number" && p.Level == record.LevelError && p.Message != "" && !strings.Contains(p.Value, "0701")
		}
	}
	if !found {
		t.Errorf("%+v", doc.Problems)
	}
	var none people
	w.json(&none, "volunteer", "list")
	if len(none.Volunteers) != 0 {
		t.Error("a dry run wrote")
	}
	w.jsonExit(3, &doc, "import", path, "--errors", w.file("错误.xlsx"), "--save-mapping", w.file("m.json"))
	if !doc.Written || doc.Batch == "" || doc.New != 2 || doc.ErrorsFile == "" {
		t.Errorf("%+v", doc)
	}
	batch := doc.Batch
	w.json(&none, "volunteer", "list", "--unmask", "--reason", "核对")
	if len(none.Volunteers) != 2 {
		t.Errorf("%+v", none)
	}
	book, err := excelize.OpenFile(w.file("错误.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if text := allCells(t, book); !strings.Contains(text, "单小芳") || strings.Contains(text, "王建国") || !strings.Contains(text, "最后一位") {
		t.Error(text)
	}
	again := importDoc{}
	w.jsonExit(3, &again, "import", path, "--mapping", w.file("m.json"))
	if again.New+again.Update != 0 || again.Same != 2 || again.Batch != "" {
		t.Errorf("%+v", again)
	}
	w.good("import", "--undo", batch)
	w.bad(1, record.CodeAlreadyReversed, "import", "--undo", batch)
	w.bad(1, record.CodeNotFound, "import", "--undo", "x")
	w.json(&none, "volunteer", "list")
	if len(none.Volunteers) != 0 {
		t.Error("the undo left people")
	}
}

func TestImportWithoutTroubleEndsWithZero(t *testing.T) {
	w := newStation(t)
	path := w.roster([]any{"1", "王建国", numbered(0), "13800001234", "", ""})
	w.good("import", path, "--as", "veterans")
	var list people
	w.json(&list, "volunteer", "list")
	if len(list.Volunteers) != 1 || list.Volunteers[0].Volunteer || !list.Volunteers[0].Veteran {
		t.Errorf("%+v", list)
	}
}

func TestImportConflict(t *testing.T) {
	w := newStation(t)
	w.add("王建国", numbered(0))
	path := w.roster([]any{"1", "王健国", numbered(0), "", "", ""}, []any{"2", "李卫东", numbered(1), "", "", ""})
	var doc importDoc
	w.jsonExit(3, &doc, "import", path)
	if doc.Conflict != 1 || doc.New != 1 || !doc.Written {
		t.Errorf("%+v", doc)
	}
}

// TestImportDecides answers the conflicts of a roster from the command line;
// who is meant by a name alone is not answered there.
func TestImportDecides(t *testing.T) {
	for _, c := range []struct {
		decide                       string
		exit                         int
		update, same, conflict, left int
		name                         string
	}{
		{"", 3, 0, 0, 2, 0, "王建国"},
		{"keep", 3, 1, 0, 1, 0, "王建国"},
		{"theirs", 3, 1, 0, 1, 0, "王健国"},
		{"skip", 0, 0, 2, 0, 2, "王建国"},
	} {
		t.Run(c.decide, func(t *testing.T) {
			w := newStation(t)
			w.add("王建国", numbered(0))
			path := w.roster([]any{"1", "王健国", numbered(0), "13800001234", "", ""}, []any{"2", "王建国", "", "", "党员", ""}, []any{"3", "李卫东", numbered(1), "", "", ""})
			var doc struct {
				importDoc
				LeftOut int `json:"left_out"`
			}
			w.jsonExit(c.exit, &doc, "import", path, "--decide", c.decide)
			if doc.New != 1 || doc.Update != c.update || doc.Same != c.same || doc.Conflict != c.conflict || doc.LeftOut != c.left {
				t.Errorf("%+v", doc)
			}
			if doc.New+doc.Update+doc.Same+doc.Conflict+doc.Error != doc.Rows {
				t.Errorf("the rows do not add up: %+v", doc)
			}
			var list people
			w.json(&list, "volunteer", "list")
			found := false
			for _, one := range list.Volunteers {
				found = found || one.Name == c.name
			}
			if !found || len(list.Volunteers) != 2 {
				t.Errorf("%+v", list.Volunteers)
			}
		})
	}
	w := newStation(t)
	w.bad(2, "usage", "import", "x.xlsx", "--decide", "guess")
}

func TestImportOfSeveralSheets(t *testing.T) {
	w := newStation(t)
	path := w.workbook("分社区.xlsx", map[string][][]any{
		"鹤望里": {{"1", "王建国", numbered(0), "", "", ""}},
		"美化里": {{"1", "李卫东", numbered(1), "", "", ""}, {"2", "单小芳", numbered(2), "", "", ""}},
	})
	var doc importDoc
	w.json(&doc, "import", path)
	if len(doc.Sheets) != 2 || doc.New != 3 || doc.Sheet != "" {
		t.Errorf("%+v", doc)
	}
	one := importDoc{}
	w.json(&one, "import", path, "--sheet", "美化里")
	if one.Same != 2 || one.Sheet != "美化里" || len(one.Sheets) != 0 {
		t.Errorf("%+v", one)
	}
}

func TestImportRefusals(t *testing.T) {
	w := newStation(t)
	good := w.roster([]any{"1", "王建国", numbered(0), "", "", ""})
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, raw []byte) string {
		path := w.file(name)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		code record.Code
		args []string
	}{
		{record.CodeNotWorkbook, []string{write("照片.xlsx", []byte("\x89PNG\r\n\x1a\nxxxxxxxxxxxxxxxxxxxxxxxx"))}},
		{record.CodeFileEmpty, []string{write("空.xlsx", nil)}},
		{record.CodeWorkbookCut, []string{write("半.xlsx", whole[:len(whole)/2])}},
		{record.CodeFileUnread, []string{w.file("没有.xlsx")}},
		{record.CodeFileUnread, []string{w.dir}},
		{record.CodeNoSheet, []string{good, "--sheet", "没有这张"}},
		{record.CodeFileUnread, []string{good, "--mapping", w.file("没有.json")}},
		{record.CodeFileUnwritten, []string{good, "--save-mapping", w.file("没有/m.json")}},
	} {
		before := w.head()
		var doc struct {
			failure
			File    string `json:"file"`
			Written bool   `json:"written"`
		}
		args := append([]string{"import"}, c.args...)
		w.jsonExit(1, &doc, args...)
		if doc.Error.Code != c.code || doc.Written || doc.File == "" {
			t.Errorf("%v: %+v, want %s", c.args, doc, c.code)
		}
		w.chinese(doc.Error.Message + doc.Error.Hint)
		if code := w.run(args...); code != 1 || w.out.Len() > 0 {
			t.Errorf("%v: exit %d, %s", c.args, code, w.out.String())
		}
		w.chinese(w.err.String())
		if w.head() != before {
			t.Errorf("%v wrote", c.args)
		}
	}
}

func TestProgressIsToldOnStderr(t *testing.T) {
	w := newStation(t)
	var rows [][]any
	for i := range 3000 {
		rows = append(rows, []any{"1", "王建国", numbered(i), "", "", ""})
	}
	path := w.roster(rows...)
	at := w.now
	w.env.Clock = func() (now time.Time) { at = at.Add(3e9); return at }
	w.run("import", path, "--dry-run")
	if !strings.Contains(w.err.String(), "读取 ") || strings.Contains(w.err.String(), "\r") || strings.Contains(w.out.String(), "%") {
		t.Errorf("stderr %q", w.err.String())
	}
	w.env.Bar = true
	w.run("import", path, "--dry-run", "--json")
	if !strings.Contains(w.err.String(), "[###") || strings.Contains(w.out.String(), "[###") {
		t.Errorf("stderr %q", w.err.String())
	}
}

// The rosters are the owner's examples, whose outcome truth.json tells.
func TestImportOfTheExamples(t *testing.T) {
	const folder = "../../store/roster/testdata/"
	raw, err := os.ReadFile(folder + "truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth map[string]struct {
		Rows, New, Error int
		IDs              []string
	}
	if err := json.Unmarshal(raw, &truth); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"整齐花名册", "街道花名册"} {
		w, want := newStation(t), truth[name]
		exit := 0
		if want.Error > 0 {
			exit = 3
		}
		var doc importDoc
		w.jsonExit(exit, &doc, "import", folder+name+".xlsx")
		if doc.Rows != want.Rows || doc.New != want.New || doc.Error != want.Error || !doc.Written {
			t.Errorf("%s: %d rows, %d new, %d errors, want %+v", name, doc.Rows, doc.New, doc.Error, want)
		}
		var list people
		w.json(&list, "volunteer", "list", "--unmask", "--reason", "核对导入")
		var ids []string
		for _, one := range list.Volunteers {
			ids = append(ids, one.IDNumber)
		}
		slices.Sort(ids)
		slices.Sort(want.IDs)
		if !slices.Equal(ids, want.IDs) {
			t.Errorf("%s: %d people with other numbers than the %d expected", name, len(ids), len(want.IDs))
		}
		again := importDoc{}
		w.jsonExit(exit, &again, "import", folder+name+".xlsx")
		if again.New+again.Update+again.Conflict != 0 {
			t.Errorf("%s again: %d new, %d updated, %d in conflict", name, again.New, again.Update, again.Conflict)
		}
	}
	w := newStation(t)
	var doc struct {
		failure
		File    string `json:"file"`
		Written bool   `json:"written"`
	}
	w.jsonExit(1, &doc, "import", folder+"签到表.xlsx")
	if doc.Error.Code != record.CodeSignInSheet {
		t.Errorf("%+v", doc)
	}
}

// TestRosterWithTeams: a team that is there takes its people, one that is not
// is told and made when asked for; the same again changes nothing, and the undo
// takes memberships and team back.
func TestRosterWithTeams(t *testing.T) {
	w := newStation(t)
	f := excelize.NewFile()
	for i, row := range [][]any{{"姓名", "身份证号", "所在队伍", "队内职务"}, {"王建国", numbered(0), "巡逻队", "队长"}, {"李卫东", numbered(1), "巡逻队", ""}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	path := w.file("带队伍.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	var doc importDoc
	w.json(&doc, "import", path, "--save-mapping", w.file("m.json"))
	if doc.New != 2 || len(doc.Mapping) != 4 || doc.Joined != 0 || len(doc.Teams) != 1 || doc.Teams[0] != (namedTeam{Name: "巡逻队", Rows: 2}) {
		t.Errorf("%+v", doc)
	}
	doc = importDoc{}
	w.json(&doc, "import", path, "--mapping", w.file("m.json"), "--make-teams")
	if doc.Same != 2 || doc.Joined != 2 || doc.Batch == "" || !doc.Teams[0].Made {
		t.Errorf("%+v", doc)
	}
	batch := doc.Batch
	doc = importDoc{}
	w.json(&doc, "import", path)
	if doc.Same != 2 || doc.Joined != 0 || doc.Batch != "" || !doc.Teams[0].Known {
		t.Errorf("the same again: %+v", doc)
	}
	w.json(&struct{ Undone string }{}, "import", "--undo", batch)
	doc = importDoc{}
	w.json(&doc, "import", path, "--dry-run")
	if doc.Joined != 0 || doc.Teams[0] != (namedTeam{Name: "巡逻队", Rows: 2}) {
		t.Errorf("after the undo: %+v", doc)
	}
}

// TestMendedByLibreOffice imports the rejected rows of the street's roster as
// LibreOffice has saved them, mended (made by .ci/mend-roster): only those go
// in, and the same again changes nothing.
func TestMendedByLibreOffice(t *testing.T) {
	const street, mended = "../../store/roster/testdata/街道花名册.xlsx", "../../store/roster/testdata/街道花名册-改好的行.xlsx"
	w := newStation(t)
	var first, second, third, roster importDoc
	w.jsonExit(3, &first, "import", street)
	w.json(&second, "import", mended)
	if second.New != first.Error || second.Rows != first.Error || first.Error != 10 {
		t.Errorf("%d new of %d rows, %d were rejected", second.New, second.Rows, first.Error)
	}
	w.json(&third, "import", mended)
	if third.Same != first.Error || third.New+third.Update+third.Conflict+third.Error != 0 {
		t.Errorf("the third time: %+v", third)
	}
	w.jsonExit(3, &roster, "import", street)
	if roster.New+roster.Update+roster.Conflict != 0 || roster.Same != first.New {
		t.Errorf("the roster again: %d new, %d updated, %d in conflict", roster.New, roster.Update, roster.Conflict)
	}
}

// TestRejectedRowsComeBack puts the rejected rows of the street's roster right
// in their own workbook: only those go in then.
func TestRejectedRowsComeBack(t *testing.T) {
	const street = "../../store/roster/testdata/街道花名册.xlsx"
	w := newStation(t)
	var doc importDoc
	w.jsonExit(3, &doc, "import", street, "--errors", w.file("错误.xlsx"))
	if doc.Error == 0 || doc.ErrorsFile == "" {
		t.Fatalf("%+v", doc)
	}
	column := ""
	for letter, field := range doc.Mapping {
		if field == "id_number" {
			column = letter
		}
	}
	f, err := excelize.OpenFile(w.file("错误.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	sheet := f.GetSheetList()[0]
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	heads := len(rows) - doc.Error
	for i := range doc.Error {
		if err := f.SetCellStr(sheet, column+strconv.Itoa(heads+i+1), numbered(7000+i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	var fixed importDoc
	exit := w.run("import", w.file("错误.xlsx"), "--json")
	if err := json.Unmarshal(w.out.Bytes(), &fixed); err != nil {
		t.Fatal(err)
	}
	if fixed.Rows != doc.Error || fixed.New+fixed.Error != doc.Error || fixed.New < doc.Error-1 || fixed.Update+fixed.Same+fixed.Conflict != 0 {
		t.Errorf("exit %d: %+v", exit, fixed)
	}
	var again importDoc
	w.jsonExit(3, &again, "import", street)
	if again.New+again.Update+again.Conflict != 0 || again.Same != doc.New || again.Error != doc.Error {
		t.Errorf("the street's roster again: %d new, %d updated, %d in conflict", again.New, again.Update, again.Conflict)
	}
}
