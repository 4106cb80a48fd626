package sync

import (
	"context"

	"rongyuan/store/record"
)

// Store is what an exchange needs of a station's file.
type Store interface {
	Station(context.Context) (record.Station, error)
	// Enrolment has the code not_enrolled when there is none.
	Enrolment(context.Context) (record.Enrolment, error)
	SaveEnrolment(context.Context, record.Enrolment) error
	// Head has Seq 0 while the log is empty; Incarnation is always set.
	Head(context.Context) (record.Head, error)
	// OperationsAfter are operations in order, at most limit.
	OperationsAfter(ctx context.Context, seq int64, limit int) ([]record.Operation, error)
	// OperationHash is nil for 0.
	OperationHash(ctx context.Context, seq int64) ([]byte, error)
	Exchange(context.Context) (record.ExchangeState, error)
	// NoteReceipt keeps what the district holds; clockOffsetMS is the district's
	// clock less this PC's.
	NoteReceipt(ctx context.Context, r record.Receipt, clockOffsetMS int64) error
	NoteFailure(context.Context, record.Code) error
	// Marks are how far the station has taken over the streams of a district's
	// storage in one of its lives.
	Marks(ctx context.Context, server record.Incarnation) (map[record.Stream]record.Mark, error)
	// TakeMessages keeps messages of one stream, and the mark of the last with
	// them, in one transaction; it gives how many were not known.
	TakeMessages(ctx context.Context, server record.Incarnation, messages []record.Message) (int, error)
	// KeyToEndorse is the signing key for which the district has not given its
	// word; the code is nothing_to_do when there is none.
	KeyToEndorse(context.Context) (record.SigningKey, error)
	// ProveKey signs with that key.
	ProveKey(ctx context.Context, id record.KeyID, message []byte) ([]byte, error)
	SaveEndorsement(context.Context, record.KeyID, record.Endorsement) error
}
