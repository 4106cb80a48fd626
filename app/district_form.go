package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"rongyuan/app/widgets"
	"rongyuan/reports"
	"rongyuan/store/record"
)

// districtForm is the page on which the district's own form is filled (区级表格):
// a file, what its cells mean, and the filled copy. What was settled once is
// remembered by the form's heads, so that next month one key is enough.
type districtForm struct {
	s     *reportScreen
	d     *Desk
	path  string
	form  *reports.Form
	known bool // settled by a person before
	parts map[int][]record.FormPart
	sheet reports.FormSheet // that is shown
	all   []reports.FormSheet

	period  record.Period
	spans   *widgets.ChoiceEntry
	kind    *widgets.ChoiceEntry
	who     *widgets.ChoiceEntry
	row     *widgets.NumberEntry
	full    *widgets.Check
	columns map[string]*widgets.ChoiceEntry // by letter
	cells   map[string]*widgets.ChoiceEntry // by cell

	body    *fyne.Container
	focus   fyne.Focusable
	primary func()
	leave   func()
	files   *dialog.FileDialog // while it is open
}

// openForm opens the page over the report, with a file when one was dropped.
func (s *reportScreen) openForm(path string) {
	s.form = &districtForm{s: s, d: s.d, period: s.period, body: container.NewStack()}
	s.stage.Objects = []fyne.CanvasObject{s.form.body}
	s.stage.Refresh()
	s.form.showChoose()
	if path != "" {
		s.form.take(path)
	}
}

func (s *reportScreen) leaveForm() {
	s.form = nil
	s.stage.Objects = []fyne.CanvasObject{s.content}
	s.stage.Refresh()
	s.Refresh()
	s.d.win.Canvas().Focus(s.indicators)
}

// Drop takes a form that was dragged onto the reports.
func (s *reportScreen) Drop(paths []string) bool {
	if !formFile(paths[0]) || s.month != nil {
		return false
	}
	if s.form == nil {
		s.openForm("")
	}
	s.form.take(paths[0])
	return true
}

func formFile(path string) bool {
	return slices.Contains([]string{".xlsx", ".xlsm"}, strings.ToLower(filepath.Ext(path)))
}

// Open sets the focus of the step.
func (p *districtForm) Open() {
	if p.focus != nil {
		p.d.win.Canvas().Focus(p.focus)
	}
}

// Keys of the open step.
func (p *districtForm) Keys() map[string]func() {
	if p.files != nil {
		return map[string]func(){"Escape": p.files.Dismiss}
	}
	keys := map[string]func(){"Escape": p.leave, "Ctrl+I": p.choose, "Ctrl+V": p.paste}
	if p.primary != nil {
		keys["Ctrl+S"] = p.primary
	}
	return keys
}

// KeyNames say what the keys do here.
func (p *districtForm) KeyNames() map[string]string {
	return map[string]string{"Ctrl+I": "换一张表", "Ctrl+V": "粘贴文件地址", "Ctrl+S": "填好并打开"}
}

func (p *districtForm) step(content fyne.CanvasObject, focus fyne.Focusable, primary, leave func()) {
	p.focus, p.primary, p.leave = focus, primary, leave
	p.body.Objects = []fyne.CanvasObject{content}
	p.body.Refresh()
	if p.d.door == doorReports && p.s.form == p {
		p.Open()
	}
}

// showChoose asks for the form.
func (p *districtForm) showChoose() {
	pick := widgets.NewPrimaryButton("选择区里的表…", p.choose)
	how := widgets.NewParagraph("区里发的 .xlsx 表，拖进窗口，或在这里选。第一次对一次表头，以后同样的表按一下就填好。没填的格子、公式、样式、保护都不动；填的是另存的一份，原来的表不变。", widgets.Muted)
	how.Width = 460
	keys := text("也可以复制文件地址（Ctrl+Shift+C），到这里按 Ctrl+V。", widgets.Muted)
	box := stack(16, heading("区级表格"), how, keys, bar(pick, widgets.NewButton("返回（Esc）", p.s.leaveForm)))
	p.step(centredBoth(box), pick, nil, p.s.leaveForm)
}

// choose asks for the file.
func (p *districtForm) choose() {
	open := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			return
		}
		path := r.URI().Path()
		if err := r.Close(); err != nil {
			p.d.trouble(record.Fail(record.CodeFileUnread).Because(err))
			return
		}
		p.take(path)
	}, p.d.win)
	open.SetFilter(storage.NewExtensionFileFilter([]string{".xlsx", ".xlsm"}))
	open.SetTitleText("选择区里的表")
	open.SetConfirmText("打开")
	open.SetDismissText("取消")
	open.SetOnClosed(func() { p.files = nil })
	open.Show()
	open.Resize(fyne.NewSize(820, 540))
	p.files = open
}

// paste takes the file whose address was copied.
func (p *districtForm) paste() {
	path, is := pastedPath(p.d.cfg.App.Clipboard().Content())
	if !is {
		p.d.notice(widgets.Warn, "剪贴板里没有文件地址。请先在文件夹里选中表格，按 Ctrl+Shift+C。")
		return
	}
	p.take(path)
}

// take reads a form and settles how it is filled: as it was remembered, else as
// its heads say.
func (p *districtForm) take(path string) {
	var form *reports.Form
	var mapping record.FormMapping
	known := false
	p.d.work("正在读取表格", func(ctx context.Context, _ func(int, int)) (err error) {
		if form, err = readForm(path); err != nil {
			return err
		}
		saved, err := p.d.db.FormMappings(ctx)
		if err != nil {
			return err
		}
		if mapping, known = saved.For(form.Fingerprint()); !known {
			mapping = form.Suggest()
		}
		return nil
	}, func(err error) {
		if err != nil {
			p.d.trouble(err)
			return
		}
		p.path, p.form, p.known, p.all = path, form, known, form.Sheets()
		p.parts = map[int][]record.FormPart{}
		for _, one := range mapping.Parts {
			p.parts[one.Sheet] = append(p.parts[one.Sheet], one)
		}
		p.full = nil
		p.show(p.first())
	})
}

// readForm opens a form in memory: the file may be replaced while its copy is
// written.
func readForm(path string) (*reports.Form, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, record.Fail(record.CodeFileUnread, filepath.Base(path)).Because(err)
	}
	return reports.OpenForm(strings.NewReader(string(raw)), int64(len(raw)))
}

// first is the sheet to begin with: the first that something is known of.
func (p *districtForm) first() reports.FormSheet {
	for _, s := range p.all {
		if len(p.parts[s.Place]) > 0 {
			return s
		}
	}
	for _, s := range p.all {
		if !s.Hidden {
			return s
		}
	}
	return reports.FormSheet{}
}
