package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"rongyuan/store/record"
)

// The oracle: search, order and hints said once more, slowly and plainly, over
// a list of people.

type oracle struct{ people []*Person }

func (o *oracle) put(p *Person) {
	o.people = slices.DeleteFunc(o.people, func(old *Person) bool { return old.ID == p.ID })
	o.people = append(o.people, p)
}

// oracleName is a name as characters with their readings, the usual one first.
type oracleName []struct {
	char     rune
	readings []string
}

func oracleNameOf(name string) (out oracleName) {
	own := surnameReading(name)
	for _, r := range strings.ToLower(name) {
		if !unicode.IsLetter(r) {
			continue
		}
		readings := readingsOf(r)
		if i := len(out); i < len(own) {
			readings = append([]string{own[i]}, slices.DeleteFunc(readings, func(s string) bool { return s == own[i] })...)
		}
		out = append(out, struct {
			char     rune
			readings []string
		}{r, readings})
	}
	return out
}

func (o *oracle) before(a, b *Person) int {
	one, two := oracleNameOf(a.Name), oracleNameOf(b.Name)
	for i := range min(len(one), len(two)) {
		spelled := func(n oracleName) string {
			if len(n[i].readings) == 0 {
				return "~"
			}
			return n[i].readings[0]
		}
		if by := cmp.Or(strings.Compare(spelled(one), spelled(two)), cmp.Compare(one[i].char, two[i].char)); by != 0 {
			return by
		}
	}
	return cmp.Or(cmp.Compare(len(one), len(two)), strings.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}

// parse is one way in which a name accounts for what was typed.
type parse struct {
	literal, initials, whole, rare bool
	cut                            bool // ends within a reading
	end                            int  // characters used
}

func parses(name oracleName, typed []rune) (out []parse) {
	if len(typed) == 0 {
		return []parse{{literal: true, initials: true, whole: true}}
	}
	if len(name) == 0 {
		return nil
	}
	rest := func(n int, with func(*parse)) {
		for _, one := range parses(name[1:], typed[n:]) {
			one.end++
			with(&one)
			out = append(out, one)
		}
	}
	if typed[0] == name[0].char {
		rest(1, func(*parse) {})
	}
	for i, reading := range name[0].readings {
		for n := 1; n <= min(len(reading), len(typed)) && string(typed[:n]) == reading[:n]; n++ {
			last := n == len(typed)
			rest(n, func(p *parse) {
				p.literal = false
				p.initials = p.initials && n == 1
				p.whole = p.whole && (n == len(reading) || last)
				p.cut = p.cut || (last && n < len(reading))
				p.rare = p.rare || i > 0
			})
		}
	}
	return out
}

func (p parse) score(length int, literal bool) int {
	all, score := p.end == length, 0
	switch {
	case literal && all:
		return 100
	case literal:
		return 80
	case p.whole && all && !p.cut:
		score = 95
	case p.initials && all:
		score = 90
	case p.initials:
		score = 70
	case p.whole && !p.cut:
		score = 65
	case p.whole:
		score = 60
	case all:
		score = 55
	default:
		score = 50
	}
	if p.rare {
		score -= 5
	}
	return score
}

func oracleScoreName(name oracleName, typed []rune) int {
	literal := !slices.ContainsFunc(typed, func(r rune) bool { return r >= 'a' && r <= 'z' })
	best := 0
	for i := range name {
		for _, p := range parses(name[i:], typed) {
			score := p.score(len(name), literal)
			switch {
			case i > 0 && literal:
				score = 60
			case i > 0 && p.rare:
				score = 35
			case i > 0:
				score = 40
			}
			best = max(best, score)
		}
	}
	return best
}

func oracleFold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

func oracleScore(p *Person, typed string) int {
	typed = strings.ReplaceAll(oracleFold(typed), "ü", "v")
	if typed == "" {
		return 1
	}
	if !strings.ContainsFunc(typed, unicode.IsDigit) {
		return oracleScoreName(oracleNameOf(p.Name), []rune(typed))
	}
	best := 0
	for _, one := range []struct {
		text string
		end  int
	}{{p.Number, 50}, {string(p.IDNumber), 80}} {
		best = max(best, oracleScoreEnd(oracleFold(one.text), typed, one.end))
	}
	for _, phone := range p.Phones {
		phone = oracleFold(phone)
		best = max(best, oracleScoreEnd(phone, typed, 70))
		if len(typed) >= 3 && strings.HasPrefix(phone, typed) {
			best = max(best, 40)
		}
	}
	return best
}

func oracleScoreEnd(text, typed string, end int) int {
	switch {
	case text == typed:
		return 100
	case strings.HasSuffix(text, typed):
		return end
	}
	return 0
}

func (o *oracle) find(f PeopleFilter) (ids []record.VolunteerID) {
	type hit struct {
		p     *Person
		score int
	}
	var hits []hit
	for _, p := range o.people {
		score := oracleScore(p, f.Text)
		if score > 0 && !p.hidden() && (!f.Serving || p.Serving) && (!f.Veteran || p.Veteran) &&
			(f.Village == "" || p.Village == f.Village) && (f.Status == "" || p.Status == f.Status) {
			hits = append(hits, hit{p, score})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(b.score-a.score, o.before(a.p, b.p)) })
	for _, h := range hits {
		ids = append(ids, h.p.ID)
	}
	if f.Limit > 0 {
		ids = ids[:min(f.Limit, len(ids))]
	}
	return ids
}

func (o *oracle) alike(v record.Volunteer) (ids []record.VolunteerID) {
	people := slices.SortedFunc(slices.Values(o.people), o.before)
	for _, by := range likenesses {
		for _, p := range people {
			found := ""
			switch {
			case p.ID == v.ID || p.hidden():
			case v.IDNumber != "" && p.IDNumber == v.IDNumber:
				found = "id_number"
			case v.Name == "" || p.Name != v.Name:
			case slices.ContainsFunc(v.Phones, func(one string) bool { return slices.Contains(p.Phones, one) }):
				found = "phones"
			case v.Birth != "" && p.Birth == v.Birth && (v.IDNumber == "" || p.IDNumber == ""):
				found = "birth"
			}
			if found == by {
				ids = append(ids, p.ID)
			}
		}
	}
	return ids
}

var (
	someNames = rapid.OneOf(
		rapid.StringOfN(rapid.SampledFrom([]rune("王李单仇区盖尉迟曾解查任华朴翟缪乐吕女万俟长孙建国卫安西先林娜一㛃䶮")), 2, 4, -1),
		rapid.SampledFrom([]string{"尉迟长乐", "万俟单", "买买提·吐尔逊", "阿卜杜热合曼·阿卜杜拉", "J. Smith", "Li Na", "欧阳文博", "王建国", "王建国", "王建"}),
	)
	someNumbers = rapid.SampledFrom([]string{"", "12999919850701123X", "129999198507011239", "129999198507021239", "12999919850701124X"})
	somePhones  = rapid.SliceOfN(rapid.SampledFrom([]string{
		"19900001234", "19900001235", "13811112222", "022-12345678", "022-12345678-1234567", "1234567",
	}), 0, 3)
	someQueries = rapid.OneOf(
		someNames,
		rapid.StringOfN(rapid.SampledFrom([]rune("wjglisdanxuyvoqchzmpe")), 1, 4, -1),
		rapid.SampledFrom([]string{
			"wangjg", "wjianguo", "WANG JIAN GUO", "shanxiao", "lv", "lü", "yuchi", "yuchicl", "moqi", "ouyangwb", "xian", "王jg",
			"国", "x", "1", "34", "123x", "239", "1990", "138", "138-1111-2222", "022", "2345678", "18", "津a-001", "a001", "00012",
			"120103004-00012", "129999198507011239", "7011239", "  ", "·", "smith", "js", "㛃", "l女", "nv",
		}),
	)
)

func somebody(t *rapid.T) *Person {
	return &Person{
		ID:     record.VolunteerID(fmt.Sprintf("01a2b3c4-d5e6-7f00-8000-%012d", rapid.IntRange(0, 25).Draw(t, "id"))),
		Number: rapid.SampledFrom([]string{"", "120103004-00012", "120103004-00013", "津A-001"}).Draw(t, "number"),
		Name:   someNames.Draw(t, "name"), IDNumber: record.IDNumber(someNumbers.Draw(t, "id number")), Phones: somePhones.Draw(t, "phones"),
		Birth:   rapid.SampledFrom([]record.Date{"", "1985-07-01", "1985-07"}).Draw(t, "birth"),
		Village: rapid.SampledFrom([]string{"", "东风里", "120103004001"}).Draw(t, "village"),
		Veteran: rapid.Bool().Draw(t, "veteran"), Serving: rapid.Bool().Draw(t, "serving"),
		Status:    rapid.SampledFrom([]record.Status{record.StatusActive, record.StatusActive, record.StatusLeft, record.StatusSealed}).Draw(t, "status"),
		withdrawn: rapid.IntRange(0, 5).Draw(t, "withdrawn") == 0,
	}
}

// TestDirectoryAgainstOracle puts random people in, changes them, and asks.
func TestDirectoryAgainstOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, o := newDirectory(rapid.IntRange(0, 30).Draw(t, "expected")), &oracle{}
		for range rapid.IntRange(1, 6).Draw(t, "rounds") {
			for range rapid.IntRange(1, 20).Draw(t, "writes") {
				p := somebody(t)
				d.put(p)
				o.put(p)
			}
			d.settle()
			for range 4 {
				askBoth(t, d, o)
			}
		}
		for _, p := range o.people {
			slot, has := d.slot(p.ID)
			if got := d.at(slot, record.RoleClerk); !has || got.text() != p.text() || got.Number != p.Number || got.Status != p.Status ||
				got.Veteran != p.Veteran || got.Serving != p.Serving {
				t.Fatalf("%+v is kept as %+v", *p, got)
			}
		}
	})
}

func askBoth(t *rapid.T, d *directory, o *oracle) {
	f := PeopleFilter{
		Serving: rapid.Bool().Draw(t, "only serving"), Veteran: rapid.Bool().Draw(t, "only veterans"),
		Village: rapid.SampledFrom([]string{"", "", "东风里", "没有"}).Draw(t, "in"),
		Status:  rapid.SampledFrom([]record.Status{"", "", record.StatusLeft}).Draw(t, "with"),
		Text:    typed(t, o), Limit: rapid.SampledFrom([]int{0, 1, 3, 20}).Draw(t, "limit"),
	}
	var got []record.VolunteerID
	for _, slot := range d.choose(queryOf(f.Text, false), d.sieve(f, nil), f.Limit) {
		got = append(got, d.id(slot))
	}
	if want := o.find(f); !slices.Equal(got, want) {
		t.Fatalf("%+v finds %v, want %v", f, names(d, got), names(d, want))
	}
	for _, p := range o.people {
		if got, want := scoreOf(d, f.Text, p.ID), oracleScore(p, f.Text); got != want {
			t.Fatalf("%s scores %d for %+v, want %d", f.Text, got, *p, want)
		}
	}
	p := somebody(t)
	v := record.Volunteer{ID: p.ID, Name: p.Name, IDNumber: p.IDNumber, Phones: p.Phones, Birth: p.Birth}
	got = nil
	for _, slots := range d.alike(v) {
		for _, slot := range slots {
			got = append(got, d.id(slot))
		}
	}
	if want := o.alike(v); !slices.Equal(got, want) {
		t.Fatalf("like %+v are %v, want %v", v, names(d, got), names(d, want))
	}
}

func scoreOf(d *directory, typed string, id record.VolunteerID) int {
	q := queryOf(typed, false)
	slot, _ := d.slot(id)
	switch {
	case q.asksNothing():
		return 1
	case q.digits:
		return q.scoreNumbers(d.numbersOf(slot))
	}
	var name []*glyph
	for _, g := range d.spellingOf(slot) {
		name = append(name, &d.glyphs.all[g])
	}
	from := q.over(d.glyphs.all).find(d.spellingOf(slot))
	if from < 0 {
		return 0
	}
	return q.scoreName(name, from)
}

// typed is a query made up, or one that somebody would type for a person: some
// characters of the name, each in its own manner, or the end of a number.
func typed(t *rapid.T, o *oracle) string {
	p := rapid.SampledFrom(o.people).Draw(t, "meant")
	switch rapid.IntRange(0, 3).Draw(t, "kind of query") {
	case 0:
		return someQueries.Draw(t, "typed")
	case 1:
		of := rapid.SampledFrom(append([]string{p.Number, string(p.IDNumber)}, p.Phones...)).Draw(t, "of")
		return of[rapid.IntRange(0, len(of)).Draw(t, "from"):]
	}
	name, out := oracleNameOf(p.Name), ""
	from := rapid.SampledFrom([]int{0, 0, len(name) / 2}).Draw(t, "from")
	for _, c := range name[from : from+rapid.IntRange(0, len(name)-from).Draw(t, "characters")] {
		spelled := append(slices.Clone(c.readings), string(c.char))
		one := spelled[rapid.IntRange(0, len(spelled)-1).Draw(t, "reading")]
		switch rapid.IntRange(0, 4).Draw(t, "manner") {
		case 0, 1:
			one = string([]rune(one)[:1])
		case 2:
			one = one[:max(len(one)-1, len(string([]rune(one)[:1])))]
		}
		out += one
	}
	return out
}

func names(d *directory, ids []record.VolunteerID) (out []string) {
	for _, id := range ids {
		slot, _ := d.slot(id)
		out = append(out, fmt.Sprintf("%s %s", id[len(id)-2:], d.field(slot, fieldName)))
	}
	return out
}

// A role that sees masked numbers must not learn one by asking for more and
// more of it.
func TestMaskedSearchTellsNothing(t *testing.T) {
	d := newDirectory(1)
	d.put(&Person{ID: "1", Name: "王建国", Number: "120103004-00012", IDNumber: "129999198507011239", Phones: []string{"19900001234", "1234567"}})
	d.settle()
	for typed, want := range map[string]bool{
		"1239": true, "239": true, "1234": true, "199": true, "00012": true, "12010300400012": true, "wjg": true,
		"11239": false, "129999198507011239": false, "01234": false, "1990": false, "19900001234": false, "567": false, "1234567": false,
	} {
		if got := len(d.choose(queryOf(typed, true), d.sieve(PeopleFilter{}, nil), 5)) == 1; got != want {
			t.Errorf("%s finds the person: %v", typed, got)
		}
	}
}

func TestWipeLeavesNothing(t *testing.T) {
	d := newDirectory(4)
	for i := range 5000 {
		d.put(&Person{ID: record.VolunteerID(fmt.Sprint(i)), Name: "王建国", IDNumber: "129999198507011239", Phones: []string{"19900001234"}})
	}
	d.put(&Person{ID: "7", Name: "王建国", Village: strings.Repeat("里", 10), Phones: slices.Repeat([]string{"19900001234"}, pageSize/8)})
	d.settle()
	if got := d.at(7, record.RoleClerk); len(got.Phones) != pageSize/8 {
		t.Errorf("%d telephones of a row longer than a page", len(got.Phones))
	}
	pages, ids, spelled := d.texts.pages, d.ids, d.spelled
	d.wipe()
	for i, page := range pages {
		if slices.ContainsFunc(page, func(b byte) bool { return b != 0 }) {
			t.Fatalf("page %d still has text", i)
		}
	}
	if slices.ContainsFunc(ids, func(n tail) bool { return n != 0 }) || slices.ContainsFunc(spelled, func(g uint16) bool { return g != 0 }) {
		t.Error("a column still has values")
	}
}
