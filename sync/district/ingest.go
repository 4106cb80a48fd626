package district

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"slices"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// partedError is forked or gap with the head that the district has, so that the
// station can find where the logs part.
type partedError struct {
	code record.Code
	head record.Head
}

func (e *partedError) Error() string { return string(e.code) }

func (e *partedError) Unwrap() error { return record.Fail(e.code) }

// ingest stores a batch, then applies what it brought. The receipt says what is
// stored; whatever applying finds stays in the states of the operations.
func (s *Server) ingest(ctx context.Context, scope Scope, b wire.Batch) (record.Receipt, error) {
	if b.Station != scope.station {
		s.note(ctx, scope, "foreign_station", string(scope.station))
		return record.Receipt{}, record.Fail(record.CodeForeignRecord)
	}
	head := b.Head()
	if !ed25519.Verify(scope.device.PublicKey, wire.HeadBytes(b.Station, head), b.Signature) {
		return record.Receipt{}, record.Fail(record.CodeUnauthorised)
	}
	if b.After.Incarnation != scope.device.Incarnation {
		return record.Receipt{}, &partedError{record.CodeForked, record.Head{Incarnation: scope.device.Incarnation}}
	}
	sealed, err := s.sealAll(scope, b.Operations)
	if err != nil {
		return record.Receipt{}, err
	}
	if err := s.storage.Update(ctx, func(tx Tx) error { return store(tx, scope, b, sealed) }); err != nil {
		return record.Receipt{}, err
	}
	log := LogName{b.Station, b.After.Incarnation}
	if err := s.apply(ctx, log); err != nil {
		// Stored is stored: what could not be applied now is applied at the
		// next push or at the next start.
		s.log.Error("apply", "station", log.Station, "code", record.CodeOf(err))
	}
	return s.receipt(ctx, scope, log)
}

// sealAll seals before the transaction, so that the one writer waits for the
// disk only.
func (s *Server) sealAll(scope Scope, ops []record.Operation) ([]StoredOperation, error) {
	out := make([]StoredOperation, len(ops))
	for i, op := range ops {
		one, err := s.vault.sealOperation(op)
		if err != nil {
			return nil, err
		}
		one.Device, one.StoredMS = scope.device.ID, s.nowMS()
		out[i] = one
	}
	return out, nil
}

// store appends what the district does not have yet. What it has must be the
// same, or the logs have parted.
func store(tx Tx, scope Scope, b wire.Batch, sealed []StoredOperation) error {
	log := LogName{b.Station, b.After.Incarnation}
	head, err := headOf(tx, scope, log)
	if err != nil {
		return err
	}
	known, err := overlap(tx, scope, head, b)
	if err != nil {
		return err
	}
	fresh := sealed[known:]
	if len(fresh) == 0 {
		return nil
	}
	for _, op := range fresh {
		if err := tx.Append(scope, op); err != nil {
			return err
		}
	}
	last := b.Head()
	head.Seq, head.Hash, head.Device, head.Signature = last.Seq, last.Hash, scope.device.ID, b.Signature
	return tx.PutHead(scope, head)
}

// headOf is the head of a log, empty for one that was never sent.
func headOf(tx Tx, scope Scope, log LogName) (LogHead, error) {
	head, err := tx.Head(scope, log)
	if errors.Is(err, record.Fail(record.CodeNotFound)) {
		return LogHead{LogName: log}, nil
	}
	return head, err
}

// overlap is how many operations of a batch are stored already. The hash of the
// last of them proves all before it.
func overlap(tx Tx, scope Scope, head LogHead, b wire.Batch) (int, error) {
	ours := record.Head{Incarnation: head.Incarnation, Seq: head.Seq, Hash: head.Hash}
	if b.After.Seq > head.Seq {
		return 0, &partedError{record.CodeGap, ours}
	}
	known := int(min(int64(len(b.Operations)), head.Seq-b.After.Seq))
	at, hash := b.After.Seq+int64(known), b.After.Hash
	if known > 0 {
		hash = b.Operations[known-1].Hash
	}
	stored := head.Hash
	if at < head.Seq && at > 0 {
		op, err := tx.Operation(scope, Key{head.LogName, at})
		if err != nil {
			return 0, err
		}
		stored = op.Operation.Hash
	}
	if at > 0 && !bytes.Equal(stored, hash) {
		return 0, &partedError{record.CodeForked, ours}
	}
	return known, nil
}

// receipt is what the district holds of a log, signed.
func (s *Server) receipt(ctx context.Context, scope Scope, log LogName) (record.Receipt, error) {
	var r record.Receipt
	err := s.storage.View(ctx, func(tx Tx) error {
		head, err := headOf(tx, scope, log)
		if err != nil {
			return err
		}
		counts, err := tx.Counts(scope, log.Station)
		r = record.Receipt{
			Head: record.Head{Incarnation: log.Incarnation, Seq: head.Seq, Hash: slices.Clone(head.Hash)},
			Safe: head.Safe, ServerMS: s.nowMS(), Cases: counts.Conflicts, Quarantined: counts.Quarantined + counts.Held,
		}
		return err
	})
	r.Signature = ed25519.Sign(s.signer, wire.ReceiptBytes(log.Station, r))
	return r, err
}

// greet answers a Hello: it notes what the device said, and refuses a log that
// does not contain what the district has.
func (s *Server) greet(ctx context.Context, scope Scope, h wire.Hello) (record.Receipt, error) {
	log := LogName{scope.station, scope.device.Incarnation}
	err := s.storage.Update(ctx, func(tx Tx) error {
		head, err := headOf(tx, scope, log)
		if err != nil {
			return err
		}
		d, err := tx.Device(scope.device.ID)
		if err != nil {
			return err
		}
		now := s.nowMS()
		d.SeenMS, d.HeadSeq, d.ClockOffsetMS, d.App, d.ForkedMS = now, h.Head.Seq, now-h.ClockMS, h.Protocol.App, 0
		if parted(head, h.Head) {
			d.ForkedMS = now
		}
		return tx.PutDevice(d)
	})
	if err != nil {
		return record.Receipt{}, err
	}
	r, err := s.receipt(ctx, scope, log)
	if err != nil {
		return record.Receipt{}, err
	}
	if parted(LogHead{LogName: log, Seq: r.Head.Seq, Hash: r.Head.Hash}, h.Head) {
		s.note(ctx, scope, "forked", string(scope.station))
		return record.Receipt{}, &partedError{record.CodeForked, r.Head}
	}
	return r, nil
}

// parted reports a station's log that cannot contain the district's copy: it is
// of another life, shorter, or different at the same number. A file put back
// from an older copy and a cloned PC both show here.
func parted(ours LogHead, theirs record.Head) bool {
	switch {
	case theirs.Incarnation != ours.Incarnation:
		return true
	case theirs.Seq < ours.Seq:
		return true
	}
	return theirs.Seq == ours.Seq && !bytes.Equal(theirs.Hash, ours.Hash)
}
