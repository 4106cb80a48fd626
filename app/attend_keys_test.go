package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rongyuan/store/record"
)

// clerk types and counts: a key is 0.28 s of a clerk's time, and the program
// must answer each within 100 ms.
type clerk struct {
	hands
	keys int
	took []time.Duration
}

const keyTime = 280 * time.Millisecond

func (c *clerk) key(f func()) {
	c.keys++
	began := time.Now()
	f()
	c.took = append(c.took, time.Since(began))
}

func (c *clerk) write(s string) {
	for _, r := range s {
		c.key(func() {
			if f := c.canvas().Focused(); f != nil {
				f.TypedRune(r)
			} else {
				c.canvas().OnTypedRune()(r)
			}
		})
	}
}

func (c *clerk) press(names ...fyne.KeyName) {
	for _, n := range names {
		c.key(func() { c.hands.press(n) })
	}
}

// ctrl is two keys.
func (c *clerk) ctrl(n fyne.KeyName) {
	c.keys++
	c.key(func() { c.hands.ctrl(n) })
}

// within holds the time goal and the answers.
func (c *clerk) within(what string, goal time.Duration) {
	c.t.Helper()
	sorted := slices.Clone(c.took)
	slices.Sort(sorted)
	median, worst := sorted[len(sorted)/2], sorted[len(sorted)-1]
	typing := time.Duration(c.keys) * keyTime
	c.t.Logf("%s: %d keys = %.1f s of %v; answers: median %v, longest %v", what, c.keys, typing.Seconds(), goal, median, worst)
	if typing > goal {
		c.t.Errorf("%s: %d keys take %v, goal %v", what, c.keys, typing, goal)
	}
	if median > 100*time.Millisecond {
		c.t.Errorf("%s: the median answer takes %v", what, median)
	}
}

// planned is a plan of a company's team that is over, with its printed sheet.
func (h hands) planned(n int) (record.Activity, record.Sheet, []record.VolunteerID) {
	h.t.Helper()
	team, people := h.company("小站镇志愿服务队", n)
	a := patrol(team, "2026-10-19")
	a.State = record.ActivityPlanned
	id := h.log(a)
	a, err := h.d.db.Activity(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	expected, err := h.d.db.Expected(h.t.Context(), a)
	if err != nil {
		h.t.Fatal(err)
	}
	sheet, err := h.d.db.PrintSheet(h.t.Context(), id, expected)
	if err != nil {
		h.t.Fatal(err)
	}
	return a, sheet, people
}

// TestFortyBySheetNumber is the goal of a minute: forty on the printed sheet,
// five absent.
func TestFortyBySheetNumber(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	_, sheet, _ := h.planned(40)
	c := &clerk{hands: h}
	c.press(fyne.KeyF2)
	c.write(sheet.Number)
	c.press(fyne.KeyReturn)
	s := d.screens[doorActivities].(*activityScreen)
	if s.form == nil {
		t.Fatal("the sheet's number opened nothing")
	}
	c.write("3 7 12 20 33")
	h.golden("activity_sheet_rows")
	c.press(fyne.KeyReturn)
	h.golden("activity_sheet")
	c.ctrl(fyne.KeyS)
	if s.form != nil {
		t.Fatalf("the form stays open: %v", messages(s.form.form))
	}
	present := h.present(sheet.Activity)
	if len(present) != 35 {
		t.Errorf("%d people, want 35", len(present))
	}
	for _, row := range []int{3, 7, 12, 20, 33} {
		if _, there := present[sheet.Rows[row-1]]; there {
			t.Errorf("row %d was absent and has time", row)
		}
	}
	c.within("40 people by the sheet's number, 5 absent", time.Minute)
}

// TestFortyByException types the whole activity, nothing planned before.
func TestFortyByException(t *testing.T) {
	d := loggedIn(t)
	c := &clerk{hands: hands{t, d}}
	c.company("小站镇志愿服务队", 40)
	c.hands.press(fyne.KeyF2)
	c.ctrl(fyne.KeyN)
	for _, w := range []string{"社区巡逻", "tdpa", "zaxl", "10-19", "9", "11", "", "", "东风里", "", "xzz"} {
		c.write(w)
		c.press(fyne.KeyReturn)
	}
	c.ctrl(fyne.Key2)
	c.write("3 7 12 20 33")
	c.press(fyne.KeyReturn)
	c.ctrl(fyne.KeyS)
	all := c.activities()
	if len(all) != 1 || len(c.present(all[0].ID)) != 35 {
		t.Fatalf("%d activities", len(all))
	}
	c.within("40 people by exception, 5 absent, the whole activity typed", time.Minute)
}

// TestFortyByPaste pastes a group chat's list over the team.
func TestFortyByPaste(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	a, _, people := h.planned(40)
	text := "#接龙\n社区治安巡逻 10月19日\n"
	for i, id := range people[:35] {
		x, _ := d.db.Person(id)
		text += fmt.Sprintf("%d. %s %s\n", i+1, x.Name, x.Phones[0])
	}
	text += "36. 尚云飞\n"
	d.cfg.App.Clipboard().SetContent(text)
	c := &clerk{hands: h}
	c.press(fyne.KeyF2, fyne.KeyReturn)
	s := d.screens[doorActivities].(*activityScreen)
	c.keys++
	c.key(func() {
		h.canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: d.cfg.App.Clipboard()})
	})
	h.golden("activity_chain_doubt")
	c.press(fyne.KeyReturn)
	if top := h.canvas().Overlays().Top(); top != nil {
		c.press(fyne.KeyReturn)
	}
	c.ctrl(fyne.KeyS)
	if s.form != nil {
		t.Fatalf("the form stays open: %v", messages(s.form.form))
	}
	present := h.present(a.ID)
	if len(present) != 35 {
		t.Errorf("%d people, want 35", len(present))
	}
	c.within("35 people by pasting, one unknown", 20*time.Second)
}

// TestFortyByScanner reads the row codes of forty as a USB scanner types them,
// and a badge.
func TestFortyByScanner(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	_, sheet, people := h.planned(40)
	c := &clerk{hands: h}
	c.hands.press(fyne.KeyF2, fyne.KeyReturn)
	s := d.screens[doorActivities].(*activityScreen)
	for row := 1; row <= 34; row++ {
		c.write(record.RowCode(sheet.Number, row))
		c.press(fyne.KeyReturn)
	}
	last, _ := d.db.Person(sheet.Rows[39])
	c.write(last.Number)
	c.press(fyne.KeyReturn)
	in := 0
	for _, x := range s.form.people.rows {
		if x.in {
			in++
		}
	}
	if in != 35 {
		t.Errorf("%d of %d are ticked after 35 scans", in, len(people))
	}
	h.press(fyne.KeyDown) // a scanner does not care where the cursor stands
	c.write(record.RowCode(sheet.Number, 36))
	c.press(fyne.KeyReturn)
	if i := s.form.people.at(sheet.Rows[35]); !s.form.people.rows[i].in {
		t.Error("a code that was read into the list ticks nobody")
	}
	slices.Sort(c.took)
	if p := c.took[len(c.took)*95/100]; p > 50*time.Millisecond {
		t.Errorf("95 %% of a scanner's keys take up to %v", p)
	}
	t.Logf("36 scans: median key %v", c.took[len(c.took)/2])
}

// TestSameNamesAreNotGuessed has three of one name: two strangers are tied and
// Enter takes neither; once one comes with the team, that one stands first.
func TestSameNamesAreNotGuessed(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	team, _ := h.company("小站镇志愿服务队", 2)
	var same []record.VolunteerID
	for i := range 3 {
		v := volunteer("欧阳文博", string(numberOf(t, 100+i)))
		v.Address = fmt.Sprintf("东风里%d号楼", i+1)
		same = append(same, h.register(v))
	}
	d.open(doorActivities, place{})
	s := d.screens[doorActivities].(*activityScreen)
	forms := 0
	form := func() *activityForm {
		forms++
		a := patrol(team, "2026-10-19")
		a.Kind, a.State = record.KindService, record.ActivityDone
		s.closeForm()
		s.openForm(newActivityForm(s, a), fmt.Sprintf("activity.new%d", forms))
		s.form.people.focus()
		return s.form
	}
	f := form()
	h.write("oywb")
	h.press(fyne.KeyReturn)
	if f.people.at(same[0])+f.people.at(same[1])+f.people.at(same[2]) != -3 {
		t.Error("Enter took one of three who cannot be told apart")
	}
	if text := f.people.field.Message(); !strings.Contains(text, "↓") {
		t.Errorf("said %q", text)
	}
	h.golden("activity_same_names")
	h.press(fyne.KeyEscape)
	h.log(patrol(team, "2026-10-12"), same[1])
	f = form()
	h.write("oywb")
	h.press(fyne.KeyReturn)
	if f.people.at(same[1]) < 0 {
		t.Error("who came with the team was not taken")
	}
	usual, _ := d.db.Person(same[1])
	if c := f.people.choiceOf(usual); !strings.Contains(c.Hint, "东风里2号楼") || !strings.Contains(c.Hint, "随队 1 次") {
		t.Errorf("hint %q", c.Hint)
	}
}
