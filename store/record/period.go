package record

import (
	"fmt"
	"strconv"
	"strings"
)

// Period is a span of whole days, both ends included.
type Period struct {
	From Day `json:"from"`
	To   Day `json:"to"`
}

// Month is a calendar month; month counts from 1.
func Month(year, month int) Period {
	from := Day(fmt.Sprintf("%04d-%02d-01", year, month))
	next := Day(fmt.Sprintf("%04d-%02d-01", year+month/12, month%12+1))
	return Period{from, next.AddDays(-1)}
}

// MonthOf is the month of a day.
func MonthOf(d Day) Period {
	y, _ := strconv.Atoi(string(d[:4]))
	m, _ := strconv.Atoi(string(d[5:7]))
	return Month(y, m)
}

// ReadMonth reads 2026-10.
func ReadMonth(s string) (Period, error) {
	d := Day(s + "-01")
	if len(s) != 7 || !d.Valid() {
		return Period{}, FailField("period", CodeDate)
	}
	return MonthOf(d), nil
}

// Holds reports whether a day lies in the period.
func (p Period) Holds(d Day) bool { return p.From <= d && d <= p.To }

// String is the period as commands write it, 2026-10 for a month.
func (p Period) String() string {
	if len(p.From) == 10 && p == MonthOf(p.From) {
		return string(p.From[:7])
	}
	return string(p.From) + "/" + string(p.To)
}

// Chinese is the period as papers write it: 2026年10月.
func (p Period) Chinese() string {
	if len(p.From) == 10 && p == MonthOf(p.From) {
		return Date(p.From[:7]).Chinese()
	}
	return p.From.Chinese() + "至" + p.To.Chinese()
}

// Previous is the month before the one in which p begins.
func (p Period) Previous() Period { return MonthOf(p.From.AddDays(-1)) }

// HoursText writes minutes as hours with at most one decimal where that is
// exact, else as hours and minutes: 2, 1.5, 1小时20分. No national rule for
// rounding was found, so nothing is rounded.
func HoursText(minutes int) string {
	sign := ""
	if minutes < 0 {
		sign, minutes = "-", -minutes
	}
	h, m := minutes/60, minutes%60
	if m%6 == 0 {
		return sign + strings.TrimSuffix(fmt.Sprintf("%d.%d", h, m/6), ".0")
	}
	return fmt.Sprintf("%s%d小时%d分", sign, h, m)
}
