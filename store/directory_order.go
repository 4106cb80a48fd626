package store

import (
	"bytes"
	"cmp"
	"slices"
)

// settle puts the slots that moved into their places in the order. A few are
// searched for; many are sorted with everybody.
func (d *directory) settle() {
	if len(d.moved) == 0 {
		return
	}
	slices.Sort(d.moved)
	moved := slices.Compact(d.moved)
	old := len(d.order)
	for _, slot := range moved {
		if d.rank[slot] != noRank {
			d.order[d.rank[slot]] = noRank
		}
	}
	d.order = slices.DeleteFunc(d.order, func(slot uint32) bool { return slot == noRank })
	if len(moved) > 64+old/64 {
		d.order = append(d.order, moved...)
		d.sort()
	} else {
		slices.SortFunc(moved, d.compare)
		d.insert(moved)
	}
	for rank, slot := range d.order {
		d.rank[slot] = uint32(rank)
	}
	d.moved = d.moved[:0]
}

// insert merges sorted slots into the order, from its end.
func (d *directory) insert(moved []uint32) {
	end := len(d.order)
	d.order = append(d.order, moved...)
	for i := len(moved) - 1; i >= 0; i-- {
		at, _ := slices.BinarySearchFunc(d.order[:end], moved[i], d.compare)
		copy(d.order[at+i+1:], d.order[at:end])
		d.order[at+i], end = moved[i], at
	}
}

// compare orders two people by pinyin, character for character, then by name,
// then by id.
func (d *directory) compare(a, b uint32) int {
	one, two := d.spellingOf(a), d.spellingOf(b)
	for i := range min(len(one), len(two)) {
		if one[i] != two[i] {
			return cmp.Compare(d.glyphs.all[one[i]].weight, d.glyphs.all[two[i]].weight)
		}
	}
	return cmp.Or(
		cmp.Compare(len(one), len(two)),
		bytes.Compare(d.field(a, fieldName), d.field(b, fieldName)),
		bytes.Compare(d.field(a, fieldID), d.field(b, fieldID)),
	)
}

// sort orders everybody: by the first four characters, packed into one number,
// and only where these agree by comparing.
func (d *directory) sort() {
	place := d.glyphs.places()
	type packed struct {
		key  uint64
		slot uint32
	}
	all := make([]packed, len(d.order))
	for i, slot := range d.order {
		all[i].slot = slot
		spelling := d.spellingOf(slot)
		for k := range 4 {
			all[i].key <<= 16
			if k < len(spelling) {
				all[i].key |= uint64(place[spelling[k]])
			}
		}
	}
	slices.SortFunc(all, func(a, b packed) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return d.compare(a.slot, b.slot)
	})
	for i, one := range all {
		d.order[i] = one.slot
	}
}

// places are the glyphs' places in the order of pinyin, from 1.
func (g *glyphs) places() []uint16 {
	order := make([]uint16, len(g.all))
	for i := range order {
		order[i] = uint16(i)
	}
	slices.SortFunc(order, func(a, b uint16) int { return cmp.Compare(g.all[a].weight, g.all[b].weight) })
	out := make([]uint16, len(order))
	for i, n := range order {
		out[n] = uint16(i + 1)
	}
	return out
}
