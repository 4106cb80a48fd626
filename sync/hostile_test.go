package sync_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"rongyuan/store/record"
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
