package cli

import (
	"cmp"
	"slices"
	"strings"

	"rongyuan/store/record"
)

// volunteerFlags are the fields of a person as flags, named as in JSON.
type volunteerFlags struct {
	text       map[string]*string
	phones     []string
	skills     []string
	categories []string
	veteran    bool
	serving    bool
}

// personFields are the fields that are one text, with what the help says.
var personFields = [][3]string{
	{"name", "姓名", "姓名"},
	{"id-number id", "号码", "身份证号；填上就会算出性别和出生日期"},
	{"number", "编号", "志愿者编号；不写就顺着编"},
	{"national-number", "编号", "全国系统里的编号"},
	{"sex", "男|女", "性别"},
	{"birth", "日期", "出生日期，知道到哪写到哪：1985、1985-07、1985-07-01"},
	{"ethnic", "民族", "民族"},
	{"village", "社区", "所属社区（村），写名称或 12 位编码"},
	{"address", "住址", "家庭住址"},
	{"party politics", "政治面貌", "如 中共党员、群众"},
	{"party-org", "党组织", "党组织关系在哪里"},
	{"education", "文化程度", "如 高中、大专"},
	{"employer", "单位", "工作单位"},
	{"skill-note", "文字", "特长说明"},
	{"kind", "类别", "人员类别，如 退役士兵、军队转业干部、社会志愿者"},
	{"enlisted", "日期", "入伍时间"},
	{"discharged", "日期", "退役时间"},
	{"branch", "军种", "军种，如 陆军"},
	{"arm", "兵种", "兵种"},
	{"rank", "身份", "退役时身份：义务兵、军士、军官…"},
	{"discharge-kind", "方式", "退役方式，如 自主就业"},
	{"merits", "文字", "立功受奖"},
	{"disability", "文字", "残疾等级"},
	{"joined", "日期", "加入日期；不写就是同意日期"},
	{"agreement-date agreement", "日期", "本人同意登记的日期，志愿者必填"},
	{"agreement-version", "版本", "同意书版本；不写就是现行的"},
	{"agreement-way", "方式", "paper 纸面、oral 口头"},
	{"notice-date", "日期", "个人信息告知的日期"},
	{"emergency-name", "姓名", "紧急联系人"},
	{"emergency-relation", "关系", "紧急联系人与本人关系"},
	{"emergency-phone", "电话", "紧急联系人电话"},
	{"health", "文字", "健康状况"},
	{"note", "文字", "备注；不得录入涉密信息"},
	{"status", "状态", "在册、暂停、迁出、退出、去世"},
	{"status-since", "日期", "状态从哪天起；不写就是今天"},
}

func (c *volunteerFlags) options(o *options) {
	c.text = map[string]*string{}
	for _, field := range personFields {
		first, _, _ := strings.Cut(field[0], " ")
		c.text[first] = new(string)
		o.text(c.text[first], field[0], field[1], field[2])
	}
	o.many(&c.phones, "phones phone", "电话", "联系电话，可以写几次")
	o.many(&c.skills, "skills skill", "特长", "技能特长，可以写几次，如 急救医护")
	o.many(&c.categories, "categories category", "类别", "服务类别，可以写几次")
	o.yes(&c.veteran, "veteran", "是退役军人")
	o.yes(&c.serving, "volunteer", "是志愿者；--volunteer=false 只登记为退役军人")
}

// apply puts the flags that were given into a person. Words become the codes
// of their tables; everything else is judged by the record's own check.
func (c *volunteerFlags) apply(k *call, v *record.Volunteer) (record.Problems, error) {
	for name, to := range textFields(v) {
		if k.given.has(name) {
			*to = strings.TrimSpace(*c.text[name])
		}
	}
	if err := c.applyCodes(k.given, v); err != nil {
		return nil, err
	}
	if err := c.applyDates(k, v); err != nil {
		return nil, err
	}
	if err := c.applyNumber(k, v); err != nil {
		return nil, err
	}
	if k.given.has("veteran") {
		v.Veteran = c.veteran
	} else if k.given.has("kind") && record.VeteranKind(v.Kind) {
		v.Veteran = true
	}
	if k.given.has("volunteer") {
		v.Serving = c.serving
	}
	var found record.Problems
	if k.given.has("village") {
		v.Village, v.VillageName, found = k.villageOf(strings.TrimSpace(*c.text["village"]))
	}
	return found, nil
}

// textFields are the plain texts of a person by the names of their flags.
func textFields(v *record.Volunteer) map[string]*string {
	return map[string]*string{
		"name": &v.Name, "number": &v.Number, "national-number": &v.NationalNumber, "address": &v.Address,
		"party-org": &v.PartyOrg, "employer": &v.Employer, "skill-note": &v.SkillNote, "arm": &v.Arm,
		"merits": &v.Merits, "disability": &v.Disability, "agreement-version": &v.Agreement.Version,
		"agreement-way": &v.Agreement.Way, "emergency-name": &v.Emergency.Name,
		"emergency-relation": &v.Emergency.Relation, "emergency-phone": &v.Emergency.Phone,
		"health": &v.Health, "note": &v.Note,
	}
}

func (c *volunteerFlags) applyCodes(given *options, v *record.Volunteer) error {
	sex, status := string(v.Sex), string(v.Status)
	for _, one := range []struct {
		name  string
		table record.Table
		to    *string
	}{
		{"sex", record.Sexes(), &sex},
		{"ethnic", record.Ethnics(), &v.Ethnic},
		{"party", record.Politics(), &v.Politics},
		{"education", record.Educations(), &v.Education},
		{"kind", record.PersonKinds(), &v.Kind},
		{"branch", record.Branches(), &v.Branch},
		{"rank", record.ServiceRanks(), &v.Rank},
		{"discharge-kind", record.DischargeKinds(), &v.DischargeKind},
		{"status", record.Statuses(), &status},
	} {
		if !given.has(one.name) {
			continue
		}
		code, err := codeIn(one.table, fieldOf(one.name), strings.TrimSpace(*c.text[one.name]))
		if err != nil {
			return err
		}
		*one.to = code
	}
	if given.has("status") && (status == string(record.StatusSealed) || v.Status == record.StatusSealed) {
		return usage("封存用 volunteer seal，解除封存用 volunteer unseal：都要写原因")
	}
	v.Sex, v.Status = record.Sex(sex), record.Status(status)
	if err := manyCodes(given, record.Skills(), codeList{"skills", c.skills, &v.Skills}); err != nil {
		return err
	}
	return manyCodes(given, record.ServiceCategories(), codeList{"categories", c.categories, &v.Categories})
}

// codeList is a flag with several words and the field for their codes.
type codeList struct {
	name  string
	words []string
	to    *[]string
}

func manyCodes(given *options, table record.Table, l codeList) error {
	if !given.has(l.name) {
		return nil
	}
	*l.to = nil
	for _, word := range splitWords(l.words) {
		code, err := codeIn(table, l.name, word)
		if err != nil {
			return err
		}
		if !slices.Contains(*l.to, code) {
			*l.to = append(*l.to, code)
		}
	}
	return nil
}

// fieldOf is the field of a finding for a flag's name.
func fieldOf(flag string) string {
	if flag == "party" {
		return "politics"
	}
	return strings.ReplaceAll(flag, "-", "_")
}

func (c *volunteerFlags) applyDates(k *call, v *record.Volunteer) error {
	for _, one := range []struct {
		name string
		to   *record.Date
	}{{"birth", &v.Birth}, {"enlisted", &v.Enlisted}, {"discharged", &v.Discharged}} {
		if !k.given.has(one.name) {
			continue
		}
		date, err := readDate(one.name, *c.text[one.name], k.today())
		if err != nil {
			return err
		}
		*one.to = date
	}
	for _, one := range []struct {
		name string
		to   *record.Day
	}{
		{"joined", &v.Joined},
		{"agreement-date", &v.Agreement.Date},
		{"notice-date", &v.Notice.Date},
		{"status-since", &v.StatusSince},
	} {
		if !k.given.has(one.name) {
			continue
		}
		day, err := readDay(fieldOf(one.name), *c.text[one.name], k.today())
		if err != nil {
			return err
		}
		*one.to = day
	}
	if k.given.has("status") && !k.given.has("status-since") {
		v.StatusSince = k.today()
	}
	return nil
}

// applyNumber reads the numbers that have a form of their own.
func (c *volunteerFlags) applyNumber(k *call, v *record.Volunteer) error {
	if k.given.has("id-number") {
		v.IDNumber = ""
		if written := *c.text["id-number"]; strings.TrimSpace(written) != "" {
			read, err := record.ReadIDNumber(written, k.today())
			if err != nil {
				return err
			}
			v.IDNumber = read.Number
		}
	}
	if k.given.has("phones") {
		phones, found := record.ReadPhones(strings.Join(c.phones, "、"))
		if err := found.Err(); err != nil {
			return err
		}
		v.Phones = phones
	}
	if v.Agreement.Date != "" {
		v.Agreement.Version = cmp.Or(v.Agreement.Version, record.AgreementVersion)
		v.Agreement.Way = cmp.Or(v.Agreement.Way, "paper")
	}
	return nil
}

type volunteerAdd struct{ volunteerFlags }

// written is what a command that writes one record prints.
type written struct {
	ID       string    `json:"id"`
	Number   string    `json:"number,omitempty"`
	Problems []finding `json:"problems"`
}

func (c *volunteerAdd) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	v := record.Volunteer{Serving: true}
	found, err := c.apply(k, &v)
	if err != nil {
		return answer{}, err
	}
	for _, like := range db.Duplicates(v.Complete(k.today())) {
		if like.By != "id_number" {
			found.Add(record.LevelReview, like.By, record.CodeDuplicate)
		}
	}
	id, more, err := db.RegisterVolunteer(k.ctx, v)
	if err != nil {
		return answer{}, err
	}
	found = append(found, more...)
	k.warn(found)
	p, _ := db.Person(id)
	return answer{
		doc:  written{string(id), p.Number, findings(found)},
		text: said("已登记：%s %s", p.Name, p.Number),
	}, nil
}

type volunteerEdit struct{ volunteerFlags }

func (c *volunteerEdit) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	p, err := k.person(k.args[0])
	if err != nil {
		return answer{}, err
	}
	v, err := db.Volunteer(k.ctx, p.ID)
	if err != nil {
		return answer{}, err
	}
	found, err := c.apply(k, &v)
	if err != nil {
		return answer{}, err
	}
	more, err := db.UpdateVolunteer(k.ctx, v)
	if err != nil {
		return answer{}, err
	}
	found = append(found, more...)
	k.warn(found)
	p, _ = db.Person(p.ID)
	return answer{
		doc:  written{string(p.ID), p.Number, findings(found)},
		text: said("已保存：%s %s", p.Name, p.Number),
	}, nil
}
