package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
)

// pickLimit is how many choices a picker asks for.
const pickLimit = 50

// Choice is one thing to pick.
type Choice struct {
	// Key names it for the caller, Text is what stands in the field, Hint is
	// the grey text beside it in the list.
	Key, Text, Hint string
}

// Picker is a field in which typing searches: the list below follows every key,
// Up and Down move in it, Enter takes the marked choice and goes to the next
// field, Escape gives the former choice back.
type Picker struct {
	Entry

	// Find answers at once, at most limit choices, best first. It runs on every
	// key, so it must not touch disk or network. Typed may be "".
	Find func(typed string, limit int) []Choice
	// OnPick follows every change of the choice; the zero Choice is none.
	OnPick func(Choice)
	// Free also accepts text that is no choice; its Choice has no Key.
	Free bool
	// Unsure says that the best choices cannot be told apart: then Enter takes
	// none of them until Up or Down has moved. It may be nil.
	Unsure func([]Choice) bool
	// StayOnPick empties the field after a choice and keeps the focus there, as
	// the search box does.
	StayOnPick bool

	list   *pickList
	pop    *popover
	chosen Choice
}

// NewPicker makes a picker for one choice.
func NewPicker(find func(typed string, limit int) []Choice) *Picker {
	p := &Picker{Find: find}
	p.startPicker(p)
	return p
}

func (p *Picker) startPicker(self fyne.Widget) {
	p.start(self, "")
	p.SelectOnFocus = true
	p.normalise = p.settle
	p.Entry.Entry.OnChanged = p.typed
	p.list = newPickList(p.pick)
	p.pop = newPopover(self.(fyne.Focusable), p.list)
}

// Chosen is the choice, the zero Choice when there is none.
func (p *Picker) Chosen() Choice { return p.chosen }

// SetChosen puts a choice in without telling anybody.
func (p *Picker) SetChosen(c Choice) {
	p.chosen = c
	p.SetValue(c.Text)
}

// Open shows the list for what is typed; for an untouched field, all there is.
func (p *Picker) Open() {
	typed := p.Value()
	if typed == p.chosen.Text {
		typed = ""
	}
	p.search(typed)
}

func (p *Picker) typed(text string) {
	p.changed(text)
	if p.quiet || !p.hasFocus {
		return
	}
	if typed := p.Value(); typed != "" {
		p.search(typed)
		return
	}
	p.pop.hide()
}

func (p *Picker) search(typed string) {
	items := p.Find(typed, pickLimit)
	foot := ""
	switch {
	case len(items) == 0 && typed == "":
		p.pop.hide()
		return
	case len(items) == 0 && p.Free:
		p.pop.hide()
		return
	case len(items) == 0:
		foot = "没有找到"
	case p.Unsure != nil && p.Unsure(items):
		foot = "分不出是哪一位，请按 ↓ 选"
	case len(items) >= pickLimit:
		items = items[:pickLimit]
		foot = "只列出前 " + strconv.Itoa(pickLimit) + " 条，请再输入几个字"
	}
	p.list.set(items, p.first(items), foot)
	p.pop.show()
}

// first is the row marked in a fresh list: the present choice or the best one.
// Where free text is welcome nothing is marked, so that Enter keeps the text.
func (p *Picker) first(items []Choice) int {
	for i, c := range items {
		if p.chosen.Key != "" && c.Key == p.chosen.Key {
			return i
		}
	}
	if p.Free || len(items) == 0 || p.Unsure != nil && p.Unsure(items) {
		return -1
	}
	return 0
}

func (p *Picker) pick(i int) {
	p.take(p.list.items[i])
	if !p.StayOnPick {
		p.leaveForward()
	}
}

func (p *Picker) take(c Choice) {
	p.pop.hide()
	p.SetError("")
	p.chosen = c
	p.SetValue(c.Text)
	if p.StayOnPick {
		p.chosen = Choice{}
		p.SetValue("")
	}
	p.CursorColumn = len([]rune(p.Text))
	if p.OnPick != nil {
		p.OnPick(c)
	}
}

// settle makes a choice of the text when the field is left.
func (p *Picker) settle() {
	p.pop.hide()
	typed := p.Value()
	switch {
	case typed == p.chosen.Text:
		p.SetError("")
	case typed == "":
		p.take(Choice{})
	case p.StayOnPick:
	default:
		p.settleText(typed)
	}
}

func (p *Picker) settleText(typed string) {
	same := 0
	var only Choice
	for _, c := range p.Find(typed, pickLimit) {
		if c.Text == typed {
			only = c
			same++
		}
	}
	switch {
	case same == 1:
		p.take(only)
	case p.Free:
		p.take(Choice{Text: typed})
	default:
		p.drop()
		p.SetError("请从列表中选择")
	}
}

// drop forgets the choice but leaves the text for mending.
func (p *Picker) drop() {
	if p.chosen == (Choice{}) {
		return
	}
	p.chosen = Choice{}
	if p.OnPick != nil {
		p.OnPick(p.chosen)
	}
}

// TypedKey is called by Fyne.
func (p *Picker) TypedKey(ev *fyne.KeyEvent) {
	if p.OnKey != nil && p.OnKey(ev) {
		return
	}
	if !p.pop.open {
		if ev.Name == fyne.KeyDown {
			p.Open()
			return
		}
		p.Entry.TypedKey(ev)
		return
	}
	switch ev.Name {
	case fyne.KeyDown:
		p.list.move(1)
	case fyne.KeyUp:
		p.list.move(-1)
	case fyne.KeyPageDown:
		p.list.move(pickRows)
	case fyne.KeyPageUp:
		p.list.move(-pickRows)
	case fyne.KeyEscape:
		p.pop.hide()
		p.SetValue(p.chosen.Text)
	case fyne.KeyReturn, fyne.KeyEnter:
		p.enterOpen(ev)
	default:
		p.Entry.TypedKey(ev)
	}
}

func (p *Picker) enterOpen(ev *fyne.KeyEvent) {
	if p.list.at >= 0 && p.list.at < len(p.list.items) && !p.held.isShift() {
		p.pick(p.list.at)
		return
	}
	if p.Unsure != nil && len(p.list.items) > 0 && !p.held.isShift() {
		p.SetError("有几个人一样像，请按 ↓ 选")
		return
	}
	p.pop.hide()
	p.Entry.TypedKey(ev)
}

// Resize is called by Fyne.
func (p *Picker) Resize(s fyne.Size) {
	p.Entry.Resize(s)
	if p.pop.open {
		p.pop.Refresh()
	}
}
