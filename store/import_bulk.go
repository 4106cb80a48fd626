package store

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"rongyuan/store/record"
)

// newcomer is a new person made ready for the file: sealed, and with the
// operation already linked into the log's chain.
type newcomer struct {
	at     int // in the plan
	id     record.VolunteerID
	blind  []byte
	person record.Packed // the light row
}

// bulkStep is how many newcomers pass from one goroutine to the other at once,
// are written by one statement, and how often the writer looks whether it was
// cancelled.
const bulkStep = 64

// step is newcomers with the values of the statements that write them: putting
// those together is no work for the goroutine that writes.
type step struct {
	all         []newcomer
	people, ops []any
}

func newStep() step {
	return step{
		all:    make([]newcomer, 0, bulkStep),
		people: make([]any, 0, bulkStep*bulkPerson), ops: make([]any, 0, bulkShared+bulkStep*bulkOperation),
	}
}

// add takes one; what all operations of a batch have in common stands once.
func (s *step) add(at int, row *volunteerRow, op *operationRow) {
	s.all = append(s.all, newcomer{at, row.v.ID, row.blind, row.person.packed()})
	v := &row.v
	s.people = append(s.people, string(v.ID), v.Number, row.blind, row.light, row.whole, string(v.Sex), v.Village, v.Politics,
		v.Veteran, v.Serving, string(v.Joined), string(v.Status), string(v.StatusSince))
	if len(s.ops) == 0 {
		s.ops = append(s.ops, string(op.Incarnation), string(op.Type), int64(op.TypeVersion), string(op.Entity), op.BaseVersion,
			op.HomeEpoch, op.Actor, string(op.Batch), op.WallMS, op.MonoMS)
	}
	s.ops = append(s.ops, op.Seq, op.EntityID, op.Salt, op.sealed, op.Commit, op.Hash)
}

// The numbers of values: of a person, of an operation, and of what the operations
// of one statement share.
const (
	bulkPerson    = 13
	bulkOperation = 6
	bulkShared    = 10
)

// insertMany writes n people who are new and not withdrawn. A row that is refused
// leaves those before it (OR FAIL): the whole change is given up anyway, and to
// undo a statement SQLite would keep every page twice.
func insertMany(n int) string {
	const one = "(?, 1, NULLIF(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
	return `INSERT OR FAIL INTO volunteers (id, version, number, id_blind, light, sealed, sex, village, politics,
		veteran, serving, joined, status, status_since, withdrawn) VALUES ` + one + strings.Repeat(", "+one, n-1)
}

// appendMany is the statement for n operations; the values that they share are
// the first ten.
func appendMany(n int) string {
	return `INSERT OR FAIL INTO op_log (incarnation, seq, type, type_ver, entity, entity_id, base_version, home_epoch,
		actor, batch, wall_ms, mono_ms, salt, payload, commitment, hash)
		VALUES (?1, ?11, ?2, ?3, ?4, ?12, ?5, ?6, ?7, ?8, ?9, ?10, ?13, ?14, ?15, ?16)` +
		strings.Repeat(", (?1, ?, ?2, ?3, ?4, ?, ?5, ?6, ?7, ?8, ?9, ?10, ?, ?, ?, ?)", n-1)
}

// registerAll registers the new people of a plan, and gives those who join a
// team. A second goroutine checks,
// encodes, seals and chains ahead of the writer; a few hundred people are in
// memory twice at any time.
func (t *tx) registerAll(plan record.Plan, tell *teller) (map[int]record.VolunteerID, error) {
	if _, err := t.logEnd(); err != nil {
		return nil, err
	}
	next, err := t.numbering()
	if err != nil {
		return nil, err
	}
	first := next.number
	late, err := t.lateIndexes(plan.Count(record.VerdictNew))
	if err != nil {
		return nil, err
	}
	work := bulk{plan, late, tell, map[int]record.VolunteerID{}}
	ctx, stop := context.WithCancel(t.ctx)
	ready := make(chan step, 4)
	done := make(chan error, 1)
	go func() {
		defer close(ready)
		done <- t.prepareAll(ctx, work, ready, &next)
	}()
	if err = late.drop(); err == nil {
		defer late.roomy()
		err = t.insertAll(work, ready)
	}
	stop()
	for range ready { // let the other side see that it is over
	}
	if failed := <-done; err == nil {
		err = failed
	}
	if err == nil {
		err = late.create()
	}
	if err != nil || next.number == first {
		return work.joining, err
	}
	return work.joining, t.exec("UPDATE station SET next_number = ?", next.number)
}

// prepareAll is the first half. While it runs nobody else makes ids, seals or
// goes on with the log.
func (t *tx) prepareAll(ctx context.Context, b bulk, out chan<- step, next *numbering) error {
	full := newStep()
	send := func() error {
		select {
		case out <- full:
			full = newStep()
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for i := range b.plan.Len() {
		if b.plan.Verdict(i) != record.VerdictNew {
			continue
		}
		row, op, err := t.prepare(b.plan.After(i), next)
		if err == nil && b.late.has(row.blind) {
			err = record.FailField("id_number", record.CodeIDTaken)
		}
		if err != nil {
			return cmp.Or(send(), atRow(b.plan, i, err)) // rows before it may fail first
		}
		if full.add(i, &row, &op); len(full.all) == bulkStep {
			if err := send(); err != nil {
				return err
			}
		}
	}
	return send()
}

func (t *tx) prepare(v record.Volunteer, next *numbering) (row volunteerRow, op operationRow, err error) {
	v = v.Complete(t.today)
	if err := v.Check(t.today).Err(); err != nil {
		return row, op, err
	}
	id, err := t.newID()
	if err != nil {
		return row, op, err
	}
	v.ID, v.Version = record.VolunteerID(id), 1
	next.give(&v)
	if row, err = t.volunteerRow(v); err != nil {
		return row, op, err
	}
	op, err = t.chain(subject{Type: record.OpVolunteerRegistered, ID: id}, record.CreatedPayload(row.encoded))
	return row, op, err
}

// bulk is what is written, and what is told of it.
type bulk struct {
	plan record.Plan
	late *lateIndexes
	tell *teller
	// joining are those of them who join a team, by row.
	joining map[int]record.VolunteerID
}

// insertAll is the second half. The statements run without the context, which
// would cost a goroutine each; it is asked between the steps.
func (t *tx) insertAll(b bulk, ready <-chan step) error {
	for step := range ready {
		if len(step.all) == 0 {
			continue
		}
		if err := t.insertStep(b, &step); err != nil {
			return err
		}
		for i := range step.all {
			one := &step.all[i]
			if _, joins := b.plan.Joining(one.at); joins {
				b.joining[one.at] = one.id
			}
			t.people = append(t.people, one.person)
		}
		if err := t.ctx.Err(); err != nil {
			return err
		}
		b.tell.more(len(step.all))
	}
	return nil
}

func (t *tx) insertStep(b bulk, s *step) error {
	quiet := context.WithoutCancel(t.ctx)
	insert, err := t.prepared(insertMany(len(s.all)))
	if err != nil {
		return err
	}
	if _, err := insert.ExecContext(quiet, s.people...); err != nil {
		return atRow(b.plan, t.refused(s).at, taken(err))
	}
	if insert, err = t.prepared(appendMany(len(s.all))); err != nil {
		return err
	}
	if _, err := insert.ExecContext(quiet, s.ops...); err != nil {
		return fmt.Errorf("write operation: %w", err)
	}
	return nil
}

// refused is the one at whom a statement stopped: the first who is not there.
func (t *tx) refused(s *step) newcomer {
	for _, one := range s.all {
		var there int
		if t.QueryRowContext(context.WithoutCancel(t.ctx), "SELECT 1 FROM volunteers WHERE id = ?", one.id).Scan(&there) != nil {
			return one
		}
	}
	return s.all[0]
}

// numbering gives volunteer numbers: the station's code, a dash, five digits. A
// number is never given twice.
type numbering struct {
	code   string
	number int64
}

func (t *tx) numbering() (numbering, error) {
	var n numbering
	if err := t.QueryRowContext(t.ctx, "SELECT code, next_number FROM station").Scan(&n.code, &n.number); err != nil {
		return n, fmt.Errorf("read next number: %w", err)
	}
	return n, nil
}

func (n *numbering) give(v *record.Volunteer) {
	if v.Serving && v.Number == "" {
		v.Number = fmt.Sprintf("%s-%05d", n.code, n.number)
		n.number++
	}
}
