package wire

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"rongyuan/store/record"
)

// PathPull fetches what the district has for a station. It came later; a
// district that has nothing says so in its answer to hello, and is not asked.
const PathPull = "/v1/pull"

// MaxMessages is how many messages come in one answer.
const MaxMessages = 50

// Marks are the last numbers of streams: as the district has them, or as the
// station has taken them over.
type Marks map[record.Stream]int64

// Pull asks for the messages of one stream after a number. It says at the same
// time that everything up to there is kept durably.
type Pull struct {
	Stream record.Stream `json:"stream"`
	After  int64         `json:"after"`
	// ID is the id of the message with that number, "" for 0. A district that
	// has another one there answers gap, and the station begins anew.
	ID string `json:"id,omitempty"`
}

// PullAnswer are the next messages in order, at most [MaxMessages]; none at the
// end of the stream.
type PullAnswer struct {
	Messages []record.Message `json:"messages"`
}

// DecodePull reads a Pull.
func DecodePull(raw []byte) (Pull, error) {
	var p Pull
	if len(raw) > MaxPlain {
		return p, record.Fail(record.CodeTooLarge)
	}
	if err := decode(raw, &p, true); err != nil {
		return Pull{}, err
	}
	if !slices.Contains(record.Streams(), p.Stream) {
		return Pull{}, record.FailField("/stream", record.CodeMalformed)
	}
	if p.After < 0 || p.After > MaxSeq || (p.After == 0) != (p.ID == "") || !short(p.ID, 64) {
		return Pull{}, record.FailField("/after", record.CodeMalformed)
	}
	return p, nil
}

// DecodePullAnswer reads a PullAnswer. Kinds are not compared with known ones.
func DecodePullAnswer(raw []byte) (PullAnswer, error) {
	var a PullAnswer
	if err := answer(raw, &a); err != nil {
		return PullAnswer{}, err
	}
	if len(a.Messages) > MaxMessages {
		return PullAnswer{}, record.FailField("/messages", record.CodeTooLarge)
	}
	for i, m := range a.Messages {
		if !soundMessage(m) {
			return PullAnswer{}, record.FailField("/messages/"+strconv.Itoa(i), record.CodeMalformed)
		}
	}
	return a, nil
}

func soundMessage(m record.Message) bool {
	return m.ID != "" && short(m.ID, 64) && m.Kind != "" && short(string(m.Kind), 32) && m.Seq >= 1 && m.Seq <= MaxSeq &&
		slices.Contains(record.Streams(), m.Stream) && len(m.Payload) > 0 && utf8.Valid(m.Payload)
}
