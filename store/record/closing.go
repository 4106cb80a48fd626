package record

import "strings"

// ClosingID names the close of a month by the month itself, 2026-10: a month
// has one close, in one or more editions.
type ClosingID string

// Closing is the close of a month (月结). While it is not open the activities of
// the month are locked and their service time refuses every change. A month
// that is reopened, for a reason, and closed again has the next edition (更正版).
type Closing struct {
	ID      ClosingID `json:"-"`
	Version int64     `json:"-"`

	// Edition counts from 1; Seal is the code over the month's rows as this
	// edition has them, see [SealOf].
	Edition int    `json:"edition"`
	Seal    string `json:"seal"`
	// Open is set while the month is reopened; Reason says why it was last.
	Open   bool   `json:"open,omitempty"`
	Reason string `json:"reason,omitempty"`
	// Closed is when and By by whom this edition was confirmed.
	Closed Moment `json:"closed"`
	By     string `json:"by"`
	// Figures are those of this edition: what was printed, signed and handed in.
	Figures Figures `json:"figures"`
}

// ClosingOf is the name of the close of the month in which a day lies.
func ClosingOf(d Day) ClosingID { return ClosingID(d[:min(7, len(d))]) }

// Period is the month that is closed; the zero value when the name is none.
func (id ClosingID) Period() Period {
	p, err := ReadMonth(string(id))
	if err != nil {
		return Period{}
	}
	return p
}

// Locks reports whether the month refuses changes.
func (c Closing) Locks() bool { return c.Edition > 0 && !c.Open }

// Check finds what is wrong with a close.
func (c Closing) Check() Problems {
	var p Problems
	if c.ID.Period() == (Period{}) {
		p.Add(LevelError, "period", CodeDate)
	}
	if c.Edition < 1 || c.Seal == "" || c.By == "" || !c.Closed.Valid() {
		p.Add(LevelError, "period", CodeRequired)
	}
	p.checkText("reason", c.Reason, 200)
	if c.Open && strings.TrimSpace(c.Reason) == "" {
		p.Add(LevelError, "reason", CodeReasonRequired)
	}
	return p
}
