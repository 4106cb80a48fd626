package record_test

import (
	"fmt"
	"testing"
	"time"

	"rongyuan/store/record"
)

func TestReadDate(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		want      record.Date
		code      record.Code
	}{
		{"year.0month", "1985.07", "1985-07", ""},
		{"year.month", "1985.7", "1985-07", ""},
		{"six digits", "198507", "1985-07", ""},
		{"eight digits", "19850701", "1985-07-01", ""},
		{"year-month", "1985-07", "1985-07", ""},
		{"slashes", "1985/7/1", "1985-07-01", ""},
		{"characters, month", "1985年7月", "1985-07", ""},
		{"characters, day", "1985年7月1日", "1985-07-01", ""},
		{"characters, 号", "1985年7月1号", "1985-07-01", ""},
		{"characters, spaces", "1985 年 7 月 1 日", "1985-07-01", ""},
		{"year of two digits", "85.7", "1985-07", ""},
		{"year of two digits, this century", "05.12", "2005-12", ""},
		{"this year in two digits", "26.1", "2026-01", ""},
		{"next year in two digits", "27.1", "1927-01", ""},
		{"two digits, 年", "85年", "1985", ""},
		{"dots, day", "1985.07.01", "1985-07-01", ""},
		{"year alone", "1985", "1985", ""},
		{"year with 年", "1985年", "1985", ""},
		{"full width", "１９８５．７．１", "1985-07-01", ""},
		{"trailing dot", "1985.07.", "1985-07", ""},
		{"space around", " 1985-07-01　", "1985-07-01", ""},
		{"export with a time", "1985-07-01 00:00:00", "1985-07-01", ""},
		{"ISO with a time", "1985-07-01T00:00", "1985-07-01", ""},
		{"leap day", "1984-02-29", "1984-02-29", ""},
		{"leap day of 2000", "2000-02-29", "2000-02-29", ""},
		{"leap day of a common year", "1985-02-29", "", record.CodeDate},
		{"leap day of 1900", "1900-02-29", "", record.CodeDate},
		{"31 April", "1985-04-31", "", record.CodeDate},
		{"month 13", "1985.13", "", record.CodeDate},
		{"month 0", "1985.0", "", record.CodeDate},
		{"day 0", "1985-07-00", "", record.CodeDate},
		{"day, month, year", "31/12/85", "", record.CodeDate},
		{"month/day/year or year/month/day", "05/06/12", "", record.CodeDateAmbiguous},
		{"two digits that may be a month", "10-11", "", record.CodeDateAmbiguous},
		{"spreadsheet serial", "31229", "", record.CodeDate},
		{"unknown", "不详", "", record.CodeDate},
		{"range", "1978.12-1983.1", "", record.CodeDate},
		{"season", "1985年冬", "", record.CodeDate},
		{"class of", "85年兵", "", record.CodeDate},
		{"in characters", "八五年", "", record.CodeDate},
		{"signs as digits", "1985.+7", "", record.CodeDate},
		{"negative", "-1985", "", record.CodeDate},
		{"too early", "1849-12-31", "", record.CodeDate},
		{"too late", "3000", "", record.CodeDate},
		{"empty", "", "", record.CodeDate},
		{"only signs", "..", "", record.CodeDate},
		{"words after a time", "1985-07-01 上午", "", record.CodeDate},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := record.ReadDate(c.raw, today)
			if got != c.want || record.CodeOf(err) != c.code {
				t.Errorf("%q %v, want %q %s", got, err, c.want, c.code)
			}
		})
	}
}

func TestDatePrecision(t *testing.T) {
	for _, c := range []struct {
		date      record.Date
		precision record.Precision
		valid     bool
		chinese   string
	}{
		{"", record.PrecisionNone, false, ""},
		{"1985", record.PrecisionYear, true, "1985年"},
		{"1985-07", record.PrecisionMonth, true, "1985年7月"},
		{"1985-10-20", record.PrecisionDay, true, "1985年10月20日"},
		{"1985-7", record.PrecisionNone, false, "1985年7月"},
		{"1985-02-30", record.PrecisionDay, false, "1985年2月30日"},
		{"abcd", record.PrecisionYear, false, "abcd年"},
	} {
		if c.date.Precision() != c.precision || c.date.Valid() != c.valid || c.date.Chinese() != c.chinese {
			t.Errorf("%q: %v %v %q", c.date, c.date.Precision(), c.date.Valid(), c.date.Chinese())
		}
	}
}

func TestDateBefore(t *testing.T) {
	for _, c := range []struct {
		a, b record.Date
		want bool
	}{
		{"1985", "1986", true},
		{"1986", "1985", false},
		{"1985", "1985", false},
		{"1985", "1985-07", false},
		{"1985-07", "1985", false},
		{"1984", "1985-07-01", true},
		{"1985-06", "1985-07-01", true},
		{"1985-07", "1985-07-01", false},
		{"1985-07-01", "1985-07-02", true},
		{"", "1985", false},
		{"1985", "", false},
	} {
		if got := c.a.Before(c.b); got != c.want {
			t.Errorf("%q before %q: %v", c.a, c.b, got)
		}
	}
}

func TestAgeOn(t *testing.T) {
	for _, c := range []struct {
		name string
		born record.Date
		on   record.Day
		want int
	}{
		{"the day before the birthday", "2008-11-21", "2026-11-20", 17},
		{"the birthday", "2008-11-20", "2026-11-20", 18},
		{"born on a leap day, the day before March", "2004-02-29", "2022-02-28", 17},
		{"born on a leap day, March", "2004-02-29", "2022-03-01", 18},
		{"month only", "2008-11", "2026-11-01", 18},
		{"month only, before it", "2008-11", "2026-10-31", 17},
		{"year only", "2008", "2026-01-01", 18},
		{"newborn", "2026-11-20", "2026-11-20", 0},
		{"no date", "", "2026-11-20", -1},
		{"no such date", "2008-13", "2026-11-20", -1},
		{"no such today", "2008-11", "", -1},
	} {
		if got := c.born.AgeOn(c.on); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestDay(t *testing.T) {
	// 16:30 UTC is half past midnight in China.
	at := time.Date(2026, 9, 30, 16, 30, 59, 0, time.UTC)
	if got := record.DayOf(at); got != "2026-10-01" {
		t.Errorf("DayOf = %s", got)
	}
	if got := record.MomentOf(at); got != "2026-10-01T00:30" {
		t.Errorf("MomentOf = %s", got)
	}
	for from, want := range map[record.Day]record.Day{"2024-02-28": "2024-02-29", "2026-02-28": "2026-03-01", "2026-12-31": "2027-01-01"} {
		if got := from.AddDays(1); got != want {
			t.Errorf("%s + 1 = %s", from, got)
		}
		if got := want.AddDays(-1); got != from {
			t.Errorf("%s - 1 = %s", want, got)
		}
	}
	for _, bad := range []record.Day{"", "2026-02-30", "2026-2-3", "2026-02", "2026-02-03 ", "2026/02/03"} {
		if bad.Valid() || !bad.Time().IsZero() {
			t.Errorf("%q passes as a day", bad)
		}
	}
	if !record.Day("2024-02-29").Valid() || record.Day("2026-10-05").Chinese() != "2026年10月5日" {
		t.Error("a good day does not pass")
	}
	// The zone is fixed: no summer time even in the years that had it.
	if got := record.Day("1988-07-01").Time().UTC().Hour(); got != 16 {
		t.Errorf("midnight in 1988 is %d:00 UTC", got)
	}
}

func TestMoment(t *testing.T) {
	for m, valid := range map[record.Moment]bool{
		"2026-10-05T09:30": true, "2026-10-05T00:00": true, "2026-10-05T23:59": true,
		"2026-10-05T9:30": false, "2026-10-05T24:00": false, "2026-10-05T09:60": false, "2026-10-05 09:30": false,
		"2026-02-30T09:30": false, "2026-10-05": false, "": false, "2026-10-05T09:30:00": false,
	} {
		if m.Valid() != valid {
			t.Errorf("%q valid: %v", m, m.Valid())
		}
	}
	m := record.Moment("2026-10-05T22:30")
	if m.Day() != "2026-10-05" || m.Clock() != "22:30" || m.MinutesTo("2026-10-06T06:00") != 450 || record.Moment("2026-10-06T06:00").MinutesTo(m) != -450 {
		t.Errorf("%s %s %d", m.Day(), m.Clock(), m.MinutesTo("2026-10-06T06:00"))
	}
	if short := record.Moment("2026"); short.Day() != "" || short.Clock() != "" || !short.Time().IsZero() {
		t.Error("half a moment tells a day")
	}
}

func TestPeriod(t *testing.T) {
	for _, c := range []struct {
		period           record.Period
		from, to         record.Day
		text, chinese    string
		previous, anyday record.Day
	}{
		{record.Month(2026, 10), "2026-10-01", "2026-10-31", "2026-10", "2026年10月", "2026-09-01", "2026-10-15"},
		{record.Month(2026, 12), "2026-12-01", "2026-12-31", "2026-12", "2026年12月", "2026-11-01", "2026-12-31"},
		{record.Month(2026, 1), "2026-01-01", "2026-01-31", "2026-01", "2026年1月", "2025-12-01", "2026-01-01"},
		{record.Month(2024, 2), "2024-02-01", "2024-02-29", "2024-02", "2024年2月", "2024-01-01", "2024-02-29"},
		{record.Month(2026, 2), "2026-02-01", "2026-02-28", "2026-02", "2026年2月", "2026-01-01", "2026-02-28"},
		{record.Period{From: "2026-07-01", To: "2026-09-30"}, "2026-07-01", "2026-09-30", "2026-Q3", "2026年第三季度", "2026-04-01", "2026-08-01"},
		{record.Period{From: "2026-01-01", To: "2026-03-31"}, "2026-01-01", "2026-03-31", "2026-Q1", "2026年第一季度", "2025-10-01", "2026-02-01"},
		{record.Period{From: "2026-07-01", To: "2026-12-31"}, "2026-07-01", "2026-12-31", "2026-H2", "2026年下半年", "2026-01-01", "2026-08-01"},
		{record.Period{From: "2026-01-01", To: "2026-12-31"}, "2026-01-01", "2026-12-31", "2026", "2026年", "2025-01-01", "2026-08-01"},
		{record.Period{From: "2026-07-05", To: "2026-07-11"}, "2026-07-05", "2026-07-11", "2026-07-05/2026-07-11", "2026年7月5日至2026年7月11日", "2026-06-28", "2026-07-08"},
	} {
		p := c.period
		if p.From != c.from || p.To != c.to || p.String() != c.text || p.Chinese() != c.chinese {
			t.Errorf("%v: %s %s", p, p, p.Chinese())
		}
		if before := p.Previous(); before.From != c.previous || before.Kind() != p.Kind() || before.To.AddDays(1) != p.From || before.Next() != p {
			t.Errorf("before %v: %v", p, before)
		}
		if again, err := record.ReadPeriod(p.Kind(), p.String()); p.Kind() != record.PeriodSpan && (err != nil || again != p) {
			t.Errorf("%v reads back as %v: %v", p, again, err)
		}
		if !p.Holds(c.anyday) || !p.Holds(p.From) || !p.Holds(p.To) || p.Holds(p.From.AddDays(-1)) || p.Holds(p.To.AddDays(1)) || p.Holds("") {
			t.Errorf("%v holds wrongly", p)
		}
	}
	if got, err := record.ReadMonth("2026-10"); err != nil || got != record.Month(2026, 10) {
		t.Errorf("%v %v", got, err)
	}
	for _, bad := range []string{"", "2026", "2026-1", "2026-13", "2026-00", "2026-10-01", "10-2026", "２０２６-10"} {
		if _, err := record.ReadMonth(bad); record.CodeOf(err) != record.CodeDate {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, c := range []struct {
		kind record.PeriodKind
		text string
		want string
	}{
		{record.PeriodQuarter, "2026Q4", "2026-Q4"},
		{record.PeriodQuarter, "2026-q1", "2026-Q1"},
		{record.PeriodQuarter, "2026-2", "2026-Q2"},
		{record.PeriodQuarter, "2026-5", ""},
		{record.PeriodQuarter, "2026H1", ""},
		{record.PeriodQuarter, "2026", ""},
		{record.PeriodHalf, "2026h2", "2026-H2"},
		{record.PeriodHalf, "2026-3", ""},
		{record.PeriodHalf, "2026-0", ""},
		{record.PeriodYear, "2026", "2026"},
		{record.PeriodYear, "2026-10", ""},
		{record.PeriodYear, "26", ""},
		{record.PeriodSpan, "2026", ""},
	} {
		got, err := record.ReadPeriod(c.kind, c.text)
		if c.want == "" && record.CodeOf(err) != record.CodeDate || c.want != "" && (err != nil || got.String() != c.want) {
			t.Errorf("%s %s: %v %v", c.kind, c.text, got, err)
		}
	}
	for _, c := range [][2]record.Period{
		{record.Month(2028, 2), record.Month(2027, 2)},
		{{From: "2026-07-01", To: "2026-09-30"}, {From: "2025-07-01", To: "2025-09-30"}},
		{{From: "2028-02-29", To: "2028-03-02"}, {From: "2027-02-28", To: "2027-03-02"}},
	} {
		if got := c[0].YearBefore(); got != c[1] {
			t.Errorf("a year before %v: %v", c[0], got)
		}
	}
	if got := len(record.PeriodOf(record.PeriodYear, "2026-05-05").Months()); got != 12 {
		t.Errorf("a year of %d months", got)
	}
	if got := (record.Period{}).String(); got != "/" {
		t.Errorf("no period is %q", got)
	}
}

func TestHoursText(t *testing.T) {
	for minutes, want := range map[int]string{
		0: "0", 60: "1", 90: "1.5", 120: "2", 6: "0.1", 66: "1.1", 80: "1小时20分", 10: "0小时10分", 59: "0小时59分", 33: "0小时33分",
		600: "10", 1234: "20小时34分", -90: "-1.5", -80: "-1小时20分",
	} {
		if got := record.HoursText(minutes); got != want {
			t.Errorf("%d min: %s, want %s", minutes, got, want)
		}
	}
}

// nationalDay is a calendar with a long holiday and the weekend days worked for it.
func nationalDay() record.Calendar {
	c := record.Calendar{Holidays: map[record.Day]bool{}, Worked: map[record.Day]bool{"2026-09-20": true, "2026-10-10": true}}
	for d := record.Day("2026-10-01"); d <= "2026-10-07"; d = d.AddDays(1) {
		c.Holidays[d] = true
	}
	return c
}

func TestCalendar(t *testing.T) {
	c := nationalDay()
	for d, want := range map[record.Day]bool{
		"2026-09-18": true, "2026-09-19": false, "2026-09-20": true, "2026-09-30": true, "2026-10-01": false,
		"2026-10-03": false, "2026-10-07": false, "2026-10-08": true, "2026-10-10": true, "2026-10-11": false,
	} {
		if c.Working(d) != want {
			t.Errorf("%s working: %v", d, !want)
		}
	}
	for _, one := range []struct {
		name     string
		calendar record.Calendar
		ended    record.Day
		want     record.Day
	}{
		{"no table, Monday", record.Calendar{}, "2026-11-02", "2026-11-16"},
		{"no table, Saturday", record.Calendar{}, "2026-11-07", "2026-11-20"},
		{"no table, Sunday", record.Calendar{}, "2026-11-08", "2026-11-20"},
		{"over a year's end", record.Calendar{}, "2026-12-28", "2027-01-11"},
		{"before the holiday", c, "2026-09-30", "2026-10-20"},
		{"in the holiday", c, "2026-10-03", "2026-10-20"},
		{"last day of the holiday", c, "2026-10-07", "2026-10-20"},
		{"first day after", c, "2026-10-08", "2026-10-21"},
		{"on a worked weekend day", c, "2026-10-10", "2026-10-23"},
		{"two weeks before, with a worked Sunday", c, "2026-09-18", "2026-10-08"},
	} {
		t.Run(one.name, func(t *testing.T) {
			got := one.calendar.Deadline(one.ended)
			if got != one.want {
				t.Errorf("deadline %s, want %s", got, one.want)
			}
			if one.calendar.Late(one.ended, got) || !one.calendar.Late(one.ended, got.AddDays(1)) {
				t.Error("the last day itself must be in time, the next late")
			}
		})
	}
	both := record.Calendar{Holidays: map[record.Day]bool{"2026-10-10": true}, Worked: map[record.Day]bool{"2026-10-10": true}}
	if !both.Working("2026-10-10") {
		t.Error("a worked day that is also listed as a holiday is worked")
	}
	if got := c.AddWorkingDays("2026-10-03", 0); got != "2026-10-03" {
		t.Errorf("no working day later is %s", got)
	}
}

// The calendar agrees with Go's, day by day and with what is no day.
func TestDatesAgreeWithGo(t *testing.T) {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		for _, year := range []int{0, 1849, 1850, 1899, 1900, 1985, 2000, 2024, 2026, 2999, 3000} {
			for month := range 14 {
				for day := range 33 {
					text := fmt.Sprintf("%04d-%02d-%02d", year, month, day)[:len(layout)]
					at, err := time.Parse(layout, text)
					if got, want := record.Date(text).Valid(), err == nil && at.Year() >= 1850 && at.Year() < 3000; got != want {
						t.Errorf("date %s valid: %v", text, got)
					}
					if got, want := record.Day(text).Valid(), err == nil && len(layout) == 10; got != want {
						t.Errorf("day %s valid: %v", text, got)
					}
				}
			}
		}
	}
	for _, text := range []string{"", "198", "1985-", "1985-7", "1985-07-", "1985/07/01", "1985-07-011", "1985-07-01 ", "-985-07-01", "19a5-07-01", "１９８５", "1985-07-1"} {
		if record.Date(text).Valid() || record.Day(text).Valid() {
			t.Errorf("%q is a date", text)
		}
	}
}
