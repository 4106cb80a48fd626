package record

import "strconv"

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
	// spreadsheet has lost (id_digits_lost); "" when fewer are left. Compare it
	// with [Draft.MayMean] only: some programs round where others cut.
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
	// VerdictSkip is a row that somebody decided to leave out. The command line
	// counts it as same: nothing changes and nobody waits.
	VerdictSkip Verdict = "skip"
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
	// Fields are the names of the fields that would change; of a conflict those
	// in which row and record disagree.
	Fields []string

	// Found is the verdict before anybody decided, Choice what was decided.
	Found  Verdict
	Choice Choice
	// Before is the person that the row means, as known until now; nil when the
	// row is of nobody known.
	Before *Volunteer
	// Candidates are the people whom the row may mean: a person must say.
	Candidates []Candidate
	// Rivals are the places in the plan of other rows with the same identity
	// number and another name: one of them at most is taken.
	Rivals []int
	// Doubtful says that another row of the file has the same name and that
	// nothing tells the two apart.
	Doubtful bool
	// Refused says why a choice could not be carried out.
	Refused Problems
}

// MayMean reports whether a number may be the one of which [Draft.IDPrefix] is
// left. It tells a thousand numbers apart from all others, not one person from
// the next: the name must fit as well.
func (d Draft) MayMean(number IDNumber) bool {
	if len(d.IDPrefix) != 15 || len(number) != 18 {
		return false
	}
	first := string(number[:15])
	if d.IDPrefix == first {
		return true
	}
	n, err := strconv.ParseUint(first, 10, 64)
	return err == nil && number[15] >= '5' && strconv.FormatUint(n+1, 10) == d.IDPrefix
}
