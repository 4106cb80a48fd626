package app

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"github.com/xuri/excelize/v2"

	"rongyuan/store"
	"rongyuan/store/record"
)

const districtForms = "../reports/testdata/forms/"

// filledStation has two people with time in one activity of the month.
func (h hands) filledStation() {
	h.t.Helper()
	var entries []record.Entry
	for i, name := range []string{"王建国", "李卫东"} {
		v := volunteer(name, nobodys(h.t, 20+i)) // young enough that no hour waits for a second person
		v.Phones = []string{"1380000123" + string(rune('0'+i))}
		entries = append(entries, record.Entry{Volunteer: h.register(v)})
	}
	a := record.Activity{
		Title: "社区清扫", Kind: record.KindService, Line: "3", Sub: "3.2", Place: "东风里", Served: 9, State: record.ActivityDone,
		Start: "2026-10-18T09:00", End: "2026-10-18T11:30",
	}
	if _, _, err := h.d.db.LogActivity(h.t.Context(), a, entries); err != nil {
		h.t.Fatal(err)
	}
}

func (h hands) dropForm(name string) *districtForm {
	h.t.Helper()
	h.press(fyne.KeyF5)
	h.d.dropped([]fyne.URI{storage.NewFileURI(mustAbs(h.t, districtForms+name))})
	p := h.d.screens[doorReports].(*reportScreen).form
	if p == nil || p.form == nil {
		h.t.Fatalf("%s opened nothing", name)
	}
	return p
}

func (h hands) filledCells(sheet string, want map[string]string) {
	h.t.Helper()
	found, err := filepath.Glob(filepath.Join(h.d.cfg.Options.Dir, reportsDir, "*.xlsx"))
	if err != nil || len(found) == 0 {
		h.t.Fatalf("no form was written: %v", err)
	}
	f, err := excelize.OpenFile(found[len(found)-1])
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for cell, value := range want {
		if got, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true}); err != nil || got != value {
			h.t.Errorf("%s is %q, want %q (%v)", cell, got, value, err)
		}
	}
}

// TestDistrictForm drops a form that nobody knows, changes one column, fills it
// by keyboard, and finds it known the next time.
func TestDistrictForm(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.filledStation()
	p := h.dropForm("01-人员两级表头.xlsx")
	if p.known || p.columns["J"].Value() != "hours" || p.cells["B2"].Value() != "station_name" {
		t.Fatalf("the heads were not understood: %v", p.mapping())
	}
	h.golden("district_form")
	p.columns["G"].SetValue("joined")
	h.ctrl(fyne.KeyS)
	if p.primary != nil || !p.known {
		t.Fatal("the form was not filled")
	}
	h.golden("district_form_filled")
	h.filledCells("花名册", map[string]string{
		"B5": "王建国", "D5": record.MaskID(nobodys(t, 20)), "E5": "138****1230", "I5": "1", "J5": "2.5", "B7": "", "A18": "合计",
	})
	p = h.dropForm("01-人员两级表头.xlsx")
	if !p.known || p.columns["G"].Value() != "joined" {
		t.Error("what was settled is forgotten")
	}
	h.golden("district_form_known")
	h.press(fyne.KeyEscape)
	if d.screens[doorReports].(*reportScreen).form != nil {
		t.Error("Escape leaves the page open")
	}
}

// TestDistrictFormInFull asks for the reason before whole numbers are written.
func TestDistrictFormInFull(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.filledStation()
	p := h.dropForm("02-人员保护工作表.xlsx")
	p.full.SetValue(true)
	h.ctrl(fyne.KeyS)
	if d.win.Canvas().Overlays().Top() == nil {
		t.Fatal("no reason was asked for")
	}
	h.golden("district_form_reason")
	h.write("区里要求报送完整号码")
	h.press(fyne.KeyReturn)
	h.press(fyne.KeyReturn)
	h.filledCells("10月", map[string]string{"B3": "王建国", "E3": nobodys(t, 20), "F4": "13800001231"})
	notes, err := d.db.AuditEntries(t.Context(), store.AuditFilter{})
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, one := range notes {
		said += one.Detail
	}
	if !strings.Contains(said, "区里要求报送完整号码") {
		t.Error("the log does not know the reason")
	}
}

// TestDistrictFormByHand points at the heads of a sheet that was taken for
// something else, and fills single figures of another form.
func TestDistrictFormByHand(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.filledStation()
	p := h.dropForm("12-任务线隐藏表.xlsx")
	p.row.SetValue(4)
	p.kind.SetValue(string(record.FormTeams))
	p.lookAgain()
	if p.sheet.Kind != record.FormTeams || p.sheet.From != 5 {
		t.Fatalf("%+v", p.sheet)
	}
	p.row.SetValue(3)
	p.lookAgain()
	if p.sheet.From != 5 {
		t.Errorf("a row without heads was taken: %+v", p.sheet)
	}
	h.dropForm("06-单项数字保护.xlsx")
	h.golden("district_form_cells")
	h.ctrl(fyne.KeyS)
	h.filledCells("月报", map[string]string{"B5": "1", "D5": "2", "B6": "5", "D3": "2", "D7": "12"})
}

// TestDistrictFormRefused says what is wrong with a file that is no form.
func TestDistrictFormRefused(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.press(fyne.KeyF5)
	h.ctrl(fyne.KeyI)
	h.golden("district_form_choose")
	d.cfg.App.Clipboard().SetContent(mustAbs(t, "../store/roster/testdata/corpus/protected.xlsx"))
	h.paste()
	if d.screens[doorReports].(*reportScreen).form.form != nil || d.win.Canvas().Overlays().Top() == nil {
		t.Fatal("a protected workbook: nothing was said")
	}
	h.press(fyne.KeyEscape, fyne.KeyEscape)
	if d.screens[doorReports].(*reportScreen).form != nil {
		t.Error("Escape leaves the page open")
	}
}
