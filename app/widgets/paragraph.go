package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Paragraph is text broken by the rules for Chinese.
type Paragraph struct {
	widget.BaseWidget

	// Tone of the whole text.
	Tone Tone
	// Width is the least width; 0 takes what it is given.
	Width float32
	// Center puts the lines into the middle.
	Center bool

	text  string
	ruler *ruler
	lines []string
	room  float32 // for which lines is right
}

// NewParagraph makes one.
func NewParagraph(text string, tone Tone) *Paragraph {
	p := &Paragraph{text: text, Tone: tone, ruler: newRuler(theme.TextSize(), fyne.TextStyle{})}
	p.ExtendBaseWidget(p)
	return p
}

// SetText replaces the text.
func (p *Paragraph) SetText(text string) {
	p.text, p.lines = text, nil
	p.Refresh()
}

const lineGap = 3

func (p *Paragraph) broken(room float32) []string {
	if p.lines == nil || p.room != room {
		p.lines, p.room = p.ruler.wrap(p.text, room), room
	}
	return p.lines
}

func (p *Paragraph) roomNow() float32 {
	if w := p.Size().Width; w > p.Width {
		return w
	}
	if p.Width > 0 {
		return p.Width
	}
	return 160
}

// CreateRenderer is called by Fyne.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	return &paragraphRenderer{p: p}
}

type paragraphRenderer struct {
	p     *Paragraph
	texts []*canvas.Text
}

func (r *paragraphRenderer) Destroy() {}

func (r *paragraphRenderer) Objects() []fyne.CanvasObject {
	o := make([]fyne.CanvasObject, len(r.texts))
	for i, t := range r.texts {
		o[i] = t
	}
	return o
}

func (r *paragraphRenderer) MinSize() fyne.Size {
	n := float32(len(r.p.broken(r.p.roomNow())))
	return fyne.NewSize(r.p.Width, n*r.p.ruler.height()+(n-1)*lineGap)
}

func (r *paragraphRenderer) Layout(s fyne.Size) {
	lines := r.p.broken(r.p.roomNow())
	for len(r.texts) < len(lines) {
		r.texts = append(r.texts, newText("", Normal))
	}
	for i, t := range r.texts {
		t.Hidden = i >= len(lines)
		if t.Hidden {
			continue
		}
		t.Alignment = fyne.TextAlignLeading
		if r.p.Center {
			t.Alignment = fyne.TextAlignCenter
		}
		setText(t, lines[i], r.p.Tone.colour())
		t.Move(fyne.NewPos(0, float32(i)*(r.p.ruler.height()+lineGap)))
		t.Resize(fyne.NewSize(s.Width, r.p.ruler.height()))
	}
}

func (r *paragraphRenderer) Refresh() {
	if r.p.ruler.size != theme.TextSize() {
		r.p.ruler.resize(theme.TextSize())
		r.p.lines = nil
	}
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}
