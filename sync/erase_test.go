package sync_test

import (
	"testing"

	"rongyuan/store/record"
)

// erased is what a station's file does on a lawful request: it empties salt and
// payload of every operation on a person and says last that the person is gone.
func (n *notebook) erased(id string) {
	gone := person(0)
	gone.Name, gone.IDNumber, gone.Phones, gone.Withdrawn = record.PurgedName, "", nil, true
	save(n, record.OpVolunteerUpdated, id, gone)
	n.mu.Lock()
	defer n.mu.Unlock()
	for i := range n.ops[:len(n.ops)-1] {
		if op := &n.ops[i]; op.Entity == record.EntityVolunteer && op.EntityID == id {
			op.Salt, op.Payload = nil, nil
		}
	}
}

// TestErasedBeforeItWasSent holds that a person who was erased before the
// district ever heard of him stops nothing: what hangs on him is applied.
func TestErasedBeforeItWasSent(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(3)
	n.erased("v-1")
	r := w.round(w.enrol(n))
	if r.Sent != len(n.ops) || r.Receipt.Quarantined+r.Receipt.Cases != 0 {
		t.Errorf("sent %d of %d, %d wait", r.Sent, len(n.ops), r.Receipt.Quarantined)
	}
	w.sameFigures(n)
	w.verified()
}

// TestErasedAfterItWasSent holds that the district forgets what the station was
// made to forget, and that its copy of the log still holds.
func TestErasedAfterItWasSent(t *testing.T) {
	w := newWorld(t)
	n := newNotebook(t, station, 1)
	n.month(3)
	c := w.enrol(n)
	w.round(c)
	n.erased("v-1")
	if r := w.round(c); r.Sent != 1 || r.Receipt.Quarantined+r.Receipt.Cases != 0 {
		t.Errorf("sent %d, %d wait", r.Sent, r.Receipt.Quarantined)
	}
	w.sameFigures(n)
	w.verified()
	w.restart()
	w.verified()
}
