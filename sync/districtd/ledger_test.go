package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"testing"

	"rongyuan/store/record"
)

const (
	testPassword = "Hexi-2026-strong"
	testStation  = record.StationCode("129999004")
)

// ledger is a station's log in memory: teams and nothing else.
type ledger struct {
	marks     map[record.Stream]record.Mark
	letters   []record.Notice
	t         *testing.T
	ops       []record.Operation
	enrolment *record.Enrolment
	stored    int64
}

func (l *ledger) grow(rows int) {
	l.t.Helper()
	for range rows {
		seq := int64(len(l.ops)) + 1
		c, err := record.Created(record.Team{Name: fmt.Sprintf("第%d队", seq), Kind: "t01", Founded: "2026-01-01"})
		if err != nil {
			l.t.Fatal(err)
		}
		payload, err := json.Marshal(c)
		if err != nil {
			l.t.Fatal(err)
		}
		op := record.Operation{
			Station: testStation, Incarnation: l.incarnation(), Seq: seq, Type: record.OpTeamFounded, TypeVersion: 1, Entity: record.EntityTeam,
			EntityID: fmt.Sprintf("t-%d", seq), HomeEpoch: 1, Salt: bytes.Repeat([]byte{byte(seq)}, record.SaltSize), Payload: payload,
		}
		op.Bind(l.hash(seq - 1))
		l.ops = append(l.ops, op)
	}
}

func (l *ledger) incarnation() record.Incarnation {
	return record.Incarnation(hex.EncodeToString(bytes.Repeat([]byte{3}, 16)))
}

func (l *ledger) hash(seq int64) []byte {
	if seq == 0 {
		return nil
	}
	return l.ops[seq-1].Hash
}

func (l *ledger) Station(context.Context) (record.Station, error) {
	return record.Station{Code: testStation, Name: "某站"}, nil
}

func (l *ledger) Enrolment(context.Context) (record.Enrolment, error) {
	if l.enrolment == nil {
		return record.Enrolment{}, record.Fail(record.CodeNotEnrolled)
	}
	return *l.enrolment, nil
}

func (l *ledger) SaveEnrolment(_ context.Context, e record.Enrolment) error {
	l.enrolment = &e
	return nil
}

func (l *ledger) Head(context.Context) (record.Head, error) {
	seq := int64(len(l.ops))
	return record.Head{Incarnation: l.incarnation(), Seq: seq, Hash: l.hash(seq)}, nil
}

func (l *ledger) OperationsAfter(_ context.Context, seq int64, limit int) ([]record.Operation, error) {
	return l.ops[seq:min(int(seq)+limit, len(l.ops))], nil
}

func (l *ledger) OperationHash(_ context.Context, seq int64) ([]byte, error) { return l.hash(seq), nil }

func (l *ledger) Exchange(context.Context) (record.ExchangeState, error) {
	return record.ExchangeState{Stored: l.stored}, nil
}

func (l *ledger) NoteReceipt(_ context.Context, r record.Receipt, _ int64) error {
	l.stored = max(l.stored, r.Head.Seq)
	return nil
}

func (l *ledger) NoteFailure(context.Context, record.Code) error { return nil }

func (l *ledger) KeyToEndorse(context.Context) (record.SigningKey, error) {
	return record.SigningKey{}, record.Fail(record.CodeNothingToDo)
}

func (l *ledger) ProveKey(context.Context, record.KeyID, []byte) ([]byte, error) {
	return nil, record.Fail(record.CodeNotFound)
}

func (l *ledger) SaveEndorsement(context.Context, record.KeyID, record.Endorsement) error { return nil }

func (l *ledger) Marks(context.Context, record.Incarnation) (map[record.Stream]record.Mark, error) {
	return l.marks, nil
}

func (l *ledger) TakeMessages(_ context.Context, _ record.Incarnation, messages []record.Message) (int, error) {
	for _, m := range messages {
		if l.marks == nil {
			l.marks = map[record.Stream]record.Mark{}
		}
		l.marks[m.Stream] = record.Mark{Seq: m.Seq, ID: m.ID}
		l.letters = append(l.letters, record.Letter{Message: m}.Notice())
	}
	return len(messages), nil
}
