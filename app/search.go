package app

import (
	"strings"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/assets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// searchBox is the one box that finds everybody: Ctrl+K or / from anywhere.
type searchBox struct {
	d      *Desk
	picker *widgets.Picker
}

func newSearchBox(d *Desk) *searchBox {
	b := &searchBox{d: d, picker: widgets.NewPicker(d.findPeople)}
	b.picker.SetPlaceHolder("查找人员：姓名、拼音首字母、身份证或电话末几位（Ctrl+K）")
	b.picker.StayOnPick = true
	b.picker.OnPick = func(c widgets.Choice) {
		if c.Key != "" {
			d.open(doorPeople, place{Person: record.VolunteerID(c.Key)})
		}
	}
	b.picker.OnEscape = func() bool {
		b.picker.SetValue("")
		d.win.Canvas().Unfocus()
		if s := d.screens[d.door]; s != nil {
			s.Open()
		}
		return true
	}
	return b
}

func (b *searchBox) focus() { b.d.win.Canvas().Focus(b.picker) }

// headLayout sets the search box at the left of the head, at most 560 wide, and
// the few buttons of the window at the right.
type headLayout struct{}

func (headLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(320+o[1].MinSize().Width, o[0].MinSize().Height+16)
}

func (headLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	right := o[1].MinSize()
	o[0].Move(fyne.NewPos(16, 8))
	o[0].Resize(fyne.NewSize(min(s.Width-48-right.Width, 560), s.Height-16))
	o[1].Move(fyne.NewPos(s.Width-16-right.Width, 8))
	o[1].Resize(fyne.NewSize(right.Width, s.Height-16))
}

// findPeople finds for a picker: by part of the name, pinyin initials, last
// digits.
func (d *Desk) findPeople(typed string, limit int) []widgets.Choice {
	return d.choices(d.db.Search(d.ctx, typed, limit))
}

// findVolunteers is findPeople among those who serve.
func (d *Desk) findVolunteers(typed string, limit int) []widgets.Choice {
	found, err := d.db.People(d.ctx, store.PeopleFilter{Serving: true, Text: typed, Limit: limit})
	return d.choices(found, err)
}

func (d *Desk) choices(found []store.Person, err error) []widgets.Choice {
	if err != nil {
		return nil
	}
	out := make([]widgets.Choice, 0, len(found))
	for _, p := range found {
		out = append(out, personChoice(p))
	}
	return out
}

// personChoice tells people of one name apart without showing a whole number.
func personChoice(p store.Person) widgets.Choice {
	var hints []string
	if len(p.Birth) >= 4 {
		hints = append(hints, string(p.Birth[:4])+"年生")
	}
	if n := len(p.IDNumber); n > 4 {
		hints = append(hints, "尾号 "+string(p.IDNumber[n-4:]))
	} else if len(p.Phones) > 0 && len(p.Phones[0]) > 4 {
		hints = append(hints, "电话尾号 "+p.Phones[0][len(p.Phones[0])-4:])
	}
	if p.Village != "" {
		hints = append(hints, villageText(p.Village))
	}
	return widgets.Choice{Key: string(p.ID), Text: p.Name, Hint: strings.Join(hints, " · ")}
}

// villageText is the name of a community by its code, or the text itself where
// it is no code.
func villageText(village string) string {
	if v, ok := assets.DivisionByCode(village); ok {
		return assets.VillageStem(v.Name)
	}
	return village
}
