package district

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// Failures that lock an officer out, and for how long at first; each further
// five double it.
const (
	failuresToLock = 5
	firstLock      = 10 * time.Minute
	longestLock    = 24 * time.Hour
)

func checkPassword(account, password string) error {
	switch err := seal.CheckPassword(account, password); {
	case errors.Is(err, seal.ErrPasswordAccount):
		return record.FailField("password", record.CodePasswordName)
	case err != nil:
		return record.FailField("password", record.CodePasswordWeak)
	}
	return nil
}

// newOfficer makes an administrator. The password wraps a key of its own that is
// thrown away: a stolen storage gives a guesser nothing but the password.
func newOfficer(opt Options, name, password string) (Officer, error) {
	key, err := seal.NewKey(opt.Rand)
	if err != nil {
		return Officer{}, fmt.Errorf("make proof of password: %w", err)
	}
	defer key.Wipe()
	slot, err := seal.NewPasswordSlot(opt.Rand, key, seal.Login{Account: name, Password: password}, opt.Passwords)
	if err != nil {
		return Officer{}, fmt.Errorf("wrap proof of password: %w", err)
	}
	raw, err := json.Marshal(slot)
	if err != nil {
		return Officer{}, fmt.Errorf("encode proof of password: %w", err)
	}
	return Officer{Name: name, Role: record.RoleAdmin, Slot: raw, CreatedMS: opt.Clock().UnixMilli()}, nil
}

// SoleOfficer is the name of the only officer, "" when there are several.
func (s *Server) SoleOfficer(ctx context.Context) (string, error) {
	var list []Officer
	err := s.storage.View(ctx, func(tx Tx) (err error) {
		list, err = tx.Officers()
		return err
	})
	if err != nil || len(list) != 1 {
		return "", err
	}
	return list[0].Name, nil
}

// Login proves an officer's password and gives the scope in which the officer
// works. The codes are wrong_password, also for a name that does not exist, and
// account_locked.
func (s *Server) Login(ctx context.Context, name, password string) (Scope, error) {
	o, err := s.officer(ctx, name)
	if err != nil {
		return Scope{}, err
	}
	if o.LockedUntilMS > s.nowMS() {
		return Scope{}, record.Fail(record.CodeAccountLocked)
	}
	if !proves(o, password) {
		return Scope{}, errors.Join(record.Fail(record.CodeWrongPassword), s.failed(ctx, o))
	}
	err = s.storage.Update(ctx, func(tx Tx) error {
		o.Failures, o.LockedUntilMS = 0, 0
		if err := tx.PutOfficer(o); err != nil {
			return err
		}
		return s.audit(tx, officerScope(o), "login", "", "")
	})
	if err != nil {
		return Scope{}, err
	}
	return officerScope(o), nil
}

func (s *Server) officer(ctx context.Context, name string) (o Officer, err error) {
	err = s.storage.View(ctx, func(tx Tx) (err error) {
		o, err = tx.Officer(name)
		return err
	})
	if errors.Is(err, record.Fail(record.CodeNotFound)) {
		return o, record.Fail(record.CodeWrongPassword)
	}
	return o, err
}

func proves(o Officer, password string) bool {
	slot, err := seal.ParseSlot(o.Slot)
	if err != nil {
		return false
	}
	key, err := seal.OpenPassword(slot, password)
	if err != nil {
		return false
	}
	key.Wipe()
	return true
}

// failed counts a failure in the storage, so that a restart forgives nothing.
func (s *Server) failed(ctx context.Context, o Officer) error {
	return s.storage.Update(ctx, func(tx Tx) error {
		o, err := tx.Officer(o.Name)
		if err != nil {
			return err
		}
		o.Failures++
		if o.Failures%failuresToLock == 0 {
			rounds := min(o.Failures/failuresToLock-1, 10)
			o.LockedUntilMS = s.nowMS() + min(firstLock<<rounds, longestLock).Milliseconds()
		}
		if err := tx.PutOfficer(o); err != nil {
			return err
		}
		return s.audit(tx, Scope{who: o.Name}, "login_failed", "", "")
	})
}
