package store

import (
	"fmt"
	"strings"

	"rongyuan/store/record"
)

// noun is how a record is stored that is sealed whole beside a few readable
// columns: one place for reading, writing, taking back and checking it.
type noun[T any] struct {
	kind          record.EntityKind
	table         string
	made, changed record.OperationType
	// columns are those beside id, version and sealed; values are what stands in
	// them.
	columns []string
	values  func(T) []any
	check   func(T, record.Day) record.Problems
	// tag gives a record what does not travel; tagOf reads it.
	tag   func(*T, string, int64)
	tagOf func(T) (string, int64)
	// withdraw marks a record as taken back.
	withdraw func(*T)
}

// list reads records; where is the rest of the query.
func (k noun[T]) list(w view, where string, args ...any) ([]T, error) {
	out, rows, err := records[T](w, k.table, where, args...)
	for i := range out {
		k.tag(&out[i], rows[i].id, rows[i].version)
	}
	return out, err
}

// one reads one record. The code is not_found.
func (k noun[T]) one(w view, id string) (T, error) {
	found, err := k.list(w, "WHERE id = ?", id)
	if err == nil && len(found) == 0 {
		err = record.Fail(record.CodeNotFound)
	}
	if err != nil {
		var none T
		return none, err
	}
	return found[0], nil
}

// create writes a new record and its operation and gives it with its id.
func (k noun[T]) create(t *tx, one T) (T, error) {
	id, err := t.newID()
	if err != nil {
		return one, err
	}
	k.tag(&one, id, 1)
	if err := k.put(t, one); err != nil {
		return one, err
	}
	change, err := record.Created(one)
	if err != nil {
		return one, err
	}
	return one, t.record(subject{Type: k.made, ID: id}, change)
}

// update writes what changed in a record that was read before. The codes are
// stale, nothing_to_do, not_found and those of the record's check.
func (k noun[T]) update(t *tx, after T) error {
	id, seen := k.tagOf(after)
	before, err := k.one(t.view(), id)
	if err != nil {
		return err
	}
	_, have := k.tagOf(before)
	change, err := t.changed(have, seen, before, after)
	if err != nil {
		return err
	}
	k.tag(&after, id, have+1)
	if err := k.put(t, after); err != nil {
		return err
	}
	return t.record(subject{Type: k.changed, ID: id, Base: have}, change)
}

// undo takes an operation back: what it made is withdrawn, what it changed gets
// the old values where they still are as it left them.
func (k noun[T]) undo(t *tx, op *record.Operation, change record.Change) error {
	now, err := k.one(t.view(), op.EntityID)
	if err != nil {
		return err
	}
	after := now
	if op.Type == k.made {
		k.withdraw(&after)
	} else if after, err = rewound(now, change); err != nil {
		return err
	}
	_, have := k.tagOf(now)
	k.tag(&after, op.EntityID, have)
	return k.update(t, after)
}

func (k noun[T]) put(t *tx, one T) error {
	if err := k.check(one, t.today).Err(); err != nil {
		return err
	}
	id, version := k.tagOf(one)
	sealed, err := t.sealRecord(k.table, id, one)
	if err != nil {
		return err
	}
	columns := append([]string{"id", "version", "sealed"}, k.columns...)
	set := make([]string, 0, len(columns))
	for _, c := range columns[1:] {
		set = append(set, c+" = excluded."+c)
	}
	query := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (id) DO UPDATE SET %s",
		k.table, strings.Join(columns, ", "), strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", "), strings.Join(set, ", "))
	if err := t.exec(query, append([]any{id, version, sealed}, k.values(one)...)...); err != nil {
		return fmt.Errorf("write %s: %w", k.kind, err)
	}
	return nil
}

// match compares the table with the log, for [DB.Verify].
func (k noun[T]) match(w view, r replay) error {
	return sealedTable[T]{
		k.kind, k.table, strings.Join(k.columns, ", "), func(one T) []any { return quoted(k.values(one)...) },
	}.match(w, r)
}
