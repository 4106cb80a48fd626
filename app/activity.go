package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// activityView is a choice of the list of activities; its text stands on the
// screen.
type activityView string

// The views: all of them, those that are over and not recorded yet, and those
// that were recorded after the deadline or are past it.
const (
	viewEvery   activityView = "全部"
	viewOverdue activityView = "待登记"
	viewLate    activityView = "超期"
)

// activityRow is a line of the list: an activity with what is counted from its
// entries.
type activityRow struct {
	a       record.Activity
	team    string
	people  int
	minutes int
}

// activityScreen is the door 活动: the list with the card of the selected one,
// or the form of one in the same place.
type activityScreen struct {
	d *Desk

	all      []activityRow // by the filters of the store
	rows     []activityRow // by all filters
	calendar record.Calendar
	teams    []record.Team
	brands   []record.Brand
	loads    int               // the number of the last load; an older one is dropped
	wanted   record.ActivityID // to be selected once it is loaded

	view        *widgets.Radio
	month, line *widgets.ChoiceEntry
	team        *widgets.ChoiceEntry
	text        *widgets.Entry
	count       *words
	head        *fyne.Container
	sort        string
	desc        bool

	files   *dialog.FileDialog // open, or nil
	grid    *widgets.Grid
	card    *activityCard
	list    fyne.CanvasObject
	form    *activityForm // nil while the list is shown
	content *fyne.Container
}

func newActivityScreen(d *Desk) screen {
	s := &activityScreen{d: d, count: text("", widgets.Muted), content: container.NewStack()}
	s.card = newActivityCard(s)
	s.grid = widgets.NewGrid(s.columns())
	s.grid.Key = func(row int) string { return string(s.rows[row].a.ID) }
	s.grid.OnSelect = func(int) { s.card.show(s.current()) }
	s.grid.OnOpen = func(row int) { s.edit(s.rows[row].a.ID) }
	s.grid.OnSort = func(id string, desc bool) { s.sort, s.desc = id, desc; s.filter() }
	s.grid.OnType = s.typed
	buttons := bar(
		widgets.NewButton("复制一场（Ctrl+D）", s.copy),
		widgets.NewPrimaryButton("登记活动（Ctrl+N）", s.add))
	if !d.may(record.RightWrite) {
		buttons = bar()
	}
	s.head = bar(subheading("活动"), s.count, spring(), buttons)
	s.list = edged(stack(0, padded(6, 16, s.head), line(), padded(7, 16, s.newFilters()), line()), nil, nil, split(s.grid, s.card.card))
	s.content.Add(s.list)
	return s
}

func (s *activityScreen) newFilters() fyne.CanvasObject {
	s.view = widgets.NewRadio([]string{string(viewEvery), string(viewOverdue), string(viewLate)}, func(string) { s.filter() })
	s.view.SetValue(string(viewEvery))
	choice := func(placeholder string, options []widgets.Choice) *widgets.ChoiceEntry {
		e := widgets.NewChoiceEntry(options, matchChoice)
		e.SetPlaceHolder(placeholder)
		e.OnPick = func(widgets.Choice) { s.filter() }
		return e
	}
	s.month, s.line, s.team = choice("全部月份", nil), choice("全部任务线", tableChoices(record.Lines())), choice("全部队伍", nil)
	s.text = widgets.NewEntry("查找、表号（Ctrl+F）")
	s.text.OnChanged = func(string) { s.filter() }
	s.text.OnEnter = func() {
		if !s.openSheet(s.text.Value()) {
			s.focusList()
		}
	}
	s.text.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyDown {
			s.focusList()
			return true
		}
		return false
	}
	wide := func(w float32, o fyne.CanvasObject) fyne.CanvasObject { return container.New(&fixed{width: w}, o) }
	choices := bar(s.view, wide(140, s.month), wide(160, s.line), wide(200, s.team))
	return edged(nil, nil, choices, insets(8, 0, 0, 0, container.New(&atMost{260}, s.text)))
}

// Content is the list or the form.
func (s *activityScreen) Content() fyne.CanvasObject { return s.content }

// Open loads the list and puts the focus onto it.
func (s *activityScreen) Open() {
	if s.form != nil {
		s.form.start()
		return
	}
	s.Refresh()
	s.focusList()
}

// loaded is what a load brings.
type loaded struct {
	rows     []activityRow
	calendar record.Calendar
	teams    []record.Team
	brands   []record.Brand
}

// Refresh reads the activities off the painting goroutine, then the figures of
// each, which take a query apiece.
func (s *activityScreen) Refresh() {
	s.loads++
	load := s.loads
	s.d.spawn(func() {
		got, err := s.d.readActivities(s.d.ctx)
		fyne.Do(func() {
			if load == s.loads {
				s.loaded(got, err)
			}
		})
		if err != nil {
			return
		}
		counted, err := s.d.countActivities(s.d.ctx, got.rows)
		fyne.Do(func() {
			if load == s.loads && err == nil {
				s.all = counted
				s.filter()
			}
		})
	})
}

func (d *Desk) readActivities(ctx context.Context) (got loaded, err error) {
	if got.teams, err = d.db.Teams(ctx); err != nil {
		return got, err
	}
	if got.brands, err = d.db.Brands(ctx); err != nil {
		return got, err
	}
	if got.calendar, err = d.db.Calendar(ctx); err != nil {
		return got, err
	}
	all, err := d.db.Activities(ctx, store.ActivityFilter{})
	names := map[record.TeamID]string{}
	for _, t := range got.teams {
		names[t.ID] = t.Name
	}
	for _, a := range all {
		got.rows = append(got.rows, activityRow{a: a, team: names[a.Team]})
	}
	return got, err
}

// countActivities fills in people and minutes, on a copy, since the list is
// painted meanwhile.
func (d *Desk) countActivities(ctx context.Context, rows []activityRow) ([]activityRow, error) {
	out := append([]activityRow{}, rows...)
	for i := range out {
		if !out[i].a.Held() {
			continue
		}
		present, err := d.db.Participations(ctx, out[i].a.ID)
		if err != nil {
			return nil, err
		}
		out[i].people, out[i].minutes = len(present), 0
		for _, p := range present {
			out[i].minutes += p.Minutes // what waits for review counts nowhere
		}
	}
	return out, nil
}

func (s *activityScreen) loaded(got loaded, err error) {
	if err != nil {
		s.d.trouble(err)
		return
	}
	counted := map[record.ActivityID]activityRow{}
	for _, r := range s.all {
		counted[r.a.ID] = r
	}
	s.all = slices.Clone(got.rows)
	for i, r := range s.all { // the figures before stand until the new ones come
		s.all[i].people, s.all[i].minutes = counted[r.a.ID].people, counted[r.a.ID].minutes
	}
	s.calendar, s.teams, s.brands = got.calendar, got.teams, got.brands
	s.month.SetOptions(monthChoices(got.rows))
	s.team.SetOptions(teamFinder(got.teams)("", len(got.teams)))
	s.filter()
}

// monthChoices are the months in which there is anything, the latest first.
func monthChoices(rows []activityRow) []widgets.Choice {
	var out []widgets.Choice
	for _, r := range rows {
		p := record.MonthOf(r.a.Start.Day())
		if n := len(out); n == 0 || out[n-1].Key != p.String() {
			out = append(out, widgets.Choice{Key: p.String(), Text: p.Chinese()})
		}
	}
	return out
}

// Go opens an activity, a narrowed list or an empty form.
func (s *activityScreen) Go(at place) {
	switch {
	case at.Activity != "":
		s.choose(at.Activity)
	case at.New:
		s.add()
	default:
		s.closeForm()
		s.clear()
		s.narrow(at)
		s.filter()
		s.focusList()
	}
}

func (s *activityScreen) narrow(at place) {
	if at.Period != (record.Period{}) {
		s.month.SetChosen(widgets.Choice{Key: at.Period.String(), Text: at.Period.Chinese()})
	}
	s.line.SetValue(at.Line)
	s.team.SetValue(string(at.Team))
	switch {
	case at.Overdue:
		s.view.SetValue(string(viewOverdue))
	case at.Late:
		s.view.SetValue(string(viewLate))
	}
}
