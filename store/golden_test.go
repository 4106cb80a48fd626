package store_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

var makeGolden = flag.String("make-golden", "", "write testdata/vN.db, N as given, from the present schema; never over one that was released")

// TestEverySchemaOpens opens the file of each schema that was ever released,
// migrates it and finds its records. A released file is never rewritten.
func TestEverySchemaOpens(t *testing.T) {
	if *makeGolden != "" {
		writeGolden(t, filepath.Join("testdata", *makeGolden+".db"))
	}
	files, err := filepath.Glob("testdata/v*.db")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			w := newWorld(t)
			if err := w.db.Close(); err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(w.opt.Dir, "station.db"), raw, 0o600); err != nil {
				t.Fatal(err)
			}
			w.reopenClosed()
			if err := w.db.Unlock(t.Context(), testAdmin, testPassword); err != nil {
				t.Fatal(err)
			}
			checkGolden(t, w)
		})
	}
}

// writeGolden lives a small day and keeps its file.
func writeGolden(t *testing.T, path string) {
	w := newWorld(t)
	ctx := t.Context()
	var people []record.VolunteerID
	for i := range 4 {
		people = append(people, w.register(someone(i)))
	}
	team := w.team("综合服务队", people[:3]...)
	if _, err := w.db.CreateBrand(ctx, record.Brand{Name: "老兵巡逻", Team: team}); err != nil {
		t.Fatal(err)
	}
	a := patrol("2026-10-10T09:00", "2026-10-10T11:00")
	a.Team = team
	id, _, err := w.db.LogActivity(ctx, a, present(people[:3]...))
	if err != nil {
		t.Fatal(err)
	}
	list, err := w.db.Participations(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.db.CorrectService(ctx, list[0].Entry, 60, "提前离开"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.GiveConsent(ctx, record.Consent{Volunteer: people[0], Purpose: "group", Given: "2026-10-01", Form: "1", Way: "paper"}); err != nil {
		t.Fatal(err)
	}
	if err := w.db.SaveDraft(ctx, "people.new", "{}"); err != nil {
		t.Fatal(err)
	}
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(w.opt.Dir, "station.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	w.reopenClosed()
}

func checkGolden(t *testing.T, w *world) {
	ctx := t.Context()
	if _, err := w.db.Verify(ctx); err != nil {
		t.Error(err)
	}
	people, err := w.db.People(ctx, store.PeopleFilter{})
	if err != nil || len(people) != 4 {
		t.Fatalf("%d people, %v", len(people), err)
	}
	if found, err := w.db.Search(ctx, "wjg", 1); err != nil || len(found) != 1 || found[0].IDNumber != "129999195001010008" {
		t.Errorf("%v, %v", found, err)
	}
	report, err := w.db.Report(ctx, record.Month(2026, 10))
	if err != nil || report.Figures[record.FigureMinutes] != 300 || report.Figures[record.FigureParticipations] != 3 || report.Figures[record.FigureBrands] != 1 {
		t.Errorf("%v, %v", report.Figures, err)
	}
	if c, err := w.db.Consents(ctx, people[0].ID); err != nil {
		t.Errorf("%v, %v", c, err)
	}
	if text, err := w.db.Draft(ctx, "people.new"); err != nil || text != "{}" {
		t.Errorf("%q, %v", text, err)
	}
	if _, _, err := w.db.RegisterVolunteer(ctx, someone(5)); err != nil {
		t.Errorf("writing into it: %v", err)
	}
}
