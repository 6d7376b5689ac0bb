package loop

import (
	"time"

	"fyne.io/fyne/v2"
)

// endTime is how long Fyne may take to come back from its event loop.
const endTime = time.Second / 2

// EndAnyway runs end unless ended is closed within half a second: when Fyne's event loop
// ends, an event that comes just then is put where nobody takes it from any more, and
// Fyne waits for it for ever. Until the loop has ended, end runs on the UI goroutine,
// and after that on the caller's. EndAnyway returns once ended is closed; end may be
// run again and again if it returns before: what comes while the loop ends is lost.
func EndAnyway(ended <-chan struct{}, end func()) { endAnyway(ended, fyne.Do, end) }

func endAnyway(ended <-chan struct{}, do func(func()), end func()) {
	late := time.NewTicker(endTime)
	defer late.Stop()
	for {
		select {
		case <-ended:
			return
		case <-late.C:
			do(end)
		}
	}
}
