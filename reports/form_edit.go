package reports

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

// edits are changes of a text by place, in any order; none may overlap.
type edits struct{ list []edit }

type edit struct {
	from, to int
	text     string
}

func (e *edits) insert(at int, text string)        { e.list = append(e.list, edit{at, at, text}) }
func (e *edits) replace(from, to int, text string) { e.list = append(e.list, edit{from, to, text}) }

// apply gives the text with all changes; of those at one place the first stands
// first.
func (e *edits) apply(raw []byte) []byte {
	slices.SortStableFunc(e.list, func(a, b edit) int { return a.from - b.from })
	var out bytes.Buffer
	at := 0
	for _, one := range e.list {
		out.Write(raw[at:one.from])
		out.WriteString(one.text)
		at = one.to
	}
	out.Write(raw[at:])
	return out.Bytes()
}

// escaped is a text as XML holds it; what XML cannot hold is left out.
func escaped(text string) string {
	var out strings.Builder
	// Writing to a builder does not fail.
	_ = xml.EscapeText(&out, []byte(strings.ReplaceAll(printable(text), "\uFFFE", "")))
	return out.String()
}

// formValue is what is written into a cell. Texts are never numbers and numbers
// never texts; day is set for a date that is known to the day.
type formValue struct {
	text   string
	number float64
	is     valueKind
}

type valueKind int

const (
	blankValue valueKind = iota // leaves the cell as it is
	textValue
	numberValue
	hoursValue // a number; minutes are in it
	dayValue   // text is 2026-10-05
)

// cellXML writes a cell. The style stays; a number goes with as many decimals
// as its cell can show.
func (s *gridSheet) cellXML(col, row, style int, v formValue) string {
	var b strings.Builder
	c := s.prefix + "c"
	b.WriteString("<" + c + ` r="` + cellName(col-1, row) + `"`)
	if style >= 0 {
		b.WriteString(` s="` + strconv.Itoa(style) + `"`)
	}
	look := s.form.look(style)
	if number, is := v.asNumber(look, s.form.from04); is {
		b.WriteString("><" + s.prefix + "v>" + number + "</" + s.prefix + "v></" + c + ">")
		return b.String()
	}
	p := s.prefix
	b.WriteString(` t="inlineStr"><` + p + `is><` + p + `t xml:space="preserve">` + escaped(v.text) + `</` + p + `t></` + p + `is></` + c + `>`)
	return b.String()
}

func (v formValue) asNumber(look cellLook, from04 bool) (string, bool) {
	switch v.is {
	case numberValue:
		return strconv.FormatFloat(v.number, 'f', -1, 64), true
	case hoursValue:
		hours := v.number / 60
		if !look.format { // nothing rounds what is shown
			hours = float64(int64(hours*100+0.5)) / 100
		}
		return strconv.FormatFloat(hours, 'f', -1, 64), true
	case dayValue:
		if look.date {
			if day, ok := serialDay(v.text, from04); ok {
				return strconv.Itoa(day), true
			}
		}
	}
	return "", false
}
