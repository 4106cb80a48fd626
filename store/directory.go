package store

import (
	"bytes"
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

	withdrawn bool
}

// hidden people are in no list, but they keep their place in the directory, so
// that an undo finds them.
func (p *Person) hidden() bool { return p.withdrawn || p.Status == record.StatusSealed }

const lightSeparator = "\x1f"

// lightOf is the light row of a person.
func lightOf(v record.Volunteer) *Person {
	return &Person{
		ID: v.ID, Number: v.Number, Name: v.Name, IDNumber: v.IDNumber, Phones: v.Phones, Birth: v.Birth, Sex: v.Sex,
		Village: cmp.Or(v.Village, v.VillageName), Politics: v.Politics, Veteran: v.Veteran, Serving: v.Serving,
		Joined: v.Joined, Status: v.Status, withdrawn: v.Withdrawn,
	}
}

// packed is the row in few bytes; [lightOf] makes it again of what was packed.
func (p *Person) packed() record.Packed {
	return record.Pack(&record.Volunteer{
		ID: p.ID, Number: p.Number, Name: p.Name, IDNumber: p.IDNumber, Phones: p.Phones, Birth: p.Birth, Sex: p.Sex, Village: p.Village,
		Politics: p.Politics, Veteran: p.Veteran, Serving: p.Serving, Joined: p.Joined, Status: p.Status, Withdrawn: p.withdrawn,
	})
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
	p.Phones = splitPhones(parts[2])
}

func splitPhones(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// directory holds the light rows in memory: the texts of people in a few large
// pages that can be wiped, and beside them columns without pointers, which a
// search reads from end to end. A person's slot, the place in every column, is
// given once and stays. Whoever changes it ends with [directory.settle].
type directory struct {
	glyphs glyphs
	words  words // village, politics, status and sex, each once

	texts arena
	text  []span
	// spelled holds the names as glyphs, spelling where each begins.
	spelled  []uint16
	spelling []span

	flags   []flags
	codes   []codes
	numbers []tail
	ids     []tail
	phones  []tail // the first of each person
	// more are the phones beyond the first.
	more []morePhone

	// order are the slots by pinyin, rank their places in it.
	order, rank []uint32
	moved       []uint32 // slots whose place in the order is not known

	chains [len(chained)]chain
}

// chained are the texts by which a person is found at once.
var chained = [...]field{fieldID, fieldIDNumber, fieldName}

// flags say of a person what a list filters by.
type flags uint8

const (
	flagVeteran flags = 1 << iota
	flagServing
	flagWithdrawn
	flagSealed
	flagMore // has several phones
)

func flagIf(f flags, is bool) flags {
	if is {
		return f
	}
	return 0
}

// codes are the words of a person, by number.
type codes struct{ village, politics, status, sex uint32 }

type morePhone struct {
	slot uint32
	tail tail
}

// noRank is the place of somebody who has none yet.
const noRank = ^uint32(0)

func newDirectory(people int) *directory {
	d := &directory{
		glyphs: newGlyphs(), words: newWords(),
		text: make([]span, 0, people), spelled: make([]uint16, 0, 3*people), spelling: make([]span, 0, people),
		flags: make([]flags, 0, people), codes: make([]codes, 0, people),
		numbers: make([]tail, 0, people), ids: make([]tail, 0, people), phones: make([]tail, 0, people),
		order: make([]uint32, 0, people), rank: make([]uint32, 0, people), moved: make([]uint32, 0, people),
	}
	for i := range d.chains {
		d.chains[i] = newChain(people)
	}
	return d
}

// loadDirectory opens all light rows.
func loadDirectory(ctx context.Context, q querier, fields opener) (*directory, error) {
	var people int
	if err := q.QueryRowContext(ctx, "SELECT COUNT(*) FROM volunteers").Scan(&people); err != nil {
		return nil, translate(err)
	}
	d := newDirectory(people + people/16)
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
		if err := rows.Scan(&p.ID, &light, &p.Number, &p.Sex, &p.Politics, &p.Veteran, &p.Serving, &p.Joined, &p.Status, &p.withdrawn); err != nil {
			return nil, translate(err)
		}
		if plain, err = fields.AppendOpen(plain[:0], lightPlace(string(p.ID)), light); err != nil {
			return nil, record.Fail(record.CodeSealBroken).Because(err)
		}
		p.parse(string(plain))
		d.put(p)
	}
	clear(plain)
	d.settle()
	return d, translate(rows.Err())
}

// put adds or replaces a row.
func (d *directory) put(p *Person) {
	slot, known := d.slot(p.ID)
	if !known {
		slot = d.grow()
	}
	named := !known || string(d.field(slot, fieldName)) != p.Name
	if known {
		d.unlink(slot)
	}
	d.texts.set(&d.text[slot], p)
	d.link(slot)
	if named {
		d.spell(slot, p.Name)
		d.moved = append(d.moved, slot)
	}
	d.setColumns(slot, p)
}

// grow makes an empty slot at the end of every column.
func (d *directory) grow() uint32 {
	slot := uint32(len(d.text))
	d.text = append(d.text, span{})
	d.spelling = append(d.spelling, span{})
	d.flags = append(d.flags, 0)
	d.codes = append(d.codes, codes{})
	d.numbers = append(d.numbers, 0)
	d.ids = append(d.ids, 0)
	d.phones = append(d.phones, 0)
	d.rank = append(d.rank, noRank)
	return slot
}

func (d *directory) setColumns(slot uint32, p *Person) {
	f := flagIf(flagVeteran, p.Veteran) | flagIf(flagServing, p.Serving) | flagIf(flagWithdrawn, p.withdrawn) |
		flagIf(flagSealed, p.Status == record.StatusSealed) | flagIf(flagMore, len(p.Phones) > 1)
	if d.flags[slot]&flagMore != 0 {
		d.more = slices.DeleteFunc(d.more, func(m morePhone) bool { return m.slot == slot })
	}
	d.flags[slot] = f
	d.codes[slot] = codes{
		d.words.number(p.Village), d.words.number(p.Politics), d.words.number(string(p.Status)), d.words.number(string(p.Sex)),
	}
	d.numbers[slot], d.ids[slot], d.phones[slot] = tailOf(foldNumber(p.Number)), tailOf(foldNumber(string(p.IDNumber))), 0
	for i, phone := range p.Phones {
		if i == 0 {
			d.phones[slot] = tailOf(foldNumber(phone))
			continue
		}
		d.more = append(d.more, morePhone{slot, tailOf(foldNumber(phone))})
	}
}

// spell keeps the name as glyphs, in the old place when it fits there.
func (d *directory) spell(slot uint32, name string) {
	at := len(d.spelled)
	d.spelled = d.glyphs.appendSpelling(d.spelled, name)
	n := len(d.spelled) - at
	old := &d.spelling[slot]
	if n <= int(old.n) {
		copy(d.spelled[old.at:], d.spelled[at:])
		clear(d.spelled[at:])
		d.spelled = d.spelled[:at]
		old.n = uint32(n)
		return
	}
	*old = span{uint32(at), uint32(n)}
}

func (d *directory) spellingOf(slot uint32) []uint16 {
	s := d.spelling[slot]
	return d.spelled[s.at : s.at+s.n]
}

// hidden reports a row that no list may show.
func (d *directory) hidden(slot uint32) bool { return d.flags[slot]&(flagWithdrawn|flagSealed) != 0 }

// slot is the place of a person.
func (d *directory) slot(id record.VolunteerID) (uint32, bool) {
	for slot := range d.with(fieldID, string(id)) {
		return slot, true
	}
	return 0, false
}

// with gives the slots of everybody, hidden or not, with a text in one of the
// fields that are chained.
func (d *directory) with(which field, text string) func(func(uint32) bool) {
	c := &d.chains[slices.Index(chained[:], which)]
	return func(yield func(uint32) bool) {
		for slot := range c.all(text) {
			if string(d.field(slot, which)) == text && !yield(slot) {
				return
			}
		}
	}
}

// link enters a row under its texts; unlink takes it out.
func (d *directory) link(slot uint32) {
	for i, which := range chained {
		d.chains[i].makeRoom(len(d.text), func(one uint32) []byte { return d.field(one, which) })
		d.chains[i].add(d.field(slot, which), slot)
	}
}

func (d *directory) unlink(slot uint32) {
	for i, which := range chained {
		d.chains[i].drop(d.field(slot, which), slot)
	}
}

// at is the row in a slot as a role may see it.
func (d *directory) at(slot uint32, role record.Role) Person {
	text := string(d.texts.get(d.text[slot]))
	var parts [fieldCount]string
	for i := range parts {
		parts[i], text, _ = strings.Cut(text, lightSeparator)
	}
	c, f := d.codes[slot], d.flags[slot]
	p := Person{
		ID: record.VolunteerID(parts[fieldID]), Number: parts[fieldNumber], Name: parts[fieldName],
		IDNumber: record.IDNumber(parts[fieldIDNumber]), Phones: splitPhones(parts[fieldPhones]),
		Birth: record.Date(parts[fieldBirth]), Joined: record.Day(parts[fieldJoined]), Village: d.words.all[c.village],
		Politics: d.words.all[c.politics], Status: record.Status(d.words.all[c.status]), Sex: record.Sex(d.words.all[c.sex]),
		Veteran: f&flagVeteran != 0, Serving: f&flagServing != 0, withdrawn: f&flagWithdrawn != 0,
	}
	return p.seenBy(role)
}

// field is one text of a row; it lies in the directory and is not kept.
func (d *directory) field(slot uint32, which field) []byte {
	text := d.texts.get(d.text[slot])
	for range which {
		text = text[bytes.IndexByte(text, lightSeparator[0])+1:]
	}
	if end := bytes.IndexByte(text, lightSeparator[0]); end >= 0 {
		text = text[:end]
	}
	return text
}

// idNumbers are the identity numbers of all people, hidden or not.
func (d *directory) idNumbers() map[record.VolunteerID]record.IDNumber {
	out := make(map[record.VolunteerID]record.IDNumber, len(d.text))
	for i := range d.text {
		slot := uint32(i)
		if number := d.field(slot, fieldIDNumber); len(number) > 0 {
			out[record.VolunteerID(d.field(slot, fieldID))] = record.IDNumber(number)
		}
	}
	return out
}

// wipe overwrites everything that was opened.
func (d *directory) wipe() {
	if d == nil {
		return
	}
	d.texts.wipe()
	for _, column := range [][]tail{d.numbers, d.ids, d.phones} {
		clear(column[:cap(column)])
	}
	clear(d.spelled[:cap(d.spelled)])
	clear(d.more[:cap(d.more)])
	clear(d.codes)
	*d = directory{}
}
