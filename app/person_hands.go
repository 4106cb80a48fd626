package app

import (
	"context"
	"strings"
	"time"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// unmaskedFor is how long a whole number stays on the screen.
const unmaskedFor = 30 * time.Second

// may reports whether whoever is logged in has a right. The store asks again.
func (d *Desk) may(right record.Right) bool {
	_, role := d.db.Account()
	return role.May(right)
}

// mayDecide reports whether somebody may see and bring back sealed people.
func (d *Desk) mayDecide() bool { return d.may(record.RightConfirm) || d.may(record.RightManage) }

// expire masks the numbers again.
func (c *personCard) expire(now time.Duration) {
	if c.open && now-c.since >= unmaskedFor {
		c.open = false
		c.show(c.p.current())
	}
}

// deed is something that may be done with a person beside editing.
type deed struct {
	text string
	do   func()
}

// deeds are those that the role may do.
func (c *personCard) deeds() []deed {
	v := c.v
	var out []deed
	if c.d.may(record.RightWrite) {
		out = append(out, deed{"改状态：暂停、迁出、退出、去世", func() { c.d.askStatus(v) }}, deed{"记单独同意", func() { c.d.askConsent(v) }})
		for _, one := range c.consents {
			if one.Holds(c.d.today()) {
				out = append(out, deed{"撤回同意：" + record.Purposes().NameOf(one.Purpose), func() { c.d.askEndConsent(v, one) }})
			}
		}
		out = append(out, c.recordDeeds()...)
		out = append(out, deed{"封存", func() { c.d.askSeal(v) }})
	}
	if c.d.may(record.RightWrite) && v.Serving {
		out = append(out, deed{"受理记录证明申请", func() { c.d.askCertificate(v) }})
	}
	out = append(out, c.d.personPapers(v)...)
	if c.d.may(record.RightUnmask) && c.d.cfg.Opener != nil {
		out = append(out, deed{"打印本人信息查询单", func() { c.d.askPersonPaper(v) }})
	}
	return out
}

// askDeed chooses one of them by keyboard.
func (c *personCard) askDeed() {
	deeds := c.deeds()
	if c.v.ID != c.id || len(deeds) == 0 {
		return
	}
	c.d.askWhich("为 "+c.v.Name+" 办理", "办什么", deeds)
}

// askReason asks for one thing that the log must explain.
func (d *Desk) askReason(q reasonQuestion, then func(reason string)) {
	reason := widgets.NewChoiceEntry(widgets.Choices(q.usual...), matchChoice)
	reason.Free = true
	field := widgets.NewField("事由", reason)
	field.Required = true
	why := widgets.NewParagraph(q.text, widgets.Muted)
	why.Width = 440
	widgets.ShowForm(d.win.Canvas(), widgets.FormDialog{
		Title: q.title, Content: stack(12, why, field), OK: q.ok, Width: 440,
		OnOK: func() bool {
			said := strings.TrimSpace(reason.Text)
			if said == "" {
				wrong(field, "请填写事由")
				return false
			}
			then(said)
			return true
		},
	})
}

// reasonQuestion is what askReason shows; usual are reasons to pick from.
type reasonQuestion struct {
	title, text, ok string
	usual           []string
}

// askStatus sets what has become of somebody, and since when.
func (d *Desk) askStatus(v record.Volunteer) {
	status, since := tableField(liveStatuses()), d.dateField()
	status.SetValue(string(v.Status))
	since.SetValue(string(d.today()))
	since.Max = string(d.today())
	fields := map[string]*widgets.Field{"status": widgets.NewField("状态", status), "status_since": widgets.NewField("从哪天起", since)}
	hint := widgets.NewParagraph("除“在册”和“暂停”外，都不再算在册志愿者；以前的服务时长照样保留。", widgets.Muted)
	hint.Width = 420
	widgets.ShowForm(d.win.Canvas(), widgets.FormDialog{
		Title: v.Name + " 的状态", Content: stack(12, hint, widgets.NewForm(1, fields["status"], fields["status_since"])), OK: "保存", Width: 420,
		OnOK: func() bool {
			if status.Value() == "" || since.Value() == "" {
				fields["status_since"].SetError("状态和日期都要填")
				return false
			}
			after := record.Status(status.Value())
			d.act("正在保存", v.Name+" 的状态已改为“"+record.Statuses().NameOf(string(after))+"”。", func(ctx context.Context) error {
				now, err := d.db.Volunteer(ctx, v.ID)
				if err != nil {
					return err
				}
				now.Status, now.StatusSince = after, record.Day(since.Value())
				_, err = d.db.UpdateVolunteer(ctx, now)
				return err
			})
			return true
		},
	})
}

// askSeal takes somebody out of the lists.
func (d *Desk) askSeal(v record.Volunteer) {
	d.askReason(reasonQuestion{
		title: "封存 " + v.Name, ok: "封存", usual: []string{"本人撤回同意", "重复登记", "登记有误"},
		text: "封存以后，名单、查找和报表里都不再有这个人，已经记下的时长数字不变。资料还在，站长和管理员可以恢复；也可以马上按 Ctrl+Z 撤销。",
	}, func(reason string) {
		d.act("正在封存", "已封存 "+v.Name+"。在“设置 · 封存”里可以恢复。", func(ctx context.Context) error {
			return d.db.SealVolunteer(ctx, v.ID, reason)
		})
	})
}

// act does one change off the painting goroutine and says that it is done.
func (d *Desk) act(title, done string, f func(context.Context) error) {
	d.work(title, func(ctx context.Context, _ func(int, int)) error { return f(ctx) }, func(err error) {
		if err != nil {
			d.trouble(err)
			return
		}
		d.notice(widgets.Good, done)
		d.changed()
	})
}

// unmaskQuestion is the question before whole numbers are shown.
func unmaskQuestion(name string) reasonQuestion {
	return reasonQuestion{
		title: "显示 " + name + " 的完整号码", ok: "显示", usual: []string{"联系本人", "核对身份", "办理证明", "应急需要"},
		text: "显示 30 秒。查看的人、时间和事由会记入审计日志。",
	}
}

// purgeDay is the first day on which a sealed person may be purged.
func purgeDay(since record.Day) record.Day {
	if !since.Valid() {
		return ""
	}
	return record.DayOf(since.Time().AddDate(store.Retention, 0, 0))
}
