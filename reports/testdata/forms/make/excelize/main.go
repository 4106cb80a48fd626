// Command excelize makes two templates by excelize: an open list of people with
// a chart beside it, and task lines with a hidden sheet, shared formulas and a
// macro-free button of the kind that forms carry.
package main

import (
	"fmt"
	"os"

	"github.com/xuri/excelize/v2"

	"rongyuan/store/record"
)

func main() {
	must(people(os.Args[1] + "/11-人员不限行.xlsx"))
	must(lines(os.Args[1] + "/12-任务线隐藏表.xlsx"))
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func people(path string) error {
	f := excelize.NewFile()
	sheet := "名单"
	must(f.SetSheetName("Sheet1", sheet))
	must(f.MergeCell(sheet, "A1", "I1"))
	must(f.SetCellStr(sheet, "A1", "2026年10月志愿者名单"))
	heads := []any{"序号", "姓名", "性别", "年龄", "学历", "特长", "所属队伍", "本月时长", "队内职务"}
	must(f.SetSheetRow(sheet, "A2", &heads))
	border := []excelize.Border{{Type: "left", Style: 1}, {Type: "right", Style: 1}, {Type: "top", Style: 1}, {Type: "bottom", Style: 1}}
	body, err := f.NewStyle(&excelize.Style{Border: border, Font: &excelize.Font{Family: "仿宋", Size: 12}})
	must(err)
	decimals := "0.0"
	hours, err := f.NewStyle(&excelize.Style{Border: border, CustomNumFmt: &decimals})
	must(err)
	must(f.SetCellStyle(sheet, "A3", "I3", body))
	must(f.SetCellStyle(sheet, "H3", "H3", hours))
	must(f.SetRowHeight(sheet, 3, 24))
	must(f.SetCellFormula(sheet, "L2", "SUM(H:H)"))
	must(f.SetCellStr(sheet, "K2", "时长总和"))
	must(f.AddChart(sheet, "K5", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Name: "名单!$H$2", Categories: "名单!$B$3:$B$12", Values: "名单!$H$3:$H$12"}}}))
	return f.SaveAs(path)
}

func lines(path string) error {
	f := excelize.NewFile()
	sheet := "填报"
	must(f.SetSheetName("Sheet1", sheet))
	heads := []any{"序号", "任务名称", "场次", "人次", "服务小时", "每场人次"}
	must(f.SetSheetRow(sheet, "A4", &heads))
	must(f.SetCellStr(sheet, "A2", "填报单位"))
	must(f.MergeCell(sheet, "B2", "C2"))
	must(f.SetCellStr(sheet, "E2", "联系电话"))
	for i, one := range record.Lines().Terms {
		row := []any{i + 1, one.Name}
		must(f.SetSheetRow(sheet, fmt.Sprint("A", 5+i), &row))
	}
	kind, ref := excelize.STCellFormulaTypeShared, "F5:F11"
	must(f.SetCellFormula(sheet, "F5", "IF(C5=0,0,D5/C5)", excelize.FormulaOpts{Type: &kind, Ref: &ref}))
	must(f.SetCellStr(sheet, "B12", "总计"))
	for _, col := range []string{"C", "D", "E"} {
		must(f.SetCellFormula(sheet, col+"12", fmt.Sprintf("SUM(%s5:%s11)", col, col)))
	}
	_, err := f.NewSheet("参数")
	must(err)
	must(f.SetCellFormula("参数", "A1", "填报!C12"))
	must(f.SetCellStr("参数", "B1", "活动场次"))
	must(f.SetSheetVisible("参数", false))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "总场次", RefersTo: "填报!$C$12"}))
	rule := excelize.NewDataValidation(true)
	rule.Sqref = "C5:C11"
	must(rule.SetRange(0, 9999, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween))
	must(f.AddDataValidation(sheet, rule))
	return f.SaveAs(path)
}
