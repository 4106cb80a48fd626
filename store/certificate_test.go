package store_test

import (
	"strings"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

// served is a world with a person who has three hours of service.
func served(t *testing.T) (*world, record.VolunteerID) {
	t.Helper()
	w := newWorld(t)
	id := w.register(someone(1))
	team := w.team("综合服务队", id)
	for _, day := range []record.Day{"2026-10-10", "2026-10-12"} {
		a := patrol(record.Moment(day+"T09:00"), record.Moment(day+"T10:30"))
		a.Team = team
		if _, _, err := w.db.LogActivity(t.Context(), a, present(id)); err != nil {
			t.Fatal(err)
		}
	}
	return w, id
}

func (w *world) apply(id record.VolunteerID) record.Certificate {
	w.t.Helper()
	c, err := w.db.ApplyCertificate(w.t.Context(), store.Application{
		Volunteer: id, Use: "评先评优", Span: record.Period{From: "2026-01-01", To: "2026-10-20"},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) issue(id record.CertificateID) record.Certificate {
	w.t.Helper()
	c, err := w.db.IssueCertificate(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func TestACertificateFromApplicationToVoid(t *testing.T) {
	w, id := served(t)
	ctx := t.Context()
	c := w.apply(id)
	if c.Minutes != 180 || c.PostedTo != "2026-10-26" || c.Number != "" {
		t.Errorf("application %+v", c)
	}
	if _, err := w.db.IssueCertificate(ctx, c.ID); record.CodeOf(err) != record.CodeNoticeRunning {
		t.Errorf("within the notice: %v", err)
	}
	w.now = w.now.AddDate(0, 0, 6)
	if _, err := w.db.IssueCertificate(ctx, c.ID); record.CodeOf(err) != record.CodeNoticeRunning {
		t.Errorf("on the last day of the notice: %v", err)
	}
	w.now = w.now.AddDate(0, 0, 1)
	issued := w.issue(c.ID)
	if !strings.HasPrefix(issued.Number, "TJ-120103-004-2026-00001-") || issued.Issued != "2026-10-27" || len(issued.Lines) != 2 ||
		issued.Lines[0].Organiser != "综合服务队" || issued.Handler != testAdmin {
		t.Errorf("issued %+v", issued)
	}
	if _, err := w.db.IssueCertificate(ctx, c.ID); record.CodeOf(err) != record.CodeAlreadyReversed {
		t.Errorf("issued twice: %v", err)
	}
	found, err := w.db.Certificate(ctx, strings.ReplaceAll(issued.Number, "-", ""))
	if err != nil || found.ID != c.ID {
		t.Errorf("by number: %v", err)
	}
	v, err := w.db.VerifyStamp(ctx, issued.Stamp)
	if err != nil || v.Code() != "" || v.Standing != record.StandingOwn || v.Claim.Minutes != 180 || v.Claim.Number != issued.Number {
		t.Errorf("%+v, %v", v, err)
	}
	if err := w.db.EndCertificate(ctx, c.ID, " "); record.CodeOf(err) != record.CodeReasonRequired {
		t.Errorf("without a reason: %v", err)
	}
	again, err := w.db.ReissueCertificate(ctx, c.ID, "姓名有误")
	if err != nil {
		t.Fatal(err)
	}
	if again.Replaces != issued.Number || !strings.Contains(again.Number, "-00002-") || again.State != record.CertificateIssued {
		t.Errorf("reissued %+v", again)
	}
	w.db.Lock()
	v, err = w.db.VerifyStamp(ctx, issued.Stamp)
	if err != nil || v.Code() != record.CodeVoided || v.Voided != "2026-10-27" {
		t.Errorf("voided: %+v, %v", v, err)
	}
	if v, err = w.db.VerifyStamp(ctx, again.Stamp); err != nil || v.Code() != "" {
		t.Errorf("the new one: %+v, %v", v, err)
	}
	w.reopen()
	w.verified()
	if _, err := w.db.Rekey(ctx, testPassword); err != nil {
		t.Fatal(err)
	}
	w.verified()
	if err := store.ExecForTest(w.db, "DELETE FROM certificates"); err == nil {
		t.Error("a certificate left the register")
	}
	if err := store.ExecForTest(w.db, "UPDATE certificates SET number = 'X' WHERE number <> ''"); err == nil {
		t.Error("a number changed")
	}
	all, err := w.db.Certificates(ctx)
	if err != nil || len(all) != 2 {
		t.Errorf("%d in the register, %v", len(all), err)
	}
	u, err := w.db.LastUndoable(ctx)
	if err != nil || u.Type != record.OpActivityLogged {
		t.Errorf("undo offers %s, %v", u.Type, err)
	}
}

func TestACorrectionDoesNotChangeAnIssuedCertificate(t *testing.T) {
	w, id := served(t)
	ctx := t.Context()
	if err := w.db.SaveNoticeDays(ctx, 0); err != nil {
		t.Fatal(err)
	}
	issued := w.issue(w.apply(id).ID)
	d, err := w.db.CertificateDrift(ctx, issued)
	if err != nil || !d.None() {
		t.Errorf("%+v, %v", d, err)
	}
	list, err := w.db.EntriesOf(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.CorrectService(ctx, list[0].ID, 30, "早退"); err != nil {
		t.Fatal(err)
	}
	back, err := w.db.Certificate(ctx, issued.Number)
	if err != nil || back.Minutes != 180 || back.Stamp != issued.Stamp {
		t.Errorf("%+v, %v", back, err)
	}
	d, err = w.db.CertificateDrift(ctx, back)
	if err != nil || len(d.Changed) != 1 || d.Minutes != 120 {
		t.Errorf("%+v, %v", d, err)
	}
	w.verified()
}

func TestWhoMayIssueAndToWhom(t *testing.T) {
	w, id := served(t)
	ctx := t.Context()
	if err := w.db.SaveNoticeDays(ctx, 3); record.CodeOf(err) != record.CodeInvalid {
		t.Errorf("a notice of three days: %v", err)
	}
	if err := w.db.SaveNoticeDays(ctx, 0); err != nil {
		t.Fatal(err)
	}
	idle := w.register(someone(2))
	if _, err := w.db.ApplyCertificate(ctx, store.Application{Volunteer: idle, Span: record.Period{From: "2026-01-01", To: "2026-10-20"}}); record.CodeOf(err) != record.CodeNoService {
		t.Errorf("nothing to certify: %v", err)
	}
	c := w.apply(id)
	if err := w.db.AddAccount(ctx, store.Account{Name: "站长", Role: record.RoleChief}, otherPassword); err != nil {
		t.Fatal(err)
	}
	w.login("李干事", record.RoleClerk)
	if _, err := w.db.IssueCertificate(ctx, c.ID); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("a clerk issues: %v", err)
	}
	if err := w.db.Unlock(ctx, "站长", otherPassword); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.ApplyCertificate(ctx, store.Application{Volunteer: id, Span: record.Period{From: "2026-01-01", To: "2026-10-20"}}); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("a chief takes an application: %v", err)
	}
	if issued := w.issue(c.ID); issued.Handler != "站长" {
		t.Errorf("issued by %s", issued.Handler)
	}
	if err := w.db.EndCertificate(ctx, c.ID, "查实有误"); err != nil {
		t.Fatal(err)
	}
	if err := w.db.EndCertificate(ctx, c.ID, "再来"); record.CodeOf(err) != record.CodeAlreadyReversed {
		t.Errorf("voided twice: %v", err)
	}
	w.verified()
}

func TestACertificateOfSomebodySealedOrPurged(t *testing.T) {
	w, id := served(t)
	ctx := t.Context()
	if err := w.db.SaveNoticeDays(ctx, 0); err != nil {
		t.Fatal(err)
	}
	issued := w.issue(w.apply(id).ID)
	waiting := w.apply(id)
	if err := w.db.SealVolunteer(ctx, id, "本人要求"); err != nil {
		t.Fatal(err)
	}
	back, err := w.db.Certificate(ctx, issued.Number)
	if err != nil || back.Holder.Name != "" || back.Stamp != "" || back.Minutes != 180 {
		t.Errorf("a sealed person stands in the register: %+v, %v", back.Holder, err)
	}
	if _, err := w.db.IssueCertificate(ctx, waiting.ID); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("issued to somebody who is sealed: %v", err)
	}
	w.now = w.now.AddDate(10, 0, 1)
	w.login("站长", record.RoleChief)
	if err := w.db.PurgeVolunteer(ctx, id, "保存期满"); err != nil {
		t.Fatal(err)
	}
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Fatal(err)
	}
	w.verified()
	back, err = w.db.Certificate(ctx, issued.Number)
	if err != nil || !back.Erased || back.Number != issued.Number || len(back.Lines) != 0 {
		t.Errorf("after the purge: %+v, %v", back, err)
	}
	if v, err := w.db.VerifyStamp(ctx, issued.Stamp); err != nil || v.Code() != "" {
		t.Errorf("the paper that the person holds stays good: %+v, %v", v, err)
	}
}
