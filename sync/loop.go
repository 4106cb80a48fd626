package sync

import (
	"context"
	"encoding/binary"
	"io"
	"time"

	"rongyuan/store/record"
)

// Pace says when a [Client.Loop] asks. Zero values mean the usual ones.
type Pace struct {
	// Every is the time between rounds while nothing happens; 5 min.
	Every time.Duration
	// Gather is how long a trigger waits for others, so that ten saves make one
	// round; 2 s.
	Gather time.Duration
	// First and Most bound the wait after a failure; 2 s and 5 min.
	First, Most time.Duration
}

func (p Pace) filled() Pace {
	for _, one := range []struct {
		value *time.Duration
		usual time.Duration
	}{{&p.Every, 5 * time.Minute}, {&p.Gather, 2 * time.Second}, {&p.First, 2 * time.Second}, {&p.Most, 5 * time.Minute}} {
		if *one.value <= 0 {
			*one.value = one.usual
		}
	}
	return p
}

// Loop runs rounds until ctx ends: at once, then whenever trigger fires and at
// least every so often. After a failure it waits with full jitter, at most twice
// as long each time, or as long as the district asked; a trigger cuts a wait
// short only when the last round was good or reached no network, so that saving a
// hundred records without a line does not try a hundred times. It reports every round.
func (c *Client) Loop(ctx context.Context, p Pace, trigger <-chan struct{}, report func(Result, error)) {
	p = p.filled()
	failures := 0
	for {
		result, err := c.Round(ctx)
		if ctx.Err() != nil {
			return
		}
		if report != nil {
			report(result, err)
		}
		if err == nil {
			failures = 0
			if !pause(ctx, p.Every, p.Gather, trigger) {
				return
			}
			continue
		}
		failures++
		heard := trigger
		if !local(err) {
			heard = nil
		}
		if !pause(ctx, c.backoff(p, failures, result, err), p.Gather, heard) {
			return
		}
	}
}

// pause waits for a time, or for a trigger and then for those that follow it;
// false when ctx ended. A nil trigger never fires.
func pause(ctx context.Context, d, gather time.Duration, trigger <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	case <-trigger:
		return pause(ctx, gather, 0, nil)
	}
}

// local reports a failure that cost no request: somebody may enrol or log in at
// any moment, and then the trigger must be heard.
func local(err error) bool {
	code := record.CodeOf(err)
	return code == record.CodeNotEnrolled || code == record.CodeLocked
}

// backoff is the wait after the n-th failure in a row.
func (c *Client) backoff(p Pace, n int, result Result, err error) time.Duration {
	if lasting(record.CodeOf(err)) {
		return max(p.Most, p.Every)
	}
	most := p.First << min(n-1, 20)
	if most > p.Most || most <= 0 {
		most = p.Most
	}
	return max(result.RetryAfter, fraction(c.opt.Rand, most))
}

// lasting reports a failure that no retry cures, only a person.
func lasting(code record.Code) bool {
	switch code {
	case record.CodeNotEnrolled, record.CodeRevoked, record.CodeForked, record.CodeUnauthorised,
		record.CodeVersionTooOld, record.CodeVersionTooNew, record.CodeLocked:
		return true
	}
	return false
}

// fraction is a random part of d, so that stations that lost the same server do
// not all come back in the same second; all of d when there is no randomness.
func fraction(rand io.Reader, d time.Duration) time.Duration {
	var raw [4]byte
	if _, err := io.ReadFull(rand, raw[:]); err != nil {
		return d
	}
	return time.Duration(float64(d) * (float64(binary.BigEndian.Uint32(raw[:])) + 1) / (1 << 32))
}
