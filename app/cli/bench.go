package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

// bench measures on this PC what README quotes, with invented people in a folder
// of its own.
type bench struct{}

func (*bench) options(*options) {}

const (
	benchPeople = 3000
	benchMost   = 1_000_000
	// The account of a station that lives for a minute and holds nobody.
	benchAdmin    = "测量"
	benchPassword = "Linshi-Zhan-2026-Liang"
)

// benchDoc is what `bench --json` prints. Times are in milliseconds.
type benchDoc struct {
	People    int         `json:"people"`
	Go        string      `json:"go"`
	System    string      `json:"system"`
	CPUs      int         `json:"cpus"`
	Dir       string      `json:"dir"`
	Bytes     int64       `json:"bytes"`
	PerPerson float64     `json:"bytes_per_person"`
	HeapBytes uint64      `json:"heap_bytes"`
	Figures   []benchLine `json:"figures"`
}

// benchLine is one measurement: the median and the slowest of so many times.
type benchLine struct {
	Code    string  `json:"code"`
	What    string  `json:"what"`
	Times   int     `json:"times"`
	Median  float64 `json:"median_ms"`
	Slowest float64 `json:"slowest_ms"`
	// PerPerson is the median by person in microseconds, 0 where it does not
	// grow with people.
	PerPerson float64 `json:"per_person_us,omitempty"`
}

func (c *bench) run(k *call) (given answer, err error) {
	people := benchPeople
	if len(k.args) > 0 {
		if people, err = strconv.Atoi(k.args[0]); err != nil || people < 10 || people > benchMost {
			return answer{}, usage("人数写 10 到 " + strconv.Itoa(benchMost))
		}
	}
	// With --data the folder stands there: only the disk that will be used tells
	// how long it takes to be sure.
	dir, err := os.MkdirTemp(k.dir, "rongyuan-bench-*")
	if err != nil {
		return answer{}, record.Fail(record.CodeReadOnly).Because(err)
	}
	defer func() {
		if gone := os.RemoveAll(dir); gone != nil && err == nil {
			err = record.Fail(record.CodeFileUnwritten, baseName(dir)).Because(gone)
		}
	}()
	m := measuring{k: k, dir: dir, doc: benchDoc{People: people, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.NumCPU(), Dir: filepath.Dir(dir)}}
	if err := m.all(); err != nil {
		return answer{}, errors.Join(err, m.close())
	}
	if err := m.close(); err != nil {
		return answer{}, err
	}
	return answer{doc: m.doc, text: m.doc.text}, nil
}

// measuring is one run of the measurements.
type measuring struct {
	k   *call
	dir string
	db  *store.DB
	doc benchDoc
}

func (m *measuring) close() error {
	if m.db == nil {
		return nil
	}
	db := m.db
	m.db = nil
	return db.Close()
}

func (m *measuring) all() error {
	station := record.Station{Code: "120103004", Name: "测量用的站"}
	db, _, err := store.Create(m.k.ctx, m.k.storeOptions(m.dir), store.Founding{Station: station, Admin: benchAdmin, Password: benchPassword})
	if err != nil {
		return err
	}
	m.db = db
	for _, step := range []func() error{m.imports, m.unlocks, m.searches, m.saves, m.backsUp, m.weighs} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// time measures f a number of times. Growing work is also told by person.
func (m *measuring) time(line benchLine, growing bool, f func() error) error {
	fmt.Fprintln(m.k.env.Stderr, "正在量："+line.What)
	took := make([]time.Duration, 0, line.Times)
	for range line.Times {
		began := m.k.env.Clock()
		if err := f(); err != nil {
			return err
		}
		took = append(took, m.k.env.Clock().Sub(began))
	}
	slices.Sort(took)
	median := took[len(took)/2]
	line.Median, line.Slowest = milliseconds(median), milliseconds(took[len(took)-1])
	if growing {
		line.PerPerson = 1000 * line.Median / float64(m.doc.People)
	}
	m.doc.Figures = append(m.doc.Figures, line)
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// imports decides on a roster of all people and writes it as one change.
func (m *measuring) imports() error {
	drafts := make([]record.Draft, m.doc.People)
	for i := range drafts {
		drafts[i] = record.Draft{Row: i + 2, Volunteer: inventedPerson(i)}
	}
	var plan record.Plan
	err := m.time(benchLine{Code: "import_plan", What: "导入：逐行判断", Times: 1}, true, func() (err error) {
		plan, err = m.db.PlanImport(m.k.ctx, drafts)
		return err
	})
	if err != nil {
		return err
	}
	plan.File, plan.SHA256 = "测量.xlsx", "-"
	return m.time(benchLine{Code: "import_commit", What: "导入：写入，落盘", Times: 1}, true, func() error {
		_, err := m.db.CommitImport(m.k.ctx, plan)
		return err
	})
}

// unlocks measures a log-in until the list is usable, the deliberate slowness of
// the password included.
func (m *measuring) unlocks() error {
	return m.time(benchLine{Code: "unlock", What: "登录到可用", Times: 5}, true, func() error {
		m.db.Lock()
		return m.db.Unlock(m.k.ctx, benchAdmin, benchPassword)
	})
}

func (m *measuring) searches() error {
	for _, one := range []struct{ code, what, text string }{
		{"search_name", "找人：姓名两个字", "建国"},
		{"search_initials", "找人：拼音首字母", "wjg"},
		{"search_digits", "找人：号码末四位", "0012"},
	} {
		err := m.time(benchLine{Code: one.code, What: one.what, Times: 200}, true, func() error {
			_, err := m.db.Search(m.k.ctx, one.text, searchMost)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// saves registers people one by one, each safe on the disk when it is done.
func (m *measuring) saves() error {
	next := m.doc.People
	return m.time(benchLine{Code: "save", What: "登记一个人，落盘", Times: 50}, false, func() error {
		_, _, err := m.db.RegisterVolunteer(m.k.ctx, inventedPerson(next))
		next++
		return err
	})
}

func (m *measuring) backsUp() error {
	return m.time(benchLine{Code: "backup", What: "备份并核对", Times: 1}, true, func() error {
		_, err := m.db.Backup(m.k.ctx, filepath.Join(m.dir, "backup"))
		return err
	})
}

// weighs reads the size of the file with its log written back, and of the heap
// while everybody is in memory.
func (m *measuring) weighs() error {
	var mem runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&mem)
	m.doc.HeapBytes = mem.HeapAlloc
	if err := m.close(); err != nil {
		return err
	}
	st, err := os.Stat(filepath.Join(m.dir, "station.db"))
	if err != nil {
		return record.Fail(record.CodeFileUnread).Because(err)
	}
	m.doc.Bytes = st.Size()
	m.doc.PerPerson = float64(m.doc.Bytes) / float64(m.doc.People)
	return nil
}

func (d benchDoc) text(w io.Writer) {
	fmt.Fprintf(w, "%d 人，%s，%d 核，%s，在 %s\n", d.People, d.System, d.CPUs, d.Go, d.Dir)
	rows := [][]string{{"量什么", "次数", "中位数", "最慢", "每人"}}
	for _, one := range d.Figures {
		each := ""
		if one.PerPerson > 0 {
			each = fmt.Sprintf("%.3f 微秒", one.PerPerson)
		}
		rows = append(rows, []string{one.What, fmt.Sprint(one.Times), fmt.Sprintf("%.2f 毫秒", one.Median), fmt.Sprintf("%.2f 毫秒", one.Slowest), each})
	}
	columns(w, rows)
	fmt.Fprintf(w, "文件 %s，每人 %.0f 字节；内存 %s\n", sizeText(d.Bytes), d.PerPerson, sizeText(int64(d.HeapBytes))) // #nosec G115 -- a heap, not exabytes
}
