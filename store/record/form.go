package record

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// FormKind says what the rows of a part of a district's form are.
type FormKind string

// What may stand in a part of a form.
const (
	FormPeople     FormKind = "people"     // a row for each person
	FormTeams      FormKind = "teams"      // a row for each team
	FormActivities FormKind = "activities" // a row for each activity
	FormLines      FormKind = "lines"      // a row for each of the seven task lines
	FormVillages   FormKind = "villages"   // a row for each community
	FormCells      FormKind = "cells"      // single values in single cells
)

// FormKinds are the kinds in the order in which they are offered.
func FormKinds() []FormKind {
	return []FormKind{FormPeople, FormTeams, FormActivities, FormLines, FormVillages, FormCells}
}

// FormPart is a part of a form that is filled by one rule.
type FormPart struct {
	Sheet int      `json:"sheet"` // the place of the sheet in the workbook, from 1
	Kind  FormKind `json:"kind"`
	// From and To are the first and the last row to fill, as a spreadsheet
	// counts. From 0 is below the heads, To 0 as far as there is room. Cells have
	// none.
	From int `json:"from,omitempty"`
	To   int `json:"to,omitempty"`
	// Columns is letter → field of [FormFields]. A column that is not in it is
	// left as it is.
	Columns map[string]string `json:"columns,omitempty"`
	// Match is the letter of the column in which the names stand already, so
	// that each row gets its own; "" fills the rows in order.
	Match string `json:"match,omitempty"`
	// Who narrows the people: one of [FormCrowds].
	Who string `json:"who,omitempty"`
	// Cells is cell → field, of [FormCells] only.
	Cells map[string]string `json:"cells,omitempty"`
}

// FormCrowds are the groups of people that a form may ask for, by the day or
// the time of the period.
func FormCrowds() Table {
	return Table{"form_crowd", []Term{
		{"", "全部在册志愿者", nil},
		{"served", "本期有服务时长的", nil},
		{"joined", "本期新增的", nil},
		{"party", "党员", nil},
		{"veterans", "全部退役军人", nil},
	}}
}

// FormMapping says how a form is filled. It knows heads and no person.
type FormMapping struct {
	Name  string     `json:"name,omitempty"` // of the file in which it was settled
	Parts []FormPart `json:"parts"`
}

// FormMappings are those that a station has settled, by the fingerprint of the
// form's heads.
type FormMappings struct {
	Forms map[string]FormMapping `json:"forms"`
}

// LoadFormMappings reads what [FormMappings.Save] wrote, or a single mapping,
// which then holds for any form. Each part is checked.
func LoadFormMappings(r io.Reader) (FormMappings, error) {
	var both struct {
		FormMappings
		FormMapping
	}
	if err := json.NewDecoder(io.LimitReader(r, 4<<20)).Decode(&both); err != nil {
		return both.FormMappings, FailField("mapping", CodeMalformed).Because(err)
	}
	m := both.FormMappings
	if m.Forms == nil {
		m.Forms = map[string]FormMapping{}
	}
	if len(both.Parts) > 0 {
		m.Forms[anyForm] = both.FormMapping
	}
	for _, form := range m.Forms {
		if found := form.Check(); len(found.Errors()) > 0 {
			return m, FailField("mapping", CodeMalformed)
		}
	}
	return m, nil
}

// anyForm stands for a mapping that names no form.
const anyForm = ""

// For is the mapping of a form by its fingerprint.
func (m FormMappings) For(fingerprint string) (FormMapping, bool) {
	if one, has := m.Forms[fingerprint]; has {
		return one, true
	}
	one, has := m.Forms[anyForm]
	return one, has
}

// Save writes the mappings.
func (m FormMappings) Save(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(m); err != nil {
		return FailField("mapping", CodeFileUnwritten).Because(err)
	}
	return nil
}

// The rows and columns that a spreadsheet has.
const (
	mostFormRows    = 1 << 20
	mostFormColumns = 1 << 14
)

// Check finds parts that no form can have.
func (m FormMapping) Check() Problems {
	var p Problems
	for _, part := range m.Parts {
		if !part.sound() {
			p.Add(LevelError, "mapping", CodeMalformed)
		}
	}
	return p
}

func (p FormPart) sound() bool {
	if p.Sheet < 1 || !slices.Contains(FormKinds(), p.Kind) {
		return false
	}
	known := func(field string) bool {
		return field == "" || slices.ContainsFunc(FormFields(p.Kind), func(f FormField) bool { return f.Field == field })
	}
	if p.Kind == FormCells {
		for cell, field := range p.Cells {
			if _, _, ok := CellPlace(cell); !ok || !known(field) {
				return false
			}
		}
		return true
	}
	for letter, field := range p.Columns {
		if _, ok := ColumnNumber(letter); !ok || !known(field) {
			return false
		}
	}
	if _, ok := ColumnNumber(p.Match); p.Match != "" && !ok {
		return false
	}
	crowd := slices.ContainsFunc(FormCrowds().Terms, func(t Term) bool { return t.Code == p.Who })
	return crowd && p.From >= 0 && p.From <= mostFormRows && (p.To == 0 || p.To >= max(1, p.From) && p.To <= mostFormRows)
}

// Wants are the fields that a part fills, each once, in a fixed order.
func (p FormPart) Wants() []string {
	var out []string
	for _, field := range slices.Sorted(maps.Values(p.Columns)) {
		if field != "" && !slices.Contains(out, field) {
			out = append(out, field)
		}
	}
	for _, field := range slices.Sorted(maps.Values(p.Cells)) {
		if field != "" && !slices.Contains(out, field) {
			out = append(out, field)
		}
	}
	return out
}

// Personal reports whether a form names people, so that whole numbers in it
// need a right and a reason.
func (m FormMapping) Personal() bool {
	for _, part := range m.Parts {
		for _, field := range part.Wants() {
			switch field {
			case "id_number", "phones", "birth", "leader_phone", "emergency_phone":
				return true
			}
		}
	}
	return false
}

// ColumnNumber is the number of a column by its letters, A being 1.
func ColumnNumber(letters string) (int, bool) {
	n := 0
	for _, r := range letters {
		if r < 'A' || r > 'Z' || n > mostFormColumns {
			return 0, false
		}
		n = n*26 + int(r-'A') + 1
	}
	return n, n >= 1 && n <= mostFormColumns
}

// ColumnLetters are the letters of a column, 1 being A.
func ColumnLetters(n int) string {
	out := ""
	for ; n > 0; n = (n - 1) / 26 {
		out = string(rune('A'+(n-1)%26)) + out
	}
	return out
}

// CellPlace reads B7.
func CellPlace(cell string) (column, row int, ok bool) {
	letters := strings.TrimRight(cell, "0123456789")
	digits := cell[len(letters):]
	row, err := strconv.Atoi(digits)
	column, known := ColumnNumber(letters)
	return column, row, known && err == nil && row >= 1 && row <= mostFormRows && digits[0] != '0'
}

// FormSource is what a form is filled from: the figures of the period exactly
// as the report has them, and the records behind them.
type FormSource struct {
	Report PeriodReport
	// People are all that are not sealed, each with the time of the period.
	People []FormPerson
	Teams  []FormTeam
	// Serial is the export's number in the station's log.
	Serial string
}

// FormPerson is a person with the post and the time that a form asks for.
type FormPerson struct {
	Volunteer
	Team, Post string // the main team at the end of the period
	Count      int64  // activities of the period with service time
	Minutes    int64  // of the period
	YearTotal  int64  // minutes since the first of January of the period's last year
}

// FormTeam is a team with its people at the end of the period.
type FormTeam struct {
	Team
	Leader         Volunteer // without a name when there is none
	Members, Party int64
}
