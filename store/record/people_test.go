package record_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// finding is a problem in short: level field code.
func findings(p record.Problems) []string {
	var out []string
	for _, one := range p {
		out = append(out, fmt.Sprintf("%s %s %s", one.Level, one.Field, one.Code))
	}
	slices.Sort(out)
	return out
}

func wantFindings(t *testing.T, got record.Problems, want ...string) {
	t.Helper()
	slices.Sort(want)
	if !slices.Equal(findings(got), want) {
		t.Errorf("found\n\t%s\nwant\n\t%s", strings.Join(findings(got), "\n\t"), strings.Join(want, "\n\t"))
	}
}

// volunteer is a person without faults.
func volunteer() record.Volunteer {
	return record.Volunteer{
		ID: "p1", Version: 1, Name: "王建国", IDNumber: "129999198507011239", Sex: record.Male, Birth: "1985-07-01",
		Ethnic: "01", Phones: []string{"13800001234"}, Village: "120103004001", Politics: "01", Education: "60",
		Skills: []string{"s01"}, Categories: []string{"c01"}, Veteran: true, Serving: true, Kind: "2",
		Enlisted: "2003-12", Discharged: "2005-12", Branch: "army", Rank: "conscript", DischargeKind: "self",
		Joined: "2026-01-05", Agreement: record.Agreement{Date: "2026-01-05", Version: record.AgreementVersion, Way: "paper"},
		Emergency: record.Contact{Name: "李秀英", Relation: "配偶", Phone: "13900001234"},
		Status:    record.StatusActive, StatusSince: "2026-01-05",
	}
}

func TestVolunteerCheck(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*record.Volunteer)
		want   []string
	}{
		{"nothing wrong", func(*record.Volunteer) {}, nil},
		{"no name", func(v *record.Volunteer) { v.Name = " " }, []string{"error name required"}},
		{"private-use character", func(v *record.Volunteer) { v.Name = "王\ue000" }, []string{"review name name_private_use"}},
		{"no number", func(v *record.Volunteer) { v.IDNumber = "" }, []string{"review id_number id_missing"}},
		{"wrong number", func(v *record.Volunteer) { v.IDNumber = "129999198507011238" }, []string{"error id_number id_checksum"}},
		{"other sex", func(v *record.Volunteer) { v.Sex = record.Female }, []string{"warning sex id_sex"}},
		{"sex unknown", func(v *record.Volunteer) { v.Sex = record.SexUnknown }, nil},
		{"sex unstated", func(v *record.Volunteer) { v.Sex = record.SexUnstated }, nil},
		{"no such sex", func(v *record.Volunteer) { v.Sex = "3" }, []string{"warning sex id_sex", "error sex unknown_code"}},
		{"other birth", func(v *record.Volunteer) { v.Birth = "1985-07-02" }, []string{"warning birth id_birth_given"}},
		{"birth as far as known", func(v *record.Volunteer) { v.Birth = "1985-07" }, nil},
		{"birth is no date", func(v *record.Volunteer) { v.Birth = "1985-13" }, []string{"error birth date", "warning birth id_birth_given"}},
		{"born in the future", func(v *record.Volunteer) { v.IDNumber, v.Birth, v.Enlisted, v.Discharged = "", "2027", "", "" }, []string{"review id_number id_missing", "error birth date_future"}},
		{"bad phone", func(v *record.Volunteer) { v.Phones = []string{"13800001234", "12", "34"} }, []string{"error phones phone"}},
		{"discharged before enlisting", func(v *record.Volunteer) { v.Discharged = "2002" }, []string{"error discharged date_order"}},
		{"discharged in the year of enlisting", func(v *record.Volunteer) { v.Discharged = "2003" }, nil},
		{"enlisted before birth", func(v *record.Volunteer) { v.Enlisted = "1984" }, []string{"error enlisted date_order"}},
		{"discharged in the future", func(v *record.Volunteer) { v.Discharged = "2026-12" }, []string{"warning discharged date_future"}},
		{"discharged this month", func(v *record.Volunteer) { v.Discharged = "2026-11" }, nil},
		{"joined on no day", func(v *record.Volunteer) { v.Joined = "2026-02-30" }, []string{"error joined date"}},
		{"joined in the future", func(v *record.Volunteer) { v.Joined = "2026-11-21" }, []string{"error joined date_future"}},
		{"status since no day", func(v *record.Volunteer) { v.StatusSince = "soon" }, []string{"error status_since date"}},
		{"notice in the future", func(v *record.Volunteer) { v.Notice.Date = "2027-01-01" }, []string{"error notice_date date_future"}},
		{"no agreement", func(v *record.Volunteer) { v.Agreement = record.Agreement{} }, []string{"error agreement_date agreement", "error agreement_version required"}},
		{"agreement tomorrow", func(v *record.Volunteer) { v.Agreement.Date = "2026-11-21" }, []string{"error agreement_date date_future"}},
		{"agreement on no day", func(v *record.Volunteer) { v.Agreement.Date = "2026-11" }, []string{"error agreement_date date"}},
		{"served only, no agreement", func(v *record.Volunteer) { v.Serving, v.Agreement = false, record.Agreement{} }, nil},
		{"minor", func(v *record.Volunteer) {
			v.IDNumber, v.Birth, v.Enlisted, v.Discharged = record.IDNumber(withCheck("12999920081121123")), "2008-11-21", "", ""
		}, []string{"warning birth minor"}},
		{"of age today", func(v *record.Volunteer) {
			v.IDNumber, v.Birth, v.Enlisted, v.Discharged = record.IDNumber(withCheck("12999920081120123")), "2008-11-20", "", ""
		}, nil},
		{"unknown codes", func(v *record.Volunteer) {
			v.Ethnic, v.Politics, v.Education, v.Kind, v.Branch = "99", "99", "99", "99", "air force"
			v.Rank, v.DischargeKind, v.Status, v.Skills, v.Categories = "general", "fired", "lost", []string{"s99"}, []string{"c99"}
		}, []string{
			"error ethnic unknown_code", "error politics unknown_code", "error education unknown_code", "error kind unknown_code",
			"error branch unknown_code", "error rank unknown_code", "error discharge_kind unknown_code", "error status unknown_code",
			"error skills unknown_code", "error categories unknown_code",
		}},
		{"village is no code", func(v *record.Volunteer) { v.Village = "东风里" }, []string{"error village unknown_code"}},
		{"long texts", func(v *record.Volunteer) {
			v.Address, v.Note, v.Number = strings.Repeat("长", 201), strings.Repeat("长", 1001), strings.Repeat("1", 41)
		}, []string{"error address too_long", "error note too_long", "error number too_long"}},
		{"long texts that just fit", func(v *record.Volunteer) {
			v.Address, v.Note = strings.Repeat("长", 200), strings.Repeat("长", 999)+"\n"
		}, nil},
		{"direction override", func(v *record.Volunteer) { v.Employer = "厂\u202e" }, []string{"error employer control_chars"}},
		{"emergency phone", func(v *record.Volunteer) { v.Emergency.Phone = "110" }, []string{"error emergency_phone phone"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := volunteer()
			c.change(&v)
			wantFindings(t, v.Check(today), c.want...)
		})
	}
}

func TestVolunteerComplete(t *testing.T) {
	typed := record.Volunteer{Name: "张　三", IDNumber: "12999919701001005x", Serving: true, Agreement: record.Agreement{Date: "2026-11-03"}}
	got := typed.Complete(today)
	if got.Name != "张三" || got.IDNumber != "12999919701001005X" || got.Birth != "1970-10-01" || got.Sex != record.Male {
		t.Errorf("%+v", got)
	}
	if got.Status != record.StatusActive || got.StatusSince != today || got.Joined != "2026-11-03" {
		t.Errorf("%+v", got)
	}
	if again := got.Complete("2027-01-01"); !reflect.DeepEqual(again, got) {
		t.Errorf("completing twice changes %+v", again)
	}
	for _, c := range []struct {
		name      string
		in        record.Volunteer
		unchanged func(record.Volunteer) bool
	}{
		{"a birth that was typed", record.Volunteer{IDNumber: "129999198507011239", Birth: "1985"}, func(v record.Volunteer) bool { return v.Birth == "1985" }},
		{"a sex that was typed", record.Volunteer{IDNumber: "129999198507011239", Sex: record.Female}, func(v record.Volunteer) bool { return v.Sex == record.Female }},
		{"a wrong number", record.Volunteer{IDNumber: "129999198507011238"}, func(v record.Volunteer) bool { return v.IDNumber == "129999198507011238" && v.Birth == "" }},
		{"a bad name", record.Volunteer{Name: " 1 "}, func(v record.Volunteer) bool { return v.Name == " 1 " }},
		{"a status", record.Volunteer{Status: record.StatusMoved, StatusSince: "2026-02-01"}, func(v record.Volunteer) bool { return v.Status == record.StatusMoved && v.StatusSince == "2026-02-01" }},
		{"who is served only", record.Volunteer{Name: "王建国"}, func(v record.Volunteer) bool { return v.Joined == "" }},
		{"a joining day", record.Volunteer{Serving: true, Joined: "2020-01-01"}, func(v record.Volunteer) bool { return v.Joined == "2020-01-01" }},
	} {
		if got := c.in.Complete(today); !c.unchanged(got) {
			t.Errorf("%s does not stay: %+v", c.name, got)
		}
	}
	if got := (record.Volunteer{Serving: true}).Complete(today); got.Joined != today {
		t.Errorf("without an agreement the joining day is %s", got.Joined)
	}
	if got := (record.Volunteer{IDNumber: "129999198507011239", Sex: record.SexUnknown}).Complete(today); got.Sex != record.Male {
		t.Error("an unknown sex is not filled")
	}
}

func TestActiveOn(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*record.Volunteer)
		on     record.Day
		want   bool
	}{
		{"on the day of joining", func(*record.Volunteer) {}, "2026-01-05", true},
		{"the day before", func(*record.Volunteer) {}, "2026-01-04", false},
		{"served only", func(v *record.Volunteer) { v.Serving = false }, today, false},
		{"never joined", func(v *record.Volunteer) { v.Joined = "" }, today, false},
		{"paused", func(v *record.Volunteer) { v.Status = record.StatusPaused }, today, true},
		{"left, before it", func(v *record.Volunteer) { v.Status, v.StatusSince = record.StatusLeft, "2026-06-01" }, "2026-05-31", true},
		{"left, on the day", func(v *record.Volunteer) { v.Status, v.StatusSince = record.StatusLeft, "2026-06-01" }, "2026-06-01", false},
		{"withdrawn", func(v *record.Volunteer) { v.Withdrawn = true }, today, false},
	} {
		v := volunteer()
		c.change(&v)
		if v.ActiveOn(c.on) != c.want {
			t.Errorf("%s: %v", c.name, !c.want)
		}
	}
}

func TestPartyAndVeteranKinds(t *testing.T) {
	for _, term := range record.Politics().Terms {
		if record.PartyMember(term.Code) != strings.Contains(term.Name, "党员") {
			t.Errorf("%s", term.Name)
		}
	}
	for kind, want := range map[string]bool{"1": true, "2": true, "4": false, "7": true, "12": false, "21": false, "": false, "1 2": false} {
		if record.VeteranKind(kind) != want {
			t.Errorf("kind %q a veteran: %v", kind, !want)
		}
	}
}

func TestTeamCheck(t *testing.T) {
	good := record.Team{ID: "t1", Name: "河西一队", Kind: "t01", Founded: "2021-06-01", Slogan: "退役不褪色"}
	for _, c := range []struct {
		name   string
		change func(*record.Team)
		want   []string
	}{
		{"nothing wrong", func(*record.Team) {}, nil},
		{"empty", func(v *record.Team) { v.Name, v.Kind = "　", "" }, []string{"error name required", "error kind required"}},
		{"unknown kind", func(v *record.Team) { v.Kind = "t99" }, []string{"error kind unknown_code"}},
		{"above itself", func(v *record.Team) { v.Parent = "t1" }, []string{"error parent team_cycle"}},
		{"under another", func(v *record.Team) { v.Parent = "t2" }, nil},
		{"new, without a parent", func(v *record.Team) { v.ID = "" }, nil},
		{"founded on no day", func(v *record.Team) { v.Founded = "2021" }, []string{"error founded date"}},
		{"founded tomorrow", func(v *record.Team) { v.Founded = "2026-11-21" }, []string{"error founded date_future"}},
		{"dissolved before", func(v *record.Team) { v.Dissolved = "2021-05-31" }, []string{"error dissolved date_order"}},
		{"dissolved the same day", func(v *record.Team) { v.Dissolved = "2021-06-01" }, nil},
		{"long name", func(v *record.Team) { v.Name = strings.Repeat("队", 61) }, []string{"error name too_long"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			team := good
			c.change(&team)
			wantFindings(t, team.Check(today), c.want...)
		})
	}
}

func TestMembership(t *testing.T) {
	good := record.Membership{Team: "t1", Volunteer: "p1", Role: "member", From: "2026-01-05"}
	for _, c := range []struct {
		name   string
		change func(*record.Membership)
		want   []string
	}{
		{"nothing wrong", func(*record.Membership) {}, nil},
		{"empty", func(m *record.Membership) { *m = record.Membership{} }, []string{
			"error team required", "error volunteer required", "error role required", "error from required",
		}},
		{"unknown role", func(m *record.Membership) { m.Role = "general" }, []string{"error role unknown_code"}},
		{"from tomorrow", func(m *record.Membership) { m.From = "2026-11-21" }, []string{"error from date_future"}},
		{"ends before it begins", func(m *record.Membership) { m.To = "2026-01-04" }, []string{"error to date_order"}},
		{"ends on no day", func(m *record.Membership) { m.To = "9999" }, []string{"error to date"}},
		{"ends next year", func(m *record.Membership) { m.To = "2027-12-31" }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := good
			c.change(&m)
			wantFindings(t, m.Check(today), c.want...)
		})
	}
	good.To = "2026-06-30"
	for day, want := range map[record.Day]bool{"2026-01-04": false, "2026-01-05": true, "2026-06-30": true, "2026-07-01": false} {
		if good.On(day) != want {
			t.Errorf("on %s: %v", day, !want)
		}
	}
	good.To = ""
	if !good.On("2999-01-01") {
		t.Error("an open membership ends")
	}
}

func TestBrandCheck(t *testing.T) {
	good := record.Brand{Name: "老兵护河", Started: "2024-03-05"}
	wantFindings(t, good.Check(today))
	wantFindings(t, record.Brand{}.Check(today), "error name required")
	good.Ended = "2024-03-04"
	wantFindings(t, good.Check(today), "error ended date_order")
	good.Started, good.Ended, good.Content = "2024-02-30", "2027-01-01", strings.Repeat("长", 2001)
	wantFindings(t, good.Check(today), "error started date", "error ended date_future", "error content too_long")
}

func TestErrorsCarryTheirCode(t *testing.T) {
	var p record.Problems
	p.Add(record.LevelWarning, "birth", record.CodeMinor)
	if p.Err() != nil || p.Has(record.CodeRequired) || !p.Has(record.CodeMinor) {
		t.Error("a warning stops a record")
	}
	p.Add(record.LevelError, "name", record.CodeTooLong, "50")
	p.Add(record.LevelError, "kind", record.CodeRequired)
	err := fmt.Errorf("save: %w", p.Err())
	if record.CodeOf(err) != record.CodeTooLong || !errors.Is(err, record.Fail(record.CodeTooLong)) || errors.Is(err, record.Fail(record.CodeRequired)) {
		t.Errorf("%v", err)
	}
	var e *record.Error
	if !errors.As(err, &e) || e.Field != "name" || e.Args[0] != "50" || len(e.Problems) != 3 {
		t.Errorf("%+v", e)
	}
	cause := errors.New("disk gone")
	wrapped := record.FailField("file", record.CodeFileUnread).Because(cause)
	if !errors.Is(wrapped, cause) || wrapped.Error() != "file_unreadable (file): disk gone" {
		t.Errorf("%v", wrapped)
	}
	if record.CodeOf(nil) != "" || record.CodeOf(cause) != record.CodeInternal {
		t.Error("CodeOf without a code")
	}
}
