package app

import (
	"strings"

	"rongyuan/store/record"
)

// rawText is what the cells of a field said, with numbers masked.
func rawText(d *record.Decision, field string) string {
	raw := d.Draft.Raw[field]
	switch field {
	case "village_name":
		raw = d.Draft.Raw["village"]
	case "emergency":
		raw = strings.TrimSpace(d.Draft.Raw["emergency_name"] + " " + maskDigits(d.Draft.Raw["emergency_phone"]))
	case "enlisted", "discharged":
		if raw == "" {
			raw = d.Draft.Raw["service"]
		}
	case "id_number", "phones":
		raw = maskDigits(raw)
	}
	return raw
}

// maskDigits hides the digits of a number as a cell has it, whatever stands
// between them: the first three and the last four of each long run stay.
func maskDigits(s string) string {
	runes := []rune(s)
	digit := func(r rune) bool { return (r >= '0' && r <= '9') || (r >= '０' && r <= '９') }
	for start := 0; start < len(runes); {
		var at []int
		end := start
		for ; end < len(runes) && (digit(runes[end]) || !strings.ContainsRune("、，,;；/", runes[end])); end++ {
			if digit(runes[end]) {
				at = append(at, end)
			}
		}
		for n, i := range at {
			if len(at) > 8 && n >= 3 && n < len(at)-4 || len(at) <= 8 && n < len(at)-3 {
				runes[i] = '*'
			}
		}
		start = end + 1
	}
	return string(runes)
}

// shownText is a field of a person as a preview shows it: personal numbers
// masked.
func shownText(v *record.Volunteer, field string) string {
	switch field {
	case "id_number":
		return record.MaskID(string(v.IDNumber))
	case "phones":
		return strings.Join(record.MaskPhones(v.Phones), "、")
	case "emergency":
		return strings.TrimSpace(v.Emergency.Name + " " + record.MaskPhone(v.Emergency.Phone))
	}
	return plainText(v, field)
}

// plainText is a field of a person in words.
func plainText(v *record.Volunteer, field string) string {
	if table, code, is := coded(v, field); is {
		return table.NameOf(code)
	}
	switch field {
	case "name":
		return v.Name
	case "id_number":
		return string(v.IDNumber)
	case "birth":
		return string(v.Birth)
	case "phones":
		return strings.Join(v.Phones, "、")
	case "village_name":
		return villageChoice(v.Village, v.VillageName).Text
	case "address":
		return v.Address
	case "party_org":
		return v.PartyOrg
	case "employer":
		return v.Employer
	case "skills":
		return namesOf(record.Skills(), v.Skills)
	case "categories":
		return namesOf(record.ServiceCategories(), v.Categories)
	case "enlisted":
		return string(v.Enlisted)
	case "discharged":
		return string(v.Discharged)
	case "arm":
		return v.Arm
	case "merits":
		return v.Merits
	case "disability":
		return v.Disability
	case "emergency":
		return strings.Join(strings.Fields(v.Emergency.Name+" "+v.Emergency.Relation+" "+v.Emergency.Phone), " ")
	case "health":
		return v.Health
	case "number":
		return v.Number
	case "national_number":
		return v.NationalNumber
	case "note":
		return v.Note
	}
	return ""
}

// coded is a field that is a word of a table.
func coded(v *record.Volunteer, field string) (record.Table, string, bool) {
	switch field {
	case "sex":
		return record.Sexes(), string(v.Sex), true
	case "ethnic":
		return record.Ethnics(), v.Ethnic, true
	case "politics":
		return record.Politics(), v.Politics, true
	case "education":
		return record.Educations(), v.Education, true
	case "kind":
		return record.PersonKinds(), v.Kind, true
	case "branch":
		return record.Branches(), v.Branch, true
	case "rank":
		return record.ServiceRanks(), v.Rank, true
	case "discharge_kind":
		return record.DischargeKinds(), v.DischargeKind, true
	case "status":
		return record.Statuses(), string(v.Status), true
	}
	return record.Table{}, "", false
}

func namesOf(t record.Table, codes []string) string {
	var out []string
	for _, code := range codes {
		out = append(out, t.NameOf(code))
	}
	return strings.Join(out, "、")
}
