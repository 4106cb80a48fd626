package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"rongyuan/app/look"
	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// restorePage puts a station back from a backup: the list of backups to the
// left, what is in the selected one and its key to the right. Nothing on the
// disk moves before the backup was opened to its end.
type restorePage struct {
	d     *Desk
	back  func()
	files []backupFile
	at    int

	grid     *widgets.Grid
	facts    *fyne.Container
	way      *widgets.Radio
	account  *widgets.ChoiceEntry
	password *widgets.Entry
	code     *widgets.Entry
	fields   map[string]*widgets.Field
	more     *widgets.Paragraph
	button   *widgets.Button
	picker   *dialog.FileDialog // while it is open
	content  fyne.CanvasObject
}

// backupFile is a backup that may be put back, or why it may not.
type backupFile struct {
	path  string
	label store.BackupLabel
	err   error
}

const (
	byPassword = "当时的密码"
	byRecovery = "恢复码"
)

// showRestore opens the page; back leads to where it was opened from.
func (d *Desk) showRestore(back func()) {
	p := newRestorePage(d, back)
	d.showPage(p)
	p.load()
}

func newRestorePage(d *Desk, back func()) *restorePage {
	p := &restorePage{d: d, back: back, at: -1, facts: stack(6), password: secretEntry(), code: recoveryEntry(), more: hiddenText(380)}
	p.grid = widgets.NewGrid([]widgets.Column{
		{ID: "at", Title: "备份时间", Width: 150, Value: func(row int) string { return clockOf(p.files[row].label.WallMS) }},
		{ID: "people", Title: "人员", Width: 70, Align: widgets.Right, Value: func(row int) string { return p.people(row) }},
		{ID: "place", Title: "在哪里", Width: 260, Value: func(row int) string { return p.place(row) }, Tone: func(int) widgets.Tone { return widgets.Muted }},
	})
	p.grid.OnSelect = p.selected
	p.grid.OnOpen = func(int) { p.focusSecret() }
	p.grid.Empty = widgets.Empty{Title: "这台电脑上没有找到备份", Text: "插上存有备份的 U 盘，或按“选别的文件”（Ctrl+O）。备份文件的名字以 .rybak 结尾。"}
	p.way = widgets.NewRadio([]string{byPassword, byRecovery}, func(string) { p.showWay() })
	p.way.SetValue(byPassword)
	p.account = widgets.NewChoiceEntry(nil, nil)
	p.password.OnEnter, p.code.OnEnter = p.submit, p.submit
	p.fields = map[string]*widgets.Field{
		"way": widgets.NewField("用什么打开", p.way), "account": widgets.NewField("用户名", p.account),
		"password": widgets.NewField("密码", p.password), "recovery": widgets.NewField("恢复码", p.code),
	}
	p.button = widgets.NewPrimaryButton("从这份备份恢复（Ctrl+S）", p.submit)
	form := widgets.NewForm(1, p.fields["way"], p.fields["account"], p.fields["password"], p.fields["recovery"])
	right := insets(20, 16, 20, 16, stack(10, subheading("这份备份里有"), p.facts, line(), form, p.more, p.button))
	head := bar(heading("从备份恢复"), spring(), widgets.NewButton("选别的文件（Ctrl+O）", p.choose), widgets.NewButton("返回（Esc）", back))
	body := container.New(&restoreLayout{}, p.grid, onGround(look.RowLine, container.NewStack()), right)
	p.content = onGround(sheetColour, stacked(d.banner(), edged(stack(0, padded(14, 20, head), line()), nil, nil, body)))
	p.showWay()
	p.selected(-1)
	return p
}

// restoreLayout gives the list the room that the form leaves.
type restoreLayout struct{}

const restoreShare = 460

func (restoreLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(400+restoreShare, o[2].MinSize().Height)
}

func (restoreLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := s.Width - restoreShare
	for i, at := range [][2]float32{{0, w - 1}, {w - 1, 1}, {w, restoreShare}} {
		o[i].Move(fyne.NewPos(at[0], 0))
		o[i].Resize(fyne.NewSize(at[1], s.Height))
	}
	o[2].Resize(fyne.NewSize(restoreShare, min(o[2].MinSize().Height, s.Height)))
}

// place is the folder of a backup, in words for that of the station.
func (p *restorePage) place(row int) string {
	dir := filepath.Dir(p.files[row].path)
	if dir == p.d.cfg.Options.BackupDir() {
		return "这台电脑"
	}
	return dir
}

func (p *restorePage) people(row int) string {
	if p.files[row].err != nil {
		return "打不开"
	}
	return fmt.Sprint(p.files[row].label.People)
}

// Content is the page.
func (p *restorePage) Content() fyne.CanvasObject { return p.content }

// Open puts the focus onto the list.
func (p *restorePage) Open() { p.d.win.Canvas().Focus(p.grid) }

// Keys of the page.
func (p *restorePage) Keys() map[string]func() {
	if p.picker != nil {
		return map[string]func(){"Escape": p.picker.Dismiss}
	}
	return map[string]func(){"Ctrl+S": p.submit, "Ctrl+O": p.choose, "Escape": p.back}
}

// load looks for backups in the folder of the station and on the drives that
// are plugged in.
func (p *restorePage) load() {
	var found []backupFile
	p.d.spawn(func() {
		found = p.d.findBackups()
		fyne.Do(func() { p.show(found) })
	})
}

func (d *Desk) findBackups() []backupFile {
	dirs := []string{d.cfg.Options.BackupDir()}
	for _, drive := range d.cfg.drives() {
		dirs = append(dirs, secondDirs(drive)...)
	}
	var out []backupFile
	for _, dir := range dirs {
		paths, err := store.Backups(dir)
		if err != nil {
			continue // a drive that was pulled holds nothing to choose
		}
		for _, path := range paths {
			out = append(out, readBackupFile(path))
		}
	}
	slices.SortStableFunc(out, func(a, b backupFile) int { return int(min(max(b.label.WallMS-a.label.WallMS, -1), 1)) })
	return out
}

func readBackupFile(path string) backupFile {
	label, err := store.ReadBackup(path)
	return backupFile{path, label, err}
}

func (p *restorePage) show(found []backupFile) {
	p.files = found
	p.grid.SetRows(len(found))
	if len(found) > 0 {
		p.grid.Select(0)
	} else {
		p.selected(-1)
	}
}

// selected says what is in a backup before anything is done with it.
func (p *restorePage) selected(row int) {
	p.at = row
	p.more.Hide()
	p.facts.RemoveAll()
	switch {
	case row < 0 || row >= len(p.files):
		p.at = -1
		p.facts.Add(text("还没有选备份。", widgets.Muted))
	case p.files[row].err != nil:
		s := say.Error(p.files[row].err)
		bad := widgets.NewParagraph("这份打不开："+s.What+"。请换一份。", widgets.Bad)
		bad.Width = restoreShare - 60
		p.facts.Add(bad)
	default:
		p.showLabel(p.files[row])
	}
	p.content.Refresh()
}

func (p *restorePage) showLabel(f backupFile) {
	for _, one := range [][2]string{
		{"服务站", f.label.Station.Name},
		{"备份时间", clockOf(f.label.WallMS)},
		{"人员", fmt.Sprintf("%d 人", f.label.People)},
		{"操作记录", fmt.Sprintf("%d 条", f.label.Operations)},
		{"文件", filepath.Base(f.path)},
	} {
		p.facts.Add(bar(fixedWide(92, text(one[0], widgets.Muted)), text(one[1], widgets.Normal)))
	}
	var names []string
	for _, slot := range f.label.Slots {
		if slot.Kind == seal.KindPassword {
			names = append(names, slot.Name)
		}
	}
	p.account.SetOptions(widgets.Choices(names...))
	if p.account.Value() == "" && len(names) > 0 {
		p.account.SetValue(names[0])
	}
}

// showWay shows the fields of the chosen key.
func (p *restorePage) showWay() {
	for name, way := range map[string]string{"account": byPassword, "password": byPassword, "recovery": byRecovery} {
		if p.way.Value() == way {
			p.fields[name].Show()
		} else {
			p.fields[name].Hide()
		}
	}
	if p.content != nil {
		p.content.Refresh()
	}
}

func (p *restorePage) focusSecret() {
	if p.way.Value() == byRecovery {
		p.fields["recovery"].Focus()
		return
	}
	p.fields["password"].Focus()
}

// choose takes a file from anywhere.
func (p *restorePage) choose() {
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
	open.SetFilter(storage.NewExtensionFileFilter([]string{".rybak"}))
	open.SetTitleText("选择备份文件")
	open.SetConfirmText("打开")
	open.SetDismissText("取消")
	open.SetOnClosed(func() { p.picker = nil })
	open.Show()
	open.Resize(fyne.NewSize(820, 540))
	p.picker = open
}

// take puts a file at the head of the list.
func (p *restorePage) take(path string) {
	p.show(append([]backupFile{readBackupFile(path)}, p.files...))
	p.focusSecret()
}

func (p *restorePage) submit() {
	if p.at < 0 || p.files[p.at].err != nil {
		p.Open()
		return
	}
	secret := store.Secret{Account: p.account.Value(), Password: p.password.Text}
	field, empty := "password", "请输入备份那时候的密码"
	if p.way.Value() == byRecovery {
		secret = store.Secret{Recovery: p.code.Text}
		field, empty = "recovery", "请输入恢复码"
	}
	if secret.Password == "" && secret.Recovery == "" {
		wrong(p.fields[field], empty)
		return
	}
	path := p.files[p.at].path
	var label store.BackupLabel
	p.d.work("正在恢复", func(ctx context.Context, _ func(int, int)) (err error) {
		label, err = store.Restore(ctx, p.d.cfg.Options, path, secret)
		return err
	}, func(err error) { p.answer(label, field, err) })
}

func (p *restorePage) answer(label store.BackupLabel, field string, err error) {
	switch {
	case err == nil:
		p.d.openStation()
		widgets.ShowMessage(p.d.win.Canvas(), "已经恢复", fmt.Sprintf(
			"%s，%s 的备份，%d 人、%d 条操作记录。用户名和密码是备份那时候的。这里原来要是有文件，没有删，挪到了旁边。",
			label.Station.Name, clockOf(label.WallMS), label.People, label.Operations), func() {
			if p.d.page != nil {
				p.d.page.Open()
			}
		})
	case errors.Is(err, record.Fail(record.CodeWrongPassword)):
		wrong(p.fields[field], "打不开：密码要用备份那时候的")
	case errors.Is(err, record.Fail(record.CodeRecoveryTypo)), errors.Is(err, record.Fail(record.CodeWrongRecovery)):
		wrong(p.fields[field], recoveryText(err))
	default:
		s := say.Error(err)
		p.more.SetText("没有恢复：" + s.String())
		p.more.Show()
		p.content.Refresh()
	}
}
