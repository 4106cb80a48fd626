package app

import (
	"fmt"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// write puts an activity into the fields.
func (f *activityForm) write(a record.Activity) {
	c := &f.c
	c.title.SetValue(a.Title)
	c.kind.SetValue(a.Kind)
	c.line.SetValue(a.Line)
	f.subOptions(a.Line)
	c.sub.SetValue(a.Sub)
	day := a.Start.Day()
	if day == "" {
		day = f.d.today()
	}
	c.day.SetValue(string(day))
	if a.Start.Valid() && a.End.Valid() {
		c.start.SetValue(a.Start.Clock())
		c.end.SetValue(a.End.Clock())
		c.nextDay.SetValue(a.End.Day() > a.Start.Day())
	}
	f.setNumber(c.pause, a.Break)
	f.setNumber(c.served, a.Served)
	f.setNumber(c.guests, a.Guests)
	c.place.SetValue(a.Place)
	c.village.SetChosen(villageChoice(a.Village, ""))
	for _, t := range f.s.teams {
		if a.Team != "" && t.ID == a.Team {
			c.team.SetChosen(widgets.Choice{Key: string(t.ID), Text: t.Name})
		}
	}
	f.setLeader(a)
	c.brand.SetValue(string(a.Brand))
	c.spirit.SetValue(a.Spirit)
	c.urgent.SetValue(a.Urgent)
	c.content.SetValue(a.Content)
	c.lateReason.SetValue(a.LateReason)
	c.planned.SetValue(a.State == record.ActivityPlanned)
}

func (f *activityForm) setNumber(e *widgets.NumberEntry, n int) {
	if n == 0 {
		e.Clear()
		return
	}
	e.SetValue(n)
}

func (f *activityForm) setLeader(a record.Activity) {
	if p, has := f.d.db.Person(a.Leader); has {
		f.c.leader.SetChosen(personChoice(p))
		return
	}
	f.c.leader.SetChosen(widgets.Choice{Text: a.LeaderName})
}

// read makes an activity of the fields.
func (f *activityForm) read() record.Activity {
	c, a := &f.c, f.before
	a.Title, a.Kind, a.Line, a.Sub = c.title.Value(), c.kind.Value(), c.line.Value(), c.sub.Value()
	a.Start, a.End = f.moments()
	a.Break, _ = c.pause.Value()
	a.Served, _ = c.served.Value()
	a.Guests, _ = c.guests.Value()
	a.Place = c.place.Value()
	a.Village, _ = villageOf(c.village, f.street)
	a.Team = record.TeamID(c.team.Chosen().Key)
	leader := c.leader.Chosen()
	a.Leader, a.LeaderName = record.VolunteerID(leader.Key), ""
	if leader.Key == "" || leader.Text != c.leader.Value() {
		a.Leader, a.LeaderName = "", c.leader.Value()
	}
	a.Brand, a.Spirit, a.Urgent = record.BrandID(c.brand.Value()), c.spirit.Value(), c.urgent.Checked
	a.Content = c.content.Value()
	a.LateReason = ""
	if c.lateField.Visible() {
		a.LateReason = c.lateReason.Value()
	}
	switch {
	case c.planned.Checked:
		a.State = record.ActivityPlanned
	case a.State == record.ActivityPlanned:
		a.State = record.ActivityDone
	}
	return a
}

// moments are start and end as typed; what is not typed yet is "".
func (f *activityForm) moments() (start, end record.Moment) {
	c := &f.c
	day := record.Day(c.day.Value())
	if day == "" {
		return "", ""
	}
	if at := c.start.Value(); at != "" {
		start = record.Moment(string(day) + "T" + at)
	}
	if at := c.end.Value(); at != "" {
		if c.nextDay.Checked {
			day = day.AddDays(1)
		}
		end = record.Moment(string(day) + "T" + at)
	}
	return start, end
}

// follows shows what follows from the fields: the length, what counts, whether
// the record comes late.
func (f *activityForm) follows() {
	c, a := &f.c, f.read()
	switch length := a.Start.MinutesTo(a.End); {
	case !a.Start.Valid() || !a.End.Valid() || length <= 0 || length > record.DayMost || a.Break >= length:
		c.length.Say("", "", widgets.Accent)
	case a.Length() > record.DayLimit:
		c.length.Say(hoursWords(a.Length())+"，超过 8 小时", hoursWords(a.Length()), widgets.Warn)
	default:
		c.length.Say(spanText(a), hoursWords(a.Length()), widgets.Accent)
	}
	f.timesJudged(a)
	c.kindField.SetHint(kindHint(a.Kind))
	f.lateShown(a)
	f.people.refresh()
}

// timesJudged says beside the field what is wrong with the times, once both are
// typed.
func (f *activityForm) timesJudged(a record.Activity) {
	field := f.form.fields["end"]
	field.SetError("")
	f.form.fields["break"].SetError("")
	if !f.c.end.Valid() || !a.Start.Valid() || !a.End.Valid() {
		return
	}
	switch length := a.Start.MinutesTo(a.End); {
	case length <= 0:
		field.SetError(say.Say(record.CodeEndBeforeStart).What)
	case length > record.DayMost:
		field.SetError(say.Say(record.CodeTooLongActivity).What)
	case a.Break >= length:
		f.form.fields["break"].SetError(say.Say(record.CodeBreakTooLong).What)
	}
}

// timesShort says the errors of the times in fewer words, for their fields are
// short; errors of other kinds stay.
func (f *activityForm) timesShort(a record.Activity) {
	if a.Start.Valid() && a.End.Valid() && a.Start.MinutesTo(a.End) <= 0 || a.Start.MinutesTo(a.End) > record.DayMost {
		f.timesJudged(a)
	}
}

// kindHint says what counts as service time (Decree 67, articles 8 and 19).
func kindHint(kind string) string {
	switch {
	case record.Counting(kind):
		return "计入志愿服务时长"
	case kind == record.KindTraining:
		return "计入培训时长，不计服务时长"
	case kind == "":
		return ""
	}
	return "不是志愿服务，不登记时长"
}

// lateShown asks for the reason when the ten working days are over.
func (f *activityForm) lateShown(a record.Activity) {
	c := &f.c
	late, deadline := false, record.Day("")
	if a.End.Valid() && a.State != record.ActivityPlanned {
		deadline = f.s.calendar.Deadline(a.End.Day())
		recorded := a.Recorded
		if recorded == "" {
			recorded = f.d.today()
		}
		late = recorded > deadline
	}
	if late {
		c.lateField.Show()
		c.lateField.SetHint(fmt.Sprintf("应在 %s 前登记，已超过 10 个工作日，会标为超期记录", deadline.Chinese()))
	} else {
		c.lateField.Hide()
	}
	hint := ""
	if a.End.Valid() && !late && a.Recorded == "" && a.State != record.ActivityPlanned {
		hint = "最晚 " + deadline.Chinese() + "登记"
	}
	c.dayItem.SetHint(hint)
	f.form.content.Refresh()
}

func (f *activityForm) subOptions(line string) {
	table := record.SubLines()
	if line != "" {
		table = record.SubLinesOf(line)
	}
	f.c.sub.SetOptions(tableChoices(table))
}

func (f *activityForm) lineChosen(line string) { f.subOptions(line) }

// subChosen fills the line that a kind of work belongs to.
func (f *activityForm) subChosen(x widgets.Choice) {
	if len(x.Key) > 1 && f.c.line.Value() == "" {
		f.c.line.SetValue(x.Key[:1])
		f.form.fields["line"].SetError("")
	}
}

func (f *activityForm) dayChosen() {
	f.people.fill(record.TeamID(f.c.team.Chosen().Key))
	f.follows()
}

// teamChosen brings the members, all of them ticked, and the captain as leader.
func (f *activityForm) teamChosen(id record.TeamID) {
	f.people.fill(id)
	if captain := f.people.captain(); captain != "" && f.c.leader.Value() == "" {
		f.setLeader(record.Activity{Leader: captain})
	}
	f.follows()
}
