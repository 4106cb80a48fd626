package record

import (
	"crypto/ed25519"
	"math/big"
	"strings"
)

// Stamp is a signed statement as it stands in the QR code of a paper.
type Stamp struct {
	Purpose   Purpose
	Signature Signature
	Message   []byte
}

// stampMark begins the text of every stamp: the format and its version. The
// text has digits only: they take the least room in a QR code, and a scanner
// that types them is not caught by an input method.
const stampMark = "7301"

// stampPurposes are the purposes by their number in a stamp; append-only.
func stampPurposes() []Purpose { return []Purpose{PurposeCertificate, PurposeReport} }

// maxStamp bounds the bytes of a stamp: a QR code holds no more.
const maxStamp = 2900

// Text is the stamp as digits. The code is invalid for a purpose or a code of a
// station that no stamp can hold, or a message that is too long.
func (s Stamp) Text() (string, error) {
	purpose := -1
	for i, p := range stampPurposes() {
		if p == s.Purpose {
			purpose = i
		}
	}
	sig := s.Signature
	if purpose < 0 || !sig.Station.Valid() || len(sig.Public) != ed25519.PublicKeySize || len(sig.Value) != ed25519.SignatureSize ||
		len(sig.Endorsed) != 0 && len(sig.Endorsed) != ed25519.SignatureSize {
		return "", FailField("stamp", CodeInvalid)
	}
	raw := []byte{byte(purpose), 0, byte(len(sig.Station))}
	if len(sig.Endorsed) > 0 {
		raw[1] = 1
	}
	raw = append(raw, sig.Station...)
	raw = append(raw, sig.Public...)
	raw = append(raw, sig.Endorsed...)
	raw = append(raw, sig.Value...)
	raw = append(raw, s.Message...)
	if len(raw) > maxStamp {
		return "", FailField("stamp", CodeTooLong)
	}
	return stampMark + digitsOf(raw), nil
}

// ReadStamp reads the text of a stamp as a scanner types it; spaces and
// full-width digits do no harm. The signature is not judged. The code is
// stamp_unreadable.
func ReadStamp(text string) (Stamp, error) {
	unread := FailField("stamp", CodeStampUnread)
	text = strings.Join(strings.Fields(Narrow(text)), "")
	digits, ours := strings.CutPrefix(text, stampMark)
	if !ours || len(digits) > maxStamp*3 {
		return Stamp{}, unread
	}
	raw, ok := bytesOf(digits)
	if !ok {
		return Stamp{}, unread
	}
	cut := func(n int) []byte {
		if len(raw) < n {
			ok = false
			return nil
		}
		part := raw[:n:n]
		raw = raw[n:]
		return part
	}
	head := cut(3)
	if !ok || int(head[0]) >= len(stampPurposes()) || head[1] > 1 {
		return Stamp{}, unread
	}
	s := Stamp{Purpose: stampPurposes()[head[0]]}
	s.Signature.Station = StationCode(cut(int(head[2])))
	s.Signature.Public = cut(ed25519.PublicKeySize)
	if head[1] == 1 {
		s.Signature.Endorsed = cut(ed25519.SignatureSize)
	}
	s.Signature.Value = cut(ed25519.SignatureSize)
	s.Message = raw
	if !ok || !s.Signature.Station.Valid() {
		return Stamp{}, unread
	}
	return s, nil
}

// Holds reports whether the signature fits.
func (s Stamp) Holds() bool { return s.Signature.Holds(s.Purpose, s.Message) }

// A chunk of seven bytes becomes seventeen digits, a shorter last one the least
// number of digits that holds it.
const chunk = 7

func chunkDigits() [chunk + 1]int { return [...]int{0, 3, 5, 8, 10, 13, 15, 17} }

func digitsOf(raw []byte) string {
	var b strings.Builder
	for len(raw) > 0 {
		n := min(chunk, len(raw))
		text := new(big.Int).SetBytes(raw[:n]).String()
		b.WriteString(strings.Repeat("0", chunkDigits()[n]-len(text)))
		b.WriteString(text)
		raw = raw[n:]
	}
	return b.String()
}

// bytesOf is digitsOf undone; false for anything that digitsOf never makes.
func bytesOf(digits string) ([]byte, bool) {
	var out []byte
	widths := chunkDigits()
	for len(digits) > 0 {
		n := chunk
		if len(digits) < widths[chunk] {
			for n = 1; n < chunk && widths[n] != len(digits); n++ {
			}
		}
		if len(digits) < widths[n] {
			return nil, false
		}
		if strings.Trim(digits[:widths[n]], "0123456789") != "" {
			return nil, false
		}
		value, ok := new(big.Int).SetString(digits[:widths[n]], 10)
		if !ok || value.BitLen() > 8*n {
			return nil, false
		}
		out = append(out, value.FillBytes(make([]byte, n))...)
		digits = digits[widths[n]:]
	}
	return out, true
}
