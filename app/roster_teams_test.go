package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// TestRosterMakesTeams: the preview tells of a team that is not there, Ctrl+N
// takes it into the import, and the undo takes it back.
func TestRosterMakesTeams(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	d.cfg.App.Clipboard().SetContent("姓名\t身份证号\t所在队伍\n王建国\t" + nobodys(t, 0) + "\t巡逻队\n")
	d.open(doorPeople, place{})
	h.peopleScreen().pasteRoster()
	w := h.peopleScreen().roster
	if w == nil || w.preview == nil {
		t.Fatal("the pasted roster opened no preview")
	}
	if said := strings.Join(w.preview.told(), ""); !strings.Contains(said, "“巡逻队” 1 人（Ctrl+N 一并建立）") {
		t.Errorf("told %s", said)
	}
	h.ctrl(fyne.KeyN)
	if said := strings.Join(w.preview.told(), ""); !strings.Contains(said, "编入队伍 1 人") || w.plan.CountJoining() != 1 {
		t.Errorf("told %s", said)
	}
	h.ctrl(fyne.KeyS)
	if w.result == nil || w.result.Joined != 1 || w.result.Teams != 1 {
		t.Fatalf("result %+v", w.result)
	}
	if err := d.db.UndoImport(t.Context(), w.result.Batch); err != nil {
		t.Fatal(err)
	}
	if teams, err := d.db.Teams(t.Context()); err != nil || len(teams) != 0 {
		t.Errorf("%d teams stay, %v", len(teams), err)
	}
}
