package practice

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// dice draw from the given randomness. The first failure is kept; from then on
// every throw is 0.
type dice struct{ from io.Reader }

// failed replaces a source that could not be read.
type failed struct{ cause error }

func (f failed) Read([]byte) (int, error) { return 0, f.cause }

// throw is a number below n.
func (d *dice) throw(n int) int {
	var raw [8]byte
	if _, err := io.ReadFull(d.from, raw[:]); err != nil {
		d.from = failed{fmt.Errorf("read randomness: %w", err)}
		return 0
	}
	return int(binary.LittleEndian.Uint64(raw[:]) % uint64(n))
}

func (d *dice) err() error {
	var f failed
	if g, is := d.from.(failed); is {
		f = g
		return errors.Join(f.cause)
	}
	return nil
}

// shuffled are the numbers below n in a random order.
func (d *dice) shuffled(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	for i := n - 1; i > 0; i-- {
		j := d.throw(i + 1)
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// password is four groups without characters that are mistaken for others.
func (d *dice) password() string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789"
	var b strings.Builder
	b.WriteString("Lx")
	for i := range 16 {
		if i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(letters[d.throw(len(letters))])
	}
	return b.String()
}
