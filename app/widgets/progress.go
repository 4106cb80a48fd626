package widgets

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Progress is a dialog that shows how far a long work is. Escape and 取消 ask
// the work to stop; the dialog stays until Close.
type Progress struct {
	dialog *Dialog
	bar    *progressBar
	count  *canvas.Text
	text   *Paragraph
	stop   *Button
}

// ShowProgress opens it; without cancel the work cannot be stopped.
func ShowProgress(c fyne.Canvas, title string, cancel func()) *Progress {
	p := &Progress{bar: newProgressBar(), count: newCaption("", Muted), text: NewParagraph("", Normal)}
	p.text.Width = dialogWidth - 2*dialogPad
	body := container.NewVBox(p.text, gapOf(2), p.bar, p.count)
	p.stop = NewButton(textCancel, func() {
		p.stop.Disable()
		p.stop.SetText("正在停止…")
		cancel()
	})
	if cancel == nil {
		p.stop.Hide()
	}
	p.dialog = newDialog(c, title, body, p.stop)
	p.dialog.onEscape = func() {
		if cancel != nil && !p.stop.Disabled() {
			p.stop.Tapped(nil)
		}
	}
	p.dialog.show(p.stop)
	return p
}

// Set shows the count; a total of 0 means that it is not known.
func (p *Progress) Set(done, total int) {
	p.count.Text = fmt.Sprintf("已完成 %d", done)
	p.bar.part = 0
	if total > 0 {
		p.count.Text = fmt.Sprintf("%d / %d", done, total)
		p.bar.part = float32(min(done, total)) / float32(total)
	}
	p.count.Refresh()
	p.bar.Refresh()
}

// SetText says what is being done.
func (p *Progress) SetText(text string) {
	p.text.SetText(text)
	p.dialog.Refresh()
}

// Close takes the dialog away.
func (p *Progress) Close() { p.dialog.Close() }

type progressBar struct {
	widget.BaseWidget
	part float32 // 0 … 1
}

func newProgressBar() *progressBar {
	b := &progressBar{}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is called by Fyne.
func (b *progressBar) CreateRenderer() fyne.WidgetRenderer {
	return &progressRenderer{b: b, ground: newFill(theme.ColorNameButton), fill: newFill(theme.ColorNamePrimary)}
}

type progressRenderer struct {
	b            *progressBar
	ground, fill *canvas.Rectangle
}

func (r *progressRenderer) Destroy() {}

func (r *progressRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 10) }

func (r *progressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.fill}
}

func (r *progressRenderer) Layout(s fyne.Size) {
	r.ground.CornerRadius, r.fill.CornerRadius = 3, 3
	r.ground.Resize(s)
	r.fill.Resize(fyne.NewSize(s.Width*r.b.part, s.Height))
	r.fill.Hidden = r.b.part == 0
}

func (r *progressRenderer) Refresh() {
	r.ground.FillColor = theme.Color(theme.ColorNameButton)
	r.fill.FillColor = theme.Color(theme.ColorNamePrimary)
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}
