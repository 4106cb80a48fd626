package store

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"rongyuan/store/record"
)

func (p *planner) recognise(db *DB, drafts []record.Draft) error {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.dir == nil {
		return record.Fail(record.CodeLocked)
	}
	for i, draft := range drafts {
		if draft.Columns != nil && draft.Columns["status"] == "" {
			// Who is on a list is not by that back in service.
			draft.Volunteer.Status, draft.Volunteer.StatusSince = "", ""
		}
		p.out[i] = record.Decision{Draft: draft}
		d := &p.out[i]
		switch {
		case cutNumber(&draft):
			p.knowPrefix(db.dir, i)
		case len(draft.Problems.Errors()) > 0:
			d.Verdict, d.Found = record.VerdictError, record.VerdictError
		case p.repeated(i):
		default:
			p.know(db.dir, i)
		}
	}
	return nil
}

// cutNumber reports whether the last digits of the identity number are all that
// is wrong with a row.
func cutNumber(draft *record.Draft) bool {
	return draft.IDPrefix != "" && !slices.ContainsFunc(draft.Problems, func(one record.Problem) bool {
		return one.Level == record.LevelError && one.Code != record.CodeIDDigitsLost
	})
}

// knowPrefix finds the one person of the row's name whose number begins with
// what is left. The row counts as that person and writes no number; without
// such a person it stays in error, since what is lost is never guessed.
func (p *planner) knowPrefix(dir *directory, i int) {
	d := &p.out[i]
	found := dir.cut(d.Draft.Volunteer.Name, d.Draft.IDPrefix)
	if len(found) != 1 {
		d.Verdict, d.Found = record.VerdictError, record.VerdictError
		return
	}
	d.Draft.Volunteer.IDNumber = ""
	d.Draft.Problems = slices.Clone(d.Draft.Problems)
	for at := range d.Draft.Problems {
		if one := &d.Draft.Problems[at]; one.Code == record.CodeIDDigitsLost {
			one.Level = record.LevelWarning
		}
	}
	p.mean(i, found[0])
}

func (p *planner) know(dir *directory, i int) {
	d := &p.out[i]
	match, candidates := dir.find(d.Draft.Volunteer, p.today)
	switch {
	case match == "" && dir.sealedWith(d.Draft.Volunteer.IDNumber):
		d.Verdict, d.Found = record.VerdictError, record.VerdictError
		d.Draft.Problems.Add(record.LevelError, "id_number", record.CodeIDTaken)
	case len(candidates) > 0:
		d.Candidates = make([]record.Candidate, len(candidates))
		for at, id := range candidates {
			p.asked[id] = append(p.asked[id], place{i, at})
		}
		p.late = append(p.late, i)
	case match == "":
		p.fresh = append(p.fresh, i)
	default:
		p.mean(i, match)
	}
}

// mean notes that a row means a known person. Of two rows about one person the
// second adds to the first; where their numbers differ a person must say.
func (p *planner) mean(i int, match record.VolunteerID) {
	d := &p.out[i]
	d.Match = match
	before, twice := p.row[match]
	if !twice {
		p.row[match] = i
		return
	}
	first := &p.out[before]
	if !apart(&first.Draft.Volunteer, &d.Draft.Volunteer) {
		p.sameAs(d, before)
		return
	}
	d.Doubtful = true
	d.Draft.Problems.Add(record.LevelReview, "id_number", record.CodeRowTwice, fmt.Sprint(first.Draft.Row))
	p.asked[match] = append(p.asked[match], place{i, -1})
	p.late = append(p.late, i)
}

// apart reports whether the numbers of two rows tell two people.
func apart(a, b *record.Volunteer) bool {
	return a.IDNumber != "" && b.IDNumber != "" && a.IDNumber != b.IDNumber
}

// repeated handles a number that stood in the file before: the same person
// twice is told and not written twice; of several names on one number one at
// most is taken, when a person says which.
func (p *planner) repeated(i int) bool {
	d := &p.out[i]
	number := d.Draft.Volunteer.IDNumber
	if number == "" {
		return false
	}
	first, has := p.first[number]
	if !has {
		p.first[number] = i
		return false
	}
	group := append([]int{first}, p.out[first].Rivals...)
	for _, other := range group {
		if p.out[other].Draft.Volunteer.Name == d.Draft.Volunteer.Name {
			p.sameAs(d, other)
			return true
		}
	}
	for _, other := range group {
		rival := &p.out[other]
		if len(rival.Rivals) == 0 {
			rival.Draft.Problems.Add(record.LevelReview, "id_number", record.CodeIDTwoNames)
		}
		rival.Rivals = append(rival.Rivals, i)
	}
	d.Rivals = group
	d.Draft.Problems.Add(record.LevelReview, "id_number", record.CodeIDTwoNames)
	if match := p.out[first].Match; match != "" {
		p.asked[match] = append(p.asked[match], place{i, -1})
		p.late = append(p.late, i)
	} else {
		p.fresh = append(p.fresh, i)
	}
	return true
}

// sameAs tells a row about somebody of whom another row speaks, and adds what
// it says to that row where it says nothing.
func (p *planner) sameAs(d *record.Decision, before int) {
	first := &p.out[before]
	d.Draft.Problems.Add(record.LevelWarning, "id_number", record.CodeRowTwice, fmt.Sprint(first.Draft.Row))
	d.Verdict, d.Found, d.Match = record.VerdictSame, record.VerdictSame, first.Match
	if first.Verdict == record.VerdictError {
		d.Verdict, d.Found = first.Verdict, first.Found
		d.Draft.Problems = append(d.Draft.Problems, first.Draft.Problems.Errors()...)
		return
	}
	first.Draft.Volunteer.Fill(d.Draft.Volunteer)
}

// twins finds new people who stand in the file twice and not with the same
// number in both rows: by name and telephone or birth date. A row that says
// nothing else than the name of another row is asked.
func (p *planner) twins() {
	bare := map[string]bool{} // names of rows without a number
	for _, i := range p.fresh {
		if v := &p.out[i].Draft.Volunteer; v.IDNumber == "" {
			bare[v.Name] = true
		}
	}
	if len(bare) == 0 {
		return
	}
	seen := map[string][]int{}
	first := map[string]int{} // of a name, the first row
	rich := map[string]bool{} // names of rows that say more
	for _, i := range p.fresh {
		if v := &p.out[i].Draft.Volunteer; bare[v.Name] {
			p.twin(i, seen)
			if _, has := first[v.Name]; !has {
				first[v.Name] = i
			}
			rich[v.Name] = rich[v.Name] || !poor(v)
		}
	}
	for _, i := range p.fresh {
		d := &p.out[i]
		v := &d.Draft.Volunteer
		if d.Verdict == "" && bare[v.Name] && poor(v) && (first[v.Name] != i || rich[v.Name]) {
			d.Doubtful = true
			d.Draft.Problems.Add(record.LevelReview, "name", record.CodeDuplicate)
		}
	}
}

// poor says of a row that nothing in it can tell two people of one name apart.
func poor(v *record.Volunteer) bool {
	return v.IDNumber == "" && len(v.Phones) == 0 && v.Birth.Precision() != record.PrecisionDay
}

func (p *planner) twin(i int, seen map[string][]int) {
	d := &p.out[i]
	v := &d.Draft.Volunteer
	var marks []string
	for _, phone := range v.Phones {
		marks = append(marks, v.Name+"\x1f"+phone)
	}
	if birth := v.Complete(p.today).Birth; birth.Precision() == record.PrecisionDay {
		marks = append(marks, v.Name+"\x1f"+string(birth))
	}
	for _, mark := range marks {
		for _, other := range seen[mark] {
			if !apart(v, &p.out[other].Draft.Volunteer) && (v.IDNumber == "" || p.out[other].Draft.Volunteer.IDNumber == "") {
				p.sameAs(d, other)
				return
			}
		}
	}
	for _, mark := range marks {
		if len(seen[mark]) < mostCandidates {
			seen[mark] = append(seen[mark], i)
		}
	}
}

// sealedWith reports whether somebody who is sealed has an identity number.
func (d *directory) sealedWith(number record.IDNumber) bool {
	if number != "" {
		for slot := range d.with(fieldIDNumber, string(number)) {
			if d.flags[slot]&flagSealed != 0 && d.flags[slot]&flagWithdrawn == 0 {
				return true
			}
		}
	}
	return false
}

// cut are the people of a name whose number begins with some digits.
func (d *directory) cut(name, prefix string) []record.VolunteerID {
	var out []record.VolunteerID
	for slot := range d.with(fieldName, name) {
		if !d.hidden(slot) && strings.HasPrefix(string(d.field(slot, fieldIDNumber)), prefix) {
			out = append(out, d.id(slot))
		}
	}
	return out
}

// mostCandidates is how many people a row is asked about at most.
const mostCandidates = 9

// find is the one person whom a roster means, or those whom it may mean.
func (d *directory) find(v record.Volunteer, today record.Day) (match record.VolunteerID, candidates []record.VolunteerID) {
	if v.IDNumber != "" {
		for slot := range d.with(fieldIDNumber, string(v.IDNumber)) {
			if !d.hidden(slot) {
				return d.id(slot), nil
			}
		}
	}
	var both, one, maybe []uint32
	var born record.Date // is worked out for namesakes only
	for slot := range d.with(fieldName, v.Name) {
		if d.hidden(slot) {
			continue
		}
		if born == "" {
			born = v.Complete(today).Birth
		}
		byPhone, byBirth := d.shares(slot, v.Phones), d.born(slot, &v, born)
		switch {
		case byPhone && byBirth:
			both = append(both, slot)
		case byPhone || byBirth:
			one = append(one, slot)
		case d.maybe(slot, &v, born):
			maybe = append(maybe, slot)
		}
	}
	switch {
	case len(both) == 1:
		return d.id(both[0]), nil
	case len(both) == 0 && len(one) == 1:
		return d.id(one[0]), nil
	case len(both)+len(one) > 0:
		maybe = append(both, one...)
	}
	for _, slot := range maybe[:min(len(maybe), mostCandidates)] {
		candidates = append(candidates, d.id(slot))
	}
	return "", candidates
}

// born reports whether a row gives somebody's birth date. What only the number
// says of the date counts for somebody without a number: of two numbers the
// date would say nothing new.
func (d *directory) born(slot uint32, v *record.Volunteer, derived record.Date) bool {
	birth := v.Birth
	if birth == "" && len(d.field(slot, fieldIDNumber)) == 0 {
		birth = derived
	}
	return birth.Precision() == record.PrecisionDay && string(d.field(slot, fieldBirth)) == string(birth)
}

// maybe reports whether a row may mean somebody of its name: nothing tells them
// apart, and either the row says too little, or both are of one community or
// born in one month or year.
func (d *directory) maybe(slot uint32, v *record.Volunteer, born record.Date) bool {
	birth, number := string(d.field(slot, fieldBirth)), d.field(slot, fieldIDNumber)
	if v.IDNumber != "" && len(number) > 0 {
		return false
	}
	fits := strings.HasPrefix(birth, string(born)) || strings.HasPrefix(string(born), birth)
	if !fits {
		return false
	}
	village := d.words.all[d.codes[slot].village]
	return poor(v) || (birth != "" && born != "") || (village != "" && (village == v.Village || village == v.VillageName))
}

// teller counts rows and tells each hundredth part.
type teller struct {
	mu          sync.Mutex
	to          func(done, total int)
	done, total int
	told        int
}

func newTeller(to func(int, int), total int) *teller { return &teller{to: to, total: total} }

func (t *teller) more(n int) {
	if t.to == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done += n
	if t.done == t.total || (t.done-t.told)*100 >= t.total {
		t.told = t.done
		t.to(t.done, t.total)
	}
}
