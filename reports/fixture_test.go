package reports

import (
	"fmt"

	"rongyuan/store/record"
)

// station is an invented station.
var station = record.Station{Code: "129999001", Name: "天津市示范区某某街道退役军人服务站", Phone: "022-00000000"}

// month makes a report of n activities the way the store does: from records,
// through Tally.
func month(n int) record.PeriodReport {
	period := record.Month(2026, 10)
	facts := record.Facts{}
	for i, name := range []string{"老兵先锋综合服务队", "应急救援突击队", "红色宣讲队（老兵宣讲团）", "和平里社区治安巡逻与邻里守望志愿服务分队"} {
		facts.Teams = append(facts.Teams, record.Team{ID: record.TeamID(fmt.Sprintf("t%d", i)), Name: name})
	}
	facts.Brands = []record.Brand{{ID: "b", Name: "绿橄榄"}}
	for i := range 60 {
		politics := "13"
		if i%3 == 0 {
			politics = "01"
		}
		facts.Volunteers = append(facts.Volunteers, record.Volunteer{
			ID: record.VolunteerID(fmt.Sprintf("v%02d", i)), Veteran: i%4 != 0, Serving: true,
			Joined: record.Day(fmt.Sprintf("2026-%02d-05", 1+i%10)), Status: record.StatusActive, Politics: politics,
		})
	}
	titles := []string{
		"重阳节走访慰问困难老兵", "国庆节期间社区治安巡逻", "“老兵永远跟党走”红色宣讲进校园", "防汛应急拉动演练",
		"秋季欢送新兵入伍暨军属座谈会", "海河沿岸环境清理和垃圾分类宣传志愿服务活动（第三季度延期场）",
	}
	for i := range n {
		day := 1 + i*31/max(n, 1)
		a := record.Activity{
			ID: record.ActivityID(fmt.Sprintf("a%03d", i)), Title: titles[i%len(titles)], Kind: record.KindService,
			Line: fmt.Sprint([]int{7, 3, 1, 5, 6, 2}[i%6]), Start: record.Moment(fmt.Sprintf("2026-10-%02dT09:00", day)),
			End: record.Moment(fmt.Sprintf("2026-10-%02dT%d:%02d", day, 11+i%3, 10*(i%6))), Break: 10 * (i % 2),
			Place: []string{"和平里社区党群服务中心", "文化广场", "第二中学报告厅"}[i%3], Served: 12 + 7*i%40, Guests: i % 3,
			Urgent: i%9 == 3, State: record.ActivityDone, Recorded: "2026-11-01", Deadline: record.Day(fmt.Sprintf("2026-11-%02d", 1+min(i, 20))),
		}
		if i%5 != 4 {
			a.Team = record.TeamID(fmt.Sprintf("t%d", i%3))
		}
		if i == 1 {
			a.Deadline, a.LateReason = "2026-10-20", "经办人外出培训"
		}
		if i%4 != 3 {
			a.Village = []string{"120103004001", "120103004002", "120103004004"}[i%4%3]
		}
		facts.Activities = append(facts.Activities, a)
		for j := range 5 + i%7 {
			facts.Entries = append(facts.Entries, record.Entry{
				Activity: a.ID, Volunteer: record.VolunteerID(fmt.Sprintf("v%02d", (i*5+j*7)%60)), Minutes: a.Length(),
			})
		}
	}
	return record.PeriodReport{
		Station: station, Period: period, Tallied: record.Tally(period, facts), KeyDates: record.TallyKeyDates(period, facts.Activities),
		Previous: record.Figures{
			record.FigureActivities: 15, record.FigurePeople: 44, record.FigureParticipations: 120, record.FigureMinutes: 9000,
			record.FigureTeams: 4, record.FigureBrands: 1, record.FigureVolunteers: 54, record.FigureVeterans: 40, record.FigureParty: 18,
			record.FigureJoined: 6, record.FigureServed: 300,
		},
		Made: "2026-11-02T09:30", By: "张示例", Serial: "YB-202610-0001",
	}
}
