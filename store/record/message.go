package record

import (
	"crypto/ed25519"
	"encoding/json"
	"strconv"
	"strings"
)

// Stream is one of the two runs of messages that come down from a district:
// what goes to every station, and what goes to one.
type Stream string

// The streams.
const (
	StreamAll     Stream = "all"
	StreamStation Stream = "station"
)

// Streams are all of them, in the order in which they are fetched.
func Streams() []Stream { return []Stream{StreamStation, StreamAll} }

// Mark is how far a station has taken a stream over: the number and the id of
// the last message. A district put back from a backup may give a number anew;
// the id tells.
type Mark struct {
	Seq int64
	ID  string
}

// MessageKind says what a message asks of a station.
type MessageKind string

// The kinds; append-only. A station keeps a kind that it does not know and
// takes it up after its update.
const (
	MessageNotice MessageKind = "notice"
)

// Message is one message of a district to its stations. Its key is (Stream,
// Seq), dense from 1 within the life of the district's storage; ID stays the
// same when that storage is put back from a backup.
type Message struct {
	ID     string      `json:"id"`
	Stream Stream      `json:"stream"`
	Seq    int64       `json:"seq"`
	Kind   MessageKind `json:"kind"`
	Urgent bool        `json:"urgent,omitempty"`
	// AtMS is the district's clock, milliseconds since 1970 UTC.
	AtMS    int64           `json:"at_ms"`
	Payload json.RawMessage `json:"payload"`
	// Signature is the district's, by the key that countersigns receipts, so
	// that a message may also come on a stick.
	Signature []byte `json:"signature"`
}

// Bytes are what a district signs of a message to a station. One to all names
// no station.
func (m Message) Bytes(to StationCode) []byte {
	if m.Stream == StreamAll {
		to = ""
	}
	return signedParts("rongyuan message v1", []byte(m.ID), []byte(m.Stream), []byte(to), []byte(strconv.FormatInt(m.Seq, 10)),
		[]byte(m.Kind), []byte(strconv.FormatBool(m.Urgent)), []byte(strconv.FormatInt(m.AtMS, 10)), m.Payload)
}

// Holds reports whether a message to a station was signed by its district.
func (m Message) Holds(district []byte, to StationCode) bool {
	return len(district) == ed25519.PublicKeySize && len(m.Signature) == ed25519.SignatureSize &&
		ed25519.Verify(district, m.Bytes(to), m.Signature)
}

// Notice is a letter of the district to its stations.
type Notice struct {
	Title string `json:"title"`
	Text  string `json:"text,omitempty"`
	// From is who sent it, as the station's clerk may ask back.
	From string `json:"from,omitempty"`
}

// Check finds what is wrong with a notice: it needs a title of at most 80
// letters; the text has at most 4,000.
func (n Notice) Check() Problems {
	var p Problems
	if strings.TrimSpace(n.Title) == "" {
		p.Add(LevelError, "title", CodeRequired)
	}
	p.checkText("title", n.Title, 80)
	p.checkText("text", n.Text, 4000)
	p.checkText("from", n.From, 50)
	return p
}

// Letter is a message as a station keeps it.
type Letter struct {
	Message
	// ReadMS is when somebody at the station opened it, 0 for not yet; ReadBy
	// is that account.
	ReadMS int64  `json:"read_ms,omitempty"`
	ReadBy string `json:"read_by,omitempty"`
}

// Notice is what a letter says; the zero Notice for another kind of message.
func (l Letter) Notice() Notice {
	var n Notice
	if l.Kind != MessageNotice || json.Unmarshal(l.Payload, &n) != nil {
		return Notice{}
	}
	return n
}
