package widgets

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// day is a date of which the day, or month and day, may be unknown (0).
type day struct{ y, m, d int }

const (
	firstYear = 1900
	lastYear  = 2100
)

func dayOf(t time.Time) day {
	y, m, d := t.Date()
	return day{y, int(m), d}
}

// String is yyyy-mm-dd, yyyy-mm or yyyy.
func (d day) String() string {
	switch {
	case d.y == 0:
		return ""
	case d.m == 0:
		return fmt.Sprintf("%04d", d.y)
	case d.d == 0:
		return fmt.Sprintf("%04d-%02d", d.y, d.m)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.y, d.m, d.d)
}

func (d day) whole() bool { return d.d != 0 }

// time is noon of the day, unknown parts taken as 1; arithmetic only.
func (d day) time() time.Time {
	return time.Date(d.y, time.Month(max(d.m, 1)), max(d.d, 1), 12, 0, 0, 0, time.UTC)
}

// step moves by the finest known part.
func (d day) step(n int) day {
	switch t := d.time(); {
	case d.m == 0:
		return day{y: d.y + n}.within()
	case d.d == 0:
		next := dayOf(t.AddDate(0, n, 0))
		return day{y: next.y, m: next.m}.within()
	default:
		return dayOf(t.AddDate(0, 0, n)).within()
	}
}

// addMonths keeps the day where the month has it and else takes the last one.
func (d day) addMonths(n int) day {
	first := dayOf(day{d.y, d.m, 1}.time().AddDate(0, n, 0))
	return day{first.y, first.m, min(max(d.d, 1), daysIn(first.y, first.m))}.within()
}

func (d day) within() day {
	d.y = clamp(d.y, firstYear, lastYear)
	return d
}

func daysIn(y, m int) int {
	return time.Date(y, time.Month(m)+1, 0, 12, 0, 0, 0, time.UTC).Day()
}

const (
	badDate  = "日期看不懂，例如 1985-07-01"
	badYear  = "年份要写四位，1900—2100"
	noSuch   = "没有这一天"
	notWhole = "请写到日，例如 1985-07-01"
)

// readDate understands 1985-07-01, 19850701, 1985.7.1, 1985/7/1, 1985年7月1日,
// 7-1 and 0701 (this year), 198507, 1985-7, 1985. The second result says what is wrong.
func readDate(text string, today day) (day, string) {
	parts := strings.FieldsFunc(narrow(text), func(r rune) bool {
		return strings.ContainsRune("-./年月日号 —–", r)
	})
	for _, p := range parts {
		if !isDigits(p) || len(p) > 8 {
			return day{}, badDate
		}
	}
	d, problem := dayFrom(parts, today)
	if problem != "" {
		return day{}, problem
	}
	return d, d.check()
}

func dayFrom(parts []string, today day) (day, string) {
	n := make([]int, len(parts))
	for i, p := range parts {
		n[i], _ = strconv.Atoi(p) // digits only, eight at most
	}
	switch {
	case len(n) == 1 && len(parts[0]) == 8:
		return known(n[0]/10000, n[0]/100%100, n[0]%100)
	case len(n) == 1 && len(parts[0]) == 6:
		return known(n[0]/100, n[0]%100)
	case len(n) == 1 && len(parts[0]) == 4 && n[0] < firstYear: // no year: month and day
		return known(today.y, n[0]/100, n[0]%100)
	case len(n) == 2 && len(parts[0]) <= 2:
		return known(today.y, n[0], n[1])
	case len(n) > 0 && len(n) <= 3 && len(parts[0]) == 4:
		return known(n...)
	case len(n) == 3:
		return day{}, badYear
	}
	return day{}, badDate
}

// known makes a day of the parts that were written; a written 00 is not the
// same as an unknown part.
func known(parts ...int) (day, string) {
	var all [3]int
	for i, p := range parts {
		if p == 0 {
			return day{}, noSuch
		}
		all[i] = p
	}
	return day{all[0], all[1], all[2]}, ""
}

func (d day) check() string {
	switch {
	case d.y < firstYear || d.y > lastYear:
		return badYear
	case d.m > 12, d.m > 0 && d.d > daysIn(d.y, d.m):
		return noSuch
	}
	return ""
}
