package app

import (
	"cmp"
	"context"
	"slices"

	"rongyuan/store"
	"rongyuan/store/record"
)

// peopleRows is what the list shows: people of the store, of whom only those on
// the screen are copied, in the store's order or another one.
type peopleRows struct {
	list  *store.PeopleList
	order []int32 // rows of the list; nil for all of them as they are
}

// Len is the number of rows.
func (r peopleRows) Len() int {
	switch {
	case r.list == nil:
		return 0
	case r.order == nil:
		return r.list.Len()
	}
	return len(r.order)
}

// At is the person in a row.
func (r peopleRows) At(row int) store.Person {
	if row < 0 || row >= r.Len() {
		return store.Person{}
	}
	if r.order != nil {
		row = int(r.order[row])
	}
	return r.list.At(row)
}

// Row is the row of a person, -1 for none.
func (r peopleRows) Row(id string) int {
	if r.list == nil {
		return -1
	}
	row := r.list.Row(record.VolunteerID(id))
	if row < 0 || r.order == nil {
		return row
	}
	return slices.Index(r.order, int32(row)) //nolint:gosec // fewer rows than a file can hold
}

// arrangement is a choice and an order that the store does not know. It is a
// copy of what it needs: it is worked out beside the window.
type arrangement struct {
	only    peopleView
	named   map[record.VolunteerID]bool // viewNamed
	sort    string
	desc    bool
	minutes map[record.VolunteerID]int
	teams   map[record.VolunteerID]string
	active  map[record.VolunteerID]bool
	today   record.Day
}

// plain reports that the list of the store is right as it is.
func (a arrangement) plain() bool {
	return !a.chooses() && (a.sort == "" || a.sort == sortName && !a.desc)
}

func (a arrangement) chooses() bool {
	switch a.only {
	case viewServing, viewNoNumber, viewJoined, viewActive, viewNamed:
		return true
	}
	return false
}

// sortName is the column whose order the directory has.
const sortName = "name"

// arranged is a row of the list with what it is sorted by.
type arranged struct {
	row    int32
	text   string
	number int
}

// arrangeStep is how many people are copied at once; between two steps others
// may write, and a newer wish ends the work.
const arrangeStep = 4096

// rows chooses and sorts.
func (a arrangement) rows(ctx context.Context, list *store.PeopleList) (peopleRows, error) {
	kept := make([]arranged, 0, list.Len())
	for from := 0; from < list.Len(); from += arrangeStep {
		if err := ctx.Err(); err != nil {
			return peopleRows{}, err //nolint:wrapcheck // asked by whoever ended it
		}
		for i, x := range list.All(from, from+arrangeStep) {
			if a.inView(x) {
				text, number := a.key(x)
				kept = append(kept, arranged{int32(from + i), text, number}) //nolint:gosec // fewer rows than a file can hold
			}
		}
	}
	a.order(kept)
	out := peopleRows{list, make([]int32, len(kept))}
	for i, one := range kept {
		out.order[i] = one.row
	}
	return out, nil
}

func (a arrangement) inView(x store.Person) bool {
	switch a.only {
	case viewServing:
		return (x.Status == record.StatusActive || x.Status == record.StatusPaused) && x.Joined <= a.today
	case viewNoNumber:
		return x.IDNumber == ""
	case viewJoined:
		return record.MonthOf(a.today).Holds(x.Joined)
	case viewActive:
		return a.active[x.ID]
	case viewNamed:
		return a.named[x.ID]
	}
	return true
}

func (a arrangement) key(x store.Person) (string, int) {
	switch a.sort {
	case "birth":
		return string(x.Birth), 0
	case "village":
		return villageText(x.Village), 0
	case "team":
		return a.teams[x.ID], 0
	case "minutes":
		return "", a.minutes[x.ID]
	}
	return "", 0
}

// order sorts by the column that was clicked; rows that are equal in it stay as
// the directory has them.
func (a arrangement) order(rows []arranged) {
	if a.sort == "" {
		return
	}
	slices.SortStableFunc(rows, func(x, y arranged) int {
		c := cmp.Or(cmp.Compare(x.number, y.number), cmp.Compare(x.text, y.text))
		if a.desc {
			return -c
		}
		return c
	})
	if a.sort == sortName && a.desc {
		slices.Reverse(rows)
	}
}
