package reports

import (
	"io"
	"strings"

	"rongyuan/store/record"
)

// MonthExcel writes the report of a period as a workbook with the figures of
// [MonthPDF]: 汇总, 按任务线, 按队伍, 活动清单, 指标说明. Service time stands there
// in minutes and in hours.
func MonthExcel(w io.Writer, r record.PeriodReport) error {
	title := strings.Join(monthTitle(r), "")
	b := newWorkbook(title, imprint{station: r.Station.Name, maker: r.By, serial: r.Serial, version: editionName(r), made: r.Made})
	b.add(indicatorSheet(r, title))
	b.add(rowSheet(r, sheetPlan{name: "按任务线", title: periodName(r.Period) + "按任务线统计"}, "任务线", r.Lines))
	b.add(rowSheet(r, sheetPlan{name: "按队伍", title: periodName(r.Period) + "按志愿服务队统计"}, "志愿服务队", r.Teams))
	b.add(activitySheet(r))
	b.add(definitionSheet())
	return b.write(w)
}

func indicatorSheet(r record.PeriodReport, title string) sheetPlan {
	s := spanOf(r.Period)
	p := sheetPlan{name: "汇总", title: title, columns: []col{
		{"指标", 26, false}, {"指标代码", 22, false}, {"单位", 10, false}, {s.this, 14, false}, {s.last, 14, false}, {"增减", 14, false},
	}}
	for _, one := range record.Indicators() {
		now, before := r.Figures[one.Code], r.Previous[one.Code]
		row := []any{one.Name, one.Code, one.Unit, now, "", ""}
		if r.Previous != nil {
			row[4], row[5] = before, now-before
		}
		p.rows = append(p.rows, row)
		if !minutesOf(one) {
			continue
		}
		row = []any{one.Name, one.Code, "小时", hoursOf(now), "", ""}
		if r.Previous != nil {
			row[4], row[5] = hoursOf(before), hoursOf(now-before)
		}
		p.rows = append(p.rows, row)
	}
	if text := sealed(r); text != "" {
		p.notes = append(p.notes, text)
	}
	for _, text := range summary(r) {
		p.notes = append(p.notes, longNote(text, 50)...)
	}
	return p
}

// longNote cuts a note into rows, since a merged cell does not grow with its
// text.
func longNote(text string, chars float64) []string {
	var out []string
	for _, line := range breakLines([]rune(printable(text)), chars, chars, func(r rune) float64 {
		if wide(r) || strings.ContainsRune(notAtStart+notAtEnd, r) {
			return 1
		}
		return 0.5
	}) {
		out = append(out, string(line))
	}
	return out
}

func rowSheet(r record.PeriodReport, p sheetPlan, name string, rows []record.Row) sheetPlan {
	p.columns = []col{
		{name, 40, true},
		{"活动场次", 12, false},
		{"参加人数", 12, false},
		{"参加人次", 12, false},
		{"服务时长\n（分钟）", 14, false},
		{"服务时长\n（小时）", 14, false},
		{"服务对象\n（人次）", 14, false},
	}
	for _, row := range rows {
		p.rows = append(p.rows, []any{row.Name, row.Activities, row.People, row.Participations, row.Minutes, hoursOf(row.Minutes), row.Served})
	}
	f := r.Figures
	p.totals = [][]any{{
		"合计", f[record.FigureActivities], f[record.FigurePeople], f[record.FigureParticipations],
		f[record.FigureMinutes], hoursOf(f[record.FigureMinutes]), f[record.FigureServed],
	}}
	p.notes = []string{distinctNote}
	return p
}

func activitySheet(r record.PeriodReport) sheetPlan {
	p := sheetPlan{name: "活动清单", title: periodName(r.Period) + "志愿服务活动清单", columns: []col{
		{"序号", 6, false},
		{"日期", 12, false},
		{"时间", 16, false},
		{"活动名称", 44, true},
		{"任务线", 14, false},
		{"志愿服务队", 24, true},
		{"地点", 24, true},
		{"人次", 8, false},
		{"服务时长\n（分钟）", 12, false},
		{"服务时长\n（小时）", 12, false},
		{"服务对象\n（人次）", 12, false},
		{"备注", 14, true},
	}}
	for i, row := range r.Activities {
		a := row.Activity
		p.rows = append(p.rows, []any{
			int64(i + 1), string(a.Start.Day()), clockSpan(a), a.Title, record.Lines().NameOf(a.Line), teamOf(row), a.Place,
			row.Participants, row.Minutes, hoursOf(row.Minutes), int64(a.Served), strings.ReplaceAll(remarks(row), "\n", "、"),
		})
	}
	f := r.Figures
	p.totals = [][]any{{
		"合计", "", "", "", "", "", "", f[record.FigureParticipations], f[record.FigureMinutes],
		hoursOf(f[record.FigureMinutes]), f[record.FigureServed], "",
	}}
	if len(r.Activities) == 0 {
		p.notes = []string{spanOf(r.Period).this + "未开展志愿服务活动。"}
	}
	return p
}

func definitionSheet() sheetPlan {
	p := sheetPlan{name: "指标说明", title: "指标说明", columns: []col{{"指标", 26, false}, {"指标代码", 22, false}, {"单位", 10, false}, {"说明", 80, true}}}
	for _, one := range record.Indicators() {
		p.rows = append(p.rows, []any{one.Name, one.Code, one.Unit, one.Definition})
	}
	for _, text := range append(rules[:1:1], "二、服务时长以分钟记录，不作取整；小时数为分钟数除以60，显示两位小数。", rules[2]) {
		p.notes = append(p.notes, longNote(text, 60)...)
	}
	return p
}
