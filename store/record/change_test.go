package record_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"rongyuan/store/record"
)

func TestChangesOfEveryRecord(t *testing.T) {
	t.Run("volunteer", rapid.MakeCheck(changes[record.Volunteer]))
	t.Run("team", rapid.MakeCheck(changes[record.Team]))
	t.Run("membership", rapid.MakeCheck(changes[record.Membership]))
	t.Run("brand", rapid.MakeCheck(changes[record.Brand]))
	t.Run("activity", rapid.MakeCheck(changes[record.Activity]))
	t.Run("entry", rapid.MakeCheck(changes[record.Entry]))
	t.Run("station", rapid.MakeCheck(changes[record.Station]))
}

// changes draws two records that have some fields in common and checks what a
// change promises.
func changes[T any](t *rapid.T) {
	before, other := draw[T](t, "before"), draw[T](t, "other")
	after := before
	differing := mix(t, &after, other)

	change, err := record.Difference(before, after)
	if err != nil {
		t.Fatal(err)
	}
	if change.Empty() != (len(differing) == 0) || !slices.Equal(change.Fields(), differing) {
		t.Fatalf("changed %v, want %v", change.Fields(), differing)
	}
	same(t, "applied", after, applied(t, before, change))
	same(t, "applied twice", after, applied(t, after, change))
	same(t, "undone", before, applied(t, after, change.Inverse()))
	same(t, "the inverse of the inverse", change, change.Inverse().Inverse())
	same(t, "undone and done again", after, applied(t, before, change.Inverse().Inverse()))
	same(t, "after the wire", after, applied(t, before, travelled(t, change)))
	same(t, "undone after the wire", before, applied(t, after, travelled(t, change.Inverse())))

	created, err := record.Created(after)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "created", traveller(after), applied(t, *new(T), created))
	same(t, "creation undone", *new(T), applied(t, traveller(after), created.Inverse()))
}

func applied[T any](t *rapid.T, before T, c record.Change) T {
	after, err := record.Applied(before, c)
	if err != nil {
		t.Fatalf("apply %s: %v", c.Set, err)
	}
	return after
}

func travelled(t *rapid.T, c record.Change) record.Change {
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	out, err := (&record.Operation{Payload: raw}).Parse()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func same[T any](t *rapid.T, what string, want, got T) {
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("%s:\n%+v\nwant\n%+v", what, got, want)
	}
}

// draw makes a random record; about half of its fields stay empty.
func draw[T any](t *rapid.T, label string) T {
	var out T
	full := rapid.Make[T]().Draw(t, label)
	mix(t, &out, full)
	return out
}

// mix copies some fields from other and gives the JSON names of those that
// differ thereby, in order. Empty lists become nil: JSON does not tell them apart.
func mix[T any](t *rapid.T, to *T, other T) []string {
	var names []string
	dst, src := reflect.ValueOf(to).Elem(), reflect.ValueOf(other)
	for i := range dst.NumField() {
		name := jsonName(dst.Type().Field(i))
		if name == "-" || !rapid.Bool().Draw(t, name) {
			continue
		}
		value := src.Field(i)
		if value.Kind() == reflect.Slice && value.Len() == 0 {
			value = reflect.Zero(value.Type())
		}
		if !reflect.DeepEqual(dst.Field(i).Interface(), value.Interface()) {
			names = append(names, name)
			dst.Field(i).Set(value)
		}
	}
	slices.Sort(names)
	return names
}

// traveller is a record without what does not travel.
func traveller[T any](v T) T {
	r := reflect.ValueOf(&v).Elem()
	for i := range r.NumField() {
		if jsonName(r.Type().Field(i)) == "-" {
			r.Field(i).SetZero()
		}
	}
	return v
}

func jsonName(f reflect.StructField) string {
	name := f.Tag.Get("json")
	for i := range name {
		if name[i] == ',' {
			return name[:i]
		}
	}
	return name
}

func TestAppliedKeepsWhatDoesNotTravel(t *testing.T) {
	before := record.Volunteer{ID: "p1", Version: 7, Name: "王建国"}
	got, err := record.Applied(before, record.Change{Set: map[string]json.RawMessage{"name": []byte(`"王建军"`)}})
	if err != nil || got.ID != "p1" || got.Version != 7 || got.Name != "王建军" || before.Name != "王建国" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestAppliedRefuses(t *testing.T) {
	for name, set := range map[string]string{
		"an unknown field":           `{"shoe_size":"43"}`,
		"an unknown field, emptied":  `{"shoe_size":null}`,
		"a name in capitals":         `{"NAME":"王"}`,
		"the Go name":                `{"Serving":true}`,
		"a field that never travels": `{"ID":"p2"}`,
		"a nameless field":           `{"":1}`,
		"a dash":                     `{"-":1}`,
		"an unknown nested field":    `{"agreement":{"date":"2026-01-05","witness":"李"}}`,
		"another type":               `{"name":7}`,
		"a list for a text":          `{"name":["王"]}`,
		"a text for a list":          `{"phones":"13800001234"}`,
	} {
		t.Run(name, func(t *testing.T) {
			var c record.Change
			if err := json.Unmarshal([]byte(`{"set":`+set+`}`), &c); err != nil {
				t.Fatal(err)
			}
			before := volunteer()
			got, err := record.Applied(before, c)
			if record.CodeOf(err) != record.CodeUnknownOperation || !reflect.DeepEqual(got, before) {
				t.Errorf("%v; the record changed: %v", err, !reflect.DeepEqual(got, before))
			}
		})
	}
	broken := record.Change{Set: map[string]json.RawMessage{"name": []byte(`{`)}}
	if _, err := record.Applied(volunteer(), broken); record.CodeOf(err) != record.CodeMalformed {
		t.Errorf("bytes that are no JSON: %v", err)
	}
}

func TestNestedRecordsChangeAsOneField(t *testing.T) {
	before := volunteer()
	after := before
	after.Agreement, after.Emergency = record.Agreement{}, record.Contact{Name: "李秀英"}
	c, err := record.Difference(before, after)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Fields(); !slices.Equal(got, []string{"agreement", "emergency"}) || string(c.Set["agreement"]) != "null" {
		t.Errorf("%v %s", got, c.Set["agreement"])
	}
	back, err := record.Applied(after, c.Inverse())
	if err != nil || !reflect.DeepEqual(back, before) {
		t.Errorf("%+v %v", back, err)
	}
}
