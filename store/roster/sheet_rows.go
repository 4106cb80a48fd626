package roster

import (
	"slices"
	"strconv"
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
	hidden int // rows

	held    []row // until the sheet is understood
	layout  *layout
	code    record.Code // why the sheet is no roster
	columns map[string]string
	place   string // the community of the rows, when no column names it
	blanks  int    // rows without a person since the last person
	last    int
	fill    filling
	crew    crew
	unknown map[string]bool // communities that were told
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
	s.heal.trust = trustIn(s.held[l.first+l.depth:], l, s.opt.Today)
	s.crew.heal = *s.heal
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
	s.fill.note(r, s.layout)
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
			return tooManyRows()
		}
		s.sheet.Rows++
		below, err := s.fillDown(r, block)
		if err != nil {
			return err
		}
		if s.crew.add(job{*r, block, s.place, below, s.lettersOf(block), s.part.name}) {
			if err := s.crew.take(s.draft); err != nil {
				return err
			}
		}
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

// draft takes a draft that the crew has made.
func (s *sheetReader) draft(d record.Draft) error {
	s.tellVillage(&d)
	return s.give(d)
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
func (s *sheetReader) end(found shape) error {
	if s.layout == nil && s.code == "" {
		if err := s.understand(); err != nil {
			return err
		}
	}
	if s.code != "" {
		return record.Fail(s.code, s.part.name)
	}
	for s.crew.start(); len(s.crew.waiting) > 0; {
		if err := s.crew.take(s.draft); err != nil {
			return err
		}
	}
	s.assumed = s.assumed || s.crew.undated
	if s.hidden > 0 {
		s.sheet.Notes.Add(record.LevelWarning, "", record.CodeRowsHidden, strconv.Itoa(s.hidden))
	}
	if letters := s.hiddenColumns(found.hidden); letters != "" {
		s.sheet.Notes.Add(record.LevelWarning, "", record.CodeColumnsHidden, letters)
	}
	if s.fill.asks() {
		s.sheet.Notes.Add(record.LevelReview, fieldVillage, record.CodeFillDown, strconv.Itoa(s.fill.blank))
	}
	return nil
}

// hiddenColumns are the letters of the hidden columns that have a head: they
// were read like the others.
func (s *sheetReader) hiddenColumns(hidden []int) string {
	var out []string
	for _, c := range s.layout.columns {
		if slices.Contains(hidden, c.col) {
			out = append(out, Letters(c.col))
		}
	}
	return strings.Join(out, "、")
}

// mostUnknown is how many communities are named that the table does not know:
// more is a column that was taken for another.
const mostUnknown = 50

// tellVillage names each community that the table does not know, once.
func (s *sheetReader) tellVillage(d *record.Draft) {
	v := d.Volunteer
	if s.opt.Villages == nil || v.VillageName == "" || v.Village != "" || s.unknown[v.VillageName] || len(s.unknown) == mostUnknown {
		return
	}
	if s.unknown == nil {
		s.unknown = map[string]bool{}
	}
	s.unknown[v.VillageName] = true
	s.sheet.Notes.Add(record.LevelWarning, fieldVillage, record.CodeVillageUnknown, v.VillageName)
}
