package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"rongyuan/store/record"
)

// Person is a light row: what lists, search and duplicate hints need of a
// person. It is decrypted at unlock and wiped on lock; the whole record is
// [DB.Volunteer]'s.
type Person struct {
	ID       record.VolunteerID
	Number   string
	Name     string
	IDNumber record.IDNumber
	Phones   []string
	Birth    record.Date
	Sex      record.Sex
	Village  string // code, or the name where the table does not know it
	Politics string
	Veteran  bool
	Serving  bool
	Joined   record.Day
	Status   record.Status
	// hidden rows are withdrawn or sealed: in no list, but they keep their
	// place so that an undo finds them.
	hidden bool
	keys   nameKeys
}

// directory holds the light rows in memory.
type directory struct {
	rows   []*Person
	byID   map[record.VolunteerID]*Person
	sorted bool
}

const lightSeparator = "\x1f"

// lightOf is the light row of a person.
func lightOf(v record.Volunteer) *Person {
	p := &Person{
		ID: v.ID, Number: v.Number, Name: v.Name, IDNumber: v.IDNumber, Phones: v.Phones, Birth: v.Birth, Sex: v.Sex,
		Village: cmp.Or(v.Village, v.VillageName), Politics: v.Politics, Veteran: v.Veteran, Serving: v.Serving,
		Joined: v.Joined, Status: v.Status, hidden: v.Withdrawn || v.Status == record.StatusSealed,
	}
	p.keys = keysOf(v.Name)
	return p
}

// text is the sealed part of a light row.
func (p *Person) text() string {
	return strings.Join([]string{p.Name, string(p.IDNumber), strings.Join(p.Phones, ","), string(p.Birth), p.Village}, lightSeparator)
}

func (p *Person) parse(text string) {
	parts := strings.Split(text, lightSeparator)
	if len(parts) != 5 {
		return
	}
	p.Name, p.IDNumber, p.Birth, p.Village = parts[0], record.IDNumber(parts[1]), record.Date(parts[3]), parts[4]
	if parts[2] != "" {
		p.Phones = strings.Split(parts[2], ",")
	}
	p.keys = keysOf(p.Name)
}

// loadDirectory opens all light rows.
func loadDirectory(ctx context.Context, q querier, fields opener) (*directory, error) {
	d := &directory{byID: map[record.VolunteerID]*Person{}}
	rows, err := q.QueryContext(ctx, `SELECT id, light, COALESCE(number, ''), sex, politics, veteran, serving, joined, status, withdrawn
		FROM volunteers`)
	if err != nil {
		return nil, translate(err)
	}
	defer func() { _ = rows.Close() }()
	var light sql.RawBytes
	var plain []byte
	for rows.Next() {
		p := &Person{}
		var withdrawn bool
		if err := rows.Scan(&p.ID, &light, &p.Number, &p.Sex, &p.Politics, &p.Veteran, &p.Serving, &p.Joined, &p.Status, &withdrawn); err != nil {
			return nil, translate(err)
		}
		if plain, err = fields.AppendOpen(plain[:0], lightPlace(string(p.ID)), light); err != nil {
			return nil, record.Fail(record.CodeSealBroken).Because(err)
		}
		p.parse(string(plain))
		p.hidden = withdrawn || p.Status == record.StatusSealed
		d.rows = append(d.rows, p)
		d.byID[p.ID] = p
	}
	clear(plain)
	return d, translate(rows.Err())
}

// put adds or replaces a row.
func (d *directory) put(p *Person) {
	if old, has := d.byID[p.ID]; has {
		*old = *p
	} else {
		d.byID[p.ID] = p
		d.rows = append(d.rows, p)
	}
	d.sorted = false
}

// order sorts by pinyin, then by number, once after a change.
func (d *directory) order() {
	if d.sorted {
		return
	}
	slices.SortFunc(d.rows, func(a, b *Person) int {
		return cmp.Or(strings.Compare(a.keys.full, b.keys.full), strings.Compare(a.Name, b.Name), strings.Compare(string(a.ID), string(b.ID)))
	})
	d.sorted = true
}

// PeopleFilter chooses people for a list; the zero value is everybody.
type PeopleFilter struct {
	Serving bool // volunteers only
	Veteran bool // veterans only
	Village string
	Status  record.Status // "" for all but sealed
	Text    string        // as typed into the search box
	Team    record.TeamID // members today
}

// People is the directory by a filter: in order of pinyin, or best match first
// when the filter has a text. The rows are copies.
func (db *DB) People(ctx context.Context, f PeopleFilter) ([]Person, error) {
	var members map[record.VolunteerID]bool
	if f.Team != "" {
		list, err := db.Members(ctx, f.Team)
		if err != nil {
			return nil, err
		}
		members = map[record.VolunteerID]bool{}
		for _, m := range list {
			if m.On(db.Today()) {
				members[m.Volunteer] = true
			}
		}
	}
	return db.choose(f, func(p *Person) bool { return members == nil || members[p.ID] })
}

func (db *DB) choose(f PeopleFilter, also func(*Person) bool) ([]Person, error) {
	who, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.dir == nil {
		return nil, record.Fail(record.CodeLocked)
	}
	db.dir.order()
	type hit struct {
		p     *Person
		score int
	}
	var hits []hit
	asked := queryOf(f.Text)
	for _, p := range db.dir.rows {
		if p.hidden || (f.Serving && !p.Serving) || (f.Veteran && !p.Veteran) || (f.Village != "" && p.Village != f.Village) ||
			(f.Status != "" && p.Status != f.Status) || !also(p) {
			continue
		}
		if score := asked.score(p); score > 0 {
			hits = append(hits, hit{p, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.score - a.score })
	out := make([]Person, len(hits))
	for i, h := range hits {
		out[i] = h.p.seenBy(who.role)
	}
	return out, nil
}

// Search finds people by part of the name, pinyin initials, full pinyin, the
// last digits of identity number or telephone, or the volunteer number; best
// match first, at most limit rows.
func (db *DB) Search(ctx context.Context, text string, limit int) ([]Person, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	found, err := db.People(ctx, PeopleFilter{Text: text})
	return found[:min(limit, len(found))], err
}

// Person is the light row of one person; false when there is none.
func (db *DB) Person(id record.VolunteerID) (Person, bool) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.dir == nil || db.dir.byID[id] == nil || !db.session.role.May(record.RightRead) {
		return Person{}, false
	}
	return db.dir.byID[id].seenBy(db.session.role), true
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

// Likeness says why somebody may be the same person.
type Likeness struct {
	Person Person
	// By is id_number, phones or birth: the field that agrees beside the name,
	// or alone in the case of the number.
	By string
}

// Duplicates finds people who may be the one that is being typed: the same
// number; or the same name and a telephone or birth date in common. It costs
// no disk and may be called on every key.
func (db *DB) Duplicates(v record.Volunteer) []Likeness {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.dir == nil {
		return nil
	}
	var out []Likeness
	for _, p := range db.dir.rows {
		if p.ID == v.ID || p.hidden {
			continue
		}
		if by := likeness(p, v); by != "" {
			out = append(out, Likeness{*p, by})
		}
	}
	return out
}

func likeness(p *Person, v record.Volunteer) string {
	switch {
	case v.IDNumber != "" && p.IDNumber == v.IDNumber:
		return "id_number"
	case p.Name != v.Name || v.Name == "":
		return ""
	case slices.ContainsFunc(v.Phones, func(one string) bool { return slices.Contains(p.Phones, one) }):
		return "phones"
	case v.Birth != "" && p.Birth != "" && v.Birth == p.Birth && (v.IDNumber == "" || p.IDNumber == ""):
		return "birth"
	}
	return ""
}
