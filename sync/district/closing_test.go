package district

import (
	"bytes"
	"crypto/ed25519"
	"maps"
	"strings"
	"testing"
	"time"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// pusher is a station that sends one operation after another.
type pusher struct {
	t    *testing.T
	s    *Server
	d    Device
	key  ed25519.PrivateKey
	head record.Head
	seen map[string]int64
}

func newPusher(t *testing.T, s *Server) *pusher {
	t.Helper()
	p := &pusher{t: t, s: s, key: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize)), seen: map[string]int64{}}
	p.d = Device{ID: "d", Station: here, Algorithm: wire.Ed25519, PublicKey: publicKey(p.key), Incarnation: life}
	p.head = record.Head{Incarnation: life}
	update(t, s.storage, func(tx Tx) error { return tx.PutDevice(p.d) })
	return p
}

func push[T any](p *pusher, kind record.OperationType, id string, before, after T) {
	p.t.Helper()
	change, err := record.Difference(before, after)
	must(p.t, err)
	op := record.Operation{
		Station: here, Incarnation: life, Seq: p.head.Seq + 1, Type: kind, TypeVersion: 1, Entity: record.OperationTypes()[kind],
		EntityID: id, BaseVersion: p.seen[id], HomeEpoch: 1, Actor: "经办一", Salt: bytes.Repeat([]byte{1}, record.SaltSize),
		Payload: asJSON(p.t, change),
	}
	p.seen[id]++
	op.Bind(p.head.Hash)
	b := wire.Batch{Station: here, After: p.head, Operations: []record.Operation{op}}
	b.Signature = ed25519.Sign(p.key, wire.HeadBytes(b.Station, b.Head()))
	r, err := p.s.ingest(p.t.Context(), deviceScope(p.d), b)
	must(p.t, err)
	if r.Quarantined+r.Cases != 0 {
		p.t.Fatalf("%s: %+v", kind, r)
	}
	p.head = b.Head()
}

// TestClosedMonthIsShownAsItWasSigned holds that the district's figures of a
// closed month are those of the close, also after somebody left; that its page
// names edition and seal; and that a reopened month is counted anew.
func TestClosedMonthIsShownAsItWasSigned(t *testing.T) {
	now := time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC)
	s := testServer(t, &now)
	p := newPusher(t, s)
	person := record.Volunteer{Name: "王建国", Serving: true, Joined: "2026-01-05", Politics: "01", Status: record.StatusActive, StatusSince: "2026-01-05"}
	a := record.Activity{
		Title: "月牙河巡护", Kind: record.KindService, Line: "4", Start: "2026-10-05T09:00", End: "2026-10-05T11:00", Served: 40,
		State: record.ActivityLocked, Recorded: "2026-10-06", Deadline: "2026-10-26",
	}
	e := record.Entry{Activity: "a-1", Volunteer: "v-1", Minutes: 120, Source: record.SourceOnSite, Recorded: "2026-10-06"}
	month := record.Month(2026, 10)
	facts := record.Facts{Volunteers: []record.Volunteer{person}, Activities: []record.Activity{a}, Entries: []record.Entry{e}}
	facts.Volunteers[0].ID, facts.Activities[0].ID = "v-1", "a-1"
	signed := record.Tally(month, facts).Figures

	push(p, record.OpVolunteerRegistered, "v-1", record.Volunteer{}, person)
	push(p, record.OpActivityLogged, "a-1", record.Activity{}, a)
	push(p, record.OpServiceRecorded, "e-1", record.Entry{}, e)
	shut := record.Closing{Edition: 1, Seal: "7K3M-9QXA-04TZ-H2WP", Closed: "2026-11-02T09:00", By: "站长一", Figures: signed}
	push(p, record.OpMonthClosed, "2026-10", record.Closing{}, shut)
	left := person
	left.Status, left.StatusSince = record.StatusLeft, "2026-10-20"
	push(p, record.OpVolunteerUpdated, "v-1", person, left)

	figures := func() StationFigures {
		t.Helper()
		f, err := s.Figures(t.Context(), officerScope(Officer{Name: "区管理员", Role: record.RoleAdmin}), month, here)
		must(t, err)
		return f.Stations[0]
	}
	update(t, s.storage, func(tx Tx) error {
		return tx.PutStation(system(), Station{Code: here, Name: "某街道退役军人服务站"})
	})
	got := figures()
	if !maps.Equal(got.Figures, signed) || got.Lines[3].Minutes != 120 || got.Close == nil || got.Close.Seal != shut.Seal {
		t.Errorf("got %v %+v\nwant %v", got.Figures, got.Close, signed)
	}
	b := newBrowser(t, s)
	b.post("/login", login("区管理员", testPassword))
	if body := b.get("/stations/" + string(here) + "?month=2026-10").body; !strings.Contains(body, "已月结：第 1 版") || !strings.Contains(body, shut.Seal) {
		t.Error("the page does not name the close")
	}
	if body := b.get("/stations/" + string(here) + "?month=2026-09").body; !strings.Contains(body, "还没有月结") {
		t.Error("the page does not say that September is open")
	}
	open := shut
	open.Open, open.Reason = true, "漏了一人"
	push(p, record.OpMonthReopened, "2026-10", shut, open)
	if got := figures(); got.Figures[record.FigureVolunteers] != 0 || !got.Close.Open {
		t.Errorf("reopened: %v", got.Figures)
	}
	if body := b.get("/stations/" + string(here) + "?month=2026-10").body; !strings.Contains(body, "等待更正版") || strings.Contains(body, "漏了一人") {
		t.Error("the page of a reopened month")
	}
}
