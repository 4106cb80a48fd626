package reports

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rongyuan/assets"
	"rongyuan/store/record"
)

// formLine is a row that a form is given: its name, by which a form that names
// its rows finds it, and its values.
type formLine struct {
	name string
	// busy says that there is something to report, so that a form without such a
	// row leaves something out.
	busy  bool
	value func(field string) formValue
}

// formValues makes values of the records and the figures.
type formValues struct {
	source record.FormSource
	full   bool
}

func textOf(s string) formValue {
	if s == "" {
		return formValue{}
	}
	return formValue{text: s, is: textValue}
}

func numberOf(n int64) formValue { return formValue{number: float64(n), is: numberValue} }

func hoursIn(minutes int64) formValue { return formValue{number: float64(minutes), is: hoursValue} }

// dayOf is a date as far as it is known; a day can stand as a number that the
// cell shows as a date.
func dayOf(d record.Date) formValue {
	if d.Precision() == record.PrecisionDay {
		return formValue{text: string(d), is: dayValue}
	}
	return textOf(string(d))
}

// serialDay is a day as spreadsheets count it. In the system of 1900 the day 60
// never was, so that days count from 1899-12-30.
func serialDay(day string, from04 bool) (int, bool) {
	t, err := time.Parse(time.DateOnly, day)
	zero := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if from04 {
		zero = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	n := int(t.Sub(zero).Hours() / 24)
	return n, err == nil && n > 60
}

// rows are the lines of a part, in the order in which a form without names is
// filled.
func (v *formValues) rows(p record.FormPart) []formLine {
	var out []formLine
	switch p.Kind {
	case record.FormPeople:
		out = v.people(p.Who)
	case record.FormTeams:
		for _, one := range v.source.Teams {
			out = append(out, v.team(one))
		}
		out = append(out, v.unattached()...)
	case record.FormActivities:
		for _, one := range v.source.Report.Activities {
			out = append(out, v.activity(one))
		}
	case record.FormLines:
		for _, row := range v.source.Report.Lines {
			out = append(out, counted(row, nil))
		}
	case record.FormVillages:
		out = v.villages()
	}
	for i := range out {
		inner, n := out[i].value, int64(i+1)
		out[i].value = func(field string) formValue {
			if field == "row" {
				return numberOf(n)
			}
			return inner(field)
		}
	}
	return out
}

// counted is a line of figures; more answers what the figures do not.
func counted(row record.Row, more func(field string) formValue) formLine {
	return formLine{row.Name, row.Activities > 0, func(field string) formValue {
		switch field {
		case "name":
			return textOf(row.Name)
		case "activities":
			return numberOf(row.Activities)
		case "people":
			return numberOf(row.People)
		case "participations":
			return numberOf(row.Participations)
		case "hours":
			return hoursIn(row.Minutes)
		case "minutes":
			return numberOf(row.Minutes)
		case "served":
			return numberOf(row.Served)
		}
		if more == nil {
			return formValue{}
		}
		return more(field)
	}}
}

// people are those of a crowd, in the order of their numbers.
func (v *formValues) people(who string) []formLine {
	period := v.source.Report.Period
	list := slices.DeleteFunc(slices.Clone(v.source.People), func(p record.FormPerson) bool {
		switch who {
		case "served":
			return p.Minutes == 0
		case "joined":
			return !p.Serving || !period.Holds(p.Joined)
		case "party":
			return !p.ActiveOn(period.To) || !record.PartyMember(p.Politics)
		case "veterans":
			return !p.Veteran
		}
		return !p.ActiveOn(period.To)
	})
	slices.SortStableFunc(list, func(a, b record.FormPerson) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.ID, b.ID))
	})
	var out []formLine
	for _, one := range list {
		out = append(out, formLine{one.Name, true, func(field string) formValue { return v.person(one, field) }})
	}
	return out
}

func (v *formValues) id(n record.IDNumber) string {
	if v.full {
		return string(n)
	}
	return record.MaskID(string(n))
}

func (v *formValues) phones(list []string) string {
	if !v.full {
		list = record.MaskPhones(list)
	}
	return strings.Join(list, "、")
}

// person answers what a form asks about somebody. Beside a masked number no
// date of birth stands, only the year: both together give the number away.
func (v *formValues) person(p record.FormPerson, field string) formValue {
	switch field {
	case "name":
		return textOf(p.Name)
	case "id_number":
		return textOf(v.id(p.IDNumber))
	case "phones":
		return textOf(v.phones(p.Phones))
	case "birth":
		if !v.full {
			return textOf(string(p.Birth[:min(4, len(p.Birth))]))
		}
		return dayOf(p.Birth)
	case "age":
		if age := p.Birth.AgeOn(v.source.Report.Period.To); p.Birth != "" && age >= 0 {
			return numberOf(int64(age))
		}
	case "enlisted":
		return dayOf(p.Enlisted)
	case "discharged":
		return dayOf(p.Discharged)
	case "joined":
		return dayOf(record.Date(p.Joined))
	case "activities":
		return numberOf(p.Count)
	case "hours":
		return hoursIn(p.Minutes)
	case "minutes":
		return numberOf(p.Minutes)
	case "year_hours":
		return hoursIn(p.YearTotal)
	default:
		return textOf(v.personText(p, field))
	}
	return formValue{}
}

func (v *formValues) personText(p record.FormPerson, field string) string {
	var skills []string
	for _, code := range p.Skills {
		skills = append(skills, record.Skills().NameOf(code))
	}
	return map[string]string{
		"sex": nameOf(record.Sexes(), string(p.Sex)), "ethnic": nameOf(record.Ethnics(), p.Ethnic),
		"politics": nameOf(record.Politics(), p.Politics), "education": nameOf(record.Educations(), p.Education),
		"village": placeName(p.Village, p.VillageName), "address": p.Address, "employer": p.Employer,
		"person_kind": nameOf(record.PersonKinds(), p.Kind), "branch": nameOf(record.Branches(), p.Branch),
		"rank": nameOf(record.ServiceRanks(), p.Rank), "discharge_kind": nameOf(record.DischargeKinds(), p.DischargeKind),
		"merits": p.Merits, "skills": strings.Join(skills, "、"), "team": p.Team, "post": p.Post, "number": p.Number,
		"status": nameOf(record.Statuses(), string(p.Status)), "note": p.Note,
	}[field]
}

// placeName is a community as forms write it.
func placeName(code, written string) string {
	if written != "" || code == "" {
		return written
	}
	division, found := assets.DivisionByCode(code)
	if !found {
		return code
	}
	if place, cut := strings.CutSuffix(division.Name, "社区居委会"); cut {
		return place + "社区"
	}
	return assets.VillageStem(division.Name)
}

func (v *formValues) team(one record.FormTeam) formLine {
	row := record.Row{Name: one.Name}
	for _, have := range v.source.Report.Teams {
		if have.Code == string(one.ID) {
			row = have
		}
	}
	return counted(row, func(field string) formValue {
		switch field {
		case "kind":
			return textOf(nameOf(record.TeamKinds(), one.Kind))
		case "founded":
			return dayOf(record.Date(one.Founded))
		case "leader":
			return textOf(one.Leader.Name)
		case "leader_phone":
			return textOf(v.phones(one.Leader.Phones))
		case "members":
			return numberOf(one.Members)
		case "party":
			return numberOf(one.Party)
		case "base":
			return textOf(one.Base)
		case "village":
			return textOf(placeName(one.Village, ""))
		}
		return formValue{}
	})
}

// unattached is what the station did itself: the report has a row for it.
func (v *formValues) unattached() []formLine {
	for _, row := range v.source.Report.Teams {
		if row.Code == "" {
			return []formLine{counted(row, nil)}
		}
	}
	return nil
}

func (v *formValues) activity(row record.ActivityRow) formLine {
	a := row.Activity
	return formLine{a.Title, true, func(field string) formValue {
		switch field {
		case "day":
			return dayOf(record.Date(a.Start.Day()))
		case "participants":
			return numberOf(row.Participants)
		case "hours":
			return hoursIn(row.Minutes)
		case "minutes":
			return numberOf(row.Minutes)
		case "served":
			return numberOf(int64(a.Served))
		case "guests":
			return numberOf(int64(a.Guests))
		case "leader":
			return textOf(v.leader(a))
		}
		return textOf(map[string]string{
			"title": a.Title, "span": a.Start.Clock() + "-" + a.End.Clock(), "place": a.Place, "village": placeName(a.Village, ""),
			"line": nameOf(record.Lines(), a.Line), "sub": nameOf(record.SubLines(), a.Sub), "team": row.Team, "content": a.Content,
			"late": map[bool]string{true: "是", false: "否"}[row.Late],
		}[field])
	}}
}

func (v *formValues) leader(a record.Activity) string {
	for _, p := range v.source.People {
		if p.ID == a.Leader && a.Leader != "" {
			return p.Name
		}
	}
	return a.LeaderName
}

// villages are the communities in which people live or something was done.
func (v *formValues) villages() []formLine {
	type village struct {
		row                      record.Row
		people, veterans, member int64
	}
	all := map[string]*village{}
	of := func(name string) *village {
		if all[name] == nil {
			all[name] = &village{row: record.Row{Name: name}}
		}
		return all[name]
	}
	for _, row := range v.source.Report.Villages {
		if name := placeName(row.Code, ""); name != "" {
			row.Name = name
			of(name).row = row
		}
	}
	for _, p := range v.source.People {
		name := placeName(p.Village, p.VillageName)
		if name == "" || !p.ActiveOn(v.source.Report.Period.To) {
			continue
		}
		one := of(name)
		one.people++
		if p.Veteran {
			one.veterans++
		}
		if record.PartyMember(p.Politics) {
			one.member++
		}
	}
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	var out []formLine
	for _, name := range names {
		one := all[name]
		line := counted(one.row, func(field string) formValue {
			switch field {
			case "volunteers":
				return numberOf(one.people)
			case "veterans":
				return numberOf(one.veterans)
			case "party":
				return numberOf(one.member)
			}
			return formValue{}
		})
		line.busy = true
		out = append(out, line)
	}
	return out
}

// single is a value that stands alone: a figure, or what heads and feet ask for.
func (v *formValues) single(field string) formValue {
	r := v.source.Report
	switch field {
	case "station_name":
		return textOf(r.Station.Name)
	case "station_code":
		return textOf(string(r.Station.Code))
	case "station_phone":
		return textOf(r.Station.Phone)
	case "period":
		return textOf(r.Period.Chinese())
	case "period_year", "period_month":
		from, upto := map[string]int{"period_year": 0, "period_month": 5}[field], map[string]int{"period_year": 4, "period_month": 7}[field]
		n, err := strconv.ParseInt(string(r.Period.To)[from:upto], 10, 64)
		if err != nil {
			return formValue{}
		}
		return numberOf(n)
	case "made":
		return dayOf(record.Date(r.Made.Day()))
	case "by":
		return textOf(r.By)
	case "serial":
		return textOf(v.source.Serial)
	case "training_hours":
		return hoursIn(r.Figures[record.FigureTraining])
	}
	if line, is := strings.CutPrefix(field, "hours"); is {
		return hoursIn(r.Figures[record.FigureMinutes+line])
	}
	return numberOf(r.Figures[field])
}
