package record

import (
	"strconv"
	"strings"
)

// ActivityState is where an activity stands.
type ActivityState string

// The states of an activity, in order; cancelled stands aside.
const (
	ActivityPlanned   ActivityState = "planned"
	ActivityDone      ActivityState = "done"
	ActivityConfirmed ActivityState = "confirmed"
	ActivityLocked    ActivityState = "locked"
	ActivityCancelled ActivityState = "cancelled"
)

// ActivityStates is the table of states.
func ActivityStates() Table {
	return Table{"activity_state", []Term{
		{string(ActivityPlanned), "计划", nil},
		{string(ActivityDone), "已完成", nil},
		{string(ActivityConfirmed), "已确认", nil},
		{string(ActivityLocked), "已锁定", nil},
		{string(ActivityCancelled), "已取消", nil},
	}}
}

// Activity is one event of volunteer service (Decree 67, article 7): what, when,
// where, under whom, for whom.
type Activity struct {
	ID      ActivityID `json:"-"`
	Version int64      `json:"-"`

	Title string `json:"title"`
	Kind  string `json:"kind"`
	Line  string `json:"line"`
	Sub   string `json:"sub,omitempty"`
	Start Moment `json:"start"`
	End   Moment `json:"end"`
	// Break is the rest within the activity, in minutes; it is no service time.
	Break   int     `json:"break,omitempty"`
	Place   string  `json:"place,omitempty"`
	Village string  `json:"village,omitempty"`
	Team    TeamID  `json:"team,omitempty"`
	Brand   BrandID `json:"brand,omitempty"`
	// Leader is the responsible person; LeaderName stands for one who is not
	// registered.
	Leader     VolunteerID `json:"leader,omitempty"`
	LeaderName string      `json:"leader_name,omitempty"`
	Content    string      `json:"content,omitempty"`
	// Served is how many people were served; Guests how many helped without
	// being registered.
	Served int    `json:"served,omitempty"`
	Guests int    `json:"guests,omitempty"`
	Spirit string `json:"spirit,omitempty"`
	Urgent bool   `json:"urgent,omitempty"`

	State ActivityState `json:"state"`
	// Recorded is the day on which the activity was first recorded as done.
	Recorded Day `json:"recorded,omitempty"`
	// Deadline is the last day for recording it in time, as the station's
	// calendar had it when the activity was recorded.
	Deadline Day `json:"deadline,omitempty"`
	// LateReason says why it was recorded after the limit of Decree 67,
	// article 11.
	LateReason string `json:"late_reason,omitempty"`
	// Withdrawn marks a record that was taken back: it is in no list or figure.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Length is the service time of somebody who was there from start to end, in
// minutes.
func (a Activity) Length() int { return max(0, a.Start.MinutesTo(a.End)-a.Break) }

// Held reports whether the activity took place.
func (a Activity) Held() bool {
	return !a.Withdrawn && (a.State == ActivityDone || a.State == ActivityConfirmed || a.State == ActivityLocked)
}

// Check finds what is wrong with an activity as of a minute.
func (a Activity) Check(now Moment) Problems {
	var p Problems
	if strings.TrimSpace(a.Title) == "" {
		p.Add(LevelError, "title", CodeRequired)
	}
	p.checkText("title", a.Title, 80)
	a.checkCodes(&p)
	a.checkTimes(&p, now)
	p.checkText("place", a.Place, 100)
	p.checkText("content", a.Content, 4000)
	p.checkText("leader_name", a.LeaderName, 50)
	p.checkText("late_reason", a.LateReason, 200)
	if a.Served < 0 || a.Served > 1_000_000 {
		p.Add(LevelError, "served", CodeInvalid)
	}
	if a.Guests < 0 || a.Guests > 1_000_000 {
		p.Add(LevelError, "guests", CodeInvalid)
	}
	if a.Late() {
		p.Add(LevelWarning, "recorded", CodeLateRecord, string(a.Deadline))
	}
	return p
}

func (a Activity) checkCodes(p *Problems) {
	for _, one := range []struct {
		field, code string
		table       Table
	}{{"kind", a.Kind, ActivityKinds()}, {"line", a.Line, Lines()}, {"state", string(a.State), ActivityStates()}} {
		if one.code == "" {
			p.Add(LevelError, one.field, CodeRequired)
		}
		one.table.check(p, one.field, one.code)
	}
	SubLines().check(p, "sub", a.Sub)
	if a.Sub != "" && !strings.HasPrefix(a.Sub, a.Line+".") {
		p.Add(LevelError, "sub", CodeUnknownCode, a.Sub)
	}
	Spirits().check(p, "spirit", a.Spirit)
}

func (a Activity) checkTimes(p *Problems, now Moment) {
	if !a.Start.Valid() {
		p.Add(LevelError, "start", CodeDate)
		return
	}
	if !a.End.Valid() {
		p.Add(LevelError, "end", CodeDate)
		return
	}
	switch length := a.Start.MinutesTo(a.End); {
	case length <= 0:
		p.Add(LevelError, "end", CodeEndBeforeStart)
	case length > 24*60:
		p.Add(LevelError, "end", CodeTooLongActivity)
	case a.Break < 0 || a.Break >= length:
		p.Add(LevelError, "break", CodeBreakTooLong)
	}
	if a.Held() && a.End > now {
		p.Add(LevelError, "end", CodeFutureActivity)
	}
}

// Entry is one entry of service time: who, in which activity, how many minutes.
// Entries are never changed: a correction is an entry that reverses another,
// with negative minutes, and a new one beside it.
type Entry struct {
	ID      EntryID `json:"-"`
	Version int64   `json:"-"`

	Activity  ActivityID  `json:"activity"`
	Volunteer VolunteerID `json:"volunteer"`
	// Minutes of service or learning; negative in a reversal.
	Minutes int    `json:"minutes"`
	Source  string `json:"source"`
	// Reverses is the entry that this one takes back.
	Reverses EntryID `json:"reverses,omitempty"`
	Reason   string  `json:"reason,omitempty"`
	Recorded Day     `json:"recorded"`

	// NoSignOut tells the store that the person signed in and not out: without
	// minutes the rule of [Limits] gives them, and the entry waits for review.
	// It does not travel; the [Review] says it.
	NoSignOut bool `json:"-"`
}

// Check finds what is wrong with an entry for an activity.
func (e Entry) Check(a Activity) Problems {
	var p Problems
	if e.Volunteer == "" {
		p.Add(LevelError, "volunteer", CodeRequired)
	}
	if e.Activity == "" || e.Activity != a.ID {
		p.Add(LevelError, "activity", CodeRequired)
	}
	Sources().check(&p, "source", e.Source)
	if e.Source == "" {
		p.Add(LevelError, "source", CodeRequired)
	}
	if e.Source == SourceExternal && e.Reverses == "" {
		p.Add(LevelError, "source", CodeOutsideLedger)
	}
	if e.Reverses != "" {
		if strings.TrimSpace(e.Reason) == "" {
			p.Add(LevelError, "reason", CodeReasonRequired)
		}
		if e.Minutes > 0 {
			p.Add(LevelError, "minutes", CodeMinutesRange)
		}
		return p
	}
	return append(p, e.checkMinutes(a)...)
}

func (e Entry) checkMinutes(a Activity) Problems {
	var p Problems
	switch {
	case a.State == ActivityCancelled:
		p.Add(LevelError, "activity", CodeActivityCancelled)
	case !a.Held():
		p.Add(LevelError, "activity", CodeFutureActivity)
	case e.Minutes > 24*60:
		p.Add(LevelError, "minutes", CodeDayOver24Hours)
	case e.Minutes < 0 || e.Minutes > a.Start.MinutesTo(a.End):
		p.Add(LevelError, "minutes", CodeMinutesRange, strconv.Itoa(a.Start.MinutesTo(a.End)))
	}
	return p
}

// ReasonUndone is the reason of a reversal that undoes an entry as a whole.
const ReasonUndone = "撤销录入"

// DayLimit is the service time of one person on one day above which a person
// looks at it, and DayMost the time that a day has; both in minutes.
const (
	DayLimit = 8 * 60
	DayMost  = 24 * 60
)

// CheckDay judges the minutes of one person on one day, all activities together:
// more than a day has is refused. What a day rarely has is for [Limits].
func CheckDay(minutes int) Problems {
	var p Problems
	if minutes > DayMost {
		p.Add(LevelError, "minutes", CodeDayOver24Hours)
	}
	return p
}
