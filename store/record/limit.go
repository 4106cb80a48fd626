package record

import (
	"slices"
	"strconv"
)

// Limits are the rules that put an entry of service time into the queue for
// review. No national text sets them (Decree 67, article 7, wants time "as
// reasonably determined"), so each is a setting of the station's head. An entry
// that waits is recorded and not counted; see [Review].
type Limits struct {
	// Day and Week are the most minutes of one person on one day and in one week
	// from Monday; 0 leaves the rule out.
	Day  int `json:"day"`
	Week int `json:"week"`
	// Backfill is the most minutes of one entry that was recorded from memory or
	// imported; above it a second person checks. 0 has every such entry checked.
	Backfill int `json:"backfill"`
	// Age is the age above which somebody is looked at once a year before the
	// service time counts; 0 leaves the rule out.
	Age int `json:"age"`
	// NightFrom and NightTo are times of day, 15:04, between which service is
	// looked at; the same time twice leaves the rule out.
	NightFrom string `json:"night_from"`
	NightTo   string `json:"night_to"`
	// SignOut is how many percent of the activity's length somebody gets who
	// signed in and forgot to sign out, until a person decides.
	SignOut int `json:"sign_out"`
}

// DefaultLimits are the rules of a new station.
func DefaultLimits() Limits {
	return Limits{Day: DayLimit, Week: 16 * 60, Backfill: 4 * 60, Age: 70, NightFrom: "22:00", NightTo: "06:00", SignOut: 60}
}

// Check finds what is wrong with the rules.
func (l Limits) Check() Problems {
	var p Problems
	for _, one := range []struct {
		field       string
		value, most int
	}{
		{"limit_day", l.Day, DayMost},
		{"limit_week", l.Week, 7 * DayMost},
		{"limit_backfill", l.Backfill, DayMost},
		{"limit_age", l.Age, 120},
		{"limit_sign_out", l.SignOut, 100},
	} {
		if one.value < 0 || one.value > one.most {
			p.Add(LevelError, one.field, CodeInvalid)
		}
	}
	for _, one := range []struct{ field, clock string }{{"night_from", l.NightFrom}, {"night_to", l.NightTo}} {
		if !Moment("2000-01-01T" + one.clock).Valid() {
			p.Add(LevelError, one.field, CodeInvalid)
		}
	}
	return p
}

// Forgotten is the service time, in minutes, of somebody who forgot to sign out.
func (l Limits) Forgotten(a Activity) int { return a.Length() * l.SignOut / 100 }

// Stretch is the service time of one person in one activity.
type Stretch struct {
	Activity   ActivityID
	Title      string
	Start, End Moment
	Minutes    int
}

// Overlaps reports whether two stretches share a minute.
func (s Stretch) Overlaps(o Stretch) bool { return s.Start < o.End && o.Start < s.End }

// Case is an entry that is about to be recorded, with what its limits depend on.
type Case struct {
	Stretch
	Source string
	// Age is the person's age on the day, below 0 when unknown; AgeCleared tells
	// that somebody was looked at this year already.
	Age        int
	AgeCleared bool
	// NoSignOut tells that the person signed in and not out.
	NoSignOut bool
	// Others are the person's other stretches of the same week and the days
	// beside it.
	Others []Stretch
}

// Ground is why an entry waits for review, with what its sentence needs.
type Ground struct {
	Code Code     `json:"code"`
	Args []string `json:"args,omitempty"`
}

// Judge gives the grounds on which an entry must wait; none when it counts at
// once. What cannot be (over 24 hours a day, a cancelled activity) is refused by
// [Entry.Check] and [CheckDay] and not judged here.
func (l Limits) Judge(c Case) []Ground {
	var out []Ground
	add := func(on bool, code Code, args ...string) {
		if on {
			out = append(out, Ground{code, args})
		}
	}
	day, week := c.Minutes, c.Minutes
	for _, o := range c.Others {
		if o.Start.Day() == c.Start.Day() {
			day += o.Minutes
		}
		if weekOf(o.Start.Day()) == weekOf(c.Start.Day()) {
			week += o.Minutes
		}
	}
	add(l.Day > 0 && day > l.Day, CodeDayOver8Hours, hoursOf(l.Day))
	add(l.Week > 0 && week > l.Week, CodeWeekOverLimit, hoursOf(l.Week))
	if i := slices.IndexFunc(c.Others, func(o Stretch) bool { return o.Activity != c.Activity && o.Minutes > 0 && o.Overlaps(c.Stretch) }); i >= 0 {
		add(true, CodeOverlap, c.Others[i].Title)
	}
	add(l.night(c.Start, c.End), CodeNightService, l.NightFrom, l.NightTo)
	add(l.Age > 0 && c.Age > l.Age && !c.AgeCleared, CodeAgeOverLimit, strconv.Itoa(l.Age))
	add((c.Source == SourceLater || c.Source == SourceImport) && c.Minutes > l.Backfill, CodeBackfillCheck, hoursOf(l.Backfill))
	add(c.NoSignOut, CodeNoSignOut, strconv.Itoa(l.SignOut))
	return out
}

// hoursOf is minutes for a sentence that says 小时 behind it.
func hoursOf(minutes int) string {
	if minutes%6 == 0 {
		return HoursText(minutes)
	}
	return strconv.FormatFloat(float64(minutes)/60, 'f', 2, 64)
}

// weekOf is the Monday of a day's week.
func weekOf(d Day) Day {
	return d.AddDays(-(int(d.Time().In(Zone()).Weekday()) + 6) % 7)
}

// night reports whether a span touches the hours of the night, which may reach
// over midnight.
func (l Limits) night(start, end Moment) bool {
	if l.NightFrom == l.NightTo || !start.Valid() || !end.Valid() {
		return false
	}
	for d := start.Day().AddDays(-1); d <= end.Day(); d = d.AddDays(1) {
		from, to := Moment(string(d)+"T"+l.NightFrom), Moment(string(d)+"T"+l.NightTo)
		if to < from {
			to = Moment(string(d.AddDays(1)) + "T" + l.NightTo)
		}
		if start < to && from < end {
			return true
		}
	}
	return false
}
