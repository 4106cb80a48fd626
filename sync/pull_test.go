package sync_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"rongyuan/store/record"
	"rongyuan/sync/district"
)

func (w *world) letter(to record.StationCode, title string) record.Message {
	w.t.Helper()
	m, err := w.server.SendNotice(w.ctx, w.scope, to, record.Notice{Title: title, Text: "请 <核对> & 回复"}, to != "")
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

// titles are the letters that a notebook has.
func (n *notebook) titles() map[string]bool {
	out := map[string]bool{}
	for _, m := range n.letters {
		out[record.Letter{Message: m}.Notice().Title] = true
	}
	return out
}

// TestMessagesComeDownOnce holds that letters reach the stations they were sent
// to, each once, and that the district knows who has them.
func TestMessagesComeDownOnce(t *testing.T) {
	w := newWorld(t)
	one, two := newNotebook(t, station, 1), newNotebook(t, "129999005", 2)
	a, b := w.enrol(one), w.enrol(two)
	for i := range 120 { // more than one answer holds
		w.letter("", fmt.Sprint("通知", i))
	}
	w.letter(station, "只给一个站")
	if r := w.round(a); r.Received != 121 || len(one.titles()) != 121 || !one.titles()["只给一个站"] {
		t.Errorf("%d received, %d kept", r.Received, len(one.titles()))
	}
	if r := w.round(a); r.Received != 0 || r.Requests != 1 {
		t.Errorf("again: %d received in %d requests", r.Received, r.Requests)
	}
	sent, err := w.server.Sent(w.ctx, w.scope)
	if err != nil || len(sent) != 121 || sent[0].Asked != 1+map[bool]int{true: 0, false: 1}[sent[0].Station == station] {
		t.Fatalf("%d sent, %+v, %v", len(sent), sent[0], err)
	}
	for _, one := range sent {
		if one.Taken != 1 {
			t.Fatalf("%+v", one)
		}
	}
	if r := w.round(b); r.Received != 120 || two.titles()["只给一个站"] {
		t.Errorf("the other station received %d", r.Received)
	}
}

// TestMessagesAfterTheDistrictWasPutBack holds that a number given anew hides no
// letter, and that a letter which comes again is no second one.
func TestMessagesAfterTheDistrictWasPutBack(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	c := w.enrol(n)
	w.letter(station, "甲")
	w.round(c)
	older := filepath.Join(t.TempDir(), "older")
	w.stop()
	if err := os.CopyFS(older, os.DirFS(w.folder)); err != nil {
		t.Fatal(err)
	}
	w.restart()
	w.letter(station, "乙")
	w.round(c)
	w.stop()
	w.folder = older
	server, err := district.Open(w.ctx, w.options())
	if err != nil {
		t.Fatal(err)
	}
	w.run(server)
	w.letter(station, "丙") // under the number that 乙 had
	w.letter(station, "丁")
	if r := w.round(c); r.Received != 2 || len(n.titles()) != 4 {
		t.Errorf("%d received, kept %v", r.Received, n.titles())
	}
}

// TestNoForgedMessage holds that what a district did not sign is not taken, and
// that one station cannot fetch another's letters.
func TestNoForgedMessage(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	c := w.enrol(n)
	m := w.letter(station, "甲")
	key := n.enrolment.DistrictKey
	for name, change := range map[string]func(*record.Message){
		"nothing": func(*record.Message) {},
		"text":    func(m *record.Message) { m.Payload = []byte(`{"title":"乙"}`) },
		"urgent":  func(m *record.Message) { m.Urgent = !m.Urgent },
		"number":  func(m *record.Message) { m.Seq++ },
		"stream":  func(m *record.Message) { m.Stream = record.StreamAll },
		"kind":    func(m *record.Message) { m.Kind = "order" },
	} {
		forged := m
		change(&forged)
		if forged.Holds(key, station) != (name == "nothing") {
			t.Errorf("%s changed: holds %v", name, forged.Holds(key, station))
		}
	}
	if m.Holds(key, "129999005") {
		t.Error("a letter to one station holds for another")
	}
	n.enrolment.DistrictKey = make([]byte, 32)
	if _, err := c.Round(w.ctx); err == nil || len(n.letters) != 0 {
		t.Errorf("taken from another district: %v", err)
	}
	if _, err := w.server.SendNotice(w.ctx, w.scope, "129999999", record.Notice{Title: "x"}, false); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("to a station that is not there: %v", err)
	}
	if _, err := w.server.SendNotice(w.ctx, w.scope, "", record.Notice{}, false); record.CodeOf(err) != record.CodeRequired {
		t.Errorf("without a title: %v", err)
	}
}
