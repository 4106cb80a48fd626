package sync_test

import (
	"strings"
	"testing"

	"rongyuan/store/record"
)

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
