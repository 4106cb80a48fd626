package app

import (
	"context"
	"math"
	"strconv"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// recordForm is the dialog of a record that hangs on a person.
type recordForm struct {
	d      *Desk
	fields map[string]*widgets.Field
	rows   *fyne.Container
	dialog *widgets.Dialog
}

func (d *Desk) newRecordForm() *recordForm {
	return &recordForm{d: d, fields: map[string]*widgets.Field{}, rows: widgets.NewForm(1)}
}

func (f *recordForm) add(name string, field *widgets.Field) *widgets.Field {
	f.fields[name] = field
	f.rows.Add(field)
	return field
}

// right shows findings beside their fields; true when there are none.
func (f *recordForm) right(found record.Problems) bool {
	for _, field := range f.fields {
		field.SetError("")
	}
	found = found.Errors()
	return (&form{d: f.d, fields: f.fields}).placeAll(found) && len(found) == 0
}

// show opens the dialog; ask checks what was typed and gives the change.
func (f *recordForm) show(title, ok, done string, ask func() (func(context.Context) error, record.Problems)) {
	f.dialog = widgets.ShowForm(f.d.win.Canvas(), widgets.FormDialog{
		Title: title, Content: f.rows, OK: ok, Width: 460,
		OnOK: func() bool {
			change, found := ask()
			if !f.right(found) {
				return false
			}
			f.d.act("正在保存", done, change)
			return true
		},
	})
}

// askTraining records a training or changes one.
func (d *Desk) askTraining(v record.Volunteer, one record.Training) {
	f := d.newRecordForm()
	title, host, hours, note := widgets.NewEntry("例如 应急救护初级班"), widgets.NewEntry(""), widgets.NewEntry("例如 7.5"), widgets.NewEntry("")
	day, result := d.dateField(), tableField(record.TrainingResults())
	gone := widgets.NewCheck("这条记错了，撤掉", nil)
	f.add("title", widgets.NewField("培训内容", title)).Required = true
	f.add("day", widgets.NewField("日期", day)).Required = true
	f.add("minutes", widgets.NewField("时长（小时）", hours))
	f.add("host", widgets.NewField("主办单位", host))
	f.add("result", widgets.NewField("结果", result))
	f.add("note", widgets.NewField("备注", note))
	if one.Version > 0 {
		f.add("withdrawn", widgets.NewField("", gone))
	}
	title.SetValue(one.Title)
	day.SetValue(string(one.Day))
	host.SetValue(one.Host)
	result.SetValue(one.Result)
	note.SetValue(one.Note)
	if one.Minutes > 0 {
		hours.SetValue(strconv.FormatFloat(float64(one.Minutes)/60, 'f', -1, 64))
	}
	f.show(v.Name+" 的培训", "记下", "已记下 "+v.Name+" 的培训。", func() (func(context.Context) error, record.Problems) {
		after := one
		after.Title, after.Day, after.Host, after.Result, after.Note = title.Value(), dayOf(day), host.Value(), result.Value(), note.Value()
		after.Minutes, after.Withdrawn = minutesOfHours(hours.Value()), gone.Checked
		return func(ctx context.Context) error {
			if one.Version > 0 {
				return unchangedIsFine(d.db.UpdateTraining(ctx, after))
			}
			_, err := d.db.RecordTraining(ctx, after)
			return err
		}, after.Check(d.today())
	})
}

// askHonour records an honour or changes one.
func (d *Desk) askHonour(v record.Volunteer, one record.Honour) {
	f := d.newRecordForm()
	title, document, issuer, note := widgets.NewEntry(""), widgets.NewEntry("没有就空着"), widgets.NewEntry(""), widgets.NewEntry("")
	day, level := d.dateField(), tableField(record.HonourLevels())
	gone := widgets.NewCheck("这条记错了，撤掉", nil)
	f.add("title", widgets.NewField("荣誉名称", title)).Required = true
	f.add("level", widgets.NewField("级别", level)).Required = true
	f.add("issuer", widgets.NewField("颁发单位", issuer)).Required = true
	f.add("document", widgets.NewField("文号", document))
	f.add("day", widgets.NewField("授予日期", day)).Required = true
	f.add("note", widgets.NewField("备注", note))
	if one.Version > 0 {
		f.add("withdrawn", widgets.NewField("", gone))
	}
	title.SetValue(one.Title)
	level.SetValue(one.Level)
	issuer.SetValue(one.Issuer)
	document.SetValue(one.Document)
	day.SetValue(string(one.Day))
	note.SetValue(one.Note)
	f.show(v.Name+" 的荣誉", "记下", "已记下 "+v.Name+" 的荣誉。", func() (func(context.Context) error, record.Problems) {
		after := one
		after.Title, after.Level, after.Issuer, after.Document = title.Value(), level.Value(), issuer.Value(), document.Value()
		after.Day, after.Note, after.Withdrawn = dayOf(day), note.Value(), gone.Checked
		return func(ctx context.Context) error {
			if one.Version > 0 {
				return unchangedIsFine(d.db.UpdateHonour(ctx, after))
			}
			_, err := d.db.RecordHonour(ctx, after)
			return err
		}, after.Check(d.today())
	})
}

// askMove asks for a move out, or records that somebody came.
func (d *Desk) askMove(v record.Volunteer, way string) {
	f := d.newRecordForm()
	station, name, reason, epoch := widgets.NewEntry("9 位或 12 位"), widgets.NewEntry(""), widgets.NewEntry("例如 搬家"), widgets.NewEntry("转移单上有就填")
	day := d.dateField()
	day.SetValue(string(d.today()))
	day.Max = string(d.today())
	f.add("station", widgets.NewField("对方服务站编码", station)).Required = true
	f.add("station_name", widgets.NewField("对方服务站", name))
	title, ok, done := v.Name+" 转出", "申请", "已记下 "+v.Name+" 的转出申请。对方接收以前仍在本站。"
	if way == record.TransferOut {
		f.add("reason", widgets.NewField("原因", reason)).Required = true
	} else {
		title, ok, done = v.Name+" 转入", "记下", v.Name+" 已转入，从那天起算本站的人。"
		f.add("day", widgets.NewField("从哪天起", day)).Required = true
		f.add("epoch", widgets.NewField("归属号", epoch))
	}
	f.show(title, ok, done, func() (func(context.Context) error, record.Problems) {
		one := record.Transfer{
			Volunteer: v.ID, Way: way, State: record.TransferAsked, Station: record.StationCode(station.Value()), StationName: name.Value(),
			Reason: reason.Value(), Asked: d.today(), Day: dayOf(day), Epoch: 1,
		}
		found := one.Check(d.stationCode(), d.today())
		if way == record.TransferOut && one.Reason == "" {
			found.Add(record.LevelError, "reason", record.CodeReasonRequired)
		}
		number, err := strconv.ParseInt("0"+epoch.Value(), 10, 32)
		if err != nil {
			found.Add(record.LevelError, "epoch", record.CodeEpochOld)
		}
		return func(ctx context.Context) (err error) {
			one.Epoch = number
			if way == record.TransferOut {
				_, err = d.db.AskTransfer(ctx, one)
			} else {
				_, err = d.db.ReceiveTransfer(ctx, one)
			}
			return err
		}, found
	})
}

// stationCode is this station's code, "" where it cannot be read.
func (d *Desk) stationCode() record.StationCode {
	station, err := d.db.Station(d.ctx)
	if err != nil {
		return ""
	}
	return station.Code
}

// askMoved ends a move out on the day on which the other station took over.
func (d *Desk) askMoved(v record.Volunteer, one record.Transfer) {
	f := d.newRecordForm()
	day := d.dateField()
	day.SetValue(string(d.today()))
	day.Max = string(d.today())
	f.add("day", widgets.NewField("从哪天起算对方的", day)).Required = true
	f.show(v.Name+" 转出办结", "办结", v.Name+" 已转出；以前的时长和记录都留着。", func() (func(context.Context) error, record.Problems) {
		var found record.Problems
		if dayOf(day) == "" {
			found.Add(record.LevelError, "day", record.CodeRequired)
		}
		return func(ctx context.Context) error { return d.db.CompleteTransfer(ctx, one.ID, dayOf(day)) }, found
	})
}

func (d *Desk) cancelMove(v record.Volunteer, one record.Transfer) {
	d.act("正在保存", "已取消 "+v.Name+" 的转出申请。", func(ctx context.Context) error { return d.db.CancelTransfer(ctx, one.ID) })
}

// dayOf is the day of a field; text that is no date is kept, so that the check
// refuses it.
func dayOf(e *widgets.DateEntry) record.Day {
	if !e.Valid() {
		return record.Day(e.Text)
	}
	return record.Day(e.Value())
}

// minutesOfHours reads hours with a fraction; what is no number is a number that
// the check refuses.
func minutesOfHours(typed string) int {
	if typed == "" {
		return 0
	}
	hours, err := strconv.ParseFloat(record.Narrow(typed), 64)
	if err != nil || math.IsNaN(hours) || math.Abs(hours) > 1e6 {
		return -1
	}
	return int(math.Round(hours * 60))
}

// unchangedIsFine takes a save that changes nothing for done.
func unchangedIsFine(err error) error {
	if record.CodeOf(err) == record.CodeNothingToDo {
		return nil
	}
	return err
}
