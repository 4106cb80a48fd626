package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// recoveryPage shows the recovery code, once in the life of the file.
type recoveryPage struct {
	d       *Desk
	check   *widgets.Check
	next    *widgets.Button
	content fyne.CanvasObject
}

func (d *Desk) showRecovery(station record.Station, code string) {
	p := &recoveryPage{d: d}
	why := widgets.NewParagraph("忘记密码时，只有这串恢复码能打开档案。它只在这里出现一次，电脑里没有留底。请打印或抄写下来，装进信封，锁进站里的保险柜。", widgets.Normal)
	why.Width = 520
	big := stack(8)
	for _, part := range splitRecovery(code) {
		w := sized(part, widgets.Accent, theme.SizeNameHeadingText)
		big.Add(centred(w))
	}
	p.next = widgets.NewPrimaryButton("进入今日", d.showFrame)
	p.next.Disable()
	p.check = widgets.NewCheck("已抄写或打印，并收好", func(on bool) {
		if on {
			p.next.Enable()
		} else {
			p.next.Disable()
		}
	})
	copied := widgets.NewButton("复制", func() {
		d.cfg.App.Clipboard().SetContent(code)
	})
	actions := bar(p.check, spring(), copied)
	if printed := d.recoveryPrinter(station, code); printed != nil {
		actions.Add(widgets.NewButton("打印恢复码", printed))
	}
	actions.Add(p.next)
	box := stack(16, heading("恢复码"), why, padded(16, 0, big), line(), actions)
	p.content = d.pageFrame(box, 560)
	d.showPage(p)
}

// splitRecovery breaks the code into lines of four groups.
func splitRecovery(code string) []string {
	var lines []string
	groups := 0
	start := 0
	for i, r := range code {
		if r != '-' {
			continue
		}
		if groups++; groups%4 == 0 {
			lines = append(lines, code[start:i])
			start = i + 1
		}
	}
	return append(lines, code[start:])
}

// Content is the page.
func (p *recoveryPage) Content() fyne.CanvasObject { return p.content }

// Open puts the focus on the box to tick.
func (p *recoveryPage) Open() { p.d.win.Canvas().Focus(p.check) }

// Keys are none of its own.
func (p *recoveryPage) Keys() map[string]func() { return nil }
