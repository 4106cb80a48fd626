package reports

import (
	"io"
	"strconv"
	"strings"

	"rongyuan/assets"
	"rongyuan/store/record"
)

// PeriodPDF prints the report of a month, a quarter, a half-year or a year in the
// official layout: the written part, the figures by task line, team and
// community, key dates and late records, signatures with the QR code of the
// figures, the list of activities and, on the last page, what each figure
// counts.
func PeriodPDF(w io.Writer, r record.PeriodReport) error {
	s := spanOf(r.Period)
	parts := periodTitle(r)
	d, err := newDocument(strings.Join(parts, ""), officialSheet, imprint{
		station: r.Station.Name, maker: r.By, serial: r.Serial, version: editionName(r), made: r.Made,
	})
	if err != nil {
		return err
	}
	d.titleBlock(size2, parts...)
	d.editionLine(r)
	d.space(d.body().pitch)
	d.numbered("总体情况")
	for _, text := range Paragraphs(r) {
		d.paragraph(text)
	}
	d.numbered("主要指标")
	d.table(indicatorTable(r, s))
	d.monthChart(r)
	d.lineSection(r)
	d.numbered("按志愿服务队统计")
	if len(r.Teams) == 0 {
		d.paragraph("本站尚未建立志愿服务队。")
	} else {
		d.table(rowTable("志愿服务队", r.Teams, r.Figures))
	}
	d.villageSection(r)
	d.keyDateSection(r)
	d.lateSection(r)
	d.attachments(len(r.Activities) > 0)
	if err := d.signedBlock(r); err != nil {
		return err
	}
	if len(r.Activities) > 0 {
		d.activityList(r)
	}
	d.definitionPage(len(r.Activities) > 0)
	return d.write(w)
}

// numbered is a heading of the first level with the next number.
func (d *document) numbered(text string) {
	numbers := []rune("一二三四五六七八九十")
	d.heading(1, string(numbers[d.sections])+"、"+text)
	d.sections++
}

func (d *document) lineSection(r record.PeriodReport) {
	d.numbered("按任务线统计")
	d.table(rowTable("任务线", r.Lines, r.Figures))
	if r.Figures[record.FigureMinutes] == 0 {
		return
	}
	c := chart{caption: periodName(r.Period) + "各任务线服务时长（小时）"}
	for _, row := range r.Lines {
		c.stripes = append(c.stripes, stripe{row.Name, record.HoursText(int(row.Minutes)), row.Minutes})
	}
	d.lying(c)
}

// monthChart shows how the months of a longer period went.
func (d *document) monthChart(r record.PeriodReport) {
	months := record.ByMonth(r.Period, r.Activities)
	if len(months) < 2 || r.Figures[record.FigureParticipations] == 0 {
		return
	}
	c := chart{caption: periodName(r.Period) + "各月参加人次"}
	for _, row := range months {
		label := strings.TrimPrefix(row.Month.Chinese(), string(row.Month.From[:4])+"年")
		c.stripes = append(c.stripes, stripe{label, strconv.FormatInt(row.Participations, 10), row.Participations})
	}
	d.standing(c)
}

func (d *document) villageSection(r record.PeriodReport) {
	if len(r.Villages) > 0 {
		d.numbered("按社区（村）统计")
		d.table(rowTable("活动所在社区（村）", villagesOf(r), r.Figures))
	}
}

// villagesOf are the rows of communities with their names.
func villagesOf(r record.PeriodReport) []record.Row {
	var out []record.Row
	for _, row := range r.Villages {
		row.Name = "未注明"
		if row.Code != "" {
			row.Name = assets.VillageName(row.Code)
		}
		out = append(out, row)
	}
	return out
}

func (d *document) keyDateSection(r record.PeriodReport) {
	if len(r.KeyDates) == 0 {
		return
	}
	d.numbered("重要时间节点活动情况")
	t := table{
		size: 11, least: 6.8, note: keyDateNote,
		columns: []column{{52, left}, {32, centre}, {24, right}, {24, right}, {24, centre}},
		head:    [][]cell{cells("时间节点", "日期", "计划\n（场次）", "已开展\n（场次）", "情况")},
	}
	for _, row := range r.KeyDates {
		t.rows = append(t.rows, cells(row.Name, string(row.Day), strconv.FormatInt(row.Planned, 10), strconv.FormatInt(row.Done, 10), keyDateWord(row)))
	}
	d.table(t)
}

func (d *document) lateSection(r record.PeriodReport) {
	if r.Figures[record.FigureLate] == 0 {
		return
	}
	d.numbered("超期记录")
	t := table{
		size: 11, least: 6.8,
		columns: []column{{52, left}, {25, centre}, {25, centre}, {25, centre}, {29, left}},
		head:    [][]cell{cells("活动名称", "活动结束", "应在此日前\n记录", "实际记录", "原因")},
	}
	for _, a := range lateOf(r) {
		t.rows = append(t.rows, cells(a.Title, string(a.End.Day()), string(a.Deadline), string(a.Recorded), a.LateReason))
	}
	d.table(t)
}

func lateOf(r record.PeriodReport) []record.Activity {
	var out []record.Activity
	for _, row := range r.Activities {
		if row.Late {
			out = append(out, row.Activity)
		}
	}
	return out
}

// signedBlock is the sign block with the QR code of the figures left of the
// seal.
func (d *document) signedBlock(r record.PeriodReport) error {
	d.signBlock(signature{maker: r.By, phone: r.Station.Phone, issuer: issuerOf(r.Station), day: r.Made.Day()})
	if r.Stamp == "" {
		return nil
	}
	s, err := newSymbol(r.Stamp)
	if err != nil {
		return err
	}
	side := s.side()
	d.stamp(s, d.sheet.left, d.y-sealHeight, side)
	st := d.plain(sizeSmall5)
	d.setFitted(st, place{d.sheet.left, d.y - sealHeight + side, 66}, "扫码可得本表数字和签名", left)
	return nil
}

// periodTitle is the title in the parts between which it may be broken.
func periodTitle(r record.PeriodReport) []string {
	return []string{r.Station.Name, periodName(r.Period) + "志愿服务工作" + spanOf(r.Period).paper}
}

// attachments names what follows the signatures.
func (d *document) attachments(list bool) {
	names := []string{"指标说明"}
	if list {
		names = []string{"活动清单", "指标说明"}
	}
	st := d.body()
	d.space(st.pitch / 2)
	d.begin(float64(len(names))*st.pitch + 60)
	for i, name := range names {
		lead := "　　附件："
		if i > 0 {
			lead = "　　　　　"
		}
		if len(names) > 1 {
			name = strconv.Itoa(i+1) + ". " + name
		}
		d.line(st, d.sheet.left, []rune(lead+name), 0)
	}
}

// attachmentMark is the word at the head of an attachment.
func attachmentMark(n int, only bool) string {
	if only {
		return "附件"
	}
	return "附件" + strconv.Itoa(n)
}

// compared is a period that figures are held against.
type compared struct {
	name, change string
	figures      record.Figures
}

// lastYear is what the same period a year ago is called.
const lastYear = "上年同期"

// comparisons are the period before and the same one a year ago, as far as they
// are known. Of a year they are one.
func comparisons(r record.PeriodReport, s span) []compared {
	var out []compared
	if r.Previous != nil {
		out = append(out, compared{s.last, "增减", r.Previous})
	}
	if r.LastYear != nil && r.Period.YearBefore() != r.Period.Previous() {
		out = append(out, compared{lastYear, "同比增减", r.LastYear})
	}
	return out
}

func indicatorTable(r record.PeriodReport, s span) table {
	t := table{
		size: 11, least: 6.8,
		columns: []column{{40, left}, {15, centre}, {22, right}},
		head:    [][]cell{cells("指标", "单位", s.this)},
	}
	others := comparisons(r, s)
	for _, c := range others {
		t.columns = append(t.columns, column{22, right}, column{20, right})
		t.head[0] = append(t.head[0], cells(c.name, c.change)...)
	}
	for _, one := range record.Indicators() {
		value := r.Figures[one.Code]
		row := cells(indented(one.Name), shownUnit(one), shown(one, value))
		for _, c := range others {
			before := c.figures[one.Code]
			row = append(row, cells(shown(one, before), signed(one, value-before))...)
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// indented sets a part of the figure above it in by one character.
func indented(name string) string {
	if strings.HasPrefix(name, "其中") {
		return "　" + name
	}
	return name
}

// signed writes a change with its sign.
func signed(one record.Indicator, change int64) string {
	if change > 0 {
		return "+" + shown(one, change)
	}
	return shown(one, change)
}

// rowTable is the table of task lines or of teams. Its totals are the figures
// of the period, since a person in two rows is one person.
func rowTable(name string, rows []record.Row, f record.Figures) table {
	t := table{
		size: 11, least: 6.8, note: distinctNote,
		columns: []column{{50, left}, {18, right}, {18, right}, {18, right}, {28, right}, {24, right}},
		head: [][]cell{
			{{text: name, down: 2}, {text: "活动\n场次", down: 2}, {text: "参加志愿者", span: 2}, {text: "服务时长\n（小时）", down: 2}, {text: "服务对象\n（人次）", down: 2}},
			cells("人数", "人次"),
		},
	}
	for _, row := range rows {
		t.rows = append(t.rows, append(cells(row.Name), numbers(row)...))
	}
	total := record.Row{
		Activities: f[record.FigureActivities], People: f[record.FigurePeople],
		Participations: f[record.FigureParticipations], Minutes: f[record.FigureMinutes], Served: f[record.FigureServed],
	}
	t.totals = [][]cell{append([]cell{cell{text: "合计"}.in(centre)}, numbers(total)...)}
	return t
}

func numbers(row record.Row) []cell {
	n := func(v int64) string { return strconv.FormatInt(v, 10) }
	return cells(n(row.Activities), n(row.People), n(row.Participations), record.HoursText(int(row.Minutes)), n(row.Served))
}

// activityList is the first attachment, on pages across.
func (d *document) activityList(r record.PeriodReport) {
	d.turn(wideSheet)
	d.lineIn(d.sans(size4), attachmentMark(1, false), left)
	d.titleBlock(18, periodName(r.Period)+"志愿服务活动清单")
	d.space(2)
	t := table{
		size: size5, least: 7,
		columns: []column{{11, centre}, {24, centre}, {28, centre}, {49, left}, {26, centre}, {37, left}, {28, left}, {12, right}, {25, right}, {18, centre}},
		head:    [][]cell{cells("序号", "日期", "时间", "活动名称", "任务线", "志愿服务队", "地点", "人次", "时长\n（小时）", "备注")},
	}
	for i, row := range r.Activities {
		t.rows = append(t.rows, activityCells(i+1, row))
	}
	t.totals = [][]cell{{
		cell{text: "合计", span: 2}.in(centre),
		cell{text: strconv.Itoa(len(r.Activities)) + "场次", span: 5}.in(left),
		{text: strconv.FormatInt(r.Figures[record.FigureParticipations], 10)},
		{text: record.HoursText(int(r.Figures[record.FigureMinutes]))},
		{},
	}}
	d.table(t)
}

func activityCells(n int, row record.ActivityRow) []cell {
	a := row.Activity
	return cells(
		strconv.Itoa(n), string(a.Start.Day()), clockSpan(a), a.Title, record.Lines().NameOf(a.Line),
		teamOf(row), a.Place, strconv.FormatInt(row.Participants, 10), record.HoursText(int(row.Minutes)), remarks(row),
	)
}

// clockSpan is the time of day; an end on a later day is marked.
func clockSpan(a record.Activity) string {
	text := a.Start.Clock() + "—" + a.End.Clock()
	if a.End.Day() > a.Start.Day() {
		text = a.Start.Clock() + "—次日" + a.End.Clock()
	}
	return text
}

func teamOf(row record.ActivityRow) string {
	if row.Team == "" {
		return "站直接组织"
	}
	return row.Team
}

func remarks(row record.ActivityRow) string {
	var out []string
	if row.Activity.Urgent {
		out = append(out, "急难险重")
	}
	if row.Late {
		out = append(out, "超期")
	}
	return strings.Join(out, "\n")
}

// definitionPage is the last attachment.
func (d *document) definitionPage(list bool) {
	d.turn(officialSheet)
	d.lineIn(d.sans(size3), attachmentMark(2, !list), left)
	d.titleBlock(size2, "指标说明")
	d.space(4)
	t := table{
		size: 11, least: 7.5,
		columns: []column{{38, left}, {18, centre}, {100, left}},
		head:    [][]cell{cells("指标", "单位", "说明")},
	}
	for _, row := range definitions() {
		t.rows = append(t.rows, cells(row...))
	}
	d.table(t)
	d.space(3)
	for _, text := range rules {
		d.note(size5, text)
	}
}
