package store

import (
	"cmp"
	"context"
	"math"
	"slices"

	"rongyuan/store/record"
)

// PeopleFilter chooses people for a list; the zero value is everybody.
type PeopleFilter struct {
	Serving bool // volunteers only
	Veteran bool // veterans only
	Village string
	Status  record.Status // "" for all but sealed
	Text    string        // as typed into the search box
	Team    record.TeamID // members today
	Limit   int           // the first so many, 0 for all
}

// PeopleList is a list of people by a filter that copies a person only when the
// row is asked for: a window that shows 30 of 100,000 copies 30. Who is in it
// and in which order is as it was when the list was made; what a row says is as
// it is now. It is safe for several goroutines.
type PeopleList struct {
	db    *DB
	dir   *directory
	slots []uint32
}

// List is the directory by a filter: in order of pinyin, or best match first
// when the filter has a text.
func (db *DB) List(ctx context.Context, f PeopleFilter) (*PeopleList, error) {
	who, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	var team []record.VolunteerID
	if f.Team != "" {
		if team, err = db.onTeam(ctx, f.Team); err != nil {
			return nil, err
		}
	}
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.dir == nil {
		return nil, record.Fail(record.CodeLocked)
	}
	asked := queryOf(f.Text, !who.role.May(record.RightUnmask))
	return &PeopleList{db, db.dir, db.dir.choose(asked, db.dir.sieve(f, team), f.Limit)}, nil
}

// onTeam are the members of a team today.
func (db *DB) onTeam(ctx context.Context, id record.TeamID) ([]record.VolunteerID, error) {
	list, err := db.Members(ctx, id)
	out := []record.VolunteerID{}
	for _, m := range list {
		if m.On(db.Today()) {
			out = append(out, m.Volunteer)
		}
	}
	return out, err
}

// Len is the number of rows.
func (l *PeopleList) Len() int { return len(l.slots) }

// At is the person in a row as whoever is logged in may see it; empty for a row
// that is not there and when the file was locked since.
func (l *PeopleList) At(row int) Person {
	l.db.mu.RLock()
	defer l.db.mu.RUnlock()
	if !l.open() || row < 0 || row >= len(l.slots) {
		return Person{}
	}
	return l.dir.at(l.slots[row], l.db.session.role)
}

// Row is the row of a person, -1 when the list has none.
func (l *PeopleList) Row(id record.VolunteerID) int {
	l.db.mu.RLock()
	defer l.db.mu.RUnlock()
	if !l.open() {
		return -1
	}
	slot, has := l.dir.slot(id)
	if !has {
		return -1
	}
	return slices.Index(l.slots, slot)
}

// All copies the rows from one to before another; both are cut to what is there.
func (l *PeopleList) All(from, to int) []Person {
	l.db.mu.RLock()
	defer l.db.mu.RUnlock()
	if !l.open() {
		return nil
	}
	from = min(max(from, 0), len(l.slots))
	to = min(max(to, from), len(l.slots))
	out := make([]Person, 0, to-from)
	for _, slot := range l.slots[from:to] {
		out = append(out, l.dir.at(slot, l.db.session.role))
	}
	return out
}

// open reports whether the directory of the list is still the one in use.
func (l *PeopleList) open() bool { return l.db.dir == l.dir && l.db.session != nil }

// People is [DB.List], every row copied.
func (db *DB) People(ctx context.Context, f PeopleFilter) ([]Person, error) {
	list, err := db.List(ctx, f)
	if err != nil {
		return nil, err
	}
	return list.All(0, list.Len()), nil
}

// Search finds people by part of the name, pinyin initials, full pinyin and
// mixtures of both, the last digits of identity number or telephone, or the
// volunteer number; best match first, at most limit rows.
func (db *DB) Search(ctx context.Context, text string, limit int) ([]Person, error) {
	if limit <= 0 || queryOf(text, false).asksNothing() {
		return nil, nil
	}
	return db.People(ctx, PeopleFilter{Text: text, Limit: limit})
}

// Person is the light row of one person; false when there is none.
func (db *DB) Person(id record.VolunteerID) (Person, bool) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.dir == nil || !db.session.role.May(record.RightRead) {
		return Person{}, false
	}
	slot, has := db.dir.slot(id)
	if !has {
		return Person{}, false
	}
	return db.dir.at(slot, db.session.role), true
}

// Namesakes are all people with exactly this name, in no order. It costs no disk.
func (db *DB) Namesakes(name string) []Person {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.dir == nil || !db.session.role.May(record.RightRead) {
		return nil
	}
	var out []Person
	for slot := range db.dir.with(fieldName, name) {
		if !db.dir.hidden(slot) {
			out = append(out, db.dir.at(slot, db.session.role))
		}
	}
	return out
}

// Rank is a person's place in the directory, which is ordered by pinyin; behind
// everybody for somebody whom it does not hold. It costs no disk.
func (db *DB) Rank(id record.VolunteerID) int {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.dir == nil || !db.session.role.May(record.RightRead) {
		return math.MaxInt32
	}
	slot, has := db.dir.slot(id)
	if !has {
		return math.MaxInt32
	}
	return int(db.dir.rank[slot])
}

// seenBy is a copy of the row as a role may see it: masked for good where the
// role may not unmask, with the year of birth only.
func (p *Person) seenBy(role record.Role) Person {
	out := *p
	if !role.May(record.RightUnmask) {
		out.IDNumber = record.IDNumber(record.MaskID(string(p.IDNumber)))
		out.Phones = record.MaskPhones(p.Phones)
		out.Birth = p.Birth[:min(4, len(p.Birth))]
	}
	return out
}

// Villages are the communities in which somebody lives, with the number of
// people; "" stands for those of whom none is known.
func (db *DB) Villages() map[string]int {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.dir == nil || !db.session.role.May(record.RightRead) {
		return nil
	}
	d := db.dir
	counts := make([]int, len(d.words.all))
	for slot := range d.flags {
		if !d.hidden(uint32(slot)) {
			counts[d.codes[slot].village]++
		}
	}
	out := map[string]int{}
	for word, n := range counts {
		if n > 0 {
			out[d.words.all[word]] = n
		}
	}
	return out
}

// Likeness says why somebody may be the same person.
type Likeness struct {
	Person Person
	// By is id_number, phones or birth: the field that agrees beside the name,
	// or alone in the case of the number.
	By string
}

// Duplicates finds people who may be the one that is being typed: the same
// number; or the same name and a telephone or birth date in common; the surest
// first. It costs no disk and may be called on every key. Who may not see whole
// numbers gets none, since trying would tell them.
func (db *DB) Duplicates(v record.Volunteer) []Likeness {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.dir == nil || !db.session.role.May(record.RightRead) || !db.session.role.May(record.RightUnmask) {
		return nil
	}
	var out []Likeness
	for by, slots := range db.dir.alike(v) {
		for _, slot := range slots {
			out = append(out, Likeness{db.dir.at(slot, db.session.role), likenesses[by]})
		}
	}
	return out
}

// likenesses are the fields that may agree, the surest first.
var likenesses = [...]string{"id_number", "phones", "birth"}

// alike are the slots of people like v, by likeness, each in order of pinyin.
func (d *directory) alike(v record.Volunteer) [len(likenesses)][]uint32 {
	var out [len(likenesses)][]uint32
	seen := func(slot uint32) bool { return d.hidden(slot) || string(d.field(slot, fieldID)) == string(v.ID) }
	if v.IDNumber != "" {
		for slot := range d.with(fieldIDNumber, string(v.IDNumber)) {
			if !seen(slot) {
				out[0] = append(out[0], slot)
			}
		}
	}
	if v.Name != "" {
		for slot := range d.with(fieldName, v.Name) {
			if by := d.agree(slot, v); by > 0 && !seen(slot) {
				out[by] = append(out[by], slot)
			}
		}
	}
	for _, slots := range out {
		slices.SortFunc(slots, func(a, b uint32) int { return cmp.Compare(d.rank[a], d.rank[b]) })
	}
	return out
}

// agree is the likeness of somebody with the same name: 1 by a telephone, 2 by
// the birth date where one has no number; 0 for none, and for the same number.
func (d *directory) agree(slot uint32, v record.Volunteer) int {
	number := string(d.field(slot, fieldIDNumber))
	if v.IDNumber != "" && number == string(v.IDNumber) {
		return 0
	}
	if d.shares(slot, v.Phones) {
		return 1
	}
	if v.Birth != "" && string(d.field(slot, fieldBirth)) == string(v.Birth) && (v.IDNumber == "" || number == "") {
		return 2
	}
	return 0
}

// shares reports whether a row has one of the telephones.
func (d *directory) shares(slot uint32, phones []string) bool {
	if len(phones) == 0 {
		return false
	}
	return slices.ContainsFunc(splitPhones(string(d.field(slot, fieldPhones))), func(one string) bool {
		return slices.Contains(phones, one)
	})
}

func (d *directory) id(slot uint32) record.VolunteerID {
	return record.VolunteerID(d.field(slot, fieldID))
}
