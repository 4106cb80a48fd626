package seal

import (
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Params are the costs of argon2id, kept with each slot so that they can grow.
type Params struct {
	Memory  uint32 `json:"memory"`  // KiB, 8 for each thread to 1 GiB
	Time    uint32 `json:"time"`    // passes, 1 to 16
	Threads uint8  `json:"threads"` // 1 to 16
}

// Strong is what every real slot uses: 64 MiB, three passes, two threads;
// some tenths of a second on an office PC.
func Strong() Params { return Params{Memory: 64 << 10, Time: 3, Threads: 2} }

// check keeps a crafted slot from eating all memory, and argon2 from panicking.
func (p Params) check() error {
	if p.Time < 1 || p.Time > 16 || p.Threads < 1 || p.Threads > 16 ||
		p.Memory < 8*uint32(p.Threads) || p.Memory > 1<<20 {
		return ErrBadParams
	}
	return nil
}

// Login is an account and its password. Printing it hides the password.
type Login struct {
	Account  string
	Password string `json:"-"`
}

// Format keeps the password out of every log and error, whatever the verb.
func (l Login) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "seal.Login(%q, hidden)", l.Account)
}

// NewPasswordSlot wraps k for an account. The zero Params mean Strong; lighter
// ones are for tests. The password is normalised (NFKC) first, so that
// full-width letters of an input method count as the plain ones. An empty
// password is refused; CheckPassword holds the rules for people.
func NewPasswordSlot(rand io.Reader, k *Key, l Login, p Params) (Slot, error) {
	if p == (Params{}) {
		p = Strong()
	}
	if err := p.check(); err != nil {
		return Slot{}, err
	}
	plain, err := plainPassword(l.Password)
	if err != nil {
		return Slot{}, err
	}
	s, err := newSlot(rand, k, KindPassword, l.Account)
	if err != nil {
		return Slot{}, err
	}
	s.Params = &p
	return s.wrap(rand, k, s.stretch(plain))
}

// OpenPassword gives the data key. A password that does not fit is
// ErrWrongSecret; a broken slot is ErrDamagedSlot, ErrUnknownVersion or
// ErrUnknownSuite; another kind of slot is ErrSlotKind.
func OpenPassword(s Slot, password string) (*Key, error) {
	if err := s.ready(KindPassword); err != nil {
		return nil, err
	}
	plain, err := plainPassword(password)
	if err != nil {
		return nil, ErrWrongSecret
	}
	return s.unwrap(s.stretch(plain))
}

// stretch makes the wrapping key and wipes plain.
func (s Slot) stretch(plain []byte) []byte {
	defer clear(plain)
	return argon2.IDKey(plain, s.Salt, s.Params.Time, s.Params.Memory, s.Params.Threads, keySize)
}

// plainPassword normalises and refuses what can be no password at all; the
// upper bound keeps somebody from feeding megabytes.
func plainPassword(password string) ([]byte, error) {
	if len(password) > 16*maxPassword {
		return nil, ErrPasswordLong
	}
	plain := norm.NFKC.Bytes([]byte(password))
	switch {
	case len(plain) == 0:
		return nil, ErrEmpty
	case utf8.RuneCount(plain) > maxPassword:
		return nil, ErrPasswordLong
	case !utf8.Valid(plain):
		return nil, ErrPasswordBytes
	}
	return plain, nil
}
