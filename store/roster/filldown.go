package roster

import (
	"sort"
	"strings"
)

// filling gives the community and the team of a cell to the rows that it stands
// for. Only what many people share is filled down: a merged name is a fault.
//
// A merged cell says itself how far it reaches. A cell that merely has blanks
// below it does not: the rows are counted, and filled when the person at the
// keyboard has confirmed it.
type filling struct {
	above  map[int]anchor // column → the last cell with text
	spans  map[int][]span // column → merged areas that reach down, from the top
	loaded bool
	filled int // people whose own cell names the community
	blank  int // people below such a cell whose own cell is empty
}

type anchor struct {
	row  int
	cell cell
}

func reachesDown(field string) bool { return field == fieldVillage || field == fieldTeam }

// note remembers what stands in the shared columns of a row.
func (f *filling) note(r *row, l *layout) {
	for _, c := range l.columns {
		if !reachesDown(c.field) {
			continue
		}
		if one := r.at(c.col); strings.TrimSpace(one.text) != "" {
			if f.above == nil {
				f.above = map[int]anchor{}
			}
			f.above[c.col] = anchor{r.num, one}
		}
	}
}

// asks reports a sheet in which communities stand once above their people.
func (f *filling) asks() bool { return f.blank > 1 && f.blank >= f.filled }

// fillDown gives the cells above that stand for a row.
func (s *sheetReader) fillDown(r *row, block []column) (out []belowCell, err error) {
	for _, c := range block {
		if !reachesDown(c.field) {
			continue
		}
		from := s.fill.above[c.col]
		village := c.field == fieldVillage
		switch {
		case from.row == r.num:
			if village {
				s.fill.filled++
			}
			continue
		case from.row == 0:
			continue
		}
		merged, err := s.merged(r.num, c.col)
		if err != nil {
			return nil, err
		}
		switch {
		case merged.top == from.row, merged.top == 0 && s.opt.FillDown:
			out = append(out, belowCell{from.cell, c})
		case merged.top == 0 && village:
			s.fill.blank++
		}
	}
	return out, nil
}

// merged is the area that a cell is part of, with a top of 0 for none. Where
// the areas lie is known at the end of a sheet only: the first blank cell makes
// the sheet be looked through for them once.
func (s *sheetReader) merged(num, col int) (span, error) {
	if !s.fill.loaded {
		found, err := s.wb.scan(s.ctx, s.part, func(*row) error { return nil })
		if err != nil {
			return span{}, err
		}
		s.fill.load(found.merges, s.layout)
	}
	spans := s.fill.spans[col]
	i := sort.Search(len(spans), func(i int) bool { return spans[i].bottom >= num })
	if i < len(spans) && spans[i].top <= num {
		return spans[i], nil
	}
	return span{}, nil
}

func (f *filling) load(merges []span, l *layout) {
	f.loaded, f.spans = true, map[int][]span{}
	for _, c := range l.columns {
		if !reachesDown(c.field) {
			continue
		}
		var spans []span
		for _, m := range merges {
			if m.left <= c.col && c.col <= m.right && m.bottom > m.top {
				spans = append(spans, m)
			}
		}
		sort.Slice(spans, func(i, j int) bool { return spans[i].top < spans[j].top })
		f.spans[c.col] = spans
	}
}
