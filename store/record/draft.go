package record

// Draft is one row of a roster that was read and healed, before anybody decided
// what becomes of it.
type Draft struct {
	Sheet string `json:"sheet,omitempty"`
	Row   int    `json:"row"` // as the spreadsheet counts, from 1
	// Volunteer holds what the row says, normalised; TeamName and RoleName what
	// it says of a team.
	Volunteer Volunteer         `json:"-"`
	TeamName  string            `json:"-"`
	RoleName  string            `json:"-"`
	Raw       map[string]string `json:"-"` // field → what the cells said
	// IDPrefix is the first 15 digits of an identity number whose last three a
	// spreadsheet has lost (id_digits_lost); "" when nothing certain is left.
	IDPrefix string `json:"-"`
	// Columns are the letters of the columns that the fields came from.
	Columns  map[string]string `json:"-"`
	Problems Problems          `json:"problems,omitempty"`
}

// Verdict is what an import would do with a draft.
type Verdict string

// The verdicts. New + update + same + conflict + error are all rows.
const (
	VerdictNew      Verdict = "new"
	VerdictUpdate   Verdict = "update"
	VerdictSame     Verdict = "same"
	VerdictConflict Verdict = "conflict"
	VerdictError    Verdict = "error"
)

// Decision is a draft with its verdict and, where a person is known, the person
// as it would become.
type Decision struct {
	Draft   Draft
	Verdict Verdict
	// Match is the person that the row was found to mean, "" for a new one.
	Match VolunteerID
	// After is the record to be written when Verdict is new or update.
	After Volunteer
	// Fields are the names of the fields that would change.
	Fields []string
}

// Plan is a whole import, decided row by row and not yet written.
type Plan struct {
	File      string
	SHA256    string
	Decisions []Decision
}

// Count is the number of rows with a verdict.
func (p Plan) Count(v Verdict) int {
	n := 0
	for _, d := range p.Decisions {
		if d.Verdict == v {
			n++
		}
	}
	return n
}
