package app

import (
	"context"
	"fmt"
	"strings"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// todayMonth is what the start page says of hours, of the month that is over,
// and of agreements.
type todayMonth struct {
	faults   []record.Fault
	titles   map[record.ActivityID]record.Activity
	closings []record.Closing
	// stale are people whose agreement was given on an older form or has no day.
	stale []record.VolunteerID
}

func (d *Desk) todayMonth(ctx context.Context, activities []record.Activity) (m todayMonth, err error) {
	last := record.MonthOf(d.today()).Previous()
	if m.faults, err = d.db.Faults(ctx, record.Period{From: last.From, To: d.today()}); err != nil {
		return m, err
	}
	m.titles = map[record.ActivityID]record.Activity{}
	for _, a := range activities {
		m.titles[a.ID] = a
	}
	if m.closings, err = d.db.Closings(ctx); err != nil {
		return m, err
	}
	people, err := d.db.AllVolunteers(ctx)
	for _, v := range people {
		old := v.Agreement.Version != "" && v.Agreement.Version != record.AgreementVersion
		if v.ActiveOn(d.today()) && (old || v.Agreement.Date == "") {
			m.stale = append(m.stale, v.ID)
		}
	}
	return m, err
}

// monthLines are the impossible hours, the months to be closed and the
// agreements to be signed anew; each opens its names with its definition.
func (d *Desk) monthLines(m todayMonth) []dueLine {
	var lines []dueLine
	if n := len(m.faults); n > 0 {
		lines = append(lines, dueLine{
			what: fmt.Sprintf("不可能的时长 %d 条", n), detail: "重叠、超过一天、去世或退出以后等；月结前要更正", tone: widgets.Bad,
			open: func() { d.showBehind(d.faultsBehind(m)) },
		})
	}
	lines = append(lines, d.closingLines(m)...)
	if n := len(m.stale); n > 0 {
		lines = append(lines, dueLine{
			what: fmt.Sprintf("同意书要重签 %d 人", n), detail: "没有同意日期，或签的是旧版的同意书", tone: widgets.Warn,
			open: func() { d.showBehind(d.staleBehind(m.stale)) },
		})
	}
	return lines
}

func (d *Desk) faultsBehind(m todayMonth) behind {
	b := behind{
		title: "不可能的时长", heads: [3]string{"姓名", "活动和问题"},
		definition: "上月和本月里不可能成立的时长。Enter 打开去更正。",
	}
	for _, f := range m.faults {
		person, _ := d.db.Person(f.Volunteer)
		a := m.titles[f.Activities[0]]
		row := behindRow{
			name: person.Name, detail: string(f.Day)[5:] + " " + a.Title + "：" + say.FaultName(f.Code),
			door: doorActivities, at: place{Activity: f.Activities[0]},
		}
		if f.People > 1 {
			row.name = fmt.Sprintf("%d 人", f.People)
		}
		if f.Remedy == record.RemedyPerson {
			row.door, row.at = doorPeople, place{Person: f.Volunteer}
		}
		b.rows = append(b.rows, row)
	}
	return b
}

func (d *Desk) staleBehind(stale []record.VolunteerID) behind {
	b := behind{
		title: "同意书要重签的人", heads: [3]string{"姓名", "加入日期"},
		definition: "在册志愿者中没有同意日期，或同意书不是现在这一版的（民政部令第67号第六条）",
	}
	for _, id := range stale {
		person, _ := d.db.Person(id)
		b.rows = append(b.rows, behindRow{name: person.Name, detail: string(person.Joined), door: doorPeople, at: place{Person: id}})
	}
	return b
}

// closingLines ask for the close of the last month, and of months that were
// reopened and are not closed again.
func (d *Desk) closingLines(m todayMonth) []dueLine {
	last := record.MonthOf(d.today()).Previous()
	var lines []dueLine
	known := false
	for _, c := range m.closings {
		known = known || c.ID.Period() == last
		if !c.Open {
			continue
		}
		month := c.ID.Period()
		lines = append(lines, dueLine{
			what: month.Chinese() + "重开后还没有月结", detail: "原因：" + c.Reason + "；再月结就是更正版", tone: widgets.Warn,
			open: func() { d.open(doorReports, place{Period: month, Close: true}) },
		})
	}
	held := 0
	for _, a := range m.titles {
		if a.Held() && last.Holds(a.Start.Day()) {
			held++
		}
	}
	if known || held == 0 {
		return lines
	}
	text := fmt.Sprintf("%d 场活动；先看月底检查", held)
	if d.may(record.RightConfirm) {
		text += "，再由您确认"
	}
	return append(lines, dueLine{
		what: strings.TrimPrefix(last.Chinese(), fmt.Sprint(string(d.today()[:4]), "年")) + "还没有月结", detail: text,
		open: func() { d.open(doorReports, place{Period: last, Close: true}) },
	})
}
