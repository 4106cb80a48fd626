package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// focus puts the cursor into the field that adds people.
func (p *attendees) focus() { p.d.win.Canvas().Focus(p.picker) }

func (p *attendees) hasFocus() bool {
	f := p.d.win.Canvas().Focused()
	return f == fyne.Focusable(p.picker) || f == fyne.Focusable(p.grid)
}

// toGrid goes from the empty field down into the list.
func (p *attendees) toGrid(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyDown || p.picker.Value() != "" || len(p.rows) == 0 {
		return false
	}
	if _, ok := p.grid.Selected(); !ok {
		p.grid.Select(0)
	}
	p.d.win.Canvas().Focus(p.grid)
	return true
}

func (p *attendees) at(id record.VolunteerID) int {
	return slices.IndexFunc(p.rows, func(x attendee) bool { return x.id == id })
}

// picked adds somebody whom the field found; somebody who stands there already
// is said to.
func (p *attendees) picked(c widgets.Choice) {
	if c.Key == "" {
		return
	}
	if p.taken(c.Key) {
		return
	}
	id := record.VolunteerID(c.Key)
	if i := p.at(id); i >= 0 && p.rows[i].in {
		p.field.SetError(c.Text + " 已经在名单里；" + say.Say(record.CodeTwiceInActivity).What)
		p.grid.Select(i)
		return
	}
	p.field.SetError("")
	p.add(id)
	p.grid.Select(p.at(id))
}

// add ticks somebody, who is put on the list when missing.
func (p *attendees) add(id record.VolunteerID) {
	if i := p.at(id); i >= 0 {
		p.rows[i].in = true
	} else {
		p.rows = append(p.rows, p.person(id))
	}
	p.show()
}

// captain is the captain of the team on the list.
func (p *attendees) captain() record.VolunteerID {
	for _, x := range p.rows {
		if x.role == roleCaptain {
			return x.id
		}
	}
	return ""
}

// marked follows Space: absent or present; what was recorded is taken back with
// a reason only.
func (p *attendees) marked(row int, on bool) {
	if p.rows[row].entry != "" {
		p.show() // the tick stays until the correction is written
		p.correct(row, 0)
		return
	}
	p.rows[row].in = on
	p.refresh()
}

// opened follows Enter.
func (p *attendees) opened(row int) {
	if p.rows[row].entry != "" {
		p.correct(row, p.rows[row].minutes)
		return
	}
	p.askMinutes(row, "")
}

// rune begins the minutes with a digit; a letter goes to the field that adds.
func (p *attendees) rune(r rune) {
	row, ok := p.grid.Selected()
	if r >= '0' && r <= '9' && ok {
		if p.rows[row].entry == "" {
			p.askMinutes(row, string(r))
		}
		return
	}
	if p.d.typed(r) {
		return
	}
	p.focus()
	p.picker.TypedRune(r)
}

// askMinutes sets one person's own time; an empty field is the whole activity.
func (p *attendees) askMinutes(row int, begun string) {
	x := p.rows[row]
	minutes := widgets.NewNumberEntry(1, record.DayMost)
	if x.minutes > 0 {
		minutes.SetValue(x.minutes)
	}
	field := widgets.NewField("分钟", minutes)
	field.SetHint(fmt.Sprintf("空着就是整场，%d 分钟", p.f.read().Length()))
	widgets.ShowForm(p.d.win.Canvas(), widgets.FormDialog{
		Title: x.name + " 的时长", Content: field,
		OnOK: func() bool {
			n, ok := minutes.Value()
			if code, is := p.coded(minutes.Text); is { // a scanner typed into the list
				p.taken(code.Key)
				return true
			}
			if !ok && minutes.Text != "" {
				field.Focus()
				return false
			}
			if a := p.f.read(); a.Start.Valid() && a.End.Valid() && n > a.Start.MinutesTo(a.End) {
				wrong(field, say.Say(record.CodeMinutesRange, fmt.Sprint(a.Start.MinutesTo(a.End))).What)
				return false
			}
			p.rows[row].minutes, p.rows[row].in = n, true
			p.show()
			return true
		},
	})
	for _, r := range begun {
		minutes.TypedRune(r)
	}
}

// correct takes recorded time back, or puts another in its place, with a reason
// that stays in the record (Decree 67, article 13).
func (p *attendees) correct(row, minutes int) {
	x := p.rows[row]
	now := widgets.NewNumberEntry(0, record.DayMost)
	now.SetValue(minutes)
	reason := widgets.NewEntry("例如 提前离开，签到表有误")
	fields := []*widgets.Field{widgets.NewField("更正为", now), widgets.NewField("原因", reason)}
	fields[0].SetHint(fmt.Sprintf("分钟；原来 %d 分钟，0 是没有参加", x.minutes))
	fields[1].Required = true
	widgets.ShowForm(p.d.win.Canvas(), widgets.FormDialog{
		Title: "更正 " + x.name + " 的时长", OK: "更正", Width: 420,
		Content: stack(8, text("原来的时长不会抹去，更正和原因一并留下。", widgets.Muted), widgets.NewForm(1, fields[0], fields[1])),
		OnOK: func() bool {
			n, ok := now.Value()
			why := strings.TrimSpace(reason.Text)
			switch {
			case !ok:
				wrong(fields[0], "请填分钟数")
			case n == x.minutes:
				wrong(fields[0], "和原来一样")
			case why == "":
				wrong(fields[1], say.Say(record.CodeReasonRequired).What)
			default:
				p.writeCorrection(x, n, why)
				return true
			}
			return false
		},
	})
}

// wrong says what is wrong with a field of a dialog and goes there.
func wrong(field *widgets.Field, text string) {
	field.SetError(text)
	field.Focus()
}

func (p *attendees) writeCorrection(x attendee, minutes int, reason string) {
	var who attendance
	asked := false
	p.d.work("正在更正", func(ctx context.Context, _ func(int, int)) (err error) {
		if asked, err = p.d.correctOrAsk(ctx, record.Correction{Entry: x.entry, Minutes: minutes, Reason: reason}); err != nil {
			return err
		}
		who, err = p.d.attendance(ctx, p.f.before.ID)
		return err
	}, func(err error) {
		if err != nil {
			p.d.trouble(err)
			return
		}
		p.setRecorded(who.present)
		if asked {
			p.d.notice(widgets.Warn, "已申请更正，等站长批准；时长还没有变："+x.name)
			p.d.changed()
			return
		}
		p.d.notice(widgets.Good, fmt.Sprintf("已更正：%s，%d 分钟 → %d 分钟", x.name, x.minutes, minutes))
		p.d.changed()
	})
}
