package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/widgets"
)

// tabs are the few lists behind one door: Ctrl+1, Ctrl+2, Ctrl+3 or a click.
type tabs struct {
	content *fyne.Container
	all     []*tab
}

func newTabs(names []string, open func(i int)) *tabs {
	t := &tabs{content: bar()}
	for i, name := range names {
		one := &tab{text: sized(name, widgets.Normal, theme.SizeNameSubHeadingText), under: canvas.NewRectangle(nil), open: func() { open(i) }}
		one.ExtendBaseWidget(one)
		t.all = append(t.all, one)
		t.content.Add(one)
	}
	return t
}

// rename gives one of them another name.
func (t *tabs) rename(i int, name string) {
	t.all[i].text.SetText(name)
	t.content.Refresh()
}

// choose shows which one is open.
func (t *tabs) choose(i int) {
	for at, one := range t.all {
		one.on = at == i
		one.Refresh()
	}
}

// tab is one of them. It takes no focus: the keys reach it from everywhere.
type tab struct {
	widget.BaseWidget
	text  *words
	under *canvas.Rectangle
	on    bool
	open  func()
}

// Tapped is called by Fyne.
func (t *tab) Tapped(*fyne.PointEvent) { t.open() }

// Refresh is called by Fyne.
func (t *tab) Refresh() {
	t.text.Tone = widgets.Muted
	t.under.FillColor = theme.Color(theme.ColorNameBackground)
	if t.on {
		t.text.Tone = widgets.Accent
		t.under.FillColor = theme.Color(theme.ColorNamePrimary)
	}
	t.text.Refresh()
	t.BaseWidget.Refresh()
}

// CreateRenderer is called by Fyne.
func (t *tab) CreateRenderer() fyne.WidgetRenderer { return &tabRenderer{t} }

type tabRenderer struct{ t *tab }

func (r *tabRenderer) Destroy() {}

func (r *tabRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.t.text, r.t.under}
}

func (r *tabRenderer) MinSize() fyne.Size {
	return r.t.text.MinSize().AddWidthHeight(20, 14)
}

func (r *tabRenderer) Layout(s fyne.Size) {
	m := r.t.text.MinSize()
	r.t.text.Move(fyne.NewPos((s.Width-m.Width)/2, (s.Height-3-m.Height)/2))
	r.t.text.Resize(m)
	r.t.under.Move(fyne.NewPos(0, s.Height-3))
	r.t.under.Resize(fyne.NewSize(s.Width, 3))
}

func (r *tabRenderer) Refresh() {
	r.Layout(r.t.Size())
	canvas.Refresh(r.t.text)
	canvas.Refresh(r.t.under)
}
