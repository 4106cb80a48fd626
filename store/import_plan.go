package store

import (
	"context"
	"database/sql"
	"maps"
	"runtime"
	"slices"
	"sync"

	"rongyuan/store/record"
)

// ImportOptions are what a window adds to an import.
type ImportOptions struct {
	// Progress is told how many rows are done; it is called from one goroutine
	// at a time, some hundred times at most, and must be quick. Nil is allowed.
	Progress func(done, total int)
}

// PlanImport decides for every draft of a roster what an import would do, and
// writes nothing; see [Planner].
func (db *DB) PlanImport(ctx context.Context, drafts []record.Draft) (record.Plan, error) {
	return db.PlanImportWith(ctx, drafts, ImportOptions{})
}

// PlanImportWith is [DB.PlanImport] with options.
func (db *DB) PlanImportWith(ctx context.Context, drafts []record.Draft, opt ImportOptions) (record.Plan, error) {
	p, err := db.NewPlanner(ctx, opt)
	if err == nil {
		p.tell.total = len(drafts)
	}
	for i := 0; i < len(drafts) && err == nil; i++ {
		err = p.Add(drafts[i])
	}
	if err != nil {
		return record.Plan{}, err
	}
	return p.Plan()
}

// Planner decides for the drafts of a roster, which it takes one by one, what
// an import would do, and writes nothing. A person is known by the identity
// number; else by name and telephone; else by name and birth date; never by the
// name alone: who may be the same person is a conflict with candidates. A number
// that a spreadsheet has cut is known by what is left of it and the name. An
// empty cell never empties a field. A different name or birth date is a
// conflict; another value elsewhere is an update. The number of somebody who is
// sealed is an error of the row (id_taken).
//
// It decides in steps: who is meant, which costs only the directory, and the
// new people, as the drafts come; then the known ones, whose records are read
// one after the other; then the rows that may mean several people.
type Planner struct {
	ctx   context.Context
	db    *DB
	s     *session
	today record.Day
	plan  record.Plan
	first map[record.IDNumber]int    // the first row with a number
	row   map[record.VolunteerID]int // the row that means a known person
	bare  map[string]bool            // names of new people without a number
	fresh []int                      // rows that mean nobody who is known
	again []int                      // those of them to which another row added something

	mu sync.Mutex // guards late
	// asked are the other rows for which a known person is needed; late are
	// these rows with the people who were found.
	asked map[record.VolunteerID][]place
	late  map[int]*awaited
	tell  *teller
	teams map[string]int // by name, places in the plan
}

// place is a row, and which of its candidates a person is; -1 for the one whom
// the row means.
type place struct{ row, candidate int }

// awaited are the known people for whom a row waits.
type awaited struct {
	before     record.Packed
	candidates []record.Packed
}

// NewPlanner begins a plan. The codes are locked and no_right.
func (db *DB) NewPlanner(ctx context.Context, opt ImportOptions) (*Planner, error) {
	s, err := db.may(record.RightWrite)
	if err != nil {
		return nil, err
	}
	today := db.Today()
	return &Planner{
		ctx: ctx, db: db, s: s, today: today, plan: record.Plan{Today: today},
		first: map[record.IDNumber]int{}, row: map[record.VolunteerID]int{}, bare: map[string]bool{},
		asked: map[record.VolunteerID][]place{}, late: map[int]*awaited{}, teams: map[string]int{}, tell: newTeller(opt.Progress, 0),
	}, nil
}

// Plan decides what is left when the last draft was given. The code is
// cancelled when the context ends.
func (p *Planner) Plan() (record.Plan, error) {
	if p.tell.total == 0 {
		p.tell.total = len(p.row) + len(p.late)
	}
	p.twins()
	p.each(p.again, p.settleNew)
	if err := p.settleKnown(view{p.ctx, p.db.reader, p.s}); err != nil {
		return record.Plan{}, cancelled(p.ctx, err)
	}
	p.each(slices.Sorted(maps.Keys(p.late)), p.settleLate)
	if err := p.members(); err != nil {
		return record.Plan{}, cancelled(p.ctx, err)
	}
	if err := p.ctx.Err(); err != nil {
		return record.Plan{}, cancelled(p.ctx, err)
	}
	return p.plan, nil
}

// cancelled is the code of an error that came because somebody did not wait.
func cancelled(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return record.Fail(record.CodeCancelled).Because(err)
	}
	return err
}

// each does the rows on all processors; a row is one goroutine's own.
func (p *Planner) each(rows []int, do func(int, *record.Decision)) {
	var wait sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(rows)/256+1)
	for w := range workers {
		wait.Go(func() {
			for at := w; at < len(rows) && p.ctx.Err() == nil; at += workers {
				d := p.plan.At(rows[at])
				do(rows[at], &d)
				p.plan.Put(rows[at], &d)
			}
		})
	}
	wait.Wait()
}

// edit changes a row that was taken in already; what was decided of it then is
// decided anew.
func (p *Planner) edit(i int, change func(*record.Decision)) {
	d := p.plan.At(i)
	if d.Found == record.VerdictNew || d.Found == record.VerdictConflict {
		d.Verdict, d.Found = "", ""
		p.again = append(p.again, i)
	}
	change(&d)
	p.plan.Put(i, &d)
}

// settleNew settles a row that means nobody who is known.
func (p *Planner) settleNew(_ int, d *record.Decision) { d.Settle(p.today) }

// fewKnown is the number of known people up to which each is looked up, and
// beyond which the table is read.
const fewKnown = 200

func (p *Planner) settleKnown(w view) error {
	work := make(chan stored, 256)
	failed := make(chan error, 1)
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for row := range work {
				if err := p.settle(w, row); err != nil {
					select {
					case failed <- err:
					default:
					}
				}
			}
		})
	}
	err := p.knownRows(w, work)
	close(work)
	wait.Wait()
	select {
	case broken := <-failed:
		return broken
	default:
		return err
	}
}

// means reports whether the roster means somebody, or may.
func (p *Planner) means(id record.VolunteerID) bool {
	if _, one := p.row[id]; one {
		return true
	}
	_, asked := p.asked[id]
	return asked
}

// knownRows reads the records that the roster means.
func (p *Planner) knownRows(w view, out chan<- stored) error {
	send := func(query string, args ...any) error {
		rows, err := w.q.QueryContext(w.ctx, "SELECT id, version, sealed FROM volunteers WHERE withdrawn = 0"+query, args...)
		if err != nil {
			return translate(err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var one stored
			var raw sql.RawBytes
			if err := rows.Scan(&one.id, &one.version, &raw); err != nil {
				return translate(err)
			}
			if p.means(record.VolunteerID(one.id)) {
				one.sealed = slices.Clone(raw)
				out <- one
			}
		}
		return translate(rows.Err())
	}
	if len(p.row)+len(p.asked) > fewKnown {
		return send("")
	}
	for id := range p.row {
		if err := send(" AND id = ?", id); err != nil {
			return err
		}
	}
	for id := range p.asked {
		if _, done := p.row[id]; done {
			continue
		}
		if err := send(" AND id = ?", id); err != nil {
			return err
		}
	}
	return nil
}

// settle decides the row about somebody who is known, and gives the record to
// the rows that may mean the same person.
func (p *Planner) settle(w view, row stored) error {
	before := &record.Volunteer{}
	if err := w.unseal("volunteers", row, before); err != nil {
		return err
	}
	before.ID, before.Version = record.VolunteerID(row.id), row.version
	if i, has := p.row[before.ID]; has {
		d := p.plan.At(i)
		d.Before = before
		d.Settle(p.today)
		p.tellClashes(&d)
		p.forget(&d)
		p.plan.Put(i, &d)
		p.tell.more(1)
	}
	if len(p.asked[before.ID]) == 0 {
		return nil
	}
	packed := record.Pack(before)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, at := range p.asked[before.ID] {
		if at.candidate < 0 {
			p.late[at.row].before = packed
		} else {
			p.late[at.row].candidates[at.candidate] = packed
		}
	}
	return nil
}

// forget lets go of a record that nobody will compare.
func (p *Planner) forget(d *record.Decision) {
	if d.Verdict == record.VerdictSame {
		d.Before, d.After = nil, record.Volunteer{}
	}
}

func (p *Planner) tellClashes(d *record.Decision) {
	if d.Verdict != record.VerdictConflict {
		return
	}
	for _, field := range d.Clashes() {
		d.Draft.Problems.Add(record.LevelReview, field, record.CodeRowConflict)
	}
}

// settleLate decides a row that may mean several people, or one whom another
// row means as well. A row that says nothing new about somebody of whom no more
// is known than it says is the roster that was imported before.
func (p *Planner) settleLate(i int, d *record.Decision) {
	defer p.tell.more(1)
	who := p.late[i]
	if who.before != nil {
		before := who.before.Volunteer()
		d.Before = &before
	}
	for _, one := range who.candidates {
		v := one.Volunteer()
		d.Candidates = append(d.Candidates, record.Candidate{ID: v.ID, Person: v})
	}
	for i := range d.Candidates {
		c := &d.Candidates[i]
		again := record.Decision{Draft: d.Draft, Before: &c.Person}
		if c.Person.IDNumber != "" || (poor(&d.Draft.Volunteer) && !poor(&c.Person)) {
			continue
		}
		if again.Settle(p.today); again.Verdict == record.VerdictSame {
			d.Before, d.Candidates = &c.Person, nil
			break
		}
	}
	d.Settle(p.today)
	if len(d.Candidates) > 0 {
		d.Draft.Problems = slices.Concat(record.Problems{{Field: "name", Level: record.LevelReview, Code: record.CodeDuplicate}}, d.Draft.Problems)
	}
	p.tellClashes(d)
	p.forget(d)
}
