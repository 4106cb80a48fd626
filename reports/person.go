package reports

import (
	"io"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// PersonPaper is all that the station holds on one person, for the person (PIPL,
// article 45; Decree 67, article 12). Nothing on it is masked.
type PersonPaper struct {
	Station record.Station
	Made    record.Moment
	By      string
	Serial  string
	// Reason is why it is printed, as the audit log has it.
	Reason string

	Person record.Volunteer
	// Village is the name of the community.
	Village string

	Teams    []PersonTeam
	Consents []record.Consent
	// Times are all entries of service time in the order of writing, reversals
	// and their reasons included.
	Times []PersonTime
	// Minutes is the service time that counts, Training the learning time.
	Minutes, Training int64
	// Seen are who saw or printed what is held, the newest first.
	Seen []PersonSight
}

// PersonTeam is one span of membership.
type PersonTeam struct {
	Name, Role string
	From, To   record.Day
}

// PersonTime is one entry of service time; Minutes is below zero in a reversal.
type PersonTime struct {
	Day          record.Day
	Title, Place string
	Source       string
	Minutes      int
	Recorded     record.Day
	Reason       string
}

// PersonSight is one look at the person's record.
type PersonSight struct {
	At               record.Moment
	Who, What, About string
}

// PersonPDF prints the query sheet 本人信息查询单.
func PersonPDF(w io.Writer, p PersonPaper) error {
	d, err := newDocument("本人信息查询单", personSheet, imprint{station: p.Station.Name, maker: p.By, serial: p.Serial, made: p.Made})
	if err != nil {
		return err
	}
	d.numbers = ofAll
	d.fittedTitle(d.strong(size4), issuerOf(p.Station))
	d.fittedTitle(d.strong(size2), "本人信息查询单")
	d.space(2)
	d.note(size5, "本单列出本站保存的关于您的全部个人信息，未作隐藏。查询事由："+p.Reason+"。")
	v := p.Person
	d.section("一、基本信息")
	d.pairs(identityPairs(v, p.Village))
	d.section("二、服役经历")
	d.pairs(servicePairs(v))
	d.section("三、联系方式与健康")
	d.pairs(contactPairs(v))
	d.section("四、登记、告知与同意")
	d.pairs(agreementPairs(v))
	d.rowsOr(consentRows(p.Consents), "没有另外的单独同意。")
	d.section("五、志愿服务队")
	d.rowsOr(teamRows(p.Teams), "没有参加服务队。")
	d.section("六、志愿服务时长")
	d.rowsOr(timeRows(p), "没有时长记录。")
	d.section("七、谁查看、打印过")
	d.rowsOr(sightRows(p.Seen), "没有查看和打印的记录。")
	d.space(3)
	d.note(sizeSmall5, "依据：《个人信息保护法》第四十五条、第四十六条，《志愿服务记录与证明出具办法（试行）》（民政部令第67号）第十二条、第十三条。"+
		"内容有误或者不完整的，请向本站提出，本站核实后更正、补充。更正不删去原来的记录，而是另记一条并写明原因。")
	if p.Station.Phone != "" {
		d.note(sizeSmall5, "联系电话："+p.Station.Phone)
	}
	d.space(2)
	d.fields(d.plain(sizeSmall4), 11, fill("查询人签字", ""), fill("经办人", p.By), fill("日期", ""))
	return d.write(w)
}

// personSheet is A4 with the margins of lists: much stands on few pages.
var personSheet = sheet{210, 297, 20, 18, 18, 20}

// pair is a field of the person with what is held in it.
type pair struct{ label, text string }

// nothing stands where nothing is held, so that a blank is no question.
const nothing = "—"

// section waits for what follows, so that it never ends a page.
func (d *document) section(text string) {
	st := d.sans(sizeSmall4)
	st.pitch *= 1.2
	d.waiting = append(d.waiting, heading{style: st, lines: [][]rune{[]rune(text)}, above: 3})
}

// pairs prints fields two in a row; a long text gets a row of its own.
func (d *document) pairs(all []pair) {
	t := table{size: size5, least: 6.6, columns: []column{{28, left}, {58, left}, {28, left}, {58, left}}}
	room := t.columns[1].width - 2*padSide
	var half []cell
	flush := func() {
		if half != nil {
			half[1].span = 3
			t.rows, half = append(t.rows, half), nil
		}
	}
	for _, one := range all {
		text := one.text
		if strings.TrimSpace(text) == "" {
			text = nothing
		}
		switch {
		case d.types.measure(d.plain(size5), []rune(text)) > room:
			flush()
			t.rows = append(t.rows, []cell{{text: one.label}, {text: text, span: 3}})
		case half == nil:
			half = cells(one.label, text)
		default:
			t.rows = append(t.rows, append(half, cells(one.label, text)...))
			half = nil
		}
	}
	flush()
	d.table(t)
}

// rowsOr prints a table, or a sentence where it has no rows.
func (d *document) rowsOr(t table, otherwise string) {
	if len(t.rows) == 0 {
		d.note(size5, otherwise)
		return
	}
	t.size, t.least = 10, 6.4
	d.table(t)
}

func identityPairs(v record.Volunteer, village string) []pair {
	return []pair{
		{"姓名", v.Name},
		{"身份证号", string(v.IDNumber)},
		{"性别", nameOf(record.Sexes(), string(v.Sex))},
		{"出生日期", v.Birth.Chinese()},
		{"民族", nameOf(record.Ethnics(), v.Ethnic)},
		{"政治面貌", nameOf(record.Politics(), v.Politics)},
		{"党组织关系", v.PartyOrg},
		{"文化程度", nameOf(record.Educations(), v.Education)},
		{"工作单位", v.Employer},
		{"所属社区（村）", village},
		{"人员类别", nameOf(record.PersonKinds(), v.Kind)},
		{"志愿者编号", v.Number},
		{"全国系统编号", v.NationalNumber},
		{"人员状态", nameOf(record.Statuses(), string(v.Status))},
		{"状态起始日期", v.StatusSince.Chinese()},
		{"技能特长", namesOf(record.Skills(), v.Skills)},
		{"特长说明", v.SkillNote},
		{"服务类别", namesOf(record.ServiceCategories(), v.Categories)},
		{"备注", v.Note},
	}
}

func servicePairs(v record.Volunteer) []pair {
	veteran := "否"
	if v.Veteran {
		veteran = "是"
	}
	return []pair{
		{"退役军人", veteran},
		{"军种", nameOf(record.Branches(), v.Branch)},
		{"兵种", v.Arm},
		{"退役时身份", nameOf(record.ServiceRanks(), v.Rank)},
		{"入伍时间", v.Enlisted.Chinese()},
		{"退役时间", v.Discharged.Chinese()},
		{"退役方式", nameOf(record.DischargeKinds(), v.DischargeKind)},
		{"立功受奖", v.Merits},
		{"残疾等级", v.Disability},
	}
}

func contactPairs(v record.Volunteer) []pair {
	return []pair{
		{"联系电话", strings.Join(v.Phones, "、")},
		{"家庭住址", v.Address},
		{"紧急联系人", v.Emergency.Name},
		{"与本人关系", v.Emergency.Relation},
		{"紧急联系电话", v.Emergency.Phone},
		{"健康状况", v.Health},
	}
}

func agreementPairs(v record.Volunteer) []pair {
	volunteer := "否"
	if v.Serving {
		volunteer = "是"
	}
	return []pair{
		{"志愿者", volunteer},
		{"加入日期", v.Joined.Chinese()},
		{"同意登记", agreementText(v.Agreement)},
		{"个人信息告知", agreementText(v.Notice)},
	}
}

func agreementText(a record.Agreement) string {
	if a.Date == "" {
		return ""
	}
	out := a.Date.Chinese()
	if way := wayName(a.Way); way != "" {
		out += "，" + way
	}
	if a.Version != "" {
		out += "，版本" + a.Version
	}
	return out
}

// wayName is how something was agreed to or told.
func wayName(way string) string {
	switch way {
	case "paper":
		return "纸面"
	case "oral":
		return "口头"
	case "import":
		return "随花名册"
	}
	return way
}

func consentRows(list []record.Consent) table {
	t := table{
		columns: []column{{52, left}, {30, centre}, {22, centre}, {30, centre}, {38, centre}},
		head:    [][]cell{cells("单独同意的用途", "同意日期", "方式", "同意书版本", "撤回日期")},
	}
	for _, c := range list {
		ended := c.Ended.Chinese()
		if ended == "" {
			ended = "有效"
		}
		t.rows = append(t.rows, cells(record.Purposes().NameOf(c.Purpose), c.Given.Chinese(), wayName(c.Way), c.Form, ended))
	}
	return t
}

func teamRows(list []PersonTeam) table {
	t := table{
		columns: []column{{76, left}, {32, centre}, {32, centre}, {32, centre}},
		head:    [][]cell{cells("服务队", "职务", "加入日期", "离开日期")},
	}
	for _, one := range list {
		to := one.To.Chinese()
		if to == "" {
			to = "在队"
		}
		t.rows = append(t.rows, cells(one.Name, one.Role, one.From.Chinese(), to))
	}
	return t
}

func timeRows(p PersonPaper) table {
	t := table{
		columns: []column{{12, centre}, {23, centre}, {46, left}, {20, left}, {14, right}, {23, centre}, {34, left}},
		head:    [][]cell{cells("序号", "日期", "活动", "来源", "分钟", "记录日期", "更正原因")},
	}
	for i, one := range p.Times {
		t.rows = append(t.rows, cells(strconv.Itoa(i+1), string(one.Day), strings.TrimSpace(one.Title+" "+one.Place), one.Source,
			strconv.Itoa(one.Minutes), string(one.Recorded), one.Reason))
	}
	text := "服务时长" + hours(p.Minutes) + "（" + strconv.FormatInt(p.Minutes, 10) + "分钟）"
	if p.Training > 0 {
		text += "，培训时长" + hours(p.Training)
	}
	t.totals = [][]cell{{cell{text: "合计", span: 2}.in(centre), cell{text: text, span: 5}.in(left)}}
	return t
}

func sightRows(list []PersonSight) table {
	t := table{
		columns: []column{{34, centre}, {26, left}, {24, centre}, {88, left}},
		head:    [][]cell{cells("时间", "谁", "做了什么", "说明")},
	}
	for _, one := range list {
		t.rows = append(t.rows, cells(strings.Replace(string(one.At), "T", " ", 1), one.Who, one.What, one.About))
	}
	return t
}

func namesOf(table record.Table, codes []string) string {
	var out []string
	for _, code := range codes {
		out = append(out, table.NameOf(code))
	}
	return strings.Join(out, "、")
}
