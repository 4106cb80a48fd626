package cli

import (
	"fmt"
	"io"

	"rongyuan/assets/say"
	"rongyuan/store/record"
)

type hoursCheck struct{ month string }

func (c *hoursCheck) options(o *options) {
	o.text(&c.month, "month period", "月份", "只查一个月，如 2026-10；不写就全查")
}

// faultDoc is an impossible hour.
type faultDoc struct {
	Code       record.Code         `json:"code"`
	Level      record.Level        `json:"level"`
	Day        record.Day          `json:"day"`
	Volunteer  record.VolunteerID  `json:"volunteer,omitempty"`
	Name       string              `json:"name,omitempty"`
	Activities []record.ActivityID `json:"activities"`
	Title      string              `json:"title"`
	Minutes    int                 `json:"minutes,omitempty"`
	Most       int                 `json:"most,omitempty"`
	People     int                 `json:"people"`
	Message    string              `json:"message"`
	Remedy     record.Remedy       `json:"remedy"`
	Do         string              `json:"do"`
}

func (c *hoursCheck) run(k *call) (answer, error) {
	var month record.Period
	if c.month != "" {
		var err error
		if month, err = record.ReadMonth(c.month); err != nil {
			return answer{}, err
		}
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	found, err := db.Faults(k.ctx, month)
	if err != nil {
		return answer{}, err
	}
	titles, err := k.titles()
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Faults []faultDoc `json:"faults"`
	}{[]faultDoc{}}
	rows := [][]string{}
	for _, f := range found {
		p, _ := db.Person(f.Volunteer)
		one := faultDoc{
			f.Code, f.Level, f.Day, f.Volunteer, p.Name, f.Activities, titles[f.Activities[0]], f.Minutes, f.Most, f.People,
			say.Fault(f), f.Remedy, say.Remedy(f.Remedy),
		}
		doc.Faults = append(doc.Faults, one)
		rows = append(rows, []string{string(f.Day), p.Name, one.Title, one.Message, one.Do, string(f.Activities[0])})
	}
	out := answer{doc: doc, text: func(w io.Writer) {
		if len(rows) == 0 {
			fmt.Fprintln(w, "没有查出不可能的时长。")
			return
		}
		listed([]string{"日期", "姓名", "活动", "问题", "怎么办", "活动编号"}, rows)(w)
	}}
	if len(found) > 0 {
		out.exit = exitPerson
	}
	return out, nil
}
