package widgets

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func TestDoors(t *testing.T) {
	start(t)
	d := sixDoors()
	var opened []string
	d.OnOpen = func(id string) { opened = append(opened, id) }
	win := window(t, 136, 500, d)
	win.Canvas().Focus(d)
	press(win, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd, fyne.KeySpace, fyne.KeyHome, fyne.KeyUp, fyne.KeyReturn)
	test.TapCanvas(win.Canvas(), fyne.NewPos(40, doorsPad+doorHeight()*5+5))
	test.TapCanvas(win.Canvas(), fyne.NewPos(40, doorsPad+doorHeight()*7+25))
	if want := []string{"activity", "settings", "today", "report"}; !slices.Equal(opened, want) {
		t.Errorf("opened %q", opened)
	}
	if d.doors[d.selected].ID != "report" {
		t.Errorf("selected %q", d.doors[d.selected].ID)
	}
}

func TestStatusBarTapsAndCuts(t *testing.T) {
	start(t)
	b := NewStatusBar()
	var tapped []string
	tap := func(s string) func() { return func() { tapped = append(tapped, s) } }
	b.Set([]Segment{
		{Text: "和平里街道退役军人服务站", OnTap: tap("站")},
		{Text: "待上报 12 条", OnTap: tap("报")},
		{Text: "备份", Right: true, OnTap: tap("备")},
	})
	win := window(t, 500, 30, b)
	test.TapCanvas(win.Canvas(), fyne.NewPos(20, 10))
	test.TapCanvas(win.Canvas(), fyne.NewPos(490, 10))
	test.TapCanvas(win.Canvas(), fyne.NewPos(b.spans[1][0]+5, 10))
	test.TapCanvas(win.Canvas(), fyne.NewPos(400, 10))
	if !slices.Equal(tapped, []string{"站", "备", "报"}) {
		t.Errorf("tapped %q", tapped)
	}
	win.Resize(fyne.NewSize(180, 30))
	if b.spans[0][1] > b.spans[2][0]+0.5 || b.spans[1][1] > b.spans[2][0]+0.5 {
		t.Errorf("segments overlap: %v", b.spans)
	}
}

func TestNotice(t *testing.T) {
	start(t)
	n, undone := NewNotice(), 0
	window(t, 500, 60, container.NewVBox(n))
	if n.Dismiss() || n.Text() != "" {
		t.Error("a new notice says something")
	}
	n.SayAction(Good, "已保存", "撤销", func() { undone++ })
	n.action.Tapped(nil)
	if undone != 1 || n.Visible() {
		t.Errorf("undone %d visible %v", undone, n.Visible())
	}
	n.Say(Bad, "没有保存")
	if n.Text() != "没有保存" || n.action.Visible() || !n.Dismiss() || n.Visible() {
		t.Errorf("text %q", n.Text())
	}
}

func TestCardRows(t *testing.T) {
	start(t)
	c := exampleCard()
	tapped := 0
	rows := []CardRow{{Label: "时长", Value: "36 小时", OnTap: func() { tapped++ }}, {Label: "电话"}}
	c.SetRows(rows)
	win := window(t, 320, 400, c)
	line := c.rows.Objects[0].(*cardLine)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(line)
	test.TapCanvas(win.Canvas(), at.AddXY(100, 10))
	if tapped != 1 {
		t.Errorf("tapped %d", tapped)
	}
	if got := c.rows.Objects[1].(*cardLine).value.text; got != "—" {
		t.Errorf("empty value shows %q", got)
	}
}

func TestEmptyStateLooks(t *testing.T) {
	start(t)
	hits := 0
	e := NewEmptyState(EmptyState{
		Icon: iconOf("visit"), Title: "走访还没有开通", Text: "走访记录和下一步提醒将在这里出现。现在可以先在“人员”里登记要走访的对象。",
		Action: "去人员", OnAction: func() { hits++ },
	})
	win := window(t, 520, 300, e)
	golden(t, "empty", win)
	win.Canvas().FocusNext()
	press(win, fyne.KeyReturn)
	if hits != 1 {
		t.Errorf("action ran %d times", hits)
	}
}

func TestWrapKeepsPunctuationOffLineStarts(t *testing.T) {
	start(t)
	r := newRuler(14, fyne.TextStyle{})
	text := "甄如许，贾实在，言午，钱多多（队长）按 Ctrl+Shift+P 打印。第二行：abcdefghijklmnopqrstuvwxyz0123456789"
	for room := float32(40); room < 400; room += 7 {
		lines := r.wrap(text, room)
		if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
			t.Fatalf("room %v lost text: %q", room, lines)
		}
		for i, l := range lines {
			if r.width(l) > room+0.01 {
				t.Errorf("room %v: line %q is %v wide", room, l, r.width(l))
			}
			if first := []rune(l)[0]; i > 0 && room > 60 && strings.ContainsRune(notFirst, first) {
				t.Errorf("room %v: line starts with %q", room, l)
			}
		}
	}
	if got := r.wrap("一\n\n二", 100); !slices.Equal(got, []string{"一", "", "二"}) {
		t.Errorf("paragraphs: %q", got)
	}
}

func TestFitCutsToTheRoom(t *testing.T) {
	start(t)
	r := newRuler(14, fyne.TextStyle{})
	for room := float32(1); room < 200; room++ {
		got := r.fit("欧阳明朗 Ouyang", room)
		if w := fyne.MeasureText(got, 14, fyne.TextStyle{}).Width; w > room+1 && got != "…" {
			t.Errorf("room %v: %q is %v wide", room, got, w)
		}
	}
	if got := r.fit("言午", 100); got != "言午" {
		t.Errorf("cut without need: %q", got)
	}
}
