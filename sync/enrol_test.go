package sync_test

import (
	"context"
	"crypto/rand"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"rongyuan/store/record"
	dsync "rongyuan/sync"
)

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
