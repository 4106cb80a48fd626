package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// closedPage says why the station's file cannot be opened.
type closedPage struct {
	d       *Desk
	what    string          // what happened, in words
	restore *widgets.Button // nil where a backup is no way out
	again   *widgets.Button
	content fyne.CanvasObject
}

const sheetColour = theme.ColorNameBackground

func (d *Desk) showClosed(err error) {
	p := &closedPage{d: d, what: say.Error(err).What}
	s := say.Error(err)
	box := stack(6, heading("现在打不开档案"), insets(0, 0, 0, 10, line()))
	for _, part := range [][2]string{{"出了什么事", s.What}, {"数据是否安全", s.Safe}, {"接下来怎么做", s.Do}} {
		if part[1] == "" {
			continue
		}
		body := widgets.NewParagraph(part[1], widgets.Normal)
		body.Width = 480
		box.Add(caption(part[0]))
		box.Add(insets(0, 0, 0, 8, body))
	}
	p.again = widgets.NewPrimaryButton("再试一次", d.openStation)
	copied := widgets.NewButton("复制详情", func() { d.cfg.App.Clipboard().SetContent(say.Detail(err)) })
	actions := bar(p.again)
	if restorable(err) {
		p.restore = widgets.NewButton("从备份恢复…", func() { d.showRestore(func() { d.showClosed(err) }) })
		actions.Add(p.restore)
	}
	actions.Add(copied)
	actions.Add(widgets.NewButton("关闭程序", d.win.Close))
	box.Add(actions)
	p.content = d.pageFrame(box, 480)
	d.showPage(p)
}

// restorable reports whether a backup is a way out: the file is gone or of no
// use. A file that another program holds, or that a newer one wrote, is whole.
func restorable(err error) bool {
	switch record.CodeOf(err) {
	case record.CodeFileMissing, record.CodeFileForeign, record.CodeFileTruncated, record.CodeFileDamaged, record.CodeSealBroken:
		return true
	}
	return false
}

// Content is the page.
func (p *closedPage) Content() fyne.CanvasObject { return p.content }

// Open puts the focus on the next step.
func (p *closedPage) Open() { p.d.win.Canvas().Focus(p.again) }

// Keys are none of its own.
func (p *closedPage) Keys() map[string]func() { return nil }
