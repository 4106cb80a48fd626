package cli_test

import (
	"slices"
	"strings"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

// person is the contract's shape of one person.
type person struct {
	ID         string   `json:"id"`
	Number     string   `json:"number"`
	Name       string   `json:"name"`
	IDNumber   string   `json:"id_number"`
	Sex        string   `json:"sex"`
	Birth      string   `json:"birth"`
	Phones     []string `json:"phones"`
	Enlisted   string   `json:"enlisted"`
	Discharged string   `json:"discharged"`
	Veteran    bool     `json:"veteran"`
	Volunteer  bool     `json:"volunteer"`
	Party      string   `json:"party"`
	Education  string   `json:"education"`
	Village    string   `json:"village"`
	Team       string   `json:"team"`
	Status     string   `json:"status"`
	Minutes    int      `json:"minutes"`
}

type people struct {
	Volunteers []person `json:"volunteers"`
}

func TestVolunteerAddAndList(t *testing.T) {
	w := newStation(t)
	var one written
	w.json(&one, "volunteer", "add", "--name", "王　建国", "--id_number", "129999 19850701 1239", "--phone", "138 0000 1234", "--phones", "022-28001234",
		"--party", "党员", "--education", "高中", "--village", "鹤望里社区", "--kind", "退役士兵", "--enlisted", "2003.12", "--discharged", "2005-12",
		"--agreement-date", "2026-01-05", "--skills", "急救、开车", "--emergency-name", "李梅", "--emergency-phone", "13900001234", "--address", "平安里1号")
	if one.ID == "" || one.Number != "120103004-00001" {
		t.Errorf("%+v", one)
	}
	var list people
	w.json(&list, "volunteer", "list")
	want := person{
		ID: one.ID, Number: one.Number, Name: "王建国", IDNumber: "129999********1239", Sex: "男", Birth: "1985",
		Enlisted: "2003-12", Discharged: "2005-12", Veteran: true, Volunteer: true, Party: "中共党员", Education: "高中",
		Village: "鹤望里社区", Status: "active", Phones: []string{"138****1234", "022****1234"},
	}
	if len(list.Volunteers) != 1 || !samePerson(list.Volunteers[0], want) {
		t.Errorf("%+v\nwant\n%+v", list.Volunteers, want)
	}
	w.json(&list, "volunteer", "list", "--unmask", "--reason", "年度核对")
	want.IDNumber, want.Birth, want.Phones = idWang, "1985-07-01", []string{"13800001234", "02228001234"}
	if !samePerson(list.Volunteers[0], want) {
		t.Errorf("%+v\nwant\n%+v", list.Volunteers, want)
	}
	if text := w.good("volunteer", "list"); !strings.Contains(text, "王建国") || strings.Contains(text, "0701") {
		t.Error(text)
	}
	w.look(func(db *store.DB) {
		v, err := db.Volunteer(t.Context(), record.VolunteerID(one.ID))
		if err != nil || !slices.Equal(v.Skills, []string{"s01", "s08"}) || v.Emergency.Name != "李梅" || v.Agreement.Version == "" {
			t.Errorf("%+v, %v", v, err)
		}
	})
}

func samePerson(a, b person) bool {
	same := slices.Equal(a.Phones, b.Phones)
	a.Phones, b.Phones = nil, nil
	return same && a.string() == b.string()
}

func (p person) string() string {
	return strings.Join([]string{
		p.ID, p.Number, p.Name, p.IDNumber, p.Sex, p.Birth, p.Enlisted, p.Discharged, p.Party, p.Education, p.Village, p.Team, p.Status,
		map[bool]string{true: "v"}[p.Veteran], map[bool]string{true: "s"}[p.Volunteer], record.HoursText(p.Minutes),
	}, "|")
}

func TestEmptyFieldsAreLeftOut(t *testing.T) {
	w := newStation(t)
	w.add("李卫东", "")
	w.good("volunteer", "list", "--json")
	for _, key := range []string{"id_number", "birth", "phones", "team", "party"} {
		if strings.Contains(w.out.String(), key) {
			t.Errorf("%s is there", key)
		}
	}
	for _, key := range []string{"minutes", "veteran", "status"} {
		if !strings.Contains(w.out.String(), key) {
			t.Errorf("%s is not there", key)
		}
	}
}

func TestUnmaskingIsLogged(t *testing.T) {
	w := newStation(t)
	one := w.add("王建国", idWang)
	notes := w.notes()
	w.good("volunteer", "list")
	if n := w.notes(); n != notes+2 { // two log-ins
		t.Errorf("a masked list noted %d", n-notes)
	}
	notes = w.notes()
	if code := w.run("volunteer", "show", one.ID, "--unmask", "--reason", "本人来查", "--json"); code != 0 || !strings.Contains(w.out.String(), idWang) {
		t.Error("not unmasked")
	}
	if n := w.notes(); n != notes+3 {
		t.Errorf("an unmasking noted %d", n-notes)
	}
}

// notes is the number of entries in the audit log, this log-in included.
func (w *world) notes() int64 {
	var n int64
	w.look(func(db *store.DB) {
		v, err := db.Verify(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		n = v.Notes
	})
	return n
}

func TestVolunteerRefusals(t *testing.T) {
	w := newStation(t)
	w.add("王建国", idWang)
	add := func(more ...string) []string {
		return append([]string{"volunteer", "add", "--name", "李卫东", "--agreement-date", "2026-01-05"}, more...)
	}
	for _, c := range []struct {
		code record.Code
		args []string
	}{
		{record.CodeIDChecksum, add("--id-number", "129999198507011230")},
		{record.CodeIDLength, add("--id", "12999919850701123")},
		{record.CodeIDTaken, add("--id-number", idWang)},
		{record.CodeRequired, []string{"volunteer", "add", "--agreement-date", "2026-01-05"}},
		{record.CodeAgreement, []string{"volunteer", "add", "--name", "李卫东"}},
		{record.CodeDateFuture, add("--enlisted", "2027-01")},
		{record.CodeDateOrder, add("--enlisted", "2005-12", "--discharged", "2003-12")},
		{record.CodeUnknownCode, add("--party", "火星党")},
		{record.CodeUnknownCode, add("--skills", "点石成金")},
		{record.CodePhone, add("--phone", "12")},
		{record.CodeDate, add("--birth", "昨天")},
		{record.CodeNameCharacters, []string{"volunteer", "add", "--name", "李2", "--agreement-date", "2026-01-05"}},
		{record.CodeNotFound, []string{"volunteer", "edit", "没有这个人", "--note", "x"}},
		{record.CodeNothingToDo, []string{"volunteer", "edit", "王建国"}},
		{record.CodeIDChecksum, []string{"volunteer", "edit", "王建国", "--id-number", "129999198507011230"}},
		{record.CodeNotFound, []string{"volunteer", "list", "--team", "没有这支队"}},
		{record.CodeUnknownCode, []string{"volunteer", "list", "--status", "不知道"}},
	} {
		w.bad(1, c.code, c.args...)
	}
}

func TestVolunteerEditSealAndSearch(t *testing.T) {
	w := newStation(t)
	one := w.add("王建国", idWang)
	two := w.add("王建国", idX)
	if len(two.Problems) > 0 && two.Problems[0].Code == record.CodeDuplicate {
		t.Error("two people with different numbers are no duplicates")
	}
	w.add("单小芳", numbered(1))
	w.bad(2, record.CodeUsage, "volunteer", "show", "王建国")
	var done written
	w.json(&done, "volunteer", "edit", idWang, "--politics", "群众", "--note", "")
	w.json(&done, "volunteer", "edit", one.Number, "--phone", "13800001234", "--village", "没有的社区")
	if len(done.Problems) == 0 || done.Problems[0].Code != record.CodeVillageUnknown || done.Problems[0].Message == "" {
		t.Errorf("%+v", done)
	}
	for text, want := range map[string]string{"1234": one.ID, "wjg": "", "1239": one.ID, "sxf": "", "单": ""} {
		var found people
		w.json(&found, "search", text)
		if len(found.Volunteers) == 0 || (want != "" && found.Volunteers[0].ID != want) {
			t.Errorf("%s finds %+v", text, found)
		}
	}
	w.good("volunteer", "seal", one.ID, "--reason", "本人撤回同意")
	var list people
	w.json(&list, "volunteer", "list")
	if len(list.Volunteers) != 2 {
		t.Errorf("%+v", list)
	}
	w.good("volunteer", "edit", two.ID, "--status", "去世")
	w.json(&list, "volunteer", "list", "--status", "在册")
	if len(list.Volunteers) != 1 {
		t.Errorf("%+v", list)
	}
}

func TestDuplicateIsToldAndTaken(t *testing.T) {
	w := newStation(t)
	add := []string{"volunteer", "add", "--name", "王建国", "--phone", "13800001234", "--agreement-date", "2026-01-05"}
	w.good(add...)
	var second written
	w.json(&second, add...)
	if len(second.Problems) == 0 || second.Problems[0].Code != record.CodeDuplicate || second.Problems[0].Level != record.LevelReview {
		t.Errorf("%+v", second)
	}
	w.good(add...)
	if !strings.Contains(w.err.String(), "很可能已经登记过") {
		t.Error(w.err.String())
	}
}

func TestVeteranWhoDoesNotServe(t *testing.T) {
	w := newStation(t)
	w.good("volunteer", "add", "--name", "赵铁柱", "--veteran", "--volunteer=false")
	var list people
	w.json(&list, "volunteer", "list", "--veterans")
	if len(list.Volunteers) != 1 || list.Volunteers[0].Volunteer || list.Volunteers[0].Number != "" {
		t.Errorf("%+v", list)
	}
	w.json(&list, "volunteer", "list", "--volunteers")
	if len(list.Volunteers) != 0 {
		t.Errorf("%+v", list)
	}
	w.good("volunteer", "edit", "赵铁柱", "--volunteer", "--agreement-date", "2026-10-01")
	w.json(&list, "volunteer", "list", "--volunteers")
	if len(list.Volunteers) != 1 || list.Volunteers[0].Number == "" {
		t.Errorf("%+v", list)
	}
}

func TestTeams(t *testing.T) {
	w := newStation(t)
	wang, li := w.add("王建国", idWang), w.add("李卫东", idX)
	w.good("team", "found", "--name", "老兵巡逻队", "--kind", "治安巡逻队", "--founded", "2026-01-10", "--slogan", "退役不褪色")
	w.good("team", "found", "--name", "第一分队", "--kind", "t06", "--parent", "老兵巡逻队", "--village", "鹤望里")
	w.good("team", "join", "老兵巡逻队", "王建国", "--role", "队长", "--from", "2026-01-10")
	w.good("team", "join", "老兵巡逻队", li.Number, "--from", "2026-02-01")
	var list struct {
		Teams []struct {
			ID      string `json:"id"`
			Name    string `json:"name"`
			Kind    string `json:"kind"`
			Parent  string `json:"parent"`
			Village string `json:"village"`
			Founded string `json:"founded"`
			Slogan  string `json:"slogan"`
			Captain string `json:"captain"`
			Members int    `json:"members"`
		} `json:"teams"`
	}
	w.json(&list, "team", "list")
	if len(list.Teams) != 2 {
		t.Fatalf("%+v", list)
	}
	for _, team := range list.Teams {
		if team.Name == "老兵巡逻队" && (team.Captain != "王建国" || team.Members != 2 || team.Kind != "治安巡逻队") {
			t.Errorf("%+v", team)
		}
		if team.Name == "第一分队" && (team.Parent != "老兵巡逻队" || team.Village != "鹤望里社区") {
			t.Errorf("%+v", team)
		}
	}
	var found people
	w.json(&found, "volunteer", "list", "--team", "老兵巡逻队")
	if len(found.Volunteers) != 2 || found.Volunteers[0].Team != "老兵巡逻队" {
		t.Errorf("%+v", found)
	}
	w.good("team", "edit", "第一分队", "--officer", "社区民警")
	w.good("team", "leave", "老兵巡逻队", "李卫东", "--to", "2026-10-19")
	w.json(&found, "volunteer", "list", "--team", "老兵巡逻队")
	if len(found.Volunteers) != 1 {
		t.Errorf("%+v", found)
	}
	if text := w.good("team", "show", "老兵巡逻队"); !strings.Contains(text, "2026-10-19") || !strings.Contains(text, "队长") {
		t.Error(text)
	}
	w.bad(1, record.CodeTeamNameTaken, "team", "found", "--name", "第一分队", "--kind", "综合服务队")
	w.bad(1, record.CodeRequired, "team", "found", "--name", "没有类别")
	w.bad(1, record.CodeUnknownCode, "team", "found", "--name", "新队", "--kind", "足球队")
	w.bad(1, record.CodeTeamCycle, "team", "edit", "老兵巡逻队", "--parent", "第一分队")
	w.bad(1, record.CodeVillageUnknown, "team", "edit", "第一分队", "--village", "没有的社区")
	w.bad(1, record.CodeAlreadyMember, "team", "join", "老兵巡逻队", wang.ID)
	w.bad(1, record.CodeNotFound, "team", "leave", "老兵巡逻队", "李卫东")
	w.bad(1, record.CodeNotFound, "team", "join", "老兵巡逻队", "没有这个人", "李卫东")
}

func TestBrands(t *testing.T) {
	w := newStation(t)
	w.good("team", "found", "--name", "老兵巡逻队", "--kind", "治安巡逻队")
	w.good("brand", "create", "--name", "老兵守望", "--slogan", "守望邻里", "--started", "2026-03-05", "--team", "老兵巡逻队")
	var list struct {
		Brands []struct {
			ID      string `json:"id"`
			Name    string `json:"name"`
			Slogan  string `json:"slogan"`
			Started string `json:"started"`
			Team    string `json:"team"`
		} `json:"brands"`
	}
	w.json(&list, "brand", "list")
	if len(list.Brands) != 1 || list.Brands[0].Team != "老兵巡逻队" || list.Brands[0].Started != "2026-03-05" {
		t.Errorf("%+v", list)
	}
	w.bad(1, record.CodeRequired, "brand", "create")
	w.bad(1, record.CodeDateFuture, "brand", "create", "--name", "明天的", "--started", "2027-01-01")
}

func TestCardOfAPerson(t *testing.T) {
	w := newStation(t)
	w.good("volunteer", "add", "--name", "王建国", "--id-number", idWang, "--address", "平安里1号", "--agreement-date", "2026-01-05")
	masked := w.good("volunteer", "show", "王建国", "--json")
	if strings.Contains(masked, "平安里") || strings.Contains(masked, "0701") {
		t.Error(masked)
	}
	w.run("volunteer", "show", "王建国", "--json", "--unmask", "--reason", "本人来查")
	if whole := w.out.String(); !strings.Contains(whole, "平安里1号") || !strings.Contains(whole, "1985-07-01") {
		t.Error(whole)
	}
}
