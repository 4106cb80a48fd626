package reports

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"

	"rongyuan/store/record"
)

// LedgerPaper is one volunteer's personal ledger: every participation with a
// running total, as the volunteer may see it (Decree 67, article 12).
type LedgerPaper struct {
	Head
	Name, IDNumber, Number, Team string
	Joined                       record.Day
	Period                       record.Period
	Rows                         []LedgerRow
}

// LedgerRow is somebody's time in one activity.
type LedgerRow struct {
	Day                  record.Day
	Title, Place, Team   string
	Line, Source, Leader string
	Minutes              int
	Training             bool
	Urgent               bool
}

// LedgerPDF prints 志愿者个人服务台账.
func LedgerPDF(w io.Writer, p LedgerPaper) error {
	d, err := p.begin("志愿者个人服务台账", wideSheet)
	if err != nil {
		return err
	}
	st := d.plain(sizeSmall4)
	d.fields(st, 8, fill("姓　　名", p.Name), fill("身份证号", p.number(p.IDNumber)), fill("志愿者编号", p.Number))
	d.fields(st, 8, fill("所在队伍", p.Team), fill("加入日期", p.Joined.Chinese()), fill("时　　期", p.Period.Chinese()))
	d.space(2)
	if len(p.Rows) == 0 {
		d.note(11, p.Period.Chinese()+"没有服务记录。")
		return d.write(w)
	}
	t := table{
		size: 10, least: 6.8,
		columns: []column{{11, centre}, {22, centre}, {68, left}, {46, left}, {40, left}, {22, centre}, {20, right}, {24, right}, {18, centre}},
		head:    [][]cell{cells("序号", "日期", "活动", "地点", "组织队伍", "来源", "服务时长\n（小时）", "累　计\n（小时）", "备注")},
	}
	total, training := 0, 0
	for i, row := range p.Rows {
		text, sum, note := record.HoursText(row.Minutes), "", ""
		if row.Training {
			training += row.Minutes
			note = "培训"
		} else {
			total += row.Minutes
			sum = record.HoursText(total)
		}
		if row.Urgent {
			note = "急难险重"
		}
		t.rows = append(t.rows, cells(strconv.Itoa(i+1), string(row.Day), row.Title, row.Place, row.Team, row.Source, text, sum, note))
	}
	sums := "服务时长" + hours(int64(total))
	if training > 0 {
		sums += "；另有培训时长" + hours(int64(training)) + "，不计入"
	}
	t.totals = [][]cell{{cell{text: "合计", span: 2}.in(centre), cell{text: fmt.Sprintf("%d条记录，", len(p.Rows)) + sums, span: 7}.in(left)}}
	d.table(t)
	d.space(2)
	d.fields(st, 10, fill("本人核对签字", ""), fill("经办人", p.By), fill("日期", ""))
	return d.write(w)
}

// YearPaper is one volunteer's year for honours and courtesies (article 24 of
// the policy: 年度实绩).
type YearPaper struct {
	Head
	Name, IDNumber, Number, Team, Post string
	Politics                           string
	Joined                             record.Day
	Year                               int
	// Rows are the participations of the year; Minutes the total of all years.
	Rows  []LedgerRow
	Total int64
	// Star is the name of the level that the total has reached, "" for none.
	Star string
}

// YearSheetPDF prints 志愿者年度实绩表.
func YearSheetPDF(w io.Writer, p YearPaper) error {
	title := fmt.Sprintf("%d年度志愿者实绩表", p.Year)
	d, err := p.begin(title, formSheet)
	if err != nil {
		return err
	}
	columns := []column{{24, centre}, {34, centre}, {24, centre}, {34, centre}, {24, centre}, {30, centre}}
	service, training, urgent := 0, 0, 0
	for _, row := range p.Rows {
		switch {
		case row.Training:
			training += row.Minutes
			continue
		case row.Urgent:
			urgent++
		}
		service += row.Minutes
	}
	star := p.Star
	if star == "" {
		star = "未达一星"
	}
	d.grid(columns, 11, []gridRow{
		{[]cell{label("姓　　名"), over(1, p.Name), label("志愿者编号"), over(1, p.Number), label("政治面貌"), over(1, p.Politics)}, 9},
		{[]cell{label("身份证号"), over(3, p.number(p.IDNumber)), label("加入日期"), over(1, dotted(record.Date(p.Joined), 10))}, 9},
		{[]cell{label("所在队伍"), over(3, p.Team), label("队内职务"), over(1, p.Post)}, 9},
		{[]cell{label("全年活动"), over(1, times(len(p.Rows)-learnt(p.Rows))), label("服务时长"), over(1, hours(int64(service))), label("培训时长"), over(1, hours(int64(training)))}, 9},
		{[]cell{label("急难险重"), over(1, times(urgent)), label("历年累计"), over(1, hours(p.Total)), label("星　　级"), over(1, star)}, 9},
	})
	d.section("一、按月")
	d.table(p.months())
	d.section("二、按任务线")
	d.rowsOr(p.byLine(), "本年没有服务记录。")
	d.section("三、评议")
	d.grid([]column{{30, centre}, {140, left}}, 11, []gridRow{
		{[]cell{label("主要事迹"), over(1, "")}, 34},
		{[]cell{label("表彰奖励"), over(1, "")}, 14},
		{[]cell{label("服 务 队\n意　　见"), over(1, "\n\n　　　　　　　　　　　　　　　　签字：　　　　　　　　年　　月　　日")}, 24},
		{[]cell{label("服 务 站\n意　　见"), over(1, "\n\n　　　　　　　　　　　　　　　　（盖章）　　　　　　　年　　月　　日")}, 26},
	})
	d.note(sizeSmall5, "数字取自本站登记的记录，按活动日期归年；培训时长单列，不计入服务时长（民政部令第67号第七条、第八条）。")
	return d.write(w)
}

func learnt(rows []LedgerRow) (n int) {
	for _, row := range rows {
		if row.Training {
			n++
		}
	}
	return n
}

// months is the year by months: how often, and how long.
func (p YearPaper) months() table {
	t := table{size: 9.5, least: 7, columns: []column{{20, centre}}}
	head, often, long := cells("月份"), cells("次数"), cells("小时")
	var counts, minutes [13]int
	for _, row := range p.Rows {
		m, err := strconv.Atoi(string(row.Day[5:7]))
		if err != nil || m < 1 || m > 12 || row.Training {
			continue
		}
		counts[m]++
		counts[0]++
		minutes[m] += row.Minutes
		minutes[0] += row.Minutes
	}
	for m := 1; m <= 12; m++ {
		t.columns = append(t.columns, column{11.2, centre})
		head = append(head, cell{text: strconv.Itoa(m)})
		often = append(often, cell{text: dash(counts[m])})
		long = append(long, cell{text: decimal(minutes[m])})
	}
	t.columns = append(t.columns, column{16, centre})
	t.head = [][]cell{append(head, cell{text: "合计"})}
	t.rows = [][]cell{append(often, cell{text: dash(counts[0])}), append(long, cell{text: decimal(minutes[0])})}
	return t
}

// decimal is minutes as hours with at most two decimals, for narrow columns.
func decimal(minutes int) string {
	if minutes == 0 {
		return nothing
	}
	return strconv.FormatFloat(float64(minutes*100/60)/100, 'f', -1, 64)
}

func dash(n int) string {
	if n == 0 {
		return nothing
	}
	return strconv.Itoa(n)
}

func (p YearPaper) byLine() table {
	t := table{
		columns: []column{{80, left}, {30, right}, {30, right}, {30, right}},
		head:    [][]cell{cells("任务线", "次数", "小时", "占比")},
	}
	type sum struct{ often, minutes int }
	sums := map[string]*sum{}
	total := 0
	for _, row := range p.Rows {
		if row.Training {
			continue
		}
		one := sums[row.Line]
		if one == nil {
			one = &sum{}
			sums[row.Line] = one
		}
		one.often++
		one.minutes += row.Minutes
		total += row.Minutes
	}
	names := make([]string, 0, len(sums))
	for name := range sums {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(sums[b].minutes, sums[a].minutes), cmp.Compare(a, b))
	})
	for _, name := range names {
		one := sums[name]
		share := ""
		if total > 0 {
			share = strconv.Itoa((one.minutes*200+total)/(2*total)) + "%"
		}
		t.rows = append(t.rows, cells(cmp.Or(name, "未分任务线"), strconv.Itoa(one.often), decimal(one.minutes), share))
	}
	return t
}
