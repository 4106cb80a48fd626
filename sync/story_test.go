package sync_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rongyuan/store/record"
	"rongyuan/store/seal"
	dsync "rongyuan/sync"
	"rongyuan/sync/district"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	officerName = "区管理员"
	password    = "Hexi-2026-strong"
)

// light are costs of argon2id for tests only.
func light() seal.Params { return seal.Params{Memory: 64, Time: 1, Threads: 1} }

// world is a district that runs on real TLS on this machine.
type world struct {
	t      *testing.T
	ctx    context.Context
	clock  *clock
	folder string
	server *district.Server
	scope  district.Scope
	addr   string
	url    string
	stop   func()
	rates  district.Rates
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, ctx: t.Context(), clock: newClock(), folder: filepath.Join(t.TempDir(), "district"), addr: "127.0.0.1:0"}
	server, err := district.Create(w.ctx, w.options(), district.Founding{Code: "129999", Name: "某区退役军人服务中心", Officer: officerName, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	w.run(server)
	t.Cleanup(func() { w.stop() })
	return w
}

func (w *world) options() district.Options {
	return district.Options{Folder: w.folder, Clock: w.clock.Now, Rand: rand.Reader, App: "test", Passwords: light(), Rates: w.rates}
}

func (w *world) run(server *district.Server) {
	w.t.Helper()
	listener, err := net.Listen("tcp", w.addr)
	if err != nil {
		w.t.Fatal(err)
	}
	w.addr = listener.Addr().String()
	w.url = "https://" + w.addr
	w.server = server
	if w.scope, err = server.Login(w.ctx, officerName, password); err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx, listener) }()
	w.stop = func() {
		w.stop = func() {}
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("serve: %v", err)
		}
		if err := server.Close(); err != nil {
			w.t.Errorf("close: %v", err)
		}
	}
}

// restart opens the district again from its folder.
func (w *world) restart() {
	w.t.Helper()
	w.stop()
	server, err := district.Open(w.ctx, w.options())
	if err != nil {
		w.t.Fatal(err)
	}
	w.run(server)
}

func (w *world) client(n *notebook) *dsync.Client {
	return dsync.New(dsync.Options{Store: n, Clock: w.clock.Now, Rand: rand.Reader, App: "test", Timeout: 10 * time.Second})
}

func (w *world) code(of record.StationCode) string {
	w.t.Helper()
	code, err := w.server.NewCode(w.ctx, w.scope, of)
	if err != nil {
		w.t.Fatal(err)
	}
	return code.Code
}

func (w *world) enrol(n *notebook) *dsync.Client {
	w.t.Helper()
	c := w.client(n)
	if err := c.Enrol(w.ctx, w.url, w.code(n.code), w.server.Fingerprint(), nil); err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) round(c *dsync.Client) dsync.Result {
	w.t.Helper()
	r, err := c.Round(w.ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (w *world) sameFigures(n *notebook) {
	w.t.Helper()
	period := record.Month(2026, 10)
	f, err := w.server.Figures(w.ctx, w.scope, period, n.code)
	if err != nil {
		w.t.Fatal(err)
	}
	if want := n.figures(period); !maps.Equal(f.Figures, want) {
		w.t.Errorf("figures of the district\n%v\nof the station\n%v", f.Figures, want)
	}
}

func TestEnrolPushFigures(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(40)
	asked := ""
	c := w.client(n)
	if _, err := c.Round(w.ctx); record.CodeOf(err) != record.CodeNotEnrolled {
		t.Fatalf("round before enrolment: %v", err)
	}
	err := c.Enrol(w.ctx, w.url, w.code(station), "", func(fingerprint, name string) bool {
		asked = fingerprint + name
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	if asked != w.server.Fingerprint()+"某区退役军人服务中心" {
		t.Errorf("asked about %q", asked)
	}
	r := w.round(c)
	if r.Sent != len(n.ops) || r.Requests != 2 || !r.Head.Equal(n.head()) {
		t.Errorf("sent %d of %d in %d requests, head %v", r.Sent, len(n.ops), r.Requests, r.Head)
	}
	w.sameFigures(n)

	people, err := w.server.People(w.ctx, w.scope, station, nil)
	if err != nil || len(people) != 40 {
		t.Fatalf("%d people, %v", len(people), err)
	}
	for _, p := range people {
		if p.Minutes != 120 || p.Team != "综合服务队" || !strings.Contains(p.IDNumber, "********") || len(p.Birth) != 4 || p.Station != station {
			t.Errorf("%+v", p)
		}
	}
	open, err := w.server.People(w.ctx, w.scope, station, &district.Unmask{Reason: "核对名册"})
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[string]bool{}
	for _, p := range open {
		numbers[p.IDNumber+p.Phones[0]] = true
	}
	for i := range 40 {
		if v := person(i); !numbers[string(v.IDNumber)+v.Phones[0]] {
			t.Errorf("person %d is not there", i)
		}
	}
	if _, err := w.server.People(w.ctx, w.scope, station, &district.Unmask{}); record.CodeOf(err) != record.CodeReasonRequired {
		t.Errorf("unmasked without a reason: %v", err)
	}

	// A correction: the entry is taken back and written anew, a person leaves.
	back := entry(3, -120)
	back.Reverses, back.Reason = "e-3", "写错"
	save(n, record.OpServiceReversed, "e-3r", back)
	save(n, record.OpServiceRecorded, "e-3n", entry(3, 90))
	gone := person(4)
	gone.Status, gone.StatusSince = record.StatusLeft, "2026-10-10"
	save(n, record.OpVolunteerUpdated, "v-4", gone)
	if r := w.round(c); r.Sent != 3 {
		t.Errorf("sent %d", r.Sent)
	}
	w.sameFigures(n)
	w.verified()
}

func (w *world) verified() {
	w.t.Helper()
	report, err := w.server.Verify(w.ctx)
	if err != nil || !report.Good() || len(report.Logs) == 0 {
		w.t.Errorf("verify: %v %+v", err, report)
	}
}

func TestNothingToDoIsOneRequest(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	c := w.enrol(n)
	for range 2 { // with an empty log, then with a full one
		w.round(c)
		r := w.round(c)
		t.Logf("%d + %d bytes", r.BytesUp, r.BytesDown)
		if r.Sent != 0 || r.Requests != 1 || r.BytesUp+r.BytesDown > 512 {
			t.Errorf("%d requests, %d + %d bytes, %d sent", r.Requests, r.BytesUp, r.BytesDown, r.Sent)
		}
		n.month(5)
	}
}

func TestManyOperationsGoInBatches(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(400)
	c := w.enrol(n)
	r := w.round(c)
	rows := len(n.ops)
	t.Logf("%d operations, %d requests, %d bytes up (%d each)", rows, r.Requests, r.BytesUp, int(r.BytesUp)/rows)
	if r.Sent != rows || r.Requests != 1+(rows+199)/200 {
		t.Errorf("sent %d of %d in %d requests", r.Sent, rows, r.Requests)
	}
	if r.BytesUp/int64(rows) > 150 {
		t.Errorf("%d bytes for one operation", r.BytesUp/int64(rows))
	}
	w.sameFigures(n)
}

func TestTwoStationsDoNotMix(t *testing.T) {
	w := newWorld(t)
	one, two := newNotebook(t, station, 1), newNotebook(t, "129999005", 2)
	one.month(7)
	two.month(3) // the same ids of people, teams and activities
	w.round(w.enrol(one))
	w.round(w.enrol(two))
	w.sameFigures(one)
	w.sameFigures(two)
	all, err := w.server.People(w.ctx, w.scope, "", nil)
	if err != nil || len(all) != 10 {
		t.Errorf("%d people, %v", len(all), err)
	}
	sum, err := w.server.Figures(w.ctx, w.scope, record.Month(2026, 10), "")
	if err != nil || sum.Figures[record.FigureMinutes] != 10*120 || len(sum.Stations) != 2 {
		t.Errorf("%v, %v", sum.Figures, err)
	}
}

func TestReopenAfterAnEndWithoutGoodbye(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(30)
	c := w.enrol(n)
	w.round(c)
	// What lies on the disk now is what a killed server leaves behind: the
	// database with its log, neither closed nor checkpointed.
	left := filepath.Join(t.TempDir(), "left")
	if err := os.CopyFS(left, os.DirFS(w.folder)); err != nil {
		t.Fatal(err)
	}
	opt := w.options()
	opt.Folder = left
	server, err := district.Open(w.ctx, opt)
	if err != nil {
		t.Fatal(err)
	}
	w.stop()
	w.folder = left
	w.run(server)
	n.raw(record.OpVolunteerUpdated, "v-1", `{"set":{"note":"后来"},"was":{"note":"备注标记1"}}`, 1)
	if r := w.round(c); r.Sent != 1 {
		t.Errorf("sent %d", r.Sent)
	}
	w.sameFigures(n)
	w.verified()
}

func TestTheDistrictPutBackFromAnOlderCopyGetsEverythingAgain(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(5)
	c := w.enrol(n)
	w.round(c)
	older := filepath.Join(t.TempDir(), "older")
	w.stop()
	if err := os.CopyFS(older, os.DirFS(w.folder)); err != nil {
		t.Fatal(err)
	}
	w.restart()
	for i := range 20 {
		save(n, record.OpVolunteerRegistered, fmt.Sprintf("w-%d", i), person(100+i))
	}
	w.round(c)
	w.stop()
	w.folder = older
	server, err := district.Open(w.ctx, w.options())
	if err != nil {
		t.Fatal(err)
	}
	w.run(server)
	if r := w.round(c); r.Sent != 20 {
		t.Errorf("sent %d again", r.Sent)
	}
	w.sameFigures(n)
}

func TestNoPersonInTheDistrictsFiles(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(30)
	n.raw("visit.recorded", "x-1", `{"set":{"note":"备注标记99","name":"王建国"}}`, 1) // quarantined is sealed as well
	w.round(w.enrol(n))
	if _, err := w.server.People(w.ctx, w.scope, station, &district.Unmask{Reason: "原因标记"}); err != nil {
		t.Fatal(err)
	}
	var marks []string
	for i := range 30 {
		v := person(i)
		marks = append(marks, v.Name, string(v.IDNumber), v.Phones[0], v.Address, v.Note)
	}
	marks = append(marks, "经办一", "清理河岸", "队内备注", "原因标记")
	look := func(when string) {
		found := 0
		err := filepath.WalkDir(w.folder, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			found += strings.Count(string(raw), "综合服务队") // the control: readable things are found
			for _, mark := range marks {
				if strings.Contains(string(raw), mark) {
					t.Errorf("%s: %s holds personal text", when, filepath.Base(path))
					break
				}
			}
			return nil
		})
		if err != nil || found == 0 {
			t.Errorf("%s: %v, the control was found %d times", when, err, found)
		}
	}
	look("while running")
	w.stop()
	look("after closing")
}

func TestKeysAreForTheOwnerOnly(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"data.key", "data.slot", "receipt.key", "ca.key"} {
		info, err := os.Stat(filepath.Join(w.folder, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
	_, err := district.Create(w.ctx, w.options(), district.Founding{Code: "129999", Name: "某区", Officer: officerName, Password: password})
	if record.CodeOf(err) != record.CodeStationExists {
		t.Errorf("a district over a district: %v", err)
	}
}

func TestBoardShowsWhatIsKnown(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(2)
	_ = w.code("129999006")
	c := w.enrol(n)
	w.round(c)
	lines, err := w.server.Stations(w.ctx, w.scope)
	if err != nil || len(lines) != 2 {
		t.Fatalf("%+v %v", lines, err)
	}
	known, silent := lines[0], lines[1]
	if known.Head != int64(len(n.ops)) || known.Pending == nil || *known.Pending != int64(len(n.ops)) && *known.Pending != 0 || known.LastSeen == "" || known.Name == "" {
		t.Errorf("%+v", known)
	}
	if silent.Pending != nil || silent.LastSeen != "" || silent.Devices != 0 {
		t.Errorf("%+v", silent)
	}
	devices, err := w.server.Devices(w.ctx, w.scope)
	if err != nil || !slices.ContainsFunc(devices, func(d district.DeviceLine) bool { return d.Station == station && d.App == "test" }) {
		t.Errorf("%+v %v", devices, err)
	}
	if _, err := w.server.Stations(w.ctx, district.Scope{}); record.CodeOf(err) != record.CodeNoRight {
		t.Errorf("without a scope: %v", err)
	}
}
