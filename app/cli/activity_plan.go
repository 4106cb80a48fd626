package cli

import (
	"fmt"

	"rongyuan/store/record"
)

type activityRepeat struct {
	weeks int
	from  string
}

func (c *activityRepeat) options(o *options) {
	o.number(&c.weeks, "weeks", "次数", "往后安排几个星期，每周同一天一次")
	o.text(&c.from, "on", "日期", "只再安排一次，在这一天")
}

func (c *activityRepeat) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	a, err := db.Activity(k.ctx, record.ActivityID(k.args[0]))
	if err != nil {
		return answer{}, err
	}
	var days []record.Day
	if c.from != "" {
		day, err := readDay("date", c.from, k.today())
		if err != nil {
			return answer{}, err
		}
		days = append(days, day)
	}
	day := a.Start.Day()
	for len(days) < c.weeks && len(days) < 60 {
		if day = day.AddDays(7); day >= k.today() {
			days = append(days, day)
		}
	}
	if len(days) == 0 {
		return answer{}, usage("要写 --weeks 次数 或 --on 日期")
	}
	made, err := db.PlanAgain(k.ctx, a.ID, days)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Activities []record.ActivityID `json:"activities"`
		Days       []record.Day        `json:"days"`
	}{made, days}
	return answer{doc: doc, text: said("已列入计划 %d 次：%s 至 %s。撤销：rongyuan undo", len(made), days[0], days[len(days)-1])}, nil
}

type activityTemplates struct{ save, from, remove string }

func (c *activityTemplates) options(o *options) {
	o.text(&c.save, "save", "名称", "把 --from 的活动存为模板；同名的换掉")
	o.text(&c.from, "from", "活动编号", "和 --save 一起")
	o.text(&c.remove, "remove", "名称", "删掉一个模板")
}

func (c *activityTemplates) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	switch {
	case c.save != "":
		a, err := db.Activity(k.ctx, record.ActivityID(c.from))
		if err != nil {
			return answer{}, err
		}
		if err := db.SaveTemplate(k.ctx, record.TemplateOf(c.save, a)); err != nil {
			return answer{}, err
		}
	case c.remove != "":
		if err := db.RemoveTemplate(k.ctx, c.remove); err != nil {
			return answer{}, err
		}
	}
	all, err := db.Templates(k.ctx)
	if err != nil {
		return answer{}, err
	}
	rows := make([][]string, 0, len(all))
	for _, t := range all {
		rows = append(rows, []string{t.Name, t.Title, record.Lines().NameOf(t.Line), t.Start + "—" + t.End})
	}
	doc := struct {
		Templates []record.ActivityTemplate `json:"templates"`
	}{all}
	return answer{doc: doc, text: listed([]string{"模板", "名称", "任务线", "时间"}, rows)}, nil
}

type activityDates struct{}

func (*activityDates) options(*options) {}

func (*activityDates) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	list, err := db.Proposals(k.ctx)
	if err != nil {
		return answer{}, err
	}
	rows := make([][]string, 0, len(list))
	for _, p := range list {
		rows = append(rows, []string{string(p.Day), p.Name, fmt.Sprintf("还有 %d 天", p.Days), record.Lines().NameOf(p.Line)})
	}
	if list == nil {
		list = []record.Proposal{}
	}
	doc := struct {
		Proposals []record.Proposal `json:"proposals"`
	}{list}
	return answer{doc: doc, text: listed([]string{"日期", "节点", "", "任务线"}, rows)}, nil
}

// template fills a new activity from a template; what flags say stands above it.
func (k *call) template(name string, day record.Day) (record.Activity, error) {
	all, err := k.db.Templates(k.ctx)
	if err != nil {
		return record.Activity{}, err
	}
	for _, t := range all {
		if t.Name == name {
			a := t.On(day)
			a.State = ""
			return a, nil
		}
	}
	return record.Activity{}, record.FailField("template", record.CodeNotFound)
}
