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

// AddAccount makes an account with its own password slot. It needs the right
// to manage; the codes are account_taken, unknown_code, password_weak and
// password_name.
func (db *DB) AddAccount(ctx context.Context, a Account, password string) error {
	if err := checkLogin(a.Name, password); err != nil {
		return err
	}
	if !record.Roles().Has(string(a.Role)) {
		return record.FailField("role", record.CodeUnknownCode, string(a.Role))
	}
	return db.manage(ctx, ActionAccount, a.Name, func(t *tx) error {
		slot, err := t.passwordSlot(a.Name, password)
		if err != nil {
			return err
		}
		var taken int
		if err := t.QueryRowContext(t.ctx, "SELECT COUNT(*) FROM accounts WHERE name = ?", a.Name).Scan(&taken); err != nil {
			return fmt.Errorf("look for account: %w", err)
		}
		if taken > 0 {
			return record.FailField("account", record.CodeAccountTaken)
		}
		return t.exec("INSERT INTO accounts (name, role, slot) VALUES (?, ?, ?)", a.Name, a.Role, slot)
	})
}

// manage runs a change of accounts or keys and notes it in the audit log.
func (db *DB) manage(ctx context.Context, action Action, subject string, f func(*tx) error) error {
	return db.writeWith(ctx, record.RightManage, func(t *tx) error {
		if err := f(t); err != nil {
			return err
		}
		_, err := t.note(Note{Action: action, Subject: subject})
		return err
	})
}

// passwordSlot makes and stores a slot for a password and gives its id.
func (t *tx) passwordSlot(account, password string) (string, error) {
	slot, err := seal.NewPasswordSlot(t.db.opt.Rand, t.s.key, seal.Login{Account: account, Password: password}, t.db.opt.Passwords)
	if err != nil {
		return "", fmt.Errorf("make password slot: %w", err)
	}
	return putSlot(t.ctx, t.Tx, slot)
}

// ChangePassword gives whoever is logged in a new password; the old one must be
// named. The codes are wrong_password, password_weak and password_name.
func (db *DB) ChangePassword(ctx context.Context, old, next string) error {
	s, err := db.open()
	if err != nil {
		return err
	}
	slot, _, err := db.accountSlot(ctx, s.account)
	if err != nil {
		return err
	}
	key, err := seal.OpenPassword(slot, old)
	if err != nil {
		return record.FailField("password", record.CodeWrongPassword)
	}
	key.Wipe()
	return db.setPassword(ctx, s, s.account, next)
}

// ResetPassword gives another account a new password and ends its lock. It
// needs the right to manage; an account that was ended is not_found.
func (db *DB) ResetPassword(ctx context.Context, account, next string) error {
	s, err := db.may(record.RightManage)
	if err != nil {
		return err
	}
	return db.setPassword(ctx, s, account, next)
}

// setPassword replaces an account's slot; the old slot goes in the same
// transaction, so that the old password opens nothing from then on.
func (db *DB) setPassword(ctx context.Context, s *session, account, next string) error {
	if err := checkLogin(account, next); err != nil {
		return err
	}
	return db.writeAs(ctx, s, func(t *tx) error {
		var old string
		err := t.QueryRowContext(t.ctx, "SELECT slot FROM accounts WHERE name = ? AND disabled = 0", account).Scan(&old)
		if errors.Is(err, sql.ErrNoRows) {
			return record.FailField("account", record.CodeNotFound)
		}
		if err != nil {
			return fmt.Errorf("read account: %w", err)
		}
		slot, err := t.passwordSlot(account, next)
		if err != nil {
			return err
		}
		if err := t.exec("UPDATE accounts SET slot = ?, failures = 0, lock_left_ms = 0 WHERE name = ?", slot, account); err != nil {
			return fmt.Errorf("write account: %w", err)
		}
		if err := t.moveStandIns(old, account, slot); err != nil {
			return err
		}
		if err := t.dropSlot(old); err != nil {
			return err
		}
		_, err = t.note(Note{Action: ActionPassword, Subject: account})
		return err
	})
}

// moveStandIns gives accounts for which an account's slot stands in, since they
// were ended or the file was re-keyed, its new one. An account whose own slot
// another's stood in for leaves that one alone.
func (t *tx) moveStandIns(old, account, slot string) error {
	owner, err := t.slotOwner(old)
	if err != nil || owner != account {
		return err
	}
	if err := t.exec("UPDATE accounts SET slot = ? WHERE slot = ?", slot, old); err != nil {
		return fmt.Errorf("write accounts: %w", err)
	}
	return nil
}

// slotOwner is the account whose password a slot was made for.
func (t *tx) slotOwner(id string) (string, error) {
	var text string
	if err := t.QueryRowContext(t.ctx, "SELECT slot FROM key_slots WHERE id = ?", id).Scan(&text); err != nil {
		return "", fmt.Errorf("read slot: %w", err)
	}
	var slot seal.Slot
	if err := json.Unmarshal([]byte(text), &slot); err != nil {
		return "", record.Fail(record.CodeSlotDamaged).Because(err)
	}
	return slot.Name, nil
}

// DisableAccount ends an account; its slot is removed, so that its password
// opens nothing from then on, and its name stays in the log. The last
// administrator stays. The codes are not_found, last_admin and no_right.
func (db *DB) DisableAccount(ctx context.Context, name string) error {
	return db.manage(ctx, ActionAccount, name, func(t *tx) error {
		var admins int
		if err := t.QueryRowContext(t.ctx, "SELECT COUNT(*) FROM accounts WHERE role = ? AND disabled = 0 AND name <> ?",
			record.RoleAdmin, name).Scan(&admins); err != nil {
			return fmt.Errorf("count administrators: %w", err)
		}
		if admins == 0 {
			return record.FailField("account", record.CodeLastAdmin)
		}
		return t.endAccount(name)
	})
}

// endAccount puts an administrator's slot in the place of the account's own:
// the password of who has left must not open a copy of the file.
func (t *tx) endAccount(name string) error {
	var old string
	err := t.QueryRowContext(t.ctx, "SELECT slot FROM accounts WHERE name = ? AND disabled = 0", name).Scan(&old)
	if errors.Is(err, sql.ErrNoRows) {
		return record.FailField("account", record.CodeNotFound)
	}
	if err != nil {
		return fmt.Errorf("read account: %w", err)
	}
	if err := t.exec(`UPDATE accounts SET disabled = 1, slot = (SELECT slot FROM accounts
		WHERE role = ? AND disabled = 0 AND name <> ? ORDER BY name LIMIT 1) WHERE name = ?`, record.RoleAdmin, name, name); err != nil {
		return fmt.Errorf("end account: %w", err)
	}
	return t.dropSlot(old)
}

// dropSlot removes a slot that no account has any more.
func (t *tx) dropSlot(id string) error {
	if err := t.exec("DELETE FROM key_slots WHERE id = ? AND id NOT IN (SELECT slot FROM accounts)", id); err != nil {
		return fmt.Errorf("remove old slot: %w", err)
	}
	return nil
}

// UnlockRecovery opens the file with the recovery code from the safe and gives
// an administrator a new password. The codes are recovery_typo (with the wrong
// groups), wrong_recovery, not_found, no_right for an account that is no
// administrator's, password_weak and password_name.
func (db *DB) UnlockRecovery(ctx context.Context, code, account, next string) error {
	if err := checkLogin(account, next); err != nil {
		return err
	}
	key, err := db.recoveryKey(ctx, code)
	if err != nil {
		return err
	}
	var role record.Role
	err = db.reader.QueryRowContext(ctx, "SELECT role FROM accounts WHERE name = ? AND disabled = 0", account).Scan(&role)
	if err != nil {
		key.Wipe()
		return record.FailField("account", record.CodeNotFound).Because(err)
	}
	if !role.May(record.RightManage) {
		key.Wipe()
		return record.FailField("account", record.CodeNoRight)
	}
	if err := db.enter(ctx, key, account, role); err != nil {
		key.Wipe()
		return err
	}
	s, err := db.open()
	if err != nil {
		return err
	}
	if err := db.setPassword(ctx, s, account, next); err != nil {
		db.Lock() // the paper opened the file for a new password and for nothing else
		return err
	}
	return nil
}

func (db *DB) recoveryKey(ctx context.Context, code string) (*seal.Key, error) {
	slots, err := db.slots(ctx, db.reader, seal.KindRecovery)
	if err != nil {
		return nil, err
	}
	for _, slot := range slots {
		key, err := seal.OpenRecovery(slot, code)
		if err == nil {
			return key, nil
		}
		if err := recoveryFault(err); err != nil {
			return nil, err
		}
	}
	return nil, record.Fail(record.CodeWrongRecovery)
}

// recoveryFault translates what ends the search for a slot; nil when the next
// slot is to be tried.
func recoveryFault(err error) error {
	var typo *seal.CodeError
	switch {
	case errors.As(err, &typo) && len(typo.Groups) > 0:
		return record.FailField("recovery_code", record.CodeRecoveryTypo, fmt.Sprint(typo.Groups[0]))
	case errors.As(err, &typo):
		return record.FailField("recovery_code", record.CodeRecoveryTypo, "1")
	case errors.Is(err, seal.ErrWrongSecret):
		return nil
	}
	return record.Fail(record.CodeSlotDamaged).Because(err)
}

func (db *DB) slots(ctx context.Context, q querier, kind seal.Kind) ([]seal.Slot, error) {
	return collect(view{ctx: ctx, q: q}, func(r *sql.Rows) (s seal.Slot, err error) {
		var text string
		if err = r.Scan(&text); err != nil {
			return s, err
		}
		if err = json.Unmarshal([]byte(text), &s); err != nil {
			err = record.Fail(record.CodeSlotDamaged).Because(err)
		}
		return s, err
	}, "SELECT slot FROM key_slots WHERE kind = ? ORDER BY id", kind)
}

// NewRecoveryCode makes a new recovery code; the one before opens nothing from
// then on. It is shown and printed once. It needs the right to manage.
func (db *DB) NewRecoveryCode(ctx context.Context) (string, error) {
	var code string
	err := db.manage(ctx, ActionRecovery, "recovery", func(t *tx) error {
		slot, fresh, err := seal.NewRecoverySlot(t.db.opt.Rand, t.s.key, string(t.today))
		if err != nil {
			return fmt.Errorf("make recovery slot: %w", err)
		}
		if err := t.exec("DELETE FROM key_slots WHERE kind = ?", seal.KindRecovery); err != nil {
			return fmt.Errorf("remove old slot: %w", err)
		}
		code = fresh
		_, err = putSlot(t.ctx, t.Tx, slot)
		return err
	})
	if err != nil {
		return "", err
	}
	return code, nil
}
