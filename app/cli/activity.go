package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"rongyuan/store/record"
)

// activityFlags are the fields of an activity as flags.
type activityFlags struct {
	title, kind, line, sub, start, end, place, village string
	team, brand, leader, content, spirit, lateReason   string
	pause, served, guests                              int
	urgent                                             bool
}

func (c *activityFlags) options(o *options) {
	o.text(&c.title, "title", "名称", "活动名称")
	o.text(&c.kind, "kind", "类别", "志愿服务、培训学习、履职值班、会议…；不写就是志愿服务")
	o.text(&c.line, "line", "任务线", "1 到 7，或名称，如 推动平安创建")
	o.text(&c.sub, "sub", "子项", "如 3.2，或名称，如 治安巡逻")
	o.text(&c.start, "start", "时间", "开始，如 \"2026-10-05 09:00\"")
	o.text(&c.end, "end", "时间", "结束；同一天可以只写 11:00")
	o.number(&c.pause, "break", "分钟", "中间休息的分钟数，不计时长")
	o.text(&c.place, "place", "地点", "地点")
	o.text(&c.village, "village", "社区", "所在社区（村）")
	o.text(&c.team, "team", "队", "哪支队的活动")
	o.text(&c.brand, "brand", "品牌", "属于哪个品牌项目")
	o.text(&c.leader, "leader", "人", "负责人；没有登记的人写姓名")
	o.number(&c.served, "served", "人次", "服务对象人次")
	o.number(&c.guests, "guests", "人次", "没有登记的协助人员人次，不计时长")
	o.text(&c.content, "content", "文字", "活动内容")
	o.text(&c.spirit, "spirit", "精神", "志愿精神：传承军魂、奉献社会…")
	o.yes(&c.urgent, "urgent", "急难险重任务")
	o.text(&c.lateReason, "late-reason", "原因", "活动后 10 个工作日以后才登记的，写明原因")
}

// apply puts the flags that were given into an activity.
func (c *activityFlags) apply(k *call, a *record.Activity) error {
	for _, one := range []struct {
		name, from string
		to         *string
	}{{"title", c.title, &a.Title}, {"place", c.place, &a.Place}, {"content", c.content, &a.Content}, {"late-reason", c.lateReason, &a.LateReason}} {
		if k.given.has(one.name) {
			*one.to = strings.TrimSpace(one.from)
		}
	}
	for _, one := range []struct {
		name string
		from int
		to   *int
	}{{"break", c.pause, &a.Break}, {"served", c.served, &a.Served}, {"guests", c.guests, &a.Guests}} {
		if k.given.has(one.name) {
			*one.to = one.from
		}
	}
	if k.given.has("urgent") {
		a.Urgent = c.urgent
	}
	if err := c.applyCodes(k.given, a); err != nil {
		return err
	}
	if err := c.applyTimes(k, a); err != nil {
		return err
	}
	return c.applyLinks(k, a)
}

func (c *activityFlags) applyCodes(given *options, a *record.Activity) error {
	for _, one := range []struct {
		name, from string
		table      record.Table
		to         *string
	}{
		{"kind", c.kind, record.ActivityKinds(), &a.Kind},
		{"line", c.line, record.Lines(), &a.Line},
		{"sub", c.sub, record.SubLines(), &a.Sub},
		{"spirit", c.spirit, record.Spirits(), &a.Spirit},
	} {
		if !given.has(one.name) {
			continue
		}
		code, err := codeIn(one.table, one.name, one.from)
		if err != nil {
			return err
		}
		*one.to = code
	}
	if a.Line == "" && a.Sub != "" {
		a.Line = a.Sub[:1]
	}
	return nil
}

func (c *activityFlags) applyTimes(k *call, a *record.Activity) (err error) {
	if k.given.has("start") {
		if a.Start, err = readMoment("start", c.start, k.today()); err != nil {
			return err
		}
	}
	if k.given.has("end") {
		a.End, err = readMoment("end", c.end, a.Start.Day())
	}
	return err
}

// applyLinks finds the records that the flags name.
func (c *activityFlags) applyLinks(k *call, a *record.Activity) error {
	if k.given.has("village") {
		code, err := k.teamVillage(c.village)
		if err != nil {
			return err
		}
		a.Village = code
	}
	if c.team != "" {
		team, err := k.team(c.team)
		if err != nil {
			return err
		}
		a.Team = team.ID
	}
	if c.brand != "" {
		brand, err := k.brand(c.brand)
		if err != nil {
			return err
		}
		a.Brand = brand.ID
	}
	if c.leader == "" {
		return nil
	}
	leader, err := k.person(c.leader)
	switch {
	case err == nil:
		a.Leader, a.LeaderName = leader.ID, ""
	case isCode(err, record.CodeNotFound):
		a.Leader, a.LeaderName = "", c.leader
	default:
		return err
	}
	return nil
}

type activityAdd struct {
	activityFlags
	participants
	planned  bool
	template string
	day      string
}

func (c *activityAdd) options(o *options) {
	c.activityFlags.options(o)
	c.participants.options(o)
	o.yes(&c.planned, "planned", "还没有办，只是计划")
	o.text(&c.template, "template", "模板", "从模板开始，如 巡逻；别的各项照样可以写")
	o.text(&c.day, "date", "日期", "模板用在哪天；不写就是今天")
}

func (c *activityAdd) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	var a record.Activity
	if c.template != "" {
		day, err := readDay("date", cmp.Or(c.day, string(k.today())), k.today())
		if err != nil {
			return answer{}, err
		}
		if a, err = k.template(c.template, day); err != nil {
			return answer{}, err
		}
	}
	if err := c.apply(k, &a); err != nil {
		return answer{}, err
	}
	if c.planned {
		a.State = record.ActivityPlanned
	}
	entries, err := c.entries(k, a.Team)
	if err != nil {
		return answer{}, err
	}
	id, found, err := db.LogActivity(k.ctx, a, entries)
	if err != nil {
		return answer{}, err
	}
	return k.activityWritten(id, found, c.missing)
}

// activityWritten is what a command that wrote an activity answers; missing are
// the names of a sign-in sheet that need a person.
func (k *call) activityWritten(id record.ActivityID, found record.Problems, missing []string) (answer, error) {
	a, err := k.db.Activity(k.ctx, id)
	if err != nil {
		return answer{}, err
	}
	present, err := k.db.Participations(k.ctx, id)
	if err != nil {
		return answer{}, err
	}
	if a.Late() && !found.Has(record.CodeLateRecord) {
		found.Add(record.LevelWarning, "recorded", record.CodeLateRecord, string(a.Deadline))
	}
	doc := struct {
		ID           record.ActivityID `json:"id"`
		Participants int               `json:"participants"`
		// Minutes is the time that counts, Waiting what waits for review.
		Minutes  int       `json:"minutes"`
		Waiting  int       `json:"waiting_minutes"`
		Late     bool      `json:"late"`
		Missing  []string  `json:"missing,omitempty"`
		Problems []finding `json:"problems"`
	}{id, len(present), 0, 0, a.Late(), missing, nil}
	for _, p := range present {
		doc.Minutes += p.Minutes
		doc.Waiting += p.Waiting
	}
	doc.Problems = findings(found)
	k.warn(found)
	waiting := ""
	if doc.Waiting > 0 {
		waiting = "（另有 " + record.HoursText(doc.Waiting) + " 小时待核，不计入）"
	}
	text := fmt.Sprintf("已登记：%s，%d 人，%s 小时%s。活动编号 %s", a.Title, doc.Participants, record.HoursText(doc.Minutes), waiting, id)
	exit := exitDone
	if len(missing) > 0 {
		text += "\n没有登记过或有重名，请另外登记：" + strings.Join(missing, "、")
		exit = exitPerson
	}
	return answer{doc: doc, text: said("%s", text), exit: exit}, nil
}

type activityClose struct {
	activityFlags
	participants
	cancel bool
}

func (c *activityClose) options(o *options) {
	c.activityFlags.options(o)
	c.participants.options(o)
	o.yes(&c.cancel, "cancel", "没有办成，取消")
}

func (c *activityClose) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	a, err := db.Activity(k.ctx, record.ActivityID(k.args[0]))
	if err != nil {
		return answer{}, err
	}
	if a.State != record.ActivityPlanned {
		return answer{}, record.Fail(record.CodeNothingToDo)
	}
	if err := c.apply(k, &a); err != nil {
		return answer{}, err
	}
	a.State = record.ActivityDone
	if c.cancel {
		a.State = record.ActivityCancelled
	}
	entries, err := c.entries(k, a.Team)
	if err != nil {
		return answer{}, err
	}
	found, err := db.CloseActivity(k.ctx, a, entries)
	if err != nil {
		return answer{}, err
	}
	return k.activityWritten(a.ID, found, c.missing)
}

// activityDoc is an activity as lists print it.
type activityDoc struct {
	ID           record.ActivityID    `json:"id"`
	Title        string               `json:"title"`
	Kind         string               `json:"kind"`
	Line         string               `json:"line"`
	LineName     string               `json:"line_name"`
	Sub          string               `json:"sub,omitempty"`
	SubName      string               `json:"sub_name,omitempty"`
	Start        record.Moment        `json:"start"`
	End          record.Moment        `json:"end"`
	Break        int                  `json:"break,omitempty"`
	Place        string               `json:"place,omitempty"`
	Team         string               `json:"team,omitempty"`
	Brand        string               `json:"brand,omitempty"`
	Leader       string               `json:"leader,omitempty"`
	Content      string               `json:"content,omitempty"`
	Served       int                  `json:"served"`
	Guests       int                  `json:"guests"`
	Urgent       bool                 `json:"urgent"`
	State        record.ActivityState `json:"state"`
	Recorded     record.Day           `json:"recorded,omitempty"`
	Deadline     record.Day           `json:"deadline,omitempty"`
	Late         bool                 `json:"late"`
	LateReason   string               `json:"late_reason,omitempty"`
	Participants int                  `json:"participants"`
	Minutes      int                  `json:"minutes"`
	Waiting      int                  `json:"waiting_minutes"`
}

func (k *call) activityDoc(a record.Activity) (activityDoc, error) {
	present, err := k.db.Participations(k.ctx, a.ID)
	if err != nil {
		return activityDoc{}, err
	}
	d := activityDoc{
		ID: a.ID, Title: a.Title, Kind: record.ActivityKinds().NameOf(a.Kind), Line: a.Line, LineName: record.Lines().NameOf(a.Line),
		Sub: a.Sub, SubName: record.SubLines().NameOf(a.Sub), Start: a.Start, End: a.End, Break: a.Break, Place: a.Place,
		Content: a.Content, Served: a.Served, Guests: a.Guests, Urgent: a.Urgent, State: a.State,
		Recorded: a.Recorded, Deadline: a.Deadline, Late: a.Late(), LateReason: a.LateReason, Participants: len(present),
	}
	for _, p := range present {
		d.Minutes += p.Minutes
		d.Waiting += p.Waiting
	}
	leader, _ := k.db.Person(a.Leader)
	d.Leader = cmp.Or(leader.Name, a.LeaderName)
	if a.Team != "" {
		team, err := k.db.Team(k.ctx, a.Team)
		if err != nil {
			return d, err
		}
		d.Team = team.Name
	}
	if a.Brand != "" {
		brands, err := k.db.Brands(k.ctx)
		if err != nil {
			return d, err
		}
		if i := slices.IndexFunc(brands, func(b record.Brand) bool { return b.ID == a.Brand }); i >= 0 {
			d.Brand = brands[i].Name
		}
	}
	return d, nil
}
