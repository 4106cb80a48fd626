package widgets

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

var (
	_ fyne.Focusable         = (*Grid)(nil)
	_ fyne.Shortcutable      = (*Grid)(nil)
	_ fyne.DoubleTappable    = (*Grid)(nil)
	_ fyne.SecondaryTappable = (*Grid)(nil)
	_ fyne.Scrollable        = (*Grid)(nil)
	_ desktop.Mouseable      = (*Grid)(nil)
	_ desktop.Hoverable      = (*Grid)(nil)
	_ desktop.Keyable        = (*Grid)(nil)
)

// wheelUnits of scrolling move one row; a notch of a mouse wheel is 25 units and
// so moves three rows, while a touch pad sends many small amounts.
const wheelUnits = 25.0 / 3

// FocusGained is called by Fyne.
func (g *Grid) FocusGained() {
	g.hasFocus = true
	g.Refresh()
}

// FocusLost is called by Fyne.
func (g *Grid) FocusLost() {
	g.hasFocus = false
	g.held = held{}
	g.Refresh()
}

// KeyDown is called by Fyne.
func (g *Grid) KeyDown(ev *fyne.KeyEvent) {
	stir(g)
	g.held.down(ev, true)
}

// KeyUp is called by Fyne.
func (g *Grid) KeyUp(ev *fyne.KeyEvent) { g.held.down(ev, false) }

// TypedRune is called by Fyne. Space is a key here, not a character.
func (g *Grid) TypedRune(r rune) {
	if !unicode.IsSpace(r) && g.OnType != nil {
		g.OnType(r)
	}
}

// TypedKey is called by Fyne.
func (g *Grid) TypedKey(ev *fyne.KeyEvent) {
	if g.OnKey != nil && g.OnKey(ev) {
		return
	}
	if row, ok := g.target(ev.Name); ok {
		if g.rows > 0 {
			g.Select(clamp(row, 0, g.rows-1))
		}
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		g.enter()
	case fyne.KeySpace:
		g.mark(g.selected)
	case fyne.KeyLeft:
		g.shift(-1)
	case fyne.KeyRight:
		g.shift(1)
	default:
		passKey(g, ev)
	}
}

// target is the row that a moving key goes to, before it is cut to the rows.
func (g *Grid) target(n fyne.KeyName) (int, bool) {
	switch n {
	case fyne.KeyUp:
		return g.selected - 1, true
	case fyne.KeyDown:
		return g.selected + 1, true
	case fyne.KeyPageUp:
		return g.selected - g.page(), true
	case fyne.KeyPageDown:
		return g.selected + g.page(), true
	case fyne.KeyHome:
		return 0, true
	case fyne.KeyEnd:
		return g.rows - 1, true
	}
	return 0, false
}

func (g *Grid) enter() {
	if g.held.isShift() {
		focusPrevious(g)
		return
	}
	if g.selected >= 0 && g.OnOpen != nil {
		g.OnOpen(g.selected)
	}
}

// shift moves the columns behind the first one, where they do not all fit.
func (g *Grid) shift(by int) {
	if g.view == nil {
		return
	}
	g.left = clamp(g.left+by, 0, g.view.lastLeft())
	g.Refresh()
}

// TypedShortcut is called by Fyne. Ctrl+C copies the selected row with tabs
// between the cells, Ctrl+A marks all rows.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		if g.selected >= 0 && s.Clipboard != nil {
			s.Clipboard.SetContent(g.rowText(g.selected))
			return
		}
	case *fyne.ShortcutSelectAll:
		if g.Marking {
			g.markAll()
			return
		}
	}
	passShortcut(g, s)
}

func (g *Grid) rowText(row int) string {
	cells := make([]string, len(g.columns))
	for i, c := range g.columns {
		cells[i] = c.Value(row)
	}
	return strings.Join(cells, "\t")
}

// rowAt is the row under a point, -1 for header and blank ground.
func (g *Grid) rowAt(p fyne.Position) int {
	y := p.Y - headerHeight() - gridBorder
	if y < 0 {
		return -1
	}
	i := int(y / rowHeight())
	if row := g.top + i; i < g.page() && row < g.rows {
		return row
	}
	return -1
}

// MouseDown selects at once; waiting for the tap would wait for a double tap.
func (g *Grid) MouseDown(ev *desktop.MouseEvent) {
	focus(g)
	row := g.rowAt(ev.Position)
	if row < 0 {
		return
	}
	g.Select(row)
	if g.Marking && ev.Button == desktop.MouseButtonPrimary && ev.Position.X < markWidth() {
		g.mark(row)
	}
}

// MouseUp is called by Fyne.
func (g *Grid) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped is called by Fyne.
func (g *Grid) DoubleTapped(ev *fyne.PointEvent) {
	if g.Marking && ev.Position.X < markWidth() {
		return
	}
	if row := g.rowAt(ev.Position); row >= 0 && g.OnOpen != nil {
		g.OnOpen(row)
	}
}

// TappedSecondary is called by Fyne.
func (g *Grid) TappedSecondary(ev *fyne.PointEvent) {
	if row := g.rowAt(ev.Position); row >= 0 && g.OnMenu != nil {
		g.OnMenu(row, ev.AbsolutePosition)
	}
}

// Scrolled is called by Fyne.
func (g *Grid) Scrolled(ev *fyne.ScrollEvent) {
	if ev.Scrolled.DX != 0 && ev.Scrolled.DY == 0 || g.held.isShift() {
		if d := ev.Scrolled.DX + ev.Scrolled.DY; d < 0 {
			g.shift(1)
		} else if d > 0 {
			g.shift(-1)
		}
		return
	}
	g.wheel -= ev.Scrolled.DY / wheelUnits
	whole := int(g.wheel)
	g.wheel -= float32(whole)
	g.scrollTo(g.top + whole)
}

func (g *Grid) scrollTo(top int) {
	top = clamp(top, 0, g.lastTop())
	if top == g.top {
		return
	}
	g.top, g.hover = top, -1
	g.Refresh()
}

// MouseIn is called by Fyne.
func (g *Grid) MouseIn(ev *desktop.MouseEvent) { g.MouseMoved(ev) }

// MouseMoved is called by Fyne.
func (g *Grid) MouseMoved(ev *desktop.MouseEvent) {
	g.setHover(g.rowAt(ev.Position))
}

// MouseOut is called by Fyne.
func (g *Grid) MouseOut() { g.setHover(-1) }

func (g *Grid) setHover(row int) {
	if row == g.hover {
		return
	}
	g.hover = row
	if g.view != nil {
		g.view.placeBands()
	}
}
