package app

import (
	"context"
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// peopleFilters are the controls over the list of people.
type peopleFilters struct {
	role    *widgets.Radio
	village *widgets.ChoiceEntry
	team    *widgets.ChoiceEntry
	status  *widgets.ChoiceEntry
	text    *widgets.Entry
	count   *words
	bar     *fyne.Container
}

func (p *peoplePane) newFilters() *peopleFilters {
	f := &peopleFilters{count: text("", widgets.Muted)}
	f.role = widgets.NewRadio([]string{string(viewAll), string(viewVolunteers), string(viewVeterans)}, func(option string) {
		p.only = peopleView(option)
		p.filter()
	})
	f.role.SetValue(string(viewAll))
	choice := func(all string, options []widgets.Choice) *widgets.ChoiceEntry {
		c := widgets.NewChoiceEntry(options, matchChoice)
		c.SetPlaceHolder(all)
		c.OnPick = func(widgets.Choice) { p.filter() }
		return c
	}
	f.village, f.team = choice("全部社区", nil), choice("全部队伍", nil)
	f.status = choice("全部状态", tableChoices(liveStatuses()))
	f.text = widgets.NewEntry("查找（Ctrl+F）")
	f.text.OnChanged = func(string) { p.load() }
	f.text.OnEnter = p.focusList
	f.text.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyDown {
			p.focusList()
			return true
		}
		return false
	}
	wide := func(w float32, o fyne.CanvasObject) fyne.CanvasObject { return container.New(&fixed{width: w}, o) }
	f.bar = bar(f.role, wide(132, f.village), wide(150, f.team), wide(112, f.status), wide(190, f.text), spring(), f.count)
	return f
}

// say shows how many there are, or that it takes a moment.
func (f *peopleFilters) say(s string) {
	f.count.SetText(s)
	f.bar.Refresh()
}

// filter follows a filter that somebody set, and keeps it for the next time.
func (p *peoplePane) filter() {
	p.keepFilters()
	p.load()
}

// asked is the part of the filters that the directory knows.
func (p *peoplePane) asked() store.PeopleFilter {
	f := p.filters
	return store.PeopleFilter{
		Serving: p.only == viewVolunteers || p.only == viewJoined || p.only == viewServing, Veteran: p.only == viewVeterans,
		Village: f.village.Value(), Team: record.TeamID(f.team.Value()), Status: record.Status(f.status.Value()), Text: f.text.Value(),
	}
}

func (p *peoplePane) filtered() bool {
	f := p.filters
	return f.text.Value() != "" || f.village.Value() != "" || f.team.Value() != "" || f.status.Value() != "" || p.only != viewAll
}

func (p *peoplePane) clearFilters() {
	p.resetFilters(viewAll)
	p.filter()
	p.focusList()
}

func (p *peoplePane) resetFilters(v peopleView) {
	f := p.filters
	f.text.SetValue("")
	f.village.SetValue("")
	f.team.SetValue("")
	f.status.SetValue("")
	p.only, p.recalled = v, nil
	f.role.SetValue(string(v)) // an unknown word chooses nothing
}

// keptFilters are the filters of one clerk, as they stand in the settings of
// this PC. What was typed is not kept: it is a question, not a view.
type keptFilters struct {
	Only    peopleView `json:"only,omitempty"`
	Village string     `json:"village,omitempty"`
	Team    string     `json:"team,omitempty"`
	Status  string     `json:"status,omitempty"`
	Sort    string     `json:"sort,omitempty"`
	Desc    bool       `json:"desc,omitempty"`
}

func (p *peoplePane) filtersName() string {
	account, _ := p.d.db.Account()
	return "people_filters." + account
}

// keepFilters writes them beside the window; views that 今日 opens are not kept.
func (p *peoplePane) keepFilters() {
	f := p.filters
	if f == nil || f.role.Value() == "" {
		return
	}
	kept := keptFilters{p.only, f.village.Value(), f.team.Value(), f.status.Value(), p.sort, p.desc}
	raw, err := json.Marshal(kept)
	if err != nil || string(raw) == p.kept {
		return
	}
	p.kept = string(raw)
	name, value := p.filtersName(), p.kept
	p.d.spawn(func() {
		// Losing them costs a click: nobody needs to be told.
		_ = p.d.db.SaveSetting(context.WithoutCancel(p.d.ctx), name, value)
	})
}

// recallFilters sets them as this clerk left them.
func (p *peoplePane) recallFilters() {
	raw, err := p.d.db.Setting(p.d.ctx, p.filtersName())
	var kept keptFilters
	if err != nil || raw == "" || json.Unmarshal([]byte(raw), &kept) != nil {
		return
	}
	f := p.filters
	p.kept = raw
	p.only = kept.Only
	f.role.SetValue(string(kept.Only))
	f.status.SetValue(kept.Status)
	p.sort, p.desc = kept.Sort, kept.Desc
	p.grid.SetSort(p.sort, p.desc)
	p.recalled = &kept
}

// recallChoices sets the filters whose options had to be read first.
func (p *peoplePane) recallChoices() {
	if p.recalled == nil {
		return
	}
	kept := *p.recalled
	p.recalled = nil
	p.filters.village.SetValue(kept.Village)
	p.filters.team.SetValue(kept.Team)
}
