package store_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

// TestFaultCrowd lets readers, a writer, drafts, checkpoints, checks and
// backups work on one file at once: nobody fails, nobody sees half a change.
func TestFaultCrowd(t *testing.T) {
	w := newWorld(t)
	w.opt.Rand = &shared{from: w.opt.Rand}
	w.reopen()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var ids []record.VolunteerID
	for i := range 4 {
		ids = append(ids, w.register(someone(i+1)))
	}
	var crowd sync.WaitGroup
	var rounds atomic.Int64
	errs := make(chan error, 100)
	// each works until the writer is done, at least once.
	each := func(name string, step func(i int) error) {
		crowd.Go(func() {
			for i := 0; i == 0 || ctx.Err() == nil; i++ {
				if err := step(i); err != nil {
					errs <- fmt.Errorf("%s: %w", name, err)
					return
				}
				rounds.Add(1)
				time.Sleep(time.Millisecond) // a crowd, not a stampede
			}
		})
	}
	run := t.Context()
	for range 3 {
		each("reader", func(int) error { return wholeActivities(run, w.db) })
	}
	each("searcher", func(int) error {
		found, err := w.db.Search(run, "lwd", 5)
		if err == nil && len(found) == 0 {
			err = errors.New("nobody found")
		}
		return err
	})
	each("typist", func(i int) error { return w.db.SaveDraft(run, "people.new", fmt.Sprint("王", i)) })
	each("checkpoint", func(int) error { return store.ExecForTest(w.db, "PRAGMA wal_checkpoint(PASSIVE)") })
	each("checker", func(int) error { _, err := w.db.Verify(run); return err })
	dir := t.TempDir()
	each("backup", func(int) error { _, err := w.db.Backup(run, dir); return err })
	writes := scaled(40, 500)
	for i := range writes {
		day := record.Day("2026-09-01").AddDays(i % 40)
		a := patrol(record.Moment(day+"T09:00"), record.Moment(day+"T09:10"))
		if _, _, err := w.db.LogActivity(run, a, present(ids...)); err != nil {
			t.Errorf("writer: %v", err)
			break
		}
	}
	stop()
	crowd.Wait()
	close(errs)
	for err := range errs {
		t.Error(err)
	}
	if _, err := w.db.Verify(run); err != nil {
		t.Error(err)
	}
	figure(t, "%d writes among %d readings, searches, drafts, checkpoints, checks and backups", writes, rounds.Load())
}

// wholeActivities wants the four people in every activity: they were written
// together.
func wholeActivities(ctx context.Context, db *store.DB) error {
	all, err := db.Activities(ctx, store.ActivityFilter{})
	if err != nil || len(all) == 0 {
		return err
	}
	for _, a := range []record.Activity{all[0], all[len(all)-1]} {
		list, err := db.Participations(ctx, a.ID)
		if err != nil {
			return err
		}
		if len(list) != 4 {
			return fmt.Errorf("%d of 4 people in an activity", len(list))
		}
	}
	return nil
}

// shared is randomness for several goroutines, as that of crypto/rand is.
type shared struct {
	mu   sync.Mutex
	from io.Reader
}

func (s *shared) Read(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.from.Read(b)
}
