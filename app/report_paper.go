package app

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"rongyuan/app/widgets"
	"rongyuan/reports"
	"rongyuan/store"
	"rongyuan/store/record"
)

// reportsDir holds the period reports, beside the station's file.
const reportsDir = "reports"

// paperKind is a form in which a month report leaves the program.
type paperKind struct {
	action store.Action
	suffix string
	doing  string
	said   string
	write  func(io.Writer, record.PeriodReport) error
}

func (s *reportScreen) print() {
	s.write(paperKind{store.ActionPrint, ".pdf", "正在生成报表", "报表已生成", reports.PeriodPDF})
}

func (s *reportScreen) export() {
	s.write(paperKind{store.ActionExport, ".xlsx", "正在导出报表", "报表已导出", reports.PeriodExcel})
}

// write counts once more, numbers the paper in the audit log, writes it and
// opens it.
func (s *reportScreen) write(kind paperKind) {
	var path, serial string
	period, text := s.period, s.texts[s.period]
	s.d.work(kind.doing, func(ctx context.Context, _ func(int, int)) (err error) {
		path, serial, err = s.d.writeReport(ctx, period, text, kind)
		return err
	}, func(err error) {
		if err != nil {
			s.d.trouble(err)
			return
		}
		s.d.noticeAction(widgets.Good, kind.said+"（编号 "+serial+"）："+path, "打开", func() { s.d.show(path) })
		if s.d.cfg.Opener != nil {
			s.d.show(path)
		}
	})
}

func (d *Desk) writeReport(ctx context.Context, p record.Period, text []string, kind paperKind) (path, serial string, err error) {
	r, err := d.db.Report(ctx, p)
	if err == nil {
		r, err = d.db.Stamped(ctx, r)
	}
	if err != nil {
		return "", "", err
	}
	r.Text = text
	number, err := d.db.Note(ctx, store.Note{Action: kind.action, Subject: reportName(p), Detail: p.String()})
	if err != nil {
		return "", "", err
	}
	r.Serial = store.Serial(r.Station.Code, number)
	dir := filepath.Join(d.cfg.Options.Dir, reportsDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", "", record.Fail(record.CodeFileUnwritten).Because(err)
	}
	name := fileName(p.Chinese() + "志愿服务工作" + reportName(p) + "-" + r.Station.Name)
	write := func(w io.Writer) error { return kind.write(w, r) }
	path, err = writeFile(filepath.Join(dir, name+kind.suffix), write)
	if errors.Is(err, record.Fail(record.CodeFileUnwritten)) {
		// The report before is open in another program, which holds its name.
		path, err = writeFile(filepath.Join(dir, name+"-"+r.Serial+kind.suffix), write)
	}
	return path, r.Serial, err
}

// reportName is what the report of a period is called: 月报, 季报, 半年报, 年报.
func reportName(p record.Period) string { return record.PeriodKinds().NameOf(string(p.Kind())) }

// fileName takes out what no file name may hold.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|`, r) {
			return -1
		}
		return r
	}, s)
}
