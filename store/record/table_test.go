package record_test

import (
	"testing"

	"rongyuan/store/record"
)

func tables() []record.Table {
	return []record.Table{
		record.Roles(), record.ActivityStates(), record.Lines(), record.SubLines(), record.ActivityKinds(), record.Spirits(),
		record.Sources(), record.Sexes(), record.Politics(), record.Educations(), record.Ethnics(), record.PersonKinds(),
		record.Branches(), record.DischargeKinds(), record.ServiceRanks(), record.Skills(), record.ServiceCategories(),
		record.TeamKinds(), record.TeamRoles(), record.Statuses(),
	}
}

func TestTablesMeanOneThingByOneWord(t *testing.T) {
	names := map[string]bool{}
	for _, table := range tables() {
		if table.Name == "" || names[table.Name] || len(table.Terms) == 0 {
			t.Errorf("table %q: no name, a second one or empty", table.Name)
		}
		names[table.Name] = true
		owner := map[string]string{}
		for _, term := range table.Terms {
			for _, word := range append([]string{term.Code, term.Name}, term.Words...) {
				if other, taken := owner[word]; taken {
					t.Errorf("%s: %q means %s and %s", table.Name, word, other, term.Code)
				}
				owner[word] = term.Code
				if code, ok := table.CodeOf(" " + word + "\u3000"); !ok || code != term.Code {
					t.Errorf("%s: %q is read as %q", table.Name, word, code)
				}
			}
			if table.NameOf(term.Code) != term.Name || !table.Has(term.Code) {
				t.Errorf("%s: %s is not found", table.Name, term.Code)
			}
		}
		if table.Has("") || table.Has("no such code") || table.NameOf("no such code") != "no such code" {
			t.Errorf("%s knows what it should not", table.Name)
		}
	}
}

func TestCodeOf(t *testing.T) {
	for _, c := range []struct {
		table record.Table
		word  string
		want  string
	}{
		{record.Politics(), "党员", "01"},
		{record.Politics(), "中 共 党 员", "01"},
		{record.Politics(), "群众", "13"},
		{record.Politics(), "团员", "03"},
		{record.Ethnics(), "汉", "01"},
		{record.Ethnics(), "满族", "11"},
		{record.Ethnics(), "基诺族", "56"},
		{record.Ethnics(), "外国血统", "98"},
		{record.Educations(), "大专", "30"},
		{record.Educations(), "本科", "20"},
		{record.Sexes(), "男", "1"},
		{record.Sexes(), "１", "1"},
		{record.Branches(), "二炮", "second_artillery"},
		{record.PersonKinds(), "退伍军人", "2"},
		{record.TeamRoles(), "队长", "captain"},
		{record.Sexes(), "", ""},
		{record.Sexes(), "　", ""},
		{record.Ethnics(), "火星族", ""},
	} {
		got, ok := c.table.CodeOf(c.word)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q is %q", c.table.Name, c.word, got)
		}
	}
}

func TestTablesHaveTheStandardsSize(t *testing.T) {
	for _, c := range []struct {
		table record.Table
		terms int
	}{
		{record.Ethnics(), 58},
		{record.Politics(), 13},
		{record.Lines(), 7},
		{record.SubLines(), 7 + 7 + 6 + 6 + 7 + 6 + 7},
		{record.ServiceCategories(), 22},
		{record.TeamKinds(), 14},
		{record.Spirits(), 5},
	} {
		if len(c.table.Terms) != c.terms {
			t.Errorf("%s has %d terms, want %d", c.table.Name, len(c.table.Terms), c.terms)
		}
	}
	total := 0
	for _, line := range record.Lines().Terms {
		subs := record.SubLinesOf(line.Code)
		total += len(subs.Terms)
		for _, term := range subs.Terms {
			if term.Code[:2] != line.Code+"." {
				t.Errorf("%s stands under line %s", term.Code, line.Code)
			}
		}
	}
	if total != len(record.SubLines().Terms) {
		t.Errorf("%d of %d sub-codes stand under a line", total, len(record.SubLines().Terms))
	}
}

func TestStationCode(t *testing.T) {
	for code, valid := range map[record.StationCode]bool{
		"120103004": true, "120103004001": true, "": false, "12010300": false, "1201030040": false, "12010300A": false, "１２０１０３": false,
	} {
		if code.Valid() != valid {
			t.Errorf("%q valid: %v", code, !valid)
		}
	}
	if record.StationCode("120103004").District() != "120103" || record.StationCode("1201").District() != "" {
		t.Error("the district is the first six digits")
	}
}

func TestPlanCountsItsVerdicts(t *testing.T) {
	var plan record.Plan
	if plan.Count(record.VerdictNew) != 0 || plan.Len() != 0 {
		t.Error("an empty plan has rows")
	}
	for _, v := range []record.Verdict{record.VerdictNew, record.VerdictError, record.VerdictNew} {
		plan.Add(&record.Decision{Verdict: v})
	}
	if plan.Count(record.VerdictNew) != 2 || plan.Count(record.VerdictError) != 1 || plan.Count(record.VerdictSame) != 0 {
		t.Error("miscounted")
	}
}
