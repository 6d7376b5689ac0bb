package async_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"sightline.example/desktop/async"
)

func TestAnAnswerIsNotWaitedForLongerThanItMayTake(t *testing.T) {
	for name, test := range map[string]struct {
		takes time.Duration
		want  string
		err   error
		after time.Duration
	}{
		"in time":      {time.Second, "yes", nil, time.Second},
		"in the grace": {11 * time.Second, "yes", nil, 11 * time.Second},
		"too late":     {time.Hour, "", context.DeadlineExceeded, 12 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				defer cancel()
				begun := time.Now()
				got, err := async.Answer(ctx, 2*time.Second, func() (string, error) {
					time.Sleep(test.takes)
					return "yes", nil
				})
				if took := time.Since(begun); got != test.want || !errors.Is(err, test.err) || took != test.after {
					t.Errorf("got %q, %v after %v", got, err, took)
				}
				time.Sleep(test.takes) // what was given up ends too
			})
		})
	}
}
