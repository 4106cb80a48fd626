package app

import (
	"fmt"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store/record"
)

// typed decides the selected row: a digit filters, a letter answers, and a
// capital letter answers all rows of the kind.
func (p *rosterPreview) typed(r rune) {
	if n := int(r - '0'); n >= 1 && n <= len(verdicts())+1 {
		only := record.Verdict("")
		if n <= len(verdicts()) {
			only = verdicts()[n-1]
		}
		p.filterBy(only)
		p.count()
		return
	}
	answer, has := answerOf(r)
	row, ok := p.grid.Selected()
	switch {
	case !has:
		p.d.typed(r)
	case !ok || row >= len(p.rows):
	case unicode.IsUpper(r):
		p.decideKind(p.rows[row], answer)
	default:
		p.decide(p.rows[row], record.Choice{Answer: answer})
	}
}

func answerOf(r rune) (record.Answer, bool) {
	answer, has := map[rune]record.Answer{
		'k': record.AnswerKeep, 't': record.AnswerTheirs, 'n': record.AnswerNew, 's': record.AnswerSkip,
	}[unicode.ToLower(r)]
	return answer, has
}

// key takes a decision back.
func (p *rosterPreview) key(ev *fyne.KeyEvent) bool {
	row, ok := p.grid.Selected()
	if (ev.Name != fyne.KeyBackspace && ev.Name != fyne.KeyDelete) || !ok || row >= len(p.rows) {
		return false
	}
	p.decide(p.rows[row], record.Choice{})
	return true
}

func (p *rosterPreview) decide(i int, c record.Choice) {
	d := p.w.plan.At(i)
	if !p.w.plan.Decide(i, c) {
		p.d.notice(widgets.Warn, refusedChoice(&d, c.Answer))
		return
	}
	p.decided()
}

// refusedChoice says why an answer cannot be given.
func refusedChoice(d *record.Decision, a record.Answer) string {
	switch {
	case d.Found == record.VerdictError:
		return "这一行有错误，要在表里改好再导入。"
	case d.Found == record.VerdictSame:
		return "这一行没有新内容，不用决定。"
	case a == record.AnswerNew && d.Found == record.VerdictNew:
		return "这一行本来就是新的人。"
	case a == record.AnswerNew:
		return "身份证号已经登记过，不能再当作新的人。"
	case len(d.Candidates) > 1:
		return "要先说是哪一位：按 Enter 打开，再按数字选人。"
	}
	return "没有登记过的人可以对照：按 N 当作新的人，或按 S 不导入。"
}

func (p *rosterPreview) decideKind(i int, a record.Answer) {
	n := p.w.plan.DecideKind(i, a)
	if n == 0 {
		p.d.notice(widgets.Warn, "这一类的行要一行一行地决定。")
		return
	}
	p.decided()
	p.d.notice(widgets.Good, fmt.Sprintf("同一类的 %d 行已决定。按退格键可以逐行取消。", n))
}

// decided follows a decision: the counts change, and where the row leaves the
// filtered list the next one is selected.
func (p *rosterPreview) decided() {
	p.d.frame.dismiss()
	at, _ := p.grid.Selected()
	key := p.grid.SelectedKey()
	p.filterBy(p.only)
	p.count()
	if !p.grid.SelectKey(key) && len(p.rows) > 0 {
		p.grid.Select(min(max(at, 0), len(p.rows)-1))
	}
	p.grid.Reload()
	row, _ := p.grid.Selected()
	p.selected(row)
}

// keysFor are the keys that answer a row.
func (p *rosterPreview) keysFor(d *record.Decision) string {
	var keys []string
	add := func(c record.Choice, text string) {
		if d.May(c) {
			keys = append(keys, text)
		}
	}
	if kind := d.Kind(); kind != "" {
		if len(d.Candidates) == 1 {
			add(record.Choice{Answer: record.AnswerKeep, Person: d.Candidates[0].ID}, "K 就是登记过的人，保留已有")
			add(record.Choice{Answer: record.AnswerTheirs, Person: d.Candidates[0].ID}, "T 就是登记过的人，用表里的")
		} else {
			add(record.Choice{Answer: record.AnswerKeep}, "K 保留已有")
			add(record.Choice{Answer: record.AnswerTheirs}, "T 用表里的")
		}
		add(record.Choice{Answer: record.AnswerNew}, "N 新的人")
		add(record.Choice{Answer: record.AnswerSkip}, "S 不导入")
		keys = append(keys, "Shift+字母 同一类都这样", "退格 取消决定")
	}
	return strings.Join(append(keys, "Enter 逐项对照", "1–7 筛选"), " · ")
}

// healedText is what stood in the cells where it was put right.
func healedText(d *record.Decision) string {
	var out []string
	for _, field := range cardFields() {
		raw, read := rawText(d, field), shownText(&d.Draft.Volunteer, field)
		if raw != "" && read != "" && strings.Join(strings.Fields(raw), "") != read {
			out = append(out, fmt.Sprintf("%s“%s”→%s", say.Field(field), raw, read))
		}
	}
	return strings.Join(out, "，")
}
