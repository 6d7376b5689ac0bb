package async_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async"
	"sightline.example/desktop/async/asynctest"
)

// search is a Latest whose work waits for the test to release it.
type search struct {
	async.Latest[string, string]
	release   map[string]chan struct{}
	cancelled chan string
	installed []string
}

func newSearch(on async.Dispatcher) *search {
	s := &search{release: map[string]chan struct{}{}, cancelled: make(chan string, 10)}
	for _, in := range []string{"a", "ab", "abc"} {
		s.release[in] = make(chan struct{})
	}
	s.On = on
	s.Work = func(ctx context.Context, in string) (string, error) {
		select {
		case <-s.release[in]:
			return "found " + in, nil
		case <-ctx.Done():
			s.cancelled <- in
			return "", ctx.Err()
		}
	}
	s.Install = func(out string, err error) {
		if err != nil {
			out = err.Error()
		}
		s.installed = append(s.installed, out)
	}
	return s
}

func (s *search) wantInstalled(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.installed); diff != "" {
		t.Error(diff)
	}
}

func TestOnlyTheResultForTheNewestInputsIsInstalled(t *testing.T) {
	pump := asynctest.New(t)
	s := newSearch(pump)
	s.Set("a")
	s.Set("ab")
	if got := <-s.cancelled; got != "a" {
		t.Errorf("%q was cancelled, want a", got)
	}
	close(s.release["ab"])
	if !s.Busy() {
		t.Error("not busy while the result is awaited")
	}
	pump.Settle()
	s.wantInstalled(t, "found ab")
	if s.Busy() {
		t.Error("busy after the result")
	}
}

func TestAResultThatIsLateIsDropped(t *testing.T) {
	pump := asynctest.New(t)
	s := newSearch(pump)
	entered, leave := make(chan struct{}), make(chan struct{})
	s.Work = func(_ context.Context, in string) (string, error) {
		if in == "a" { // takes no notice of its context
			close(entered)
			<-leave
		}
		return in, nil
	}
	s.Set("a")
	<-entered
	s.Set("ab")
	close(leave)
	pump.Settle()
	s.wantInstalled(t, "ab")
}

func TestCancelledWorkInstallsNothing(t *testing.T) {
	pump := asynctest.New(t)
	s := newSearch(pump)
	s.Set("a")
	s.Cancel()
	if s.Busy() {
		t.Error("busy after Cancel")
	}
	pump.Settle()
	s.wantInstalled(t)
}

func TestAnErrorIsInstalledToo(t *testing.T) {
	pump := asynctest.New(t)
	s := newSearch(pump)
	s.Work = func(context.Context, string) (string, error) { return "", errors.New("no connection") }
	s.Set("a")
	pump.Settle()
	s.wantInstalled(t, "no connection")
}

func TestWorkStartsWhenTheInputsHaveRested(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLoop()
		app := async.NewApp(l.do)
		start := time.Now()
		var asked, installed []string
		latest := async.Latest[string, string]{
			On:    app,
			Delay: 150 * time.Millisecond,
			Work: func(_ context.Context, in string) (string, error) {
				asked = append(asked, in+" "+time.Since(start).String())
				return in, nil
			},
			Install: func(out string, _ error) { installed = append(installed, out) },
		}
		for _, in := range []string{"a", "ac", "acm", "acme"} {
			app.Main(func() { latest.Set(in) })
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if diff := cmp.Diff([]string{"acme 450ms"}, asked); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"acme"}, installed); diff != "" {
			t.Error(diff)
		}
		app.Close()
		l.end()
	})
}

func TestACancelledDebounceStartsNothing(t *testing.T) {
	pump := asynctest.New(t)
	s := newSearch(pump)
	s.Delay = time.Second
	s.Set("a")
	s.Cancel()
	pump.Advance(time.Minute)
	s.wantInstalled(t)
	if pump.Timers() != 0 {
		t.Error("a timer was left behind")
	}
}

func TestWhatNothingGoesBeforeDoesNotRest(t *testing.T) {
	pump := asynctest.New(t)
	s := newSearch(pump)
	s.Delay = time.Second
	s.Set("a")
	s.Now("ab")
	close(s.release["ab"])
	pump.Settle()
	s.wantInstalled(t, "found ab")
	if pump.Timers() != 0 {
		t.Error("what rested before still does")
	}
}

func TestWhatIsFollowedIsFinishedBeforeTheNewest(t *testing.T) {
	pump := asynctest.New(t)
	s := newSearch(pump)
	s.Follow("a")
	s.Follow("ab")
	s.Follow("abc")
	close(s.release["a"])
	close(s.release["abc"])
	pump.Settle()
	s.wantInstalled(t, "found a", "found abc")
	if s.Busy() || len(s.cancelled) > 0 {
		t.Errorf("busy: %v, cancelled: %d", s.Busy(), len(s.cancelled))
	}
}

func TestWhatWaitsIsDroppedWithTheRest(t *testing.T) {
	pump := asynctest.New(t)
	s := newSearch(pump)
	s.Follow("a")
	s.Follow("ab")
	s.Set("abc")
	close(s.release["abc"])
	pump.Settle()
	s.wantInstalled(t, "found abc")
	s.Follow("a")
	s.Follow("ab")
	s.Cancel()
	pump.Settle()
	s.wantInstalled(t, "found abc")
}

func TestWhatFollowsRestsNoLonger(t *testing.T) {
	pump := asynctest.New(t)
	s := newSearch(pump)
	s.Delay = time.Second
	close(s.release["abc"])
	s.Follow("a")
	pump.Advance(900 * time.Millisecond)
	s.Follow("abc")
	pump.Advance(100 * time.Millisecond)
	s.wantInstalled(t, "found abc")
}
