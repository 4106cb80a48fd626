package district

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"rongyuan/store/record"
)

// Person is one person of a station as the commands print it: the shape of the
// station's own list, with the station. Dates carry the precision that is known.
type Person struct {
	Station    record.StationCode `json:"station"`
	ID         record.VolunteerID `json:"id"`
	Number     string             `json:"number,omitempty"`
	Name       string             `json:"name"`
	IDNumber   string             `json:"id_number,omitempty"`
	Sex        string             `json:"sex,omitempty"`
	Birth      record.Date        `json:"birth,omitempty"`
	Phones     []string           `json:"phones,omitempty"`
	Enlisted   record.Date        `json:"enlisted,omitempty"`
	Discharged record.Date        `json:"discharged,omitempty"`
	Veteran    bool               `json:"veteran"`
	Volunteer  bool               `json:"volunteer"`
	Party      string             `json:"party,omitempty"`
	Education  string             `json:"education,omitempty"`
	Village    string             `json:"village,omitempty"`
	Team       string             `json:"team,omitempty"`
	Status     record.Status      `json:"status"`
	// Minutes is all service time, in minutes, without learning.
	Minutes int64 `json:"minutes"`
}

// Unmask asks for numbers in the clear; it needs a reason, which is logged.
type Unmask struct {
	Reason string
}

// People are the people of one station, or of all when station is "", by name.
// They are masked unless unmask is given. Sealed people are not shown. The
// codes are no_right, not_found and reason_required.
func (s *Server) People(ctx context.Context, scope Scope, station record.StationCode, unmask *Unmask) ([]Person, error) {
	if err := scope.desk(record.RightRead); err != nil {
		return nil, err
	}
	if unmask != nil {
		if err := s.unmasking(ctx, scope, station, *unmask); err != nil {
			return nil, err
		}
	}
	out := []Person{}
	err := s.storage.View(ctx, func(tx Tx) error {
		stations, err := chosen(tx, scope, station)
		if err != nil {
			return err
		}
		for _, st := range stations {
			list, err := s.peopleOf(tx, scope, st.Code, unmask == nil)
			if err != nil {
				return err
			}
			out = append(out, list...)
		}
		return nil
	})
	return out, err
}

// unmasking logs the reason before anything is shown.
func (s *Server) unmasking(ctx context.Context, scope Scope, station record.StationCode, u Unmask) error {
	if strings.TrimSpace(u.Reason) == "" {
		return record.FailField("reason", record.CodeReasonRequired)
	}
	if err := scope.desk(record.RightUnmask); err != nil {
		return err
	}
	return s.storage.Update(ctx, func(tx Tx) error {
		return s.audit(tx, scope, "unmasked", string(station), u.Reason)
	})
}

func (s *Server) peopleOf(tx Tx, scope Scope, station record.StationCode, masked bool) ([]Person, error) {
	minutes, err := serviceMinutes(tx, scope, station)
	if err != nil {
		return nil, err
	}
	teams, err := mainTeams(tx, scope, station, record.DayOf(s.opt.Clock()))
	if err != nil {
		return nil, err
	}
	rows, err := tx.Rows(scope, station, record.EntityVolunteer)
	if err != nil {
		return nil, err
	}
	var out []Person
	for _, row := range rows {
		v, err := s.volunteer(Ref{station, record.EntityVolunteer, row.ID}, row)
		if err != nil {
			return nil, err
		}
		if v.Status == record.StatusSealed || v.Withdrawn {
			continue
		}
		p := s.person(station, v, masked)
		p.Minutes, p.Team = minutes[v.ID], teams[v.ID]
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Person) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// volunteer opens a person's row.
func (s *Server) volunteer(of Ref, row Row) (record.Volunteer, error) {
	var v record.Volunteer
	raw, err := s.vault.unpack(of, row)
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return v, fmt.Errorf("read person: %w", err)
	}
	v.ID, v.Version = record.VolunteerID(row.ID), row.Version
	return v, nil
}

// person shows a person; masked leaves of the birth date only the year, since
// a date beside a masked number would unmask it.
func (s *Server) person(station record.StationCode, v record.Volunteer, masked bool) Person {
	p := Person{
		Station: station, ID: v.ID, Number: v.Number, Name: v.Name, IDNumber: string(v.IDNumber), Birth: v.Birth, Phones: v.Phones,
		Enlisted: v.Enlisted, Discharged: v.Discharged, Veteran: v.Veteran, Volunteer: v.Serving, Status: v.Status,
		Sex: record.Sexes().NameOf(string(v.Sex)), Party: record.Politics().NameOf(v.Politics),
		Education: record.Educations().NameOf(v.Education), Village: v.VillageName,
	}
	if p.Village == "" && v.Village != "" {
		p.Village = s.opt.VillageName(v.Village)
	}
	if masked {
		p.IDNumber, p.Phones = record.MaskID(p.IDNumber), record.MaskPhones(p.Phones)
		p.Birth = p.Birth[:min(4, len(p.Birth))]
	}
	return p
}

// serviceMinutes adds up each person's service time in activities that count.
func serviceMinutes(tx Tx, scope Scope, station record.StationCode) (map[record.VolunteerID]int64, error) {
	rows, err := tx.Rows(scope, station, record.EntityActivity)
	if err != nil {
		return nil, err
	}
	counting := map[record.ActivityID]bool{}
	activities, err := plain(rows, func(a *record.Activity, id string) { a.ID = record.ActivityID(id) })
	if err != nil {
		return nil, err
	}
	for _, a := range activities {
		counting[a.ID] = a.Held() && record.Counting(a.Kind)
	}
	if rows, err = tx.Rows(scope, station, record.EntityEntry); err != nil {
		return nil, err
	}
	entries, err := plain(rows, func(e *record.Entry, id string) { e.ID = record.EntryID(id) })
	if err != nil {
		return nil, err
	}
	asked, err := reviewsOf(tx, scope, station)
	out := map[record.VolunteerID]int64{}
	for _, e := range record.Counted(entries, asked) {
		if counting[e.Activity] {
			out[e.Volunteer] += int64(e.Minutes)
		}
	}
	return out, err
}

// mainTeams are the names of the main teams that people stand in on a day.
func mainTeams(tx Tx, scope Scope, station record.StationCode, today record.Day) (map[record.VolunteerID]string, error) {
	rows, err := tx.Rows(scope, station, record.EntityTeam)
	if err != nil {
		return nil, err
	}
	teams, err := plain(rows, func(t *record.Team, id string) { t.ID = record.TeamID(id) })
	if err != nil {
		return nil, err
	}
	names := map[record.TeamID]string{}
	for _, t := range teams {
		names[t.ID] = t.Name
	}
	if rows, err = tx.Rows(scope, station, record.EntityMembership); err != nil {
		return nil, err
	}
	members, err := plain(rows, func(m *record.Membership, id string) { m.ID = record.MembershipID(id) })
	out := map[record.VolunteerID]string{}
	for _, m := range members {
		if m.Main && m.On(today) {
			out[m.Volunteer] = names[m.Team]
		}
	}
	return out, err
}
