package roster

import (
	"strings"

	"rongyuan/store/record"
)

// healer makes drafts of rows. One serves a whole workbook.
type healer struct {
	today    record.Day
	as       Role
	date1904 bool
	words    vocabulary
	villages func(string) (string, bool)

	draft  *record.Draft
	number record.IDReading
	stops  bool // an error was found
	trust  idTrust
	// undated is whether the row gives no date of an agreement.
	undated bool
}

// found adds a finding to the draft, once for each field and code.
func (h *healer) found(p record.Problem) {
	for _, have := range h.draft.Problems {
		if have.Field == p.Field && have.Code == p.Code {
			return
		}
	}
	h.stops = h.stops || p.Level == record.LevelError
	h.draft.Problems = append(h.draft.Problems, p)
}

func (h *healer) fail(field string, code record.Code, masked string) {
	h.found(record.Problem{Field: field, Level: record.LevelError, Code: code, Value: masked})
}

func (h *healer) review(field string, code record.Code, value string) {
	h.found(record.Problem{Field: field, Level: record.LevelReview, Code: code, Value: value})
}

// heal puts what a cell says into the draft. What is stored otherwise than it
// was written is kept as it was written in Raw.
func (h *healer) heal(c cell, col column) {
	field := col.field
	if c.text == "" && !c.formula {
		return
	}
	switch {
	case c.kind == cellError || (c.formula && c.text == ""):
		h.fail(field, record.CodeCellError, c.text)
		return
	case len(c.text) > maxCell && len([]rune(c.text)) > maxCell:
		h.fail(field, record.CodeCellTooLong, "")
		return
	case c.formula:
		h.found(record.Problem{Field: field, Level: record.LevelWarning, Code: record.CodeCellFormula})
	}
	if c.kind == cellText && !tidiesItself(field) {
		c.text = visible(c.text)
	}
	if visible(c.text) == "" || (nothing(c.text) && field != fieldPolitics && field != fieldEducation && field != fieldName) {
		return
	}
	if secret(c.text) && freeText(field) {
		h.review(field, record.CodeSensitive, "")
		return
	}
	before := h.stored(field)
	h.store(c, col)
	if said := c.said(); h.stored(field) != before+said || c.kind == cellNumber {
		h.raw(field, said)
	}
}

func (h *healer) raw(field, said string) {
	if h.draft.Raw == nil {
		h.draft.Raw = map[string]string{}
	}
	if have := h.draft.Raw[field]; have != "" {
		said = have + "；" + said
	}
	h.draft.Raw[field] = said
}

// store puts a cell into the draft by the rule of its field.
func (h *healer) store(c cell, col column) {
	switch col.field {
	case fieldName:
		h.healName(c.said())
	case fieldID:
		h.healID(c)
	case fieldPhones:
		h.healPhones(c)
	case fieldBirth, fieldEnlisted, fieldDischarged, fieldJoined, fieldAgreed, fieldService:
		h.healDate(c, col)
	case fieldSkills, fieldCategories:
		h.healList(c.said(), col.field)
	case fieldVillage:
		h.healVillage(c.said())
	case fieldEmergencyTel:
		h.healEmergencyPhone(c)
	case fieldBranch, fieldArm:
		h.healBranch(c.said(), col.field)
	default:
		if h.words.codes[col.field] != nil && col.field != fieldRole {
			h.healCode(c.said(), col.field)
			return
		}
		h.healText(c.said(), col)
	}
}

// texts gives the place of a plain text in the draft.
func (h *healer) texts(field string) *string {
	v := &h.draft.Volunteer
	switch field {
	case fieldAddress:
		return &v.Address
	case fieldEmployer:
		return &v.Employer
	case fieldPartyOrg:
		return &v.PartyOrg
	case fieldMerits:
		return &v.Merits
	case fieldDisability:
		return &v.Disability
	case fieldHealth:
		return &v.Health
	case fieldNumber:
		return &v.Number
	case fieldNational:
		return &v.NationalNumber
	case fieldNote:
		return &v.Note
	case fieldArm:
		return &v.Arm
	case fieldTeam:
		return &h.draft.TeamName
	case fieldRole:
		return &h.draft.RoleName
	case fieldEmergency:
		return &v.Emergency.Name
	case fieldRelation:
		return &v.Emergency.Relation
	}
	return nil
}

// codes gives the place of a coded field in the draft.
func (h *healer) codes(field string) *string {
	v := &h.draft.Volunteer
	switch field {
	case fieldSex:
		return (*string)(&v.Sex)
	case fieldEthnic:
		return &v.Ethnic
	case fieldPolitics:
		return &v.Politics
	case fieldEducation:
		return &v.Education
	case fieldKind:
		return &v.Kind
	case fieldBranch:
		return &v.Branch
	case fieldDischarge:
		return &v.DischargeKind
	case fieldRank:
		return &v.Rank
	case fieldStatus:
		return (*string)(&v.Status)
	}
	return nil
}

// stored is what the draft holds in a field, as far as a cell may say just
// that.
func (h *healer) stored(field string) string {
	v := &h.draft.Volunteer
	switch field {
	case fieldName:
		return v.Name
	case fieldID:
		return string(v.IDNumber)
	case fieldPhones:
		return strings.Join(v.Phones, "")
	case fieldBirth:
		return string(v.Birth)
	case fieldEnlisted:
		return string(v.Enlisted)
	case fieldDischarged:
		return string(v.Discharged)
	case fieldVillage:
		return v.VillageName
	}
	if at := h.texts(field); at != nil {
		return *at
	}
	if at := h.codes(field); at != nil {
		return h.words.name(field, *at)
	}
	return ""
}

// tidiesItself reports a field whose rule puts spaces right and says so.
func tidiesItself(field string) bool {
	return field == fieldID || field == fieldName || field == fieldPhones
}

// freeText reports a field that may hold any words.
func freeText(field string) bool {
	switch field {
	case fieldNote, fieldMerits, fieldEmployer, fieldAddress, fieldArm, fieldHealth, fieldPartyOrg, fieldBranch:
		return true
	}
	return false
}
