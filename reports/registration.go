package reports

import (
	"io"
	"strings"

	"rongyuan/store/record"
)

// RegistrationPaper is the registration form of a volunteer, blank or filled
// from the record. It is the applicant's own paper: numbers stand in full only
// when Full is set.
type RegistrationPaper struct {
	Head
	// Person is zero for a blank form.
	Person        record.Volunteer
	Village, Team string
}

// formSheet is A4 for forms.
var formSheet = sheet{210, 297, 22, 18, 15, 18}

// RegistrationPDF prints the form 退役军人志愿者登记表 with the place of a
// photograph, the applicant's promise and the station's opinion.
func RegistrationPDF(w io.Writer, p RegistrationPaper) error {
	d, err := p.begin("退役军人志愿者登记表", formSheet)
	if err != nil {
		return err
	}
	v := p.Person
	d.between(d.plain(size5), "志愿者编号："+v.Number, "填表日期：　　　　年　　月　　日")
	top := d.y
	columns := []column{{24, centre}, {34, centre}, {24, centre}, {34, centre}, {24, centre}, {30, centre}}
	const row = 9.2
	photo := func(cells ...cell) gridRow { return gridRow{cells, row} }
	d.grid(columns, 11, []gridRow{
		photo(label("姓　　名"), over(1, v.Name), label("性　　别"), over(1, nameOf(record.Sexes(), string(v.Sex))), cell{span: 2}),
		photo(label("出生日期"), over(1, p.birth()), label("民　　族"), over(1, nameOf(record.Ethnics(), v.Ethnic)), cell{span: 2}),
		photo(label("身份证号"), over(3, p.number(string(v.IDNumber))), cell{span: 2}),
		photo(label("政治面貌"), over(1, nameOf(record.Politics(), v.Politics)), label("文化程度"), over(1, nameOf(record.Educations(), v.Education)), cell{span: 2}),
		{[]cell{label("联系电话"), over(3, strings.Join(p.phones(v.Phones), "、")), label("人员类别"), over(1, nameOf(record.PersonKinds(), v.Kind))}, row},
		{[]cell{label("现 住 址"), over(3, p.address()), label("所属社区"), over(1, p.Village)}, row},
		{[]cell{label("工作单位"), over(3, v.Employer), label("拟加入队"), over(1, p.Team)}, row},
		{[]cell{label("入伍时间"), over(1, v.Enlisted.Chinese()), label("退役时间"), over(1, v.Discharged.Chinese()), label("军　　种"), over(1, nameOf(record.Branches(), v.Branch))}, row},
		{[]cell{label("立功受奖"), over(5, v.Merits)}, row},
		{[]cell{label("技能特长"), over(5, p.skills())}, 11},
		{[]cell{label("服务意向"), over(5, p.choices())}, 18},
		{[]cell{label("可服务\n时间"), over(5, "□ 工作日白天　□ 工作日晚上　□ 周末　□ 节假日　□ 应急随叫　其他＿＿")}, row},
		{[]cell{label("紧急\n联系人"), over(1, v.Emergency.Name), label("与本人\n关　　系"), over(1, v.Emergency.Relation), label("电　　话"), over(1, strings.Join(p.phones([]string{v.Emergency.Phone}), ""))}, 11},
		{[]cell{label("健康状况"), over(5, p.health())}, row},
		{[]cell{label("本人承诺"), over(5, registrationPromise)}, 40},
		{[]cell{label("服 务 队\n意　　见"), over(2, "\n\n\n　　签字：\n　　　　年　　月　　日"), label("服 务 站\n意　　见"), over(2, "\n\n\n　　（盖章）\n　　　　年　　月　　日")}, 32},
	})
	d.photo(top, 4*row)
	d.note(sizeSmall5, "说明：1. 带□的项目由本人勾选。2. 个人信息只用于志愿服务的登记、记录、证明和组织，本人可以查询、更正（民政部令第67号第六条、第十二条、第十三条）。3. 不要填写部队番号、代号等涉密内容。")
	return d.write(w)
}

// birth is the day of birth; never beside a masked identity number, of which it
// would be eight digits (docs/decisions/0002).
func (p RegistrationPaper) birth() string {
	if p.Full {
		return p.Person.Birth.Chinese()
	}
	return p.Person.Birth[:min(4, len(p.Person.Birth))].Chinese()
}

func (p RegistrationPaper) address() string {
	if p.Full {
		return p.Person.Address
	}
	return ""
}

func (p RegistrationPaper) health() string {
	if p.Full {
		return p.Person.Health
	}
	return ""
}

func (p RegistrationPaper) skills() string {
	out := namesOf(record.Skills(), p.Person.Skills)
	if p.Person.SkillNote != "" {
		out = strings.TrimPrefix(out+"；"+p.Person.SkillNote, "；")
	}
	return out
}

// choices are the seven task lines to tick.
func (p RegistrationPaper) choices() string {
	var out []string
	for _, line := range record.Lines().Terms {
		out = append(out, "□ "+line.Name)
	}
	return strings.Join(out, "　")
}

const registrationPromise = "　　本人自愿申请成为退役军人志愿者，所填内容真实。愿意遵守志愿服务的法律法规和服务队的规定，服从组织安排，不收取报酬，尊重和保护服务对象的隐私。" +
	"\n　　本人已被告知个人信息的用途和保存期限，同意登记（《志愿服务记录与证明出具办法（试行）》第六条）。\n\n　　　　　　　　　本人签字：＿＿＿＿＿＿＿　　　　　年　　月　　日"

// photo draws the place of a photograph over the right edge of a form.
func (d *document) photo(top, height float64) {
	const width, two = 26.0, 35.0
	room := d.sheet.room() * 54 / 170
	x := d.sheet.left + d.sheet.room() - room
	d.page.marks = append(d.page.marks, blank{x: x + thin, y: top + thin, w: room - 2*thin, h: height - 2*thin})
	px := x + (room-width)/2
	py := top + (height-two)/2
	d.page.marks = append(d.page.marks, frame{x: px, y: py, w: width, h: two, thick: thin, dashed: true})
	st := d.plain(size5)
	for i, line := range []string{"（贴照片处）", "近期免冠"} {
		d.setIn(st, place{px, py + two/2 - 5 + float64(i)*5.5, width}, []rune(line), centre)
	}
}

// blank is a white area over what was drawn before.
type blank struct{ x, y, w, h float64 }

func (b blank) draw(p *press) {
	p.pdf.SetFillColor(255, 255, 255)
	p.pdf.Rect(b.x, b.y, b.w, b.h, "F")
	p.pdf.SetFillColor(0, 0, 0)
}
