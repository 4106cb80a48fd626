package app

import (
	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
)

// screenKeys are the keys that a screen may take, in the order of the cheat
// sheet, with what they do by convention.
func screenKeys() [][2]string {
	return [][2]string{
		{"Ctrl+N", "新增"},
		{"Ctrl+S", "保存"},
		{"Ctrl+F", "筛选"},
		{"Ctrl+O", "打开"},
		{"Ctrl+1", "第一页"},
		{"Ctrl+2", "第二页"},
		{"Ctrl+3", "第三页"},
		{"Ctrl+4", "第四页"},
		{"Ctrl+5", "第五页"},
		{"Ctrl+P", "打印"},
		{"Ctrl+I", "导入花名册"},
		{"Ctrl+V", "粘贴名单"},
		{keyExport, "导出这张列表"},
		{"Ctrl+U", "显示完整号码"},
		{"Ctrl+D", "复制"},
		{"Ctrl+M", "办理"},
		{"Ctrl+T", "安排"},
		{"Ctrl+T", "改文字"},
		{"Ctrl+Z", "撤销"},
		{"F8", "搁下正在填写的表，或取回"},
		{"F9", "刷新"},
		{"Ctrl+R", "立即同步"},
		{"Ctrl+G", "核对封签"},
		{"Delete", "删除"},
		{"Escape", "返回，不保存"},
	}
}

// keyExport writes the open list as a workbook, on every screen that has one.
const keyExport = "Ctrl+E"

// doorKeys open the doors from everywhere.
func doorKeys() [][2]string {
	return [][2]string{
		{"F1", doorPeople},
		{"F2", doorActivities},
		{"F3", doorVisits},
		{"F4", doorEmergency},
		{"F5", doorReports},
		{"F6", doorExchange},
		{"F7", doorToday},
		{"F10", doorSettings},
	}
}

func (d *Desk) bindKeys() {
	for _, k := range doorKeys() {
		d.root.Bind(k[0], func() { d.inFrame(func() { d.open(k[1], place{}) }) })
	}
	for _, k := range screenKeys() {
		d.root.Bind(k[0], func() { d.screenKey(k[0]) })
	}
	d.root.Bind("Ctrl+K", func() { d.inFrame(func() { d.frame.search.focus() }) })
	d.root.Bind("Ctrl+L", func() { d.inFrame(d.lock) })
	d.root.Bind("F12", func() { d.inFrame(d.showKeys) })
	d.win.Canvas().SetOnTypedRune(func(r rune) { d.typed(r) })
}

func (d *Desk) inFrame(f func()) {
	if d.frame != nil {
		f()
	}
}

// typed takes a character that no field wanted; lists pass theirs on too. It
// says whether it did.
func (d *Desk) typed(r rune) bool {
	if r == '/' && d.frame != nil && d.win.Canvas().Overlays().Top() == nil {
		d.frame.search.focus()
		return true
	}
	return false
}

// screenKey gives a key to the open screen or page. Escape with nothing to
// leave goes to the start page.
func (d *Desk) screenKey(key string) {
	var keys map[string]func()
	switch {
	case d.page != nil:
		keys = d.page.Keys()
	case d.frame != nil:
		keys = d.screens[d.door].Keys()
	}
	if f, ok := keys[key]; ok {
		f()
		return
	}
	if d.frame == nil {
		return
	}
	switch key {
	case "Ctrl+Z":
		d.undo()
	case "F8":
		d.shelve()
	case keyExport:
		d.exportList()
	}
	if key == "Escape" && !d.frame.dismiss() && d.door != doorToday {
		d.open(doorToday, place{})
	}
}

// showKeys is the cheat sheet: the keys that do something here and now.
func (d *Desk) showKeys() {
	left := [][2]string{}
	for _, k := range doorKeys() {
		left = append(left, [2]string{k[0], doorText(k[1])})
	}
	left = append(left, [2]string{"Ctrl+K  /", "查找人员"}, [2]string{"Ctrl+Z", "撤销最近的改动"},
		[2]string{"F8", "搁下正在填的表，再按取回"}, [2]string{"Ctrl+L", "锁定"}, [2]string{"F12", "这张按键表"})
	right := [][2]string{}
	own, names := d.screens[d.door].Keys(), map[string]string{}
	if t, ok := d.screens[d.door].(teller); ok {
		names = t.KeyNames()
	}
	for _, k := range screenKeys() {
		if _, has := own[k[0]]; has || k[0] == keyExport && d.shownList() != nil {
			text := k[1]
			if names[k[0]] != "" {
				text = names[k[0]]
			}
			right = append(right, [2]string{keyText(k[0]), text})
		}
	}
	right = append(right, [2]string{"Enter", "下一项；列表中打开"}, [2]string{"Shift+Enter", "上一项"})
	if text, has := names[keySpace]; has {
		right = append(right, [2]string{keySpace, text})
	}
	d.showSheet(left, right)
}

// keySpace is what lists may do with the space bar; it is no shortcut, so the
// list itself takes it.
const keySpace = "空格"

func keyText(key string) string {
	switch key {
	case "Escape":
		return "Esc"
	case fyneDelete:
		return "Del"
	}
	return key
}

const fyneDelete = string(fyne.KeyDelete)

func (d *Desk) showSheet(left, right [][2]string) {
	content := twoColumns(sheetColumn("全部页面", left), sheetColumn(doorText(d.door), right))
	widgets.ShowContent(d.win.Canvas(), "按键", content, nil)
}
