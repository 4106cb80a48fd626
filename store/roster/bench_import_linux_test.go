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
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/roster"
)

// benchRows is the size of the workbook of BenchmarkImport: 20 columns of
// everything that a roster has.
const benchRows = 100_000

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
//
// `make bench-import` runs each in a process of its own, in turns, and prints
// the medians with what they are to each other. The peak is that of the
// process since it began, so that it means something there only.
func BenchmarkImport(b *testing.B) {
	path := benchWorkbook(b)
	type step struct {
		name string
		run  func(*testing.B, roster.Source)
	}
	steps := []step{
		{"inflate", func(b *testing.B, src roster.Source) { roster.Inflate(b, src) }},
		{"scan", func(b *testing.B, src roster.Source) { roster.ScanAll(b, src) }},
		{"read", readAll},
		{"excelize", func(b *testing.B, _ roster.Source) { excelizeRows(b, path) }},
		{"import", importAll},
	}
	if office, err := exec.LookPath("soffice"); err == nil {
		steps = append(steps, step{"libreoffice", func(b *testing.B, _ roster.Source) { convert(b, office, path) }})
	}
	for _, step := range steps {
		b.Run(step.name, func(b *testing.B) {
			file, err := os.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = file.Close() }()
			info, err := file.Stat()
			if err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			for range b.N {
				step.run(b, roster.Source{Name: filepath.Base(path), Size: info.Size(), ReaderAt: file})
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms")
			b.ReportMetric(peak(b, step.name == "libreoffice"), "peak-MB")
		})
	}
}

// benchWorkbook is the workbook's file, made once and kept in dist.
func benchWorkbook(b *testing.B) string {
	b.Helper()
	path := filepath.Join("..", "..", "dist", "bench", "花名册-"+strconv.Itoa(benchRows)+".xlsx")
	if _, err := os.Stat(path); err == nil {
		return path
	} else if !errors.Is(err, fs.ErrNotExist) {
		b.Fatal(err)
	}
	src := roster.WideRoster(b, benchRows)
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

func readAll(b *testing.B, src roster.Source) {
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

// importAll imports into a station that has nobody yet. Founding it is not
// counted: it costs what a password must cost.
func importAll(b *testing.B, src roster.Source) {
	b.StopTimer()
	db, _, err := store.Create(context.Background(), store.Options{
		Dir: b.TempDir(), Clock: func() time.Time { return time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC) },
		Rand: rand.NewChaCha8([32]byte{1}),
	}, store.Founding{
		Station: record.Station{Code: "120103004", Name: "天津市河西区测试街道退役军人服务站"},
		Admin:   "测量", Password: "Linshi-Zhan-2026-Liang",
	})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	b.StartTimer()
	book, err := roster.Read(context.Background(), src, roster.Options{Today: benchDay})
	if err != nil {
		b.Fatal(err)
	}
	plan, err := db.PlanImport(context.Background(), book.Drafts)
	if err != nil {
		b.Fatal(err)
	}
	plan.File, plan.SHA256 = src.Name, book.SHA256
	book.Drafts = nil
	done, err := db.CommitImport(context.Background(), plan)
	if err != nil || done.New != benchRows {
		b.Fatal(err, done.New)
	}
	b.StopTimer()
}

// peak is the most memory that this process, or the largest that it waited for,
// ever had, in MB.
func peak(b *testing.B, children bool) float64 {
	if children {
		var used syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &used); err != nil {
			b.Fatal(err)
		}
		return float64(used.Maxrss) / 1024
	}
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		b.Fatal(err)
	}
	return float64(kb) / 1024
}
