package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

func TestReadDate(t *testing.T) {
	now := dayOf(today())
	for in, want := range map[string]string{
		"1985-07-01": "1985-07-01", "19850701": "1985-07-01", "1985.7.1": "1985-07-01", "1985/7/1": "1985-07-01",
		"1985年7月1日": "1985-07-01", "１９８５－７－１": "1985-07-01", "1985。7。1": "1985-07-01", " 1985 7 1 ": "1985-07-01",
		"1985-7": "1985-07", "198507": "1985-07", "1985年7月": "1985-07", "1985": "1985", "1985年": "1985",
		"7-1": "2026-07-01", "0701": "2026-07-01", "7月1日": "2026-07-01", "2024-2-29": "2024-02-29",
	} {
		if got, problem := readDate(in, now); got.String() != want || problem != "" {
			t.Errorf("%q: %q %q, want %q", in, got, problem, want)
		}
	}
	for in, want := range map[string]string{
		"2025-2-29": noSuch, "1985-13-1": noSuch, "1985-0-1": noSuch, "19850700": noSuch, "198500": noSuch, "1985-7-32": noSuch,
		"85-7-1": badYear, "1332": noSuch, "0700": noSuch, "2199": badYear, "1899-1-1": badYear, "昨天": badDate, "850701x": badDate, "1": badDate, "": badDate, "1-2-3-4": badDate,
		"123456789": badDate,
	} {
		if got, problem := readDate(in, now); problem != want {
			t.Errorf("%q: %v %q, want %q", in, got, problem, want)
		}
	}
}

func dateField(t *testing.T) (*DateEntry, fyne.Window, *[]string) {
	t.Helper()
	start(t)
	d := NewDateEntry(today)
	var told []string
	d.OnDate = func(v string) { told = append(told, v) }
	win := window(t, 420, 420, column(d, NewEntry("")))
	win.Canvas().Focus(d)
	return d, win, &told
}

func TestDateEntryNormalisesWhenLeft(t *testing.T) {
	d, win, told := dateField(t)
	typeText(win, "1985.7.1")
	press(win, fyne.KeyReturn)
	if d.Text != "1985-07-01" || d.Value() != "1985-07-01" || d.Error() != "" || win.Canvas().Focused() == d {
		t.Errorf("text %q value %q error %q", d.Text, d.Value(), d.Error())
	}
	win.Canvas().Focus(d)
	typeText(win, "1985-7")
	press(win, fyne.KeyReturn)
	if d.Text != "1985-7" || d.Value() != "" || d.Error() != notWhole || d.Valid() {
		t.Errorf("partial: text %q value %q error %q", d.Text, d.Value(), d.Error())
	}
	d.AllowPartial = true
	win.Canvas().Focus(d)
	press(win, fyne.KeyReturn)
	if d.Value() != "1985-07" || d.Error() != "" {
		t.Errorf("partial allowed: %q %q", d.Value(), d.Error())
	}
	if want := []string{"1985-07-01", "", "1985-07"}; !slices.Equal(*told, want) {
		t.Errorf("told %q", *told)
	}
}

func TestDateEntryBounds(t *testing.T) {
	d, _, _ := dateField(t)
	d.Min, d.Max, d.AllowPartial = "2020-06-15", "2026-03-18", true
	for in, want := range map[string]bool{
		"2020-06-15": true, "2020-06-14": false, "2026-03-18": true, "2026-03-19": false, "2020": true, "2020-06": true, "2020-05": false, "2019": false, "": true,
	} {
		d.SetValue(in)
		if d.Valid() != want {
			t.Errorf("%q valid %v", in, d.Valid())
		}
	}
}

func TestDateEntryArrowsChangeTheDay(t *testing.T) {
	d, win, _ := dateField(t)
	press(win, fyne.KeyUp)
	if d.Value() != "2026-03-18" {
		t.Fatalf("empty field starts with %q", d.Value())
	}
	press(win, fyne.KeyUp, fyne.KeyDown, fyne.KeyDown)
	if d.Value() != "2026-03-17" {
		t.Errorf("went to %q", d.Value())
	}
	d.SetValue("2024-02-29")
	press(win, fyne.KeyUp)
	if d.Value() != "2024-03-01" {
		t.Errorf("over the month's end: %q", d.Value())
	}
}

func TestCalendarByKeyboard(t *testing.T) {
	d, win, told := dateField(t)
	d.SetValue("2026-01-31")
	d.TypedShortcut(ctrl(fyne.KeyDown))
	steps := []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyPageDown, "2026-02-28"},
		{fyne.KeyRight, "2026-03-01"},
		{fyne.KeyDown, "2026-03-08"},
		{fyne.KeyLeft, "2026-03-07"},
		{fyne.KeyUp, "2026-02-28"},
		{fyne.KeyHome, "2026-02-01"},
		{fyne.KeyEnd, "2026-02-28"},
		{fyne.KeyPageUp, "2026-01-28"},
	}
	for _, s := range steps {
		press(win, s.key)
		if got := d.cal.at.String(); got != s.want {
			t.Fatalf("after %s: %s, want %s", s.key, got, s.want)
		}
	}
	win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(ctrl(fyne.KeyPageDown))
	press(win, fyne.KeyReturn)
	if d.Value() != "2027-01-28" || d.pop.open || win.Canvas().Focused() == d {
		t.Errorf("chose %q, open %v", d.Value(), d.pop.open)
	}
	if !slices.Equal(*told, []string{"2027-01-28"}) {
		t.Errorf("told %q", *told)
	}
	win.Canvas().Focus(d)
	d.Open()
	press(win, fyne.KeyRight, fyne.KeyEscape)
	if d.Value() != "2027-01-28" || d.pop.open {
		t.Error("Escape does not leave the date alone")
	}
	d.Open()
	typeText(win, "2")
	if d.pop.open || d.Text == "2027-01-28" {
		t.Errorf("typing under the calendar: open %v text %q", d.pop.open, d.Text)
	}
}

func TestCalendarByMouse(t *testing.T) {
	d, win, _ := dateField(t)
	d.SetValue("2026-03-18")
	tap := func(col, row int) {
		d.cal.Tapped(&fyne.PointEvent{Position: calPos(col, row).AddXY(5, 5)})
	}
	d.Open()
	tap(6, 0)
	tap(0, 0)
	tap(5, 0)
	tap(1, 0)
	if got := d.cal.at.String(); got != "2026-03-18" {
		t.Errorf("jumps there and back: %s", got)
	}
	tap(0, 2)
	if d.Value() != "2026-02-23" {
		t.Errorf("first cell of March 2026: %q", d.Value())
	}
	win.Canvas().Focus(d)
	d.Open()
	tap(3, calRows+2)
	if d.Value() != "2026-03-18" {
		t.Errorf("今天: %q", d.Value())
	}
}

func TestCalendarLooks(t *testing.T) {
	d, win, _ := dateField(t)
	d.SetValue("2026-03-05")
	d.Open()
	golden(t, "calendar", win)
}
