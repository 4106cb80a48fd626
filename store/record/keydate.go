package record

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// KeyDate is a day or a season of the year around which the policy wants
// activities (articles 10 and 14) or stations hold them by custom.
type KeyDate struct {
	// Code names the date over the years; append-only.
	Code string `json:"code"`
	Name string `json:"name"`
	// Day is the date itself, the first day of a season.
	Day Day `json:"day"`
	// Span is when an activity counts as one for this date: from some days before
	// to a few days after.
	Span Period `json:"span"`
}

// keyRule makes a key date of a year; "" when the year has none or lies beyond
// the table of lunar feasts.
type keyRule struct {
	code, name string
	day        func(year int) Day
	// before and after are how many days around the date count.
	before, after int
}

// The days before and after a date in which activities are held for it. No rule
// says so; a week of preparation and three days are a judgement.
const daysBefore, daysAfter = 7, 3

func keyRules() []keyRule {
	on := func(month, day int) func(int) Day {
		return func(year int) Day { return Day(fmt.Sprintf("%04d-%02d-%02d", year, month, day)) }
	}
	return []keyRule{
		{"spring_festival", "春节", lunar(0), 15, 0},
		{"lantern", "元宵节", func(year int) Day { return later(lunar(0)(year), 14) }, 3, 0},
		{"veterans_spring", "春季老兵退役季", on(3, 1), 0, 14},
		{"lei_feng", "学雷锋纪念日", on(3, 5), daysBefore, daysAfter},
		{"recruits_spring", "春季新兵入伍月", on(3, 15), 0, 16},
		{"qingming", "清明节", qingming, daysBefore, daysAfter},
		{"national_security", "全民国家安全教育日", on(4, 15), daysBefore, daysAfter},
		{"disaster", "全国防灾减灾日", on(5, 12), daysBefore, daysAfter},
		{"disabled", "全国助残日", weekday(5, 0, 3), daysBefore, daysAfter},
		{"dragon_boat", "端午节", lunar(1), daysBefore, 0},
		{"party", "建党纪念日", on(7, 1), daysBefore, daysAfter},
		{"army", "建军节", on(8, 1), daysBefore, daysAfter},
		{"veterans_autumn", "秋季老兵退役季", on(9, 1), 0, 14},
		{"victory", "抗战胜利纪念日", on(9, 3), daysBefore, daysAfter},
		{"recruits_autumn", "秋季新兵入伍月", on(9, 15), 0, 15},
		{"defence", "全民国防教育日", weekday(9, 6, 3), daysBefore, daysAfter},
		{"mid_autumn", "中秋节", lunar(2), daysBefore, 0},
		{"martyrs", "烈士纪念日", on(9, 30), daysBefore, daysAfter},
		{"national", "国庆节", on(10, 1), daysBefore, 7},
		{"volunteers", "国际志愿者日", on(12, 5), daysBefore, daysAfter},
	}
}

// lunarFirst is the first year of lunarDays.
const lunarFirst = 2024

// lunarDays are Spring Festival, Dragon Boat Festival and Mid-Autumn Festival
// in China's calendar (GB/T 33661), which no short formula gives.
func lunarDays() [][3]string {
	return [][3]string{
		{"02-10", "06-10", "09-17"},
		{"01-29", "05-31", "10-06"},
		{"02-17", "06-19", "09-25"},
		{"02-06", "06-09", "09-15"},
		{"01-26", "05-28", "10-03"},
		{"02-13", "06-16", "09-22"},
		{"02-03", "06-05", "09-12"},
		{"01-23", "06-24", "10-01"},
		{"02-11", "06-12", "09-19"},
		{"01-31", "06-01", "09-08"},
		{"02-19", "06-20", "09-27"},
		{"02-08", "06-10", "09-16"},
	}
}

func lunar(feast int) func(int) Day {
	return func(year int) Day {
		days := lunarDays()
		if year < lunarFirst || year >= lunarFirst+len(days) {
			return ""
		}
		return Day(fmt.Sprintf("%04d-%s", year, days[year-lunarFirst][feast]))
	}
}

func later(d Day, days int) Day {
	if d == "" {
		return ""
	}
	return d.AddDays(days)
}

// qingming is the solar term's day, by the customary formula for this century.
func qingming(year int) Day {
	y := year - 2000
	return Day(fmt.Sprintf("%04d-04-%02d", year, int(float64(y)*0.2422+4.81)-y/4))
}

// weekday is the nth weekday (0 is Sunday) of a month.
func weekday(month, day, nth int) func(int) Day {
	return func(year int) Day {
		first := Month(year, month).From
		shift := (day - int(first.Time().Weekday()) + 7) % 7
		return first.AddDays(shift + 7*(nth-1))
	}
}

// KeyDates are the key dates that lie in a period, in order.
func KeyDates(p Period) []KeyDate {
	var out []KeyDate
	from, _ := strconv.Atoi(string(p.From[:4]))
	to, _ := strconv.Atoi(string(p.To[:4]))
	for year := from; year <= to; year++ {
		for _, rule := range keyRules() {
			d := rule.day(year)
			if p.Holds(d) {
				out = append(out, KeyDate{rule.code, rule.name, d, Period{d.AddDays(-rule.before), d.AddDays(rule.after)}})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b KeyDate) int { return cmp.Compare(a.Day, b.Day) })
	return out
}

// KeyDateRow is what was planned and done for a key date.
type KeyDateRow struct {
	KeyDate
	// Planned are the activities that were set up for it, those done included
	// and those called off not; Done are the ones held.
	Planned int64 `json:"planned"`
	Done    int64 `json:"done"`
}

// TallyKeyDates counts for each key date of a period the volunteer activities
// that begin in its span. Activities before the period's first day must be
// among the given ones to be counted; [KeyReach] says how far back they lie.
func TallyKeyDates(p Period, activities []Activity) []KeyDateRow {
	var out []KeyDateRow
	for _, date := range KeyDates(p) {
		row := KeyDateRow{KeyDate: date}
		for _, a := range activities {
			if a.Withdrawn || a.State == ActivityCancelled || !Counting(a.Kind) || !date.Span.Holds(a.Start.Day()) {
				continue
			}
			row.Planned++
			if a.Held() {
				row.Done++
			}
		}
		out = append(out, row)
	}
	return out
}

// KeyReach is a period with the days around it in which activities for its key
// dates may lie.
func KeyReach(p Period) Period {
	for _, date := range KeyDates(p) {
		p.From, p.To = min(p.From, date.Span.From), max(p.To, date.Span.To)
	}
	return p
}
