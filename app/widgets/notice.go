package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Notice is a bar that says what has just happened. It stays until Dismiss: by
// its cross, by Escape or by the next action, never by itself. It takes no room
// while it says nothing.
type Notice struct {
	widget.BaseWidget
	tone   Tone
	text   string
	action *Button
	cross  *iconTap
	ruler  *ruler
}

// NewNotice makes a silent one.
func NewNotice() *Notice {
	n := &Notice{action: NewButton("", nil), ruler: newRuler(theme.TextSize(), fyne.TextStyle{})}
	n.cross = newIconTap(theme.CancelIcon(), func() { n.Dismiss() })
	n.ExtendBaseWidget(n)
	n.Hide()
	return n
}

// Say says something; Good, Normal and Accent look alike, Warn and Bad stand
// out.
func (n *Notice) Say(tone Tone, text string) { n.SayAction(tone, text, "", nil) }

// SayAction adds a button, such as 撤销; pressing it dismisses the notice too.
func (n *Notice) SayAction(tone Tone, text, action string, f func()) {
	n.tone, n.text = tone, text
	n.action.SetText(action)
	n.action.Hidden = action == ""
	n.action.OnTapped = func() {
		n.Dismiss()
		f()
	}
	n.BaseWidget.Show()
	n.Refresh()
}

// Text is what stands there; "" while it is dismissed.
func (n *Notice) Text() string {
	if n.Hidden {
		return ""
	}
	return n.text
}

// Dismiss takes it away and tells whether there was anything.
func (n *Notice) Dismiss() bool {
	was := !n.Hidden
	n.Hide()
	return was
}

// CreateRenderer is called by Fyne.
func (n *Notice) CreateRenderer() fyne.WidgetRenderer {
	r := &noticeRenderer{n: n, ground: newFill(theme.ColorNameBackground), bar: newFill(theme.ColorNamePrimary), text: newText("", Normal)}
	r.Refresh()
	return r
}

type noticeRenderer struct {
	n           *Notice
	ground, bar *canvas.Rectangle
	text        *canvas.Text
}

func (r *noticeRenderer) Destroy() {}

func (r *noticeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.bar, r.text, r.n.action, r.n.cross}
}

const noticePad = 14

func (r *noticeRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, r.n.action.MinSize().Height+8)
}

func (r *noticeRenderer) Layout(s fyne.Size) {
	n := r.n
	r.ground.Resize(s)
	r.bar.Resize(fyne.NewSize(doorBar, s.Height))
	side := n.cross.MinSize()
	right := s.Width - side.Width - 6
	n.cross.Move(fyne.NewPos(right, (s.Height-side.Height)/2))
	n.cross.Resize(side)
	if !n.action.Hidden {
		m := n.action.MinSize()
		right -= m.Width + 8
		n.action.Move(fyne.NewPos(right, (s.Height-m.Height)/2))
		n.action.Resize(m)
	}
	r.text.Text = n.ruler.fit(n.text, right-2*noticePad)
	r.text.Move(fyne.NewPos(noticePad, (s.Height-n.ruler.height())/2))
}

func (r *noticeRenderer) Refresh() {
	n := r.n
	n.ruler.resize(theme.TextSize())
	r.ground.FillColor = n.tone.ground()
	r.bar.FillColor = n.tone.colour()
	if n.tone != Warn && n.tone != Bad {
		r.bar.FillColor = theme.Color(theme.ColorNamePrimary)
	}
	r.text.Color, r.text.TextSize = theme.Color(theme.ColorNameForeground), theme.TextSize()
	if n.tone == Bad {
		r.text.Color = Bad.colour()
	}
	r.Layout(n.Size())
	canvas.Refresh(n)
}
