package record

import (
	"slices"
	"strings"
)

// Answer is what a person says to a row, or to one field of it.
type Answer string

// The answers. Keep leaves what is known and fills only what is empty; theirs
// follows the roster; new makes a person of the row; skip leaves it out.
const (
	AnswerNone   Answer = ""
	AnswerKeep   Answer = "keep"
	AnswerTheirs Answer = "theirs"
	AnswerNew    Answer = "new"
	AnswerSkip   Answer = "skip"
)

// Choice is what a person decided about a row; the zero value is nothing.
type Choice struct {
	Answer Answer
	// Person is the candidate that the row means.
	Person VolunteerID
	// Fields are keep or theirs for single fields, before Answer.
	Fields map[string]Answer
}

func (c Choice) made() bool { return c.Answer != AnswerNone || c.Person != "" || len(c.Fields) > 0 }

func (c Choice) of(field string) Answer {
	if one := c.Fields[field]; one != "" {
		return one
	}
	return c.Answer
}

// Candidate is somebody whom a row may mean: of its name, and not told apart
// from it.
type Candidate struct {
	ID     VolunteerID
	Person Volunteer
}

// Known is the person that the row means by what it says or by what was
// decided; nil for a new one and for one that nobody has named yet.
func (d *Decision) Known() *Volunteer {
	if len(d.Candidates) == 0 {
		return d.Before
	}
	i := slices.IndexFunc(d.Candidates, func(c Candidate) bool { return c.ID == d.Choice.Person })
	if i < 0 {
		return nil
	}
	return &d.Candidates[i].Person
}

// Settle works out what becomes of the row from what is known and what was
// decided. What it makes of a row at first is what was found. Rows in error and
// rows that say nothing new stay as they are.
func (d *Decision) Settle(today Day) {
	if d.fixed() {
		return
	}
	defer func() {
		if d.Found == "" {
			d.Found = d.Verdict
		}
	}()
	d.After, d.Fields, d.Match = Volunteer{}, nil, ""
	known := d.Known()
	switch {
	case d.Choice.Answer == AnswerSkip:
		d.Verdict = VerdictSkip
		if d.Before != nil {
			d.Match = d.Before.ID
		}
	case d.Choice.Answer == AnswerNew, known == nil && !d.asks():
		d.settleNew(today)
	case known == nil:
		d.Verdict = VerdictConflict
	default:
		d.settleKnown(known, today)
	}
}

// fixed reports whether nothing is to be decided about the row: it is in error,
// or says nothing new.
func (d *Decision) fixed() bool {
	return d.Found == VerdictError || d.Found == VerdictSame
}

// asks reports whether a row that means nobody known waits for an answer.
func (d *Decision) asks() bool { return len(d.Candidates) > 0 || len(d.Rivals) > 0 || d.Doubtful }

func (d *Decision) settleNew(today Day) {
	d.After = d.Draft.Volunteer.Complete(today)
	d.Verdict = VerdictNew
	d.refuse(d.After.Check(today))
}

func (d *Decision) settleKnown(known *Volunteer, today Day) {
	d.Match = known.ID
	m := merge(*known, d.Draft.Volunteer, d.Choice)
	d.After = m.after.Complete(today)
	d.Fields = differences(known, &d.After)
	switch {
	case len(m.open) > 0:
		d.Verdict, d.Fields = VerdictConflict, m.open
	case len(d.Fields) == 0:
		d.Verdict = VerdictSame
	case len(d.Candidates) == 0 && d.asks() && !d.Choice.made():
		d.Verdict = VerdictConflict
	default:
		d.Verdict = VerdictUpdate
		d.refuse(d.After.Check(today))
	}
}

// refuse stops a row whose record could not be written: before anybody decided
// it is in error, afterwards it waits for another decision.
func (d *Decision) refuse(found Problems) {
	d.Refused = found.Errors()
	switch {
	case len(d.Refused) == 0:
	case d.Found == "":
		d.Verdict = VerdictError
		d.Draft.Problems = append(slices.Clip(d.Draft.Problems), d.Refused...)
	default:
		d.Verdict = VerdictConflict
	}
}

// Clashes are the protected fields in which the row disagrees with the person
// it means, decided or not.
func (d *Decision) Clashes() []string {
	known := d.Known()
	if known == nil {
		return nil
	}
	return merge(*known, d.Draft.Volunteer, Choice{}).clashes
}

// May reports whether an answer can be given to a row. Whoever is known by the
// identity number is no new person.
func (d *Decision) May(c Choice) bool {
	if d.fixed() {
		return false
	}
	known := d.Before
	if c.Person != "" {
		i := slices.IndexFunc(d.Candidates, func(one Candidate) bool { return one.ID == c.Person })
		if i < 0 {
			return false
		}
		known = &d.Candidates[i].Person
	}
	switch c.Answer {
	case AnswerNone, AnswerSkip:
		return true
	case AnswerNew:
		return d.Found != VerdictNew && (d.Before == nil || !d.sure())
	default:
		return known != nil
	}
}

// sure reports whether the person is known by the number.
func (d *Decision) sure() bool {
	number := d.Draft.Volunteer.IDNumber
	return d.Draft.IDPrefix != "" || (number != "" && number == d.Before.IDNumber)
}

// Decide puts a choice to a row and reports whether it could be given. Of
// several rows that mean one person, or with one identity number, one at most
// is taken: the others are then left out. The zero choice takes a decision back.
func (p *Plan) Decide(row int, c Choice) bool {
	d := p.At(row)
	if c.Person == "" && len(d.Candidates) == 1 && (c.Answer == AnswerKeep || c.Answer == AnswerTheirs) {
		c.Person = d.Candidates[0].ID
	}
	if !d.May(c) {
		return false
	}
	writers := p.writing()
	if d.Match != "" && writers[d.Match] == row {
		delete(writers, d.Match)
	}
	p.settle(row, &d, c)
	if !d.writes() {
		return true
	}
	for _, other := range d.Rivals {
		p.leaveOut(other)
	}
	if d.Match == "" {
		return true
	}
	if other, taken := writers[d.Match]; taken && other != row {
		p.leaveOut(other)
	}
	writers[d.Match] = row
	return true
}

func (d *Decision) writes() bool { return d.Verdict == VerdictNew || d.Verdict == VerdictUpdate }

// settle puts a choice to a row that was taken out of the plan.
func (p *Plan) settle(row int, d *Decision, c Choice) {
	d.Choice = c
	d.Settle(p.Today)
	p.rows.mu.Lock()
	defer p.rows.mu.Unlock()
	p.rows.judge(row, d)
}

func (p *Plan) leaveOut(row int) {
	d := p.At(row)
	if d.writes() || d.Verdict == VerdictConflict {
		p.settle(row, &d, Choice{Answer: AnswerSkip})
	}
}

// writing tells by which row each known person is changed.
func (p *Plan) writing() map[VolunteerID]int {
	if p.rows.writers == nil {
		p.rows.writers = map[VolunteerID]int{}
		for i := range p.Len() {
			if p.Verdict(i) == VerdictUpdate {
				p.rows.writers[p.At(i).Match] = i
			}
		}
	}
	return p.rows.writers
}

// Kind stands for what is asked about a row: rows of one kind can be answered
// at once. It is "" where nothing can be decided.
func (d *Decision) Kind() string {
	switch {
	case d.fixed():
		return ""
	case len(d.Rivals) > 0:
		return "rivals"
	case d.Found == VerdictConflict && d.Before == nil:
		return "who"
	case d.Found == VerdictConflict:
		return strings.Join(d.Clashes(), ",")
	}
	return string(d.Found)
}

// DecideKind answers a row and all rows of its kind that nobody has decided
// yet, and counts them. Which person is meant, and which of several rows with
// one number is right, is asked row by row: there only new and skip, or skip,
// hold for all.
func (p *Plan) DecideKind(row int, a Answer) int {
	first := p.At(row)
	kind := first.Kind()
	one := a == AnswerKeep || a == AnswerTheirs
	if kind == "" || (kind == "who" && one) || (kind == "rivals" && a != AnswerSkip) {
		return 0
	}
	done := 0
	for i := range p.Len() {
		if kind != "rivals" && planVerdicts[p.rows.rows[i].found] != first.Found {
			continue
		}
		d := p.At(i)
		if (i == row || !d.Choice.made()) && d.Kind() == kind && p.Decide(i, Choice{Answer: a}) {
			done++
		}
	}
	return done
}
