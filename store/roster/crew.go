package roster

import (
	"runtime"
	"strings"
	"sync"

	"rongyuan/store/record"
)

// crewBatch is how many people are healed at a time: enough to make the hand
// over cheap, few enough that a preview of one page waits for nothing.
const crewBatch = 128

// crew heals people on all cores while the sheet is read on. What depends on
// the rows before (the community above, merged cells) is settled before a row
// comes here, so that each can be healed by itself; the drafts come out in the
// order in which the rows went in.
type crew struct {
	heal    healer // as every one of the crew begins
	open    *batch
	waiting []*batch
	spare   []*batch
	undated bool // some row gave no date of an agreement
}

// job is one person of a row that is to be healed.
type job struct {
	row     row // with cells of its own
	block   []column
	place   string // the community of the row, when no cell names it
	below   []belowCell
	columns map[string]string
	sheet   string
}

// belowCell is a cell that stands for the rows below it.
type belowCell struct {
	cell   cell
	column column
}

type batch struct {
	jobs    []job
	cells   []cell // of all rows, one after the other
	out     []record.Draft
	undated bool
	done    chan struct{}
}

// add takes a person; full reports that drafts should be taken out.
func (c *crew) add(j job) (full bool) {
	if c.open == nil {
		c.open = &batch{}
		if n := len(c.spare); n > 0 {
			c.open, c.spare = c.spare[n-1], c.spare[:n-1]
		}
	}
	b := c.open
	from := len(b.cells)
	b.cells = append(b.cells, j.row.cells...)
	j.row.cells = b.cells[from:len(b.cells):len(b.cells)]
	b.jobs = append(b.jobs, j)
	if len(b.jobs) < crewBatch {
		return false
	}
	c.start()
	return len(c.waiting) > runtime.GOMAXPROCS(0)
}

func (c *crew) start() {
	b := c.open
	if b == nil {
		return
	}
	c.open = nil
	b.done = make(chan struct{})
	c.waiting = append(c.waiting, b)
	h := c.heal
	go func() {
		defer close(b.done)
		for i := range b.jobs {
			b.out = append(b.out, h.person(&b.jobs[i]))
			b.undated = b.undated || h.undated
		}
	}()
}

// take gives the drafts of the oldest batch to visit, and waits for them.
func (c *crew) take(visit func(record.Draft) error) error {
	b := c.waiting[0]
	c.waiting = c.waiting[1:]
	<-b.done
	c.undated = c.undated || b.undated
	for i := range b.out {
		if err := visit(b.out[i]); err != nil {
			return err
		}
	}
	clear(b.out)
	b.jobs, b.cells, b.out = b.jobs[:0], b.cells[:0], b.out[:0]
	c.spare = append(c.spare, b)
	return nil
}

// person makes the draft of one person.
func (h *healer) person(j *job) record.Draft {
	d := record.Draft{Sheet: j.sheet, Row: j.row.num, Columns: j.columns}
	h.draft, h.number, h.stops = &d, record.IDReading{}, false
	i, cells := 0, j.row.cells
	for _, c := range j.block {
		for i < len(cells) && cells[i].col < c.col {
			i++
		}
		if i < len(cells) && cells[i].col == c.col && !ignored(c.field) {
			h.heal(cells[i], c)
		}
	}
	if j.place != "" && d.Volunteer.VillageName == "" {
		h.healVillage(j.place)
	}
	for _, one := range j.below {
		if field := one.column.field; field == fieldTeam && d.TeamName == "" || field == fieldVillage && d.Volunteer.VillageName == "" {
			h.store(one.cell, one.column)
		}
	}
	h.undated = d.Volunteer.Agreement.Date == ""
	h.finish()
	h.draft = nil
	return d
}

// remembered asks for a community once for each name, and never from two
// places at a time: whoever answers need not be ready for that.
func remembered(villages func(string) (string, bool)) func(string) (string, bool) {
	if villages == nil {
		return nil
	}
	type answer struct {
		code string
		ok   bool
	}
	var mu sync.Mutex
	known := map[string]answer{}
	return func(name string) (string, bool) {
		mu.Lock()
		defer mu.Unlock()
		a, asked := known[name]
		if !asked {
			a.code, a.ok = villages(name)
			if len(known) < maxRows {
				known[strings.Clone(name)] = a
			}
		}
		return a.code, a.ok
	}
}
