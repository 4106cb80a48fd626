package cli

import (
	"fmt"
	"io"
	"strings"

	"rongyuan/store"
	"rongyuan/store/record"
)

type volunteerList struct {
	unmasking
	serving, veteran            bool
	village, status, team, text string
}

func (c *volunteerList) options(o *options) {
	c.unmasking.options(o)
	o.yes(&c.serving, "volunteers", "只看志愿者")
	o.yes(&c.veteran, "veterans", "只看退役军人")
	o.text(&c.village, "village", "社区", "只看一个社区（村）")
	o.text(&c.status, "status", "状态", "只看一种状态：在册、暂停、迁出、退出、去世")
	o.text(&c.team, "team", "队", "只看一支队今天的队员")
	o.text(&c.text, "text", "文字", "像搜索框那样找")
}

func (c *volunteerList) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	filter, err := c.filter(k)
	if err != nil {
		return answer{}, err
	}
	list, err := db.People(k.ctx, filter)
	if err != nil {
		return answer{}, err
	}
	n, err := k.known()
	if err != nil {
		return answer{}, err
	}
	if err := c.allow(k, "volunteer list", len(list)); err != nil {
		return answer{}, err
	}
	docs := n.docs(list, c.unmask)
	return answer{doc: people{docs}, text: peopleText(docs)}, nil
}

func (c *volunteerList) filter(k *call) (store.PeopleFilter, error) {
	f := store.PeopleFilter{Serving: c.serving, Veteran: c.veteran, Text: c.text}
	if c.village != "" {
		code, name, _ := k.villageOf(c.village)
		f.Village = code + name
	}
	if c.status != "" {
		code, err := codeIn(record.Statuses(), "status", c.status)
		if err != nil {
			return f, err
		}
		f.Status = record.Status(code)
	}
	if c.team != "" {
		team, err := k.team(c.team)
		if err != nil {
			return f, err
		}
		f.Team = team.ID
	}
	return f, nil
}

func peopleText(docs []personDoc) func(io.Writer) {
	rows := make([][]string, 0, len(docs))
	for _, d := range docs {
		rows = append(rows, []string{
			d.Number, d.Name, d.Sex, d.IDNumber, strings.Join(d.Phones, "、"), d.Village, d.Team,
			record.Statuses().NameOf(string(d.Status)), record.HoursText(d.Minutes),
		})
	}
	return listed([]string{"编号", "姓名", "性别", "身份证号", "电话", "社区", "服务队", "状态", "小时"}, rows)
}

// codeIn is the code of a word that a person writes for a term of a table: its
// code, its name or another word for it.
func codeIn(table record.Table, field, written string) (string, error) {
	if written == "" {
		return "", nil
	}
	code, has := table.CodeOf(written)
	if !has {
		return "", record.FailField(field, record.CodeUnknownCode, written)
	}
	return code, nil
}

type search struct{ unmasking }

const searchMost = 50

func (c *search) options(o *options) { c.unmasking.options(o) }

func (c *search) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	list, err := db.Search(k.ctx, strings.Join(k.args, " "), searchMost)
	if err != nil {
		return answer{}, err
	}
	n, err := k.known()
	if err != nil {
		return answer{}, err
	}
	if err := c.allow(k, "search", len(list)); err != nil {
		return answer{}, err
	}
	docs := n.docs(list, c.unmask)
	return answer{doc: people{docs}, text: peopleText(docs)}, nil
}

type volunteerShow struct{ unmasking }

func (c *volunteerShow) options(o *options) { c.unmasking.options(o) }

// personCard is all that `volunteer show` prints.
type personCard struct {
	personDoc
	NationalNumber string             `json:"national_number,omitempty"`
	Ethnic         string             `json:"ethnic,omitempty"`
	PartyOrg       string             `json:"party_org,omitempty"`
	Employer       string             `json:"employer,omitempty"`
	Skills         []string           `json:"skills,omitempty"`
	SkillNote      string             `json:"skill_note,omitempty"`
	Categories     []string           `json:"categories,omitempty"`
	Kind           string             `json:"kind,omitempty"`
	Branch         string             `json:"branch,omitempty"`
	Arm            string             `json:"arm,omitempty"`
	Rank           string             `json:"rank,omitempty"`
	DischargeKind  string             `json:"discharge_kind,omitempty"`
	Merits         string             `json:"merits,omitempty"`
	Joined         record.Day         `json:"joined,omitempty"`
	Agreement      record.Agreement   `json:"agreement,omitzero"`
	Notice         record.Agreement   `json:"notice,omitzero"`
	StatusSince    record.Day         `json:"status_since,omitempty"`
	Private        *personPrivate     `json:"private,omitempty"`
	Teams          []memberDoc        `json:"teams"`
	Activities     []participationDoc `json:"activities"`
}

// personPrivate is shown unmasked only.
type personPrivate struct {
	Address    string         `json:"address,omitempty"`
	Emergency  record.Contact `json:"emergency,omitzero"`
	Health     string         `json:"health,omitempty"`
	Disability string         `json:"disability,omitempty"`
	Note       string         `json:"note,omitempty"`
}

func (c *volunteerShow) run(k *call) (answer, error) {
	if _, err := k.open(); err != nil {
		return answer{}, err
	}
	p, err := k.person(k.args[0])
	if err != nil {
		return answer{}, err
	}
	card, err := k.card(p.ID, c.unmask)
	if err != nil {
		return answer{}, err
	}
	if err := c.allow(k, string(p.ID), 1); err != nil {
		return answer{}, err
	}
	doc := struct {
		Volunteer personCard `json:"volunteer"`
	}{card}
	return answer{doc: doc, text: func(w io.Writer) { cardText(w, card) }}, nil
}

func (k *call) card(id record.VolunteerID, whole bool) (personCard, error) {
	v, err := k.db.Volunteer(k.ctx, id)
	if err != nil {
		return personCard{}, err
	}
	n, err := k.known()
	if err != nil {
		return personCard{}, err
	}
	card := personCard{
		personDoc: n.doc(v, whole), NationalNumber: v.NationalNumber, Ethnic: record.Ethnics().NameOf(v.Ethnic),
		PartyOrg: v.PartyOrg, Employer: v.Employer, Skills: namesIn(record.Skills(), v.Skills), SkillNote: v.SkillNote,
		Categories: namesIn(record.ServiceCategories(), v.Categories), Kind: record.PersonKinds().NameOf(v.Kind),
		Branch: record.Branches().NameOf(v.Branch), Arm: v.Arm, Rank: record.ServiceRanks().NameOf(v.Rank),
		DischargeKind: record.DischargeKinds().NameOf(v.DischargeKind), Merits: v.Merits, Joined: v.Joined,
		Agreement: v.Agreement, Notice: v.Notice, StatusSince: v.StatusSince,
	}
	if whole {
		card.Private = &personPrivate{v.Address, v.Emergency, v.Health, v.Disability, v.Note}
	}
	if card.Teams, err = k.teamsOf(id); err != nil {
		return card, err
	}
	card.Activities, err = k.participationsOf(id)
	return card, err
}

func namesIn(table record.Table, codes []string) []string {
	var out []string
	for _, code := range codes {
		out = append(out, table.NameOf(code))
	}
	return out
}

func cardText(w io.Writer, card personCard) {
	d := card.personDoc
	rows := [][]string{}
	line := func(label, value string) {
		if value != "" {
			rows = append(rows, []string{label, value})
		}
	}
	line("姓名", d.Name)
	line("编号", d.Number)
	line("身份证号", d.IDNumber)
	line("性别", d.Sex)
	line("出生日期", d.Birth.Chinese())
	line("电话", strings.Join(d.Phones, "、"))
	line("社区", d.Village)
	line("政治面貌", d.Party)
	line("文化程度", d.Education)
	line("入伍", d.Enlisted.Chinese())
	line("退役", d.Discharged.Chinese())
	line("技能特长", strings.Join(card.Skills, "、"))
	line("服务队", d.Team)
	line("状态", record.Statuses().NameOf(string(d.Status)))
	line("服务时长", record.HoursText(d.Minutes)+" 小时")
	if card.Private != nil {
		line("住址", card.Private.Address)
		line("紧急联系人", strings.TrimSpace(card.Private.Emergency.Name+" "+card.Private.Emergency.Phone))
		line("备注", card.Private.Note)
	}
	columns(w, rows)
	for _, a := range card.Activities {
		fmt.Fprintf(w, "  %s  %s  %s 小时\n", a.Start.Day(), a.Title, record.HoursText(a.Minutes))
	}
}
