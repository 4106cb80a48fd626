package app

import (
	"context"
	"fmt"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// changed is what would be lost.
func (f *activityForm) changed() string {
	same := f.read() == f.shown
	if f.before.Version > 0 && f.before.Held() {
		same = same && len(f.people.entries(f.read())) == 0
	}
	if same {
		return ""
	}
	if title := f.c.title.Value(); title != "" {
		return title
	}
	return "这场活动"
}

// wrong is what the record's own rules cannot see: a field that holds no date,
// time, number or place, or nothing at all.
func (f *activityForm) wrong() record.Problems {
	var p record.Problems
	c := &f.c
	add := func(field string, code record.Code) { p.Add(record.LevelError, field, code) }
	for _, one := range []struct {
		field        string
		valid, empty bool
	}{
		{"date", c.day.Valid(), c.day.Text == ""}, {"start", c.start.Valid(), c.start.Text == ""}, {"end", c.end.Valid(), c.end.Text == ""},
	} {
		switch {
		case one.empty:
			add(one.field, record.CodeRequired)
		case !one.valid:
			add(one.field, record.CodeDate)
		}
	}
	for name, e := range map[string]*widgets.NumberEntry{"break": c.pause, "served": c.served, "guests": c.guests} {
		if !e.Valid() {
			add(name, record.CodeInvalid)
		}
	}
	if _, odd := villageOf(c.village, f.street); odd != "" {
		add("village", record.CodeVillageUnknown)
	}
	for name, e := range map[string]*widgets.Picker{"line": &c.line.Picker, "sub": &c.sub.Picker, "kind": &c.kind.Picker, "team": c.team, "brand": &c.brand.Picker, "spirit": &c.spirit.Picker} {
		if e.Chosen().Key == "" && e.Value() != "" {
			add(name, record.CodeUnknownCode)
		}
	}
	return p
}

// judged are all findings about what is typed, each field once.
func (f *activityForm) judged(a record.Activity) record.Problems {
	found := f.wrong()
	known := map[string]bool{}
	for _, p := range found {
		known[p.Field] = true
	}
	for _, p := range a.Check(record.MomentOf(f.d.now())).Errors() {
		if known[p.Field] || (p.Field == "start" || p.Field == "end") && known["date"] || p.Field == "end" && known["start"] {
			continue
		}
		found = append(found, p)
	}
	return found
}

// save writes the activity and the time of all who took part in one step.
func (f *activityForm) save() {
	a := f.read()
	entries := f.people.entries(a)
	if a.Version > 0 && len(entries) == 0 && f.changed() == "" {
		f.leave()
		return
	}
	if err := f.judged(a).Err(); err != nil {
		f.form.refuse(err)
		f.timesShort(a)
		return
	}
	id := a.ID
	var found record.Problems
	f.d.work("正在保存", func(ctx context.Context, _ func(int, int)) (err error) {
		id, found, err = f.store(ctx, a, entries)
		return err
	}, func(err error) {
		if err != nil {
			f.form.refuse(err)
			return
		}
		f.s.saved(id, loggedTone(found), loggedText(a, entries, found))
	})
}

// store chooses the one call of the store that writes all that changed.
func (f *activityForm) store(ctx context.Context, a record.Activity, entries []record.Entry) (record.ActivityID, record.Problems, error) {
	db := f.d.db
	switch {
	case a.Version == 0:
		return db.LogActivity(ctx, a, entries)
	case len(entries) == 0:
		found, err := db.UpdateActivity(ctx, a)
		return a.ID, found, err
	case a == f.before:
		found, err := db.RecordService(ctx, a.ID, entries)
		return a.ID, found, err
	}
	found, err := db.CloseActivity(ctx, a, entries)
	return a.ID, found, err
}

func loggedTone(found record.Problems) widgets.Tone {
	if len(warnings(found)) > 0 {
		return widgets.Warn
	}
	return widgets.Good
}

// loggedText says what was written, and the warnings, each kind once.
func loggedText(a record.Activity, entries []record.Entry, found record.Problems) string {
	text := "已保存：" + a.Title
	if n := len(entries); n > 0 {
		total := 0
		for _, e := range entries {
			if e.Minutes == 0 {
				e.Minutes = a.Length()
			}
			total += e.Minutes
		}
		text += fmt.Sprintf("，%d 人，%s", n, hoursWords(total))
	}
	for _, w := range warnings(found) {
		text += "；" + w
	}
	return text
}

// warnings are the sentences of what was found but taken, with the number of
// people where it is more than one.
func warnings(found record.Problems) []string {
	var order []record.Code
	times := map[record.Code]int{}
	first := map[record.Code]record.Problem{}
	for _, p := range found {
		if p.Level != record.LevelWarning && p.Level != record.LevelReview {
			continue
		}
		if times[p.Code] == 0 {
			order = append(order, p.Code)
			first[p.Code] = p
		}
		times[p.Code]++
	}
	var out []string
	for _, code := range order {
		p := first[code]
		p.Field = ""
		text := say.Problem(p)
		if times[code] > 1 {
			text += fmt.Sprintf("（%d 人）", times[code])
		}
		out = append(out, text)
	}
	return out
}
