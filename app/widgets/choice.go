package widgets

import (
	"strings"

	"fyne.io/fyne/v2/theme"
)

// ChoiceEntry is a field with a fixed, short list: typing filters it, Down or
// the arrow shows all of it, Enter takes and goes on.
type ChoiceEntry struct {
	Picker

	options []Choice
	match   func(typed string, c Choice) bool
}

// NewChoiceEntry makes one. Without a match function the typed text is looked
// for in Text and at the start of Key and Hint, whatever the case.
func NewChoiceEntry(options []Choice, match func(typed string, c Choice) bool) *ChoiceEntry {
	c := &ChoiceEntry{options: options, match: match}
	if match == nil {
		c.match = matchPlainly
	}
	c.Find = c.filter
	c.startPicker(c)
	c.ActionItem = newIconTap(theme.MenuDropDownIcon(), func() {
		if c.Disabled() {
			return
		}
		focus(c)
		c.search("")
	})
	return c
}

// Choices makes choices whose key is the text.
func Choices(texts ...string) []Choice {
	cs := make([]Choice, len(texts))
	for i, t := range texts {
		cs[i] = Choice{Key: t, Text: t}
	}
	return cs
}

func matchPlainly(typed string, c Choice) bool {
	typed = strings.ToLower(typed)
	return strings.Contains(strings.ToLower(c.Text), typed) ||
		strings.HasPrefix(strings.ToLower(c.Key), typed) ||
		strings.HasPrefix(strings.ToLower(c.Hint), typed)
}

func (c *ChoiceEntry) filter(typed string, limit int) []Choice {
	var found []Choice
	for _, o := range c.options {
		if typed == "" || c.match(typed, o) {
			found = append(found, o)
		}
		if len(found) == limit {
			break
		}
	}
	return found
}

// SetOptions replaces the list; a choice that is no longer in it is dropped.
func (c *ChoiceEntry) SetOptions(options []Choice) {
	c.options = options
	c.SetValue(c.Value())
}

// Value is the key of the choice or "".
func (c *ChoiceEntry) Value() string { return c.chosen.Key }

// SetValue chooses by key without telling anybody; an unknown key chooses
// nothing.
func (c *ChoiceEntry) SetValue(key string) {
	for _, o := range c.options {
		if o.Key == key && key != "" {
			c.SetChosen(o)
			return
		}
	}
	c.SetChosen(Choice{})
}
