package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// watch is an activity of the station on a day, from 9 to 11.
func watch(title string, day record.Day, state record.ActivityState) record.Activity {
	return record.Activity{
		Title: title, Kind: record.KindService, Line: "3", Start: record.Moment(string(day) + "T09:00"), End: record.Moment(string(day) + "T11:00"),
		Place: "会馆村", State: state,
	}
}

func (h hands) logged(a record.Activity, who ...record.VolunteerID) record.ActivityID {
	h.t.Helper()
	var entries []record.Entry
	for _, id := range who {
		entries = append(entries, record.Entry{Volunteer: id})
	}
	id, _, err := h.d.db.LogActivity(context.Background(), a, entries)
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// TestToday lists what is due: late first, then what becomes late, then what is
// missing, then what is coming.
func TestToday(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.people20()
	wang, li := h.people()["王建国"].ID, h.people()["李秀梅"].ID
	h.logged(watch("节前治安巡逻", "2026-09-21", record.ActivityPlanned))
	h.logged(watch("重阳节慰问", "2026-10-16", record.ActivityPlanned))
	h.logged(watch("周末巡逻", "2026-10-24", record.ActivityPlanned))
	h.logged(watch("反诈宣传", "2026-10-12", record.ActivityDone), wang, li)
	d.open(doorToday, place{})
	today := d.screens[doorToday].(*todayScreen)
	var got []string
	for _, l := range today.due {
		got = append(got, l.what)
	}
	want := "补记 节前治安巡逻|接入区级服务器|补记 重阳节慰问|建立本站的志愿服务队|补齐身份证号 19 人|备份|周末巡逻"
	if strings.Join(got, "|") != want {
		t.Errorf("due %s\nwant %s", strings.Join(got, "|"), want)
	}
	if today.due[0].tone != widgets.Bad || today.due[2].tone != widgets.Warn || today.due[2].until != "2026-10-30" {
		t.Errorf("tones and deadline: %+v", today.due[2])
	}
	h.golden("today")
	today.grid.Select(4)
	h.press(fyne.KeyReturn)
	if d.door != doorPeople || h.peopleScreen().people.rows.Len() != 19 {
		t.Error("the line did not open the people without a number")
	}
	d.open(doorToday, place{})
	d.win.Canvas().Focus(today.figures)
	today.figures.Select(1)
	h.press(fyne.KeyReturn)
	if n := h.peopleScreen().people.rows.Len(); n != 2 {
		t.Errorf("参加人数 opens %d people, want 2", n)
	}
	h.golden("people_active")
}

// TestSlip prints the hours of a person, with a serial number.
func TestSlip(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	var opened string
	d.cfg.Opener = func(path string) error { opened = path; return nil }
	id := h.register(volunteer("王建国", wangNumber))
	h.logged(watch("反诈宣传", "2026-10-12", record.ActivityDone), id)
	h.press(fyne.KeyF1)
	h.golden("people_card")
	h.ctrl(fyne.KeyP)
	if filepath.Ext(opened) != ".pdf" {
		t.Fatalf("opened %q", opened)
	}
	paper, err := d.slip(context.Background(), id)
	if err != nil || paper.Minutes != 120 || len(paper.Rows) != 1 {
		t.Errorf("slip %+v, %v", paper, err)
	}
	if info, err := os.Stat(opened); err != nil || info.Size() == 0 {
		t.Errorf("paper: %v", err)
	}
}

// TestUnmask shows whole numbers only after a reason.
func TestUnmask(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.register(volunteer("王建国", wangNumber))
	h.press(fyne.KeyF1)
	card := h.peopleScreen().people.card
	h.ctrl(fyne.KeyU)
	h.ctrl(fyne.KeyS)
	if card.open {
		t.Fatal("shown without a reason")
	}
	h.write("核对身份")
	h.ctrl(fyne.KeyS)
	if !card.open {
		t.Error("not shown after the reason")
	}
	h.golden("card_open")
}

// TestBrand registers the street's brand.
func TestBrand(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.press(fyne.KeyF1)
	h.ctrl(fyne.Key3)
	h.ctrl(fyne.KeyN)
	h.write("小站老兵先锋")
	h.ctrl(fyne.KeyS)
	brands, err := d.db.Brands(context.Background())
	if err != nil || len(brands) != 1 || brands[0].Name != "小站老兵先锋" {
		t.Fatalf("brands %+v, %v", brands, err)
	}
	h.golden("brands")
}

// TestWork runs a second work of the same title only after the first, and gives
// a stopped one back as cancelled.
func TestWork(t *testing.T) {
	d := loggedIn(t)
	runs := 0
	d.work("保存", func(context.Context, func(int, int)) error {
		runs++
		d.work("保存", func(context.Context, func(int, int)) error { runs++; return nil }, func(error) {})
		return nil
	}, func(error) {})
	if runs != 1 {
		t.Errorf("ran %d times at once", runs)
	}
	var got error
	d.work("停下", func(ctx context.Context, _ func(int, int)) error {
		d.stop()
		return ctx.Err()
	}, func(err error) { got = err })
	if record.CodeOf(got) != record.CodeCancelled || !errors.Is(got, context.Canceled) {
		t.Errorf("a stopped work gives %v", got)
	}
}

// TestPractice marks the practice station and offers its account.
func TestPractice(t *testing.T) {
	opt := station(t)
	d := openWith(t, Config{Options: opt, Practice: &Practice{Banner: "练习站：人员都是虚构的，可以放心试用", Account: account, Password: password}})
	h := hands{t, d}
	h.golden("practice_login")
	h.press(fyne.KeyReturn)
	if d.frame == nil {
		t.Fatal("Enter does not open the practice station")
	}
	h.golden("practice")
}
