package reports

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rongyuan/store/record"
)

func opened(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// dump is every cell of a workbook with its type and its value.
func dump(t *testing.T, f *excelize.File) string {
	t.Helper()
	var b strings.Builder
	for _, name := range f.GetSheetList() {
		fmt.Fprintf(&b, "== %s\n", name)
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x, value := range row {
				if value == "" {
					continue
				}
				at := cellName(x, y+1)
				kind, err := f.GetCellType(name, at)
				if err != nil {
					t.Fatal(err)
				}
				word := "number"
				if kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
					word = "text"
				}
				fmt.Fprintf(&b, "%s\t%s\t%s\n", at, word, strings.ReplaceAll(value, "\n", "⏎"))
			}
		}
	}
	return b.String()
}

func TestWorkbookCells(t *testing.T) {
	for name, write := range workbooks {
		t.Run(name, func(t *testing.T) {
			golden(t, name+".cells", dump(t, opened(t, made(t, write))))
		})
	}
}

func number(t *testing.T, f *excelize.File, sheet, cell string) float64 {
	t.Helper()
	text, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("%s!%s is %q, no number", sheet, cell, text)
	}
	return v
}

func TestMonthFiguresInExcel(t *testing.T) {
	for _, n := range []int{0, 1, 18, 60} {
		r := month(n)
		f := opened(t, made(t, func(w io.Writer) error { return PeriodExcel(w, r) }))
		rows, err := f.GetRows("汇总", excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		read := map[string]int64{}
		for i, row := range rows {
			if len(row) > 3 && row[2] != "小时" && row[1] != "" && i > 1 {
				read[row[1]] = int64(number(t, f, "汇总", cellName(3, i+1)))
			}
		}
		for _, one := range record.Indicators() {
			if got, has := read[one.Code]; !has || got != r.Figures[one.Code] {
				t.Errorf("%d activities: %s is %d in the workbook, %d in the figures", n, one.Code, got, r.Figures[one.Code])
			}
		}
		sheetRows(t, f, "按任务线", r.Lines)
		sheetRows(t, f, "按队伍", r.Teams)
		total := 3 + len(r.Lines)
		for column, code := range map[int]string{1: record.FigureActivities, 2: record.FigurePeople, 3: record.FigureParticipations, 4: record.FigureMinutes, 6: record.FigureServed} {
			if got := number(t, f, "按任务线", cellName(column, total)); got != float64(r.Figures[code]) {
				t.Errorf("total of %s is %v", code, got)
			}
		}
		for i, row := range r.Activities {
			if number(t, f, "活动清单", cellName(7, i+3)) != float64(row.Participants) || number(t, f, "活动清单", cellName(8, i+3)) != float64(row.Minutes) {
				t.Errorf("activity %d differs", i+1)
			}
		}
	}
}

func sheetRows(t *testing.T, f *excelize.File, sheet string, rows []record.Row) {
	t.Helper()
	for i, row := range rows {
		want := []float64{float64(row.Activities), float64(row.People), float64(row.Participations), float64(row.Minutes), float64(row.Minutes) / 60, float64(row.Served)}
		for j, v := range want {
			if got := number(t, f, sheet, cellName(j+1, i+3)); math.Abs(got-v) > 1e-9 { // 15 digits come back
				t.Errorf("%s, %s, column %d: %v, want %v", sheet, row.Name, j+2, got, v)
			}
		}
	}
}

func TestTextIsNeverAFormula(t *testing.T) {
	for raw, want := range map[string]string{
		"=1+1": "'=1+1", "+86 138": "'+86 138", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": " =1",
		"＝1": "'＝1", "|cmd": "'|cmd", "张示例": "张示例", "": "", "\x00=2": "'=2",
	} {
		p := rosterOf(1)
		p.Rows[0].Name = raw
		f := opened(t, made(t, func(w io.Writer) error { return RosterExcel(w, p) }))
		got, err := f.GetCellValue("花名册", "B3")
		if err != nil {
			t.Fatal(err)
		}
		formula, err := f.GetCellFormula("花名册", "B3")
		if err != nil {
			t.Fatal(err)
		}
		if got != want || formula != "" {
			t.Errorf("%q is %q with formula %q, want %q", raw, got, formula, want)
		}
	}
}

func TestPrintSetUp(t *testing.T) {
	r := month(18)
	r.Station.Name = "示范&样本街道服务站"
	f := opened(t, made(t, func(w io.Writer) error { return PeriodExcel(w, r) }))
	if got := strings.Join(f.GetSheetList(), " "); got != "汇总 按任务线 按队伍 按社区 时间节点 超期记录 活动清单 指标说明" {
		t.Errorf("sheets %s", got)
	}
	for _, sheet := range f.GetSheetList() {
		layout, err := f.GetPageLayout(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if *layout.Size != 9 || *layout.Orientation != "landscape" {
			t.Errorf("%s: paper %d %s", sheet, *layout.Size, *layout.Orientation)
		}
		panes, err := f.GetPanes(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if !panes.Freeze || panes.YSplit != 2 {
			t.Errorf("%s: the head is not frozen", sheet)
		}
		head, err := f.GetHeaderFooter(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"示范&&样本街道服务站", "张示例", "YB-202610-0001"} {
			if !strings.Contains(head.OddHeader, want) {
				t.Errorf("%s: header %q lacks %s", sheet, head.OddHeader, want)
			}
		}
	}
	if names := f.GetDefinedName(); len(names) != 8 {
		t.Errorf("%d sheets repeat their head in print, want 8", len(names))
	}
}
