package store

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// surnameTable reads testdata/surnames.txt: surname and how it is read.
func surnameTable(t *testing.T) (order []string, read map[string]string) {
	t.Helper()
	text, err := os.ReadFile("testdata/surnames.txt")
	if err != nil {
		t.Fatal(err)
	}
	read = map[string]string{}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if words[0] == "#" {
			continue
		}
		for _, one := range words[1:] {
			order, read[one] = append(order, one), words[0]
		}
	}
	if len(order) < 500 {
		t.Fatalf("only %d surnames", len(order))
	}
	return order, read
}

func TestSurnamesAreReadAsSurnames(t *testing.T) {
	order, read := surnameTable(t)
	g := newGlyphs()
	for _, surname := range order {
		got := ""
		for _, n := range g.appendSpelling(nil, surname+"建国")[:len([]rune(surname))] {
			got += g.all[n].readings[0]
		}
		if got != read[surname] {
			t.Errorf("%s is read %s, want %s", surname, got, read[surname])
		}
	}
}

// TestEverybodyIsFoundByFourKeys has a person of each surname and types the
// initials. Where more than a list's 20 share them, the rest of the surname
// finds the person.
func TestEverybodyIsFoundByFourKeys(t *testing.T) {
	order, read := surnameTable(t)
	d := newDirectory(0)
	given := []rune("建国卫东志强桂英秀兰学军文博晓芳宝树振海玉梅春生")
	for i, surname := range order {
		name := surname + string(given[i%len(given)]) + string(given[(i*7+i/24)%len(given)])
		d.put(&Person{ID: record.VolunteerID(fmt.Sprint(i)), Name: name})
	}
	d.settle()
	unique := 0
	for i := range order {
		slot := uint32(i)
		initials, full := "", ""
		for _, n := range d.spellingOf(slot) {
			initials += d.glyphs.all[n].readings[0][:1]
			full += d.glyphs.all[n].readings[0]
		}
		if !finds(d, initials[:min(4, len(initials))], slot) {
			t.Errorf("%s is not found by %s", d.field(slot, fieldName), initials)
		}
		if found := d.choose(queryOf(initials, false), d.sieve(PeopleFilter{}, nil), 0); len(found) == 1 {
			unique++
		}
		for _, typed := range []string{full, read[order[i]] + initials[len([]rune(order[i])):], full[:len(full)-1]} {
			if found := d.choose(queryOf(typed, false), d.sieve(PeopleFilter{}, nil), 1); len(found) == 0 || !finds(d, typed, slot) {
				t.Errorf("%s is not found by %s", d.field(slot, fieldName), typed)
			}
		}
	}
	t.Logf("%d of %d are alone under their initials", unique, len(order))
	for i := range d.order[1:] {
		a, b := d.glyphs.all[d.spellingOf(d.order[i])[0]], d.glyphs.all[d.spellingOf(d.order[i+1])[0]]
		if a.readings[0] > b.readings[0] {
			t.Fatalf("%c (%s) stands before %c (%s)", a.char, a.readings[0], b.char, b.readings[0])
		}
	}
}

func finds(d *directory, typed string, slot uint32) bool {
	return slices.Contains(d.choose(queryOf(typed, false), d.sieve(PeopleFilter{}, nil), 20), slot)
}

func TestBestMatchFirst(t *testing.T) {
	d := newDirectory(0)
	for i, name := range []string{
		"王建国", "王健刚", "王建国强", "汪家广", "欧王建国", "单小芳", "董小芳", "吕红", "女冠英", "尉迟恭", "李娜", "林丽", "万俟仁", "仇英", "卓玛", "张建国",
	} {
		d.put(&Person{ID: record.VolunteerID(fmt.Sprint(i)), Name: name, Number: fmt.Sprintf("120103004-%05d", i), Phones: []string{fmt.Sprintf("1990000%04d", 9000+i)}})
	}
	d.settle()
	for typed, want := range map[string]string{
		"王建国": "王建国 王建国强 欧王建国", "wangjianguo": "王建国 王建国强 欧王建国", "wangjg": "汪家广 王健刚 王建国 王建国强 欧王建国",
		"wjg": "汪家广 王健刚 王建国 王建国强 欧王建国", "jianguo": "欧王建国 王建国 王建国强 张建国", "sxf": "单小芳", "dxf": "董小芳 单小芳",
		"shanxf": "单小芳", "lh": "吕红", "lv": "吕红", "lvhong": "吕红", "yuchi": "尉迟恭", "ycg": "尉迟恭", "moqi": "万俟仁", "mqr": "万俟仁",
		"qy": "仇英", "cy": "仇英", "lin": "林丽 李娜", "li": "李娜 林丽", "zhjg": "张建国", "王jg": "王健刚 王建国 王建国强 欧王建国", "00012": "万俟仁",
		"9012": "万俟仁", "19900009012": "万俟仁", "zm": "卓玛",
	} {
		var got []string
		for _, slot := range d.choose(queryOf(typed, false), d.sieve(PeopleFilter{}, nil), 20) {
			got = append(got, string(d.field(slot, fieldName)))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s finds %v, want %s", typed, got, want)
		}
	}
}
