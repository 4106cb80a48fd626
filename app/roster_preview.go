package app

import (
	"fmt"
	"path/filepath"
	"sort"
	"strings"

	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// rosterPreview shows what an import would do, row by row.
type rosterPreview struct {
	w      *rosterWizard
	d      *Desk
	rows   []int // of the plan's decisions, filtered
	only   record.Verdict
	filter *widgets.Radio
	role   *widgets.Radio
	grid   *widgets.Grid
	detail *widgets.Paragraph
}

// verdicts are what may become of a row, in the order of the filter.
func verdicts() []record.Verdict {
	return []record.Verdict{record.VerdictNew, record.VerdictUpdate, record.VerdictSame, record.VerdictConflict, record.VerdictError}
}

func verdictText(v record.Verdict) string {
	return map[record.Verdict]string{
		record.VerdictNew: "新增", record.VerdictUpdate: "更新", record.VerdictSame: "相同",
		record.VerdictConflict: "冲突", record.VerdictError: "错误",
	}[v]
}

func verdictTone(v record.Verdict) widgets.Tone {
	switch v {
	case record.VerdictNew:
		return widgets.Good
	case record.VerdictUpdate:
		return widgets.Accent
	case record.VerdictConflict:
		return widgets.Warn
	case record.VerdictError:
		return widgets.Bad
	default:
		return widgets.Muted
	}
}

func newRosterPreview(w *rosterWizard) *rosterPreview {
	p := &rosterPreview{w: w, d: w.d, detail: widgets.NewParagraph("", widgets.Muted)}
	p.grid = widgets.NewGrid(p.columns())
	p.grid.Key = func(row int) string { return fmt.Sprint(p.rows[row]) }
	p.grid.OnSelect = p.selected
	p.grid.Empty = widgets.Empty{Title: "没有这一类的行"}
	p.filter = widgets.NewRadio(p.options(), p.filterBy)
	p.filter.SetValue(p.options()[0])
	p.role = widgets.NewRadio([]string{"志愿者", "退役军人"}, p.readAgain)
	p.role.SetValue(map[roster.Role]string{roster.Volunteers: "志愿者", roster.Veterans: "退役军人"}[w.as])
	var commit func()
	head := bar(heading("导入预览"), text(filepath.Base(w.path), widgets.Muted), spring(), widgets.NewButton("换一个文件（Ctrl+I）", w.choose), widgets.NewButton("返回（Esc）", w.close))
	if n := w.plan.Count(record.VerdictNew) + w.plan.Count(record.VerdictUpdate); n > 0 {
		commit = w.commit
		head.Add(widgets.NewPrimaryButton(fmt.Sprintf("导入 %d 人（Ctrl+S）", n), commit))
	}
	lines := stack(6, bar(text("表中的人是", widgets.Muted), p.role, spring(), text("不得录入涉密信息", widgets.Warn)))
	for _, one := range p.told() {
		lines.Add(text(one, widgets.Muted))
	}
	top := stack(0, padded(10, 16, head), insets(16, 0, 16, 8, lines), line(), padded(4, 16, p.filter), line())
	foot := stack(0, line(), padded(8, 16, container.New(&fixed{height: 40}, p.detail)))
	p.filterBy(p.filter.Value())
	w.setStep(edged(top, foot, nil, p.grid), p.grid, commit)
	return p
}

func (p *rosterPreview) options() []string {
	out := []string{fmt.Sprintf("全部 %d", len(p.w.plan.Decisions))}
	for _, v := range verdicts() {
		out = append(out, fmt.Sprintf("%s %d", verdictText(v), p.w.plan.Count(v)))
	}
	return out
}

func (p *rosterPreview) filterBy(option string) {
	p.only = ""
	for i, one := range p.options() {
		if one == option && i > 0 {
			p.only = verdicts()[i-1]
		}
	}
	p.rows = p.rows[:0]
	for i, d := range p.w.plan.Decisions {
		if p.only == "" || d.Verdict == p.only {
			p.rows = append(p.rows, i)
		}
	}
	p.grid.SetRows(len(p.rows))
	if len(p.rows) > 0 {
		p.grid.Select(0)
	}
	row, _ := p.grid.Selected()
	p.selected(row)
}

// readAgain takes the people of the roster in the other role.
func (p *rosterPreview) readAgain(option string) {
	p.w.as = roster.Volunteers
	if option == "退役军人" {
		p.w.as = roster.Veterans
	}
	p.w.read(p.w.path)
}

// told says what was read and what was not.
func (p *rosterPreview) told() []string {
	book := p.w.book
	var sheets, ignored []string
	for _, s := range book.Sheets {
		sheets = append(sheets, fmt.Sprintf("“%s” %d 人", s.Name, s.Rows))
		ignored = append(ignored, ignoredColumns(s)...)
	}
	out := []string{fmt.Sprintf("读取工作表 %s；跳过 %d 行（标题、合计、空行、重复的表头）。", strings.Join(sheets, "、"), book.Skipped)}
	if len(ignored) > 0 {
		out = append(out, "没有读取的列："+strings.Join(ignored, "、")+"。")
	}
	return append(out, notes(book)...)
}

const mostNotes = 3

// notes are the findings about the workbook and its sheets, each once.
func notes(book roster.Book) []string {
	var out []string
	seen := map[string]bool{}
	all := append(record.Problems{}, book.Notes...)
	for _, s := range book.Sheets {
		all = append(all, s.Notes...)
	}
	for _, n := range all {
		said := say.Problem(n)
		if n.Code != record.CodeColumnIgnored && !seen[said] && len(out) < mostNotes {
			seen[said] = true
			out = append(out, said)
		}
	}
	return out
}

func ignoredColumns(s roster.Sheet) []string {
	var out []string
	for letter, head := range s.Ignored {
		out = append(out, letter+" 列“"+strings.Join(strings.Fields(head), "")+"”")
	}
	sort.Strings(out)
	return out
}

func (p *rosterPreview) at(row int) record.Decision { return p.w.plan.Decisions[p.rows[row]] }

func (p *rosterPreview) columns() []widgets.Column {
	person := func(f func(record.Volunteer) string) func(int) string {
		return func(row int) string { return f(p.at(row).Draft.Volunteer) }
	}
	many := len(p.w.book.Sheets) > 1
	columns := []widgets.Column{
		{ID: "row", Title: "行", Width: 56, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(p.at(row).Draft.Row) }},
		{ID: "verdict", Title: "结果", Width: 56, Value: func(row int) string { return verdictText(p.at(row).Verdict) }, Tone: func(row int) widgets.Tone { return verdictTone(p.at(row).Verdict) }},
		{ID: "name", Title: "姓名", Width: 84, Value: person(func(v record.Volunteer) string { return v.Name })},
		{ID: "id", Title: "身份证号", Width: 168, Value: person(func(v record.Volunteer) string { return record.MaskID(string(v.IDNumber)) })},
		{ID: "birth", Title: "出生日期", Width: 96, Value: func(row int) string { return p.birth(p.at(row)) }},
		{ID: "phone", Title: "电话", Width: 112, Value: person(func(v record.Volunteer) string { return strings.Join(record.MaskPhones(v.Phones), "、") })},
		{ID: "village", Title: "社区", Width: 100, Value: person(func(v record.Volunteer) string { return villageChoice(v.Village, v.VillageName).Text })},
		{ID: "said", Title: "说明", Width: 440, Value: func(row int) string { return explain(p.at(row)) }},
	}
	if many {
		columns = append([]widgets.Column{{ID: "sheet", Title: "工作表", Width: 110, Value: func(row int) string { return p.at(row).Draft.Sheet }}}, columns...)
	}
	return columns
}

// birth is the date of the record that would be written: it may come from the
// identity number.
func (p *rosterPreview) birth(d record.Decision) string {
	if d.After.Birth != "" {
		return string(d.After.Birth)
	}
	return string(d.Draft.Volunteer.Complete(p.d.today()).Birth)
}

// explain is what is to be said about a row, the weightiest first.
func explain(d record.Decision) string {
	var said []string
	if d.Verdict == record.VerdictUpdate {
		var labels []string
		for _, f := range d.Fields {
			labels = append(labels, say.Field(f))
		}
		said = append(said, "将更新："+strings.Join(labels, "、"))
	}
	for _, level := range []record.Level{record.LevelError, record.LevelReview, record.LevelWarning, record.LevelFixed} {
		for _, one := range d.Draft.Problems {
			if one.Level == level {
				said = append(said, say.Problem(one))
			}
		}
	}
	return strings.Join(said, "；")
}

func (p *rosterPreview) selected(row int) {
	if row < 0 || row >= len(p.rows) {
		p.detail.SetText("")
		return
	}
	d := p.at(row)
	said := explain(d)
	if said == "" {
		said = "没有问题。"
	}
	p.detail.SetText(fmt.Sprintf("第 %d 行 %s：%s", d.Draft.Row, d.Draft.Volunteer.Name, said))
}
