package record

import "time"

// RecordingLimit is how many working days after its end an activity must be
// recorded (Decree 67 of the Ministry of Civil Affairs, article 11).
const RecordingLimit = 10

// Calendar knows which days are working days: Monday to Friday, less the
// holidays, plus the weekend days that are worked instead. Both lists are
// published each year by the State Council and kept by the station; where a
// year has none, Monday to Friday stand.
type Calendar struct {
	Holidays map[Day]bool
	Worked   map[Day]bool
}

// Working reports whether d is a working day.
func (c Calendar) Working(d Day) bool {
	if c.Worked[d] {
		return true
	}
	if c.Holidays[d] {
		return false
	}
	wd := d.Time().Weekday()
	return wd != time.Saturday && wd != time.Sunday
}

// AddWorkingDays is the n-th working day after d.
func (c Calendar) AddWorkingDays(d Day, n int) Day {
	for n > 0 {
		d = d.AddDays(1)
		if c.Working(d) {
			n--
		}
	}
	return d
}

// Deadline is the last day on which an activity that ended on d is recorded in
// time.
func (c Calendar) Deadline(d Day) Day { return c.AddWorkingDays(d, RecordingLimit) }

// Late reports whether an activity that ended on ended was recorded too late.
func (c Calendar) Late(ended, recorded Day) bool { return recorded > c.Deadline(ended) }
