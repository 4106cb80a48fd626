package app

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/store"
	"rongyuan/store/record"
)

// numberOf makes a right identity number of nobody.
func numberOf(t testing.TB, i int) record.IDNumber {
	t.Helper()
	body := fmt.Sprintf("129999%04d%02d%02d%03d", 1957+i%43, 1+i%12, 1+i%28, i)
	for _, last := range "0123456789X" {
		if read, err := record.ReadIDNumber(body+string(last), "2026-10-20"); err == nil {
			return read.Number
		}
	}
	t.Fatal("no check digit fits")
	return ""
}

// company is a team with so many people in it, all with names of their own.
func (h hands) company(team string, n int) (record.TeamID, []record.VolunteerID) {
	h.t.Helper()
	family, given := []rune("王李张刘陈杨赵黄周吴"), []string{"建国", "卫东", "志强", "桂英", "学军", "文博", "铁柱", "红梅"}
	var people []record.VolunteerID
	for i := range n {
		v := volunteer(string(family[i%len(family)])+given[(i/len(family)+i)%len(given)], string(numberOf(h.t, i)))
		v.Veteran, v.Kind = true, "2"
		v.Phones = []string{fmt.Sprintf("199%08d", i)}
		people = append(people, h.register(v))
	}
	id, err := h.d.db.FoundTeam(context.Background(), record.Team{Name: team, Kind: "t01", Founded: "2026-03-01"})
	if err != nil {
		h.t.Fatal(err)
	}
	for i, p := range people {
		m := record.Membership{Team: id, Volunteer: p, Role: roleMember, From: "2026-03-02"}
		if i == 0 {
			m.Role = roleCaptain
		}
		if err := h.d.db.Join(context.Background(), m); err != nil {
			h.t.Fatal(err)
		}
	}
	return id, people
}

func (h hands) activities() []record.Activity {
	h.t.Helper()
	all, err := h.d.db.Activities(context.Background(), store.ActivityFilter{})
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}

func (h hands) present(id record.ActivityID) map[record.VolunteerID]int {
	h.t.Helper()
	all, err := h.d.db.Participations(context.Background(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	out := map[record.VolunteerID]int{}
	for _, p := range all {
		out[p.Volunteer] = p.Minutes
	}
	return out
}

// log writes an activity past the window.
func (h hands) log(a record.Activity, people ...record.VolunteerID) record.ActivityID {
	h.t.Helper()
	var entries []record.Entry
	for _, p := range people {
		entries = append(entries, record.Entry{Volunteer: p})
	}
	id, _, err := h.d.db.LogActivity(context.Background(), a, entries)
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func patrol(team record.TeamID, day record.Day) record.Activity {
	return record.Activity{
		Title: "社区治安巡逻", Line: "3", Sub: "3.2", Start: record.Moment(day + "T09:00"), End: record.Moment(day + "T11:10"), Break: 10,
		Place: "东风里", Team: team, Served: 60, LeaderName: "王建国", Content: "沿河和各楼门巡查，劝导电动车停放。",
	}
}

func (h hands) fields(words ...string) {
	h.t.Helper()
	for _, w := range words {
		if w != "" {
			h.write(w)
		}
		h.press(fyne.KeyReturn)
	}
}

// TestLogFortyByKeyboard is the paper sheet of ui.md: forty members, five absent.
func TestLogFortyByKeyboard(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	team, people := h.company("小站镇志愿服务队", 40)
	h.press(fyne.KeyF2)
	h.golden("activities_empty")
	h.ctrl(fyne.KeyN)
	s := d.screens[doorActivities].(*activityScreen)
	if s.form == nil {
		t.Fatal("Ctrl+N opened no form")
	}
	h.fields("社区治安巡逻", "tdpa", "zaxl", "10-19", "9", "1110")
	h.fields("", "10", "东风里", "", "xzz", "")
	if s.form.c.length.words.line.Text != "2 小时（扣除休息 10 分钟）" {
		t.Errorf("length %q", s.form.c.length.words.line.Text)
	}
	h.golden("activity_form")
	h.ctrl(fyne.Key2)
	h.press(fyne.KeyDown)
	for range 5 {
		h.press(fyne.KeyDown, fyne.KeySpace)
	}
	rows := s.form.people.rows
	if rows[0].id != people[0] {
		t.Error("the captain does not stand first")
	}
	if got := s.form.people.count.line.Text; got != "参加 35 人 · 未到 5 人 · 70 小时" {
		t.Errorf("count %q", got)
	}
	h.press(fyne.KeyEnd, fyne.KeyReturn)
	h.write("60")
	h.press(fyne.KeyReturn)
	h.golden("activity_form_people")
	h.ctrl(fyne.KeyS)
	if s.form != nil {
		t.Fatalf("the form stays open: %v", messages(s.form.form))
	}
	all := h.activities()
	if len(all) != 1 {
		t.Fatalf("%d activities, want 1", len(all))
	}
	a := all[0]
	if a.Title != "社区治安巡逻" || a.Line != "3" || a.Sub != "3.2" || a.Start != "2026-10-19T09:00" || a.End != "2026-10-19T11:10" ||
		a.Break != 10 || a.Place != "东风里" || a.Team != team || a.Leader != people[0] || a.State != record.ActivityDone {
		t.Errorf("activity %+v", a)
	}
	present := h.present(a.ID)
	if len(present) != 35 || present[rows[39].id] != 60 || present[rows[0].id] != 120 {
		t.Errorf("%d people, first %d, last %d minutes", len(present), present[rows[0].id], present[rows[39].id])
	}
	for _, x := range rows[1:6] {
		if _, is := present[x.id]; is {
			t.Errorf("%s was unticked and has time", x.name)
		}
	}
	h.golden("activities")
}

func TestActivityRefused(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	_, people := h.company("小站镇志愿服务队", 3)
	d.open(doorActivities, place{New: true})
	f := d.screens[doorActivities].(*activityScreen).form
	h.ctrl(fyne.KeyS)
	for _, name := range []string{"title", "line", "start", "end"} {
		if f.form.fields[name].Message() == "" {
			t.Errorf("%s is empty: nothing said", name)
		}
	}
	f.c.title.SetValue("护河巡查")
	f.c.line.SetValue("3")
	f.c.day.SetValue("2026-10-19")
	for _, one := range []struct {
		start, end string
		nextDay    bool
		want       string
	}{
		{"11:00", "09:00", false, "结束时间要晚于开始时间"},
		{"08:00", "09:00", true, "24 小时"},
	} {
		f.c.start.SetValue(one.start)
		f.c.end.SetValue(one.end)
		f.c.nextDay.SetValue(one.nextDay)
		h.ctrl(fyne.KeyS)
		if got := f.form.fields["end"].Message(); !strings.Contains(got, one.want) {
			t.Errorf("%s to %s: %q said, want %q", one.start, one.end, got, one.want)
		}
	}
	h.golden("activity_form_wrong")
	f.c.nextDay.SetValue(false)
	f.c.end.SetValue("10:00")
	f.follows()
	h.ctrl(fyne.Key2)
	wang := h.people()
	name := ""
	for n, p := range wang {
		if p.ID == people[0] {
			name = n
		}
	}
	for range 2 {
		h.write(name)
		h.press(fyne.KeyReturn)
	}
	if got := f.people.field.Message(); !strings.Contains(got, "已经在名单里") || len(f.people.rows) != 1 {
		t.Errorf("twice the same person: %q said, %d rows", got, len(f.people.rows))
	}
	if n := len(h.activities()); n != 0 {
		t.Errorf("%d activities written by refused forms", n)
	}
	h.ctrl(fyne.KeyS)
	if n := len(h.activities()); n != 1 {
		t.Errorf("%d activities, want 1: %v", n, messages(f.form))
	}
}

func TestCorrectService(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	team, people := h.company("小站镇志愿服务队", 4)
	id := h.log(patrol(team, "2026-10-19"), people[:3]...)
	h.press(fyne.KeyF2)
	h.press(fyne.KeyReturn)
	s := d.screens[doorActivities].(*activityScreen)
	if s.form == nil {
		t.Fatal("Enter opened no form")
	}
	row := s.form.people.at(people[1])
	h.press(fyne.KeyDown)
	s.form.people.grid.Select(row)
	h.press(fyne.KeyReturn)
	h.golden("activity_correct")
	h.write("90")
	h.press(fyne.KeyReturn)
	h.press(fyne.KeyReturn) // no reason yet
	if h.present(id)[people[1]] != 120 {
		t.Fatal("a correction without a reason was written")
	}
	h.write("提前离开")
	h.press(fyne.KeyReturn)
	if got := h.present(id)[people[1]]; got != 90 {
		t.Errorf("%d minutes, want 90", got)
	}
	entries, err := d.db.Entries(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	back := 0
	for _, e := range entries {
		if e.Reverses != "" && e.Minutes == -120 && e.Reason == "提前离开" {
			back++
		}
	}
	if len(entries) != 5 || back != 1 {
		t.Errorf("%d entries, %d reversals: %+v", len(entries), back, entries)
	}
	s.form.people.marked(s.form.people.at(people[2]), false) // Space on somebody recorded
	h.press(fyne.KeyReturn)
	h.write("签到表有误")
	h.press(fyne.KeyReturn)
	if present := h.present(id); len(present) != 2 {
		t.Errorf("%d people, want 2", len(present))
	}
	h.ctrl(fyne.Key2)
	var name string
	for n, p := range h.people() {
		if p.ID == people[3] {
			name = n
		}
	}
	h.write(name)
	h.press(fyne.KeyReturn)
	s.form.c.place.SetValue("西风里")
	h.ctrl(fyne.KeyS)
	a := h.activities()[0]
	if s.form != nil || a.Place != "西风里" || h.present(id)[people[3]] != 120 {
		t.Errorf("after the edit: place %q, %v", a.Place, h.present(id))
	}
	if row, _ := s.current(); row.people != 3 || row.minutes != 330 {
		t.Errorf("the list counts %d people and %d minutes", row.people, row.minutes)
	}
	h.golden("activity_corrected")
}

// TestPlannedToConfirmed walks an activity through its states.
func TestPlannedToConfirmed(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	team, people := h.company("小站镇志愿服务队", 5)
	a := patrol(team, "2026-09-28")
	a.State = record.ActivityPlanned
	id := h.log(a)
	d.open(doorActivities, place{Overdue: true})
	s := d.screens[doorActivities].(*activityScreen)
	if len(s.rows) != 1 || s.dueText(s.rows[0]) != "已超期" {
		t.Fatalf("overdue rows %+v", s.rows)
	}
	h.golden("activities_overdue")
	h.press(fyne.KeyReturn)
	if !s.form.c.lateField.Visible() || len(s.form.people.rows) != 5 {
		t.Fatalf("late reason shown %t, %d people", s.form.c.lateField.Visible(), len(s.form.people.rows))
	}
	s.form.c.lateReason.SetValue("签到表晚交")
	h.golden("activity_form_late")
	h.ctrl(fyne.KeyS)
	got := h.activities()[0]
	if got.State != record.ActivityDone || got.LateReason != "签到表晚交" || !got.Late() || len(h.present(id)) != len(people) {
		t.Errorf("closed: %+v, %d people", got, len(h.present(id)))
	}
	row, _ := s.current()
	s.confirm(row.a)
	if got := h.activities()[0]; got.State != record.ActivityConfirmed {
		t.Errorf("state %s, want confirmed", got.State)
	}
	h.ctrl(fyne.KeyD)
	if s.form == nil || s.form.read().Start != "2026-10-20T09:00" || s.form.read().Title != got.Title || len(s.form.people.rows) != 5 {
		t.Fatal("the copy differs")
	}
}
