package widgets

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// people is a list whose rows are known by name.
func people(names ...string) (*Grid, *[]string) {
	rows := names
	g := NewGrid([]Column{
		{ID: "name", Title: "姓名", Width: 90, Value: func(r int) string { return rows[r] }, Sortable: true},
		{ID: "phone", Title: "电话", Width: 130, Value: func(int) string { return "138 0000 0000" }},
		{ID: "hours", Title: "时长", Width: 80, Align: Right, Value: func(r int) string { return strconv.Itoa(r*7 + 3) }, Sortable: true},
		{
			ID: "state", Title: "状态", Width: 120, Value: func(r int) string { return []string{"正常", "逾期 3 天"}[r%2] },
			Tone: func(r int) Tone { return []Tone{Muted, Bad}[r%2] },
		},
	})
	g.Key = func(r int) string { return rows[r] }
	g.SetRows(len(rows))
	return g, &rows
}

func TestGridKeysMoveTheSelection(t *testing.T) {
	start(t)
	names := make([]string, 50)
	for i := range names {
		names[i] = fmt.Sprintf("p%02d", i)
	}
	g, _ := people(names...)
	win := window(t, 500, 34*11+4, g)
	win.Canvas().Focus(g)
	if g.page() != 10 {
		t.Fatalf("page of %d rows, want 10", g.page())
	}
	steps := []struct {
		key fyne.KeyName
		row int
	}{
		{fyne.KeyDown, 0},
		{fyne.KeyDown, 1},
		{fyne.KeyUp, 0},
		{fyne.KeyUp, 0},
		{fyne.KeyPageDown, 10},
		{fyne.KeyEnd, 49},
		{fyne.KeyPageDown, 49},
		{fyne.KeyPageUp, 39},
		{fyne.KeyHome, 0},
	}
	for _, s := range steps {
		press(win, s.key)
		if row, _ := g.Selected(); row != s.row {
			t.Fatalf("after %s row %d, want %d", s.key, row, s.row)
		}
		if row, _ := g.Selected(); row < g.top || row >= g.top+g.page() {
			t.Fatalf("after %s row %d is out of sight (top %d)", s.key, row, g.top)
		}
	}
}

func TestGridOpensMarksTypesAndPassesOn(t *testing.T) {
	start(t)
	g, _ := people("甲", "乙", "丙")
	g.Marking = true
	var opened, marked []int
	var typed []rune
	f3 := 0
	g.OnOpen = func(r int) { opened = append(opened, r) }
	g.OnMark = func(r int, on bool) { marked = append(marked, r) }
	g.OnType = func(r rune) { typed = append(typed, r) }
	win := window(t, 500, 300, container.NewStack())
	NewRoot(win.Canvas(), g).Bind("F3", func() { f3++ })
	win.Canvas().Focus(g)
	press(win, fyne.KeyReturn)
	press(win, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeySpace, fyne.KeyF3)
	typeText(win, "w 王")
	if !slices.Equal(opened, []int{1}) || !slices.Equal(marked, []int{1}) || string(typed) != "w王" || f3 != 1 {
		t.Errorf("opened %v marked %v typed %q f3 %d", opened, marked, string(typed), f3)
	}
	if got := g.Marked(); !slices.Equal(got, []string{"乙"}) {
		t.Errorf("marked %v", got)
	}
	g.TypedShortcut(&fyne.ShortcutSelectAll{})
	if len(g.Marked()) != 3 {
		t.Errorf("Ctrl+A marked %v", g.Marked())
	}
	press(win, fyne.KeySpace)
	if got := g.Marked(); slices.Contains(got, "乙") || len(got) != 2 {
		t.Errorf("after unmarking: %v", got)
	}
}

func TestGridKeepsSelectionByKey(t *testing.T) {
	start(t)
	g, rows := people("甲", "乙", "丙", "丁")
	window(t, 500, 300, g)
	if !g.SelectKey("丙") {
		t.Fatal("丙 not found")
	}
	var told []int
	g.OnSelect = func(r int) { told = append(told, r) }
	*rows = []string{"丙", "甲"}
	g.SetRows(2)
	if row, ok := g.Selected(); !ok || row != 0 || g.SelectedKey() != "丙" {
		t.Errorf("row %d key %q", row, g.SelectedKey())
	}
	*rows = []string{"甲"}
	g.SetRows(1)
	if row, ok := g.Selected(); ok {
		t.Errorf("row %d still selected", row)
	}
	if !slices.Equal(told, []int{0, -1}) {
		t.Errorf("told %v", told)
	}
	if g.SelectKey("丙") {
		t.Error("found a row that is gone")
	}
}

func TestGridMouse(t *testing.T) {
	start(t)
	g, _ := people("甲", "乙", "丙")
	var opened, menu, selected []int
	g.OnOpen = func(r int) { opened = append(opened, r) }
	g.OnMenu = func(r int, _ fyne.Position) { menu = append(menu, r) }
	g.OnSelect = func(r int) { selected = append(selected, r) }
	win := window(t, 500, 300, g)
	at := fyne.NewPos(60, 34*2+10)
	g.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
	g.DoubleTapped(&fyne.PointEvent{Position: at})
	g.TappedSecondary(&fyne.PointEvent{Position: at})
	g.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(60, 250)}})
	g.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(60, 10)})
	if !slices.Equal(opened, []int{1}) || !slices.Equal(menu, []int{1}) || !slices.Equal(selected, []int{1}) {
		t.Errorf("opened %v menu %v selected %v", opened, menu, selected)
	}
	if win.Canvas().Focused() != g {
		t.Error("a click does not focus the grid")
	}
}

func TestGridSortsByHeader(t *testing.T) {
	start(t)
	g, _ := people("甲", "乙")
	var got []string
	g.OnSort = func(id string, desc bool) { got = append(got, fmt.Sprint(id, " ", desc)) }
	win := window(t, 500, 300, g)
	for _, x := range []float32{20, 20, 120, 250} {
		test.TapCanvas(win.Canvas(), fyne.NewPos(x, 15))
	}
	if !slices.Equal(got, []string{"name false", "name true", "hours false"}) {
		t.Errorf("sorted %q", got)
	}
}

func TestGridScrollsByWheelAndThumb(t *testing.T) {
	start(t)
	g, _ := people(make([]string, 200)...)
	win := window(t, 500, 34*11+4, g)
	test.Scroll(win.Canvas(), fyne.NewPos(50, 100), 0, -25)
	if g.top != 3 {
		t.Errorf("one notch: top %d", g.top)
	}
	test.Scroll(win.Canvas(), fyne.NewPos(50, 100), 0, 1e6)
	if g.top != 0 {
		t.Errorf("scrolled up: top %d", g.top)
	}
	g.view.track.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DY: 1e6}})
	g.view.track.DragEnd()
	if g.top != 190 {
		t.Errorf("thumb at the end: top %d", g.top)
	}
	g.view.track.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 5)})
	if g.top != 180 {
		t.Errorf("page up: top %d", g.top)
	}
}

func TestGridShiftsColumnsThatDoNotFit(t *testing.T) {
	start(t)
	var cols []Column
	for i := range 8 {
		cols = append(cols, Column{ID: strconv.Itoa(i), Title: fmt.Sprintf("列%d", i), Width: 100, Value: func(int) string { return "值" }})
	}
	g := NewGrid(cols)
	g.SetRows(3)
	win := window(t, 450, 300, g)
	win.Canvas().Focus(g)
	seen := func() (ids []int) {
		for _, s := range g.view.slots {
			ids = append(ids, s.col)
		}
		return ids
	}
	if got := seen(); !slices.Equal(got, []int{0, 1, 2, 3}) {
		t.Errorf("at first %v", got)
	}
	press(win, fyne.KeyRight)
	if got := seen(); !slices.Equal(got, []int{0, 2, 3, 4}) {
		t.Errorf("one on %v", got)
	}
	for range 20 {
		press(win, fyne.KeyRight)
	}
	got := seen()
	if got[0] != 0 || got[len(got)-1] != 7 {
		t.Errorf("at the end %v", got)
	}
	if w := g.view.slots[len(got)-1].width; w < 100 {
		t.Errorf("last column only %v wide", w)
	}
}

func TestGridCopiesTheRow(t *testing.T) {
	start(t)
	g, _ := people("甲", "乙")
	window(t, 500, 300, g)
	g.Select(1)
	clip := test.NewClipboard()
	g.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if got := clip.Content(); got != "乙\t138 0000 0000\t10\t逾期 3 天" {
		t.Errorf("copied %q", got)
	}
}

func TestGridLooks(t *testing.T) {
	start(t)
	g, _ := people("甄如许", "贾实在", "欧阳明朗甄如许欧阳明朗", "言午", "钱多多", "孙小美", "李大力", "周正", "吴语")
	g.Marking = true
	g.SetMarked([]string{"贾实在", "言午"})
	g.SetSort("hours", true)
	empty := NewGrid(g.columns)
	empty.Empty = Empty{Title: "还没有人员", Text: "把花名册拖到这里，或按 Ctrl+I"}
	win := window(t, 520, 460, container.NewVSplit(g, empty))
	win.Canvas().Focus(g)
	g.Select(2)
	golden(t, "grid", win)
}

func bigGrid() *Grid {
	var cols []Column
	for c := range 12 {
		cols = append(cols, Column{ID: strconv.Itoa(c), Title: "列", Width: 110, Value: func(r int) string {
			return "人员" + strconv.Itoa(r*12+c) + "的一段比较长的说明文字"
		}})
	}
	g := NewGrid(cols)
	g.Key = strconv.Itoa
	g.SetRows(100_000)
	return g
}

func BenchmarkGridJump(b *testing.B) {
	start(b)
	g := bigGrid()
	window(b, 1366, 700, g)
	i := 0
	for b.Loop() {
		i += 7919
		g.Select(i % 100_000)
	}
}

func BenchmarkGridRefresh(b *testing.B) {
	start(b)
	g := bigGrid()
	window(b, 1366, 700, g)
	for b.Loop() {
		g.Reload()
	}
}

func BenchmarkGridFollowKeyToTheEnd(b *testing.B) {
	start(b)
	g := bigGrid()
	window(b, 1366, 700, g)
	g.Select(99_999)
	for b.Loop() {
		g.key, g.selected = "99999", 0
		g.SetRows(100_000)
	}
}

func BenchmarkGridFrame(b *testing.B) {
	start(b)
	g := bigGrid()
	win := window(b, 1366, 700, g)
	for b.Loop() {
		win.Canvas().Capture()
	}
}
