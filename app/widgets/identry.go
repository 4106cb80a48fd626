package widgets

import (
	"fmt"
	"strings"
)

const idLength = 18

// IDEntry is a field for a citizen's ID number. It shows the number in groups
// (6, 8, 4) while the focus is elsewhere and takes full-width digits, blanks
// and a small x.
type IDEntry struct {
	Entry

	// Check says whether a number is right, and in words what is wrong with it
	// or, when it is right, what it tells. It runs on every key once the number
	// has 15 or 18 places, and when the field is left.
	Check func(number string) (ok bool, message string)
	// OnValid follows once for every right number.
	OnValid func(number string)

	valid string // the right number told last
}

// NewIDEntry makes an empty one.
func NewIDEntry(check func(number string) (bool, string)) *IDEntry {
	d := &IDEntry{Check: check}
	d.start(d, "18 位身份证号")
	d.accept = d.acceptRune
	d.normalise = d.settle
	d.Entry.Entry.OnChanged = d.typed
	return d
}

// Value is the number without blanks, with a capital X.
func (d *IDEntry) Value() string { return cleanID(d.Text) }

// SetValue puts a number in without telling anybody; a wrong one shows its
// message all the same.
func (d *IDEntry) SetValue(number string) {
	number = cleanID(number)
	d.Entry.SetValue(number)
	d.valid = number
	d.verdict(number)
	if !d.hasFocus {
		d.show(groupID(number))
	}
}

// Valid tells whether the number stands the check; an empty field does not.
func (d *IDEntry) Valid() bool {
	ok, _ := d.Check(d.Value())
	return ok && d.Value() != ""
}

func cleanID(s string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r = narrowRune(r); r == ' ' || r == '-' || r == '\t' {
			return -1
		}
		return r
	}, s))
}

// groupID sets blanks after the area and after the birth date.
func groupID(s string) string {
	if len(s) != idLength {
		return s
	}
	return s[:6] + " " + s[6:14] + " " + s[14:]
}

func (d *IDEntry) acceptRune(r rune) (rune, bool) {
	r = narrowRune(r)
	if r == 'x' {
		r = 'X'
	}
	if (r < '0' || r > '9') && r != 'X' {
		return 0, false
	}
	full := len(d.Text) >= idLength && d.SelectedText() == ""
	return r, !full
}

func (d *IDEntry) typed(text string) {
	if d.quiet {
		return
	}
	number := cleanID(text)
	if number != text {
		d.show(number) // pasted with blanks or full-width signs
	}
	d.changed(number)
	d.live(number)
}

// live judges a number of full length at once and counts a shorter one.
func (d *IDEntry) live(number string) {
	switch n := len(number); n {
	case 0:
		d.SetHint("")
	case idLength, 15:
		d.verdict(number)
	default:
		d.SetHint(fmt.Sprintf("已输入 %d 位", n))
	}
}

func (d *IDEntry) verdict(number string) {
	d.SetHint("")
	if number == "" {
		d.SetError("")
		return
	}
	ok, message := d.Check(number)
	if !ok {
		d.valid = ""
		d.SetError(message)
		return
	}
	d.SetError("")
	d.SetOK(message)
	if number != d.valid {
		d.valid = number
		if d.OnValid != nil {
			d.OnValid(number)
		}
	}
}

func (d *IDEntry) settle() {
	number := d.Value()
	if number != d.Text {
		d.show(number)
	}
	d.verdict(number)
}

// FocusGained is called by Fyne.
func (d *IDEntry) FocusGained() {
	d.show(d.Value())
	d.Entry.FocusGained()
}

// FocusLost is called by Fyne.
func (d *IDEntry) FocusLost() {
	d.Entry.FocusLost()
	d.show(groupID(d.Value()))
}
