package app

import (
	"context"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// enlist makes a volunteer of somebody whom the station serves: the day of the
// agreement is all that is asked (Decree 67, article 6).
func (d *Desk) enlist(x store.Person) {
	day := d.dateField()
	day.SetValue(string(d.today()))
	day.Max = string(d.today())
	field := widgets.NewField("同意日期", day)
	field.Required = true
	widgets.ShowForm(d.win.Canvas(), widgets.FormDialog{
		Title:   "把 " + x.Name + " 登记为志愿者",
		Content: stack(8, text("本人已在纸质登记表上签字同意后再确认。", widgets.Muted), field), OK: "登记",
		OnOK: func() bool {
			if day.Value() == "" {
				field.SetError("请填写同意日期")
				return false
			}
			d.saveEnlisted(x, record.Day(day.Value()))
			return true
		},
	})
}

func (d *Desk) saveEnlisted(x store.Person, day record.Day) {
	d.work("正在登记", func(ctx context.Context, _ func(int, int)) error {
		v, err := d.db.Volunteer(ctx, x.ID)
		if err != nil {
			return err
		}
		v.Serving, v.Joined = true, day
		v.Agreement = record.Agreement{Date: day, Version: record.AgreementVersion, Way: wayPaper}
		_, err = d.db.UpdateVolunteer(ctx, v)
		return err
	}, func(err error) {
		if err != nil {
			d.trouble(err)
			return
		}
		d.notice(widgets.Good, x.Name+" 已登记为志愿者。")
		d.changed()
	})
}

// The ways of agreeing, by the words of record.Agreement.
const (
	wayPaper  = "paper"
	wayOral   = "oral"
	wayImport = "import"
)

func wayChoices() []widgets.Choice {
	return []widgets.Choice{{Key: wayPaper, Text: "纸质签字"}, {Key: wayOral, Text: "口头同意"}, {Key: wayImport, Text: "随花名册导入"}}
}
