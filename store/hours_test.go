package store_test

import (
	"slices"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

const testChief = "赵站长"

// chief adds the station's head; the clerk stays logged in.
func (w *world) chief() {
	w.t.Helper()
	if err := w.db.AddAccount(w.t.Context(), store.Account{Name: testChief, Role: record.RoleChief}, testPassword); err != nil {
		w.t.Fatal(err)
	}
}

// acting runs something with another account and goes back to the administrator.
func (w *world) acting(account string, do func()) {
	w.t.Helper()
	for _, name := range []string{account, testAdmin} {
		w.db.Lock()
		if err := w.db.Unlock(w.t.Context(), name, testPassword); err != nil {
			w.t.Fatal(err)
		}
		if name == account {
			do()
		}
	}
}

func (w *world) minutesOf(id record.VolunteerID) (counted, waiting int) {
	w.t.Helper()
	list, err := w.db.ParticipationsOf(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range list {
		counted, waiting = counted+p.Minutes, waiting+p.Waiting
	}
	return counted, waiting
}

func (w *world) log(a record.Activity, list ...record.Entry) record.ActivityID {
	w.t.Helper()
	id, _, err := w.db.LogActivity(w.t.Context(), a, list)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *world) waiting() []store.Reviewed {
	w.t.Helper()
	list, err := w.db.Reviews(w.t.Context(), store.ReviewFilter{Waiting: true})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func (w *world) verify() {
	w.t.Helper()
	if _, err := w.db.Verify(w.t.Context()); err != nil {
		w.t.Error(err)
	}
}

func wantCode(t *testing.T, err error, want record.Code) {
	t.Helper()
	if record.CodeOf(err) != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func onsite(id record.VolunteerID, minutes int) record.Entry {
	return record.Entry{Volunteer: id, Minutes: minutes, Source: record.SourceOnSite}
}

func TestWhatGoesOverALimitWaits(t *testing.T) {
	old := someone(3)
	old.IDNumber = "129999195001010008"
	for name, c := range map[string]struct {
		who  record.Volunteer
		do   func(w *world, id record.VolunteerID)
		want []record.Code
	}{
		"clean": {someone(1), func(w *world, id record.VolunteerID) {
			w.log(patrol("2026-10-10T09:00", "2026-10-10T12:00"), onsite(id, 0))
		}, nil},
		"more than 8 hours in one": {someone(1), func(w *world, id record.VolunteerID) {
			w.log(patrol("2026-10-10T08:00", "2026-10-10T17:00"), onsite(id, 0))
		}, []record.Code{record.CodeDayOver8Hours}},
		"more than 8 hours in two": {someone(1), func(w *world, id record.VolunteerID) {
			w.log(patrol("2026-10-10T08:00", "2026-10-10T13:00"), onsite(id, 0))
			w.log(patrol("2026-10-10T14:00", "2026-10-10T18:00"), onsite(id, 0))
		}, []record.Code{record.CodeDayOver8Hours}},
		"more than 16 hours from Monday": {someone(1), func(w *world, id record.VolunteerID) {
			for _, d := range []record.Moment{"2026-10-11", "2026-10-12", "2026-10-14", "2026-10-18"} { // Sunday, then the next week
				w.log(patrol(d+"T08:00", d+"T14:00"), onsite(id, 0))
			}
		}, []record.Code{record.CodeWeekOverLimit}},
		"two places at once": {someone(1), func(w *world, id record.VolunteerID) {
			w.log(patrol("2026-10-10T09:00", "2026-10-10T11:00"), onsite(id, 0))
			w.log(patrol("2026-10-10T10:59", "2026-10-10T12:00"), onsite(id, 0))
			w.log(patrol("2026-10-10T12:00", "2026-10-10T13:00"), onsite(id, 0))
		}, []record.Code{record.CodeOverlap}},
		"night": {someone(1), func(w *world, id record.VolunteerID) {
			w.log(patrol("2026-10-10T20:00", "2026-10-10T22:00"), onsite(id, 0))
			w.log(patrol("2026-10-11T20:00", "2026-10-11T22:01"), onsite(id, 0))
			w.log(patrol("2026-10-13T05:59", "2026-10-13T07:00"), onsite(id, 0))
		}, []record.Code{record.CodeNightService, record.CodeNightService}},
		"over seventy": {old, func(w *world, id record.VolunteerID) {
			w.log(patrol("2026-10-10T09:00", "2026-10-10T10:00"), onsite(id, 0))
		}, []record.Code{record.CodeAgeOverLimit}},
		"from memory": {someone(1), func(w *world, id record.VolunteerID) {
			w.log(patrol("2026-10-10T09:00", "2026-10-10T13:00"), record.Entry{Volunteer: id})
			w.log(patrol("2026-10-11T09:00", "2026-10-11T13:01"), record.Entry{Volunteer: id})
		}, []record.Code{record.CodeBackfillCheck}},
		"no sign-out": {someone(1), func(w *world, id record.VolunteerID) {
			w.log(patrol("2026-10-10T09:00", "2026-10-10T11:00"), record.Entry{Volunteer: id, Source: record.SourceOnSite, NoSignOut: true})
		}, []record.Code{record.CodeNoSignOut}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			c.do(w, w.register(c.who))
			var got []record.Code
			for _, r := range w.waiting() {
				for _, g := range r.Grounds {
					got = append(got, g.Code)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			w.verify()
		})
	}
}

func TestWaitingHoursCountNowhere(t *testing.T) {
	w := newWorld(t)
	w.chief()
	id := w.register(someone(1))
	act := w.log(patrol("2026-10-10T08:00", "2026-10-10T18:00"), onsite(id, 0))
	figures := func() record.Figures {
		r, err := w.db.Report(t.Context(), record.Month(2026, 10))
		if err != nil {
			t.Fatal(err)
		}
		return r.Figures
	}
	if f := figures(); f[record.FigureMinutes] != 0 || f[record.FigurePeople] != 0 || f[record.FigureParticipations] != 0 || f[record.FigureWaiting] != 600 {
		t.Errorf("%v", f)
	}
	if all, err := w.db.Minutes(t.Context()); err != nil || all[id] != 0 {
		t.Errorf("%v %v", all, err)
	}
	if counted, waiting := w.minutesOf(id); counted != 0 || waiting != 600 {
		t.Errorf("%d counted, %d wait", counted, waiting)
	}
	r := w.waiting()[0]
	wantCode(t, w.db.DecideReviews(t.Context(), []record.ReviewID{r.ID}, store.Verdict{Approve: true, Why: "我自己核"}), record.CodeNoRight)
	w.acting(testChief, func() {
		wantCode(t, w.db.DecideReviews(t.Context(), []record.ReviewID{r.ID}, store.Verdict{Approve: true}), record.CodeReasonRequired)
		if err := w.db.DecideReviews(t.Context(), []record.ReviewID{r.ID}, store.Verdict{Approve: true, Why: "防汛值守，对过签到表"}); err != nil {
			t.Fatal(err)
		}
		wantCode(t, w.db.DecideReviews(t.Context(), []record.ReviewID{r.ID}, store.Verdict{Why: "再想想"}), record.CodeNothingToDo)
	})
	if f := figures(); f[record.FigureMinutes] != 600 || f[record.FigureWaiting] != 0 {
		t.Errorf("%v", f)
	}
	// The chief takes the decision back, and then refuses.
	w.acting(testChief, func() {
		u, err := w.db.LastUndoable(t.Context())
		if err == nil {
			err = w.db.UndoBatch(t.Context(), u.Batch)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := w.db.DecideReviews(t.Context(), []record.ReviewID{r.ID}, store.Verdict{Why: "只到了上午"}); err != nil {
			t.Fatal(err)
		}
	})
	if f := figures(); f[record.FigureMinutes] != 0 || f[record.FigureWaiting] != 0 {
		t.Errorf("%v", f)
	}
	list, err := w.db.Entries(t.Context(), act)
	if err != nil || len(list) != 2 || list[1].Minutes != -600 || list[1].Reason != "只到了上午" {
		t.Errorf("%+v %v", list, err)
	}
	w.verify()
}

func TestAnEntryThatWaitsStaysWaitingOnEveryWayRound(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	act := w.log(patrol("2026-10-10T08:00", "2026-10-10T12:00"), record.Entry{Volunteer: id, Source: record.SourceOnSite, NoSignOut: true})
	if counted, waiting := w.minutesOf(id); counted != 0 || waiting != 144 { // 60 % of 240
		t.Fatalf("%d counted, %d wait", counted, waiting)
	}
	parts, _ := w.db.Participations(ctx, act)
	if err := w.db.CorrectService(ctx, parts[0].Entry, 200, "队长说他 11:20 走的"); err != nil {
		t.Fatal(err)
	}
	if counted, waiting := w.minutesOf(id); counted != 0 || waiting != 200 {
		t.Errorf("%d counted, %d wait: a correction is no way past the review", counted, waiting)
	}
	parts, _ = w.db.Participations(ctx, act)
	if err := w.db.CorrectService(ctx, parts[0].Entry, 0, "记错了人"); err != nil {
		t.Fatal(err)
	}
	u, err := w.db.LastUndoable(ctx)
	if err == nil {
		err = w.db.UndoBatch(ctx, u.Batch)
	}
	if err != nil {
		t.Fatal(err)
	}
	if counted, waiting := w.minutesOf(id); counted != 0 || waiting != 200 {
		t.Errorf("%d counted, %d wait: an undo is no way past the review", counted, waiting)
	}
	w.verify()
}

func TestSeventyIsLookedAtOnceAYear(t *testing.T) {
	w := newWorld(t)
	w.chief()
	v := someone(1)
	v.IDNumber = "129999195001010008"
	id := w.register(v)
	w.log(patrol("2026-10-10T09:00", "2026-10-10T10:00"), onsite(id, 0))
	w.log(patrol("2026-10-11T09:00", "2026-10-11T10:00"), onsite(id, 0))
	w.acting(testChief, func() {
		var ids []record.ReviewID
		for _, r := range w.waiting() {
			ids = append(ids, r.ID)
		}
		if err := w.db.DecideReviews(t.Context(), ids, store.Verdict{Approve: true, Why: "身体好，看过体检表"}); err != nil {
			t.Fatal(err)
		}
	})
	w.log(patrol("2026-10-12T09:00", "2026-10-12T10:00"), onsite(id, 0))
	if counted, waiting := w.minutesOf(id); counted != 180 || waiting != 0 {
		t.Errorf("%d counted, %d wait", counted, waiting)
	}
	w.now = w.now.AddDate(1, 0, 0)
	w.log(patrol("2027-01-05T09:00", "2027-01-05T10:00"), onsite(id, 0))
	if _, waiting := w.minutesOf(id); waiting != 60 {
		t.Errorf("%d wait in the next year", waiting)
	}
}

func TestACorrectionTakesTwoPeople(t *testing.T) {
	w := newWorld(t)
	w.chief()
	ctx := t.Context()
	id := w.register(someone(1))
	act := w.log(patrol("2026-10-10T09:00", "2026-10-10T11:00"), onsite(id, 0))
	parts, _ := w.db.Participations(ctx, act)
	w.now = w.now.Add(24 * time.Hour)
	wantCode(t, w.db.CorrectService(ctx, parts[0].Entry, 60, "提前离开"), record.CodeApprovalNeeded)
	batch, err := w.db.LastUndoable(ctx)
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, w.db.UndoBatch(ctx, batch.Batch), record.CodeApprovalNeeded)
	_, err = w.db.AskCorrection(ctx, record.Correction{Entry: parts[0].Entry, Minutes: 60})
	wantCode(t, err, record.CodeReasonRequired)
	_, err = w.db.AskCorrection(ctx, record.Correction{Entry: parts[0].Entry, Minutes: 500, Reason: "x"})
	wantCode(t, err, record.CodeMinutesRange)
	ask, err := w.db.AskCorrection(ctx, record.Correction{Entry: parts[0].Entry, Minutes: 60, Reason: "提前离开", Applicant: "王建国"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.db.AskCorrection(ctx, record.Correction{Entry: parts[0].Entry, Minutes: 30, Reason: "再改"})
	wantCode(t, err, record.CodeCorrectionOpen)
	wantCode(t, w.db.CheckCorrection(ctx, ask, "自己看过"), record.CodeTwoPersons)
	wantCode(t, w.db.DecideCorrection(ctx, ask, store.CorrectionVerdict{Approve: true, Why: "属实", Basis: "签到表"}), record.CodeNoRight)
	if counted, _ := w.minutesOf(id); counted != 120 {
		t.Errorf("%d minutes before the approval", counted)
	}
	w.acting(testChief, func() {
		wantCode(t, w.db.DecideCorrection(ctx, ask, store.CorrectionVerdict{Approve: true, Why: "属实"}), record.CodeRequired)
		wantCode(t, w.db.DecideCorrection(ctx, ask, store.CorrectionVerdict{Approve: true, Basis: "签到表"}), record.CodeReasonRequired)
		if err := w.db.DecideCorrection(ctx, ask, store.CorrectionVerdict{Approve: true, Why: "属实", Basis: "签到表"}); err != nil {
			t.Fatal(err)
		}
		wantCode(t, w.db.DecideCorrection(ctx, ask, store.CorrectionVerdict{Why: "又不批了"}), record.CodeNothingToDo)
	})
	list, _ := w.db.Entries(ctx, act)
	all, _ := w.db.Corrections(ctx, store.CorrectionFilter{Volunteer: id})
	if len(list) != 3 || len(all) != 1 || list[1].ID != all[0].Reversal || list[2].ID != all[0].Fresh || list[0].ID != all[0].Entry {
		t.Fatalf("%+v\n%+v", list, all)
	}
	if c := all[0]; c.AskedBy != testAdmin || c.CheckedBy != testChief || c.DecidedBy != testChief || c.Before != 120 || c.State != record.CorrectionApproved {
		t.Errorf("%+v", c)
	}
	if counted, _ := w.minutesOf(id); counted != 60 {
		t.Errorf("%d minutes after the approval", counted)
	}
	w.acting(testChief, func() {
		u, err := w.db.LastUndoable(ctx)
		if err == nil {
			err = w.db.UndoBatch(ctx, u.Batch)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	if counted, _ := w.minutesOf(id); counted != 120 {
		t.Errorf("%d minutes after the approval was taken back", counted)
	}
	w.verify()
}

func TestALockedMonthIsNotCorrected(t *testing.T) {
	w := newWorld(t)
	w.chief()
	ctx := t.Context()
	id := w.register(someone(1))
	act := w.log(patrol("2026-10-10T08:00", "2026-10-10T18:00"), onsite(id, 0))
	clean := w.log(patrol("2026-10-11T08:00", "2026-10-11T10:00"), onsite(id, 0))
	parts, _ := w.db.Participations(ctx, clean)
	w.now = w.now.Add(24 * time.Hour)
	ask, err := w.db.AskCorrection(ctx, record.Correction{Entry: parts[0].Entry, Minutes: 60, Reason: "提前离开"})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []record.ActivityID{act, clean} {
		a, _ := w.db.Activity(ctx, one)
		a.State = record.ActivityLocked
		if _, err := w.db.UpdateActivity(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, w.db.CorrectService(ctx, w.waiting()[0].Entry, 60, "改"), record.CodeMonthLocked)
	w.acting(testChief, func() {
		wantCode(t, w.db.DecideReviews(ctx, []record.ReviewID{w.waiting()[0].ID}, store.Verdict{Approve: true, Why: "好"}), record.CodeMonthLocked)
		wantCode(t, w.db.DecideCorrection(ctx, ask, store.CorrectionVerdict{Approve: true, Why: "属实", Basis: "签到表"}), record.CodeMonthLocked)
	})
}

func TestLimitsAreTheChiefs(t *testing.T) {
	w := newWorld(t)
	w.chief()
	ctx := t.Context()
	l, err := w.db.Limits(ctx)
	if err != nil || l != record.DefaultLimits() {
		t.Fatalf("%+v %v", l, err)
	}
	l.Backfill = 0
	wantCode(t, w.db.SaveLimits(ctx, l), record.CodeNoRight)
	w.acting(testChief, func() {
		bad := l
		bad.SignOut = 101
		wantCode(t, w.db.SaveLimits(ctx, bad), record.CodeInvalid)
		if err := w.db.SaveLimits(ctx, l); err != nil {
			t.Fatal(err)
		}
	})
	id := w.register(someone(1))
	w.log(patrol("2026-10-10T08:00", "2026-10-10T08:30"), record.Entry{Volunteer: id})
	if _, waiting := w.minutesOf(id); waiting != 30 {
		t.Errorf("%d wait", waiting)
	}
}

func TestAnObjectionIsLoggedAndAnswered(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	act := w.log(patrol("2026-10-10T09:00", "2026-10-10T11:00"), onsite(id, 0))
	_, err := w.db.RaiseObjection(ctx, record.Objection{Volunteer: id})
	wantCode(t, err, record.CodeRequired)
	o, err := w.db.RaiseObjection(ctx, record.Objection{Volunteer: id, Activity: act, Way: "visit", Claim: "我待到了十二点"})
	if err != nil {
		t.Fatal(err)
	}
	open, err := w.db.Objections(ctx, store.ObjectionFilter{Open: true})
	if err != nil || len(open) != 1 || open[0].Due != "2026-11-03" || open[0].TakenBy != testAdmin {
		t.Fatalf("%+v %v", open, err)
	}
	wantCode(t, w.db.AnswerObjection(ctx, o, store.Answer{Text: "核过"}), record.CodeRequired)
	if err := w.db.AnswerObjection(ctx, o, store.Answer{Outcome: "upheld", Text: "签到表写明 11:00 签退"}); err != nil {
		t.Fatal(err)
	}
	wantCode(t, w.db.AnswerObjection(ctx, o, store.Answer{Outcome: "upheld", Text: "再答一次"}), record.CodeNothingToDo)
	u, err := w.db.LastUndoable(ctx)
	if err == nil {
		err = w.db.UndoBatch(ctx, u.Batch)
	}
	if err != nil {
		t.Fatal(err)
	}
	if one, err := w.db.Objection(ctx, o); err != nil || !one.Open() {
		t.Errorf("%+v %v", one, err)
	}
	w.verify()
}

func TestTwoLedgersAreNeverAdded(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	_, _, err := w.db.LogActivity(ctx, patrol("2026-10-09T09:00", "2026-10-09T11:00"), []record.Entry{{Volunteer: id, Source: record.SourceExternal}})
	wantCode(t, err, record.CodeOutsideLedger)
	w.log(patrol("2026-10-10T09:00", "2026-10-10T11:00"), onsite(id, 0))
	lines := []record.Outside{
		{Volunteer: id, System: "national", Title: "社区治安巡逻", Day: "2026-10-10", Minutes: 180},
		{Volunteer: id, System: "national", Title: "无偿献血宣传", Day: "2026-10-12", Minutes: 60},
	}
	if n, err := w.db.NoteOutside(ctx, lines); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	_, err = w.db.NoteOutside(ctx, lines)
	wantCode(t, err, record.CodeAlreadyImported)
	pairs, err := w.db.Ledgers(ctx, store.OutsideFilter{Period: record.Month(2026, 10)})
	if err != nil || len(pairs) != 2 || pairs[0].Match != record.LedgerDifferent || pairs[1].Match != record.LedgerThere {
		t.Errorf("%+v %v", pairs, err)
	}
	report, _ := w.db.Report(ctx, record.Month(2026, 10))
	if report.Figures[record.FigureMinutes] != 120 {
		t.Errorf("%d minutes", report.Figures[record.FigureMinutes])
	}
	list, _ := w.db.Outside(ctx, store.OutsideFilter{Volunteer: id})
	if err := w.db.RemoveOutside(ctx, list[1].ID); err != nil {
		t.Fatal(err)
	}
	if list, _ = w.db.Outside(ctx, store.OutsideFilter{}); len(list) != 1 {
		t.Errorf("%+v", list)
	}
	w.verify()
}
