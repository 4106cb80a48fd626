package wire

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"rongyuan/store/record"
)

// codeSize is 80 bits: nobody guesses that in five tries and 72 hours.
const codeSize = 10

// crockford has no I, L, O and U: the code is read over the telephone.
func crockford() *base32.Encoding {
	return base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)
}

// NewCode reads a one-time code from rand: sixteen characters in groups of four.
func NewCode(rand io.Reader) (string, error) {
	raw := make([]byte, codeSize)
	if _, err := io.ReadFull(rand, raw); err != nil {
		return "", fmt.Errorf("read random bytes: %w", err)
	}
	return grouped(crockford().EncodeToString(raw), "-"), nil
}

// ReadCode brings a typed code into its one form: capitals, no separators, O as
// 0, I and L as 1, full-width letters as plain ones.
func ReadCode(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'O':
			return '0'
		case r == 'I' || r == 'L':
			return '1'
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			return r
		}
		return -1
	}, strings.ToUpper(record.Narrow(typed)))
}

// Fingerprint is the SHA-256 of a certificate in DER form, in hex, grouped so
// that two people can compare it aloud.
func Fingerprint(der []byte) string {
	sum := sha256.Sum256(der)
	return grouped(strings.ToUpper(hex.EncodeToString(sum[:])), " ")
}

// PairedFingerprint is a fingerprint in pairs joined by colons: without a space
// it passes through a shell as one word, and other tools write it so too.
func PairedFingerprint(fingerprint string) string {
	digits := fingerprintDigits(fingerprint)
	var pairs []string
	for ; len(digits) > 2; digits = digits[2:] {
		pairs = append(pairs, digits[:2])
	}
	return strings.Join(append(pairs, digits), ":")
}

// SameFingerprint compares two fingerprints, however they are spaced.
func SameFingerprint(a, b string) bool {
	digits := fingerprintDigits(a)
	return len(digits) == 2*sha256.Size && digits == fingerprintDigits(b)
}

// fingerprintDigits are the digits of a fingerprint; anything that is neither a
// digit nor a separator becomes a question mark, which matches nothing.
func fingerprintDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789ABCDEF", r) {
			return r
		}
		if strings.ContainsRune(" :-\t\r\n", r) {
			return -1
		}
		return '?'
	}, strings.ToUpper(record.Narrow(s)))
}

func grouped(s, separator string) string {
	var groups []string
	for ; len(s) > 4; s = s[4:] {
		groups = append(groups, s[:4])
	}
	return strings.Join(append(groups, s), separator)
}
