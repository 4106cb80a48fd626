package wire

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// Ed25519 is the one signature algorithm of this version; the name travels with
// every signature, so that SM2 can stand beside it.
const Ed25519 = "ed25519"

// The headers that sign a request.
const (
	HeaderDevice    = "Rongyuan-Device"
	HeaderSequence  = "Rongyuan-Sequence"
	HeaderChallenge = "Rongyuan-Challenge"
	HeaderAlgorithm = "Rongyuan-Algorithm"
	HeaderSignature = "Rongyuan-Signature"
)

// Signed is what a request's signature covers. Sequence counts the requests of
// one session from 1; a Hello, which has no challenge yet, has sequence 0 and a
// nonce in its body.
type Signed struct {
	Method    string
	Path      string
	BodySum   [sha256.Size]byte
	Device    string
	Sequence  int64
	Challenge string
}

// Bytes are the canonical bytes to sign: one value to a line. No value may hold
// a line break, or two requests could have the same bytes.
func (s Signed) Bytes() []byte {
	return lines("rongyuan request v1", Ed25519, s.Method, s.Path, hex.EncodeToString(s.BodySum[:]),
		s.Device, strconv.FormatInt(s.Sequence, 10), s.Challenge)
}

func lines(parts ...string) []byte {
	var b bytes.Buffer
	for _, part := range parts {
		b.WriteString(strings.ReplaceAll(part, "\n", "\\n"))
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// Sign puts the signature over s into h.
func (s Signed) Sign(h http.Header, key ed25519.PrivateKey) {
	h.Set(HeaderDevice, s.Device)
	h.Set(HeaderSequence, strconv.FormatInt(s.Sequence, 10))
	h.Set(HeaderAlgorithm, Ed25519)
	if s.Challenge != "" {
		h.Set(HeaderChallenge, s.Challenge)
	}
	h.Set(HeaderSignature, base64.StdEncoding.EncodeToString(ed25519.Sign(key, s.Bytes())))
}

// Claim is what a request's headers say of its signer, not yet verified.
type Claim struct {
	Device    string
	Sequence  int64
	Challenge string
	Signature []byte
}

// ReadClaim reads the signing headers. Anything missing, doubled or odd is
// unauthorised, without saying which.
func ReadClaim(h http.Header) (Claim, error) {
	refused := record.Fail(record.CodeUnauthorised)
	for _, name := range []string{HeaderDevice, HeaderSequence, HeaderAlgorithm, HeaderSignature} {
		if len(h.Values(name)) != 1 {
			return Claim{}, refused
		}
	}
	c := Claim{Device: h.Get(HeaderDevice), Challenge: h.Get(HeaderChallenge)}
	seq, err := strconv.ParseInt(h.Get(HeaderSequence), 10, 64)
	if err != nil || seq < 0 || strconv.FormatInt(seq, 10) != h.Get(HeaderSequence) {
		return Claim{}, refused
	}
	c.Sequence = seq
	c.Signature, err = base64.StdEncoding.Strict().DecodeString(h.Get(HeaderSignature))
	if err != nil || len(c.Signature) != ed25519.SignatureSize || h.Get(HeaderAlgorithm) != Ed25519 {
		return Claim{}, refused
	}
	if !short(c.Device, 64) || c.Device == "" || !short(c.Challenge, 64) || len(h.Values(HeaderChallenge)) > 1 {
		return Claim{}, refused
	}
	return c, nil
}

// short reports a text of visible ASCII up to a length.
func short(s string, most int) bool {
	return len(s) <= most && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// Holds reports whether the claim's signature is key's over this request.
func (c Claim) Holds(key ed25519.PublicKey, s Signed) bool {
	s.Device, s.Sequence, s.Challenge = c.Device, c.Sequence, c.Challenge
	return len(key) == ed25519.PublicKeySize && ed25519.Verify(key, s.Bytes(), c.Signature)
}

// Bytes are the canonical bytes of the proof of possession.
func (e Enrol) Bytes() []byte {
	return lines("rongyuan enrol v1", e.Algorithm, string(e.Station), string(e.Incarnation), ReadCode(e.Code),
		hex.EncodeToString(e.PublicKey), hex.EncodeToString(e.Authority))
}

// Proven reports whether the proof is the public key's own.
func (e Enrol) Proven() bool {
	return e.Algorithm == Ed25519 && len(e.PublicKey) == ed25519.PublicKeySize &&
		ed25519.Verify(e.PublicKey, e.Bytes(), e.Proof)
}

// EndorseBytes are the canonical bytes by which a signing key asks for its
// station.
func EndorseBytes(station record.StationCode, key record.KeyID) []byte {
	return lines("rongyuan endorse v1", Ed25519, string(station), string(key))
}

// ReceiptBytes are the canonical bytes that the district signs in a receipt for
// a station.
func ReceiptBytes(station record.StationCode, r record.Receipt) []byte {
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	return lines("rongyuan receipt v1", Ed25519, string(station), string(r.Head.Incarnation), number(r.Head.Seq),
		hex.EncodeToString(r.Head.Hash), number(r.Safe), number(r.ServerMS), number(r.Cases), number(r.Quarantined))
}

// ReceiptHolds reports whether a receipt was signed by the district.
func ReceiptHolds(district ed25519.PublicKey, station record.StationCode, r record.Receipt) bool {
	return len(district) == ed25519.PublicKeySize && ed25519.Verify(district, ReceiptBytes(station, r), r.Signature)
}

// HeadBytes are the canonical bytes that a device signs for the head of each
// batch: the lasting proof of what the station had written.
func HeadBytes(station record.StationCode, h record.Head) []byte {
	return lines("rongyuan head v1", Ed25519, string(station), string(h.Incarnation),
		strconv.FormatInt(h.Seq, 10), hex.EncodeToString(h.Hash))
}
