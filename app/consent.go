package app

import (
	"context"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// wayText is how an agreement was given.
func wayText(way string) string {
	for _, c := range wayChoices() {
		if c.Key == way {
			return c.Text
		}
	}
	return way
}

// agreementRows are what somebody was told and has agreed to.
func (c *personCard) agreementRows(v record.Volunteer) []widgets.CardRow {
	rows := []widgets.CardRow{{Value: "告知与同意"}}
	if v.Serving {
		rows = append(rows, agreementRow("登记同意", v.Agreement))
	}
	rows = append(rows, agreementRow("信息告知", v.Notice))
	for _, one := range c.consents {
		row := widgets.CardRow{Label: "单独同意", Value: record.Purposes().NameOf(one.Purpose) + "，" + one.Given.Chinese() + "起"}
		if !one.Holds(c.d.today()) {
			row.Value, row.Tone = record.Purposes().NameOf(one.Purpose)+"，"+one.Ended.Chinese()+"撤回", widgets.Muted
		}
		rows = append(rows, row)
	}
	if len(c.deeds()) > 0 {
		rows = append(rows, widgets.CardRow{Label: " ", Value: "办理其他事项（Ctrl+M）", Tone: widgets.Accent, OnTap: c.askDeed})
	}
	return rows
}

func agreementRow(label string, a record.Agreement) widgets.CardRow {
	if a.Date == "" {
		return widgets.CardRow{Label: label, Value: "没有记", Tone: widgets.Muted}
	}
	text := a.Date.Chinese()
	if a.Way != "" {
		text += " · " + wayText(a.Way)
	}
	return widgets.CardRow{Label: label, Value: text}
}

// askConsent records a consent to one voluntary extra.
func (d *Desk) askConsent(v record.Volunteer) {
	purpose, way := tableField(record.Purposes()), widgets.NewChoiceEntry(wayChoices()[:2], matchChoice)
	given, version := d.dateField(), widgets.NewEntry("")
	given.SetValue(string(d.today()))
	given.Max = string(d.today())
	version.SetValue(record.AgreementVersion)
	way.SetValue(wayPaper)
	fields := map[string]*widgets.Field{
		"purpose": widgets.NewField("用途", purpose), "given": widgets.NewField("同意日期", given),
		"form": widgets.NewField("同意书版本", version), "way": widgets.NewField("方式", way),
	}
	form := widgets.NewForm(1)
	for _, name := range []string{"purpose", "given", "form", "way"} {
		fields[name].Required = true
		form.Add(fields[name])
	}
	var dialog *widgets.Dialog
	dialog = widgets.ShowForm(d.win.Canvas(), widgets.FormDialog{
		Title: v.Name + " 的单独同意", Content: form, OK: "记下", Width: 440,
		OnOK: func() bool {
			c := record.Consent{Volunteer: v.ID, Purpose: purpose.Value(), Given: record.Day(given.Value()), Form: version.Value(), Way: way.Value()}
			d.giveConsent(c, fields, func() {
				dialog.Close()
				d.notice(widgets.Good, "已记下 "+v.Name+" 的同意："+record.Purposes().NameOf(c.Purpose)+"。")
				d.changed()
			})
			return false // the answer of the store closes it
		},
	})
}

// giveConsent writes a consent unless one to the same purpose holds: to end it
// later must end the use.
func (d *Desk) giveConsent(c record.Consent, fields map[string]*widgets.Field, done func()) {
	d.work("正在保存", func(ctx context.Context, _ func(int, int)) error {
		all, err := d.db.Consents(ctx, c.Volunteer)
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.Purpose == c.Purpose && one.Holds(d.today()) {
				return record.FailField("purpose", record.CodeNothingToDo)
			}
		}
		_, err = d.db.GiveConsent(ctx, c)
		return err
	}, func(err error) {
		switch {
		case err == nil:
			done()
		case record.CodeOf(err) == record.CodeNothingToDo:
			wrong(fields["purpose"], "已经同意过，还有效")
		default:
			d.refuseIn(fields, err)
		}
	})
}

// askEndConsent ends one today.
func (d *Desk) askEndConsent(v record.Volunteer, c record.Consent) {
	name := record.Purposes().NameOf(c.Purpose)
	widgets.ShowConfirm(d.win.Canvas(), widgets.Question{
		Title: "撤回同意", Text: v.Name + " 撤回“" + name + "”的同意，从今天起不再这样用。", Yes: "撤回", No: "取消", Danger: true,
	}, func(yes bool) {
		if yes {
			d.act("正在保存", "已撤回："+name+"。", func(ctx context.Context) error { return d.db.EndConsent(ctx, c.ID) })
		}
	})
}
