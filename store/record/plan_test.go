package record_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"rongyuan/store/record"
)

// full is a person of whom every field says something else.
func full(t *testing.T) record.Volunteer {
	t.Helper()
	var v record.Volunteer
	n := 0
	var fill func(reflect.Value)
	fill = func(of reflect.Value) {
		n++
		switch of.Kind() {
		case reflect.String:
			of.SetString(strings.Repeat("字", n%7) + fmt.Sprint(n))
		case reflect.Bool:
			of.SetBool(true)
		case reflect.Int64:
			of.SetInt(int64(n) << 20)
		case reflect.Slice:
			of.Set(reflect.ValueOf([]string{fmt.Sprint(n), "", "第二"}))
		case reflect.Struct:
			for i := range of.NumField() {
				fill(of.Field(i))
			}
		default:
			t.Fatal("a field of a kind that nobody packs: ", of.Type())
		}
	}
	fill(reflect.ValueOf(&v).Elem())
	return v
}

// Whatever a person has is packed, also the field that somebody adds tomorrow.
func TestPackLosesNothing(t *testing.T) {
	v := full(t)
	if got := record.Pack(&v).Volunteer(); !reflect.DeepEqual(got, v) {
		t.Errorf("packed\n%+v\nbecame\n%+v", v, got)
	}
	of := reflect.ValueOf(v)
	for i := range of.NumField() { // each field alone, too
		var one record.Volunteer
		reflect.ValueOf(&one).Elem().Field(i).Set(of.Field(i))
		if got := record.Pack(&one).Volunteer(); !reflect.DeepEqual(got, one) {
			t.Errorf("%s alone became %+v", of.Type().Field(i).Name, got)
		}
	}
}

// A plan gives back what was put into it, also where a row grew or shrank.
func TestPlanKeepsItsRows(t *testing.T) {
	plan := record.Plan{Today: "2026-10-20"}
	known := full(t)
	columns := map[string]string{"name": "B"}
	rows := []record.Decision{
		{Verdict: record.VerdictError, Draft: record.Draft{Sheet: "一", Row: 2, Volunteer: full(t), TeamName: "先锋队", RoleName: "队长", Columns: columns}},
		{Verdict: record.VerdictError, Draft: record.Draft{
			Row: 1 << 19, IDPrefix: "129999198507011", Raw: map[string]string{"birth": "85.7", "name": "张　三"}, Columns: maps.Clone(columns),
			Problems: record.Problems{{Field: "name", Level: record.LevelFixed, Code: record.CodeNameNormalised, Args: []string{"", "甲"}, Value: "*"}},
		}},
		{Verdict: record.VerdictSame, Match: "m", Before: &known, Doubtful: true, Rivals: []int{0, 300}},
		{Verdict: record.VerdictError, Candidates: []record.Candidate{{ID: known.ID, Person: known}, {ID: "z"}}},
	}
	for i := range rows {
		if at := plan.Add(&rows[i]); at != i {
			t.Fatal(at)
		}
	}
	long := rows[1]
	long.Draft.Volunteer.Note = strings.Repeat("长", 200_000)
	plan.Put(1, &long)
	if plan.Draft(1).Volunteer.Note != long.Draft.Volunteer.Note {
		t.Error("a long row is cut")
	}
	plan.Put(1, &rows[1])
	for i, want := range rows {
		want.Found = want.Verdict
		if got := plan.At(i); !reflect.DeepEqual(got, want) {
			t.Errorf("row %d is\n%+v, want\n%+v", i, got, want)
		}
	}
	if plan.Len() != 4 || plan.Count(record.VerdictError) != 3 || plan.Count(record.VerdictSame) != 1 {
		t.Errorf("%d rows, %d errors", plan.Len(), plan.Count(record.VerdictError))
	}
}

// The rows of a plan are settled by several goroutines, each row by one.
func TestPlanTakesSeveralHands(t *testing.T) {
	var plan record.Plan
	for i := range 4_000 {
		plan.Add(&record.Decision{Draft: record.Draft{Row: i}})
	}
	var wait sync.WaitGroup
	for w := range 4 {
		wait.Go(func() {
			for i := w; i < plan.Len(); i += 4 {
				d := plan.At(i)
				d.Verdict = []record.Verdict{record.VerdictSame, record.VerdictError}[i%2]
				d.Draft.Volunteer.Name = strings.Repeat("名", i%50)
				plan.Put(i, &d)
			}
		})
	}
	wait.Wait()
	var wrong []int
	for i := range plan.Len() {
		if d := plan.At(i); d.Draft.Row != i || len(d.Draft.Volunteer.Name) != 3*(i%50) {
			wrong = append(wrong, i)
		}
	}
	if len(wrong) > 0 || plan.Count(record.VerdictSame) != 2_000 || plan.Count(record.VerdictError) != 2_000 || plan.Count("") != 0 {
		t.Errorf("rows %v are not as they were put", slices.Clip(wrong[:min(9, len(wrong))]))
	}
}
