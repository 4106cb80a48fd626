package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// A backup is one file: a magic, the length and JSON of its label with the key
// slots, and the database as a sealed stream. The slots stand in it so that a
// new PC needs nothing but the file and a password or the recovery code of its
// time.
const (
	backupMagic  = "RYBAK\x00\x00\x01"
	backupSuffix = ".rybak"
	// mostLabel bounds the label of a file that may be anything.
	mostLabel = 1 << 20
)

// BackupLabel says what is in a backup, readable without a key.
type BackupLabel struct {
	Station    record.Station `json:"station"`
	Schema     int            `json:"schema"`
	WallMS     int64          `json:"wall_ms"`
	Head       record.Head    `json:"head"`
	People     int64          `json:"people"`
	Operations int64          `json:"operations"`
	Slots      []seal.Slot    `json:"slots"`
	// Lacking is how many kept files a restore did not find; it is not in the
	// file.
	Lacking int `json:"-"`
}

// BackupFile is a backup that was written and read back.
type BackupFile struct {
	Path   string      `json:"path"`
	Size   int64       `json:"size"`
	SHA256 string      `json:"sha256"`
	Label  BackupLabel `json:"label"`
	// Attachments is how many kept files lie beside it.
	Attachments int `json:"attachments,omitempty"`
}

// BackupDir is where backups stand unless told otherwise. It answers without a
// file, since that is when backups are looked for.
func (o Options) BackupDir() string { return filepath.Join(o.Dir, "backup") }

// BackupDir is where backups stand unless told otherwise.
func (db *DB) BackupDir() string { return db.opt.BackupDir() }

// Backup writes a sealed copy of the whole file into a folder, reads it back
// and compares before it gets its name; then old backups there are thinned out.
// "" means [DB.BackupDir]. The codes are disk_full, read_only, file_damaged and
// file_unwritable.
func (db *DB) Backup(ctx context.Context, dir string) (BackupFile, error) {
	s, err := db.open()
	if err != nil {
		return BackupFile{}, err
	}
	if dir == "" {
		dir = db.BackupDir()
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return BackupFile{}, record.Fail(record.CodeFileUnwritten).Because(err)
	}
	name := "rongyuan-" + db.now().In(record.Zone()).Format("20060102-150405.000")
	if err := clearStrays(dir); err != nil {
		return BackupFile{}, err
	}
	plain := filepath.Join(dir, "."+name+".tmp")
	defer func() { _ = os.Remove(plain) }()
	if err := db.copyTo(ctx, plain); err != nil {
		return BackupFile{}, err
	}
	label, err := db.labelOf(ctx, plain)
	if err != nil {
		return BackupFile{}, err
	}
	out := BackupFile{Path: filepath.Join(dir, name+backupSuffix), Label: label}
	if err := db.sealBackup(s, plain, &out); err != nil {
		return BackupFile{}, err
	}
	if out.Attachments, err = db.backupAttachments(ctx, db.reader, dir); err != nil {
		return out, err
	}
	if err := db.SaveSetting(ctx, settingBackup, itoa(label.WallMS)); err != nil {
		return out, err
	}
	return out, thinOut(dir, out.Path, label.Head.Incarnation)
}

// copyTo writes a consistent copy of the database. VACUUM INTO takes a path
// that a parameter may carry.
func (db *DB) copyTo(ctx context.Context, path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	if err := onlyOurs(path); err != nil {
		return err
	}
	if _, err := db.reader.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return translate(fmt.Errorf("copy file: %w", err))
	}
	return nil
}

// labelOf checks a copy and describes it.
func (db *DB) labelOf(ctx context.Context, path string) (label BackupLabel, err error) {
	if err := checkHeader(path); err != nil {
		return label, err
	}
	copied, err := db.opt.connect(path, 1)
	if err != nil {
		return label, err
	}
	defer func() { err = errors.Join(err, copied.Close(), removeSide(path)) }()
	if err := quickCheck(ctx, copied); err != nil {
		return label, err
	}
	label.WallMS = db.now().UnixMilli()
	if label.Slots, err = db.slotsOf(ctx, copied); err != nil {
		return label, err
	}
	if label.Station, _, err = readStation(ctx, copied); err != nil {
		return label, err
	}
	return label, describe(ctx, copied, &label)
}

func describe(ctx context.Context, q *sql.DB, label *BackupLabel) error {
	err := q.QueryRowContext(ctx, `SELECT s.incarnation, COALESCE(o.seq, 0), o.hash FROM station s
		LEFT JOIN op_log o ON o.incarnation = s.incarnation ORDER BY o.seq DESC LIMIT 1`).
		Scan(&label.Head.Incarnation, &label.Head.Seq, &label.Head.Hash)
	if err == nil {
		err = q.QueryRowContext(ctx, "SELECT (SELECT COUNT(*) FROM volunteers), (SELECT COUNT(*) FROM op_log)").
			Scan(&label.People, &label.Operations)
	}
	if err == nil {
		err = q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&label.Schema)
	}
	return translate(err)
}

func (db *DB) slotsOf(ctx context.Context, q querier) ([]seal.Slot, error) {
	var out []seal.Slot
	for _, kind := range []seal.Kind{seal.KindPassword, seal.KindRecovery, seal.KindEscrow} {
		some, err := db.slots(ctx, q, kind)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// clearStrays removes what a backup left that was killed.
func clearStrays(dir string) error {
	for _, pattern := range []string{".rongyuan-*.tmp*", "rongyuan-*" + backupSuffix + ".part"} {
		strays, err := filesLike(dir, pattern)
		if err != nil {
			return err
		}
		for _, stray := range strays {
			if err := os.Remove(stray); err != nil {
				return record.Fail(record.CodeFileUnwritten).Because(err)
			}
		}
	}
	return nil
}

// removeSide removes what SQLite left beside a closed copy.
func removeSide(path string) error {
	for _, end := range []string{"-wal", "-shm"} {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// sealBackup writes the sealed file under a passing name, reads it back, and
// gives it its own.
func (db *DB) sealBackup(s *session, plain string, out *BackupFile) error {
	part := out.Path + ".part"
	defer func() { _ = os.Remove(part) }()
	want, err := db.writeSealed(s, plain, part, out.Label)
	if err != nil {
		return translateDisk(err)
	}
	got, err := readBack(s.key, part, out)
	if err != nil {
		return err
	}
	if !bytes.Equal(want, got) {
		return record.Fail(record.CodeFileDamaged)
	}
	if err := db.opt.trial.at("name backup"); err != nil {
		return translateDisk(err)
	}
	if err := os.Rename(part, out.Path); err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	return syncDir(filepath.Dir(out.Path))
}

// writeSealed gives the SHA-256 of the plain file.
func (db *DB) writeSealed(s *session, plain, part string, label BackupLabel) (sum []byte, err error) {
	in, err := os.Open(plain)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	text, err := json.Marshal(label)
	if err != nil {
		return nil, fmt.Errorf("encode label: %w", err)
	}
	head := binary.BigEndian.AppendUint32([]byte(backupMagic), uint32(len(text)))
	to := db.opt.trial.writer(f)
	if _, err := to.Write(append(head, text...)); err != nil {
		return nil, err
	}
	w, err := seal.NewStreamWriter(db.opt.Rand, to, s.key, seal.Backups)
	if err != nil {
		return nil, fmt.Errorf("begin sealing: %w", err)
	}
	hash := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w, hash), in); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if err := db.opt.trial.at("sync backup"); err != nil {
		return nil, err
	}
	return hash.Sum(nil), f.Sync()
}

// readBack opens a sealed file to its end and gives the SHA-256 of what is in
// it; size and hash of the sealed file go into out.
func readBack(key *seal.Key, part string, out *BackupFile) ([]byte, error) {
	f, err := os.Open(part)
	if err != nil {
		return nil, record.Fail(record.CodeFileUnread).Because(err)
	}
	defer func() { _ = f.Close() }()
	outer, inner := sha256.New(), sha256.New()
	counted := io.TeeReader(f, outer)
	if _, err := readLabel(counted); err != nil {
		return nil, err
	}
	r, err := seal.NewStreamReader(counted, key, seal.Backups)
	if err != nil {
		return nil, record.Fail(record.CodeFileDamaged).Because(err)
	}
	if _, err := io.Copy(inner, r); err != nil {
		return nil, record.Fail(record.CodeFileDamaged).Because(err)
	}
	st, err := f.Stat()
	if err != nil {
		return nil, record.Fail(record.CodeFileUnread).Because(err)
	}
	out.Size, out.SHA256 = st.Size(), hex.EncodeToString(outer.Sum(nil))
	return inner.Sum(nil), nil
}

func readLabel(r io.Reader) (BackupLabel, error) {
	var label BackupLabel
	head := make([]byte, len(backupMagic)+4)
	if _, err := io.ReadFull(r, head); err != nil {
		return label, record.Fail(record.CodeFileTruncated).Because(err)
	}
	if string(head[:len(backupMagic)]) != backupMagic {
		return label, record.Fail(record.CodeFileForeign)
	}
	n := binary.BigEndian.Uint32(head[len(backupMagic):])
	if n > mostLabel {
		return label, record.Fail(record.CodeFileDamaged)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return label, record.Fail(record.CodeFileTruncated).Because(err)
	}
	if err := json.Unmarshal(text, &label); err != nil {
		return label, record.Fail(record.CodeFileDamaged).Because(err)
	}
	return label, nil
}

const (
	settingBackup = "last_backup_ms"
	settingDrill  = "last_drill_ms"
)

// BackupTimes are when the last backup was written and when the last drill
// proved that it opens; zero times for never.
func (db *DB) BackupTimes(ctx context.Context) (backup, drill time.Time, err error) {
	at := func(name string) time.Time {
		var ms int64
		text, readErr := db.Setting(ctx, name)
		err = errors.Join(err, readErr)
		if _, scanErr := fmt.Sscan(text, &ms); scanErr != nil {
			return time.Time{}
		}
		return msTime(ms)
	}
	return at(settingBackup), at(settingDrill), err
}

func msTime(ms int64) time.Time { return time.UnixMilli(ms) }

// translateDisk gives errors of writing a file their codes.
func translateDisk(err error) error {
	var own *record.Error
	switch {
	case err == nil || errors.As(err, &own):
		return err
	case diskFull(err):
		return record.Fail(record.CodeDiskFull).Because(err)
	}
	return record.Fail(record.CodeFileUnwritten).Because(err)
}

// syncDir makes a rename durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return record.Fail(record.CodeFileUnread).Because(err)
	}
	defer func() { _ = d.Close() }()
	if err := d.Sync(); err != nil && !syncUnsupported(err) {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	return nil
}
