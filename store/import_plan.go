package store

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
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
// telephone; else by name and birth date; never by the name alone. An empty
// cell never empties a field. A different name or birth date is a conflict;
// another value elsewhere is an update. The number of somebody who is sealed is
// an error of the row (id_taken).
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
		ctx: ctx, today: db.Today(), fields: importFields(), out: make([]record.Decision, len(drafts)),
		first: map[record.IDNumber]int{}, row: map[record.VolunteerID]int{}, tell: newTeller(opt.Progress, len(drafts)),
	}
	if err := p.recognise(db, drafts); err != nil {
		return record.Plan{}, err
	}
	p.each(p.fresh, p.settleNew)
	if err := p.settleKnown(view{ctx, db.reader, s}); err != nil {
		return record.Plan{}, err
	}
	if err := ctx.Err(); err != nil {
		return record.Plan{}, record.Fail(record.CodeCancelled).Because(err)
	}
	return record.Plan{Decisions: p.out}, nil
}

// planner decides in three steps: who is meant, which costs only the
// directory; then the new people; then the known ones, whose records are read
// one after the other and not kept.
type planner struct {
	ctx    context.Context
	today  record.Day
	fields []importField
	out    []record.Decision
	first  map[record.IDNumber]int    // the first row with a number
	row    map[record.VolunteerID]int // the row that means a known person
	fresh  []int                      // rows that mean nobody who is known
	tell   *teller
}

func (p *planner) recognise(db *DB, drafts []record.Draft) error {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.dir == nil {
		return record.Fail(record.CodeLocked)
	}
	for i, draft := range drafts {
		p.out[i] = record.Decision{Draft: draft}
		d := &p.out[i]
		switch {
		case len(draft.Problems.Errors()) > 0:
			d.Verdict = record.VerdictError
		case p.repeated(i):
		default:
			p.know(db.dir, i)
		}
	}
	return nil
}

func (p *planner) know(dir *directory, i int) {
	d := &p.out[i]
	d.Match = dir.find(d.Draft.Volunteer)
	before, twice := p.row[d.Match]
	switch {
	case d.Match == "" && dir.sealedWith(d.Draft.Volunteer.IDNumber):
		d.Verdict = record.VerdictError
		d.Draft.Problems.Add(record.LevelError, "id_number", record.CodeIDTaken)
	case d.Match == "":
		p.fresh = append(p.fresh, i)
	case twice:
		p.sameAs(d, before)
	default:
		p.row[d.Match] = i
	}
}

// repeated handles a number that stood in the file before: the same person
// twice is told and not written twice; two names on one number stop both rows.
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
	before := &p.out[first]
	if before.Draft.Volunteer.Name == d.Draft.Volunteer.Name {
		p.sameAs(d, first)
		return true
	}
	for _, one := range []*record.Decision{before, d} {
		one.Verdict = record.VerdictConflict
		one.Draft.Problems.Add(record.LevelReview, "id_number", record.CodeIDTwoNames)
	}
	return true
}

func (p *planner) sameAs(d *record.Decision, before int) {
	d.Draft.Problems.Add(record.LevelWarning, "id_number", record.CodeRowTwice, fmt.Sprint(p.out[before].Draft.Row))
	d.Verdict, d.Match = record.VerdictSame, p.out[before].Match
}

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

func (p *planner) settleNew(d *record.Decision) {
	d.After = d.Draft.Volunteer.Complete(p.today)
	found := d.After.Check(p.today).Errors()
	switch {
	case len(found) > 0:
		d.Draft.Problems = append(d.Draft.Problems, found...)
		d.Verdict = record.VerdictError
	case d.Verdict == "":
		d.Verdict = record.VerdictNew
	}
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
				p.tell.more(1)
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
			if _, meant := p.row[record.VolunteerID(one.id)]; meant {
				one.sealed = slices.Clone(raw)
				out <- one
			}
		}
		return translate(rows.Err())
	}
	if len(p.row) > fewKnown {
		return send("")
	}
	for id := range p.row {
		if err := send(" AND id = ?", id); err != nil {
			return err
		}
	}
	return nil
}

// settle decides a row about somebody who is known.
func (p *planner) settle(w view, row stored) error {
	d := &p.out[p.row[record.VolunteerID(row.id)]]
	var before record.Volunteer
	if err := w.unseal("volunteers", row, &before); err != nil {
		return err
	}
	before.ID, before.Version = record.VolunteerID(row.id), row.version
	after, clashes := p.merged(before, d.Draft.Volunteer)
	d.After, d.Fields = after.Complete(p.today), clashes
	changed := p.changed(before, d.After)
	switch {
	case len(clashes) > 0:
		d.Verdict = record.VerdictConflict
		d.Draft.Problems.Add(record.LevelReview, clashes[0], record.CodeRowConflict)
	case d.Verdict != "":
	case len(changed) == 0:
		d.Verdict = record.VerdictSame
	default:
		d.Verdict, d.Fields = record.VerdictUpdate, changed
	}
	return nil
}

// importField is a field of a person as an import treats it.
type importField struct {
	at   int
	name string
	// protected fields never change without a person's word; kept ones, once
	// known, are not the roster's to change: agreement and joining belong to the
	// registration. Of dated ones, what is less precise is no news.
	protected, kept, dated bool
}

func importFields() []importField {
	of := reflect.TypeFor[record.Volunteer]()
	var out []importField
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		out = append(out, importField{
			at: i, name: name,
			protected: slices.Contains([]string{"name", "id_number", "birth", "sex", "status"}, name),
			kept:      slices.Contains([]string{"agreement", "notice", "joined", "number", "status_since"}, name),
			dated:     slices.Contains([]string{"birth", "enlisted", "discharged"}, name),
		})
	}
	slices.SortFunc(out, func(a, b importField) int { return strings.Compare(a.name, b.name) })
	return out
}

// merged is the known person with what the roster adds, and the protected
// fields in which both disagree.
func (p *planner) merged(before, draft record.Volunteer) (after record.Volunteer, clashes []string) {
	after = before
	have, says, into := reflect.ValueOf(before), reflect.ValueOf(draft), reflect.ValueOf(&after).Elem()
	for _, f := range p.fields {
		value, old := says.Field(f.at), have.Field(f.at)
		known := !empty(old)
		switch {
		case empty(value) || equal(value, old) || (known && f.kept) || (f.dated && strings.HasPrefix(old.String(), value.String())):
		case known && f.protected:
			clashes = append(clashes, f.name)
		default:
			into.Field(f.at).Set(value)
		}
	}
	return after, clashes
}

// changed are the names of the fields that differ, in order.
func (p *planner) changed(before, after record.Volunteer) []string {
	var out []string
	a, b := reflect.ValueOf(before), reflect.ValueOf(after)
	for _, f := range p.fields {
		if !equal(a.Field(f.at), b.Field(f.at)) {
			out = append(out, f.name)
		}
	}
	return out
}

func empty(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return v.Len() == 0
	}
	return v.IsZero()
}

func equal(a, b reflect.Value) bool {
	if a.Kind() != reflect.Slice {
		return a.Equal(b)
	}
	if a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		if !a.Index(i).Equal(b.Index(i)) {
			return false
		}
	}
	return true
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

// find is the one person whom a roster means; "" when it is nobody, or cannot
// be told.
func (d *directory) find(v record.Volunteer) record.VolunteerID {
	if v.IDNumber != "" {
		for slot := range d.with(fieldIDNumber, string(v.IDNumber)) {
			if !d.hidden(slot) {
				return d.id(slot)
			}
		}
	}
	var byPhone, byBirth []uint32
	for slot := range d.with(fieldName, v.Name) {
		if d.hidden(slot) {
			continue
		}
		if d.shares(slot, v.Phones) {
			byPhone = append(byPhone, slot)
		}
		if v.Birth.Precision() == record.PrecisionDay && string(d.field(slot, fieldBirth)) == string(v.Birth) {
			byBirth = append(byBirth, slot)
		}
	}
	for _, found := range [][]uint32{byPhone, byBirth} {
		if len(found) == 1 {
			return d.id(found[0])
		}
	}
	return ""
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
