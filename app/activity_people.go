package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// attendee is somebody on the list of an activity: ticked or not, with minutes
// of their own or the length of the activity.
type attendee struct {
	id      record.VolunteerID
	name    string
	role    string // in the team, "" for somebody who was added by hand
	in      bool
	minutes int // 0 follows the length
	// entry is what was recorded before; it is corrected and never edited.
	entry record.EntryID
}

// attendees are the people of an activity, entered by exception: the team stands
// there ticked, and the clerk unticks who was absent.
type attendees struct {
	f    *activityForm
	d    *Desk
	rows []attendee
	// elsewhere is what people have on the same day in other activities.
	elsewhere map[record.VolunteerID][]busyTime
	day       record.Day
	// typed is the activity as it stands in the fields, for what is painted.
	typed record.Activity
	// known is what the field knows of people; sheet the printed sheet whose
	// order the list has; scanning is on once a code was read.
	known    *lore
	sheet    record.Sheet
	scanning bool

	picker  *widgets.Picker
	field   *widgets.Field
	grid    *widgets.Grid
	count   *words
	foot    *words
	head    *fyne.Container
	content fyne.CanvasObject
}

// busyTime is a person's time in another activity of the day.
type busyTime struct {
	title      string
	start, end record.Moment
	minutes    int
}

func newAttendees(f *activityForm) *attendees {
	p := &attendees{f: f, d: f.d, known: &lore{}, count: text("", widgets.Muted), foot: caption("")}
	p.picker = widgets.NewPicker(p.find)
	p.picker.SetPlaceHolder("加人：首字母；未到：写序号；或表号、扫码（Ctrl+2）")
	p.picker.Unsure = p.unsure
	p.picker.OnShortcut = p.pasteKey
	p.picker.StayOnPick = true
	p.picker.OnPick = p.picked
	p.picker.OnKey = p.toGrid
	p.field = widgets.NewField("", p.picker)
	p.grid = widgets.NewGrid(p.columns())
	p.grid.Marking = true
	p.grid.Key = func(row int) string { return string(p.rows[row].id) }
	p.grid.OnMark = p.marked
	p.grid.OnOpen = p.opened
	p.grid.OnType = p.rune
	p.grid.Empty = widgets.Empty{Title: "还没有参加人员", Text: "选好服务队，队员会列在这里，全部打勾。"}
	p.head = bar(subheading("参加人员"), spring(), p.count)
	p.content = edged(whole(insets(16, 8, 16, 0, stack(6, p.head, p.field))), padded(6, 16, p.foot), nil, insets(16, 0, 16, 0, whole(p.grid)))
	return p
}

func (p *attendees) columns() []widgets.Column {
	return []widgets.Column{
		{ID: "row", Title: "序", Width: 38, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(row + 1) }, Tone: func(int) widgets.Tone { return widgets.Muted }},
		{ID: "name", Title: "姓名", Width: 88, Value: func(row int) string { return p.rows[row].name }, Tone: p.nameTone},
		{ID: "minutes", Title: "分钟", Width: 54, Align: widgets.Right, Value: func(row int) string {
			if !p.rows[row].in {
				return ""
			}
			return blank(p.minutesOf(p.rows[row]))
		}},
		{ID: "note", Title: "说明", Width: 126, Value: func(row int) string {
			text, _ := p.note(p.rows[row])
			return text
		}, Tone: func(row int) widgets.Tone {
			_, tone := p.note(p.rows[row])
			return tone
		}},
	}
}

func (p *attendees) nameTone(row int) widgets.Tone {
	if p.rows[row].in {
		return widgets.Normal
	}
	return widgets.Muted
}

// minutesOf is the time that a row stands for.
func (p *attendees) minutesOf(x attendee) int {
	if x.minutes > 0 {
		return x.minutes
	}
	return p.typed.Length()
}

// note is what a clerk should know of somebody: what is wrong first.
func (p *attendees) note(x attendee) (string, widgets.Tone) {
	if !x.in {
		return "未到", widgets.Muted
	}
	a, total := p.typed, p.minutesOf(x)
	for _, b := range p.elsewhere[x.id] {
		total += b.minutes
		if a.Start.Valid() && a.End.Valid() && b.start < a.End && a.Start < b.end {
			return "同时在：" + b.title, widgets.Warn
		}
	}
	person, _ := p.d.db.Person(x.id)
	switch {
	case total > record.DayMost:
		return "当日共 " + hoursWords(total), widgets.Bad
	case total > record.DayLimit:
		return "当日共 " + hoursWords(total), widgets.Warn
	case a.Start.Valid() && person.Joined > a.Start.Day():
		return string(person.Joined) + " 才加入", widgets.Warn
	case x.entry != "":
		return "已登记", widgets.Muted
	case x.role != "" && x.role != roleMember:
		return record.TeamRoles().NameOf(x.role), widgets.Muted
	}
	return "", widgets.Muted
}

// fill puts the members of a team on the list, all of them ticked; who was
// unticked or added by hand stays so. Another team takes the place of the one
// before.
func (p *attendees) fill(team record.TeamID) {
	day := record.Day(p.f.c.day.Value())
	members := p.members(team, day)
	before := map[record.VolunteerID]attendee{}
	var kept []attendee
	for _, x := range p.rows {
		before[x.id] = x
		if x.role == "" || x.entry != "" {
			kept = append(kept, x)
		}
	}
	for _, m := range members {
		if slices.ContainsFunc(kept, func(x attendee) bool { return x.id == m.Volunteer }) {
			continue
		}
		x := p.person(m.Volunteer)
		if had, has := before[m.Volunteer]; has {
			x = had
		}
		x.role = m.Role
		if _, had := before[m.Volunteer]; !had && p.sheet.Number != "" && p.paperRow(m.Volunteer) == len(p.sheet.Rows) {
			x.in = false // joined after the sheet was printed
		}
		kept = append(kept, x)
	}
	p.rows = kept
	p.sort()
	p.readDay(day)
	p.learn(team)
	p.show()
}

// members are those of a team on a day, each once.
func (p *attendees) members(team record.TeamID, day record.Day) []record.Membership {
	if team == "" || p.f.before.Held() && p.f.before.Version > 0 {
		return nil
	}
	all, err := p.d.db.Members(p.d.ctx, team)
	if err != nil {
		p.d.trouble(err)
		return nil
	}
	if day == "" {
		day = p.d.today()
	}
	seen := map[record.VolunteerID]bool{}
	return slices.DeleteFunc(all, func(m record.Membership) bool {
		person, has := p.d.db.Person(m.Volunteer)
		gone := !has || !person.Serving || !m.On(day) || seen[m.Volunteer]
		seen[m.Volunteer] = seen[m.Volunteer] || !gone
		return gone
	})
}

func (p *attendees) person(id record.VolunteerID) attendee {
	x, _ := p.d.db.Person(id)
	return attendee{id: id, name: x.Name, in: true}
}

// sort puts the rows of a printed sheet in their order, else captains first, then
// the others by the order of the directory, as sheets are printed.
func (p *attendees) sort() {
	slices.SortStableFunc(p.rows, func(a, b attendee) int {
		return cmp.Or(cmp.Compare(p.paperRow(a.id), p.paperRow(b.id)), cmp.Compare(rank(a.role), rank(b.role)),
			cmp.Compare(p.d.db.Rank(a.id), p.d.db.Rank(b.id)))
	})
}

func rank(role string) int {
	for i, t := range record.TeamRoles().Terms {
		if t.Code == role {
			return i
		}
	}
	return len(record.TeamRoles().Terms)
}

// readDay learns, off the painting goroutine, what else people did on the day.
func (p *attendees) readDay(day record.Day) {
	if day == p.day {
		return
	}
	p.day, p.elsewhere = day, nil
	own := p.f.before.ID
	p.d.spawn(func() {
		busy, err := p.d.busyOn(p.d.ctx, day, own)
		fyne.Do(func() {
			if err == nil && p.day == day {
				p.elsewhere = busy
				p.show()
			}
		})
	})
}

// busyOn is everybody's time on a day in activities other than one.
func (d *Desk) busyOn(ctx context.Context, day record.Day, but record.ActivityID) (map[record.VolunteerID][]busyTime, error) {
	out := map[record.VolunteerID][]busyTime{}
	if !day.Valid() {
		return out, nil
	}
	all, err := d.db.Activities(ctx, store.ActivityFilter{Period: record.Period{From: day, To: day}})
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if a.ID == but || !a.Held() {
			continue
		}
		present, err := d.db.Participations(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		for _, one := range present {
			out[one.Volunteer] = append(out[one.Volunteer], busyTime{a.Title, a.Start, a.End, one.Recorded()})
		}
	}
	return out, nil
}

// setRecorded puts those on the list who have time in the activity.
func (p *attendees) setRecorded(present []store.Participation) {
	p.rows = slices.DeleteFunc(p.rows, func(x attendee) bool { return x.entry != "" })
	for _, one := range present {
		x := p.person(one.Volunteer)
		x.entry, x.minutes = one.Entry, one.Recorded()
		p.rows = append(p.rows, x)
	}
	p.sort()
	p.readDay(record.Day(p.f.c.day.Value()))
	p.show()
}

// show paints list, marks and count anew.
func (p *attendees) show() {
	var marked []string
	for _, x := range p.rows {
		if x.in {
			marked = append(marked, string(x.id))
		}
	}
	p.grid.SetRows(len(p.rows))
	p.grid.SetMarked(marked)
	p.refresh()
}

// refresh follows a change of the times or the kind.
func (p *attendees) refresh() {
	p.typed = p.f.read()
	people, absent, minutes := 0, 0, 0
	for _, x := range p.rows {
		if !x.in {
			absent++
			continue
		}
		people++
		minutes += p.minutesOf(x)
	}
	text := ""
	if people > 0 {
		text = fmt.Sprintf("参加 %d 人", people)
	}
	if absent > 0 {
		text += fmt.Sprintf(" · 未到 %d 人", absent)
	}
	if minutes > 0 {
		text += " · " + hoursWords(minutes)
	}
	p.count.SetText(text)
	p.head.Refresh()
	p.foot.SetText(p.footText())
	p.grid.Reload()
}

func (p *attendees) footText() string {
	a := p.typed
	switch {
	case a.State == record.ActivityPlanned:
		return "计划的活动先不登记时长，举行以后再打开登记。"
	case !timed(a.Kind):
		return "这类活动不登记时长，名单不保存。"
	case p.f.before.Held() && a.Version > 0:
		return "Enter 更正已登记的时长；新加的人按 Ctrl+S 保存。"
	}
	return "写序号 改未到，如 3 7 12 · 空格 到／未到 · Enter 分钟 · Ctrl+V 接龙"
}

// entries are those that are to be written: ticked and not recorded before.
func (p *attendees) entries(a record.Activity) []record.Entry {
	if !a.Held() || !timed(a.Kind) {
		return nil
	}
	var out []record.Entry
	for _, x := range p.rows {
		if x.in && x.entry == "" {
			out = append(out, record.Entry{Volunteer: x.id, Minutes: x.minutes})
		}
	}
	return out
}
