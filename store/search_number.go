package store

import (
	"math/bits"
	"strings"
)

// tail is the end of a number, folded: its last 16 letters and digits, half a
// byte each, so that the end of a number is compared in one step. 0 is no
// number; the highest half byte is filled when the number may be longer.
type tail uint64

const tailSize = 16

// tailOf packs a folded number. Letters other than x look the same in it.
func tailOf(folded string) (t tail) {
	for _, r := range folded {
		t <<= 4
		switch {
		case r >= '0' && r <= '9':
			t |= tail(r-'0') + 1
		case r == 'x':
			t |= 11
		default:
			t |= 12
		}
	}
	return t
}

// length is the number of characters, 16 for 16 and more.
func (t tail) length() int { return (67 - bits.LeadingZeros64(uint64(t))) / 4 }

// ends reports whether a number may end in what was typed.
func (q *query) ends(t tail) bool { return t&q.mask == q.tail }

// begins reports whether a number may begin with what was typed.
func (q *query) begins(t tail) bool {
	n, typed := t.length(), len(q.typed)
	return typed >= 3 && n >= typed && (n == tailSize || t>>(4*(n-typed)) == q.tail)
}

// boundNumbers is the best score that a person may get by the tails alone; 0
// when no number matches.
func (q *query) boundNumbers(number, id, phone tail) int {
	score := 0
	switch {
	case q.ends(id):
		score = scoreFront
	case q.ends(phone):
		score = scoreStarts
	case q.ends(number):
		score = scoreMixture
	case q.begins(phone):
		score = scoreWithin
	}
	if score > 0 && (number == q.tail || id == q.tail || phone == q.tail) {
		score = scoreSame
	}
	return score
}

// scoreNumbers ranks a person by what was typed of a number: part of it counts
// from its end, of a telephone also from its front.
func (q *query) scoreNumbers(p numbers) int {
	score := max(q.scoreEnd(p.number, scoreMixture, false), q.scoreEnd(p.id, scoreFront, q.masked))
	for _, phone := range p.phones {
		score = max(score, q.scoreEnd(phone, scoreStarts, q.masked))
		if len(q.typed) >= 3 && strings.HasPrefix(phone, q.text) && (!q.masked || (len(q.typed) == 3 && len(phone) >= 11)) {
			score = max(score, scoreWithin)
		}
	}
	return score
}

// scoreEnd judges one number. Of a masked one four characters may be asked for,
// where the mask shows them.
func (q *query) scoreEnd(number string, end int, masked bool) int {
	switch {
	case !strings.HasSuffix(number, q.text) || (masked && (len(q.typed) > 4 || len(number) < 8)):
		return 0
	case number == q.text:
		return scoreSame
	}
	return end
}

// numbers are what a person may be found by in digits, folded.
type numbers struct {
	number, id string
	phones     []string
}
