package store

import (
	"context"
	"testing"
)

// SigningSeed is the private half of the signing key, to look for it in files.
func (db *DB) SigningSeed(t *testing.T) []byte {
	t.Helper()
	s, err := db.open()
	if err != nil {
		t.Fatal(err)
	}
	key, err := view{context.Background(), db.reader, s}.signer()
	if err != nil {
		t.Fatal(err)
	}
	return key.seed
}

// ExecForTest writes past the store, as a faulty write path would.
func ExecForTest(db *DB, query string, args ...any) error {
	_, err := db.writer.Exec(query, args...)
	return err
}

// OnDisk are options with which SQLite works on the file system of that name.
func (o Options) OnDisk(vfs string) Options {
	o.trial.vfs = vfs
	return o
}

// Synchronous are options with another mode of SQLite, for the control.
func (o Options) Synchronous(mode string) Options {
	o.trial.synchronous = mode
	return o
}

// Asking are options with which f is asked before each step on files beside
// SQLite's; its error is the step's.
func (o Options) Asking(f func(step string) error) Options {
	o.trial.step = f
	return o
}

// CountForTest counts the rows of a table.
func CountForTest(db *DB, table string) (n int, err error) {
	err = db.reader.QueryRow("SELECT COUNT(*) FROM " + table).Scan(&n)
	return n, err
}
