package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/store"
	"rongyuan/store/record"
)

// certified is a window whose station issued one certificate and has one
// application in notice.
func certified(t *testing.T) (*Desk, hands, record.Certificate) {
	t.Helper()
	d := loggedIn(t)
	h := hands{t, d}
	ctx := context.Background()
	one := h.register(volunteer("王建国", "129999198507011239"))
	two := h.register(volunteer("李卫东", "12999919701001005X"))
	day := d.today().AddDays(-3)
	a := record.Activity{Title: "社区夜巡", Kind: record.KindService, Line: "3", Start: record.Moment(day + "T09:00"), End: record.Moment(day + "T11:00"), State: record.ActivityDone}
	if _, _, err := d.db.LogActivity(ctx, a, []record.Entry{{Volunteer: one}, {Volunteer: two}}); err != nil {
		t.Fatal(err)
	}
	span := record.Period{From: d.today()[:4] + "-01-01", To: d.today()}
	if _, err := d.db.ApplyCertificate(ctx, store.Application{Volunteer: two, Use: "评先评优", Span: span}); err != nil {
		t.Fatal(err)
	}
	if err := d.db.SaveNoticeDays(ctx, 0); err != nil {
		t.Fatal(err)
	}
	c, err := d.db.ApplyCertificate(ctx, store.Application{Volunteer: one, Span: span})
	if err != nil {
		t.Fatal(err)
	}
	if c, err = d.db.IssueCertificate(ctx, c.ID); err != nil {
		t.Fatal(err)
	}
	h.press(fyne.KeyF1)
	h.ctrl(fyne.Key4)
	return d, h, c
}

func TestTheRegisterOfCertificates(t *testing.T) {
	d, h, c := certified(t)
	s := d.screens[doorPeople].(*peopleScreen)
	p := s.panes[3].(*certificatesPane)
	if len(p.rows) != 2 {
		t.Fatalf("%d in the register", len(p.rows))
	}
	p.grid.SelectKey(string(c.ID))
	h.golden("certificates")
	h.ctrl(fyne.KeyM)
	h.golden("certificate_ask")
	h.press(fyne.KeyEscape)
	// The picture is of a fixed answer: a station's key is random.
	d.showJudgement(record.Judgement{
		Station: "120112101", Key: record.KeyOf([]byte("key")).Fingerprint(), Standing: record.StandingOwn, By: "小站镇退役军人服务站", Voided: "2026-10-20",
		Claim: &record.Claim{
			Number: c.Number, Issued: c.Issued, Issuer: c.Issuer, Name: "王建国", ID: "129999********1239", From: c.From, To: c.To, Minutes: 120, Lines: 1,
		},
	})
	h.golden("certificate_stamp")
	h.press(fyne.KeyReturn)
	h.ctrl(fyne.KeyO)
	h.write(c.Stamp)
	h.press(fyne.KeyReturn)
	if d.win.Canvas().Overlays().Top() == nil {
		t.Error("nothing is said of the paper")
	}
}

func TestAnyListGoesToExcel(t *testing.T) {
	d, h, _ := certified(t)
	h.ctrl(fyne.KeyE)
	found, err := filepath.Glob(filepath.Join(d.cfg.Options.Dir, papersDir, "人员列表-*.xlsx"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	if info, err := os.Stat(found[0]); err != nil || info.Size() < 2000 {
		t.Errorf("%v, %v", info, err)
	}
	notes, err := d.db.AuditEntries(context.Background(), store.AuditFilter{Action: store.ActionExport})
	if err != nil || len(notes) != 1 || !strings.Contains(notes[0].Detail, "2 行") {
		t.Errorf("%+v, %v", notes, err)
	}
	for _, door := range []fyne.KeyName{fyne.KeyF1, fyne.KeyF2, fyne.KeyF10} {
		h.press(door)
		if d.shownList() == nil && door != fyne.KeyF10 {
			t.Errorf("no list behind %s", door)
		}
	}
}

func TestPapersOfAPersonAndATeam(t *testing.T) {
	d, _, _ := certified(t)
	ctx := context.Background()
	team, err := d.db.FoundTeam(ctx, record.Team{Name: "巡逻队", Kind: "t01"})
	if err != nil {
		t.Fatal(err)
	}
	person := hands{t, d}.people()["王建国"]
	v, err := d.db.Volunteer(ctx, person.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range append(d.personPapers(v), d.teamPapers(record.Team{ID: team, Name: "巡逻队"})[:3]...) {
		before, _ := filepath.Glob(filepath.Join(d.cfg.Options.Dir, papersDir, "*.pdf"))
		one.do()
		after, _ := filepath.Glob(filepath.Join(d.cfg.Options.Dir, papersDir, "*.pdf"))
		if len(after) != len(before)+1 {
			t.Errorf("%s wrote %d papers", one.text, len(after)-len(before))
		}
	}
}
