package store_test

import (
	"testing"

	"rongyuan/store/record"
)

// TestFormSource: the people of a form add up to the figures of the report, and
// stand in their team as of the period's end.
func TestFormSource(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	a, b, c := w.register(someone(1)), w.register(someone(2)), w.register(someone(3))
	team := w.team("老兵巡逻队", a, b)
	for _, day := range []string{"2026-09-12", "2026-10-03", "2026-10-10"} {
		one := patrol(record.Moment(day+"T09:00"), record.Moment(day+"T11:00"))
		one.Team = team
		one.LateReason = "补录"
		if _, _, err := w.db.LogActivity(ctx, one, present(a, b)); err != nil {
			t.Fatal(err)
		}
	}
	study := patrol("2026-10-11T09:00", "2026-10-11T10:00")
	study.Kind = record.KindTraining
	if _, _, err := w.db.LogActivity(ctx, study, present(a, c)); err != nil {
		t.Fatal(err)
	}
	rows, err := w.db.EntriesOf(ctx, b)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.CorrectService(ctx, rows[len(rows)-1].ID, 30, "早退"); err != nil {
		t.Fatal(err)
	}
	s, err := w.db.FormSource(ctx, record.Month(2026, 10))
	if err != nil {
		t.Fatal(err)
	}
	var minutes, people, participations int64
	for _, p := range s.People {
		minutes += p.Minutes
		participations += p.Count
		if p.Minutes > 0 {
			people++
		}
		if want := map[record.VolunteerID]string{a: "队长", b: "队员"}[p.ID]; p.Post != want {
			t.Errorf("%s has the post %q", p.Name, p.Post)
		}
	}
	f := s.Report.Figures
	if minutes != f[record.FigureMinutes] || people != f[record.FigurePeople] || participations != f[record.FigureParticipations] || minutes == 0 {
		t.Errorf("%d minutes, %d people, %d times; the report has %v", minutes, people, participations, f)
	}
	year, err := w.db.FormSource(ctx, record.PeriodOf(record.PeriodYear, "2026-10-05"))
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range s.People {
		if year.People[i].Minutes != p.YearTotal || year.People[i].ID != p.ID {
			t.Errorf("%s: %d minutes in the year, %d so far", p.Name, year.People[i].Minutes, p.YearTotal)
		}
	}
	if len(s.Teams) != 1 || s.Teams[0].Members != 2 || s.Teams[0].Leader.ID != a {
		t.Errorf("%+v", s.Teams)
	}
}

// TestFormMappingIsKept: what was settled comes back by the fingerprint, and
// nothing that makes no sense is kept.
func TestFormMappingIsKept(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	m := record.FormMapping{Name: "月报.xlsx", Parts: []record.FormPart{{Sheet: 1, Kind: record.FormCells, Cells: map[string]string{"B2": "activities"}}}}
	if err := w.db.SaveFormMapping(ctx, "abc", m); err != nil {
		t.Fatal(err)
	}
	all, err := w.db.FormMappings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got, has := all.For("abc"); !has || got.Parts[0].Cells["B2"] != "activities" || got.Name != m.Name {
		t.Errorf("%+v", got)
	}
	if _, has := all.For("abd"); has {
		t.Error("another form is known as well")
	}
	m.Parts[0].Cells["B0"] = "activities"
	if err := w.db.SaveFormMapping(ctx, "abd", m); record.CodeOf(err) != record.CodeMalformed {
		t.Errorf("a cell that is none was kept: %v", err)
	}
}
