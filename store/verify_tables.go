package store

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"

	"rongyuan/store/record"
)

// replay is the records as the log makes them. The tables must hold the same:
// a page that was spoilt or put back from yesterday may pass every check of
// SQLite and of the seals, and is still not what the clerks wrote.
type replay map[record.EntityKind]map[string]*replayed

type replayed struct {
	fields  map[string]json.RawMessage
	version int64 // number of operations
	erased  bool  // some of them say nothing any more
	found   bool  // in the tables
}

func (r replay) take(op *record.Operation) error {
	if r[op.Entity] == nil {
		r[op.Entity] = map[string]*replayed{}
	}
	one := r[op.Entity][op.EntityID]
	if one == nil {
		one = &replayed{fields: map[string]json.RawMessage{}}
		r[op.Entity][op.EntityID] = one
	}
	one.version++
	if op.Erased() {
		one.erased = true
		return nil
	}
	change, err := op.Parse()
	if err != nil {
		return err
	}
	for field, value := range change.Set {
		if string(value) == "null" {
			delete(one.fields, field)
			continue
		}
		one.fields[field] = value
	}
	return nil
}

// match compares a row with what the log makes of it.
func (r replay) match(kind record.EntityKind, row stored, rec any) error {
	one := r[kind][row.id]
	if one == nil || one.version != row.version {
		return record.Fail(record.CodeFileDamaged, string(kind), row.id)
	}
	one.found = true
	have, err := record.Created(rec)
	if err != nil {
		return fmt.Errorf("read back %s: %w", kind, err)
	}
	for field, value := range one.fields {
		if !bytes.Equal(have.Set[field], value) {
			return record.Fail(record.CodeFileDamaged, string(kind), row.id)
		}
	}
	if !one.erased && len(have.Set) != len(one.fields) {
		return record.Fail(record.CodeFileDamaged, string(kind), row.id)
	}
	return nil
}

// missing finds a record that no table holds.
func (r replay) missing() error {
	for kind, all := range r {
		for id, one := range all {
			if !one.found {
				return record.Fail(record.CodeFileDamaged, string(kind), id)
			}
		}
	}
	return nil
}

// sealedTable is a table whose records are sealed, with readable columns beside
// them that figures and lists use.
type sealedTable[T any] struct {
	kind    record.EntityKind
	name    string
	columns string
	want    func(T) []any // of the columns
}

// match compares the records with the log and the columns with the records.
func (s sealedTable[T]) match(w view, r replay) error {
	all, rows, err := records[T](w, s.name, "")
	if err != nil {
		return err
	}
	byID := make(map[string]T, len(all))
	for i := range all {
		if err := r.match(s.kind, rows[i], all[i]); err != nil {
			return err
		}
		byID[rows[i].id] = all[i]
	}
	_, err = collect(w, func(rows *sql.Rows) (none struct{}, err error) {
		id, have, err := rowOf(rows)
		if err == nil && fmt.Sprint(have...) != fmt.Sprint(s.want(byID[id])...) {
			err = record.Fail(record.CodeFileDamaged, string(s.kind), id)
		}
		return none, err
	}, "SELECT id, "+s.columns+" FROM "+s.name)
	return err
}

// rowOf reads an id and the columns behind it, quoted.
func rowOf(rows *sql.Rows) (id string, have []any, err error) {
	names, err := rows.Columns()
	if err != nil {
		return "", nil, err
	}
	have = make([]any, len(names)-1)
	into := []any{&id}
	for i := range have {
		into = append(into, &have[i])
	}
	err = rows.Scan(into...)
	return id, quoted(have...), err
}

// quoted makes values comparable as text: what SQLite keeps of them.
func quoted(values ...any) []any {
	for i, v := range values {
		switch v := v.(type) {
		case bool:
			values[i] = 0
			if v {
				values[i] = 1
			}
		case int64:
		default:
			values[i] = fmt.Sprintf("%q", v)
		}
	}
	return values
}

func volunteerTable() sealedTable[record.Volunteer] {
	return sealedTable[record.Volunteer]{
		record.EntityVolunteer, "volunteers",
		"COALESCE(number, ''), sex, village, politics, veteran, serving, joined, status, status_since, withdrawn",
		func(v record.Volunteer) []any {
			return quoted(v.Number, v.Sex, v.Village, v.Politics, v.Veteran, v.Serving, v.Joined, v.Status, v.StatusSince, v.Withdrawn)
		},
	}
}

func teamTable() sealedTable[record.Team] {
	return sealedTable[record.Team]{
		record.EntityTeam, "teams", "name, withdrawn",
		func(t record.Team) []any { return quoted(t.Name, t.Withdrawn) },
	}
}

func brandTable() sealedTable[record.Brand] {
	return sealedTable[record.Brand]{
		record.EntityBrand, "brands", "name, withdrawn",
		func(b record.Brand) []any { return quoted(b.Name, b.Withdrawn) },
	}
}

func activityTable() sealedTable[record.Activity] {
	return sealedTable[record.Activity]{
		record.EntityActivity, "activities", "title, start, state, withdrawn",
		func(a record.Activity) []any { return quoted(a.Title, a.Start, a.State, a.Withdrawn) },
	}
}

func closingTable() sealedTable[record.Closing] {
	return sealedTable[record.Closing]{
		record.EntityClosing, "closings", "edition, open",
		func(c record.Closing) []any { return quoted(int64(c.Edition), c.Open) },
	}
}

func evidenceTable() sealedTable[record.Evidence] {
	return sealedTable[record.Evidence]{
		record.EntityEvidence, "evidence", "activity, kind, hash, withdrawn",
		func(e record.Evidence) []any { return quoted(e.Activity, e.Kind, e.Hash, e.Withdrawn) },
	}
}

// matchTables compares every table of records with the log.
func (w view) matchTables(r replay) error {
	for _, match := range []func(view, replay) error{
		volunteerTable().match, teamTable().match, brandTable().match, activityTable().match, signingTable().match, closingTable().match,
		certificateTable().match,
		trainings.verify().match, honours.verify().match, transfers.verify().match,
		evidenceTable().match,
		view.matchPlain, view.matchLight, view.matchHours,
	} {
		if err := match(w, r); err != nil {
			return err
		}
	}
	return r.missing()
}

// matchLight compares the rows of the directory with the records beside them.
func (w view) matchLight(replay) error {
	_, err := collect(w, func(rows *sql.Rows) (none struct{}, err error) {
		var row stored
		var light []byte
		if err := rows.Scan(&row.id, &row.sealed, &light); err != nil {
			return none, err
		}
		var v record.Volunteer
		if err := w.unseal("volunteers", row, &v); err != nil {
			return none, err
		}
		text, err := w.s.fields.OpenText(lightPlace(row.id), light)
		if err != nil {
			return none, record.Fail(record.CodeSealBroken).Because(err)
		}
		if text != lightOf(v).text() {
			return none, record.Fail(record.CodeFileDamaged, string(record.EntityVolunteer), row.id)
		}
		return none, nil
	}, "SELECT id, sealed, light FROM volunteers")
	return err
}

// matchPlain compares the tables whose records stand in columns.
func (w view) matchPlain(r replay) error {
	station, version, err := readStation(w.ctx, w.q)
	if err != nil {
		return err
	}
	if version > 0 {
		if err := r.match(record.EntityStation, stored{id: string(station.Code), version: version}, station); err != nil {
			return err
		}
	}
	list, err := members(w, "")
	if err != nil {
		return err
	}
	for _, m := range list {
		if err := r.match(record.EntityMembership, stored{id: string(m.ID), version: m.Version}, m); err != nil {
			return err
		}
	}
	given, err := consents(w, "")
	if err != nil {
		return err
	}
	for _, c := range given {
		if err := r.match(record.EntityConsent, stored{id: string(c.ID), version: c.Version}, c); err != nil {
			return err
		}
	}
	times, err := entries(w, "")
	if err != nil {
		return err
	}
	for _, e := range times {
		if err := r.match(record.EntityEntry, stored{id: string(e.ID), version: e.Version}, e); err != nil {
			return err
		}
	}
	return nil
}
