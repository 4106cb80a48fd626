package record

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// Purpose says what a station signs, so that a signature under one kind of
// paper is none under another.
type Purpose string

// The purposes; append-only, since they stand on paper.
const (
	PurposeCertificate Purpose = "certificate"
	PurposeReport      Purpose = "report"
)

// KeyID names a signing key: 32 hex digits, half of the SHA-256 of its public
// part.
type KeyID string

// KeyOf is the name of a public key.
func KeyOf(public []byte) KeyID {
	sum := sha256.Sum256(public)
	return KeyID(hex.EncodeToString(sum[:16]))
}

// Fingerprint is a key's name as people compare it on paper: eight groups of
// four.
func (k KeyID) Fingerprint() string {
	var groups []string
	for rest := strings.ToUpper(string(k)); rest != ""; rest = rest[min(4, len(rest)):] {
		groups = append(groups, rest[:min(4, len(rest))])
	}
	return strings.Join(groups, "-")
}

// KeyState is where a signing key stands.
type KeyState string

// The states. What a retired key signed stays good; what a revoked one signed
// is good no more, since nobody can tell when it was signed.
const (
	KeyActive  KeyState = "active"
	KeyRetired KeyState = "retired"
	KeyRevoked KeyState = "revoked"
)

// SigningKey is the public half of a key with which a station signs its papers.
type SigningKey struct {
	ID      KeyID `json:"-"`
	Version int64 `json:"-"`

	// Public is an Ed25519 public key.
	Public []byte   `json:"public"`
	Made   Day      `json:"made"`
	State  KeyState `json:"state"`
	// Ended is the day on which the key was retired or revoked, for Reason.
	Ended  Day    `json:"ended,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// Endorsement is a district's word that a key is a station's.
type Endorsement struct {
	// DistrictKey is the Ed25519 public key that signed; [Enrolment] knows it
	// by the same name.
	DistrictKey []byte `json:"district_key"`
	District    string `json:"district"` // the district's code
	Signature   []byte `json:"signature"`
}

// EndorsementBytes are what a district signs.
func EndorsementBytes(station StationCode, public []byte) []byte {
	return signedParts("rongyuan key v1", []byte(station), public)
}

// Holds reports whether the district's signature over the station's key is
// good. Whether the district is one to trust is another question.
func (e Endorsement) Holds(station StationCode, public []byte) bool {
	return len(e.DistrictKey) == ed25519.PublicKeySize && len(e.Signature) == ed25519.SignatureSize &&
		ed25519.Verify(e.DistrictKey, EndorsementBytes(station, public), e.Signature)
}

// Signature is a station's signature with what a stranger needs to judge it.
type Signature struct {
	Station StationCode
	// Public is the key that signed.
	Public []byte
	// Endorsed is the district's signature over [EndorsementBytes], empty while
	// the station was not enrolled.
	Endorsed []byte
	Value    []byte
}

// SignedBytes are what a station signs: no two statements have the same bytes.
func SignedBytes(purpose Purpose, station StationCode, message []byte) []byte {
	return signedParts("rongyuan signed v1", []byte(purpose), []byte(station), message)
}

// signedParts joins a fixed first line and hashed parts, so that no part can
// run into the next one.
func signedParts(first string, parts ...[]byte) []byte {
	out := []byte(first + "\n")
	for _, part := range parts {
		sum := sha256.Sum256(part)
		out = append(out, sum[:]...)
	}
	return out
}

// Sign signs a message with a key of 32 bytes of seed.
func Sign(seed []byte, purpose Purpose, station StationCode, message []byte) Signature {
	key := ed25519.NewKeyFromSeed(seed)
	public, _ := key.Public().(ed25519.PublicKey)
	return Signature{
		Station: station, Public: bytes.Clone(public), Value: ed25519.Sign(key, SignedBytes(purpose, station, message)),
	}
}

// Holds reports whether the signature fits the message and the key that it
// names. It says nothing of whose the key is; [Signature.Standing] does.
func (s Signature) Holds(purpose Purpose, message []byte) bool {
	return len(s.Public) == ed25519.PublicKeySize && len(s.Value) == ed25519.SignatureSize &&
		ed25519.Verify(s.Public, SignedBytes(purpose, s.Station, message), s.Value)
}

// KeyOwner is whose key a trusted one is.
type KeyOwner string

// The owners.
const (
	OwnerStation  KeyOwner = "station"
	OwnerDistrict KeyOwner = "district"
)

// TrustedKey is a key that this copy of the program knows: its own, its
// district's, or one that an administrator took from a key file after comparing
// the fingerprint.
type TrustedKey struct {
	Owner  KeyOwner `json:"owner"`
	Code   string   `json:"code"` // of the station or the district
	Name   string   `json:"name"`
	Public []byte   `json:"public"`
	State  KeyState `json:"state"`
	// Since is the day on which the key became known here, or ended.
	Since Day  `json:"since"`
	Own   bool `json:"own,omitempty"`
}

// ID is the key's name.
func (k TrustedKey) ID() KeyID { return KeyOf(k.Public) }

// Standing is how far a signature can be trusted.
type Standing string

// The standings, from the best to the worst.
const (
	StandingOwn      Standing = "own"      // this station's own key
	StandingKnown    Standing = "known"    // a station's key that was taken in here
	StandingEndorsed Standing = "endorsed" // a key that a known district endorsed
	StandingUnknown  Standing = "unknown"  // fits, but nobody here knows the key
	StandingRevoked  Standing = "revoked"  // the key or its district's was revoked
)

// Standing judges whose key signed. By is the key that vouches: the station's
// own, or its district's; nil for none.
func (s Signature) Standing(known []TrustedKey) (standing Standing, by *TrustedKey) {
	standing = StandingUnknown
	for i, k := range known {
		found := s.vouched(k)
		switch {
		case found == StandingUnknown:
		case k.State == KeyRevoked:
			return StandingRevoked, &known[i]
		case found == StandingOwn, by == nil, by.Owner == OwnerDistrict:
			standing, by = found, &known[i]
		}
	}
	return standing, by
}

// vouched is what one known key says of a signature.
func (s Signature) vouched(k TrustedKey) Standing {
	switch {
	case k.Owner == OwnerDistrict:
		if (Endorsement{DistrictKey: k.Public, Signature: s.Endorsed}).Holds(s.Station, s.Public) {
			return StandingEndorsed
		}
	case k.Code != string(s.Station) || !bytes.Equal(k.Public, s.Public):
	case k.Own:
		return StandingOwn
	default:
		return StandingKnown
	}
	return StandingUnknown
}

// RevokedKind is what can be declared void.
type RevokedKind string

// The kinds.
const (
	RevokedKey         RevokedKind = "key"         // a signing key, by its [KeyID]
	RevokedCertificate RevokedKind = "certificate" // a certificate, by its number
)

// Revocation is the word of another station or of a district that a key or a
// certificate is good no more since a day. It holds no personal value.
type Revocation struct {
	Kind  RevokedKind `json:"kind"`
	ID    string      `json:"id"`
	Since Day         `json:"since"`
}

// KeyFile is a public key on its way to another copy of the program. It holds
// nothing secret; who takes it in compares the fingerprint with the one on paper.
type KeyFile struct {
	Format    string   `json:"format"`
	Owner     KeyOwner `json:"owner"`
	Code      string   `json:"code"`
	Name      string   `json:"name"`
	Algorithm string   `json:"alg"`
	Public    []byte   `json:"public"`
	// Print is the fingerprint, for the eye; it is computed anew when read.
	Print string `json:"fingerprint"`
}

// keyFormat and keyAlgorithm stand in every key file.
const (
	keyFormat    = "rongyuan-key-1"
	keyAlgorithm = "ed25519"
)

// WriteKeyFile is the file of a known key.
func WriteKeyFile(k TrustedKey) ([]byte, error) {
	raw, err := json.MarshalIndent(KeyFile{
		keyFormat, k.Owner, k.Code, k.Name, keyAlgorithm, k.Public, k.ID().Fingerprint(),
	}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode key file: %w", err)
	}
	return append(raw, '\n'), nil
}

// ReadKeyFile reads a key file. The code is key_file.
func ReadKeyFile(raw []byte) (TrustedKey, error) {
	var f KeyFile
	unread := FailField("key", CodeKeyFile)
	if err := json.Unmarshal(raw, &f); err != nil {
		return TrustedKey{}, unread.Because(err)
	}
	known := f.Owner == OwnerDistrict && len(f.Code) == 6 || f.Owner == OwnerStation && StationCode(f.Code).Valid()
	if f.Format != keyFormat || f.Algorithm != keyAlgorithm || len(f.Public) != ed25519.PublicKeySize || !known ||
		f.Print != KeyOf(f.Public).Fingerprint() || len([]rune(f.Name)) > 100 || unprintable(f.Name) {
		return TrustedKey{}, unread
	}
	return TrustedKey{Owner: f.Owner, Code: f.Code, Name: f.Name, Public: f.Public, State: KeyActive}, nil
}
