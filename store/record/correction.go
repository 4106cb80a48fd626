package record

import "strings"

// CorrectionState is where a correction stands.
type CorrectionState string

// The states of a correction.
const (
	CorrectionAsked    CorrectionState = "asked"
	CorrectionChecked  CorrectionState = "checked"
	CorrectionApproved CorrectionState = "approved"
	CorrectionRefused  CorrectionState = "refused"
)

// CorrectionStates is the table of states.
func CorrectionStates() Table {
	return Table{"correction_state", []Term{
		{string(CorrectionAsked), "待核实", nil},
		{string(CorrectionChecked), "已核实，待批准", nil},
		{string(CorrectionApproved), "已批准并更正", []string{"已批准"}},
		{string(CorrectionRefused), "未批准", nil},
	}}
}

// Correction is the request to correct an entry of service time (Decree 67,
// article 13: the organisation checks and corrects). Three people may stand
// behind it and two must: who asked, who checked it against the sheets, who
// approved. The applicant never approves. Where a station has a clerk and a head
// and nobody else, the head checks and approves in one step and says what he
// checked against; a clerk alone cannot correct yesterday's hours. Approval
// reverses the old entry, which stays to be seen, and writes the new one.
type Correction struct {
	ID      CorrectionID `json:"-"`
	Version int64        `json:"-"`

	Entry     EntryID     `json:"entry"`
	Activity  ActivityID  `json:"activity"`
	Volunteer VolunteerID `json:"volunteer"`
	// Before is what the entry says and Minutes what it should say; 0 for nothing.
	Before  int    `json:"before"`
	Minutes int    `json:"minutes"`
	Reason  string `json:"reason"`
	// Applicant is the name of who asked for it, the volunteer or a leader; ""
	// when the clerk noticed it. AskedBy is the account that wrote it down.
	Applicant string `json:"applicant,omitempty"`
	Asked     Day    `json:"asked"`
	AskedBy   string `json:"asked_by"`
	// Basis is what it was checked against; Checked and CheckedBy are of the check.
	Basis     string `json:"basis,omitempty"`
	Checked   Day    `json:"checked,omitempty"`
	CheckedBy string `json:"checked_by,omitempty"`

	State     CorrectionState `json:"state"`
	Decided   Day             `json:"decided,omitempty"`
	DecidedBy string          `json:"decided_by,omitempty"`
	Why       string          `json:"why,omitempty"`
	// Reversal took the old entry back, and Fresh stands in its place, if any.
	Reversal EntryID `json:"reversal,omitempty"`
	Fresh    EntryID `json:"fresh,omitempty"`
	// Objection is what led to it, if any.
	Objection ObjectionID `json:"objection,omitempty"`
	Withdrawn bool        `json:"withdrawn,omitempty"`
}

// Open reports whether somebody must still check or decide.
func (c Correction) Open() bool {
	return !c.Withdrawn && (c.State == CorrectionAsked || c.State == CorrectionChecked)
}

// Check finds what is wrong with a correction.
func (c Correction) Check() Problems {
	var p Problems
	if c.Entry == "" || c.Volunteer == "" || c.Activity == "" {
		p.Add(LevelError, "entry", CodeRequired)
	}
	if strings.TrimSpace(c.Reason) == "" {
		p.Add(LevelError, "reason", CodeReasonRequired)
	}
	if c.Minutes < 0 || c.Minutes > DayMost {
		p.Add(LevelError, "minutes", CodeMinutesRange)
	}
	if c.Minutes == c.Before {
		p.Add(LevelError, "minutes", CodeNothingToDo)
	}
	CorrectionStates().check(&p, "correction_state", string(c.State))
	if c.CheckedBy != "" {
		if strings.TrimSpace(c.Basis) == "" {
			p.Add(LevelError, "basis", CodeRequired)
		}
		if c.CheckedBy == c.AskedBy {
			p.Add(LevelError, "checked_by", CodeTwoPersons)
		}
	}
	if c.State == CorrectionApproved && c.CheckedBy == "" {
		p.Add(LevelError, "basis", CodeRequired)
	}
	if c.State == CorrectionApproved || c.State == CorrectionRefused {
		p.checkDecision(c.AskedBy, c.DecidedBy, c.Why)
	}
	p.checkText("reason", c.Reason, 200)
	p.checkText("applicant", c.Applicant, 50)
	p.checkText("basis", c.Basis, 200)
	p.checkText("why", c.Why, 200)
	return p
}
