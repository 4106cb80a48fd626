package roster

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"rongyuan/store/record"
)

func signIn(t *testing.T, src Source) SignIn {
	t.Helper()
	out, err := ReadSignIn(context.Background(), src, Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func namesOf(s SignIn) (out []string) {
	for _, one := range s.Names {
		out = append(out, one.Name)
	}
	return out
}

// TestSignInNames: the street's sheet, three people across.
func TestSignInNames(t *testing.T) {
	b, err := os.ReadFile("testdata/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]struct{ Names []string }
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	got := signIn(t, fileSource(t, "签到表.xlsx"))
	if names := namesOf(got); len(names) != 31 || !slices.Equal(names, want["签到表"].Names) {
		t.Errorf("read %v", names)
	}
	if got.Title == "" || got.Date != "2026-10-11" {
		t.Errorf("title %q, date %q", got.Title, got.Date)
	}
}

func TestSignInForms(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]any
		want []string
		day  record.Day
	}{
		{"two across, counted downwards", [][]any{
			{"活动签到表"},
			{"时间：2026年3月5日"},
			{"序号", "姓名", "签到", "序号", "姓名", "签到"},
			{num("1"), "王建国", "√", num("3"), "赵云", nil},
			{num("2"), "孙　权", "√", num("4"), nil, nil},
		}, []string{"王建国", "孙权", "赵云"}, "2026-03-05"},
		{"four across without numbers", [][]any{
			{"姓名", "签名", "姓名", "签名", "姓名", "签名", "姓名", "签名"},
			{"王建国", nil, "赵云", nil, "孙权", nil, "周瑜（队长）", nil},
			{"合计：4人"},
		}, []string{"王建国", "赵云", "孙权", "周瑜"}, ""},
		{"one a row with telephone", [][]any{
			{"序号", "姓名", "电话", "签到时间", "签退时间"},
			{num("1"), "王建国", "13812345678", "8:30", nil},
		}, []string{"王建国"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := bookOf(t, c.rows)
			got := signIn(t, src)
			if !slices.Equal(namesOf(got), c.want) || got.Date != c.day {
				t.Errorf("read %v on %q, want %v on %q", namesOf(got), got.Date, c.want, c.day)
			}
			refused(t, src, record.CodeSignInSheet)
		})
	}
}

func TestNoSignInSheet(t *testing.T) {
	for _, src := range []Source{bookOf(t, people(3)), bookOf(t, [][]any{{"通知"}}), TextSource("王建国 13812345678")} {
		if _, err := ReadSignIn(context.Background(), src, Options{Today: today}); record.CodeOf(err) != record.CodeNoSheet {
			t.Errorf("%v, want %s", err, record.CodeNoSheet)
		}
	}
	if _, err := ReadSignIn(context.Background(), bytesSource("a", nil), Options{Today: today}); record.CodeOf(err) != record.CodeFileEmpty {
		t.Error(err)
	}
}
