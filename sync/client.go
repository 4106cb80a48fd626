package sync

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// Options say where an exchange gets what it needs.
type Options struct {
	Store Store
	// Clock tells the district what this PC believes; it decides nothing.
	Clock func() time.Time
	// Rand is a cryptographic source.
	Rand io.Reader
	// Dial opens connections; nil means the system's network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Timeout bounds one request; 0 means 30 s.
	Timeout time.Duration
	// App is the program's version, for the district's board.
	App string
	// Progress is told after each batch; nil for nobody.
	Progress func(Progress)
}

// Progress is how far a round is, in operations.
type Progress struct {
	Sent, Total int64
}

// Client exchanges one station's operations with its district. It is safe for
// several goroutines; rounds run one after the other.
type Client struct {
	opt Options

	// One round at a time: a second one could say hello with an older head than
	// the district has from the first, which is what a cloned PC does.
	one sync.Mutex
}

// New makes a Client.
func New(opt Options) *Client {
	if opt.Timeout == 0 {
		opt.Timeout = 30 * time.Second
	}
	if opt.Dial == nil {
		opt.Dial = (&net.Dialer{Timeout: 10 * time.Second}).DialContext
	}
	return &Client{opt: opt}
}

// Result is what a round did. Bytes are those of request and answer bodies.
type Result struct {
	// Sent is how many operations the district holds now that it did not hold
	// before.
	Sent int
	// Received is how many messages of the district are new here.
	Received  int
	Requests  int
	BytesUp   int64
	BytesDown int64
	// Head is the end of the log as the district has it.
	Head    record.Head
	Receipt record.Receipt
	// RetryAfter is how long the district asked to be left alone, 0 for not.
	RetryAfter time.Duration
}

// round is one exchange while it runs.
type round struct {
	c         *Client
	link      *link
	station   record.StationCode
	enrolment record.Enrolment
	head      record.Head // the end of our own log when the round began
	key       ed25519.PrivateKey
	challenge string
	limits    wire.Limits
	down      wire.Marks // where the district's streams of messages end
	sequence  int64
	packer    *wire.Packer
	result    Result
}

// Round brings what is missing to the district and notes its receipt. A round
// with nothing to send is one request. The codes are not_enrolled,
// no_connection, not_district, unauthorised, revoked, forked, version_too_old,
// version_too_new, too_many_requests, server_busy, cancelled.
func (c *Client) Round(ctx context.Context) (Result, error) {
	c.one.Lock()
	defer c.one.Unlock()
	r, err := c.begin(ctx)
	if err != nil {
		return Result{}, err
	}
	defer r.link.close()
	err = r.run(ctx)
	r.result.Requests, r.result.BytesUp, r.result.BytesDown = r.link.requests, r.link.up, r.link.down
	r.result.RetryAfter = r.link.retryAfter
	if err == nil {
		return r.result, nil
	}
	if ctx.Err() != nil {
		return r.result, record.Fail(record.CodeCancelled).Because(ctx.Err())
	}
	if noted := c.opt.Store.NoteFailure(context.WithoutCancel(ctx), record.CodeOf(err)); noted != nil {
		return r.result, fmt.Errorf("note failure: %w (after %w)", noted, err)
	}
	return r.result, fmt.Errorf("exchange: %w", err)
}

func (c *Client) begin(ctx context.Context) (*round, error) {
	enrolment, err := c.opt.Store.Enrolment(ctx)
	if err != nil {
		return nil, err
	}
	station, err := c.opt.Store.Station(ctx)
	if err != nil {
		return nil, err
	}
	if len(enrolment.DeviceKey) != ed25519.SeedSize {
		return nil, record.Fail(record.CodeNotEnrolled)
	}
	link, err := c.dial(enrolment.District, enrolment.Authority)
	if err != nil {
		return nil, err
	}
	packer, err := wire.NewPacker()
	if err != nil {
		return nil, err
	}
	return &round{
		c: c, link: link, station: station.Code, enrolment: enrolment, packer: packer,
		key: ed25519.NewKeyFromSeed(enrolment.DeviceKey),
	}, nil
}

func (r *round) run(ctx context.Context) error {
	stored, err := r.hello(ctx)
	if err != nil {
		return err
	}
	// Messages first: an order that is urgent must not wait behind a long log.
	if err := r.pull(ctx); err != nil {
		return err
	}
	if err := r.push(ctx, stored); err != nil {
		return err
	}
	return r.endorse(ctx)
}

// hello asks where the district's copy ends and checks that it is ours.
func (r *round) hello(ctx context.Context) (record.Head, error) {
	var err error
	if r.head, err = r.c.opt.Store.Head(ctx); err != nil {
		return record.Head{}, err
	}
	nonce := make([]byte, 16)
	if _, err := io.ReadFull(r.c.opt.Rand, nonce); err != nil {
		return record.Head{}, fmt.Errorf("make nonce: %w", err)
	}
	began := r.c.opt.Clock()
	body, err := wire.Encode(wire.Hello{Protocol: wire.Spoken(r.c.opt.App), Head: r.head, Nonce: nonce, ClockMS: began.UnixMilli()})
	if err != nil {
		return record.Head{}, err
	}
	raw, err := r.send(ctx, request{path: wire.PathHello, kind: wire.TypeJSON, body: body})
	if err != nil {
		return record.Head{}, err
	}
	a, err := wire.DecodeHelloAnswer(raw)
	if err != nil {
		return record.Head{}, record.Fail(record.CodeNotDistrict).Because(err)
	}
	r.challenge, r.sequence, r.limits, r.down = a.Challenge, 0, bounded(a.Limits), a.Down
	if err := r.known(ctx, a.ServerIncarnation); err != nil {
		return record.Head{}, err
	}
	receipt := a.Receipt.Whole(r.head)
	return receipt.Head, r.note(ctx, receipt, began)
}

// bounded keeps a district's limits within what this program sends.
func bounded(l wire.Limits) wire.Limits {
	if l.Rows < 1 || l.Rows > wire.SendRows {
		l.Rows = wire.SendRows
	}
	if l.Bytes < 1024 || l.Bytes > wire.SendBytes {
		l.Bytes = wire.SendBytes
	}
	return l
}

// known keeps the life of the district's storage. A new one means that it was
// put back from a backup: what it lacks is sent again, since the log is kept.
func (r *round) known(ctx context.Context, incarnation record.Incarnation) error {
	if r.enrolment.ServerIncarnation == incarnation {
		return nil
	}
	r.enrolment.ServerIncarnation = incarnation
	err := r.c.opt.Store.SaveEnrolment(ctx, r.enrolment)
	if record.CodeOf(err) == record.CodeNoRight {
		return nil // a clerk may exchange and not enrol; who may will keep it
	}
	return err
}

// note checks a receipt, by signature and against our own log, and keeps it.
func (r *round) note(ctx context.Context, receipt record.Receipt, began time.Time) error {
	if !wire.ReceiptHolds(r.enrolment.DistrictKey, r.station, receipt) {
		return record.Fail(record.CodeNotDistrict)
	}
	if err := r.ours(ctx, receipt.Head); err != nil {
		return err
	}
	r.result.Head, r.result.Receipt = receipt.Head, receipt
	// The middle of the request is when the district looked at its clock.
	middle := (began.UnixMilli() + r.c.opt.Clock().UnixMilli()) / 2
	return r.c.opt.Store.NoteReceipt(ctx, receipt, receipt.ServerMS-middle)
}

// ours is nil when a head of the district lies in our log. Otherwise the logs
// have parted: this file is older than what was sent, or a copy writes too.
func (r *round) ours(ctx context.Context, theirs record.Head) error {
	if theirs.Incarnation != r.head.Incarnation || theirs.Seq > r.head.Seq {
		return record.Fail(record.CodeForked)
	}
	mine, err := r.c.opt.Store.OperationHash(ctx, theirs.Seq)
	if err != nil {
		return err
	}
	if string(mine) != string(theirs.Hash) {
		return record.Fail(record.CodeForked)
	}
	return nil
}
