package app

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"rongyuan/store/record"
)

// photoFile writes an invented photo.
func photoFile(t testing.TB, name string, seed int) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for y := range 240 {
		for x := range 320 {
			img.SetRGBA(x, y, color.RGBA{uint8(x * seed), uint8(y * (seed + 3)), uint8((x + y) / 2), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestEvidenceInTheWindow drops files onto an activity, pastes one, opens one
// and takes one away.
func TestEvidenceInTheWindow(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	team, people := h.company("小站镇志愿服务队", 3)
	a := patrol(team, "2026-10-19")
	a.Content = strings.Repeat("沿河巡查楼门，", 8)
	id := h.log(a, people...)
	h.press(fyne.KeyF2)
	s := d.screens[doorActivities].(*activityScreen)
	d.dropped([]fyne.URI{storage.NewFileURI(photoFile(t, "现场.jpg", 3)), storage.NewFileURI(photoFile(t, "签到表.jpg", 11)), storage.NewFileURI("/没有")})
	if text := d.frame.notice.Text(); !strings.Contains(text, "已添加 2 份") || !strings.Contains(text, "没收下") {
		t.Errorf("said %q", text)
	}
	plan := filepath.Join(t.TempDir(), "巡逻方案.txt")
	if err := os.WriteFile(plan, []byte("分两组"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.golden("activity_evidence_missing")
	d.cfg.App.Clipboard().SetContent(plan)
	h.paste()
	list, err := d.db.Evidence(t.Context(), id)
	if err != nil || len(list) != 3 {
		t.Fatalf("%+v, %v", list, err)
	}
	h.golden("activity_evidence")
	opened := ""
	d.cfg.Opener = func(path string) error { opened = path; return nil }
	s.evidenceTapped(list[2])
	h.golden("activity_evidence_tapped")
	h.press(fyne.KeyReturn)
	if h.canvas().Overlays().Top() != nil {
		h.press(fyne.KeyReturn)
	}
	if raw, err := os.ReadFile(opened); err != nil || string(raw) != "分两组" {
		t.Errorf("opened %q: %q, %v", opened, raw, err)
	}
	s.dropEvidence(list[0])
	if list, err = d.db.Evidence(t.Context(), id); err != nil || len(list) != 2 {
		t.Errorf("%+v, %v", list, err)
	}
}

// TestArrange plans from a key date, repeats an activity, and keeps a template.
func TestArrange(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	team, people := h.company("小站镇志愿服务队", 3)
	h.log(patrol(team, "2026-10-19"), people...)
	h.press(fyne.KeyF2)
	s := d.screens[doorActivities].(*activityScreen)
	h.ctrl(fyne.KeyT)
	h.golden("activity_arrange")
	h.press(fyne.KeyReturn)
	h.write("3")
	h.press(fyne.KeyReturn, fyne.KeyReturn)
	planned := 0
	for _, a := range h.activities() {
		if a.State == record.ActivityPlanned {
			planned++
		}
	}
	if planned != 3 {
		t.Errorf("%d planned, want 3: %q", planned, d.frame.notice.Text())
	}
	s.keepTemplate("夜巡", s.all[0].a)
	h.ctrl(fyne.KeyT)
	h.write("夜巡")
	h.press(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn)
	if s.form == nil || s.form.c.title.Value() != "社区治安巡逻" || !s.form.c.planned.Checked {
		t.Error("the template opened no plan")
	}
}
