package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// PlanImport decides for every draft of a roster what an import would do, and
// writes nothing. A person is known by the identity number; else by name and
// telephone; else by name and birth date; never by the name alone. An empty
// cell never empties a field. A different name or birth date is a conflict;
// another value elsewhere is an update.
func (db *DB) PlanImport(ctx context.Context, drafts []record.Draft) (record.Plan, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return record.Plan{}, err
	}
	p := planner{db: db, today: db.Today(), seen: map[record.IDNumber]int{}, match: db.matcher()}
	known, err := volunteers(view{ctx, db.reader, s}, "WHERE withdrawn = 0")
	if err != nil {
		return record.Plan{}, err
	}
	p.known = make(map[record.VolunteerID]record.Volunteer, len(known))
	for _, v := range known {
		p.known[v.ID] = v
	}
	for _, draft := range drafts {
		p.decide(draft)
	}
	return record.Plan{Decisions: p.out}, ctx.Err()
}

type planner struct {
	db    *DB
	today record.Day
	known map[record.VolunteerID]record.Volunteer
	seen  map[record.IDNumber]int // first decision with this number
	match matcher
	out   []record.Decision
}

// matcher finds people by what a roster says of them.
type matcher struct {
	byNumber map[record.IDNumber]record.VolunteerID
	byPhone  map[string][]record.VolunteerID
	byBirth  map[string][]record.VolunteerID
}

func (db *DB) matcher() matcher {
	m := matcher{map[record.IDNumber]record.VolunteerID{}, map[string][]record.VolunteerID{}, map[string][]record.VolunteerID{}}
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.dir == nil {
		return m
	}
	for _, p := range db.dir.rows {
		if p.hidden {
			continue
		}
		if p.IDNumber != "" {
			m.byNumber[p.IDNumber] = p.ID
		}
		for _, phone := range p.Phones {
			m.byPhone[p.Name+"\x1f"+phone] = append(m.byPhone[p.Name+"\x1f"+phone], p.ID)
		}
		if p.Birth.Precision() == record.PrecisionDay {
			m.byBirth[p.Name+"\x1f"+string(p.Birth)] = append(m.byBirth[p.Name+"\x1f"+string(p.Birth)], p.ID)
		}
	}
	return m
}

func (m matcher) find(v record.Volunteer) record.VolunteerID {
	if id := m.byNumber[v.IDNumber]; v.IDNumber != "" && id != "" {
		return id
	}
	for _, phone := range v.Phones {
		if ids := m.byPhone[v.Name+"\x1f"+phone]; len(ids) == 1 {
			return ids[0]
		}
	}
	if ids := m.byBirth[v.Name+"\x1f"+string(v.Birth)]; len(ids) == 1 {
		return ids[0]
	}
	return ""
}

func (p *planner) decide(draft record.Draft) {
	d := record.Decision{Draft: draft, Verdict: record.VerdictError}
	switch {
	case len(draft.Problems.Errors()) > 0:
	case p.repeated(&d):
	default:
		p.settle(&d)
	}
	p.out = append(p.out, d)
}

// repeated handles a number that stood in the file before: the same person
// twice is told and not written twice; two names on one number stop both rows.
func (p *planner) repeated(d *record.Decision) bool {
	number := d.Draft.Volunteer.IDNumber
	if number == "" {
		return false
	}
	first, has := p.seen[number]
	if !has {
		p.seen[number] = len(p.out)
		return false
	}
	before := &p.out[first]
	if before.Draft.Volunteer.Name == d.Draft.Volunteer.Name {
		d.Draft.Problems.Add(record.LevelWarning, "id_number", record.CodeRowTwice, fmt.Sprint(before.Draft.Row))
		d.Verdict, d.Match = record.VerdictSame, before.Match
		return true
	}
	for _, one := range []*record.Decision{before, d} {
		one.Verdict = record.VerdictConflict
		one.Draft.Problems.Add(record.LevelReview, "id_number", record.CodeIDTwoNames)
	}
	return true
}

func (p *planner) settle(d *record.Decision) {
	draft := d.Draft.Volunteer
	d.Match = p.match.find(draft)
	if d.Match == "" {
		d.After = draft.Complete(p.today)
		if found := d.After.Check(p.today); len(found.Errors()) > 0 {
			d.Draft.Problems = append(d.Draft.Problems, found.Errors()...)
			return
		}
		d.Verdict = record.VerdictNew
		return
	}
	before := p.known[d.Match]
	after, clashes, err := merged(before, draft)
	if err != nil {
		d.Draft.Problems.Add(record.LevelError, "", record.CodeInternal)
		return
	}
	d.After = after.Complete(p.today)
	d.Fields = clashes
	switch change, err := record.Difference(before, d.After); {
	case err != nil:
		d.Draft.Problems.Add(record.LevelError, "", record.CodeInternal)
	case len(clashes) > 0:
		d.Verdict = record.VerdictConflict
		d.Draft.Problems.Add(record.LevelReview, clashes[0], record.CodeRowConflict)
	case change.Empty():
		d.Verdict = record.VerdictSame
	default:
		d.Verdict, d.Fields = record.VerdictUpdate, change.Fields()
	}
}

// protected fields never change by an import without a person's word.
func protected(field string) bool {
	return slices.Contains([]string{"name", "id_number", "birth", "sex", "status"}, field)
}

// kept fields of a known person are not the roster's to change: agreement and
// joining belong to the registration, not to the import.
func kept(field string) bool {
	return slices.Contains([]string{"agreement", "notice", "joined", "number", "status_since"}, field)
}

// merged is the known person with what the roster adds, and the protected
// fields in which both disagree.
func merged(before, draft record.Volunteer) (record.Volunteer, []string, error) {
	have, err := record.Created(before)
	if err != nil {
		return before, nil, err
	}
	says, err := record.Created(draft)
	if err != nil {
		return before, nil, err
	}
	change := record.Change{Set: map[string]json.RawMessage{}}
	var clashes []string
	for _, field := range says.Fields() {
		value, old := says.Set[field], have.Set[field]
		switch {
		case bytes.Equal(value, old) || (old != nil && kept(field)) || coarser(field, value, old):
		case old != nil && protected(field):
			clashes = append(clashes, field)
		default:
			change.Set[field] = value
		}
	}
	after, err := record.Applied(before, change)
	after.ID, after.Version = before.ID, before.Version
	return after, clashes, err
}

// coarser reports a date that says less than the one that is known (1985-07
// beside 1985-07-01): no news.
func coarser(field string, value, old json.RawMessage) bool {
	if !slices.Contains([]string{"birth", "enlisted", "discharged"}, field) || len(old) < len(value) {
		return false
	}
	return strings.HasPrefix(string(old), strings.TrimSuffix(string(value), `"`))
}

// ImportResult says what an import wrote.
type ImportResult struct {
	Batch   record.BatchID
	New     int
	Updated int
}

// CommitImport writes the new and updated people of a plan as one batch in one
// transaction. Conflicts and errors are left for a person. The code is
// nothing_to_do when the plan would write nothing.
func (db *DB) CommitImport(ctx context.Context, plan record.Plan) (ImportResult, error) {
	var result ImportResult
	if plan.Count(record.VerdictNew)+plan.Count(record.VerdictUpdate) == 0 {
		return result, record.Fail(record.CodeNothingToDo)
	}
	err := db.write(ctx, func(t *tx) error {
		result = ImportResult{Batch: t.batch}
		for _, d := range plan.Decisions {
			if err := t.commitDecision(d, &result); err != nil {
				return fmt.Errorf("row %d: %w", d.Draft.Row, err)
			}
			if err := ctx.Err(); err != nil {
				return record.Fail(record.CodeCancelled).Because(err)
			}
		}
		return t.noteImport(plan, result)
	})
	if err != nil {
		return ImportResult{}, err
	}
	return result, nil
}

func (t *tx) commitDecision(d record.Decision, result *ImportResult) error {
	switch d.Verdict {
	case record.VerdictNew:
		result.New++
		_, _, err := t.registerVolunteer(d.After)
		return err
	case record.VerdictUpdate:
		result.Updated++
		_, err := t.updateVolunteer(d.After)
		return err
	}
	return nil
}

func importPlace(id record.BatchID) seal.Place {
	return seal.Place{Table: "imports", Column: "detail", Row: string(id)}
}

func (t *tx) noteImport(plan record.Plan, result ImportResult) error {
	detail, err := t.s.fields.SealText(importPlace(result.Batch), plan.File)
	if err != nil {
		return fmt.Errorf("seal import: %w", err)
	}
	if err := t.exec("INSERT INTO imports (batch, sha256, wall_ms, actor, new, updated, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
		result.Batch, plan.SHA256, t.now.UnixMilli(), t.s.account, result.New, result.Updated, detail); err != nil {
		return fmt.Errorf("write import: %w", err)
	}
	_, err = t.note(Note{Action: ActionImport, Subject: string(result.Batch), Detail: plan.SHA256})
	return err
}

// UndoImport takes an import back, as [DB.UndoBatch] does; the code is
// not_found for a batch that is no import.
func (db *DB) UndoImport(ctx context.Context, batch record.BatchID) error {
	var known int
	err := db.reader.QueryRowContext(ctx, "SELECT COUNT(*) FROM imports WHERE batch = ?", batch).Scan(&known)
	if err != nil {
		return translate(err)
	}
	if known == 0 {
		return record.Fail(record.CodeNotFound)
	}
	return db.UndoBatch(ctx, batch)
}
