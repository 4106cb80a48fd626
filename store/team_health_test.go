package store_test

import (
	"testing"

	"rongyuan/store/record"
)

func TestTeamHealthAndCoverage(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	one, two := someone(1), someone(2)
	one.Village, one.Skills = "120103004001", []string{"s01"}
	a, b := w.register(one), w.register(two)
	team := w.team("第一分队", a, b)
	known, err := w.db.Team(ctx, team)
	must(t, err)
	known.Village, known.Tier, known.Wanted = "120103004001", "community", []string{"s01", "s02"}
	known.Flag, known.Party, known.Partners = "2026-01-10", "第一党小组", "派出所、物业"
	must(t, w.db.UpdateTeam(ctx, known))
	_, _, err = w.db.LogActivity(ctx, patrol("2026-10-10T09:00", "2026-10-10T10:00"), present(b))
	must(t, err)
	all, err := w.db.TeamHealth(ctx)
	must(t, err)
	if len(all) != 1 || len(all[0].Members) != 2 || len(all[0].Active) != 1 || all[0].Active[0] != b ||
		len(all[0].Missing) != 1 || all[0].Missing[0] != "s02" {
		t.Errorf("health %+v", all)
	}
	cover, err := w.db.Coverage(ctx, []string{"120103004001", "120103004002"})
	must(t, err)
	if cover[0].Village != "120103004002" || len(cover[0].Teams) != 0 || len(cover[1].Teams) != 1 || len(cover[1].Volunteers) != 1 {
		t.Errorf("coverage %+v", cover)
	}
	before := w.head()
	known.Version++
	known.Tier = "moon"
	w.refused(before, w.db.UpdateTeam(ctx, known), record.CodeUnknownCode)
	if _, err := w.db.Verify(ctx); err != nil {
		t.Errorf("the full check: %v", err)
	}
}
