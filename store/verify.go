package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"

	"rongyuan/store/record"
)

// Verified is the outcome of a full check.
type Verified struct {
	Operations int64 `json:"operations"`
	Notes      int64 `json:"notes"`
	People     int64 `json:"people"`
	// Attachments are the kept files, each opened to its end.
	Attachments int64 `json:"attachments,omitempty"`
	// Broken is the code of the first fault, "" when everything holds.
	Broken record.Code `json:"broken,omitempty"`
	// At is the sequence number or table of the fault.
	At string `json:"at,omitempty"`
}

// Verify checks the whole file as it is at one moment: its pages and indexes,
// the chain of operations with every payload, the chain of the audit log, that
// every sealed record opens, and that the tables hold what the log makes of
// them. The code is file_damaged, log_broken or seal_broken.
func (db *DB) Verify(ctx context.Context) (v Verified, err error) {
	s, err := db.open()
	if err != nil {
		return v, err
	}
	moment, err := db.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return v, translate(err)
	}
	defer func() { _ = moment.Rollback() }() // nothing was written
	w := view{ctx, moment, s}
	if err := pageCheck(ctx, moment, "integrity_check(1)"); err != nil {
		return v, err
	}
	made := replay{}
	if v.Operations, err = w.verifyOperations(made); err != nil {
		return v, err
	}
	if v.Notes, err = w.verifyNotes(); err != nil {
		return v, err
	}
	v.People = int64(len(made[record.EntityVolunteer]))
	if err := w.matchTables(made); err != nil {
		return v, err
	}
	here, lacking, err := checkAttachments(w, db.opt.Dir, s.fields)
	v.Attachments = int64(here)
	if err == nil && lacking > 0 {
		err = record.Fail(record.CodeAttachmentMissing)
	}
	return v, err
}

// verifyOperations checks the chain and gathers what it makes.
func (w view) verifyOperations(made replay) (int64, error) {
	var previous []byte
	var seq int64
	for {
		ops, err := w.operations("seq > ? ORDER BY seq LIMIT ?", seq, 500)
		if err != nil || len(ops) == 0 {
			return seq, err
		}
		for i := range ops {
			if ops[i].Seq != seq+1 || !ops[i].Follows(previous) && !ops[i].FollowsErased(previous) {
				return seq, record.Fail(record.CodeLogBroken)
			}
			if err := made.take(&ops[i]); err != nil {
				return seq, err
			}
			if ops[i].Type == record.OpMonthClosed {
				if err := made.matchSeal(&ops[i]); err != nil {
					return seq, err
				}
			}
			seq, previous = ops[i].Seq, ops[i].Hash
		}
	}
}

func (w view) verifyNotes() (int64, error) {
	type linked struct {
		auditEntry
		link []byte
	}
	list, err := collect(w, func(r *sql.Rows) (e linked, err error) {
		return e, r.Scan(&e.seq, &e.wallMS, &e.actor, &e.action, &e.subject, &e.detail, &e.link)
	}, "SELECT seq, wall_ms, actor, action, subject, detail, link FROM audit_log ORDER BY seq")
	if err != nil {
		return 0, err
	}
	var previous [sha256.Size]byte
	for i, e := range list {
		next, err := w.s.chainOf(e.detail).Link(previous, e.bytes())
		if err != nil {
			return int64(i), err
		}
		if e.seq != int64(i+1) || !bytes.Equal(next[:], e.link) {
			return int64(i), record.Fail(record.CodeLogBroken)
		}
		previous = next
	}
	return int64(len(list)), nil
}
