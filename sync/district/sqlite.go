package district

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"

	"modernc.org/sqlite"

	"rongyuan/store/record"
)

//go:embed migrations
var migrations embed.FS

// applicationID marks the file as a district's in SQLite's header: "RYQX".
const applicationID = 0x52595158

// sqliteStorage is the storage on an embedded file: one connection writes, a
// pool of others reads.
type sqliteStorage struct {
	writer *sql.DB
	reader *sql.DB
}

// OpenSQLite opens or makes a storage in a file. The codes are file_newer,
// file_foreign, file_damaged and read_only.
func OpenSQLite(ctx context.Context, path string) (Storage, error) {
	s := &sqliteStorage{}
	var err error
	if s.writer, err = connect(path, 1); err != nil {
		return nil, err
	}
	if err := migrate(ctx, s.writer); err != nil {
		return nil, errors.Join(translate(err), s.writer.Close())
	}
	if s.reader, err = connect(path, 4); err != nil {
		return nil, errors.Join(err, s.writer.Close())
	}
	return s, nil
}

// connect opens a pool whose every connection carries the pragmas: WAL with
// synchronous=FULL is the only mode that lost nothing in power-cut trials.
func connect(path string, most int) (*sql.DB, error) {
	q := url.Values{"_txlock": {"immediate"}}
	for _, pragma := range []string{
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "secure_delete(ON)",
		"cell_size_check(ON)", "trusted_schema(OFF)", "temp_store(MEMORY)", "cache_size(-65536)", "journal_size_limit(8388608)",
	} {
		q.Add("_pragma", pragma)
	}
	uri := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: q.Encode()}
	db, err := sql.Open("sqlite", uri.String())
	if err != nil {
		return nil, fmt.Errorf("open storage: %w", err)
	}
	db.SetMaxOpenConns(most)
	return db, nil
}

// migrate brings the file to the newest schema, each step and its bookkeeping in
// one transaction.
func migrate(ctx context.Context, db *sql.DB) error {
	names, err := fs.Glob(migrations, "migrations/sqlite/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin migration: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	var have, mark, tables int
	for query, into := range map[string]*int{
		"PRAGMA user_version": &have, "PRAGMA application_id": &mark, "SELECT count(*) FROM sqlite_schema": &tables,
	} {
		if err := tx.QueryRowContext(ctx, query).Scan(into); err != nil {
			return fmt.Errorf("read schema version: %w", err)
		}
	}
	switch {
	case tables > 0 && mark != applicationID:
		return record.Fail(record.CodeFileForeign)
	case have > len(names):
		return record.Fail(record.CodeFileNewer)
	case have == len(names):
		return nil
	}
	for _, name := range names[have:] {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read migration: %w", err)
		}
		if _, err := tx.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("migrate %s: %w", name, err)
		}
	}
	// PRAGMA takes no parameters; both values are numbers of this program.
	done := fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", len(names), applicationID)
	if _, err := tx.ExecContext(ctx, done); err != nil {
		return fmt.Errorf("mark migrations: %w", err)
	}
	return tx.Commit()
}

// Close checkpoints and closes the file.
func (s *sqliteStorage) Close() error {
	read := s.reader.Close()
	_, err := s.writer.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	return translate(errors.Join(read, err, s.writer.Close()))
}

// Check runs SQLite's own check of the whole file.
func (s *sqliteStorage) Check(ctx context.Context) error {
	var found string
	if err := s.reader.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found); err != nil {
		return translate(err)
	}
	if found != "ok" {
		return record.Fail(record.CodeFileDamaged)
	}
	return nil
}

// Update runs do in one immediate transaction of the one writing connection.
func (s *sqliteStorage) Update(ctx context.Context, do func(Tx) error) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return translate(err)
	}
	defer func() { _ = tx.Rollback() }()
	if err := do(newTx(ctx, tx)); err != nil {
		return translate(err)
	}
	return translate(tx.Commit())
}

// View runs do in one deferred transaction of the reading pool.
func (s *sqliteStorage) View(ctx context.Context, do func(Tx) error) error {
	tx, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return translate(err)
	}
	defer func() { _ = tx.Rollback() }()
	return translate(do(newTx(ctx, tx)))
}

// sqliteTx is a transaction. Its statements are prepared once: a batch uses each
// of them hundreds of times.
type sqliteTx struct {
	ctx   context.Context
	tx    *sql.Tx
	ready map[string]*sql.Stmt
}

func newTx(ctx context.Context, tx *sql.Tx) *sqliteTx {
	return &sqliteTx{ctx: ctx, tx: tx, ready: map[string]*sql.Stmt{}}
}

// statement lives until the transaction ends, which closes it.
func (t *sqliteTx) statement(query string) (*sql.Stmt, error) {
	if one := t.ready[query]; one != nil {
		return one, nil
	}
	one, err := t.tx.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	t.ready[query] = one
	return one, nil
}

func (t *sqliteTx) exec(query string, args ...any) error {
	one, err := t.statement(query) //nolint:sqlclosecheck // the end of the transaction closes it
	if err != nil {
		return err
	}
	_, err = one.ExecContext(t.ctx, args...)
	return err
}

// scanner is a row that can be read.
type scanner interface{ Scan(into ...any) error }

// first reads one row, or not_found.
func first[T any](t *sqliteTx, read func(scanner) (T, error), query string, args ...any) (T, error) {
	var none T
	one, err := t.statement(query) //nolint:sqlclosecheck // the end of the transaction closes it
	if err != nil {
		return none, err
	}
	v, err := read(one.QueryRowContext(t.ctx, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return none, record.Fail(record.CodeNotFound)
	}
	return v, err
}

// all reads every row.
func all[T any](t *sqliteTx, read func(scanner) (T, error), query string, args ...any) ([]T, error) {
	one, err := t.statement(query) //nolint:sqlclosecheck // the end of the transaction closes it
	if err != nil {
		return nil, err
	}
	rows, err := one.QueryContext(t.ctx, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []T
	for rows.Next() {
		v, err := read(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// Savepoint takes back what do wrote when it fails or panics.
func (t *sqliteTx) Savepoint(do func() error) error {
	if err := t.exec("SAVEPOINT one_operation"); err != nil {
		return fmt.Errorf("begin savepoint: %w", err)
	}
	if err := guarded(do); err != nil {
		back := t.exec("ROLLBACK TO one_operation")
		if back == nil {
			back = t.exec("RELEASE one_operation")
		}
		if back != nil {
			return errors.Join(fmt.Errorf("take back: %w", back), err)
		}
		return err
	}
	return t.exec("RELEASE one_operation")
}

// guarded turns a panic into an error: one poisoned record must not stop the
// district.
func guarded(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = record.Fail(record.CodeInternal)
		}
	}()
	return do()
}

// translate gives SQLite's own refusals a code.
func translate(err error) error {
	var own *record.Error
	if err == nil || errors.As(err, &own) {
		return err
	}
	if errors.Is(err, sql.ErrNoRows) {
		return record.Fail(record.CodeNotFound)
	}
	var s *sqlite.Error
	if !errors.As(err, &s) {
		return err
	}
	// The primary result codes of SQLite.
	switch s.Code() & 0xff {
	case 5, 6:
		return record.Fail(record.CodeServerBusy).Because(err)
	case 8, 14:
		return record.Fail(record.CodeReadOnly).Because(err)
	case 11:
		return record.Fail(record.CodeFileDamaged).Because(err)
	case 13:
		return record.Fail(record.CodeDiskFull).Because(err)
	case 26:
		return record.Fail(record.CodeFileForeign).Because(err)
	}
	return err
}
