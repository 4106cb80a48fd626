package app

import (
	"context"
	"errors"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/assets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// Desk is one open window on one station.
type Desk struct {
	cfg   Config
	db    *store.DB // nil until there is a station
	owned bool      // the window opened db and closes it
	win   fyne.Window
	root  *widgets.Root
	clock func() time.Time

	// ctx ends with the window.
	ctx  context.Context
	stop context.CancelFunc

	stage   *fyne.Container // holds the page or the frame that is shown
	page    page            // the open page, nil while the frame is shown
	frame   *frame
	screens map[string]screen
	door    string
	busy    map[string]bool // titles of the works that run
	passing []string        // files that go when the window closes

	drafts   *drafts // of the session
	rhythm   rhythm
	backups  backups
	begun    time.Time
	exchange *exchanger // of the session, nil while nobody is logged in

	// spawn starts work off the window's goroutine and patience is how long it
	// may take before it shows its progress; a test works in a row.
	spawn    func(func())
	patience time.Duration
}

// New makes the window on a station's folder. A folder without a station opens
// the page that founds one; a file that cannot be opened opens a page that says
// why. The window is not shown yet.
func New(cfg Config) (*Desk, error) {
	d, err := newDesk(cfg, func(f func()) { go f() }, 300*time.Millisecond)
	if err == nil {
		d.beginBeat()
	}
	return d, err
}

func newDesk(cfg Config, spawn func(func()), patience time.Duration) (*Desk, error) {
	if cfg.App == nil || cfg.Options.Clock == nil || cfg.Options.Rand == nil {
		return nil, record.Fail(record.CodeInternal)
	}
	d := &Desk{
		cfg: cfg, db: cfg.DB, clock: cfg.Options.Clock, spawn: spawn, patience: patience,
		screens: map[string]screen{}, busy: map[string]bool{}, stage: container.NewStack(),
	}
	d.ctx, d.stop = context.WithCancel(context.Background())
	d.drafts, d.begun = newDrafts(d), d.clock()
	d.dressFromSettings()
	d.win = cfg.App.NewWindow("戎愿")
	d.win.SetIcon(fyne.NewStaticResource("rongyuan.png", assets.Icon()))
	d.win.SetPadded(false)
	d.root = widgets.NewRoot(d.win.Canvas(), container.New(&leastSize{1040, 580}, d.stage))
	d.root.OnCaret = d.caret
	d.win.Resize(fyne.NewSize(1280, 720))
	d.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { d.dropped(uris) })
	d.win.SetCloseIntercept(d.leave)
	d.bindKeys()
	d.watch()
	d.openStation()
	return d, nil
}

// Window is the Fyne window.
func (d *Desk) Window() fyne.Window { return d.win }

// Show brings the window onto the screen.
func (d *Desk) Show() { d.win.Show() }

// Close ends what is running and closes the file when the window opened it.
func (d *Desk) Close() error {
	d.stop()
	for _, path := range d.passing {
		_ = os.Remove(path) // open in another program at worst; the folder is a passing one
	}
	if d.owned && d.db != nil {
		return d.db.Close()
	}
	return nil
}

// openStation opens the file and shows the page that fits.
func (d *Desk) openStation() {
	if d.db != nil {
		d.showLogin()
		return
	}
	db, err := store.Open(d.ctx, d.cfg.Options)
	switch {
	case err == nil:
		d.db, d.owned = db, true
		d.dressFromSettings()
		d.showLogin()
	case errors.Is(err, record.Fail(record.CodeNoStation)):
		d.showFounding()
	default:
		d.showClosed(err)
	}
}

// leave closes the window, but not over something half-typed.
func (d *Desk) leave() {
	d.askUnsaved("关闭程序", d.closeWindow)
}

// askUnsaved does something that ends the session, after asking when a form is
// open: it waits as a draft, or would be lost.
func (d *Desk) askUnsaved(what string, then func()) {
	kept := d.unsaved()
	if kept == "" || d.unkept() != "" {
		d.askLost(what, d.unkept(), then)
		return
	}
	widgets.ShowConfirm(d.win.Canvas(), widgets.Question{
		Title: what, Text: kept + "还没有保存。填好的内容会留作草稿，下次在“今日”里接着填。",
		Yes: what, No: "回去继续填",
	}, func(yes bool) {
		if yes {
			then()
		}
	})
}

// askLost does something after asking when anything would be lost by it.
func (d *Desk) askLost(what, lost string, then func()) {
	if lost == "" {
		then()
		return
	}
	widgets.ShowConfirm(d.win.Canvas(), widgets.Question{
		Title: what, Text: lost + "还没有保存。" + what + "就会丢掉已经填写的内容。",
		Yes: what, No: "回去继续填", Danger: true,
	}, func(yes bool) {
		if yes {
			then()
		}
	})
}

func (d *Desk) unsaved() string { return d.halfTyped(false) }

// unkept is what stands half-typed where no draft is kept.
func (d *Desk) unkept() string { return d.halfTyped(true) }

func (d *Desk) halfTyped(withoutDraft bool) string {
	for _, door := range doorOrder() {
		if withoutDraft && d.drafts.keeps(door) {
			continue
		}
		if s, ok := d.screens[door].(unsaver); ok {
			if lost := s.Unsaved(); lost != "" {
				return lost
			}
		}
	}
	return ""
}

// today is the day in China by this PC's clock.
func (d *Desk) today() record.Day { return record.DayOf(d.now()) }

// setStage shows one object in the whole window.
func (d *Desk) setStage(o fyne.CanvasObject) {
	d.win.Canvas().Unfocus()
	d.stage.Objects = []fyne.CanvasObject{o}
	d.stage.Refresh()
}

// caret is told where the caret stands: the input method's window and a form
// that scrolls both follow it.
func (d *Desk) caret(pos fyne.Position) {
	if d.cfg.Caret != nil {
		d.cfg.Caret(pos)
	}
	d.drafts.caret()
	if f, ok := d.screens[d.door].(caretFollower); ok && d.frame != nil {
		f.follow(pos)
	}
}

// leastSize keeps the window from becoming too small to work in.
type leastSize struct{ width, height float32 }

func (l *leastSize) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(l.width, l.height) }

func (l *leastSize) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(s)
	}
}
