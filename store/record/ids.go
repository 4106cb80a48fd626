package record

import "strings"

// The identifiers of records are types, so that one cannot stand where another
// is meant. Each is the text of a UUID version 7 that the store makes.
type (
	VolunteerID   string // a person, served or serving
	TeamID        string // a volunteer team
	MembershipID  string // one person's time in one team
	BrandID       string // a brand project
	ActivityID    string // an activity
	ConsentID     string // a person's agreement to a voluntary extra
	CertificateID string // an application for a certificate, and what became of it
	EntryID       string // one entry of service time
	TrainingID    string // a training that a person took part in
	HonourID      string // a commendation of a person
	TransferID    string // a person's move to or from another station
	ReviewID      string // the review of an entry that went over a limit
	CorrectionID  string // a request to correct an entry
	ObjectionID   string // what a volunteer says against the record
	OutsideID     string // a line of another system's ledger
	BatchID       string // an import, or another group of operations that is undone together
)

// StationCode is the code of a station: the nine digits of its street or town
// (GB/T 10114), or twelve for a community's station.
type StationCode string

// Valid reports whether c has nine or twelve digits.
func (c StationCode) Valid() bool {
	if len(c) != 9 && len(c) != 12 {
		return false
	}
	return strings.Trim(string(c), "0123456789") == ""
}

// District is the six-digit code of the district of c, "" when c is too short.
func (c StationCode) District() string {
	if len(c) < 6 {
		return ""
	}
	return string(c[:6])
}

// Station is what a station says of itself on every sheet of paper.
type Station struct {
	Code StationCode `json:"code"`
	Name string      `json:"name"`
	// Issuer is the name under which papers are issued; the station's own name
	// when empty (whose seal is used is a local decision).
	Issuer string `json:"issuer,omitempty"`
	// Phone is the number printed for enquiries.
	Phone string `json:"phone,omitempty"`
}
