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

// PeriodKind is what a period is in the calendar.
type PeriodKind string

// The kinds of periods; a span is any that is none of the others.
const (
	PeriodMonth   PeriodKind = "month"
	PeriodQuarter PeriodKind = "quarter"
	PeriodHalf    PeriodKind = "half"
	PeriodYear    PeriodKind = "year"
	PeriodSpan    PeriodKind = "span"
)

// PeriodKinds are the kinds for which reports are made, the shortest first.
func PeriodKinds() Table {
	return Table{"period_kind", []Term{
		{string(PeriodMonth), "月报", nil},
		{string(PeriodQuarter), "季报", nil},
		{string(PeriodHalf), "半年报", nil},
		{string(PeriodYear), "年报", nil},
	}}
}

// months is the length of a kind in months, 0 for a span.
func (k PeriodKind) months() int {
	return map[PeriodKind]int{PeriodMonth: 1, PeriodQuarter: 3, PeriodHalf: 6, PeriodYear: 12}[k]
}

// PeriodOf is the period of a kind that holds a day; the day alone for a span.
func PeriodOf(k PeriodKind, d Day) Period {
	n := k.months()
	if n == 0 {
		return Period{d, d}
	}
	m := MonthOf(d)
	month, _ := strconv.Atoi(string(m.From[5:7]))
	first := month - (month-1)%n
	year, _ := strconv.Atoi(string(m.From[:4]))
	last := first + n - 1
	return Period{Month(year, first).From, Month(year, last).To}
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

// ReadPeriod reads a period of a kind as [Period.String] writes it: 2026-10,
// 2026-Q4, 2026-H2, 2026. 2026Q4 and 2026-4 do for a quarter, 2026H2 and 2026-2
// for a half-year. The code is date.
func ReadPeriod(k PeriodKind, s string) (Period, error) {
	bad := FailField("period", CodeDate)
	if k == PeriodMonth {
		return ReadMonth(s)
	}
	if len(s) < 4 || !Day(s[:4]+"-01-01").Valid() {
		return Period{}, bad
	}
	year, _ := strconv.Atoi(s[:4])
	mark := map[PeriodKind]string{PeriodQuarter: "Q", PeriodHalf: "H"}[k]
	part := strings.TrimPrefix(strings.TrimPrefix(strings.ToUpper(s[4:]), "-"), mark)
	switch {
	case k == PeriodYear && s[4:] == "":
		return PeriodOf(k, Month(year, 1).From), nil
	case mark == "" || len(part) != 1 || part[0] < '1' || int(part[0]-'0') > 12/k.months():
		return Period{}, bad
	}
	return PeriodOf(k, Month(year, 1+int(part[0]-'1')*k.months()).From), nil
}

// Kind is what the period is in the calendar.
func (p Period) Kind() PeriodKind {
	if !p.From.Valid() || !p.To.Valid() {
		return PeriodSpan
	}
	for _, k := range []PeriodKind{PeriodMonth, PeriodQuarter, PeriodHalf, PeriodYear} {
		if p == PeriodOf(k, p.From) {
			return k
		}
	}
	return PeriodSpan
}

// Holds reports whether a day lies in the period.
func (p Period) Holds(d Day) bool { return p.From <= d && d <= p.To }

// part is which quarter or half of its year the period is, from 1.
func (p Period) part() int {
	month, _ := strconv.Atoi(string(p.From[5:7]))
	return (month-1)/p.Kind().months() + 1
}

// String is the period as commands write it: 2026-10, 2026-Q4, 2026-H2, 2026.
func (p Period) String() string {
	switch p.Kind() {
	case PeriodMonth:
		return string(p.From[:7])
	case PeriodQuarter:
		return fmt.Sprintf("%s-Q%d", p.From[:4], p.part())
	case PeriodHalf:
		return fmt.Sprintf("%s-H%d", p.From[:4], p.part())
	case PeriodYear:
		return string(p.From[:4])
	}
	return string(p.From) + "/" + string(p.To)
}

// Chinese is the period as papers write it: 2026年10月, 2026年第四季度,
// 2026年下半年, 2026年.
func (p Period) Chinese() string {
	switch p.Kind() {
	case PeriodMonth:
		return Date(p.From[:7]).Chinese()
	case PeriodQuarter:
		return string(p.From[:4]) + "年第" + []string{"一", "二", "三", "四"}[p.part()-1] + "季度"
	case PeriodHalf:
		return string(p.From[:4]) + "年" + []string{"上", "下"}[p.part()-1] + "半年"
	case PeriodYear:
		return string(p.From[:4]) + "年"
	}
	return p.From.Chinese() + "至" + p.To.Chinese()
}

// Previous is the period of the same kind before, or as many days before.
func (p Period) Previous() Period {
	last := p.From.AddDays(-1)
	if k := p.Kind(); k != PeriodSpan {
		return PeriodOf(k, last)
	}
	return Period{p.From.AddDays(-p.days()), last}
}

// Next is the period of the same kind after, or as many days after.
func (p Period) Next() Period {
	next := p.To.AddDays(1)
	if k := p.Kind(); k != PeriodSpan {
		return PeriodOf(k, next)
	}
	return Period{next, p.To.AddDays(p.days())}
}

func (p Period) days() int { return int(p.To.Time().Sub(p.From.Time()).Hours()/24) + 1 }

// YearBefore is the same period a year earlier, for 同比; the 29th of February
// becomes the 28th.
func (p Period) YearBefore() Period {
	if k := p.Kind(); k != PeriodSpan {
		return PeriodOf(k, yearBefore(p.From))
	}
	return Period{yearBefore(p.From), yearBefore(p.To)}
}

func yearBefore(d Day) Day {
	year, _ := strconv.Atoi(string(d[:4]))
	back := Day(fmt.Sprintf("%04d%s", year-1, d[4:]))
	if !back.Valid() {
		return Day(fmt.Sprintf("%04d-02-28", year-1))
	}
	return back
}

// Months are the months that the period touches, in order.
func (p Period) Months() []Period {
	var out []Period
	for m := MonthOf(p.From); m.From <= p.To; m = m.Next() {
		out = append(out, m)
	}
	return out
}

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
