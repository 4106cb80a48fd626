package cli

import (
	"rongyuan/store"
	"rongyuan/store/record"
)

type calendarList struct{}

func (*calendarList) options(*options) {}

func (*calendarList) run(k *call) (answer, error) {
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	days, err := db.CalendarDays(k.ctx)
	if err != nil {
		return answer{}, err
	}
	rows := make([][]string, 0, len(days))
	for _, d := range days {
		kind := "放假"
		if d.Worked {
			kind = "上班"
		}
		rows = append(rows, []string{string(d.Day), kind, d.Name})
	}
	doc := struct {
		Days []store.CalendarDay `json:"days"`
	}{append([]store.CalendarDay{}, days...)}
	return answer{doc: doc, text: listed([]string{"日期", "", "说明"}, rows)}, nil
}

type calendarSet struct {
	worked bool
	name   string
}

func (c *calendarSet) options(o *options) {
	o.yes(&c.worked, "worked", "周末调休上班")
	o.text(&c.name, "name", "说明", "如 国庆节")
}

func (c *calendarSet) run(k *call) (answer, error) {
	day, err := k.calendarDay()
	if err != nil {
		return answer{}, err
	}
	one := store.CalendarDay{Day: day, Worked: c.worked, Name: c.name}
	if err := k.db.SaveCalendarDay(k.ctx, one); err != nil {
		return answer{}, err
	}
	return answer{doc: one, text: said("已记下：%s", day.Chinese())}, nil
}

type calendarRemove struct{}

func (*calendarRemove) options(*options) {}

func (*calendarRemove) run(k *call) (answer, error) {
	day, err := k.calendarDay()
	if err != nil {
		return answer{}, err
	}
	if err := k.db.RemoveCalendarDay(k.ctx, day); err != nil {
		return answer{}, err
	}
	return answer{doc: store.CalendarDay{Day: day}, text: said("已改回平常的一天：%s", day.Chinese())}, nil
}

// calendarDay opens the file and reads the day that the command names. The
// calendar decides which records are late, so it is for those to change who record.
func (k *call) calendarDay() (record.Day, error) {
	if _, err := k.open(); err != nil {
		return "", err
	}
	if _, role := k.db.Account(); !role.May(record.RightWrite) {
		return "", record.Fail(record.CodeNoRight)
	}
	day, err := readDay("date", k.args[0], k.today())
	if err == nil && day == "" {
		err = record.FailField("date", record.CodeDate)
	}
	return day, err
}
