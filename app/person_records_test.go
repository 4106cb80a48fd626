package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/store/record"
)

// TestPersonRecordsByKeyboard writes a training, an honour and a move, and lets
// the card show them.
func TestPersonRecordsByKeyboard(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	v := volunteer("王建国", wangNumber)
	v.NationalNumber = "12010120260000017"
	id := h.register(v)
	d.open(doorPeople, place{Person: id})
	h.ctrl(fyne.KeyM)
	h.write("记培训")
	h.press(fyne.KeyReturn, fyne.KeyReturn)
	h.write("应急救护初级班")
	h.press(fyne.KeyReturn, fyne.KeyReturn) // title, day
	h.write("很久")
	h.ctrl(fyne.KeyS)
	if d.win.Canvas().Overlays().Top() == nil {
		t.Fatal("a length that is no number was taken")
	}
	h.press(fyne.KeyEscape)
	h.deed("记培训")
	h.write("应急救护初级班")
	h.press(fyne.KeyReturn, fyne.KeyReturn)
	h.write("7.5")
	h.press(fyne.KeyReturn)
	h.write("区红十字会")
	h.ctrl(fyne.KeyS)
	trainings, err := d.db.Trainings(d.ctx, id)
	if err != nil || len(trainings) != 1 || trainings[0].Minutes != 450 || trainings[0].Host != "区红十字会" {
		t.Fatalf("trainings %+v, %v", trainings, err)
	}
	h.deed("记荣誉")
	h.write("学雷锋志愿服务先进个人")
	h.press(fyne.KeyReturn)
	h.write("区级")
	h.press(fyne.KeyReturn)
	h.write("区退役军人事务局")
	h.press(fyne.KeyReturn)
	h.write("某字〔2026〕3号")
	h.golden("honour")
	h.ctrl(fyne.KeyS)
	honours, err := d.db.Honours(d.ctx, id)
	if err != nil || len(honours) != 1 || honours[0].Level != "district" {
		t.Fatalf("honours %+v, %v", honours, err)
	}
	h.deed("转出到本市")
	h.write("129999005")
	h.press(fyne.KeyReturn)
	h.write("邻街服务站")
	h.press(fyne.KeyReturn)
	h.write("搬家")
	h.ctrl(fyne.KeyS)
	if one, waits := h.card().records.open(); !waits || one.Station != "129999005" {
		t.Fatalf("moves %+v", h.card().records.transfers)
	}
	h.golden("person_records")
	h.deed("对方已接收")
	h.ctrl(fyne.KeyS)
	if v, err := d.db.Volunteer(d.ctx, id); err != nil || v.Status != record.StatusMoved {
		t.Errorf("status %s, %v", v.Status, err)
	}
	h.ctrl(fyne.KeyZ)
	h.press(fyne.KeyReturn)
	if v, err := d.db.Volunteer(d.ctx, id); err != nil || v.Status != record.StatusActive {
		t.Errorf("after the undo %s, %v", v.Status, err)
	}
}
