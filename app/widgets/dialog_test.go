package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// desk is a window with a root whose keys are counted.
func desk(t *testing.T) (fyne.Window, *int) {
	t.Helper()
	start(t)
	win := window(t, 640, 420, container.NewStack())
	hits := 0
	root := NewRoot(win.Canvas(), NewEntry(""))
	root.Bind("F1", func() { hits++ })
	root.Bind("Escape", func() { hits++ })
	return win, &hits
}

func TestConfirmByKeyboard(t *testing.T) {
	cases := []struct {
		name   string
		danger bool
		keys   []fyne.KeyName
		want   bool
	}{
		{"enter", false, []fyne.KeyName{fyne.KeyReturn}, true},
		{"escape", false, []fyne.KeyName{fyne.KeyEscape}, false},
		{"arrow", false, []fyne.KeyName{fyne.KeyRight, fyne.KeyReturn}, false},
		{"danger enter", true, []fyne.KeyName{fyne.KeyReturn}, false},
		{"danger arrow", true, []fyne.KeyName{fyne.KeyLeft, fyne.KeyReturn}, true},
		{"window key", false, []fyne.KeyName{fyne.KeyF1, fyne.KeyReturn}, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			win, hits := desk(t)
			var got []bool
			d := ShowConfirm(win.Canvas(), Question{Title: "删除", Text: "删除这条记录吗？", Danger: c.danger}, func(y bool) { got = append(got, y) })
			press(win, c.keys...)
			if !slices.Equal(got, []bool{c.want}) || d.IsOpen() || *hits != 0 {
				t.Errorf("answers %v open %v, window got %d keys", got, d.IsOpen(), *hits)
			}
		})
	}
}

func TestDialogKeepsKeysWhileNothingIsFocused(t *testing.T) {
	win, hits := desk(t)
	done := 0
	ShowMessage(win.Canvas(), "提示", "已备份。", func() { done++ })
	win.Canvas().Unfocus()
	press(win, fyne.KeyF1, fyne.KeyEscape)
	if done != 1 || *hits != 0 {
		t.Errorf("done %d, window got %d keys", done, *hits)
	}
	press(win, fyne.KeyF1)
	if *hits != 1 {
		t.Errorf("after closing the window got %d keys", *hits)
	}
}

func TestFormDialog(t *testing.T) {
	win, _ := desk(t)
	a, b := NewEntry(""), NewDateEntry(today)
	allow, cancelled, asked := false, 0, 0
	show := func() *Dialog {
		return ShowForm(win.Canvas(), FormDialog{
			Title: "新队伍", Content: NewForm(1, NewField("名称", a), NewField("成立", b)),
			OnOK:     func() bool { asked++; return allow },
			OnCancel: func() { cancelled++ },
		})
	}
	d := show()
	if win.Canvas().Focused() != a {
		t.Fatalf("focus on %T", win.Canvas().Focused())
	}
	press(win, fyne.KeyReturn)
	if win.Canvas().Focused() != b || asked != 0 {
		t.Fatalf("Enter in the first field: focus on %T, asked %d", win.Canvas().Focused(), asked)
	}
	press(win, fyne.KeyReturn)
	if asked != 1 || !d.IsOpen() {
		t.Errorf("refused: asked %d open %v", asked, d.IsOpen())
	}
	allow = true
	win.Canvas().Focus(a)
	a.TypedShortcut(ctrl(fyne.KeyS))
	if asked != 2 || d.IsOpen() {
		t.Errorf("allowed: asked %d open %v", asked, d.IsOpen())
	}
	d = show()
	press(win, fyne.KeyEscape)
	if cancelled != 1 || d.IsOpen() {
		t.Errorf("cancelled %d", cancelled)
	}
}

func TestTroubleCopiesTheDetail(t *testing.T) {
	win, _ := desk(t)
	d := ShowTrouble(win.Canvas(), Trouble{
		What: "这个月的报表没有写成：文件正被 WPS 打开。", Safe: "数据没有动过。", Do: "关掉 WPS 里的“三月报表”，再按一次 F5。", Detail: "REPORT_LOCKED 2026-03.pdf",
	}, nil)
	more := d.buttons[0]
	if more.Text != "详情" {
		t.Fatalf("first button %q", more.Text)
	}
	golden(t, "trouble", win)
	more.Tapped(nil)
	more.Tapped(nil)
	if got := fyne.CurrentApp().Clipboard().Content(); got != "REPORT_LOCKED 2026-03.pdf" || more.Text != "已复制" {
		t.Errorf("clipboard %q, button %q", got, more.Text)
	}
	press(win, fyne.KeyEscape)
	if d.IsOpen() {
		t.Error("Escape does not close it")
	}
}

func TestProgressCanBeStopped(t *testing.T) {
	win, _ := desk(t)
	stops := 0
	p := ShowProgress(win.Canvas(), "导入花名册", func() { stops++ })
	p.SetText("正在核对身份证号")
	p.Set(640, 2000)
	golden(t, "progress", win)
	if p.count.Text != "640 / 2000" || p.bar.part != 0.32 {
		t.Errorf("shows %q, %v", p.count.Text, p.bar.part)
	}
	press(win, fyne.KeyEscape, fyne.KeyEscape)
	if stops != 1 || !p.dialog.IsOpen() {
		t.Errorf("asked to stop %d times, open %v", stops, p.dialog.IsOpen())
	}
	p.Set(3, 0)
	if p.count.Text != "已完成 3" {
		t.Errorf("shows %q", p.count.Text)
	}
	p.Close()
	if p.dialog.IsOpen() {
		t.Error("still open")
	}
}

func TestDialogsLook(t *testing.T) {
	win, _ := desk(t)
	d := ShowForm(win.Canvas(), FormDialog{Title: "新队伍", OK: "建立", Content: NewForm(1, NewField("名称", NewEntry("")), NewField("队长", NewPicker(somePeople)))})
	golden(t, "form_dialog", win)
	d.Close()
	ShowConfirm(win.Canvas(), Question{
		Title: "合并两个人？", Text: "甄如许和甄如旭的身份证号相同。合并后，两人的服务时长记在一起；按 Ctrl+Z 可以退回。", Yes: "合并",
	}, func(bool) {})
	golden(t, "confirm", win)
}
