package app

import (
	"context"
	"crypto/rand"
	"net"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rongyuan/app/widgets"
	"rongyuan/store/record"
	"rongyuan/store/seal"
	"rongyuan/sync/district"
)

// testDistrict is a real district server in this process.
type testDistrict struct {
	t      *testing.T
	server *district.Server
	scope  district.Scope
	url    string
	stop   func()
}

const districtName = "天津市津南区退役军人服务中心"

func startDistrict(t *testing.T) *testDistrict {
	t.Helper()
	server, err := district.Create(context.Background(), district.Options{
		Folder: t.TempDir(), Clock: now, Rand: rand.Reader, Passwords: seal.Params{Memory: 64, Time: 1, Threads: 1},
	}, district.Founding{Code: "120112", Name: districtName, Officer: "李科", Password: "Jinnan-Qu-2026"})
	if err != nil {
		t.Fatal(err)
	}
	scope, err := server.Login(context.Background(), "李科", "Jinnan-Qu-2026")
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx, listener) }()
	d := &testDistrict{t: t, server: server, scope: scope, url: "https://" + listener.Addr().String()}
	d.stop = func() {
		if d.stop == nil {
			return
		}
		d.stop = nil
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(func() {
		if d.stop != nil {
			d.stop()
		}
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d *testDistrict) code() string {
	d.t.Helper()
	c, err := d.server.NewCode(context.Background(), d.scope, "120112101")
	if err != nil {
		d.t.Fatal(err)
	}
	return c.Code
}

func (d *testDistrict) figures() record.Figures {
	d.t.Helper()
	f, err := d.server.Figures(context.Background(), d.scope, record.Month(2026, 10), "120112101")
	if err != nil {
		d.t.Fatal(err)
	}
	return f.Figures
}

// still keeps the loop from starting, so that a test sees each round.
func (h hands) still() *func() {
	started := new(func())
	h.d.exchange.launch = func(f func()) { *started = f }
	return started
}

// enrol goes through the form by keyboard.
func (h hands) enrol(d *testDistrict) {
	h.t.Helper()
	h.press(fyne.KeyF6)
	h.fields(d.url)
	h.write(d.code())
	h.press(fyne.KeyReturn)
	h.press(fyne.KeyLeft) // from 不一样, where the focus is, to 一样
	h.press(fyne.KeyReturn)
}

// TestEnrolAndSync enrols at a real district, brings a month of work there and
// compares the figures.
func TestEnrolAndSync(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	district := startDistrict(t)
	started := h.still()
	h.october()
	h.press(fyne.KeyF6)
	s := d.screens[doorExchange].(*exchangeScreen)
	h.golden("exchange_enrol")
	h.fields(district.url)
	h.write("AAAA-BBBB")
	h.press(fyne.KeyReturn)
	if s.enrol.fields["code"].Message() == "" || s.state.Enrolled {
		t.Error("a wrong code: nothing said")
	}
	s.enrol.code.SetValue(district.code())
	h.ctrl(fyne.KeyS)
	if d.win.Canvas().Overlays().Top() == nil {
		t.Fatal("the fingerprint was not shown")
	}
	h.press(fyne.KeyReturn) // a hasty Enter is 不一样
	if s.state.Enrolled {
		t.Fatal("a hasty Enter enrolled the station")
	}
	h.ctrl(fyne.KeyS)
	h.press(fyne.KeyLeft, fyne.KeyReturn)
	if !s.state.Enrolled || *started == nil || s.name != districtName {
		t.Fatalf("enrolled %t at %q, loop started %t", s.state.Enrolled, s.name, *started != nil)
	}
	if len(s.waiting) == 0 || s.state.Pending == 0 {
		t.Fatal("nothing waits")
	}
	h.ctrl(fyne.KeyR)
	if s.state.Pending != 0 || !s.state.HeadsEqual || len(s.waiting) != 0 {
		t.Errorf("after the sync %+v", s.state)
	}
	mine, err := d.db.Report(context.Background(), record.Month(2026, 10))
	if err != nil {
		t.Fatal(err)
	}
	theirs := district.figures()
	for code, n := range mine.Figures {
		if theirs[code] != n {
			t.Errorf("%s: %d here, %d at the district", code, n, theirs[code])
		}
	}
	if mine.Figures[record.FigureMinutes] == 0 {
		t.Error("the test compares nothing")
	}
	d.frame.notice.Dismiss()
	h.ctrl(fyne.KeyR)
	if got := d.frame.notice.Text(); !strings.Contains(got, "没有新的记录") {
		t.Errorf("a second sync says %q", got)
	}
}

// TestWaitingList says in words what waits, with names and nothing else.
func TestWaitingList(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	district := startDistrict(t)
	h.still()
	h.enrol(district)
	h.ctrl(fyne.KeyR)
	team, people := h.company("小站镇志愿服务队", 3)
	h.log(patrol(team, "2026-10-05"), people...)
	all := h.activities()
	parts, err := d.db.Participations(context.Background(), all[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.db.CorrectService(context.Background(), parts[0].Entry, 60, "提前离开"); err != nil {
		t.Fatal(err)
	}
	d.changed()
	s := d.screens[doorExchange].(*exchangeScreen)
	want := []string{"登记人员", "登记人员", "登记人员", "新建队伍", "加入队伍", "加入队伍", "加入队伍", "登记活动", "更正时长"}
	if len(s.waiting) != len(want) {
		t.Fatalf("%d lines: %+v", len(s.waiting), s.waiting)
	}
	total := 0
	for i, w := range s.waiting {
		total += w.n
		if w.what != want[i] || w.title == "" || w.who != account {
			t.Errorf("line %d: %+v, want %s", i, w, want[i])
		}
	}
	if int64(total) != s.state.Pending {
		t.Errorf("%d listed, %d wait", total, s.state.Pending)
	}
	d.frame.notice.Dismiss()
	s.card.SetTitle(s.name, "https://10.12.0.8:8443") // the port of the test differs each time
	h.golden("exchange_waiting")
}

// TestOffline holds that being without a network is no error.
func TestOffline(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	district := startDistrict(t)
	h.still()
	h.enrol(district)
	h.ctrl(fyne.KeyR)
	district.stop()
	h.register(volunteer("王建国", wangNumber))
	d.changed()
	h.ctrl(fyne.KeyR)
	if d.win.Canvas().Overlays().Top() != nil {
		t.Error("a dialog came up over an exchange without a network")
	}
	s := d.screens[doorExchange].(*exchangeScreen)
	if s.state.LastCode != record.CodeNoConnection || s.state.Pending != 1 {
		t.Errorf("state %+v", s.state)
	}
	if text, tone := stateSentence(s.state, d.now()); !strings.Contains(text, "数据都在本机") || tone == widgets.Bad {
		t.Errorf("said %q in tone %d", text, tone)
	}
}

// TestLoop holds that a save nudges the loop and the loop exchanges.
func TestLoop(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	district := startDistrict(t)
	started := h.still()
	h.enrol(district)
	h.register(volunteer("王建国", wangNumber))
	d.changed()
	d.changed()
	if len(d.exchange.nudge) != 1 {
		t.Fatalf("%d nudges wait, want 1", len(d.exchange.nudge))
	}
	var rounds int
	d.exchange.reported = func(err error) {
		rounds++
		if err != nil {
			t.Errorf("round: %v", err)
		}
		d.exchange.halt()
	}
	(*started)()
	state, err := d.db.Exchange(context.Background())
	if err != nil || rounds != 1 || state.Pending != 0 {
		t.Errorf("%d rounds, %d wait, %v", rounds, state.Pending, err)
	}
	d.lock()
	if d.exchange != nil {
		t.Error("the exchange goes on while the window is locked")
	}
}

// TestLetters holds that what the district writes stands on 今日 and in 交换,
// that the keyboard alone opens it, and that it is noted as read then only.
func TestLetters(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	district := startDistrict(t)
	h.still()
	h.enrol(district)
	for _, n := range []record.Notice{
		{Title: "关于开展冬季走访的通知", Text: "请各站在 12 月 20 日前完成走访。\n走访情况当日记入系统。"},
		{Title: "汛期应急备勤", Text: "请核对应急队员名单，保持电话畅通。"},
	} {
		if _, err := district.server.SendNotice(context.Background(), district.scope, "", n, n.Title == "汛期应急备勤"); err != nil {
			t.Fatal(err)
		}
	}
	h.ctrl(fyne.KeyR)
	s := d.screens[doorExchange].(*exchangeScreen)
	if len(s.letters.letters) != 2 || unread(s.letters.letters) != 2 {
		t.Fatalf("%d letters", len(s.letters.letters))
	}
	h.press(fyne.KeyF7)
	today := d.screens[doorToday].(*todayScreen)
	at := slices.IndexFunc(today.due, func(l dueLine) bool { return strings.Contains(l.what, "2 份通知") })
	if at < 0 {
		t.Fatalf("today says nothing: %+v", today.due)
	}
	today.due[at].open()
	if s.at != 1 || d.win.Canvas().Focused() != fyne.Focusable(s.letters.grid) {
		t.Fatal("the letters are not open")
	}
	if l, _ := s.letters.current(); l.Notice().Title != "汛期应急备勤" {
		t.Errorf("first is %q", l.Notice().Title)
	}
	h.golden("letters")
	h.press(fyne.KeyReturn)
	if unread(s.letters.letters) != 1 {
		t.Errorf("%d unread after Enter", unread(s.letters.letters))
	}
	h.press(fyne.KeyF7)
	if slices.ContainsFunc(today.due, func(l dueLine) bool { return strings.Contains(l.what, "2 份通知") }) {
		t.Error("today still counts both")
	}
}
