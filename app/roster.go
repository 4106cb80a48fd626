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
	"rongyuan/assets"
	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// rosterWizard imports a roster in three steps: the file, the preview, the
// outcome. Nothing is written before the clerk has seen what would be.
type rosterWizard struct {
	s       *peopleScreen
	d       *Desk
	path    string
	as      roster.Role
	book    roster.Book
	plan    record.Plan
	result  *store.ImportResult // nil before it is written
	body    *fyne.Container
	preview *rosterPreview
	open    fyne.Focusable // the focus of the open step
	primary func()
	files   *dialog.FileDialog // while it is open
}

// rosterFile tells by the name whether a dropped file may be a roster.
func rosterFile(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx", ".xlsm", ".xls", ".et", ".csv", ".ett", ".xltx":
		return true
	}
	return false
}

// openRoster opens the wizard, with a file when one was dropped.
func (s *peopleScreen) openRoster(paths []string) {
	w := &rosterWizard{s: s, d: s.d, as: roster.Volunteers, body: container.NewStack()}
	s.roster = w
	s.layOut()
	w.showChoose()
	if len(paths) > 0 {
		w.read(paths[0])
	}
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
	keys := map[string]func(){"Escape": w.close, "Ctrl+I": w.choose}
	if w.primary != nil {
		keys["Ctrl+S"] = w.primary
	}
	if w.result != nil {
		keys["Ctrl+Z"] = w.undo
	}
	return keys
}

func (w *rosterWizard) setStep(o fyne.CanvasObject, focus fyne.Focusable, primary func()) {
	w.open, w.primary = focus, primary
	w.body.Objects = []fyne.CanvasObject{o}
	w.body.Refresh()
	if w.d.door == doorPeople && w.s.roster == w {
		w.Open()
	}
}

// showChoose is the first step.
func (w *rosterWizard) showChoose() {
	pick := widgets.NewPrimaryButton("选择花名册文件…", w.choose)
	back := widgets.NewButton("返回（Esc）", w.close)
	how := widgets.NewParagraph("Excel 或 WPS 表格都可以，列的顺序和名称不限。也可以把文件直接拖进窗口。先给您看读到了什么，确认以后才写入；写入以后还可以整批撤销。", widgets.Muted)
	how.Width = 460
	warn := text("不得录入涉密信息：部队番号、任务代号等内容请先从表中删去。", widgets.Warn)
	box := stack(16, heading("导入花名册"), how, warn, bar(pick, back))
	w.setStep(centredBoth(box), pick, nil)
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
		w.read(path)
	}, w.d.win)
	open.SetFilter(storage.NewExtensionFileFilter([]string{".xlsx", ".xlsm", ".xls", ".et", ".csv"}))
	open.SetTitleText("选择花名册")
	open.SetConfirmText("打开")
	open.SetDismissText("取消")
	open.SetOnClosed(func() { w.files = nil })
	open.Show()
	open.Resize(fyne.NewSize(820, 540))
	w.files = open
}

// read reads the file and decides every row; nothing is written.
func (w *rosterWizard) read(path string) {
	w.path = path
	var book roster.Book
	var plan record.Plan
	as := w.as
	w.d.work("正在读取花名册", func(ctx context.Context, progress func(int, int)) (err error) {
		if book, err = w.d.readRoster(ctx, path, as, progress); err != nil {
			return err
		}
		plan, err = w.d.db.PlanImport(ctx, book.Drafts)
		plan.File, plan.SHA256 = filepath.Base(path), book.SHA256
		return err
	}, func(err error) {
		if err != nil {
			w.d.trouble(err)
			return
		}
		w.book, w.plan, w.result = book, plan, nil
		w.preview = newRosterPreview(w)
	})
}

// withSource opens a workbook for as long as f needs it.
func withSource(path string, f func(roster.Source) error) error {
	file, err := os.Open(path)
	if err != nil {
		return record.Fail(record.CodeFileUnread).Because(err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return record.Fail(record.CodeFileUnread).Because(err)
	}
	return f(roster.Source{Name: filepath.Base(path), Size: info.Size(), ReaderAt: file})
}

func (d *Desk) readRoster(ctx context.Context, path string, as roster.Role, progress func(int, int)) (book roster.Book, err error) {
	street := d.street()
	opt := roster.Options{Today: d.today(), As: as, Progress: progress, Villages: func(name string) (string, bool) {
		found := assets.MatchVillages(street, name)
		if len(found) != 1 {
			return "", false
		}
		return found[0].Code, true
	}}
	err = withSource(path, func(src roster.Source) (err error) {
		book, err = roster.Read(ctx, src, opt)
		return err
	})
	return book, err
}

// commit writes the new and changed people as one batch.
func (w *rosterWizard) commit() {
	plan := w.plan
	var result store.ImportResult
	w.d.work("正在导入", func(ctx context.Context, _ func(int, int)) (err error) {
		if _, err := w.d.backupRound(ctx); err != nil {
			return err
		}
		result, err = w.d.db.CommitImport(ctx, plan)
		return err
	}, func(err error) {
		if err != nil {
			w.d.trouble(err)
			return
		}
		w.result = &result
		w.d.changed()
		w.showResult()
	})
}
