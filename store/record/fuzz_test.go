package record_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"rongyuan/store/record"
)

func FuzzReadIDNumber(f *testing.F) {
	for _, seed := range []string{
		"129999198507011239", "12999919701001005x", "129999700101123", "'１２９９９９ 19850701-1239", "129999********1239",
		"12999919701001005×", "12999919701001005Х", "1.2999919850701E+17", "000000000000000", "", "\u202e129999198507011239", "\xff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := record.ReadIDNumber(raw, today)
		if err != nil {
			if code := record.CodeOf(err); got.Number != "" || !strings.HasPrefix(string(code), "id_") && code != record.CodeRequired {
				t.Fatalf("refused with %s and read", code)
			}
			return
		}
		n := string(got.Number)
		if len(n) != 18 || withCheck(n[:17]) != n || !got.Birth.Valid() || record.Day(got.Birth) > today || (got.Sex != record.Male && got.Sex != record.Female) {
			t.Fatal("a number is taken that is none")
		}
		if len(got.Problems.Errors()) > 0 {
			t.Fatal("taken with errors")
		}
		want := n
		if got.Problems.Has(record.CodeIDConverted) {
			want = n[:6] + n[8:17]
		}
		if strings.Map(digitsOf, record.Narrow(raw)) != strings.Map(digitsOf, want) {
			t.Fatal("digits were made up or dropped")
		}
		again, err := record.ReadIDNumber(n, today)
		if err != nil || again.Number != got.Number || again.Problems.Has(record.CodeIDNormalised) {
			t.Fatal("the normal form is not normal")
		}
	})
}

func FuzzReadDate(f *testing.F) {
	for _, seed := range []string{
		"1985-07-01", "1985.7", "198507", "19850701", "1985年7月1日", "85.7", "05/06/12", "1985-07-01 00:00:00", "31229",
		"1978.12-1983.1", "不详", "1985.+7", "１９８５", "", "T:", "\xff年",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := record.ReadDate(raw, today)
		if err != nil {
			if code := record.CodeOf(err); got != "" || code != record.CodeDate && code != record.CodeDateAmbiguous {
				t.Fatalf("%q refused with %s", raw, code)
			}
			return
		}
		if !got.Valid() {
			t.Fatalf("%q is read as %q", raw, got)
		}
		again, err := record.ReadDate(string(got), today)
		if err != nil || again != got {
			t.Fatalf("%q is read again as %q", got, again)
		}
		fromPaper, err := record.ReadDate(got.Chinese(), today)
		if err != nil || fromPaper != got {
			t.Fatalf("%s on paper is read as %q", got.Chinese(), fromPaper)
		}
		if written := strings.Map(digitsOf, record.Narrow(raw)); !strings.Contains(written, string(got[2:4])) {
			t.Fatalf("%q is read as the year of %q", raw, got)
		}
	})
}

// digitsOf keeps the digits of a text.
func digitsOf(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

func FuzzReadPhones(f *testing.F) {
	for _, seed := range []string{
		"13800001234", "+86 138-0000-1234", "13800001234、022-27000000", "13800001234 13900001234", "1.38E+10", "13800001234.0",
		"（022）27000000", "", "、、", "0", "\xff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, found := record.ReadPhones(raw)
		if stops := len(found.Errors()) > 0; stops && len(got) > 0 {
			t.Fatalf("%q: refused and read as %v", raw, got)
		}
		for _, one := range got {
			if len(one) < 7 || len(one) > 12 || strings.Map(digitsOf, one) != one {
				t.Fatalf("%q holds %q", raw, one)
			}
			if !strings.Contains(strings.Map(digitsOf, record.Narrow(raw)), one) {
				t.Fatalf("%q is not in %q", one, raw)
			}
			again, found := record.ReadPhones(one)
			if len(again) != 1 || again[0] != one || len(found) > 0 {
				t.Fatalf("%q is read again as %v %v", one, again, found)
			}
		}
	})
}

func FuzzReadName(f *testing.F) {
	for _, seed := range []string{
		"王建国", "张　三", "阿卜杜.热合曼", "阿卜杜 · 热合曼", "J. Smith", "王\ue000", "𬱖𠮷", "合计：", "王\u202e国", "", "\xff", "葛\U000e0100洪",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		name, found := record.ReadName(raw)
		if len(found.Errors()) > 0 {
			return
		}
		if !utf8.ValidString(name) || strings.ContainsAny(name, "0123456789<>=\u202e\n\x00") || strings.Contains(name, "  ") {
			t.Fatalf("%q is taken as %q", raw, name)
		}
		if n := utf8.RuneCountInString(name); n < 2 || n > 50 {
			t.Fatalf("%q has %d characters", name, n)
		}
		again, more := record.ReadName(name)
		if again != name || more.Has(record.CodeNameNormalised) || len(more.Errors()) > 0 {
			t.Fatalf("%q is read again as %q %v", name, again, more)
		}
	})
}

func FuzzApplied(f *testing.F) {
	for _, seed := range []string{
		`{"set":{"name":"王建军"},"was":{"name":"王建国"}}`, `{"set":{"phones":null}}`, `{"set":{"agreement":{"date":"2026-01-05"}}}`,
		`{"set":{"NAME":"x"}}`, `{"set":{"name":7}}`, `{"set":{"veteran":false,"skills":[]}}`, `{}`, `null`, `{"set":{"":null}}`,
		`{"set":{"name":"\ud800"}}`, `{"set":{"birth":"1985","birth":"1986"}}`, "{\"set\":{\"name\":\"\xff\"}}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		c, err := (&record.Operation{Payload: payload}).Parse()
		if err != nil {
			return
		}
		before := volunteer()
		after, err := record.Applied(before, c)
		if err != nil {
			if !reflect.DeepEqual(after, before) {
				t.Fatal("refused and changed")
			}
			return
		}
		if after.ID != before.ID || after.Version != before.Version {
			t.Fatal("it changed what does not travel")
		}
		again, err := record.Applied(after, c)
		if err != nil || !equalJSON(t, again, after) {
			t.Fatalf("done twice it differs: %v", err)
		}
		step, err := record.Difference(before, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range step.Fields() {
			if _, asked := c.Set[field]; !asked {
				t.Fatalf("%s changed unasked", field)
			}
		}
		back, err := record.Applied(after, step.Inverse())
		if err != nil || !equalJSON(t, back, before) {
			t.Fatalf("not undone: %v", err)
		}
	})
}

// equalJSON compares what is stored: an empty list and none are the same there.
func equalJSON(t *testing.T, a, b any) bool {
	t.Helper()
	one, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	other, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(one) == string(other)
}
