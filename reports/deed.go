package reports

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// DeedPaper is the record of one activity as inspectors ask for it (Decree 67,
// article 7): what, when, where, under whom, for whom, and who was there.
type DeedPaper struct {
	Head
	Activity                  record.Activity
	Team, Brand, Leader, Line string
	Sub, Spirit, Village      string
	People                    []DeedPerson
	// Photos is how many places for photographs are printed.
	Photos int
}

// DeedPerson took part.
type DeedPerson struct {
	Name, Team string
	Minutes    int
}

// DeedPDF prints 志愿服务活动记录表.
func DeedPDF(w io.Writer, p DeedPaper) error {
	d, err := p.begin("志愿服务活动记录表", formSheet)
	if err != nil {
		return err
	}
	a := p.Activity
	minutes := 0
	for _, one := range p.People {
		minutes += one.Minutes
	}
	columns := []column{{26, centre}, {59, left}, {26, centre}, {59, left}}
	line := strings.TrimSpace(p.Line + " " + p.Sub)
	moment := a.Start.Day().Chinese() + " " + a.Start.Clock() + "—" + a.End.Clock()
	if a.Break > 0 {
		moment += fmt.Sprintf("（休息%d分钟）", a.Break)
	}
	marks := p.Spirit
	if a.Urgent {
		marks = strings.TrimPrefix(marks+"、急难险重", "、")
	}
	d.grid(columns, 11, []gridRow{
		{[]cell{label("活动名称"), over(3, a.Title)}, 9},
		{[]cell{label("时　　间"), over(3, moment)}, 9},
		{[]cell{label("地　　点"), over(1, a.Place), label("所属社区"), over(1, p.Village)}, 9},
		{[]cell{label("组织队伍"), over(1, p.Team), label("负 责 人"), over(1, p.Leader)}, 9},
		{[]cell{label("任 务 线"), over(3, line)}, 9},
		{[]cell{label("品牌项目"), over(1, p.Brand), label("标　　记"), over(1, marks)}, 9},
		{[]cell{label("参加人数"), over(1, deedCount(len(p.People), a.Guests)), label("服务对象"), over(1, strconv.Itoa(a.Served)+"人次")}, 9},
		{[]cell{label("服务时长"), over(1, "合计"+hours(int64(minutes))), label("记录日期"), over(1, deedRecorded(a))}, 9},
		{[]cell{label("内容概要"), over(3, a.Content)}, 34},
		{[]cell{label("成　　效"), over(3, "")}, 24},
	})
	d.section("参加人员")
	d.rowsOr(p.people(), "没有登记参加人员。")
	if p.Photos > 0 {
		d.section("活动照片")
		d.photos(p.Photos)
	}
	d.space(3)
	d.fields(d.plain(sizeSmall4), 10, fill("记录人", p.By), fill("负责人", ""), fill("日　期", ""))
	return d.write(w)
}

func deedCount(people, guests int) string {
	out := fmt.Sprintf("%d人", people)
	if guests > 0 {
		out += fmt.Sprintf("，另有未注册的%d人次", guests)
	}
	return out
}

func deedRecorded(a record.Activity) string {
	out := a.Recorded.Chinese()
	if a.Late() {
		out += "（超期）"
	}
	return out
}

// people are three to a row: name, and minutes.
func (p DeedPaper) people() table {
	t := table{columns: []column{{12, centre}, {28, left}, {17, right}, {12, centre}, {28, left}, {17, right}, {12, centre}, {28, left}, {17, right}}}
	head := cells("序号", "姓名", "小时")
	t.head = [][]cell{append(append(head, head...), cells("序号", "姓名", "小时")...)}
	for i := 0; i < len(p.People); i += 3 {
		var row []cell
		for n := i; n < i+3; n++ {
			if n >= len(p.People) {
				row = append(row, cells("", "", "")...)
				continue
			}
			row = append(row, cells(strconv.Itoa(n+1), p.People[n].Name, decimal(p.People[n].Minutes))...)
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// photos draws places for photographs, two to a row.
func (d *document) photos(n int) {
	const high = 56.0
	wide := (d.sheet.room() - 4) / 2
	for i := 0; i < n; i += 2 {
		d.begin(high + 4)
		for j := range min(2, n-i) {
			x := d.sheet.left + float64(j)*(wide+4)
			d.page.marks = append(d.page.marks, frame{x: x, y: d.y, w: wide, h: high, thick: thin, dashed: true})
			d.setIn(d.plain(size5), place{x, d.y + high/2 - 2, wide}, []rune(fmt.Sprintf("照片%d（贴）", i+j+1)), centre)
		}
		d.y += high + 4
	}
}
