package roster

import (
	"sort"
	"strings"

	"rongyuan/store/record"
)

// The header is looked for in so many rows with content, and is so deep.
const (
	headerRows  = 20
	headerDepth = 3
)

// column is one column of a sheet and what it means.
type column struct {
	col   int
	field string
	head  head
	title string // as the sheet writes it, stacked heads joined
}

// header is the row or rows of heads, and what they say.
type header struct {
	first, depth int // rows of the sample
	columns      []column
}

// score counts the different fields that a header knows.
func (h header) score() int {
	seen := map[string]bool{}
	for _, c := range h.columns {
		if c.field != fieldNothing && c.field != fieldSerial {
			seen[c.field] = true
		}
	}
	return len(seen)
}

func (h header) has(field string) bool {
	for _, c := range h.columns {
		if c.field == field {
			return true
		}
	}
	return false
}

// beats prefers more fields, then fewer rows: a title above the heads adds none.
func (h header) beats(other header) bool {
	mine, theirs := h.score(), other.score()
	return mine > theirs || (mine == theirs && h.depth < other.depth)
}

// findHeader finds the heads of a roster among the first rows of a sheet: the
// row, or the two or three stacked rows, that know the most fields, the name
// among them.
func findHeader(rows []row) (header, record.Code) {
	var best header
	code := record.CodeNoHeader
	for first := range min(len(rows), headerRows) {
		for depth := 1; depth <= headerDepth && first+depth <= len(rows); depth++ {
			if depth > 1 && !stacked(rows[first:first+depth]) {
				break
			}
			h := header{first, depth, joinHeads(rows[first : first+depth])}
			switch {
			case !h.has(fieldName):
				if h.score() > 2 && code == record.CodeNoHeader {
					code = record.CodeNoNameColumn
				}
			case len(h.columns) > 1 && h.score()+boolInt(h.has(fieldSerial)) > 1 && h.beats(best):
				best = h
			}
		}
	}
	if best.columns == nil {
		return best, code
	}
	return best, ""
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// stacked reports whether the last row continues the heads above it: it lies
// right below, holds short words only, and says nothing where the name or the
// number of a person would stand.
func stacked(rows []row) bool {
	above, last := rows[:len(rows)-1], rows[len(rows)-1]
	if last.num-above[len(above)-1].num > 2 || !headLike(above[len(above)-1]) {
		return false
	}
	known := map[int]bool{}
	for _, c := range joinHeads(above) {
		if c.field == fieldName || c.field == fieldID {
			known[c.col] = true
		}
	}
	for _, c := range last.cells {
		if known[c.col] && strings.TrimSpace(c.text) != "" {
			return false
		}
		if c.kind != cellText || len([]rune(c.text)) > 30 {
			return false
		}
	}
	return true
}

// headLike reports a row that may stand above others in a header: several
// short words. A title or a line with the date of filling in is none.
func headLike(r row) bool {
	filled := 0
	for _, c := range r.cells {
		if strings.ContainsAny(c.text, ":：") || len([]rune(c.text)) > 30 {
			return false
		}
		if strings.TrimSpace(c.text) != "" {
			filled++
		}
	}
	return filled > 1
}

// joinHeads gives each column the heads that stand above each other. A head
// that spans several columns (服役情况 over 入伍时间 and 退役时间) counts for
// those that have another below it.
func joinHeads(rows []row) []column {
	texts := map[int][]string{}
	for i, r := range rows {
		for _, c := range r.cells {
			text := strings.TrimSpace(c.text)
			if c.kind != cellText || text == "" {
				continue
			}
			if i > 0 && texts[c.col] == nil {
				if group := groupOver(rows[:i], c.col); group != "" {
					texts[c.col] = []string{group}
				}
			}
			texts[c.col] = append(texts[c.col], text)
		}
	}
	out := make([]column, 0, len(texts))
	for col, parts := range texts {
		out = append(out, meaning(col, parts))
	}
	sort.Slice(out, func(i, j int) bool { return out[i].col < out[j].col })
	return out
}

// groupOver is the nearest head to the left in the rows above.
func groupOver(rows []row, col int) string {
	last := rows[len(rows)-1]
	text := ""
	for _, c := range last.cells {
		if c.col < col && strings.TrimSpace(c.text) != "" {
			text = strings.TrimSpace(c.text)
		}
	}
	return text
}

// meaning settles what stacked heads say: all of them together, the lowest
// alone unless the group speaks of another person, or the highest alone.
func meaning(col int, parts []string) column {
	title := strings.Join(strings.Fields(strings.Join(parts, "")), "")
	c := column{col: col, title: title, head: newHead(strings.Join(parts, ""))}
	field, ok := c.head.field()
	if ok || len(parts) == 1 {
		c.field = field
		return c
	}
	last := newHead(parts[len(parts)-1])
	if field, ok = last.field(); ok && !speaksOfOthers(c.head) {
		c.head, c.field = last, field
		return c
	}
	if last.short == "" || hint(last.full) {
		c.head = newHead(parts[0])
		c.field, _ = c.head.field()
	}
	return c
}

func speaksOfOthers(h head) bool {
	for _, word := range others {
		if strings.Contains(h.full, word) {
			return true
		}
	}
	return false
}

// hint reports a word below a head that only says how to fill it in.
func hint(text string) bool {
	for _, word := range []string{"必填", "选填", "填写", "格式", "年月", "位", "是否", "下拉", "例"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
