package reports

import (
	"io"
	"strconv"

	"rongyuan/store/record"
)

// SlipPaper tells one volunteer the hours that stand in the records.
type SlipPaper struct {
	Station record.Station
	Made    record.Moment
	By      string
	Serial  string
	// Name, IDNumber and Number are the volunteer's; the identity number is
	// given in full and masked on the slip.
	Name, IDNumber, Number string
	Period                 record.Period
	// Minutes is the total of the period as counted, Training the learning time.
	Minutes, Training int64
	// Waiting is what waits for review and is in neither.
	Waiting int64
	Rows    []SlipRow
}

// SlipRow is an activity of the volunteer with the minutes that count.
type SlipRow struct {
	Day         record.Day
	Title, Team string
	Minutes     int64
}

// slipSheet is A5, half of A4.
var slipSheet = sheet{148, 210, 16, 12, 15, 20}

// SlipPDF prints an hours slip on A5. It proves nothing to others; that is what
// the certificate of Decree 67, article 14, is for.
func SlipPDF(w io.Writer, p SlipPaper) error {
	d, err := newDocument("志愿服务时长单", slipSheet, imprint{maker: p.By, serial: p.Serial, made: p.Made})
	if err != nil {
		return err
	}
	d.numbers = ofAll
	d.fittedTitle(d.strong(size4), issuerOf(p.Station))
	d.fittedTitle(d.strong(18), "志愿服务时长单")
	d.space(2)
	st := d.plain(11)
	d.fields(st, 7.5, fill("姓　　名", p.Name), fill("志愿者编号", p.Number))
	d.fields(st, 7.5, fill("身份证号", record.MaskID(p.IDNumber)))
	d.fields(st, 7.5, fill("统计时期", p.Period.Chinese()))
	d.space(2)
	total := "服务时长合计：" + hours(p.Minutes)
	if p.Training > 0 {
		total += "（另有培训时长" + hours(p.Training) + "）"
	}
	d.fittedTitle(d.strong(size4), total)
	if p.Waiting > 0 {
		d.note(sizeSmall5, "另有"+hours(p.Waiting)+"已经录入、等本站核对，核对通过以前不计入合计。")
	}
	d.space(2)
	d.slipRows(p)
	d.space(2)
	d.note(sizeSmall5, "本单供志愿者本人核对，不作志愿服务记录证明使用。如有出入，请向本站提出，本站核实后予以更正（民政部令第67号第十二条、第十三条）。")
	if p.Station.Phone != "" {
		d.note(sizeSmall5, "联系电话："+p.Station.Phone)
	}
	return d.write(w)
}

func (d *document) slipRows(p SlipPaper) {
	if len(p.Rows) == 0 {
		d.note(11, p.Period.Chinese()+"没有服务时长记录。")
		return
	}
	t := table{
		size: size5, least: 7,
		columns: []column{{12, centre}, {23, centre}, {36, left}, {24, left}, {25, right}},
		head:    [][]cell{cells("序号", "日期", "活动名称", "队伍", "时长\n（小时）")},
	}
	for i, row := range p.Rows {
		t.rows = append(t.rows, cells(strconv.Itoa(i+1), string(row.Day), row.Title, row.Team, record.HoursText(int(row.Minutes))))
	}
	t.totals = [][]cell{{
		cell{text: "合计", span: 2}.in(centre),
		cell{text: strconv.Itoa(len(p.Rows)) + "项活动", span: 2}.in(left),
		{text: record.HoursText(int(p.Minutes))},
	}}
	d.table(t)
}
