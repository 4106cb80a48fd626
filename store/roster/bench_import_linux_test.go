package roster_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// benchRows is the size of the workbook of BenchmarkImport: 20 columns of
// everything that a roster has; previewRows that of one which is shown.
const (
	benchRows   = 100_000
	previewRows = 2_000
)

// BenchmarkImport takes the ways through one large workbook apart, each a step
// of its own:
//
//	inflate      unpacks the sheet and the shared texts, and looks at nothing
//	scan         our reader of the rows
//	read         scan, heads, healing and checks, drafts given one by one
//	excelize     the rows of the library, raw
//	libreoffice  converts the workbook to CSV and does nothing else
//	import       the whole of it: read, understood, healed, matched, sealed,
//	             logged and committed with fsync
//	preview      what a clerk waits for before the preview of 2,000 rows
//
// `make bench-import` runs each in a process of its own, in turns, and prints
// the medians with what they are to each other. Time of the processor is told
// beside that of the clock, since only the first means something on a busy
// machine. The peak is that of the process since it began, so that it means
// something there only; that of an import holds opening the station and the
// password, whose time is not counted.
func BenchmarkImport(b *testing.B) {
	if dir := os.Getenv(foundIn); dir != "" {
		found(b, dir)
		return
	}
	path, small := benchWorkbook(b, benchRows), benchWorkbook(b, previewRows)
	type step struct {
		name string
		run  func(*work, roster.Source)
		path string
	}
	steps := []step{
		{"inflate", func(w *work, src roster.Source) { roster.Inflate(w.B, src) }, path},
		{"scan", func(w *work, src roster.Source) { roster.ScanAll(w.B, src) }, path},
		{"read", readAll, path},
		{"excelize", func(w *work, _ roster.Source) { excelizeRows(w.B, path) }, path},
		{"import", importAll, path},
		{"preview", preview, small},
	}
	if office, err := exec.LookPath("soffice"); err == nil {
		steps = append(steps, step{"libreoffice", func(w *work, _ roster.Source) { convert(w.B, office, path) }, path})
	}
	for _, step := range steps {
		b.Run(step.name, func(b *testing.B) {
			file, err := os.Open(step.path)
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = file.Close() }()
			info, err := file.Stat()
			if err != nil {
				b.Fatal(err)
			}
			w := &work{B: b, who: syscall.RUSAGE_SELF}
			if step.name == "libreoffice" {
				w.who = syscall.RUSAGE_CHILDREN
			}
			for range b.N {
				w.begin()
				step.run(w, roster.Source{Name: filepath.Base(step.path), Size: info.Size(), ReaderAt: file})
				b.StopTimer()
			}
			if w.took == 0 {
				w.took, w.spent = b.Elapsed(), w.cpu()-w.before
			}
			b.ReportMetric(float64(w.took.Milliseconds()), "ms")
			b.ReportMetric(float64(w.spent.Milliseconds()), "cpu-ms")
			b.ReportMetric(w.peak(), "peak-MB")
		})
	}
}

// work is a step that is measured; who is itself or its children.
type work struct {
	*testing.B
	who    int
	before time.Duration // time of the processor until the step began
	// took and spent are the time of the step by the clock and of the processor,
	// where they are not all that was timed.
	took, spent time.Duration
}

// begin forgets what was until now.
func (w *work) begin() {
	w.before = w.cpu()
	w.ResetTimer()
	w.StartTimer()
}

func (w *work) usage() syscall.Rusage {
	var used syscall.Rusage
	if err := syscall.Getrusage(w.who, &used); err != nil {
		w.Fatal(err)
	}
	return used
}

func (w *work) cpu() time.Duration {
	used := w.usage()
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// peak is the most memory that this process, or the largest that it waited for,
// ever had, in MB.
func (w *work) peak() float64 { return float64(w.usage().Maxrss) / 1024 }

// benchWorkbook is the workbook's file, made once and kept in dist.
func benchWorkbook(b *testing.B, rows int) string {
	b.Helper()
	path := filepath.Join("..", "..", "dist", "bench", "花名册-"+strconv.Itoa(rows)+".xlsx")
	if _, err := os.Stat(path); err == nil {
		return path
	} else if !errors.Is(err, fs.ErrNotExist) {
		b.Fatal(err)
	}
	src := roster.WideRoster(b, rows)
	body, err := io.ReadAll(io.NewSectionReader(src, 0, src.Size))
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o755)
	}
	if err == nil {
		err = os.WriteFile(path, body, 0o644)
	}
	if err != nil {
		b.Fatal(err)
	}
	return path
}

const benchDay = record.Day("2026-11-23")

func readAll(b *work, src roster.Source) {
	n := 0
	_, err := roster.Read(context.Background(), src, roster.Options{Today: benchDay, Each: func(record.Draft) error { n++; return nil }})
	if err != nil || n != benchRows {
		b.Fatal(err, n)
	}
}

func excelizeRows(b *testing.B, path string) {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if n != benchRows+1 {
		b.Fatal(n)
	}
}

func convert(b *testing.B, office, path string) {
	dir := b.TempDir()
	out, err := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "csv", "--outdir", dir, path).CombinedOutput()
	if err != nil {
		b.Fatal(err, string(out))
	}
	made, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(made) != 1 {
		b.Fatal(err, made)
	}
}

// importAll imports into a station that has nobody yet.
func importAll(w *work, src roster.Source) {
	db := openStation(w)
	defer func() { _ = db.Close() }()
	w.begin()
	plan := planAll(w, db, src)
	done, err := db.CommitImport(context.Background(), plan)
	if err != nil || done.New != benchRows {
		w.Fatal(err, done.New)
	}
	w.StopTimer()
	safe, spent := w.Elapsed(), w.cpu()-w.before
	w.StartTimer()
	if err := db.Close(); err != nil {
		w.Fatal(err)
	}
	w.StopTimer()
	w.ReportMetric(float64(w.Elapsed().Milliseconds()), "closed-ms")
	w.took, w.spent = safe, spent
}

// preview stops before anything is written.
func preview(w *work, src roster.Source) {
	db := openStation(w)
	defer func() { _ = db.Close() }()
	w.begin()
	if plan := planAll(w, db, src); plan.Count(record.VerdictNew) != previewRows {
		w.Fatal(plan.Count(record.VerdictNew))
	}
	w.StopTimer()
}

func planAll(w *work, db *store.DB, src roster.Source) record.Plan {
	planner, err := db.NewPlanner(context.Background(), store.ImportOptions{})
	if err != nil {
		w.Fatal(err)
	}
	book, err := roster.Read(context.Background(), src, roster.Options{Today: benchDay, Each: planner.Add})
	if err != nil {
		w.Fatal(err)
	}
	plan, err := planner.Plan()
	if err != nil {
		w.Fatal(err)
	}
	plan.File, plan.SHA256 = src.Name, book.SHA256
	return plan
}

// foundIn names the folder in which a process of its own founds the station:
// that costs what two passwords must cost, and is no part of an import.
const foundIn = "RONGYUAN_BENCH_FOUND_IN"

const benchAdmin, benchPassword = "测量", "Linshi-Zhan-2026-Liang"

func benchStation(dir string) store.Options {
	return store.Options{
		Dir: dir, Clock: func() time.Time { return time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC) }, Rand: rand.NewChaCha8([32]byte{1}),
	}
}

func openStation(w *work) *store.DB {
	dir := w.TempDir()
	founding := exec.Command(os.Args[0], "-test.run", "^$", "-test.bench", "^BenchmarkImport$", "-test.benchtime", "1x")
	founding.Env = append(os.Environ(), foundIn+"="+dir)
	if out, err := founding.CombinedOutput(); err != nil {
		w.Fatal(err, string(out))
	}
	db, err := store.Open(context.Background(), benchStation(dir))
	if err == nil {
		err = db.Unlock(context.Background(), benchAdmin, benchPassword)
	}
	if err != nil {
		w.Fatal(err)
	}
	return db
}

func found(b *testing.B, dir string) {
	db, _, err := store.Create(context.Background(), benchStation(dir), store.Founding{
		Station: record.Station{Code: "120103004", Name: "天津市河西区测试街道退役军人服务站"}, Admin: benchAdmin, Password: benchPassword,
	})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
}
