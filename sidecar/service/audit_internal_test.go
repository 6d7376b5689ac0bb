package service

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestEveryHourAndAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		started := time.Now()
		var after []time.Duration
		go every(ctx, time.Hour, func() { after = append(after, time.Since(started)) })
		time.Sleep(2*time.Hour + time.Minute)
		cancel()
		synctest.Wait()
		time.Sleep(2 * time.Hour)
		if len(after) != 3 || after[0] != 0 || after[1] != time.Hour || after[2] != 2*time.Hour {
			t.Errorf("it was called after %v", after)
		}
	})
}
