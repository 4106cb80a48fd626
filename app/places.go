package app

import (
	"strings"
	"unicode"

	"rongyuan/app/widgets"
	"rongyuan/assets"
	"rongyuan/store/record"
)

// street is the nine-digit code of the station's street or town.
func (d *Desk) street() string {
	station, err := d.db.Station(d.ctx)
	if err != nil || len(station.Code) < 9 {
		return ""
	}
	return string(station.Code[:9])
}

// villageFinder finds the communities of the station's street. What was typed
// stands last: a place that the table does not know is kept as it was written.
func villageFinder(street string) func(string, int) []widgets.Choice {
	own := assets.VillagesOf(street)
	return func(typed string, limit int) []widgets.Choice {
		var out []widgets.Choice
		for _, v := range own {
			if len(out) >= limit {
				break
			}
			if spelled(v.Name, typed) || typed != "" && strings.HasPrefix(v.Code, typed) {
				out = append(out, widgets.Choice{Key: v.Code, Text: assets.VillageStem(v.Name), Hint: v.Name})
			}
		}
		if strings.ContainsFunc(typed, isHan) {
			out = append(out, widgets.Choice{Text: typed, Hint: "按原文登记"})
		}
		return out
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// villageField is a picker for the community.
func (d *Desk) villageField() *widgets.Picker {
	p := widgets.NewPicker(villageFinder(d.street()))
	p.SetPlaceHolder("名称或首字母")
	return p
}

// villageChoice is what stands in the field for a record.
func villageChoice(code, name string) widgets.Choice {
	if code == "" {
		return widgets.Choice{Text: name}
	}
	return widgets.Choice{Key: code, Text: villageText(code)}
}

// villageOf reads the field: the code where the text means one place of the
// street, else the text.
func villageOf(p *widgets.Picker, street string) (code, name string) {
	typed := p.Value()
	if c := p.Chosen(); c.Key != "" && c.Text == typed {
		return c.Key, ""
	}
	if typed == "" {
		return "", ""
	}
	if found := assets.MatchVillages(street, typed); len(found) == 1 {
		return found[0].Code, ""
	}
	return "", typed
}

// teamFinder finds among teams that live.
func teamFinder(teams []record.Team) func(string, int) []widgets.Choice {
	return func(typed string, limit int) []widgets.Choice {
		var out []widgets.Choice
		for _, t := range teams {
			if len(out) < limit && t.Dissolved == "" && spelled(t.Name, typed) {
				out = append(out, widgets.Choice{Key: string(t.ID), Text: t.Name, Hint: record.TeamKinds().NameOf(t.Kind)})
			}
		}
		return out
	}
}
