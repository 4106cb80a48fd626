package cli_test

import (
	"os"
	"testing"
	"time"

	"rongyuan/store/record"
)

func TestBench(t *testing.T) {
	w := newWorld(t)
	tick := w.now
	w.env.Clock = func() time.Time { tick = tick.Add(time.Millisecond); return tick }
	t.Setenv("TMPDIR", w.dir)
	var doc struct {
		People    int     `json:"people"`
		Go        string  `json:"go"`
		System    string  `json:"system"`
		CPUs      int     `json:"cpus"`
		Dir       string  `json:"dir"`
		Bytes     int64   `json:"bytes"`
		PerPerson float64 `json:"bytes_per_person"`
		Heap      uint64  `json:"heap_bytes"`
		Figures   []struct {
			Code      string  `json:"code"`
			What      string  `json:"what"`
			Times     int     `json:"times"`
			Median    float64 `json:"median_ms"`
			Slowest   float64 `json:"slowest_ms"`
			PerPerson float64 `json:"per_person_us"`
		} `json:"figures"`
	}
	w.json(&doc, "bench", "40")
	if doc.People != 40 || doc.Bytes < 100_000 || doc.PerPerson <= 0 || doc.Heap == 0 || doc.Dir != w.dir {
		t.Errorf("%+v", doc)
	}
	codes := map[string]bool{}
	for _, one := range doc.Figures {
		codes[one.Code] = true
		if one.Times <= 0 || one.Median <= 0 || one.Slowest < one.Median || one.What == "" {
			t.Errorf("%+v", one)
		}
	}
	for _, code := range []string{"unlock", "search_name", "search_initials", "search_digits", "save", "import_plan", "import_commit", "backup"} {
		if !codes[code] {
			t.Errorf("no %s in %+v", code, doc.Figures)
		}
	}
	w.good("bench", "20", "--data", w.dir)
	w.bad(1, record.CodeReadOnly, "bench", "20", "--data", w.file("没有"))
	if left, err := os.ReadDir(w.dir); err != nil || len(left) != 0 {
		t.Errorf("%v stayed, %v", left, err)
	}
}
