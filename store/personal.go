package store

import (
	"encoding/json"
	"fmt"

	"rongyuan/store/record"
)

// personal is a kind of record that hangs on one person and is sealed whole,
// with id, person and day readable beside it.
type personal[T any] struct {
	kind          record.EntityKind
	table         string
	made, changed record.OperationType
	face          func(T) face
	// named gives a record its id and version, drop marks it as taken back and
	// erased leaves nothing of it but whom it was about.
	named  func(one T, id string, version int64) T
	drop   func(T) T
	erased func(T) T
	check  func(t *tx, one T) error
}

// face is what stands readable beside a record.
type face struct {
	id        string
	version   int64
	volunteer record.VolunteerID
	day       record.Day
	withdrawn bool
}

var trainings = personal[record.Training]{
	kind: record.EntityTraining, table: "trainings", made: record.OpTrainingRecorded, changed: record.OpTrainingUpdated,
	face: func(one record.Training) face {
		return face{string(one.ID), one.Version, one.Volunteer, one.Day, one.Withdrawn}
	},
	named: func(one record.Training, id string, version int64) record.Training {
		one.ID, one.Version = record.TrainingID(id), version
		return one
	},
	drop: func(one record.Training) record.Training {
		one.Withdrawn = true
		return one
	},
	erased: func(one record.Training) record.Training {
		return record.Training{ID: one.ID, Version: one.Version, Volunteer: one.Volunteer, Day: one.Day, Withdrawn: true}
	},
	check: func(t *tx, one record.Training) error { return one.Check(t.today).Err() },
}

var honours = personal[record.Honour]{
	kind: record.EntityHonour, table: "honours", made: record.OpHonourRecorded, changed: record.OpHonourUpdated,
	face: func(one record.Honour) face {
		return face{string(one.ID), one.Version, one.Volunteer, one.Day, one.Withdrawn}
	},
	named: func(one record.Honour, id string, version int64) record.Honour {
		one.ID, one.Version = record.HonourID(id), version
		return one
	},
	drop: func(one record.Honour) record.Honour {
		one.Withdrawn = true
		return one
	},
	erased: func(one record.Honour) record.Honour {
		return record.Honour{ID: one.ID, Version: one.Version, Volunteer: one.Volunteer, Day: one.Day, Withdrawn: true}
	},
	check: func(t *tx, one record.Honour) error { return one.Check(t.today).Err() },
}

var transfers = personal[record.Transfer]{
	kind: record.EntityTransfer, table: "transfers", made: record.OpTransferAsked, changed: record.OpTransferUpdated,
	face: func(one record.Transfer) face {
		return face{string(one.ID), one.Version, one.Volunteer, one.Day, one.Withdrawn}
	},
	named: func(one record.Transfer, id string, version int64) record.Transfer {
		one.ID, one.Version = record.TransferID(id), version
		return one
	},
	drop: func(one record.Transfer) record.Transfer {
		one.Withdrawn = true
		return one
	},
	erased: func(one record.Transfer) record.Transfer {
		one.Reason, one.Joined, one.Withdrawn = "", "", true
		return one
	},
	check: (*tx).checkTransfer,
}

// list reads records; where is the rest of the query.
func (p personal[T]) list(w view, where string, args ...any) ([]T, error) {
	out, rows, err := records[T](w, p.table, where, args...)
	for i := range out {
		out[i] = p.named(out[i], rows[i].id, rows[i].version)
	}
	return out, err
}

// of are the records of a person, the newest first.
func (p personal[T]) of(w view, id record.VolunteerID) ([]T, error) {
	return p.list(w, "WHERE volunteer = ? AND withdrawn = 0 ORDER BY day DESC, id DESC", id)
}

// one reads one record. The code is not_found.
func (p personal[T]) one(w view, id string) (T, error) {
	all, err := p.list(w, "WHERE id = ?", id)
	if err == nil && len(all) == 0 {
		err = record.Fail(record.CodeNotFound)
	}
	if err != nil {
		var none T
		return none, err
	}
	return all[0], nil
}

// add writes a new record of somebody whom the station knows.
func (p personal[T]) add(t *tx, one T) (T, error) {
	id, err := t.newID()
	if err != nil {
		return one, err
	}
	one = p.named(one, id, 1)
	if err := p.check(t, one); err != nil {
		return one, err
	}
	if _, err := volunteer(t.view(), p.face(one).volunteer); err != nil {
		return one, err
	}
	if err := p.put(t, one); err != nil {
		return one, err
	}
	change, err := record.Created(one)
	if err != nil {
		return one, err
	}
	return one, t.record(subject{Type: p.made, ID: id}, change)
}

// update writes what changed in a record that was read before. The codes are
// those of the record's check, stale, not_found and nothing_to_do.
func (p personal[T]) update(t *tx, after T) error {
	f := p.face(after)
	before, err := p.one(t.view(), f.id)
	if err != nil {
		return err
	}
	if p.face(before).volunteer != f.volunteer {
		return record.Fail(record.CodeStale)
	}
	change, err := t.changed(p.face(before).version, f.version, before, after)
	if err != nil {
		return err
	}
	after = p.named(after, f.id, f.version+1)
	if err := p.check(t, after); err != nil {
		return err
	}
	if err := p.put(t, after); err != nil {
		return err
	}
	return t.record(subject{Type: p.changed, ID: f.id, Base: f.version}, change)
}

func (p personal[T]) put(t *tx, one T) error {
	f := p.face(one)
	sealed, err := t.sealRecord(p.table, f.id, one)
	if err != nil {
		return err
	}
	err = t.exec("INSERT INTO "+p.table+` (id, version, volunteer, day, sealed, withdrawn) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, day = excluded.day, sealed = excluded.sealed, withdrawn = excluded.withdrawn`,
		f.id, f.version, f.volunteer, f.day, sealed, f.withdrawn)
	if err != nil {
		return fmt.Errorf("write %s: %w", p.table, err)
	}
	return nil
}

func (p personal[T]) undo(t *tx, op *record.Operation, change record.Change) error {
	now, err := p.one(t.view(), op.EntityID)
	if err != nil {
		return err
	}
	after := p.drop(now)
	if op.Type != p.made {
		if after, err = rewound(now, change); err != nil {
			return err
		}
	}
	f := p.face(now)
	return p.update(t, p.named(after, f.id, f.version))
}

// purge erases what the file says in all records of a person; the last operation
// says only that.
func (p personal[T]) purge(t *tx, id record.VolunteerID) error {
	all, err := p.list(t.view(), "WHERE volunteer = ?", id)
	if err != nil {
		return err
	}
	for _, before := range all {
		f := p.face(before)
		after := p.named(p.erased(before), f.id, f.version+1)
		change, err := record.Difference(before, after)
		if err != nil {
			return err
		}
		change.Was = map[string]json.RawMessage{}
		if err := p.put(t, after); err != nil {
			return err
		}
		if err := t.record(subject{Type: p.changed, ID: f.id, Base: f.version}, change); err != nil {
			return err
		}
		if err := t.eraseLoads(p.kind, f.id); err != nil {
			return err
		}
	}
	return nil
}

// verify is the table for [view.matchTables].
func (p personal[T]) verify() sealedTable[T] {
	return sealedTable[T]{p.kind, p.table, "volunteer, day, withdrawn", func(one T) []any {
		f := p.face(one)
		return quoted(f.volunteer, f.day, f.withdrawn)
	}}
}
