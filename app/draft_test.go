package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/store"
)

// login types the password into the open login page.
func (h hands) login() {
	h.t.Helper()
	h.write(password)
	h.press(fyne.KeyReturn)
	if h.d.frame == nil {
		h.t.Fatal("the login did not open the window")
	}
}

// killed closes a window's file without asking the window, as a power cut does,
// and opens another window on it.
func (h hands) killed(opt store.Options) hands {
	h.t.Helper()
	if err := h.d.db.Close(); err != nil {
		h.t.Fatal(err)
	}
	h.d.owned = false
	next := hands{h.t, open(h.t, opt)}
	next.login()
	return next
}

func TestPersonDraftSurvivesKill(t *testing.T) {
	opt := station(t)
	h := hands{t, open(t, opt)}
	h.login()
	h.d.open(doorPeople, place{New: true})
	h.write(wangNumber)
	h.press(fyne.KeyReturn)
	h.write("王建国")
	h.press(fyne.KeyReturn)
	h.write("1380013") // the field that is being typed
	h = h.killed(opt)
	h.golden("draft_today")
	h.press(fyne.KeyReturn)
	f := h.d.screens[doorPeople].(*peopleScreen).people.form
	if f == nil {
		t.Fatal("the line of 今日 opened no form")
	}
	if f.c.id.Value() != wangNumber || f.c.name.Value() != "王建国" || f.c.sex.Value() != "男" || f.c.birth.Value() != "1985-07-01" {
		t.Errorf("restored %q %q %q %q", f.c.id.Value(), f.c.name.Value(), f.c.sex.Value(), f.c.birth.Value())
	}
	if h.canvas().Focused() != fyne.Focusable(f.c.phones) {
		t.Errorf("the cursor stands in %T, want the telephone", h.canvas().Focused())
	}
	h.golden("draft_person")
	h.write("13800138000")
	h.ctrl(fyne.KeyS)
	if p := h.people()["王建国"]; len(p.Phones) != 1 {
		t.Fatalf("saved %+v", p)
	}
	h = h.killed(opt)
	if lines := h.d.drafts.lines(); len(lines) != 0 {
		t.Errorf("after the save there still waits %v", lines)
	}
}

// TestDraftWhileTyping holds that the clock alone keeps the field that is being
// typed, and that Escape forgets.
func TestDraftWhileTyping(t *testing.T) {
	opt := station(t)
	h := hands{t, open(t, opt)}
	h.login()
	h.d.open(doorPeople, place{New: true})
	h.press(fyne.KeyReturn)
	h.write("王建")
	h.d.beat()
	h = h.killed(opt)
	h.d.open(doorPeople, place{New: true})
	f := h.d.screens[doorPeople].(*peopleScreen).people.form
	if f.c.name.Value() != "王建" || !strings.Contains(h.d.frame.notice.Text(), "接着上次") {
		t.Fatalf("restored %q, said %q", f.c.name.Value(), h.d.frame.notice.Text())
	}
	h.press(fyne.KeyEscape, fyne.KeyLeft, fyne.KeyReturn)
	h = h.killed(opt)
	if len(h.d.drafts.lines()) != 0 {
		t.Errorf("a form that was given up still waits")
	}
}

func TestEditDraftLiesOverTheRecord(t *testing.T) {
	opt := station(t)
	h := hands{t, open(t, opt)}
	h.login()
	id := h.register(volunteer("王建国", wangNumber))
	h.d.open(doorPeople, place{Person: id})
	h.press(fyne.KeyReturn)
	f := h.d.screens[doorPeople].(*peopleScreen).people.form
	f.form.fields["employer"].Focus()
	h.write("小站粮库")
	f.form.fields["name"].Focus()
	v, err := h.d.db.Volunteer(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	v.Politics = "01"
	if _, err := h.d.db.UpdateVolunteer(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	h = h.killed(opt)
	h.d.openDraft(draftPeople + string(id))
	f = h.d.screens[doorPeople].(*peopleScreen).people.form
	if f.c.employer.Value() != "小站粮库" || f.c.politics.Value() != "01" {
		t.Errorf("employer %q, politics %q", f.c.employer.Value(), f.c.politics.Value())
	}
	if !strings.Contains(h.d.frame.notice.Text(), "后来改过") {
		t.Errorf("said %q", h.d.frame.notice.Text())
	}
}

func TestActivityAndTeamDrafts(t *testing.T) {
	opt := station(t)
	h := hands{t, open(t, opt)}
	h.login()
	id := h.register(volunteer("王建国", wangNumber))
	h.d.open(doorActivities, place{New: true})
	f := h.d.screens[doorActivities].(*activityScreen).form
	h.write("社区治安巡逻")
	h.press(fyne.KeyReturn)
	f.people.add(id)
	f.form.fields["place"].Focus()
	h.d.openTeams("")
	h.ctrl(fyne.KeyN)
	h.write("巡逻队")
	h.press(fyne.KeyReturn)
	h = h.killed(opt)
	if n := len(h.d.drafts.lines()); n != 2 {
		t.Fatalf("%d forms wait, want 2", n)
	}
	h.d.openDraft(draftActivity + "new")
	f = h.d.screens[doorActivities].(*activityScreen).form
	if f.c.title.Value() != "社区治安巡逻" || len(f.people.rows) != 1 || f.people.rows[0].id != id {
		t.Errorf("restored %q with %d people", f.c.title.Value(), len(f.people.rows))
	}
	h.d.openDraft(draftTeam + "new")
	if got := h.d.screens[doorPeople].(*peopleScreen).teams.form.name.Value(); got != "巡逻队" {
		t.Errorf("restored team %q", got)
	}
}

func TestShelf(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	d.open(doorPeople, place{New: true})
	h.press(fyne.KeyReturn)
	h.write("王建国")
	h.press(fyne.KeyF8)
	s := d.screens[doorPeople].(*peopleScreen)
	if s.people.form != nil {
		t.Fatal("F8 left the form open")
	}
	h.press(fyne.KeyF1, fyne.KeyF8)
	if s.people.form == nil || s.people.form.c.name.Value() != "王建国" {
		t.Fatal("F8 brought nothing back")
	}
	if h.canvas().Focused() != fyne.Focusable(s.people.form.c.name) {
		t.Errorf("the cursor stands in %T", h.canvas().Focused())
	}
}

func TestLockKeepsTheForm(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	d.open(doorPeople, place{New: true})
	h.press(fyne.KeyReturn)
	h.write("王建国")
	h.ctrl(fyne.KeyL)
	if _, ok := d.page.(*loginPage); !ok {
		t.Fatal("Ctrl+L asked or did nothing")
	}
	h.login()
	if lines := d.drafts.lines(); len(lines) != 1 || !strings.Contains(lines[0].what, "王建国") {
		t.Errorf("waiting: %+v", lines)
	}
}
