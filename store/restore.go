package store

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// Secret is what opens a backup: an account's password of its time, the
// recovery code, or the district's answer to a request that waits in the folder
// to which the backup is restored.
type Secret struct {
	Account  string
	Password string
	Recovery string
	Escrow   *seal.EscrowAnswer
}

// ReadBackup describes a backup without opening it.
func ReadBackup(path string) (BackupLabel, error) {
	f, err := os.Open(path)
	if err != nil {
		return BackupLabel{}, record.Fail(record.CodeFileUnread).Because(err)
	}
	defer func() { _ = f.Close() }()
	return readLabel(f)
}

// Restore puts a station's file back from a backup, into an empty folder of a
// new PC or in place of a file that is there, which is moved aside and never
// deleted. Nothing is moved before the backup was opened to its end and
// checked. The codes are in_use, file_unreadable, file_foreign,
// file_truncated, file_damaged, file_newer, wrong_password, wrong_recovery,
// recovery_typo, escrow_used and escrow_answer.
func Restore(ctx context.Context, opt Options, path string, with Secret) (BackupLabel, error) {
	label, err := ReadBackup(path)
	if err != nil {
		return label, err
	}
	if err := CheckFolder(opt.Dir); err != nil {
		return label, err
	}
	if known, err := schemaVersion(); err != nil || label.Schema > known {
		return label, record.Fail(record.CodeFileNewer).Because(err)
	}
	key, err := opt.keyOf(label, with)
	if err != nil {
		return label, err
	}
	defer key.Wipe()
	if err := os.MkdirAll(opt.Dir, 0o700); err != nil {
		return label, record.Fail(record.CodeReadOnly).Because(err)
	}
	lock, err := opt.takeLock()
	if err != nil {
		return label, err
	}
	defer func() { _ = lock.Unlock() }()
	part := filepath.Join(opt.Dir, fileName+".restored")
	defer func() { _ = os.Remove(part) }()
	if err := opt.unsealBackup(key, path, part); err != nil {
		return label, err
	}
	if err := opt.proveRestored(ctx, key, part, label); err != nil {
		return label, err
	}
	if label.Lacking, err = opt.restoreAttachments(ctx, part, path); err != nil {
		return label, err
	}
	return label, opt.swapIn(part)
}

// restoreAttachments brings the kept files that the restored rows name from
// beside the backup, and gives how many are nowhere. They have names of their
// own, so nothing that is there is overwritten.
func (o Options) restoreAttachments(ctx context.Context, part, backup string) (lacking int, err error) {
	rows, err := o.connect(part, 1)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, rows.Close(), removeSide(part)) }()
	if has, err := hasTable(ctx, rows, "attachments"); err != nil || !has {
		return 0, err // a backup of an older program
	}
	all, err := attachments(view{ctx: ctx, q: rows}, "")
	if err != nil || len(all) == 0 {
		return 0, err
	}
	to := filepath.Join(o.Dir, attachmentsDir)
	if err := os.MkdirAll(to, 0o700); err != nil {
		return 0, translateDisk(err)
	}
	for _, a := range all {
		n, err := o.copyAttachment(filepath.Join(filepath.Dir(backup), attachmentsDir, a.id), filepath.Join(to, a.id))
		if err != nil {
			return lacking, err
		}
		lacking += 1 - n
	}
	return lacking, nil
}

func hasTable(ctx context.Context, q querier, name string) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", name).Scan(&n)
	return n > 0, translate(err)
}

// proveAttachments opens every kept file beside a backup with the keys in the
// unsealed copy. The codes are attachment_missing and file_damaged.
func (o Options) proveAttachments(ctx context.Context, key *seal.Key, part, backup string) (err error) {
	rows, err := o.connect(part, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close(), removeSide(part)) }()
	if has, err := hasTable(ctx, rows, "attachments"); err != nil || !has {
		return err
	}
	old, err := oldKeys(view{ctx: ctx, q: rows}, key)
	if err != nil {
		return err
	}
	fields, err := newRing(strings.NewReader(""), key, old, seal.Fields)
	if err != nil {
		return record.Fail(record.CodeSealBroken).Because(err)
	}
	defer fields.wipe()
	_, lacking, err := checkAttachments(view{ctx: ctx, q: rows}, filepath.Dir(backup), fields)
	if err == nil && lacking > 0 {
		err = record.Fail(record.CodeAttachmentMissing)
	}
	return err
}

func (o Options) keyOf(label BackupLabel, with Secret) (*seal.Key, error) {
	if with.Escrow != nil {
		return o.escrowKey(*with.Escrow, label.Station.Code, label.Slots)
	}
	return with.open(label.Slots)
}

// open finds the slot that the secret fits.
func (s Secret) open(slots []seal.Slot) (*seal.Key, error) {
	for _, slot := range slots {
		switch {
		case s.Recovery != "" && slot.Kind == seal.KindRecovery:
			key, err := seal.OpenRecovery(slot, s.Recovery)
			if err == nil {
				return key, nil
			}
			if err := recoveryFault(err); err != nil {
				return nil, err
			}
		case s.Recovery == "" && slot.Kind == seal.KindPassword && slot.Name == s.Account:
			key, err := seal.OpenPassword(slot, s.Password)
			if err == nil {
				return key, nil
			}
			if !errors.Is(err, seal.ErrWrongSecret) {
				return nil, record.Fail(record.CodeSlotDamaged).Because(err)
			}
		}
	}
	if s.Recovery != "" {
		return nil, record.Fail(record.CodeWrongRecovery)
	}
	return nil, record.Fail(record.CodeWrongPassword)
}

func (o Options) unsealBackup(key *seal.Key, path, part string) (err error) {
	in, err := os.Open(path)
	if err != nil {
		return record.Fail(record.CodeFileUnread).Because(err)
	}
	defer func() { _ = in.Close() }()
	if _, err := readLabel(in); err != nil {
		return err
	}
	r, err := seal.NewStreamReader(in, key, seal.Backups)
	if err != nil {
		return record.Fail(record.CodeFileDamaged).Because(err)
	}
	out, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return translateDisk(err)
	}
	defer func() { err = errors.Join(err, translateDisk(out.Close())) }()
	if _, err := io.Copy(o.trial.writer(out), r); err != nil {
		var broken seal.Error
		if errors.As(err, &broken) {
			return record.Fail(record.CodeFileDamaged).Because(err)
		}
		return translateDisk(err)
	}
	if err := o.trial.at("sync restored"); err != nil {
		return translateDisk(err)
	}
	return translateDisk(out.Sync())
}

// proveRestored opens the unsealed file as the program will and compares it
// with the backup's label.
func (o Options) proveRestored(ctx context.Context, key *seal.Key, path string, label BackupLabel) (err error) {
	if err := checkHeader(path); err != nil {
		return err
	}
	db, err := o.connect(path, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close(), removeSide(path)) }()
	if err := quickCheck(ctx, db); err != nil {
		return err
	}
	var have BackupLabel
	if err := describe(ctx, db, &have); err != nil {
		return err
	}
	if !have.Head.Equal(label.Head) || have.People != label.People || have.Operations != label.Operations {
		return record.Fail(record.CodeFileDamaged)
	}
	fields, err := seal.NewSealer(strings.NewReader(""), key, seal.Fields)
	if err != nil {
		return record.Fail(record.CodeSealBroken).Because(err)
	}
	defer fields.Wipe()
	_, err = loadDirectory(ctx, db, fields)
	return err
}

// swapIn moves what is there aside and the restored file in. The log goes
// after its file: alone in its place, a file without its log would open and
// lack the last changes, while a log without its file opens as nothing.
func (o Options) swapIn(part string) error {
	if err := o.finishAside(); err != nil {
		return err
	}
	path := filepath.Join(o.Dir, fileName)
	aside := path + o.Clock().In(record.Zone()).Format(".20060102-150405.000") + asideSuffix
	if err := o.mark(); err != nil {
		return err
	}
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := o.moveAside(path+end, aside+end); err != nil {
			return err
		}
	}
	return o.moveIn(part)
}

const asideSuffix = ".old"

// finishAside gives a log that stands without its file to the file that was
// moved aside before a restore was killed.
func (o Options) finishAside() error {
	path := filepath.Join(o.Dir, fileName)
	if exists(path) || !exists(path+"-wal") {
		return nil
	}
	all, err := filesLike(o.Dir, fileName+".*"+asideSuffix)
	if err != nil || len(all) == 0 {
		return err
	}
	last := all[len(all)-1] // the names sort by time
	if exists(last + "-wal") {
		return nil
	}
	return o.moveAside(path+"-wal", last+"-wal")
}

func (o Options) moveAside(from, to string) error {
	if err := o.trial.at("move aside"); err != nil {
		return translateDisk(err)
	}
	if err := os.Rename(from, to); err != nil && !errors.Is(err, os.ErrNotExist) {
		return record.Fail(record.CodeReadOnly).Because(err)
	}
	return nil
}

// Drill proves that a backup opens with the key of this station and holds what
// its label says, in a passing folder, and notes the day. "" means the newest
// backup of [DB.BackupDir].
func (db *DB) Drill(ctx context.Context, path string) (BackupLabel, error) {
	s, err := db.open()
	if err != nil {
		return BackupLabel{}, err
	}
	if path == "" {
		all, err := Backups(db.BackupDir())
		if err != nil {
			return BackupLabel{}, err
		}
		if len(all) == 0 {
			return BackupLabel{}, record.Fail(record.CodeNotFound)
		}
		path = all[0]
	}
	label, err := ReadBackup(path)
	if err != nil {
		return label, err
	}
	dir, err := os.MkdirTemp(db.opt.Dir, "drill-*")
	if err != nil {
		return label, translateDisk(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	part := filepath.Join(dir, fileName)
	if err := db.opt.unsealBackup(s.key, path, part); err != nil {
		return label, err
	}
	if err := db.opt.proveRestored(ctx, s.key, part, label); err != nil {
		return label, err
	}
	if err := db.opt.proveAttachments(ctx, s.key, part, path); err != nil {
		return label, err
	}
	return label, db.SaveSetting(ctx, settingDrill, itoa(db.now().UnixMilli()))
}
