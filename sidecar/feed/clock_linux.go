package feed

import (
	"time"

	"golang.org/x/sys/unix"
)

// sinceBoot returns the time since the machine started, asleep or not. The clock
// of package time stops while a machine is suspended, so that a snapshot would
// not have aged.
func sinceBoot() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &t); err != nil {
		// Every kernel Go runs on has this clock; without it no age is known.
		panic(err)
	}
	return time.Duration(t.Nano())
}
