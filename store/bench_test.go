package store_test

import (
	"fmt"
	"runtime"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

// crowdPlan is an import of n new people.
// crowdDay is the day of the tests' clock.
const crowdDay = record.Day("2026-10-20")

func crowdPlan(n int) record.Plan {
	plan := record.Plan{File: "花名册.xlsx", Today: crowdDay}
	for i := range n {
		plan.Add(&record.Decision{Draft: record.Draft{Row: i + 2, Volunteer: oneOfCrowd(i)}, Verdict: record.VerdictNew})
	}
	return plan
}

func oneOfCrowd(i int) record.Volunteer {
	return record.Volunteer{
		Name: surname(i) + given(i), IDNumber: crowdNumber(i), Phones: []string{fmt.Sprintf("199%08d", i)},
		Veteran: true, Serving: true, Kind: "2", Politics: "01",
		Agreement: record.Agreement{Date: "2026-01-05", Version: record.AgreementVersion, Way: "paper"},
	}
}

// crowdDrafts are the rows of a roster that says of each of n people what
// oneOfCrowd says, and an address.
func crowdDrafts(n int) []record.Draft {
	var out []record.Draft
	for i := range n {
		v := oneOfCrowd(i)
		v.Address = fmt.Sprintf("东风里%d号楼", i%90)
		out = append(out, record.Draft{Row: i + 2, Volunteer: v})
	}
	return out
}

// crowd imports n people as one batch.
func crowd(tb testing.TB, w *world, plan record.Plan) {
	tb.Helper()
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

// searches are what a clerk types, one of each kind, with short ones that find
// a tenth of everybody.
var searches = []string{"w", "wjg", "wangjg", "wangjianguo", "oywb", "国", "王建", "7", "0012", "19900000012", "120103004-00012"}

// perPerson reports the cost of each person beside that of the whole.
func perPerson(b *testing.B, people int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(people), "ns/person")
}

func BenchmarkCrowd(b *testing.B) {
	for _, n := range []int{3_000, 20_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w, plan, drafts := newWorldFor(b), crowdPlan(n), crowdDrafts(n)
			b.Run("plan-new", func(b *testing.B) {
				for range b.N {
					if err := planned(b, w, drafts, record.VerdictNew); err != nil {
						b.Fatal(err)
					}
				}
				perPerson(b, n)
			})
			b.Run("import", func(b *testing.B) {
				for range b.N {
					if b.N > 1 {
						b.Fatal("one import a world: run with -benchtime 1x")
					}
					crowd(b, w, plan)
				}
				perPerson(b, n)
			})
			each := func(name string, do func(*testing.B) error) {
				b.Run(name, func(b *testing.B) {
					for range b.N {
						if err := do(b); err != nil {
							b.Fatal(err)
						}
					}
					perPerson(b, n)
				})
			}
			each("unlock", func(b *testing.B) error { return w.db.Unlock(b.Context(), testAdmin, testPassword) })
			each("plan-known", func(b *testing.B) error { return planned(b, w, drafts, record.VerdictUpdate) })
			each("save", func(b *testing.B) error {
				found, err := w.db.Search(b.Context(), "wjg", 1)
				if err != nil {
					return err
				}
				v, err := w.db.Volunteer(b.Context(), found[0].ID)
				if err != nil {
					return err
				}
				v.Note += "."
				_, err = w.db.UpdateVolunteer(b.Context(), v)
				return err
			})
			for _, typed := range searches {
				each("search/"+typed, func(b *testing.B) error { _, err := w.db.Search(b.Context(), typed, 20); return err })
			}
			each("duplicates", func(*testing.B) error {
				v := oneOfCrowd(16)
				v.Phones = nil
				w.db.Duplicates(v)
				return nil
			})
			each("rows", func(b *testing.B) error {
				list, err := w.db.List(b.Context(), store.PeopleFilter{Serving: true})
				if err == nil && len(list.All(n/2, n/2+40)) != 40 {
					err = fmt.Errorf("%d rows", list.Len())
				}
				return err
			})
			each("list", func(b *testing.B) error {
				_, err := w.db.People(b.Context(), store.PeopleFilter{Serving: true})
				return err
			})
		})
	}
}

// planned plans an import in which every row gets the same verdict.
func planned(b *testing.B, w *world, drafts []record.Draft, verdict record.Verdict) error {
	plan, err := w.db.PlanImport(b.Context(), drafts)
	if err == nil && plan.Count(verdict) != len(drafts) {
		err = fmt.Errorf("%d of %d are %s", plan.Count(verdict), len(drafts), verdict)
	}
	return err
}

// BenchmarkDirectory is the directory alone, without a file.
func BenchmarkDirectory(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var d store.TestDirectory
			b.Run("build", func(b *testing.B) {
				var before uint64
				for range b.N {
					d = store.TestDirectory{}
					before = heap()
					d = store.NewDirectoryForTest(n)
					for i := range n {
						v := oneOfCrowd(i)
						v.ID, v.Status = record.VolunteerID(fmt.Sprintf("01a2b3c4-d5e6-7f00-8000-%012d", i)), record.StatusActive
						v.Birth, v.Number = "1950-01-01", fmt.Sprintf("120103004-%05d", i)
						d.Put(v)
					}
					d.Settle()
				}
				perPerson(b, n)
				b.ReportMetric(float64(heap()-before)/float64(n), "B/person")
				b.ReportMetric(float64(d.Overhead())/float64(n), "B-beside-text/person")
			})
			for _, typed := range searches {
				b.Run("search/"+typed, func(b *testing.B) {
					for range b.N {
						d.Search(typed, 20)
					}
					perPerson(b, n)
				})
			}
			b.Run("put", func(b *testing.B) {
				for i := range b.N {
					v := oneOfCrowd(i)
					v.ID = record.VolunteerID(fmt.Sprintf("01a2b3c4-d5e6-7f00-8000-%012d", i))
					v.Name, v.Number = "郑"+given(i), fmt.Sprintf("120103004-%05d", i)
					d.Put(v)
					d.Settle()
				}
			})
			runtime.KeepAlive(d)
		})
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
