package app

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// The keys of choices that are no person.
const (
	keySheet = "sheet:" // a printed sheet by its number
	keyRows  = "rows:"  // rows of the list by their numbers
	keyScan  = "scan:"  // somebody by badge or by a row's bar code
)

// sheetDays is how long the field knows the sheets that were printed.
const sheetDays = 400

// lore is what the field that adds people knows of them, read once and not at
// every key.
type lore struct {
	asked  bool
	team   record.TeamID
	habits store.Habits
	homes  map[record.VolunteerID]string
	sheets []record.Sheet
}

// learn reads, off the painting goroutine, who usually comes with a team, where
// people of one name live, and the printed sheets.
func (p *attendees) learn(team record.TeamID) {
	if p.known.asked && p.known.team == team {
		return
	}
	p.known.asked, p.known.team = true, team
	p.d.spawn(func() {
		got, err := p.d.readLore(p.d.ctx, team)
		fyne.Do(func() {
			if err == nil && p.known.team == team {
				p.known = &got
			}
		})
	})
}

func (d *Desk) readLore(ctx context.Context, team record.TeamID) (out lore, err error) {
	out.asked, out.team = true, team
	if out.habits, err = d.db.Habits(ctx, team); err != nil {
		return out, err
	}
	if out.sheets, err = d.db.Sheets(ctx, d.today().AddDays(-sheetDays)); err != nil {
		return out, err
	}
	people, err := d.db.People(ctx, store.PeopleFilter{Serving: true})
	if err != nil {
		return out, err
	}
	times := map[string]int{}
	for _, x := range people {
		times[x.Name]++
	}
	var same []record.VolunteerID
	for _, x := range people {
		if times[x.Name] > 1 {
			same = append(same, x.ID)
		}
	}
	out.homes, err = d.db.Homes(ctx, same)
	return out, err
}

var rowsForm = regexp.MustCompile(`^\d{1,3}(?:[\s,，、.]+\d{1,3})*[\s,，、.]*$`)

// find answers the field: rows of the list by number, a sheet, a scanned code,
// or people, of one name whoever usually comes first.
func (p *attendees) find(typed string, limit int) []widgets.Choice {
	typed = strings.TrimSpace(record.Narrow(typed))
	var out []widgets.Choice
	if one, ok := p.coded(typed); ok {
		return []widgets.Choice{one}
	}
	if one, ok := p.rowsChoice(typed); ok {
		out = append(out, one)
	}
	found, err := p.d.db.People(p.d.ctx, store.PeopleFilter{Serving: true, Text: typed, Limit: limit})
	if err != nil {
		return out
	}
	p.likeliestFirst(found)
	for _, x := range found {
		out = append(out, p.choiceOf(x))
	}
	return out
}

// coded is a choice that a whole number stands for: a sheet, a row of a sheet,
// somebody's volunteer number.
func (p *attendees) coded(typed string) (widgets.Choice, bool) {
	digits := onlyDigits(typed)
	if len(digits) < 7 {
		return widgets.Choice{}, false
	}
	for _, s := range p.known.sheets {
		if s.Number == digits {
			return widgets.Choice{Key: keySheet + s.Number, Text: "签到表 " + s.Number, Hint: fmt.Sprintf("%d 人全部打勾", len(s.Rows))}, true
		}
		if number, row, ok := record.ReadRowCode(digits); ok && number == s.Number && row <= len(s.Rows) {
			x, _ := p.d.db.Person(s.Rows[row-1])
			return widgets.Choice{Key: keyScan + string(x.ID), Text: x.Name, Hint: fmt.Sprintf("签到表 %s 第 %d 行", number, row)}, true
		}
	}
	if len(digits) < 10 {
		return widgets.Choice{}, false
	}
	found, err := p.d.db.People(p.d.ctx, store.PeopleFilter{Serving: true, Text: digits, Limit: 2})
	if err != nil || len(found) == 0 || onlyDigits(found[0].Number) != digits {
		return widgets.Choice{}, false
	}
	c := personChoice(found[0])
	c.Key = keyScan + c.Key
	return c, true
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// rowsChoice turns the numbers of rows into one choice: who is there becomes
// absent, and the other way round.
func (p *attendees) rowsChoice(typed string) (widgets.Choice, bool) {
	rows := p.rowsIn(typed)
	if len(rows) == 0 {
		return widgets.Choice{}, false
	}
	names := make([]string, len(rows))
	absent := true
	for i, row := range rows {
		names[i] = p.rows[row].name
		absent = absent && p.rows[row].in
	}
	hint := "改为到／未到"
	if absent {
		hint = "改为未到"
	}
	return widgets.Choice{Key: keyRows + typed, Text: shorten(strings.Join(names, "、"), 24), Hint: hint}, true
}

// rowsIn are the rows that numbers name, from 0; none unless all of them exist.
func (p *attendees) rowsIn(typed string) []int {
	if !rowsForm.MatchString(typed) {
		return nil
	}
	var out []int
	for _, word := range strings.FieldsFunc(typed, func(r rune) bool { return r < '0' || r > '9' }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > len(p.rows) || p.rows[n-1].entry != "" {
			return nil
		}
		if !slices.Contains(out, n-1) {
			out = append(out, n-1)
		}
	}
	return out
}

// likeliestFirst orders people of one name: who is on the list already comes
// last, then who usually comes with the team first. The order of the names
// stays.
func (p *attendees) likeliestFirst(found []store.Person) {
	at := map[string][]int{}
	for i, x := range found {
		at[x.Name] = append(at[x.Name], i)
	}
	for _, places := range at {
		if len(places) < 2 {
			continue
		}
		same := make([]store.Person, len(places))
		for i, place := range places {
			same[i] = found[place]
		}
		p.known.habits.Sort(same)
		slices.SortStableFunc(same, func(a, b store.Person) int { return p.there(a.ID) - p.there(b.ID) })
		for i, place := range places {
			found[place] = same[i]
		}
	}
}

// there is 1 for somebody who is ticked on the list.
func (p *attendees) there(id record.VolunteerID) int {
	if i := p.at(id); i >= 0 && p.rows[i].in {
		return 1
	}
	return 0
}

// choiceOf tells people of one name apart: birth, home, the last activity, how
// often they came with this team.
func (p *attendees) choiceOf(x store.Person) widgets.Choice {
	c := personChoice(x)
	home, several := p.known.homes[x.ID]
	h := p.known.habits.Of(x.ID)
	if !several && h.Last == "" {
		return c
	}
	var hints []string
	if len(x.Birth) >= 4 {
		hints = append(hints, string(x.Birth[:4])+"年生")
	}
	if home != "" {
		hints = append(hints, shorten(home, 14))
	} else if x.Village != "" {
		hints = append(hints, villageText(x.Village))
	}
	switch n := h.Recent + h.Before; {
	case n > 0:
		hints = append(hints, fmt.Sprintf("随队 %d 次", n))
	case h.Last != "":
		hints = append(hints, "上次 "+string(h.Last)[2:])
	}
	if p.there(x.ID) == 1 {
		hints = append(hints, "已在名单")
	}
	c.Hint = strings.Join(hints, " · ")
	return c
}

// unsure reports that the first two choices bear one name and nothing tells
// them apart: then Enter takes nobody.
func (p *attendees) unsure(items []widgets.Choice) bool {
	if len(items) < 2 || items[0].Text != items[1].Text || strings.Contains(items[0].Key, ":") {
		return false
	}
	a, b := record.VolunteerID(items[0].Key), record.VolunteerID(items[1].Key)
	return p.there(a) == p.there(b) && p.known.habits.Tied(a, b)
}
