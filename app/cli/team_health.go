package cli

import (
	"fmt"
	"strings"

	"rongyuan/assets"
	"rongyuan/store/record"
)

// healthDoc is a team's health as commands print it; idle are the ids of those
// who have not served for 90 days.
type healthDoc struct {
	ID      record.TeamID        `json:"id"`
	Name    string               `json:"name"`
	Members int                  `json:"members"`
	Active  int                  `json:"active"`
	Under40 int                  `json:"under40"`
	From40  int                  `json:"from40"`
	From60  int                  `json:"from60"`
	Older70 int                  `json:"older70"`
	Ageless int                  `json:"ageless"`
	Missing []string             `json:"missing"`
	Idle    []record.VolunteerID `json:"idle"`
}

type teamHealth struct{}

func (*teamHealth) options(*options) {}

func (*teamHealth) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	all, err := db.TeamHealth(k.ctx)
	if err != nil {
		return answer{}, err
	}
	names, err := k.teamNames()
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Teams []healthDoc `json:"teams"`
	}{make([]healthDoc, 0, len(all))}
	rows := make([][]string, 0, len(all))
	for _, h := range all {
		one := healthDoc{
			h.Team, names[h.Team], len(h.Members), len(h.Active), len(h.Ages[0]), len(h.Ages[1]), len(h.Ages[2]), len(h.Ages[3]), len(h.Ageless),
			[]string{},
			append([]record.VolunteerID{}, h.Idle...),
		}
		for _, skill := range h.Missing {
			one.Missing = append(one.Missing, record.Skills().NameOf(skill))
		}
		doc.Teams = append(doc.Teams, one)
		rows = append(rows, []string{
			one.Name, fmt.Sprint(one.Members), fmt.Sprint(one.Active), fmt.Sprint(one.Under40), fmt.Sprint(one.From40), fmt.Sprint(one.From60),
			fmt.Sprint(one.Older70), strings.Join(one.Missing, "、"),
		})
	}
	return answer{doc: doc, text: listed([]string{"队名", "人数", "90天活跃", "40岁以下", "40–59岁", "60–69岁", "70岁以上", "缺的技能"}, rows)}, nil
}

// teamNames are the names of all teams.
func (k *call) teamNames() (map[record.TeamID]string, error) {
	all, err := k.db.Teams(k.ctx)
	names := map[record.TeamID]string{}
	for _, t := range all {
		names[t.ID] = t.Name
	}
	return names, err
}

// coverDoc is a community with its teams.
type coverDoc struct {
	Village    string   `json:"village"`
	Name       string   `json:"name"`
	Teams      []string `json:"teams"`
	Volunteers int      `json:"volunteers"`
}

type teamCoverage struct{}

func (*teamCoverage) options(*options) {}

func (*teamCoverage) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	station, err := db.Station(k.ctx)
	if err != nil {
		return answer{}, err
	}
	var villages []string
	called := map[string]string{}
	for _, v := range assets.VillagesOf(string(station.Code[:min(9, len(station.Code))])) {
		villages = append(villages, v.Code)
		called[v.Code] = v.Name
	}
	all, err := db.Coverage(k.ctx, villages)
	if err != nil {
		return answer{}, err
	}
	names, err := k.teamNames()
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Villages []coverDoc `json:"villages"`
	}{make([]coverDoc, 0, len(all))}
	rows := make([][]string, 0, len(all))
	for _, c := range all {
		one := coverDoc{c.Village, called[c.Village], []string{}, len(c.Volunteers)}
		for _, id := range c.Teams {
			one.Teams = append(one.Teams, names[id])
		}
		text := strings.Join(one.Teams, "、")
		if text == "" {
			text = "还没有队"
		}
		doc.Villages = append(doc.Villages, one)
		rows = append(rows, []string{one.Name, fmt.Sprint(one.Volunteers), text})
	}
	return answer{doc: doc, text: listed([]string{"社区（村）", "在册志愿者", "服务队"}, rows)}, nil
}
