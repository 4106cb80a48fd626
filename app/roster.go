package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// rosterWizard imports a roster in three steps: the file, the preview, the
// outcome. Nothing is written before the clerk has seen what would be.
type rosterWizard struct {
	s       *peopleScreen
	d       *Desk
	from    rosterSource
	job     rosterJob
	read    rosterReading
	plan    record.Plan
	result  *store.ImportResult // nil before it is written
	body    *fyne.Container
	preview *rosterPreview
	open    fyne.Focusable // the focus of the open step
	primary func()
	leave   func()             // what Escape does in the open step
	more    map[string]func()  // further keys of the open step
	files   *dialog.FileDialog // while it is open
}

// rosterFile tells by the name whether a dropped file may be a roster.
func rosterFile(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx", ".xlsm", ".xls", ".et", ".csv", ".ett", ".xltx", ".txt":
		return true
	}
	return false
}

// openRoster opens the wizard, with a file when one was dropped.
func (s *peopleScreen) openRoster(paths []string) {
	w := &rosterWizard{s: s, d: s.d, body: container.NewStack()}
	w.job.as = roster.Volunteers
	s.roster = w
	s.layOut()
	w.showChoose()
	if len(paths) > 0 {
		w.take(rosterSource{path: paths[0]})
	}
}

// pasteRoster opens the wizard with text that was copied from a spreadsheet or
// a chat.
func (s *peopleScreen) pasteRoster() {
	text := s.d.cfg.App.Clipboard().Content()
	if strings.TrimSpace(text) == "" {
		s.d.notice(widgets.Warn, "剪贴板里没有文字。请先在表格里选中名单，按 Ctrl+C 复制。")
		return
	}
	if s.roster == nil {
		s.openRoster(nil)
	}
	if path, is := pastedPath(text); is {
		s.roster.take(rosterSource{path: path})
		return
	}
	s.roster.take(rosterSource{text: text})
}

// pastedPath is the file whose address was copied, as file managers copy it: in
// quotes, or as a file:// address. It is the way to a file without a mouse.
func pastedPath(text string) (string, bool) {
	path := strings.Trim(strings.TrimSpace(text), `"`)
	if strings.HasPrefix(path, "file://") {
		if uri, err := storage.ParseURI(path); err == nil {
			path = uri.Path()
		}
	}
	if strings.Contains(path, "\n") || !filepath.IsAbs(path) || !rosterFile(path) {
		return "", false
	}
	st, err := os.Stat(path)
	return path, err == nil && !st.IsDir()
}

func (w *rosterWizard) close() {
	w.s.roster = nil
	w.s.show(0)
}

// Content is the open step.
func (w *rosterWizard) Content() fyne.CanvasObject { return w.body }

// Open sets the focus of the step.
func (w *rosterWizard) Open() {
	if w.open != nil {
		w.d.win.Canvas().Focus(w.open)
	}
}

// Keys of the open step.
func (w *rosterWizard) Keys() map[string]func() {
	if w.files != nil {
		return map[string]func(){"Escape": w.files.Dismiss}
	}
	keys := map[string]func(){"Escape": w.leave, "Ctrl+I": w.choose, "Ctrl+V": w.s.pasteRoster}
	if w.primary != nil {
		keys["Ctrl+S"] = w.primary
	}
	for key, f := range w.more {
		keys[key] = f
	}
	return keys
}

// KeyNames say what the keys do in the wizard.
func (w *rosterWizard) KeyNames() map[string]string {
	return map[string]string{"Ctrl+I": "换一个文件", "Ctrl+V": "粘贴名单", "Ctrl+O": "列的对应", "Ctrl+N": "一并建立表里的队伍", "Ctrl+E": "另存没写入的行", "Ctrl+S": "确认这一步"}
}

// rosterStep is what the wizard shows and which keys go with it.
type rosterStep struct {
	content fyne.CanvasObject
	focus   fyne.Focusable
	primary func()
	leave   func() // nil closes the wizard
	more    map[string]func()
}

func (w *rosterWizard) setStep(s rosterStep) {
	w.open, w.primary, w.leave, w.more = s.focus, s.primary, s.leave, s.more
	if w.leave == nil {
		w.leave = w.close
	}
	w.body.Objects = []fyne.CanvasObject{s.content}
	w.body.Refresh()
	w.d.frame.dismiss()
	if w.d.door == doorPeople && w.s.roster == w {
		w.Open()
	}
}

// showChoose is the first step.
func (w *rosterWizard) showChoose() {
	pick := widgets.NewPrimaryButton("选择花名册文件…", w.choose)
	paste := widgets.NewButton("粘贴名单（Ctrl+V）", w.s.pasteRoster)
	back := widgets.NewButton("返回（Esc）", w.close)
	how := widgets.NewParagraph("Excel 或 WPS 表格都可以，列的顺序和名称不限。也可以把文件直接拖进窗口。先给您看读到了什么，确认以后才写入；写入以后还可以整批撤销。", widgets.Muted)
	how.Width = 460
	keys := text("也可以在文件夹里选中文件，复制文件地址（Ctrl+Shift+C），再到这里按 Ctrl+V。", widgets.Muted)
	warn := text("不得录入涉密信息：部队番号、任务代号等内容请先从表中删去。", widgets.Warn)
	box := stack(16, heading("导入花名册"), how, keys, warn, bar(pick, paste, back))
	w.setStep(rosterStep{content: centredBoth(box), focus: pick})
}

// choose asks for the file.
func (w *rosterWizard) choose() {
	open := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			return
		}
		path := r.URI().Path()
		if err := r.Close(); err != nil {
			w.d.trouble(record.Fail(record.CodeFileUnread).Because(err))
			return
		}
		w.take(rosterSource{path: path})
	}, w.d.win)
	open.SetFilter(storage.NewExtensionFileFilter([]string{".xlsx", ".xlsm", ".xls", ".et", ".csv", ".txt"}))
	open.SetTitleText("选择花名册")
	open.SetConfirmText("打开")
	open.SetDismissText("取消")
	open.SetOnClosed(func() { w.files = nil })
	open.Show()
	open.Resize(fyne.NewSize(820, 540))
	w.files = open
}

// take begins with another file or text.
func (w *rosterWizard) take(from rosterSource) {
	job := rosterJob{as: w.job.as}
	if w.result != nil {
		job.as = roster.Volunteers
	}
	w.readAgain(from, job)
}

// readAgain reads and decides every row; nothing is written. What was decided
// by hand is begun anew: rows may mean something else now.
func (w *rosterWizard) readAgain(from rosterSource, job rosterJob) {
	var read rosterReading
	var plan record.Plan
	w.d.work("正在读取花名册", func(ctx context.Context, progress func(int, int)) (err error) {
		read, plan, err = w.d.planRoster(ctx, from, job, progress)
		return err
	}, func(err error) {
		switch {
		case record.CodeOf(err) == record.CodeSignInSheet:
			w.offerSignIn(from)
		case err != nil:
			w.d.trouble(err)
		default:
			w.from, w.job, w.read, w.plan, w.result = from, job, read, plan, nil
			w.preview = newRosterPreview(w)
			w.preview.show()
		}
	})
}

// commit writes the new and changed people as one batch, unless the file has
// changed since the preview: then there is another one first.
func (w *rosterWizard) commit() {
	plan := w.plan
	var result store.ImportResult
	w.d.work("正在导入", func(ctx context.Context, progress func(int, int)) (err error) {
		if err := w.from.unchanged(plan.SHA256); err != nil {
			return err
		}
		if _, err := w.d.backupRound(ctx); err != nil {
			return err // an import is not begun without a way back
		}
		result, err = w.d.db.CommitImportWith(ctx, plan, store.ImportOptions{Progress: progress})
		return err
	}, func(err error) {
		switch {
		case record.CodeOf(err) == record.CodeFileChanged:
			w.d.trouble(err)
			w.readAgain(w.from, w.job)
		case err != nil:
			w.d.trouble(err)
		default:
			w.result = &result
			w.d.spawn(func() { _ = w.d.db.WriteBack(w.d.ctx) }) // else closing does it
			w.d.changed()
			w.showResult()
		}
	})
}
