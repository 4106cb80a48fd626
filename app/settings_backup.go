package app

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// backupSection writes backups and proves that they open.
type backupSection struct {
	d                   *Desk
	last, drill, folder *words
	second, alone       *words
	allowed             bool
	files               []backupLine
	grid                *widgets.Grid
	first               *widgets.Button
	content             fyne.CanvasObject
}

// backupLine is a backup in the folder.
type backupLine struct {
	path   string
	wallMS int64
	people int64
	ops    int64
}

func newBackupSection(d *Desk) section {
	s := &backupSection{d: d, last: text("", widgets.Normal), drill: text("", widgets.Normal), folder: text("", widgets.Normal), second: text("", widgets.Normal)}
	rows := stack(10)
	for _, one := range []struct {
		label string
		value *words
	}{{"上次备份", s.last}, {"上次检查", s.drill}, {"备份位置", s.folder}, {"第二份", s.second}} {
		rows.Add(bar(fixedWide(100, text(one.label, widgets.Muted)), one.value))
	}
	if d.cfg.Vault != nil {
		s.alone = text("", widgets.Normal)
		rows.Add(bar(fixedWide(100, text("无人值守", widgets.Muted)), s.alone))
	}
	s.grid = widgets.NewGrid([]widgets.Column{
		{ID: "at", Title: "备份时间", Width: 150, Value: func(row int) string { return clockOf(s.files[row].wallMS) }},
		{ID: "people", Title: "人员", Width: 80, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(s.files[row].people) }},
		{ID: "ops", Title: "记录", Width: 90, Align: widgets.Right, Value: func(row int) string { return fmt.Sprint(s.files[row].ops) }},
		{ID: "file", Title: "文件", Width: 330, Value: func(row int) string { return filepath.Base(s.files[row].path) }},
	})
	s.grid.OnType = func(r rune) { d.typed(r) }
	s.grid.OnOpen = func(row int) { s.drillFile(s.files[row].path) }
	s.grid.Empty = widgets.Empty{Title: "还没有备份", Text: "按“立即备份”写第一份；平时程序会自动备份。"}
	s.first = widgets.NewPrimaryButton("立即备份（Ctrl+S）", s.backup)
	actions := bar(s.first, widgets.NewButton("检查最近的备份能否恢复", func() { s.drillFile("") }),
		widgets.NewButton("第二份放到 U 盘…", func() { d.chooseDrive(s.load) }))
	if d.cfg.Vault != nil && d.mayManage() {
		actions.Add(widgets.NewButton("无人值守…", func() { d.switchUnattended(!s.allowed, s.load) }))
	}
	why := widgets.NewParagraph("备份是加密的，用备份时的密码或恢复码才能打开。请选一个 U 盘放第二份，平时放在另一个地方。", widgets.Muted)
	head := insets(24, 16, 24, 12, stack(12, heading("备份"), why, rows, actions, caption("选中一份按 Enter，检查那一份")))
	s.content = edged(whole(head), nil, nil, insets(24, 0, 24, 16, whole(s.grid)))
	return s
}

func (s *backupSection) name() string               { return "备份" }
func (s *backupSection) Content() fyne.CanvasObject { return s.content }
func (s *backupSection) focus()                     { s.d.win.Canvas().Focus(s.first) }
func (s *backupSection) unsaved() string            { return "" }
func (s *backupSection) keys() map[string]func()    { return map[string]func(){"Ctrl+S": s.backup} }

func (s *backupSection) load() {
	var last, drill time.Time
	var files []backupLine
	var chosen []string
	var allowed, ready bool
	read := func() (err error) {
		if last, drill, err = s.d.db.BackupTimes(s.d.ctx); err != nil {
			return err
		}
		chosen = s.d.cfg.chosen()
		if s.alone != nil {
			if allowed, ready, err = s.d.db.Unattended(s.d.ctx, s.d.cfg.Vault); err != nil {
				return err
			}
		}
		files, err = readBackups(s.d.db.BackupDir())
		return err
	}
	s.d.spawn(func() {
		err := read()
		fyne.Do(func() {
			if err != nil {
				s.d.trouble(err)
				return
			}
			s.second.Say(secondText(chosen))
			if s.allowed = allowed; s.alone != nil {
				s.alone.Say(unattendedText(allowed, ready))
			}
			s.show(last, drill, files)
		})
	})
}

// secondText is where the second copy goes now.
func secondText(chosen []string) (string, widgets.Tone) {
	if len(chosen) == 0 {
		return "没有插着选定的 U 盘", widgets.Warn
	}
	return strings.Join(chosen, "、") + "（插着，每次备份都会再存一份）", widgets.Normal
}

// readBackups describes the backups of a folder; one that cannot be read is
// listed all the same, with nothing known of it.
func readBackups(dir string) ([]backupLine, error) {
	paths, err := store.Backups(dir)
	var out []backupLine
	for _, path := range paths {
		line := backupLine{path: path}
		if label, err := store.ReadBackup(path); err == nil {
			line.wallMS, line.people, line.ops = label.WallMS, label.People, label.Operations
		}
		out = append(out, line)
	}
	return out, err
}

func (s *backupSection) show(last, drill time.Time, files []backupLine) {
	s.last.Say(sinceText(last, s.d.now()))
	s.drill.Say(sinceText(drill, s.d.now()))
	s.folder.SetText(s.d.db.BackupDir())
	s.files = files
	s.grid.SetRows(len(files))
	if _, ok := s.grid.Selected(); !ok && len(files) > 0 {
		s.grid.Select(0)
	}
	s.content.Refresh()
}

// sinceText is when something was done, and how long ago when that is long.
func sinceText(at, now time.Time) (string, widgets.Tone) {
	if at.IsZero() {
		return "还没有过", widgets.Warn
	}
	text, days := at.In(record.Zone()).Format("2006-01-02 15:04"), int(now.Sub(at).Hours()/24)
	if days > 31 {
		return fmt.Sprintf("%s，已经 %d 天", text, days), widgets.Warn
	}
	return text, widgets.Normal
}

func (s *backupSection) backup() {
	var file store.BackupFile
	s.d.work("正在备份", func(ctx context.Context, _ func(int, int)) (err error) {
		if file, err = s.d.db.Backup(ctx, ""); err != nil {
			return err
		}
		_, err = s.d.cfg.copyBackup(ctx, file.Path, file.Label.Station.Code)
		return err
	}, func(err error) {
		s.load()
		if err != nil {
			s.d.trouble(err)
			return
		}
		s.d.backups.failed = nil
		s.d.notice(widgets.Good, fmt.Sprintf("已备份 %d 人、%d 条记录，并读回核对：%s", file.Label.People, file.Label.Operations, filepath.Base(file.Path)))
		s.d.frame.refreshStatus()
	})
}

// drillFile opens a backup in a passing folder; "" is the newest one.
func (s *backupSection) drillFile(path string) {
	var label store.BackupLabel
	s.d.work("正在检查备份", func(ctx context.Context, _ func(int, int)) (err error) {
		label, err = s.d.db.Drill(ctx, path)
		return err
	}, func(err error) {
		s.load()
		if err != nil {
			s.d.trouble(err)
			return
		}
		s.d.notice(widgets.Good, fmt.Sprintf("能恢复：%s 的备份，%d 人、%d 条记录，全部打得开。", clockOf(label.WallMS), label.People, label.Operations))
	})
}
