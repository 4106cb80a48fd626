package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// TestUndoAcrossRecords takes back, one by one and from any door, what was done
// last.
func TestUndoAcrossRecords(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	wang := h.register(volunteer("王建国", wangNumber))
	team := h.team("巡逻队", wang)
	a := patrol(team, "2026-10-19")
	if _, _, err := d.db.LogActivity(t.Context(), a, []record.Entry{{Volunteer: wang}}); err != nil {
		t.Fatal(err)
	}
	h.seal(wang)
	for _, want := range []string{
		"封存 王建国", "活动 " + a.Title + " 和 1 人的时长", "加入队伍 王建国 · 巡逻队", "新建队伍 巡逻队", "登记人员 王建国",
	} {
		h.ctrl(fyne.KeyZ)
		dialog, ok := h.canvas().Overlays().Top().(*widgets.Dialog)
		if !ok {
			t.Fatalf("%s: nothing is asked", want)
		}
		if strings.HasPrefix(want, "活动") {
			h.golden("undo")
		}
		_ = dialog
		h.press(fyne.KeyReturn)
		if got := d.frame.notice.Text(); got != "已撤销："+want+"。" {
			t.Errorf("notice %q, want %q", got, want)
		}
	}
	if len(h.people()) != 0 {
		t.Error("somebody is still there")
	}
	h.ctrl(fyne.KeyZ)
	if got := d.frame.notice.Text(); !strings.Contains(got, "没有可以撤销") {
		t.Errorf("nothing to undo: %q", got)
	}
}

func TestUndoOfImport(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	plan, err := d.db.PlanImport(t.Context(), []record.Draft{
		{Row: 2, Volunteer: volunteer("王建国", wangNumber)}, {Row: 3, Volunteer: volunteer("李爱军", "12999919701001005X")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.db.CommitImport(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	h.ctrl(fyne.KeyZ)
	h.press(fyne.KeyReturn)
	if got := d.frame.notice.Text(); got != "已撤销：导入 2 人。" {
		t.Errorf("notice %q", got)
	}
}

func TestUndoRefused(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	// the other account adds a member to a team of this one
	wang := h.register(volunteer("王建国", wangNumber))
	d.open(doorPeople, place{New: true})
	h.ctrl(fyne.KeyZ)
	if h.canvas().Overlays().Top() != nil || !strings.Contains(d.frame.notice.Text(), "正在填写") {
		t.Fatalf("over a form: %q", d.frame.notice.Text())
	}
	h.press(fyne.KeyEscape)
	last, err := d.lastChange(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.team("巡逻队", wang)
	d.takeBack(last)
	if h.canvas().Overlays().Top() == nil || len(h.people()) != 1 {
		t.Fatal("the refusal is not explained")
	}
	h.golden("undo_refused")
}

// team founds a team with members past the window.
func (h hands) team(name string, members ...record.VolunteerID) record.TeamID {
	h.t.Helper()
	id, err := h.d.db.FoundTeam(h.t.Context(), record.Team{Name: name, Kind: record.TeamKinds().Terms[0].Code, Founded: "2026-01-01"})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, m := range members {
		if err := h.d.db.Join(h.t.Context(), record.Membership{Team: id, Volunteer: m, From: "2026-03-01"}); err != nil {
			h.t.Fatal(err)
		}
	}
	return id
}

func (h hands) seal(id record.VolunteerID) {
	h.t.Helper()
	if err := h.d.db.SealVolunteer(h.t.Context(), id, "本人撤回同意"); err != nil {
		h.t.Fatal(err)
	}
}
