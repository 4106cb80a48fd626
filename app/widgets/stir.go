package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// A window that locks itself must know of every key and every movement of the
// mouse. Fyne has no such hook; but it asks all objects under the mouse for
// their cursor at each movement, also those that others cover, and tells the
// focused control of every key that goes down.

var (
	_ desktop.Cursorable = (*Root)(nil)
	_ desktop.Cursorable = (*Dialog)(nil)
)

// Cursor is called by Fyne at every movement of the mouse over the window.
func (r *Root) Cursor() desktop.Cursor {
	r.Stir()
	return desktop.DefaultCursor
}

// Stir tells that somebody is at work.
func (r *Root) Stir() {
	if r.OnStir != nil {
		r.OnStir()
	}
}

// Cursor is called by Fyne at every movement of the mouse over the dialog.
func (d *Dialog) Cursor() desktop.Cursor {
	stirCanvas(d.canvas)
	return desktop.DefaultCursor
}

// stir passes on that a key went down in a control.
func stir(o fyne.CanvasObject) { stirCanvas(canvasOf(o)) }

func stirCanvas(c fyne.Canvas) {
	if c == nil {
		return
	}
	if r, ok := c.Content().(*Root); ok {
		r.Stir()
	}
}
