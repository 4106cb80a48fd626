package widgets

import (
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/look"
	"rongyuan/assets"
)

func today() time.Time { return time.Date(2026, 3, 18, 9, 0, 0, 0, time.UTC) }

func iconOf(name string) fyne.Resource {
	return fyne.NewStaticResource(name+".svg", assets.DoorIcon(name))
}

func sixDoors() *Doors {
	d := NewDoors([]Door{
		{"today", "今日", "", iconOf("today")},
		{"people", "人员", "F1", iconOf("people")},
		{"activity", "活动", "F2", iconOf("activity")},
		{"visit", "走访", "F3", iconOf("visit")},
		{"emergency", "应急", "F4", iconOf("emergency")},
		{"report", "报表", "F5", iconOf("report")},
		{"exchange", "交换", "F6", iconOf("exchange")},
	}, []Door{{"settings", "设置", "", iconOf("settings")}})
	d.Select("people")
	d.SetBadge("activity", "3", Bad)
	d.SetBadge("exchange", "12", Muted)
	return d
}

func checkID(number string) (bool, string) {
	if number == "129999198507011239" {
		return true, "男 · 1985-07-01 生"
	}
	return false, "最后一位校验码不对，请核对"
}

func somePeople(typed string, limit int) []Choice {
	var found []Choice
	for _, c := range []Choice{
		{"1", "甄如许", "志愿先锋队 · 1960 年生"},
		{"2", "甄明朗", "志愿先锋队 · 1988 年生"},
		{"3", "贾实在", "应急分队"},
		{"4", "言午", "宣讲分队"},
		{"5", "钱多多", ""},
	} {
		if len(found) < limit && (typed == "" || matchPlainly(typed, c)) {
			found = append(found, c)
		}
	}
	return found
}

func exampleCard() *Card {
	c := NewCard()
	c.SetTitle("甄如许", "志愿者 · 退役军人 · 志愿先锋队")
	c.SetRows([]CardRow{
		{Value: "基本情况"},
		{Label: "身份证号", Value: "129999 19850701 1239"},
		{Label: "出生", Value: "1985-07-01（40 岁）"},
		{Label: "电话", Value: "138 0000 0000"},
		{Label: "住址", Value: "不存在区不存在街道和平里社区一号楼二门三零一，门铃坏了，请打电话"},
		{Label: "紧急联系", Value: ""},
		{Value: "服务"},
		{Label: "今年时长", Value: "36 小时 30 分", OnTap: func() {}},
		{Label: "协议", Value: "2025-03-01 到期，已逾期 17 天", Tone: Bad},
	})
	c.SetFoot(NewPrimaryButton("修改", func() {}), NewButton("打印证明", func() {}))
	return c
}

func exampleForm() *fyne.Container {
	id := NewIDEntry(checkID)
	id.SetValue("129999198507011239")
	wrong := NewIDEntry(checkID)
	wrong.SetValue("129999198507011230")
	date := NewDateEntry(today)
	date.SetValue("2026-03-18")
	begin := NewTimeEntry()
	begin.SetValue("9:30")
	number := NewNumberEntry(0, 600)
	number.SetValue(120)
	picker := NewPicker(somePeople)
	picker.SetChosen(Choice{"3", "贾实在", ""})
	many := NewMultiPicker(somePeople)
	many.SetChosen([]Choice{{"1", "甄如许", ""}, {"4", "言午", ""}})
	kind := NewChoiceEntry(Choices("政策宣传", "走访慰问", "应急救援"), nil)
	kind.SetValue("走访慰问")
	sex := NewRadio([]string{"男", "女", "未说明"}, nil)
	sex.SetValue("男")
	party := NewCheck("中共党员", nil)
	party.SetChecked(true)
	name := NewField("姓名", NewEntry("两到二十个字"))
	name.Required = true
	note := NewField("备注", NewTextArea("", 2))
	note.WholeRow = true
	name.SetHint("与身份证一致")
	return NewForm(2, name, NewField("身份证号", id), NewField("配偶证号", wrong), NewField("日期", date),
		NewField("开始", begin), NewField("分钟", number), NewField("队长", picker), NewField("任务", kind),
		NewField("性别", sex), NewField("", party), NewField("参加人", many), note)
}

// gallery is a whole window of the size that the clerks have.
func gallery() (root fyne.CanvasObject, g *Grid) {
	g, _ = people("甄如许", "贾实在", "言午", "钱多多", "孙小美")
	g.Marking = true
	g.SetMarked([]string{"言午"})
	g.Select(1)
	n := NewNotice()
	n.SayAction(Good, "已保存甄如许的登记", "撤销", func() {})
	bar := NewStatusBar()
	bar.Set([]Segment{
		{Text: "和平里街道退役军人服务站"},
		{Text: "甄站长"},
		{Text: "待上报 12 条 · 最早 3 天", Tone: Warn},
		{Text: "备份：今天 08:55", Right: true},
		{Text: "F12 按键说明", Tone: Muted, Right: true},
	})
	left := container.NewBorder(container.NewPadded(exampleForm()), nil, nil, nil, g)
	main := container.NewBorder(n, nil, nil, exampleCard(), container.NewPadded(left))
	return container.NewBorder(nil, bar, sixDoors(), nil, main), g
}

// TestGalleryInLargeType guards what grows with the text: nothing may be wider
// than its place at the largest size on the smallest screen.
func TestGalleryInLargeType(t *testing.T) {
	start(t)
	fyne.CurrentApp().Settings().SetTheme(look.New(look.Options{Regular: assets.SansRegular(), Size: look.ExtraLarge, HighContrast: true}))
	root, g := gallery()
	win := window(t, 1366, 768, container.NewVScroll(root))
	win.Canvas().Focus(g)
	writePNG(t, filepath.Join(t.TempDir(), "large.png"), win.Canvas().Capture())
	if w := root.MinSize().Width; w > 1366 {
		t.Errorf("the window needs %v units", w)
	}
}

func TestGallery(t *testing.T) {
	start(t)
	root, g := gallery()
	win := window(t, 1366, 768, root)
	win.Canvas().Focus(g)
	golden(t, "gallery", win)
}
