package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
)

const (
	dialogPad    = 20
	dialogGap    = 18
	dialogWidth  = 420
	buttonWidth  = 88
	textOK       = "确定"
	textCancel   = "取消"
	dialogMargin = 24 // left free around a dialog
)

// Dialog is a panel over the dimmed window. Escape leaves it, Enter confirms it;
// no key reaches the window beneath.
type Dialog struct {
	widget.BaseWidget

	canvas   fyne.Canvas
	title    string
	body     fyne.CanvasObject
	buttons  []*Button
	onEnter  func()
	onEscape func()
	open     bool
	panel    *fyne.Container
	heading  *canvas.Text
}

var (
	_ keyTaker      = (*Dialog)(nil)
	_ fyne.Tappable = (*Dialog)(nil)
)

// newDialog shows nothing yet; the first button confirms.
func newDialog(c fyne.Canvas, title string, body fyne.CanvasObject, buttons ...*Button) *Dialog {
	d := &Dialog{canvas: c, title: title, body: body, buttons: buttons}
	row := container.New(&buttonRow{})
	for _, b := range buttons {
		row.Add(b)
	}
	d.heading = newBold(title, theme.TextSubHeadingSize())
	d.panel = container.New(&dialogLayout{}, d.heading, body, row)
	d.ExtendBaseWidget(d)
	return d
}

// show opens the dialog with the focus on the given control; nil takes the
// first one.
func (d *Dialog) show(first fyne.Focusable) *Dialog {
	d.open = true
	d.canvas.Overlays().Add(d)
	if first != nil {
		d.canvas.Focus(first)
	} else {
		d.canvas.FocusNext()
	}
	return d
}

// Close takes the dialog away without calling anything.
func (d *Dialog) Close() {
	if d.open {
		d.open = false
		d.canvas.Overlays().Remove(d)
	}
}

// IsOpen tells whether the dialog is on the screen.
func (d *Dialog) IsOpen() bool { return d.open }

// Tapped is called by Fyne; a click beside the panel does nothing.
func (d *Dialog) Tapped(*fyne.PointEvent) {}

func (d *Dialog) takeKey(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeyEscape && d.onEscape != nil:
		d.onEscape()
	case isEnter(ev.Name) && d.onEnter != nil:
		d.onEnter()
	}
}

// takeShortcut confirms with Ctrl+Enter and Ctrl+S, also from a text area.
func (d *Dialog) takeShortcut(s fyne.Shortcut) {
	k, ok := ctrlKey(s)
	if ok && (isEnter(k) || k == fyne.KeyS) && d.onEnter != nil {
		d.onEnter()
	}
}

// CreateRenderer is called by Fyne.
func (d *Dialog) CreateRenderer() fyne.WidgetRenderer {
	r := &dialogRenderer{d: d, dim: newFill(theme.ColorNameShadow), back: newFill(theme.ColorNameBackground), guard: newGuard()}
	r.back.CornerRadius = theme.Size(theme.SizeNameDialogRadius)
	r.back.StrokeWidth = 1
	r.Refresh()
	return r
}

type dialogRenderer struct {
	d         *Dialog
	dim, back *canvas.Rectangle
	guard     *guard
}

func (r *dialogRenderer) Destroy() {}

func (r *dialogRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *dialogRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.dim, r.guard, r.back, r.d.panel}
}

func (r *dialogRenderer) Layout(s fyne.Size) {
	r.dim.Resize(s)
	most := s.SubtractWidthHeight(2*dialogMargin, 2*dialogMargin)
	size := r.d.panel.MinSize().Min(most)
	size.Width = max(size.Width, min(dialogWidth, most.Width))
	at := fyne.NewPos((s.Width-size.Width)/2, (s.Height-size.Height)*0.4)
	for _, o := range []fyne.CanvasObject{r.guard, r.back, r.d.panel} {
		o.Move(at)
		o.Resize(size)
	}
}

func (r *dialogRenderer) Refresh() {
	r.dim.FillColor = theme.Color(theme.ColorNameShadow)
	r.back.FillColor = theme.Color(theme.ColorNameBackground)
	r.back.StrokeColor = theme.Color(look.RowLine)
	r.Layout(r.d.Size())
	r.d.panel.Refresh()
	canvas.Refresh(r.d)
}

// dialogLayout stacks heading, body and buttons with air around them.
type dialogLayout struct{}

func (dialogLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, x := range o {
		m := x.MinSize()
		s.Width = max(s.Width, m.Width)
		s.Height += m.Height
	}
	return s.AddWidthHeight(2*dialogPad, 2*dialogPad+2*dialogGap)
}

func (dialogLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	head, body, row := o[0], o[1], o[2]
	w := s.Width - 2*dialogPad
	head.Move(fyne.NewPos(dialogPad, dialogPad))
	head.Resize(fyne.NewSize(w, head.MinSize().Height))
	top := dialogPad + head.MinSize().Height + dialogGap
	foot := s.Height - dialogPad - row.MinSize().Height
	body.Move(fyne.NewPos(dialogPad, top))
	body.Resize(fyne.NewSize(w, max(foot-dialogGap-top, 0)))
	row.Move(fyne.NewPos(dialogPad, foot))
	row.Resize(fyne.NewSize(w, row.MinSize().Height))
}

// buttonRow sets buttons to the right, none narrower than the others' least.
type buttonRow struct{}

var (
	_ fyne.Layout = buttonRow{}
	_ fyne.Layout = dialogLayout{}
)

const buttonGap = 10

func (buttonRow) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, b := range o {
		m := b.MinSize()
		s.Width += max(m.Width, buttonWidth) + buttonGap
		s.Height = max(s.Height, m.Height)
	}
	s.Width = max(s.Width-buttonGap, 0)
	return s
}

func (l buttonRow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x := s.Width - l.MinSize(o).Width
	for _, b := range o {
		w := max(b.MinSize().Width, buttonWidth)
		b.Move(fyne.NewPos(x, 0))
		b.Resize(fyne.NewSize(w, s.Height))
		x += w + buttonGap
	}
}
