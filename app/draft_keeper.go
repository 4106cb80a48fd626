package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
)

// drafts keeps the half-typed forms of a session on the disk: at every step from
// field to field and every other second while somebody types. A key never waits
// for it. Its fields belong to the painting goroutine, but for the queue.
type drafts struct {
	d *Desk
	// kept are the drafts as they were queued last, by the name of their form;
	// read once at the login.
	kept map[string]string
	live map[string]*form
	at   fyne.Focusable // the control that had the focus when it was last kept
	// parked is the form that F8 brings back.
	parked string

	mu      sync.Mutex // guards queue
	queue   map[string]string
	order   []string
	writing sync.Mutex // one writer, in order
}

// The beginnings of the names of drafts; behind them stands new or the id of a
// record, by which a purge finds what was typed about somebody.
const (
	draftPeople   = "people."
	draftActivity = "activity."
	draftTeam     = "team."
	draftBrand    = "brand."
)

func newDrafts(d *Desk) *drafts {
	return &drafts{d: d, kept: map[string]string{}, live: map[string]*form{}, queue: map[string]string{}}
}

// load reads what the last session left, off the painting goroutine.
func (k *drafts) load(then func()) {
	found := map[string]string{}
	k.d.spawn(func() {
		err := k.readAll(k.d.ctx, found)
		fyne.Do(func() {
			if err != nil {
				k.d.trouble(err)
				return
			}
			maps.Copy(k.kept, found)
			then()
		})
	})
}

func (k *drafts) readAll(ctx context.Context, into map[string]string) error {
	list, err := k.d.db.Drafts(ctx)
	if err != nil {
		return err
	}
	for _, one := range list {
		text, err := k.d.db.Draft(ctx, one.Form)
		if err != nil {
			return err
		}
		into[one.Form] = text
	}
	return nil
}

// open begins to keep a form. It gives the draft that waits for it, if any.
func (k *drafts) open(name string, f *form) (draft, bool) {
	f.draftName = name
	k.live[name] = f
	k.at = nil
	return readDraft(k.kept[name])
}

// fresh is the name of a new form that takes no draft: the first free one.
func (k *drafts) fresh(kind string) string {
	name := kind + "new"
	for n := 2; k.kept[name] != "" || k.live[name] != nil; n++ {
		name = fmt.Sprintf("%snew%d", kind, n)
	}
	return name
}

// waiting is the name of a new form of a kind that was left half-typed, or a
// fresh one.
func (k *drafts) waiting(kind string) string {
	for _, name := range slices.Sorted(maps.Keys(k.kept)) {
		if strings.HasPrefix(name, kind+"new") && k.kept[name] != "" && k.live[name] == nil {
			return name
		}
	}
	return k.fresh(kind)
}

// filling reports whether a form stands in the open door.
func (k *drafts) filling() bool { return k.current() != nil }

// current is the form in the open door, nil for none.
func (k *drafts) current() *form {
	for _, f := range k.live {
		if f.door == k.d.door {
			return f
		}
	}
	return nil
}

// caret is told of every step of the cursor: a field was left when it stands in
// another one.
func (k *drafts) caret() {
	if at := k.d.win.Canvas().Focused(); at != k.at {
		k.at = at
		k.keep()
	}
}

// keep queues what has changed since the last time.
func (k *drafts) keep() {
	for name, f := range k.live {
		k.put(name, f.draft().text())
	}
}

// put queues one form; "" takes its draft away.
func (k *drafts) put(name, text string) {
	if k.kept[name] == text {
		return
	}
	k.kept[name] = text
	if text == "" {
		delete(k.kept, name)
	}
	k.mu.Lock()
	if _, has := k.queue[name]; !has {
		k.order = append(k.order, name)
	}
	k.queue[name] = text
	k.mu.Unlock()
	k.d.spawn(func() { k.write(nil) })
}

// write empties the queue. A draft that cannot be kept must not keep anybody
// from typing; the window says it once.
func (k *drafts) write(failed func(error)) {
	k.writing.Lock()
	defer k.writing.Unlock()
	for {
		k.mu.Lock()
		if len(k.order) == 0 {
			k.mu.Unlock()
			return
		}
		name := k.order[0]
		text := k.queue[name]
		k.order = k.order[1:]
		delete(k.queue, name)
		k.mu.Unlock()
		if err := k.d.db.SaveDraft(context.WithoutCancel(k.d.ctx), name, text); err != nil && failed != nil {
			failed(err)
		} else if err != nil {
			fyne.Do(func() { k.d.notice(widgets.Warn, "正在填写的内容暂时没有存成草稿，请尽快保存。") })
		}
	}
}

// flush keeps everything and does something when it is on the disk.
func (k *drafts) flush(then func()) {
	k.keep()
	k.d.spawn(func() {
		k.write(nil)
		fyne.Do(then)
	})
}

// release stops keeping a form that was closed; its draft stays for later.
func (k *drafts) release(f *form) {
	if f.draftName != "" && k.live[f.draftName] == f {
		k.put(f.draftName, f.draft().text())
		delete(k.live, f.draftName)
	}
}

// forget ends a form that was saved or given up: nothing of it waits.
func (k *drafts) forget(f *form) {
	if f.draftName != "" && k.live[f.draftName] == f {
		delete(k.live, f.draftName)
		k.put(f.draftName, "")
	}
}

// pick lays the draft that waits over a form that has just been opened, puts the
// cursor where it stood and offers to begin anew.
func (k *drafts) pick(f *form, d draft, again func()) {
	f.restore(d)
	if field, has := f.fields[d.At]; has {
		field.Focus()
	}
	said := "接着上次没填完的内容：" + d.Title + "。"
	if d.Version != f.version {
		said += "这条资料后来改过，请核对。"
	}
	k.d.noticeAction(widgets.Normal, said, "重新填", func() {
		k.forget(f)
		again()
	})
}

// lines are what waits, for 今日.
func (k *drafts) lines() []dueLine {
	var out []dueLine
	for _, name := range slices.Sorted(maps.Keys(k.kept)) {
		one, ok := readDraft(k.kept[name])
		if !ok {
			continue
		}
		out = append(out, dueLine{
			what: "未完成：" + one.Title, detail: "填了一半，还没有保存。按 Enter 接着填", tone: widgets.Accent,
			open: func() { k.d.openDraft(name) },
		})
	}
	return out
}

// openDraft opens the form of a draft in its door.
func (d *Desk) openDraft(name string) {
	kind, id, _ := strings.Cut(name, ".")
	isNew := strings.HasPrefix(id, "new")
	if kind+"." == draftActivity {
		d.open(doorActivities, place{})
		if s, ok := d.screens[doorActivities].(*activityScreen); ok {
			s.openDraft(name, isNew, record.ActivityID(id))
		}
		return
	}
	d.open(doorPeople, place{})
	s, ok := d.screens[doorPeople].(*peopleScreen)
	if !ok {
		return
	}
	if kind+"." == draftTeam {
		s.show(1)
		s.teams.openDraft(name, isNew, record.TeamID(id))
		return
	}
	if kind+"." == draftBrand {
		s.show(2)
		s.brands.openDraft(name, isNew, record.BrandID(id))
		return
	}
	s.show(0)
	s.people.openDraft(name, isNew, record.VolunteerID(id))
}

// shelve parks the form in the open door and brings it back: F8, when the
// telephone rings.
func (d *Desk) shelve() {
	if f := d.drafts.current(); f != nil {
		if f.draft() == nil {
			return
		}
		d.drafts.keep()
		d.drafts.parked = f.draftName
		f.park()
		d.notice(widgets.Normal, "已搁下。按 F8 接着填。")
		return
	}
	if name := d.drafts.parked; name != "" && d.drafts.kept[name] != "" {
		d.openDraft(name)
		return
	}
	d.notice(widgets.Normal, "没有搁下的表。")
}

// keeps reports whether the form of a door is kept.
func (k *drafts) keeps(door string) bool {
	for _, f := range k.live {
		if f.door == door {
			return true
		}
	}
	return false
}
