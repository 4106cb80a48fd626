package app

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/reports"
	"rongyuan/store/record"
)

// papersDir holds what was printed, beside the station's file.
const papersDir = "papers"

// writePaper writes a paper under a file name and says where it is. It is called
// off the painting goroutine.
func (d *Desk) writePaper(name string, write func(io.Writer) error) (path string, err error) {
	dir := filepath.Join(d.cfg.Options.Dir, papersDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", record.Fail(record.CodeFileUnwritten).Because(err)
	}
	return writeFile(filepath.Join(dir, name), write)
}

// writeFile writes a file whole or not at all.
func writeFile(path string, write func(io.Writer) error) (string, error) {
	tmp := path + ".part"
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return "", record.Fail(record.CodeFileUnwritten).Because(err)
	}
	err = write(f)
	if closing := f.Close(); err == nil && closing != nil {
		err = record.Fail(record.CodeFileUnwritten).Because(closing)
	}
	if err == nil {
		if err = os.Rename(tmp, path); err != nil {
			err = record.Fail(record.CodeFileUnwritten).Because(err)
		}
	}
	if err != nil {
		_ = os.Remove(tmp) // the half-written file is of no use; err says what happened
		return "", err
	}
	return path, nil
}

// show opens a paper with the PC's own program for it.
func (d *Desk) show(path string) {
	if d.cfg.Opener == nil {
		d.noticePath(path)
		return
	}
	d.spawn(func() {
		if err := d.cfg.Opener(path); err != nil {
			fyne.Do(func() { d.noticePath(path) })
		}
	})
}

// recoveryPrinter writes the recovery code as a paper into the PC's temporary
// folder and opens it; the file goes when the window closes, for the code must
// not stay on the disk.
func (d *Desk) recoveryPrinter(station record.Station, code string) func() {
	if d.cfg.Opener == nil {
		return nil
	}
	return func() {
		var path string
		day := d.today()
		d.work("正在写恢复码", func(_ context.Context, _ func(int, int)) (err error) {
			path = filepath.Join(os.TempDir(), "rongyuan-recovery.pdf")
			path, err = writeFile(path, func(w io.Writer) error { return reports.RecoveryPDF(w, station.Name, code, day) })
			return err
		}, func(err error) {
			if err != nil {
				d.trouble(err)
				return
			}
			d.passing = append(d.passing, path)
			d.show(path)
		})
	}
}

// noticePath says where a paper is when it could not be opened.
func (d *Desk) noticePath(path string) {
	d.notice(widgets.Normal, "已保存到 "+path)
}
