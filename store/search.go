package store

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
)

// Scores say how well a person matches what was typed; 0 does not match.
const (
	scoreSame     = 100 // the whole name, identity number, telephone or volunteer number
	scoreSpelled  = 95  // the whole name in pinyin
	scoreInitials = 90  // the whole name in initials
	scoreFront    = 80  // the front of the name; the end of the identity number
	scoreStarts   = 70  // initials from the front; the end of a telephone
	scoreSyllable = 65  // whole syllables from the front
	scoreInside   = 60  // part of the name; pinyin from the front, the last syllable begun
	scoreMixed    = 55  // the whole name, partly in pinyin and partly in initials
	scoreMixture  = 50  // the same from the front; the end of the volunteer number
	scoreWithin   = 40  // initials or pinyin from the middle; the front of a telephone
	scoreRare     = 5   // taken off when a character is not read in its usual way
)

// query is what was typed into a search box, understood once. Typed characters
// are compared folded, without spaces and marks; ü may be typed as v.
type query struct {
	typed []rune
	// digits: it has a digit, so it is about numbers and not about names.
	digits bool
	// masked: who asks may see no whole number, so must not find by one either;
	// otherwise trying digit after digit would tell what the mask hides.
	masked  bool
	latin   bool // has a letter that may stand for a reading
	literal bool // has none

	text string // folded
	tail tail
	mask tail
}

// mostTyped is the longest query that finds anybody by name: positions in it
// are bits of a word.
const mostTyped = 62

func queryOf(text string, masked bool) *query {
	q := &query{masked: masked}
	for _, r := range text {
		if r = foldWidth(r); unicode.IsDigit(r) || foldName(r) >= 0 {
			q.typed = append(q.typed, r)
			q.digits = q.digits || unicode.IsDigit(r)
			q.latin = q.latin || (r >= 'a' && r <= 'z')
		}
	}
	q.literal, q.text = !q.latin, string(q.typed)
	if q.digits {
		q.tail = tailOf(q.text)
		q.mask = 1<<(4*min(len(q.typed), tailSize)) - 1
	}
	return q
}

// asksNothing reports a query that everybody matches.
func (q *query) asksNothing() bool { return len(q.typed) == 0 }

// reach are positions in the typed text, as bits, that a front of a name's
// characters can account for, by manner of typing.
type reach struct{ any, whole, initials uint64 }

// step is the reach after one more character.
func (q *query) step(g *glyph, from reach, usual bool) reach {
	readings := g.readings
	if usual && len(readings) > 1 {
		readings = readings[:1]
	}
	var to reach
	for at := range eachBit(from.any) {
		if at == len(q.typed) {
			continue
		}
		here := uint64(1) << at
		if q.typed[at] == g.char {
			to.any |= here << 1
			to.whole |= from.whole & here << 1
			to.initials |= from.initials & here << 1
		}
		for _, reading := range readings {
			n := common(q.typed[at:], reading)
			to.any |= here << 1 * (1<<n - 1)
			if n > 0 {
				to.initials |= from.initials & here << 1
			}
			if n == len(reading) || at+n == len(q.typed) {
				to.whole |= from.whole & here << n
			}
		}
	}
	return to
}

// eachBit gives the positions of the bits that are set.
func eachBit(set uint64) func(func(int) bool) {
	return func(yield func(int) bool) {
		for ; set != 0; set &= set - 1 {
			if !yield(bits.TrailingZeros64(set)) {
				return
			}
		}
	}
}

// common is how many letters of a reading the typed text begins with.
func common(typed []rune, reading string) int {
	n := 0
	for n < len(typed) && n < len(reading) && typed[n] == rune(reading[n]) {
		n++
	}
	return n
}

// scoreName ranks a name, given as its characters, in which the typed text is
// found at position from, the first one where it is.
func (q *query) scoreName(name []*glyph, from int) int {
	if from > 0 {
		if q.literal {
			return scoreInside
		}
		for i := range name[from:] {
			if q.covers(name[from+i:], true) {
				return scoreWithin
			}
		}
		return scoreWithin - scoreRare
	}
	rare := 0
	if q.latin {
		rare = q.scoreFront(name, false) - scoreRare
	}
	return max(rare, q.scoreFront(name, true))
}

// covers reports whether the characters of a name, from the first on, account
// for the typed text.
func (q *query) covers(name []*glyph, usual bool) bool {
	at := reach{any: 1}
	for _, g := range name {
		if at = q.step(g, at, usual); at.any>>len(q.typed) != 0 {
			return true
		}
	}
	return false
}

func (q *query) scoreFront(name []*glyph, usual bool) int {
	at, score, end := reach{1, 1, 1}, 0, uint64(1)<<len(q.typed)
	for i, g := range name {
		before := at
		at = q.step(g, at, usual)
		last := i == len(name)-1
		switch {
		case at.any&end == 0:
		case q.literal && last:
			score = max(score, scoreSame)
		case q.literal:
			score = max(score, scoreFront)
		case at.whole&end != 0 && last && q.finished(g, before.whole, usual):
			score = max(score, scoreSpelled)
		case at.initials&end != 0 && last:
			score = max(score, scoreInitials)
		case at.initials&end != 0:
			score = max(score, scoreStarts)
		case at.whole&end != 0 && q.finished(g, before.whole, usual):
			score = max(score, scoreSyllable)
		case at.whole&end != 0:
			score = max(score, scoreInside)
		case last:
			score = max(score, scoreMixed)
		default:
			score = max(score, scoreMixture)
		}
		if at.any == 0 {
			break
		}
	}
	return score
}

// finished reports whether the typed text ends with a whole reading of the last
// character, and not within one.
func (q *query) finished(g *glyph, from uint64, usual bool) bool {
	for at := range eachBit(from) {
		left := q.typed[min(at, len(q.typed)):]
		if len(left) == 1 && left[0] == g.char {
			return true
		}
		for i, reading := range g.readings {
			if i > 0 && usual {
				break
			}
			if len(left) == len(reading) && common(left, reading) == len(reading) {
				return true
			}
		}
	}
	return false
}

// plan is a query made ready for the names of one directory: what each of its
// characters accounts for, looked up instead of computed.
type plan struct {
	*query
	all []glyph
	// steps[at][glyph] are the positions reached from at.
	steps [][]uint64
}

func (q *query) over(all []glyph) *plan {
	p := &plan{query: q, all: all, steps: make([][]uint64, len(q.typed)+1)}
	p.row(0)
	return p
}

func (p *plan) row(at int) []uint64 {
	if p.steps[at] == nil {
		row := make([]uint64, len(p.all))
		for i := range p.all {
			row[i] = p.step(&p.all[i], reach{any: 1 << at}, false).any
		}
		p.steps[at] = row
	}
	return p.steps[at]
}

// find is the first character of a spelling from which the typed text goes on;
// -1 when there is none.
func (p *plan) find(spelling []uint16) int {
	first := p.steps[0]
	for i, g := range spelling {
		if at := first[g]; at != 0 && p.follows(at, spelling[i+1:]) {
			return i
		}
	}
	return -1
}

func (p *plan) follows(at uint64, rest []uint16) bool {
	end := uint64(1) << len(p.typed)
	for {
		if at&end != 0 {
			return true
		}
		if at == 0 || len(rest) == 0 {
			return false
		}
		var next uint64
		for ; at != 0; at &= at - 1 {
			next |= p.row(bits.TrailingZeros64(at))[rest[0]]
		}
		at, rest = next, rest[1:]
	}
}

// bound is the best score that a name may still get.
func (p *plan) bound(from, length int) int {
	switch {
	case from > 0 && p.literal:
		return scoreInside
	case from > 0:
		return scoreWithin
	case length <= len(p.typed):
		return scoreSame
	case p.literal:
		return scoreFront
	}
	return scoreStarts
}

// best keeps the best hits in order, at most limit; all when limit is 0. A hit
// is the score upside down and then the place in the order of pinyin.
type best struct {
	limit int
	hits  []uint64
}

func hitOf(score int, rank uint32) uint64 { return uint64(scoreSame-score)<<32 | uint64(rank) }

// wants reports whether a hit would be kept.
func (b *best) wants(hit uint64) bool {
	return b.limit == 0 || len(b.hits) < b.limit || hit < b.hits[len(b.hits)-1]
}

func (b *best) add(hit uint64) {
	if b.limit == 0 {
		b.hits = append(b.hits, hit)
		return
	}
	if len(b.hits) == b.limit {
		b.hits = b.hits[:b.limit-1]
	}
	at, _ := slices.BinarySearch(b.hits, hit)
	b.hits = slices.Insert(b.hits, at, hit)
}

// ranks are the places of the hits, best first.
func (b *best) ranks() []uint32 {
	if b.limit == 0 {
		slices.Sort(b.hits)
	}
	out := make([]uint32, len(b.hits))
	for i, hit := range b.hits {
		out[i] = uint32(hit)
	}
	return out
}

// foldNumber is a number as it is compared: letters and digits only.
func foldNumber(text string) string {
	plain := true
	for i := range len(text) {
		c := text[i]
		plain = plain && (c >= '0' && c <= '9' || c >= 'a' && c <= 'z')
	}
	if plain {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r = foldWidth(r); unicode.IsDigit(r) || foldName(r) >= 0 {
			return r
		}
		return -1
	}, text)
}
