package cli

import (
	"fmt"
	"io"
	"strings"

	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// groundTexts are the grounds of a review in words.
func groundTexts(grounds []record.Ground) []string {
	var out []string
	for _, g := range grounds {
		out = append(out, say.Say(g.Code, g.Args...).What)
	}
	return out
}

// waitingText is the time that waits, with the grounds; "" for none.
func waitingText(minutes int, grounds []string) string {
	if minutes == 0 {
		return ""
	}
	return record.HoursText(minutes) + "（" + strings.Join(grounds, "；") + "）"
}

type hoursQueue struct {
	volunteer string
	all       bool
}

func (c *hoursQueue) options(o *options) {
	o.text(&c.volunteer, "volunteer", "人", "只看一个人的")
	o.yes(&c.all, "all", "核过的也列出来")
}

// reviewDoc is an entry that waits for review, or what was decided about it.
type reviewDoc struct {
	ID        record.ReviewID    `json:"id"`
	Entry     record.EntryID     `json:"entry"`
	Activity  record.ActivityID  `json:"activity"`
	Title     string             `json:"title"`
	Start     record.Moment      `json:"start"`
	Volunteer record.VolunteerID `json:"volunteer"`
	Name      string             `json:"name"`
	Minutes   int                `json:"minutes"`
	Source    string             `json:"source"`
	Codes     []record.Code      `json:"codes"`
	Grounds   []string           `json:"grounds"`
	Asked     record.Day         `json:"asked"`
	AskedBy   string             `json:"asked_by"`
	State     record.ReviewState `json:"state"`
	Decided   record.Day         `json:"decided,omitempty"`
	DecidedBy string             `json:"decided_by,omitempty"`
	Why       string             `json:"why,omitempty"`
}

// queueDefinition says what waits and what that means for the figures.
const queueDefinition = "待核的时长已经记下，站长核对通过以前不计入服务时长、人数和人次；不通过就冲回，原来的那条留着。"

func (c *hoursQueue) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	f := store.ReviewFilter{Waiting: !c.all}
	if c.volunteer != "" {
		p, err := k.person(c.volunteer)
		if err != nil {
			return answer{}, err
		}
		f.Volunteer = p.ID
	}
	list, err := db.Reviews(k.ctx, f)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Definition string      `json:"definition"`
		Waiting    int         `json:"waiting"`
		Minutes    int         `json:"waiting_minutes"`
		Reviews    []reviewDoc `json:"reviews"`
	}{queueDefinition, 0, 0, make([]reviewDoc, 0, len(list))}
	rows := make([][]string, 0, len(list))
	for _, r := range list {
		one, err := k.reviewDoc(r)
		if err != nil {
			return answer{}, err
		}
		if r.Waits() {
			doc.Waiting++
			doc.Minutes += one.Minutes
		}
		doc.Reviews = append(doc.Reviews, one)
		rows = append(rows, []string{
			string(one.Start.Day()), one.Title, one.Name, record.HoursText(one.Minutes), one.Source, strings.Join(one.Grounds, "；"),
			record.ReviewStates().NameOf(string(one.State)), string(one.ID),
		})
	}
	return answer{doc: doc, text: func(w io.Writer) {
		listed([]string{"日期", "活动", "姓名", "小时", "来源", "原因", "状态", "待核编号"}, rows)(w)
		fmt.Fprintf(w, "待核 %d 条，%s 小时。%s\n", doc.Waiting, record.HoursText(doc.Minutes), queueDefinition)
	}}, nil
}

func (k *call) reviewDoc(r store.Reviewed) (reviewDoc, error) {
	a, err := k.db.Activity(k.ctx, r.Activity)
	if err != nil {
		return reviewDoc{}, err
	}
	p, _ := k.db.Person(r.Volunteer)
	d := reviewDoc{
		ID: r.ID, Entry: r.Entry, Activity: a.ID, Title: a.Title, Start: a.Start, Volunteer: p.ID, Name: p.Name,
		Minutes: r.Record.Minutes, Source: record.Sources().NameOf(r.Record.Source), Grounds: groundTexts(r.Grounds),
		Asked: r.Asked, AskedBy: r.AskedBy, State: r.State, Decided: r.Decided, DecidedBy: r.DecidedBy, Why: r.Why,
	}
	for _, g := range r.Grounds {
		d.Codes = append(d.Codes, g.Code)
	}
	return d, nil
}

// hoursDecide approves or refuses entries that wait.
type hoursDecide struct {
	approve bool
	reason  string
}

func (c *hoursDecide) options(o *options) {
	o.text(&c.reason, "reason", "理由", "核对了什么，为什么")
}

func (c *hoursDecide) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	var ids []record.ReviewID
	for _, id := range k.args {
		ids = append(ids, record.ReviewID(id))
	}
	if err := db.DecideReviews(k.ctx, ids, store.Verdict{Approve: c.approve, Why: c.reason}); err != nil {
		return answer{}, err
	}
	doc := struct {
		Reviews  []record.ReviewID `json:"reviews"`
		Approved bool              `json:"approved"`
	}{ids, c.approve}
	text := "已核对通过 %d 条，计入时长"
	if !c.approve {
		text = "%d 条没有通过，已冲回；原来的那条和理由都留着"
	}
	return answer{doc: doc, text: said(text, len(ids))}, nil
}

// hoursLimits shows the rules, or changes those that are given.
type hoursLimits struct {
	day, week, backfill, age, signOut int
	nightFrom, nightTo                string
}

func (c *hoursLimits) options(o *options) {
	o.number(&c.day, "day", "分钟", "一个人一天超过多少分钟要核；0 不查")
	o.number(&c.week, "week", "分钟", "一个人一周（周一起）超过多少分钟要核；0 不查")
	o.number(&c.backfill, "backfill", "分钟", "补录、导入的一条超过多少分钟要第二人核；0 每条都核")
	o.number(&c.age, "age", "周岁", "超过多少周岁每年核一次；0 不查")
	o.number(&c.signOut, "sign-out", "百分比", "忘签退按活动时长的百分之几先记")
	o.text(&c.nightFrom, "night-from", "时间", "夜间从几点起，如 22:00")
	o.text(&c.nightTo, "night-to", "时间", "夜间到几点止；和开始一样就不查")
}

func (c *hoursLimits) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	l, err := db.Limits(k.ctx)
	if err != nil {
		return answer{}, err
	}
	before := l
	for _, one := range []struct {
		name string
		from int
		to   *int
	}{{"day", c.day, &l.Day}, {"week", c.week, &l.Week}, {"backfill", c.backfill, &l.Backfill}, {"age", c.age, &l.Age}, {"sign-out", c.signOut, &l.SignOut}} {
		if k.given.has(one.name) {
			*one.to = one.from
		}
	}
	if k.given.has("night-from") {
		l.NightFrom = c.nightFrom
	}
	if k.given.has("night-to") {
		l.NightTo = c.nightTo
	}
	if l != before {
		if err := db.SaveLimits(k.ctx, l); err != nil {
			return answer{}, err
		}
	}
	return answer{doc: l, text: said("每天 %s 小时，每周 %s 小时，补录 %s 小时，超过 %d 周岁每年核一次，夜间 %s 至 %s，忘签退按 %d%% 先记；超过的进待核，不计入时长",
		record.HoursText(l.Day), record.HoursText(l.Week), record.HoursText(l.Backfill), l.Age, l.NightFrom, l.NightTo, l.SignOut)}, nil
}
