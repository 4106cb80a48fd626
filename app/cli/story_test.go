package cli_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"rongyuan/app/practice"
	"rongyuan/store/record"
)

// TestStory is the main job from an empty folder to the district: the figures
// of the station's report and those that the district counts for itself from
// what it received are the same, person by person.
func TestStory(t *testing.T) {
	w := newStation(t)
	var imported importDoc
	w.jsonExit(3, &imported, "import", "../../store/roster/testdata/街道花名册.xlsx")
	var list people
	w.json(&list, "volunteer", "list", "--volunteers")
	if len(list.Volunteers) != imported.New || imported.New < 100 {
		t.Fatalf("%d people, %d imported", len(list.Volunteers), imported.New)
	}
	// Above seventy somebody looks at a person once a year before hours count.
	list.Volunteers = slices.DeleteFunc(list.Volunteers, func(v person) bool { return v.Birth != "" && v.Birth < "1957" })
	w.good("team", "found", "--name", "老兵综合服务队", "--kind", "综合服务队", "--founded", "2026-01-10")
	join := []string{"team", "join", "老兵综合服务队", "--from", "2026-10-01"}
	for _, one := range list.Volunteers[:45] {
		join = append(join, one.ID)
	}
	w.good(join...)
	add := []string{
		"activity", "add", "--title", "清整小区环境", "--sub", "五类创建", "--start", "2026-10-15 08:30", "--end", "11:00",
		"--break", "15", "--team", "老兵综合服务队", "--team-all", "--served", "300",
	}
	for _, one := range list.Volunteers[40:45] {
		add = append(add, "--absent", one.ID)
	}
	add = append(add, "--with", list.Volunteers[0].ID+"=60")
	var done activityWritten
	w.json(&done, add...)
	if done.Participants != 40 || done.Minutes != 39*135+60 {
		t.Fatalf("%+v", done)
	}
	var report reportDoc
	w.json(&report, "report", "month", "2026-10", "-o", w.file("月报.pdf"))
	if report.Figures["participations.2"] != 40 || report.Figures["minutes"] != 39*135+60 {
		t.Errorf("%+v", report.Figures)
	}
	w.good("report", "month", "2026-10", "-o", w.file("月报.xlsx"))
	for _, name := range []string{"月报.pdf", "月报.xlsx"} {
		if st, err := os.Stat(w.file(name)); err != nil || st.Size() < 1000 {
			t.Errorf("%s: %v", name, err)
		}
	}
	d := w.district(t)
	w.good("sync")
	w.sameFigures(d, report.Figures)
	w.samePeople(d)
}

// district starts a district and enrols the station there.
func (w *world) district(t *testing.T) *practice.District {
	t.Helper()
	d, err := practice.StartDistrict(t.Context(), practice.Options{
		Dir: w.file("district"), Clock: w.env.Clock, Rand: w.env.Rand, Passwords: w.env.Passwords,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	code, err := d.Code(t.Context(), "120103004")
	if err != nil {
		t.Fatal(err)
	}
	w.good("enrol", "--district", d.URL, "--code", code, "--fingerprint", d.Fingerprint)
	return d
}

func (w *world) sameFigures(d *practice.District, want map[string]int64) {
	w.t.Helper()
	scope, err := d.Server().Login(w.t.Context(), d.Login.Account, d.Login.Password)
	if err != nil {
		w.t.Fatal(err)
	}
	got, err := d.Server().Figures(w.t.Context(), scope, record.Month(2026, 10), "120103004")
	if err != nil {
		w.t.Fatal(err)
	}
	if len(got.Figures) != len(want) {
		w.t.Errorf("%d figures, want %d", len(got.Figures), len(want))
	}
	for code, value := range want {
		if got.Figures[code] != value {
			w.t.Errorf("%s: the district counts %d, the station %d", code, got.Figures[code], value)
		}
	}
}

func (w *world) samePeople(d *practice.District) {
	w.t.Helper()
	scope, err := d.Server().Login(w.t.Context(), d.Login.Account, d.Login.Password)
	if err != nil {
		w.t.Fatal(err)
	}
	there, err := d.Server().People(w.t.Context(), scope, "120103004", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	received := map[string]person{}
	for _, one := range there {
		raw, err := json.Marshal(one)
		if err != nil {
			w.t.Fatal(err)
		}
		var p person
		if err := json.Unmarshal(raw, &p); err != nil {
			w.t.Fatal(err)
		}
		received[p.ID] = p
	}
	var own people
	w.json(&own, "volunteer", "list")
	if len(own.Volunteers) != len(there) || len(received) != len(there) {
		w.t.Fatalf("%d people here, %d there", len(own.Volunteers), len(there))
	}
	for _, one := range own.Volunteers {
		if !samePerson(one, received[one.ID]) {
			w.t.Errorf("here\n%+v\nthere\n%+v", one, received[one.ID])
		}
	}
}
