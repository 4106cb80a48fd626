package store_test

import (
	"fmt"
	"runtime"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

// crowd imports n people as one batch.
func crowd(tb testing.TB, w *world, n int) {
	tb.Helper()
	plan := record.Plan{File: "花名册.xlsx"}
	for i := range n {
		v := someone(i)
		v.Name = surname(i) + given(i)
		v.IDNumber = crowdNumber(i)
		plan.Decisions = append(plan.Decisions, record.Decision{Draft: record.Draft{Row: i + 2}, Verdict: record.VerdictNew, After: v})
	}
	if _, err := w.db.CommitImport(tb.Context(), plan); err != nil {
		tb.Fatal(err)
	}
}

func surname(i int) string {
	return []string{"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "单", "仇", "区", "盖", "欧阳", "尉迟"}[i%16]
}

func given(i int) string {
	a := []rune("建国卫东志强桂英秀兰学军文博晓芳宝树长振")
	return string([]rune{a[(i/16)%len(a)], a[(i/(16*len(a)))%len(a)]})
}

// crowdNumber makes valid numbers without trying digits.
func crowdNumber(i int) record.IDNumber {
	body := fmt.Sprintf("129999%04d%02d%02d%03d", 1950+i%50, 1+i/50%12, 1+i/600%28, i/16800%1000)
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for k, weight := range weights {
		sum += int(body[k]-'0') * weight
	}
	return record.IDNumber(body + string("10X98765432"[sum%11]))
}

func BenchmarkCrowd(b *testing.B) {
	for _, n := range []int{3_000, 20_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := newWorldFor(b)
			b.Run("import", func(b *testing.B) {
				for range b.N {
					if b.N > 1 {
						b.Fatal("one import a world: run with -benchtime 1x")
					}
					crowd(b, w, n)
				}
			})
			b.Run("unlock", func(b *testing.B) {
				for range b.N {
					if err := w.db.Unlock(b.Context(), testAdmin, testPassword); err != nil {
						b.Fatal(err)
					}
				}
			})
			for _, typed := range []string{"wjg", "国", "王建", "0012", "oywb"} {
				b.Run("search/"+typed, func(b *testing.B) {
					for range b.N {
						if _, err := w.db.Search(b.Context(), typed, 20); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
			b.Run("list", func(b *testing.B) {
				for range b.N {
					if _, err := w.db.People(b.Context(), store.PeopleFilter{Serving: true}); err != nil {
						b.Fatal(err)
					}
				}
			})
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapInuse)/1e6, "MB-heap")
		})
	}
}
