package store_test

import (
	"testing"

	"rongyuan/store/record"
)

const elsewhere = record.StationCode("129999005")

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestTrainingsAndHonours walks the records of a person: written, changed, taken
// back, refused, and found again by the full check of the file.
func TestTrainingsAndHonours(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	one, err := w.db.RecordTraining(ctx, record.Training{Volunteer: id, Day: "2026-09-10", Title: "应急救护初级班", Minutes: 480, Host: "区红十字会"})
	must(t, err)
	_, err = w.db.RecordTraining(ctx, record.Training{Volunteer: id, Day: "2026-10-10", Title: "无人机操作"})
	must(t, err)
	list, err := w.db.Trainings(ctx, id)
	must(t, err)
	if len(list) != 2 || list[0].Title != "无人机操作" || list[1].ID != one {
		t.Fatalf("trainings %+v", list)
	}
	better := list[1]
	better.Result = "passed"
	must(t, w.db.UpdateTraining(ctx, better))
	honour := record.Honour{Volunteer: id, Day: "2026-03-05", Title: "学雷锋志愿服务先进个人", Level: "district", Document: "某字〔2026〕3号", Issuer: "某区退役军人事务局"}
	given, err := w.db.RecordHonour(ctx, honour)
	must(t, err)
	before := w.head()
	_, err = w.db.RecordHonour(ctx, record.Honour{Volunteer: id, Day: "2026-03-05", Title: "先进个人", Issuer: "区"})
	w.refused(before, err, record.CodeRequired)
	honour.Volunteer = "nobody"
	_, err = w.db.RecordHonour(ctx, honour)
	w.refused(before, err, record.CodeNotFound)
	w.refused(before, w.db.UpdateTraining(ctx, better), record.CodeStale)
	u, err := w.db.LastUndoable(ctx)
	must(t, err)
	if u.Type != record.OpHonourRecorded || u.EntityID != string(given) {
		t.Fatalf("the last change is %+v", u)
	}
	must(t, w.db.UndoBatch(ctx, u.Batch))
	if left, err := w.db.Honours(ctx, id); err != nil || len(left) != 0 {
		t.Errorf("after the undo %+v, %v", left, err)
	}
	w.reopen()
	if _, err := w.db.Verify(ctx); err != nil {
		t.Errorf("the full check: %v", err)
	}
}

// TestTransferOut asks, completes and takes back a move: the history stays and
// the count follows the day.
func TestTransferOut(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	w.team("第一分队", id)
	move := record.Transfer{Volunteer: id, Station: elsewhere, StationName: "邻街服务站", Reason: "搬家"}
	before := w.head()
	for station, want := range map[record.StationCode]record.Code{
		"120103004": record.CodeTransferSelf, "310101001": record.CodeTransferCity, "12": record.CodeStationCode,
	} {
		wrong := move
		wrong.Station = station
		_, err := w.db.AskTransfer(ctx, wrong)
		w.refused(before, err, want)
	}
	asked, err := w.db.AskTransfer(ctx, move)
	must(t, err)
	before = w.head()
	_, err = w.db.AskTransfer(ctx, move)
	w.refused(before, err, record.CodeTransferOpen)
	if open, err := w.db.OpenTransfers(ctx); err != nil || len(open) != 1 || open[0].Epoch != 1 {
		t.Fatalf("open moves %+v, %v", open, err)
	}
	must(t, w.db.CompleteTransfer(ctx, asked, "2026-10-15"))
	v, err := w.db.Volunteer(ctx, id)
	must(t, err)
	if v.Status != record.StatusMoved || !v.ActiveOn("2026-10-14") || v.ActiveOn("2026-10-15") {
		t.Errorf("status %s since %s", v.Status, v.StatusSince)
	}
	if own, err := w.db.TeamsOf(ctx, id); err != nil || own[0].To != "2026-10-15" {
		t.Errorf("memberships %+v, %v", own, err)
	}
	before = w.head()
	w.refused(before, w.db.CancelTransfer(ctx, asked), record.CodeTransferClosed)
	u, err := w.db.LastUndoable(ctx)
	must(t, err)
	must(t, w.db.UndoBatch(ctx, u.Batch))
	if v, err = w.db.Volunteer(ctx, id); err != nil || v.Status != record.StatusActive {
		t.Errorf("after the undo %s, %v", v.Status, err)
	}
	must(t, w.db.CancelTransfer(ctx, asked))
	w.reopen()
	if _, err := w.db.Verify(ctx); err != nil {
		t.Errorf("the full check: %v", err)
	}
}

// TestTransferIn counts somebody who came from the day of the move on, and
// fences what an older home says.
func TestTransferIn(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	v := someone(1)
	v.Joined = "2026-01-05"
	id := w.register(v)
	came := record.Transfer{Volunteer: id, Station: elsewhere, Day: "2026-10-01", Epoch: 2}
	_, err := w.db.ReceiveTransfer(ctx, came)
	must(t, err)
	v, err = w.db.Volunteer(ctx, id)
	must(t, err)
	if v.ActiveOn("2026-09-30") || !v.ActiveOn("2026-10-01") {
		t.Errorf("joined %s", v.Joined)
	}
	all, err := w.db.Transfers(ctx, id)
	must(t, err)
	if len(all) != 1 || all[0].Joined != "2026-01-05" || all[0].Way != record.TransferIn {
		t.Errorf("moves %+v", all)
	}
	ops, err := w.db.OperationsAfter(ctx, 0, 100)
	must(t, err)
	if last := ops[len(ops)-1]; last.Type != record.OpVolunteerUpdated || last.HomeEpoch != 2 {
		t.Errorf("the last operation is %s under home %d", last.Type, last.HomeEpoch)
	}
	before := w.head()
	came.Epoch = 1
	_, err = w.db.ReceiveTransfer(ctx, came)
	w.refused(before, err, record.CodeEpochOld)
}
