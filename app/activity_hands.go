package app

import (
	"context"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// add opens an empty form.
func (s *activityScreen) add() {
	if s.form == nil && s.d.may(record.RightWrite) {
		s.openForm(newActivityForm(s, blankActivity()), s.d.drafts.waiting(draftActivity))
	}
}

// copy opens a form filled like the selected activity, to be held today; what is
// counted and what belongs to that one day is left out.
func (s *activityScreen) copy() {
	r, ok := s.current()
	if !ok || s.form != nil {
		return
	}
	a := r.a
	today := string(s.d.today())
	days := 0
	if a.End.Day() > a.Start.Day() {
		days = 1
	}
	b := record.Activity{
		Title: a.Title, Kind: a.Kind, Line: a.Line, Sub: a.Sub, Break: a.Break, Place: a.Place, Village: a.Village, Team: a.Team,
		Brand: a.Brand, Leader: a.Leader, LeaderName: a.LeaderName, Content: a.Content, Spirit: a.Spirit, State: record.ActivityDone,
		Start: record.Moment(today + "T" + a.Start.Clock()),
		End:   record.Moment(string(s.d.today().AddDays(days)) + "T" + a.End.Clock()),
	}
	var who attendance
	s.d.work("正在读取活动", func(ctx context.Context, _ func(int, int)) (err error) {
		who, err = s.d.attendance(ctx, a.ID)
		return err
	}, func(err error) {
		if err != nil {
			s.d.trouble(err)
			return
		}
		f := newActivityForm(s, b)
		for _, p := range who.present { // who came from outside the team last time
			f.people.add(p.Volunteer)
		}
		s.openForm(f, s.d.drafts.fresh(draftActivity))
	})
}

// edit reads an activity and opens the form.
func (s *activityScreen) edit(id record.ActivityID) {
	if !s.d.may(record.RightWrite) {
		return
	}
	var a record.Activity
	var who attendance
	var sheet record.Sheet
	s.d.work("正在读取活动", func(ctx context.Context, _ func(int, int)) (err error) {
		if a, err = s.d.db.Activity(ctx, id); err != nil {
			return err
		}
		if sheet, _, err = s.d.db.SheetOf(ctx, id); err != nil {
			return err
		}
		who, err = s.d.attendance(ctx, id)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			s.d.trouble(err)
		case a.State == record.ActivityLocked:
			s.d.trouble(record.Fail(record.CodeMonthLocked))
		default:
			f := newActivityForm(s, a)
			if sheet.Number != "" && !a.Held() {
				f.people.useSheet(sheet)
			}
			f.people.setRecorded(who.present)
			s.openForm(f, draftActivity+string(id))
		}
	})
}

func (s *activityScreen) openForm(f *activityForm, name string) {
	s.form = f
	s.setContent(f.form.content)
	f.start()
	if d, waits := s.d.drafts.open(name, f.form); waits {
		s.d.drafts.pick(f.form, d, func() {
			s.closeForm()
			if f.before.Version > 0 {
				s.edit(f.before.ID)
				return
			}
			s.openForm(newActivityForm(s, blankActivity()), name)
		})
	}
}

// saved shows the activity that was written, in the list.
func (s *activityScreen) saved(id record.ActivityID, tone widgets.Tone, text string) {
	if s.form != nil {
		s.d.drafts.forget(s.form.form)
	}
	s.closeForm()
	s.d.notice(tone, text)
	s.wanted = id
	s.d.changed()
	if s.d.door == doorActivities {
		s.choose(id)
	}
}

// confirm sets an activity from done to confirmed.
func (s *activityScreen) confirm(a record.Activity) {
	a.State = record.ActivityConfirmed
	s.change(a, "已确认："+a.Title)
}

// callOff asks before a planned activity is cancelled.
func (s *activityScreen) callOff(a record.Activity) {
	widgets.ShowConfirm(s.d.win.Canvas(), widgets.Question{
		Title: "取消活动", Text: "“" + a.Title + "”没有举行，要取消吗？记录会留在列表里。", Yes: "取消活动", No: "返回", Danger: true,
	}, func(yes bool) {
		if yes {
			a.State = record.ActivityCancelled
			s.change(a, "已取消："+a.Title)
		}
	})
}

func (s *activityScreen) change(a record.Activity, said string) {
	s.d.work("正在保存", func(ctx context.Context, _ func(int, int)) error {
		_, err := s.d.db.UpdateActivity(ctx, a)
		return err
	}, func(err error) {
		if err != nil {
			s.d.trouble(err)
			return
		}
		s.saved(a.ID, widgets.Good, said)
	})
}
