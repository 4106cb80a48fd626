package wire

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"

	"rongyuan/store/record"
)

// Encode writes a message as JSON without escaping what need not be.
func Encode(message any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(message); err != nil {
		return nil, fmt.Errorf("encode message: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// versioned reads a request that opens a conversation: its versions first, so
// that a newer station is told so, and is not called malformed for a field that
// this program does not know.
func versioned(raw []byte, v any) error {
	if len(raw) > MaxPlain {
		return record.Fail(record.CodeTooLarge)
	}
	var first struct {
		Protocol Protocol `json:"protocol"`
	}
	if err := decode(raw, &first, false); err != nil {
		return err
	}
	if err := first.Protocol.Agree(); err != nil {
		return err
	}
	return decode(raw, v, first.Protocol.Newest <= Newest)
}

// DecodeEnrol reads an Enrol. The code is version_… when the programs do not
// meet, malformed when it cannot be read.
func DecodeEnrol(raw []byte) (Enrol, error) {
	var e Enrol
	if err := versioned(raw, &e); err != nil {
		return Enrol{}, err
	}
	switch {
	case !e.Station.Valid():
		return Enrol{}, record.FailField("/station", record.CodeStationCode)
	case !validIncarnation(e.Incarnation):
		return Enrol{}, record.FailField("/incarnation", record.CodeMalformed)
	case len([]rune(e.Name)) > 100:
		return Enrol{}, record.FailField("/name", record.CodeTooLong)
	case len(e.Authority) != sha256.Size || len(e.PublicKey) != ed25519.PublicKeySize:
		return Enrol{}, record.FailField("/public_key", record.CodeMalformed)
	}
	return e, nil
}

// DecodeHello reads a Hello.
func DecodeHello(raw []byte) (Hello, error) {
	var h Hello
	if err := versioned(raw, &h); err != nil {
		return Hello{}, err
	}
	if len(h.Nonce) != 16 {
		return Hello{}, record.FailField("/nonce", record.CodeMalformed)
	}
	if !ValidHead(h.Head) {
		return Hello{}, record.FailField("/head", record.CodeMalformed)
	}
	return h, nil
}

// ValidHead reports a head that a log can have: a hash exactly when there is an
// entry.
func ValidHead(h record.Head) bool {
	if !validIncarnation(h.Incarnation) || h.Seq < 0 || h.Seq > MaxSeq {
		return false
	}
	if h.Seq == 0 {
		return len(h.Hash) == 0
	}
	return len(h.Hash) == sha256.Size
}

// MaxSeq is the largest sequence number taken; a station that wrote an
// operation each second would need thirty thousand years.
const MaxSeq = 1 << 40

func validIncarnation(i record.Incarnation) bool {
	return len(i) == 32 && strings.Trim(string(i), "0123456789abcdef") == ""
}

// answer reads what a district said. Fields that this program does not know are
// passed over: a newer district must not lock older stations out.
func answer(raw []byte, v any) error {
	if len(raw) > MaxPlain {
		return record.Fail(record.CodeTooLarge)
	}
	return decode(raw, v, false)
}

// escrowKeySize is that of an X25519 public key.
const escrowKeySize = 32

// DecodeEnrolAnswer reads an EnrolAnswer.
func DecodeEnrolAnswer(raw []byte) (EnrolAnswer, error) {
	var a EnrolAnswer
	if err := answer(raw, &a); err != nil {
		return EnrolAnswer{}, err
	}
	if !short(a.Device, 64) || a.Device == "" || len(a.DistrictKey) != ed25519.PublicKeySize || len(a.EscrowKey) != escrowKeySize ||
		!validIncarnation(a.ServerIncarnation) {
		return EnrolAnswer{}, record.Fail(record.CodeMalformed)
	}
	return a, nil
}

// DecodeHelloAnswer reads a HelloAnswer.
func DecodeHelloAnswer(raw []byte) (HelloAnswer, error) {
	var a HelloAnswer
	if err := answer(raw, &a); err != nil {
		return HelloAnswer{}, err
	}
	if !short(a.Challenge, 64) || a.Challenge == "" || !a.Receipt.sound() || !validIncarnation(a.ServerIncarnation) {
		return HelloAnswer{}, record.Fail(record.CodeMalformed)
	}
	return a, nil
}

// DecodePushAnswer reads a PushAnswer.
func DecodePushAnswer(raw []byte) (PushAnswer, error) {
	var a PushAnswer
	if err := answer(raw, &a); err != nil {
		return PushAnswer{}, err
	}
	if !a.Receipt.sound() {
		return PushAnswer{}, record.Fail(record.CodeMalformed)
	}
	return a, nil
}

// DecodeEndorse reads an Endorse.
func DecodeEndorse(raw []byte) (Endorse, error) {
	var e Endorse
	if len(raw) > MaxPlain {
		return e, record.Fail(record.CodeTooLarge)
	}
	if err := decode(raw, &e, true); err != nil {
		return Endorse{}, err
	}
	if !validIncarnation(record.Incarnation(e.Key)) {
		return Endorse{}, record.FailField("/key", record.CodeMalformed)
	}
	if len(e.Proof) != ed25519.SignatureSize {
		return Endorse{}, record.FailField("/proof", record.CodeMalformed)
	}
	return e, nil
}

// DecodeEndorseAnswer reads an EndorseAnswer.
func DecodeEndorseAnswer(raw []byte) (EndorseAnswer, error) {
	var a EndorseAnswer
	if err := answer(raw, &a); err != nil {
		return EndorseAnswer{}, err
	}
	if len(a.Signature) != ed25519.SignatureSize {
		return EndorseAnswer{}, record.Fail(record.CodeMalformed)
	}
	return a, nil
}

func (r Receipt) sound() bool { return r.Head == nil || ValidHead(*r.Head) }

// DecodeFailure reads a Failure. A body without a code that could be one of
// this program's is malformed: it did not come from a district server.
func DecodeFailure(raw []byte) (Failure, error) {
	var f Failure
	if err := answer(raw, &f); err != nil {
		return Failure{}, err
	}
	if !plainName(string(f.Error.Code)) {
		return Failure{}, record.Fail(record.CodeMalformed)
	}
	return f, nil
}
