package roster

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strings"

	"rongyuan/store/record"
)

// layout is what was understood of a sheet before its people are read.
type layout struct {
	header
	blocks [][]column // one for each person in a row; nearly always one
	notes  record.Problems
	form   Form
	mark   string // fingerprint of the heads
}

// understand finds the header in a sample of a sheet and settles what each
// column means: by a mapping that was saved for these heads, by the synonym
// table, and where that is unclear by the values.
func understand(rows []row, saved *Mapping, h *healer) (*layout, record.Code) {
	head, code := findHeader(rows)
	if code != "" {
		return nil, code
	}
	l := &layout{header: head}
	l.mark = fingerprint(l.columns)
	data := rows[head.first+head.depth:]
	if !saved.apply(l.mark, l.columns) {
		l.byValues(data, h)
	}
	if l.signIn(rows[:head.first]) {
		return nil, record.CodeSignInSheet
	}
	l.cutBlocks()
	l.form = formOf(l.columns)
	return l, ""
}

// fingerprint stands for the heads of a kind of sheet, whatever the rows hold.
func fingerprint(columns []column) string {
	var heads []string
	for _, c := range columns {
		heads = append(heads, Letters(c.col)+"="+newHead(c.title).full)
	}
	sum := sha256.Sum256([]byte(strings.Join(heads, "\n")))
	return hex.EncodeToString(sum[:8])
}

// signIn tells a sign-in sheet from a roster: several names in a row beside
// columns to sign in, or columns to sign in and no word about the person.
func (l *layout) signIn(above []row) bool {
	names, about := 0, 0
	signed := l.has(fieldSigned)
	for _, c := range l.columns {
		switch c.field {
		case fieldName:
			names++
		case fieldID, fieldBirth, fieldEnlisted, fieldDischarged, fieldKind, fieldPolitics, fieldEducation, fieldAddress:
			about++
		}
	}
	for _, r := range above {
		for _, c := range r.cells {
			signed = signed || (strings.Contains(squeeze(c.text), "签到") && about == 0)
		}
	}
	return signed && (names > 1 || about == 0)
}

// cutBlocks parts heads that repeat from left to right (names two to four
// across) into blocks, and settles heads that stand twice without such a
// pattern: the first holds, the others are ignored and told.
func (l *layout) cutBlocks() {
	if blocks := nameBlocks(l.columns); len(blocks) > 1 && alike(blocks) {
		l.blocks = blocks
		return
	}
	seen := map[string]bool{}
	for i, c := range l.columns {
		if ignored(c.field) || several(c.field) {
			continue
		}
		if seen[c.field] {
			l.columns[i].field = fieldNothing
			continue
		}
		seen[c.field] = true
	}
	l.blocks = [][]column{l.columns}
}

// nameBlocks parts the columns into one group for each name: before the serial
// numbers where every name has its own, else before the names.
func nameBlocks(columns []column) [][]column {
	names, serials := 0, 0
	for _, c := range columns {
		names += boolInt(c.field == fieldName)
		serials += boolInt(c.field == fieldSerial)
	}
	first := fieldName
	if serials == names && names > 0 && len(columns) > 0 && columns[0].field == fieldSerial {
		first = fieldSerial
	}
	var out [][]column
	begun := false
	for i, c := range columns {
		if out == nil || (c.field == first && begun) {
			out = append(out, columns[i:i:len(columns)])
		}
		begun = begun || c.field == first
		last := len(out) - 1
		out[last] = out[last][:len(out[last])+1]
	}
	return out
}

// alike reports groups that say the same of each person; a note or a serial
// number may stand once at the edge of the sheet.
func alike(blocks [][]column) bool {
	want := ""
	for i, block := range blocks {
		got := ""
		for _, c := range block {
			if !ignored(c.field) && c.field != fieldNote {
				got += c.field + " "
			}
		}
		if i > 0 && got != want {
			return false
		}
		want = got
	}
	return true
}

// mapping is what a result shows: the letter of each column that is read, and
// the heads of those that are not. 序号 is neither.
func (l *layout) mapping() (used, unused map[string]string) {
	used, unused = map[string]string{}, map[string]string{}
	for _, c := range l.columns {
		switch {
		case !ignored(c.field):
			used[Letters(c.col)] = c.field
		case c.field != fieldSerial:
			unused[Letters(c.col)] = c.title
			if c.field == fieldUnit {
				l.notes = append(l.notes, record.Problem{Level: record.LevelWarning, Code: record.CodeSensitive, Args: []string{c.title, Letters(c.col)}})
			} else {
				l.notes = append(l.notes, record.Problem{Level: record.LevelWarning, Code: record.CodeColumnIgnored, Args: []string{c.title, Letters(c.col)}})
			}
		}
	}
	return used, unused
}

// titled reports whether a row repeats the heads, as at the top of each page.
func (l *layout) titled(r *row) bool {
	same, filled := 0, 0
	for _, c := range l.columns {
		text := r.at(c.col).text
		if text == "" {
			continue
		}
		if !strings.Contains(c.title, text) {
			text = strings.Join(strings.Fields(text), "")
		}
		if text == "" {
			continue
		}
		filled++
		if strings.Contains(c.title, text) {
			same++
		} else if (filled-same)*4 > len(l.columns) {
			return false // too many others, whatever follows
		}
	}
	return same > 1 && same*4 >= filled*3
}

// sortedKeys are the keys of a mapping in the order of columns.
func sortedKeys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Slice(out, func(i, j int) bool {
		if len(out[i]) != len(out[j]) {
			return len(out[i]) < len(out[j])
		}
		return out[i] < out[j]
	})
	return out
}
