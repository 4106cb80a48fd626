package sync_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"rongyuan/store/record"
)

const station = record.StationCode("129999004")

// clock is a clock that stands unless it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// notebook is a station's file in memory: a real log with a real chain, and no
// rules.
type notebook struct {
	t  *testing.T
	mu sync.Mutex

	code        record.StationCode
	incarnation record.Incarnation
	ops         []record.Operation
	facts       map[string]json.RawMessage
	versions    map[string]int64
	enrolment   *record.Enrolment
	receipts    []record.Receipt
	offset      int64
	failures    []record.Code
	letters     map[string]record.Message
	marks       map[record.Incarnation]map[record.Stream]record.Mark
	signing     ed25519.PrivateKey // nil for a station that has signed nothing yet
	endorsed    *record.Endorsement
}

func newNotebook(t *testing.T, code record.StationCode, life byte) *notebook {
	return &notebook{
		t: t, code: code, incarnation: record.Incarnation(hex.EncodeToString(bytes.Repeat([]byte{life}, 16))),
		facts: map[string]json.RawMessage{}, versions: map[string]int64{},
		letters: map[string]record.Message{}, marks: map[record.Incarnation]map[record.Stream]record.Mark{},
	}
}

// copied is the same file on another PC.
func (n *notebook) copied() *notebook {
	c := newNotebook(n.t, n.code, 0)
	c.incarnation, c.enrolment, c.ops = n.incarnation, n.enrolment, slices.Clone(n.ops)
	return c
}

func (n *notebook) Station(context.Context) (record.Station, error) {
	return record.Station{Code: n.code, Name: "某街道退役军人服务站" + string(n.code)}, nil
}

func (n *notebook) Enrolment(context.Context) (record.Enrolment, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.enrolment == nil {
		return record.Enrolment{}, record.Fail(record.CodeNotEnrolled)
	}
	return *n.enrolment, nil
}

func (n *notebook) SaveEnrolment(_ context.Context, e record.Enrolment) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.enrolment = &e
	return nil
}

func (n *notebook) Head(context.Context) (record.Head, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.head(), nil
}

func (n *notebook) head() record.Head {
	h := record.Head{Incarnation: n.incarnation, Seq: int64(len(n.ops))}
	if h.Seq > 0 {
		h.Hash = n.ops[h.Seq-1].Hash
	}
	return h
}

func (n *notebook) OperationsAfter(_ context.Context, seq int64, limit int) ([]record.Operation, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.ops[seq:min(int(seq)+limit, len(n.ops))]), nil
}

func (n *notebook) OperationHash(_ context.Context, seq int64) ([]byte, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if seq == 0 || seq > int64(len(n.ops)) {
		return nil, nil
	}
	return n.ops[seq-1].Hash, nil
}

func (n *notebook) Exchange(context.Context) (record.ExchangeState, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	state := record.ExchangeState{Enrolled: n.enrolment != nil, Head: int64(len(n.ops))}
	if len(n.receipts) > 0 {
		state.Stored = n.receipts[len(n.receipts)-1].Head.Seq
	}
	state.Pending = state.Head - state.Stored
	return state, nil
}

func (n *notebook) NoteReceipt(_ context.Context, r record.Receipt, offset int64) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.receipts, n.offset = append(n.receipts, r), offset
	return nil
}

func (n *notebook) NoteFailure(_ context.Context, code record.Code) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.failures = append(n.failures, code)
	return nil
}

func (n *notebook) Marks(_ context.Context, server record.Incarnation) (map[record.Stream]record.Mark, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return maps.Clone(n.marks[server]), nil
}

func (n *notebook) TakeMessages(_ context.Context, server record.Incarnation, messages []record.Message) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	fresh := 0
	for _, m := range messages {
		if _, known := n.letters[m.ID]; !known {
			fresh++
		}
		n.letters[m.ID] = m
		if n.marks[server] == nil {
			n.marks[server] = map[record.Stream]record.Mark{}
		}
		n.marks[server][m.Stream] = record.Mark{Seq: m.Seq, ID: m.ID}
	}
	return fresh, nil
}

func (n *notebook) KeyToEndorse(context.Context) (record.SigningKey, error) {
	if n.signing == nil || n.endorsed != nil {
		return record.SigningKey{}, record.Fail(record.CodeNothingToDo)
	}
	public := n.signing.Public().(ed25519.PublicKey)
	return record.SigningKey{ID: record.KeyOf(public), Public: public, State: record.KeyActive}, nil
}

func (n *notebook) ProveKey(_ context.Context, _ record.KeyID, message []byte) ([]byte, error) {
	return ed25519.Sign(n.signing, message), nil
}

func (n *notebook) SaveEndorsement(_ context.Context, _ record.KeyID, e record.Endorsement) error {
	n.endorsed = &e
	return nil
}

// raw appends an operation with any payload.
func (n *notebook) raw(kind record.OperationType, id string, payload string, version int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	entity, known := record.OperationTypes()[kind]
	if !known {
		entity = "visit"
	}
	seq := int64(len(n.ops)) + 1
	op := record.Operation{
		Station: n.code, Incarnation: n.incarnation, Seq: seq, Type: kind, TypeVersion: version, Entity: entity, EntityID: id,
		BaseVersion: n.versions[string(entity)+id], HomeEpoch: 1, Actor: "经办一", WallMS: 1_792_000_000_000 + seq, MonoMS: 1_792_000_000_000 + seq,
		Salt: bytes.Repeat([]byte{byte(seq), byte(seq >> 8)}, record.SaltSize/2), Payload: json.RawMessage(payload),
	}
	n.versions[string(entity)+id]++
	op.Bind(n.head().Hash)
	n.ops = append(n.ops, op)
}

// save changes a record as the store does: the difference goes into the log.
func save[T any](n *notebook, kind record.OperationType, id string, after T) {
	n.t.Helper()
	key := string(record.OperationTypes()[kind]) + "/" + id
	var before T
	if old, has := n.facts[key]; has {
		if err := json.Unmarshal(old, &before); err != nil {
			n.t.Fatal(err)
		}
	}
	c, err := record.Difference(before, after)
	if err != nil {
		n.t.Fatal(err)
	}
	payload, err := json.Marshal(c)
	if err != nil {
		n.t.Fatal(err)
	}
	if n.facts[key], err = json.Marshal(after); err != nil {
		n.t.Fatal(err)
	}
	n.raw(kind, id, string(payload), 1)
}

// person is an invented volunteer; i makes the number, which is right.
func person(i int) record.Volunteer {
	birth := fmt.Sprintf("1985%02d%02d", i%12+1, i%28+1)
	number := record.IDNumber("129999" + birth + fmt.Sprintf("%03d", i%1000))
	number += record.IDNumber(checkDigit(string(number)))
	return record.Volunteer{
		Name: "王建" + string([]rune("国军华明志强民勇刚伟")[i%10]), IDNumber: number, Sex: record.Male,
		Birth: record.Date(birth[:4] + "-" + birth[4:6] + "-" + birth[6:]), Phones: []string{fmt.Sprintf("1380000%04d", i)},
		Address: fmt.Sprintf("东风里%d号楼", i), Politics: []string{"01", "13"}[i%2], Veteran: i%3 > 0, Serving: true, Joined: "2026-03-05",
		Agreement: record.Agreement{Date: "2026-03-05", Version: record.AgreementVersion, Way: "paper"},
		Status:    record.StatusActive, StatusSince: "2026-03-05", Note: fmt.Sprintf("备注标记%d", i),
	}
}

func checkDigit(first17 string) string {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(first17[i]-'0') * weight
	}
	return string("10X98765432"[sum%11])
}

// month writes people, a team and an activity with service time for each of
// them.
func (n *notebook) month(people int) {
	save(n, record.OpStationNamed, string(n.code), record.Station{Code: n.code, Name: "某街道退役军人服务站"})
	save(n, record.OpTeamFounded, "t-1", record.Team{Name: "综合服务队", Kind: "t01", Founded: "2025-03-05", Note: "队内备注"})
	save(n, record.OpBrandCreated, "b-1", record.Brand{Name: "老兵守河", Started: "2026-02-01", Team: "t-1"})
	for i := range people {
		save(n, record.OpVolunteerRegistered, fmt.Sprintf("v-%d", i), person(i))
		save(n, record.OpMembershipBegun, fmt.Sprintf("m-%d", i), record.Membership{
			Team: "t-1", Volunteer: record.VolunteerID(fmt.Sprintf("v-%d", i)), Role: "member", From: "2026-03-05", Main: true,
		})
	}
	save(n, record.OpActivityLogged, "a-1", record.Activity{
		Title: "月牙河巡护", Kind: record.KindService, Line: "4", Sub: "4.3", Start: "2026-10-05T09:00", End: "2026-10-05T11:30", Break: 30,
		Team: "t-1", Brand: "b-1", Leader: "v-0", Served: 40, State: record.ActivityDone, Recorded: "2026-10-06", Deadline: "2026-10-26",
		Content: "清理河岸",
	})
	for i := range people {
		save(n, record.OpServiceRecorded, fmt.Sprintf("e-%d", i), entry(i, 120))
	}
}

func entry(i, minutes int) record.Entry {
	return record.Entry{
		Activity: "a-1", Volunteer: record.VolunteerID(fmt.Sprintf("v-%d", i)), Minutes: minutes, Source: record.SourceOnSite, Recorded: "2026-10-06",
	}
}

// figures are counted from what the station believes.
func (n *notebook) figures(period record.Period) record.Figures {
	var f record.Facts
	for key, raw := range n.facts {
		var kind, id string
		for i := range key {
			if key[i] == '/' {
				kind, id = key[:i], key[i+1:]
			}
		}
		n.collect(&f, record.EntityKind(kind), id, raw)
	}
	return record.Tally(period, f).Figures
}

func (n *notebook) collect(f *record.Facts, kind record.EntityKind, id string, raw []byte) {
	read := func(v any) {
		if err := json.Unmarshal(raw, v); err != nil {
			n.t.Fatal(err)
		}
	}
	switch kind {
	case record.EntityVolunteer:
		v := record.Volunteer{}
		read(&v)
		v.ID = record.VolunteerID(id)
		f.Volunteers = append(f.Volunteers, v)
	case record.EntityTeam:
		v := record.Team{}
		read(&v)
		v.ID = record.TeamID(id)
		f.Teams = append(f.Teams, v)
	case record.EntityBrand:
		v := record.Brand{}
		read(&v)
		v.ID = record.BrandID(id)
		f.Brands = append(f.Brands, v)
	case record.EntityActivity:
		v := record.Activity{}
		read(&v)
		v.ID = record.ActivityID(id)
		f.Activities = append(f.Activities, v)
	case record.EntityEntry:
		v := record.Entry{}
		read(&v)
		v.ID = record.EntryID(id)
		f.Entries = append(f.Entries, v)
	case record.EntityReview:
		v := record.Review{}
		read(&v)
		v.ID = record.ReviewID(id)
		f.Reviews = append(f.Reviews, v)
	}
}
