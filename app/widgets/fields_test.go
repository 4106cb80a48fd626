package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestEnterWalksTheForm(t *testing.T) {
	start(t)
	a, b, c := NewEntry(""), NewCheck("退役军人", nil), NewRadio([]string{"男", "女"}, nil)
	d := NewDateEntry(today)
	win := window(t, 600, 400, NewForm(1, NewField("姓名", a), NewField("", b), NewField("性别", c), NewField("日期", d)))
	cv := win.Canvas()
	cv.Focus(a)
	for i, want := range []fyne.Focusable{b, c, d, a} {
		press(win, fyne.KeyReturn)
		if cv.Focused() != want {
			t.Fatalf("step %d: focus on %T", i, cv.Focused())
		}
	}
	for i, want := range []fyne.Focusable{d, c, b, a} {
		shifted(cv.Focused(), fyne.KeyReturn)
		if cv.Focused() != want {
			t.Fatalf("back %d: focus on %T", i, cv.Focused())
		}
	}
}

func TestEntryCommitsOnceWhenLeft(t *testing.T) {
	start(t)
	a, b := NewEntry(""), NewEntry("")
	var commits, changes []string
	a.OnCommit = func(s string) { commits = append(commits, s) }
	a.OnChanged = func(s string) { changes = append(changes, s) }
	win := window(t, 300, 200, column(a, b))
	a.SetValue("王")
	win.Canvas().Focus(a)
	typeText(win, "建")
	press(win, fyne.KeyReturn)
	win.Canvas().Focus(a)
	press(win, fyne.KeyReturn)
	if !slices.Equal(commits, []string{"王建"}) || !slices.Equal(changes, []string{"王建"}) {
		t.Errorf("commits %q changes %q", commits, changes)
	}
}

func TestEntryPassesKeysToTheWindow(t *testing.T) {
	start(t)
	e := NewEntry("")
	win := window(t, 300, 200, column())
	var got []string
	root := NewRoot(win.Canvas(), column(e))
	for _, k := range []string{"F2", "Escape", "Ctrl+S", "Ctrl+Z", "Ctrl+Shift+P"} {
		root.Bind(k, func() { got = append(got, k) })
	}
	var caret fyne.Position
	root.OnCaret = func(p fyne.Position) { caret = p }
	win.Canvas().Focus(e)
	typeText(win, "王")
	press(win, fyne.KeyF2, fyne.KeyEscape)
	e.TypedShortcut(ctrl(fyne.KeyS))
	e.TypedShortcut(&fyne.ShortcutUndo{})
	if e.Text != "" {
		t.Errorf("Ctrl+Z left %q in the field", e.Text)
	}
	e.TypedShortcut(&fyne.ShortcutUndo{})
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyP, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
	if want := []string{"F2", "Escape", "Ctrl+S", "Ctrl+Z", "Ctrl+Shift+P"}; !slices.Equal(got, want) {
		t.Errorf("window got %q", got)
	}
	e.OnEscape = func() bool { return true }
	press(win, fyne.KeyEscape)
	if len(got) != 5 {
		t.Error("a taken Escape still reached the window")
	}
	typeText(win, "建国")
	first := caret
	typeText(win, "国")
	if caret.X <= first.X || caret.Y <= 0 {
		t.Errorf("caret went from %v to %v", first, caret)
	}
	win.Canvas().Unfocus()
	press(win, fyne.KeyF2)
	if len(got) != 6 {
		t.Error("F2 does nothing while nothing is focused")
	}
}

func TestTextAreaKeepsEnter(t *testing.T) {
	start(t)
	a, b := NewTextArea("", 3), NewEntry("")
	win := window(t, 300, 300, column(a, b))
	win.Canvas().Focus(a)
	typeText(win, "一")
	press(win, fyne.KeyReturn)
	if a.Text != "一\n" || win.Canvas().Focused() != a {
		t.Errorf("text %q", a.Text)
	}
	a.TypedShortcut(ctrl(fyne.KeyReturn))
	if win.Canvas().Focused() != b {
		t.Error("Ctrl+Enter does not go on")
	}
}

func TestErrorGoesWhenMending(t *testing.T) {
	start(t)
	e := NewEntry("")
	f := NewField("姓名", e)
	win := window(t, 300, 100, f)
	height := f.MinSize().Height
	f.SetError("请填写姓名")
	if f.Message() != "请填写姓名" || e.Error() != "请填写姓名" || f.MinSize().Height != height {
		t.Errorf("message %q, height %v then %v", f.Message(), height, f.MinSize().Height)
	}
	win.Canvas().Focus(e)
	typeText(win, "王")
	if f.Message() != "" {
		t.Errorf("message stays: %q", f.Message())
	}
}

func TestIDEntry(t *testing.T) {
	start(t)
	var valid, commits []string
	d := NewIDEntry(checkID)
	d.OnValid = func(s string) { valid = append(valid, s) }
	d.OnCommit = func(s string) { commits = append(commits, s) }
	f := NewField("身份证号", d)
	win := window(t, 400, 120, column(f, NewEntry("")))
	win.Canvas().Focus(d)
	typeText(win, "12a９９９９ 19850701")
	if f.Message() != "已输入 14 位" {
		t.Errorf("counting: %q", f.Message())
	}
	typeText(win, "12300")
	if d.Value() != "129999198507011230" || d.Error() == "" || d.Valid() {
		t.Errorf("wrong number %q: %q", d.Value(), d.Error())
	}
	press(win, fyne.KeyBackspace)
	typeText(win, "9")
	if d.Error() != "" || f.Message() != "男 · 1985-07-01 生" || !d.Valid() {
		t.Errorf("right number: error %q message %q", d.Error(), f.Message())
	}
	press(win, fyne.KeyReturn)
	if d.Text != "129999 19850701 1239" || d.Value() != "129999198507011239" {
		t.Errorf("left: shows %q, value %q", d.Text, d.Value())
	}
	if !slices.Equal(valid, []string{"129999198507011239"}) || !slices.Equal(commits, valid) {
		t.Errorf("valid %d, commits %d times", len(valid), len(commits))
	}
	win.Canvas().Focus(d)
	if d.Text != "129999198507011239" {
		t.Errorf("focused: shows %q", d.Text)
	}
	clip := test.NewClipboard()
	clip.SetContent("１２９９９９ 19991970-0101005x")
	d.TypedShortcut(&fyne.ShortcutSelectAll{})
	d.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if d.Value() != "12999919991970"+"0101005X" {
		t.Errorf("pasted: %q", d.Value())
	}
}

func TestTimeEntryReads(t *testing.T) {
	for in, want := range map[string]int{
		"930": 570, "9:30": 570, "9：30": 570, "0930": 570, "９点３０分": 570, "9点半": 570, "9.30": 570,
		"9": 540, "9点": 540, "23:59": 1439, "0": 0, "24:00": -1, "9:60": -1, "": -1, "九点": -1, "12345": -1, "9:3:0": -1,
	} {
		got, ok := readTime(in)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %d, want %d", in, got, want)
		}
	}
}

func TestTimeEntryNormalisesWhenLeft(t *testing.T) {
	start(t)
	a, b := NewTimeEntry(), NewEntry("")
	var told []string
	a.OnTime = func(v string) { told = append(told, v) }
	win := window(t, 300, 200, column(a, b))
	for _, s := range []string{"930", "25"} {
		win.Canvas().Focus(a)
		a.TypedShortcut(&fyne.ShortcutSelectAll{})
		typeText(win, s)
		press(win, fyne.KeyReturn)
		if s == "930" && (a.Text != "09:30" || a.Error() != "") {
			t.Errorf("%q became %q, error %q", s, a.Text, a.Error())
		}
	}
	if a.Text != "25" || a.Error() != badTime || a.Valid() || !slices.Equal(told, []string{"09:30", ""}) {
		t.Errorf("text %q error %q told %q", a.Text, a.Error(), told)
	}
}

func TestNumberEntry(t *testing.T) {
	start(t)
	e := NewNumberEntry(1, 200)
	var told []int
	e.OnNumber = func(n int, ok bool) { told = append(told, n) }
	win := window(t, 300, 200, column(e, NewEntry("")))
	win.Canvas().Focus(e)
	typeText(win, "1a２-")
	press(win, fyne.KeyUp, fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn)
	if n, ok := e.Value(); n != 13 || !ok || e.Text != "13" {
		t.Errorf("value %d %v, text %q", n, ok, e.Text)
	}
	win.Canvas().Focus(e)
	typeText(win, "999")
	press(win, fyne.KeyReturn)
	if e.Error() != "请填 1—200 之间的整数" || e.Valid() {
		t.Errorf("error %q", e.Error())
	}
	if !slices.Equal(told, []int{13, 0}) {
		t.Errorf("told %v", told)
	}
}

func TestFieldsLook(t *testing.T) {
	start(t)
	name, phone := NewEntry("两到二十个字"), NewEntry("")
	name.SetValue("甄如许")
	phone.SetValue("138 0000")
	f1, f2 := NewField("姓名", name), NewField("电话", phone)
	f1.Required = true
	f1.SetHint("与身份证一致")
	f2.LabelAbove = true
	f2.SetError("电话号码少三位")
	f3 := NewField("分钟", NewNumberEntry(0, 600))
	f3.Beside, f3.Width = true, 90
	f3.SetHint("扣除休息后的时长，一位一行，写不下的字会被省略")
	ok := NewPrimaryButton("保存", nil)
	win := window(t, 420, 300, container.NewPadded(column(f1, f2, f3, container.NewHBox(ok, NewButton("取消", nil)))))
	win.Canvas().Focus(name)
	golden(t, "fields", win)
	win.Canvas().Focus(ok)
	golden(t, "fields_button", win)
}
