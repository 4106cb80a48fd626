package wire

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"rongyuan/store/record"
)

func testMessages(t *testing.T) map[string]any {
	t.Helper()
	key := testKey()
	authority := sha256.Sum256([]byte("authority"))
	enrol := Enrol{
		Protocol: Spoken("0.1.0"), Station: testStation, Name: "某街道退役军人服务站", Incarnation: testIncarnation, Code: "0123-4567-89AB-CDEF",
		Algorithm: Ed25519, PublicKey: key.Public().(ed25519.PublicKey), Authority: authority[:],
	}
	enrol.Proof = ed25519.Sign(key, enrol.Bytes())
	head := record.Head{Incarnation: testIncarnation, Seq: 13, Hash: bytes.Repeat([]byte{1}, 32)}
	receipt := record.Receipt{Head: head, Safe: 5, ServerMS: 1_790_000_000_000, Cases: 1, Quarantined: 2}
	receipt.Signature = ed25519.Sign(key, ReceiptBytes(testStation, receipt))
	letter := record.Message{
		ID: "9b1c6f0e-7d1f-4c56-9a57-0c5c9e2f5a11", Stream: record.StreamStation, Seq: 3, Kind: record.MessageNotice, Urgent: true,
		AtMS: 1_790_000_000_000, Payload: json.RawMessage(`{"title":"汛期备勤","text":"请核对 <名单>","from":"区中心"}`),
	}
	letter.Signature = ed25519.Sign(key, letter.Bytes(testStation))
	spoken := Spoken("")
	return map[string]any{
		"enrol": enrol,
		"enrol_answer": EnrolAnswer{
			Protocol: Spoken("0.1.0"), Device: "d-1", DistrictCode: "129999", DistrictName: "某区退役军人服务中心",
			DistrictKey: key.Public().(ed25519.PublicKey), EscrowKey: bytes.Repeat([]byte{9}, 32), ServerIncarnation: testIncarnation, ServerMS: 1_790_000_000_000,
		},
		"hello": Hello{Protocol: Spoken("0.1.0"), Head: head, Nonce: make([]byte, 16), ClockMS: 1_790_000_000_000},
		"hello_answer": HelloAnswer{
			Challenge: "c0ffee", ServerIncarnation: testIncarnation, Receipt: Short(receipt, record.Head{}), Limits: Limits{SendRows, SendBytes},
		},
		"hello_answer_down": HelloAnswer{
			Challenge: "c0ffee", ServerIncarnation: testIncarnation, Receipt: Short(receipt, head),
			Down: Marks{record.StreamAll: 2, record.StreamStation: 3},
		},
		"pull":        Pull{Stream: record.StreamStation, After: 2, ID: "4b0f5a34-0f4e-4d0c-8a6b-2d8f6a1e7c02"},
		"pull_answer": PullAnswer{Messages: []record.Message{letter}},
		"push_answer": PushAnswer{Receipt: Short(receipt, head)},
		"endorse": Endorse{
			Key:   record.KeyOf(key.Public().(ed25519.PublicKey)),
			Proof: ed25519.Sign(key, EndorseBytes(testStation, record.KeyOf(key.Public().(ed25519.PublicKey)))),
		},
		"endorse_answer": EndorseAnswer{ed25519.Sign(key, record.EndorsementBytes(testStation, key.Public().(ed25519.PublicKey)))},
		"failure":        Failure{FailureError{Code: record.CodeGap, Pointer: "/3", Protocol: &spoken, Head: &head}},
	}
}

// decoders read each message into a pointer to its type.
func decoders() map[string]func([]byte) (any, error) {
	return map[string]func([]byte) (any, error){
		"enrol":             func(b []byte) (any, error) { return DecodeEnrol(b) },
		"enrol_answer":      func(b []byte) (any, error) { return DecodeEnrolAnswer(b) },
		"hello":             func(b []byte) (any, error) { return DecodeHello(b) },
		"hello_answer":      func(b []byte) (any, error) { return DecodeHelloAnswer(b) },
		"hello_answer_down": func(b []byte) (any, error) { return DecodeHelloAnswer(b) },
		"push_answer":       func(b []byte) (any, error) { return DecodePushAnswer(b) },
		"endorse":           func(b []byte) (any, error) { return DecodeEndorse(b) },
		"endorse_answer":    func(b []byte) (any, error) { return DecodeEndorseAnswer(b) },
		"pull":              func(b []byte) (any, error) { return DecodePull(b) },
		"pull_answer":       func(b []byte) (any, error) { return DecodePullAnswer(b) },
		"failure":           func(b []byte) (any, error) { return DecodeFailure(b) },
	}
}

func TestMessagesAgainstGoldenFiles(t *testing.T) {
	for name, message := range testMessages(t) {
		raw, err := Encode(message)
		if err != nil {
			t.Fatal(err)
		}
		want := golden(t, "messages/"+name+".v1.json", raw)
		if !bytes.Equal(raw, want) {
			t.Errorf("%s: the bytes of a released message changed:\n%s\nwas\n%s", name, raw, want)
		}
		read, err := decoders()[name](want)
		if err != nil || !reflect.DeepEqual(read, message) {
			t.Errorf("%s: %v\ngot  %+v\nwant %+v", name, err, read, message)
		}
	}
}

func TestSignaturesHoldAndBreak(t *testing.T) {
	messages := testMessages(t)
	if enrol := messages["enrol"].(Enrol); !enrol.Proven() {
		t.Error("the proof of possession does not hold")
	} else if enrol.Station = "129999005"; enrol.Proven() {
		t.Error("the proof holds for another station")
	}
	key := testKey()
	head := *messages["hello_answer"].(HelloAnswer).Receipt.Head
	receipt := messages["push_answer"].(PushAnswer).Receipt.Whole(head)
	if !ReceiptHolds(key.Public().(ed25519.PublicKey), testStation, receipt) {
		t.Error("the receipt does not hold")
	}
	if receipt.Quarantined = 0; ReceiptHolds(key.Public().(ed25519.PublicKey), testStation, receipt) {
		t.Error("a changed receipt holds")
	}

	signed := Signed{Method: "POST", Path: PathPush, BodySum: Sum([]byte("body")), Device: "d-1", Sequence: 3, Challenge: "c0ffee"}
	h := http.Header{}
	signed.Sign(h, key)
	claim, err := ReadClaim(h)
	if err != nil {
		t.Fatal(err)
	}
	request := Signed{Method: "POST", Path: PathPush, BodySum: Sum([]byte("body"))}
	if !claim.Holds(key.Public().(ed25519.PublicKey), request) {
		t.Error("the signature does not hold")
	}
	for name, other := range map[string]Signed{
		"method": {Method: "PUT", Path: PathPush, BodySum: request.BodySum},
		"path":   {Method: "POST", Path: PathHello, BodySum: request.BodySum},
		"body":   {Method: "POST", Path: PathPush, BodySum: Sum([]byte("bodY"))},
	} {
		if claim.Holds(key.Public().(ed25519.PublicKey), other) {
			t.Errorf("the signature holds with another %s", name)
		}
	}
	claim.Sequence++
	if claim.Holds(key.Public().(ed25519.PublicKey), request) {
		t.Error("the signature holds with another sequence")
	}
}

func TestClaimRefusesOddHeaders(t *testing.T) {
	good := func() http.Header {
		h := http.Header{}
		Signed{Method: "POST", Path: PathPush, Device: "d-1", Sequence: 1, Challenge: "c"}.Sign(h, testKey())
		return h
	}
	for name, spoil := range map[string]func(http.Header){
		"no device":       func(h http.Header) { h.Del(HeaderDevice) },
		"two devices":     func(h http.Header) { h.Add(HeaderDevice, "d-2") },
		"line break":      func(h http.Header) { h.Set(HeaderDevice, "d\n1") },
		"other algorithm": func(h http.Header) { h.Set(HeaderAlgorithm, "sm2") },
		"plus one":        func(h http.Header) { h.Set(HeaderSequence, "+1") },
		"minus one":       func(h http.Header) { h.Set(HeaderSequence, "-1") },
		"short signature": func(h http.Header) { h.Set(HeaderSignature, "AAAA") },
		"no base64":       func(h http.Header) { h.Set(HeaderSignature, "!") },
		"two challenges":  func(h http.Header) { h.Add(HeaderChallenge, "d") },
	} {
		h := good()
		spoil(h)
		if _, err := ReadClaim(h); record.CodeOf(err) != record.CodeUnauthorised {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestVersionsMeetOrNot(t *testing.T) {
	hello := func(p Protocol) []byte {
		h := testMessages(t)["hello"].(Hello)
		h.Protocol = p
		raw, err := Encode(h)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	newer := bytes.Replace(hello(Protocol{Oldest: 1, Newest: Newest + 1}), []byte(`"nonce"`), []byte(`"new_field":{"x":1},"nonce"`), 1)
	same := bytes.Replace(hello(Spoken("")), []byte(`"nonce"`), []byte(`"new_field":{"x":1},"nonce"`), 1)
	for name, one := range map[string]struct {
		raw  []byte
		want record.Code
	}{
		"newer that still speaks ours":      {newer, ""},
		"ours with a field that it has not": {same, record.CodeMalformed},
		"too new":                           {hello(Protocol{Oldest: Newest + 1, Newest: Newest + 2}), record.CodeVersionTooNew},
		"turned round":                      {hello(Protocol{Oldest: 2, Newest: 1}), record.CodeMalformed},
		"none":                              {hello(Protocol{}), record.CodeMalformed},
	} {
		if _, err := DecodeHello(one.raw); record.CodeOf(err) != one.want {
			t.Errorf("%s: %v, want %q", name, err, one.want)
		}
	}
	if err := (Protocol{Oldest: 1, Newest: 1}).Agree(); err != nil {
		t.Error(err)
	}
}

func TestStrict(t *testing.T) {
	deep := func(n int) string { return strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) }
	for name, one := range map[string]struct {
		raw, pointer string
		ok           bool
	}{
		"plain":             {`{"a":[1,{"b":"c"}],"d":null}`, "", true},
		"escapes":           {`{"a":"\"\\\u4e2d\ud83d\ude00\ufffd"}`, "", true},
		"sixteen deep":      {deep(16), "", true},
		"seventeen deep":    {deep(17), "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", false},
		"ten thousand deep": {strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000), strings.Repeat("/0", 16), false},
		"longest text":      {`["` + strings.Repeat("x", MaxText) + `"]`, "", true},
		"longer text":       {`["` + strings.Repeat("x", MaxText+1) + `"]`, "/0", false},
		"twice":             {`{"x":{"name":1,"name":2}}`, "/x/name", false},
		"twice by escape":   {`{"x":{"name":1,"n\u0061me":2}}`, "/x/name", false},
		"twice by capitals": {`{"x":{"name":1,"NAME":2}}`, "/x/?", false},
		"no echo":           {`{"129999198507011239":{"b":"\u0000"}}`, "/?/b", false},
		"NUL":               {`{"a":["x","\u0000"]}`, "/a/1", false},
		"escaped backslash": {`{"a":"\\u0000"}`, "", true},
		"half surrogate":    {`{"a":"\udc00"}`, "/a", false},
		"invalid UTF-8":     {"{\"a\":\"\xc3\x28\"}", "/a", false},
		"trailing":          {`{} {}`, "", false},
		"cut":               {`{"a":1`, "", false},
		"empty":             {``, "", false},
	} {
		err := Strict([]byte(one.raw))
		if (err == nil) != one.ok {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if e := (*record.Error)(nil); errors.As(err, &e) && e.Field != one.pointer {
			t.Errorf("%s: pointer %q, want %q", name, e.Field, one.pointer)
		}
	}
}

func TestCodes(t *testing.T) {
	code, err := NewCode(bytes.NewReader([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}))
	if err != nil {
		t.Fatal(err)
	}
	if len(code) != 19 || strings.Count(code, "-") != 3 {
		t.Errorf("code %q", code)
	}
	if got := ReadCode(" o1lI－ab cd "); got != "0111ABCD" {
		t.Errorf("read %q", got)
	}
	if ReadCode(code) != ReadCode(strings.ToLower(code)) {
		t.Error("capitals matter")
	}
	if _, err := NewCode(bytes.NewReader(nil)); err == nil {
		t.Error("a code without randomness")
	}
	shown := Fingerprint([]byte("der"))
	if !SameFingerprint(shown, strings.ToLower(strings.ReplaceAll(shown, " ", ":"))) {
		t.Error("spacing matters")
	}
	for _, other := range []string{"", shown[:len(shown)-1], shown + "0", strings.Replace(shown, shown[:1], "G", 1)} {
		if SameFingerprint(shown, other) {
			t.Errorf("%q is the same", other)
		}
	}
}

func FuzzStrict(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"b",{"c":null}]}`, `["\ud83d\ude00"]`, `{"a":1,"A":2}`, "\"\xff\""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if Strict(raw) != nil {
			return
		}
		var v any
		if err := json.Unmarshal(raw, &v); err != nil && !strings.Contains(err.Error(), "number") {
			t.Errorf("passes, but does not read: %v", err)
		}
	})
}

// fuzz feeds one decoder with its golden message and whatever grows from it.
func fuzz(f *testing.F, name string) {
	raw, err := os.ReadFile(filepath.Join("testdata/messages", name+".v1.json"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(bytes.TrimSpace(raw))
	read := decoders()[name]
	f.Fuzz(func(t *testing.T, raw []byte) {
		message, err := read(raw)
		if err != nil {
			if !reflect.ValueOf(message).IsZero() {
				t.Error("a message beside an error")
			}
			return
		}
		again, err := Encode(message)
		if err != nil {
			t.Fatal(err)
		}
		second, err := read(again)
		if err != nil {
			t.Fatalf("reads once, not twice: %v", err)
		}
		third, err := Encode(second)
		if err != nil || !bytes.Equal(again, third) {
			t.Errorf("not stable: %v", err)
		}
	})
}

func FuzzEnrol(f *testing.F)       { fuzz(f, "enrol") }
func FuzzEnrolAnswer(f *testing.F) { fuzz(f, "enrol_answer") }
func FuzzHello(f *testing.F)       { fuzz(f, "hello") }
func FuzzHelloAnswer(f *testing.F) { fuzz(f, "hello_answer") }
func FuzzPushAnswer(f *testing.F)  { fuzz(f, "push_answer") }
func FuzzPull(f *testing.F)        { fuzz(f, "pull") }
func FuzzPullAnswer(f *testing.F)  { fuzz(f, "pull_answer") }
func FuzzFailure(f *testing.F)     { fuzz(f, "failure") }
