package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// activityCard is what stands beside the list: when and where, who took part
// with how many minutes, what was corrected, and what is missing.
type activityCard struct {
	s    *activityScreen
	card *widgets.Card
	id   record.ActivityID
}

func newActivityCard(s *activityScreen) *activityCard {
	return &activityCard{s: s, card: widgets.NewCard()}
}

// attendance is who took part, and the corrections.
type attendance struct {
	present  []store.Participation
	back     []record.Entry
	evidence []record.Evidence
}

func (d *Desk) attendance(ctx context.Context, id record.ActivityID) (attendance, error) {
	present, err := d.db.Participations(ctx, id)
	if err != nil {
		return attendance{}, err
	}
	slices.SortStableFunc(present, func(a, b store.Participation) int { return cmp.Compare(d.db.Rank(a.Volunteer), d.db.Rank(b.Volunteer)) })
	files, err := d.db.Evidence(ctx, id)
	if err != nil {
		return attendance{}, err
	}
	all, err := d.db.Entries(ctx, id)
	return attendance{present, slices.DeleteFunc(all, func(e record.Entry) bool { return e.Reverses == "" }), files}, err
}

// show shows an activity: what lies in memory at once, the people when they are
// read.
func (c *activityCard) show(r activityRow, ok bool) {
	if !ok {
		c.id = ""
		c.card.Hide()
		return
	}
	c.card.Show()
	same := c.id == r.a.ID
	c.id = r.a.ID
	c.card.SetTitle(r.a.Title, stateText(r.a)+" · "+record.ActivityKinds().NameOf(r.a.Kind))
	c.card.SetFoot(c.foot(r.a)...)
	if !same {
		c.card.SetRows(c.facts(r))
	}
	d := c.s.d
	d.spawn(func() {
		who, err := d.attendance(d.ctx, r.a.ID)
		fyne.Do(func() {
			if c.id == r.a.ID && err == nil {
				c.card.SetRows(slices.Concat(c.facts(r), c.evidenceRows(r.a, who.evidence), c.people(r.a, who)))
			}
		})
	})
}

// foot are the steps that come next in the life of an activity.
func (c *activityCard) foot(a record.Activity) []fyne.CanvasObject {
	s := c.s
	_, role := s.d.db.Account()
	if !role.May(record.RightWrite) || a.State == record.ActivityLocked || a.State == record.ActivityCancelled {
		return nil
	}
	open := widgets.NewButton("编辑（Enter）", func() { s.edit(a.ID) })
	switch a.State {
	case record.ActivityPlanned:
		return []fyne.CanvasObject{
			widgets.NewButton("取消活动", func() { s.callOff(a) }),
			widgets.NewButton("签到表", s.printSheet),
			widgets.NewPrimaryButton("登记完成（Enter）", func() { s.edit(a.ID) }),
		}
	case record.ActivityDone:
		return []fyne.CanvasObject{widgets.NewButton("确认", func() { s.confirm(a) }), open}
	}
	return []fyne.CanvasObject{open}
}

// facts are the rows that need no reading.
func (c *activityCard) facts(r activityRow) []widgets.CardRow {
	a, s := r.a, c.s
	rows := c.missing(a)
	line := record.Lines().NameOf(a.Line)
	if a.Sub != "" {
		line += " · " + record.SubLines().NameOf(a.Sub)
	}
	rows = append(rows,
		widgets.CardRow{Label: "时间", Value: a.Start.Day().Chinese()},
		widgets.CardRow{Label: " ", Value: clockText(a) + "，时长 " + spanText(a)},
		widgets.CardRow{Label: "任务线", Value: line},
		widgets.CardRow{Label: "地点", Value: strings.TrimSpace(villageText(a.Village) + " " + a.Place)})
	if r.team != "" {
		rows = append(rows, widgets.CardRow{Label: "队伍", Value: r.team, OnTap: func() { s.d.open(doorPeople, place{Team: a.Team}) }})
	}
	if i := slices.IndexFunc(s.brands, func(b record.Brand) bool { return b.ID == a.Brand }); a.Brand != "" && i >= 0 {
		rows = append(rows, widgets.CardRow{Label: "品牌", Value: s.brands[i].Name})
	}
	rows = append(rows, widgets.CardRow{Label: "负责人", Value: s.d.leaderName(a)})
	for _, one := range []struct {
		label, value string
	}{
		{"服务对象", counted(a.Served, "人次")},
		{"协助人员", counted(a.Guests, "人次")},
		{"精神", record.Spirits().NameOf(a.Spirit)},
		{"急难险重", map[bool]string{true: "是"}[a.Urgent]},
		{"内容", a.Content},
		{"登记日期", string(a.Recorded)},
		{"迟录原因", a.LateReason},
	} {
		if one.value != "" {
			rows = append(rows, widgets.CardRow{Label: one.label, Value: one.value})
		}
	}
	return rows
}

// leaderName is who is responsible, by record or by name.
func (d *Desk) leaderName(a record.Activity) string {
	p, _ := d.db.Person(a.Leader)
	return cmp.Or(p.Name, a.LeaderName)
}

func counted(n int, unit string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// spanText is 2 小时（扣除休息 10 分钟）.
func spanText(a record.Activity) string {
	text := hoursWords(a.Length())
	if a.Length() < 60 {
		text = fmt.Sprintf("%d 分钟", a.Length())
	}
	if a.Break > 0 {
		text += fmt.Sprintf("（扣除休息 %d 分钟）", a.Break)
	}
	return text
}

// missing says what is late and what the record still lacks.
func (c *activityCard) missing(a record.Activity) []widgets.CardRow {
	var rows []widgets.CardRow
	if text := c.s.dueText(activityRow{a: a}); text != "" {
		rows = append(rows, widgets.CardRow{Label: "期限", Value: text, Tone: c.s.dueTone(activityRow{a: a})})
	}
	var lacks []string
	for _, one := range []struct {
		name string
		has  bool
	}{
		{"地点", a.Place != "" || a.Village != ""},
		{"负责人", a.Leader != "" || a.LeaderName != ""},
		{"活动内容", a.Content != ""},
		{"服务对象人次", a.Served > 0 || !record.Counting(a.Kind)},
	} {
		if !one.has {
			lacks = append(lacks, one.name)
		}
	}
	if len(lacks) > 0 && a.State != record.ActivityCancelled {
		rows = append(rows, widgets.CardRow{
			Label: "还缺", Value: strings.Join(lacks, "、"), Tone: widgets.Warn, OnTap: func() { c.s.edit(a.ID) },
		})
	}
	return rows
}

// people are those who took part, in the order of the directory, with minutes.
func (c *activityCard) people(a record.Activity, who attendance) []widgets.CardRow {
	if len(who.present) == 0 {
		if !a.Held() || !timed(a.Kind) {
			return nil
		}
		return []widgets.CardRow{{Value: "参加人员"}, {
			Label: "还缺", Value: "没有登记参加人员", Tone: widgets.Warn, OnTap: func() { c.s.edit(a.ID) },
		}}
	}
	total, waiting := 0, 0
	rows := []widgets.CardRow{{}}
	for _, p := range who.present {
		total, waiting = total+p.Minutes, waiting+p.Waiting
		person, _ := c.s.d.db.Person(p.Volunteer)
		value, tone := timeText(p)
		rows = append(rows, widgets.CardRow{
			Label: person.Name, Value: value, Tone: tone,
			OnTap: func() { c.s.d.open(doorPeople, place{Person: p.Volunteer}) },
		})
	}
	rows[0].Value = fmt.Sprintf("参加 %d 人，合计 %s", len(who.present), hoursWords(total)) + waitingWords(waiting)
	return append(rows, c.corrections(who.back)...)
}

func (c *activityCard) corrections(back []record.Entry) []widgets.CardRow {
	if len(back) == 0 {
		return nil
	}
	rows := []widgets.CardRow{{Value: fmt.Sprintf("更正 %d 次", len(back))}}
	for _, e := range back {
		person, _ := c.s.d.db.Person(e.Volunteer)
		rows = append(rows, widgets.CardRow{Label: person.Name, Value: fmt.Sprintf("原 %d 分钟，%s", -e.Minutes, e.Reason), Tone: widgets.Muted})
	}
	return rows
}

// timed reports a kind of activity in which people have time: service, or
// learning with a total of its own.
func timed(kind string) bool { return record.Counting(kind) || kind == record.KindTraining }
