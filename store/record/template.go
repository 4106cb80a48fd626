package record

import "strings"

// ActivityTemplate is what a station's usual activities begin with. It names no
// person.
type ActivityTemplate struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Line    string `json:"line"`
	Sub     string `json:"sub,omitempty"`
	Kind    string `json:"kind,omitempty"`
	Start   string `json:"start,omitempty"` // 09:00
	End     string `json:"end,omitempty"`
	Place   string `json:"place,omitempty"`
	Team    TeamID `json:"team,omitempty"`
	Content string `json:"content,omitempty"`
}

// DefaultTemplates are those that every station begins with; it edits them.
func DefaultTemplates() []ActivityTemplate {
	return []ActivityTemplate{
		{Name: "巡逻", Title: "社区治安巡逻", Line: "3", Sub: "3.2", Start: "09:00", End: "11:00", Content: "分组巡查楼门、沿街和公共场所，劝导不安全行为，提醒居民防火防盗。"},
		{Name: "清整", Title: "环境清整志愿服务", Line: "2", Sub: "2.5", Start: "09:00", End: "11:00", Content: "清理楼道堆物、绿地杂物和小广告，向居民宣传垃圾分类。"},
		{Name: "理发", Title: "义务理发", Line: "7", Sub: "7.2", Start: "09:00", End: "11:30", Content: "为老兵和行动不便的老人义务理发，同时了解生活上的困难。"},
		{Name: "宣讲", Title: "红色故事宣讲", Line: "1", Sub: "1.1", Start: "14:00", End: "15:30", Content: "老兵讲述亲身经历和英烈事迹，与听众交流。"},
		{Name: "走访", Title: "走访慰问困难老兵", Line: "7", Sub: "7.1", Start: "09:00", End: "11:00", Content: "上门看望困难老兵，了解身体和生活情况，记录诉求。"},
		{Name: "交通", Title: "文明交通引导", Line: "3", Sub: "3.3", Start: "07:30", End: "09:00", Content: "早高峰在路口引导行人和非机动车，劝阻违章。"},
		{Name: "拉动", Title: "应急队伍拉动演练", Line: "5", Sub: "5.1", Start: "09:00", End: "11:00", Content: "按预案通知、集结、分工，演练险情处置和人员疏散。"},
		{Name: "送站", Title: "新兵欢送", Line: "6", Sub: "6.3", Start: "08:00", End: "10:00", Content: "组织欢送仪式，为新兵送行，向家属介绍拥军优属政策。"},
	}
}

// Check finds what is wrong with a template.
func (t ActivityTemplate) Check() Problems {
	var p Problems
	if strings.TrimSpace(t.Name) == "" {
		p.Add(LevelError, "template", CodeRequired)
	}
	p.checkText("template", t.Name, 20)
	a := t.On("2026-01-05")
	for _, one := range a.Check("2026-01-01T00:00") {
		if one.Level == LevelError {
			p = append(p, one)
		}
	}
	return p
}

// On is the plan of an activity by the template on a day.
func (t ActivityTemplate) On(day Day) Activity {
	at := func(clock, other string) Moment {
		if clock == "" {
			clock = other
		}
		return Moment(string(day) + "T" + clock)
	}
	kind := t.Kind
	if kind == "" {
		kind = KindService
	}
	return Activity{
		Title: t.Title, Kind: kind, Line: t.Line, Sub: t.Sub, Start: at(t.Start, "09:00"), End: at(t.End, "11:00"),
		Place: t.Place, Team: t.Team, Content: t.Content, State: ActivityPlanned,
	}
}

// TemplateOf makes a template of an activity. Place and content stay behind:
// they may name somebody, and templates are kept readable.
func TemplateOf(name string, a Activity) ActivityTemplate {
	return ActivityTemplate{
		Name: strings.TrimSpace(name), Title: a.Title, Line: a.Line, Sub: a.Sub, Kind: a.Kind,
		Start: a.Start.Clock(), End: a.End.Clock(), Team: a.Team,
	}
}

// Again is the plan of the same activity on another day: what is counted and
// what belongs to the one day is left out.
func (a Activity) Again(day Day) Activity {
	last := day
	if a.End.Day() > a.Start.Day() {
		last = day.AddDays(1)
	}
	return Activity{
		Title: a.Title, Kind: a.Kind, Line: a.Line, Sub: a.Sub, Break: a.Break, Place: a.Place, Village: a.Village, Team: a.Team,
		Brand: a.Brand, Leader: a.Leader, LeaderName: a.LeaderName, Content: a.Content, Spirit: a.Spirit, State: ActivityPlanned,
		Start: Moment(string(day) + "T" + a.Start.Clock()), End: Moment(string(last) + "T" + a.End.Clock()),
	}
}

// Proposal is a key date that comes near and has no activity yet.
type Proposal struct {
	KeyDate
	// Days is how many days are left.
	Days int `json:"days"`
	// Line and Sub are what an activity for it usually is.
	Line string `json:"line"`
	Sub  string `json:"sub"`
}

// ProposalDays is how long before a key date its activity is proposed.
const ProposalDays = 30

// Proposals are the key dates of the next [ProposalDays] days for which nothing
// is planned or done.
func Proposals(today Day, activities []Activity) []Proposal {
	var out []Proposal
	for _, row := range TallyKeyDates(Period{today, today.AddDays(ProposalDays)}, activities) {
		if row.Planned > 0 {
			continue
		}
		p := Proposal{KeyDate: row.KeyDate, Days: int(row.Day.Time().Sub(today.Time()).Hours() / 24)}
		p.Line, p.Sub = lineOfDate(row.Code)
		out = append(out, p)
	}
	return out
}

// lineOfDate is the task line that the policy names a date under: article 9 for
// defence and martyrs, 10 for the anniversaries, 14 for soldiers, 15 for the
// feasts on which old soldiers are visited.
func lineOfDate(code string) (line, sub string) {
	switch code {
	case "martyrs", "qingming", "victory":
		return "1", "1.2"
	case "defence", "national_security":
		return "1", "1.3"
	case "army", "recruits_spring", "recruits_autumn":
		return "6", "6.3"
	case "veterans_spring", "veterans_autumn", "spring_festival", "lantern", "dragon_boat", "mid_autumn":
		return "7", "7.2"
	case "disaster":
		return "5", "5.1"
	case "disabled":
		return "7", "7.7"
	}
	return "2", "2.6"
}
