package record

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"sync"
)

// Plan is a whole import, decided row by row and not yet written. The rows are
// packed, a few hundred bytes each, and given out one by one; a copy of a plan
// is the same plan.
type Plan struct {
	File   string
	SHA256 string
	Today  Day // by which the rows were judged

	rows *planRows
}

// planRows may be read and changed by several goroutines, each row by one at a
// time; rows are added by one.
type planRows struct {
	mu      sync.RWMutex
	rows    []planRow
	page    []byte // with room for what comes next
	line    []byte // the row that is being packed
	columns []map[string]string
	choices map[int]Choice
	count   map[Verdict]int
	writers map[VolunteerID]int // made at the first decision
	teams   []PlanTeam
	joins   map[int]Joining
}

// planRow is a row: what it says, and who is known that it means or may mean.
// What follows from both and from what was decided is worked out when somebody
// looks.
type planRow struct {
	said, known    []byte
	verdict, found uint8
}

// planVerdicts are the verdicts by their number in a row; no verdict is 0.
var planVerdicts = [...]Verdict{"", VerdictNew, VerdictUpdate, VerdictSame, VerdictConflict, VerdictError, VerdictSkip}

func numberOf(v Verdict) uint8 { return uint8(max(0, slices.Index(planVerdicts[:], v))) }

// planPage is how much memory is taken at once.
const planPage = 1 << 18

// Len is the number of rows.
func (p Plan) Len() int {
	if p.rows == nil {
		return 0
	}
	return len(p.rows.rows)
}

// Count is the number of rows with a verdict.
func (p Plan) Count(v Verdict) int {
	if p.rows == nil {
		return 0
	}
	p.rows.mu.RLock()
	defer p.rows.mu.RUnlock()
	return p.rows.count[v]
}

// Add appends a row and gives its place.
func (p *Plan) Add(d *Decision) int {
	if p.rows == nil {
		p.rows = &planRows{choices: map[int]Choice{}, count: map[Verdict]int{}, joins: map[int]Joining{}}
	}
	r := p.rows
	r.mu.Lock()
	r.rows = append(r.rows, planRow{})
	r.count[""]++
	r.mu.Unlock()
	p.Put(len(r.rows)-1, d)
	return len(r.rows) - 1
}

// Put replaces a row. Of the decision it keeps what the row says, whom it means
// or may mean, the verdict and the choice; the rest follows from these.
func (p Plan) Put(i int, d *Decision) {
	r := p.rows
	r.mu.Lock()
	defer r.mu.Unlock()
	said := appendInt(r.line[:0], r.columnsOf(d.Draft.Columns))
	said = appendText(appendDraft(said, &d.Draft), string(d.Match))
	said = appendInt(said, len(d.Rivals))
	for _, other := range d.Rivals {
		said = appendInt(said, other)
	}
	said = append(said, flag(d.Doubtful))
	r.keep(&r.rows[i].said, said)
	known := said[:0]
	if d.Before != nil || len(d.Candidates) > 0 {
		known = append(known, flag(d.Before != nil))
		if d.Before != nil {
			known = appendVolunteer(known, d.Before)
		}
		known = appendInt(known, len(d.Candidates))
		for at := range d.Candidates {
			one := &d.Candidates[at]
			known = appendVolunteer(appendText(known, string(one.ID)), &one.Person)
		}
	}
	r.keep(&r.rows[i].known, known)
	r.line = known
	r.judge(i, d)
}

func flag(is bool) byte {
	if is {
		return 1
	}
	return 0
}

// judge keeps verdict and choice alone.
func (r *planRows) judge(i int, d *Decision) {
	row := &r.rows[i]
	r.count[planVerdicts[row.verdict]]--
	r.count[d.Verdict]++
	row.verdict, row.found = numberOf(d.Verdict), numberOf(cmp.Or(d.Found, d.Verdict))
	if d.Choice.made() {
		r.choices[i] = d.Choice
	} else {
		delete(r.choices, i)
	}
}

// keep puts bytes into the place that they had, or into a new one.
func (r *planRows) keep(at *[]byte, b []byte) {
	if len(b) <= len(*at) {
		*at = (*at)[:copy(*at, b)]
		return
	}
	if len(b) > cap(r.page)-len(r.page) {
		r.page = make([]byte, 0, max(planPage, len(b)))
	}
	from := len(r.page)
	r.page = append(r.page, b...)
	*at = r.page[from:len(r.page):len(r.page)]
}

// columnsOf is the number of a map of columns; all rows of a sheet share one.
func (r *planRows) columnsOf(columns map[string]string) int {
	if columns == nil {
		return 0
	}
	same := reflect.ValueOf(columns).UnsafePointer()
	for i := len(r.columns) - 1; i >= max(0, len(r.columns)-4); i-- {
		if one := r.columns[i]; reflect.ValueOf(one).UnsafePointer() == same || maps.Equal(one, columns) {
			return i + 1
		}
	}
	r.columns = append(r.columns, columns)
	return len(r.columns)
}

// At is a row as it stands; changing it changes nothing in the plan.
func (p Plan) At(i int) Decision {
	d := p.unpacked(i)
	if d.Found != "" {
		d.Settle(p.Today)
	}
	return d
}

// Verdict is that of a row.
func (p Plan) Verdict(i int) Verdict {
	p.rows.mu.RLock()
	defer p.rows.mu.RUnlock()
	return planVerdicts[p.rows.rows[i].verdict]
}

// After is the record that a row writes, when its verdict is new or update.
func (p Plan) After(i int) Volunteer {
	if p.Verdict(i) != VerdictNew {
		return p.At(i).After
	}
	return p.Draft(i).Volunteer.Complete(p.Today)
}

// Draft is what a row says.
func (p Plan) Draft(i int) Draft { return p.unpacked(i).Draft }

// unpacked is a row without what follows from it.
func (p Plan) unpacked(i int) Decision {
	p.rows.mu.RLock()
	defer p.rows.mu.RUnlock()
	row := p.rows.rows[i]
	d := Decision{Verdict: planVerdicts[row.verdict], Found: planVerdicts[row.found], Choice: p.rows.choices[i]}
	r := unpacker{string(row.said)}
	if n := r.int(); n > 0 {
		d.Draft.Columns = p.rows.columns[n-1]
	}
	r.draft(&d.Draft)
	d.Match = VolunteerID(r.text())
	if n := r.int(); n > 0 {
		d.Rivals = make([]int, n)
		for i := range d.Rivals {
			d.Rivals[i] = r.int()
		}
	}
	d.Doubtful = r.number() != 0
	if len(row.known) > 0 {
		r = unpacker{string(row.known)}
		if r.number() != 0 {
			d.Before = &Volunteer{}
			r.volunteer(d.Before)
		}
		if n := r.int(); n > 0 {
			d.Candidates = make([]Candidate, n)
			for i := range d.Candidates {
				d.Candidates[i].ID = VolunteerID(r.text())
				r.volunteer(&d.Candidates[i].Person)
			}
		}
	}
	return d
}
