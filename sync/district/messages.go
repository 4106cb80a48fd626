package district

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"time"

	"rongyuan/store/record"
	"rongyuan/store/seal"
	"rongyuan/sync/wire"
)

// Messages are the methods about what the district says to its stations.
type Messages interface {
	// AddMessage adds a message whose number follows the last one of its stream.
	AddMessage(Scope, StoredMessage) error
	// Messages are those of a stream after a number, in order; "" is the stream
	// to all stations.
	Messages(s Scope, to record.StationCode, after int64, limit int) ([]StoredMessage, error)
	// LastMessages are the newest of all streams, newest first.
	LastMessages(Scope, int) ([]StoredMessage, error)
	// LastMessage is the last number of a stream, 0 for an empty one.
	LastMessage(Scope, record.StationCode) (int64, error)
	// PutMark keeps how far a device has taken a stream; it never goes back.
	PutMark(Scope, MessageMark) error
	Marks(Scope, record.StationCode) ([]MessageMark, error)
}

// StoredMessage is a message whose payload is sealed. To is "" for all stations.
type StoredMessage struct {
	Message record.Message // Payload is empty
	To      record.StationCode
	Who     string
	Sealed  []byte
}

// MessageMark is how far a device has taken a stream over, by its own word.
type MessageMark struct {
	To     record.StationCode
	Device string
	Seq    int64
	AtMS   int64
}

func streamOf(to record.StationCode) record.Stream {
	if to == "" {
		return record.StreamAll
	}
	return record.StreamStation
}

func messagePlace(id string) seal.Place {
	return seal.Place{Table: "messages", Column: "sealed", Row: id}
}

// SendNotice sends a letter to one station, or to all when to is "". It needs
// the right to write. The codes are those of [record.Notice.Check], no_right
// and not_found for a station that the district does not know.
func (s *Server) SendNotice(ctx context.Context, scope Scope, to record.StationCode, n record.Notice, urgent bool) (record.Message, error) { //nolint:revive // to whom, what, how
	if err := scope.desk(record.RightWrite); err != nil {
		return record.Message{}, err
	}
	if n.From == "" {
		n.From = scope.who
	}
	if err := n.Check().Err(); err != nil {
		return record.Message{}, err
	}
	payload, err := json.Marshal(n)
	if err != nil {
		return record.Message{}, fmt.Errorf("encode notice: %w", err)
	}
	var sent record.Message
	err = s.storage.Update(ctx, func(tx Tx) error {
		if to != "" {
			if _, err := tx.Station(scope, to); err != nil {
				return err
			}
		}
		sent, err = s.send(tx, scope, to, record.Message{Kind: record.MessageNotice, Urgent: urgent, Payload: payload})
		if err != nil {
			return err
		}
		return s.audit(tx, scope, "message_sent", sent.ID, "")
	})
	return sent, err
}

// send adds a message within a transaction: the number is given where the row is
// written, so that no reader ever passes over one that was committed late.
func (s *Server) send(tx Tx, scope Scope, to record.StationCode, m record.Message) (record.Message, error) {
	last, err := tx.LastMessage(scope, to)
	if err != nil {
		return m, err
	}
	if m.ID, err = s.newID(); err != nil {
		return m, err
	}
	m.Stream, m.Seq, m.AtMS = streamOf(to), last+1, s.nowMS()
	m.Signature = ed25519.Sign(s.signer, m.Bytes(to))
	sealed, err := s.vault.fields.Seal(messagePlace(m.ID), m.Payload)
	if err != nil {
		return m, fmt.Errorf("seal message: %w", err)
	}
	bare := m
	bare.Payload = nil
	return m, tx.AddMessage(scope, StoredMessage{Message: bare, To: to, Who: scope.who, Sealed: sealed})
}

// openMessage is a message as it was sent.
func (s *Server) openMessage(stored StoredMessage) (record.Message, error) {
	payload, err := s.vault.fields.Open(messagePlace(stored.Message.ID), stored.Sealed)
	if err != nil {
		return record.Message{}, record.Fail(record.CodeSealBroken).Because(err)
	}
	m := stored.Message
	m.Payload = payload
	return m, nil
}

// down is where the streams to a station end.
func (s *Server) down(ctx context.Context, scope Scope) (wire.Marks, error) {
	ends := wire.Marks{}
	err := s.storage.View(ctx, func(tx Tx) error {
		for _, to := range []record.StationCode{"", scope.station} {
			last, err := tx.LastMessage(scope, to)
			if err != nil {
				return err
			}
			if last > 0 {
				ends[streamOf(to)] = last
			}
		}
		return nil
	})
	return ends, err
}

// pull answers with the next messages of a stream, and keeps what the station
// says it has.
func (s *Server) pull(ctx context.Context, scope Scope, p wire.Pull) (wire.PullAnswer, error) {
	to := scope.station
	if p.Stream == record.StreamAll {
		to = ""
	}
	a := wire.PullAnswer{Messages: []record.Message{}}
	err := s.storage.View(ctx, func(tx Tx) error {
		if err := follows(tx, scope, to, p); err != nil {
			return err
		}
		found, err := tx.Messages(scope, to, p.After, wire.MaxMessages)
		if err != nil {
			return err
		}
		for _, stored := range found {
			m, err := s.openMessage(stored)
			if err != nil {
				return err
			}
			a.Messages = append(a.Messages, m)
		}
		return nil
	})
	if err != nil || p.After == 0 {
		return a, err
	}
	return a, s.storage.Update(ctx, func(tx Tx) error {
		return tx.PutMark(scope, MessageMark{to, scope.device.ID, p.After, s.nowMS()})
	})
}

// follows is nil when a station's mark is a message of ours, else gap: this
// storage was put back from a backup since.
func follows(tx Tx, scope Scope, to record.StationCode, p wire.Pull) error {
	if p.After == 0 {
		return nil
	}
	found, err := tx.Messages(scope, to, p.After-1, 1)
	if err != nil {
		return err
	}
	if len(found) == 0 || found[0].Message.Seq != p.After || found[0].Message.ID != p.ID {
		return record.Fail(record.CodeGap)
	}
	return nil
}

// SentMessage is a message as the console lists it.
type SentMessage struct {
	ID      string             `json:"id"`
	At      string             `json:"at"` // RFC 3339 in UTC
	Station record.StationCode `json:"station,omitempty"`
	Who     string             `json:"who"`
	Urgent  bool               `json:"urgent"`
	Kind    record.MessageKind `json:"kind"`
	Notice  record.Notice      `json:"notice"`
	// Taken are the devices whose station keeps the message; Asked are those
	// that should.
	Taken int `json:"taken"`
	Asked int `json:"asked"`
}

// sentMost is how many messages are listed.
const sentMost = 200

// Sent are the newest messages with how many devices have taken them over.
func (s *Server) Sent(ctx context.Context, scope Scope) ([]SentMessage, error) {
	if err := scope.desk(record.RightRead); err != nil {
		return nil, err
	}
	out := []SentMessage{}
	err := s.storage.View(ctx, func(tx Tx) error {
		devices, err := tx.Devices(scope)
		if err != nil {
			return err
		}
		found, err := tx.LastMessages(scope, sentMost)
		if err != nil {
			return err
		}
		for _, stored := range found {
			one, err := s.sent(tx, scope, stored, devices)
			if err != nil {
				return err
			}
			out = append(out, one)
		}
		return nil
	})
	return out, err
}

func (s *Server) sent(tx Tx, scope Scope, stored StoredMessage, devices []Device) (SentMessage, error) {
	m, err := s.openMessage(stored)
	if err != nil {
		return SentMessage{}, err
	}
	out := SentMessage{
		ID: m.ID, At: time.UnixMilli(m.AtMS).UTC().Format(time.RFC3339), Station: stored.To, Who: stored.Who, Urgent: m.Urgent, Kind: m.Kind,
		Notice: record.Letter{Message: m}.Notice(),
	}
	marks, err := tx.Marks(scope, stored.To)
	if err != nil {
		return out, err
	}
	reached := map[string]bool{}
	for _, mark := range marks {
		reached[mark.Device] = mark.Seq >= m.Seq
	}
	for _, d := range devices {
		if d.RevokedMS != 0 || (stored.To != "" && d.Station != stored.To) {
			continue
		}
		out.Asked++
		if reached[d.ID] {
			out.Taken++
		}
	}
	return out, nil
}
