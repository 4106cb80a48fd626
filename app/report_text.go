package app

import (
	"strings"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/reports"
	"rongyuan/store/record"
)

// mostDoubtsShown is how many contradictions the editor of the written part
// shows at once.
const mostDoubtsShown = 4

// editText opens the written part of the paper: what the program wrote from the
// figures, to be changed before it is printed. What it says against the figures
// stands below while one types; a person decides.
func (s *reportScreen) editText() {
	r := s.report
	if r.Period != s.period {
		return // still counting
	}
	r.Text = s.texts[s.period]
	area := widgets.NewTextArea("一行一段", 12)
	area.SetValue(strings.Join(reports.Paragraphs(r), "\n"))
	doubts := widgets.NewParagraph("", widgets.Warn)
	doubts.Width = 640
	check := func(text string) { doubts.SetText(doubtWords(r.CheckText(record.Paragraphs(text)))) }
	area.OnChanged = check
	check(area.Value())
	again := widgets.NewButton("恢复自动写的文字", func() {
		r.Text = nil
		area.SetValue(strings.Join(reports.Paragraphs(r), "\n"))
		check(area.Value())
	})
	widgets.ShowForm(s.d.win.Canvas(), widgets.FormDialog{
		Title: r.Period.Chinese() + "报表的文字说明", Content: stack(10, area, doubts, bar(again)), OK: "就用这段（Ctrl+Enter）", Width: 640,
		OnOK: func() bool {
			s.keepText(r, area.Value())
			return true
		},
	})
}

// keepText keeps a changed text until the program ends; one that is as the
// program writes it follows the figures.
func (s *reportScreen) keepText(r record.PeriodReport, typed string) {
	r.Text = nil
	paragraphs := record.Paragraphs(typed)
	if len(paragraphs) == 0 || strings.Join(paragraphs, "\n") == strings.Join(reports.Paragraphs(r), "\n") {
		delete(s.texts, r.Period)
		return
	}
	s.texts[r.Period] = paragraphs
	if found := r.CheckText(paragraphs); len(found) > 0 {
		s.d.notice(widgets.Warn, say.Problem(found[0])+"。")
		return
	}
	s.d.notice(widgets.Good, "已改，打印时就用这段文字。")
}

func doubtWords(found record.Problems) string {
	if len(found) == 0 {
		return "文字里的数和数出来的一致。"
	}
	var out []string
	for i, one := range found {
		if i == mostDoubtsShown {
			out = append(out, "……")
			break
		}
		out = append(out, "！"+say.Problem(one)+"。")
	}
	return strings.Join(out, "\n")
}
