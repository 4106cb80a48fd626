package app

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// work does something that may take time, off the goroutine that paints. A
// dialog with the progress and 取消 appears when it takes long; done gets the
// outcome back on the painting goroutine. A second work of the same title is
// ignored while the first one runs, so that two presses of a key save once.
// f must return soon after its ctx has ended.
func (d *Desk) work(title string, f func(ctx context.Context, progress func(done, total int)) error, done func(error)) {
	if d.busy[title] {
		return
	}
	d.busy[title] = true
	ctx, cancel := context.WithCancel(d.ctx)
	t := &task{d: d, title: title, cancel: cancel}
	t.timer = time.AfterFunc(d.patience, func() { fyne.Do(t.show) })
	d.spawn(func() {
		err := f(ctx, t.report)
		if ctx.Err() != nil && err != nil {
			err = record.Fail(record.CodeCancelled).Because(err)
		}
		fyne.Do(func() {
			t.end()
			cancel()
			done(err)
		})
	})
}

// task is a work that runs. Its fields belong to the painting goroutine.
type task struct {
	d      *Desk
	title  string
	cancel context.CancelFunc
	timer  *time.Timer
	shown  *widgets.Progress
	ended  bool
	done   int
	total  int
}

// report may be called from any goroutine and often; most calls are dropped.
func (t *task) report(done, total int) {
	step := max(total/100, 1)
	if done%step != 0 && done != total {
		return
	}
	fyne.Do(func() {
		t.done, t.total = done, total
		if t.shown != nil && !t.ended {
			t.shown.Set(done, total)
		}
	})
}

func (t *task) show() {
	if t.ended {
		return
	}
	t.shown = widgets.ShowProgress(t.d.win.Canvas(), t.title, t.cancel)
	t.shown.Set(t.done, t.total)
}

func (t *task) end() {
	t.ended = true
	t.timer.Stop()
	delete(t.d.busy, t.title)
	if t.shown != nil {
		t.shown.Close()
	}
}

// trouble shows an error: what happened, whether the data is safe, what to do.
// A work that the clerk stopped is no error.
func (d *Desk) trouble(err error) {
	if err == nil || record.CodeOf(err) == record.CodeCancelled {
		return
	}
	if d.frame == nil && record.CodeOf(err) == record.CodeLocked {
		return // a reading that the lock overtook
	}
	s := say.Error(err)
	widgets.ShowTrouble(d.win.Canvas(), widgets.Trouble{What: s.What, Safe: s.Safe, Do: s.Do, Detail: say.Detail(err)}, nil)
}

// notice shows a line over the screen that asks for nothing.
func (d *Desk) notice(tone widgets.Tone, text string) {
	if d.frame != nil {
		d.frame.say(tone, text, "", nil)
	}
}

// noticeAction is a notice with one button, as 撤销.
func (d *Desk) noticeAction(tone widgets.Tone, text, action string, f func()) {
	if d.frame != nil {
		d.frame.say(tone, text, action, f)
	}
}

// changed is called after every save: the status bar and the open screen follow.
func (d *Desk) changed() {
	if d.frame == nil {
		return
	}
	d.nudgeExchange()
	d.frame.refreshStatus()
	if s, ok := d.screens[d.door].(refresher); ok {
		s.Refresh()
	}
}
