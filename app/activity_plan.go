package app

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// arrange offers what is planned again and again: a template or a key date for a
// new plan, the selected activity every week, the selected one as a template.
func (s *activityScreen) arrange() {
	if s.form != nil {
		return
	}
	templates, err := s.d.db.Templates(s.d.ctx)
	if err != nil {
		s.d.trouble(err)
		return
	}
	dates, err := s.d.db.Proposals(s.d.ctx)
	if err != nil {
		s.d.trouble(err)
		return
	}
	plans := map[string]record.Activity{}
	var options []widgets.Choice
	for _, p := range dates {
		plans["date:"+p.Code] = planFor(p)
		options = append(options, widgets.Choice{Key: "date:" + p.Code, Text: p.Name, Hint: fmt.Sprintf("节点，还有 %d 天", p.Days)})
	}
	for _, t := range templates {
		plans["template:"+t.Name] = t.On(s.d.today())
		options = append(options, widgets.Choice{Key: "template:" + t.Name, Text: t.Name, Hint: t.Title})
	}
	from := widgets.NewChoiceEntry(options, matchChoice)
	fields := []*widgets.Field{widgets.NewField("从模板安排", from)}
	weeks, name := widgets.NewNumberEntry(1, 52), widgets.NewEntry("例如 夜巡")
	r, selected := s.current()
	if selected {
		fields = append(fields, widgets.NewField("每周重复", weeks), widgets.NewField("存为模板", name))
		fields[1].SetHint("再安排几次，都在" + weekday(r.a.Start.Day()) + "：" + shorten(r.a.Title, 14))
		fields[2].SetHint("时间、任务线、队伍记下来，同名的换掉")
	}
	rows := make([]fyne.CanvasObject, len(fields))
	for i, f := range fields {
		rows[i] = f
	}
	widgets.ShowForm(s.d.win.Canvas(), widgets.FormDialog{
		Title: "安排活动", OK: "确定", Width: 440, Content: widgets.NewForm(1, rows...),
		OnOK: func() bool {
			n, repeated := weeks.Value()
			switch {
			case from.Value() != "":
				s.planFrom(plans[from.Value()])
			case repeated:
				s.repeat(r.a, n)
			case strings.TrimSpace(name.Text) != "":
				s.keepTemplate(strings.TrimSpace(name.Text), r.a)
			default:
				fields[0].SetError("请选一个")
				fields[0].Focus()
				return false
			}
			return true
		},
	})
}

// planFor is the plan of an activity for a key date.
func planFor(p record.Proposal) record.Activity {
	t := record.ActivityTemplate{Title: p.Name + "志愿服务", Line: p.Line, Sub: p.Sub}
	return t.On(p.Day)
}

// planFrom opens the form with a plan in it.
func (s *activityScreen) planFrom(a record.Activity) {
	s.closeForm()
	s.openForm(newActivityForm(s, a), s.d.drafts.fresh(draftActivity))
}

func (s *activityScreen) repeat(a record.Activity, times int) {
	var days []record.Day
	for day := a.Start.Day().AddDays(7); len(days) < times; day = day.AddDays(7) {
		if day >= s.d.today() {
			days = append(days, day)
		}
	}
	s.d.work("正在安排", func(ctx context.Context, _ func(int, int)) error {
		_, err := s.d.db.PlanAgain(ctx, a.ID, days)
		return err
	}, func(err error) {
		if err != nil {
			s.d.trouble(err)
			return
		}
		s.d.notice(widgets.Good, fmt.Sprintf("已列入计划 %d 次，%s 至 %s（Ctrl+Z 一起撤销）", len(days), days[0], days[len(days)-1]))
		s.d.changed()
	})
}

func (s *activityScreen) keepTemplate(name string, a record.Activity) {
	s.d.work("正在保存", func(ctx context.Context, _ func(int, int)) error {
		return s.d.db.SaveTemplate(ctx, record.TemplateOf(name, a))
	}, func(err error) {
		if err != nil {
			s.d.trouble(err)
			return
		}
		s.d.notice(widgets.Good, "已存为模板："+name)
	})
}

// proposalLines are the key dates that come near without an activity, for the
// start page.
func (d *Desk) proposalLines(list []record.Proposal) []dueLine {
	var lines []dueLine
	for _, p := range list {
		lines = append(lines, dueLine{
			what: "安排 " + p.Name, detail: fmt.Sprintf("还有 %d 天，还没有安排活动", p.Days), until: string(p.Day), tone: widgets.Normal,
			open: func() {
				if !d.may(record.RightWrite) {
					return
				}
				d.open(doorActivities, place{})
				if s, ok := d.screens[doorActivities].(*activityScreen); ok && s.form == nil {
					s.planFrom(planFor(p))
				}
			},
		})
	}
	return lines
}
