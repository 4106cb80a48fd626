package district

import "rongyuan/store/record"

const headColumns = "station, incarnation, seq, hash, device, signature, safe_seq, applied_seq"

func readHead(r scanner) (h LogHead, err error) {
	err = r.Scan(&h.Station, &h.Incarnation, &h.Seq, &h.Hash, &h.Device, &h.Signature, &h.Safe, &h.Applied)
	return h, err
}

func (t *sqliteTx) Head(s Scope, log LogName) (LogHead, error) {
	if err := s.only(log.Station); err != nil {
		return LogHead{}, err
	}
	return first(t, readHead, "SELECT "+headColumns+" FROM log_heads WHERE station = ? AND incarnation = ?", log.Station, log.Incarnation)
}

func (t *sqliteTx) Heads(s Scope) ([]LogHead, error) {
	found, err := all(t, readHead, "SELECT "+headColumns+" FROM log_heads ORDER BY station, incarnation")
	return allowed(s, found, func(h LogHead) record.StationCode { return h.Station }), err
}

func (t *sqliteTx) PutHead(s Scope, h LogHead) error {
	if err := s.only(h.Station); err != nil {
		return err
	}
	return t.exec("INSERT OR REPLACE INTO log_heads ("+headColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		h.Station, h.Incarnation, h.Seq, h.Hash, h.Device, h.Signature, h.Safe, h.Applied)
}

const operationColumns = `station, incarnation, seq, type, type_ver, entity, entity_id, base_version, home_epoch, batch,
	wall_ms, mono_ms, sealed, commitment, hash, device, stored_ms`

func readOperation(r scanner) (o StoredOperation, err error) {
	op := &o.Operation
	err = r.Scan(&op.Station, &op.Incarnation, &op.Seq, &op.Type, &op.TypeVersion, &op.Entity, &op.EntityID, &op.BaseVersion,
		&op.HomeEpoch, &op.Batch, &op.WallMS, &op.MonoMS, &o.Sealed, &op.Commit, &op.Hash, &o.Device, &o.StoredMS)
	return o, err
}

func (t *sqliteTx) Append(s Scope, o StoredOperation) error {
	op := o.Operation
	if err := s.only(op.Station); err != nil {
		return err
	}
	return t.exec("INSERT INTO op_log ("+operationColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		op.Station, op.Incarnation, op.Seq, op.Type, op.TypeVersion, op.Entity, op.EntityID, op.BaseVersion, op.HomeEpoch, op.Batch,
		op.WallMS, op.MonoMS, o.Sealed, op.Commit, op.Hash, o.Device, o.StoredMS)
}

func (t *sqliteTx) Operation(s Scope, k Key) (StoredOperation, error) {
	if err := s.only(k.Station); err != nil {
		return StoredOperation{}, err
	}
	return first(t, readOperation, "SELECT "+operationColumns+" FROM op_log WHERE station = ? AND incarnation = ? AND seq = ?",
		k.Station, k.Incarnation, k.Seq)
}

func (t *sqliteTx) Operations(s Scope, log LogName, after int64, limit int) ([]StoredOperation, error) {
	if err := s.only(log.Station); err != nil {
		return nil, err
	}
	return all(t, readOperation, "SELECT "+operationColumns+` FROM op_log
		WHERE station = ? AND incarnation = ? AND seq > ? ORDER BY seq LIMIT ?`, log.Station, log.Incarnation, after, limit)
}

func (t *sqliteTx) OperationsOn(s Scope, of Ref) ([]StoredOperation, error) {
	if err := s.only(of.Station); err != nil {
		return nil, err
	}
	return all(t, readOperation, "SELECT "+operationColumns+` FROM op_log
		WHERE station = ? AND entity = ? AND entity_id = ? ORDER BY incarnation, seq`, of.Station, of.Kind, of.ID)
}

func (t *sqliteTx) Erase(s Scope, k Key, emptied []byte) error {
	if err := s.only(k.Station); err != nil {
		return err
	}
	return t.exec("UPDATE op_log SET sealed = ? WHERE station = ? AND incarnation = ? AND seq = ?", emptied, k.Station, k.Incarnation, k.Seq)
}

const stateColumns = "station, incarnation, seq, entity, entity_id, state, reason, waits_kind, waits_id, applied_version"

func readState(r scanner) (s State, err error) {
	err = r.Scan(&s.Station, &s.Incarnation, &s.Seq, &s.Ref.Kind, &s.Ref.ID, &s.State, &s.Reason, &s.Waits.Kind, &s.Waits.ID, &s.AppliedVersion)
	s.Ref.Station, s.Waits.Station = s.Station, s.Station
	return s, err
}

func (t *sqliteTx) PutState(s Scope, st State) error {
	if err := s.only(st.Station); err != nil {
		return err
	}
	return t.exec("INSERT OR REPLACE INTO apply_state ("+stateColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		st.Station, st.Incarnation, st.Seq, st.Ref.Kind, st.Ref.ID, st.State, st.Reason, st.Waits.Kind, st.Waits.ID, st.AppliedVersion)
}

func (t *sqliteTx) State(s Scope, k Key) (State, error) {
	if err := s.only(k.Station); err != nil {
		return State{}, err
	}
	return first(t, readState, "SELECT "+stateColumns+" FROM apply_state WHERE station = ? AND incarnation = ? AND seq = ?",
		k.Station, k.Incarnation, k.Seq)
}

func (t *sqliteTx) Open(s Scope, of Ref) ([]State, error) {
	if err := s.only(of.Station); err != nil {
		return nil, err
	}
	return all(t, readState, "SELECT "+stateColumns+` FROM apply_state WHERE station = ? AND entity = ? AND entity_id = ?
		AND state IN ('quarantined', 'held', 'conflict') ORDER BY incarnation, seq`, of.Station, of.Kind, of.ID)
}

func (t *sqliteTx) Waiting(s Scope, on Ref) ([]State, error) {
	if err := s.only(on.Station); err != nil {
		return nil, err
	}
	return all(t, readState, "SELECT "+stateColumns+` FROM apply_state WHERE station = ? AND waits_kind = ? AND waits_id = ?
		AND state = 'held' ORDER BY incarnation, seq`, on.Station, on.Kind, on.ID)
}

func (t *sqliteTx) Quarantine(s Scope, kind StateKind) ([]State, error) {
	found, err := all(t, readState, "SELECT "+stateColumns+" FROM apply_state WHERE state = ? ORDER BY station, incarnation, seq", kind)
	return allowed(s, found, func(st State) record.StationCode { return st.Station }), err
}

func (t *sqliteTx) Counts(s Scope, station record.StationCode) (Counts, error) {
	if err := s.only(station); err != nil {
		return Counts{}, err
	}
	return first(t, func(r scanner) (c Counts, err error) {
		err = r.Scan(&c.Conflicts, &c.Quarantined, &c.Held)
		return c, err
	}, `SELECT count(*) FILTER (WHERE state = 'conflict'), count(*) FILTER (WHERE state = 'quarantined'),
		count(*) FILTER (WHERE state = 'held') FROM apply_state WHERE station = ? AND state IN ('quarantined', 'held', 'conflict')`, station)
}
