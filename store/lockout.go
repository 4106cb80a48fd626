package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"rongyuan/store/record"
)

// Five wrong passwords lock an account for ten minutes, each further one for
// twice as long, at most a day. The rest of a lock is kept in the file and
// counted down by the PC's uptime: a moved clock, a restart of the program or
// of the PC shortens nothing. An administrator or the recovery code ends it.
const (
	failuresAllowed = 5
	firstLock       = 10 * time.Minute
	longestLock     = 24 * time.Hour
)

// lockFor is the lock that a number of failures brings.
func lockFor(failures int) time.Duration {
	if failures < failuresAllowed {
		return 0
	}
	d := firstLock
	for range failures - failuresAllowed {
		if d *= 2; d >= longestLock {
			return longestLock
		}
	}
	return d
}

// uptime is the PC's, or this process's where the PC's is not known.
func (db *DB) uptime() time.Duration {
	if db.opt.Uptime != nil {
		return db.opt.Uptime()
	}
	return db.opt.Clock().Sub(db.started)
}

// lockLeft is what is left of a lock that was written with left at an uptime.
// After a restart of the PC the uptime is smaller; then at least all of it has
// passed since. Either way the result is never too small.
func lockLeft(left, written, now time.Duration) time.Duration {
	passed := now
	if now >= written {
		passed = now - written
	}
	return max(0, left-passed)
}

// locked refuses an account whose lock has not run out, and writes down what is
// left, so that the time spent now counts.
func (db *DB) locked(ctx context.Context, account string) error {
	var left, written int64
	if err := db.reader.QueryRowContext(ctx, "SELECT lock_left_ms, lock_uptime_ms FROM accounts WHERE name = ?", account).
		Scan(&left, &written); err != nil {
		return translate(fmt.Errorf("read lock: %w", err))
	}
	if left == 0 {
		return nil
	}
	now := db.uptime()
	rest := lockLeft(time.Duration(left)*time.Millisecond, time.Duration(written)*time.Millisecond, now)
	if _, err := db.writer.ExecContext(ctx, "UPDATE accounts SET lock_left_ms = ?, lock_uptime_ms = ? WHERE name = ?",
		rest.Milliseconds(), now.Milliseconds(), account); err != nil {
		return translate(fmt.Errorf("write lock: %w", err))
	}
	if rest > 0 {
		minutes := int((rest + time.Minute - 1) / time.Minute)
		return record.Fail(record.CodeAccountLocked, strconv.Itoa(minutes))
	}
	return nil
}

func (db *DB) countFailure(ctx context.Context, account string) error {
	var failures int
	err := db.writer.QueryRowContext(ctx, "UPDATE accounts SET failures = failures + 1 WHERE name = ? RETURNING failures", account).
		Scan(&failures)
	if err != nil {
		return translate(fmt.Errorf("count failure: %w", err))
	}
	_, err = db.writer.ExecContext(ctx, "UPDATE accounts SET lock_left_ms = ?, lock_uptime_ms = ? WHERE name = ?",
		lockFor(failures).Milliseconds(), db.uptime().Milliseconds(), account)
	return translate(err)
}

func (db *DB) clearFailures(ctx context.Context, account string) error {
	_, err := db.writer.ExecContext(ctx, "UPDATE accounts SET failures = 0, lock_left_ms = 0 WHERE name = ? AND failures > 0", account)
	return translate(err)
}
