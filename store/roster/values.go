package roster

import (
	"strings"

	"rongyuan/store/record"
)

// enough is the share of the values that must fit a field before a column is
// taken for it on their word.
const enough = 0.6

// byValues settles the columns whose heads are unclear, and finds the number
// and the phone where no head names them.
func (l *layout) byValues(data []row, h *healer) {
	for i, c := range l.columns {
		if c.field != fieldUnclear {
			continue
		}
		best, share := fieldNothing, enough
		for _, field := range c.head.choices() {
			if l.has(field) {
				continue
			}
			if s, n := fit(data, c, field, h); n > 0 && s > share {
				best, share = field, s
			}
		}
		l.columns[i].field = best
	}
	for _, field := range []string{fieldID, fieldPhones} {
		if l.has(field) {
			continue
		}
		for i, c := range l.columns {
			if c.field != fieldNothing || speaksOfOthers(c.head) {
				continue
			}
			if s, n := fit(data, c, field, h); n > 1 && s > 0.8 {
				l.columns[i].field = field
				break
			}
		}
	}
}

// fit is the share of the values of a column that a field could hold, and how
// many values there were.
func fit(data []row, c column, field string, h *healer) (share float64, n int) {
	good := 0
	for i := range data {
		one := data[i].at(c.col)
		if one.kind == cellError || nothing(one.text) || strings.TrimSpace(one.text) == strings.TrimSpace(c.title) {
			continue
		}
		n++
		if h.fits(one, c, field) {
			good++
		}
	}
	if n == 0 {
		return 0, 0
	}
	return float64(good) / float64(n), n
}

func (h *healer) fits(c cell, col column, field string) bool {
	text := c.said()
	switch field {
	case fieldID:
		_, err := record.ReadIDNumber(text, h.today)
		return err == nil
	case fieldPhones:
		numbers, _ := record.ReadPhones(text)
		return len(numbers) > 0 && len(numbers[0]) == 11
	case fieldService:
		_, _, ok := h.period(text)
		return ok
	case fieldEnlisted, fieldDischarged, fieldJoined:
		return h.readDate(c, col.head).date != ""
	}
	_, ok := h.words.code(field, text)
	return ok
}
