package reports

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// ListPaper is any list of the window as a workbook or a table: the rows that
// the clerk sees, in that order, with the columns that were shown.
type ListPaper struct {
	Head
	// Title stands on top, Name on the sheet's tab; Title when empty.
	Title, Name string
	Columns     []ListColumn
	Rows        [][]string
	// Lead stands above the table of a PDF, Notes below it.
	Lead  string
	Notes []string
	// Signed prints lines for signatures below a PDF.
	Signed bool
}

// ListColumn is a column of a list.
type ListColumn struct {
	Title string
	// Kind says how a value is typed in a workbook; "" lets the values decide.
	Kind ListKind
	// Share is the column's part of a PDF's width; 0 lets the contents decide.
	Share float64
}

// ListKind is what a column of a list holds.
type ListKind string

// The kinds.
const (
	ListText  ListKind = "text"  // also digits: identity numbers, telephones, codes
	ListWhole ListKind = "whole" // whole numbers
	ListHours ListKind = "hours" // hours as people read them, "1.5" or "1小时20分"
)

// longestNumber is how many digits a number may have before it is taken for a
// code or a telephone.
const longestNumber = 8

// kindOf is the kind of a column: numbers only when every value is one, and
// none is written as a code is.
func kindOf(c ListColumn, rows [][]string, at int) ListKind {
	if c.Kind != "" {
		return c.Kind
	}
	some := false
	whole, decimal := true, true
	for _, row := range rows {
		text := valueAt(row, at)
		if text == "" {
			continue
		}
		some = true
		whole = whole && isWhole(text)
		decimal = decimal && isDecimal(text)
	}
	switch {
	case !some:
		return ListText
	case whole:
		return ListWhole
	case decimal:
		return ListHours
	}
	return ListText
}

func valueAt(row []string, at int) string {
	if at < len(row) {
		return strings.TrimSpace(row[at])
	}
	return ""
}

func isWhole(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && len(digits) <= longestNumber && strings.Trim(digits, "0123456789") == "" && (digits == "0" || digits[0] != '0')
}

func isDecimal(text string) bool {
	whole, part, has := strings.Cut(text, ".")
	return isWhole(whole) && (!has || part != "" && len(part) <= 2 && strings.Trim(part, "0123456789") == "")
}

// ListExcel writes a list as a workbook: typed cells, identity numbers as text,
// the head frozen and with a filter, widths by contents, print set-up, and
// station, maker and serial number in the header.
func ListExcel(w io.Writer, p ListPaper) error {
	if len(p.Columns) == 0 {
		return errors.New("reports: a list without columns")
	}
	b := newWorkbook(p.Title, p.imprint())
	s := sheetPlan{name: sheetName(p.Name, p.Title), title: p.Title, notes: p.Notes, filter: true}
	kinds := make([]ListKind, len(p.Columns))
	for i, c := range p.Columns {
		kinds[i] = kindOf(c, p.Rows, i)
		s.columns = append(s.columns, col{c.Title, widthOf(c, p.Rows, i), kinds[i] == ListText})
	}
	s.count = len(p.Rows)
	s.each = func(yield func([]any) bool) {
		cells := make([]any, len(p.Columns))
		for _, row := range p.Rows {
			for i := range cells {
				cells[i] = cellOf(kinds[i], valueAt(row, i))
			}
			if !yield(cells) {
				return
			}
		}
	}
	b.add(s)
	return b.write(w)
}

// cellOf is a value as a workbook holds it; an empty one stays empty text.
func cellOf(kind ListKind, text string) any {
	switch {
	case kind == ListWhole && isWhole(text):
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	case kind == ListHours && isDecimal(text):
		if hours, err := strconv.ParseFloat(text, 64); err == nil {
			return hoursNumber(hours)
		}
	}
	return text
}

// hoursNumber is a number of hours that is one already.
type hoursNumber float64

// sheetName is a name that a workbook can have: 31 characters, none of them an
// order to a spreadsheet.
func sheetName(name, title string) string {
	if name == "" {
		name = title
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return '-'
		}
		return r
	}, printable(name))
	out := []rune(name)
	return string(out[:min(len(out), 31)])
}

// widthOf is a column's width in characters: its longest value, within reason.
func widthOf(c ListColumn, rows [][]string, at int) float64 {
	most := breadth(c.Title) + 3 // the filter's arrow
	for _, row := range rows {
		most = max(most, breadth(valueAt(row, at))+1)
	}
	return min(max(most, 6), 48)
}

// breadth is a text's width in characters of a spreadsheet; Chinese takes two.
func breadth(text string) float64 {
	widest := 0.0
	for line := range strings.SplitSeq(text, "\n") {
		n := 0.0
		for _, r := range line {
			if r < 0x2E80 {
				n++
			} else {
				n += 2
			}
		}
		widest = max(widest, n)
	}
	return widest
}

// ListPDF prints a list as a table on A4 across.
func ListPDF(w io.Writer, p ListPaper) error {
	d, err := p.begin(p.Title, wideSheet)
	if err != nil {
		return err
	}
	if p.Lead != "" {
		d.flow(d.plain(sizeSmall4), p.Lead, 2)
		d.space(2)
	}
	t := table{size: 10, least: 6.8, columns: []column{{11, centre}}}
	head := cells("序号")
	for i, c := range p.Columns {
		share, at := c.Share, left
		if share == 0 {
			share = min(max(widthOf(c, p.Rows, i), 8), 30) * 1.9
		}
		if kindOf(c, p.Rows, i) != ListText {
			at = right
		}
		t.columns = append(t.columns, column{share, at})
		head = append(head, cell{text: c.Title})
	}
	t.head = [][]cell{head}
	for n, row := range p.Rows {
		line := cells(strconv.Itoa(n + 1))
		for i := range p.Columns {
			line = append(line, cell{text: valueAt(row, i)})
		}
		t.rows = append(t.rows, line)
	}
	t.totals = [][]cell{{cell{text: "合计"}.in(centre), cell{text: fmt.Sprintf("%d条", len(p.Rows)), span: len(p.Columns)}.in(left)}}
	d.table(t)
	for _, note := range p.Notes {
		d.note(sizeSmall5, note)
	}
	if p.Signed {
		d.space(3)
		st := d.plain(sizeSmall4)
		d.fields(st, 11, fill("填报人", p.By), fill("审核人", ""), fill("单位负责人", ""), fill("联系电话", p.Station.Phone))
	}
	return d.write(w)
}

// NoticePaper is the public notice of applications for certificates, to be
// hung up for the members.
type NoticePaper struct {
	Head
	List []record.Certificate
	// From and To are the days on which it hangs.
	From, To record.Day
}

// NoticePDF prints 志愿服务记录证明申请公示. No identity number stands on what
// hangs on a wall.
func NoticePDF(w io.Writer, p NoticePaper) error {
	d, err := newDocument("志愿服务记录证明申请公示", officialSheet, p.imprint())
	if err != nil {
		return err
	}
	d.titleBlock(size2, "关于志愿服务记录证明申请的公示")
	d.space(6)
	span := p.From.Chinese() + "至" + p.To.Chinese()
	if len(p.List) == 0 {
		d.paragraph("目前没有需要公示的申请。")
		return d.write(w)
	}
	d.paragraph(fmt.Sprintf("以下%d名志愿者向本站申请出具志愿服务记录证明。经核对服务记录，现予公示，公示期%s（不少于%d天）。对公示内容有异议的，请在公示期内以书面、电话或者当面方式向本站反映，并提供具体情况。",
		len(p.List), span, record.NoticeDays))
	if p.Station.Phone != "" {
		d.paragraph("受理电话：" + p.Station.Phone)
	}
	d.space(4)
	t := table{
		size: sizeSmall4, least: 9,
		columns: []column{{12, centre}, {24, centre}, {46, centre}, {38, centre}, {16, right}, {20, right}},
		head:    [][]cell{cells("序号", "姓名", "志愿者编号", "服务起止日期", "次数", "小时")},
	}
	for i, c := range p.List {
		t.rows = append(t.rows, cells(strconv.Itoa(i+1), c.Holder.Name, c.Holder.Number, string(c.From)+"至\n"+string(c.To),
			strconv.Itoa(len(c.Lines)), decimal(int(c.Minutes))))
	}
	d.table(t)
	d.space(6)
	d.sealBox(issuerOf(p.Station), p.From, 42)
	return d.write(w)
}
