package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"rongyuan/app/look"
)

// EmptyState says what to do first where there is nothing yet.
type EmptyState struct {
	Icon        fyne.Resource
	Title, Text string
	// Action is the text of the button; "" shows none.
	Action   string
	OnAction func()
}

const (
	emptyIcon  = 48
	emptyWidth = 360
)

// NewEmptyState lays it out in the middle of the room it gets.
func NewEmptyState(e EmptyState) *fyne.Container {
	box := container.NewVBox()
	if e.Icon != nil {
		icon := canvas.NewImageFromResource(theme.NewColoredResource(e.Icon, look.Muted))
		icon.FillMode = canvas.ImageFillContain
		icon.SetMinSize(fyne.NewSquareSize(emptyIcon))
		box.Add(icon)
	}
	title := newBold(e.Title, theme.TextSubHeadingSize())
	title.Alignment = fyne.TextAlignCenter
	text := NewParagraph(e.Text, Muted)
	text.Width, text.Center = emptyWidth, true
	box.Add(title)
	box.Add(text)
	if e.Action != "" {
		box.Add(gapOf(cardGap))
		box.Add(container.NewHBox(layout.NewSpacer(), NewPrimaryButton(e.Action, e.OnAction), layout.NewSpacer()))
	}
	return container.NewCenter(box)
}

func gapOf(h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(theme.ColorNameBackground))
	r.SetMinSize(fyne.NewSize(1, h))
	return r
}
