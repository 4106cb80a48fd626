package reports

import (
	"fmt"
	"io"
	"strconv"

	"rongyuan/store/record"
)

// CertificatePaper is a batch of 志愿服务记录证明 (Decree 67, articles 14 and
// 15), each as it was issued: its own issuer, handler and day, not today's.
type CertificatePaper struct {
	Station record.Station
	Made    record.Moment
	By      string
	Serial  string
	List    []record.Certificate
	// Again marks a second print for somebody who lost the first (补发): the same
	// number, and the words on it.
	Again bool
}

// certificateSheet is A4 across.
var certificateSheet = sheet{297, 210, 24, 24, 15, 17}

// certificateRows is how many activities stand on the first page; more go onto
// an annex.
const certificateRows = 6

// CertificatesPDF prints each certificate twice, the holder's copy and the
// station's, and an annex behind each where there are many activities.
func CertificatesPDF(w io.Writer, p CertificatePaper) error {
	d, err := newDocument("志愿服务记录证明", certificateSheet, imprint{station: p.Station.Name, maker: p.By, serial: p.Serial, made: p.Made})
	if err != nil {
		return err
	}
	d.numbers = unnumbered
	for i, c := range p.List {
		var code *symbol
		if c.Stamp != "" {
			s, err := newSymbol(c.Stamp)
			if err != nil {
				return fmt.Errorf("print certificate: %w", err)
			}
			code = &s
		}
		for n, copied := range []string{"正　本", "存　根"} {
			if i+n > 0 {
				d.turn(certificateSheet)
			}
			d.certificate(p, c, certificateCopy{copied, n == 1, code})
		}
	}
	return d.write(w)
}

// certificateCopy is one of the two copies.
type certificateCopy struct {
	name string
	stub bool
	code *symbol
}

func (d *document) certificate(p CertificatePaper, c record.Certificate, one certificateCopy) {
	d.certificateHead(p, c, one.name)
	d.flow(d.certificateText(), certificateWords(c), 2)
	d.y += 1
	lines := c.Lines
	if len(lines) > certificateRows {
		lines = lines[:certificateRows-1]
	}
	d.table(certificateTable(c, lines, 1))
	d.y = d.sheet.floor() - certificateFoot
	d.certificateFoot(c, one)
	if len(lines) < len(c.Lines) {
		d.annex(p, c, one.name)
	}
}

// certificateText is the type of the body.
func (d *document) certificateText() style {
	st := d.plain(size3)
	st.pitch = 8.4
	return st
}

func (d *document) certificateHead(p CertificatePaper, c record.Certificate, copied string) {
	mark := copied
	if p.Again {
		mark += "（补发）"
	}
	if c.State == record.CertificateVoided {
		mark += "　已于" + c.Ended.Chinese() + "作废"
	}
	d.between(d.sans(sizeSmall4), mark, "证明编号："+c.Number)
	st := d.strong(28)
	st.track = 4
	st.pitch = 15
	d.lineIn(st, "志愿服务记录证明", centre)
	d.y += 2
}

// certificateWords is the sentence that certifies.
func certificateWords(c record.Certificate) string {
	identity := "身份证号：" + c.IDShown()
	if c.IDShown() == "" {
		identity = "身份证号：未登记"
	}
	if c.Holder.Number != "" {
		identity += "，志愿者编号：" + c.Holder.Number
	}
	out := fmt.Sprintf("兹证明%s（%s）在%s期间，参加志愿服务活动%d次，服务时长合计%s（%d分钟），服务内容见下表。",
		c.Holder.Name, identity, c.Span().Chinese(), len(c.Lines), hours(c.Minutes), c.Minutes)
	if c.Training > 0 {
		out += "另有培训时长" + hours(c.Training) + "，不计入服务时长。"
	}
	if c.Use != "" {
		out += "本证明用于" + c.Use + "。"
	}
	return out
}

// certificateTable lists activities; from is the number of the first.
func certificateTable(c record.Certificate, lines []record.CertificateLine, from int) table {
	t := table{
		size: 11, least: 6.6, fixed: true,
		columns: []column{{14, centre}, {30, centre}, {110, left}, {62, left}, {33, right}},
		head:    [][]cell{cells("序号", "服务日期", "服务内容", "组织队伍", "服务时长（小时）")},
	}
	for i, l := range lines {
		t.rows = append(t.rows, cells(strconv.Itoa(from+i), string(l.Day), l.Title, l.Organiser, record.HoursText(l.Minutes)))
	}
	if rest := len(c.Lines) - len(lines); from == 1 && rest > 0 {
		var minutes int64
		for _, l := range c.Lines[len(lines):] {
			minutes += int64(l.Minutes)
		}
		t.rows = append(t.rows, []cell{{text: "……"}, {text: fmt.Sprintf("其余%d次活动见附页", rest), span: 3}, {text: record.HoursText(int(minutes))}})
	}
	t.totals = [][]cell{{
		cell{text: "合计", span: 2}.in(centre),
		cell{text: fmt.Sprintf("%d次活动", len(c.Lines)), span: 2}.in(left),
		{text: record.HoursText(int(c.Minutes))},
	}}
	return t
}

// certificateFoot is the height of what stands at the foot: QR code, signatures
// and the place of the seal.
const certificateFoot = 58.0

func (d *document) certificateFoot(c record.Certificate, one certificateCopy) {
	top := d.y
	text := d.sheet.left
	if one.code != nil {
		side := min(max(one.code.side(), 38), 46)
		d.stamp(*one.code, d.sheet.left, top, side)
		text += side + 3
	}
	seal := 88.0
	middle := place{text, top + 2, d.sheet.left + d.sheet.room() - seal - 4 - text}
	d.certificateNotes(c, one, middle)
	d.y = top
	d.sealBox(c.Issuer, c.Issued, 44)
	small := d.plain(sizeSmall5)
	d.y = top + 47.5
	for _, line := range d.types.lines(small, certificateSmall(c), d.sheet.room(), d.sheet.room()) {
		d.set(small, place{x: d.sheet.left, top: d.y}, line, 0)
		d.y += small.pitch
	}
}

// certificateNotes stands between the QR code and the seal.
func (d *document) certificateNotes(c record.Certificate, one certificateCopy, in place) {
	st := d.plain(11)
	rows := []string{"负 责 人：＿＿＿＿＿＿＿", "经 办 人：" + c.Handler, "查询电话：" + c.Phone}
	if one.stub {
		rows = append(rows, "领 取 人：＿＿＿＿＿＿＿", "领取日期：＿＿＿＿＿＿＿")
	}
	for _, row := range rows {
		d.setFitted(st, in, row, left)
		in.top += 7.6
	}
	if one.stub {
		return
	}
	notes := "二维码带有出具单位的签名，用戎愿程序可以离线核对。"
	small := d.plain(sizeSmall5)
	in.top += 2
	for _, line := range d.types.lines(small, notes, in.width, in.width) {
		d.set(small, in, line, 0)
		in.top += small.pitch
	}
}

// certificateSmall is the small print.
func certificateSmall(c record.Certificate) string {
	out := "依据《志愿服务记录与证明出具办法（试行）》（民政部令第67号）出具，不收费用。可向出具单位查验"
	if c.Phone != "" {
		out += "，电话" + c.Phone
	}
	out += "。"
	if c.Posted != "" {
		out += "公示：" + c.Posted.Chinese() + "至" + c.PostedTo.Chinese() + "。"
	}
	if c.Replaces != "" {
		out += "本证明替代" + c.Replaces + "，原证明作废。"
	}
	return out + "所列为本站登记的记录，不能在全国志愿服务信息系统中查验。"
}

// annex lists all activities on pages of their own.
func (d *document) annex(p CertificatePaper, c record.Certificate, copied string) {
	d.turn(certificateSheet)
	d.between(d.sans(sizeSmall4), copied+"附页", "证明编号："+c.Number)
	d.lineIn(d.strong(18), c.Holder.Name+"志愿服务活动明细", centre)
	d.y += 2
	t := certificateTable(c, c.Lines, 1)
	t.note = "出具单位：" + c.Issuer + "　出具日期：" + c.Issued.Chinese() + "（附页须与证明同时使用，骑缝盖章有效）"
	d.table(t)
	_ = p
}
