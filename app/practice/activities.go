package practice

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// plans are the kinds of activities that come again and again: kind, line, team
// (from 0), start and end, break, people served at most, title, place.
var plans = []string{
	"service 3.2 3 19:00-21:00 0 40 社区夜间治安巡逻 鹤望里社区",
	"service 7.1 4 09:00-11:30 15 12 走访困难老兵 景兴西里社区",
	"service 2.4 0 08:30-11:00 20 200 清整楼道和小区环境 美化里社区",
	"service 1.1 2 14:00-16:00 10 80 老兵讲红色故事 辖区小学",
	"service 3.3 3 07:00-09:00 0 300 路口交通引导 街道主要路口",
	"service 5.5 1 08:00-12:00 30 120 防汛物资搬运和秩序维护 海河沿线",
	"service 6.3 4 09:00-11:00 0 20 拥军优属志愿服务 龙都花园社区",
	"service 4.3 0 08:00-10:30 15 60 护河植绿 河岸公园",
	"service 7.5 4 14:00-16:30 15 8 陪老兵聊天解心事 服务站谈心室",
	"service 1.3 2 09:00-11:30 20 150 国防教育进校园 辖区中学",
	"service 2.3 0 13:30-16:30 20 90 为老人理发和修家电 重华里社区",
	"service 5.4 1 09:00-11:00 10 35 应急技能演示 服务站院内",
}

// event is something that is recorded at a minute of a day.
type event struct {
	day    record.Day
	minute int
	do     func() error
}

// fillActivities plays three months: three activities a week, each recorded the
// next morning, and what goes wrong in real life.
func (b *builder) fillActivities() error {
	var events []event
	n := 0
	for d := b.first; d < b.today; d = d.AddDays(1) {
		if wd := int(d.Time().Weekday()); wd != 2 && wd != 4 && wd != 6 {
			continue
		}
		plan, day := n, d
		n++
		recorded := day.AddDays(1)
		if n == 4 {
			recorded = day.AddDays(30) // the sheet lay in a drawer
		}
		if recorded > b.today {
			continue
		}
		events = append(events, event{recorded, 9*60 + plan%5, func() error { return b.log(plan, day, recorded > day.AddDays(20)) }})
	}
	events = append(events,
		event{b.first.AddDays(24), 15 * 60, b.training},
		event{b.first.AddDays(40), 16 * 60, b.correct},
		event{b.first.AddDays(40), 17 * 60, b.decide},
		event{b.today.AddDays(-4), 17 * 60, b.decide},
		event{b.today.AddDays(-2), 10 * 60, b.forgotten},
		event{b.today.AddDays(-2), 11 * 60, b.object},
		event{b.today.AddDays(-1), 11 * 60, b.otherLedger},
		event{b.today, 8 * 60, b.plan},
	)
	slices.SortStableFunc(events, func(x, y event) int { return cmp.Or(cmp.Compare(x.day, y.day), x.minute-y.minute) })
	for _, e := range events {
		b.turn(e.day, e.minute)
		if err := e.do(); err != nil {
			return fmt.Errorf("%s: %w", e.day, err)
		}
	}
	return nil
}

// planned is a line of plans as an activity on a day.
func (b *builder) planned(i int, day record.Day) (record.Activity, squad) {
	words := strings.Fields(plans[i%len(plans)])
	team, _ := strconv.Atoi(words[2])
	from, to, _ := strings.Cut(words[3], "-")
	pause, _ := strconv.Atoi(words[4])
	most, _ := strconv.Atoi(words[5])
	s := b.teams[team]
	a := record.Activity{
		Title: words[6], Kind: words[0], Line: words[1][:1], Sub: words[1], Team: s.id, Leader: s.members[0], Place: words[7],
		Start: record.Moment(string(day) + "T" + from), End: record.Moment(string(day) + "T" + to), Break: pause,
		Content: words[6] + "，由" + b.nameOf(s.members[0]) + "带队。", Served: most/2 + b.dice.throw(most/2+1),
	}
	if a.Line == "3" {
		a.Brand = b.brand
	}
	a.Urgent = a.Sub == "5.5"
	return a, s
}

func (b *builder) nameOf(id record.VolunteerID) string {
	p, _ := b.db.Person(id)
	return p.Name
}

// log records an activity with four in five of its team, the captain always.
func (b *builder) log(i int, day record.Day, late bool) error {
	a, s := b.planned(i, day)
	if late {
		a.LateReason = "签到表当时没有交回服务站"
	}
	_, _, err := b.db.LogActivity(b.ctx, a, b.present(s))
	return err
}

func (b *builder) present(s squad) []record.Entry {
	var out []record.Entry
	for i, who := range s.members {
		if i == 0 || b.dice.throw(5) > 0 {
			out = append(out, record.Entry{Volunteer: who, Source: record.SourceOnSite})
		}
	}
	return out
}

// training gives learning time, which stands apart from service time.
func (b *builder) training() error {
	day := b.first.AddDays(23)
	a, s := b.planned(11, day)
	a.Kind, a.Title, a.Served, a.Content = record.KindTraining, "急救知识培训", 0, "心肺复苏和止血包扎"
	_, _, err := b.db.LogActivity(b.ctx, a, b.present(s))
	return err
}

// correct asks to take half an hour back from one person of an activity.
func (b *builder) correct() error {
	list, err := b.db.EntriesOf(b.ctx, b.teams[0].members[0])
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(e record.Entry) bool { return e.Reverses == "" && e.Minutes > 60 })
	if i < 0 {
		return record.Fail(record.CodeNotFound)
	}
	_, err = b.db.AskCorrection(b.ctx, record.Correction{
		Entry: list[i].ID, Minutes: list[i].Minutes - 30, Reason: "本人说明：提前半小时离开", Applicant: b.nameOf(list[i].Volunteer),
	})
	return err
}

// plan is an activity that is still to come.
func (b *builder) plan() error {
	day := b.today.AddDays(1 + (13-int(b.today.Time().Weekday()))%7)
	a, _ := b.planned(2, day)
	a.State, a.Title, a.Served = record.ActivityPlanned, "周末清整家园志愿服务", 0
	_, _, err := b.db.LogActivity(b.ctx, a, nil)
	return err
}
