package store

import (
	"cmp"
	"context"
	"fmt"

	"rongyuan/store/record"
)

// newcomer is a new person made ready for the file: sealed, and with the
// operation already linked into the log's chain.
type newcomer struct {
	at  int // in the plan
	row volunteerRow
	op  operationRow
}

// bulkStep is how many newcomers pass from one goroutine to the other at once,
// and how often the writer looks whether it was cancelled.
const bulkStep = 64

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
	ready := make(chan []newcomer, 4)
	done := make(chan error, 1)
	go func() {
		defer close(ready)
		done <- t.prepareAll(ctx, plan, ready, &next)
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
func (t *tx) prepareAll(ctx context.Context, plan record.Plan, out chan<- []newcomer, next *numbering) error {
	step := make([]newcomer, 0, bulkStep)
	send := func() error {
		select {
		case out <- step:
			step = make([]newcomer, 0, bulkStep)
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for i := range plan.Len() {
		if plan.Verdict(i) != record.VerdictNew {
			continue
		}
		one, err := t.prepare(plan.After(i), next)
		if err != nil {
			return cmp.Or(send(), atRow(plan, i, err)) // rows before it may fail first
		}
		one.at = i
		if step = append(step, one); len(step) == bulkStep {
			if err := send(); err != nil {
				return err
			}
		}
	}
	return send()
}

func (t *tx) prepare(v record.Volunteer, next *numbering) (newcomer, error) {
	v = v.Complete(t.today)
	if err := v.Check(t.today).Err(); err != nil {
		return newcomer{}, err
	}
	id, err := t.newID()
	if err != nil {
		return newcomer{}, err
	}
	v.ID, v.Version = record.VolunteerID(id), 1
	next.give(&v)
	row, err := t.volunteerRow(v)
	if err != nil {
		return newcomer{}, err
	}
	op, err := t.chain(subject{Type: record.OpVolunteerRegistered, ID: id}, record.CreatedPayload(row.encoded))
	row.encoded = nil
	return newcomer{row: row, op: op}, err
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
func (t *tx) insertAll(b bulk, ready <-chan []newcomer) error {
	insert, err := t.prepared(insertVolunteer)
	if err != nil {
		return err
	}
	quiet := context.WithoutCancel(t.ctx)
	for step := range ready {
		for i := range step {
			one := &step[i]
			if b.late.has(one.row.blind) {
				return atRow(b.plan, one.at, record.FailField("id_number", record.CodeIDTaken))
			}
			if _, err := insert.ExecContext(quiet, one.row.values()...); err != nil {
				return atRow(b.plan, one.at, taken(err))
			}
			if _, err := t.log.insert.ExecContext(quiet, one.op.values()...); err != nil {
				return fmt.Errorf("write operation: %w", err)
			}
			if _, joins := b.plan.Joining(one.at); joins {
				b.joining[one.at] = one.row.v.ID
			}
			t.people = append(t.people, one.row.person.packed())
		}
		if err := t.ctx.Err(); err != nil {
			return err
		}
		b.tell.more(len(step))
	}
	return nil
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
