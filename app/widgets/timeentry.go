package widgets

import (
	"fmt"
	"strconv"
	"strings"
)

const badTime = "时间看不懂，例如 9:30"

// TimeEntry is a field for a time of day: 930, 9:30, 9：30, 9点30, 9 → 09:30,
// 09:00.
type TimeEntry struct {
	Entry

	// OnTime follows every change of the value when the field is left; "" is
	// none or a wrong time.
	OnTime func(value string)

	value string
}

// NewTimeEntry makes an empty one.
func NewTimeEntry() *TimeEntry {
	t := &TimeEntry{}
	t.start(t, "时:分")
	t.SelectOnFocus = true
	t.normalise = t.settle
	return t
}

// readTime gives minutes since midnight.
func readTime(text string) (int, bool) {
	s := strings.NewReplacer("点半", ":30", "点", ":", "时", ":", "分", "", ".", ":", " ", "").Replace(narrow(text))
	s = strings.TrimSuffix(s, ":")
	hour, minute, split := strings.Cut(s, ":")
	if !split {
		hour, minute = s, "0"
		if len(s) > 2 {
			hour, minute = s[:len(s)-2], s[len(s)-2:]
		}
	}
	if !isDigits(hour) || !isDigits(minute) || len(hour) > 2 || len(minute) > 2 {
		return 0, false
	}
	h, _ := strconv.Atoi(hour) // two digits
	m, _ := strconv.Atoi(minute)
	return h*60 + m, h < 24 && m < 60
}

func writeTime(minutes int) string {
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}

// Minutes since midnight; false when the field is empty or wrong.
func (t *TimeEntry) Minutes() (int, bool) { return readTime(t.Text) }

// Value is the time as 15:04 or "".
func (t *TimeEntry) Value() string {
	m, ok := t.Minutes()
	if !ok {
		return ""
	}
	return writeTime(m)
}

// Valid tells whether the field is empty or holds a time.
func (t *TimeEntry) Valid() bool {
	return t.Entry.Value() == "" || t.Value() != ""
}

// SetValue puts a time in without telling anybody.
func (t *TimeEntry) SetValue(value string) {
	if m, ok := readTime(value); ok {
		value = writeTime(m)
	}
	t.Entry.SetValue(value)
	t.value = t.Value()
	t.SetError("")
}

// SetMinutes is SetValue with minutes since midnight.
func (t *TimeEntry) SetMinutes(m int) { t.SetValue(writeTime(m)) }

func (t *TimeEntry) settle() {
	v := t.Value()
	if v != "" && v != t.Text {
		t.show(v)
	}
	if !t.Valid() {
		t.SetError(badTime)
	} else {
		t.SetError("")
	}
	if v != t.value {
		t.value = v
		if t.OnTime != nil {
			t.OnTime(v)
		}
	}
}
