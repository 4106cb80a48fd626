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
	// Broken is the code of the first fault, "" when everything holds.
	Broken record.Code `json:"broken,omitempty"`
	// At is the sequence number or table of the fault.
	At string `json:"at,omitempty"`
}

// Verify checks the whole file: its pages, the chain of operations with every
// payload, the chain of the audit log, and that every sealed record opens. The
// code is file_damaged, log_broken or seal_broken.
func (db *DB) Verify(ctx context.Context) (Verified, error) {
	var v Verified
	s, err := db.open()
	if err != nil {
		return v, err
	}
	if err := quickCheck(ctx, db.reader); err != nil {
		return v, err
	}
	if v.Operations, err = db.verifyOperations(ctx); err != nil {
		return v, err
	}
	if v.Notes, err = db.verifyNotes(ctx, s); err != nil {
		return v, err
	}
	people, err := volunteers(view{ctx, db.reader, s}, "")
	if err != nil {
		return v, err
	}
	v.People = int64(len(people))
	if _, err := db.Teams(ctx); err != nil {
		return v, err
	}
	_, err = db.Activities(ctx, ActivityFilter{})
	return v, err
}

func (db *DB) verifyOperations(ctx context.Context) (int64, error) {
	var previous []byte
	var seq int64
	for {
		ops, err := db.OperationsAfter(ctx, seq, 500)
		if err != nil || len(ops) == 0 {
			return seq, err
		}
		for i := range ops {
			if ops[i].Seq != seq+1 || !ops[i].Follows(previous) && !ops[i].FollowsErased(previous) {
				return seq, record.Fail(record.CodeLogBroken)
			}
			seq, previous = ops[i].Seq, ops[i].Hash
		}
	}
}

func (db *DB) verifyNotes(ctx context.Context, s *session) (int64, error) {
	type linked struct {
		auditEntry
		link []byte
	}
	list, err := collect(view{ctx: ctx, q: db.reader}, func(r *sql.Rows) (e linked, err error) {
		return e, r.Scan(&e.seq, &e.wallMS, &e.actor, &e.action, &e.subject, &e.detail, &e.link)
	}, "SELECT seq, wall_ms, actor, action, subject, detail, link FROM audit_log ORDER BY seq")
	if err != nil {
		return 0, err
	}
	var previous [sha256.Size]byte
	for i, e := range list {
		next, err := s.chainOf(e.detail).Link(previous, e.bytes())
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
