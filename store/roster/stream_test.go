package roster

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"rongyuan/store/record"
)

// TestEach: drafts that are given one by one are those of a book that holds
// them, whatever kind of file they come from.
func TestEach(t *testing.T) {
	for _, name := range []string{"街道花名册.xlsx", "分社区汇总.xlsx", "老表.xlsx", "corpus/merged-openpyxl.xlsx", "corpus/merged-libreoffice.xls", "corpus/merged-网页.xls", "corpus/merged-xml2003.xls", "corpus/接龙.txt"} {
		t.Run(name, func(t *testing.T) {
			src := fileSource(t, name)
			whole := mustRead(t, src)
			var got []record.Draft
			book, err := Read(context.Background(), src, Options{Today: today, Each: func(d record.Draft) error {
				got = append(got, d)
				return nil
			}})
			if err != nil || len(book.Drafts) != 0 || len(whole.Drafts) == 0 {
				t.Fatalf("%v, %d held, %d in all", err, len(book.Drafts), len(whole.Drafts))
			}
			if !reflect.DeepEqual(got, whole.Drafts) {
				t.Errorf("%d drafts given, %d held, and they differ", len(got), len(whole.Drafts))
			}
		})
	}
}

func TestEachEnds(t *testing.T) {
	stop, n := errors.New("enough"), 0
	_, err := Read(context.Background(), bookOf(t, people(500)), Options{Today: today, Each: func(record.Draft) error {
		n++
		return stop
	}})
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("%v after %d", err, n)
	}
}

// TestReadingStopsAtOnce: whoever cancels does not wait for the rest of the
// sheet. The goal is a second, the rest is slack for a busy machine.
func TestReadingStopsAtOnce(t *testing.T) {
	src := wideRoster(t, 20_000)
	for _, at := range []int{1, 5_000, 19_000} {
		ctx, stop := context.WithCancel(context.Background())
		var stopped time.Time
		n := 0
		_, err := Read(ctx, src, Options{Today: today, Each: func(record.Draft) error {
			if n++; n == at {
				stopped = time.Now()
				stop()
			}
			return nil
		}})
		took := time.Since(stopped)
		t.Logf("stopped %v after row %d, %d more rows", took, at, n-at)
		if !errors.Is(err, context.Canceled) && record.CodeOf(err) != record.CodeCancelled || took > 3*time.Second {
			t.Errorf("row %d: %v after %v", at, err, took)
		}
		stop()
	}
}

// TestFillDown covers input 24 for cells that are not merged: nothing is filled
// until somebody has said so.
func TestFillDown(t *testing.T) {
	src := bookOf(t, [][]any{
		{"社区", "姓名", "身份证号"},
		{"东风里社区", "王建国", testID(1)},
		{nil, "赵云", testID(2)},
		{nil, "孙权", testID(3)},
		{"前进村", "周瑜", testID(4)},
		{nil, "鲁肃", testID(5)},
	})
	for _, c := range []struct {
		confirmed bool
		want      []string
	}{
		{false, []string{"东风里社区", "", "", "前进村", ""}},
		{true, []string{"东风里社区", "东风里社区", "东风里社区", "前进村", "前进村"}},
	} {
		book, err := Read(context.Background(), src, Options{Today: today, FillDown: c.confirmed})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range book.Drafts {
			got = append(got, d.Volunteer.VillageName)
		}
		if asked := book.Sheets[0].Notes.Has(record.CodeFillDown); !slices.Equal(got, c.want) || asked == c.confirmed {
			t.Errorf("confirmed %v: %q, asked %v", c.confirmed, got, asked)
		}
	}
}

// TestBlocksAcross covers domain 4.3 number 17 for rosters: two to four people
// in a row, with a column at the edge that belongs to none or to all.
func TestBlocksAcross(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]any
		want []string
	}{
		{"serial once, note once", [][]any{
			{"序号", "姓名", "联系电话", "姓名", "联系电话", "备注"},
			{num("1"), "王建国", "13812345671", "赵云", "13812345672", "好"},
			{num("2"), "孙权", "13812345673", nil, nil, nil},
		}, []string{"王建国", "赵云", "孙权"}},
		{"four with a gap", [][]any{
			{"姓名", "身份证号", nil, "姓名", "身份证号", nil, "姓名", "身份证号", nil, "姓名", "身份证号"},
			{"王建国", testID(1), nil, "赵云", testID(2), nil, "孙权", testID(3), nil, "周瑜", testID(4)},
		}, []string{"王建国", "赵云", "孙权", "周瑜"}},
		{"another person is no block", [][]any{
			{"姓名", "身份证号", "紧急联系人姓名", "紧急联系人电话"},
			{"王建国", testID(1), "李梅", "13812345671"},
		}, []string{"王建国"}},
		{"a second name column is none", [][]any{
			{"姓名", "身份证号", "姓名"},
			{"王建国", testID(1), "李梅"},
		}, []string{"王建国"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range mustRead(t, bookOf(t, c.rows)).Drafts {
				got = append(got, d.Volunteer.Name)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("read %v, want %v", got, c.want)
			}
		})
	}
}
