package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"rongyuan/store/record"
)

// teamDoc is a team as lists print it.
type teamDoc struct {
	ID        record.TeamID `json:"id"`
	Name      string        `json:"name"`
	Kind      string        `json:"kind"`
	Parent    string        `json:"parent,omitempty"`
	Village   string        `json:"village,omitempty"`
	Founded   record.Day    `json:"founded,omitempty"`
	Dissolved record.Day    `json:"dissolved,omitempty"`
	Tier      string        `json:"tier,omitempty"`
	Flag      record.Day    `json:"flag,omitempty"`
	Party     string        `json:"party_group,omitempty"`
	Partners  string        `json:"partners,omitempty"`
	Wanted    []string      `json:"wanted,omitempty"`
	Slogan    string        `json:"slogan,omitempty"`
	Base      string        `json:"base,omitempty"`
	Officer   string        `json:"officer,omitempty"`
	Note      string        `json:"note,omitempty"`
	Captain   string        `json:"captain,omitempty"`
	Members   int           `json:"members"`
}

// memberDoc is one person's time in one team.
type memberDoc struct {
	ID        record.MembershipID `json:"id"`
	Team      string              `json:"team"`
	Volunteer record.VolunteerID  `json:"volunteer"`
	Name      string              `json:"name"`
	Role      string              `json:"role"`
	From      record.Day          `json:"from"`
	To        record.Day          `json:"to,omitempty"`
	Main      bool                `json:"main"`
}

// team finds a team by id or name; a living one before a dissolved one.
func (k *call) team(written string) (record.Team, error) {
	all, err := k.db.Teams(k.ctx)
	if err != nil {
		return record.Team{}, err
	}
	slices.SortStableFunc(all, func(a, b record.Team) int { return strings.Compare(string(a.Dissolved), string(b.Dissolved)) })
	i := slices.IndexFunc(all, func(t record.Team) bool { return string(t.ID) == written || t.Name == strings.TrimSpace(written) })
	if i < 0 {
		return record.Team{}, record.FailField("team", record.CodeNotFound)
	}
	return all[i], nil
}

func (k *call) teamDocs(list []record.Team) ([]teamDoc, error) {
	members, err := k.db.Memberships(k.ctx)
	if err != nil {
		return nil, err
	}
	all, err := k.db.Teams(k.ctx)
	if err != nil {
		return nil, err
	}
	names := map[record.TeamID]string{}
	for _, t := range all {
		names[t.ID] = t.Name
	}
	out := make([]teamDoc, 0, len(list))
	for _, t := range list {
		d := teamDoc{
			ID: t.ID, Name: t.Name, Kind: record.TeamKinds().NameOf(t.Kind), Parent: names[t.Parent],
			Village: villageName(record.Volunteer{Village: t.Village}), Founded: t.Founded, Dissolved: t.Dissolved,
			Tier: record.TeamTiers().NameOf(t.Tier), Flag: t.Flag, Party: t.Party, Partners: t.Partners, Wanted: t.Wanted,
			Slogan: t.Slogan, Base: t.Base, Officer: t.Officer, Note: t.Note,
		}
		for _, m := range members {
			if m.Team != t.ID || !m.On(k.today()) {
				continue
			}
			d.Members++
			if m.Role == "captain" {
				p, _ := k.db.Person(m.Volunteer)
				d.Captain = p.Name
			}
		}
		out = append(out, d)
	}
	return out, nil
}

func (k *call) memberDocs(list []record.Membership) ([]memberDoc, error) {
	teams, err := k.db.Teams(k.ctx)
	if err != nil {
		return nil, err
	}
	names := map[record.TeamID]string{}
	for _, t := range teams {
		names[t.ID] = t.Name
	}
	out := make([]memberDoc, 0, len(list))
	for _, m := range list {
		p, _ := k.db.Person(m.Volunteer)
		out = append(out, memberDoc{
			m.ID, names[m.Team], m.Volunteer, p.Name, record.TeamRoles().NameOf(m.Role), m.From, m.To, m.Main,
		})
	}
	return out, nil
}

func (k *call) teamsOf(id record.VolunteerID) ([]memberDoc, error) {
	list, err := k.db.TeamsOf(k.ctx, id)
	if err != nil {
		return nil, err
	}
	return k.memberDocs(list)
}

type teamList struct{ all bool }

func (c *teamList) options(o *options) { o.yes(&c.all, "all", "撤销了的队也列出来") }

func (c *teamList) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	list, err := db.Teams(k.ctx)
	if err != nil {
		return answer{}, err
	}
	if !c.all {
		list = slices.DeleteFunc(list, func(t record.Team) bool { return t.Dissolved != "" && t.Dissolved <= k.today() })
	}
	docs, err := k.teamDocs(list)
	if err != nil {
		return answer{}, err
	}
	rows := make([][]string, 0, len(docs))
	for _, d := range docs {
		rows = append(rows, []string{d.Name, d.Kind, d.Captain, fmt.Sprint(d.Members), d.Village, string(d.Founded), string(d.ID)})
	}
	doc := struct {
		Teams []teamDoc `json:"teams"`
	}{docs}
	return answer{doc: doc, text: listed([]string{"队名", "类别", "队长", "人数", "社区", "成立日期", "编号"}, rows)}, nil
}

type teamShow struct{}

func (*teamShow) options(*options) {}

func (*teamShow) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	team, err := k.team(k.args[0])
	if err != nil {
		return answer{}, err
	}
	docs, err := k.teamDocs([]record.Team{team})
	if err != nil {
		return answer{}, err
	}
	list, err := db.Members(k.ctx, team.ID)
	if err != nil {
		return answer{}, err
	}
	members, err := k.memberDocs(list)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Team    teamDoc     `json:"team"`
		Members []memberDoc `json:"members"`
	}{docs[0], members}
	return answer{doc: doc, text: func(w io.Writer) { teamText(w, docs[0], members) }}, nil
}

func teamText(w io.Writer, d teamDoc, members []memberDoc) {
	fmt.Fprintf(w, "%s  %s  %s\n", d.Name, d.Kind, d.Slogan)
	rows := make([][]string, 0, len(members))
	for _, m := range members {
		rows = append(rows, []string{m.Name, m.Role, string(m.From), string(m.To)})
	}
	listed([]string{"姓名", "职务", "起", "止"}, rows)(w)
}

// teamFlags are the fields of a team as flags.
type teamFlags struct {
	name, kind, parent, village, founded, slogan, base, officer, note, dissolved string
	tier, flag, party, partners                                                  string
	wanted                                                                       []string
}

func (c *teamFlags) options(o *options) {
	o.text(&c.name, "name", "队名", "队名")
	o.text(&c.kind, "kind", "类别", "如 综合服务队、应急救援队、治安巡逻队")
	o.text(&c.parent, "parent", "队", "上级队")
	o.text(&c.village, "village", "社区", "所在社区（村）；全街道的不写")
	o.text(&c.founded, "founded", "日期", "成立日期")
	o.text(&c.slogan, "slogan", "口号", "口号")
	o.text(&c.tier, "tier", "层级", "站队、协会队、社区队、班组")
	o.text(&c.flag, "banner", "日期", "授旗日期")
	o.text(&c.party, "party-group", "名称", "党小组")
	o.text(&c.partners, "partners", "单位", "共建单位，几个用、隔开")
	o.many(&c.wanted, "wanted", "特长", "队里应有的技能，可以写几次")
	o.text(&c.base, "base", "单位", "依托单位")
	o.text(&c.officer, "officer", "文字", "联络辅警（一村一辅警）")
	o.text(&c.note, "note", "文字", "备注")
	o.text(&c.dissolved, "dissolved", "日期", "撤销日期")
}

func (c *teamFlags) apply(k *call, t *record.Team) error {
	for _, one := range []struct {
		name, from string
		to         *string
	}{{"name", c.name, &t.Name}, {"slogan", c.slogan, &t.Slogan}, {"base", c.base, &t.Base}, {"officer", c.officer, &t.Officer}, {"note", c.note, &t.Note}, {"party-group", c.party, &t.Party}, {"partners", c.partners, &t.Partners}} {
		if k.given.has(one.name) {
			*one.to = strings.TrimSpace(one.from)
		}
	}
	var err error
	if k.given.has("kind") {
		if t.Kind, err = codeIn(record.TeamKinds(), "team.kind", c.kind); err != nil {
			return err
		}
	}
	if k.given.has("tier") {
		if t.Tier, err = codeIn(record.TeamTiers(), "tier", c.tier); err != nil {
			return err
		}
	}
	if err := manyCodes(k.given, record.Skills(), codeList{"wanted", c.wanted, &t.Wanted}); err != nil {
		return err
	}
	if k.given.has("village") {
		if t.Village, err = k.teamVillage(c.village); err != nil {
			return err
		}
	}
	if k.given.has("parent") {
		t.Parent = ""
		if c.parent != "" {
			above, err := k.team(c.parent)
			if err != nil {
				return err
			}
			t.Parent = above.ID
		}
	}
	return c.applyDays(k, t)
}

// teamVillage is the code of a community; a team keeps no name beside it.
func (k *call) teamVillage(written string) (string, error) {
	code, name, _ := k.villageOf(strings.TrimSpace(written))
	if name != "" {
		return "", record.FailField("village", record.CodeVillageUnknown, name)
	}
	return code, nil
}

func (c *teamFlags) applyDays(k *call, t *record.Team) error {
	for _, one := range []struct {
		name, from string
		to         *record.Day
	}{{"founded", c.founded, &t.Founded}, {"banner", c.flag, &t.Flag}, {"dissolved", c.dissolved, &t.Dissolved}} {
		if !k.given.has(one.name) {
			continue
		}
		day, err := readDay(one.name, one.from, k.today())
		if err != nil {
			return err
		}
		*one.to = day
	}
	return nil
}

type teamFound struct{ teamFlags }

func (c *teamFound) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	var t record.Team
	if err := c.apply(k, &t); err != nil {
		return answer{}, err
	}
	id, err := db.FoundTeam(k.ctx, t)
	if err != nil {
		return answer{}, err
	}
	return answer{doc: written{ID: string(id), Problems: []finding{}}, text: said("已建队：%s %s", t.Name, id)}, nil
}

type teamEdit struct{ teamFlags }

func (c *teamEdit) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	t, err := k.team(k.args[0])
	if err != nil {
		return answer{}, err
	}
	if err := c.apply(k, &t); err != nil {
		return answer{}, err
	}
	if err := db.UpdateTeam(k.ctx, t); err != nil {
		return answer{}, err
	}
	return answer{doc: written{ID: string(t.ID), Problems: []finding{}}, text: said("已保存：%s", t.Name)}, nil
}

type teamJoin struct {
	role, from string
	main       bool
}

func (c *teamJoin) options(o *options) {
	o.text(&c.role, "role", "职务", "队长、副队长、联络员、党小组长、队员；不写就是队员")
	o.text(&c.from, "from", "日期", "从哪天起；不写就是今天")
	o.yes(&c.main, "main", "作为这个人的主要队")
}

func (c *teamJoin) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	team, err := k.team(k.args[0])
	if err != nil {
		return answer{}, err
	}
	role, err := codeIn(record.TeamRoles(), "role", c.role)
	if err != nil {
		return answer{}, err
	}
	from, err := readDay("from", c.from, k.today())
	if err != nil {
		return answer{}, err
	}
	var list []record.Membership
	for _, who := range splitWords(k.args[1:]) {
		p, err := k.person(who)
		if err != nil {
			return answer{}, err
		}
		list = append(list, record.Membership{Team: team.ID, Volunteer: p.ID, Role: role, From: from, Main: c.main})
	}
	if err := db.Join(k.ctx, list...); err != nil {
		return answer{}, err
	}
	doc := struct {
		Team   record.TeamID `json:"team"`
		Joined int           `json:"joined"`
	}{team.ID, len(list)}
	return answer{doc: doc, text: said("%s 新增 %d 人", team.Name, len(list))}, nil
}

type teamLeave struct{ to string }

func (c *teamLeave) options(o *options) {
	o.text(&c.to, "to", "日期", "最后一天；不写就是今天")
}

func (c *teamLeave) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	team, err := k.team(k.args[0])
	if err != nil {
		return answer{}, err
	}
	p, err := k.person(k.args[1])
	if err != nil {
		return answer{}, err
	}
	day, err := readDay("to", c.to, k.today())
	if err != nil {
		return answer{}, err
	}
	if day == "" {
		day = k.today()
	}
	list, err := db.Members(k.ctx, team.ID)
	if err != nil {
		return answer{}, err
	}
	i := slices.IndexFunc(list, func(m record.Membership) bool { return m.Volunteer == p.ID && m.To == "" })
	if i < 0 {
		return answer{}, record.FailField("membership", record.CodeNotFound)
	}
	m := list[i]
	m.To = day
	if err := db.UpdateMembership(k.ctx, m); err != nil {
		return answer{}, err
	}
	return answer{doc: written{ID: string(m.ID), Problems: []finding{}}, text: said("%s 已离开 %s", p.Name, team.Name)}, nil
}
