package store

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"rongyuan/store/record"
)

// Add takes the next draft. The code is locked when the file was locked
// meanwhile.
func (p *Planner) Add(draft record.Draft) error {
	p.db.mu.RLock()
	defer p.db.mu.RUnlock()
	if p.db.dir == nil {
		return record.Fail(record.CodeLocked)
	}
	if draft.Columns != nil && draft.Columns["status"] == "" {
		// Who is on a list is not by that back in service.
		draft.Volunteer.Status, draft.Volunteer.StatusSince = "", ""
	}
	i, d := p.plan.Len(), record.Decision{Draft: draft}
	switch {
	case cutNumber(&draft):
		p.knowPrefix(p.db.dir, i, &d)
	case len(draft.Problems.Errors()) > 0:
		d.Verdict, d.Found = record.VerdictError, record.VerdictError
	case p.repeated(i, &d):
	default:
		p.know(p.db.dir, i, &d)
	}
	p.plan.Add(&d)
	if err := p.named(i, &d.Draft); err != nil {
		return err
	}
	if d.Found != "" {
		p.tell.more(1)
	}
	return p.stop(i)
}

// stop asks now and then whether somebody has cancelled.
func (p *Planner) stop(i int) error {
	if i%256 != 0 || p.ctx.Err() == nil {
		return nil
	}
	return cancelled(p.ctx, p.ctx.Err())
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
func (p *Planner) knowPrefix(dir *directory, i int, d *record.Decision) {
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
	p.mean(i, d, found[0])
}

func (p *Planner) know(dir *directory, i int, d *record.Decision) {
	match, candidates := dir.find(d.Draft.Volunteer, p.today)
	switch {
	case match == "" && dir.sealedWith(d.Draft.Volunteer.IDNumber):
		d.Verdict, d.Found = record.VerdictError, record.VerdictError
		d.Draft.Problems.Add(record.LevelError, "id_number", record.CodeIDTaken)
	case len(candidates) > 0:
		for at, id := range candidates {
			p.asked[id] = append(p.asked[id], place{i, at})
		}
		p.late[i] = &awaited{candidates: make([]record.Packed, len(candidates))}
	case match == "":
		p.isNew(i, d)
	default:
		p.mean(i, d, match)
	}
}

// isNew settles a row that means nobody who is known; rows that come after it
// may still change that.
func (p *Planner) isNew(i int, d *record.Decision) {
	p.fresh = append(p.fresh, i)
	if d.Draft.Volunteer.IDNumber == "" {
		p.bare[strings.Clone(d.Draft.Volunteer.Name)] = true
	}
	d.Settle(p.today)
}

// mean notes that a row means a known person. Of two rows about one person the
// second adds to the first; where their numbers differ a person must say.
func (p *Planner) mean(i int, d *record.Decision, match record.VolunteerID) {
	d.Match = match
	before, twice := p.row[match]
	if !twice {
		p.row[match] = i
		return
	}
	first := p.plan.Draft(before)
	if !apart(&first.Volunteer, &d.Draft.Volunteer) {
		p.sameAs(d, before)
		return
	}
	d.Doubtful = true
	d.Draft.Problems.Add(record.LevelReview, "id_number", record.CodeRowTwice, fmt.Sprint(first.Row))
	p.await(i, match)
}

// await notes that a row needs the record of somebody whom another row means.
func (p *Planner) await(i int, match record.VolunteerID) {
	p.asked[match] = append(p.asked[match], place{i, -1})
	p.late[i] = &awaited{}
}

// apart reports whether the numbers of two rows tell two people.
func apart(a, b *record.Volunteer) bool {
	return a.IDNumber != "" && b.IDNumber != "" && a.IDNumber != b.IDNumber
}

// repeated handles a number that stood in the file before: the same person
// twice is told and not written twice; of several names on one number one at
// most is taken, when a person says which.
func (p *Planner) repeated(i int, d *record.Decision) bool {
	number := d.Draft.Volunteer.IDNumber
	if number == "" {
		return false
	}
	first, has := p.first[number]
	if !has {
		p.first[record.IDNumber(strings.Clone(string(number)))] = i // of a row that is let go
		return false
	}
	one := p.plan.At(first)
	group := append([]int{first}, one.Rivals...)
	for _, other := range group {
		if p.plan.Draft(other).Volunteer.Name == d.Draft.Volunteer.Name {
			p.sameAs(d, other)
			return true
		}
	}
	for _, other := range group {
		p.edit(other, func(rival *record.Decision) {
			if len(rival.Rivals) == 0 {
				rival.Draft.Problems.Add(record.LevelReview, "id_number", record.CodeIDTwoNames)
			}
			rival.Rivals = append(rival.Rivals, i)
		})
	}
	d.Rivals = group
	d.Draft.Problems.Add(record.LevelReview, "id_number", record.CodeIDTwoNames)
	if one.Match != "" {
		p.await(i, one.Match)
	} else {
		p.isNew(i, d)
	}
	return true
}

// sameAs tells a row about somebody of whom another row speaks, and adds what
// it says to that row where it says nothing.
func (p *Planner) sameAs(d *record.Decision, before int) {
	first := p.plan.At(before)
	d.Draft.Problems.Add(record.LevelWarning, "id_number", record.CodeRowTwice, fmt.Sprint(first.Draft.Row))
	d.Verdict, d.Found, d.Match = record.VerdictSame, record.VerdictSame, first.Match
	if first.Verdict == record.VerdictError {
		d.Verdict, d.Found = first.Verdict, first.Found
		d.Draft.Problems = append(d.Draft.Problems, first.Draft.Problems.Errors()...)
		return
	}
	says := d.Draft.Volunteer
	p.edit(before, func(first *record.Decision) { first.Draft.Volunteer.Fill(says) })
}

// twins finds new people who stand in the file twice and not with the same
// number in both rows: by name and telephone or birth date. A row that says
// nothing else than the name of another row is asked.
func (p *Planner) twins() {
	if len(p.bare) == 0 {
		return
	}
	seen := map[string][]int{}
	first := map[string]int{} // of a name, the first row
	rich := map[string]bool{} // names of rows that say more
	poorer := []int{}
	for _, i := range p.fresh {
		d := p.plan.At(i)
		v := &d.Draft.Volunteer
		if p.ctx.Err() != nil || !p.bare[v.Name] {
			continue
		}
		gone := p.twin(i, &d, seen)
		if _, has := first[v.Name]; !has {
			first[v.Name] = i
		}
		rich[v.Name] = rich[v.Name] || !poor(v)
		if !gone && poor(v) && d.Verdict != record.VerdictError {
			poorer = append(poorer, i)
		}
	}
	for _, i := range poorer {
		if name := p.plan.Draft(i).Volunteer.Name; first[name] != i || rich[name] {
			p.edit(i, func(d *record.Decision) {
				d.Doubtful = true
				d.Draft.Problems.Add(record.LevelReview, "name", record.CodeDuplicate)
			})
		}
	}
}

// poor says of a row that nothing in it can tell two people of one name apart.
func poor(v *record.Volunteer) bool {
	return v.IDNumber == "" && len(v.Phones) == 0 && v.Birth.Precision() != record.PrecisionDay
}

// twin reports a row about somebody of whom a row before it spoke; such a row is
// nobody's own any more.
func (p *Planner) twin(i int, d *record.Decision, seen map[string][]int) bool {
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
			says := p.plan.Draft(other).Volunteer
			if !apart(v, &says) && (v.IDNumber == "" || says.IDNumber == "") {
				p.sameAs(d, other)
				p.plan.Put(i, d)
				return true
			}
		}
	}
	for _, mark := range marks {
		if len(seen[mark]) < mostCandidates {
			seen[mark] = append(seen[mark], i)
		}
	}
	return false
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
	if t.to == nil || t.total == 0 {
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
