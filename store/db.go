package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

const (
	fileName   = "station.db"
	lockName   = "station.lock"
	markerName = "station.marker"
)

// Options say where the file is and where time and randomness come from.
type Options struct {
	// Dir is the data folder.
	Dir string
	// Clock is the time; it orders nothing.
	Clock func() time.Time
	// Rand is a cryptographic source that several goroutines may read at once,
	// as that of crypto/rand.
	Rand io.Reader
	// Uptime is how long this PC has been running, sleep included; it measures
	// lock-outs, which a moved clock must not cure. Nil means that only time
	// spent in this process counts.
	Uptime func() time.Duration
	// Passwords are the costs of argon2id for new slots; the zero value means
	// the strong ones.
	Passwords seal.Params

	trial trial
}

// DB is a station's open file. It is locked, and answers code locked, until
// [DB.Unlock] has opened the data key. It is safe for several goroutines.
type DB struct {
	opt    Options
	lock   *flock.Flock
	writer *sql.DB // one connection, immediate transactions
	reader *sql.DB

	started time.Time // of this process, with its monotonic reading

	writing sync.Mutex // one change at a time, so that the log stays dense

	mu      sync.RWMutex // guards session and directory
	session *session
	dir     *directory
}

// session is what is known while somebody is logged in.
type session struct {
	account string
	role    record.Role
	key     *seal.Key
	fields  *ring
	loads   *ring
	index   *seal.Index
	chain   *seal.Chain
	// oldChains are the audit chains of keys that were replaced.
	oldChains map[uint32]*seal.Chain
}

func (s *session) wipe() {
	s.fields.wipe()
	s.loads.wipe()
	s.index.Wipe()
	s.chain.Wipe()
	for _, c := range s.oldChains {
		c.Wipe()
	}
	s.key.Wipe()
}

// Open opens the file of a station. The codes are no_station, in_use,
// file_missing, file_foreign, file_truncated, file_damaged, file_newer and
// read_only.
func Open(ctx context.Context, opt Options) (*DB, error) {
	if err := checkPresent(opt.Dir); err != nil {
		return nil, err
	}
	db, err := openLocked(ctx, opt)
	if err != nil {
		return nil, err
	}
	if err := translate(migrate(ctx, db.writer)); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := opt.mark(); err != nil { // missing where the power went in founding
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// openLocked takes the lock and opens the connections.
func openLocked(ctx context.Context, opt Options) (*DB, error) {
	lock, err := opt.takeLock()
	if err != nil {
		return nil, err
	}
	db := &DB{opt: opt, lock: lock, started: opt.Clock()}
	path := filepath.Join(opt.Dir, fileName)
	if err := checkHeader(path); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	if db.writer, err = opt.connect(path, 1); err == nil {
		db.reader, err = opt.connect(path, 4)
	}
	if err == nil {
		err = quickCheck(ctx, db.writer)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// connect opens a pool whose every connection carries the pragmas: WAL with
// synchronous=FULL is the only mode that lost nothing in power-cut trials.
func (o Options) connect(path string, most int) (*sql.DB, error) {
	q := url.Values{"_txlock": {"immediate"}}
	for _, pragma := range []string{
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(" + o.trial.syncMode() + ")", "foreign_keys(ON)", "secure_delete(ON)",
		"cell_size_check(ON)", "trusted_schema(OFF)", "temp_store(MEMORY)", "cache_size(-65536)", "journal_size_limit(8388608)",
	} {
		q.Add("_pragma", pragma)
	}
	if o.trial.vfs != "" {
		q.Set("vfs", o.trial.vfs)
	}
	uri := url.URL{Scheme: "file", Opaque: filepath.ToSlash(path), RawQuery: q.Encode()}
	uri.Opaque = (&url.URL{Path: uri.Opaque}).EscapedPath()
	db, err := sql.Open("sqlite", uri.String())
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(most)
	return db, nil
}

// Close checkpoints and closes the file and gives the lock back.
func (db *DB) Close() error {
	db.Lock()
	var errs []error
	if db.reader != nil {
		errs = append(errs, translate(db.reader.Close()))
	}
	if db.writer != nil {
		_, err := db.writer.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
		if sqliteDamaged(err) {
			err = nil // a damaged file is reported where it is opened
		}
		errs = append(errs, translate(err), translate(db.writer.Close()))
	}
	return errors.Join(append(errs, db.lock.Unlock())...)
}

// checkPresent tells a folder without a station from one whose file is gone.
func checkPresent(dir string) error {
	_, markerErr := os.Stat(filepath.Join(dir, markerName))
	_, fileErr := os.Stat(filepath.Join(dir, fileName))
	switch {
	case fileErr == nil:
		return nil
	case !errors.Is(fileErr, os.ErrNotExist):
		return record.Fail(record.CodeFileUnread).Because(fileErr)
	case markerErr == nil:
		return record.Fail(record.CodeFileMissing)
	}
	return record.Fail(record.CodeNoStation)
}

// now is the clock in UTC.
func (db *DB) now() time.Time { return db.opt.Clock().UTC() }

// Today is the day in China by this PC's clock.
func (db *DB) Today() record.Day { return record.DayOf(db.now()) }

// open gives the session, or code locked.
func (db *DB) open() (*session, error) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.session == nil {
		return nil, record.Fail(record.CodeLocked)
	}
	return db.session, nil
}

// may gives the session when its role has a right; the codes are locked and
// no_right.
func (db *DB) may(right record.Right) (*session, error) {
	s, err := db.open()
	if err == nil && !s.role.May(right) {
		return nil, record.Fail(record.CodeNoRight)
	}
	return s, err
}

// Account is the name and role of who is logged in; "" when the file is locked.
func (db *DB) Account() (string, record.Role) {
	s, err := db.open()
	if err != nil {
		return "", ""
	}
	return s.account, s.role
}

// Lock wipes the keys and the directory; the file stays open.
func (db *DB) Lock() {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.session != nil {
		db.session.wipe()
	}
	db.dir.wipe()
	db.session, db.dir = nil, nil
}
