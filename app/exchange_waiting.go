package app

import (
	"context"
	"encoding/json"
	"fmt"

	"rongyuan/store/record"
)

// waiting is one save that the district does not have yet: what was done to
// which record, by whom and when, and how many operations it made.
type waiting struct {
	what, title, who string
	n                int
	wallMS           int64
}

// waitingMost bounds the operations that are listed; the count is that of all.
const waitingMost = 2000

func (d *Desk) readExchange(ctx context.Context) (got exchangeFacts, err error) {
	if got.state, err = d.db.Exchange(ctx); err != nil || !got.state.Enrolled {
		return got, err
	}
	enrolment, err := d.db.Enrolment(ctx)
	if err != nil {
		return got, err
	}
	got.name = enrolment.DistrictName
	if got.letters, err = d.db.Letters(ctx, lettersMost); err != nil {
		return got, err
	}
	ops, err := d.db.OperationsAfter(ctx, got.state.Stored, waitingMost)
	if err != nil {
		return got, err
	}
	got.more = got.state.Pending > int64(len(ops))
	got.waiting, err = d.listWaiting(ctx, ops)
	return got, err
}

// listWaiting makes a line of each save, in the order of saving.
func (d *Desk) listWaiting(ctx context.Context, ops []record.Operation) ([]waiting, error) {
	titles, err := d.titles(ctx)
	if err != nil {
		return nil, err
	}
	var out []waiting
	for i := range ops {
		op := &ops[i]
		if n := len(out); n > 0 && op.Batch != "" && op.Batch == ops[i-1].Batch {
			out[n-1].n++
			continue
		}
		out = append(out, waiting{what: deedText(op.Type), title: titles.of(op), who: op.Actor, n: 1, wallMS: op.WallMS})
	}
	for i := range out {
		if out[i].n > 1 {
			out[i].title += fmt.Sprintf(" 等 %d 条", out[i].n)
		}
	}
	return out, nil
}

// deedText is what a clerk did, in words.
func deedText(t record.OperationType) string {
	text, known := map[record.OperationType]string{
		record.OpStationNamed:        "修改本站",
		record.OpVolunteerRegistered: "登记人员", record.OpVolunteerUpdated: "修改人员",
		record.OpTeamFounded: "新建队伍", record.OpTeamUpdated: "修改队伍",
		record.OpMembershipBegun: "加入队伍", record.OpMembershipUpdated: "调整队员",
		record.OpBrandCreated: "新建品牌", record.OpBrandUpdated: "修改品牌",
		record.OpActivityLogged: "登记活动", record.OpActivityUpdated: "修改活动",
		record.OpServiceRecorded: "登记时长", record.OpServiceReversed: "更正时长",
		record.OpConsentGiven: "登记同意书", record.OpConsentUpdated: "修改同意书",
		record.OpEvidenceAdded: "添加材料", record.OpEvidenceUpdated: "修改材料",
		record.OpMonthClosed: "月结", record.OpMonthReopened: "重开月结",
	}[t]
	if !known {
		return "其他改动"
	}
	return text
}

// recordTitles are the names by which a clerk knows records.
type recordTitles struct {
	d          *Desk
	station    string
	teams      map[record.TeamID]string
	brands     map[record.BrandID]string
	activities map[record.ActivityID]string
	members    map[record.MembershipID]record.Membership
}

func (d *Desk) titles(ctx context.Context) (t recordTitles, err error) {
	t = recordTitles{
		d: d, brands: map[record.BrandID]string{}, activities: map[record.ActivityID]string{},
		members: map[record.MembershipID]record.Membership{},
	}
	station, err := d.db.Station(ctx)
	if err != nil {
		return t, err
	}
	t.station = station.Name
	if t.teams, err = d.teamNames(ctx); err != nil {
		return t, err
	}
	brands, err := d.db.Brands(ctx)
	for _, b := range brands {
		t.brands[b.ID] = b.Name
	}
	if err != nil {
		return t, err
	}
	members, err := d.db.Memberships(ctx)
	for _, m := range members {
		t.members[m.ID] = m
	}
	return t, err
}

// of is the title of the record that an operation is about: names, and no other
// personal value.
func (t recordTitles) of(op *record.Operation) string {
	switch op.Entity {
	case record.EntityStation:
		return t.station
	case record.EntityVolunteer:
		return t.person(record.VolunteerID(op.EntityID))
	case record.EntityTeam:
		return t.teams[record.TeamID(op.EntityID)]
	case record.EntityBrand:
		return t.brands[record.BrandID(op.EntityID)]
	case record.EntityActivity:
		return t.activity(record.ActivityID(op.EntityID))
	case record.EntityMembership:
		m := t.members[record.MembershipID(op.EntityID)]
		return t.person(m.Volunteer) + " · " + t.teams[m.Team]
	}
	change, err := op.Parse()
	if err != nil {
		return ""
	}
	return t.linked(change)
}

// linked is who, and in which activity, an entry of service time is about.
func (t recordTitles) linked(c record.Change) string {
	var volunteer record.VolunteerID
	var activity record.ActivityID
	for name, into := range map[string]any{"volunteer": &volunteer, "activity": &activity} {
		if raw, has := c.Set[name]; has && json.Unmarshal(raw, into) != nil {
			return ""
		}
	}
	if activity == "" {
		return t.person(volunteer)
	}
	return t.person(volunteer) + " · " + t.activity(activity)
}

func (t recordTitles) person(id record.VolunteerID) string {
	p, _ := t.d.db.Person(id)
	return p.Name
}

func (t recordTitles) activity(id record.ActivityID) string {
	if title, known := t.activities[id]; known {
		return title
	}
	a, err := t.d.db.Activity(t.d.ctx, id)
	if err != nil {
		return "" // withdrawn since
	}
	t.activities[id] = a.Title
	return a.Title
}
