package sync_test

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"rongyuan/store/record"
	dsync "rongyuan/sync"
	"rongyuan/sync/district"
)

// flaky is a network that fails when it is told to.
type flaky struct {
	mu      sync.Mutex
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
