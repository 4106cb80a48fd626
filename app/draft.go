package app

import (
	"encoding/json"
	"reflect"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
)

// draft is a half-typed form as it is kept on the disk: the fields by name, so
// that a later version of the form still finds those that it knows.
type draft struct {
	// Title is what is being typed ("王建国 的登记表").
	Title string `json:"title"`
	// Version is that of the record that is edited; 0 for a new one.
	Version int64 `json:"version,omitempty"`
	// At is the field in which the cursor stood.
	At     string                `json:"at,omitempty"`
	Fields map[string]fieldState `json:"fields"`
	// Rest is what a form keeps beside its fields.
	Rest json.RawMessage `json:"rest,omitempty"`
}

// fieldState is what stands in one field, whatever its kind.
type fieldState struct {
	Text string           `json:"text,omitempty"`
	Key  string           `json:"key,omitempty"`
	On   bool             `json:"on,omitempty"`
	Many []widgets.Choice `json:"many,omitempty"`
}

func (s fieldState) empty() bool { return reflect.DeepEqual(s, fieldState{}) }

// stateOf reads a field; false for a control that keeps nothing.
func stateOf(control fyne.CanvasObject) (fieldState, bool) {
	switch c := control.(type) {
	case *widgets.Entry:
		return fieldState{Text: c.Text}, true
	case *widgets.IDEntry:
		return fieldState{Text: c.Text}, true
	case *widgets.DateEntry:
		return fieldState{Text: c.Text}, true
	case *widgets.TimeEntry:
		return fieldState{Text: c.Text}, true
	case *widgets.NumberEntry:
		return fieldState{Text: c.Text}, true
	case *widgets.Picker:
		return pickedState(c), true
	case *widgets.ChoiceEntry:
		return pickedState(&c.Picker), true
	case *widgets.MultiPicker:
		return fieldState{Many: c.Chosen()}, true
	case *widgets.Check:
		return fieldState{On: c.Checked}, true
	case *widgets.Radio:
		return fieldState{Text: c.Value()}, true
	}
	return fieldState{}, false
}

func pickedState(p *widgets.Picker) fieldState {
	if c := p.Chosen(); c.Text == p.Text {
		return fieldState{Key: c.Key, Text: c.Text}
	}
	return fieldState{Text: p.Text}
}

// setState puts a field back, telling nobody.
func setState(control fyne.CanvasObject, s fieldState) {
	switch c := control.(type) {
	case *widgets.Entry:
		c.SetValue(s.Text)
	case *widgets.IDEntry:
		c.SetValue(s.Text)
	case *widgets.DateEntry:
		c.SetValue(s.Text)
	case *widgets.TimeEntry:
		c.SetValue(s.Text)
	case *widgets.NumberEntry:
		c.Entry.SetValue(s.Text)
	case *widgets.Picker:
		c.SetChosen(widgets.Choice{Key: s.Key, Text: s.Text})
	case *widgets.ChoiceEntry:
		c.SetValue(s.Key)
		if s.Key == "" {
			c.SetChosen(widgets.Choice{Text: s.Text})
		}
	case *widgets.MultiPicker:
		c.SetChosen(s.Many)
	case *widgets.Check:
		c.SetValue(s.On)
	case *widgets.Radio:
		c.SetValue(s.Text)
	}
}

// states are the fields of a form as they stand.
func (f *form) states() map[string]fieldState {
	out := map[string]fieldState{}
	for name, field := range f.fields {
		if s, ok := stateOf(field.Control); ok {
			out[name] = s
		}
	}
	return out
}

// draft is the form as it stands, nil while nothing would be lost. Of a new
// record every field is kept, of one that is edited those that were changed, so
// that the draft can be laid over what the record says by then.
func (f *form) draft() *draft {
	title := f.changed()
	if title == "" {
		return nil
	}
	d := &draft{Title: title, Version: f.version, At: f.focused(), Fields: map[string]fieldState{}}
	for name, s := range f.states() {
		if f.version == 0 && !s.empty() || f.version > 0 && !reflect.DeepEqual(s, f.pristine[name]) {
			d.Fields[name] = s
		}
	}
	if f.rest != nil {
		d.Rest = f.rest()
	}
	return d
}

// restore lays a draft over the form.
func (f *form) restore(d draft) {
	if f.version == 0 {
		for _, field := range f.fields {
			setState(field.Control, fieldState{})
		}
	}
	for name, s := range d.Fields {
		if field, has := f.fields[name]; has {
			setState(field.Control, s)
		}
	}
	if f.restored != nil {
		f.restored(d)
	}
}

// focused is the name of the field with the cursor, "" for none.
func (f *form) focused() string {
	at := f.d.win.Canvas().Focused()
	if at == nil {
		return ""
	}
	for name, field := range f.fields {
		control, ok := field.Control.(fyne.Focusable)
		if m, is := field.Control.(*widgets.MultiPicker); is {
			control, ok = m.Picker, true
		}
		if ok && control == at {
			return name
		}
	}
	return ""
}

// read decodes a draft; false for one that a newer program wrote otherwise.
func readDraft(text string) (draft, bool) {
	var d draft
	err := json.Unmarshal([]byte(text), &d)
	return d, err == nil && d.Title != ""
}

// text is the draft as it is kept, "" for none.
func (d *draft) text() string {
	if d == nil {
		return ""
	}
	text, err := json.Marshal(d)
	if err != nil {
		return "" // strings and booleans always encode; nothing is lost by no draft
	}
	return string(text)
}
