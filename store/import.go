package store

import (
	"context"
	"fmt"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// ImportResult says what an import wrote.
type ImportResult struct {
	Batch   record.BatchID
	New     int
	Updated int
	Joined  int // memberships that were made
	Teams   int // teams that were made
}

// CommitImport writes the new and updated people of a plan as one batch in one
// transaction: first the new ones, then the others, then who joins a team.
// Conflicts and errors are
// left for a person. The code is nothing_to_do when the plan would write
// nothing, cancelled when ctx ends; else that of the row that was refused,
// which the error names.
func (db *DB) CommitImport(ctx context.Context, plan record.Plan) (ImportResult, error) {
	return db.CommitImportWith(ctx, plan, ImportOptions{})
}

// CommitImportWith is [DB.CommitImport] with options.
func (db *DB) CommitImportWith(ctx context.Context, plan record.Plan, opt ImportOptions) (ImportResult, error) {
	result := ImportResult{New: plan.Count(record.VerdictNew), Updated: plan.Count(record.VerdictUpdate)}
	if result.New+result.Updated+plan.CountJoining() == 0 {
		return ImportResult{}, record.Fail(record.CodeNothingToDo)
	}
	tell := newTeller(opt.Progress, result.New+result.Updated)
	if err := db.autoWriteBack(result.New+result.Updated < lateLeast); err != nil {
		return ImportResult{}, err
	}
	err := db.write(ctx, func(t *tx) error {
		result.Batch = t.batch
		joining, err := t.registerAll(plan, tell)
		if err != nil {
			return err
		}
		if err := t.updateAll(plan, tell); err != nil {
			return err
		}
		if err := t.joinAll(plan, joining, &result); err != nil {
			return err
		}
		return t.noteImport(plan, result)
	})
	_ = db.autoWriteBack(true) // else Close does it
	if err != nil {
		return ImportResult{}, cancelled(ctx, err)
	}
	return result, nil
}

// autoWriteBack says whether a commit also copies what it wrote from the log of
// the file into the file. That is no part of being safe on the disk, and after a
// large roster takes as long as writing it: nobody waits for it.
func (db *DB) autoWriteBack(on bool) error {
	pages := 0
	if on {
		pages = 1000 // as SQLite has it
	}
	db.writing.Lock()
	defer db.writing.Unlock()
	if _, err := db.writer.Exec(fmt.Sprintf("PRAGMA wal_autocheckpoint(%d)", pages)); err != nil {
		return translate(fmt.Errorf("set write back: %w", err))
	}
	return nil
}

// WriteBack copies what a large import left in the log of the file into the
// file, beside other work and without stopping it. Whoever does not call it
// leaves that to the next change, or to [DB.Close].
func (db *DB) WriteBack(ctx context.Context) error {
	var busy, log, done int
	err := db.reader.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &log, &done)
	return translate(err)
}

func (t *tx) updateAll(plan record.Plan, tell *teller) error {
	for i := range plan.Len() {
		if plan.Verdict(i) != record.VerdictUpdate {
			continue
		}
		if _, err := t.updateVolunteer(plan.After(i)); err != nil {
			return atRow(plan, i, err)
		}
		if err := t.ctx.Err(); err != nil {
			return err
		}
		tell.more(1)
	}
	return nil
}

func atRow(plan record.Plan, i int, err error) error {
	return fmt.Errorf("row %d: %w", plan.Draft(i).Row, err)
}

func importPlace(id record.BatchID) seal.Place {
	return seal.Place{Table: "imports", Column: "detail", Row: string(id)}
}

func (t *tx) noteImport(plan record.Plan, result ImportResult) error {
	detail, err := t.s.fields.SealText(importPlace(result.Batch), plan.File)
	if err != nil {
		return fmt.Errorf("seal import: %w", err)
	}
	if err := t.exec("INSERT INTO imports (batch, sha256, wall_ms, actor, new, updated, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
		result.Batch, plan.SHA256, t.now.UnixMilli(), t.s.account, result.New, result.Updated, detail); err != nil {
		return fmt.Errorf("write import: %w", err)
	}
	_, err = t.note(Note{Action: ActionImport, Subject: string(result.Batch), Detail: plan.SHA256})
	return err
}

// UndoImport takes an import back, as [DB.UndoBatch] does; the code is
// not_found for a batch that is no import.
func (db *DB) UndoImport(ctx context.Context, batch record.BatchID) error {
	var known int
	err := db.reader.QueryRowContext(ctx, "SELECT COUNT(*) FROM imports WHERE batch = ?", batch).Scan(&known)
	if err != nil {
		return translate(err)
	}
	if known == 0 {
		return record.Fail(record.CodeNotFound)
	}
	return db.UndoBatch(ctx, batch)
}
