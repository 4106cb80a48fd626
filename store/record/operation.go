package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
)

// Incarnation names one life of one device's log: 32 hex digits, random. A
// restored or copied file begins a new one.
type Incarnation string

// EntityKind is the kind of record that an operation changes.
type EntityKind string

// The kinds of records that travel.
const (
	EntityStation    EntityKind = "station"
	EntityVolunteer  EntityKind = "volunteer"
	EntityTeam       EntityKind = "team"
	EntityMembership EntityKind = "membership"
	EntityBrand      EntityKind = "brand"
	EntityActivity   EntityKind = "activity"
	EntityEntry      EntityKind = "entry"
	EntityConsent    EntityKind = "consent"
	EntityEvidence   EntityKind = "evidence"
	EntityKey        EntityKind = "key"
	EntityClosing    EntityKind = "closing"

	EntityCertificate EntityKind = "certificate"
	EntityTraining    EntityKind = "training"
	EntityHonour      EntityKind = "honour"
	EntityTransfer    EntityKind = "transfer"
	EntityReview      EntityKind = "review"
	EntityCorrection  EntityKind = "correction"
	EntityObjection   EntityKind = "objection"
	EntityOutside     EntityKind = "outside"
)

// OperationType is what a clerk did. Types are append-only; a changed shape is
// a new version with an upcaster, and a golden file keeps each old one.
type OperationType string

// The types of operations.
const (
	OpStationNamed        OperationType = "station.named"
	OpVolunteerRegistered OperationType = "volunteer.registered"
	OpVolunteerUpdated    OperationType = "volunteer.updated"
	OpTeamFounded         OperationType = "team.founded"
	OpTeamUpdated         OperationType = "team.updated"
	OpMembershipBegun     OperationType = "membership.begun"
	OpMembershipUpdated   OperationType = "membership.updated"
	OpBrandCreated        OperationType = "brand.created"
	OpBrandUpdated        OperationType = "brand.updated"
	OpActivityLogged      OperationType = "activity.logged"
	OpActivityUpdated     OperationType = "activity.updated"
	OpServiceRecorded     OperationType = "service.recorded"
	OpServiceReversed     OperationType = "service.reversed"
	OpConsentGiven        OperationType = "consent.given"
	OpConsentUpdated      OperationType = "consent.updated"
	OpEvidenceAdded       OperationType = "evidence.added"
	OpEvidenceUpdated     OperationType = "evidence.updated"
	OpKeyMade             OperationType = "key.made"
	OpKeyEnded            OperationType = "key.ended"
	OpMonthClosed         OperationType = "month.closed"
	OpMonthReopened       OperationType = "month.reopened"

	OpCertificateApplied OperationType = "certificate.applied"
	OpCertificateIssued  OperationType = "certificate.issued"
	OpCertificateEnded   OperationType = "certificate.ended"
	OpTrainingRecorded   OperationType = "training.recorded"
	OpTrainingUpdated    OperationType = "training.updated"
	OpHonourRecorded     OperationType = "honour.recorded"
	OpHonourUpdated      OperationType = "honour.updated"
	OpTransferAsked      OperationType = "transfer.asked"
	OpTransferUpdated    OperationType = "transfer.updated"
	OpReviewAsked        OperationType = "review.asked"
	OpReviewDecided      OperationType = "review.decided"
	OpCorrectionAsked    OperationType = "correction.asked"
	OpCorrectionUpdated  OperationType = "correction.updated"
	OpObjectionRaised    OperationType = "objection.raised"
	OpObjectionUpdated   OperationType = "objection.updated"
	OpOutsideNoted       OperationType = "outside.noted"
	OpOutsideUpdated     OperationType = "outside.updated"
)

// OperationTypes are all types that this version knows.
func OperationTypes() map[OperationType]EntityKind {
	return map[OperationType]EntityKind{
		OpStationNamed:        EntityStation,
		OpVolunteerRegistered: EntityVolunteer,
		OpVolunteerUpdated:    EntityVolunteer,
		OpTeamFounded:         EntityTeam,
		OpTeamUpdated:         EntityTeam,
		OpMembershipBegun:     EntityMembership,
		OpMembershipUpdated:   EntityMembership,
		OpBrandCreated:        EntityBrand,
		OpBrandUpdated:        EntityBrand,
		OpActivityLogged:      EntityActivity,
		OpActivityUpdated:     EntityActivity,
		OpServiceRecorded:     EntityEntry,
		OpServiceReversed:     EntityEntry,
		OpConsentGiven:        EntityConsent,
		OpConsentUpdated:      EntityConsent,
		OpEvidenceAdded:       EntityEvidence,
		OpEvidenceUpdated:     EntityEvidence,
		OpKeyMade:             EntityKey,
		OpKeyEnded:            EntityKey,
		OpMonthClosed:         EntityClosing,
		OpMonthReopened:       EntityClosing,
		OpCertificateApplied:  EntityCertificate,
		OpCertificateIssued:   EntityCertificate,
		OpCertificateEnded:    EntityCertificate,
		OpTrainingRecorded:    EntityTraining,
		OpTrainingUpdated:     EntityTraining,
		OpHonourRecorded:      EntityHonour,
		OpHonourUpdated:       EntityHonour,
		OpTransferAsked:       EntityTransfer,
		OpTransferUpdated:     EntityTransfer,
		OpReviewAsked:         EntityReview,
		OpReviewDecided:       EntityReview,
		OpCorrectionAsked:     EntityCorrection,
		OpCorrectionUpdated:   EntityCorrection,
		OpObjectionRaised:     EntityObjection,
		OpObjectionUpdated:    EntityObjection,
		OpOutsideNoted:        EntityOutside,
		OpOutsideUpdated:      EntityOutside,
	}
}

// Operation is one entry of a station's log. Its key is (Station, Incarnation,
// Seq); Seq is dense from 1 within an incarnation. Payload is the exact bytes
// of a [Change] in JSON; Commit and Hash bind them into the chain.
type Operation struct {
	Station     StationCode   `json:"station"`
	Incarnation Incarnation   `json:"incarnation"`
	Seq         int64         `json:"seq"`
	Type        OperationType `json:"type"`
	TypeVersion int           `json:"type_version"`
	Entity      EntityKind    `json:"entity"`
	EntityID    string        `json:"entity_id"`
	// BaseVersion is the version of the record that the clerk saw; 0 for a new
	// one. HomeEpoch fences transfers between stations.
	BaseVersion int64  `json:"base_version"`
	HomeEpoch   int64  `json:"home_epoch"`
	Actor       string `json:"actor"`
	// Batch groups operations that are undone together, "" for none.
	Batch BatchID `json:"batch,omitempty"`
	// WallMS is the clock as the clerk saw it, MonoMS never runs backwards;
	// both in milliseconds since 1970 UTC, and neither decides anything.
	WallMS int64 `json:"wall_ms"`
	MonoMS int64 `json:"mono_ms"`

	Salt    []byte          `json:"salt"`
	Payload json.RawMessage `json:"payload"`
	Commit  []byte          `json:"commit"`
	Hash    []byte          `json:"hash"`
}

// SaltSize is the length of an operation's salt in bytes.
const SaltSize = 16

// Commitment is SHA-256 over salt and payload. The salt lets payload and salt
// be erased on a lawful request while the chain still verifies.
func Commitment(salt, payload []byte) []byte {
	h := sha256.New()
	h.Write(salt)
	h.Write(payload)
	return h.Sum(nil)
}

// Bind fills Commit and Hash from the other fields and the hash before it; nil
// before the first.
func (o *Operation) Bind(previous []byte) {
	o.Commit = Commitment(o.Salt, o.Payload)
	o.Hash = o.link(previous)
}

// Follows reports whether o is the unbroken successor of the entry whose hash
// is previous. The salt's length is fixed, since the commitment does not say
// where the salt ends and the payload begins.
func (o *Operation) Follows(previous []byte) bool {
	return len(o.Salt) == SaltSize && bytes.Equal(o.Commit, Commitment(o.Salt, o.Payload)) && bytes.Equal(o.Hash, o.link(previous))
}

// Erased reports an operation whose payload and salt were erased on a lawful
// request; its header and its commitment stay in the chain.
func (o *Operation) Erased() bool { return len(o.Salt) == 0 && len(o.Payload) == 0 }

// BindErased fills Hash of an erased operation from its commitment, which is all
// that is left of what it said.
func (o *Operation) BindErased(previous []byte) { o.Hash = o.link(previous) }

// FollowsErased is [Operation.Follows] for an erased operation: the chain holds,
// what it said is gone.
func (o *Operation) FollowsErased(previous []byte) bool {
	return o.Erased() && len(o.Commit) == sha256.Size && bytes.Equal(o.Hash, o.link(previous))
}

// link hashes the previous hash, the header with each part preceded by its
// length, and the commitment.
func (o *Operation) link(previous []byte) []byte {
	h := sha256.New()
	part := func(b []byte) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(b)))
		h.Write(n[:])
		h.Write(b)
	}
	number := func(v int64) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(v))
		h.Write(n[:])
	}
	part(previous)
	part([]byte(o.Station))
	part([]byte(o.Incarnation))
	number(o.Seq)
	part([]byte(o.Type))
	number(int64(o.TypeVersion))
	part([]byte(o.Entity))
	part([]byte(o.EntityID))
	number(o.BaseVersion)
	number(o.HomeEpoch)
	part([]byte(o.Actor))
	part([]byte(o.Batch))
	number(o.WallMS)
	number(o.MonoMS)
	part(o.Commit)
	return h.Sum(nil)
}

// Head is the end of a log: its last sequence number and hash.
type Head struct {
	Incarnation Incarnation `json:"incarnation"`
	Seq         int64       `json:"seq"`
	Hash        []byte      `json:"hash,omitempty"`
}

// Equal reports whether two heads are the same.
func (h Head) Equal(o Head) bool {
	return h.Incarnation == o.Incarnation && h.Seq == o.Seq && bytes.Equal(h.Hash, o.Hash)
}

// String is a head in short, for logs.
func (h Head) String() string {
	return string(h.Incarnation[:min(8, len(h.Incarnation))]) + "/" + hex.EncodeToString(h.Hash[:min(4, len(h.Hash))])
}
