package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestFirstStart founds a station with the keyboard alone and reads it back.
func TestFirstStart(t *testing.T) {
	d := open(t, options(t))
	h := hands{t, d}
	h.golden("founding")
	h.write("xzz") // 小站镇
	h.press(fyne.KeyReturn)
	page, ok := d.page.(*foundingPage)
	if !ok {
		t.Fatalf("page %T, want the founding", d.page)
	}
	if got := page.name.Value(); got != "小站镇退役军人服务站" {
		t.Errorf("proposed name %q", got)
	}
	h.press(fyne.KeyReturn)
	h.write(account)
	h.press(fyne.KeyReturn)
	h.write("kurz")
	h.press(fyne.KeyReturn)
	h.write("kurz")
	h.press(fyne.KeyReturn)
	if d.db != nil || page.fields["password"].Message() == "" {
		t.Fatal("a weak password was taken, or refused without a word")
	}
	page.pass.SetValue(password)
	page.again.SetValue("anders")
	h.ctrl(fyne.KeyS)
	if page.fields["again"].Message() == "" {
		t.Error("two different passwords: nothing said")
	}
	page.again.SetValue(password)
	h.ctrl(fyne.KeyS)
	recovery, ok := d.page.(*recoveryPage)
	if !ok {
		t.Fatalf("page %T, want the recovery code", d.page)
	}
	if !recovery.next.Disabled() {
		t.Error("the recovery code may be skipped without the tick")
	}
	h.write(" ")
	test.Tap(recovery.next)
	if d.frame == nil || d.door != doorToday {
		t.Fatal("the window did not open on today")
	}
	station, err := d.db.Station(d.ctx)
	if err != nil || station.Code != "120112101" && len(station.Code) != 9 || station.Name != "小站镇退役军人服务站" {
		t.Errorf("station %+v, %v", station, err)
	}
	h.golden("today_empty")
}

func TestLogin(t *testing.T) {
	d := open(t, station(t))
	h := hands{t, d}
	h.golden("login")
	page := d.page.(*loginPage)
	h.press(fyne.KeyReturn)
	if page.fields[1].Message() == "" {
		t.Error("no password: nothing said")
	}
	h.write("falsch")
	h.press(fyne.KeyReturn)
	if d.frame != nil || page.fields[1].Message() == "" || page.password.Text != "" {
		t.Errorf("wrong password: %q stays, %q said", page.password.Text, page.fields[1].Message())
	}
	h.write(password)
	h.press(fyne.KeyReturn)
	if d.frame == nil {
		t.Fatal("the right password did not open the window")
	}
	h.ctrl(fyne.KeyL)
	if _, ok := d.page.(*loginPage); !ok || d.frame != nil {
		t.Error("Ctrl+L did not lock")
	}
	if name, _ := d.db.Account(); name != "" {
		t.Error("the keys are still there after the lock")
	}
}

func TestDoorsByKey(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	for _, k := range doorKeys() {
		h.press(fyne.KeyName(k[0]))
		if d.door != k[1] {
			t.Errorf("%s opened %s, want %s", k[0], d.door, k[1])
		}
	}
	h.press(fyne.KeyF3)
	h.golden("visits")
	h.press(fyne.KeyEscape)
	if d.door != doorToday {
		t.Errorf("Escape in an empty door leads to %s", d.door)
	}
	h.press(fyne.KeyF1, fyne.KeyF12)
	if d.win.Canvas().Overlays().Top() == nil {
		t.Fatal("F12 shows no keys")
	}
	h.golden("keys")
	h.press(fyne.KeyEscape)
	if d.win.Canvas().Overlays().Top() != nil {
		t.Error("Escape leaves the sheet open")
	}
}
