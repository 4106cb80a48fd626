package app

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
)

// TestIdleLock drives the beat by a clock of its own.
func TestIdleLock(t *testing.T) {
	opt := station(t)
	up := time.Hour
	opt.Uptime = func() time.Duration { return up }
	d := open(t, opt)
	h := hands{t, d}
	h.login()
	d.open(doorPeople, place{New: true})
	h.press(fyne.KeyReturn)
	h.write("王建国")
	later := func(by time.Duration) {
		up += by
		d.beat()
	}
	later(9 * time.Minute)
	h.canvas().Focused().(*widgets.Entry).KeyDown(&fyne.KeyEvent{Name: fyne.KeyLeft})
	later(9 * time.Minute)
	d.root.Cursor() // the mouse moves
	later(9*time.Minute + 59*time.Second)
	if d.frame == nil {
		t.Fatal("locked although somebody was at work")
	}
	later(time.Second)
	if _, ok := d.page.(*loginPage); !ok || d.frame != nil {
		t.Fatal("ten minutes without a key did not lock")
	}
	if name, _ := d.db.Account(); name != "" {
		t.Error("the keys are still there")
	}
	h.login()
	if len(d.drafts.lines()) != 1 {
		t.Error("the half-typed form was lost")
	}
}

func TestIdleSetting(t *testing.T) {
	opt := station(t)
	up := time.Hour
	opt.Uptime = func() time.Duration { return up }
	d := open(t, opt)
	h := hands{t, d}
	h.login()
	s := h.settings(sectionDisplay)
	section := s.sections[sectionDisplay].(*displaySection)
	if got := section.idle.Value(); got != "10 分钟不用" {
		t.Errorf("at first %q", got)
	}
	h.canvas().Focus(section.idle)
	h.press(fyne.KeyLeft)
	up += 5 * time.Minute
	d.beat()
	if d.frame != nil {
		t.Error("five minutes were chosen and do not lock")
	}
	h.login()
	if d.rhythm.idle != 5*time.Minute {
		t.Errorf("after the next login %v", d.rhythm.idle)
	}
}
