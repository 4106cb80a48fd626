package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	labelWidth = 92 // six characters at the ordinary size
	labelGap   = 8
	messageGap = 2
	fieldGap   = 3 // below the message
)

// messenger is a control that has something to say below itself.
type messenger interface {
	onMessage(func(text string, tone Tone))
}

// troubled is a control that shows an error on itself too.
type troubled interface {
	SetError(text string)
}

// Field is a label, a control and one line for error or hint. The line's room
// is reserved, so that the form does not jump when an error comes.
type Field struct {
	widget.BaseWidget

	// Control is what the clerk works with.
	Control fyne.CanvasObject
	// Required puts a red star behind the label.
	Required bool
	// LabelAbove puts the label over the control instead of to its left.
	LabelAbove bool
	// Beside puts the message to the right of the control and reserves no line;
	// it needs a Width.
	Beside bool
	// Width of the control; 0 fills the room.
	Width float32
	// WholeRow makes the field take a row of its form alone.
	WholeRow bool

	label, star, message *canvas.Text
	labelWidth           float32
	full                 string
	tone                 Tone
	ruler                *ruler
}

// NewField puts a label to a control.
func NewField(label string, control fyne.CanvasObject) *Field {
	f := &Field{Control: control}
	f.label, f.star, f.message = newText(label, Muted), newText("*", Bad), newCaption("", Muted)
	f.ruler = newRuler(f.message.TextSize, fyne.TextStyle{})
	f.ExtendBaseWidget(f)
	if m, ok := control.(messenger); ok {
		m.onMessage(f.say)
	}
	return f
}

// SetError shows what is wrong with the field; "" takes it away.
func (f *Field) SetError(text string) {
	if t, ok := f.Control.(troubled); ok {
		t.SetError(text)
		return
	}
	f.say(text, Bad)
}

// SetHint shows a grey line.
func (f *Field) SetHint(text string) {
	if e, ok := f.Control.(interface{ SetHint(string) }); ok {
		e.SetHint(text)
		return
	}
	f.say(text, Muted)
}

// SetOK shows a green line, for a check that has passed.
func (f *Field) SetOK(text string) {
	if e, ok := f.Control.(interface{ SetOK(string) }); ok {
		e.SetOK(text)
		return
	}
	f.say(text, Good)
}

// Message is the whole text of the line, however much of it fits.
func (f *Field) Message() string { return f.full }

// Focus puts the cursor into the control.
func (f *Field) Focus() { focus(f.Control) }

func (f *Field) say(text string, tone Tone) {
	f.full, f.tone = text, tone
	f.Refresh()
}

// CreateRenderer is called by Fyne.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	f.ExtendBaseWidget(f)
	r := &fieldRenderer{f: f}
	r.Refresh()
	return r
}

type fieldRenderer struct{ f *Field }

func (r *fieldRenderer) Destroy() {}

func (r *fieldRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.f.label, r.f.star, r.f.Control, r.f.message}
}

func (f *Field) gutter() float32 {
	if f.LabelAbove || f.label.Text == "" && f.labelWidth == 0 {
		return 0
	}
	return max(labelWidth*theme.TextSize()/14, f.labelWidth) + labelGap
}

// ownLabelWidth is what the label needs, with the star if there is one.
func (f *Field) ownLabelWidth() float32 {
	w := f.label.MinSize().Width
	if f.Required {
		w += f.star.MinSize().Width + 2
	}
	return w
}

func (r *fieldRenderer) MinSize() fyne.Size {
	f := r.f
	c := f.Control.MinSize()
	c.Width = max(c.Width, f.Width)
	size := fyne.NewSize(c.Width+f.gutter(), c.Height)
	if f.LabelAbove {
		size.Height += f.label.MinSize().Height + messageGap
		size.Width = max(size.Width, f.ownLabelWidth())
	}
	if !f.Beside {
		size.Height += f.messageHeight()
	}
	return size
}

func (f *Field) messageHeight() float32 {
	return f.ruler.height() + messageGap + fieldGap
}

func (r *fieldRenderer) Layout(s fyne.Size) {
	f := r.f
	x, y := f.gutter(), float32(0)
	lh := f.label.MinSize().Height
	height := f.Control.MinSize().Height
	if f.LabelAbove {
		f.label.Move(fyne.NewPos(0, 0))
		y = lh + messageGap
	} else {
		f.label.Move(fyne.NewPos(0, (min(height, entryHeight())-lh)/2))
	}
	if !f.Beside {
		height = max(height, s.Height-y-f.messageHeight())
	}
	f.label.Resize(f.label.MinSize())
	f.star.Resize(f.star.MinSize())
	f.star.Move(f.label.Position().AddXY(f.label.MinSize().Width+2, 0))
	width := s.Width - x
	if f.Width > 0 {
		width = min(width, f.Width)
	}
	f.Control.Move(fyne.NewPos(x, y))
	f.Control.Resize(fyne.NewSize(width, height))
	r.layoutMessage(s, fyne.NewPos(x, y), fyne.NewSize(width, height))
}

func (r *fieldRenderer) layoutMessage(s fyne.Size, at fyne.Position, control fyne.Size) {
	f := r.f
	pos := fyne.NewPos(at.X, at.Y+control.Height+messageGap)
	if f.Beside {
		pos = fyne.NewPos(at.X+control.Width+labelGap, at.Y+(control.Height-f.ruler.height())/2)
	}
	f.message.Text = f.ruler.fit(f.full, s.Width-pos.X)
	f.message.Move(pos)
	f.message.Resize(f.message.MinSize())
}

func (r *fieldRenderer) Refresh() {
	f := r.f
	f.message.TextSize, f.label.TextSize, f.star.TextSize = theme.CaptionTextSize(), theme.TextSize(), theme.TextSize()
	f.ruler.resize(f.message.TextSize)
	f.label.Color, f.star.Color, f.message.Color = Muted.colour(), Bad.colour(), f.tone.colour()
	f.star.Hidden = !f.Required
	r.Layout(f.Size())
	for _, o := range []fyne.CanvasObject{f.label, f.star, f.message} {
		canvas.Refresh(o)
	}
}

func entryHeight() float32 {
	return fyne.MeasureText("国", theme.TextSize(), fyne.TextStyle{}).Height + 2*theme.InnerPadding()
}
