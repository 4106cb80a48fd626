package app

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rongyuan/app/widgets"
)

// A window that nobody works at locks itself, keeps its drafts, and looks after
// its backups: all of it at one beat a second, measured by the PC's uptime, which
// no clock setting moves.

const (
	beatEvery = time.Second
	// draftEvery is how long typing may go on before it is kept.
	draftEvery = 2 * time.Second
	// settingIdle is how many minutes without a key or the mouse lock the window.
	settingIdle = "idle_minutes"
	idleDefault = 10
)

// idleChoices are the minutes from which one may choose.
func idleChoices() []int { return []int{5, 10, 30} }

// rhythm is what the beat remembers, in uptime.
type rhythm struct {
	stirred time.Duration // the last key or movement of the mouse
	kept    time.Duration // when the drafts were kept last
	idle    time.Duration // how long the window waits
}

// uptime is the PC's, or since the window began where nobody says it.
func (d *Desk) uptime() time.Duration {
	if d.cfg.Options.Uptime != nil {
		return d.cfg.Options.Uptime()
	}
	return d.clock().Sub(d.begun) // a clock of the program carries its monotonic reading
}

// stir is told of every key and every movement of the mouse.
func (d *Desk) stir() { d.rhythm.stirred = d.uptime() }

// watch connects the window to its hands.
func (d *Desk) watch() {
	d.root.OnStir = d.stir
	if c, ok := d.win.Canvas().(desktop.Canvas); ok {
		c.SetOnKeyDown(func(*fyne.KeyEvent) { d.stir() })
	}
}

// beginBeat starts the beat; it ends with the window.
func (d *Desk) beginBeat() {
	go func() {
		t := time.NewTicker(beatEvery)
		defer t.Stop()
		for {
			select {
			case <-d.ctx.Done():
				return
			case <-t.C:
				fyne.Do(d.beat)
			}
		}
	}()
}

// beat is one look at what the time brings.
func (d *Desk) beat() {
	if d.frame == nil || d.ctx.Err() != nil {
		return
	}
	now := d.uptime()
	if now-d.rhythm.kept >= draftEvery || now < d.rhythm.kept {
		d.rhythm.kept = now
		d.drafts.keep()
	}
	if len(d.busy) > 0 {
		d.rhythm.stirred = now // an import that runs is somebody at work
	}
	if now-d.rhythm.stirred >= d.rhythm.idle {
		d.lockNow()
		return
	}
	if s, ok := d.screens[doorPeople].(*peopleScreen); ok {
		s.people.card.expire(now)
	}
	d.backupDue()
}

// beginSession sets the beat for whoever has just logged in.
func (d *Desk) beginSession() {
	d.stir()
	d.backups = backups{last: d.uptime()}
	d.rhythm.kept = -draftEvery
	d.rhythm.idle = time.Duration(d.idleMinutes()) * time.Minute
}

// idleMinutes is the setting of this PC.
func (d *Desk) idleMinutes() int {
	text, err := d.db.Setting(d.ctx, settingIdle)
	n, bad := strconv.Atoi(text)
	if err != nil || bad != nil {
		return idleDefault
	}
	for _, one := range idleChoices() {
		if n == one {
			return n
		}
	}
	return idleDefault
}

func idleText(minutes int) string { return strconv.Itoa(minutes) + " 分钟不用" }

// newIdleRadio chooses after how many minutes the window locks itself.
func (d *Desk) newIdleRadio() *widgets.Radio {
	var options []string
	for _, n := range idleChoices() {
		options = append(options, idleText(n))
	}
	var r *widgets.Radio
	r = widgets.NewRadio(options, func(option string) {
		for _, n := range idleChoices() {
			if idleText(n) == option {
				d.setIdle(n, r)
			}
		}
	})
	return r
}

func (d *Desk) setIdle(minutes int, r *widgets.Radio) {
	d.work("正在保存", func(ctx context.Context, _ func(int, int)) error {
		return d.db.SaveSetting(ctx, settingIdle, strconv.Itoa(minutes))
	}, func(err error) {
		if err != nil {
			r.SetValue(idleText(d.idleMinutes()))
			d.trouble(err)
			return
		}
		d.rhythm.idle = time.Duration(minutes) * time.Minute
	})
}
