package app

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/store"
	"rongyuan/store/record"
)

func TestHoursWaitOnTheStartPage(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	team, people := h.company("小站镇志愿服务队", 2)
	a := patrol(team, "2026-10-12")
	a.Start, a.End, a.Break = "2026-10-12T08:00", "2026-10-12T18:00", 0
	h.log(a, people...)
	h.press(fyne.KeyF7)
	s := d.screens[doorToday].(*todayScreen)
	for i, line := range s.due {
		if line.detail != queueDefinition {
			continue
		}
		if line.what != "待核时长 2 条 · 20 小时" {
			t.Errorf("%s", line.what)
		}
		s.grid.Select(i)
		h.press(fyne.KeyReturn)
		h.golden("hours_queue")
		list, err := d.db.Reviews(context.Background(), store.ReviewFilter{Waiting: true})
		if err != nil || len(list) != 2 || !list[0].For(record.CodeDayOver8Hours) {
			t.Errorf("%+v %v", list, err)
		}
		return
	}
	t.Fatalf("no line of the queue among %d", len(s.due))
}
