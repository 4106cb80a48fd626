package record_test

import (
	"slices"
	"testing"

	"rongyuan/store/record"
)

func TestTeamHealth(t *testing.T) {
	team := record.Team{ID: "t", Wanted: []string{"s01", "s02"}}
	h := team.Health([]record.Member{
		{Volunteer: "a", Birth: "1990-01-01", Served: "2026-07-22", Skills: []string{"s02"}},
		{Volunteer: "b", Birth: "1956-10-20", Served: "2026-07-21"},
		{Volunteer: "c", Birth: "1956-10-21"},
		{Volunteer: "d", Served: "2026-10-20"},
	}, "2026-10-20")
	if !slices.Equal(h.Active, []record.VolunteerID{"a", "d"}) || !slices.Equal(h.Idle, []record.VolunteerID{"b", "c"}) {
		t.Errorf("active %v, idle %v", h.Active, h.Idle)
	}
	if len(h.Ages[0]) != 1 || len(h.Ages[2]) != 1 || len(h.Ages[3]) != 1 || h.Ages[3][0] != "b" || len(h.Ageless) != 1 {
		t.Errorf("ages %v, %v", h.Ages, h.Ageless)
	}
	if !slices.Equal(h.Missing, []string{"s01"}) {
		t.Errorf("missing %v", h.Missing)
	}
}

func TestTeamTree(t *testing.T) {
	ordered, depth := record.TeamTree([]record.Team{
		{ID: "b", Parent: "a"},
		{ID: "c"},
		{ID: "a"},
		{ID: "d", Parent: "b"},
		{ID: "e", Parent: "gone"},
		{ID: "x", Parent: "y"},
		{ID: "y", Parent: "x"},
	})
	var got []record.TeamID
	for _, one := range ordered {
		got = append(got, one.ID)
	}
	if !slices.Equal(got, []record.TeamID{"c", "a", "b", "d", "e"}) || depth["d"] != 2 || depth["e"] != 0 {
		t.Errorf("%v %v", got, depth)
	}
}
