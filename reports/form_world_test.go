package reports

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"rongyuan/assets"
	"rongyuan/store/record"
)

// formWorld is a small station, and an oracle that counts what a form wants
// from its records in its own way.
type formWorld struct {
	facts  record.Facts
	posts  map[record.VolunteerID][2]string // main team and post
	source record.FormSource
}

func newFormWorld() *formWorld {
	w := &formWorld{posts: map[record.VolunteerID][2]string{}}
	for i, name := range []string{"老兵巡逻队", "综合服务队", "应急救援队"} {
		w.facts.Teams = append(w.facts.Teams, record.Team{ID: record.TeamID(fmt.Sprint("t", i)), Name: name, Kind: record.TeamKinds().Terms[i].Code, Founded: "2025-03-05"})
	}
	w.facts.Brands = []record.Brand{{ID: "b", Name: "老兵守夜"}}
	for i := range 12 {
		v := record.Volunteer{
			ID: record.VolunteerID(fmt.Sprintf("p%02d", i)), Number: fmt.Sprintf("%04d", i+1), Name: []string{"王建国", "李卫东", "赵铁柱", "单小芳", "刘学军", "欧阳文", "买买提·艾力", "张𬱖", "孙权", "周瑜", "鲁肃", "吕蒙"}[i],
			IDNumber: record.IDNumber(fmt.Sprintf("1299991960070112%02d", i)), Sex: []record.Sex{"1", "2"}[i%2],
			Birth: "1960-07-01", Ethnic: "01", Phones: []string{fmt.Sprintf("138000012%02d", i)}, VillageName: []string{"东风里社区", "鹤望里社区", "光明里社区"}[i%3],
			Politics: []string{"01", "13"}[i%2], Education: "30", Veteran: i%4 != 0, Serving: i != 11, Enlisted: "1978-12-01", Discharged: "1983-01",
			Joined: record.Day([]string{"2025-05-01", "2026-10-02"}[i/8]), Status: record.StatusActive, Skills: []string{"s01"},
		}
		w.facts.Volunteers = append(w.facts.Volunteers, v)
		w.posts[v.ID] = [2]string{w.facts.Teams[i%3].Name, map[bool]string{true: "队长", false: "队员"}[i < 3]}
	}
	for i := range 6 {
		day := record.Day(fmt.Sprintf("2026-10-%02d", 3+4*i))
		a := record.Activity{
			ID: record.ActivityID(fmt.Sprint("a", i)), Title: fmt.Sprintf("巡逻 & 宣讲<%d>", i), Kind: record.KindService, Line: fmt.Sprint(1 + i%3),
			Start: record.Moment(day + "T09:00"), End: record.Moment(day + "T11:20"), Place: "东风里", Team: w.facts.Teams[i%2].ID, Served: 7 * i, Urgent: i == 2, State: record.ActivityDone,
		}
		a.Village = villageCodeOf([]string{"东风里社区", "鹤望里社区"}[i%2])
		switch i {
		case 4:
			a.Kind = record.KindTraining
		case 5:
			a.Team = "" // the station's own
		}
		w.facts.Activities = append(w.facts.Activities, a)
		for n := range 5 + i {
			w.facts.Entries = append(w.facts.Entries, record.Entry{Activity: a.ID, Volunteer: w.facts.Volunteers[n].ID, Minutes: 140 - 7*n})
		}
	}
	// One entry is taken back, and one corrected.
	w.facts.Entries = append(w.facts.Entries,
		record.Entry{Activity: "a0", Volunteer: "p01", Minutes: -133}, record.Entry{Activity: "a1", Volunteer: "p02", Minutes: -30})
	w.source = w.sourceOf()
	return w
}

// villageCodeOf is the code of a community whose name is written like that.
func villageCodeOf(name string) string {
	for _, one := range assets.Villages() {
		if strings.TrimSuffix(one.Name, "居委会") == name {
			return one.Code
		}
	}
	return ""
}

func (w *formWorld) sourceOf() record.FormSource {
	october := record.Month(2026, 10)
	s := record.FormSource{Report: record.PeriodReport{
		Station: record.Station{Code: "129999004", Name: "测试街道退役军人服务站", Phone: "022-00000000"}, Period: october,
		Tallied: record.Tally(october, w.facts), Made: "2026-11-02T09:30", By: "张姐",
	}, Serial: "129999004-000007"}
	for _, v := range w.facts.Volunteers {
		p := record.FormPerson{Volunteer: v, Team: w.posts[v.ID][0], Post: w.posts[v.ID][1]}
		p.Count, p.Minutes = w.served(v.ID)
		p.YearTotal = p.Minutes
		s.People = append(s.People, p)
	}
	for _, team := range w.facts.Teams {
		one := record.FormTeam{Team: team}
		for _, p := range s.People {
			if p.Team == team.Name {
				one.Members++
				if p.Politics == "01" {
					one.Party++
				}
				if p.Post == "队长" {
					one.Leader = p.Volunteer
				}
			}
		}
		s.Teams = append(s.Teams, one)
	}
	return s
}

// minutes sums the time of one person in one activity.
func (w *formWorld) minutes(a record.ActivityID, who record.VolunteerID) (sum int64) {
	for _, e := range w.facts.Entries {
		if e.Activity == a && e.Volunteer == who {
			sum += int64(e.Minutes)
		}
	}
	return sum
}

func (w *formWorld) served(who record.VolunteerID) (count, minutes int64) {
	for _, a := range w.facts.Activities {
		if n := w.minutes(a.ID, who); a.Kind == record.KindService && n > 0 {
			count, minutes = count+1, minutes+n
		}
	}
	return count, minutes
}

// group counts the activities that fit.
func (w *formWorld) group(fits func(record.Activity) bool) map[string]any {
	var activities, participations, minutes, served float64
	people := map[record.VolunteerID]bool{}
	for _, a := range w.facts.Activities {
		if a.Kind != record.KindService || !fits(a) {
			continue
		}
		activities++
		served += float64(a.Served)
		for _, v := range w.facts.Volunteers {
			if n := w.minutes(a.ID, v.ID); n > 0 {
				people[v.ID] = true
				participations++
				minutes += float64(n)
			}
		}
	}
	return map[string]any{
		"activities": activities, "people": float64(len(people)), "participations": participations,
		"minutes": minutes, "hours": minutes / 60, "served": served,
	}
}

// expected are the cells that a form must get, by sheet and place.
func (w *formWorld) expected(c formCase) map[string]any {
	out := map[string]any{}
	put := func(sheet, column string, row int, value any) {
		if value != nil && value != "" {
			out[fmt.Sprintf("%s!%s%d", sheet, column, row)] = value
		}
	}
	for at, field := range c.Cells {
		out[at] = w.single(field)
	}
	for _, one := range c.Tables {
		lines := w.lines(one.Kind, one.Who)
		for i, line := range lines {
			row, ok := one.First+i*max(1, one.Step), true
			if len(one.Names) > 0 {
				row, ok = one.Names[fmt.Sprint(line["name"])]
			}
			for column, field := range one.Columns {
				if value := line[field]; field == "row" {
					put(one.Sheet, column, row, float64(i+1))
				} else if ok {
					put(one.Sheet, column, row, value)
				}
			}
		}
	}
	// Made is a day: in a cell that shows dates it is the number of the day.
	for at, value := range out {
		if value == "2026-11-02" && (strings.HasPrefix(at, "花名册") || strings.HasPrefix(at, "无")) {
			out[at] = 46328.0
		}
	}
	return out
}

func (w *formWorld) single(field string) any {
	everything := w.group(func(record.Activity) bool { return true })
	if value, has := everything[field]; has {
		return value
	}
	in, veterans, party, joined := 0.0, 0.0, 0.0, 0.0
	for _, v := range w.facts.Volunteers {
		if !v.Serving {
			continue
		}
		in++
		if v.Veteran {
			veterans++
		}
		if v.Politics == "01" {
			party++
		}
		if v.Joined >= "2026-10-01" {
			joined++
		}
	}
	training := 0.0
	for _, e := range w.facts.Entries {
		if e.Activity == "a4" {
			training += float64(e.Minutes)
		}
	}
	return map[string]any{
		"station_name": "测试街道退役军人服务站", "station_phone": "022-00000000", "period": "2026年10月", "made": "2026-11-02", "by": "张姐",
		"teams": 3.0, "brands": 1.0, "volunteers": in, "volunteers_veteran": veterans, "volunteers_party": party,
		"volunteers_joined": joined, "activities_urgent": 1.0, "training_hours": training / 60,
	}[field]
}

func (w *formWorld) lines(kind, who string) []map[string]any {
	var out []map[string]any
	switch kind {
	case "people":
		for _, v := range w.facts.Volunteers {
			count, minutes := w.served(v.ID)
			if !v.Serving || who == "served" && minutes == 0 {
				continue
			}
			out = append(out, map[string]any{
				"name": v.Name, "sex": map[record.Sex]string{"1": "男", "2": "女"}[v.Sex],
				"id_number": "129999********" + string(v.IDNumber[14:]), "phones": "138****" + v.Phones[0][7:], "birth": "1960", "age": 66.0,
				"ethnic": "汉族", "politics": map[string]string{"01": "中共党员", "13": "群众"}[v.Politics], "education": "大学专科",
				"village": v.VillageName, "enlisted": 28825.0, "discharged": "1983-01", "skills": record.Skills().NameOf("s01"),
				"team": w.posts[v.ID][0], "post": w.posts[v.ID][1], "activities": float64(count), "hours": float64(minutes) / 60,
				"year_hours": float64(minutes) / 60, "joined": map[record.Day]float64{"2025-05-01": 45778, "2026-10-02": 46297}[v.Joined],
			})
		}
	case "activities":
		for _, a := range w.facts.Activities {
			if a.Kind != record.KindService {
				continue
			}
			line := w.group(func(b record.Activity) bool { return a.ID == b.ID })
			maps.Copy(line, map[string]any{
				"title": a.Title, "day": float64(46298 + 4*int(a.ID[1]-'0')), "place": a.Place, "participants": line["participations"],
				"line": record.Lines().NameOf(a.Line), "team": map[record.TeamID]string{"t0": "老兵巡逻队", "t1": "综合服务队"}[a.Team],
			})
			out = append(out, line)
		}
	case "lines":
		for _, term := range record.Lines().Terms {
			out = append(out, w.group(func(a record.Activity) bool { return a.Line == term.Code }))
		}
	case "teams":
		out = w.teamLines()
	case "villages":
		out = w.villageLines()
	}
	return out
}

func (w *formWorld) teamLines() []map[string]any {
	var out []map[string]any
	for _, team := range w.facts.Teams {
		line := w.group(func(a record.Activity) bool { return a.Team == team.ID })
		line["name"], line["kind"] = team.Name, record.TeamKinds().NameOf(team.Kind)
		members, party := 0.0, 0.0
		for _, v := range w.facts.Volunteers {
			if post := w.posts[v.ID]; post[0] == team.Name {
				members++
				if v.Politics == "01" {
					party++
				}
				if post[1] == "队长" {
					line["leader"], line["leader_phone"] = v.Name, "138****"+v.Phones[0][7:]
				}
			}
		}
		line["members"], line["party"] = members, party
		out = append(out, line)
	}
	own := w.group(func(a record.Activity) bool { return a.Team == "" })
	own["name"] = "站直接组织"
	return append(out, own)
}

func (w *formWorld) villageLines() []map[string]any {
	counts := map[string]*[3]float64{}
	for _, v := range w.facts.Volunteers {
		if counts[v.VillageName] == nil {
			counts[v.VillageName] = &[3]float64{}
		}
		if !v.Serving {
			continue
		}
		counts[v.VillageName][0]++
		if v.Veteran {
			counts[v.VillageName][1]++
		}
		if v.Politics == "01" {
			counts[v.VillageName][2]++
		}
	}
	var out []map[string]any
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		n := counts[name]
		line := w.group(func(a record.Activity) bool { return a.Village != "" && a.Village == villageCodeOf(name) })
		maps.Copy(line, map[string]any{"name": name, "volunteers": n[0], "veterans": n[1], "party": n[2]})
		out = append(out, line)
	}
	return out
}
