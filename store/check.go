package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"rongyuan/store/record"
)

// checkHeader reads the first hundred bytes before SQLite does: an empty file
// passes SQLite's own check and would become a new, empty station.
func checkHeader(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return record.Fail(record.CodeFileUnread).Because(err)
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 100)
	n, err := io.ReadFull(f, head)
	if n == 0 {
		return record.Fail(record.CodeFileTruncated).Because(err)
	}
	if !bytes.HasPrefix(head, []byte("SQLite format 3\x00")[:min(n, 16)]) {
		return record.Fail(record.CodeFileForeign)
	}
	if err != nil {
		return record.Fail(record.CodeFileTruncated).Because(err)
	}
	if binary.BigEndian.Uint32(head[68:72]) != applicationID {
		return record.Fail(record.CodeFileForeign)
	}
	return checkLength(f, head)
}

// checkLength compares the size that the header names with the file's.
func checkLength(f *os.File, head []byte) error {
	page := int64(binary.BigEndian.Uint16(head[16:18]))
	if page == 1 {
		page = 65536
	}
	pages := int64(binary.BigEndian.Uint32(head[28:32]))
	st, err := f.Stat()
	if err != nil {
		return record.Fail(record.CodeFileUnread).Because(err)
	}
	_, walErr := os.Stat(f.Name() + "-wal")
	if st.Size() < page*pages && errors.Is(walErr, os.ErrNotExist) {
		return record.Fail(record.CodeFileTruncated)
	}
	return nil
}

// quickCheck runs SQLite's check of pages and of foreign keys.
func quickCheck(ctx context.Context, db *sql.DB) error { return pageCheck(ctx, db, "quick_check(1)") }

// pageCheck runs one of SQLite's checks of the whole file.
func pageCheck(ctx context.Context, q querier, pragma string) error {
	var verdict string
	if err := q.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&verdict); err != nil {
		if sqliteDamaged(err) {
			return record.Fail(record.CodeFileDamaged).Because(err)
		}
		return translate(fmt.Errorf("check file: %w", err))
	}
	if verdict != "ok" {
		return record.Fail(record.CodeFileDamaged)
	}
	return nil
}

// sqliteCode is the primary result code of an error of the driver, 0 for others.
func sqliteCode(err error) int { return extendedCode(err) & 0xff }

func extendedCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func sqliteDamaged(err error) bool {
	code := sqliteCode(err)
	return code == lib.SQLITE_CORRUPT || code == lib.SQLITE_NOTADB
}

// translate gives errors of the disk their codes.
func translate(err error) error {
	var own *record.Error
	if err == nil || errors.As(err, &own) {
		return err
	}
	switch sqliteCode(err) {
	case lib.SQLITE_FULL:
		return record.Fail(record.CodeDiskFull).Because(err)
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return record.Fail(record.CodeFileDamaged).Because(err)
	case lib.SQLITE_READONLY:
		return record.Fail(record.CodeReadOnly).Because(err)
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return record.Fail(record.CodeInUse).Because(err)
	case lib.SQLITE_CANTOPEN:
		return record.Fail(record.CodeFileUnread).Because(err)
	case lib.SQLITE_IOERR:
		if extendedCode(err) == lib.SQLITE_IOERR_READ {
			return record.Fail(record.CodeFileUnread).Because(err)
		}
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	if alien(err) {
		return record.Fail(record.CodeFileDamaged).Because(err)
	}
	return err
}

// alien reports a file whose pages pass for sound and whose tables are not those
// that this program made: a row that always stands is gone, a column has another
// name, a value another kind.
func alien(err error) bool {
	if errors.Is(err, sql.ErrNoRows) || strings.Contains(err.Error(), "sql: Scan error") {
		return true
	}
	return sqliteCode(err) == lib.SQLITE_ERROR && strings.Contains(err.Error(), "no such ")
}
