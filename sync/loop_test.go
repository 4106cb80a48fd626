package sync_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"testing"
	"testing/synctest"
	"time"

	"rongyuan/store/record"
	dsync "rongyuan/sync"
)

// enrolled is a notebook whose district nobody can reach.
func enrolled(t *testing.T, w *world) *notebook {
	n := newNotebook(t, station, 1)
	w.enrol(n)
	return n
}

func TestLoopBacksOffWithJitter(t *testing.T) {
	w := newWorld(t)
	n := enrolled(t, w)
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		c := dsync.New(dsync.Options{Store: n, Clock: time.Now, Rand: rand.Reader, Dial: (&flaky{refuse: true}).Dial})
		trigger := make(chan struct{}, 1)
		var at []time.Duration
		began := time.Now()
		go c.Loop(ctx, dsync.Pace{}, trigger, func(_ dsync.Result, err error) {
			if record.CodeOf(err) != record.CodeNoConnection {
				t.Errorf("round: %v", err)
			}
			at = append(at, time.Since(began))
			select {
			case trigger <- struct{}{}: // a save; it must not make the loop spin
			default:
			}
		})
		time.Sleep(time.Hour)
		cancel()
		synctest.Wait()
		// After eight doublings the waits lie between 0 and 5 minutes.
		if len(at) < 12 || len(at) > 120 {
			t.Errorf("%d tries in an hour: %v", len(at), at)
		}
		for i := 1; i < len(at); i++ {
			if wait := at[i] - at[i-1]; wait <= 0 || wait > 5*time.Minute {
				t.Errorf("wait %v", wait)
			}
		}
	})
}

func TestLoopHearsAnEnrolment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		n := newNotebook(t, station, 1)
		c := dsync.New(dsync.Options{Store: n, Clock: time.Now, Rand: bytes.NewReader(nil)})
		trigger := make(chan struct{}, 1)
		rounds := 0
		go c.Loop(ctx, dsync.Pace{}, trigger, func(_ dsync.Result, err error) {
			if record.CodeOf(err) != record.CodeNotEnrolled {
				t.Errorf("round: %v", err)
			}
			rounds++
		})
		time.Sleep(time.Minute)
		synctest.Wait()
		if rounds != 1 {
			t.Errorf("%d rounds without an enrolment", rounds)
		}
		trigger <- struct{}{}
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if rounds != 2 {
			t.Errorf("%d rounds after a trigger", rounds)
		}
		cancel()
		synctest.Wait()
	})
}

// TestLoopSendsWhatIsSaved is the watchdog: something waits and the line is up,
// so it arrives.
func TestLoopSendsWhatIsSaved(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(2)
	c := w.enrol(n)
	ctx, cancel := context.WithCancel(w.ctx)
	trigger := make(chan struct{}, 1)
	heads := make(chan int64, 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.Loop(ctx, dsync.Pace{Every: time.Hour, Gather: time.Millisecond}, trigger, func(r dsync.Result, err error) {
			if err != nil {
				t.Errorf("round: %v", err)
			}
			heads <- r.Head.Seq
		})
	}()
	for range 3 {
		select {
		case head := <-heads:
			if head != int64(len(n.ops)) {
				t.Errorf("the district has %d of %d", head, len(n.ops))
			}
		case <-time.After(20 * time.Second):
			t.Fatal("nothing arrives")
		}
		n.raw(record.OpTeamUpdated, "t-1", `{"set":{"slogan":"neu"}}`, 1)
		trigger <- struct{}{}
	}
	cancel()
	<-done
}
