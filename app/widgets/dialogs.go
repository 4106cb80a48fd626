package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// ShowMessage says something that needs no answer; done may be nil.
func ShowMessage(c fyne.Canvas, title, text string, done func()) *Dialog {
	p := NewParagraph(text, Normal)
	p.Width = dialogWidth - 2*dialogPad
	return showOne(c, inside{title, p}, done)
}

// inside is what stands in a dialog.
type inside struct {
	title string
	body  fyne.CanvasObject
}

// showOne is a dialog with 确定 alone.
func showOne(c fyne.Canvas, in inside, done func(), more ...*Button) *Dialog {
	var d *Dialog
	end := func() {
		d.Close()
		if done != nil {
			done()
		}
	}
	ok := NewPrimaryButton(textOK, end)
	d = newDialog(c, in.title, in.body, append(more, ok)...)
	d.onEnter, d.onEscape = end, end
	return d.show(ok)
}

// Question is what ShowConfirm asks. Yes and No default to 确定 and 取消. With
// Danger the focus is on No, so that a hasty Enter harms nothing.
type Question struct {
	Title, Text string
	Yes, No     string
	Danger      bool
}

// ShowConfirm asks and calls answer once.
func ShowConfirm(c fyne.Canvas, q Question, answer func(yes bool)) *Dialog {
	var d *Dialog
	say := func(yes bool) func() {
		return func() {
			d.Close()
			answer(yes)
		}
	}
	p := NewParagraph(q.Text, Normal)
	p.Width = dialogWidth - 2*dialogPad
	yes, no := NewPrimaryButton(orElse(q.Yes, textOK), say(true)), NewButton(orElse(q.No, textCancel), say(false))
	d = newDialog(c, q.Title, p, yes, no)
	d.onEnter, d.onEscape = say(true), say(false)
	if q.Danger {
		d.onEnter = say(false)
		return d.show(no)
	}
	return d.show(yes)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// Trouble is an error as a clerk needs it: what happened, whether the data is
// safe, what to do next. Detail is for whoever helps and can be copied.
type Trouble struct {
	Title, What, Safe, Do string
	Detail                string
}

const partGap = 6 // between the parts of an error, beyond the box's own

// ShowTrouble shows an error; done may be nil.
func ShowTrouble(c fyne.Canvas, t Trouble, done func()) *Dialog {
	body := container.NewVBox()
	for _, part := range [][2]string{{"出了什么事", t.What}, {"数据是否安全", t.Safe}, {"接下来怎么做", t.Do}} {
		if part[1] == "" {
			continue
		}
		p := NewParagraph(part[1], Normal)
		p.Width = dialogWidth - 2*dialogPad
		if len(body.Objects) > 0 {
			body.Add(gapOf(partGap))
		}
		body.Add(newCaption(part[0], Muted))
		body.Add(p)
	}
	if t.Detail == "" {
		return showOne(c, inside{orElse(t.Title, "出错了"), body}, done)
	}
	detail := NewTextArea("", 4)
	detail.SetValue(t.Detail)
	detail.Disable()
	detail.Hide()
	body.Add(detail)
	var d *Dialog
	var more *Button
	more = NewButton("详情", func() {
		if detail.Visible() {
			fyne.CurrentApp().Clipboard().SetContent(t.Detail)
			more.SetText("已复制")
			return
		}
		detail.Show()
		more.SetText("复制详情")
		d.Refresh()
	})
	d = showOne(c, inside{orElse(t.Title, "出错了"), body}, done, more)
	return d
}

// FormDialog is a dialog with fields. OnOK says whether the dialog may close;
// if not, it has shown what is wrong beside the fields.
type FormDialog struct {
	Title   string
	Content fyne.CanvasObject
	// OK is the text of the confirming button, 确定 by default.
	OK string
	// Width of the content, 380 by default.
	Width    float32
	OnOK     func() bool
	OnCancel func()
}

// ShowForm opens a dialog with fields; the first one has the focus, Enter in the
// last one confirms.
func ShowForm(c fyne.Canvas, f FormDialog) *Dialog {
	var d *Dialog
	ok := NewPrimaryButton(orElse(f.OK, textOK), func() {
		if f.OnOK == nil || f.OnOK() {
			d.Close()
		}
	})
	ok.confirms = true
	leave := func() {
		d.Close()
		if f.OnCancel != nil {
			f.OnCancel()
		}
	}
	body := container.New(&wideLayout{width: max(f.Width, dialogWidth-2*dialogPad)}, f.Content)
	d = newDialog(c, f.Title, body, ok, NewButton(textCancel, leave))
	d.onEnter, d.onEscape = func() { ok.Tapped(nil) }, leave
	return d.show(nil)
}

// wideLayout gives its one object at least a width.
type wideLayout struct{ width float32 }

func (l *wideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	return fyne.NewSize(max(m.Width, l.width), m.Height)
}

func (l *wideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}
