package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Change is what an operation does to a record, field by field: Set holds the
// new values, Was the ones they replace (absent means empty), so that an
// operation can be taken back and two changes can be merged three ways. A
// field set to null becomes empty.
type Change struct {
	Set map[string]json.RawMessage `json:"set"`
	Was map[string]json.RawMessage `json:"was,omitempty"`
}

// Fields are the names of the fields that change, in order.
func (c Change) Fields() []string { return slices.Sorted(maps.Keys(c.Set)) }

// Empty reports whether nothing changes.
func (c Change) Empty() bool { return len(c.Set) == 0 }

// Inverse is the change that takes c back.
func (c Change) Inverse() Change {
	out := Change{Set: map[string]json.RawMessage{}, Was: map[string]json.RawMessage{}}
	for field, value := range c.Set {
		was, had := c.Was[field]
		if !had {
			was = json.RawMessage("null")
		}
		out.Set[field] = was
		if string(value) != "null" {
			out.Was[field] = value
		}
	}
	return out
}

// Difference is the change that makes after out of before. Both are records of
// one type; a new record is the difference from its zero value.
func Difference[T any](before, after T) (Change, error) {
	a, err := fieldsOf(before)
	if err != nil {
		return Change{}, err
	}
	b, err := fieldsOf(after)
	if err != nil {
		return Change{}, err
	}
	c := Change{Set: map[string]json.RawMessage{}, Was: map[string]json.RawMessage{}}
	for field, value := range b {
		if old, had := a[field]; !had || !bytes.Equal(old, value) {
			c.Set[field] = value
			if had {
				c.Was[field] = old
			}
		}
	}
	for field, old := range a {
		if _, has := b[field]; !has {
			c.Set[field], c.Was[field] = json.RawMessage("null"), old
		}
	}
	return c, nil
}

// Created is the change that makes a new record: all its filled fields.
func Created[T any](after T) (Change, error) {
	set, err := fieldsOf(after)
	return Change{Set: set}, err
}

// CreatedPayload is the payload of the operation that makes a record: [Created]
// in JSON, from the record's own JSON, so that it is encoded once.
func CreatedPayload(encoded []byte) []byte {
	out := make([]byte, 0, len(encoded)+8)
	out = append(append(out, `{"set":`...), encoded...)
	return append(out, '}')
}

// Applied is the record before with the change c done to it; what does not
// travel (its id and version) stays. Fields that T does not know are refused,
// so that an operation of a newer program is held and not cut short. Names
// count to the letter here, though package json would take "NAME" for "name".
func Applied[T any](before T, c Change) (T, error) {
	fields, err := fieldsOf(before)
	if err != nil {
		return before, err
	}
	known, local := namesOf(reflect.TypeFor[T]())
	for field, value := range c.Set {
		if !known[field] {
			return before, Fail(CodeUnknownOperation)
		}
		if string(value) == "null" {
			delete(fields, field)
			continue
		}
		fields[field] = value
	}
	raw, err := json.Marshal(fields)
	if err != nil {
		return before, Fail(CodeMalformed).Because(err)
	}
	var after T
	for _, i := range local {
		reflect.ValueOf(&after).Elem().Field(i).Set(reflect.ValueOf(before).Field(i))
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&after); err != nil {
		return before, Fail(CodeUnknownOperation).Because(err)
	}
	return after, nil
}

// namesOf are the names of the fields of a record that travel, and the positions
// of those that do not.
func namesOf(of reflect.Type) (known map[string]bool, local []int) {
	known = map[string]bool{}
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		if name == "-" {
			local = append(local, i)
			continue
		}
		known[name] = true
	}
	return known, local
}

func fieldsOf(v any) (map[string]json.RawMessage, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode record: %w", err)
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, fmt.Errorf("read back record: %w", err)
	}
	return fields, nil
}

// Parse reads the payload of an operation.
func (o *Operation) Parse() (Change, error) {
	var c Change
	if err := json.Unmarshal(o.Payload, &c); err != nil {
		return c, Fail(CodeMalformed).Because(err)
	}
	return c, nil
}
