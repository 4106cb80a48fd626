package roster

import (
	"encoding/json"
	"io"

	"rongyuan/store/record"
)

// Mapping remembers, for kinds of sheets by the fingerprint of their heads,
// which column means which field.
type Mapping struct {
	Forms map[string]Form `json:"forms"`
}

// Form is the mapping of one kind of sheet.
type Form struct {
	// Columns is letter → field of [Fields]; "" for a column not to be read.
	Columns map[string]string `json:"columns"`
	// Heads is letter → head, for people who read the file.
	Heads map[string]string `json:"heads,omitempty"`
}

// LoadMapping reads a mapping that was saved.
func LoadMapping(r io.Reader) (*Mapping, error) {
	var m Mapping
	if err := json.NewDecoder(io.LimitReader(r, 1<<20)).Decode(&m); err != nil {
		return nil, record.FailField("mapping", record.CodeMalformed).Because(err)
	}
	known := map[string]bool{fieldNothing: true}
	for _, field := range Fields() {
		known[field] = true
	}
	for _, form := range m.Forms {
		for _, field := range form.Columns {
			if !known[field] {
				return nil, record.FailField("mapping", record.CodeMalformed)
			}
		}
	}
	return &m, nil
}

// Save writes the mapping.
func (m Mapping) Save(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(m); err != nil {
		return record.FailField("mapping", record.CodeFileUnwritten).Because(err)
	}
	return nil
}

// Mapping is what the sheets of the book were read by, ready to be changed by
// hand, handed back in [Options] and saved.
func (b Book) Mapping() Mapping {
	m := Mapping{Forms: map[string]Form{}}
	for _, s := range b.Sheets {
		if s.Fingerprint != "" {
			m.Forms[s.Fingerprint] = s.form
		}
	}
	return m
}

// apply puts the saved fields into the columns; false when nothing was saved
// for these heads.
func (m *Mapping) apply(mark string, columns []column) bool {
	if m == nil {
		return false
	}
	form, ok := m.Forms[mark]
	if !ok {
		return false
	}
	for i, c := range columns {
		field := form.Columns[Letters(c.col)]
		if field == fieldNothing && (c.field == fieldSerial || c.field == fieldUnit) {
			continue
		}
		columns[i].field = field
	}
	return true
}

func formOf(columns []column) Form {
	f := Form{Columns: map[string]string{}, Heads: map[string]string{}}
	for _, c := range columns {
		letter := Letters(c.col)
		f.Heads[letter] = c.title
		f.Columns[letter] = fieldNothing
		if !ignored(c.field) {
			f.Columns[letter] = c.field
		}
	}
	return f
}
