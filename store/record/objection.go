package record

import "strings"

// ObjectionLimit is how many working days the station gives itself to answer an
// objection. Decree 67, article 13, says "promptly" and names no number; the
// limit for recording is taken over.
const ObjectionLimit = RecordingLimit

// Outcomes tell what became of an objection.
func Outcomes() Table {
	return Table{"outcome", []Term{
		{"corrected", "经核实，记录有误，予以更正", []string{"更正"}},
		{"supplemented", "经核实，记录有遗漏，予以补充", []string{"补充"}},
		{"upheld", "经核实，记录无误，予以维持", []string{"维持"}},
	}}
}

// ObjectionWays tell how an objection came.
func ObjectionWays() Table {
	return Table{"objection_way", []Term{
		{"visit", "来站", nil}, {"phone", "电话", nil}, {"paper", "书面", nil}, {"message", "微信或短信", []string{"微信", "短信"}},
	}}
}

// Objection is what a volunteer has to say against his record (Decree 67,
// articles 12 and 13; PIPL, article 46). It is logged on the day on which it
// comes, has a day by which it is answered, and the answer is printed.
type Objection struct {
	ID      ObjectionID `json:"-"`
	Version int64       `json:"-"`

	Volunteer VolunteerID `json:"volunteer"`
	// Activity is what it is about; "" when it is about something missing or
	// about the record as a whole.
	Activity ActivityID `json:"activity,omitempty"`
	Claim    string     `json:"says"`
	Way      string     `json:"way,omitempty"`
	Received Day        `json:"received"`
	TakenBy  string     `json:"taken_by"`
	// Due is the last day for the answer, as the calendar had it on the day of
	// receipt.
	Due Day `json:"due"`

	Outcome    string `json:"outcome,omitempty"`
	Answer     string `json:"answer,omitempty"`
	Answered   Day    `json:"answered,omitempty"`
	AnsweredBy string `json:"answered_by,omitempty"`
	Withdrawn  bool   `json:"withdrawn,omitempty"`
}

// Open reports whether the answer is missing.
func (o Objection) Open() bool { return !o.Withdrawn && o.Answered == "" }

// Check finds what is wrong with an objection.
func (o Objection) Check(today Day) Problems {
	var p Problems
	if o.Volunteer == "" {
		p.Add(LevelError, "volunteer", CodeRequired)
	}
	if strings.TrimSpace(o.Claim) == "" {
		p.Add(LevelError, "says", CodeRequired)
	}
	if o.Received == "" {
		p.Add(LevelError, "received", CodeRequired)
	}
	checkDay(&p, "received", o.Received, today)
	checkDay(&p, "answered", o.Answered, today)
	if o.Answered != "" && o.Answered < o.Received {
		p.Add(LevelError, "answered", CodeDateOrder, "received")
	}
	ObjectionWays().check(&p, "objection_way", o.Way)
	Outcomes().check(&p, "outcome", o.Outcome)
	if o.Answered != "" {
		if o.Outcome == "" {
			p.Add(LevelError, "outcome", CodeRequired)
		}
		if strings.TrimSpace(o.Answer) == "" {
			p.Add(LevelError, "answer", CodeRequired)
		}
	}
	p.checkText("says", o.Claim, 1000)
	p.checkText("answer", o.Answer, 1000)
	return p
}
