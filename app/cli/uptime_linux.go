package cli

import (
	"time"

	"golang.org/x/sys/unix"
)

// Uptime is how long this PC has been running, sleep included: a lock-out
// measured by it is not cured by moving the clock.
func Uptime() time.Duration {
	var at unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &at); err != nil {
		return 0
	}
	return time.Duration(at.Nano())
}
