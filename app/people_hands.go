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
		"Ctrl+F": func() { p.d.win.Canvas().Focus(p.filters.text) },
		"Ctrl+P": func() {
			if x, ok := p.current(); ok && x.Serving {
				p.d.printSlip(x.ID)
			}
		},
	}
	if _, ok := p.current(); ok {
		if p.d.may(record.RightUnmask) {
			keys["Ctrl+U"] = p.card.askUnmask
		}
		keys["Ctrl+M"] = p.card.askDeed
	}
	if !p.d.may(record.RightWrite) {
		delete(keys, "Ctrl+N")
	}
	if p.filtered() {
		keys["Escape"] = p.clearFilters
	}
	return keys
}

// nominate shows people chosen by their ids, as those behind a number.
func (p *peoplePane) nominate(title string, ids []record.VolunteerID) {
	p.title, p.named = title, map[record.VolunteerID]bool{}
	for _, id := range ids {
		p.named[id] = true
	}
	p.view(viewNamed)
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
	if !x.Serving && p.d.may(record.RightWrite) {
		p.d.enlist(x)
	}
	return true
}

// typed filters the list as soon as somebody types on it.
func (p *peoplePane) typed(r rune) {
	if p.d.typed(r) {
		return
	}
	p.d.win.Canvas().Focus(p.filters.text)
	p.filters.text.TypedRune(r)
}

func (p *peoplePane) focusList() {
	if p.rows.Len() > 0 {
		if _, ok := p.grid.Selected(); !ok {
			p.grid.Select(0)
		}
	}
	p.d.win.Canvas().Focus(p.grid)
}

// current is the selected person.
func (p *peoplePane) current() (store.Person, bool) {
	row, ok := p.grid.Selected()
	if !ok || row >= p.rows.Len() {
		return store.Person{}, false
	}
	return p.rows.At(row), true
}

func (p *peoplePane) selected(row int) {
	if row < 0 || row >= p.rows.Len() {
		p.card.show(store.Person{}, false)
		return
	}
	p.card.show(p.rows.At(row), true)
}

// choose selects a person, wherever the filters stand.
func (p *peoplePane) choose(id record.VolunteerID) {
	p.closeForm()
	if !p.grid.SelectKey(string(id)) {
		p.wanted = id
		p.resetFilters(viewAll)
		p.load()
	}
	p.focusList()
}

// add opens the form of a new person.
func (p *peoplePane) add() {
	if p.form == nil && p.d.may(record.RightWrite) {
		p.openForm(newPersonForm(p, record.Volunteer{Serving: true}), p.d.drafts.waiting(draftPeople))
	}
}

// openDraft opens the form that was left half-typed.
func (p *peoplePane) openDraft(name string, isNew bool, id record.VolunteerID) {
	switch {
	case p.form != nil && p.form.form.draftName == name:
	case isNew:
		p.closeForm()
		p.openForm(newPersonForm(p, record.Volunteer{Serving: true}), name)
	default:
		p.closeForm()
		p.edit(id)
	}
}

// edit reads a person and opens the form.
func (p *peoplePane) edit(id record.VolunteerID) {
	if !p.d.may(record.RightWrite) {
		return
	}
	v, err := p.d.db.Volunteer(p.d.ctx, id)
	if err != nil {
		p.d.trouble(err)
		return
	}
	p.openForm(newPersonForm(p, v), draftPeople+string(id))
}

func (p *peoplePane) openForm(f *personForm, name string) {
	p.form = f
	p.body.Objects = []fyne.CanvasObject{f.form.content}
	p.s.layOut()
	f.start()
	if d, waits := p.d.drafts.open(name, f.form); waits {
		p.d.drafts.pick(f.form, d, func() {
			p.closeForm()
			p.openForm(newPersonForm(p, f.before), name)
		})
	}
}

// closeForm goes back to the list without asking.
func (p *peoplePane) closeForm() {
	if p.form == nil {
		return
	}
	p.d.drafts.release(p.form.form)
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
	if p.form != nil {
		p.d.drafts.forget(p.form.form)
	}
	p.closeForm()
	p.d.notice(widgets.Good, text)
	p.d.changed()
	p.choose(id)
}
