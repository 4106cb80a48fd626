package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// attachmentsDir holds the files that belong to records: beside the station's
// file, and beside its backups.
const attachmentsDir = "attachments"

// attachmentSecret is how many bytes an attachment's own key is made of.
const attachmentSecret = 36

// mostAttachment is the largest file that is kept, in bytes.
const mostAttachment = 20 << 20

// attachment is a row about a kept file. Its key is its own, so that a new data
// key leaves the files alone and an old backup opens them with its own rows.
type attachment struct {
	id, hash string
	size     int64
	sealed   []byte
}

func attachments(w view, where string, args ...any) ([]attachment, error) {
	return collect(w, func(r *sql.Rows) (a attachment, err error) {
		return a, r.Scan(&a.id, &a.hash, &a.size, &a.sealed)
	}, "SELECT id, hash, size, sealed FROM attachments "+where, args...)
}

// key is the attachment's own key, opened by whatever opens sealed values.
func (a attachment) key(open opener) (*seal.Key, error) {
	secret, err := open.AppendOpen(nil, recordPlace("attachments", a.id), a.sealed)
	if err != nil || len(secret) != attachmentSecret {
		return nil, record.Fail(record.CodeSealBroken).Because(err)
	}
	defer clear(secret)
	return seal.NewKey(bytes.NewReader(secret))
}

// keepFile keeps a file once by what it holds and gives its hash. The file is
// on the disk before the change is committed; a change that fails leaves a file
// that nobody knows, which the next backup does not take.
func (t *tx) keepFile(plain []byte) (string, error) {
	if len(plain) == 0 {
		return "", record.Fail(record.CodeFileEmpty)
	}
	if len(plain) > mostAttachment {
		return "", record.Fail(record.CodeTooLarge)
	}
	sum := sha256.Sum256(plain)
	hash := hex.EncodeToString(sum[:])
	found, err := attachments(t.view(), "WHERE hash = ?", hash)
	if err != nil {
		return "", err
	}
	if len(found) > 0 && exists(t.db.attachmentPath(found[0].id)) {
		return hash, nil
	}
	if len(found) > 0 { // the folder was lost: the same file heals it
		return hash, t.db.writeAttachment(found[0], t.s.fields, plain)
	}
	return hash, t.newAttachment(hash, plain)
}

func (t *tx) newAttachment(hash string, plain []byte) error {
	id, err := t.newID()
	if err != nil {
		return err
	}
	secret := make([]byte, attachmentSecret)
	defer clear(secret)
	if _, err := io.ReadFull(t.db.opt.Rand, secret); err != nil {
		return fmt.Errorf("make key: %w", err)
	}
	a := attachment{id: id, hash: hash, size: int64(len(plain))}
	if a.sealed, err = t.s.fields.Seal(recordPlace("attachments", id), secret); err != nil {
		return fmt.Errorf("seal key: %w", err)
	}
	if err := t.db.writeAttachment(a, t.s.fields, plain); err != nil {
		return err
	}
	return t.exec("INSERT INTO attachments (id, hash, size, sealed) VALUES (?, ?, ?, ?)", a.id, a.hash, a.size, a.sealed)
}

func (db *DB) attachmentPath(id string) string {
	return filepath.Join(db.opt.Dir, attachmentsDir, id)
}

// writeAttachment writes a sealed file whole or not at all.
func (db *DB) writeAttachment(a attachment, open opener, plain []byte) error {
	key, err := a.key(open)
	if err != nil {
		return err
	}
	defer key.Wipe()
	path := db.attachmentPath(a.id)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return translateDisk(err)
	}
	var b bytes.Buffer
	w, err := seal.NewStreamWriter(db.opt.Rand, &b, key, seal.Attachments.Of(a.id))
	if err != nil {
		return fmt.Errorf("begin sealing: %w", err)
	}
	if _, err := w.Write(plain); err != nil {
		return fmt.Errorf("seal attachment: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("seal attachment: %w", err)
	}
	return db.opt.placeFile(path, &b)
}

// placeFile writes a file under a passing name, makes it durable and gives it
// its own.
func (o Options) placeFile(path string, from io.Reader) (err error) {
	part := path + ".part"
	defer func() {
		if err != nil {
			_ = os.Remove(part) // the half-written file is of no use
		}
	}()
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return translateDisk(err)
	}
	_, err = io.Copy(o.trial.writer(f), from)
	if err == nil {
		err = o.trial.at("sync attachment")
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return translateDisk(err)
	}
	if err := os.Rename(part, path); err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	return syncDir(filepath.Dir(path))
}

// openAttachment reads a kept file to its end and compares it with its hash. The
// codes are attachment_missing and file_damaged.
func openAttachment(path string, a attachment, open opener) ([]byte, error) {
	key, err := a.key(open)
	if err != nil {
		return nil, err
	}
	defer key.Wipe()
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, record.Fail(record.CodeAttachmentMissing)
	}
	if err != nil {
		return nil, record.Fail(record.CodeFileUnread).Because(err)
	}
	defer func() { _ = f.Close() }()
	r, err := seal.NewStreamReader(f, key, seal.Attachments.Of(a.id))
	if err != nil {
		return nil, record.Fail(record.CodeFileDamaged, "attachment", a.id).Because(err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, mostAttachment+1))
	if err != nil {
		return nil, record.Fail(record.CodeFileDamaged, "attachment", a.id).Because(err)
	}
	if sum := sha256.Sum256(plain); hex.EncodeToString(sum[:]) != a.hash {
		return nil, record.Fail(record.CodeFileDamaged, "attachment", a.id)
	}
	return plain, nil
}

// checkAttachments opens every kept file of a folder that the rows name, and
// gives how many there are and how many lack.
func checkAttachments(w view, dir string, open opener) (here, lacking int, err error) {
	all, err := attachments(w, "")
	if err != nil {
		return 0, 0, err
	}
	for _, a := range all {
		if err := w.ctx.Err(); err != nil {
			return here, lacking, err
		}
		_, err := openAttachment(filepath.Join(dir, attachmentsDir, a.id), a, open)
		switch {
		case errors.Is(err, record.Fail(record.CodeAttachmentMissing)):
			lacking++
		case err != nil:
			return here, lacking, err
		default:
			here++
		}
	}
	return here, lacking, nil
}

// backupAttachments puts beside a backup what it needs of the kept files. They
// are sealed already and never change, so each is copied once for all backups of
// a folder.
func (db *DB) backupAttachments(ctx context.Context, rows *sql.DB, dir string) (int, error) {
	all, err := attachments(view{ctx: ctx, q: rows}, "")
	if err != nil || len(all) == 0 {
		return 0, err
	}
	to := filepath.Join(dir, attachmentsDir)
	if err := os.MkdirAll(to, 0o700); err != nil {
		return 0, record.Fail(record.CodeFileUnwritten).Because(err)
	}
	n := 0
	for _, a := range all {
		done, err := db.opt.copyAttachment(db.attachmentPath(a.id), filepath.Join(to, a.id))
		if err != nil {
			return n, err
		}
		n += done
	}
	return n, db.dropAttachments(to, all)
}

// copyAttachment copies a kept file that is not there yet, and gives 1 when it
// stands in its place afterwards. A kept file that is lost cannot be copied, and
// is no reason to have no backup: the check tells of it.
func (o Options) copyAttachment(from, to string) (int, error) {
	st, err := os.Stat(from)
	if err != nil {
		if exists(to) {
			return 1, nil
		}
		return 0, nil
	}
	if have, err := os.Stat(to); err == nil && have.Size() == st.Size() {
		return 1, nil
	}
	in, err := os.Open(from)
	if err != nil {
		return 0, record.Fail(record.CodeFileUnread).Because(err)
	}
	defer func() { _ = in.Close() }()
	return 1, o.placeFile(to, in)
}

// dropAttachments removes files beside the backups that no row names and that
// are older than every backup of the folder.
func (db *DB) dropAttachments(dir string, known []attachment) error {
	keep := map[string]bool{}
	for _, a := range known {
		keep[a.id] = true
	}
	oldest := db.now()
	backups, err := Backups(filepath.Dir(dir))
	if err != nil {
		return err
	}
	for _, path := range backups {
		if label, err := ReadBackup(path); err == nil && msTime(label.WallMS).Before(oldest) {
			oldest = msTime(label.WallMS)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		return record.Fail(record.CodeFileUnread).Because(err)
	}
	for _, f := range files {
		st, err := f.Info()
		if err != nil || keep[f.Name()] || st.ModTime().After(oldest.Add(-24*time.Hour)) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, f.Name())); err != nil {
			return record.Fail(record.CodeFileUnwritten).Because(err)
		}
	}
	return nil
}
