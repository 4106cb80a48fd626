package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// Account is who may open the file.
type Account struct {
	Name     string      `json:"name"`
	Role     record.Role `json:"role"`
	Disabled bool        `json:"disabled,omitempty"`
}

// Accounts lists the accounts; it answers also while the file is locked, for
// the log-in form.
func (db *DB) Accounts(ctx context.Context) ([]Account, error) {
	return collect(view{ctx: ctx, q: db.reader}, func(rows *sql.Rows) (a Account, err error) {
		return a, rows.Scan(&a.Name, &a.Role, &a.Disabled)
	}, "SELECT name, role, disabled FROM accounts ORDER BY name")
}

// Unlock opens the data key with an account's password and builds the
// directory. The codes are wrong_password (also for an unknown account, so that
// names cannot be tried out), account_locked and slot_damaged.
func (db *DB) Unlock(ctx context.Context, account, password string) error {
	slot, role, err := db.accountSlot(ctx, account)
	if err != nil {
		return err
	}
	if err := db.locked(ctx, account); err != nil {
		return err
	}
	key, err := seal.OpenPassword(slot, password)
	switch {
	case errors.Is(err, seal.ErrWrongSecret):
		if err := db.countFailure(ctx, account); err != nil {
			return err
		}
		return record.Fail(record.CodeWrongPassword)
	case err != nil:
		return record.Fail(record.CodeSlotDamaged).Because(err)
	}
	if err := db.enter(ctx, key, account, role); err != nil {
		return err
	}
	return db.clearFailures(ctx, account)
}

func (db *DB) accountSlot(ctx context.Context, account string) (slot seal.Slot, role record.Role, err error) {
	var text string
	err = db.reader.QueryRowContext(ctx,
		`SELECT s.slot, a.role FROM accounts a JOIN key_slots s ON s.id = a.slot WHERE a.name = ? AND a.disabled = 0`,
		account).Scan(&text, &role)
	if errors.Is(err, sql.ErrNoRows) {
		return slot, "", record.Fail(record.CodeWrongPassword)
	}
	if err != nil {
		return slot, "", translate(fmt.Errorf("read account: %w", err))
	}
	if err := json.Unmarshal([]byte(text), &slot); err != nil {
		return slot, "", record.Fail(record.CodeSlotDamaged).Because(err)
	}
	if slot.Name != account { // a stand-in: nobody may come in under another's name
		return slot, "", record.Fail(record.CodeWrongPassword)
	}
	return slot, role, nil
}

// enter begins a session with an open key.
func (db *DB) enter(ctx context.Context, key *seal.Key, account string, role record.Role) error {
	s, err := db.newSession(ctx, key)
	if err != nil {
		return err
	}
	return db.begin(ctx, s, account, role)
}

// begin begins a session whose keys are derived.
func (db *DB) begin(ctx context.Context, s *session, account string, role record.Role) error {
	s.account, s.role = account, role
	dir, err := loadDirectory(ctx, db.reader, s.fields)
	if err != nil {
		return err
	}
	db.mu.Lock()
	if db.session != nil {
		db.session.wipe()
	}
	db.dir.wipe()
	db.session, db.dir = s, dir
	db.mu.Unlock()
	if _, err = db.Note(ctx, Note{Action: ActionLogin}); err != nil {
		db.Lock() // nobody is in without an entry in the log
	}
	return err
}

// newSession derives what a data key opens.
func (db *DB) newSession(ctx context.Context, key *seal.Key) (*session, error) {
	old, err := oldKeys(view{ctx: ctx, q: db.reader}, key)
	if err != nil {
		return nil, err
	}
	s := &session{key: key, oldChains: map[uint32]*seal.Chain{}}
	var errs [4]error
	s.fields, errs[0] = newRing(db.opt.Rand, key, old, seal.Fields)
	s.loads, errs[1] = newRing(db.opt.Rand, key, old, seal.Payloads)
	s.index, errs[2] = seal.NewIndex(key)
	s.chain, errs[3] = seal.NewChain(key)
	for _, k := range old {
		if s.oldChains[k.ID()], err = seal.NewChain(k); err != nil {
			return nil, fmt.Errorf("derive keys: %w", err)
		}
		k.Wipe()
	}
	if err := errors.Join(errs[:]...); err != nil {
		return nil, fmt.Errorf("derive keys: %w", err)
	}
	return s, nil
}
