package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"rongyuan/store/record"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks a file as ours in SQLite's header: "RYZY".
const applicationID = 0x52595A59

// schemaVersion is the number of migrations that this program knows.
func schemaVersion() (int, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	return len(names), err
}

// migrate brings the file to the newest schema, each step and its bookkeeping
// in one transaction. A newer file is refused: an old program must not write
// what it does not understand.
func migrate(ctx context.Context, db *sql.DB) error {
	var have int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	known, err := schemaVersion()
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	if have > known {
		return record.Fail(record.CodeFileNewer)
	}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	for i, name := range names[have:] {
		if err := migrateStep(ctx, db, name, have+i+1); err != nil {
			return err
		}
	}
	return nil
}

func migrateStep(ctx context.Context, db *sql.DB, name string, version int) error {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read migration: %w", err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin migration: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return fmt.Errorf("migrate %s: %w", name, err)
	}
	// PRAGMA takes no parameters; both values are numbers of this program.
	mark := fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", version, applicationID)
	if _, err := tx.ExecContext(ctx, mark); err != nil {
		return fmt.Errorf("mark migration %s: %w", name, err)
	}
	return tx.Commit()
}
