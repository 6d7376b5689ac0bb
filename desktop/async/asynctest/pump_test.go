package asynctest_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async"
	"sightline.example/desktop/async/asynctest"
)

var _ async.Dispatcher = (*asynctest.Pump)(nil)

func TestSettleRunsChainsToTheirEnd(t *testing.T) {
	pump := asynctest.New(t)
	rounds := 0
	var again func()
	again = func() {
		rounds++
		if rounds < 50 {
			pump.Go(func(context.Context) { pump.Main(again) })
		}
	}
	pump.Main(again)
	pump.Settle()
	if rounds != 50 {
		t.Errorf("%d rounds, want 50", rounds)
	}
}

func TestNothingRunsOnMainByItself(t *testing.T) {
	pump := asynctest.New(t)
	ran := false
	handed := make(chan struct{})
	pump.Go(func(context.Context) {
		pump.Main(func() { ran = true })
		close(handed)
	})
	<-handed
	if ran {
		t.Error("it ran without the test's word")
	}
	pump.Step()
	if !ran {
		t.Error("Step did not run it")
	}
}

func TestAdvanceRunsTimersInOrderAtTheirTimes(t *testing.T) {
	pump := asynctest.New(t)
	var got []string
	pump.After(2*time.Second, func() { got = append(got, "two") })
	pump.After(time.Second, func() {
		got = append(got, "one")
		pump.After(500*time.Millisecond, func() { got = append(got, "one and a half") })
	})
	stop := pump.After(time.Second, func() { got = append(got, "stopped") })
	stop()
	pump.After(time.Hour, func() { got = append(got, "much later") })
	pump.Advance(2 * time.Second)
	if diff := cmp.Diff([]string{"one", "one and a half", "two"}, got); diff != "" {
		t.Error(diff)
	}
	if pump.Timers() != 1 {
		t.Errorf("%d timers wait, want 1", pump.Timers())
	}
}

func TestTheBackgroundEndsWithTheTest(t *testing.T) {
	ended := make(chan struct{})
	t.Run("inner", func(t *testing.T) {
		pump := asynctest.New(t)
		pump.Go(func(ctx context.Context) {
			<-ctx.Done()
			close(ended)
		})
	})
	select {
	case <-ended:
	default:
		t.Error("it goes on after the test")
	}
}

func TestUntilDoesNotWaitForWorkThatGoesOn(t *testing.T) {
	pump := asynctest.New(t)
	ran := 0
	pump.Go(func(ctx context.Context) {
		pump.Main(func() { ran++ })
		pump.Main(func() { ran++ })
		<-ctx.Done()
	})
	pump.Until(func() bool { return ran == 2 })
	pump.After(time.Second, func() { ran++ })
	pump.Pass(time.Second)
	if ran != 3 {
		t.Errorf("%d of 3 ran", ran)
	}
}
