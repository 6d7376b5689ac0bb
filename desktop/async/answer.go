package async

import (
	"context"
	"time"
)

// Answer waits in the background for what may never return, such as a question that
// another program asks. When the context has ended and grace has passed since, it
// returns the context's error; what was waited for goes on, and nobody hears of it.
func Answer[T any](ctx context.Context, grace time.Duration, do func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	answered := make(chan answer, 1)
	go func() {
		value, err := do()
		answered <- answer{value, err}
	}()
	select {
	case a := <-answered:
		return a.value, a.err
	case <-ctx.Done():
	}
	select {
	case a := <-answered:
		return a.value, a.err
	case <-time.After(grace):
		return *new(T), ctx.Err()
	}
}
