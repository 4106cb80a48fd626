package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"rongyuan/app/widgets"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// mostHandedIn is the largest file that is taken as evidence.
const mostHandedIn = 60 << 20

// evidenceRows are what of the evidence is there, as a light with words, and
// each file with a way to it.
func (c *activityCard) evidenceRows(a record.Activity, list []record.Evidence) []widgets.CardRow {
	if a.State == record.ActivityCancelled {
		return nil
	}
	light := widgets.CardRow{Label: "材料", Value: "● 齐全", Tone: widgets.Good}
	if missing := a.Complete(list).Missing(); len(missing) > 0 {
		names := make([]string, len(missing))
		for i, kind := range missing {
			names[i] = record.EvidenceKinds().NameOf(kind)
		}
		light.Value, light.Tone = "○ 缺 "+strings.Join(names, "、"), widgets.Warn
		if len(missing) == 4 {
			light.Value = "○ 还没有（Ctrl+O 添加）"
		}
	}
	rows := []widgets.CardRow{light}
	for _, e := range list {
		rows = append(rows, widgets.CardRow{
			Label: record.EvidenceKinds().NameOf(e.Kind), Value: shorten(e.Name, 16), OnTap: func() { c.s.evidenceTapped(e) },
		})
	}
	return rows
}

// evidenceTapped asks what to do with a file.
func (s *activityScreen) evidenceTapped(e record.Evidence) {
	if !s.d.may(record.RightWrite) {
		s.openEvidence(e)
		return
	}
	said := fmt.Sprintf("%s，%d KB", record.EvidenceKinds().NameOf(e.Kind), (e.Size+1023)/1024)
	if e.Taken != "" {
		said += "，拍摄于 " + strings.Replace(string(e.Taken), "T", " ", 1)
	}
	take := widgets.NewRadio([]string{"打开看", "从这场活动拿掉"}, nil)
	take.SetValue("打开看")
	widgets.ShowForm(s.d.win.Canvas(), widgets.FormDialog{
		Title: shorten(e.Name, 24), OK: "确定", Content: stack(8, text(said, widgets.Muted), take),
		OnOK: func() bool {
			if take.Value() == "打开看" {
				s.openEvidence(e)
			} else {
				s.dropEvidence(e)
			}
			return true
		},
	})
}

// openEvidence writes a kept file into the PC's temporary folder and opens it;
// it goes when the window closes.
func (s *activityScreen) openEvidence(e record.Evidence) {
	var path string
	s.d.work("正在打开材料", func(ctx context.Context, _ func(int, int)) error {
		raw, err := s.d.db.EvidenceFile(ctx, e)
		if err != nil {
			return err
		}
		dir, err := os.MkdirTemp("", "rongyuan-*")
		if err != nil {
			return record.Fail(record.CodeFileUnwritten).Because(err)
		}
		name := fileName(filepath.Base(e.Name))
		if e.Width > 0 {
			name = strings.TrimSuffix(name, filepath.Ext(name)) + ".jpg"
		}
		path = filepath.Join(dir, name)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			return record.Fail(record.CodeFileUnwritten).Because(err)
		}
		return nil
	}, func(err error) {
		if err != nil {
			s.d.trouble(err)
			return
		}
		s.d.passing = append(s.d.passing, path, filepath.Dir(path))
		s.d.show(path)
	})
}

func (s *activityScreen) dropEvidence(e record.Evidence) {
	s.d.work("正在保存", func(ctx context.Context, _ func(int, int)) error { return s.d.db.WithdrawEvidence(ctx, e.ID) }, func(err error) {
		if err != nil {
			s.d.trouble(err)
			return
		}
		s.d.notice(widgets.Good, "已拿掉："+e.Name+"（Ctrl+Z 撤销）")
		s.d.changed()
	})
}

// chooseEvidence opens the file dialog for the selected activity.
func (s *activityScreen) chooseEvidence() {
	if _, ok := s.current(); !ok || s.form != nil {
		return
	}
	choose := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil || f == nil {
			return
		}
		path := f.URI().Path()
		if err := f.Close(); err != nil {
			s.d.trouble(record.Fail(record.CodeFileUnread).Because(err))
			return
		}
		s.hand([]string{path})
	}, s.d.win)
	choose.SetFilter(storage.NewExtensionFileFilter([]string{".jpg", ".jpeg", ".png", ".webp", ".bmp", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".txt"}))
	choose.SetConfirmText("添加")
	choose.SetDismissText("取消")
	choose.SetTitleText("选择材料")
	choose.SetOnClosed(func() { s.files = nil })
	choose.Show()
	choose.Resize(fyne.NewSize(820, 540))
	s.files = choose
}

// Drop takes files that are dragged onto the list as evidence of the selected
// activity; a workbook that may be a roster is left to the window.
func (s *activityScreen) Drop(paths []string) bool {
	if _, ok := s.current(); !ok || s.form != nil || !s.d.may(record.RightWrite) {
		return false
	}
	if rosterFile(paths[0]) && !strings.Contains(filepath.Base(paths[0]), "签到") {
		return false
	}
	s.hand(paths)
	return true
}

// pasteEvidence takes files that were copied in the file manager, where the
// clipboard gives their paths.
func (s *activityScreen) pasteEvidence() {
	var paths []string
	for _, line := range strings.Split(s.d.cfg.App.Clipboard().Content(), "\n") {
		line = strings.TrimPrefix(strings.Trim(strings.TrimSpace(line), `"`), "file://")
		if st, err := os.Stat(line); err == nil && st.Mode().IsRegular() {
			paths = append(paths, line)
		}
	}
	if len(paths) == 0 {
		s.d.notice(widgets.Warn, "剪贴板里没有文件。照片可以拖进窗口，或按 Ctrl+O 选。")
		return
	}
	if _, ok := s.current(); ok {
		s.hand(paths)
	}
}

// hand keeps files as evidence of the selected activity, one after the other:
// what is refused does not hold up the rest.
func (s *activityScreen) hand(paths []string) {
	r, ok := s.current()
	if !ok {
		return
	}
	kept := 0
	var found record.Problems
	var refused error
	s.d.work("正在添加材料", func(ctx context.Context, progress func(int, int)) error {
		for i, path := range paths {
			progress(i, len(paths))
			if err := ctx.Err(); err != nil {
				return err
			}
			more, err := s.d.handOne(ctx, r.a.ID, path)
			found = append(found, more...)
			if err != nil {
				refused = err
				continue
			}
			kept++
		}
		return nil
	}, func(err error) {
		if err != nil || kept == 0 && refused != nil {
			s.d.trouble(firstError(err, refused))
			s.d.changed()
			return
		}
		said, tone := fmt.Sprintf("已添加 %d 份材料：%s", kept, r.a.Title), widgets.Good
		for _, w := range warnings(found) {
			said, tone = said+"；"+w, widgets.Warn
		}
		if refused != nil {
			said, tone = said+"；没收下的："+say.Error(refused).What, widgets.Warn
		}
		s.d.notice(tone, said)
		s.d.changed()
	})
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

func (d *Desk) handOne(ctx context.Context, id record.ActivityID, path string) (record.Problems, error) {
	st, err := os.Stat(path)
	if err != nil || !st.Mode().IsRegular() {
		return nil, record.Fail(record.CodeFileUnread).Because(err)
	}
	if st.Size() > mostHandedIn {
		return nil, record.Fail(record.CodeTooLarge)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, record.Fail(record.CodeFileUnread).Because(err)
	}
	_, found, err := d.db.AddEvidence(ctx, store.NewEvidence{Activity: id, Name: filepath.Base(path), Raw: raw})
	return found, err
}
