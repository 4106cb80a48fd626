package record

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Zone is the time of all of China; the programs never ask the machine for it,
// since a wrong zone on an old PC would move an activity to another day.
func Zone() *time.Location { return time.FixedZone("CST", 8*3600) }

// Day is a day of the calendar, 2006-01-02. Days compare as text.
type Day string

// DayOf is the day of t in China.
func DayOf(t time.Time) Day { return Day(t.In(Zone()).Format("2006-01-02")) }

// Valid reports whether d exists in the calendar.
func (d Day) Valid() bool {
	_, ok := calendar(string(d))
	return ok && len(d) == 10
}

// calendar is the year of a date in full or as far as it is known, when there
// is such a day, month or year. A roster asks it a million times.
func calendar(s string) (year int, ok bool) {
	var parts [3]int
	part := 0
	for i := range len(s) {
		switch c := s[i]; {
		case i == 4 || i == 7:
			if c != '-' {
				return 0, false
			}
			part++
		case i >= 10 || c < '0' || c > '9':
			return 0, false
		default:
			parts[part] = 10*parts[part] + int(c-'0')
		}
	}
	year, month, day := parts[0], parts[1], parts[2]
	switch len(s) {
	case 4:
		return year, true
	case 7:
		return year, month >= 1 && month <= 12
	case 10:
		return year, month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
	}
	return 0, false
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// Time is the first moment of d in China; the zero time when d is not valid.
func (d Day) Time() time.Time {
	t, err := time.ParseInLocation("2006-01-02", string(d), Zone())
	if err != nil {
		return time.Time{}
	}
	return t
}

// AddDays is the day n days later.
func (d Day) AddDays(n int) Day { return Day(d.Time().AddDate(0, 0, n).Format("2006-01-02")) }

// Chinese is the day as papers write it: 2026年10月5日.
func (d Day) Chinese() string { return Date(d).Chinese() }

// Precision says how much of a date is known.
type Precision int

// What is known of a date.
const (
	PrecisionNone Precision = iota
	PrecisionYear
	PrecisionMonth
	PrecisionDay
)

// Date is a date as far as it is known: 1985, 1985-07 or 1985-07-01; "" when
// nothing is. Old papers often know the month only, and a day is never
// invented.
type Date string

// Precision is how much of d is known.
func (d Date) Precision() Precision {
	switch len(d) {
	case 4:
		return PrecisionYear
	case 7:
		return PrecisionMonth
	case 10:
		return PrecisionDay
	}
	return PrecisionNone
}

// Valid reports whether d exists in the calendar and lies between 1850 and 2999.
func (d Date) Valid() bool {
	year, ok := calendar(string(d))
	return ok && year >= 1850 && year < 3000
}

// Before reports whether d is surely earlier than e: compared as far as both
// are known, equal beginnings are not earlier.
func (d Date) Before(e Date) bool {
	n := min(len(d), len(e))
	return n >= 4 && d[:n] < e[:n]
}

// AgeOn is the number of full years on a day, counted from the earliest day
// that d may mean; -1 when d is not valid.
func (d Date) AgeOn(today Day) int {
	if !d.Valid() || !today.Valid() {
		return -1
	}
	full := string(d) + "-01-01"[min(len(d)-4, 6):]
	y, _ := strconv.Atoi(full[:4])
	now, _ := strconv.Atoi(string(today[:4]))
	age := now - y
	if string(today[5:]) < full[5:] {
		age--
	}
	return age
}

// Chinese writes d as papers do: 1985年, 1985年7月, 1985年7月1日.
func (d Date) Chinese() string {
	parts := strings.Split(string(d), "-")
	var b strings.Builder
	for i, unit := range []string{"年", "月", "日"} {
		if i < len(parts) && parts[i] != "" {
			b.WriteString(strings.TrimLeft(parts[i], "0") + unit)
		}
	}
	return b.String()
}

// ReadDate reads a date as people write it: 1985-07-01, 1985.7.1, 1985/7,
// 19850701, 198507, 1985年7月1日, 85.7 (the twentieth century for two digits
// above the current year's, else the twenty-first). A time of day behind it, as
// exports write it, is dropped. What is not written is not filled in. The error
// has the code date, or date_ambiguous for 5/6/12 and the like, which Excel
// writes for a month, a day and a year, and people for a year, a month and a day.
func ReadDate(raw string, today Day) (Date, error) {
	if d := plainDate(raw); d != "" {
		return d, nil
	}
	text := withoutClock(strings.TrimSpace(Narrow(raw)))
	parts, ok := dateParts(text)
	if !ok {
		return "", Fail(CodeDate)
	}
	year, err := strconv.Atoi(parts[0])
	if err != nil {
		return "", Fail(CodeDate)
	}
	if len(parts[0]) == 2 {
		year += 1900
		if now := today.Time().Year(); year+100 <= now {
			year += 100
		}
	}
	out := fmt.Sprintf("%04d", year)
	for _, part := range parts[1:] {
		n, err := strconv.Atoi(part)
		if err != nil {
			return "", Fail(CodeDate)
		}
		out += fmt.Sprintf("-%02d", n)
	}
	d := Date(out)
	switch {
	case !d.Valid():
		return "", Fail(CodeDate)
	case len(parts[0]) == 2 && parts[0] <= "31" && strings.ContainsAny(text, "-/"):
		return "", Fail(CodeDateAmbiguous)
	}
	return d, nil
}

// plainDate is a date in one of the forms that most have, 1985.07 and 2021-05-04;
// "" for every other.
func plainDate(raw string) Date {
	if len(raw) != 7 && len(raw) != 10 || raw[4] != '.' && raw[4] != '-' {
		return ""
	}
	out := raw
	if raw[4] == '.' {
		out = raw[:4] + "-" + raw[5:7]
		if len(raw) == 10 && raw[7] == '.' {
			out += "-" + raw[8:]
		}
	}
	if d := Date(out); d.Valid() && len(out) == len(raw) {
		return d
	}
	return ""
}

// withoutClock drops a time of day: 1985-07-01 00:00:00, 1985-07-01T00:00.
func withoutClock(text string) string {
	i := strings.IndexAny(text, " T")
	if i < 0 {
		return text
	}
	clock := strings.TrimSpace(text[i+1:])
	if strings.Contains(clock, ":") && strings.Trim(clock, "0123456789:.") == "" {
		return text[:i]
	}
	return text
}

// dateParts cuts a written date into year, month and day.
func dateParts(text string) ([]string, bool) {
	if text != "" && strings.Trim(text, "0123456789") == "" {
		switch len(text) {
		case 4:
			return []string{text}, true
		case 6:
			return []string{text[:4], text[4:]}, true
		case 8:
			return []string{text[:4], text[4:6], text[6:]}, true
		}
		return nil, false
	}
	text = strings.TrimRight(text, "日号.-/")
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-./年月、— ", r) })
	if len(parts) == 0 || len(parts) > 3 || (len(parts[0]) != 4 && len(parts[0]) != 2) {
		return nil, false
	}
	for i, part := range parts {
		if i > 0 && len(part) > 2 || strings.Trim(part, "0123456789") != "" {
			return nil, false
		}
	}
	if len(parts) == 1 && !strings.Contains(text, "年") {
		return nil, false
	}
	return parts, true
}

// Moment is a minute of China's clock, 2006-01-02T15:04. Moments compare as text.
type Moment string

const momentLayout = "2006-01-02T15:04"

// MomentOf is the minute of t in China.
func MomentOf(t time.Time) Moment { return Moment(t.In(Zone()).Format(momentLayout)) }

// Valid reports whether m exists and is written in full: T9:30 would compare
// wrongly.
func (m Moment) Valid() bool {
	_, err := time.Parse(momentLayout, string(m))
	return err == nil && len(m) == len(momentLayout)
}

// Time is m as a time in China; the zero time when m is not valid.
func (m Moment) Time() time.Time {
	t, err := time.ParseInLocation(momentLayout, string(m), Zone())
	if err != nil {
		return time.Time{}
	}
	return t
}

// Day is the day of m, "" when m is too short.
func (m Moment) Day() Day {
	if len(m) < 10 {
		return ""
	}
	return Day(m[:10])
}

// Clock is the time of day of m, 15:04.
func (m Moment) Clock() string {
	if len(m) < 16 {
		return ""
	}
	return string(m[11:])
}

// MinutesTo is the number of minutes from m to n, negative when n is earlier.
func (m Moment) MinutesTo(n Moment) int { return int(n.Time().Sub(m.Time()) / time.Minute) }
