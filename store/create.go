package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// Founding is what a new station needs.
type Founding struct {
	Station  record.Station
	Admin    string
	Password string
}

// Create makes the file of a new station with its first account and gives the
// recovery code, which is shown and printed once and stored nowhere. The file
// is open and unlocked. The codes are station_exists, station_code, required,
// password_weak, password_name, in_use and read_only.
func Create(ctx context.Context, opt Options, f Founding) (*DB, string, error) {
	if err := checkFounding(f); err != nil {
		return nil, "", err
	}
	if err := CheckFolder(opt.Dir); err != nil {
		return nil, "", err
	}
	if err := os.MkdirAll(opt.Dir, 0o700); err != nil {
		return nil, "", record.Fail(record.CodeReadOnly).Because(err)
	}
	if err := checkPresent(opt.Dir); record.CodeOf(err) != record.CodeNoStation {
		return nil, "", record.Fail(record.CodeStationExists).Because(err)
	}
	code, err := found(ctx, opt, f)
	if err != nil {
		return nil, "", err
	}
	db, err := Open(ctx, opt)
	if err != nil {
		return nil, "", err
	}
	if err := db.Unlock(ctx, f.Admin, f.Password); err != nil {
		return nil, "", errors.Join(err, db.Close())
	}
	if err := db.SaveStation(ctx, f.Station); err != nil {
		return nil, "", errors.Join(err, db.Close())
	}
	return db, code, nil
}

func checkFounding(f Founding) error {
	if !f.Station.Code.Valid() {
		return record.FailField("station_code", record.CodeStationCode)
	}
	if strings.TrimSpace(f.Station.Name) == "" {
		return record.FailField("station_name", record.CodeRequired)
	}
	return checkLogin(f.Admin, f.Password)
}

// checkLogin judges an account's name and password.
func checkLogin(name, password string) error {
	if n := len([]rune(name)); strings.TrimSpace(name) != name || n == 0 || n > 30 {
		return record.FailField("account", record.CodeRequired)
	}
	switch err := seal.CheckPassword(name, password); {
	case errors.Is(err, seal.ErrPasswordAccount):
		return record.FailField("password", record.CodePasswordName)
	case err != nil:
		return record.FailField("password", record.CodePasswordWeak).Because(err)
	}
	return nil
}

// found writes the new file beside its place and moves it there whole, so that
// a power cut leaves either a station or none.
func found(ctx context.Context, opt Options, f Founding) (string, error) {
	lock, err := opt.takeLock()
	if err != nil {
		return "", err
	}
	defer func() { _ = lock.Unlock() }()
	part := filepath.Join(opt.Dir, fileName+".new")
	for _, old := range []string{part, part + "-wal", part + "-shm"} {
		if err := os.Remove(old); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", record.Fail(record.CodeReadOnly).Because(err)
		}
	}
	code, err := fill(ctx, opt, f, part)
	if err != nil {
		return "", translate(err)
	}
	if err := opt.moveIn(part); err != nil {
		return "", err
	}
	return code, opt.mark()
}

// moveIn gives a finished file its place, for good.
func (o Options) moveIn(part string) error {
	if err := o.trial.at("move in"); err != nil {
		return translateDisk(err)
	}
	if err := os.Rename(part, filepath.Join(o.Dir, fileName)); err != nil {
		return record.Fail(record.CodeReadOnly).Because(err)
	}
	return syncDir(o.Dir)
}

// mark leaves the note that a station's file should be in this folder, unless
// it is there. It is written after the file: a note without a file is a loss.
func (o Options) mark() error {
	path := filepath.Join(o.Dir, markerName)
	if exists(path) {
		return nil
	}
	if err := o.trial.at("mark"); err != nil {
		return translateDisk(err)
	}
	return translateDisk(os.WriteFile(path, []byte("station\n"), 0o600))
}

func fill(ctx context.Context, opt Options, f Founding, path string) (code string, err error) {
	if err := onlyOurs(path); err != nil {
		return "", err
	}
	db, err := opt.connect(path, 1)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := migrate(ctx, db); err != nil {
		return "", err
	}
	key, err := seal.NewKey(opt.Rand)
	if err != nil {
		return "", fmt.Errorf("make data key: %w", err)
	}
	defer key.Wipe()
	pass, err := seal.NewPasswordSlot(opt.Rand, key, seal.Login{Account: f.Admin, Password: f.Password}, opt.Passwords)
	if err != nil {
		return "", fmt.Errorf("make password slot: %w", err)
	}
	paper, code, err := seal.NewRecoverySlot(opt.Rand, key, f.Station.Name)
	if err != nil {
		return "", fmt.Errorf("make recovery slot: %w", err)
	}
	incarnation := make([]byte, 16)
	if _, err := io.ReadFull(opt.Rand, incarnation); err != nil {
		return "", fmt.Errorf("read randomness: %w", err)
	}
	if err := fillRows(ctx, db, f, firstRows{hex.EncodeToString(incarnation), pass, paper}); err != nil {
		return "", err
	}
	return code, settle(ctx, db)
}

// onlyOurs makes an empty file that no other user of this PC reads. SQLite would
// make one that all may read, and gives its log the rights of the file.
func onlyOurs(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	return translateDisk(f.Close())
}

// settle brings all of the log into the file. SQLite does so at closing too, but
// says nothing when it fails, and the file is moved without its log.
func settle(ctx context.Context, db *sql.DB) error {
	var busy, frames, moved int
	if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
		return fmt.Errorf("settle file: %w", err)
	}
	if busy != 0 {
		return record.Fail(record.CodeInUse)
	}
	return nil
}

// firstRows are what a new file begins with beside the station's name.
type firstRows struct {
	incarnation string
	pass, paper seal.Slot
}

func fillRows(ctx context.Context, db *sql.DB, f Founding, first firstRows) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin founding: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx,
		"INSERT INTO station (only_one, code, name, version, incarnation) VALUES (1, ?, ?, 0, ?)",
		f.Station.Code, f.Station.Name, first.incarnation); err != nil {
		return fmt.Errorf("write station: %w", err)
	}
	passID, err := putSlot(ctx, tx, first.pass)
	if err != nil {
		return err
	}
	if _, err := putSlot(ctx, tx, first.paper); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO accounts (name, role, slot) VALUES (?, ?, ?)",
		f.Admin, record.RoleAdmin, passID); err != nil {
		return fmt.Errorf("write account: %w", err)
	}
	return tx.Commit()
}

// putSlot stores a key slot under the id that its salt gives.
func putSlot(ctx context.Context, tx *sql.Tx, s seal.Slot) (string, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("encode slot: %w", err)
	}
	id := hex.EncodeToString(s.Salt)
	if _, err := tx.ExecContext(ctx, "INSERT INTO key_slots (id, kind, slot) VALUES (?, ?, ?)", id, s.Kind, string(text)); err != nil {
		return "", fmt.Errorf("write slot: %w", err)
	}
	return id, nil
}
