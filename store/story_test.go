package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

func TestStationStory(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	var people []record.VolunteerID
	for i := range 7 {
		people = append(people, w.register(someone(i)))
	}
	team := w.team("综合服务队", people...)
	a := patrol("2026-10-10T09:00", "2026-10-10T11:30")
	a.Team, a.Break = team, 30
	id, _, err := w.db.LogActivity(ctx, a, present(people[:5]...))
	if err != nil {
		t.Fatal(err)
	}
	w.reopen()
	report, err := w.db.Report(ctx, record.Month(2026, 10))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{
		record.FigureActivities: 1, record.FigureParticipations: 5, record.FigurePeople: 5, record.FigureMinutes: 600,
		record.FigureVolunteers: 7, record.FigureParty: 7, record.FigureTeams: 1, record.FigureServed: 12,
		record.FigureActivities + ".3": 1, record.FigureLate: 0, record.FigureJoined: 0,
	}
	for code, n := range want {
		if report.Figures[code] != n {
			t.Errorf("%s = %d, want %d", code, report.Figures[code], n)
		}
	}
	list, err := w.db.Participations(ctx, id)
	if err != nil || len(list) != 5 {
		t.Fatalf("participations: %d, %v", len(list), err)
	}
	if err := w.db.CorrectService(ctx, list[0].Entry, 60, "提前离开"); err != nil {
		t.Fatal(err)
	}
	if report, err = w.db.Report(ctx, record.Month(2026, 10)); err != nil || report.Figures[record.FigureMinutes] != 540 {
		t.Errorf("after correction %d minutes, %v", report.Figures[record.FigureMinutes], err)
	}
	v, err := w.db.Verify(ctx)
	if err != nil || v.Operations != w.head().Seq || v.People != 7 {
		t.Errorf("verify %+v, %v", v, err)
	}
	if n := v.Operations; n != 1+7+1+7+1+5+2 {
		t.Errorf("%d operations", n)
	}
}

func TestVolunteerRoundTrip(t *testing.T) {
	w := newWorld(t)
	v := someone(3)
	v.Address, v.Note, v.Skills = "东风里3号楼2门", "会开叉车", []string{"s01", "s08"}
	v.Emergency = record.Contact{Name: "王芳", Relation: "女儿", Phone: "19900001111"}
	id := w.register(v)
	got, err := w.db.Volunteer(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if got.Birth == "" || got.Sex == "" || got.Number != "120103004-00001" || got.Joined != "2026-01-05" || got.Version != 1 {
		t.Errorf("not completed: %+v", got)
	}
	if got.Address != v.Address || got.Emergency != v.Emergency || got.Note != v.Note {
		t.Errorf("lost in the round trip: %+v", got)
	}
	got.Phones = []string{"19912345678"}
	if _, err := w.db.UpdateVolunteer(t.Context(), got); err != nil {
		t.Fatal(err)
	}
	before := w.head()
	_, err = w.db.UpdateVolunteer(t.Context(), got)
	w.refused(before, err, record.CodeStale)
	ops, err := w.db.OperationsAfter(t.Context(), before.Seq-1, 10)
	if err != nil || len(ops) != 1 {
		t.Fatal(len(ops), err)
	}
	change, err := ops[0].Parse()
	if err != nil || strings.Join(change.Fields(), ",") != "phones" || ops[0].BaseVersion != 1 {
		t.Errorf("operation says %v on base %d, %v", change.Fields(), ops[0].BaseVersion, err)
	}
}

func TestSameNumberTwice(t *testing.T) {
	w := newWorld(t)
	w.register(someone(1))
	again := someone(1)
	again.Name = "另一人"
	before := w.head()
	_, _, err := w.db.RegisterVolunteer(t.Context(), again)
	w.refused(before, err, record.CodeIDTaken)
	if like := w.db.Duplicates(again); len(like) != 1 || like[0].By != "id_number" {
		t.Errorf("duplicates %+v", like)
	}
}

func TestServiceRefusals(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	one, two := w.register(someone(1)), w.register(someone(2))
	served := someone(5)
	served.Serving, served.Agreement = false, record.Agreement{}
	veteran := w.register(served)
	long := patrol("2026-10-10T00:00", "2026-10-10T20:00")
	if _, _, err := w.db.LogActivity(ctx, long, present(one)); err != nil {
		t.Fatal(err)
	}
	backwards := patrol("2026-10-10T11:00", "2026-10-10T09:00")
	training := patrol("2026-10-11T09:00", "2026-10-11T10:00")
	training.Kind = record.KindMeeting
	for _, c := range []struct {
		name     string
		activity record.Activity
		entries  []record.Entry
		want     record.Code
	}{
		{"ends before it starts", backwards, nil, record.CodeEndBeforeStart},
		{"25 hours in a day", patrol("2026-10-10T12:00", "2026-10-10T17:00"), present(one), record.CodeDayOver24Hours},
		{"the same person twice", patrol("2026-10-11T09:00", "2026-10-11T10:00"), present(two, two), record.CodeTwiceInActivity},
		{"a meeting gives no service time", training, present(two), record.CodeNotCounting},
		{"tomorrow", patrol("2026-10-21T09:00", "2026-10-21T10:00"), present(two), record.CodeFutureActivity},
		{"somebody who does not serve", patrol("2026-10-11T09:00", "2026-10-11T10:00"), present(veteran), record.CodeNotServing},
		{"nobody", patrol("2026-10-11T09:00", "2026-10-11T10:00"), present("none"), record.CodeNotFound},
		{"more than its length", patrol("2026-10-11T09:00", "2026-10-11T10:00"), []record.Entry{{Volunteer: two, Minutes: 90}}, record.CodeMinutesRange},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &world{t: t, db: w.db}
			before := w.head()
			_, _, err := w.db.LogActivity(ctx, c.activity, c.entries)
			w.refused(before, err, c.want)
		})
	}
}

func TestLateRecord(t *testing.T) {
	w := newWorld(t)
	_, found, err := w.db.LogActivity(t.Context(), patrol("2026-09-20T09:00", "2026-09-20T10:00"), nil)
	if err != nil || !found.Has(record.CodeLateRecord) {
		t.Errorf("found %v, %v", found, err)
	}
	for _, d := range []record.Day{"2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08"} {
		if err := w.db.SaveCalendarDay(t.Context(), store.CalendarDay{Day: d, Name: "国庆节"}); err != nil {
			t.Fatal(err)
		}
	}
	_, found, err = w.db.LogActivity(t.Context(), patrol("2026-09-29T09:00", "2026-09-29T10:00"), nil)
	if err != nil || found.Has(record.CodeLateRecord) {
		t.Errorf("holidays do not count: %v, %v", found, err)
	}
}

func TestSearch(t *testing.T) {
	w := newWorld(t)
	for i := range 7 {
		w.register(someone(i))
	}
	for _, c := range []struct{ typed, first string }{
		{"wjg", "王建国"},
		{"sxf", "单小芳"},
		{"dxf", "单小芳"},
		{"shanxiao", "单小芳"},
		{"文博", "欧阳文博"},
		{"oywb", "欧阳文博"},
		{string(number(4))[12:], "张桂英"},
		{"00000005", "赵铁柱"},
		{"学军", "刘学军"},
	} {
		found, err := w.db.Search(t.Context(), c.typed, 5)
		if err != nil || len(found) == 0 || found[0].Name != c.first {
			t.Errorf("%q finds %v, %v", c.typed, found, err)
		}
	}
	if found, _ := w.db.Search(t.Context(), "没有这个人", 5); len(found) != 0 {
		t.Errorf("found %v", found)
	}
}

func TestTeamRules(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	a, b := w.register(someone(1)), w.register(someone(2))
	team := w.team("巡逻队", a)
	if err := w.db.Join(ctx, record.Membership{Team: team, Volunteer: b, Role: "captain"}); err != nil {
		t.Fatal(err)
	}
	list, err := w.db.Members(ctx, team)
	if err != nil || len(list) != 2 || list[0].Volunteer != b || list[1].Role != "member" || !list[1].Main {
		t.Errorf("members %+v, %v", list, err)
	}
	before := w.head()
	w.refused(before, w.db.Join(ctx, record.Membership{Team: team, Volunteer: a}), record.CodeAlreadyMember)
	_, err = w.db.FoundTeam(ctx, record.Team{Name: "巡逻队", Kind: "t06"})
	w.refused(before, err, record.CodeTeamNameTaken)
	one, err := w.db.Team(ctx, team)
	if err != nil {
		t.Fatal(err)
	}
	one.Parent = team
	w.refused(before, w.db.UpdateTeam(ctx, one), record.CodeTeamCycle)
}

func TestWrongPasswordAndLock(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	id := w.register(someone(1))
	w.db.Lock()
	if _, err := w.db.Volunteer(ctx, id); record.CodeOf(err) != record.CodeLocked {
		t.Errorf("locked file answers %v", err)
	}
	if people, err := w.db.People(ctx, store.PeopleFilter{}); record.CodeOf(err) != record.CodeLocked || len(people) != 0 {
		t.Errorf("locked directory answers %v", err)
	}
	for _, try := range [][2]string{{testAdmin, "Falsch-2026-x"}, {"没有", testPassword}} {
		if err := w.db.Unlock(ctx, try[0], try[1]); record.CodeOf(err) != record.CodeWrongPassword {
			t.Errorf("%v", err)
		}
	}
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Volunteer(ctx, id); err != nil {
		t.Error(err)
	}
}

func TestSecondInstance(t *testing.T) {
	w := newWorld(t)
	if _, err := store.Open(t.Context(), w.opt); record.CodeOf(err) != record.CodeInUse {
		t.Errorf("second instance: %v", err)
	}
}

func TestBadFiles(t *testing.T) {
	good := func(t *testing.T) store.Options {
		w := newWorld(t)
		w.register(someone(1))
		if err := w.db.Close(); err != nil {
			t.Fatal(err)
		}
		return w.opt
	}
	for _, c := range []struct {
		name  string
		spoil func(raw []byte) []byte
		want  record.Code
	}{
		{"empty", func([]byte) []byte { return nil }, record.CodeFileTruncated},
		{"hundred bytes less one", func(raw []byte) []byte { return raw[:99] }, record.CodeFileTruncated},
		{"cut in half", func(raw []byte) []byte { return raw[:len(raw)/2] }, record.CodeFileTruncated},
		{"a text", func([]byte) []byte { return bytes.Repeat([]byte("花名册"), 100) }, record.CodeFileForeign},
		{"another program's database", func(raw []byte) []byte { raw[68] = 9; return raw }, record.CodeFileForeign},
		{"newer", func(raw []byte) []byte { raw[60], raw[61] = 9, 9; return raw }, record.CodeFileNewer},
		{"a page of rubbish", func(raw []byte) []byte { copy(raw[4096:], bytes.Repeat([]byte{0xAA}, 4096)); return raw }, record.CodeFileDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			opt := good(t)
			path := filepath.Join(opt.Dir, "station.db")
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			spoilt := c.spoil(raw)
			if err := os.WriteFile(path, spoilt, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := store.Open(t.Context(), opt); record.CodeOf(err) != c.want {
				t.Errorf("code %v, want %s", err, c.want)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(after, spoilt) {
				t.Error("the file was touched")
			}
		})
	}
	t.Run("gone", func(t *testing.T) {
		opt := good(t)
		if err := os.Remove(filepath.Join(opt.Dir, "station.db")); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(t.Context(), opt); record.CodeOf(err) != record.CodeFileMissing {
			t.Error(err)
		}
	})
}

func TestNothingPlainOnDisk(t *testing.T) {
	w := newWorld(t)
	v := someone(1)
	v.Name, v.Phones, v.Address, v.Note = "甘罗拜", []string{"19955443322"}, "密语里九十九号", "绝无仅有的备注"
	v.Emergency = record.Contact{Name: "文若紧急", Phone: "19911223344"}
	id := w.register(v)
	a := patrol("2026-10-10T09:00", "2026-10-10T10:00")
	a.Content, a.LeaderName = "内容里提到甘罗拜", "外来带队者"
	act, _, err := w.db.LogActivity(t.Context(), a, present(id))
	if err != nil {
		t.Fatal(err)
	}
	list, _ := w.db.Participations(t.Context(), act)
	if err := w.db.CorrectService(t.Context(), list[0].Entry, 30, "理由里也有甘罗拜"); err != nil {
		t.Fatal(err)
	}
	check := func() {
		files, _ := filepath.Glob(filepath.Join(w.opt.Dir, "*"))
		for _, name := range files {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, plain := range []string{"甘罗拜", string(v.IDNumber), "19955443322", "密语里", "绝无仅有", "文若紧急", "19911223344", "外来带队者"} {
				if bytes.Contains(raw, []byte(plain)) {
					t.Errorf("%s holds %q", filepath.Base(name), plain)
				}
			}
		}
	}
	check() // with the write-ahead log
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	check()
	w.reopenClosed()
}

func (w *world) reopenClosed() {
	w.t.Helper()
	db, err := store.Open(w.t.Context(), w.opt)
	if err != nil {
		w.t.Fatal(err)
	}
	w.db = db
}

func TestImport(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	known := someone(1)
	w.register(known)
	fresh, twice, other, changed, bad := someone(2), someone(2), someone(3), known, someone(4)
	other.Name, other.IDNumber = "同号异名", someone(2).IDNumber
	changed.Address = "新地址"
	drafts := []record.Draft{{Row: 2, Volunteer: changed}, {Row: 3, Volunteer: fresh}, {Row: 4, Volunteer: twice}, {Row: 6, Volunteer: someone(6)}}
	var wrong record.Problems
	wrong.Add(record.LevelError, "id_number", record.CodeIDChecksum)
	drafts = append(drafts, record.Draft{Row: 7, Volunteer: bad, Problems: wrong})
	plan, err := w.db.PlanImport(ctx, drafts)
	if err != nil {
		t.Fatal(err)
	}
	counts := [5]int{plan.Count(record.VerdictNew), plan.Count(record.VerdictUpdate), plan.Count(record.VerdictSame), plan.Count(record.VerdictConflict), plan.Count(record.VerdictError)}
	if counts != [5]int{2, 1, 1, 0, 1} {
		t.Fatalf("new, update, same, conflict, error = %v", counts)
	}
	before := w.head()
	result, err := w.db.CommitImport(ctx, plan)
	if err != nil || result.New != 2 || result.Updated != 1 {
		t.Fatal(result, err)
	}
	if w.head().Seq != before.Seq+3 {
		t.Errorf("log grew by %d", w.head().Seq-before.Seq)
	}
	again, err := w.db.PlanImport(ctx, drafts)
	if err != nil || again.Count(record.VerdictSame) != 4 || again.Count(record.VerdictError) != 1 {
		t.Errorf("the same file again: same %d, %v", again.Count(record.VerdictSame), err)
	}
	clash, err := w.db.PlanImport(ctx, []record.Draft{{Row: 2, Volunteer: other}})
	if err != nil || clash.Count(record.VerdictConflict) != 1 {
		t.Errorf("another name on a known number: %+v, %v", clash, err)
	}
	if err := w.db.UndoImport(ctx, result.Batch); err != nil {
		t.Fatal(err)
	}
	people, _ := w.db.People(ctx, store.PeopleFilter{})
	if len(people) != 1 {
		t.Errorf("%d people after undo", len(people))
	}
	if v, _ := w.db.Volunteer(ctx, people[0].ID); v.Address != "" {
		t.Errorf("address stayed %q", v.Address)
	}
	if err := w.db.UndoImport(ctx, result.Batch); record.CodeOf(err) != record.CodeAlreadyReversed {
		t.Error(err)
	}
	if plan, err = w.db.PlanImport(ctx, drafts); err != nil || plan.Count(record.VerdictNew) != 2 {
		t.Errorf("import after undo: %d new, %v", plan.Count(record.VerdictNew), err)
	}
}
