package app

import (
	"fmt"
	"reflect"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rongyuan/app/look"
	"rongyuan/app/widgets"
	"rongyuan/assets"
	"rongyuan/store/record"
)

// frame is the window of somebody who is logged in: doors to the left, the
// search box above, the status bar below, one screen in the middle.
type frame struct {
	d       *Desk
	doors   *widgets.Doors
	search  *searchBox
	notice  *widgets.Notice
	status  *widgets.StatusBar
	middle  *fyne.Container
	body    *fyne.Container
	content fyne.CanvasObject
}

// doorOrder are all doors from top to bottom.
func doorOrder() []string {
	return []string{
		doorToday, doorPeople, doorActivities, doorVisits, doorEmergency, doorReports, doorExchange, doorSettings,
	}
}

func doorText(id string) string {
	return map[string]string{
		doorToday: "今日", doorPeople: "人员", doorActivities: "活动", doorVisits: "走访", doorEmergency: "应急",
		doorReports: "报表", doorExchange: "交换", doorSettings: "设置",
	}[id]
}

// doorIcon is the icon of a door by the names of package assets.
func doorIcon(id string) fyne.Resource {
	name := map[string]string{
		doorActivities: "activity", doorVisits: "visit", doorReports: "report",
	}[id]
	if name == "" {
		name = id
	}
	return fyne.NewStaticResource("door_"+name+".svg", assets.DoorIcon(name))
}

func newFrame(d *Desk) *frame {
	f := &frame{d: d, notice: widgets.NewNotice(), status: widgets.NewStatusBar(), middle: container.NewStack()}
	keys := map[string]string{}
	for _, k := range doorKeys() {
		keys[k[1]] = k[0]
	}
	var top []widgets.Door
	for _, id := range doorOrder()[:len(doorOrder())-1] {
		top = append(top, widgets.Door{ID: id, Text: doorText(id), Key: keys[id], Icon: doorIcon(id)})
	}
	bottom := []widgets.Door{{ID: doorSettings, Text: doorText(doorSettings), Key: keys[doorSettings], Icon: doorIcon(doorSettings)}}
	f.doors = widgets.NewDoors(top, bottom)
	f.doors.OnOpen = func(id string) { d.open(id, place{}) }
	f.search = newSearchBox(d)
	keysButton, lockButton := widgets.NewButton("按键（F12）", d.showKeys), widgets.NewButton("锁定（Ctrl+L）", d.lock)
	keysButton.Importance, lockButton.Importance = widget.LowImportance, widget.LowImportance
	head := onGround(look.Panel, container.New(&headLayout{}, f.search.picker, bar(keysButton, lockButton)))
	f.body = edged(stack(0, head, f.notice), nil, nil, f.middle)
	f.content = edged(d.banner(), f.status, f.doors, f.body)
	return f
}

// banner marks a practice station so that nobody takes it for the real one.
func (d *Desk) banner() fyne.CanvasObject {
	if d.cfg.Practice == nil {
		return nil
	}
	return onGround(look.WarnSoft, padded(3, 12, centred(text(d.cfg.Practice.Banner, widgets.Warn))))
}

// showFrame begins a session after the login.
func (d *Desk) showFrame() {
	begins := d.page != nil
	d.page = nil
	for _, f := range d.drafts.live {
		d.drafts.release(f)
	}
	d.screens = map[string]screen{}
	d.frame = newFrame(d)
	d.setStage(d.frame.content)
	d.frame.refreshStatus()
	d.startExchange()
	if d.may(record.RightRead) {
		d.open(doorToday, place{})
	} else {
		d.openSettings(sectionAudit) // the auditor reads the log and nothing else
	}
	d.beginSession()
	if begins {
		d.drafts.load(d.refreshToday)
	}
}

// refreshToday follows what else there is to do.
func (d *Desk) refreshToday() {
	if s, ok := d.screens[doorToday].(*todayScreen); ok && d.door == doorToday {
		s.Refresh()
	}
}

// open opens a door at a place.
func (d *Desk) open(door string, at place) {
	if d.frame == nil {
		return
	}
	s, known := d.screens[door]
	if !known {
		s = d.newScreen(door)
		d.screens[door] = s
	}
	if d.door != door {
		d.frame.dismiss()
	}
	d.door = door
	d.win.Canvas().Unfocus()
	d.frame.doors.Select(door)
	d.frame.middle.Objects = []fyne.CanvasObject{s.Content()}
	d.frame.middle.Refresh()
	s.Open()
	if g, ok := s.(goer); ok && !at.zero() {
		g.Go(at)
	}
}

func (d *Desk) newScreen(door string) screen {
	switch door {
	case doorPeople:
		return newPeopleScreen(d)
	case doorActivities:
		return newActivityScreen(d)
	case doorVisits:
		return newVisitScreen(d)
	case doorEmergency:
		return newEmergencyScreen(d)
	case doorReports:
		return newReportScreen(d)
	case doorExchange:
		return newExchangeScreen(d)
	case doorSettings:
		return newSettingsScreen(d)
	default:
		return newTodayScreen(d)
	}
}

// lock wipes the keys and goes back to the login. Half-typed forms wait as
// drafts for whoever typed them.
func (d *Desk) lock() {
	d.askLost("锁定", d.unkept(), d.lockNow)
}

func (d *Desk) lockNow() {
	if d.frame == nil {
		return
	}
	d.drafts.flush(func() {
		if d.frame == nil {
			return // two locks at once
		}
		d.stopExchange()
		d.db.Lock()
		for o := d.win.Canvas().Overlays().Top(); o != nil; o = d.win.Canvas().Overlays().Top() {
			d.win.Canvas().Overlays().Remove(o)
		}
		d.drafts = newDrafts(d)
		d.frame, d.screens = nil, map[string]screen{}
		d.showLogin()
	})
}

// refreshStatus reads the status bar anew.
func (f *frame) refreshStatus() {
	var station record.Station
	var state record.ExchangeState
	var backup time.Time
	read := func() (err error) {
		if station, err = f.d.db.Station(f.d.ctx); err != nil {
			return err
		}
		if state, err = f.d.db.Exchange(f.d.ctx); err != nil {
			return err
		}
		backup, _, err = f.d.db.BackupTimes(f.d.ctx)
		return err
	}
	f.d.spawn(func() {
		err := read()
		fyne.Do(func() {
			if err == nil && f.d.frame == f {
				f.showStatus(station, state, backup)
			}
		})
	})
}

func (f *frame) showStatus(station record.Station, state record.ExchangeState, backup time.Time) {
	account, role := f.d.db.Account()
	text, tone := exchangeText(state, f.d.now())
	segments := []widgets.Segment{
		{Text: station.Name, OnTap: func() { f.d.open(doorSettings, place{}) }},
		{Text: account + " · " + record.Roles().NameOf(string(role))},
		{Text: text, Tone: tone, OnTap: func() { f.d.open(doorExchange, place{}) }},
	}
	if !backup.IsZero() || f.d.backups.failed != nil {
		segments = append(segments, f.d.backupSegment(backup))
	}
	if f.d.cfg.Version != "" {
		segments = append(segments, widgets.Segment{Text: "戎愿 " + f.d.cfg.Version, Tone: widgets.Muted, Right: true})
	}
	f.status.Set(segments)
	f.doors.SetBadge(doorExchange, badge(state), tone)
}

// say shows a notice over the screen, which makes room for it.
func (f *frame) say(tone widgets.Tone, text, action string, do func()) {
	if action == "" {
		f.notice.Say(tone, text)
	} else {
		f.notice.SayAction(tone, text, action, do)
	}
	f.body.Refresh()
}

// dismiss takes the notice away and says whether there was one.
func (f *frame) dismiss() bool {
	was := f.notice.Dismiss()
	if was {
		f.body.Refresh()
	}
	return was
}

// badge is the number of operations that wait while the station is enrolled.
func badge(state record.ExchangeState) string {
	if !state.Enrolled || state.Pending == 0 {
		return ""
	}
	if state.Pending > 999 {
		return "999+"
	}
	return fmt.Sprint(state.Pending)
}

// exchangeText is the state of the exchange in half a line.
func exchangeText(state record.ExchangeState, now time.Time) (string, widgets.Tone) {
	switch {
	case !state.Enrolled:
		return "未接入区级", widgets.Muted
	case state.Pending == 0:
		return "已同步", widgets.Good
	}
	text := fmt.Sprintf("待上报 %d 条", state.Pending)
	days := int(now.Sub(time.UnixMilli(state.OldestPendingMS)).Hours() / 24)
	if state.OldestPendingMS == 0 || days < 1 {
		return text, widgets.Normal
	}
	tone := widgets.Warn
	if days > 7 {
		tone = widgets.Bad
	}
	return fmt.Sprintf("%s · 最早 %d 天", text, days), tone
}

func (p place) zero() bool { return reflect.ValueOf(p).IsZero() }
