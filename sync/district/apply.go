package district

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// applyStep is how many operations are applied in one transaction.
const applyStep = 500

// apply works a log off, from the last operation that was tried to its end.
func (s *Server) apply(ctx context.Context, log LogName) error {
	for {
		more := false
		err := s.storage.Update(ctx, func(tx Tx) error {
			a, err := s.applier(tx, log.Station)
			if err != nil {
				return err
			}
			head, err := headOf(tx, a.scope, log)
			if err != nil || head.Applied >= head.Seq {
				return err
			}
			ops, err := tx.Operations(a.scope, log, head.Applied, applyStep)
			if err != nil {
				return err
			}
			for _, op := range ops {
				if err := a.settle(op); err != nil {
					return err
				}
				head.Applied = op.Operation.Seq
			}
			more = head.Applied < head.Seq && len(ops) > 0
			return tx.PutHead(a.scope, head)
		})
		if err != nil || !more {
			return err
		}
	}
}

// applyAll works off every log and tries again what an older program could not
// apply. It runs at the start of a server.
func (s *Server) applyAll(ctx context.Context) error {
	var heads []LogHead
	var stuck []State
	err := s.storage.View(ctx, func(tx Tx) (err error) {
		if heads, err = tx.Heads(system()); err != nil {
			return err
		}
		stuck, err = tx.Quarantine(system(), Quarantined)
		return err
	})
	if err != nil {
		return err
	}
	for _, head := range heads {
		if err := s.apply(ctx, head.LogName); err != nil {
			return err
		}
	}
	for _, state := range stuck {
		if state.Reason != record.CodeUnknownOperation {
			continue
		}
		if err := s.retry(ctx, state); err != nil {
			return err
		}
	}
	return nil
}

// retry tries a quarantined operation once more.
func (s *Server) retry(ctx context.Context, state State) error {
	return s.storage.Update(ctx, func(tx Tx) error {
		a, err := s.applier(tx, state.Station)
		if err != nil {
			return err
		}
		return a.again(state)
	})
}

// applier applies operations of one station within one transaction.
type applier struct {
	tx    Tx
	scope Scope
	vault *vault
	shape map[record.EntityKind]shape
	// waiting is how many operations of the station wait; while there are none,
	// nobody needs to be asked.
	waiting int64
	there   map[Ref]bool // records that were seen in this transaction
}

func (s *Server) applier(tx Tx, station record.StationCode) (*applier, error) {
	scope := system()
	counts, err := tx.Counts(scope, station)
	return &applier{tx: tx, scope: scope, vault: s.vault, shape: s.shapes, waiting: counts.Waiting(), there: map[Ref]bool{}}, err
}

// settle applies one operation or keeps the reason why not, then whatever has
// waited for it. An error is a fault of the storage; a fault of the operation is
// a state.
func (a *applier) settle(stored StoredOperation) error {
	state, err := a.try(stored)
	if err != nil {
		return err
	}
	if state.State != Applied {
		if err := a.tx.PutState(a.scope, state); err != nil {
			return err
		}
	}
	if !settled(state.State) {
		a.waiting++
		return nil
	}
	return a.release(state.Ref)
}

func settled(kind StateKind) bool { return kind == Applied || kind == Merged }

// release tries everything that waits for a record, and what waits for that in
// turn. Each try settles one or leaves it, so the list ends.
func (a *applier) release(ref Ref) error {
	for todo := []Ref{ref}; len(todo) > 0 && a.waiting > 0; todo = todo[1:] {
		states, err := a.tx.Waiting(a.scope, todo[0])
		if err != nil {
			return err
		}
		for _, state := range states {
			done, err := a.once(state)
			if err != nil {
				return err
			}
			if done {
				todo = append(todo, state.Ref)
			}
		}
	}
	return nil
}

// again tries a state once more and releases what waited for it.
func (a *applier) again(state State) error {
	done, err := a.once(state)
	if err != nil || !done {
		return err
	}
	return a.release(state.Ref)
}

func (a *applier) once(state State) (bool, error) {
	stored, err := a.tx.Operation(a.scope, state.Key)
	if err != nil {
		return false, err
	}
	next, err := a.try(stored)
	if err != nil {
		return false, err
	}
	if settled(next.State) {
		a.waiting--
	}
	return settled(next.State), a.tx.PutState(a.scope, next)
}

// try applies one operation in a savepoint.
func (a *applier) try(stored StoredOperation) (State, error) {
	op := stored.Operation
	state := State{Key: keyOf(op), Ref: Ref{op.Station, op.Entity, op.EntityID}}
	var broken error
	err := a.tx.Savepoint(func() error {
		err := a.one(stored, &state)
		var own *record.Error
		if err != nil && !errors.As(err, &own) {
			broken = err
		}
		return err
	})
	switch code := record.CodeOf(err); {
	case broken != nil:
		return state, broken
	case err == nil:
		return state, nil
	case code == record.CodeServerBusy, code == record.CodeDiskFull, code == record.CodeReadOnly, code == record.CodeFileDamaged:
		return state, err
	default:
		state.State, state.Reason, state.Waits = Quarantined, code, Ref{}
		return state, nil
	}
}

// one does the work of try. What it returns as an error with a code quarantines
// the operation; waiting and conflicts are no errors.
func (a *applier) one(stored StoredOperation, state *State) error {
	op, err := a.vault.openOperation(stored)
	if err != nil {
		return err
	}
	if wait, err := a.blocked(state); err != nil || wait {
		return err
	}
	s, known := a.shape[op.Entity]
	if !known || op.TypeVersion > newestVersion(op.Type) {
		return record.Fail(record.CodeUnknownOperation)
	}
	change, err := changeOf(op)
	if err != nil {
		return err
	}
	row, before, err := a.before(state.Ref, op.BaseVersion)
	if err != nil {
		return err
	}
	if before == nil {
		a.hold(state, state.Ref, record.CodeParentMissing)
		return nil
	}
	return a.write(s, op, change, row, before, state)
}

// changeOf is what an operation changes. One whose content was erased on a
// lawful request leaves its record empty and withdrawn, so that what hangs on
// the record still finds it.
func changeOf(op record.Operation) (record.Change, error) {
	if op.Erased() {
		gone := map[string]json.RawMessage{"withdrawn": json.RawMessage("true")}
		return record.Change{Set: gone, Was: map[string]json.RawMessage{}}, nil
	}
	return readChange(op)
}

// readChange reads a payload as strictly as a message.
func readChange(op record.Operation) (record.Change, error) {
	if record.OperationTypes()[op.Type] != op.Entity {
		return record.Change{}, record.Fail(record.CodeMalformed)
	}
	if err := wire.Strict(op.Payload); err != nil {
		return record.Change{}, err
	}
	change, err := op.Parse()
	if err == nil && change.Set == nil {
		err = record.Fail(record.CodeMalformed)
	}
	return change, err
}

// blocked holds an operation behind an earlier one on the same record that
// waits itself.
func (a *applier) blocked(state *State) (bool, error) {
	if a.waiting == 0 {
		return false, nil
	}
	open, err := a.tx.Open(a.scope, state.Ref)
	if err != nil {
		return false, err
	}
	for _, other := range open {
		if other.Incarnation == state.Incarnation && other.Seq >= state.Seq {
			continue
		}
		a.hold(state, state.Ref, record.CodeHeld)
		return true, nil
	}
	return false, nil
}

func (a *applier) hold(state *State, on Ref, reason record.Code) {
	state.State, state.Reason, state.Waits = Held, reason, on
}

// before is the record as it stands: "{}" for a new one, nil when the operation
// rests on a record that is not here.
func (a *applier) before(of Ref, base int64) (Row, []byte, error) {
	row, err := a.tx.Row(a.scope, of)
	switch {
	case errors.Is(err, record.Fail(record.CodeNotFound)):
		if base > 0 {
			return Row{}, nil, nil
		}
		return Row{}, []byte("{}"), nil
	case err != nil:
		return Row{}, nil, err
	}
	raw, err := a.vault.unpack(of, row)
	return row, raw, err
}

// write merges the change into the record, unless a person must decide or a
// parent is missing.
func (a *applier) write(s shape, op record.Operation, c record.Change, row Row, before []byte, state *State) error { //nolint:revive // one step of one, cut off for its length
	state.State = Applied
	if op.BaseVersion != row.Version {
		state.State = Merged
		agree, err := agrees(before, c)
		if err != nil {
			return err
		}
		if !agree {
			state.State, state.Reason = Conflict, record.CodeConflict
			return nil
		}
	}
	after, hangs, err := s.apply(before, c)
	if err != nil {
		return err
	}
	if foreignPaper(op, after) {
		return record.Fail(record.CodeForeignRecord)
	}
	missing, err := a.missing(state.Ref, hangs.parents)
	if err != nil {
		return err
	}
	if missing != nil {
		a.hold(state, *missing, record.CodeParentMissing)
		return nil
	}
	next, err := a.vault.pack(state.Ref, s, after)
	if err != nil {
		return err
	}
	next.Version, next.Link = row.Version+1, hangs.link
	state.AppliedVersion = next.Version
	if err := a.tx.PutRow(a.scope, state.Ref, next); err != nil {
		return err
	}
	a.there[state.Ref] = true
	if err := a.erase(op, after); err != nil {
		return err
	}
	return a.named(op, after)
}

// agrees reports whether a change made on another version fits: each field
// still holds what the clerk saw, or holds the new value already.
func agrees(before []byte, c record.Change) (bool, error) {
	fields, err := fieldsOf(before)
	if err != nil {
		return false, err
	}
	value := func(from map[string]json.RawMessage, name string) []byte {
		if v, has := from[name]; has {
			return v
		}
		return []byte("null")
	}
	for name, wanted := range c.Set {
		now := value(fields, name)
		if !bytes.Equal(now, wanted) && !bytes.Equal(now, value(c.Was, name)) {
			return false, nil
		}
	}
	return true, nil
}

// missing is the first parent that is not here; nil when all are.
func (a *applier) missing(of Ref, parents []parent) (*Ref, error) {
	for _, p := range parents {
		ref := Ref{of.Station, p.kind, p.id}
		if ref == of || a.there[ref] {
			continue
		}
		_, err := a.tx.Row(a.scope, ref)
		if errors.Is(err, record.Fail(record.CodeNotFound)) {
			return &ref, nil
		}
		if err != nil {
			return nil, err
		}
		a.there[ref] = true
	}
	return nil, nil
}

// foreignPaper reports a station that gives itself another station's code.
func foreignPaper(op record.Operation, after []byte) bool {
	if op.Entity != record.EntityStation {
		return false
	}
	var paper record.Station
	return json.Unmarshal(after, &paper) != nil || paper.Code != op.Station
}

// named keeps the station's own name for the board.
func (a *applier) named(op record.Operation, after []byte) error {
	var paper record.Station
	if op.Entity != record.EntityStation || json.Unmarshal(after, &paper) != nil || paper.Name == "" {
		return nil
	}
	st, err := a.tx.Station(a.scope, op.Station)
	if err != nil && !errors.Is(err, record.Fail(record.CodeNotFound)) {
		return err
	}
	st.Code, st.Name = op.Station, paper.Name
	return a.tx.PutStation(a.scope, st)
}
