package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
)

// iconTap is an icon inside a field. It takes clicks but never the focus, so it
// does not stand in the way of Tab.
type iconTap struct {
	widget.BaseWidget
	icon *canvas.Image
	back *canvas.Rectangle
	tap  func()
}

var (
	_ fyne.Tappable      = (*iconTap)(nil)
	_ desktop.Hoverable  = (*iconTap)(nil)
	_ desktop.Cursorable = (*iconTap)(nil)
)

func newIconTap(res fyne.Resource, tap func()) *iconTap {
	i := &iconTap{icon: canvas.NewImageFromResource(theme.NewThemedResource(res)), back: newFill(look.RowHover), tap: tap}
	i.icon.FillMode = canvas.ImageFillContain
	i.back.Hide()
	i.ExtendBaseWidget(i)
	return i
}

// Tapped is called by Fyne.
func (i *iconTap) Tapped(*fyne.PointEvent) { i.tap() }

// Cursor is called by Fyne.
func (i *iconTap) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn is called by Fyne.
func (i *iconTap) MouseIn(*desktop.MouseEvent) { i.back.Show() }

// MouseMoved is called by Fyne.
func (i *iconTap) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (i *iconTap) MouseOut() { i.back.Hide() }

// CreateRenderer is called by Fyne.
func (i *iconTap) CreateRenderer() fyne.WidgetRenderer {
	side := theme.IconInlineSize()
	i.icon.SetMinSize(fyne.NewSquareSize(side))
	return widget.NewSimpleRenderer(container.NewStack(i.back, container.NewPadded(container.NewCenter(i.icon))))
}
