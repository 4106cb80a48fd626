package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

func enrolmentPlace() seal.Place {
	return seal.Place{Table: "enrolment", Column: "sealed", Row: "1"}
}

// Enrolment is what the station keeps of its district. The code is
// not_enrolled.
func (db *DB) Enrolment(ctx context.Context) (record.Enrolment, error) {
	s, err := db.open()
	if err != nil {
		return record.Enrolment{}, err
	}
	return view{ctx, db.reader, s}.enrolment()
}

func (w view) enrolment() (out record.Enrolment, err error) {
	var sealed []byte
	err = w.q.QueryRowContext(w.ctx, "SELECT sealed FROM enrolment").Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return out, record.Fail(record.CodeNotEnrolled)
	}
	if err != nil {
		return out, translate(err)
	}
	plain, err := w.s.fields.Open(enrolmentPlace(), sealed)
	if err != nil {
		return out, record.Fail(record.CodeSealBroken).Because(err)
	}
	return out, json.Unmarshal(plain, &out)
}

// SaveEnrolment keeps the district's address, its CA and this device's key. A
// new enrolment also leaves a key to this file with the district; saving the
// same device again does not, since an administrator may have taken it away.
// A new device needs the right to manage; what a round learns of the district
// it already knows is kept in any session, also an unattended one.
func (db *DB) SaveEnrolment(ctx context.Context, e record.Enrolment) error {
	s, err := db.open()
	if err != nil {
		return err
	}
	return db.writeAs(ctx, s, func(t *tx) error {
		before, err := t.view().enrolment()
		fresh := err != nil || before.Device != e.Device || string(before.Authority) != string(e.Authority)
		if fresh && !s.role.May(record.RightManage) {
			return record.Fail(record.CodeNoRight)
		}
		plain, err := json.Marshal(e)
		if err != nil {
			return fmt.Errorf("encode enrolment: %w", err)
		}
		sealed, err := t.s.fields.Seal(enrolmentPlace(), plain)
		if err != nil {
			return fmt.Errorf("seal enrolment: %w", err)
		}
		if err := t.exec("INSERT INTO enrolment (only_one, sealed) VALUES (1, ?) ON CONFLICT (only_one) DO UPDATE SET sealed = excluded.sealed", sealed); err != nil {
			return fmt.Errorf("write enrolment: %w", err)
		}
		if _, err = t.note(Note{Action: ActionEnrol, Subject: e.DistrictCode, Detail: e.District}); err != nil {
			return err
		}
		if len(e.DistrictKey) == ed25519.PublicKeySize {
			if err := t.trustKey(districtKey(e), false); err != nil {
				return err
			}
		}
		if !fresh || len(e.EscrowKey) == 0 {
			return nil
		}
		if err := t.putEscrow(e); err != nil {
			return err
		}
		_, err = t.note(Note{Action: ActionEscrow, Subject: "on", Detail: e.DistrictName})
		return err
	})
}

// districtKey is the key by which papers of the district's other stations are
// verified here.
func districtKey(e record.Enrolment) record.TrustedKey {
	return record.TrustedKey{Owner: record.OwnerDistrict, Code: e.DistrictCode, Name: e.DistrictName, Public: e.DistrictKey, State: record.KeyActive}
}

// Head is the end of the operation log.
func (db *DB) Head(ctx context.Context) (record.Head, error) {
	var h record.Head
	err := db.reader.QueryRowContext(ctx, `SELECT s.incarnation, COALESCE(o.seq, 0), o.hash FROM station s
		LEFT JOIN op_log o ON o.incarnation = s.incarnation ORDER BY o.seq DESC LIMIT 1`).Scan(&h.Incarnation, &h.Seq, &h.Hash)
	return h, translate(err)
}

// OperationHash is the chain's hash at a sequence number of the current
// incarnation; nil for 0. The code is not_found.
func (db *DB) OperationHash(ctx context.Context, seq int64) ([]byte, error) {
	if seq == 0 {
		return nil, nil
	}
	var hash []byte
	err := db.reader.QueryRowContext(ctx, `SELECT hash FROM op_log
		WHERE incarnation = (SELECT incarnation FROM station) AND seq = ?`, seq).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, record.Fail(record.CodeNotFound)
	}
	return hash, translate(err)
}

// OperationsAfter are up to limit operations of the current incarnation behind
// seq, in order, with their payloads open.
func (db *DB) OperationsAfter(ctx context.Context, seq int64, limit int) ([]record.Operation, error) {
	return db.operations(ctx, "seq > ? ORDER BY seq LIMIT ?", seq, limit)
}

// operations reads operations of the current incarnation.
func (db *DB) operations(ctx context.Context, where string, args ...any) ([]record.Operation, error) {
	s, err := db.open()
	if err != nil {
		return nil, err
	}
	return view{ctx, db.reader, s}.operations(where, args...)
}

func (w view) operations(where string, args ...any) ([]record.Operation, error) {
	station, _, err := readStation(w.ctx, w.q)
	if err != nil {
		return nil, err
	}
	return collect(w, func(r *sql.Rows) (o record.Operation, err error) {
		o.Station = station.Code
		var sealed []byte
		if err = r.Scan(&o.Incarnation, &o.Seq, &o.Type, &o.TypeVersion, &o.Entity, &o.EntityID, &o.BaseVersion, &o.HomeEpoch,
			&o.Actor, &o.Batch, &o.WallMS, &o.MonoMS, &o.Salt, &sealed, &o.Commit, &o.Hash); err != nil {
			return o, err
		}
		if len(sealed) == 0 {
			return o, nil // erased on a lawful request
		}
		if o.Payload, err = w.s.loads.Open(payloadPlace(o.Incarnation, o.Seq), sealed); err != nil {
			err = record.Fail(record.CodeSealBroken).Because(err)
		}
		return o, err
	}, `SELECT incarnation, seq, type, type_ver, entity, entity_id, base_version, home_epoch, actor, batch, wall_ms, mono_ms,
		salt, payload, commitment, hash FROM op_log WHERE incarnation = (SELECT incarnation FROM station) AND `+where, args...)
}

// Exchange is where the station stands with its district. It answers also
// while the file is locked.
func (db *DB) Exchange(ctx context.Context) (record.ExchangeState, error) {
	var e record.ExchangeState
	var equalAt int64
	err := db.reader.QueryRowContext(ctx, `SELECT stored, safe, last_success_ms, clock_offset_ms, heads_equal_at, cases,
		quarantined, last_code, EXISTS (SELECT 1 FROM enrolment) FROM exchange_state`).
		Scan(&e.Stored, &e.Safe, &e.LastSuccessMS, &e.ClockOffsetMS, &equalAt, &e.Cases, &e.Quarantined, &e.LastCode, &e.Enrolled)
	if err != nil {
		return e, translate(err)
	}
	head, err := db.Head(ctx)
	if err != nil {
		return e, err
	}
	e.Head, e.Pending = head.Seq, head.Seq-e.Stored
	e.HeadsEqual = e.Enrolled && equalAt == head.Seq && head.Seq > 0
	if e.Pending > 0 {
		err = db.reader.QueryRowContext(ctx, `SELECT wall_ms FROM op_log
			WHERE incarnation = (SELECT incarnation FROM station) AND seq = ?`, e.Stored+1).Scan(&e.OldestPendingMS)
	}
	if one, openErr := db.Enrolment(ctx); openErr == nil {
		e.District = one.District
	}
	// A damaged slot must not hide where the exchange stands.
	if holder, slotErr := db.EscrowHolder(ctx); slotErr == nil {
		e.Escrow = holder
	}
	return e, translate(err)
}

// NoteReceipt keeps what the district has stored. A receipt whose hash is not
// that of this log is refused with code forked; an older receipt changes no
// mark.
func (db *DB) NoteReceipt(ctx context.Context, r record.Receipt, clockOffsetMS int64) error {
	hash, err := db.OperationHash(ctx, r.Head.Seq)
	if err != nil {
		return record.Fail(record.CodeForked).Because(err)
	}
	if string(hash) != string(r.Head.Hash) {
		return record.Fail(record.CodeForked)
	}
	_, err = db.writer.ExecContext(ctx, `UPDATE exchange_state SET stored = MAX(stored, ?), safe = MAX(safe, ?), last_success_ms = ?,
		clock_offset_ms = ?, heads_equal_at = MAX(heads_equal_at, ?), cases = ?, quarantined = ?, last_code = ''`,
		r.Head.Seq, r.Safe, r.ServerMS, clockOffsetMS, r.Head.Seq, r.Cases, r.Quarantined)
	return translate(err)
}

// NoteFailure keeps why the last exchange failed.
func (db *DB) NoteFailure(ctx context.Context, code record.Code) error {
	_, err := db.writer.ExecContext(ctx, "UPDATE exchange_state SET last_code = ?", code)
	return translate(err)
}
