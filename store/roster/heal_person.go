package roster

import (
	"strings"

	"rongyuan/store/record"
)

// healName reads a name. What stands in brackets behind it, and the stars by
// which rosters mark party members, are no part of it: they go to the note,
// and a post or a death to its own field.
func (h *healer) healName(text string) {
	bare, suffix := splitSuffix(text)
	name, found := record.ReadName(bare)
	for _, one := range found {
		if one.Level == record.LevelError {
			one.Value = maskName(text)
		}
		h.found(one)
	}
	if len(found.Errors()) > 0 && name == "" {
		return
	}
	h.draft.Volunteer.Name = name
	if suffix == "" {
		if bare != text {
			h.found(record.Problem{Field: fieldName, Level: record.LevelFixed, Code: record.CodeNameNormalised})
		}
		return
	}
	h.found(record.Problem{Field: fieldName, Level: record.LevelFixed, Code: record.CodeNameNormalised})
	h.suffix(suffix)
}

// splitSuffix parts 张三（组长） and 张三* .
func splitSuffix(text string) (bare, suffix string) {
	text = strings.Trim(text, " 　\t\n*★☆※△▲#")
	end := strings.TrimRight(text, ")）]】")
	if end == text {
		return text, ""
	}
	i := strings.LastIndexAny(end, "(（[【")
	if i <= 0 {
		return text, ""
	}
	for _, open := range []string{"(", "（", "[", "【"} {
		if rest, cut := strings.CutPrefix(end[i:], open); cut {
			suffix = strings.TrimSpace(rest)
		}
	}
	return strings.TrimRight(end[:i], " 　*★☆※△▲#"), suffix
}

func (h *healer) suffix(text string) {
	v := &h.draft.Volunteer
	v.Note = joined(v.Note, text)
	if _, ok := h.words.code(fieldRole, text); ok && h.draft.RoleName == "" {
		h.draft.RoleName = text
	}
	switch text {
	case "去世", "已去世", "死亡", "已故", "病故", "已亡", "亡", "故":
		v.Status, v.StatusSince = record.StatusDeceased, h.today
		h.found(record.Problem{Field: fieldStatus, Level: record.LevelReview, Code: record.CodeDeceased})
	case "迁出", "已迁出", "转出", "搬走":
		v.Status, v.StatusSince = record.StatusMoved, h.today
	}
}

// maskName shows the family name only.
func maskName(name string) string {
	for _, r := range name {
		return string(r) + "**"
	}
	return ""
}

// healPhones adds the numbers of a cell. A number that the spreadsheet shows as
// 1.38E+10 is taken when the XML has all its digits.
func (h *healer) healPhones(c cell) {
	text, ok := phoneText(c)
	if !ok {
		h.fail(fieldPhones, record.CodePhone, record.MaskPhone(c.text))
		return
	}
	numbers, found := record.ReadPhones(text)
	for _, one := range found {
		if one.Level == record.LevelError {
			one.Value = record.MaskPhone(text)
		}
		h.found(one)
	}
	for _, one := range numbers {
		h.draft.Volunteer.Phones = with(h.draft.Volunteer.Phones, one)
	}
}

func phoneText(c cell) (string, bool) {
	if c.kind == cellNumber {
		plain, lost, ok := wholeNumber(c.text)
		return plain, ok && !lost
	}
	return c.text, !scientific(c.text)
}

func (h *healer) healEmergencyPhone(c cell) {
	text, ok := phoneText(c)
	numbers, found := record.ReadPhones(text)
	if !ok || len(found.Errors()) > 0 || len(numbers) == 0 {
		h.review(fieldEmergencyTel, record.CodePhone, record.MaskPhone(c.text))
		return
	}
	h.draft.Volunteer.Emergency.Phone = numbers[0]
	if len(numbers) > 1 {
		h.review(fieldEmergencyTel, record.CodeTwoValues, "")
	}
}

// healDate puts a date into its field. One that cannot be read for certain is
// not stored; the row is taken and a person is asked.
func (h *healer) healDate(c cell, col column) {
	v := &h.draft.Volunteer
	read := h.readDate(c, col.head)
	if read.date == "" && c.kind == cellText && col.field != fieldBirth {
		if from, to, ok := h.period(c.text); ok {
			h.setService(from, to, col.field)
			return
		}
	}
	if read.date == "" {
		value := ""
		if col.field != fieldBirth {
			value = shorten(c.said())
		}
		h.review(col.field, read.code, value)
		return
	}
	switch col.field {
	case fieldBirth:
		v.Birth = read.date
	case fieldEnlisted, fieldService:
		v.Enlisted = read.date
	case fieldDischarged:
		v.Discharged = read.date
	case fieldJoined, fieldAgreed:
		h.setDay(read.date, col.field)
	}
	if read.note != "" {
		h.found(record.Problem{Field: col.field, Level: record.LevelFixed, Code: read.note})
	}
}

// setService takes a range, 1978.12-1983.1. Only a column of service can mean
// one; elsewhere it is two values for one field.
func (h *healer) setService(from, to dateRead, field string) {
	v := &h.draft.Volunteer
	if field != fieldService && field != fieldEnlisted {
		h.review(field, record.CodeTwoValues, "")
		return
	}
	v.Enlisted = from.date
	if v.Discharged == "" {
		v.Discharged = to.date
	}
}

// setDay takes a date that needs its day; a day is never invented.
func (h *healer) setDay(d record.Date, field string) {
	v := &h.draft.Volunteer
	if d.Precision() != record.PrecisionDay {
		h.review(field, record.CodeDateAmbiguous, string(d))
		return
	}
	if field == fieldJoined {
		v.Joined = record.Day(d)
		return
	}
	v.Agreement.Date = record.Day(d)
}
