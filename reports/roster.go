package reports

import (
	"io"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// RosterPaper is a list of people as it goes on paper.
type RosterPaper struct {
	Station record.Station
	// Title is the title below the station's name; 退役军人志愿者花名册 when empty.
	Title string
	// Made is when the list was made, By by whom; Serial is the print's number in
	// the station's log.
	Made   record.Moment
	By     string
	Serial string
	Rows   []RosterRow
	// Full prints identity and telephone numbers in full. The zero value masks
	// them, so that nobody prints them by oversight.
	Full bool
}

// RosterRow is one person in a list, in words. Numbers are given in full; the
// paper masks them.
type RosterRow struct {
	Name, Sex, Ethnic     string
	Birth                 record.Date
	IDNumber              string
	Politics              string
	Enlisted, Discharged  record.Date
	Team, Post            string
	Phones                []string
	Village               string
	Joined                record.Day
	Status, Skills, Notes string
}

// RosterRowOf is a person in a list, the codes in words. Team and post are
// empty; the record does not know them.
func RosterRowOf(v record.Volunteer) RosterRow {
	var skills []string
	for _, code := range v.Skills {
		skills = append(skills, record.Skills().NameOf(code))
	}
	return RosterRow{
		Name: v.Name, Sex: nameOf(record.Sexes(), string(v.Sex)), Ethnic: nameOf(record.Ethnics(), v.Ethnic),
		Birth: v.Birth, IDNumber: string(v.IDNumber), Politics: nameOf(record.Politics(), v.Politics),
		Enlisted: v.Enlisted, Discharged: v.Discharged, Phones: v.Phones, Village: v.VillageName, Joined: v.Joined,
		Status: nameOf(record.Statuses(), string(v.Status)), Skills: strings.Join(skills, "、"), Notes: v.Note,
	}
}

func nameOf(t record.Table, code string) string {
	if code == "" {
		return ""
	}
	return t.NameOf(code)
}

func (p RosterPaper) title() string {
	if p.Title != "" {
		return p.Title
	}
	return "退役军人志愿者花名册"
}

func (p RosterPaper) imprint() imprint {
	return imprint{station: p.Station.Name, maker: p.By, serial: p.Serial, made: p.Made}
}

const maskedNote = "注：身份证号、联系电话已作隐藏处理。"

// number is an identity number as this paper shows it.
func (p RosterPaper) number(id string) string {
	if p.Full {
		return id
	}
	return record.MaskID(id)
}

func (p RosterPaper) phones(phones []string) []string {
	if p.Full {
		return phones
	}
	return record.MaskPhones(phones)
}

// RosterPDF prints a list of people on A4 across. Every person has a row, also
// one whose name has characters that no font draws.
func RosterPDF(w io.Writer, p RosterPaper) error {
	d, err := newDocument(p.Station.Name+p.title(), wideSheet, p.imprint())
	if err != nil {
		return err
	}
	d.numbers = ofAll
	d.titleBlock(size2, p.Station.Name, p.title())
	d.space(2)
	d.between(d.plain(size5), "填报单位（盖章）："+issuerOf(p.Station), "填报日期："+p.Made.Day().Chinese())
	d.table(p.table())
	d.space(2)
	d.fields(d.plain(sizeSmall4), 11, fill("填报人", p.By), fill("审核人", ""), fill("单位负责人", ""), fill("联系电话", p.Station.Phone))
	return d.write(w)
}

// between prints two texts at the ends of one line.
func (d *document) between(st style, one, other string) {
	d.begin(st.pitch)
	at := d.y
	d.lineIn(st, one, left)
	d.y = at
	d.lineIn(st, other, right)
	d.y += 1
}

func (p RosterPaper) table() table {
	t := table{
		size: 9.5, least: 6.6,
		columns: []column{
			{11, centre},
			{18, centre},
			{8, centre},
			{12, centre},
			{17, centre},
			{38, centre},
			{18, centre},
			{17, centre},
			{17, centre},
			{31, left},
			{26, centre},
			{23, left},
			{21, centre},
			{15, left},
		},
		head: [][]cell{
			{
				{text: "序号", down: 2},
				{text: "姓名", down: 2},
				{text: "性\n别", down: 2},
				{text: "民族", down: 2},
				{text: "出生\n年月", down: 2},
				{text: "身份证号", down: 2},
				{text: "政治\n面貌", down: 2},
				{text: "服役时间", span: 2},
				{text: "所在队伍\n及职务", down: 2},
				{text: "联系电话", down: 2},
				{text: "所属村\n（社区）", down: 2},
				{text: "加入\n日期", down: 2},
				{text: "备注", down: 2},
			},
			cells("入伍", "退役"),
		},
	}
	if !p.Full {
		t.note = maskedNote
	}
	for i, row := range p.Rows {
		t.rows = append(t.rows, p.cells(i+1, row))
	}
	t.totals = [][]cell{{
		cell{text: "合计", span: 2}.in(centre),
		cell{text: strconv.Itoa(len(p.Rows)) + "人", span: len(t.columns) - 2}.in(left),
	}}
	return t
}

func (p RosterPaper) cells(n int, row RosterRow) []cell {
	return cells(
		strconv.Itoa(n), row.Name, row.Sex, row.Ethnic, dotted(row.Birth, 7), p.number(row.IDNumber), row.Politics,
		dotted(row.Enlisted, 7), dotted(row.Discharged, 7), strings.TrimSpace(row.Team+" "+row.Post),
		strings.Join(p.phones(row.Phones), "\n"), row.Village, dotted(record.Date(row.Joined), 10), row.Notes,
	)
}

// dotted writes a date as lists do, 1985.07, no more of it than asked for.
func dotted(d record.Date, most int) string {
	s := string(d)
	return strings.ReplaceAll(s[:min(len(s), most)], "-", ".")
}

// RosterExcel writes the list of [RosterPDF] as a workbook. Identity and
// telephone numbers are text.
func RosterExcel(w io.Writer, p RosterPaper) error {
	b := newWorkbook(p.Station.Name+p.title(), p.imprint())
	s := sheetPlan{name: "花名册", title: p.Station.Name + p.title(), columns: []col{
		{"序号", 6, false},
		{"姓名", 12, false},
		{"性别", 6, false},
		{"民族", 8, false},
		{"出生日期", 12, false},
		{"身份证号", 21, false},
		{"政治面貌", 12, false},
		{"入伍时间", 12, false},
		{"退役时间", 12, false},
		{"所在队伍", 24, true},
		{"队内职务", 10, false},
		{"联系电话", 15, true},
		{"所属村（社区）", 20, true},
		{"加入日期", 12, false},
		{"状态", 8, false},
		{"特长", 20, true},
		{"备注", 24, true},
	}}
	for i, row := range p.Rows {
		s.rows = append(s.rows, []any{
			int64(i + 1), row.Name, row.Sex, row.Ethnic, string(row.Birth), p.number(row.IDNumber), row.Politics,
			string(row.Enlisted), string(row.Discharged), row.Team, row.Post, strings.Join(p.phones(row.Phones), "、"),
			row.Village, string(row.Joined), row.Status, row.Skills, row.Notes,
		})
	}
	if !p.Full {
		s.notes = []string{maskedNote}
	}
	b.add(s)
	return b.write(w)
}
