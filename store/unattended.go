package store

import (
	"context"
	"errors"
	"fmt"
	"io"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// Vault is where the operating system keeps a secret for this program and this
// user: DPAPI on Windows, the keyring elsewhere. Load answers ErrNoSecret when
// there is none.
type Vault interface {
	Save(name string, secret []byte) error
	Load(name string) ([]byte, error)
	Delete(name string) error
}

// ErrNoSecret says that a vault holds nothing under a name.
var ErrNoSecret = errors.New("no such secret")

// AllowUnattended lets this PC back up and exchange without anybody logged in:
// the data key is wrapped for a secret that the operating system keeps. Whoever
// can use this PC's user account can then open the file, which is why it is off
// until an administrator turns it on.
func (db *DB) AllowUnattended(ctx context.Context, v Vault) error {
	secret := make([]byte, 32)
	defer clear(secret)
	if _, err := io.ReadFull(db.opt.Rand, secret); err != nil {
		return fmt.Errorf("read randomness: %w", err)
	}
	station, err := db.Station(ctx)
	if err != nil {
		return err
	}
	name := vaultName(station.Code)
	err = db.manage(ctx, ActionUnattended, "on", func(t *tx) error {
		slot, err := seal.NewDeviceSlot(t.db.opt.Rand, t.s.key, seal.Device{Name: name, Secret: secret})
		if err != nil {
			return fmt.Errorf("make device slot: %w", err)
		}
		if err := t.exec("DELETE FROM key_slots WHERE kind = ?", seal.KindDevice); err != nil {
			return fmt.Errorf("remove old slot: %w", err)
		}
		if _, err := putSlot(t.ctx, t.Tx, slot); err != nil {
			return err
		}
		if err := v.Save(name, secret); err != nil {
			return record.Fail(record.CodeNoVault).Because(err)
		}
		return nil
	})
	return err
}

// ForbidUnattended takes the slot and the secret away.
func (db *DB) ForbidUnattended(ctx context.Context, v Vault) error {
	station, err := db.Station(ctx)
	if err != nil {
		return err
	}
	err = db.manage(ctx, ActionUnattended, "off", func(t *tx) error {
		return t.exec("DELETE FROM key_slots WHERE kind = ?", seal.KindDevice)
	})
	if err != nil {
		return err
	}
	if err := v.Delete(vaultName(station.Code)); err != nil && !errors.Is(err, ErrNoSecret) {
		return record.Fail(record.CodeNoVault).Because(err)
	}
	return nil
}

// UnlockUnattended opens the file with the PC's secret for backup and exchange:
// the session may neither read nor write records. The code is no_right where it
// was not allowed, no_vault where the secret is gone.
func (db *DB) UnlockUnattended(ctx context.Context, v Vault) error {
	slots, err := db.slots(ctx, db.reader, seal.KindDevice)
	if err != nil {
		return err
	}
	if len(slots) == 0 {
		return record.Fail(record.CodeNoRight)
	}
	secret, err := v.Load(slots[0].Name)
	if err != nil {
		return record.Fail(record.CodeNoVault).Because(err)
	}
	defer clear(secret)
	key, err := seal.OpenDevice(slots[0], secret)
	switch {
	case errors.Is(err, seal.ErrWrongSecret):
		return record.Fail(record.CodeNoVault).Because(err)
	case err != nil:
		return record.Fail(record.CodeSlotDamaged).Because(err)
	}
	return db.enter(ctx, key, record.UnattendedAccount, record.RoleUnattended)
}

// Unattended reports whether this file lets a PC in unattended, and whether the
// vault of this PC holds the secret for it: a restored or copied file is allowed
// and not ready. It answers also while the file is locked.
func (db *DB) Unattended(ctx context.Context, v Vault) (allowed, ready bool, err error) {
	slots, err := db.slots(ctx, db.reader, seal.KindDevice)
	if err != nil || len(slots) == 0 {
		return false, false, err
	}
	secret, err := v.Load(slots[0].Name)
	if err != nil {
		return true, false, nil // a vault that is missing or empty is not ready
	}
	defer clear(secret)
	key, err := seal.OpenDevice(slots[0], secret)
	if err != nil {
		return true, false, nil
	}
	key.Wipe()
	return true, true, nil
}

func vaultName(code record.StationCode) string { return "rongyuan-" + string(code) }
