package app

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/store/record"
)

func (h hands) peopleScreen() *peopleScreen {
	h.t.Helper()
	s, ok := h.d.screens[doorPeople].(*peopleScreen)
	if !ok {
		h.t.Fatal("the door 人员 is not open")
	}
	return s
}

// TestRegisterByKeyboard types a person with a wrong number first: the error
// stands beside the field at once, and nothing is written.
func TestRegisterByKeyboard(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.press(fyne.KeyF1)
	h.golden("people_empty")
	h.ctrl(fyne.KeyN)
	form := h.peopleScreen().people.form
	if form == nil {
		t.Fatal("Ctrl+N opened no form")
	}
	h.write("129999198507011238")
	if form.form.fields["id_number"].Message() == "" {
		t.Error("a wrong check digit: nothing said while typing")
	}
	h.press(fyne.KeyReturn)
	h.write("王建国")
	h.ctrl(fyne.KeyS)
	if len(h.people()) != 0 || h.peopleScreen().people.form == nil {
		t.Fatal("a person with a wrong number was written")
	}
	h.golden("person_wrong")
	form.c.id.SetValue("")
	d.win.Canvas().Focus(form.c.id)
	h.write(wangNumber)
	if form.c.birth.Value() != "1985-07-01" || form.c.sex.Value() != "男" {
		t.Errorf("from the number: %q %q", form.c.birth.Value(), form.c.sex.Value())
	}
	h.press(fyne.KeyReturn, fyne.KeyReturn) // number, name
	h.write("138 0013 8000、022-28618888")
	h.press(fyne.KeyReturn)
	h.ctrl(fyne.KeyS)
	got, ok := h.people()["王建国"]
	if !ok {
		t.Fatalf("not written; findings: %q", messages(form.form))
	}
	if got.IDNumber != wangNumber || got.Birth != "1985-07-01" || got.Sex != record.Male || len(got.Phones) != 2 || !got.Serving || got.Joined != "2026-10-20" {
		t.Errorf("written %+v", got)
	}
	if h.peopleScreen().people.form != nil || h.peopleScreen().people.grid.SelectedKey() != string(got.ID) {
		t.Error("the saved person is not selected in the list")
	}
}

func messages(f *form) string {
	var all []string
	for name, field := range f.fields {
		if m := field.Message(); m != "" {
			all = append(all, name+": "+m)
		}
	}
	return strings.Join(all, "; ")
}

// TestDuplicateWarning warns before saving and leads to the person who is there.
func TestDuplicateWarning(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	id := h.register(volunteer("王建国", wangNumber))
	h.press(fyne.KeyF1)
	h.ctrl(fyne.KeyN)
	form := h.peopleScreen().people.form
	h.write(wangNumber)
	if len(form.alike) != 1 || form.form.warning.Hidden {
		t.Fatal("the same number: no warning while typing")
	}
	h.golden("person_duplicate")
	h.press(fyne.KeyReturn)
	h.write("王国")
	h.ctrl(fyne.KeyS)
	if len(h.people()) != 1 {
		t.Error("the same number was written twice")
	}
	h.ctrl(fyne.KeyO)
	h.press(fyne.KeyTab, fyne.KeyReturn) // the question stands on “go on typing”
	h.ctrl(fyne.KeyO)
	if d.win.Canvas().Overlays().Top() != nil {
		h.press(fyne.KeyLeft, fyne.KeyReturn)
	}
	if h.peopleScreen().people.form != nil || h.peopleScreen().people.grid.SelectedKey() != string(id) {
		t.Error("Ctrl+O did not lead to the person")
	}
}

// TestEscape asks only when something would be lost.
func TestEscape(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.press(fyne.KeyF1)
	h.ctrl(fyne.KeyN)
	h.press(fyne.KeyEscape)
	if h.peopleScreen().people.form != nil || d.win.Canvas().Overlays().Top() != nil {
		t.Fatal("an untouched form did not close at once")
	}
	h.ctrl(fyne.KeyN)
	h.press(fyne.KeyReturn)
	h.write("李")
	h.press(fyne.KeyEscape)
	if d.win.Canvas().Overlays().Top() == nil {
		t.Fatal("a half-typed form would be lost without a question")
	}
	h.press(fyne.KeyEscape) // go on typing
	if h.peopleScreen().people.form == nil {
		t.Fatal("the form is gone")
	}
	h.press(fyne.KeyF2, fyne.KeyF1)
	if f := h.peopleScreen().people.form; f == nil || f.c.name.Value() != "李" {
		t.Error("another door lost the half-typed form")
	}
	if d.unsaved() == "" {
		t.Error("locking would lose the form without a question")
	}
}

// TestEnlist makes a volunteer of a veteran with Space and Enter.
func TestEnlist(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	id := h.register(record.Volunteer{Name: "王建国", IDNumber: wangNumber, Veteran: true})
	h.press(fyne.KeyF1)
	h.press(fyne.KeySpace)
	if d.win.Canvas().Overlays().Top() == nil {
		t.Fatal("Space asked nothing")
	}
	h.press(fyne.KeyReturn, fyne.KeyReturn)
	v, err := d.db.Volunteer(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	want := record.Agreement{Date: "2026-10-20", Version: record.AgreementVersion, Way: wayPaper}
	if !v.Serving || v.Agreement != want {
		t.Errorf("serving %v, agreement %+v", v.Serving, v.Agreement)
	}
}

// TestList finds, filters and shows the card.
func TestList(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.people20()
	h.press(fyne.KeyF1)
	h.golden("people")
	pane := h.peopleScreen().people
	h.write("wjg")
	if pane.rows.Len() != 1 || pane.rows.At(0).Name != "王建国" {
		t.Errorf("wjg finds %d rows", pane.rows.Len())
	}
	h.press(fyne.KeyReturn, fyne.KeyEscape)
	if pane.rows.Len() != 20 {
		t.Errorf("Escape leaves %d rows, want all", pane.rows.Len())
	}
	h.ctrl(fyne.KeyK)
	h.write("lxm")
	h.golden("search")
	h.press(fyne.KeyReturn)
	if x, ok := pane.current(); !ok || x.Name != "李秀梅" {
		t.Errorf("the search box led to %q", x.Name)
	}
	h.press(fyne.KeyReturn)
	if pane.form == nil || pane.form.before.Name != "李秀梅" {
		t.Fatal("Enter opened no form")
	}
	h.golden("person")
}

// people20 registers twenty invented people.
func (h hands) people20() {
	h.t.Helper()
	names := strings.Fields("王建国 李秀梅 张志强 刘卫东 陈国华 杨玉兰 赵建军 孙爱民 周德胜 吴桂英 徐海涛 胡春生 郭宝田 林淑珍 何永福 高树林 马占山 罗文斌 梁金凤 宋长河")
	for i, name := range names {
		v := volunteer(name, "")
		v.Sex, v.Birth, v.Phones = record.Male, record.Date("19"+string(rune('5'+i%4))+"8-07"), []string{"1380013" + string(rune('1'+i%9)) + "00" + string(rune('0'+i%10))}
		v.Veteran, v.Politics = i%3 != 2, []string{"01", "13"}[i%2]
		v.VillageName = []string{"东里社区", "西里社区", "会馆村"}[i%3]
		if name == "王建国" {
			v.IDNumber, v.Sex, v.Birth = wangNumber, record.Male, "1985-07-01"
			v.Enlisted, v.Discharged, v.Merits = "2003-12", "2008-11", "三等功一次"
		}
		h.register(v)
	}
}

// TestTeam founds a team by keyboard, adds its captain and a member, and lets
// one leave.
func TestTeam(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.people20()
	h.press(fyne.KeyF1)
	h.ctrl(fyne.Key2)
	h.golden("teams_empty")
	h.ctrl(fyne.KeyN)
	h.ctrl(fyne.KeyS)
	if h.peopleScreen().teams.form == nil || h.peopleScreen().teams.form.form.fields["name"].Message() == "" {
		t.Fatal("a team without a name was taken, or refused without a word")
	}
	h.write("小站镇退役军人志愿服务队")
	h.press(fyne.KeyReturn)
	h.write("综合")
	h.press(fyne.KeyReturn)
	h.golden("team_form")
	h.ctrl(fyne.KeyS)
	teams, err := d.db.Teams(context.Background())
	if err != nil || len(teams) != 1 || teams[0].Name != "小站镇退役军人志愿服务队" {
		t.Fatalf("teams %+v, %v", teams, err)
	}
	h.ctrl(fyne.KeyF)
	h.write("wjg")
	h.press(fyne.KeyReturn)
	h.ctrl(fyne.KeyF)
	h.write("lxm")
	h.press(fyne.KeyReturn)
	members, err := d.db.Members(context.Background(), teams[0].ID)
	if err != nil || len(members) != 2 || members[0].Role != roleCaptain || members[1].Role != roleMember {
		t.Fatalf("members %+v, %v", members, err)
	}
	h.golden("teams")
	card := h.peopleScreen().teams.card
	d.win.Canvas().Focus(card.grid)
	card.grid.Select(1)
	h.press(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn) // role, from
	h.write("2026-10-20")
	h.ctrl(fyne.KeyS)
	members, err = d.db.Members(context.Background(), teams[0].ID)
	if err != nil || members[1].To != "2026-10-20" {
		t.Errorf("after leaving %+v, %v", members, err)
	}
}

// TestViews holds that a figure opens exactly the people whom it counts.
func TestViews(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.people20()
	left := h.people()["宋长河"]
	v, err := d.db.Volunteer(d.ctx, left.ID)
	if err != nil {
		t.Fatal(err)
	}
	v.Status, v.StatusSince = record.StatusLeft, "2026-10-01"
	if _, err := d.db.UpdateVolunteer(d.ctx, v); err != nil {
		t.Fatal(err)
	}
	newcomer := volunteer("冯立新", "")
	newcomer.Joined, newcomer.Agreement.Date = "2026-10-05", "2026-10-05"
	h.register(newcomer)
	report, err := d.db.Report(d.ctx, record.MonthOf(d.today()))
	if err != nil {
		t.Fatal(err)
	}
	for view, code := range map[peopleView]string{viewServing: record.FigureVolunteers, viewJoined: record.FigureJoined, viewActive: record.FigurePeople} {
		d.open(doorPeople, place{People: view})
		if got, want := int64(h.peopleScreen().people.rows.Len()), report.Figures[code]; got != want {
			t.Errorf("%s lists %d, the figure says %d", view, got, want)
		}
	}
	d.open(doorPeople, place{People: viewNoNumber})
	rows := h.peopleScreen().people.rows
	for i := range rows.Len() {
		x := rows.At(i)
		if x.IDNumber != "" {
			t.Errorf("%s has a number", x.Name)
		}
	}
}

// TestLeftOver holds that text which chooses nothing is neither saved nor lost:
// a team by a wrong abbreviation, a place that is only letters.
func TestLeftOver(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.company("小站镇志愿服务队", 1)
	for _, name := range []string{"team", "politics", "skills", "village"} {
		before := len(h.people())
		h.press(fyne.KeyF1)
		h.ctrl(fyne.KeyN)
		form := h.peopleScreen().people.form
		form.c.name.SetValue("王建国")
		form.form.fields[name].Focus()
		h.write("qqqq")
		h.ctrl(fyne.KeyS)
		if len(h.people()) != before || h.peopleScreen().people.form == nil {
			t.Fatalf("%s: saved without what was typed", name)
		}
		if form.form.fields[name].Message() == "" {
			t.Errorf("%s: nothing said; findings: %q", name, messages(form.form))
		}
		form.leave()
	}
}

// TestDownToMembers holds that Down in the empty field of a team goes to the
// members and takes nobody in.
func TestDownToMembers(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	team, _ := h.company("小站镇志愿服务队", 2)
	h.register(volunteer("王建国", wangNumber))
	d.openTeams(team)
	card := h.peopleScreen().teams.card
	card.focusPicker()
	h.press(fyne.KeyDown)
	if d.win.Canvas().Focused() != fyne.Focusable(card.grid) || len(card.members) != 2 {
		t.Errorf("Down went to %T, %d members", d.win.Canvas().Focused(), len(card.members))
	}
}
