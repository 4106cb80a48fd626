package record

import "strings"

// ReviewState is where the review of an entry stands.
type ReviewState string

// The states of a review.
const (
	ReviewWaiting  ReviewState = "waiting"
	ReviewApproved ReviewState = "approved"
	ReviewRefused  ReviewState = "refused"
	// ReviewDropped is the review of an entry that was taken back before anybody
	// decided.
	ReviewDropped ReviewState = "dropped"
)

// ReviewStates is the table of states.
func ReviewStates() Table {
	return Table{"review_state", []Term{
		{string(ReviewWaiting), "待核", nil},
		{string(ReviewApproved), "核对通过", []string{"通过"}},
		{string(ReviewRefused), "未通过", []string{"退回"}},
		{string(ReviewDropped), "已撤回", nil},
	}}
}

// Review is the question that an entry of service time raises: it went over one
// of the [Limits], or it was recorded from memory. Until somebody with the right
// to confirm, and not the one who recorded it, has said yes, the entry is in no
// figure, no total and on no slip; it is shown beside them as waiting. A refusal
// reverses the entry.
type Review struct {
	ID      ReviewID `json:"-"`
	Version int64    `json:"-"`

	Entry     EntryID     `json:"entry"`
	Activity  ActivityID  `json:"activity"`
	Volunteer VolunteerID `json:"volunteer"`
	Grounds   []Ground    `json:"grounds"`
	// Asked is the day of recording and AskedBy the account that recorded.
	Asked   Day    `json:"asked"`
	AskedBy string `json:"asked_by"`

	State ReviewState `json:"state"`
	// Decided, DecidedBy and Why are of the decision.
	Decided   Day    `json:"decided,omitempty"`
	DecidedBy string `json:"decided_by,omitempty"`
	Why       string `json:"why,omitempty"`
	// Withdrawn marks a question that was taken back with its entry.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Blocks reports whether the entry does not count.
func (r Review) Blocks() bool { return !r.Withdrawn && r.State != ReviewApproved }

// Waits reports whether somebody must decide.
func (r Review) Waits() bool { return !r.Withdrawn && r.State == ReviewWaiting }

// For reports whether a ground is among those of the review.
func (r Review) For(code Code) bool {
	for _, g := range r.Grounds {
		if g.Code == code {
			return true
		}
	}
	return false
}

// Check finds what is wrong with a review: two people stand behind an entry that
// was decided upon.
func (r Review) Check() Problems {
	var p Problems
	if r.Entry == "" || r.Volunteer == "" || r.Activity == "" {
		p.Add(LevelError, "entry", CodeRequired)
	}
	if len(r.Grounds) == 0 {
		p.Add(LevelError, "grounds", CodeRequired)
	}
	ReviewStates().check(&p, "review_state", string(r.State))
	if r.State == ReviewApproved || r.State == ReviewRefused {
		p.checkDecision(r.AskedBy, r.DecidedBy, r.Why)
	}
	p.checkText("why", r.Why, 200)
	return p
}

// checkDecision wants a reason and another account than the one that asked.
func (p *Problems) checkDecision(asked, decided, why string) {
	if strings.TrimSpace(why) == "" {
		p.Add(LevelError, "why", CodeReasonRequired)
	}
	if decided == "" || decided == asked {
		p.Add(LevelError, "decided_by", CodeTwoPersons)
	}
}

// Uncounted are the entries that no figure may hold: those whose review has not
// said yes, and the reversals of these. What came from another system stands in
// a ledger of its own and is none of the station's hours.
func Uncounted(entries []Entry, reviews []Review) map[EntryID]bool {
	out := map[EntryID]bool{}
	for _, r := range reviews {
		if r.Blocks() {
			out[r.Entry] = true
		}
	}
	for _, e := range entries {
		if e.Source == SourceExternal || e.Reverses != "" && out[e.Reverses] {
			out[e.ID] = true
		}
	}
	return out
}

// Counted are the entries that figures hold.
func Counted(entries []Entry, reviews []Review) []Entry {
	not := Uncounted(entries, reviews)
	if len(not) == 0 {
		return entries
	}
	out := make([]Entry, 0, len(entries))
	for _, e := range entries {
		if !not[e.ID] {
			out = append(out, e)
		}
	}
	return out
}

// WaitingMinutes is the time of the entries that wait for review, by activity.
func WaitingMinutes(entries []Entry, reviews []Review) map[ActivityID]int64 {
	waits, back := map[EntryID]bool{}, map[EntryID]bool{}
	for _, r := range reviews {
		if r.Waits() {
			waits[r.Entry] = true
		}
	}
	for _, e := range entries {
		if e.Reverses != "" {
			back[e.Reverses] = true
		}
	}
	out := map[ActivityID]int64{}
	for _, e := range entries {
		if waits[e.ID] && !back[e.ID] {
			out[e.Activity] += int64(e.Minutes)
		}
	}
	return out
}
