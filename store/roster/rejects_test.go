package roster

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"rongyuan/store/record"
)

// TestWriteErrors takes the street's roster, writes back its ten rejected
// people, and reads that workbook again.
func TestWriteErrors(t *testing.T) {
	src := fileSource(t, "街道花名册.xlsx")
	book := mustRead(t, src)
	reasons := map[At]string{}
	var want []string
	for _, d := range book.Drafts {
		if len(d.Problems.Errors()) > 0 {
			reasons[At{d.Sheet, d.Row}] = "身份证号不对"
			want = append(want, d.Volunteer.Name+" "+d.Volunteer.VillageName)
		}
	}
	var out bytes.Buffer
	if err := WriteErrors(&out, src, book, reasons); err != nil {
		t.Fatal(err)
	}
	again := mustRead(t, bytesSource("错误.xlsx", out.Bytes()))
	var got []string
	for _, d := range again.Drafts {
		got = append(got, d.Volunteer.Name+" "+d.Volunteer.VillageName)
		if len(d.Problems.Errors()) != 1 {
			t.Errorf("row %d: %v", d.Row, d.Problems)
		}
	}
	if !slices.Equal(got, want) || len(again.Drafts) != 10 {
		t.Errorf("%q, want %q", got, want)
	}
	if s := again.Sheets[0]; !slices.Equal(s.HeaderRows, []int{3, 4}) || len(s.Ignored) != 0 {
		t.Errorf("heads %v, ignored %v", s.HeaderRows, s.Ignored)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for cell, text := range map[string]string{"A1": "某某街道退役军人志愿者花名册", "L3": ReasonHead, "L5": "身份证号不对"} {
		if got, err := f.GetCellValue("Sheet1", cell); err != nil || got != text {
			t.Errorf("%s holds %q (%v), want %q", cell, got, err, text)
		}
	}
}

// TestWriteErrorsIsText covers input 43: nothing in the workbook is a formula
// or a number, so that nothing is run and no digit is lost a second time.
func TestWriteErrorsIsText(t *testing.T) {
	src := bookOf(t, [][]any{
		{"姓名", "身份证号", "备注", "入伍时间"},
		{"=cmd|' /C calc'!A0", num("1.29999198507011E+17"), "@SUM(A1)", styled{1, "37956"}},
		{"王建国", wang, "", ""},
	})
	book := mustRead(t, src)
	var out bytes.Buffer
	if err := WriteErrors(&out, src, book, map[At]string{{"花名册", 2}: "=1+1"}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for cell, want := range map[string]string{
		"A2": "=cmd|' /C calc'!A0", "B2": "1.29999198507011E+17", "C2": "@SUM(A1)", "D2": "2003-12-01", "E2": "=1+1", "A3": "",
	} {
		kind, err := f.GetCellType("花名册", cell)
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.GetCellValue("花名册", cell)
		if err != nil || got != want {
			t.Errorf("%s holds %q (%v), want %q", cell, got, err, want)
		}
		if formula, _ := f.GetCellFormula("花名册", cell); formula != "" || kind == excelize.CellTypeNumber || kind == excelize.CellTypeFormula {
			t.Errorf("%s is no text: %v %q", cell, kind, formula)
		}
	}
}

func TestWriteNoErrors(t *testing.T) {
	src := bookOf(t, people(2))
	var out bytes.Buffer
	if err := WriteErrors(&out, src, mustRead(t, src), nil); record.CodeOf(err) != record.CodeNothingToDo || out.Len() > 0 {
		t.Errorf("%v, %d bytes", err, out.Len())
	}
}

// TestOtherWriter reads what excelize writes: shared texts, styles, merges,
// dates and numbers of another program than the tests' own.
func TestOtherWriter(t *testing.T) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	rows := [][]any{
		{"东风里社区退役军人名册"},
		{"序号", "姓 名", "身份证号", "出生日期", "入伍时间", "联系电话"},
		{1, "王建国", wang, today.Time(), 37956, 13812345678},
		{2, "赵云", 12999919701001005, "1970年10月1日", "1988.12", "13812345678"},
	}
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for i, cells := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", at, &cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellStyle("Sheet1", "E3", "E3", day); err != nil {
		t.Fatal(err)
	}
	if err := f.MergeCell("Sheet1", "A1", "F1"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	book := mustRead(t, bytesSource("a.xlsx", out.Bytes()))
	if len(book.Drafts) != 2 {
		t.Fatalf("%d drafts", len(book.Drafts))
	}
	v := book.Drafts[0].Volunteer
	if v.IDNumber != wang || v.Enlisted != "2003-12-01" || v.Phones[0] != "13812345678" || v.VillageName != "东风里社区" {
		t.Errorf("read %q %v %q", v.Enlisted, v.Phones, v.VillageName)
	}
	if !book.Drafts[1].Problems.Has(record.CodeIDLength) {
		t.Errorf("17 digits gave %v", book.Drafts[1].Problems)
	}
}
