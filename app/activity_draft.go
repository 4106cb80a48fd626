package app

import (
	"encoding/json"
	"slices"

	"rongyuan/store/record"
)

// keptAttendee is somebody on the list of a half-typed activity.
type keptAttendee struct {
	ID      record.VolunteerID `json:"id"`
	Role    string             `json:"role,omitempty"`
	In      bool               `json:"in,omitempty"`
	Minutes int                `json:"minutes,omitempty"`
}

// blankActivity is what a new form begins with.
func blankActivity() record.Activity {
	return record.Activity{Kind: record.KindService, State: record.ActivityDone}
}

// openDraft opens the form that was left half-typed.
func (s *activityScreen) openDraft(name string, isNew bool, id record.ActivityID) {
	switch {
	case s.form != nil && s.form.form.draftName == name:
	case isNew:
		s.closeForm()
		s.openForm(newActivityForm(s, blankActivity()), name)
	default:
		s.closeForm()
		s.edit(id)
	}
}

// kept are the people who are not recorded yet, for the draft.
func (p *attendees) kept() json.RawMessage {
	var out []keptAttendee
	for _, x := range p.rows {
		if x.entry == "" {
			out = append(out, keptAttendee{x.id, x.role, x.in, x.minutes})
		}
	}
	text, err := json.Marshal(out)
	if err != nil {
		return nil // cannot be: strings, numbers and booleans
	}
	return text
}

// restore puts the people of a draft on the list who are still there.
func (p *attendees) restore(rest json.RawMessage) {
	var kept []keptAttendee
	if len(rest) == 0 || json.Unmarshal(rest, &kept) != nil {
		return
	}
	p.rows = slices.DeleteFunc(p.rows, func(x attendee) bool { return x.entry == "" })
	for _, one := range kept {
		if _, there := p.d.db.Person(one.ID); !there {
			continue
		}
		x := p.person(one.ID)
		x.role, x.in, x.minutes = one.Role, one.In, one.Minutes
		p.rows = append(p.rows, x)
	}
	p.sort()
	p.readDay(record.Day(p.f.c.day.Value()))
	p.show()
}

// restored shows what follows from the fields of a draft.
func (f *activityForm) restored(d draft) {
	f.subOptions(f.c.line.Value())
	if sub, has := d.Fields["sub"]; has {
		setState(f.c.sub, sub)
	}
	f.people.restore(d.Rest)
	f.follows()
}

// ready reads what a form chooses from, where a form opens before the list
// behind it has been read.
func (s *activityScreen) ready() {
	if s.teams != nil || s.all != nil {
		return
	}
	var err error
	if s.teams, err = s.d.db.Teams(s.d.ctx); err == nil {
		s.brands, err = s.d.db.Brands(s.d.ctx)
	}
	if err == nil {
		s.calendar, err = s.d.db.Calendar(s.d.ctx)
	}
	s.d.trouble(err)
}
