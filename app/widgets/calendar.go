package widgets

import (
	"fmt"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
)

var weekdays = [7]string{"一", "二", "三", "四", "五", "六", "日"}

const (
	calPad  = 8
	calRows = 6
)

// calendar is one month of days, Monday first. Its keys come from the date
// field that it hangs on.
type calendar struct {
	widget.BaseWidget
	at, today day
	over      int // cell under the pointer, -1: none
	onPick    func(day)
}

var (
	_ fyne.Tappable     = (*calendar)(nil)
	_ fyne.Scrollable   = (*calendar)(nil)
	_ desktop.Hoverable = (*calendar)(nil)
)

func newCalendar(onPick func(day)) *calendar {
	c := &calendar{onPick: onPick, over: -1, at: day{2000, 1, 1}}
	c.ExtendBaseWidget(c)
	return c
}

func (c *calendar) open(at, today day) {
	c.at, c.today, c.over = at, today, -1
	c.Refresh()
}

// move follows an arrow key; false for any other key.
func (c *calendar) move(n fyne.KeyName) bool {
	switch n {
	case fyne.KeyLeft:
		c.at = c.at.step(-1)
	case fyne.KeyRight:
		c.at = c.at.step(1)
	case fyne.KeyUp:
		c.at = c.at.step(-7)
	case fyne.KeyDown:
		c.at = c.at.step(7)
	case fyne.KeyHome:
		c.at.d = 1
	case fyne.KeyEnd:
		c.at.d = daysIn(c.at.y, c.at.m)
	case fyne.KeyPageUp:
		c.at = c.at.addMonths(-1)
	case fyne.KeyPageDown:
		c.at = c.at.addMonths(1)
	default:
		return false
	}
	c.Refresh()
	return true
}

func (c *calendar) addMonths(n int) {
	c.at = c.at.addMonths(n)
	c.Refresh()
}

// first is the Monday at the top left.
func (c *calendar) first() day {
	t := day{c.at.y, c.at.m, 1}.time()
	return dayOf(t.AddDate(0, 0, -(int(t.Weekday()+6) % 7)))
}

func (c *calendar) day(cell int) day {
	return dayOf(c.first().time().AddDate(0, 0, cell))
}

func calCell() float32 { return rowHeight() }

// The heading is made of seven places like the weeks: year back, month back,
// three for the title, month on, year on.
func (c *calendar) cellAt(p fyne.Position) (col, row int, ok bool) {
	x, y := p.X-calPad, p.Y-calPad
	if x < 0 || y < 0 {
		return 0, 0, false
	}
	col, row = int(x/calCell()), int(y/calCell())
	return col, row, col < 7 && row < calRows+3
}

// Tapped is called by Fyne.
func (c *calendar) Tapped(ev *fyne.PointEvent) {
	col, row, ok := c.cellAt(ev.Position)
	switch {
	case !ok || row == 1:
	case row == 0:
		c.addMonths([7]int{-12, -1, 0, 0, 0, 1, 12}[col])
	case row == calRows+2:
		c.onPick(c.today)
	default:
		c.onPick(c.day((row-2)*7 + col))
	}
}

// Scrolled is called by Fyne: the wheel turns the months.
func (c *calendar) Scrolled(ev *fyne.ScrollEvent) {
	switch {
	case ev.Scrolled.DY > 0:
		c.addMonths(-1)
	case ev.Scrolled.DY < 0:
		c.addMonths(1)
	}
}

// MouseIn is called by Fyne.
func (c *calendar) MouseIn(ev *desktop.MouseEvent) { c.MouseMoved(ev) }

// MouseMoved is called by Fyne.
func (c *calendar) MouseMoved(ev *desktop.MouseEvent) {
	over := -1
	if col, row, ok := c.cellAt(ev.Position); ok && row >= 2 && row < calRows+2 {
		over = (row-2)*7 + col
	}
	if over != c.over {
		c.over = over
		c.Refresh()
	}
}

// MouseOut is called by Fyne.
func (c *calendar) MouseOut() {
	c.over = -1
	c.Refresh()
}

// CreateRenderer is called by Fyne.
func (c *calendar) CreateRenderer() fyne.WidgetRenderer {
	r := &calendarRenderer{
		c: c, pick: newFill(theme.ColorNamePrimary), over: newFill(look.RowHover),
		today: newFill(theme.ColorNameMenuBackground), rule: newFill(theme.ColorNameSeparator),
	}
	r.objects = []fyne.CanvasObject{r.over, r.today, r.pick, r.rule}
	for i := range r.cells {
		r.cells[i] = newText("", Normal)
		r.objects = append(r.objects, r.cells[i])
	}
	for i, s := range [4]string{"«", "‹", "›", "»"} {
		r.jumps[i] = newBold(s, theme.TextSize()+2)
		r.objects = append(r.objects, r.jumps[i])
	}
	for i := range weekdays {
		r.days[i] = newCaption(weekdays[i], Muted)
		r.objects = append(r.objects, r.days[i])
	}
	r.title, r.foot = newBold("", theme.TextSize()), newText("", Accent)
	r.objects = append(r.objects, r.title, r.foot)
	r.Refresh()
	return r
}

type calendarRenderer struct {
	c                       *calendar
	pick, today, over, rule *canvas.Rectangle
	title, foot             *canvas.Text
	jumps                   [4]*canvas.Text
	days                    [7]*canvas.Text
	cells                   [calRows * 7]*canvas.Text
	objects                 []fyne.CanvasObject
}

func (r *calendarRenderer) Destroy() {}

func (r *calendarRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *calendarRenderer) MinSize() fyne.Size {
	s := calCell()
	return fyne.NewSize(7*s+2*calPad, (calRows+3)*s+2*calPad)
}

// centre puts a text into the middle of a place.
func centre(t *canvas.Text, at fyne.Position, s fyne.Size) {
	m := t.MinSize()
	t.Resize(m)
	t.Move(at.AddXY((s.Width-m.Width)/2, (s.Height-m.Height)/2))
}

func calPos(col, row int) fyne.Position {
	return fyne.NewPos(calPad+float32(col)*calCell(), calPad+float32(row)*calCell())
}

func (r *calendarRenderer) Layout(fyne.Size) {
	s := calCell()
	one := fyne.NewSquareSize(s)
	for i, col := range [4]int{0, 1, 5, 6} {
		centre(r.jumps[i], calPos(col, 0), one)
	}
	centre(r.title, calPos(2, 0), fyne.NewSize(3*s, s))
	for i, t := range r.days {
		centre(t, calPos(i, 1), one)
	}
	for i, t := range r.cells {
		centre(t, calPos(i%7, i/7+2), one)
	}
	r.rule.Move(calPos(0, calRows+2).AddXY(0, 2))
	r.rule.Resize(fyne.NewSize(7*s, 1))
	centre(r.foot, calPos(0, calRows+2).AddXY(0, 2), fyne.NewSize(7*s, s))
}

func (r *calendarRenderer) Refresh() {
	c := r.c
	r.title.Text = fmt.Sprintf("%d年%d月", c.at.y, c.at.m)
	r.foot.Text = "今天 " + c.today.String()
	r.pick.FillColor, r.today.FillColor = theme.Color(theme.ColorNamePrimary), theme.Color(theme.ColorNameMenuBackground)
	r.today.StrokeColor, r.today.StrokeWidth = theme.Color(theme.ColorNamePrimary), 1
	r.over.FillColor = theme.Color(look.RowIdle)
	r.pick.Hidden, r.today.Hidden, r.over.Hidden = true, true, true
	for i, t := range r.cells {
		r.paintCell(i, t)
	}
	r.Layout(c.Size())
	canvas.Refresh(c)
}

func (r *calendarRenderer) paintCell(i int, t *canvas.Text) {
	d := r.c.day(i)
	t.Text = strconv.Itoa(d.d)
	t.Color = Normal.colour()
	if w := d.time().Weekday(); d.m != r.c.at.m {
		t.Color = theme.Color(theme.ColorNameDisabled)
	} else if w == time.Saturday || w == time.Sunday {
		t.Color = Muted.colour()
	}
	at := calPos(i%7, i/7+2)
	if i == r.c.over {
		place(r.over, at)
	}
	if d == r.c.today {
		place(r.today, at)
	}
	if d == r.c.at {
		place(r.pick, at)
		t.Color = theme.Color(theme.ColorNameForegroundOnPrimary)
	}
}

func place(b *canvas.Rectangle, at fyne.Position) {
	b.Hidden = false
	b.CornerRadius = theme.InputRadiusSize()
	b.Move(at.AddXY(2, 2))
	b.Resize(fyne.NewSquareSize(calCell() - 4))
}
