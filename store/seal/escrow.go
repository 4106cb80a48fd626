package seal

import (
	"bytes"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// A station whose password and recovery code are both lost asks its district:
// it sends its escrow slot and a one-time public key, and gets the data key
// back in a slot for that key. Neither paper is secret. Whoever has a copy of
// the slot can write a request, so that officers compare its Fingerprint with what
// the station reads to them before they hand an answer over.

const (
	requestIDSize = 16       // bytes; twice as many characters
	maxPaper      = 64 << 10 // bytes of a request or an answer
	maxStation    = 16       // digits
	checkGroups   = 4
)

// EscrowRequest asks a district for the data key in an escrow slot.
type EscrowRequest struct {
	Version int    `json:"version"` // format, 1
	ID      string `json:"id"`      // 32 hexadecimal digits, random
	Station string `json:"station"` // the station's code; the slot is bound to it
	Name    string `json:"name"`    // the station's name, for people; nothing rests on it
	Slot    Slot   `json:"slot"`    // the escrow slot that stands in the station's file
	Key     []byte `json:"key"`     // one-time X25519 public key for the answer
}

// EscrowAnswer gives the data key to whoever holds the one-time private key.
type EscrowAnswer struct {
	Version int    `json:"version"` // format, 1
	Station string `json:"station"` // as the request says
	Slot    Slot   `json:"slot"`    // an escrow slot; its name is the request's id
}

// EscrowName is the name of a station's escrow slot: its code, by which the
// slot is bound to the station, and the district's name as far as it fits.
func EscrowName(station, district string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(station+" "+district, ""))
	all := []rune(clean)
	return string(all[:min(len(all), maxName)])
}

// Holder is the district's name in an escrow slot, [EscrowName] undone.
func (s Slot) Holder() string {
	_, district, _ := strings.Cut(s.Name, " ")
	return district
}

// NewEscrowRequest makes a request for a slot of a station, and the private key
// that opens its answer. A slot that is no whole escrow slot of this station is
// ErrSlotKind, ErrDamagedSlot or ErrDamagedPaper.
func NewEscrowRequest(rand io.Reader, station, name string, slot Slot) (EscrowRequest, *ecdh.PrivateKey, error) {
	raw := make([]byte, requestIDSize+pointSize)
	defer clear(raw)
	if err := fill(rand, raw); err != nil {
		return EscrowRequest{}, nil, err
	}
	private, err := ecdh.X25519().NewPrivateKey(raw[requestIDSize:])
	if err != nil {
		return EscrowRequest{}, nil, fmt.Errorf("seal: escrow request: %w", err)
	}
	r := EscrowRequest{
		Version: formatVersion, ID: hex.EncodeToString(raw[:requestIDSize]), Station: station,
		Name: strings.TrimSpace(EscrowName("", name)), Slot: slot, Key: private.PublicKey().Bytes(),
	}
	if err := r.check(); err != nil {
		return EscrowRequest{}, nil, err
	}
	return r, private, nil
}

// ParseEscrowRequest reads a request. Anything but a request as it was written,
// white space aside, is ErrDamagedPaper, ErrUnknownVersion or an error of its
// slot.
func ParseEscrowRequest(data []byte) (EscrowRequest, error) {
	var r EscrowRequest
	if err := parsePaper(data, &r); err != nil {
		return EscrowRequest{}, err
	}
	if err := r.check(); err != nil {
		return EscrowRequest{}, err
	}
	return r, nil
}

// ParseEscrowAnswer reads an answer; the errors are those of
// [ParseEscrowRequest].
func ParseEscrowAnswer(data []byte) (EscrowAnswer, error) {
	var a EscrowAnswer
	if err := parsePaper(data, &a); err != nil {
		return EscrowAnswer{}, err
	}
	if err := a.Check(); err != nil {
		return EscrowAnswer{}, err
	}
	return a, nil
}

// parsePaper reads JSON that must be what encoding/json would write again.
func parsePaper(data []byte, into any) error {
	if len(data) > maxPaper || !json.Valid(data) {
		return ErrDamagedPaper
	}
	var head struct{ Version int }
	if json.Unmarshal(data, &head) != nil || head.Version < 1 {
		return ErrDamagedPaper
	}
	if head.Version != formatVersion {
		return ErrUnknownVersion
	}
	if err := json.Unmarshal(data, into); err != nil {
		var own Error
		if errors.As(err, &own) {
			return own
		}
		return ErrDamagedPaper
	}
	again, err := json.Marshal(into)
	if err != nil || !bytes.Equal(again, canonical(data)) {
		return ErrDamagedPaper
	}
	return nil
}

func (r EscrowRequest) check() error {
	if !plainID(r.ID) || !plainStation(r.Station) || checkName(r.Name) != nil || len(r.Key) != pointSize {
		return ErrDamagedPaper
	}
	if err := r.Slot.ready(KindEscrow); err != nil {
		return err
	}
	if !strings.HasPrefix(r.Slot.Name, r.Station+" ") {
		return ErrDamagedPaper
	}
	return nil
}

// Check tells whether the answer is whole and belongs to some request.
func (a EscrowAnswer) Check() error {
	if !plainStation(a.Station) {
		return ErrDamagedPaper
	}
	if err := a.Slot.ready(KindEscrow); err != nil {
		return err
	}
	if !plainID(a.ID()) {
		return ErrDamagedPaper
	}
	return nil
}

func plainID(id string) bool {
	return len(id) == 2*requestIDSize && strings.Trim(id, "0123456789abcdef") == ""
}

func plainStation(code string) bool {
	return code != "" && len(code) <= maxStation && strings.Trim(code, "0123456789") == ""
}

// Fingerprint is what two people compare on the telephone: 80 bits over the whole
// request, in four groups of letters and digits.
func (r EscrowRequest) Fingerprint() string {
	// A request holds nothing that JSON cannot write.
	plain, _ := json.Marshal(r)
	sum := sha256.Sum256(append([]byte("rongyuan escrow request 1\x00"), plain...))
	var first [codeBytes]byte
	copy(first[:], sum[:])
	var b strings.Builder
	for i, group := range symbols(first) {
		if i == checkGroups {
			break
		}
		if i > 0 {
			b.WriteByte('-')
		}
		for _, v := range group {
			b.WriteByte(crockford[v])
		}
	}
	return b.String()
}

// Answer opens the request's slot with the district's key and wraps what is in
// it for the request. The errors are those of OpenEscrow, and ErrBadKey.
func (r EscrowRequest) Answer(rand io.Reader, private *ecdh.PrivateKey) (EscrowAnswer, error) {
	key, err := OpenEscrow(r.Slot, private)
	if err != nil {
		return EscrowAnswer{}, err
	}
	defer key.Wipe()
	once, err := ecdh.X25519().NewPublicKey(r.Key)
	if err != nil {
		return EscrowAnswer{}, ErrBadKey
	}
	slot, err := NewEscrowSlot(rand, key, Escrow{Name: r.ID, Key: once})
	if err != nil {
		return EscrowAnswer{}, err
	}
	return EscrowAnswer{Version: formatVersion, Station: r.Station, Slot: slot}, nil
}

// ID is the id of the request that is answered.
func (a EscrowAnswer) ID() string { return a.Slot.Name }

// Open gives the data key. An answer to another request, for another station or
// with another key is ErrForeignAnswer. Who wrote the answer is not proven by
// it: that the key is the station's shows only when it opens the station's
// values.
func (a EscrowAnswer) Open(r EscrowRequest, private *ecdh.PrivateKey) (*Key, error) {
	if err := a.Check(); err != nil {
		return nil, err
	}
	if a.ID() != r.ID || a.Station != r.Station || a.Slot.KeyID != r.Slot.KeyID || !bytes.Equal(a.Slot.Recipient, r.Key) {
		return nil, ErrForeignAnswer
	}
	return OpenEscrow(a.Slot, private)
}
