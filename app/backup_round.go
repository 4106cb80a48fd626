package app

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store"
	"rongyuan/store/record"
)

// A backup is written without being asked for: at the end of a session and every
// four hours when anything has changed, before an import and (by the store)
// before a purge; and copied to the drive that was chosen for it. It is silent
// while it works; what failed stands in the status bar and in 今日.

const (
	backupEvery = 4 * time.Hour
	// backupOld and drillOld are when 今日 speaks of it.
	backupOld = 3 * 24 * time.Hour
	drillOld  = 31 * 24 * time.Hour
)

// backups is the state of the rounds of a session; it belongs to the painting
// goroutine.
type backups struct {
	last    time.Duration // the uptime at the last round or the login
	running bool
	failed  error
}

// backupDue begins a round when it is time.
func (d *Desk) backupDue() {
	if d.backups.running || d.uptime()-d.backups.last < backupEvery {
		return
	}
	d.backups.running = true
	d.spawn(func() {
		done, err := d.backupRound(d.ctx)
		fyne.Do(func() {
			d.backups.running, d.backups.last, d.backups.failed = false, d.uptime(), err
			if d.frame != nil && (done || err != nil) {
				d.frame.refreshStatus()
				d.refreshToday()
			}
		})
	})
}

// backupRound writes a backup where anything has changed since the last one, and
// brings the chosen drives up to date. It says whether it wrote one.
func (d *Desk) backupRound(ctx context.Context) (wrote bool, err error) {
	newest, head, err := d.lastBackup(ctx)
	if err != nil {
		return false, err
	}
	now, err := d.db.Head(ctx)
	if err != nil {
		return false, err
	}
	if newest == "" || !now.Equal(head) {
		file, err := d.db.Backup(ctx, "")
		if err != nil {
			return false, err
		}
		newest, wrote = file.Path, true
	}
	station, err := d.db.Station(ctx)
	if err != nil {
		return wrote, err
	}
	_, err = d.cfg.copyBackup(ctx, newest, station.Code)
	return wrote, err
}

// lastBackup is the newest backup that can be read, and where the log stood.
func (d *Desk) lastBackup(context.Context) (string, record.Head, error) {
	paths, err := store.Backups(d.db.BackupDir())
	if err != nil {
		return "", record.Head{}, err
	}
	for _, path := range paths {
		if label, err := store.ReadBackup(path); err == nil {
			return path, label.Head, nil
		}
	}
	return "", record.Head{}, nil
}

// closeWindow keeps the drafts, writes the last backup of the day and closes. A
// backup that fails is told; the clerk may go all the same.
func (d *Desk) closeWindow() {
	if d.frame == nil {
		d.win.Close()
		return
	}
	d.drafts.flush(func() {
		d.work("正在备份，马上就关", func(ctx context.Context, _ func(int, int)) error {
			_, err := d.backupRound(ctx)
			return err
		}, func(err error) {
			if err == nil || record.CodeOf(err) == record.CodeCancelled {
				d.win.Close()
				return
			}
			widgets.ShowConfirm(d.win.Canvas(), widgets.Question{
				Title: "关闭前的备份没有成功", Text: "今天的记录都已经保存在这台电脑里，只是没有新的备份。可以现在关闭，下次再备份。",
				Yes: "关闭", No: "先不关",
			}, func(yes bool) {
				if yes {
					d.win.Close()
				}
			})
		})
	})
}

// backupLines are what 今日 says of backups.
func (d *Desk) backupLines(f todayFacts) []dueLine {
	open := func() { d.openSettings(sectionBackup) }
	now := d.now()
	switch {
	case d.backups.failed != nil:
		return []dueLine{{what: "自动备份没有成功", detail: "打开“备份”，按“立即备份”再试", tone: widgets.Warn, open: open}}
	case f.people == 0 && f.backup.IsZero():
		return nil // nothing to lose yet
	case f.backup.IsZero() || now.Sub(f.backup) > backupOld:
		return []dueLine{{what: "备份", detail: "最近三天没有备份过", tone: widgets.Warn, open: open}}
	case now.Sub(f.drill) > drillOld:
		return []dueLine{{what: "检查备份", detail: "一个多月没有试过备份能不能恢复，按 Enter 现在检查", tone: widgets.Warn, open: func() {
			open()
			if s, ok := d.screens[doorSettings].(*settingsScreen); ok {
				if b, ok := s.sections[sectionBackup].(*backupSection); ok {
					b.drillFile("")
				}
			}
		}}}
	}
	return nil
}

// openSettings opens a part of the settings.
func (d *Desk) openSettings(section int) {
	d.open(doorSettings, place{})
	if s, ok := d.screens[doorSettings].(*settingsScreen); ok {
		s.choose(section)
	}
}

// backupSegment is the last backup in the status bar.
func (d *Desk) backupSegment(backup time.Time) widgets.Segment {
	s := widgets.Segment{Text: "上次备份 " + clockOf(backup.UnixMilli()), Tone: widgets.Muted, OnTap: func() { d.openSettings(sectionBackup) }}
	if d.now().Sub(backup) > backupOld {
		s.Tone = widgets.Warn
	}
	if d.backups.failed != nil {
		s.Text, s.Tone = "自动备份没有成功", widgets.Warn
	}
	return s
}

// chooseDrive marks a drive for the second copy and copies at once.
func (d *Desk) chooseDrive(then func()) {
	var drives []string
	d.work("正在查找 U 盘", func(context.Context, func(int, int)) error {
		drives = d.cfg.drives()
		return nil
	}, func(err error) {
		if err != nil {
			d.trouble(err)
			return
		}
		if len(drives) == 0 {
			widgets.ShowMessage(d.win.Canvas(), "没有找到 U 盘", "请插上 U 盘或移动硬盘，等几秒再试。", nil)
			return
		}
		pick := widgets.NewChoiceEntry(widgets.Choices(drives...), nil)
		pick.SetValue(drives[0])
		why := widgets.NewParagraph("程序会在盘上建一个“"+secondFolder+"”文件夹，以后每次备份，只要这个盘插着，就自动再存一份。备份是加密的；盘请另放一处。", widgets.Muted)
		why.Width = 440
		widgets.ShowForm(d.win.Canvas(), widgets.FormDialog{
			Title: "选一个盘放第二份备份", Content: stack(12, why, widgets.NewField("盘", pick)), OK: "用这个盘", Width: 440,
			OnOK: func() bool {
				if pick.Value() == "" {
					return false
				}
				d.markAndCopy(pick.Value(), then)
				return true
			},
		})
	})
}

func (d *Desk) markAndCopy(drive string, then func()) {
	d.work("正在存第二份", func(ctx context.Context, _ func(int, int)) error {
		station, err := d.db.Station(ctx)
		if err != nil {
			return err
		}
		if err := markDrive(drive, station.Code); err != nil {
			return err
		}
		_, err = d.backupRound(ctx)
		return err
	}, func(err error) {
		then()
		if err != nil {
			d.trouble(err)
			return
		}
		d.notice(widgets.Good, "已存第二份到 "+drive+"，以后插着这个盘就自动存。")
	})
}
