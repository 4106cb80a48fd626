package cli

import (
	"fmt"
	"slices"
	"strings"

	"rongyuan/assets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// personDoc is a person as lists print it.
type personDoc struct {
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
	Minutes    int                `json:"minutes"`
}

// people are persons as a document.
type people struct {
	Volunteers []personDoc `json:"volunteers"`
}

// known is what lists say of people beside their own records.
type known struct {
	db      *store.DB
	records map[record.VolunteerID]record.Volunteer
	teams   map[record.VolunteerID]string // name of the main team today
	minutes map[record.VolunteerID]int
}

func (k *call) known() (known, error) {
	n := known{db: k.db, records: map[record.VolunteerID]record.Volunteer{}, teams: map[record.VolunteerID]string{}}
	all, err := k.db.AllVolunteers(k.ctx)
	if err != nil {
		return n, err
	}
	for _, v := range all {
		n.records[v.ID] = v
	}
	teams, err := k.db.Teams(k.ctx)
	if err != nil {
		return n, err
	}
	names := map[record.TeamID]string{}
	for _, t := range teams {
		names[t.ID] = t.Name
	}
	members, err := k.db.Memberships(k.ctx)
	if err != nil {
		return n, err
	}
	for _, m := range members {
		if m.Main && m.On(k.today()) {
			n.teams[m.Volunteer] = names[m.Team]
		}
	}
	n.minutes, err = k.db.Minutes(k.ctx)
	return n, err
}

// docs are persons in their order, masked unless whole.
func (n known) docs(list []store.Person, whole bool) []personDoc {
	out := make([]personDoc, 0, len(list))
	for _, p := range list {
		out = append(out, n.doc(n.records[p.ID], whole))
	}
	return out
}

func (n known) doc(v record.Volunteer, whole bool) personDoc {
	d := personDoc{
		ID: v.ID, Number: v.Number, Name: v.Name, IDNumber: string(v.IDNumber), Birth: v.Birth, Phones: v.Phones,
		Enlisted: v.Enlisted, Discharged: v.Discharged, Veteran: v.Veteran, Volunteer: v.Serving,
		Sex: record.Sexes().NameOf(string(v.Sex)), Party: record.Politics().NameOf(v.Politics),
		Education: record.Educations().NameOf(v.Education), Village: villageName(v),
		Team: n.teams[v.ID], Status: v.Status, Minutes: n.minutes[v.ID],
	}
	if !whole {
		// The eight digits that the mask hides are the birth date: beside a
		// masked number the year is all that may stand.
		d.IDNumber, d.Phones = record.MaskID(d.IDNumber), record.MaskPhones(v.Phones)
		d.Birth = d.Birth[:min(4, len(d.Birth))]
	}
	return d
}

// villageName is what the paper says, else the committee's name cut to that of
// the place.
func villageName(v record.Volunteer) string {
	if v.VillageName != "" || v.Village == "" {
		return v.VillageName
	}
	return assets.VillageName(v.Village)
}

// villageOf understands a community by code or name; a name that the table of
// this street does not know is kept as it was written.
func (k *call) villageOf(written string) (code, name string, found record.Problems) {
	if one, known := assets.DivisionByCode(written); known && len(written) == 12 {
		return one.Code, "", nil
	}
	street := string(k.station.Code)
	fits := assets.MatchVillages(street[:min(9, len(street))], written)
	if len(fits) == 1 {
		return fits[0].Code, "", nil
	}
	if written != "" {
		found.Add(record.LevelWarning, "village", record.CodeVillageUnknown, written)
	}
	return "", written, found
}

// person finds somebody by id, volunteer number, identity number or full name.
func (k *call) person(written string) (store.Person, error) {
	if p, has := k.db.Person(record.VolunteerID(written)); has {
		return p, nil
	}
	all, err := k.db.People(k.ctx, store.PeopleFilter{})
	if err != nil {
		return store.Person{}, err
	}
	number := string(idAsWritten(written, k.today()))
	if i := slices.IndexFunc(all, func(p store.Person) bool {
		return p.Number == written && written != "" || number != "" && string(p.IDNumber) == number
	}); i >= 0 {
		return all[i], nil
	}
	name, _ := record.ReadName(written)
	same := slices.DeleteFunc(all, func(p store.Person) bool { return p.Name != name })
	switch len(same) {
	case 0:
		return store.Person{}, record.FailField("volunteer", record.CodeNotFound)
	case 1:
		return same[0], nil
	}
	return store.Person{}, usage(fmt.Sprintf("同名的有 %d 人，请写编号或身份证号", len(same)))
}

// idAsWritten is an identity number in its normal form, "" for anything else.
func idAsWritten(written string, today record.Day) record.IDNumber {
	read, err := record.ReadIDNumber(written, today)
	if err != nil {
		return ""
	}
	return read.Number
}

// unmasking is the pair of flags that shows what is masked.
type unmasking struct {
	unmask bool
	reason string
}

func (u *unmasking) options(o *options) {
	o.yes(&u.unmask, "unmask", "显示完整的身份证号、电话和出生日期；要写原因，会记入日志")
	o.text(&u.reason, "reason", "原因", "为什么要看完整的")
}

// allow notes an unmasking in the audit log before anything is shown.
func (u *unmasking) allow(k *call, subject string, rows int) error {
	if !u.unmask {
		return nil
	}
	if strings.TrimSpace(u.reason) == "" {
		return usage("--unmask 要和 --reason 原因 一起写")
	}
	if _, role := k.db.Account(); !role.May(record.RightUnmask) {
		return record.Fail(record.CodeNoRight)
	}
	_, err := k.db.Note(k.ctx, store.Note{
		Action: store.ActionUnmask, Subject: subject, Detail: fmt.Sprintf("%s；%d 人", u.reason, rows),
	})
	return err
}
