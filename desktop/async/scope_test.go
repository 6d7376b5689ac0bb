package async_test

import (
	"context"
	"testing"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/desktop/async/asynctest"
)

func TestAClosedScopeEndsItsWorkAndRunsNothing(t *testing.T) {
	pump := asynctest.New(t)
	scope := async.NewScope(pump)
	ended := false
	scope.Go(func(ctx context.Context) {
		<-ctx.Done()
		pump.Main(func() { ended = true })
	})
	scope.Main(func() { t.Error("Main ran after Close") })
	scope.After(time.Second, func() { t.Error("After ran after Close") })
	scope.Close()
	scope.Go(func(context.Context) { t.Error("Go ran after Close") })
	pump.Advance(time.Minute)
	if !ended {
		t.Error("the work did not end")
	}
}

func TestAnOpenScopeRunsEverything(t *testing.T) {
	pump := asynctest.New(t)
	scope := async.NewScope(pump)
	defer scope.Close()
	var got string
	scope.Go(func(context.Context) { scope.Main(func() { got += "background " }) })
	pump.Settle()
	scope.Main(func() { got += "main " })
	scope.After(time.Second, func() { got += "after" })
	pump.Advance(time.Second)
	if want := "background main after"; got != want {
		t.Errorf("ran %q, want %q", got, want)
	}
}
