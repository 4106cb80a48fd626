package cli

import (
	"fmt"
	"io"

	"rongyuan/store"
	"rongyuan/store/record"
)

type hoursAdd struct {
	participants
	minutes int
}

func (c *hoursAdd) options(o *options) {
	c.participants.options(o)
	o.number(&c.minutes, "minutes", "分钟", "没有单独写分钟的人，每人多少分钟；不写就是活动的时长")
}

func (c *hoursAdd) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	a, err := db.Activity(k.ctx, record.ActivityID(k.args[0]))
	if err != nil {
		return answer{}, err
	}
	entries, err := c.entries(k, a.Team)
	if err != nil {
		return answer{}, err
	}
	if len(entries) == 0 {
		return answer{}, usage("要写 --with 人")
	}
	if k.given.has("minutes") {
		if c.minutes <= 0 {
			return answer{}, record.FailField("minutes", record.CodeMinutesRange)
		}
		for i := range entries {
			if entries[i].Minutes == 0 {
				entries[i].Minutes = c.minutes
			}
		}
	}
	found, err := db.RecordService(k.ctx, a.ID, entries)
	if err != nil {
		return answer{}, err
	}
	return k.activityWritten(a.ID, found, c.missing)
}

type hoursCorrect struct {
	minutes int
	reason  string
	// applicant is who asked for it, where that needs an approval.
	applicant string
}

func (c *hoursCorrect) options(o *options) {
	o.text(&c.applicant, "for", "姓名", "谁提出的；过了录入当天要站长批准，这里写提出的人")
	o.number(&c.minutes, "minutes", "分钟", "应该是多少分钟；0 就是撤回")
	o.text(&c.reason, "reason", "原因", "为什么更正")
}

func (c *hoursCorrect) run(k *call) (answer, error) {
	if !k.given.has("minutes") {
		return answer{}, usage("要写 --minutes 分钟")
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	if c.minutes < 0 {
		return answer{}, record.FailField("minutes", record.CodeMinutesRange)
	}
	err = db.CorrectService(k.ctx, record.EntryID(k.args[0]), c.minutes, c.reason)
	if isCode(err, record.CodeApprovalNeeded) {
		return c.ask(k)
	}
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Corrected string `json:"corrected"`
		Minutes   int    `json:"minutes"`
	}{k.args[0], c.minutes}
	return answer{doc: doc, text: said("已更正为 %s 小时；原来的那条和原因都留着", record.HoursText(c.minutes))}, nil
}

// ask files the correction of an entry of another day.
func (c *hoursCorrect) ask(k *call) (answer, error) {
	id, err := k.db.AskCorrection(k.ctx, record.Correction{
		Entry: record.EntryID(k.args[0]), Minutes: c.minutes, Reason: c.reason, Applicant: c.applicant,
	})
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Asked   record.CorrectionID `json:"asked"`
		Minutes int                 `json:"minutes"`
	}{id, c.minutes}
	return answer{doc: doc, exit: exitPerson, text: said("过了录入当天，已申请更正，等站长批准；时长还没有变。更正编号 %s", id)}, nil
}

type hoursList struct{ volunteer, activity string }

func (c *hoursList) options(o *options) {
	o.text(&c.volunteer, "volunteer", "人", "一个人的全部时长")
	o.text(&c.activity, "activity", "活动编号", "一次活动的全部时长")
}

// entryDoc is one entry of service time.
type entryDoc struct {
	ID        record.EntryID     `json:"id"`
	Activity  record.ActivityID  `json:"activity"`
	Title     string             `json:"title"`
	Start     record.Moment      `json:"start"`
	Volunteer record.VolunteerID `json:"volunteer"`
	Name      string             `json:"name"`
	Minutes   int                `json:"minutes"`
	Source    string             `json:"source"`
	Reverses  record.EntryID     `json:"reverses,omitempty"`
	Reason    string             `json:"reason,omitempty"`
	Recorded  record.Day         `json:"recorded"`
	// Waiting is set for an entry that no total holds yet.
	Waiting bool `json:"waiting,omitempty"`
}

func (c *hoursList) run(k *call) (answer, error) {
	if (c.volunteer == "") == (c.activity == "") {
		return answer{}, usage("要写 --volunteer 人 或 --activity 活动编号")
	}
	if _, err := k.open(); err != nil {
		return answer{}, err
	}
	list, err := c.entries(k)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Entries []entryDoc `json:"entries"`
		Minutes int        `json:"minutes"`
	}{Entries: make([]entryDoc, 0, len(list))}
	rows := make([][]string, 0, len(list))
	held, err := k.uncounted(list)
	if err != nil {
		return answer{}, err
	}
	for _, e := range list {
		a, err := k.db.Activity(k.ctx, e.Activity)
		if err != nil {
			return answer{}, err
		}
		p, _ := k.db.Person(e.Volunteer)
		one := entryDoc{
			e.ID, a.ID, a.Title, a.Start, p.ID, p.Name, e.Minutes, record.Sources().NameOf(e.Source), e.Reverses, e.Reason, e.Recorded, held[e.ID],
		}
		doc.Entries = append(doc.Entries, one)
		state := ""
		if one.Waiting {
			state = "不计入"
		} else {
			doc.Minutes += e.Minutes
		}
		rows = append(rows, []string{string(a.Start.Day()), a.Title, p.Name, record.HoursText(e.Minutes), one.Source, state, e.Reason, string(e.ID)})
	}
	return answer{doc: doc, text: func(w io.Writer) {
		listed([]string{"日期", "活动", "姓名", "小时", "来源", "", "原因", "时长编号"}, rows)(w)
		fmt.Fprintf(w, "合计 %s 小时\n", record.HoursText(doc.Minutes))
	}}, nil
}

func (c *hoursList) entries(k *call) ([]record.Entry, error) {
	if c.activity != "" {
		a, err := k.db.Activity(k.ctx, record.ActivityID(c.activity))
		if err != nil {
			return nil, err
		}
		return k.db.Entries(k.ctx, a.ID)
	}
	p, err := k.person(c.volunteer)
	if err != nil {
		return nil, err
	}
	return k.db.EntriesOf(k.ctx, p.ID)
}

// uncounted are the entries among list that no total holds: waiting or refused.
func (k *call) uncounted(list []record.Entry) (map[record.EntryID]bool, error) {
	var all []record.Review
	seen := map[record.ActivityID]bool{}
	for _, e := range list {
		if seen[e.Activity] {
			continue
		}
		seen[e.Activity] = true
		some, err := k.db.Reviews(k.ctx, store.ReviewFilter{Activity: e.Activity})
		if err != nil {
			return nil, err
		}
		for _, r := range some {
			all = append(all, r.Review)
		}
	}
	return record.Uncounted(list, all), nil
}
