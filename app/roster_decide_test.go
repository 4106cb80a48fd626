package app

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"github.com/xuri/excelize/v2"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// nobodys makes a valid number of the area that does not exist.
func nobodys(t testing.TB, i int) string {
	t.Helper()
	body := fmt.Sprintf("129999%04d0701%03d", 1950+i%40, i%1000)
	for _, last := range "0123456789X" {
		if _, err := record.ReadIDNumber(body+string(last), "2026-10-20"); err == nil {
			return body + string(last)
		}
	}
	t.Fatal("no check digit fits")
	return ""
}

// workbook writes sheets in the order of their names.
func workbook(t testing.TB, path string, sheets map[string][][]any, order ...string) string {
	t.Helper()
	f := excelize.NewFile()
	for _, name := range order {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range sheets[name] {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	f.SetActiveSheet(0)
	if strings.Contains(path, "隐藏") {
		if err := f.SetSheetVisible(order[len(order)-1], false); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func (h hands) drop(path string) *rosterWizard {
	h.t.Helper()
	h.d.dropped([]fyne.URI{storage.NewFileURI(path)})
	w := h.peopleScreen().roster
	if w == nil {
		h.t.Fatal("the file opened no wizard")
	}
	return w
}

func (h hands) counts(w *rosterWizard, want string) {
	h.t.Helper()
	var got []string
	for _, v := range verdicts() {
		got = append(got, fmt.Sprint(w.plan.Count(v)))
	}
	if s := strings.Join(got, " "); s != want {
		h.t.Errorf("new, update, same, conflict, error, skip are %s, want %s", s, want)
	}
}

// clashing is a roster that disagrees with what is known: other names, another
// birth date, a name of which it cannot be told whose it is, a wrong number and
// somebody new.
func (h hands) clashing() string {
	h.t.Helper()
	for i, name := range []string{"王建国", "李卫东", "赵铁柱", "单小芳"} {
		v := volunteer(name, nobodys(h.t, i))
		v.Address = "旧址1号"
		h.register(v)
	}
	bare := volunteer("刘学军", "")
	bare.VillageName = "东风里"
	h.register(bare)
	return workbook(h.t, filepath.Join(h.t.TempDir(), "街道花名册.xlsx"), map[string][][]any{"花名册": {
		{"姓名", "身份证号", "出生日期", "联系电话", "家庭住址", "社区", "备用"},
		{"王健国", " " + nobodys(h.t, 0), "", "138 0000 1234", "新址2号", "", "甲"},
		{"李为东", nobodys(h.t, 1), "", "", "新址3号", "", "乙"},
		{"赵铁柱", nobodys(h.t, 2), "1949.1.1", "", "", "", "丙"},
		{"单晓芳", nobodys(h.t, 3), "", "", "", "", "丁"},
		{"刘学军", "", "", "", "新址5号", "东风里", "戊"},
		{"欧阳文", "12999919850701123" + "0", "", "", "", "", "己"},
		{"张新来", nobodys(h.t, 9), "", "", "", "", "庚"},
	}}, "花名册")
}

// TestDecideByKeyboard decides a roster's conflicts, imports it, saves what was
// not taken, puts it right and drops it again: only that row goes in.
func TestDecideByKeyboard(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	path := h.clashing()
	w := h.drop(path)
	h.counts(w, "1 0 0 5 1 0")
	h.write("4")
	if len(w.preview.rows) != 5 {
		t.Fatalf("%d conflicts are shown", len(w.preview.rows))
	}
	h.golden("roster_conflicts")
	h.write("k") // 王建国 stays
	h.counts(w, "1 1 0 4 1 0")
	h.press(fyne.KeyReturn) // 李卫东: the name of the roster, our address
	h.golden("roster_card")
	h.write("t")
	for h.peopleScreen().roster.preview.w.plan.At(1).Choice.Fields["address"] == "" {
		h.press(fyne.KeyDown)
		h.write("k")
	}
	h.press(fyne.KeyEscape)
	if d.win.Canvas().Overlays().Top() != nil {
		t.Fatal("Escape leaves the card open")
	}
	h.counts(w, "1 2 0 3 1 0")
	h.write("4")
	h.write("t") // 赵铁柱: the birth date of the roster
	h.write("S") // all other names are left out
	h.counts(w, "1 3 0 1 1 1")
	h.write("T") // who is meant is asked row by row
	h.counts(w, "1 3 0 1 1 1")
	h.press(fyne.KeyReturn)
	h.write("1") // the known one
	h.golden("roster_card_who")
	h.press(fyne.KeyEscape)
	h.counts(w, "1 4 0 0 1 1")
	h.write("6")
	h.press(fyne.KeyBackspace) // not left out after all
	h.counts(w, "1 4 0 1 1 0")
	h.write("7")
	h.ctrl(fyne.KeyS)
	if w.result == nil || w.result.New != 1 || w.result.Updated != 4 {
		t.Fatalf("%+v", w.result)
	}
	h.golden("roster_decided")
	people := h.people()
	for _, name := range []string{"王建国", "李为东", "赵铁柱", "单小芳", "刘学军", "张新来"} {
		if _, has := people[name]; !has {
			t.Errorf("%s is not there", name)
		}
	}
	if p := people["赵铁柱"]; p.Birth != "1949-01-01" {
		t.Errorf("born %s", p.Birth)
	}
	if v, err := d.db.Volunteer(context.Background(), people["李为东"].ID); err != nil || v.Address != "旧址1号" {
		t.Errorf("address %s, %v", v.Address, err)
	}
	h.ctrl(fyne.KeyE)
	left := filepath.Join(d.cfg.Options.Dir, papersDir, "街道花名册-没写入的行.xlsx")
	h.repair(left)
	h.press(fyne.KeyEscape)
	w = h.drop(left)
	h.counts(w, "1 0 0 1 0 0")
	h.ctrl(fyne.KeyS)
	if w.result == nil || w.result.New != 1 || w.result.Updated != 0 {
		t.Fatalf("%+v", w.result)
	}
	w = h.drop(path)
	h.counts(w, "0 1 3 2 1 0") // the address that we kept is offered again
}

// repair puts the wrong number of the error workbook right, as a clerk does.
func (h hands) repair(path string) {
	h.t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		h.t.Fatal(err)
	}
	rows, err := f.GetRows("花名册")
	if err != nil || len(rows) != 3 {
		h.t.Fatalf("%d rows in the error workbook, %v", len(rows), err)
	}
	for i, row := range rows {
		if row[0] == "欧阳文" {
			if !strings.Contains(strings.Join(row, " "), "最后一位对不上") {
				h.t.Errorf("no reason in %v", row)
			}
			if err := f.SetCellStr("花名册", fmt.Sprintf("B%d", i+1), nobodys(h.t, 20)); err != nil {
				h.t.Fatal(err)
			}
		}
	}
	if err := f.Save(); err != nil {
		h.t.Fatal(err)
	}
}

// TestColumnsByHand says of a column what it is; the next sheet with the same
// heads is read like that.
func TestColumnsByHand(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	path := h.clashing()
	w := h.drop(path)
	if w.read.book.Sheets[0].Mapping["G"] != "" {
		t.Fatal("the column is understood already")
	}
	h.ctrl(fyne.KeyO)
	h.golden("roster_mapping")
	for range 6 {
		h.press(fyne.KeyReturn)
	}
	h.write("备注")
	h.press(fyne.KeyReturn)
	h.ctrl(fyne.KeyS)
	if w.read.book.Sheets[0].Mapping["G"] != "note" || w.plan.At(6).After.Note != "庚" {
		t.Fatalf("mapping %v, note %q", w.read.book.Sheets[0].Mapping, w.plan.At(6).After.Note)
	}
	w.close()
	w = h.drop(path)
	if w.plan.At(6).After.Note != "庚" {
		t.Error("the columns were forgotten")
	}
	saved, err := d.db.Setting(t.Context(), mappingSetting)
	if err != nil || strings.Contains(saved, "王") || strings.Contains(saved, "129999") {
		t.Errorf("personal data in the setting, or %v", err)
	}
}

func TestSameFileAgain(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.drop(mustAbs(t, tidyRoster))
	h.ctrl(fyne.KeyS)
	h.press(fyne.KeyEscape)
	w := h.drop(mustAbs(t, tidyRoster))
	if !w.preview.nothingNew() || w.primary != nil {
		t.Error("the same file again has something new")
	}
	h.golden("roster_same")
}

func mustAbs(t testing.TB, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

// A file that changed after its preview is not imported but shown again.
func TestFileChangedAfterPreview(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	path := filepath.Join(t.TempDir(), "花名册.xlsx")
	rows := [][]any{{"姓名", "身份证号"}, {"王建国", nobodys(t, 0)}}
	workbook(t, path, map[string][][]any{"花名册": rows}, "花名册")
	w := h.drop(path)
	workbook(t, path, map[string][][]any{"花名册": append(rows, []any{"李卫东", nobodys(t, 1)})}, "花名册")
	h.ctrl(fyne.KeyS)
	if w.result != nil || len(h.people()) != 0 || d.win.Canvas().Overlays().Top() == nil {
		t.Fatal("the changed file was imported, or nothing was said")
	}
	h.counts(w, "2 0 0 0 0 0")
	h.press(fyne.KeyEscape)
	h.ctrl(fyne.KeyS)
	if len(h.people()) != 2 {
		t.Errorf("%d people", len(h.people()))
	}
}

// A hidden sheet is told and read when it is ticked; a visible one can be left.
func TestSheetsAreChosen(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	head := []any{"姓名", "身份证号"}
	path := workbook(t, filepath.Join(t.TempDir(), "隐藏.xlsx"), map[string][][]any{
		"东风里": {head, {"王建国", nobodys(t, 0)}}, "鹤望里": {head, {"李卫东", nobodys(t, 1)}}, "旧表": {head, {"单小芳", nobodys(t, 2)}},
	}, "东风里", "鹤望里", "旧表")
	w := h.drop(path)
	h.counts(w, "2 0 0 0 0 0")
	h.ctrl(fyne.KeyO)
	h.golden("roster_sheets")
	page := func() map[string]bool {
		out := map[string]bool{}
		for _, s := range w.read.sheets {
			out[s.Name] = true
		}
		return out
	}
	if got := page(); got["旧表"] || len(w.read.hidden) != 1 {
		t.Fatalf("sheets %v, hidden %v", got, w.read.hidden)
	}
	for range 5 { // to the box of the hidden sheet, whatever stands between
		h.shiftTab()
		if d.win.Canvas().Focused() != nil && h.onCheck("旧表") {
			break
		}
	}
	h.write(" ")
	h.ctrl(fyne.KeyS)
	h.counts(w, "3 0 0 0 0 0")
	h.ctrl(fyne.KeyO)
	h.golden("roster_sheets_hidden")
	for range 6 {
		h.shiftTab()
		if h.onCheck("东风里") {
			break
		}
	}
	h.write(" ")
	h.ctrl(fyne.KeyS)
	h.counts(w, "2 0 0 0 0 0")
	h.ctrl(fyne.KeyS)
	people := h.people()
	if _, has := people["单小芳"]; !has || len(people) != 2 {
		t.Errorf("%d people", len(people))
	}
}

// TestFillDown: a community that stands once is taken for the people below it
// when the box says so.
func TestFillDown(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	path := workbook(t, filepath.Join(t.TempDir(), "花名册.xlsx"), map[string][][]any{"花名册": {
		{"社区", "姓名", "身份证号"}, {"东风里", "王建国", nobodys(t, 0)}, {"", "李卫东", nobodys(t, 1)}, {"", "赵铁柱", nobodys(t, 2)},
	}}, "花名册")
	w := h.drop(path)
	if !w.read.book.Sheets[0].Notes.Has(record.CodeFillDown) {
		t.Fatal("the blank cells are not told")
	}
	h.ctrl(fyne.KeyO)
	for range 3 {
		h.shiftTab()
		if h.onCheck("社区、服务队") {
			break
		}
	}
	h.write(" ")
	h.golden("roster_fill_down")
	h.ctrl(fyne.KeyS)
	h.counts(w, "3 0 0 0 0 0")
	for i := range w.plan.Len() {
		if got := w.plan.Draft(i).Volunteer.VillageName; !strings.HasPrefix(got, "东风里") {
			t.Errorf("row %d: %q", i, got)
		}
	}
	h.ctrl(fyne.KeyO)
	if !w.job.fill {
		t.Error("the page has forgotten its box")
	}
}

// TestPasteRoster imports cells that were copied from a spreadsheet.
func TestPasteRoster(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.press(fyne.KeyF1)
	h.paste()
	if h.peopleScreen().roster != nil {
		t.Fatal("an empty clipboard opened the wizard")
	}
	d.cfg.App.Clipboard().SetContent("姓名\t身份证号\t联系电话\n王建国\t" + nobodys(t, 0) + "\t13800001234\n李卫东\t" + nobodys(t, 1) + "\t\n")
	h.paste()
	w := h.peopleScreen().roster
	if w == nil {
		t.Fatal("nothing was pasted")
	}
	h.counts(w, "2 0 0 0 0 0")
	h.golden("roster_pasted")
	h.ctrl(fyne.KeyS)
	if len(h.people()) != 2 {
		t.Errorf("%d people", len(h.people()))
	}
}

// TestPasteAddress opens the file whose address was copied.
func TestPasteAddress(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.press(fyne.KeyF1)
	path := mustAbs(t, tidyRoster)
	for _, said := range []string{path, `"` + path + `"`, "file://" + path + "\r\n"} {
		d.cfg.App.Clipboard().SetContent(said)
		h.paste()
		w := h.peopleScreen().roster
		if w == nil || w.from.path != path || w.plan.Count(record.VerdictNew) != 60 {
			t.Fatalf("%q opened no roster", said)
		}
		w.close()
	}
	if _, is := pastedPath(path + "x"); is {
		t.Error("a file that is not there was found")
	}
}

// TestSignInSheetOffered refuses a sign-in sheet and takes its names into an
// activity instead.
func TestSignInSheetOffered(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.register(volunteer("王建国", nobodys(t, 0)))
	path := workbook(t, filepath.Join(t.TempDir(), "签到表.xlsx"), map[string][][]any{"签到": {
		{"社区清扫活动签到表"}, {"序号", "姓名", "联系电话", "签到"}, {"1", "王建国", "", "√"}, {"2", "外来人", "", "√"},
	}}, "签到")
	h.drop(path)
	if d.win.Canvas().Overlays().Top() == nil {
		t.Fatal("the sheet was not refused")
	}
	h.golden("roster_sign_in")
	h.press(fyne.KeyReturn)
	s, ok := d.screens[doorActivities].(*activityScreen)
	if !ok || s.form == nil || len(s.form.people.rows) != 1 || s.form.people.rows[0].name != "王建国" || !s.form.people.rows[0].in {
		t.Fatal("no activity form with the people of the sheet")
	}
	if !strings.Contains(d.frame.notice.Text(), "外来人") {
		t.Errorf("notice %q", d.frame.notice.Text())
	}
	if people := h.people(); len(people) != 1 {
		t.Errorf("%d people", len(people))
	}
}

// TestPreviewIsQuick reads and decides 2,000 rows; the goal is a second, the
// rest is slack for a busy machine.
func TestPreviewIsQuick(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	rows := [][]any{{"姓名", "身份证号", "联系电话", "家庭住址"}}
	for i := range 2000 {
		rows = append(rows, []any{fmt.Sprintf("王%c%c", rune('一'+i%90), rune('丁'+i/90)), dayNumber(t, i), fmt.Sprintf("199%08d", i), "东风里"})
	}
	path := workbook(t, filepath.Join(t.TempDir(), "大表.xlsx"), map[string][][]any{"花名册": rows}, "花名册")
	began := time.Now()
	w := h.drop(path)
	took := time.Since(began)
	h.counts(w, "2000 0 0 0 0 0")
	t.Logf("2,000 rows: preview after %v", took)
	if took > 3*time.Second {
		t.Errorf("2,000 rows take %v", took)
	}
}

// dayNumber makes many valid numbers.
func dayNumber(t testing.TB, i int) string {
	t.Helper()
	day := time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i)
	body := "129999" + day.Format("20060102") + "123"
	for _, last := range "0123456789X" {
		if _, err := record.ReadIDNumber(body+string(last), "2026-10-20"); err == nil {
			return body + string(last)
		}
	}
	t.Fatal("no check digit fits")
	return ""
}

func TestMaskDigits(t *testing.T) {
	for raw, want := range map[string]string{
		"": "", "无": "无",
		" 129999198507011239":     " 129***********1239",
		"138 0000 1234":           "138 **** 1234",
		"13800001234、13900005678": "138****1234、139****5678",
	} {
		if got := maskDigits(raw); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// paste presses Ctrl+V as the driver sends it.
func (h hands) paste() {
	h.t.Helper()
	s := &fyne.ShortcutPaste{Clipboard: h.d.cfg.App.Clipboard()}
	if f, ok := h.canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	h.canvas().(interface{ TypedShortcut(fyne.Shortcut) }).TypedShortcut(s)
}

// shiftTab goes to the control before the one with the focus.
func (h hands) shiftTab() { h.canvas().FocusPrevious() }

// onCheck reports whether the box of a sheet has the focus.
func (h hands) onCheck(sheet string) bool {
	check, is := h.canvas().Focused().(*widgets.Check)
	return is && strings.HasPrefix(check.Text, sheet)
}
