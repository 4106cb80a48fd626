package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// rosterMapping is the page on which a clerk says what the columns mean and
// which sheets are read. What is said of the columns is remembered for sheets
// with the same heads.
type rosterMapping struct {
	w       *rosterWizard
	d       *Desk
	sheet   int // of the reading's sheets
	form    roster.Form
	choices map[string]*widgets.ChoiceEntry // by letter
	read    map[string]*widgets.Check       // by sheet
	fill    *widgets.Check                  // nil where no column is shared by several rows
	samples map[string][]string
}

const (
	sampleCount = 3
	notRead     = "-"
)

// showMapping reads some values of each column and opens the page.
func (w *rosterWizard) showMapping() { w.mapSheet(0) }

func (w *rosterWizard) mapSheet(i int) {
	if i >= len(w.read.sheets) {
		return
	}
	m := &rosterMapping{w: w, d: w.d, sheet: i, choices: map[string]*widgets.ChoiceEntry{}, read: map[string]*widgets.Check{}}
	m.form = roster.Book{Sheets: w.read.sheets}.Mapping().Forms[w.read.sheets[i].Fingerprint]
	w.d.work("正在读取表头", func(ctx context.Context, _ func(int, int)) error {
		return w.from.with(func(src roster.Source) (err error) {
			m.samples, err = roster.Samples(ctx, src, w.read.sheets[i], sampleCount)
			return err
		})
	}, func(err error) {
		if err != nil {
			w.d.trouble(err)
			return
		}
		m.show()
	})
}

func (m *rosterMapping) show() {
	w := m.w
	back := func() { w.preview.show() }
	head := bar(heading("列的对应"), text(w.from.name(), widgets.Muted), spring(),
		widgets.NewButton("返回（Esc）", back), widgets.NewPrimaryButton("按这样重读（Ctrl+S）", m.save))
	why := text("每一列是什么，可以在这里改。改过以后记住，表头一样的表下次不用再改。", widgets.Muted)
	top := stack(0, padded(10, 16, head), insets(16, 0, 16, 8, m.questions(why)), line())
	rows := stack(4)
	if len(w.read.sheets) > 1 {
		rows.Add(subheading("“" + w.read.sheets[m.sheet].Name + "”的列"))
	}
	rows.Add(m.row(caption("列"), caption("表头"), caption("里面的内容"), caption("是什么")))
	var first fyne.Focusable
	for _, letter := range m.letters() {
		choice := m.choice(letter)
		if first == nil {
			first = choice
		}
		rows.Add(m.row(text(letter, widgets.Muted), text(shorten(oneLine(m.form.Heads[letter]), 14), widgets.Normal), text(m.sample(letter), widgets.Muted), choice))
	}
	w.setStep(rosterStep{
		content: edged(top, nil, nil, container.NewVScroll(padded(8, 16, rows))), focus: first, primary: m.save, leave: back,
	})
}

// letters are the columns from left to right.
func (m *rosterMapping) letters() []string {
	return slices.SortedFunc(maps.Keys(m.form.Heads), func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
}

// row lays the four parts of a column beside each other.
func (m *rosterMapping) row(parts ...fyne.CanvasObject) fyne.CanvasObject {
	out := bar()
	for i, width := range []float32{48, 220, 460, 260} {
		out.Add(container.New(&fixed{width: width}, parts[i]))
	}
	return out
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), "") }

func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// sample shows some values, or why there are none. Long numbers are masked.
func (m *rosterMapping) sample(letter string) string {
	for _, note := range m.w.read.sheets[m.sheet].Notes {
		if note.Code == record.CodeSensitive && len(note.Args) > 1 && note.Args[1] == letter {
			return "可能涉密，不读也不显示"
		}
	}
	out, room := "", 44
	for _, one := range m.samples[letter] {
		one = shorten(maskLong(one), 18)
		for _, r := range one {
			room -= 1 + min(1, int(r)/utf8.RuneSelf) // a Chinese character is as wide as two digits
		}
		if out != "" && room < 0 {
			break
		}
		out += one + "  "
	}
	return strings.TrimSpace(out)
}

// maskLong masks what may be a number of a person.
func maskLong(s string) string {
	digits := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	if digits > 8 {
		return maskDigits(s)
	}
	return s
}

func (m *rosterMapping) choice(letter string) *widgets.ChoiceEntry {
	options := []widgets.Choice{{Key: notRead, Text: "不读这一列"}}
	for _, field := range roster.Fields() {
		options = append(options, widgets.Choice{Key: field, Text: columnText(field)})
	}
	c := widgets.NewChoiceEntry(options, matchChoice)
	c.SetValue(notRead)
	if field := m.form.Columns[letter]; field != "" {
		c.SetValue(field)
	}
	m.choices[letter] = c
	return c
}

// columnText is what a column may be, in words.
func columnText(field string) string {
	switch field {
	case "service":
		return "服役起止时间"
	case "village":
		return "社区（村）"
	}
	return say.Field(field)
}

// questions stand above the columns.
func (m *rosterMapping) questions(why fyne.CanvasObject) fyne.CanvasObject {
	out := stack(6, why, m.sheets())
	shared := m.w.job.fill
	for _, s := range m.w.read.sheets {
		for _, field := range s.Mapping {
			shared = shared || field == "village" || field == "team_name"
		}
	}
	if shared {
		m.fill = widgets.NewCheck("社区、服务队只写在第一行的，下面空着的照上面的行填", nil)
		m.fill.SetValue(m.w.job.fill)
		out.Add(m.fill)
	}
	return out
}

// sheets are the boxes of all sheets; with several kinds the page can show each.
func (m *rosterMapping) sheets() fyne.CanvasObject {
	w := m.w
	out := bar(text("读取工作表", widgets.Muted))
	box := func(name, said string, on bool) {
		check := widgets.NewCheck(said, nil)
		check.SetValue(on)
		m.read[name] = check
		out.Add(check)
	}
	for _, s := range w.read.sheets {
		said := fmt.Sprintf("%s（%d 人）", s.Name, s.Rows)
		if s.Hidden {
			said = fmt.Sprintf("%s（隐藏的表，%d 人）", s.Name, s.Rows)
		}
		box(s.Name, said, !slices.Contains(w.job.leave, s.Name))
	}
	for _, name := range w.read.hidden {
		if m.read[name] == nil {
			box(name, name+"（隐藏的表，没有读）", false)
		}
	}
	if len(w.read.sheets) > 1 {
		next := (m.sheet + 1) % len(w.read.sheets)
		out.Add(widgets.NewButton("看“"+w.read.sheets[next].Name+"”的列", func() { w.mapSheet(next) }))
	}
	return out
}

// save remembers the columns and reads the roster again.
func (m *rosterMapping) save() {
	form := roster.Form{Columns: map[string]string{}, Heads: m.form.Heads}
	used := map[string]string{}
	for _, letter := range m.letters() {
		field := m.choices[letter].Value()
		if field == notRead {
			field = ""
		}
		if other := used[field]; field != "" && other != "" && !slices.Contains([]string{"phones", "skills", "note"}, field) {
			m.d.notice(widgets.Warn, fmt.Sprintf("%s 列和 %s 列都选了“%s”，请只留一列。", other, letter, columnText(field)))
			return
		}
		used[field], form.Columns[letter] = letter, field
	}
	if used["name"] == "" {
		m.d.notice(widgets.Warn, "要有一列是姓名。")
		return
	}
	if !maps.Equal(form.Columns, m.form.Columns) {
		if err := m.d.saveMapping(m.d.ctx, m.w.read.sheets[m.sheet].Fingerprint, form); err != nil {
			m.d.trouble(err)
			return
		}
	}
	m.w.readAgain(m.w.from, m.job())
}

// job is what the boxes say.
func (m *rosterMapping) job() rosterJob {
	job := rosterJob{as: m.w.job.as, fill: m.fill != nil && m.fill.Checked}
	hidden := func(name string) bool {
		return slices.Contains(m.w.read.hidden, name)
	}
	for name, check := range m.read {
		switch {
		case check.Checked && hidden(name):
			job.hidden = append(job.hidden, name)
		case !check.Checked && !hidden(name):
			job.leave = append(job.leave, name)
		}
	}
	slices.Sort(job.hidden)
	return job
}
