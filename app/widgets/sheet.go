package widgets

import "fyne.io/fyne/v2"

// ShowContent shows something to look at, with 确定 alone; done may be nil.
func ShowContent(c fyne.Canvas, title string, body fyne.CanvasObject, done func()) *Dialog {
	return showOne(c, inside{title, body}, done)
}
