package sync_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	gosync "sync"
	"testing"
	"time"

	"rongyuan/store/record"
	dsync "rongyuan/sync"
	"rongyuan/sync/district"
	"rongyuan/sync/wire"
)

// speaker says to a district whatever a test wants it to say.
type speaker struct {
	w      *world
	n      *notebook
	client *http.Client
	key    ed25519.PrivateKey
	device string
}

func newSpeaker(w *world, n *notebook) *speaker {
	w.t.Helper()
	e, err := n.Enrolment(w.ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	t := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} // the tests of trust are elsewhere
	w.t.Cleanup(t.CloseIdleConnections)
	return &speaker{w, n, &http.Client{Transport: t, Timeout: 20 * time.Second}, ed25519.NewKeyFromSeed(e.DeviceKey), e.Device}
}

// shot is one request and how it is spoiled.
type shot struct {
	path, kind, challenge string
	sequence              int64
	body                  []byte
	spoil                 func(*http.Request)
}

func (s *speaker) send(q shot) (int, []byte, http.Header) {
	s.w.t.Helper()
	req, err := http.NewRequestWithContext(s.w.ctx, http.MethodPost, s.w.url+q.path, bytes.NewReader(q.body))
	if err != nil {
		s.w.t.Fatal(err)
	}
	wire.Signed{Method: "POST", Path: q.path, BodySum: wire.Sum(q.body), Device: s.device, Sequence: q.sequence, Challenge: q.challenge}.Sign(req.Header, s.key)
	req.Header.Set("Content-Type", q.kind)
	if q.spoil != nil {
		q.spoil(req)
	}
	res, err := s.client.Do(req)
	if err != nil {
		s.w.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		s.w.t.Fatal(err)
	}
	return res.StatusCode, raw, res.Header
}

func (s *speaker) helloBody() []byte {
	nonce := make([]byte, 16)
	_, _ = rand.Read(nonce)
	raw, err := wire.Encode(wire.Hello{Protocol: wire.Spoken("test"), Head: s.n.head(), Nonce: nonce, ClockMS: s.w.clock.Now().UnixMilli()})
	if err != nil {
		s.w.t.Fatal(err)
	}
	return raw
}

func (s *speaker) hello() wire.HelloAnswer {
	s.w.t.Helper()
	status, raw, _ := s.send(shot{path: wire.PathHello, kind: wire.TypeJSON, body: s.helloBody()})
	a, err := wire.DecodeHelloAnswer(raw)
	if status != 200 || err != nil {
		s.w.t.Fatalf("hello: %d %s", status, raw)
	}
	return a
}

func (s *speaker) batch(after int, ops []record.Operation) []byte {
	s.w.t.Helper()
	b := wire.Batch{Station: s.n.code, After: record.Head{Incarnation: s.n.incarnation, Seq: int64(after)}, Operations: ops}
	if after > 0 {
		b.After.Hash = s.n.ops[after-1].Hash
	}
	b.Signature = ed25519.Sign(s.key, wire.HeadBytes(b.Station, b.Head()))
	raw, err := wire.EncodeBatch(b)
	if err != nil {
		s.w.t.Fatal(err)
	}
	return s.pack(raw)
}

func (s *speaker) pack(raw []byte) []byte {
	p, err := wire.NewPacker()
	if err != nil {
		s.w.t.Fatal(err)
	}
	return p.Pack(raw)
}

func (s *speaker) unpack(packed []byte) []byte {
	p, err := wire.NewPacker()
	if err != nil {
		s.w.t.Fatal(err)
	}
	raw, err := p.Unpack(packed)
	if err != nil {
		s.w.t.Fatal(err)
	}
	return raw
}

func codeIn(raw []byte) record.Code {
	f, err := wire.DecodeFailure(raw)
	if err != nil {
		return ""
	}
	return f.Error.Code
}

// stored is how many operations the district holds of a station.
func (w *world) stored(code record.StationCode) int64 {
	w.t.Helper()
	lines, err := w.server.Stations(w.ctx, w.scope)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, l := range lines {
		if l.Station == code {
			return l.Head
		}
	}
	return -1
}

func TestHandlerRefusesHostileRequests(t *testing.T) {
	w := newWorld(t)
	n, other := newNotebook(t, station, 1), newNotebook(t, "129999005", 2)
	n.month(2)
	other.month(1)
	w.enrol(n)
	w.enrol(other)
	s := newSpeaker(w, n)
	good := s.batch(0, n.ops)
	plain := string(s.unpack(good))
	foreign := newSpeaker(w, other)
	foreign.key, foreign.device = s.key, s.device // our device speaks of another station

	push := func(spoil func(*http.Request)) shot {
		return shot{path: wire.PathPush, kind: wire.TypeBatch, body: good, spoil: spoil}
	}
	with := func(text string) shot {
		return shot{path: wire.PathPush, kind: wire.TypeBatch, body: s.pack([]byte(text))}
	}
	for name, one := range map[string]struct {
		shot   shot
		status int
		code   record.Code
	}{
		"65 no headers": {push(func(r *http.Request) { r.Header.Del(wire.HeaderDevice) }), 401, record.CodeUnauthorised},
		"65 unknown device": {push(func(r *http.Request) {
			r.Header.Set(wire.HeaderDevice, "00000000-0000-4000-8000-000000000000")
		}), 401, record.CodeUnauthorised},
		"65 wrong key": {push(func(r *http.Request) {
			wire.Signed{Method: "POST", Path: wire.PathPush, BodySum: wire.Sum(good), Device: s.device, Sequence: 1, Challenge: r.Header.Get(wire.HeaderChallenge)}.
				Sign(r.Header, ed25519.NewKeyFromSeed(make([]byte, 32)))
		}), 401, record.CodeUnauthorised},
		"66 body changed": {push(func(r *http.Request) {
			bad := bytes.Clone(good)
			bad[len(bad)-9] ^= 1
			r.Body = io.NopCloser(bytes.NewReader(bad))
		}), 401, record.CodeUnauthorised},
		"67 other challenge":     {push(func(r *http.Request) { r.Header.Set(wire.HeaderChallenge, strings.Repeat("0", 32)) }), 401, record.CodeUnauthorised},
		"68 gap":                 {shot{path: wire.PathPush, kind: wire.TypeBatch, body: s.batch(3, n.ops[3:])}, 409, record.CodeGap},
		"71 other station":       {shot{path: wire.PathPush, kind: wire.TypeBatch, body: foreign.batch(0, other.ops)}, 403, record.CodeForeignRecord},
		"73 too large":           {shot{path: wire.PathPush, kind: wire.TypeBatch, body: make([]byte, wire.MaxPacked+1)}, 413, record.CodeTooLarge},
		"73 bomb":                {shot{path: wire.PathPush, kind: wire.TypeBatch, body: s.pack(make([]byte, 32<<20))}, 413, record.CodeTooLarge},
		"73 stream in a stream":  {shot{path: wire.PathPush, kind: wire.TypeBatch, body: s.pack(good)}, 400, record.CodeMalformed},
		"74 content type":        {shot{path: wire.PathPush, kind: "text/html", body: good}, 400, record.CodeMalformed},
		"74 content encoding":    {push(func(r *http.Request) { r.Header.Set("Content-Encoding", "gzip") }), 400, record.CodeMalformed},
		"74 no stream":           {shot{path: wire.PathPush, kind: wire.TypeBatch, body: []byte("no zstd")}, 400, record.CodeMalformed},
		"74 NUL":                 {with(strings.Replace(plain, "经办一", `\u0000`, 1)), 400, record.CodeMalformed},
		"74 name twice":          {with(strings.Replace(plain, `"actor"`, `"wall_ms":1,"actor"`, 1)), 400, record.CodeMalformed},
		"74 unknown field":       {with(strings.Replace(plain, `"actor"`, `"more":1,"actor"`, 1)), 400, record.CodeMalformed},
		"74 trailing":            {with(plain + "{}"), 400, record.CodeMalformed},
		"75 newer batch":         {with(strings.Replace(plain, `"version":1`, `"version":2`, 1)), 400, record.CodeVersionTooNew},
		"78 version zero":        {with(strings.Replace(plain, `"type_version":1`, `"type_version":0`, 1)), 400, record.CodeMalformed},
		"78 negative":            {with(strings.Replace(plain, `"base_version":0`, `"base_version":-1`, 1)), 400, record.CodeMalformed},
		"84 too many rows":       {with(strings.Replace(plain, `"count":`, `"count":2001,"x":`, 1)), 400, record.CodeMalformed},
		"84 two thousand and 1":  {with(`{"version":1,"station":"129999004","incarnation":"` + string(n.incarnation) + `","after":0,"count":2001,"alg":"ed25519","signature":""}`), 413, record.CodeTooLarge},
		"signature of the batch": {with(strings.Replace(plain, `"signature":"`, `"signature":"AAAA`, 1)), 401, record.CodeUnauthorised},
	} {
		a := s.hello()
		one.shot.challenge, one.shot.sequence = a.Challenge, 1
		status, raw, _ := s.send(one.shot)
		if status != one.status || codeIn(raw) != one.code {
			t.Errorf("%s: %d %s, want %d %s", name, status, raw, one.status, one.code)
		}
		if bytes.Contains(raw, []byte("经办")) || bytes.Contains(raw, []byte("129999")) {
			t.Errorf("%s: the answer repeats the question: %s", name, raw)
		}
		if w.stored(station) != 0 || w.stored("129999005") != 0 {
			t.Fatalf("%s: something was stored", name)
		}
	}
	report, err := w.server.Verify(w.ctx)
	if err != nil || !report.Good() || report.Lines < 5 {
		t.Errorf("what was refused does not stand in a sound audit log: %+v %v", report, err)
	}
}

func TestEmptyBatchIsTaken(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	w.enrol(n)
	s := newSpeaker(w, n)
	status, raw, _ := s.send(shot{path: wire.PathPush, kind: wire.TypeBatch, body: s.batch(0, nil), challenge: s.hello().Challenge, sequence: 1})
	if status != 200 {
		t.Errorf("%d %s", status, raw)
	}
}

func TestTheSamePushTwiceAndReplays(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(3)
	w.enrol(n)
	s := newSpeaker(w, n)
	challenge := s.hello().Challenge
	q := shot{path: wire.PathPush, kind: wire.TypeBatch, body: s.batch(0, n.ops), challenge: challenge, sequence: 1}
	status, first, _ := s.send(q)
	if status != 200 {
		t.Fatalf("%d %s", status, first)
	}
	if status, again, _ := s.send(q); status != 409 || !bytes.Equal(again, first) {
		t.Errorf("replay: %d %s", status, again)
	}
	q.sequence = 5
	if status, raw, _ := s.send(q); status != 200 {
		t.Errorf("the same batch in a new request: %d %s", status, raw)
	}
	q.sequence = 4
	if status, raw, _ := s.send(q); status != 401 {
		t.Errorf("an older sequence: %d %s", status, raw)
	}
	// Half of it is known.
	q.sequence, q.body = 6, s.batch(2, n.ops[2:4])
	if status, raw, _ := s.send(q); status != 200 {
		t.Errorf("a part that is known: %d %s", status, raw)
	}
	if got := w.stored(station); got != int64(len(n.ops)) {
		t.Errorf("stored %d of %d", got, len(n.ops))
	}
	hello := shot{path: wire.PathHello, kind: wire.TypeJSON, body: s.helloBody()}
	if status, raw, _ := s.send(hello); status != 200 {
		t.Errorf("hello: %d %s", status, raw)
	}
	if status, _, _ := s.send(hello); status != 401 {
		t.Errorf("the same hello twice: %d", status)
	}
	w.sameFigures(n)
	w.clock.add(time.Hour)
	q.sequence = 7
	if status, _, _ := s.send(q); status != 401 {
		t.Errorf("a session that is over: %d", status)
	}
}

func TestVersionsThatDoNotMeet(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	w.enrol(n)
	s := newSpeaker(w, n)
	body := bytes.Replace(s.helloBody(), []byte(`"oldest":1,"newest":1`), []byte(`"oldest":7,"newest":9`), 1)
	status, raw, _ := s.send(shot{path: wire.PathHello, kind: wire.TypeJSON, body: body})
	f, err := wire.DecodeFailure(raw)
	if status != 400 || err != nil || f.Error.Code != record.CodeVersionTooNew || f.Error.Protocol == nil || f.Error.Protocol.Newest != wire.Newest {
		t.Errorf("%d %s", status, raw)
	}
}

func TestRevokedDevice(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(2)
	c := w.enrol(n)
	w.round(c)
	before, err := w.server.Devices(w.ctx, w.scope)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.server.Revoke(w.ctx, w.scope, before[0].ID); err != nil {
		t.Fatal(err)
	}
	n.raw(record.OpVolunteerUpdated, "v-1", `{"set":{"note":"后来"}}`, 1)
	if _, err := c.Round(w.ctx); record.CodeOf(err) != record.CodeRevoked {
		t.Errorf("revoked: %v", err)
	}
	if n.failures[len(n.failures)-1] != record.CodeRevoked {
		t.Errorf("noted %v", n.failures)
	}
	if err := w.server.Revoke(w.ctx, w.scope, "nobody"); record.CodeOf(err) != record.CodeNotFound {
		t.Errorf("revoke nobody: %v", err)
	}
	// The lost PC's file was kept: a new code, and what it had goes on.
	n.enrolment = nil
	if r := w.round(w.enrol(n)); r.Sent != 1 {
		t.Errorf("sent %d", r.Sent)
	}
}

func TestForks(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(4)
	c := w.enrol(n)
	w.round(c)

	older := n.copied()
	older.ops = older.ops[:5] // the file was put back from a copy
	if _, err := w.client(older).Round(w.ctx); record.CodeOf(err) != record.CodeForked {
		t.Errorf("an older copy: %v", err)
	}
	clone := n.copied()
	clone.raw(record.OpBrandUpdated, "b-1", `{"set":{"name":"甲"}}`, 1)
	n.raw(record.OpBrandUpdated, "b-1", `{"set":{"name":"乙"},"was":{"name":"老兵守河"}}`, 1)
	w.round(c)
	if _, err := w.client(clone).Round(w.ctx); record.CodeOf(err) != record.CodeForked {
		t.Errorf("a cloned PC: %v", err)
	}
	lines, err := w.server.Stations(w.ctx, w.scope)
	if err != nil || !lines[0].Forked {
		t.Errorf("the board does not show the fork: %+v %v", lines, err)
	}
	other := n.copied()
	other.incarnation = record.Incarnation(strings.Repeat("9", 32))
	if _, err := w.client(other).Round(w.ctx); record.CodeOf(err) != record.CodeForked {
		t.Errorf("another life of the file: %v", err)
	}
	w.round(c) // the right one goes on
	if lines, err = w.server.Stations(w.ctx, w.scope); err != nil || lines[0].Forked {
		t.Errorf("the fork stays on the board: %v", err)
	}
	w.verified()
}

func TestAPoisonedOperationDelaysOnlyItsRecord(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(6)
	bad := []string{`{"set":{"note":1}}`, `{"set":{"a":1,"a":2}}`, `{"set":{"note":"\u0000"}}`, `[]`, `null`, `"x"`, `{"set":{"never_heard":1}}`, `1e400`}
	for i, payload := range bad {
		id := fmt.Sprintf("p-%d", i)
		n.raw(record.OpVolunteerRegistered, id, payload, 1)
		n.raw(record.OpVolunteerUpdated, id, `{"set":{"note":"danach"}}`, 1)
	}
	n.raw("visit.recorded", "x-1", `{"set":{"text":"a"}}`, 1)
	n.raw(record.OpTeamUpdated, "t-1", `{"set":{"slogan":"b"}}`, 9) // a newer shape
	n.raw(record.OpTeamUpdated, "t-1", `{"set":{"name":"c"}}`, 1)
	save(n, record.OpVolunteerRegistered, "w-1", person(50))
	save(n, record.OpServiceRecorded, "w-e", record.Entry{Activity: "a-1", Volunteer: "w-1", Minutes: 30, Source: record.SourceLater, Recorded: "2026-10-08"})
	c := w.enrol(n)
	r := w.round(c)
	if r.Sent != len(n.ops) {
		t.Errorf("sent %d of %d", r.Sent, len(n.ops))
	}
	if want := int64(2*len(bad) + 3); r.Receipt.Quarantined != want {
		t.Errorf("%d wait, want %d", r.Receipt.Quarantined, want)
	}
	w.sameFigures(n)
	states, err := w.server.Quarantine(w.ctx, w.scope)
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[record.Code]int{}
	for _, st := range states {
		reasons[st.Reason]++
	}
	if reasons[record.CodeHeld] != len(bad)+1 || reasons[record.CodeUnknownOperation] < 3 || reasons[record.CodeMalformed] < 5 {
		t.Errorf("reasons %v", reasons)
	}
	w.restart() // what cannot be applied is tried again, and still waits
	if again, err := w.server.Quarantine(w.ctx, w.scope); err != nil || len(again) != len(states) {
		t.Errorf("%d wait after a restart, %v", len(again), err)
	}
	w.verified()
}

func TestParentsThatComeLater(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(1)
	last := len(n.ops)
	// The entry's reversal, the entry, its activity and its person, backwards.
	back := record.Entry{Activity: "a-9", Volunteer: "v-9", Minutes: -60, Source: record.SourceLater, Reverses: "e-9", Reason: "写错", Recorded: "2026-10-09"}
	save(n, record.OpServiceReversed, "e-9r", back)
	save(n, record.OpServiceRecorded, "e-9", record.Entry{Activity: "a-9", Volunteer: "v-9", Minutes: 60, Source: record.SourceLater, Recorded: "2026-10-08"})
	save(n, record.OpActivityLogged, "a-9", record.Activity{
		Title: "迟到的活动", Kind: record.KindService, Line: "1", Start: "2026-10-07T09:00", End: "2026-10-07T10:00", Team: "t-9", State: record.ActivityDone,
	})
	save(n, record.OpTeamFounded, "t-9", record.Team{Name: "迟到的队", Kind: "t01"})
	c := w.enrol(n)
	r := w.round(c)
	if r.Receipt.Quarantined != 2 {
		t.Errorf("%d wait, want the two entries", r.Receipt.Quarantined)
	}
	save(n, record.OpVolunteerRegistered, "v-9", person(9))
	if r = w.round(c); r.Receipt.Quarantined != 0 || r.Sent != 1 {
		t.Errorf("%d wait after the person came, sent %d", r.Receipt.Quarantined, r.Sent)
	}
	w.sameFigures(n)
	if len(n.ops) != last+5 {
		t.Errorf("%d operations", len(n.ops))
	}
}

func TestAConflictKeepsBothAndChangesNothing(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(2)
	n.versions[string(record.EntityBrand)+"b-1"] = 5
	n.raw(record.OpBrandUpdated, "b-1", `{"set":{"content":"neu"}}`, 1)                         // another field: merged
	n.raw(record.OpBrandUpdated, "b-1", `{"set":{"name":"甲"},"was":{"name":"另一个名字"}}`, 1)       // the same field: a case
	n.raw(record.OpBrandUpdated, "b-1", `{"set":{"ended":"2026-10-01"},"was":{"ended":""}}`, 1) // waits behind it
	r := w.round(w.enrol(n))
	if r.Receipt.Cases != 1 || r.Receipt.Quarantined != 1 {
		t.Errorf("%d cases, %d wait", r.Receipt.Cases, r.Receipt.Quarantined)
	}
	w.sameFigures(n)
}

// flaky is a network that fails when it is told to.
type flaky struct {
	mu      gosync.Mutex
	dial    net.Dialer
	budget  int // bytes that may still be written on the next connections; <0 for all
	cutting int // connections that are still to be cut
	refuse  bool
}

func (f *flaky) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refuse {
		return nil, &net.OpError{Op: "dial", Err: fmt.Errorf("no network")}
	}
	conn, err := f.dial.DialContext(ctx, network, address)
	if err == nil && f.cutting > 0 {
		f.cutting--
		return &cutConn{Conn: conn, left: f.budget}, nil
	}
	return conn, err
}

// cutConn breaks after so many bytes were written.
type cutConn struct {
	net.Conn
	left int
}

func (c *cutConn) Write(p []byte) (int, error) {
	if c.left < len(p) {
		_ = c.Close()
		return 0, fmt.Errorf("line cut")
	}
	c.left -= len(p)
	return c.Conn.Write(p)
}

func TestACutInTheMiddleCostsOneBatch(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(300)
	w.enrol(n)
	net := &flaky{budget: 9_000, cutting: 2}
	c := dsync.New(dsync.Options{Store: n, Clock: w.clock.Now, Rand: rand.Reader, Dial: net.Dial, Timeout: 10 * time.Second})
	r, err := c.Round(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if r.Sent != len(n.ops) || r.Requests < 6 {
		t.Errorf("sent %d of %d in %d requests", r.Sent, len(n.ops), r.Requests)
	}
	w.sameFigures(n)
	net.refuse = true
	if _, err := c.Round(w.ctx); record.CodeOf(err) != record.CodeNoConnection {
		t.Errorf("no network: %v", err)
	}
	ctx, cancel := context.WithCancel(w.ctx)
	cancel()
	if _, err := c.Round(ctx); record.CodeOf(err) != record.CodeCancelled {
		t.Errorf("cancelled: %v", err)
	}
}

func TestASmallerBatchAfter413AndARestartInBetween(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(200)
	c := w.enrol(n)
	sent := 0
	busy := dsync.New(dsync.Options{Store: n, Clock: w.clock.Now, Rand: rand.Reader, Timeout: 10 * time.Second, Progress: func(p dsync.Progress) {
		if sent++; sent == 1 {
			w.restart() // the session is gone, the station says hello again
		}
		if p.Total != int64(len(n.ops)) {
			t.Errorf("progress %+v of %d", p, len(n.ops))
		}
	}})
	r, err := busy.Round(w.ctx)
	if err != nil || r.Sent != len(n.ops) {
		t.Errorf("sent %d of %d: %v", r.Sent, len(n.ops), err)
	}
	w.round(c)
	w.sameFigures(n)
}

func TestWhatIsNoDistrict(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(1)
	c := w.enrol(n)
	w.round(c)
	code := w.code(station)
	portal := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(rw, "<html>Bitte anmelden</html>")
	}))
	defer portal.Close()
	page := httptest.NewTLSServer(portal.Config.Handler)
	defer page.Close()

	plain := &redirect{to: strings.TrimPrefix(portal.URL, "http://")}
	tlsPage := &redirect{to: strings.TrimPrefix(page.URL, "https://")}
	for name, dial := range map[string]*redirect{"a page without TLS": plain, "a page with TLS of its own": tlsPage} {
		lost := dsync.New(dsync.Options{Store: n, Clock: w.clock.Now, Rand: rand.Reader, Dial: dial.Dial, Timeout: 5 * time.Second})
		if _, err := lost.Round(w.ctx); record.CodeOf(err) != record.CodeNotDistrict {
			t.Errorf("%s: %v", name, err)
		}
		fresh := newNotebook(t, station, 3)
		stranger := dsync.New(dsync.Options{Store: fresh, Clock: w.clock.Now, Rand: rand.Reader, Dial: dial.Dial, Timeout: 5 * time.Second})
		err := stranger.Enrol(w.ctx, w.url, code, "", func(string, string) bool { return true })
		if record.CodeOf(err) != record.CodeNotDistrict || fresh.enrolment != nil {
			t.Errorf("enrol at %s: %v", name, err)
		}
	}

	// The right certificate, and a page behind it, as a gateway that is let in.
	other := newWorld(t)
	astray := &redirect{to: other.addr}
	lost := dsync.New(dsync.Options{Store: n, Clock: w.clock.Now, Rand: rand.Reader, Dial: astray.Dial, Timeout: 5 * time.Second})
	if _, err := lost.Round(w.ctx); record.CodeOf(err) != record.CodeNotDistrict {
		t.Errorf("another district: %v", err)
	}
	fresh := w.client(newNotebook(t, station, 3))
	if err := fresh.Enrol(w.ctx, w.url, code, other.server.Fingerprint(), nil); record.CodeOf(err) != record.CodeNotDistrict {
		t.Errorf("another fingerprint: %v", err)
	}
	if err := fresh.Enrol(w.ctx, w.url, code, "", func(string, string) bool { return false }); record.CodeOf(err) != record.CodeNotDistrict {
		t.Errorf("said no: %v", err)
	}
	if err := fresh.Enrol(w.ctx, "http://"+w.addr, code, w.server.Fingerprint(), nil); record.CodeOf(err) != record.CodeInvalid {
		t.Errorf("without TLS: %v", err)
	}
}

type redirect struct{ to string }

func (r *redirect) Dial(ctx context.Context, network, _ string) (net.Conn, error) {
	return (&net.Dialer{}).DialContext(ctx, network, r.to)
}

func TestEnrolmentCodes(t *testing.T) {
	w := newWorld(t)
	try := func(of record.StationCode, code string, life byte) error {
		return w.client(newNotebook(t, of, life)).Enrol(w.ctx, w.url, code, w.server.Fingerprint(), nil)
	}
	code := w.code(station)
	if err := try("129999005", code, 1); record.CodeOf(err) != record.CodeEnrolCode {
		t.Errorf("another station's code: %v", err)
	}
	if err := try(station, "short", 1); record.CodeOf(err) != record.CodeEnrolCode {
		t.Errorf("short code: %v", err)
	}
	if err := try(station, strings.ToLower(strings.ReplaceAll(code, "-", " ")), 1); err != nil {
		t.Errorf("typed otherwise: %v", err)
	}
	if err := try(station, code, 2); record.CodeOf(err) != record.CodeEnrolCode {
		t.Errorf("used code: %v", err)
	}
	late := w.code(station)
	w.clock.add(73 * time.Hour)
	if err := try(station, late, 2); record.CodeOf(err) != record.CodeEnrolCode {
		t.Errorf("expired code: %v", err)
	}
	guessed := w.code(station)
	for range 5 {
		w.clock.add(time.Minute)
		if err := try(station, "0000-0000-0000-0000", 2); record.CodeOf(err) != record.CodeEnrolCode {
			t.Errorf("guess: %v", err)
		}
	}
	if err := try(station, guessed, 2); record.CodeOf(err) != record.CodeEnrolCode {
		t.Errorf("a code after five wrong tries: %v", err)
	}
	if _, err := w.server.NewCode(w.ctx, w.scope, "120103004"); record.CodeOf(err) != record.CodeStationCode {
		t.Errorf("a station of another district: %v", err)
	}
	n := newNotebook(t, station, 4)
	w.clock.add(time.Hour)
	c := w.enrol(n)
	if err := c.Enrol(w.ctx, w.url, code, w.server.Fingerprint(), nil); record.CodeOf(err) != record.CodeAlreadyEnrolled {
		t.Errorf("enrolled twice: %v", err)
	}
}

func TestAnEnrolmentWhoseAnswerWasLostIsRepeated(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	net := &deaf{}
	c := dsync.New(dsync.Options{Store: n, Clock: w.clock.Now, Rand: rand.Reader, Dial: net.Dial, Timeout: 2 * time.Second})
	if err := c.Enrol(w.ctx, w.url, w.code(station), w.server.Fingerprint(), nil); err != nil {
		t.Fatal(err)
	}
	devices, err := w.server.Devices(w.ctx, w.scope)
	if err != nil || len(devices) != 1 || net.dialled != 3 {
		t.Errorf("%d devices after %d connections, %v", len(devices), net.dialled, err)
	}
}

// deaf loses all answers on its second connection, once the request is out.
type deaf struct{ dialled int }

func (d *deaf) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	d.dialled++
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if d.dialled == 2 {
		return &deafConn{Conn: conn}, err
	}
	return conn, err
}

type deafConn struct {
	net.Conn
	wrote int
}

func (c *deafConn) Write(p []byte) (int, error) {
	c.wrote++
	return c.Conn.Write(p)
}

func (c *deafConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if err == nil && c.wrote > 2 { // hello, finished, and then the request
		return 0, io.ErrUnexpectedEOF
	}
	return n, err
}

func TestTooOften(t *testing.T) {
	w := newWorld(t)
	w.rates = district.Rates{Address: 1000, AddressBurst: 1000, Device: 1, DeviceBurst: 3, Stranger: 1, StrangerBurst: 2}
	w.restart()
	n := newNotebook(t, station, 1)
	c := w.enrol(n)
	for range 3 {
		w.round(c)
	}
	r, err := c.Round(w.ctx)
	if record.CodeOf(err) != record.CodeTooManyRequests || r.RetryAfter <= 0 {
		t.Errorf("fourth round: %v, wait %v", err, r.RetryAfter)
	}
	w.clock.add(5 * time.Second)
	w.round(c)
	stranger := w.client(newNotebook(t, "129999005", 2))
	err = nil
	for range 3 {
		err = stranger.Enrol(w.ctx, w.url, "0000-0000-0000-0000", w.server.Fingerprint(), nil)
	}
	if record.CodeOf(err) != record.CodeTooManyRequests {
		t.Errorf("third guess: %v", err)
	}
}

func TestAWrongClockStopsNothing(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(2)
	flat := func() time.Time { return time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC) }
	c := dsync.New(dsync.Options{Store: n, Clock: flat, Rand: rand.Reader})
	if err := c.Enrol(w.ctx, w.url, w.code(station), w.server.Fingerprint(), nil); err != nil {
		t.Fatal(err)
	}
	if r, err := c.Round(w.ctx); err != nil || r.Sent != len(n.ops) {
		t.Errorf("sent %d, %v", r.Sent, err)
	}
	if want := w.clock.Now().UnixMilli() - flat().UnixMilli(); n.offset != want {
		t.Errorf("offset %d, want %d", n.offset, want)
	}
}

func TestSlowClientsAreCut(t *testing.T) {
	w := newWorld(t)
	conn, err := tls.Dial("tcp", w.addr, &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.Write([]byte("POST /v1/push HTTP/1.1\r\nHost: x\r\n")); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := conn.SetReadDeadline(began.Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	_, err = io.ReadAll(conn)
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("held for %v: %v", took, err)
	}
	old, err := tls.Dial("tcp", w.addr, &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS12})
	if err == nil {
		_ = old.Close()
		t.Error("TLS 1.2 is spoken")
	}
}

func TestEveryTypeOfOperationIsApplied(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(1)
	seen := map[record.OperationType]bool{}
	save(n, record.OpTeamUpdated, "t-1", record.Team{Name: "改名队", Kind: "t01", Founded: "2025-03-05", Note: "队内备注"})
	save(n, record.OpMembershipUpdated, "m-0", record.Membership{Team: "t-1", Volunteer: "v-0", Role: "captain", From: "2026-03-05", Main: true})
	save(n, record.OpBrandUpdated, "b-1", record.Brand{Name: "老兵守河", Started: "2026-02-01", Team: "t-1", Withdrawn: true})
	gone := person(0)
	gone.Withdrawn = true
	save(n, record.OpVolunteerRegistered, "v-8", person(8))
	save(n, record.OpVolunteerUpdated, "v-8", gone)
	var a record.Activity
	if err := json.Unmarshal(n.facts["activity/a-1"], &a); err != nil {
		t.Fatal(err)
	}
	a.Guests = 4
	save(n, record.OpActivityUpdated, "a-1", a)
	back := entry(0, -120)
	back.Reverses, back.Reason = "e-0", "写错"
	save(n, record.OpServiceReversed, "e-0r", back)
	consent := record.Consent{Volunteer: "v-0", Purpose: "publicity", Given: "2026-10-01", Form: "2026-1", Way: "paper"}
	save(n, record.OpConsentGiven, "c-1", consent)
	consent.Ended = "2026-10-15"
	save(n, record.OpConsentUpdated, "c-1", consent)
	for _, op := range n.ops {
		seen[op.Type] = true
	}
	for kind := range record.OperationTypes() {
		if !seen[kind] {
			t.Errorf("%s is not tried", kind)
		}
	}
	if r := w.round(w.enrol(n)); r.Receipt.Quarantined+r.Receipt.Cases != 0 {
		t.Errorf("%d wait", r.Receipt.Quarantined)
	}
	w.sameFigures(n)
	people, err := w.server.People(w.ctx, w.scope, station, nil)
	if err != nil || len(people) != 1 || people[0].Minutes != 0 {
		t.Errorf("%+v %v", people, err)
	}
}
