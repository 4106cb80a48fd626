package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// Volunteer reads one person, veterans who do not serve included. The code is
// not_found.
func (db *DB) Volunteer(ctx context.Context, id record.VolunteerID) (record.Volunteer, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return record.Volunteer{}, err
	}
	v, err := volunteer(view{ctx, db.reader, s}, id)
	return seenBy(v, s.role), err
}

// seenBy is a person as a role may see it: masked for good where the role may
// not unmask.
func seenBy(v record.Volunteer, role record.Role) record.Volunteer {
	if role.May(record.RightUnmask) {
		return v
	}
	v.IDNumber = record.IDNumber(record.MaskID(string(v.IDNumber)))
	v.Phones = record.MaskPhones(v.Phones)
	v.Birth = v.Birth[:min(4, len(v.Birth))]
	v.Emergency.Phone = record.MaskPhone(v.Emergency.Phone)
	v.Address, v.Disability, v.Health, v.Note = "", "", "", ""
	return v
}

func volunteer(w view, id record.VolunteerID) (record.Volunteer, error) {
	all, err := volunteers(w, "WHERE id = ?", id)
	if err == nil && len(all) == 0 {
		err = record.Fail(record.CodeNotFound)
	}
	if err != nil {
		return record.Volunteer{}, err
	}
	return all[0], nil
}

func volunteers(w view, where string, args ...any) ([]record.Volunteer, error) {
	out, rows, err := records[record.Volunteer](w, "volunteers", where, args...)
	for i := range out {
		out[i].ID, out[i].Version = record.VolunteerID(rows[i].id), rows[i].version
	}
	return out, err
}

// AllVolunteers reads every person who is not withdrawn or sealed, whole, in
// the order of the directory. Lists use [DB.People] instead.
func (db *DB) AllVolunteers(ctx context.Context) ([]record.Volunteer, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	all, err := volunteers(view{ctx, db.reader, s}, "WHERE withdrawn = 0 AND status <> ? ORDER BY id", record.StatusSealed)
	for i := range all {
		all[i] = seenBy(all[i], s.role)
	}
	return all, err
}

// RegisterVolunteer writes a new person. What may be derived is filled in; the
// findings come back also when the person is taken. The codes are those of
// [record.Volunteer.Check] and id_taken.
func (db *DB) RegisterVolunteer(ctx context.Context, v record.Volunteer) (record.VolunteerID, record.Problems, error) {
	var found record.Problems
	err := db.write(ctx, func(t *tx) (err error) {
		if hiddenDiffers(record.Volunteer{}, v) {
			return record.FailField("status", record.CodeNoRight)
		}
		v, found, err = t.registerVolunteer(v)
		return err
	})
	return v.ID, found, err
}

func (t *tx) registerVolunteer(v record.Volunteer) (record.Volunteer, record.Problems, error) {
	v = v.Complete(t.today)
	found := v.Check(t.today)
	if err := found.Err(); err != nil {
		return v, found, err
	}
	id, err := t.newID()
	if err != nil {
		return v, found, err
	}
	v.ID, v.Version = record.VolunteerID(id), 1
	if err := t.number(&v); err != nil {
		return v, found, err
	}
	if err := t.putVolunteer(v); err != nil {
		return v, found, err
	}
	change, err := record.Created(v)
	if err != nil {
		return v, found, err
	}
	return v, found, t.record(subject{Type: record.OpVolunteerRegistered, ID: id}, change)
}

// number gives a volunteer the next number of the station.
func (t *tx) number(v *record.Volunteer) error {
	if !v.Serving || v.Number != "" {
		return nil
	}
	next, err := t.numbering()
	if err != nil {
		return err
	}
	next.give(v)
	return t.exec("UPDATE station SET next_number = ?", next.number)
}

// UpdateVolunteer writes what changed in a person that was read before. The
// codes are those of [record.Volunteer.Check], stale, not_found, id_taken and
// nothing_to_do.
func (db *DB) UpdateVolunteer(ctx context.Context, v record.Volunteer) (record.Problems, error) {
	var found record.Problems
	err := db.write(ctx, func(t *tx) error {
		before, err := volunteer(t.view(), v.ID)
		if err != nil {
			return err
		}
		if hiddenDiffers(before, v) {
			return record.FailField("status", record.CodeNoRight)
		}
		found, err = t.updateVolunteer(v)
		return err
	})
	return found, err
}

// hiddenDiffers reports a change by which a person would vanish from the lists
// or come back: that needs a reason, and has methods of its own.
func hiddenDiffers(before, after record.Volunteer) bool {
	sealed := before.Status == record.StatusSealed
	return sealed != (after.Status == record.StatusSealed) || before.Withdrawn != after.Withdrawn
}

func (t *tx) updateVolunteer(v record.Volunteer) (record.Problems, error) {
	before, err := volunteer(t.view(), v.ID)
	if err != nil {
		return nil, err
	}
	if before.Version != v.Version {
		return nil, record.Fail(record.CodeStale)
	}
	v = v.Complete(t.today)
	found := v.Check(t.today)
	if err := found.Err(); err != nil && !v.Withdrawn {
		return found, err
	}
	if err := t.number(&v); err != nil {
		return found, err
	}
	change, err := record.Difference(before, v)
	if err != nil {
		return found, err
	}
	if change.Empty() {
		return found, record.Fail(record.CodeNothingToDo)
	}
	v.Version++
	if err := t.putVolunteer(v); err != nil {
		return found, err
	}
	epoch, err := t.homeEpoch(v.ID)
	if err != nil {
		return found, err
	}
	return found, t.record(subject{Type: record.OpVolunteerUpdated, ID: string(v.ID), Base: before.Version, Epoch: epoch}, change)
}

// volunteerRow is a person as the file keeps them.
type volunteerRow struct {
	v                   record.Volunteer
	person              *Person
	encoded             []byte // the record as JSON
	light, whole, blind []byte // sealed, and the index of the number
}

func (t *tx) volunteerRow(v record.Volunteer) (volunteerRow, error) {
	row := volunteerRow{v: v, person: lightOf(v)}
	var err error
	if row.encoded, err = json.Marshal(v); err != nil {
		return row, fmt.Errorf("encode person: %w", err)
	}
	if row.whole, err = t.s.fields.Seal(recordPlace("volunteers", string(v.ID)), row.encoded); err != nil {
		return row, fmt.Errorf("seal person: %w", err)
	}
	if row.light, err = t.s.fields.SealText(lightPlace(string(v.ID)), row.person.text()); err != nil {
		return row, fmt.Errorf("seal light row: %w", err)
	}
	row.blind, err = t.blind(v)
	return row, err
}

const (
	insertVolunteer = `INSERT INTO volunteers (id, version, number, id_blind, light, sealed, sex, village, politics,
			veteran, serving, joined, status, status_since, withdrawn)
		VALUES (?, ?, NULLIF(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	upsertVolunteer = insertVolunteer + `
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, number = excluded.number, id_blind = excluded.id_blind,
			light = excluded.light, sealed = excluded.sealed, sex = excluded.sex, village = excluded.village,
			politics = excluded.politics, veteran = excluded.veteran, serving = excluded.serving, joined = excluded.joined,
			status = excluded.status, status_since = excluded.status_since, withdrawn = excluded.withdrawn`
)

// values are those of the columns of insertVolunteer.
func (r *volunteerRow) values() []any {
	v := &r.v
	return []any{
		string(v.ID), v.Version, v.Number, r.blind, r.light, r.whole, v.Sex, v.Village, v.Politics,
		v.Veteran, v.Serving, v.Joined, v.Status, v.StatusSince, v.Withdrawn,
	}
}

// putVolunteer writes the row of a person, new or known, and keeps the
// directory current.
func (t *tx) putVolunteer(v record.Volunteer) error {
	row, err := t.volunteerRow(v)
	if err != nil {
		return err
	}
	if err := t.exec(upsertVolunteer, row.values()...); err != nil {
		return taken(err)
	}
	t.after = append(t.after, func(d *directory) { d.put(row.person) })
	return nil
}

// taken tells a number that another person has from other failures.
func taken(err error) error {
	if strings.Contains(err.Error(), "volunteers.id_blind") {
		return record.FailField("id_number", record.CodeIDTaken)
	}
	return fmt.Errorf("write person: %w", err)
}

// blind is the keyed index of a person's number; nil without a number and for
// somebody who was withdrawn, so that the number is free again.
func (t *tx) blind(v record.Volunteer) ([]byte, error) {
	if v.IDNumber == "" || v.Withdrawn {
		return nil, nil
	}
	sum, err := t.s.index.Blind(string(v.IDNumber))
	if err != nil {
		return nil, fmt.Errorf("index number: %w", err)
	}
	return sum[:], nil
}

func lightPlace(id string) seal.Place {
	return seal.Place{Table: "volunteers", Column: "light", Row: id}
}
