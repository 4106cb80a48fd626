package record

// Honour is a commendation of a person: its level, the number of the document
// that says so, its day and who gave it (Decree 67, article 10).
type Honour struct {
	ID      HonourID `json:"-"`
	Version int64    `json:"-"`

	Volunteer VolunteerID `json:"volunteer"`
	Day       Day         `json:"day"`
	Title     string      `json:"title"`
	Level     string      `json:"level"`
	// Document is the number of the document (文号), "" where there is none.
	Document string `json:"document,omitempty"`
	Issuer   string `json:"issuer"`
	Note     string `json:"note,omitempty"`
	// Withdrawn marks a record that was taken back: it is in no list or figure.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// HonourLevels are the levels of those who give honours.
func HonourLevels() Table {
	return Table{"honour_level", []Term{
		{"nation", "国家级", []string{"全国"}},
		{"city", "市级", []string{"省级", "天津市"}},
		{"district", "区级", []string{"县级"}},
		{"town", "街镇级", []string{"街道级", "乡镇级"}},
		{"community", "社区级", []string{"村级", "站级"}},
	}}
}

// Check finds what is wrong with an honour.
func (h Honour) Check(today Day) Problems {
	var p Problems
	checkPersonal(&p, h.Volunteer, h.Day, today)
	p.checkTitle(h.Title)
	if h.Level == "" {
		p.Add(LevelError, "level", CodeRequired)
	}
	HonourLevels().check(&p, "level", h.Level)
	p.checkText("document", h.Document, 60)
	if h.Issuer == "" {
		p.Add(LevelError, "issuer", CodeRequired)
	}
	p.checkText("issuer", h.Issuer, 100)
	p.checkText("note", h.Note, 400)
	return p
}
