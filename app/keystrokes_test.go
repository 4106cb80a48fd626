package app

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"fyne.io/fyne/v2"

	"rongyuan/store/record"
)

// aKey is what one key costs a person; the goals are counted with it.
const aKey = 280 * time.Millisecond

// strokes are hands that count keys and time the program's answer to each.
type strokes struct {
	hands
	keys int
	took []time.Duration
}

func (s *strokes) key(do func()) {
	start := time.Now()
	do()
	s.took = append(s.took, time.Since(start))
	s.keys++
}

func (s *strokes) tap(names ...fyne.KeyName) {
	for _, n := range names {
		s.key(func() { s.press(n) })
	}
}

// chord is a key with Ctrl: two fingers.
func (s *strokes) chord(n fyne.KeyName) {
	s.key(func() { s.ctrl(n) })
	s.keys++
}

// text types letters and digits, one key each.
func (s *strokes) text(text string) {
	for _, r := range text {
		s.key(func() { s.write(string(r)) })
	}
}

// chinese commits text that was typed as pinyin: the letters and a space are
// keys too, though the program sees only what comes of them.
func (s *strokes) chinese(pinyin, text string) {
	s.key(func() { s.write(text) })
	s.keys += len(pinyin)
}

// done holds a goal: the keys at 0.28 s each, an answer within 100 ms, and the
// row of the table in the documents.
func (s *strokes) done(task string, goal time.Duration) {
	s.t.Helper()
	if typed := time.Duration(s.keys) * aKey; typed > goal {
		s.t.Errorf("%s: %d keys, %v; the goal is %v", task, s.keys, typed, goal)
	}
	if got := middle(s.took); got > 100*time.Millisecond {
		s.t.Errorf("%s: a key takes %v", task, got)
	}
	raw, err := os.ReadFile("../docs/keystrokes.md")
	if err != nil {
		s.t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		cells := strings.Split(line, "|")
		if len(cells) > 2 && strings.TrimSpace(cells[1]) == task {
			if got := strings.TrimFunc(cells[2], unicode.IsSpace); got != strconv.Itoa(s.keys) {
				s.t.Errorf("%s: docs/keystrokes.md says %s keys, it took %d", task, got, s.keys)
			}
			return
		}
	}
	s.t.Errorf("%s: not in docs/keystrokes.md (%d keys)", task, s.keys)
}

// TestKeysRegister registers somebody of whom nothing is known.
func TestKeysRegister(t *testing.T) {
	h := manyPeople(t, 300)
	s := &strokes{hands: h}
	s.chord(fyne.KeyN)
	s.text(wangNumber)
	s.tap(fyne.KeyReturn)
	s.chinese("wangjianguo ", "王建国")
	s.tap(fyne.KeyReturn)
	s.text("13800138000")
	s.chord(fyne.KeyS)
	s.done("登记一个新志愿者", 30*time.Second)
	found, err := h.d.db.Search(h.d.ctx, "1239", 1)
	if err != nil || len(found) != 1 {
		t.Fatalf("found %+v, %v", found, err)
	}
	if got := found[0]; got.Name != "王建国" || got.Birth != "1985-07-01" || got.Sex != record.Male || !got.Serving {
		t.Errorf("registered %s, born %s", got.Name, got.Birth)
	}
}

// TestKeysEnlist makes a volunteer of a veteran whom the station knows.
func TestKeysEnlist(t *testing.T) {
	h := manyPeople(t, 300)
	id := h.register(record.Volunteer{Name: "欧阳明朗", IDNumber: wangNumber, Veteran: true})
	h.press(fyne.KeyF1)
	s := &strokes{hands: h}
	s.text("oyml")
	s.tap(fyne.KeyReturn, fyne.KeySpace, fyne.KeyReturn, fyne.KeyReturn)
	s.done("已登记的退役军人转为志愿者", 8*time.Second)
	if v, err := h.d.db.Volunteer(t.Context(), id); err != nil || !v.Serving {
		t.Errorf("serving %t, %v", v.Serving, err)
	}
}

// TestKeysHours answers “how many hours have I?” from any door, with the paper.
func TestKeysHours(t *testing.T) {
	h := manyPeople(t, 300)
	id := h.register(volunteer("欧阳明朗", wangNumber))
	_, _, err := h.d.db.LogActivity(h.d.ctx, record.Activity{
		Title: "治安巡逻", Kind: record.KindService, Line: "3", Start: "2026-10-12T09:00", End: "2026-10-12T11:00", State: record.ActivityDone,
	}, []record.Entry{{Volunteer: id}})
	if err != nil {
		t.Fatal(err)
	}
	opened := ""
	h.d.cfg.Opener = func(path string) error { opened = path; return nil }
	h.press(fyne.KeyF5)
	s := &strokes{hands: h}
	s.chord(fyne.KeyK)
	s.text("oyml")
	s.tap(fyne.KeyReturn)
	s.chord(fyne.KeyP)
	s.done("查一个人的时长并打印时长单", 15*time.Second)
	if info, err := os.Stat(opened); err != nil || info.Size() == 0 {
		t.Errorf("the slip %q: %v", opened, err)
	}
}
