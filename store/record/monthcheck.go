package record

import "cmp"

// Light is one line of the check before a month is closed (月底检查): green when
// nothing stands behind it, else yellow or red.
type Light struct {
	Code LightCode
	Tone Tone
	// Items are what must be looked at; each has a place where it is done.
	Items []LightItem
}

// Tone is the colour of a light.
type Tone string

// The colours. What is red stops the close; yellow asks to be looked at.
const (
	ToneGreen  Tone = "green"
	ToneYellow Tone = "yellow"
	ToneRed    Tone = "red"
)

// LightCode names a check.
type LightCode string

// The checks, in the order of the list.
const (
	LightOver        LightCode = "over"        // the month is over
	LightUnrecorded  LightCode = "unrecorded"  // planned activities are recorded or cancelled
	LightHours       LightCode = "hours"       // no impossible hours
	LightQueue       LightCode = "queue"       // no hours wait for a review
	LightNobody      LightCode = "nobody"      // no activity without participants
	LightEvidence    LightCode = "evidence"    // each activity says what was done, where and under whom
	LightUnconfirmed LightCode = "unconfirmed" // each activity is confirmed
	LightLate        LightCode = "late"        // late records have their reason
)

// LightItem is one thing behind a light.
type LightItem struct {
	Activity  ActivityID
	Volunteer VolunteerID
	Day       Day
	// Code and Fault say what is wrong; of an activity's evidence Missing names
	// the empty fields.
	Code    Code
	Fault   *Fault
	Missing []string
	// Red is set for what stops the close.
	Red bool
}

// MonthState is what the check of a month looks at.
type MonthState struct {
	Month  Period
	Today  Day
	Facts  Facts
	Faults []Fault
	// Waiting are hours that wait for a review.
	Waiting []LightItem
	// Missing says what evidence an activity lacks; nil means [MissingEvidence].
	Missing func(Activity) []string
}

// CheckMonth judges whether a month is ready to be closed, one light a check.
func CheckMonth(m MonthState) []Light {
	if m.Missing == nil {
		m.Missing = MissingEvidence
	}
	lights := []Light{
		{Code: LightOver},
		{Code: LightUnrecorded},
		{Code: LightHours, Items: faultItems(m.Faults)},
		{Code: LightQueue, Items: m.Waiting},
		{Code: LightNobody},
		{Code: LightEvidence},
		{Code: LightUnconfirmed},
		{Code: LightLate},
	}
	put := func(code LightCode, item LightItem) {
		for i := range lights {
			if lights[i].Code == code {
				lights[i].Items = append(lights[i].Items, item)
			}
		}
	}
	if m.Today <= m.Month.To {
		put(LightOver, LightItem{Day: m.Month.To, Code: CodeMonthNotOver, Red: true})
	}
	present := sums(m.Facts.Entries)
	for _, a := range m.Facts.Activities {
		m.judge(a, present[a.ID], put)
	}
	for i := range lights {
		lights[i].Tone = toneOf(lights[i].Items)
		if lights[i].Items == nil {
			lights[i].Items = []LightItem{}
		}
	}
	return lights
}

func faultItems(faults []Fault) []LightItem {
	var out []LightItem
	for _, f := range faults {
		item := LightItem{Volunteer: f.Volunteer, Day: f.Day, Code: f.Code, Fault: &f, Red: f.Level == LevelError}
		if len(f.Activities) > 0 {
			item.Activity = f.Activities[0]
		}
		out = append(out, item)
	}
	return out
}

func toneOf(items []LightItem) Tone {
	tone := ToneGreen
	for _, one := range items {
		if one.Red {
			return ToneRed
		}
		tone = ToneYellow
	}
	return tone
}

// judge puts an activity of the month behind the lights that it concerns.
func (m MonthState) judge(a Activity, present map[VolunteerID]int64, put func(LightCode, LightItem)) {
	item := LightItem{Activity: a.ID, Day: a.Start.Day()}
	if a.Withdrawn || a.State == ActivityCancelled {
		return
	}
	if !a.Held() {
		item.Red = true
		put(LightUnrecorded, item)
		return
	}
	people := 0
	for _, minutes := range present {
		if minutes > 0 {
			people++
		}
	}
	if people == 0 && (Counting(a.Kind) || a.Kind == KindTraining) {
		put(LightNobody, item)
	}
	if item.Missing = m.Missing(a); len(item.Missing) > 0 {
		put(LightEvidence, item)
	}
	item.Missing = nil
	if a.State == ActivityDone {
		put(LightUnconfirmed, item)
	}
	if a.Late() && a.LateReason == "" {
		item.Code = CodeLateRecord
		put(LightLate, item)
	}
}

// MissingEvidence are the fields that an activity must fill to stand up to an
// inspection (Decree 67, article 7: name, date, place, content, unit, leader).
func MissingEvidence(a Activity) []string {
	var out []string
	for _, one := range []struct{ field, value string }{
		{"place", a.Place}, {"content", a.Content}, {"leader", cmp.Or(string(a.Leader), a.LeaderName)},
	} {
		if one.value == "" {
			out = append(out, one.field)
		}
	}
	return out
}

// RedLights is how many things stop the close of a month.
func RedLights(lights []Light) int {
	n := 0
	for _, l := range lights {
		for _, item := range l.Items {
			if item.Red {
				n++
			}
		}
	}
	return n
}
