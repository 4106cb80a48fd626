package app

import (
	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// Keys of the list, or of the form while one is open.
func (p *peoplePane) Keys() map[string]func() {
	if p.form != nil {
		return p.form.keys()
	}
	keys := map[string]func(){
		"Ctrl+N": p.add,
		"Ctrl+F": func() { p.d.win.Canvas().Focus(p.text) },
		"Ctrl+P": func() {
			if x, ok := p.current(); ok && x.Serving {
				p.d.printSlip(x.ID)
			}
		},
	}
	if _, ok := p.current(); ok {
		keys["Ctrl+U"] = p.card.askUnmask
	}
	if p.filtered() {
		keys["Escape"] = p.clearFilters
	}
	return keys
}

func (p *peoplePane) filtered() bool {
	return p.text.Value() != "" || p.village.Value() != "" || p.team.Value() != "" || p.only != viewAll
}

func (p *peoplePane) clearFilters() {
	p.resetFilters(viewAll)
	p.load()
	p.focusList()
}

func (p *peoplePane) resetFilters(v peopleView) {
	p.text.SetValue("")
	p.village.SetValue("")
	p.team.SetValue("")
	p.only = v
	p.role.SetValue(string(v)) // an unknown word chooses nothing
}

// view shows one of the views with no other filter.
func (p *peoplePane) view(v peopleView) {
	p.closeForm()
	p.resetFilters(v)
	p.Refresh()
	p.focusList()
}

// key is Space on a veteran who does not serve yet.
func (p *peoplePane) key(ev *fyne.KeyEvent) bool {
	x, ok := p.current()
	if ev.Name != fyne.KeySpace || !ok {
		return false
	}
	if !x.Serving {
		p.d.enlist(x)
	}
	return true
}

// typed filters the list as soon as somebody types on it.
func (p *peoplePane) typed(r rune) {
	if p.d.typed(r) {
		return
	}
	p.d.win.Canvas().Focus(p.text)
	p.text.TypedRune(r)
}

func (p *peoplePane) focusList() {
	if len(p.rows) > 0 {
		if _, ok := p.grid.Selected(); !ok {
			p.grid.Select(0)
		}
	}
	p.d.win.Canvas().Focus(p.grid)
}

// current is the selected person.
func (p *peoplePane) current() (store.Person, bool) {
	row, ok := p.grid.Selected()
	if !ok || row >= len(p.rows) {
		return store.Person{}, false
	}
	return p.rows[row], true
}

func (p *peoplePane) selected(row int) {
	if row < 0 || row >= len(p.rows) {
		p.card.show(store.Person{}, false)
		return
	}
	p.card.show(p.rows[row], true)
}

// choose selects a person, wherever the filters stand.
func (p *peoplePane) choose(id record.VolunteerID) {
	p.closeForm()
	if !p.grid.SelectKey(string(id)) {
		p.resetFilters(viewAll)
		p.load()
		p.grid.SelectKey(string(id))
	}
	p.focusList()
}

// add opens the form of a new person.
func (p *peoplePane) add() {
	if p.form == nil {
		p.openForm(newPersonForm(p, record.Volunteer{Serving: true}))
	}
}

// edit reads a person and opens the form.
func (p *peoplePane) edit(id record.VolunteerID) {
	v, err := p.d.db.Volunteer(p.d.ctx, id)
	if err != nil {
		p.d.trouble(err)
		return
	}
	p.openForm(newPersonForm(p, v))
}

func (p *peoplePane) openForm(f *personForm) {
	p.form = f
	p.body.Objects = []fyne.CanvasObject{f.form.content}
	p.s.layOut()
	f.start()
}

// closeForm goes back to the list without asking.
func (p *peoplePane) closeForm() {
	if p.form == nil {
		return
	}
	p.form = nil
	p.body.Objects = []fyne.CanvasObject{p.list}
	p.s.layOut()
}

// Unsaved is the half-typed form.
func (p *peoplePane) Unsaved() string {
	if p.form == nil {
		return ""
	}
	return p.form.changed()
}

func (p *peoplePane) follow(pos fyne.Position) {
	if p.form != nil {
		p.form.form.follow(pos)
	}
}

// saved shows the person that was written, in the list.
func (p *peoplePane) saved(id record.VolunteerID, text string) {
	p.closeForm()
	p.d.notice(widgets.Good, text)
	p.d.changed()
	p.choose(id)
}
