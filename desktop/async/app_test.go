package async_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async"
)

// loop stands for Fyne's event loop: it runs what it is handed, one by one, on a
// goroutine of its own.
type loop struct {
	queue chan func()
	ended chan struct{}
}

func newLoop() *loop {
	l := &loop{queue: make(chan func(), 100), ended: make(chan struct{})}
	go func() {
		defer close(l.ended)
		for f := range l.queue {
			f()
		}
	}()
	return l
}

func (l *loop) do(f func()) { l.queue <- f }

// end runs what is left, and returns when the loop has ended.
func (l *loop) end() {
	close(l.queue)
	<-l.ended
}

func TestMainRunsInTheOrderItWasAsked(t *testing.T) {
	l := newLoop()
	app := async.NewApp(l.do)
	var got []int
	for i := range 5 {
		app.Main(func() { got = append(got, i) })
	}
	l.end()
	if diff := cmp.Diff([]int{0, 1, 2, 3, 4}, got); diff != "" {
		t.Error(diff)
	}
}

func TestCloseWaitsForTheBackgroundAndSilencesMain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLoop()
		app := async.NewApp(l.do)
		returned, ran := false, false
		app.Go(func(ctx context.Context) {
			<-ctx.Done()
			time.Sleep(time.Minute) // it takes its time to clean up
			app.Main(func() { ran = true })
			returned = true
		})
		app.Close()
		if !returned {
			t.Error("work is still in the background")
		}
		app.Main(func() { ran = true })
		app.Go(func(context.Context) { ran = true })
		synctest.Wait()
		l.end()
		if ran {
			t.Error("something ran after Close")
		}
	})
}

func TestWhatIsQueuedWhenTheAppClosesDoesNotRun(t *testing.T) {
	var queue []func()
	app := async.NewApp(func(f func()) { queue = append(queue, f) })
	app.Main(func() { t.Error("it ran") })
	app.Close()
	app.Main(func() { t.Error("it ran") })
	if len(queue) != 1 {
		t.Errorf("%d are queued, want only the one from before", len(queue))
	}
	for _, f := range queue {
		f()
	}
}

func TestAfterRunsAtItsTimeUnlessStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLoop()
		app := async.NewApp(l.do)
		start := time.Now()
		var at time.Duration
		app.After(3*time.Second, func() { at = time.Since(start) })
		stop := app.After(2*time.Second, func() { t.Error("the stopped one ran") })
		stop()
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if at != 3*time.Second {
			t.Errorf("it ran after %v, want 3s", at)
		}
		app.Close()
		l.end()
	})
}

func TestAStoppedTimerThatIsAlreadyQueuedDoesNotRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var queue []func()
		app := async.NewApp(func(f func()) { queue = append(queue, f) })
		stop := app.After(time.Second, func() { t.Error("it ran") })
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if len(queue) != 1 {
			t.Fatalf("%d queued, want 1", len(queue))
		}
		stop()
		queue[0]()
	})
}

func TestATimerThatComesAfterCloseDoesNotRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		app := async.NewApp(func(f func()) { f() })
		app.After(time.Second, func() { t.Error("it ran") })
		app.Close()
		time.Sleep(2 * time.Second)
	})
}

func TestGoAndCloseMayMeet(t *testing.T) {
	app := async.NewApp(func(f func()) { f() })
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 1000 {
			app.Go(func(context.Context) {})
		}
	}()
	app.Close()
	<-done
}

// TestAfterTheLoopHasEndedOneRunsAfterTheOther is for Fyne's loop, which then calls
// back at once, on whatever goroutine asks.
func TestAfterTheLoopHasEndedOneRunsAfterTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		app := async.NewApp(func(f func()) { f() })
		running, ran := 0, 0
		for range 3 {
			app.After(time.Second, func() {
				if running++; running > 1 {
					t.Error("two run at once")
				}
				app.Main(func() { ran++ })
				time.Sleep(time.Minute)
				running--
			})
		}
		time.Sleep(90 * time.Second) // one has run, the next is at it
		app.End()
		if running != 0 {
			t.Error("one still runs after the end")
		}
		app.Close()
		if ran > 2 {
			t.Errorf("%d ran beside the three", ran)
		}
	})
}
