package store

import (
	"context"
	"slices"
	"strings"

	"rongyuan/store/record"
)

// FormSource is what a district's form is filled from for a period. The figures
// are those of [DB.Report]; the people are as they stand now.
func (db *DB) FormSource(ctx context.Context, period record.Period) (record.FormSource, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return record.FormSource{}, err
	}
	out := record.FormSource{Report: record.PeriodReport{Period: period, Made: record.MomentOf(db.now()), By: s.account}}
	err = db.moment(ctx, s, func(w view) error { return w.formSource(&out) })
	return out, err
}

// formSource reads everything in one transaction, so that the rows of a form
// and its totals never come from two states.
func (w view) formSource(out *record.FormSource) error {
	period := out.Report.Period
	if err := w.report(&out.Report); err != nil {
		return err
	}
	f := formPeople{at: map[record.VolunteerID]int{}, end: period.To}
	all, err := volunteers(w, "WHERE withdrawn = 0 AND status <> ? ORDER BY id", record.StatusSealed)
	if err != nil {
		return err
	}
	for i, v := range all {
		f.at[v.ID] = i
		f.people = append(f.people, record.FormPerson{Volunteer: seenBy(v, w.s.role)})
	}
	teams, err := teams(w, "ORDER BY name")
	if err != nil {
		return err
	}
	members, err := members(w, "WHERE withdrawn = 0")
	if err != nil {
		return err
	}
	out.Teams = f.join(teams, members, period)
	facts, err := w.facts(period)
	if err != nil {
		return err
	}
	f.count(facts)
	year := record.PeriodOf(record.PeriodYear, period.To)
	year.To = period.To
	if facts, err = w.facts(year); err != nil {
		return err
	}
	f.year(facts)
	out.People = f.people
	return nil
}

// formPeople gathers what a form asks about each person.
type formPeople struct {
	people []record.FormPerson
	at     map[record.VolunteerID]int
	end    record.Day
}

// join gives people their main team, and teams their people.
func (f *formPeople) join(teams []record.Team, members []record.Membership, period record.Period) []record.FormTeam {
	var out []record.FormTeam
	at := map[record.TeamID]int{}
	for _, team := range teams {
		if team.Withdrawn || team.Founded > period.To || team.Dissolved != "" && team.Dissolved < period.From {
			continue
		}
		at[team.ID] = len(out)
		out = append(out, record.FormTeam{Team: team})
	}
	counted := map[record.TeamID]map[record.VolunteerID]bool{}
	for _, m := range members {
		i, known := f.at[m.Volunteer]
		n, stands := at[m.Team]
		if !known || !stands || !m.On(f.end) || counted[m.Team][m.Volunteer] {
			continue
		}
		if counted[m.Team] == nil {
			counted[m.Team] = map[record.VolunteerID]bool{}
		}
		counted[m.Team][m.Volunteer] = true
		p, team := &f.people[i], &out[n]
		if m.Main {
			p.Team, p.Post = team.Name, record.TeamRoles().NameOf(m.Role)
		}
		if m.Role == "captain" {
			team.Leader = p.Volunteer
		}
		team.Members++
		if record.PartyMember(p.Politics) {
			team.Party++
		}
	}
	return out
}

// count adds up the counting activities of the period, person by person, as
// [record.Tally] does.
func (f *formPeople) count(facts record.Facts) {
	for who, sums := range f.sums(facts) {
		for _, minutes := range sums {
			if minutes > 0 {
				f.people[who].Count++
				f.people[who].Minutes += minutes
			}
		}
	}
}

func (f *formPeople) year(facts record.Facts) {
	for who, sums := range f.sums(facts) {
		for _, minutes := range sums {
			f.people[who].YearTotal += max(0, minutes)
		}
	}
}

// sums are the minutes of each person in each counting activity that was held.
func (f *formPeople) sums(facts record.Facts) map[int]map[record.ActivityID]int64 {
	var held []record.ActivityID
	for _, a := range facts.Activities {
		if a.Held() && record.Counting(a.Kind) {
			held = append(held, a.ID)
		}
	}
	slices.Sort(held)
	out := map[int]map[record.ActivityID]int64{}
	for _, e := range record.Counted(facts.Entries, facts.Reviews) {
		i, known := f.at[e.Volunteer]
		if _, counts := slices.BinarySearch(held, e.Activity); !known || !counts {
			continue
		}
		if out[i] == nil {
			out[i] = map[record.ActivityID]int64{}
		}
		out[i][e.Activity] += int64(e.Minutes)
	}
	return out
}

// settingForms holds how the district's forms are filled, by the fingerprint of
// their heads. It knows heads only, and no person.
const settingForms = "district_forms"

// FormMappings are the forms that this station has settled.
func (db *DB) FormMappings(ctx context.Context) (record.FormMappings, error) {
	none := record.FormMappings{Forms: map[string]record.FormMapping{}}
	saved, err := db.Setting(ctx, settingForms)
	if err != nil || saved == "" {
		return none, err
	}
	m, err := record.LoadFormMappings(strings.NewReader(saved))
	if err != nil {
		return none, nil // of a newer version: the heads are looked at anew
	}
	return m, nil
}

// SaveFormMapping remembers how a form is filled.
func (db *DB) SaveFormMapping(ctx context.Context, fingerprint string, form record.FormMapping) error {
	if _, err := db.may(record.RightWrite); err != nil {
		return err
	}
	if found := form.Check(); len(found.Errors()) > 0 {
		return record.FailField("mapping", record.CodeMalformed)
	}
	m, err := db.FormMappings(ctx)
	if err != nil {
		return err
	}
	m.Forms[fingerprint] = form
	var out strings.Builder
	if err := m.Save(&out); err != nil {
		return err
	}
	return db.SaveSetting(ctx, settingForms, out.String())
}
