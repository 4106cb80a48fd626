package cli

import (
	"time"

	"golang.org/x/sys/windows"
)

// Uptime is how long this PC has been running, sleep included: a lock-out
// measured by it is not cured by moving the clock.
func Uptime() time.Duration { return windows.DurationSinceBoot() }
