package district

import (
	"encoding/hex"
	"fmt"
	"io"
	"sync"
	"time"
)

// How long a session's challenge is good, and how many sessions and greetings
// are remembered.
const (
	talkLife  = 15 * time.Minute
	talksMost = 4096
)

// talk is one session of a device: from its Hello to its last Push. Requests
// of one talk run one after the other.
type talk struct {
	device  string
	expires time.Time

	mu     sync.Mutex
	last   int64  // sequence of the last request
	answer []byte // what it was answered
}

// talks are the sessions that are open. They are lost at a restart, and then
// stations say hello again.
type talks struct {
	mu       sync.Mutex
	open     map[string]*talk
	order    []string
	greeted  map[string]bool // nonces of greetings, by device
	greeting []string
}

func newTalks() *talks {
	return &talks{open: map[string]*talk{}, greeted: map[string]bool{}}
}

// greet reports whether a device's nonce is new.
func (t *talks) greet(device string, nonce []byte) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	name := device + " " + hex.EncodeToString(nonce)
	if t.greeted[name] {
		return false
	}
	if len(t.greeting) >= talksMost {
		delete(t.greeted, t.greeting[0])
		t.greeting = t.greeting[1:]
	}
	t.greeted[name] = true
	t.greeting = append(t.greeting, name)
	return true
}

// begin opens a session and gives its challenge.
func (t *talks) begin(rand io.Reader, device string, now time.Time) (string, error) {
	raw := make([]byte, 16)
	if _, err := io.ReadFull(rand, raw); err != nil {
		return "", fmt.Errorf("make challenge: %w", err)
	}
	challenge := hex.EncodeToString(raw)
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.order) >= talksMost {
		delete(t.open, t.order[0])
		t.order = t.order[1:]
	}
	t.open[challenge] = &talk{device: device, expires: now.Add(talkLife)}
	t.order = append(t.order, challenge)
	return challenge, nil
}

// find is a device's session by its challenge, nil when it is over or another's.
func (t *talks) find(challenge, device string, now time.Time) *talk {
	t.mu.Lock()
	defer t.mu.Unlock()
	one := t.open[challenge]
	if one == nil || one.device != device {
		return nil
	}
	if now.After(one.expires) {
		delete(t.open, challenge)
		return nil
	}
	return one
}
