package store

// ExecForTest writes past the store, as a faulty write path would.
func ExecForTest(db *DB, query string, args ...any) error {
	_, err := db.writer.Exec(query, args...)
	return err
}
