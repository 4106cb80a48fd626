package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// mostDoubts is how many lines of a pasted list one dialog asks about.
const mostDoubts = 6

// pasteKey takes Ctrl+V in the field when the clipboard holds a list; a single
// word is pasted as everywhere.
func (p *attendees) pasteKey(s fyne.Shortcut) bool {
	if _, paste := s.(*fyne.ShortcutPaste); !paste {
		return false
	}
	text := p.d.cfg.App.Clipboard().Content()
	if !strings.ContainsAny(strings.TrimSpace(text), "\n、，,;；") && len([]rune(text)) < 12 {
		return false
	}
	p.paste()
	return true
}

// paste reads the list on the clipboard: whoever is on it is ticked, the others
// of the list are absent, and what is in doubt is asked.
func (p *attendees) paste() {
	text := p.d.cfg.App.Clipboard().Content()
	lines := roster.ReadChain(text)
	if len(lines) == 0 {
		p.d.notice(widgets.Warn, "剪贴板里没有名单。请先在群里复制接龙文字，再按 Ctrl+V。")
		return
	}
	entries := make([]store.ChainEntry, len(lines))
	for i, l := range lines {
		entries[i] = store.ChainEntry{Serial: l.Serial, Words: l.Words, Tails: l.Tails, Absent: l.Absent}
	}
	team := record.TeamID(p.f.c.team.Chosen().Key)
	var found []store.ChainFound
	p.d.work("正在对名单", func(ctx context.Context, _ func(int, int)) (err error) {
		found, err = p.d.db.MatchChain(ctx, team, entries)
		return err
	}, func(err error) {
		if err != nil {
			p.d.trouble(err)
			return
		}
		p.takeChain(lines, found)
	})
}

// doubt is a line of a pasted list that waits for the clerk.
type doubt struct {
	text  string
	among []store.Person
}

func (p *attendees) takeChain(lines []roster.ChainLine, found []store.ChainFound) {
	in := map[record.VolunteerID]bool{}
	var order []record.VolunteerID
	var doubts []doubt
	guests, away := 0, 0
	for i, f := range found {
		for _, x := range f.People {
			if _, seen := in[x.ID]; !seen {
				order = append(order, x.ID)
			}
			in[x.ID] = !lines[i].Absent
			if lines[i].Absent {
				away++
			}
		}
		if f.Unknown || len(f.Doubtful) > 0 {
			doubts = append(doubts, doubt{lines[i].Text, f.Doubtful})
		}
		if !lines[i].Absent {
			guests += lines[i].More
		}
	}
	if len(order) == 0 && len(doubts) == 0 {
		p.d.notice(widgets.Warn, "没有认出名单里的人。请核对复制的文字。")
		return
	}
	for i := range p.rows {
		if p.rows[i].entry == "" {
			p.rows[i].in = false
		}
	}
	n := 0
	for _, id := range order {
		if in[id] {
			p.tick(id)
			n++
		}
	}
	if _, typed := p.f.c.guests.Value(); guests > 0 && !typed {
		p.f.c.guests.SetValue(guests)
	}
	p.sort()
	p.show()
	p.tellChain(n, away, doubts)
}

// tick puts somebody on the list, ticked, without painting.
func (p *attendees) tick(id record.VolunteerID) {
	if i := p.at(id); i >= 0 {
		p.rows[i].in = true
		return
	}
	p.rows = append(p.rows, p.person(id))
}

func (p *attendees) tellChain(n, away int, doubts []doubt) {
	said := fmt.Sprintf("名单里 %d 人已打勾", n)
	if away > 0 {
		said += fmt.Sprintf("，%d 人请假", away)
	}
	if len(doubts) == 0 {
		p.d.notice(widgets.Good, said+"。名单外的人算未到。")
		p.focus()
		return
	}
	p.d.notice(widgets.Warn, fmt.Sprintf("%s，还有 %d 行要您定。", said, len(doubts)))
	p.askDoubts(doubts)
}

// askDoubts asks who is meant, some lines at a time. A field that stays empty
// leaves its line out.
func (p *attendees) askDoubts(doubts []doubt) {
	now := doubts[:min(len(doubts), mostDoubts)]
	rest := doubts[len(now):]
	pickers := make([]*widgets.Picker, len(now))
	fields := make([]fyne.CanvasObject, len(now))
	for i, one := range now {
		pickers[i] = p.doubtPicker(one)
		field := widgets.NewField(shorten(one.text, 22), pickers[i])
		if len(one.among) > 0 {
			field.SetHint(fmt.Sprintf("同名 %d 人，按 ↓ 选", len(one.among)))
		} else {
			field.SetHint("没有登记过；空着就不算")
		}
		fields[i] = field
	}
	widgets.ShowForm(p.d.win.Canvas(), widgets.FormDialog{
		Title: "这几行说的是谁", OK: "确定", Width: 460, Content: container.NewVBox(fields...),
		OnOK: func() bool {
			for _, picker := range pickers {
				if c := picker.Chosen(); c.Key != "" {
					p.tick(record.VolunteerID(c.Key))
				}
			}
			p.sort()
			p.show()
			if len(rest) > 0 {
				fyne.Do(func() { p.askDoubts(rest) })
			}
			return true
		},
	})
}

// doubtPicker offers the people of the name, or everybody once something is
// typed.
func (p *attendees) doubtPicker(one doubt) *widgets.Picker {
	picker := widgets.NewPicker(func(typed string, limit int) []widgets.Choice {
		if typed != "" || len(one.among) == 0 {
			return slices.DeleteFunc(p.find(typed, limit), func(c widgets.Choice) bool { return strings.Contains(c.Key, ":") })
		}
		out := make([]widgets.Choice, 0, len(one.among))
		for _, x := range one.among {
			out = append(out, p.choiceOf(x))
		}
		return out
	})
	picker.Unsure = p.unsure
	picker.SetPlaceHolder("首字母、末几位；空着就不算")
	return picker
}
