package record

import (
	"cmp"
	"slices"
	"strings"
)

// Systems are the other systems in which a volunteer's hours may stand.
func Systems() Table {
	return Table{"system", []Term{
		{"national", "全国志愿服务信息系统", []string{"全国系统", "国网", "全国志愿者系统"}},
		{"tianjin", "天津志愿服务网", []string{"市网"}},
		{"zhiyuanhui", "志愿汇", nil},
		{"other", "其他系统", nil},
	}}
}

// Outside is a line of the other ledger: service time as another system has it.
// It is no service time of this station: the same afternoon stands in both
// ledgers, so they are compared ([Reconcile]) and never added.
type Outside struct {
	ID      OutsideID `json:"-"`
	Version int64     `json:"-"`

	Volunteer VolunteerID `json:"volunteer"`
	System    string      `json:"system"`
	Title     string      `json:"title"`
	Day       Day         `json:"day"`
	Minutes   int         `json:"minutes"`
	// Number is the activity's or the entry's number in the other system.
	Number    string `json:"number,omitempty"`
	Noted     Day    `json:"noted"`
	Withdrawn bool   `json:"withdrawn,omitempty"`
}

// Check finds what is wrong with a line of the other ledger.
func (o Outside) Check(today Day) Problems {
	var p Problems
	if o.Volunteer == "" {
		p.Add(LevelError, "volunteer", CodeRequired)
	}
	if o.System == "" {
		p.Add(LevelError, "system", CodeRequired)
	}
	Systems().check(&p, "system", o.System)
	if strings.TrimSpace(o.Title) == "" {
		p.Add(LevelError, "title", CodeRequired)
	}
	if o.Day == "" {
		p.Add(LevelError, "day", CodeRequired)
	}
	checkDay(&p, "day", o.Day, today)
	if o.Minutes <= 0 || o.Minutes > DayMost {
		p.Add(LevelError, "minutes", CodeMinutesRange, "1440")
	}
	p.checkText("title", o.Title, 80)
	p.checkText("outside_number", o.Number, 60)
	return p
}

// LedgerMatch is what the two ledgers say of one piece of service.
type LedgerMatch string

// The outcomes of a comparison.
const (
	LedgerSame      LedgerMatch = "same"
	LedgerHere      LedgerMatch = "here"      // only the station has it
	LedgerThere     LedgerMatch = "there"     // only the other system has it
	LedgerDifferent LedgerMatch = "different" // both have it, with other minutes
)

// LedgerMatches is the table of outcomes.
func LedgerMatches() Table {
	return Table{"ledger_match", []Term{
		{string(LedgerSame), "一致", nil},
		{string(LedgerDifferent), "时长不同", nil},
		{string(LedgerHere), "只在本站", nil},
		{string(LedgerThere), "只在外系统", nil},
	}}
}

// LedgerLine is a person's service time in one ledger.
type LedgerLine struct {
	Volunteer VolunteerID `json:"volunteer"`
	Day       Day         `json:"day"`
	Title     string      `json:"title"`
	Minutes   int         `json:"minutes"`
	// Activity or Outside is where the line stands.
	Activity ActivityID `json:"activity,omitempty"`
	Outside  OutsideID  `json:"outside,omitempty"`
	Number   string     `json:"number,omitempty"`
}

// Compared is one piece of service as the two ledgers have it. There is on
// purpose no field with a sum of the two.
type Compared struct {
	Match LedgerMatch `json:"match"`
	Here  *LedgerLine `json:"here,omitempty"`
	There *LedgerLine `json:"there,omitempty"`
}

// LedgerTolerance is the difference, in minutes, that rounding to a tenth of an
// hour in the other system explains.
const LedgerTolerance = 3

// Reconcile compares two ledgers person by person and day by day. Lines with one
// name are taken for one piece of service first, then lines with the same time,
// then what is left over of a day in order when both sides have something whose
// names share most of their characters. The result is in order of person, day
// and name; every line of both sides is in exactly one pair.
func Reconcile(here, there []LedgerLine) []Compared {
	type key struct {
		who VolunteerID
		day Day
	}
	days := map[key]*[2][]LedgerLine{}
	for side, lines := range [][]LedgerLine{here, there} {
		for _, l := range lines {
			k := key{l.Volunteer, l.Day}
			if days[k] == nil {
				days[k] = &[2][]LedgerLine{}
			}
			days[k][side] = append(days[k][side], l)
		}
	}
	var out []Compared
	for _, sides := range days {
		out = append(out, reconcileDay(sides[0], sides[1])...)
	}
	slices.SortFunc(out, func(a, b Compared) int {
		x, y := a.line(), b.line()
		return cmp.Or(cmp.Compare(x.Volunteer, y.Volunteer), cmp.Compare(x.Day, y.Day), cmp.Compare(x.Title, y.Title),
			cmp.Compare(x.Activity, y.Activity), cmp.Compare(x.Outside, y.Outside))
	})
	return out
}

func (c Compared) line() LedgerLine {
	if c.Here != nil {
		return *c.Here
	}
	return *c.There
}

func reconcileDay(here, there []LedgerLine) []Compared {
	byLine := func(a, b LedgerLine) int {
		return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.Minutes, b.Minutes), cmp.Compare(a.Activity, b.Activity), cmp.Compare(a.Outside, b.Outside))
	}
	here, there = slices.SortedFunc(slices.Values(here), byLine), slices.SortedFunc(slices.Values(there), byLine)
	var out []Compared
	sameName := func(a, b LedgerLine) bool { return plainTitle(a.Title) == plainTitle(b.Title) }
	for _, fits := range []func(a, b LedgerLine) bool{
		func(a, b LedgerLine) bool { return sameName(a, b) && sameTime(a, b) },
		sameName,
		func(a, b LedgerLine) bool { return alike(a.Title, b.Title) && sameTime(a, b) },
		func(a, b LedgerLine) bool { return alike(a.Title, b.Title) },
	} {
		here, there = pairOff(here, there, fits, &out)
	}
	for _, l := range here {
		out = append(out, Compared{Match: LedgerHere, Here: &l})
	}
	for _, l := range there {
		out = append(out, Compared{Match: LedgerThere, There: &l})
	}
	return out
}

// pairOff moves the pairs that fit to the result and gives what is left.
func pairOff(here, there []LedgerLine, fits func(a, b LedgerLine) bool, out *[]Compared) (a, b []LedgerLine) {
	for _, l := range here {
		i := slices.IndexFunc(there, func(o LedgerLine) bool { return fits(l, o) })
		if i < 0 {
			a = append(a, l)
			continue
		}
		match, other := LedgerDifferent, there[i]
		if sameTime(l, other) {
			match = LedgerSame
		}
		*out = append(*out, Compared{Match: match, Here: &l, There: &other})
		there = slices.Delete(slices.Clone(there), i, i+1)
	}
	return a, there
}

func sameTime(a, b LedgerLine) bool {
	d := a.Minutes - b.Minutes
	return d <= LedgerTolerance && d >= -LedgerTolerance
}

// plainTitle is a name without what people write differently.
func plainTitle(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" 　“”\"'‘’《》〈〉（）()·・-—－_,，、。.：:！!", r) {
			return -1
		}
		return r
	}, strings.ToLower(Narrow(s)))
}

// alike reports whether two names share at least half of their characters.
func alike(a, b string) bool {
	x, y := []rune(plainTitle(a)), []rune(plainTitle(b))
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	left := map[rune]int{}
	for _, r := range y {
		left[r]++
	}
	shared := 0
	for _, r := range x {
		if left[r] > 0 {
			left[r]--
			shared++
		}
	}
	return 2*shared >= max(len(x), len(y))
}
