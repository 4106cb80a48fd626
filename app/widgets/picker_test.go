package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

func pickField(t *testing.T) (*Picker, fyne.Window, *[]string) {
	t.Helper()
	start(t)
	p := NewPicker(somePeople)
	var told []string
	p.OnPick = func(c Choice) { told = append(told, c.Key) }
	win := window(t, 420, 360, column(p, NewEntry("")))
	win.Canvas().Focus(p)
	return p, win, &told
}

func TestPickerFindsWhileTyping(t *testing.T) {
	p, win, told := pickField(t)
	typeText(win, "甄")
	if !p.pop.open || len(p.list.items) != 2 {
		t.Fatalf("open %v with %d choices", p.pop.open, len(p.list.items))
	}
	press(win, fyne.KeyDown, fyne.KeyReturn)
	if p.Chosen().Key != "2" || p.Text != "甄明朗" || p.pop.open || win.Canvas().Focused() == p {
		t.Errorf("chosen %+v text %q open %v", p.Chosen(), p.Text, p.pop.open)
	}
	win.Canvas().Focus(p)
	typeText(win, "贾")
	press(win, fyne.KeyEscape)
	if p.Text != "甄明朗" || p.pop.open {
		t.Errorf("Escape gives back %q", p.Text)
	}
	if !slices.Equal(*told, []string{"2"}) {
		t.Errorf("told %q", *told)
	}
}

func TestPickerWantsAChoice(t *testing.T) {
	p, win, told := pickField(t)
	typeText(win, "查无此人")
	if p.list.foot != "没有找到" {
		t.Errorf("list says %q", p.list.foot)
	}
	press(win, fyne.KeyReturn)
	if p.Error() != "请从列表中选择" || p.Chosen() != (Choice{}) {
		t.Errorf("error %q chosen %v", p.Error(), p.Chosen())
	}
	win.Canvas().Focus(p)
	typeText(win, "言午")
	press(win, fyne.KeyTab)
	if p.Chosen().Key != "4" || p.Error() != "" {
		t.Errorf("a name typed in full: %+v %q", p.Chosen(), p.Error())
	}
	win.Canvas().Focus(p)
	press(win, fyne.KeyDelete, fyne.KeyReturn)
	if p.Chosen() != (Choice{}) || p.Error() != "" {
		t.Errorf("emptied: %+v %q", p.Chosen(), p.Error())
	}
	if !slices.Equal(*told, []string{"4", ""}) {
		t.Errorf("told %q", *told)
	}
}

func TestFreePickerKeepsTheText(t *testing.T) {
	p, win, _ := pickField(t)
	p.Free = true
	typeText(win, "甄")
	press(win, fyne.KeyReturn)
	if c := p.Chosen(); c.Text != "甄" || c.Key != "" {
		t.Errorf("chosen %+v", c)
	}
}

func TestSearchBoxStays(t *testing.T) {
	p, win, told := pickField(t)
	p.StayOnPick = true
	typeText(win, "钱")
	press(win, fyne.KeyReturn)
	if p.Text != "" || win.Canvas().Focused() != p || !slices.Equal(*told, []string{"5"}) {
		t.Errorf("text %q told %q", p.Text, *told)
	}
}

func TestPickerMouseAndLongLists(t *testing.T) {
	p, win, told := pickField(t)
	p.Find = func(_ string, limit int) []Choice {
		var all []Choice
		for i := range 80 {
			all = append(all, Choice{Key: fmt.Sprint(i), Text: fmt.Sprintf("第 %d 人", i)})
		}
		return all[:min(limit, len(all))]
	}
	typeText(win, "人")
	if p.list.foot == "" || len(p.list.items) != pickLimit {
		t.Errorf("%d choices, foot %q", len(p.list.items), p.list.foot)
	}
	press(win, fyne.KeyPageDown, fyne.KeyDown)
	if p.list.at != 9 || p.list.top != 2 {
		t.Errorf("at %d top %d", p.list.at, p.list.top)
	}
	p.list.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -25}})
	p.list.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, pickInset+rowHeight()+3)})
	if !slices.Equal(*told, []string{"6"}) {
		t.Errorf("told %q", *told)
	}
}

func TestPickerPassesFunctionKeys(t *testing.T) {
	p, win, _ := pickField(t)
	hits := 0
	NewRoot(win.Canvas(), column(p)).Bind("F2", func() { hits++ })
	win.Canvas().Focus(p)
	typeText(win, "甄")
	press(win, fyne.KeyF2)
	if hits != 1 || p.pop.open {
		t.Errorf("F2 came %d times, list open %v", hits, p.pop.open)
	}
}

func TestMultiPicker(t *testing.T) {
	start(t)
	m := NewMultiPicker(somePeople)
	var told [][]Choice
	m.OnChange = func(cs []Choice) { told = append(told, cs) }
	win := window(t, 420, 360, column(m))
	win.Canvas().Focus(m.Picker)
	typeText(win, "甄")
	press(win, fyne.KeyReturn)
	typeText(win, "甄")
	if len(m.Picker.list.items) != 1 {
		t.Errorf("a chosen one is offered again: %v", m.Picker.list.items)
	}
	press(win, fyne.KeyReturn)
	press(win, fyne.KeyBackspace)
	if got := m.Chosen(); len(got) != 1 || got[0].Key != "1" || len(told) != 3 {
		t.Errorf("chosen %v, told %d times", got, len(told))
	}
	m.chips.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 5)})
	if len(m.Chosen()) != 0 {
		t.Errorf("chip tapped: %v", m.Chosen())
	}
}

func TestChoiceEntry(t *testing.T) {
	start(t)
	c := NewChoiceEntry([]Choice{{"a", "政策宣传", "zcxc"}, {"b", "走访慰问", "zfww"}, {"c", "应急救援", "yjjy"}}, nil)
	var told []string
	c.OnPick = func(x Choice) { told = append(told, x.Key) }
	next := NewEntry("")
	win := window(t, 420, 360, column(c, next))
	win.Canvas().Focus(c)
	typeText(win, "ZF")
	press(win, fyne.KeyReturn)
	if c.Value() != "b" || c.Text != "走访慰问" || win.Canvas().Focused() != next {
		t.Errorf("value %q text %q", c.Value(), c.Text)
	}
	win.Canvas().Focus(c)
	press(win, fyne.KeyDown)
	if len(c.list.items) != 3 || c.list.at != 1 {
		t.Errorf("Down shows %d at %d", len(c.list.items), c.list.at)
	}
	press(win, fyne.KeyDown, fyne.KeyReturn)
	if c.Value() != "c" || !slices.Equal(told, []string{"b", "c"}) {
		t.Errorf("value %q told %q", c.Value(), told)
	}
	c.SetOptions(Choices("甲"))
	if c.Value() != "" || c.Text != "" {
		t.Errorf("an option that is gone stays: %q", c.Text)
	}
}

func TestPickerLooks(t *testing.T) {
	_, win, _ := pickField(t)
	press(win, fyne.KeyDown, fyne.KeyDown)
	golden(t, "picker", win)
}
