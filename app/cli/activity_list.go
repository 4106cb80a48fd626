package cli

import (
	"fmt"
	"io"

	"rongyuan/store"
	"rongyuan/store/record"
)

type activityList struct{ month, line, team string }

func (c *activityList) options(o *options) {
	o.text(&c.month, "month period", "月份", "只看一个月，如 2026-10")
	o.text(&c.line, "line", "任务线", "只看一个任务线")
	o.text(&c.team, "team", "队", "只看一支队的")
}

func (c *activityList) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	filter, err := c.filter(k)
	if err != nil {
		return answer{}, err
	}
	list, err := db.Activities(k.ctx, filter)
	if err != nil {
		return answer{}, err
	}
	docs := make([]activityDoc, 0, len(list))
	rows := make([][]string, 0, len(list))
	for _, a := range list {
		d, err := k.activityDoc(a)
		if err != nil {
			return answer{}, err
		}
		docs = append(docs, d)
		rows = append(rows, []string{
			string(d.Start), d.Title, d.LineName, d.Team, fmt.Sprint(d.Participants), record.HoursText(d.Minutes),
			record.ActivityStates().NameOf(string(d.State)), string(d.ID),
		})
	}
	doc := struct {
		Activities []activityDoc `json:"activities"`
	}{docs}
	return answer{doc: doc, text: listed([]string{"时间", "名称", "任务线", "服务队", "人数", "小时", "状态", "编号"}, rows)}, nil
}

func (c *activityList) filter(k *call) (store.ActivityFilter, error) {
	var f store.ActivityFilter
	var err error
	if c.month != "" {
		if f.Period, err = record.ReadMonth(c.month); err != nil {
			return f, err
		}
	}
	if f.Line, err = codeIn(record.Lines(), "line", c.line); err != nil {
		return f, err
	}
	if c.team != "" {
		team, err := k.team(c.team)
		if err != nil {
			return f, err
		}
		f.Team = team.ID
	}
	return f, nil
}

type activityShow struct{}

func (*activityShow) options(*options) {}

func (*activityShow) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	a, err := db.Activity(k.ctx, record.ActivityID(k.args[0]))
	if err != nil {
		return answer{}, err
	}
	d, err := k.activityDoc(a)
	if err != nil {
		return answer{}, err
	}
	present, err := db.Participations(k.ctx, a.ID)
	if err != nil {
		return answer{}, err
	}
	docs, err := k.participationDocs(present)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Activity     activityDoc        `json:"activity"`
		Participants []participationDoc `json:"participants"`
	}{d, docs}
	return answer{doc: doc, text: func(w io.Writer) { activityText(w, d, docs) }}, nil
}

func activityText(w io.Writer, d activityDoc, present []participationDoc) {
	fmt.Fprintf(w, "%s  %s 至 %s  %s  %s\n", d.Title, d.Start, d.End, d.LineName, d.Place)
	rows := make([][]string, 0, len(present))
	for _, p := range present {
		rows = append(rows, []string{p.Name, p.Number, record.HoursText(p.Minutes), waitingText(p.Waiting, p.Grounds), p.Source, string(p.Entry)})
	}
	listed([]string{"姓名", "编号", "小时", "待核", "来源", "时长编号"}, rows)(w)
}

// participationDoc is one person's net time in one activity.
type participationDoc struct {
	Entry     record.EntryID     `json:"entry"`
	Activity  record.ActivityID  `json:"activity"`
	Title     string             `json:"title"`
	Start     record.Moment      `json:"start"`
	Volunteer record.VolunteerID `json:"volunteer"`
	Name      string             `json:"name"`
	Number    string             `json:"number,omitempty"`
	Minutes   int                `json:"minutes"`
	Source    string             `json:"source"`
	// Waiting is time that waits for review and counts nowhere yet, and why.
	Waiting int      `json:"waiting_minutes,omitempty"`
	Grounds []string `json:"grounds,omitempty"`
}

func (k *call) participationDocs(list []store.Participation) ([]participationDoc, error) {
	out := make([]participationDoc, 0, len(list))
	for _, one := range list {
		a, err := k.db.Activity(k.ctx, one.Activity)
		if err != nil {
			return nil, err
		}
		p, _ := k.db.Person(one.Volunteer)
		out = append(out, participationDoc{
			one.Entry, a.ID, a.Title, a.Start, p.ID, p.Name, p.Number, one.Minutes, record.Sources().NameOf(one.Source), one.Waiting, groundTexts(one.Grounds),
		})
	}
	return out, nil
}

func (k *call) participationsOf(id record.VolunteerID) ([]participationDoc, error) {
	list, err := k.db.ParticipationsOf(k.ctx, id)
	if err != nil {
		return nil, err
	}
	return k.participationDocs(list)
}
