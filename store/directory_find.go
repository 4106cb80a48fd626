package store

import "rongyuan/store/record"

// sieve is a filter in the numbers of a directory.
type sieve struct {
	set, clear flags
	words      codes // 0 for any
	none       bool  // nobody passes
	only       []uint64
}

func (d *directory) sieve(f PeopleFilter, team []record.VolunteerID) sieve {
	s := sieve{set: flagIf(flagServing, f.Serving) | flagIf(flagVeteran, f.Veteran), clear: flagWithdrawn | flagSealed}
	var has [2]bool
	s.words.village, has[0] = d.words.known[f.Village]
	s.words.status, has[1] = d.words.known[string(f.Status)]
	s.none = !has[0] || !has[1]
	if team != nil {
		s.only = make([]uint64, len(d.flags)/64+1)
		for _, id := range team {
			if slot, is := d.slot(id); is {
				s.only[slot/64] |= 1 << (slot % 64)
			}
		}
	}
	return s
}

func (d *directory) passes(s *sieve, slot uint32) bool {
	f, c := d.flags[slot], &d.codes[slot]
	return f&s.set == s.set && f&s.clear == 0 &&
		(s.words.village == 0 || s.words.village == c.village) && (s.words.status == 0 || s.words.status == c.status) &&
		(s.only == nil || s.only[slot/64]>>(slot%64)&1 != 0)
}

// choose gives the slots that a query finds and a sieve lets pass, best first.
func (d *directory) choose(q *query, s sieve, limit int) []uint32 {
	switch {
	case s.none:
		return nil
	case q.asksNothing():
		return d.everybody(&s, limit)
	}
	found := best{limit: max(limit, 0)}
	switch {
	case q.digits:
		d.findNumbers(q, &s, &found)
	case len(q.typed) <= mostTyped:
		d.findNames(q.over(d.glyphs.all), &s, &found)
	}
	slots := found.ranks()
	for i, rank := range slots {
		slots[i] = d.order[rank]
	}
	return slots
}

func (d *directory) everybody(s *sieve, limit int) []uint32 {
	out := make([]uint32, 0, len(d.order))
	for _, slot := range d.order {
		if d.passes(s, slot) {
			if out = append(out, slot); len(out) == limit {
				break
			}
		}
	}
	return out
}

// findNames reads all names. It looks up each character in a table of what it
// may stand for, and computes the score only of those who may be among the
// best: 5 ns a person.
func (d *directory) findNames(p *plan, s *sieve, found *best) {
	var name []*glyph
	for i := range d.spelling {
		slot := uint32(i)
		spelling := d.spellingOf(slot)
		from := p.find(spelling)
		if from < 0 || !found.wants(hitOf(p.bound(from, len(spelling)), d.rank[slot])) || !d.passes(s, slot) {
			continue
		}
		name = name[:0]
		for _, g := range spelling {
			name = append(name, &d.glyphs.all[g])
		}
		if hit := hitOf(p.scoreName(name, from), d.rank[slot]); found.wants(hit) {
			found.add(hit)
		}
	}
}

// findNumbers reads the ends of all numbers.
func (d *directory) findNumbers(q *query, s *sieve, found *best) {
	more := d.moreHits(q)
	for i, phone := range d.phones {
		slot := uint32(i)
		bound := q.boundNumbers(d.numbers[i], d.ids[i], phone)
		if len(more) > 0 && more[i/64]>>(i%64)&1 != 0 {
			bound = scoreSame
		}
		if bound == 0 || !found.wants(hitOf(bound, d.rank[slot])) || !d.passes(s, slot) {
			continue
		}
		score := q.scoreNumbers(d.numbersOf(slot))
		if hit := hitOf(score, d.rank[slot]); score > 0 && found.wants(hit) {
			found.add(hit)
		}
	}
}

// moreHits are the slots whose second or third telephone may match, as bits;
// nil for none.
func (d *directory) moreHits(q *query) []uint64 {
	var out []uint64
	for _, m := range d.more {
		if q.ends(m.tail) || q.begins(m.tail) {
			if out == nil {
				out = make([]uint64, len(d.flags)/64+1)
			}
			out[m.slot/64] |= 1 << (m.slot % 64)
		}
	}
	return out
}

// numbersOf are the numbers of a row as they are compared.
func (d *directory) numbersOf(slot uint32) numbers {
	n := numbers{
		number: foldNumber(string(d.field(slot, fieldNumber))), id: foldNumber(string(d.field(slot, fieldIDNumber))),
		phones: splitPhones(string(d.field(slot, fieldPhones))),
	}
	for i, phone := range n.phones {
		n.phones[i] = foldNumber(phone)
	}
	return n
}
