package wire

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"strconv"

	"rongyuan/store/record"
)

// The limits of a batch: rows and compressed bytes that a station sends at
// most, and what a district takes at all.
const (
	SendRows  = 200
	SendBytes = 256 << 10
	MaxRows   = 2000
)

// Batch is a run of one log: operations without a gap after Previous. On the
// wire it is NDJSON: a header, then one line for each operation without what
// the header and the chain already say (station, incarnation, number,
// commitment, hash). The reader computes the chain again and compares its end
// with the header's, so that a batch is either the station's own or refused.
type Batch struct {
	Station record.StationCode
	// After is the head that the operations follow; Seq 0 for the beginning.
	After      record.Head
	Operations []record.Operation
	// Signature is the device's over [HeadBytes] of [Batch.Head].
	Signature []byte
}

// Head is the end of the log after the batch.
func (b Batch) Head() record.Head {
	if len(b.Operations) == 0 {
		return b.After
	}
	last := b.Operations[len(b.Operations)-1]
	return record.Head{Incarnation: b.After.Incarnation, Seq: last.Seq, Hash: last.Hash}
}

// header is the first line of a batch.
type header struct {
	Version     int                `json:"version"`
	Station     record.StationCode `json:"station"`
	Incarnation record.Incarnation `json:"incarnation"`
	After       int64              `json:"after"`
	AfterHash   []byte             `json:"after_hash,omitempty"`
	Count       int                `json:"count"`
	Head        []byte             `json:"head,omitempty"`
	Algorithm   string             `json:"alg"`
	Signature   []byte             `json:"signature"`
}

// row is an operation on the wire.
type row struct {
	Type        record.OperationType `json:"type"`
	TypeVersion int                  `json:"type_version"`
	Entity      record.EntityKind    `json:"entity"`
	EntityID    string               `json:"entity_id"`
	BaseVersion int64                `json:"base_version"`
	HomeEpoch   int64                `json:"home_epoch,omitempty"`
	Actor       string               `json:"actor,omitempty"`
	Batch       record.BatchID       `json:"batch,omitempty"`
	WallMS      int64                `json:"wall_ms"`
	MonoMS      int64                `json:"mono_ms"`
	Salt        []byte               `json:"salt,omitempty"`
	Payload     json.RawMessage      `json:"payload,omitempty"`
	// Commit stands in the place of salt and payload when they were erased on a
	// lawful request before the operation was sent: the chain still holds.
	Commit []byte `json:"commit,omitempty"`
}

// EncodeBatch writes a batch as NDJSON, not yet compressed. It refuses with
// log_broken what a district would refuse: a gap, a foreign row, a broken chain.
func EncodeBatch(b Batch) ([]byte, error) {
	head := b.Head()
	first := header{
		Version: Newest, Station: b.Station, Incarnation: b.After.Incarnation, After: b.After.Seq, AfterHash: b.After.Hash,
		Count: len(b.Operations), Head: head.Hash, Algorithm: Ed25519, Signature: b.Signature,
	}
	var out bytes.Buffer
	if err := writeLine(&out, first); err != nil {
		return nil, err
	}
	previous := b.After.Hash
	for i, op := range b.Operations {
		if op.Station != b.Station || op.Incarnation != b.After.Incarnation || op.Seq != b.After.Seq+int64(i)+1 || !follows(op, previous) {
			return nil, record.FailField("/"+strconv.Itoa(i+1), record.CodeLogBroken)
		}
		start := out.Len()
		if err := writeLine(&out, rowOf(op)); err != nil {
			return nil, err
		}
		// The chain binds the payload's bytes: a writer that touches them would
		// make a batch that no district accepts.
		if !bytes.Contains(out.Bytes()[start:], op.Payload) {
			return nil, record.FailField("/"+strconv.Itoa(i+1)+"/payload", record.CodeMalformed)
		}
		previous = op.Hash
	}
	return out.Bytes(), nil
}

func follows(op record.Operation, previous []byte) bool {
	return op.Follows(previous) || op.FollowsErased(previous)
}

func writeLine(out *bytes.Buffer, v any) error {
	raw, err := Encode(v)
	if err != nil {
		return err
	}
	out.Write(raw)
	return out.WriteByte('\n')
}

func rowOf(o record.Operation) row {
	var commit []byte
	if o.Erased() {
		commit = o.Commit
	}
	return row{
		Type: o.Type, TypeVersion: o.TypeVersion, Entity: o.Entity, EntityID: o.EntityID,
		BaseVersion: o.BaseVersion, HomeEpoch: o.HomeEpoch, Actor: o.Actor, Batch: o.Batch,
		WallMS: o.WallMS, MonoMS: o.MonoMS, Salt: o.Salt, Payload: o.Payload,
		Commit: commit,
	}
}

// DecodeBatch reads NDJSON that was unpacked before. The envelope is read
// strictly; payloads must be JSON and are otherwise left to whoever applies
// them, so that one odd record cannot stop a station. A code gap, forked or
// foreign_record is for the caller to find: here every chain is only followed
// from the header to its end, and malformed when it does not reach it.
func DecodeBatch(raw []byte) (Batch, error) {
	line, rest, _ := bytes.Cut(raw, []byte("\n"))
	var first header
	if err := decode(line, &first, true); err != nil {
		return Batch{}, at(0, err)
	}
	after := record.Head{Incarnation: first.Incarnation, Seq: first.After, Hash: first.AfterHash}
	switch {
	case first.Version > Newest:
		return Batch{}, record.Fail(record.CodeVersionTooNew)
	case first.Version < Oldest:
		return Batch{}, record.Fail(record.CodeVersionTooOld)
	case !first.Station.Valid() || !ValidHead(after) || first.Algorithm != Ed25519 || first.Count < 0:
		return Batch{}, record.FailField("/0", record.CodeMalformed)
	case first.Count > MaxRows:
		return Batch{}, record.Fail(record.CodeTooLarge)
	}
	b := Batch{Station: first.Station, After: after, Signature: first.Signature}
	if err := b.readRows(rest, first.Count); err != nil {
		return Batch{}, err
	}
	if !bytes.Equal(b.Head().Hash, first.Head) {
		return Batch{}, record.FailField("/0/head", record.CodeMalformed)
	}
	return b, nil
}

func (b *Batch) readRows(raw []byte, count int) error {
	previous := b.After.Hash
	for i := range count {
		line, rest, _ := bytes.Cut(raw, []byte("\n"))
		op, err := b.readRow(line)
		if err != nil {
			return at(i+1, err)
		}
		op.Seq = b.After.Seq + int64(i) + 1
		if op.Erased() {
			op.BindErased(previous)
		} else {
			op.Bind(previous)
		}
		previous = op.Hash
		b.Operations = append(b.Operations, op)
		raw = rest
	}
	if len(raw) > 0 {
		return at(count+1, record.Fail(record.CodeMalformed))
	}
	return nil
}

func (b *Batch) readRow(line []byte) (record.Operation, error) {
	if err := inspect(line, "payload"); err != nil {
		return record.Operation{}, err
	}
	var r row
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil || !r.sound() {
		return record.Operation{}, record.Fail(record.CodeMalformed)
	}
	return record.Operation{
		Station: b.Station, Incarnation: b.After.Incarnation, Type: r.Type, TypeVersion: r.TypeVersion,
		Entity: r.Entity, EntityID: r.EntityID, BaseVersion: r.BaseVersion, HomeEpoch: r.HomeEpoch, Actor: r.Actor,
		Batch: r.Batch, WallMS: r.WallMS, MonoMS: r.MonoMS, Salt: r.Salt, Payload: r.Payload, Commit: r.Commit,
	}, nil
}

// sound reports an envelope that any version of the program can keep. Types and
// kinds are not compared with known ones: an operation of a newer program is
// stored and applied after the district's update.
func (r row) sound() bool {
	return r.Type != "" && short(string(r.Type), 64) && r.TypeVersion >= 1 && r.TypeVersion <= 1000 &&
		r.Entity != "" && short(string(r.Entity), 32) && r.EntityID != "" && short(r.EntityID, 64) &&
		r.BaseVersion >= 0 && r.BaseVersion <= MaxSeq && r.HomeEpoch >= 0 && r.HomeEpoch <= MaxSeq &&
		len(r.Actor) <= 256 && short(string(r.Batch), 64) && r.whole()
}

// whole reports a row that carries either what it says or, erased, only the
// commitment to it.
func (r row) whole() bool {
	if len(r.Commit) > 0 {
		return len(r.Commit) == sha256.Size && len(r.Salt) == 0 && len(r.Payload) == 0
	}
	return len(r.Salt) == record.SaltSize && len(r.Payload) > 0
}

// at puts the number of a line before the pointer of an error.
func at(line int, err error) error {
	code := record.CodeOf(err)
	field := ""
	if e, ok := err.(*record.Error); ok { //nolint:errorlint // made by this package, never wrapped
		field = e.Field
	}
	return record.FailField("/"+strconv.Itoa(line)+field, code)
}

// Sum is the SHA-256 of a body, as [Signed] wants it.
func Sum(body []byte) [sha256.Size]byte { return sha256.Sum256(body) }
