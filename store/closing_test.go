package store_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

const chief = "赵站长"

// closable is a station in November with a held October: three activities,
// one correction.
type closable struct {
	*world
	people     []record.VolunteerID
	activities []record.ActivityID
	month      record.Period
}

func newClosable(t *testing.T) *closable {
	t.Helper()
	c := &closable{world: newWorld(t), month: record.Month(2026, 10)}
	ctx := t.Context()
	if err := c.db.AddAccount(ctx, store.Account{Name: chief, Role: record.RoleChief}, otherPassword); err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		c.people = append(c.people, c.register(someone(i)))
	}
	c.team("综合服务队", c.people[:3]...)
	for i, day := range []string{"05", "10", "18"} {
		a := patrol(record.Moment("2026-10-"+day+"T09:00"), record.Moment("2026-10-"+day+"T11:00"))
		a.Content, a.LeaderName = "沿河巡逻", "王建国"
		id, _, err := c.db.LogActivity(ctx, a, present(c.people[:i+2]...))
		if err != nil {
			t.Fatal(err)
		}
		c.activities = append(c.activities, id)
	}
	c.now = time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)
	return c
}

// as logs another account in.
func (w *world) as(account string) {
	w.t.Helper()
	password := testPassword
	if account != testAdmin {
		password = otherPassword
	}
	w.db.Lock()
	if err := w.db.Unlock(w.t.Context(), account, password); err != nil {
		w.t.Fatal(err)
	}
}

func (c *closable) close() record.Closing {
	c.t.Helper()
	c.as(chief)
	done, err := c.db.CloseMonth(c.t.Context(), c.month)
	if err != nil {
		c.t.Fatal(err)
	}
	c.as(testAdmin)
	return done
}

func (c *closable) report() record.PeriodReport {
	c.t.Helper()
	r, err := c.db.Report(c.t.Context(), c.month)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

// TestCloseMonth closes a month, which only the chief may and only when it is
// over and sound.
func TestCloseMonth(t *testing.T) {
	c := newClosable(t)
	ctx := t.Context()
	before := c.head()
	_, err := c.db.CloseMonth(ctx, c.month)
	c.refused(before, err, record.CodeNoRight)
	c.as(chief)
	_, err = c.db.CloseMonth(ctx, record.Month(2026, 11))
	c.refused(before, err, record.CodeMonthNotOver)
	c.refused(before, c.db.ReopenMonth(ctx, c.month, "写错了"), record.CodeMonthOpen)

	want := c.report()
	if want.Edition != 0 || want.Seal != "" {
		t.Errorf("an open month has edition %d, seal %q", want.Edition, want.Seal)
	}
	done := c.close()
	if done.Edition != 1 || done.By != chief || len(done.Seal) != 19 || !reflect.DeepEqual(done.Figures, want.Figures) {
		t.Errorf("closed as %+v", done)
	}
	got := c.report()
	if got.Edition != 1 || got.Seal != done.Seal || !reflect.DeepEqual(got.Figures, want.Figures) {
		t.Errorf("report edition %d, seal %q, figures %v", got.Edition, got.Seal, got.Figures)
	}
	for _, id := range c.activities {
		if a, err := c.db.Activity(ctx, id); err != nil || a.State != record.ActivityLocked {
			t.Errorf("%s is %s, %v", id, a.State, err)
		}
	}
	c.as(chief)
	before = c.head()
	_, err = c.db.CloseMonth(ctx, c.month)
	c.refused(before, err, record.CodeMonthLocked)
	c.refused(before, c.db.ReopenMonth(ctx, c.month, "  "), record.CodeReasonRequired)
	if _, err := c.db.Verify(ctx); err != nil {
		t.Error(err)
	}
}

// TestRedLightStopsTheClose keeps a month open while a planned activity of it is
// neither recorded nor cancelled.
func TestRedLightStopsTheClose(t *testing.T) {
	c := newClosable(t)
	ctx := t.Context()
	a := patrol("2026-10-25T09:00", "2026-10-25T11:00")
	a.State = record.ActivityPlanned
	id, _, err := c.db.LogActivity(ctx, a, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.as(chief)
	before := c.head()
	_, err = c.db.CloseMonth(ctx, c.month)
	c.refused(before, err, record.CodeMonthUnready)
	c.as(testAdmin)
	if a, err = c.db.Activity(ctx, id); err != nil {
		t.Fatal(err)
	}
	a.State = record.ActivityCancelled
	if _, err := c.db.UpdateActivity(ctx, a); err != nil {
		t.Fatal(err)
	}
	c.close()
}

// TestClosedMonthRefusesEveryRoute tries to change a closed month by each way
// that writes activities or hours.
func TestClosedMonthRefusesEveryRoute(t *testing.T) {
	c := newClosable(t)
	ctx := t.Context()
	last, err := c.db.LastUndoable(ctx)
	if err != nil {
		t.Fatal(err)
	}
	novemberID, _, err := c.db.LogActivity(ctx, patrol("2026-11-01T09:00", "2026-11-01T11:00"), present(c.people[0]))
	if err != nil {
		t.Fatal(err)
	}
	parts, err := c.db.Participations(ctx, c.activities[0])
	if err != nil {
		t.Fatal(err)
	}
	c.close()
	want := c.report().Figures
	edit := func(id record.ActivityID, change func(*record.Activity)) func() error {
		return func() error {
			a, err := c.db.Activity(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			change(&a)
			_, err = c.db.UpdateActivity(ctx, a)
			return err
		}
	}
	planned := patrol("2026-10-28T09:00", "2026-10-28T11:00")
	planned.State = record.ActivityPlanned
	for name, try := range map[string]func() error{
		"late entry": func() error {
			_, _, err := c.db.LogActivity(ctx, patrol("2026-10-30T09:00", "2026-10-30T11:00"), present(c.people[0]))
			return err
		},
		"planned": func() error { _, _, err := c.db.LogActivity(ctx, planned, nil); return err },
		"title":   edit(c.activities[0], func(a *record.Activity) { a.Title = "换个名字" }),
		"unlock":  edit(c.activities[0], func(a *record.Activity) { a.State = record.ActivityDone }),
		"out": edit(c.activities[1], func(a *record.Activity) {
			a.Start, a.End = "2026-11-01T13:00", "2026-11-01T15:00"
		}),
		"in": edit(novemberID, func(a *record.Activity) {
			a.Start, a.End = "2026-10-31T13:00", "2026-10-31T15:00"
		}),
		"add":     func() error { _, err := c.db.RecordService(ctx, c.activities[0], present(c.people[4])); return err },
		"correct": func() error { return c.db.CorrectService(ctx, parts[0].Entry, 60, "提前离开") },
		"undo":    func() error { return c.db.UndoBatch(ctx, last.Batch) },
	} {
		before := c.head()
		err := try()
		t.Run(name, func(*testing.T) { c.refused(before, err, record.CodeMonthLocked) })
	}
	if got := c.report().Figures; !reflect.DeepEqual(got, want) {
		t.Errorf("figures %v, want %v", got, want)
	}
	if _, err := c.db.LastUndoable(ctx); err != nil {
		t.Errorf("November is not undoable: %v", err)
	}
}

// TestCloseIsNotUndone leaves a close to its own way back.
func TestCloseIsNotUndone(t *testing.T) {
	c := newClosable(t)
	ctx := t.Context()
	c.close()
	c.as(chief)
	if _, err := c.db.LastUndoable(ctx); record.CodeOf(err) != record.CodeNothingToDo {
		t.Errorf("the chief is offered %v", err)
	}
	c.as(testAdmin)
	var batch record.BatchID
	ops, err := c.db.OperationsAfter(ctx, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range ops {
		if op.Type == record.OpMonthClosed {
			batch = op.Batch
		}
	}
	before := c.head()
	c.refused(before, c.db.UndoBatch(ctx, batch), record.CodeNotUndoable)
}

// TestSecondEdition reopens a month, corrects it and closes it again.
func TestSecondEdition(t *testing.T) {
	c := newClosable(t)
	ctx := t.Context()
	a, err := c.db.Activity(ctx, c.activities[1])
	if err != nil {
		t.Fatal(err)
	}
	a.State = record.ActivityConfirmed
	if _, err := c.db.UpdateActivity(ctx, a); err != nil {
		t.Fatal(err)
	}
	first := c.close()
	before := c.head()
	c.refused(before, c.db.ReopenMonth(ctx, c.month, "补一场"), record.CodeNoRight)
	c.as(chief)
	if err := c.db.ReopenMonth(ctx, c.month, "签到表漏了一人"); err != nil {
		t.Fatal(err)
	}
	c.as(testAdmin)
	for i, want := range []record.ActivityState{record.ActivityDone, record.ActivityConfirmed, record.ActivityDone} {
		if a, err := c.db.Activity(ctx, c.activities[i]); err != nil || a.State != want {
			t.Errorf("reopened: activity %d is %s, want %s, %v", i, a.State, want, err)
		}
	}
	if r := c.report(); r.Edition != 0 || !reflect.DeepEqual(r.Figures, first.Figures) {
		t.Errorf("reopened: edition %d", r.Edition)
	}
	if _, err := c.db.RecordService(ctx, c.activities[0], present(c.people[4])); err != nil {
		t.Fatal(err)
	}
	second := c.close()
	if second.Edition != 2 || second.Seal == first.Seal || second.Reason != "签到表漏了一人" ||
		second.Figures[record.FigureMinutes] != first.Figures[record.FigureMinutes]+120 {
		t.Errorf("second edition %+v", second)
	}
	list, err := c.db.Editions(ctx, c.month)
	if err != nil || len(list) != 2 || list[0].Seal != first.Seal || list[0].ReopenedBy != chief || list[0].ReopenReason != "签到表漏了一人" ||
		list[1].Seal != second.Seal || list[1].ReopenedBy != "" {
		t.Errorf("editions %+v, %v", list, err)
	}
	if _, err := c.db.Verify(ctx); err != nil {
		t.Error(err)
	}
}

// TestClosedMonthKeepsItsFigures changes what figures of people, teams and
// brands rest on after the close: the closed month stays as it was printed, the
// open ones follow.
func TestClosedMonthKeepsItsFigures(t *testing.T) {
	c := newClosable(t)
	ctx := t.Context()
	c.close()
	want := c.report()
	change := func(i int, f func(*record.Volunteer)) {
		t.Helper()
		v, err := c.db.Volunteer(ctx, c.people[i])
		if err != nil {
			t.Fatal(err)
		}
		f(&v)
		if _, err := c.db.UpdateVolunteer(ctx, v); err != nil {
			t.Fatal(err)
		}
	}
	change(0, func(v *record.Volunteer) { v.Politics = "13" })
	change(1, func(v *record.Volunteer) { v.Joined = "2026-11-01" })
	change(2, func(v *record.Volunteer) { v.Status, v.StatusSince = record.StatusLeft, "2026-10-20" })
	change(3, func(v *record.Volunteer) { v.Veteran = false })
	late := someone(9)
	late.Joined = "2026-10-02"
	c.register(late)
	if _, err := c.db.FoundTeam(ctx, record.Team{Name: "老队", Kind: "t01", Founded: "2020-01-01"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.db.CreateBrand(ctx, record.Brand{Name: "老品牌", Started: "2020-01-01"}); err != nil {
		t.Fatal(err)
	}
	c.now = c.now.Add(time.Hour)
	got := c.report()
	if !reflect.DeepEqual(got.Tallied, want.Tallied) {
		t.Errorf("got  %v\nwant %v", got.Tallied, want.Tallied)
	}
	next, err := c.db.Report(ctx, record.Month(2026, 11))
	if err != nil || fmt.Sprint(next.Previous) != fmt.Sprint(want.Figures) {
		t.Errorf("the month before November: %v, %v", next.Previous, err)
	}
	if next.Figures[record.FigureParty] != want.Figures[record.FigureParty]-1 || next.Figures[record.FigureBrands] != 1 {
		t.Errorf("November %v", next.Figures)
	}
	if _, err := c.db.Verify(ctx); err != nil {
		t.Error(err)
	}
}
