package app

import (
	"context"
	"sync/atomic"

	"fyne.io/fyne/v2"

	dsync "rongyuan/sync"
)

// exchanger is the exchange that goes on behind the window of somebody who is
// logged in: at once, from time to time, and after each save. A save never
// waits for it.
type exchanger struct {
	d      *Desk
	client *dsync.Client
	// nudge holds one save at most: ten saves make one round.
	nudge chan struct{}
	// progress is told of batches while a round runs that the clerk asked for.
	progress atomic.Pointer[func(done, total int)]
	end      context.CancelFunc // of the loop, nil while none runs
	failed   bool               // the last round of the loop

	// launch starts the loop off the window's goroutine, and reported hears of
	// each of its rounds on it.
	launch   func(func())
	reported func(error)
}

func newExchanger(d *Desk) *exchanger {
	e := &exchanger{d: d, nudge: make(chan struct{}, 1), launch: func(f func()) { go f() }}
	e.reported = func(error) { d.exchanged() }
	e.client = dsync.New(dsync.Options{
		Store: d.db, Clock: d.clock, Rand: d.cfg.Options.Rand, App: d.cfg.Version,
		Progress: func(p dsync.Progress) {
			if tell := e.progress.Load(); tell != nil {
				(*tell)(int(p.Sent), int(p.Total))
			}
		},
	})
	return e
}

// startExchange begins the exchange of a session, where the station is enrolled.
func (d *Desk) startExchange() {
	d.stopExchange()
	e := newExchanger(d)
	d.exchange = e
	d.spawn(func() {
		state, err := d.db.Exchange(d.ctx)
		fyne.Do(func() {
			if err == nil && state.Enrolled && d.exchange == e {
				e.run()
			}
		})
	})
}

// stopExchange ends it, before the keys are wiped.
func (d *Desk) stopExchange() {
	if d.exchange != nil {
		d.exchange.halt()
		d.exchange = nil
	}
}

// nudgeExchange tells that something was saved.
func (d *Desk) nudgeExchange() {
	if d.exchange == nil {
		return
	}
	select {
	case d.exchange.nudge <- struct{}{}:
	default:
	}
}

// exchanged shows where the exchange stands after a round.
func (d *Desk) exchanged() {
	if d.frame == nil {
		return
	}
	d.frame.refreshStatus()
	switch s := d.screens[d.door].(type) {
	case *exchangeScreen:
		s.Refresh()
	case *todayScreen:
		s.Refresh() // what waited for the exchange is no longer due
	}
}

// run begins the loop, in place of one that runs.
func (e *exchanger) run() {
	e.halt()
	ctx, end := context.WithCancel(e.d.ctx)
	e.end = end
	e.launch(func() {
		e.client.Loop(ctx, dsync.Pace{}, e.nudge, func(_ dsync.Result, err error) {
			fyne.Do(func() {
				e.failed = err != nil
				e.reported(err)
			})
		})
	})
}

func (e *exchanger) halt() {
	if e.end != nil {
		e.end()
		e.end = nil
	}
}

// round is one round that the clerk asked for.
func (e *exchanger) round(ctx context.Context, progress func(done, total int)) (dsync.Result, error) {
	e.progress.Store(&progress)
	defer e.progress.Store(nil)
	return e.client.Round(ctx)
}

// resume ends the wait of a loop that failed, once a round has worked.
func (e *exchanger) resume() {
	if e.failed && e.end != nil {
		e.run()
	}
}
