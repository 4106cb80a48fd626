package store

import (
	"context"
	"crypto/ecdh"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// EscrowHolder is the name of the district that holds a key to this file, ""
// for none. It answers also while the file is locked; the code is slot_damaged.
func (db *DB) EscrowHolder(ctx context.Context) (string, error) {
	slots, err := db.slots(ctx, db.reader, seal.KindEscrow)
	if err != nil || len(slots) == 0 {
		return "", err
	}
	return slots[0].Holder(), nil
}

// GiveEscrow leaves a key with the district again after RemoveEscrow. The codes
// are no_right, not_enrolled, not_district and no_escrow where the enrolment
// names no key.
func (db *DB) GiveEscrow(ctx context.Context) error {
	return db.manage(ctx, ActionEscrow, "on", func(t *tx) error {
		e, err := t.view().enrolment()
		if err != nil {
			return err
		}
		if len(e.EscrowKey) == 0 {
			return record.Fail(record.CodeNoEscrow)
		}
		return t.putEscrow(e)
	})
}

// RemoveEscrow takes the district's key to this file away. Backups that were
// made before keep it. The codes are no_right and no_escrow.
func (db *DB) RemoveEscrow(ctx context.Context) error {
	return db.manage(ctx, ActionEscrow, "off", func(t *tx) error {
		res, err := t.ExecContext(t.ctx, "DELETE FROM key_slots WHERE kind = ?", seal.KindEscrow)
		if err != nil {
			return fmt.Errorf("remove escrow: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return record.Fail(record.CodeNoEscrow).Because(err)
		}
		return nil
	})
}

// putEscrow wraps the data key for the district of an enrolment, in place of an
// older slot.
func (t *tx) putEscrow(e record.Enrolment) error {
	station, _, err := readStation(t.ctx, t)
	if err != nil {
		return err
	}
	to := seal.Escrow{Name: seal.EscrowName(string(station.Code), e.DistrictName)}
	if to.Key, err = ecdh.X25519().NewPublicKey(e.EscrowKey); err != nil {
		return record.Fail(record.CodeNotDistrict).Because(err)
	}
	slot, err := seal.NewEscrowSlot(t.db.opt.Rand, t.s.key, to)
	if err != nil {
		return record.Fail(record.CodeNotDistrict).Because(err)
	}
	if err := t.exec("DELETE FROM key_slots WHERE kind = ?", seal.KindEscrow); err != nil {
		return fmt.Errorf("remove old slot: %w", err)
	}
	_, err = putSlot(t.ctx, t.Tx, slot)
	return err
}

// escrowAnew wraps a new data key for the districts that held the one before.
// The slot names them and their public keys, so nobody has to be asked.
func (t *tx) escrowAnew(fresh *seal.Key) error {
	slots, err := t.db.slots(t.ctx, t, seal.KindEscrow)
	if err != nil {
		return err
	}
	for _, old := range slots {
		public, err := ecdh.X25519().NewPublicKey(old.Recipient)
		if err != nil {
			return record.Fail(record.CodeSlotDamaged).Because(err)
		}
		slot, err := seal.NewEscrowSlot(t.db.opt.Rand, fresh, seal.Escrow{Name: old.Name, Key: public})
		if err != nil {
			return record.Fail(record.CodeSlotDamaged).Because(err)
		}
		if err := t.exec("DELETE FROM key_slots WHERE id = ?", slotID(old)); err != nil {
			return fmt.Errorf("remove old slot: %w", err)
		}
		if _, err := putSlot(t.ctx, t.Tx, slot); err != nil {
			return err
		}
	}
	return nil
}

// A request waits in a file beside the station's, with the private key that
// opens its answer. The key is worth nothing without the answer, and the answer
// nothing without the key.
const (
	waitingPrefix  = "escrow-"
	waitingSuffix  = ".key"
	waitingVersion = 1
)

type waitingRequest struct {
	Version int             `json:"version"`
	Request json.RawMessage `json:"request"`
	Private []byte          `json:"private"`
}

func (o Options) waitingPath(id string) string {
	return filepath.Join(o.Dir, waitingPrefix+id+waitingSuffix)
}

// RequestEscrow asks the district for the data key of the open file, which may
// be locked. The request is handed to write; where that fails nothing waits.
// The codes are no_escrow, slot_damaged and those of writing a file.
func (db *DB) RequestEscrow(ctx context.Context, write func([]byte) error) (seal.EscrowRequest, error) {
	station, err := db.Station(ctx)
	if err != nil {
		return seal.EscrowRequest{}, err
	}
	slots, err := db.slots(ctx, db.reader, seal.KindEscrow)
	if err != nil {
		return seal.EscrowRequest{}, err
	}
	return db.opt.requestEscrow(station, slots, write)
}

// RequestEscrow asks the district for the data key of a backup, on a PC whose
// folder may be empty. The codes are those of [ReadBackup] and of
// [DB.RequestEscrow], and folder_refused.
func RequestEscrow(opt Options, backup string, write func([]byte) error) (seal.EscrowRequest, error) {
	label, err := ReadBackup(backup)
	if err != nil {
		return seal.EscrowRequest{}, err
	}
	if err := CheckFolder(opt.Dir); err != nil {
		return seal.EscrowRequest{}, err
	}
	if err := os.MkdirAll(opt.Dir, 0o700); err != nil {
		return seal.EscrowRequest{}, record.Fail(record.CodeReadOnly).Because(err)
	}
	return opt.requestEscrow(label.Station, label.Slots, write)
}

func (o Options) requestEscrow(station record.Station, slots []seal.Slot, write func([]byte) error) (seal.EscrowRequest, error) {
	none := seal.EscrowRequest{}
	for _, slot := range slots {
		if slot.Kind != seal.KindEscrow {
			continue
		}
		r, private, err := seal.NewEscrowRequest(o.Rand, string(station.Code), station.Name, slot)
		if err != nil {
			return none, record.Fail(record.CodeSlotDamaged).Because(err)
		}
		plain, err := json.MarshalIndent(r, "", "  ")
		if err != nil {
			return none, fmt.Errorf("encode request: %w", err)
		}
		if err := o.keepWaiting(r, plain, private); err != nil {
			return none, err
		}
		if err := write(append(plain, '\n')); err != nil {
			return none, errors.Join(err, forget(o.waitingPath(r.ID)))
		}
		return r, nil
	}
	return none, record.Fail(record.CodeNoEscrow)
}

// keepWaiting writes the request's private half so that only this user reads
// it, and for good: an answer that comes tomorrow must still open.
func (o Options) keepWaiting(r seal.EscrowRequest, plain []byte, private *ecdh.PrivateKey) error {
	raw, err := json.Marshal(waitingRequest{waitingVersion, plain, private.Bytes()})
	if err != nil {
		return fmt.Errorf("encode private half: %w", err)
	}
	defer clear(raw)
	f, err := os.OpenFile(o.waitingPath(r.ID), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return translateDisk(err)
	}
	_, err = f.Write(raw)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(translateDisk(err), os.Remove(f.Name()))
	}
	return syncDir(o.Dir)
}

// waiting is the request that an answer belongs to. The code is escrow_used.
func (o Options) waiting(id string) (seal.EscrowRequest, *ecdh.PrivateKey, error) {
	refused := func(err error) (seal.EscrowRequest, *ecdh.PrivateKey, error) {
		return seal.EscrowRequest{}, nil, record.Fail(record.CodeEscrowUsed).Because(err)
	}
	raw, err := os.ReadFile(o.waitingPath(id))
	if err != nil {
		return refused(err)
	}
	defer clear(raw)
	var w waitingRequest
	if err := json.Unmarshal(raw, &w); err != nil || w.Version != waitingVersion {
		return refused(err)
	}
	r, err := seal.ParseEscrowRequest(w.Request)
	if err != nil {
		return refused(err)
	}
	private, err := ecdh.X25519().NewPrivateKey(w.Private)
	clear(w.Private)
	if err != nil {
		return refused(err)
	}
	return r, private, nil
}

// escrowKey opens an answer for a station's file, or for a backup, that has
// these slots. The codes are escrow_used and escrow_answer.
func (o Options) escrowKey(a seal.EscrowAnswer, station record.StationCode, slots []seal.Slot) (*seal.Key, error) {
	refused := record.Fail(record.CodeEscrowAnswer)
	if err := a.Check(); err != nil {
		return nil, refused.Because(err)
	}
	r, private, err := o.waiting(a.ID())
	if err != nil {
		return nil, err
	}
	for _, slot := range slots {
		if slot.Kind != seal.KindEscrow || slot.KeyID != r.Slot.KeyID || r.Station != string(station) {
			continue
		}
		key, err := a.Open(r, private)
		if err != nil {
			return nil, refused.Because(err)
		}
		return key, nil
	}
	return nil, refused
}

// UnlockEscrow opens the file with the district's answer to a request of this
// PC and gives an administrator a new password. After that no request waits any
// more, so that the answer worked once. The codes are escrow_used,
// escrow_answer, not_found, no_right, password_weak and password_name.
func (db *DB) UnlockEscrow(ctx context.Context, a seal.EscrowAnswer, account, next string) error {
	if err := checkLogin(account, next); err != nil {
		return err
	}
	station, err := db.Station(ctx)
	if err != nil {
		return err
	}
	slots, err := db.slots(ctx, db.reader, seal.KindEscrow)
	if err != nil {
		return err
	}
	key, err := db.opt.escrowKey(a, station.Code, slots)
	if err != nil {
		return err
	}
	if err := db.enterProven(ctx, key, account); err != nil {
		return err
	}
	s, err := db.open()
	if err != nil {
		return err
	}
	if err := db.setPassword(ctx, s, account, next); err != nil {
		return err
	}
	if _, err := db.Note(ctx, Note{Action: ActionEscrow, Subject: a.ID()}); err != nil {
		return err
	}
	return db.opt.forgetRequests()
}

// enterProven begins an administrator's session with a key that somebody else
// gave. Where it did not open what was sealed with the slot, everything written
// from here on would be lost.
func (db *DB) enterProven(ctx context.Context, key *seal.Key, account string) error {
	s, err := db.newSession(ctx, key)
	if err != nil {
		key.Wipe()
		return record.Fail(record.CodeEscrowAnswer).Because(err)
	}
	role, err := db.proven(ctx, s, account)
	if err != nil {
		s.wipe()
		return err
	}
	return db.begin(ctx, s, account, role)
}

func (db *DB) proven(ctx context.Context, s *session, account string) (role record.Role, err error) {
	if _, err := (view{ctx, db.reader, s}).enrolment(); err != nil {
		return "", record.Fail(record.CodeEscrowAnswer).Because(err)
	}
	err = db.reader.QueryRowContext(ctx, "SELECT role FROM accounts WHERE name = ? AND disabled = 0", account).Scan(&role)
	switch {
	case err != nil:
		return "", record.FailField("account", record.CodeNotFound).Because(err)
	case !role.May(record.RightManage):
		return "", record.FailField("account", record.CodeNoRight)
	}
	return role, nil
}

// forgetRequests ends all requests that wait here: who is in needs none.
func (o Options) forgetRequests() error {
	all, err := filesLike(o.Dir, waitingPrefix+"*"+waitingSuffix)
	for _, path := range all {
		err = errors.Join(err, forget(path))
	}
	return err
}

// forget overwrites a private half before it removes it. Not every disk keeps
// that promise.
func forget(path string) error {
	st, err := os.Stat(path)
	if err == nil {
		err = os.WriteFile(path, make([]byte, st.Size()), 0o600)
	}
	if err = errors.Join(err, os.Remove(path)); err != nil {
		return translateDisk(err)
	}
	return nil
}
