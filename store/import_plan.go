package store

import (
	"context"
	"database/sql"
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
// writes nothing. A person is known by the identity number; else by name and
// telephone; else by name and birth date; never by the name alone: who may be
// the same person is a conflict with candidates. A number that a spreadsheet has
// cut is known by what is left of it and the name. An empty cell never empties a
// field. A different name or birth date is a conflict; another value elsewhere
// is an update. The number of somebody who is sealed is an error of the row
// (id_taken).
func (db *DB) PlanImport(ctx context.Context, drafts []record.Draft) (record.Plan, error) {
	return db.PlanImportWith(ctx, drafts, ImportOptions{})
}

// PlanImportWith is [DB.PlanImport] with options.
func (db *DB) PlanImportWith(ctx context.Context, drafts []record.Draft, opt ImportOptions) (record.Plan, error) {
	s, err := db.may(record.RightWrite)
	if err != nil {
		return record.Plan{}, err
	}
	p := planner{
		ctx: ctx, today: db.Today(), out: make([]record.Decision, len(drafts)),
		first: map[record.IDNumber]int{}, row: map[record.VolunteerID]int{}, asked: map[record.VolunteerID][]place{},
		tell: newTeller(opt.Progress, len(drafts)),
	}
	if err := p.recognise(db, drafts); err != nil {
		return record.Plan{}, err
	}
	p.twins()
	p.each(p.fresh, p.settleNew)
	if err := p.settleKnown(view{ctx, db.reader, s}); err != nil {
		return record.Plan{}, err
	}
	p.each(p.late, p.settleAsked)
	if err := ctx.Err(); err != nil {
		return record.Plan{}, record.Fail(record.CodeCancelled).Because(err)
	}
	return record.Plan{Decisions: p.out, Today: p.today}, nil
}

// planner decides in steps: who is meant, which costs only the directory; then
// the new people; then the known ones, whose records are read one after the
// other; then the rows that may mean several people.
type planner struct {
	ctx   context.Context
	today record.Day
	out   []record.Decision
	first map[record.IDNumber]int    // the first row with a number
	row   map[record.VolunteerID]int // the row that means a known person
	// asked are the other rows for which a known person is needed.
	asked map[record.VolunteerID][]place
	fresh []int // rows that mean nobody who is known
	late  []int // rows of asked
	tell  *teller
}

// place is a row, and which of its candidates a person is; -1 for the one whom
// the row means.
type place struct{ row, candidate int }

// each does the rows on all processors; a row is one goroutine's own.
func (p *planner) each(rows []int, do func(*record.Decision)) {
	var wait sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(rows)/256+1)
	for w := range workers {
		wait.Go(func() {
			for at := w; at < len(rows) && p.ctx.Err() == nil; at += workers {
				do(&p.out[rows[at]])
				p.tell.more(1)
			}
		})
	}
	wait.Wait()
}

// settleNew settles a row that means nobody who is known; one that stood in the
// file before is settled already.
func (p *planner) settleNew(d *record.Decision) {
	d.Settle(p.today)
}

// fewKnown is the number of known people up to which each is looked up, and
// beyond which the table is read.
const fewKnown = 200

func (p *planner) settleKnown(w view) error {
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
func (p *planner) means(id record.VolunteerID) bool {
	if _, one := p.row[id]; one {
		return true
	}
	_, asked := p.asked[id]
	return asked
}

// knownRows reads the records that the roster means.
func (p *planner) knownRows(w view, out chan<- stored) error {
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
func (p *planner) settle(w view, row stored) error {
	before := &record.Volunteer{}
	if err := w.unseal("volunteers", row, before); err != nil {
		return err
	}
	before.ID, before.Version = record.VolunteerID(row.id), row.version
	if i, has := p.row[before.ID]; has {
		d := &p.out[i]
		d.Before = before
		d.Settle(p.today)
		p.tellClashes(d)
		p.forget(d)
		p.tell.more(1)
	}
	for _, at := range p.asked[before.ID] {
		if at.candidate < 0 {
			p.out[at.row].Before = before
		} else {
			p.out[at.row].Candidates[at.candidate] = record.Candidate{ID: before.ID, Person: *before}
		}
	}
	return nil
}

// forget lets go of a record that nobody will compare.
func (p *planner) forget(d *record.Decision) {
	if d.Verdict == record.VerdictSame {
		d.Before, d.After = nil, record.Volunteer{}
	}
}

func (p *planner) tellClashes(d *record.Decision) {
	if d.Verdict != record.VerdictConflict {
		return
	}
	for _, field := range d.Clashes() {
		d.Draft.Problems.Add(record.LevelReview, field, record.CodeRowConflict)
	}
}

// settleAsked decides a row that may mean several people, or one whom another
// row means as well. A row that says nothing new about somebody of whom no more
// is known than it says is the roster that was imported before.
func (p *planner) settleAsked(d *record.Decision) {
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
