package roster

import "rongyuan/store/record"

// Role says in which of a person's two roles a roster names people.
type Role string

// The roles.
const (
	Volunteers Role = "volunteers" // people who serve
	Veterans   Role = "veterans"   // people who are served
)

// finish settles what follows from several cells of a row, and judges the
// person as a whole.
func (h *healer) finish() {
	v := &h.draft.Volunteer
	v.Veteran = h.veteran()
	if h.as != Veterans {
		v.Serving = true
		if v.Agreement.Date == "" {
			v.Agreement.Date = h.today
		}
		v.Agreement.Version, v.Agreement.Way = record.AgreementVersion, "import"
	}
	if b := h.number.Birth; len(b) > len(v.Birth) && b[:len(v.Birth)] == v.Birth {
		v.Birth = b // the number knows the day that the column leaves out
	}
	hasID := v.IDNumber != "" || h.hasProblem(fieldID)
	named := v.Name != "" || h.hasProblem(fieldName)
	*v = v.Complete(h.today)
	for _, one := range v.Check(h.today) {
		switch {
		case one.Code == record.CodeIDAreaOld:
		case one.Field == fieldID && one.Code == record.CodeIDMissing && hasID:
		case one.Field == fieldName && one.Code == record.CodeRequired && v.Name == "" && named:
		default:
			h.found(one)
		}
	}
}

func (h *healer) hasProblem(field string) bool {
	for _, one := range h.draft.Problems {
		if one.Field == field && one.Level == record.LevelError {
			return true
		}
	}
	return false
}

// veteran reports whether the row says that the person has served. A roster of
// veterans says it of everybody whom it does not call something else.
func (h *healer) veteran() bool {
	v := &h.draft.Volunteer
	if v.Kind != "" {
		return record.VeteranKind(v.Kind)
	}
	return h.as == Veterans || v.Enlisted != "" || v.Discharged != "" || v.DischargeKind != ""
}
