package reports

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func halfOrWhole(r rune) float64 {
	if wide(r) || strings.ContainsRune("，。；：！？、（）《》“”‘’【】—…", r) {
		return 1
	}
	return 0.5
}

func TestLinesOfChinese(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      float64
		want       string
	}{
		{"plain", "表现优异的志愿者", 4, "表现优异/的志愿者"},
		{"comma goes along", "退役军人服务站，志愿者", 7, "退役军人服务/站，志愿者"},
		{"half a comma fits", "退役军人服务站，志愿者", 7.5, "退役军人服务站，/志愿者"},
		{"bracket opens below", "服务时长（小时）合计", 5, "服务时长/（小时）合/计"},
		{"title mark", "依据《办法》执行", 3, "依据/《办/法》执/行"},
		{"number stays whole", "共计12345小时", 4, "共计/12345小/时"},
		{"number and unit", "服务对象60人次", 5, "服务对象/60人次"},
		{"word stays whole", "使用Windows系统", 4.5, "使用/Windows系/统"},
		{"word wider than the line", "Windows", 2, "Wind/ows"},
		{"dash stays whole", "老兵——先锋", 3, "老/兵——/先锋"},
		{"space at the end", "ab cd", 1, "ab /cd"},
		{"identity number", "号码129999198507011239", 9.5, "号码/129999198507011239"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, line := range breakLines([]rune(c.text), c.width, c.width, halfOrWhole) {
				got = append(got, string(line))
			}
			if joined := strings.Join(got, "/"); joined != c.want {
				t.Errorf("got %s, want %s", joined, c.want)
			}
		})
	}
}

// TestLinesHoldTheRules says what a line may be in its own words.
func TestLinesHoldTheRules(t *testing.T) {
	const (
		closing = "，。；：！？、）》”’】…"
		opening = "（《“‘【"
	)
	alphabet := []rune("军人志愿服务站老兵𬭎𬱖" + closing + opening + "AbcXyz0123456789.,-:% 　")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 120).Draw(t, "text")
		width := float64(rapid.IntRange(1, 30).Draw(t, "width"))
		first := max(1, width-float64(rapid.IntRange(0, 2).Draw(t, "indent")))
		lines := breakLines(text, first, width, halfOrWhole)
		var all []rune
		for i, line := range lines {
			limit := width
			if i == 0 {
				limit = first
			}
			all = append(all, line...)
			if len(line) == 0 {
				t.Fatal("an empty line")
			}
			if w := visible(line); w > limit && len(line) > 1 {
				t.Fatalf("line %q is %.1f wide, more than %.1f", string(line), w, limit)
			}
			if i == 0 {
				continue
			}
			before := lines[i-1]
			end, start := before[len(before)-1], line[0]
			bad := strings.ContainsRune(closing, start) || strings.ContainsRune(opening, end) || (letter(end) && letter(start))
			if bad && room(before, closing, opening) {
				t.Fatalf("%q and then %q, though there was a better place", string(before), string(line))
			}
		}
		if string(all) != string(text) {
			t.Fatalf("lines are %q, text was %q", string(all), string(text))
		}
	})
}

func letter(r rune) bool { return r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// visible is a line's width without the spaces and the half of a sign at its
// end.
func visible(line []rune) float64 {
	line = []rune(strings.TrimRightFunc(string(line), unicode.IsSpace))
	w := 0.0
	for i, r := range line {
		if i == len(line)-1 && strings.ContainsRune(rightBlank, r) {
			w -= 0.5
		}
		w += halfOrWhole(r)
	}
	return w
}

// room reports a place within a line where two Chinese characters meet that
// nothing holds together: the line could have ended there.
func room(line []rune, closing, opening string) bool {
	for i := 1; i < len(line); i++ {
		if unicode.Is(unicode.Han, line[i-1]) && unicode.Is(unicode.Han, line[i]) {
			return true
		}
	}
	return false
}

func TestOfficialGrid(t *testing.T) {
	d, err := newDocument("", officialSheet, imprint{made: "2026-11-02T09:30"})
	if err != nil {
		t.Fatal(err)
	}
	d.paragraph(strings.Repeat("军", officialChars*officialLines-2))
	if len(d.pages) != 1 {
		t.Fatalf("22 lines of 28 characters take %d pages", len(d.pages))
	}
	rows := map[float64]int{}
	for _, m := range d.page.marks {
		r := m.(run)
		rows[r.y] += len(r.text)
	}
	if len(rows) != officialLines {
		t.Errorf("%d lines, want 22", len(rows))
	}
	d.paragraph("军")
	if len(d.pages) != 2 {
		t.Error("line 23 stands on the first page")
	}
}

func TestHeadingIsNeverAlone(t *testing.T) {
	for lines := range officialLines + 4 {
		d, err := newDocument("", officialSheet, imprint{made: "2026-11-02T09:30"})
		if err != nil {
			t.Fatal(err)
		}
		for range lines {
			d.paragraph("军")
		}
		d.heading(1, "一、题")
		d.table(table{size: 12, columns: []column{{1, left}}, head: [][]cell{cells("头")}, rows: [][]cell{cells("一"), cells("二")}})
		for i, one := range d.pages {
			title, head := -1, -1
			for _, m := range one.marks {
				if r, is := m.(run); is && r.text[len(r.text)-1] == '题' {
					title = i
				}
				if _, is := m.(frame); is {
					head = i
				}
			}
			if title >= 0 && head != title {
				t.Errorf("after %d lines the heading stands on page %d without its table", lines, i+1)
			}
		}
	}
}
