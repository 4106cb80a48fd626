package reports

import (
	"io"
	"strings"

	"rongyuan/store/record"
)

// PeriodExcel writes the report of a period as a workbook with the figures of
// [PeriodPDF]: 汇总, 按任务线, 按队伍, 按社区, 按月 for more than a month,
// 时间节点, 超期记录, 活动清单, 指标说明. Service time stands there
// in minutes and in hours.
func PeriodExcel(w io.Writer, r record.PeriodReport) error {
	title := strings.Join(periodTitle(r), "")
	b := newWorkbook(title, imprint{station: r.Station.Name, maker: r.By, serial: r.Serial, version: editionName(r), made: r.Made})
	b.add(indicatorSheet(r, title))
	b.add(rowSheet(r, sheetPlan{name: "按任务线", title: periodName(r.Period) + "按任务线统计"}, "任务线", r.Lines))
	b.add(rowSheet(r, sheetPlan{name: "按队伍", title: periodName(r.Period) + "按志愿服务队统计"}, "志愿服务队", r.Teams))
	b.add(rowSheet(r, sheetPlan{name: "按社区", title: periodName(r.Period) + "按社区（村）统计"}, "活动所在社区（村）", villagesOf(r)))
	if r.Period.Kind() != record.PeriodMonth {
		b.add(monthSheet(r))
	}
	b.add(keyDateSheet(r))
	b.add(lateSheet(r))
	b.add(activitySheet(r))
	b.add(definitionSheet())
	return b.write(w)
}

func indicatorSheet(r record.PeriodReport, title string) sheetPlan {
	s := spanOf(r.Period)
	p := sheetPlan{name: "汇总", title: title, columns: []col{
		{"指标", 26, false}, {"指标代码", 22, false}, {"单位", 10, false}, {s.this, 14, false},
	}}
	others := comparisons(r, s)
	for _, c := range others {
		p.columns = append(p.columns, col{c.name, 14, false}, col{c.change, 14, false})
	}
	for _, one := range record.Indicators() {
		now := r.Figures[one.Code]
		row := []any{one.Name, one.Code, one.Unit, now}
		inHours := []any{one.Name, one.Code, "小时", hoursOf(now)}
		for _, c := range others {
			before := c.figures[one.Code]
			row = append(row, before, now-before)
			inHours = append(inHours, hoursOf(before), hoursOf(now-before))
		}
		p.rows = append(p.rows, row)
		if minutesOf(one) {
			p.rows = append(p.rows, inHours)
		}
	}
	if text := sealed(r); text != "" {
		p.notes = append(p.notes, text)
	}
	for _, text := range Paragraphs(r) {
		p.notes = append(p.notes, longNote(text, 50)...)
	}
	return p
}

func monthSheet(r record.PeriodReport) sheetPlan {
	p := sheetPlan{name: "按月", title: periodName(r.Period) + "各月情况", columns: []col{
		{"月份", 16, false}, {"活动场次", 12, false}, {"参加人次", 12, false}, {"服务时长\n（分钟）", 14, false}, {"服务时长\n（小时）", 14, false},
	}}
	for _, row := range record.ByMonth(r.Period, r.Activities) {
		p.rows = append(p.rows, []any{row.Month.Chinese(), row.Activities, row.Participations, row.Minutes, hoursOf(row.Minutes)})
	}
	f := r.Figures
	p.totals = [][]any{{
		"合计", f[record.FigureActivities], f[record.FigureParticipations], f[record.FigureMinutes], hoursOf(f[record.FigureMinutes]),
	}}
	return p
}

func keyDateSheet(r record.PeriodReport) sheetPlan {
	p := sheetPlan{name: "时间节点", title: periodName(r.Period) + "重要时间节点活动情况", columns: []col{
		{"时间节点", 26, false}, {"日期", 14, false}, {"计划\n（场次）", 12, false}, {"已开展\n（场次）", 12, false}, {"情况", 14, false},
	}}
	for _, row := range r.KeyDates {
		p.rows = append(p.rows, []any{row.Name, string(row.Day), row.Planned, row.Done, keyDateWord(row)})
	}
	p.notes = longNote(keyDateNote, 36)
	return p
}

func lateSheet(r record.PeriodReport) sheetPlan {
	p := sheetPlan{name: "超期记录", title: periodName(r.Period) + "超期记录的活动", columns: []col{
		{"活动名称", 44, true}, {"活动结束", 14, false}, {"应在此日前\n记录", 14, false}, {"实际记录", 14, false}, {"原因", 40, true},
	}}
	for _, a := range lateOf(r) {
		p.rows = append(p.rows, []any{a.Title, string(a.End.Day()), string(a.Deadline), string(a.Recorded), a.LateReason})
	}
	if len(p.rows) == 0 {
		p.notes = []string{spanOf(r.Period).this + "没有超期记录的活动。"}
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
