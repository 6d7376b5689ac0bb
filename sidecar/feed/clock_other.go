//go:build !linux

package feed

import "time"

// start has the reading of the monotonic clock that ages are told from.
var start = time.Now()

// sinceBoot returns the time since the program started.
func sinceBoot() time.Duration { return time.Since(start) }
