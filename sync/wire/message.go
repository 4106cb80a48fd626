package wire

import "rongyuan/store/record"

// The paths of the exchange. All are POST.
const (
	PathEnrol = "/v1/enrol"
	PathHello = "/v1/hello"
	PathPush  = "/v1/push"
	// PathEndorse came later; a district that does not know it answers
	// otherwise, and the station asks again in another round.
	PathEndorse = "/v1/endorse"
)

// The media types of bodies.
const (
	TypeJSON  = "application/json"
	TypeBatch = "application/vnd.rongyuan.batch+zstd"
)

// ServerName stands in every district server's certificate beside its real
// addresses. A station checks this name, so that a district may move to another
// address without new certificates at every station.
const ServerName = "district.rongyuan.internal"

// Enrol asks a district to take a device. Proof is the device's signature over
// [Enrol.Bytes]: only who holds the private key can enrol the public one.
type Enrol struct {
	Protocol    Protocol           `json:"protocol"`
	Station     record.StationCode `json:"station"`
	Name        string             `json:"name"`
	Incarnation record.Incarnation `json:"incarnation"`
	// Code is the one-time code as typed; see [ReadCode].
	Code      string `json:"code"`
	Algorithm string `json:"alg"`
	PublicKey []byte `json:"public_key"`
	// Authority is the SHA-256 of the district's CA certificate, so that the
	// proof cannot be carried to another district.
	Authority []byte `json:"authority"`
	Proof     []byte `json:"proof"`
}

// EnrolAnswer tells a device its name and the district's.
type EnrolAnswer struct {
	Protocol     Protocol `json:"protocol"`
	Device       string   `json:"device"`
	DistrictCode string   `json:"district_code"`
	DistrictName string   `json:"district_name"`
	DistrictKey  []byte   `json:"district_key"`
	// EscrowKey is the X25519 public key for which a station wraps its data key,
	// against the day when its passwords and its recovery code are lost.
	EscrowKey         []byte             `json:"escrow_key"`
	ServerIncarnation record.Incarnation `json:"server_incarnation"`
	ServerMS          int64              `json:"server_ms"`
}

// Hello opens a session: where the station's log ends, and what it speaks.
type Hello struct {
	Protocol Protocol    `json:"protocol"`
	Head     record.Head `json:"head"`
	// Nonce is 16 random bytes: the same Hello is not answered twice.
	Nonce []byte `json:"nonce"`
	// ClockMS is the station's clock, for the district's board; it decides
	// nothing.
	ClockMS int64 `json:"clock_ms"`
}

// HelloAnswer says where the district's copy of the log ends (in the receipt)
// and gives the challenge that the pushes of this session are signed over.
type HelloAnswer struct {
	Challenge         string             `json:"challenge"`
	ServerIncarnation record.Incarnation `json:"server_incarnation"`
	Receipt           Receipt            `json:"receipt"`
	Limits            Limits             `json:"limits,omitzero"`
	// Down is where the streams of messages to this station end, left out while
	// nothing was ever sent.
	Down Marks `json:"down,omitempty"`
}

// Limits are what the district takes in one Push: rows, and bytes of the
// compressed body; absent means what stations send anyway.
type Limits struct {
	Rows  int `json:"rows"`
	Bytes int `json:"bytes"`
}

// PushAnswer acknowledges a Push: stored durably and chained, not yet applied.
type PushAnswer struct {
	Receipt Receipt `json:"receipt"`
}

// Endorse asks a district for its word that a signing key is the station's. The
// key is in the log that the district holds; the proof is the key's own
// signature over [EndorseBytes].
type Endorse struct {
	Key   record.KeyID `json:"key"`
	Proof []byte       `json:"proof"`
}

// EndorseAnswer is the district's signature over [record.EndorsementBytes], by
// the key that countersigns receipts.
type EndorseAnswer struct {
	Signature []byte `json:"signature"`
}

// Receipt is a [record.Receipt] without what the station knows: the head is
// left out where it is the one that the request ended in. The signature covers
// the whole receipt.
type Receipt struct {
	Head        *record.Head `json:"head,omitempty"`
	Safe        int64        `json:"safe_seq,omitempty"`
	ServerMS    int64        `json:"server_ms"`
	Cases       int64        `json:"cases,omitempty"`
	Quarantined int64        `json:"quarantined,omitempty"`
	Signature   []byte       `json:"signature"`
}

// Short leaves out of a receipt what a request has said.
func Short(r record.Receipt, asked record.Head) Receipt {
	out := Receipt{Safe: r.Safe, ServerMS: r.ServerMS, Cases: r.Cases, Quarantined: r.Quarantined, Signature: r.Signature}
	if !r.Head.Equal(asked) {
		out.Head = &r.Head
	}
	return out
}

// Whole is Short undone.
func (r Receipt) Whole(asked record.Head) record.Receipt {
	head := asked
	if r.Head != nil {
		head = *r.Head
	}
	return record.Receipt{Head: head, Safe: r.Safe, ServerMS: r.ServerMS, Cases: r.Cases, Quarantined: r.Quarantined, Signature: r.Signature}
}

// Failure is the body of every answer that is not 200. It never repeats what
// the request said.
type Failure struct {
	Error FailureError `json:"error"`
}

// FailureError is a code and, for a malformed message, a JSON pointer to the
// place. Protocol stands beside a version code, Head beside gap and forked.
type FailureError struct {
	Code     record.Code  `json:"code"`
	Pointer  string       `json:"pointer,omitempty"`
	Protocol *Protocol    `json:"protocol,omitempty"`
	Head     *record.Head `json:"head,omitempty"`
}
