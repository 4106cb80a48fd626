package roster

import (
	"sort"
	"strings"

	"rongyuan/store/record"
)

// sample is how many rows are held back until the sheet is understood: the
// header and enough people to judge the columns by.
const sample = 80

// sheetReader makes drafts of the rows of one sheet, as they come.
type sheetReader struct {
	*reader
	part   sheetPart
	sheet  Sheet
	drafts []record.Draft
	hidden int

	held    []row // until the sheet is understood
	layout  *layout
	code    record.Code // why the sheet is no roster
	columns map[string]string
	place   string // the community of the rows, when no column names it
	blanks  int    // rows without a person since the last person
	last    int
}

// take takes a row with content.
func (s *sheetReader) take(r *row) error {
	switch {
	case s.code != "":
		return nil
	case s.layout != nil:
		return s.row(r)
	}
	s.held = append(s.held, row{r.num, r.hidden, append([]cell(nil), r.cells...)})
	if len(s.held) < sample {
		return nil
	}
	return s.understand()
}

// understand settles the layout by the rows held back, and reads them.
func (s *sheetReader) understand() error {
	if len(s.held) == 0 {
		s.code = record.CodeNoSheet
		return nil
	}
	l, code := understand(s.held, s.opt.Mapping, s.heal)
	if code != "" {
		s.code, s.held = code, nil
		return nil
	}
	above := s.held[:l.first]
	if classified(above) {
		return record.Fail(record.CodeSensitive, s.part.name)
	}
	s.layout = l
	s.place = s.sheetPlace(above)
	s.sheet = Sheet{Name: s.part.name, Hidden: s.part.hidden, Skipped: len(above), Fingerprint: l.mark, form: l.form}
	for _, r := range s.held[l.first : l.first+l.depth] {
		s.sheet.HeaderRows = append(s.sheet.HeaderRows, r.num)
		s.last = r.num
	}
	s.sheet.Mapping, s.sheet.Ignored = l.mapping()
	s.sheet.Notes = l.notes
	rows := s.held[l.first+l.depth:]
	s.held = nil
	for i := range rows {
		if err := s.row(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// classified reports a title that bears a grade of secrecy: such a paper is
// not to be on this machine at all.
func classified(rows []row) bool {
	for _, r := range rows {
		for _, c := range r.cells {
			if secretGrade.MatchString(c.text) {
				return true
			}
		}
	}
	return false
}

// sheetPlace is the community that the name of the sheet or its title gives,
// when no column does.
func (s *sheetReader) sheetPlace(above []row) string {
	if s.layout.has(fieldVillage) {
		return ""
	}
	if name := placeTitle(s.part.name); placeName(name) || s.heal.known(name) {
		return name
	}
	for _, r := range above {
		first, _ := leading(&r)
		name, _, found := strings.Cut(squeeze(first), "退役军人")
		if i := strings.LastIndex(name, "街道"); i >= 0 {
			name = name[i+len("街道"):]
		}
		if found && placeName(name) {
			return name
		}
	}
	return ""
}

// row reads one row below the header.
func (s *sheetReader) row(r *row) error {
	switch kind := s.layout.classify(r); kind {
	case rowPerson:
		s.sheet.Skipped += s.blanks
		s.blanks = 0
		return s.people(r)
	case rowBlank:
		s.blanks++ // counted when people follow: a form's empty tail is no row
	case rowPlace:
		if !s.layout.has(fieldVillage) {
			first, _ := leading(r)
			s.place = placeTitle(first)
		}
		s.sheet.Skipped++
	default:
		s.sheet.Skipped++
	}
	return nil
}

// people makes the drafts of a row: one, or one for each block that is filled.
func (s *sheetReader) people(r *row) error {
	if r.hidden {
		s.hidden++
	}
	for _, block := range s.layout.blocks {
		if len(s.layout.blocks) > 1 && !filled(r, block) {
			continue
		}
		if s.sheet.Rows == maxRows {
			return record.Fail(record.CodeTooManyRows, "100000")
		}
		s.sheet.Rows++
		s.drafts = append(s.drafts, s.draft(r, block))
	}
	return nil
}

func filled(r *row, block []column) bool {
	for _, c := range block {
		if (c.field == fieldName || c.field == fieldID) && strings.TrimSpace(r.at(c.col).text) != "" {
			return true
		}
	}
	return false
}

func (s *sheetReader) draft(r *row, block []column) record.Draft {
	d := record.Draft{Sheet: s.part.name, Row: r.num, Columns: s.lettersOf(block)}
	h := s.heal
	h.draft, h.number, h.stops = &d, record.IDReading{}, false
	i := 0
	for _, c := range block {
		for i < len(r.cells) && r.cells[i].col < c.col {
			i++
		}
		if i < len(r.cells) && r.cells[i].col == c.col && !ignored(c.field) {
			h.heal(r.cells[i], c)
		}
	}
	if s.place != "" && d.Volunteer.VillageName == "" {
		h.healVillage(s.place)
	}
	s.assumed = s.assumed || d.Volunteer.Agreement.Date == ""
	h.finish()
	return d
}

// lettersOf is field → letters of the columns; the drafts of a block share it.
func (s *sheetReader) lettersOf(block []column) map[string]string {
	if s.columns != nil && len(s.layout.blocks) == 1 {
		return s.columns
	}
	out := map[string]string{}
	for _, c := range block {
		if !ignored(c.field) && out[c.field] == "" {
			out[c.field] = Letters(c.col)
		}
	}
	s.columns = out
	return out
}

// end is called after the last row.
func (s *sheetReader) end(merges []span) error {
	if s.layout == nil && s.code == "" {
		if err := s.understand(); err != nil {
			return err
		}
	}
	if s.code != "" {
		return record.Fail(s.code, s.part.name)
	}
	s.fillDown(merges)
	s.tellVillages()
	return nil
}

// fillDown gives the community of a merged cell to all rows that it spans. Only
// what many people share is filled down: a merged name is a fault.
func (s *sheetReader) fillDown(merges []span) {
	for _, block := range s.layout.blocks {
		for _, c := range block {
			if c.field != fieldVillage && c.field != fieldTeam {
				continue
			}
			for _, m := range merges {
				if m.left <= c.col && c.col <= m.right && m.bottom > m.top {
					s.fill(c.field, m)
				}
			}
		}
	}
}

func (s *sheetReader) fill(field string, m span) {
	first := sort.Search(len(s.drafts), func(i int) bool { return s.drafts[i].Row >= m.top })
	if first == len(s.drafts) || s.drafts[first].Row != m.top {
		return
	}
	from := s.drafts[first]
	for i := first + 1; i < len(s.drafts) && s.drafts[i].Row <= m.bottom; i++ {
		d := &s.drafts[i]
		switch {
		case field == fieldTeam && d.TeamName == "":
			d.TeamName = from.TeamName
		case field == fieldVillage && d.Volunteer.VillageName == "":
			d.Volunteer.Village, d.Volunteer.VillageName = from.Volunteer.Village, from.Volunteer.VillageName
		}
	}
}

// tellVillages names each community that the table does not know, once.
func (s *sheetReader) tellVillages() {
	if s.opt.Villages == nil {
		return
	}
	told := map[string]bool{}
	for i := range s.drafts {
		v := &s.drafts[i].Volunteer
		if v.VillageName == "" || v.Village != "" || told[v.VillageName] {
			continue
		}
		told[v.VillageName] = true
		s.sheet.Notes.Add(record.LevelWarning, fieldVillage, record.CodeVillageUnknown, v.VillageName)
	}
}
