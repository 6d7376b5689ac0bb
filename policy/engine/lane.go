package engine

import (
	"context"
	"runtime"
	"time"
)

// lane bounds the evaluations of one kind: how many are under way at once, and
// how long each may take.
type lane struct {
	slots chan struct{} // one for each evaluation under way
	limit time.Duration
}

// Decisions are short: more at once than these, a core, would not be faster, and
// each would take longer than its limit in the end. Lists are long; they have a
// lane of their own, so that they never take the turn of a decision, and one
// core in two.
const (
	decisionsPerCore = 4
	coresPerList     = 2
)

func decisionLane(limit time.Duration) lane {
	return lane{make(chan struct{}, decisionsPerCore*runtime.GOMAXPROCS(0)), limit}
}

func listLane(limit time.Duration) lane {
	return lane{make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/coresPerList)), limit}
}

// enter waits for a free slot until ctx ends. Each enter that gives no error
// has its leave.
func (l lane) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case l.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l lane) leave() { <-l.slots }
