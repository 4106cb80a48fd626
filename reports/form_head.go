package reports

import (
	"slices"
	"strings"
	"unicode"

	"rongyuan/assets"
	"rongyuan/store/record"
)

// The heads of a table are looked for in so many rows, and are so deep.
const (
	headsWithin = 40
	headDepth   = 3
	headLongest = 24 // characters; what is longer is a title or a note
	mostColumns = 200
)

// FormHead is a column of a form's table.
type FormHead struct {
	Column string // letters
	Head   string // what stands over it, of two-level heads both
	// Field is what it is taken for, "" when nobody knows.
	Field string
	// Below is what stands in the first rows, as far as it is not empty.
	Below []string
	// Formula says that the column computes itself.
	Formula bool
}

// FormLabel is an empty cell with a word beside or above it, which asks for a
// single value.
type FormLabel struct {
	Cell  string
	Label string
	Field string // what it is taken for, "" when nobody knows
}

// FormSheet is what is found on a sheet of a form, ready to be changed by hand.
type FormSheet struct {
	Name      string
	Place     int // from 1
	Hidden    bool
	Protected bool
	// Table says that a table was found; Kind, From, To and Match are then as in
	// [record.FormPart].
	Table    bool
	Kind     record.FormKind
	From, To int
	Match    string
	Heads    []FormHead
	Labels   []FormLabel
}

// Sheets tells what the form asks for. Charts and sheets without cells are
// left out.
func (f *Form) Sheets() []FormSheet {
	var out []FormSheet
	for i, s := range f.sheets {
		if len(s.part.xml) == 0 || len(s.rows) == 0 {
			continue
		}
		one := FormSheet{Name: s.name, Place: i + 1, Hidden: s.hidden, Protected: s.protected}
		t := s.table()
		if t != nil {
			one.Table, one.Kind, one.From, one.To, one.Match, one.Heads = true, t.kind, t.from, t.to, t.match, s.describe(t)
		}
		one.Labels = s.labels(t)
		out = append(out, one)
	}
	return out
}

// Suggest is the mapping that the heads themselves give. Hidden sheets are not
// filled unless somebody says so.
func (f *Form) Suggest() record.FormMapping {
	var m record.FormMapping
	for _, s := range f.Sheets() {
		if !s.Hidden {
			m.Parts = append(m.Parts, s.Parts()...)
		}
	}
	return m
}

// Parts are the parts that a sheet's own words give.
func (s FormSheet) Parts() []record.FormPart {
	var out []record.FormPart
	if s.Table {
		p := record.FormPart{Sheet: s.Place, Kind: s.Kind, Match: s.Match, Columns: map[string]string{}}
		for _, h := range s.Heads {
			if h.Field != "" {
				p.Columns[h.Column] = h.Field
			}
		}
		if len(p.Columns) > 0 {
			out = append(out, p)
		}
	}
	cells := map[string]string{}
	for _, l := range s.Labels {
		if l.Field != "" {
			cells[l.Cell] = l.Field
		}
	}
	if len(cells) > 0 {
		out = append(out, record.FormPart{Sheet: s.Place, Kind: record.FormCells, Cells: cells})
	}
	return out
}

// table is a table that was found on a sheet.
type foundTable struct {
	kind     record.FormKind
	top, at  int // the first and the last row of heads
	from, to int
	match    string
	heads    map[int][]string // by column, from the top
	fields   map[int]string
}

// table finds the heads that know the most fields of one kind. A table without
// room below is none.
func (s *gridSheet) table() *foundTable {
	var best *foundTable
	score := 1 // one word alone makes no table
	for _, r := range s.rows {
		if r.num > s.rows[0].num+headsWithin {
			break
		}
		for depth := 1; depth <= headDepth && depth <= r.num; depth++ {
			heads := s.headsAt(r.num-depth+1, r.num)
			for _, kind := range record.FormKinds() {
				fields, n := understood(kind, heads)
				if n > score || n == score && best != nil && best.kind == kind && r.num > best.at && depth == best.at-best.top+1 && s.sameHeads(best.at, r.num) {
					best, score = &foundTable{kind: kind, top: r.num - depth + 1, at: r.num, heads: heads, fields: fields}, n
				}
			}
		}
	}
	if best == nil || !s.room(best) {
		return nil
	}
	return best
}

// sameHeads reports two rows that show the same heads, as merged ones do.
func (s *gridSheet) sameHeads(upper, lower int) bool {
	a, b := s.headsAt(upper, upper), s.headsAt(lower, lower)
	for col, head := range a {
		if !slices.Equal(head, b[col]) {
			return false
		}
	}
	return len(a) > 0
}

// headsAt are the words over each column in a block of rows. A merged title
// over everything is no head.
func (s *gridSheet) headsAt(top, bottom int) map[int][]string {
	out := map[int][]string{}
	for col := 1; col <= s.width(); col++ {
		for row := top; row <= bottom; row++ {
			if c := s.at(s.anchor(row, col)); c == nil || c.formula {
				continue
			}
			text := s.textAt(row, col)
			if text == "" || len([]rune(text)) > headLongest || numeric(text) || s.wide(row, col) {
				continue
			}
			if have := out[col]; len(have) == 0 || have[len(have)-1] != text {
				out[col] = append(have, text)
			}
		}
	}
	return out
}

// width is the last column that holds a cell.
func (s *gridSheet) width() int {
	n := 0
	for _, r := range s.rows {
		if len(r.cells) > 0 {
			n = max(n, r.cells[len(r.cells)-1].col)
		}
	}
	return min(n, mostColumns)
}

// wide reports a cell that is merged over more than half of the sheet: a title.
func (s *gridSheet) wide(row, col int) bool {
	for _, m := range s.merges {
		if m.holds(row, col) && m.right-m.left+1 > 3 && 2*(m.right-m.left+1) > s.width() {
			return true
		}
	}
	return false
}

// understood gives columns their fields. A table of a kind needs the head that
// names its rows; a field that two columns claim belongs to neither.
func understood(kind record.FormKind, heads map[int][]string) (map[int]string, int) {
	key := map[record.FormKind]string{record.FormPeople: "name", record.FormTeams: "name", record.FormActivities: "title", record.FormLines: "name", record.FormVillages: "name"}[kind]
	if key == "" {
		return nil, 0
	}
	out, claims := map[int]string{}, map[string]int{}
	for col, words := range heads {
		if field := meaningOf(kind, words); field != "" {
			out[col] = field
			claims[field]++
		}
	}
	n := 0
	for col, field := range out {
		if claims[field] > 1 {
			if field == key || field == "row" { // the first one is it
				if col != firstOf(out, field) {
					delete(out, col)
				}
				continue
			}
			delete(out, col)
		}
	}
	for _, field := range out {
		if field != "row" {
			n++
		}
	}
	if claims[key] == 0 {
		return out, 0
	}
	return out, n
}

func firstOf(fields map[int]string, field string) int {
	first := 0
	for col, one := range fields {
		if one == field && (first == 0 || col < first) {
			first = col
		}
	}
	return first
}

// meaningOf reads stacked heads: all of them together, the lowest, the highest.
func meaningOf(kind record.FormKind, words []string) string {
	tries := []string{strings.Join(words, "")}
	if n := len(words); n > 1 {
		tries = append(tries, words[n-1], words[0])
	}
	for _, one := range tries {
		if field := fieldOf(kind, one); field != "" {
			return field
		}
	}
	return ""
}

// fieldOf is the field that a head names, "" for none.
func fieldOf(kind record.FormKind, head string) string {
	whole, bare := plainHead(head, true), plainHead(head, false)
	minutes := strings.Contains(head, "分钟")
	for _, f := range record.FormFields(kind) {
		for _, name := range append([]string{f.Label}, f.Heads...) {
			if plainHead(name, true) == whole {
				return f.Field
			}
		}
	}
	if bare == whole || bare == "" {
		return ""
	}
	field := fieldOf(kind, bare)
	if minutes && field == "hours" {
		return "minutes"
	}
	return field
}

// plainHead is a head without spaces, colons and stars, brackets kept or not.
func plainHead(head string, brackets bool) string {
	var out strings.Builder
	inside := 0
	for _, r := range record.Narrow(head) {
		switch {
		case r == '(' || r == '（' || r == '[' || r == '【':
			inside++
		case r == ')' || r == '）' || r == ']' || r == '】':
			inside--
		case unicode.IsSpace(r) || strings.ContainsRune(":：*＊、，,。./\\-—_·", r):
		case inside > 0 && !brackets:
		default:
			out.WriteRune(unicode.ToLower(r))
		}
	}
	return out.String()
}

func numeric(text string) bool {
	return text != "" && strings.Trim(text, "0123456789.,-+%() ") == ""
}

// totalWord reports what begins a total, a note or the line of signatures.
func totalWord(text string) bool {
	plain := plainHead(text, true)
	for _, word := range []string{"合计", "总计", "小计", "累计", "共计", "填报", "填表", "审核", "单位负责人", "负责人签字", "分管领导", "备注", "说明", "注", "制表", "主要领导", "联系人", "经办人", "报送"} {
		if strings.HasPrefix(plain, word) {
			return true
		}
	}
	return false
}

// room finds the rows below the heads, and whether they name what they want.
func (s *gridSheet) room(t *foundTable) bool {
	t.from = t.at + 1
	for s.counting(t.from, t) {
		t.from++
	}
	key := 0
	for col, field := range t.fields {
		if (field == "name" || field == "title") && (key == 0 || col < key) {
			key = col
		}
	}
	named := 0
	t.to = s.roomFrom(t.from)
	for row := t.from; row <= max(t.to, s.lastRow()); row++ {
		if t.to > 0 && row > t.to {
			break
		}
		if c := s.at(s.anchor(row, key)); c != nil && !c.formula && s.textAt(row, key) != "" {
			named++
		}
	}
	if named > 0 && t.kind != record.FormPeople && t.kind != record.FormActivities {
		t.match = record.ColumnLetters(key)
		t.kind = s.ofNames(t, key)
		t.fields, _ = understood(t.kind, t.heads)
	}
	return t.to == 0 || t.to >= t.from
}

// roomFrom is the last row of a table that begins in a row, 0 when nothing
// stands below it.
func (s *gridSheet) roomFrom(from int) int {
	last := max(s.lastRow(), from)
	for row := from; row <= last; row++ {
		if s.ends(row) {
			return row - 1
		}
	}
	if s.crowded(last) {
		return last
	}
	return 0
}

// counting reports the row of numbers that some forms have below their heads.
func (s *gridSheet) counting(row int, t *foundTable) bool {
	n, follow := 0, 0
	for col := range t.heads {
		text := s.textAt(row, col)
		if top, _ := s.anchor(row, col); top != row || text == "" {
			continue
		}
		n++
		if numeric(text) || strings.ContainsAny(text, "甲乙丙丁") && len([]rune(text)) == 1 {
			follow++
		}
	}
	return n > 2 && follow == n && 2*n >= len(t.heads)
}

// ends reports a row that is no more of the table.
func (s *gridSheet) ends(row int) bool {
	r := s.row(row)
	if r == nil {
		return false
	}
	for i, c := range r.cells {
		if i < 4 && totalWord(c.text) {
			return true
		}
	}
	return false
}

// crowded reports that something lies right below a row, so that the table
// cannot grow.
func (s *gridSheet) crowded(row int) bool {
	for _, m := range s.merges {
		if m.top <= row+1 && m.bottom > row {
			return true
		}
	}
	return false
}

// ofNames settles what rows with names are: a head such as 类别 or 名称 is said
// of task lines, communities and teams alike.
func (s *gridSheet) ofNames(t *foundTable, key int) record.FormKind {
	last := t.to
	if last == 0 {
		last = s.lastRow()
	}
	lines, places, n := 0, 0, 0
	for row := t.from; row <= last; row++ {
		text := s.textAt(row, key)
		if text == "" {
			continue
		}
		n++
		if _, ok := lineOf(text); ok {
			lines++
		}
		if strings.HasSuffix(text, "社区") || strings.HasSuffix(text, "村") || strings.HasSuffix(text, "居委会") || strings.HasSuffix(text, "里") {
			places++
		}
	}
	switch {
	case 2*lines > n:
		return record.FormLines
	case 2*places > n:
		return record.FormVillages
	}
	return t.kind
}

// lineOf is the task line that a form names.
func lineOf(text string) (string, bool) {
	plain := strings.TrimLeft(plainHead(text, false), "0123456789一二三四五六七")
	if code, ok := record.Lines().CodeOf(plain); ok {
		return code, true
	}
	return record.Lines().CodeOf(text)
}

// named finds the line that a form's row means, -1 for none: the same words, or
// the only one of which the form writes more or less.
func named(rows []formLine, text string) int {
	plain := plainHead(text, false)
	if code, ok := lineOf(text); ok {
		for i, row := range rows {
			if row.name == record.Lines().NameOf(code) {
				return i
			}
		}
	}
	found := -1
	for i, row := range rows {
		name := plainHead(row.name, false)
		switch {
		case name == plain, assets.VillageStem(name) != "" && assets.VillageStem(name) == assets.VillageStem(plain):
			return i
		case name == "" || !strings.Contains(name, plain) && !strings.Contains(plain, name):
		case found >= 0:
			return -1
		default:
			found = i
		}
	}
	return found
}

// describe tells of each column what is known of it.
func (s *gridSheet) describe(t *foundTable) []FormHead {
	var out []FormHead
	last := 0
	for col := range t.fields {
		last = max(last, col)
	}
	for col := 1; col <= s.width(); col++ {
		words := t.heads[col]
		if len(words) == 0 && col > last {
			break // what stands beyond a gap is no column of the table
		}
		if len(words) == 0 {
			continue
		}
		h := FormHead{Column: record.ColumnLetters(col), Head: strings.Join(words, " "), Field: t.fields[col]}
		for row := t.from; row < t.from+3 && (t.to == 0 || row <= t.to); row++ {
			if c := s.at(s.anchor(row, col)); c != nil {
				h.Formula = h.Formula || c.formula
				if c.text != "" && !c.formula {
					h.Below = append(h.Below, c.text)
				}
			}
		}
		if h.Formula {
			h.Field = ""
		}
		out = append(out, h)
	}
	return out
}

// labels are the empty cells that a word beside or above them asks for, outside
// the table.
func (s *gridSheet) labels(t *foundTable) []FormLabel {
	var out []FormLabel
	taken := map[spot]bool{}
	for _, r := range s.rows {
		if t != nil && (r.num >= t.top && r.num <= t.at || r.num >= t.from && (t.to == 0 || r.num <= t.to)) {
			continue
		}
		for _, c := range r.cells {
			if c.formula || c.text == "" || numeric(c.text) || s.wide(c.row, c.col) || len([]rune(strings.TrimSpace(c.text))) > headLongest {
				continue
			}
			field := fieldOf(record.FormCells, c.text)
			at, ok := s.asked(c, t == nil, field)
			if !ok || taken[at] || field == "" && t != nil {
				continue
			}
			taken[at] = true
			out = append(out, FormLabel{cellName(at.col-1, at.row), strings.TrimSpace(c.text), field})
		}
	}
	once := map[string]int{}
	for _, l := range out {
		once[l.Field]++
	}
	for i := range out {
		if once[out[i].Field] > 1 {
			out[i].Field = "" // twice the same word: a person must say which
		}
	}
	return out
}

// asked is the empty cell to the right of a word, or below it when there is no
// table on the sheet.
func (s *gridSheet) asked(c *formCell, below bool, field string) (spot, bool) {
	right, bottom := c.col, c.row
	for _, m := range s.merges {
		if m.holds(c.row, c.col) {
			right, bottom = m.right, m.bottom
		}
	}
	free := func(row, col int) (spot, bool) {
		top, left := s.anchor(row, col)
		have := s.at(top, left)
		return spot{top, left}, !have.filled() && (have != nil || field != "")
	}
	if at, ok := free(c.row, right+1); ok {
		return at, true
	}
	if below && field != "" {
		return free(bottom+1, c.col)
	}
	return spot{}, false
}

// headTexts are the words of the heads, without figures: what the form is
// recognised by. Of a form without a table it is every word.
func (s *gridSheet) headTexts() []string {
	t := s.table()
	var out []string
	for _, r := range s.rows {
		if t != nil && (r.num < t.top || r.num > t.at) {
			continue // the title names the month, and somebody may have begun to write
		}
		for _, c := range r.cells {
			word := strings.Map(func(r rune) rune {
				if unicode.IsDigit(r) {
					return -1
				}
				return r
			}, plainHead(c.text, true))
			if word != "" && !c.formula {
				out = append(out, record.ColumnLetters(c.col)+word)
			}
		}
	}
	return out
}

// Look reads a sheet's heads where a person says that they stand: row is the
// lowest row of heads, counted as a spreadsheet does, and kind what the rows
// below it are. A row without heads gives a sheet without a table.
func (f *Form) Look(place, row int, kind record.FormKind) (FormSheet, bool) {
	if place < 1 || place > len(f.sheets) || row < 1 || len(f.sheets[place-1].part.xml) == 0 || len(f.sheets[place-1].headsAt(row, row)) == 0 {
		return FormSheet{}, false
	}
	s := f.sheets[place-1]
	t := &foundTable{kind: kind, at: row}
	score := -1
	for depth := 1; depth <= headDepth && depth <= row; depth++ {
		heads := s.headsAt(row-depth+1, row)
		fields, n := understood(kind, heads)
		if n > score && len(heads) > 0 {
			t.top, t.heads, t.fields, score = row-depth+1, heads, fields, n
		}
	}
	out := FormSheet{Name: s.name, Place: place, Hidden: s.hidden, Protected: s.protected}
	if len(t.heads) > 0 && s.room(t) {
		t.kind = kind
		if t.match != "" {
			t.fields, _ = understood(kind, t.heads)
		}
		out.Table, out.Kind, out.From, out.To, out.Match, out.Heads = true, kind, t.from, t.to, t.match, s.describe(t)
	} else {
		t = nil
	}
	out.Labels = s.labels(t)
	return out, out.Table
}
