package sync_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"rongyuan/store/record"
)

func TestAPoisonedOperationDelaysOnlyItsRecord(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(6)
	bad := []string{`{"set":{"note":1}}`, `{"set":{"a":1,"a":2}}`, `{"set":{"note":"\u0000"}}`, `[]`, `null`, `"x"`, `{"set":{"never_heard":1}}`, `1e400`}
	for i, payload := range bad {
		id := fmt.Sprintf("p-%d", i)
		n.raw(record.OpVolunteerRegistered, id, payload, 1)
		n.raw(record.OpVolunteerUpdated, id, `{"set":{"note":"danach"}}`, 1)
	}
	n.raw("visit.recorded", "x-1", `{"set":{"text":"a"}}`, 1)
	n.raw(record.OpTeamUpdated, "t-1", `{"set":{"slogan":"b"}}`, 9) // a newer shape
	n.raw(record.OpTeamUpdated, "t-1", `{"set":{"name":"c"}}`, 1)
	save(n, record.OpVolunteerRegistered, "w-1", person(50))
	save(n, record.OpServiceRecorded, "w-e", record.Entry{Activity: "a-1", Volunteer: "w-1", Minutes: 30, Source: record.SourceLater, Recorded: "2026-10-08"})
	c := w.enrol(n)
	r := w.round(c)
	if r.Sent != len(n.ops) {
		t.Errorf("sent %d of %d", r.Sent, len(n.ops))
	}
	if want := int64(2*len(bad) + 3); r.Receipt.Quarantined != want {
		t.Errorf("%d wait, want %d", r.Receipt.Quarantined, want)
	}
	w.sameFigures(n)
	states, err := w.server.Quarantine(w.ctx, w.scope)
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[record.Code]int{}
	for _, st := range states {
		reasons[st.Reason]++
	}
	if reasons[record.CodeHeld] != len(bad)+1 || reasons[record.CodeUnknownOperation] < 3 || reasons[record.CodeMalformed] < 5 {
		t.Errorf("reasons %v", reasons)
	}
	w.restart() // what cannot be applied is tried again, and still waits
	if again, err := w.server.Quarantine(w.ctx, w.scope); err != nil || len(again) != len(states) {
		t.Errorf("%d wait after a restart, %v", len(again), err)
	}
	w.verified()
}

func TestParentsThatComeLater(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(1)
	last := len(n.ops)
	// The entry's reversal, the entry, its activity and its person, backwards.
	back := record.Entry{Activity: "a-9", Volunteer: "v-9", Minutes: -60, Source: record.SourceLater, Reverses: "e-9", Reason: "写错", Recorded: "2026-10-09"}
	save(n, record.OpServiceReversed, "e-9r", back)
	save(n, record.OpServiceRecorded, "e-9", record.Entry{Activity: "a-9", Volunteer: "v-9", Minutes: 60, Source: record.SourceLater, Recorded: "2026-10-08"})
	save(n, record.OpActivityLogged, "a-9", record.Activity{
		Title: "迟到的活动", Kind: record.KindService, Line: "1", Start: "2026-10-07T09:00", End: "2026-10-07T10:00", Team: "t-9", State: record.ActivityDone,
	})
	save(n, record.OpTeamFounded, "t-9", record.Team{Name: "迟到的队", Kind: "t01"})
	c := w.enrol(n)
	r := w.round(c)
	if r.Receipt.Quarantined != 2 {
		t.Errorf("%d wait, want the two entries", r.Receipt.Quarantined)
	}
	save(n, record.OpVolunteerRegistered, "v-9", person(9))
	if r = w.round(c); r.Receipt.Quarantined != 0 || r.Sent != 1 {
		t.Errorf("%d wait after the person came, sent %d", r.Receipt.Quarantined, r.Sent)
	}
	w.sameFigures(n)
	if len(n.ops) != last+5 {
		t.Errorf("%d operations", len(n.ops))
	}
}

func TestAConflictKeepsBothAndChangesNothing(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(2)
	n.versions[string(record.EntityBrand)+"b-1"] = 5
	n.raw(record.OpBrandUpdated, "b-1", `{"set":{"content":"neu"}}`, 1)                         // another field: merged
	n.raw(record.OpBrandUpdated, "b-1", `{"set":{"name":"甲"},"was":{"name":"另一个名字"}}`, 1)       // the same field: a case
	n.raw(record.OpBrandUpdated, "b-1", `{"set":{"ended":"2026-10-01"},"was":{"ended":""}}`, 1) // waits behind it
	r := w.round(w.enrol(n))
	if r.Receipt.Cases != 1 || r.Receipt.Quarantined != 1 {
		t.Errorf("%d cases, %d wait", r.Receipt.Cases, r.Receipt.Quarantined)
	}
	w.sameFigures(n)
}

// savePersonal writes each record that hangs on a person, and changes it.
func savePersonal(n *notebook) {
	learnt := record.Training{Volunteer: "v-0", Day: "2026-09-10", Title: "急救", Minutes: 480}
	save(n, record.OpTrainingRecorded, "g-1", learnt)
	learnt.Result = "passed"
	save(n, record.OpTrainingUpdated, "g-1", learnt)
	honour := record.Honour{Volunteer: "v-0", Day: "2026-03-05", Title: "先进个人", Level: "district", Issuer: "区里"}
	save(n, record.OpHonourRecorded, "h-1", honour)
	honour.Level = "city"
	save(n, record.OpHonourUpdated, "h-1", honour)
	move := record.Transfer{Volunteer: "v-0", Way: "out", Station: "129999005", Asked: "2026-10-20", Day: "2026-10-20", State: "asked", Epoch: 1}
	save(n, record.OpTransferAsked, "x-1", move)
	move.State = "cancelled"
	save(n, record.OpTransferUpdated, "x-1", move)
}

// saveHours writes what stands behind service time: an entry that waits and is
// refused, one that waits still, a correction, an objection and a line of the
// other ledger.
func saveHours(n *notebook) {
	again := entry(0, 120)
	save(n, record.OpServiceRecorded, "e-1", again)
	asked := record.Review{
		Entry: "e-1", Activity: "a-1", Volunteer: "v-0", Grounds: []record.Ground{{Code: record.CodeNightService}},
		Asked: "2026-10-06", AskedBy: "经办一", State: record.ReviewWaiting,
	}
	save(n, record.OpReviewAsked, "r-1", asked)
	asked.State, asked.Decided, asked.DecidedBy, asked.Why = record.ReviewRefused, "2026-10-08", "站长", "没有来"
	save(n, record.OpReviewDecided, "r-1", asked)
	objection := record.Objection{Volunteer: "v-0", Activity: "a-1", Claim: "我来了", Received: "2026-10-09", TakenBy: "经办一", Due: "2026-10-23"}
	save(n, record.OpObjectionRaised, "o-1", objection)
	correction := record.Correction{
		Entry: "e-1", Activity: "a-1", Volunteer: "v-0", Before: 120, Minutes: 60, Reason: "提前离开", Objection: "o-1",
		Asked: "2026-10-09", AskedBy: "经办一", State: record.CorrectionAsked,
	}
	save(n, record.OpCorrectionAsked, "k-1", correction)
	correction.State, correction.Decided, correction.DecidedBy, correction.Why = record.CorrectionRefused, "2026-10-10", "站长", "查无此事"
	save(n, record.OpCorrectionUpdated, "k-1", correction)
	objection.Outcome, objection.Answer, objection.Answered, objection.AnsweredBy = "upheld", "签到表上没有", "2026-10-12", "经办一"
	save(n, record.OpObjectionUpdated, "o-1", objection)
	other := record.Outside{Volunteer: "v-0", System: "national", Title: "月牙河巡护", Day: "2026-10-05", Minutes: 120, Noted: "2026-10-12"}
	save(n, record.OpOutsideNoted, "x-1", other)
	other.Withdrawn = true
	save(n, record.OpOutsideUpdated, "x-1", other)
}

func TestEveryTypeOfOperationIsApplied(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(1)
	seen := map[record.OperationType]bool{}
	save(n, record.OpTeamUpdated, "t-1", record.Team{Name: "改名队", Kind: "t01", Founded: "2025-03-05", Note: "队内备注"})
	save(n, record.OpMembershipUpdated, "m-0", record.Membership{Team: "t-1", Volunteer: "v-0", Role: "captain", From: "2026-03-05", Main: true})
	save(n, record.OpBrandUpdated, "b-1", record.Brand{Name: "老兵守河", Started: "2026-02-01", Team: "t-1", Withdrawn: true})
	gone := person(0)
	gone.Withdrawn = true
	save(n, record.OpVolunteerRegistered, "v-8", person(8))
	save(n, record.OpVolunteerUpdated, "v-8", gone)
	var a record.Activity
	if err := json.Unmarshal(n.facts["activity/a-1"], &a); err != nil {
		t.Fatal(err)
	}
	a.Guests = 4
	save(n, record.OpActivityUpdated, "a-1", a)
	back := entry(0, -120)
	back.Reverses, back.Reason = "e-0", "写错"
	save(n, record.OpServiceReversed, "e-0r", back)
	consent := record.Consent{Volunteer: "v-0", Purpose: "publicity", Given: "2026-10-01", Form: "2026-1", Way: "paper"}
	save(n, record.OpConsentGiven, "c-1", consent)
	consent.Ended = "2026-10-15"
	save(n, record.OpConsentUpdated, "c-1", consent)
	seenAt := record.Evidence{Activity: "a-1", Kind: record.EvidencePlan, Name: "方案.pdf", Hash: strings.Repeat("ab", 32), Size: 10, Added: "2026-10-06"}
	save(n, record.OpEvidenceAdded, "p-1", seenAt)
	seenAt.Withdrawn = true
	save(n, record.OpEvidenceUpdated, "p-1", seenAt)
	signing := record.SigningKey{Public: []byte("public"), Made: "2026-10-01", State: record.KeyActive}
	save(n, record.OpKeyMade, "k-1", signing)
	signing.State = record.KeyRetired
	save(n, record.OpKeyEnded, "k-1", signing)
	shut := record.Closing{Edition: 1, Seal: "7K3M-9QXA-04TZ-H2WP", Closed: "2026-11-02T09:00", By: "站长一", Figures: record.Figures{}}
	save(n, record.OpMonthClosed, "2026-10", shut)
	shut.Open, shut.Reason = true, "漏了一人"
	save(n, record.OpMonthReopened, "2026-10", shut)
	paper := record.Certificate{Volunteer: "v-0", State: record.CertificateNoticed, Applied: "2026-10-08", From: "2026-01-01", To: "2026-10-08"}
	save(n, record.OpCertificateApplied, "z-1", paper)
	paper.State, paper.Number = record.CertificateIssued, "TJ-1"
	save(n, record.OpCertificateIssued, "z-1", paper)
	paper.State = record.CertificateVoided
	save(n, record.OpCertificateEnded, "z-1", paper)
	savePersonal(n)
	saveHours(n)
	for _, op := range n.ops {
		seen[op.Type] = true
	}
	for kind := range record.OperationTypes() {
		if !seen[kind] {
			t.Errorf("%s is not tried", kind)
		}
	}
	if r := w.round(w.enrol(n)); r.Receipt.Quarantined+r.Receipt.Cases != 0 {
		t.Errorf("%d wait", r.Receipt.Quarantined)
	}
	w.sameFigures(n)
	people, err := w.server.People(w.ctx, w.scope, station, nil)
	if err != nil || len(people) != 1 || people[0].Minutes != 0 {
		t.Errorf("%+v %v", people, err)
	}
}
