package app

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// showResult is the last step: what was written, and the way back.
func (w *rosterWizard) showResult() {
	done := widgets.NewPrimaryButton("查看名单", w.close)
	buttons := bar(done)
	left := w.plan.Count(record.VerdictConflict) + w.plan.Count(record.VerdictError)
	said := fmt.Sprintf("新增 %d 人，更新 %d 人，相同 %d 人。", w.result.New, w.result.Updated, w.plan.Count(record.VerdictSame))
	if n := w.plan.Count(record.VerdictSkip); n > 0 {
		said += fmt.Sprintf("按您的决定没有导入 %d 行。", n)
	}
	if w.result.Joined > 0 {
		said += fmt.Sprintf("编入队伍 %d 人。", w.result.Joined)
	}
	if w.result.Teams > 0 {
		said += fmt.Sprintf("新建队伍 %d 个。", w.result.Teams)
	}
	more := map[string]func(){"Ctrl+Z": w.undo}
	rest := "表中的每一行都已处理。"
	if left > 0 {
		rest = fmt.Sprintf("还有 %d 行没有写入（冲突 %d，错误 %d）。可以把它们另存成表格，改好以后再导入一次，已经写入的不会重复。",
			left, w.plan.Count(record.VerdictConflict), w.plan.Count(record.VerdictError))
		buttons.Add(widgets.NewButton("另存没写入的行（Ctrl+E）", w.saveRejected))
		more["Ctrl+E"] = w.saveRejected
	}
	buttons.Add(widgets.NewButton("撤销本次导入（Ctrl+Z）", w.undo))
	next := widgets.NewParagraph(rest, widgets.Muted)
	next.Width = 520
	box := stack(14, heading("导入完成"), text(w.plan.File, widgets.Muted), subheading(said), next, buttons)
	w.setStep(rosterStep{content: centredBoth(box), focus: done, primary: w.close, more: more})
}

// undo takes the whole batch back.
func (w *rosterWizard) undo() {
	batch := w.result.Batch
	widgets.ShowConfirm(w.d.win.Canvas(), widgets.Question{
		Title: "撤销本次导入", Text: fmt.Sprintf("新增的 %d 人会从名单中撤下，更新过的 %d 人恢复原样。", w.result.New, w.result.Updated),
		Yes: "撤销导入", Danger: true,
	}, func(yes bool) {
		if !yes {
			return
		}
		w.d.work("正在撤销", func(ctx context.Context, _ func(int, int)) error {
			return w.d.db.UndoImport(ctx, batch)
		}, func(err error) {
			if err != nil {
				w.d.trouble(err)
				return
			}
			w.close()
			w.d.notice(widgets.Good, "已撤销本次导入，名单恢复原样。")
			w.d.changed()
		})
	})
}

// saveRejected writes the rows that were not taken beside the roster's copy, as
// a workbook like the one they came from.
func (w *rosterWizard) saveRejected() {
	reasons, book := map[roster.At]string{}, w.read.book
	for i := range w.plan.Len() {
		if v := w.plan.Verdict(i); v == record.VerdictError || v == record.VerdictConflict {
			d := w.plan.At(i)
			book.Drafts = append(book.Drafts, d.Draft)
			reasons[roster.At{Sheet: d.Draft.Sheet, Row: d.Draft.Row}] = explain(&d)
		}
	}
	name := strings.TrimSuffix(w.from.name(), filepath.Ext(w.from.name())) + "-没写入的行.xlsx"
	var path string
	w.d.work("正在另存", func(context.Context, func(int, int)) error {
		return w.from.with(func(src roster.Source) (err error) {
			path, err = w.d.writePaper(name, func(out io.Writer) error { return roster.WriteErrors(out, src, book, reasons) })
			return err
		})
	}, func(err error) {
		if err != nil {
			w.d.trouble(err)
			return
		}
		w.d.noticePath(path)
		w.d.show(path)
	})
}
