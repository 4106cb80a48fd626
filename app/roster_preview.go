package app

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// rosterPreview shows what an import would do, row by row, and takes decisions.
type rosterPreview struct {
	w      *rosterWizard
	d      *Desk
	rows   []int            // of the plan, filtered
	held   *record.Decision // the row heldAt of the plan, until the next decision
	heldAt int
	only   record.Verdict
	filter *fyne.Container // of the radio, which changes with the counts
	role   *widgets.Radio
	grid   *widgets.Grid
	detail *widgets.Paragraph
	keys   *words
	button *fyne.Container
}

// verdicts are what may become of a row, in the order of the filter.
func verdicts() []record.Verdict {
	return []record.Verdict{record.VerdictNew, record.VerdictUpdate, record.VerdictSame, record.VerdictConflict, record.VerdictError, record.VerdictSkip}
}

func verdictText(v record.Verdict) string {
	return map[record.Verdict]string{
		record.VerdictNew: "新增", record.VerdictUpdate: "更新", record.VerdictSame: "相同",
		record.VerdictConflict: "冲突", record.VerdictError: "错误", record.VerdictSkip: "不导入",
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

// The roles of the people of a roster, as a clerk reads them.
const (
	roleServe  = "志愿者"
	roleServed = "退役军人（只登记，不服务）"
)

func newRosterPreview(w *rosterWizard) *rosterPreview {
	p := &rosterPreview{w: w, d: w.d, detail: widgets.NewParagraph("", widgets.Muted), filter: container.NewStack(), button: container.NewStack()}
	p.grid = widgets.NewGrid(p.columns())
	p.grid.Key = func(row int) string { return fmt.Sprint(p.rows[row]) }
	p.grid.OnSelect = p.selected
	p.grid.OnType = p.typed
	p.grid.OnKey = p.key
	p.grid.OnOpen = func(row int) { p.openCard(p.rows[row]) }
	p.grid.Empty = widgets.Empty{Title: "没有这一类的行"}
	p.role = widgets.NewRadio([]string{roleServe, roleServed}, p.asRole)
	p.role.SetValue(map[roster.Role]string{roster.Volunteers: roleServe, roster.Veterans: roleServed}[w.job.as])
	p.keys = caption("")
	return p
}

// show makes the preview the open step.
func (p *rosterPreview) show() {
	w := p.w
	columns := widgets.NewButton("列的对应（Ctrl+O）", w.showMapping)
	head := bar(heading("导入预览"), text(w.from.name(), widgets.Muted), spring(), columns,
		widgets.NewButton("换一个文件（Ctrl+I）", w.choose), widgets.NewButton("返回（Esc）", w.close), p.button)
	lines := stack(6, bar(text("表中的人是", widgets.Muted), p.role, spring(), text("不得录入涉密信息", widgets.Warn)))
	if p.nothingNew() {
		lines.Add(text("没有新内容：表里的人都登记过，资料也一样。", widgets.Good))
	}
	for _, one := range p.told() {
		lines.Add(text(one, widgets.Muted))
	}
	top := stack(0, padded(10, 16, head), insets(16, 0, 16, 8, lines), line(), padded(4, 16, p.filter), line())
	foot := stack(0, line(), insets(16, 8, 16, 4, container.New(&fixed{height: 40}, p.detail)), insets(16, 0, 16, 8, p.keys))
	more := map[string]func(){"Ctrl+O": w.showMapping}
	if newTeams(w.plan) > 0 {
		more["Ctrl+N"] = p.makeTeams
	}
	if p.left() > 0 {
		more["Ctrl+E"] = w.saveRejected
	}
	p.count()
	p.filterBy(p.only)
	w.setStep(rosterStep{content: edged(top, foot, nil, p.grid), focus: p.grid, primary: w.primary, more: more})
}

func (p *rosterPreview) left() int {
	return p.w.plan.Count(record.VerdictConflict) + p.w.plan.Count(record.VerdictError)
}

func (p *rosterPreview) nothingNew() bool {
	return p.w.plan.Len() > 0 && p.w.plan.CountJoining() == 0 && p.w.plan.Count(record.VerdictSame) == p.w.plan.Len()
}

// count shows the numbers as they stand after the last decision.
func (p *rosterPreview) count() {
	radio := widgets.NewRadio(p.options(), func(option string) { p.filterBy(p.verdictOf(option)) })
	radio.SetValue(p.option(p.only))
	p.filter.Objects = []fyne.CanvasObject{radio}
	p.filter.Refresh()
	p.w.primary, p.button.Objects = nil, nil
	said := ""
	if n := p.w.plan.Count(record.VerdictNew) + p.w.plan.Count(record.VerdictUpdate); n > 0 {
		said = fmt.Sprintf("导入 %d 人（Ctrl+S）", n)
	} else if n := p.w.plan.CountJoining(); n > 0 {
		said = fmt.Sprintf("编入队伍 %d 人（Ctrl+S）", n)
	}
	if said != "" {
		p.w.primary = p.w.commit
		p.button.Objects = []fyne.CanvasObject{widgets.NewPrimaryButton(said, p.w.commit)}
	}
	p.button.Refresh()
}

// option is one choice of the filter; the digit chooses it, too.
func (p *rosterPreview) option(v record.Verdict) string {
	if v == "" {
		return fmt.Sprintf("7 全部 %d", p.w.plan.Len())
	}
	return fmt.Sprintf("%d %s %d", slices.Index(verdicts(), v)+1, verdictText(v), p.w.plan.Count(v))
}

func (p *rosterPreview) options() []string {
	var out []string
	for _, v := range verdicts() {
		out = append(out, p.option(v))
	}
	return append(out, p.option(""))
}

func (p *rosterPreview) verdictOf(option string) record.Verdict {
	for _, v := range verdicts() {
		if p.option(v) == option {
			return v
		}
	}
	return ""
}

func (p *rosterPreview) filterBy(v record.Verdict) {
	p.only, p.held = v, nil
	p.rows = p.rows[:0]
	for i := range p.w.plan.Len() {
		if v == "" || p.w.plan.Verdict(i) == v {
			p.rows = append(p.rows, i)
		}
	}
	p.grid.SetRows(len(p.rows))
	if _, ok := p.grid.Selected(); !ok && len(p.rows) > 0 {
		p.grid.Select(0)
	}
	row, _ := p.grid.Selected()
	p.selected(row)
}

// asRole takes the people of the roster in the other role.
func (p *rosterPreview) asRole(option string) {
	job := p.w.job
	job.as = roster.Volunteers
	if option == roleServed {
		job.as = roster.Veterans
	}
	p.w.readAgain(p.w.from, job)
}

// told says what was read and what was not.
func (p *rosterPreview) told() []string {
	book := p.w.read.book
	var sheets, ignored []string
	for _, s := range book.Sheets {
		sheets = append(sheets, fmt.Sprintf("“%s” %d 人", s.Name, s.Rows))
		ignored = append(ignored, ignoredColumns(s)...)
	}
	from := "读取工作表 " + strings.Join(sheets, "、")
	if p.w.from.path == "" {
		from = fmt.Sprintf("读到 %d 人", p.w.plan.Len())
	}
	out := []string{fmt.Sprintf("%s；跳过 %d 行（标题、合计、空行、重复的表头）。", from, book.Skipped)}
	out = append(out, teamLines(p.w.plan)...)
	if len(ignored) > 0 {
		out = append(out, "没有读取的列："+strings.Join(ignored, "、")+"。")
	}
	if p.nothingNew() { // nobody is given a date of agreement, and the places were told before
		return out
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

// at is a row of the grid. The grid asks for one after the other, and for each
// several times.
func (p *rosterPreview) at(row int) *record.Decision {
	if p.held == nil || p.heldAt != p.rows[row] {
		d := p.w.plan.At(p.rows[row])
		p.held, p.heldAt = &d, p.rows[row]
	}
	return p.held
}

func (p *rosterPreview) columns() []widgets.Column {
	person := func(f func(record.Volunteer) string) func(int) string {
		return func(row int) string { return f(p.at(row).Draft.Volunteer) }
	}
	columns := []widgets.Column{
		{ID: "row", Title: "行", Width: 56, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(p.at(row).Draft.Row) }},
		{ID: "verdict", Title: "结果", Width: 64, Value: func(row int) string { return verdictText(p.at(row).Verdict) }, Tone: func(row int) widgets.Tone { return verdictTone(p.at(row).Verdict) }},
		{ID: "name", Title: "姓名", Width: 84, Value: person(func(v record.Volunteer) string { return v.Name })},
		{ID: "id", Title: "身份证号", Width: 168, Value: person(func(v record.Volunteer) string { return record.MaskID(string(v.IDNumber)) })},
		{ID: "birth", Title: "出生日期", Width: 96, Value: func(row int) string { return p.birth(p.at(row)) }},
		{ID: "phone", Title: "电话", Width: 112, Value: person(func(v record.Volunteer) string { return strings.Join(record.MaskPhones(v.Phones), "、") })},
		{ID: "village", Title: "社区", Width: 100, Value: person(func(v record.Volunteer) string { return villageChoice(v.Village, v.VillageName).Text })},
		{ID: "said", Title: "说明", Width: 432, Value: func(row int) string { return explain(p.at(row)) }},
	}
	if len(p.w.read.book.Sheets) > 1 {
		sheet := widgets.Column{ID: "sheet", Title: "工作表", Width: 110, Value: func(row int) string { return p.at(row).Draft.Sheet }}
		columns = append([]widgets.Column{sheet}, columns...)
	}
	return columns
}

// birth is the date of the record that would be written: it may come from the
// identity number.
func (p *rosterPreview) birth(d *record.Decision) string {
	if d.After.Birth != "" {
		return string(d.After.Birth)
	}
	return string(d.Draft.Volunteer.Complete(p.d.today()).Birth)
}

// explain is what is to be said about a row, the weightiest first.
func explain(d *record.Decision) string {
	var said []string
	if text := decidedText(d); text != "" {
		said = append(said, text)
	}
	if d.Verdict == record.VerdictUpdate {
		said = append(said, "将更新："+fieldNames(d.Fields))
	}
	for _, one := range d.Refused {
		if d.Found != record.VerdictError {
			said = append(said, "不能这样写入："+say.Problem(one))
		}
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

func fieldNames(names []string) string {
	var labels []string
	for _, f := range names {
		labels = append(labels, say.Field(f))
	}
	return strings.Join(labels, "、")
}

// decidedText says what the clerk decided.
func decidedText(d *record.Decision) string {
	c := d.Choice
	switch {
	case c.Answer == record.AnswerSkip:
		return "已定：不导入"
	case c.Answer == record.AnswerNew:
		return "已定：新的人"
	case c.Answer == record.AnswerKeep:
		return "已定：保留已有"
	case c.Answer == record.AnswerTheirs:
		return "已定：用表里的"
	case c.Person != "":
		return "已定：是登记过的人"
	case len(c.Fields) > 0:
		return "已定：逐项选过"
	}
	return ""
}

func (p *rosterPreview) selected(row int) {
	if row < 0 || row >= len(p.rows) {
		p.detail.SetText("")
		p.keys.SetText("")
		return
	}
	d := p.at(row)
	said := explain(d)
	if said == "" {
		said = "没有问题。"
	}
	if healed := healedText(d); healed != "" {
		said += " 原文：" + healed
	}
	p.detail.SetText(fmt.Sprintf("第 %d 行 %s：%s", d.Draft.Row, d.Draft.Volunteer.Name, said))
	p.keys.SetText(p.keysFor(d))
}
