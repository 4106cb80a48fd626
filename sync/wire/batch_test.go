package wire

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rongyuan/store/record"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const testStation = record.StationCode("129999004")

func testKey() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
}

// testOperations has one operation of every type, chained, with a record that
// fills the fields that people fill.
func testOperations(t *testing.T) []record.Operation {
	t.Helper()
	person := record.Volunteer{
		Name: "王<建>国 & 子", IDNumber: "129999198507011239", Sex: record.Male, Birth: "1985-07-01", Phones: []string{"13800001234"},
		Politics: "01", Serving: true, Veteran: true, Joined: "2026-01-05",
		Agreement: record.Agreement{Date: "2026-01-05", Version: record.AgreementVersion, Way: "paper"}, Status: record.StatusActive, StatusSince: "2026-01-05",
	}
	renamed := person
	renamed.Name, renamed.Note = "王建国", "行一\n行二 \u2028"
	team := record.Team{Name: "综合服务队", Kind: "t01", Founded: "2025-03-05"}
	slogan := team
	slogan.Slogan = "退役不褪色"
	member := record.Membership{Team: "t-1", Volunteer: "v-1", Role: "captain", From: "2026-01-05", Main: true}
	ended := member
	ended.To = "2026-09-30"
	brand := record.Brand{Name: "老兵守河", Started: "2026-02-01", Team: "t-1"}
	closed := brand
	closed.Ended = "2026-12-31"
	activity := record.Activity{
		Title: "月牙河巡护", Kind: record.KindService, Line: "4", Sub: "4.3", Start: "2026-10-05T09:00", End: "2026-10-05T11:30", Break: 30,
		Team: "t-1", Brand: "b-1", Leader: "v-1", Served: 40, State: record.ActivityDone, Recorded: "2026-10-06", Deadline: "2026-10-26",
	}
	counted := activity
	counted.Served = 42
	entry := record.Entry{Activity: "a-1", Volunteer: "v-1", Minutes: 120, Source: record.SourceOnSite, Recorded: "2026-10-06"}
	back := record.Entry{Activity: "a-1", Volunteer: "v-1", Minutes: -120, Source: record.SourceOnSite, Reverses: "e-1", Reason: "签到人写错", Recorded: "2026-10-07"}

	b := &builder{t: t}
	b.add(record.OpStationNamed, string(testStation), change(t, record.Station{}, record.Station{Code: testStation, Name: "某街道退役军人服务站"}))
	b.add(record.OpVolunteerRegistered, "v-1", change(t, record.Volunteer{}, person))
	b.add(record.OpVolunteerUpdated, "v-1", change(t, person, renamed))
	b.add(record.OpTeamFounded, "t-1", change(t, record.Team{}, team))
	b.add(record.OpTeamUpdated, "t-1", change(t, team, slogan))
	b.add(record.OpMembershipBegun, "m-1", change(t, record.Membership{}, member))
	b.add(record.OpMembershipUpdated, "m-1", change(t, member, ended))
	b.add(record.OpBrandCreated, "b-1", change(t, record.Brand{}, brand))
	b.add(record.OpBrandUpdated, "b-1", change(t, brand, closed))
	b.add(record.OpActivityLogged, "a-1", change(t, record.Activity{}, activity))
	b.add(record.OpActivityUpdated, "a-1", change(t, activity, counted))
	b.add(record.OpServiceRecorded, "e-1", change(t, record.Entry{}, entry))
	b.add(record.OpServiceReversed, "e-2", change(t, record.Entry{}, back))
	consent := record.Consent{Volunteer: "v-1", Purpose: "publicity", Given: "2026-10-01", Form: "2026-1", Way: "paper"}
	recalled := consent
	recalled.Ended = "2026-10-15"
	b.add(record.OpConsentGiven, "c-1", change(t, record.Consent{}, consent))
	b.add(record.OpConsentUpdated, "c-1", change(t, consent, recalled))
	signing := record.SigningKey{Public: testKey().Public().(ed25519.PublicKey), Made: "2026-10-01", State: record.KeyActive}
	revoked := signing
	revoked.State, revoked.Ended, revoked.Reason = record.KeyRevoked, "2026-11-01", "电脑丢失"
	b.add(record.OpKeyMade, string(record.KeyOf(signing.Public)), change(t, record.SigningKey{}, signing))
	b.add(record.OpKeyEnded, string(record.KeyOf(signing.Public)), change(t, signing, revoked))
	shut := record.Closing{
		Edition: 1, Seal: "7K3M-9QXA-04TZ-H2WP", Closed: "2026-11-02T09:00", By: "站长一",
		Figures: record.Figures{record.FigureActivities: 1, record.FigureMinutes: 120},
	}
	reopened := shut
	reopened.Open, reopened.Reason = true, "签到表漏了一人"
	b.add(record.OpMonthClosed, "2026-10", change(t, record.Closing{}, shut))
	b.add(record.OpMonthReopened, "2026-10", change(t, shut, reopened))
	applied := record.Certificate{
		Volunteer: "v-1", State: record.CertificateNoticed, Applied: "2026-10-08", Use: "评先评优", From: "2026-01-01", To: "2026-10-08",
		Posted: "2026-10-08", PostedTo: "2026-10-14", Holder: record.Holder{Name: "王建国", IDNumber: "129999198507011239", Number: "129999004-00001"}, Minutes: 120,
		Lines: []record.CertificateLine{{Day: "2026-10-05", Title: "月牙河巡护", Organiser: "综合服务队", Minutes: 120}},
	}
	issued := applied
	issued.State, issued.Number, issued.Issued = record.CertificateIssued, record.CertificateNumber(testStation, 2026, 1), "2026-10-15"
	issued.Issuer, issued.Handler, issued.Phone, issued.Stamp = "某街道退役军人服务站", "经办一", "022-00000000", "7301"
	voided := issued
	voided.State, voided.Ended, voided.Reason = record.CertificateVoided, "2026-10-20", "姓名写错"
	b.add(record.OpCertificateApplied, "z-1", change(t, record.Certificate{}, applied))
	b.add(record.OpCertificateIssued, "z-1", change(t, applied, issued))
	b.add(record.OpCertificateEnded, "z-1", change(t, issued, voided))
	learnt := record.Training{Volunteer: "v-1", Day: "2026-09-10", Title: "应急救护初级班", Minutes: 480, Host: "区红十字会", Result: "passed"}
	better := learnt
	better.Result = "excellent"
	b.add(record.OpTrainingRecorded, "g-1", change(t, record.Training{}, learnt))
	b.add(record.OpTrainingUpdated, "g-1", change(t, learnt, better))
	honour := record.Honour{Volunteer: "v-1", Day: "2026-03-05", Title: "学雷锋志愿服务先进个人", Level: "district", Document: "某字〔2026〕3号", Issuer: "某区退役军人事务局"}
	rising := honour
	rising.Level = "city"
	b.add(record.OpHonourRecorded, "h-1", change(t, record.Honour{}, honour))
	b.add(record.OpHonourUpdated, "h-1", change(t, honour, rising))
	move := record.Transfer{
		Volunteer: "v-1", Way: record.TransferOut, Station: "129999005", StationName: "邻街服务站", Asked: "2026-10-20", Day: "2026-10-20",
		Reason: "搬家", State: record.TransferAsked, Epoch: 1,
	}
	moved := move
	moved.State, moved.Day = record.TransferDone, "2026-11-01"
	b.add(record.OpTransferAsked, "x-1", change(t, record.Transfer{}, move))
	b.add(record.OpTransferUpdated, "x-1", change(t, move, moved))
	addHours(t, b)
	seen := record.Evidence{
		Activity: "a-1", Kind: record.EvidencePhoto, Name: "巡逻.jpg", Hash: strings.Repeat("ab", 32), Size: 204800, Width: 1600, Height: 1200,
		Taken: "2026-10-05T09:30", Marks: "00000000000000ff", Added: "2026-10-06",
	}
	unseen := seen
	unseen.Withdrawn = true
	b.add(record.OpEvidenceAdded, "evidence-1", change(t, record.Evidence{}, seen))
	b.add(record.OpEvidenceUpdated, "evidence-1", change(t, seen, unseen))
	return b.ops
}

// addHours adds what stands behind service time.
func addHours(t *testing.T, b *builder) {
	t.Helper()
	asked := record.Review{
		Entry: "e-1", Activity: "a-1", Volunteer: "v-1", Grounds: []record.Ground{{Code: record.CodeDayOver8Hours, Args: []string{"8"}}, {Code: record.CodeNoSignOut}},
		Asked: "2026-10-06", AskedBy: "经办一", State: record.ReviewWaiting,
	}
	decided := asked
	decided.State, decided.Decided, decided.DecidedBy, decided.Why = record.ReviewApproved, "2026-10-08", "站长", "对过签到表"
	b.add(record.OpReviewAsked, "r-1", change(t, record.Review{}, asked))
	b.add(record.OpReviewDecided, "r-1", change(t, asked, decided))
	objection := record.Objection{
		Volunteer: "v-1", Activity: "a-1", Claim: "那天我待到了中午", Way: "visit", Received: "2026-10-12", TakenBy: "经办一", Due: "2026-10-26",
	}
	answered := objection
	answered.Outcome, answered.Answer, answered.Answered, answered.AnsweredBy = "corrected", "签到表写的是 11:30，已更正", "2026-10-14", "经办一"
	b.add(record.OpObjectionRaised, "o-1", change(t, record.Objection{}, objection))
	correction := record.Correction{
		Entry: "e-1", Activity: "a-1", Volunteer: "v-1", Before: 120, Minutes: 150, Reason: "签到表漏看一栏", Applicant: "王建国",
		Asked: "2026-10-12", AskedBy: "经办一", State: record.CorrectionAsked, Objection: "o-1",
	}
	approved := correction
	approved.Basis, approved.Checked, approved.CheckedBy = "原签到表", "2026-10-13", "经办二"
	approved.State, approved.Decided, approved.DecidedBy, approved.Why = record.CorrectionApproved, "2026-10-14", "站长", "属实"
	approved.Reversal, approved.Fresh = "e-2", "e-3"
	b.add(record.OpCorrectionAsked, "k-1", change(t, record.Correction{}, correction))
	b.add(record.OpCorrectionUpdated, "k-1", change(t, correction, approved))
	b.add(record.OpObjectionUpdated, "o-1", change(t, objection, answered))
	other := record.Outside{Volunteer: "v-1", System: "national", Title: "月牙河巡护", Day: "2026-10-05", Minutes: 120, Number: "P120103", Noted: "2026-10-15"}
	gone := other
	gone.Withdrawn = true
	b.add(record.OpOutsideNoted, "outside-1", change(t, record.Outside{}, other))
	b.add(record.OpOutsideUpdated, "outside-1", change(t, other, gone))
}

func change[T any](t *testing.T, before, after T) record.Change {
	t.Helper()
	c, err := record.Difference(before, after)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

type builder struct {
	t    *testing.T
	ops  []record.Operation
	seen map[string]int64
}

const testIncarnation = record.Incarnation("00112233445566778899aabbccddeeff")

func (b *builder) add(kind record.OperationType, id string, c record.Change) {
	b.t.Helper()
	payload, err := json.Marshal(c)
	if err != nil {
		b.t.Fatal(err)
	}
	if b.seen == nil {
		b.seen = map[string]int64{}
	}
	n := int64(len(b.ops))
	op := record.Operation{
		Station: testStation, Incarnation: testIncarnation, Seq: n + 1, Type: kind, TypeVersion: 1,
		Entity: record.OperationTypes()[kind], EntityID: id, BaseVersion: b.seen[id], Actor: "经办一",
		WallMS: 1_790_000_000_000 + n, MonoMS: 1_790_000_000_000 + n, Salt: bytes.Repeat([]byte{byte(n)}, record.SaltSize), Payload: payload,
	}
	b.seen[id]++
	var previous []byte
	if n > 0 {
		previous = b.ops[n-1].Hash
	}
	op.Bind(previous)
	b.ops = append(b.ops, op)
}

func testBatch(t *testing.T) Batch {
	t.Helper()
	b := Batch{Station: testStation, After: record.Head{Incarnation: testIncarnation}, Operations: testOperations(t)}
	b.Signature = ed25519.Sign(testKey(), HeadBytes(b.Station, b.Head()))
	return b
}

func golden(t *testing.T, path string, got []byte) []byte {
	t.Helper()
	path = filepath.Join("testdata", path)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(slices.Clone(got), '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSuffix(want, []byte("\n"))
}

func TestEveryOperationTypeHasItsGoldenFile(t *testing.T) {
	ops := testOperations(t)
	for kind := range record.OperationTypes() {
		if !slices.ContainsFunc(ops, func(o record.Operation) bool { return o.Type == kind }) {
			t.Errorf("no golden operation of type %s", kind)
		}
	}
	for i, op := range ops {
		after := record.Head{Incarnation: testIncarnation}
		if i > 0 {
			after.Seq, after.Hash = int64(i), ops[i-1].Hash
		}
		b := Batch{Station: testStation, After: after, Operations: ops[i : i+1]}
		b.Signature = ed25519.Sign(testKey(), HeadBytes(b.Station, b.Head()))
		raw, err := EncodeBatch(b)
		if err != nil {
			t.Fatal(err)
		}
		want := golden(t, "operations/"+string(op.Type)+".v1.ndjson", bytes.TrimSuffix(raw, []byte("\n")))
		if string(want)+"\n" != string(raw) {
			t.Errorf("%s: the bytes of a released operation changed:\n%s\nwas\n%s", op.Type, raw, want)
		}
		read, err := DecodeBatch(append(want, '\n'))
		if err != nil {
			t.Fatalf("%s: %v", op.Type, err)
		}
		if !read.Operations[0].Follows(after.Hash) || !bytes.Equal(read.Operations[0].Payload, op.Payload) {
			t.Errorf("%s: the operation did not come back as it was", op.Type)
		}
	}
}

func TestBatchComesBackAsItWas(t *testing.T) {
	b := testBatch(t)
	raw, err := EncodeBatch(b)
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPacker()
	if err != nil {
		t.Fatal(err)
	}
	plain, err := p.Unpack(p.Pack(raw))
	if err != nil {
		t.Fatal(err)
	}
	read, err := DecodeBatch(plain)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := json.Marshal(b)
	if got, _ := json.Marshal(read); !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestEmptyBatch(t *testing.T) {
	raw, err := EncodeBatch(Batch{Station: testStation, After: record.Head{Incarnation: testIncarnation}})
	if err != nil {
		t.Fatal(err)
	}
	if b, err := DecodeBatch(raw); err != nil || len(b.Operations) != 0 {
		t.Errorf("empty batch: %v, %d rows", err, len(b.Operations))
	}
}

func TestEncodeRefusesABrokenLog(t *testing.T) {
	for name, spoil := range map[string]func(*Batch){
		"gap":          func(b *Batch) { b.Operations = slices.Delete(b.Operations, 3, 4) },
		"edited":       func(b *Batch) { b.Operations[2].Payload = json.RawMessage(`{"set":{}}`) },
		"other writer": func(b *Batch) { b.Operations[1].Station = "129999005" },
		"other start":  func(b *Batch) { b.After = record.Head{Incarnation: testIncarnation, Seq: 4, Hash: make([]byte, 32)} },
	} {
		b := testBatch(t)
		spoil(&b)
		if _, err := EncodeBatch(b); record.CodeOf(err) != record.CodeLogBroken {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDecodeRefusesWhatIsNotTheBatch(t *testing.T) {
	raw, err := EncodeBatch(testBatch(t))
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	linesOf := strings.SplitAfter(text, "\n")
	for name, bad := range map[string]string{
		"nothing":             "",
		"one line missing":    strings.Join(slices.Delete(slices.Clone(linesOf), 4, 5), ""),
		"two lines swapped":   linesOf[0] + linesOf[2] + linesOf[1] + strings.Join(linesOf[3:], ""),
		"one line twice":      linesOf[0] + linesOf[1] + strings.Join(linesOf[1:], ""),
		"trailing line":       text + "{}\n",
		"byte of a payload":   strings.Replace(text, "13800001234", "13800001235", 1),
		"other station":       strings.Replace(text, `"station":"129999004"`, `"station":"129999005"`, 1),
		"unknown field":       strings.Replace(text, `"type_version":1`, `"type_version":1,"more":1`, 1),
		"name twice":          strings.Replace(text, `"type_version":1`, `"type_version":1,"Type_Version":1`, 1),
		"version of nothing":  strings.Replace(text, `"type_version":1`, `"type_version":0`, 1),
		"huge number":         strings.Replace(text, `"base_version":0`, `"base_version":9223372036854775808`, 1),
		"number with power":   strings.Replace(text, `"base_version":0`, `"base_version":1e400`, 1),
		"negative version":    strings.Replace(text, `"base_version":0`, `"base_version":-1`, 1),
		"NUL in a name":       strings.Replace(text, `"actor":"经办一"`, `"actor":"经\u0000办"`, 1),
		"half a surrogate":    strings.Replace(text, `"actor":"经办一"`, `"actor":"\ud800"`, 1),
		"invalid UTF-8":       strings.Replace(text, `"actor":"经办一"`, "\"actor\":\"\xff\"", 1),
		"id with a space":     strings.Replace(text, `"entity_id":"v-1"`, `"entity_id":"v 1"`, 1),
		"payload is no JSON":  strings.Replace(text, `"payload":{"set"`, `"payload":{"set`, 1),
		"salt of three bytes": strings.Replace(text, `"salt":"AAAAAAAAAAAAAAAAAAAAAA=="`, `"salt":"AAAA"`, 1),
	} {
		if bad == text {
			t.Errorf("%s: the test changes nothing", name)
		}
		if _, err := DecodeBatch([]byte(bad)); record.CodeOf(err) != record.CodeMalformed {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnOddPayloadIsLeftToWhoAppliesIt(t *testing.T) {
	for _, payload := range []string{`{"set":{"a":1,"a":2}}`, `{"set":{"note":"\u0000"}}`, strings.Repeat("[", 40) + strings.Repeat("]", 40), `1e400`} {
		op := testOperations(t)[0]
		op.Payload = json.RawMessage(payload)
		op.Bind(nil)
		raw, err := EncodeBatch(Batch{Station: testStation, After: record.Head{Incarnation: testIncarnation}, Operations: []record.Operation{op}})
		if err != nil {
			t.Fatal(err)
		}
		b, err := DecodeBatch(raw)
		if err != nil || string(b.Operations[0].Payload) != payload {
			t.Errorf("%.20s: %v", payload, err)
		}
		if Strict(op.Payload) == nil && payload != `1e400` {
			t.Errorf("%.20s passes the strict reader", payload)
		}
	}
}

func TestLimits(t *testing.T) {
	p, err := NewPacker()
	if err != nil {
		t.Fatal(err)
	}
	bomb := p.Pack(make([]byte, 32<<20))
	noise := bytes.Repeat([]byte("no stream at all"), 8)
	twice := p.Pack(p.Pack([]byte("{}")))
	for name, one := range map[string]struct {
		packed []byte
		want   record.Code
	}{
		"bomb":         {bomb, record.CodeTooLarge},
		"too long":     {make([]byte, MaxPacked+1), record.CodeTooLarge},
		"no zstd":      {noise, record.CodeMalformed},
		"cut":          {bomb[:len(bomb)-5], record.CodeTooLarge},
		"cut and tiny": {p.Pack([]byte(strings.Repeat("abc", 50)))[:20], record.CodeMalformed},
	} {
		if _, err := p.Unpack(one.packed); record.CodeOf(err) != one.want {
			t.Errorf("%s: %v, want %s", name, err, one.want)
		}
	}
	plain, err := p.Unpack(twice)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := DecodeBatch(plain); record.CodeOf(err) != record.CodeMalformed {
		t.Errorf("a stream in a stream: %v", err)
	}
	many := strings.Replace(`{"version":1,"station":"129999004","incarnation":"00112233445566778899aabbccddeeff","after":0,"count":N,"alg":"ed25519","signature":""}`, "N", "2001", 1)
	if _, err := DecodeBatch([]byte(many)); !errors.Is(err, record.Fail(record.CodeTooLarge)) {
		t.Errorf("2001 rows: %v", err)
	}
}

func FuzzDecodeBatch(f *testing.F) {
	files, err := filepath.Glob("testdata/operations/*.ndjson")
	if err != nil || len(files) == 0 {
		f.Fatal("no golden operations", err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := DecodeBatch(raw)
		if err != nil {
			if len(b.Operations) > 0 {
				t.Error("rows beside an error")
			}
			return
		}
		previous := b.After.Hash
		for _, op := range b.Operations {
			if !op.Follows(previous) {
				t.Fatal("a decoded batch whose chain does not hold")
			}
			previous = op.Hash
		}
	})
}

func FuzzUnpack(f *testing.F) {
	p, err := NewPacker()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(p.Pack([]byte("{}")))
	f.Add(p.Pack(make([]byte, 1<<20)))
	f.Fuzz(func(t *testing.T, packed []byte) {
		plain, err := p.Unpack(packed)
		if err == nil && len(plain) > max(ratioFloor, MaxRatio*len(packed)) {
			t.Errorf("%d bytes out of %d", len(plain), len(packed))
		}
	})
}
