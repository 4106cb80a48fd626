package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/assets"
	"rongyuan/store/record"
)

// TestTeamHealthOpensToNames looks at both lists; Enter opens the people.
func TestTeamHealthOpensToNames(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.people20()
	villages := assets.VillagesOf("120112101")
	top, err := d.db.FoundTeam(d.ctx, record.Team{Name: "小站镇退役军人志愿服务队", Kind: "t01", Tier: "station", Wanted: []string{"s01", "s02"}})
	if err != nil {
		t.Fatal(err)
	}
	below, err := d.db.FoundTeam(d.ctx, record.Team{Name: "会馆村分队", Kind: "t01", Tier: "community", Parent: top, Village: villages[0].Code})
	if err != nil {
		t.Fatal(err)
	}
	people := h.people()
	for i, name := range []string{"王建国", "李秀梅", "张志强", "刘卫东"} {
		if err := d.db.Join(d.ctx, record.Membership{Team: []record.TeamID{top, below}[i%2], Volunteer: people[name].ID, From: record.Day("2026-03-0" + string(rune('1'+i)))}); err != nil {
			t.Fatal(err)
		}
	}
	_, _, err = d.db.LogActivity(d.ctx, record.Activity{
		Title: "治安巡逻", Kind: record.KindService, Line: "3", Start: "2026-10-12T09:00", End: "2026-10-12T11:00", State: record.ActivityDone,
	}, []record.Entry{{Volunteer: people["王建国"].ID}})
	if err != nil {
		t.Fatal(err)
	}
	h.press(fyne.KeyF1)
	h.ctrl(fyne.Key2)
	if rows := h.peopleScreen().teams.rows; rows[0].team.ID != top || rows[1].depth != 1 {
		t.Errorf("the tree is %+v", rows)
	}
	h.golden("team_tree")
	h.ctrl(fyne.Key5)
	h.golden("team_health")
	h.press(fyne.KeyEnd, fyne.KeyReturn)
	list := h.peopleScreen().people
	if list.rows.Len() != 1 || list.rows.At(0).Name != "张志强" {
		t.Errorf("%d people behind the row, the first is %s", list.rows.Len(), list.rows.At(0).Name)
	}
	h.press(fyne.KeyEscape)
	if list.rows.Len() != 20 {
		t.Errorf("Escape leaves %d people", list.rows.Len())
	}
	h.ctrl(fyne.Key5)
	h.ctrl(fyne.KeyF)
	h.write("2")
	h.golden("team_coverage")
}

// TestBrandDraft keeps a half-typed brand over the lock, and parks it with F8.
func TestBrandDraft(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.press(fyne.KeyF1)
	h.ctrl(fyne.Key3)
	h.ctrl(fyne.KeyN)
	h.write("老兵守河")
	h.press(fyne.KeyF8)
	if h.peopleScreen().brands.form != nil {
		t.Fatal("F8 did not park the form")
	}
	h.press(fyne.KeyF2, fyne.KeyF8)
	form := h.peopleScreen().brands.form
	if form == nil || form.name.Value() != "老兵守河" {
		t.Fatal("F8 brought nothing back")
	}
	d.lockNow()
	h.write(password)
	h.press(fyne.KeyReturn)
	d.openDraft(draftBrand + "new")
	form = h.peopleScreen().brands.form
	if form == nil || form.name.Value() != "老兵守河" {
		t.Fatal("the draft did not survive the lock")
	}
	h.ctrl(fyne.KeyS)
	all, err := d.db.Brands(d.ctx)
	if err != nil || len(all) != 1 || all[0].Name != "老兵守河" || d.drafts.kept[draftBrand+"new"] != "" {
		t.Errorf("brands %+v, %v, draft %q", all, err, d.drafts.kept[draftBrand+"new"])
	}
}

// TestPeopleInHighContrast paints both lists as somebody with weak eyes sees them.
func TestPeopleInHighContrast(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.people20()
	if _, err := d.db.FoundTeam(d.ctx, record.Team{Name: "小站镇退役军人志愿服务队", Kind: "t01", Founded: "2026-03-05"}); err != nil {
		t.Fatal(err)
	}
	if err := d.db.SaveSetting(d.ctx, settingContrast, "1"); err != nil {
		t.Fatal(err)
	}
	h.d.lockNow()
	h.write(password)
	h.press(fyne.KeyReturn, fyne.KeyF1)
	h.golden("people_contrast")
	h.ctrl(fyne.Key2)
	h.golden("teams_contrast")
}
