package store

import "hash/maphash"

// field is a text of a light row, in the order in which the directory keeps
// them.
type field int

const (
	fieldID field = iota
	fieldNumber
	fieldName
	fieldIDNumber
	fieldPhones
	fieldBirth
	fieldJoined
	fieldCount
)

// span is a place in an arena or in the spelled names.
type span struct{ at, n uint32 }

// arena keeps texts in pages, so that growing copies nothing and wiping finds
// everything. What a longer text leaves behind is wiped and not used again: a
// hundred bytes an edit, until the next unlock.
type arena struct {
	pages [][]byte
	free  int // of the last page
	line  []byte
}

const pageSize = 1 << 17

// set keeps the texts of a row, in its old place when they fit.
func (a *arena) set(old *span, p *Person) {
	a.line = a.line[:0]
	for i, text := range [...]string{string(p.ID), p.Number, p.Name, string(p.IDNumber)} {
		if i > 0 {
			a.line = append(a.line, lightSeparator...)
		}
		a.line = append(a.line, text...)
	}
	a.line = append(a.line, lightSeparator...)
	for i, phone := range p.Phones {
		if i > 0 {
			a.line = append(a.line, ',')
		}
		a.line = append(a.line, phone...)
	}
	a.line = append(a.line, lightSeparator+string(p.Birth)+lightSeparator+string(p.Joined)...)
	room := a.get(*old)
	clear(room)
	if len(a.line) > len(room) {
		*old = a.place(len(a.line))
		room = a.get(*old)
	}
	copy(room, a.line)
	old.n = uint32(len(a.line))
	clear(a.line)
}

// place finds room. A text longer than a page, which no honest row has, takes
// several pages that are one allocation.
func (a *arena) place(n int) span {
	if n > a.free {
		pages := (n + pageSize - 1) / pageSize
		whole := make([]byte, pages*pageSize)
		for i := range pages {
			a.pages = append(a.pages, whole[i*pageSize:])
		}
		a.free = pages * pageSize
	}
	at := len(a.pages)*pageSize - a.free
	if a.free -= n; n > pageSize {
		a.free = 0
	}
	return span{uint32(at), uint32(n)}
}

func (a *arena) get(s span) []byte {
	if s.n == 0 {
		return nil
	}
	at := s.at % pageSize
	return a.pages[s.at/pageSize][at : at+s.n]
}

func (a *arena) wipe() {
	for _, page := range a.pages {
		clear(page)
	}
	clear(a.line[:cap(a.line)])
}

// words are texts that many rows share, by number.
type words struct {
	all   []string
	known map[string]uint32
}

func newWords() words { return words{[]string{""}, map[string]uint32{"": 0}} }

func (w *words) number(word string) uint32 {
	n, has := w.known[word]
	if !has {
		n = uint32(len(w.all))
		w.all, w.known[word] = append(w.all, word), n
	}
	return n
}

// chain finds slots by a text: a hash table without pointers or keys, since the
// texts lie in the directory already.
type chain struct {
	seed  maphash.Seed
	heads []uint32 // slot + 1
	next  []uint32 // by slot
}

func newChain(people int) chain {
	size := 1024
	for size < people {
		size *= 2
	}
	return chain{maphash.MakeSeed(), make([]uint32, size), make([]uint32, 0, people)}
}

// makeRoom doubles the table when it would hold more slots than heads; text
// gives the key of a slot, empty for one that is not in it. The last slot is
// left out: it is about to be added.
func (c *chain) makeRoom(slots int, text func(uint32) []byte) {
	for len(c.next) < slots {
		c.next = append(c.next, 0)
	}
	if slots <= len(c.heads) {
		return
	}
	c.heads = make([]uint32, 2*len(c.heads))
	clear(c.next)
	for slot := range uint32(slots - 1) {
		c.add(text(slot), slot)
	}
}

func (c *chain) head(hash uint64) *uint32 { return &c.heads[hash&uint64(len(c.heads)-1)] }

// add enters a slot; an empty text is not entered.
func (c *chain) add(key []byte, slot uint32) {
	if len(key) > 0 {
		head := c.head(maphash.Bytes(c.seed, key))
		c.next[slot], *head = *head, slot+1
	}
}

func (c *chain) drop(key []byte, slot uint32) {
	if len(key) == 0 {
		return
	}
	for at := c.head(maphash.Bytes(c.seed, key)); *at != 0; at = &c.next[*at-1] {
		if *at == slot+1 {
			*at, c.next[slot] = c.next[slot], 0
			return
		}
	}
}

// all gives the slots that may have the text; the caller compares.
func (c *chain) all(key string) func(func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for at := *c.head(maphash.String(c.seed, key)); at != 0; at = c.next[at-1] {
			if !yield(at - 1) {
				return
			}
		}
	}
}
