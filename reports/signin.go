package reports

import (
	"fmt"
	"io"
	"strconv"

	"rongyuan/store/record"
)

// SignInPaper is a sign-in sheet for an activity, blank or with names.
type SignInPaper struct {
	Station record.Station
	Made    record.Moment
	By      string
	Serial  string
	// Sheet is the number by which the signed sheet is found again. With one that
	// the store gave, each row has a bar code for a scanner.
	Sheet string
	// Activity may know nothing yet: the heads are printed with a line to write
	// on then.
	Title, Date, Time, Place, Team, Leader string
	Rows                                   []SignInRow
	// Pages is the least number of pages; a blank sheet has one.
	Pages int
}

// SignInRow is a person who is expected. The telephone number is masked on the
// sheet, since the sheet lies on a table for all to read.
type SignInRow struct {
	Name, Phone, Team string
}

// signInRows is how many people sign on a page.
const signInRows = 30

var signInSheet = sheet{210, 297, 24, 14, 14, 18}

// SignInPDF prints sign-in sheets of 30 rows, as many as the people need.
func SignInPDF(w io.Writer, p SignInPaper) error {
	d, err := newDocument("志愿服务活动签到表 "+p.Sheet, signInSheet, imprint{station: p.Station.Name, maker: p.By, serial: p.Serial, made: p.Made})
	if err != nil {
		return err
	}
	d.numbers = ofAll
	pages := max(1, p.Pages, (len(p.Rows)+signInRows-1)/signInRows)
	for n := range pages {
		if n > 0 {
			d.newPage()
		}
		p.page(d, n, pages)
	}
	return d.write(w)
}

func (p SignInPaper) page(d *document, n, pages int) {
	number := fmt.Sprintf("第%d张　共%d张", n+1, pages)
	if p.rowCode(1) != "" {
		number = fmt.Sprintf("表号：%s　%s", p.Sheet, number)
	} else if p.Sheet != "" {
		number = fmt.Sprintf("表号：%s-%02d　%s", p.Sheet, n+1, number)
	}
	d.lineIn(d.sans(size5), number, right)
	d.y += 1.5
	st := d.strong(18)
	d.fittedTitle(st, issuerOf(p.Station)+"志愿服务活动签到表")
	line := d.plain(sizeSmall4)
	d.fields(line, 7.6, fill("活动名称", p.Title))
	d.fields(line, 7.6, fill("地　　点", p.Place))
	d.fields(line, 7.6, fill("日　　期", p.Date), fill("时　　间", p.Time))
	d.fields(line, 7.6, field{"队　　伍", p.Team, 2}, fill("负责人", p.Leader), fill("记录人", ""))
	d.y += 2
	d.table(p.table(n))
}

// fittedTitle prints a title in one line, smaller where it must be.
func (d *document) fittedTitle(st style, text string) {
	d.setFitted(st, d.measureAt(d.y+st.above()), text, centre)
	d.y += st.pitch
}

func (p SignInPaper) table(n int) table {
	t := table{
		size: size4, least: 6.8, fixed: true,
		columns: []column{{14, centre}, {42, centre}, {34, centre}, {27, centre}, {27, centre}, {28, centre}},
		head:    [][]cell{cells("序号", "姓名", "联系电话", "签到时间", "签退时间", "本人签名")},
	}
	coded := p.rowCode(1) != ""
	if coded {
		t.columns = []column{{13, centre}, {40, centre}, {33, centre}, {24, centre}, {24, centre}, {38, centre}}
		t.head = [][]cell{cells("序号", "姓名", "扫码", "签到时间", "签退时间", "本人签名")}
	}
	for i := range signInRows {
		at := n*signInRows + i
		var row SignInRow
		if at < len(p.Rows) {
			row = p.Rows[at]
		}
		line := cells(strconv.Itoa(at+1), row.Name, record.MaskPhone(row.Phone), "", "", "")
		if coded {
			line[2].text = ""
		}
		if coded && at < len(p.Rows) {
			line[2].code = p.rowCode(at + 1)
		}
		t.rows = append(t.rows, line)
	}
	return t
}
