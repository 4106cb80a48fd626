package record

import (
	"reflect"
	"slices"
	"strings"
	"sync"
)

// mergeField is a field of a person as an import treats it.
type mergeField struct {
	at   int
	name string
	// protected fields never change without a person's word; kept ones, once
	// known, are not the roster's to change: agreement and joining belong to the
	// registration. Of dated ones, what is less precise is no news.
	protected, kept, dated bool
}

var mergeFields = sync.OnceValue(func() []mergeField {
	of := reflect.TypeFor[Volunteer]()
	var out []mergeField
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		if name == "-" || name == "withdrawn" {
			continue
		}
		out = append(out, mergeField{
			at: i, name: name,
			protected: slices.Contains([]string{"name", "id_number", "birth", "sex", "status"}, name),
			kept:      slices.Contains([]string{"agreement", "notice", "joined", "number", "status_since"}, name),
			dated:     slices.Contains([]string{"birth", "enlisted", "discharged"}, name),
		})
	}
	slices.SortFunc(out, func(a, b mergeField) int { return strings.Compare(a.name, b.name) })
	return out
})

// merged is a known person with what a row adds.
type merged struct {
	after Volunteer
	// clashes are the protected fields in which both disagree, open those of
	// them that nobody has decided.
	clashes, open []string
}

// merge adds to a known person what a row says: an empty cell never empties a
// field, a list grows, and where both disagree the choice decides. Without one
// a protected field stays as it is and open, and another follows the row.
func merge(before, draft Volunteer, c Choice) merged {
	m := merged{after: before}
	have, says, into := reflect.ValueOf(&before).Elem(), reflect.ValueOf(&draft).Elem(), reflect.ValueOf(&m.after).Elem()
	for _, f := range mergeFields() {
		old := have.Field(f.at)
		value, news := f.news(says.Field(f.at), old)
		if !news {
			continue
		}
		answer, known := c.of(f.name), !blank(old)
		clash := known && f.protected
		if clash {
			m.clashes = append(m.clashes, f.name)
		}
		switch {
		case answer == AnswerTheirs, !known && c.Fields[f.name] != AnswerKeep:
			into.Field(f.at).Set(value)
		case answer == AnswerKeep:
		case clash:
			m.open = append(m.open, f.name)
		default:
			into.Field(f.at).Set(value)
		}
	}
	if m.after.VillageName != before.VillageName && draft.Village == "" {
		m.after.Village = "" // the code of another community
	}
	return m
}

// news is what a row says of a field as it would stand, and whether that is
// anything new.
func (f mergeField) news(value, old reflect.Value) (reflect.Value, bool) {
	if blank(value) || same(value, old) {
		return value, false
	}
	if blank(old) {
		return value, true
	}
	switch {
	case f.kept, f.dated && strings.HasPrefix(old.String(), value.String()):
		return value, false
	case value.Kind() == reflect.Slice:
		return grown(value, old)
	}
	if contact, is := value.Interface().(Contact); is {
		value = reflect.ValueOf(contact.over(old.Interface().(Contact)))
		return value, !same(value, old)
	}
	return value, true
}

// grown is a list with what the row adds to it before what stood there.
func grown(value, old reflect.Value) (reflect.Value, bool) {
	says, had := value.Interface().([]string), old.Interface().([]string)
	out := slices.Clone(says)
	for _, one := range had {
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return reflect.ValueOf(out), len(out) > len(had)
}

// over is a contact of whom the parts that are not given are known.
func (c Contact) over(known Contact) Contact {
	if c.Name != "" && c.Name != known.Name {
		return c
	}
	if c.Relation == "" {
		c.Relation = known.Relation
	}
	if c.Phone == "" {
		c.Phone = known.Phone
	}
	c.Name = known.Name
	return c
}

// differences are the names of the fields that differ, in order.
func differences(before, after *Volunteer) []string {
	var out []string
	a, b := reflect.ValueOf(before).Elem(), reflect.ValueOf(after).Elem()
	for _, f := range mergeFields() {
		if !same(a.Field(f.at), b.Field(f.at)) {
			out = append(out, f.name)
		}
	}
	return out
}

// Fill puts into the empty fields of v what another row says of the same
// person.
func (v *Volunteer) Fill(other Volunteer) {
	into, from := reflect.ValueOf(v).Elem(), reflect.ValueOf(&other).Elem()
	for _, f := range mergeFields() {
		if blank(into.Field(f.at)) {
			into.Field(f.at).Set(from.Field(f.at))
		}
	}
}

func blank(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return v.Len() == 0
	}
	return v.IsZero()
}

func same(a, b reflect.Value) bool {
	if a.Kind() != reflect.Slice {
		return a.Equal(b)
	}
	return slices.Equal(a.Interface().([]string), b.Interface().([]string))
}
