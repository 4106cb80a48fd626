package district

import (
	"bytes"
	"context"
	"errors"

	"rongyuan/store/record"
)

// LogReport is what a check of one log found.
type LogReport struct {
	Station     record.StationCode `json:"station"`
	Incarnation record.Incarnation `json:"incarnation"`
	Operations  int64              `json:"operations"`
	Applied     int64              `json:"applied"`
	// Code is "" for a log that holds; Seq is then 0, else where it breaks.
	Code record.Code `json:"code,omitempty"`
	Seq  int64       `json:"seq,omitempty"`
}

// Report is what [Server.Verify] found.
type Report struct {
	Storage record.Code `json:"storage,omitempty"`
	Audit   record.Code `json:"audit,omitempty"`
	Lines   int64       `json:"audit_lines"`
	Logs    []LogReport `json:"logs"`
}

// Good reports whether nothing was found.
func (r Report) Good() bool {
	for _, one := range r.Logs {
		if one.Code != "" {
			return false
		}
	}
	return r.Storage == "" && r.Audit == ""
}

// verifyStep is how many rows are read at once.
const verifyStep = 500

// Verify checks the storage, opens every stored operation, follows the chain of
// every log from its first entry to its head, and that of the audit log. What
// it finds is in the report; the error is a check that could not be made.
func (s *Server) Verify(ctx context.Context) (Report, error) {
	r := Report{Logs: []LogReport{}}
	if err := s.storage.Check(ctx); err != nil {
		r.Storage = record.CodeOf(err)
	}
	err := s.storage.View(ctx, func(tx Tx) error {
		heads, err := tx.Heads(system())
		if err != nil {
			return err
		}
		for _, head := range heads {
			one, err := s.verifyLog(tx, head)
			if err != nil {
				return err
			}
			r.Logs = append(r.Logs, one)
		}
		return s.verifyAudit(tx, &r)
	})
	return r, err
}

func (s *Server) verifyLog(tx Tx, head LogHead) (LogReport, error) {
	r := LogReport{Station: head.Station, Incarnation: head.Incarnation, Applied: head.Applied}
	var hash []byte
	for {
		ops, err := tx.Operations(system(), head.LogName, r.Operations, verifyStep)
		if err != nil {
			return r, err
		}
		for _, stored := range ops {
			op, err := s.vault.openOperation(stored)
			switch {
			case err != nil:
				r.Code, r.Seq = record.CodeOf(err), op.Seq
				return r, nil
			case op.Seq != r.Operations+1 || !op.Follows(hash) && !op.FollowsErased(hash):
				r.Code, r.Seq = record.CodeLogBroken, r.Operations+1
				return r, nil
			}
			r.Operations, hash = op.Seq, op.Hash
		}
		if len(ops) < verifyStep {
			break
		}
	}
	if r.Operations != head.Seq || !bytes.Equal(hash, head.Hash) {
		r.Code, r.Seq = record.CodeLogBroken, r.Operations
	}
	return r, nil
}

func (s *Server) verifyAudit(tx Tx, r *Report) error {
	var last AuditEntry
	for {
		list, err := tx.Audit(last.Seq, verifyStep)
		if err != nil {
			return err
		}
		for _, a := range list {
			holds, err := s.vault.chain.Holds(linkOf(last), a.bytes(), linkOf(a))
			if err != nil || !holds || a.Seq != last.Seq+1 {
				r.Audit = record.CodeLogBroken
				return err
			}
			last = a
			r.Lines++
		}
		if len(list) < verifyStep {
			return nil
		}
	}
}

// Quarantine is every operation that waits, with its reason.
func (s *Server) Quarantine(ctx context.Context, scope Scope) ([]State, error) {
	if err := scope.desk(record.RightRead); err != nil {
		return nil, err
	}
	var out []State
	err := s.storage.View(ctx, func(tx Tx) error {
		for _, kind := range []StateKind{Conflict, Quarantined, Held} {
			list, err := tx.Quarantine(scope, kind)
			if err != nil {
				return err
			}
			out = append(out, list...)
		}
		return nil
	})
	return out, err
}

// notThere reports a record that does not exist or belongs to others.
func notThere(err error) bool { return errors.Is(err, record.Fail(record.CodeNotFound)) }
