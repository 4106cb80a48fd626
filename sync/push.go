package sync

import (
	"context"
	"crypto/ed25519"
	"errors"
	"net/http"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// How a round treats a bad line: so many failures one after the other end it,
// and so many good batches make the next one twice as large.
const (
	triesInRow = 4
	goodToGrow = 3
)

// push sends batches until the district has the log as it stood at hello. A
// batch that fails is halved: a cut line costs at most one batch.
func (r *round) push(ctx context.Context, stored record.Head) error {
	size, good, failed := r.limits.Rows, 0, 0
	for stored.Seq < r.head.Seq {
		next, err := r.pushOne(ctx, stored, size)
		switch {
		case err == nil:
			r.result.Sent += int(next.Seq - stored.Seq)
			stored, failed = next, 0
			if good++; good%goodToGrow == 0 {
				size = min(2*size, r.limits.Rows)
			}
			r.progress(stored)
		case halves(err) && ctx.Err() == nil && failed < triesInRow && (size > 1 || !large(err)):
			size, good, failed = max(1, size/2), 0, failed+1
		case record.CodeOf(err) == record.CodeUnauthorised && r.challenge != "" && failed < triesInRow:
			// The session may be over, as after a restart of the district.
			failed = triesInRow
			if stored, err = r.hello(ctx); err != nil {
				return err
			}
		default:
			return err
		}
	}
	return nil
}

func (r *round) progress(stored record.Head) {
	if r.c.opt.Progress != nil {
		left := r.head.Seq - stored.Seq
		r.c.opt.Progress(Progress{Sent: int64(r.result.Sent), Total: int64(r.result.Sent) + left})
	}
}

// halves reports a failure that a smaller batch may not meet.
func halves(err error) bool {
	code := record.CodeOf(err)
	return code == record.CodeNoConnection || code == record.CodeTooLarge
}

func large(err error) bool { return record.CodeOf(err) == record.CodeTooLarge }

// pushOne sends what follows stored, at most size rows, and gives the head that
// the district has then.
func (r *round) pushOne(ctx context.Context, stored record.Head, size int) (record.Head, error) {
	body, end, err := r.batch(ctx, stored, size)
	if err != nil {
		return stored, err
	}
	began := r.c.opt.Clock()
	r.sequence++
	raw, err := r.send(ctx, request{path: wire.PathPush, kind: wire.TypeBatch, body: body, challenge: r.challenge, sequence: r.sequence})
	if err != nil {
		return stored, err
	}
	a, err := wire.DecodePushAnswer(raw)
	if err != nil {
		return stored, record.Fail(record.CodeNotDistrict).Because(err)
	}
	receipt := a.Receipt.Whole(end)
	if receipt.Head.Seq < end.Seq {
		return stored, record.Fail(record.CodeNotDistrict) // a receipt that confirms less than was sent
	}
	return receipt.Head, r.note(ctx, receipt, began)
}

// batch packs what follows stored and says where it ends. Packed rows over the limit of bytes are
// halved until they fit, or one row is left.
func (r *round) batch(ctx context.Context, stored record.Head, size int) ([]byte, record.Head, error) {
	ops, err := r.c.opt.Store.OperationsAfter(ctx, stored.Seq, min(size, int(min(r.head.Seq-stored.Seq, wire.SendRows))))
	if err != nil {
		return nil, stored, err
	}
	if len(ops) == 0 {
		return nil, stored, record.Fail(record.CodeLogBroken)
	}
	for {
		b := wire.Batch{Station: r.station, After: stored, Operations: ops}
		b.Signature = ed25519.Sign(r.key, wire.HeadBytes(b.Station, b.Head()))
		plain, err := wire.EncodeBatch(b)
		if err != nil {
			return nil, stored, err
		}
		packed := r.packer.Pack(plain)
		if len(packed) <= r.limits.Bytes || len(ops) == 1 {
			return packed, b.Head(), nil
		}
		ops = ops[:len(ops)/2]
	}
}

// request is one request of a round.
type request struct {
	path, kind string
	body       []byte
	challenge  string
	sequence   int64
}

// send signs and sends a request and gives the body of a good answer.
func (r *round) send(ctx context.Context, q request) ([]byte, error) {
	signed := wire.Signed{
		Method: http.MethodPost, Path: q.path, BodySum: wire.Sum(q.body), Device: r.enrolment.Device,
		Sequence: q.sequence, Challenge: q.challenge,
	}
	header := http.Header{}
	signed.Sign(header, r.key)
	raw, err := r.link.post(ctx, q, header)
	// A district that says gap has less than it said at hello: it was put back
	// in between. The next hello tells where to go on.
	if q.path == wire.PathPush && errors.Is(err, record.Fail(record.CodeGap)) {
		return nil, record.Fail(record.CodeServerBusy).Because(err)
	}
	return raw, err
}
