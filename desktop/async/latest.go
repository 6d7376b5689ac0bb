package async

import (
	"context"
	"time"
)

// Latest works out in the background what belongs to inputs that keep changing,
// and lets only the result for the newest ones in. It belongs to the UI
// goroutine; its fields are set before the first Set and not changed after.
type Latest[In, Out any] struct {
	// On is where the work runs. Required.
	On Dispatcher
	// Delay is how long the inputs have to rest before the work starts. With
	// zero it starts at once.
	Delay time.Duration
	// Work runs in the background, on inputs that nobody changes any more. Its
	// context ends when its result is no longer wanted. Required.
	Work func(ctx context.Context, in In) (Out, error)
	// Install takes the result, on the UI goroutine. Required.
	Install func(out Out, err error)

	sequence uint64
	busy     bool
	resting  *In // waits for its rest; nil if nothing does
	next     *In // waits for what is under way; nil if nothing does
	stop     func()
}

// Set gives new inputs. What is still under way for older ones is cancelled, and
// its result is dropped.
func (l *Latest[In, Out]) Set(in In) {
	if l.Delay <= 0 {
		l.Now(in)
		return
	}
	l.Cancel()
	l.busy = true
	l.resting = &in
	l.stop = l.On.After(l.Delay, l.rested)
}

// Now is Set for inputs that don't have to rest: those that nothing goes before.
func (l *Latest[In, Out]) Now(in In) {
	l.Cancel()
	l.busy = true
	l.start(in)
}

// Follow gives new inputs that may be followed by others at any time: what is under
// way is finished and installed before it is their turn, or that of newer ones, and
// what rests rests no longer for them. Were it dropped, as by Set, there might never
// be a result while changes never rest.
func (l *Latest[In, Out]) Follow(in In) {
	switch {
	case !l.busy:
		l.Set(in)
	case l.resting != nil:
		l.resting = &in
	default:
		l.next = &in
	}
}

// Cancel drops what is under way and what waits; Install is not called for it.
func (l *Latest[In, Out]) Cancel() {
	l.next, l.resting = nil, nil
	l.sequence++
	l.busy = false
	if l.stop != nil {
		l.stop()
		l.stop = nil
	}
}

// Busy reports whether a result is awaited, be it that the inputs have not
// rested yet.
func (l *Latest[In, Out]) Busy() bool { return l.busy }

func (l *Latest[In, Out]) rested() {
	in := *l.resting
	l.resting = nil
	l.start(in)
}

func (l *Latest[In, Out]) start(in In) {
	wanted, cancel := context.WithCancel(context.Background())
	l.stop = cancel
	asked := l.sequence
	l.On.Go(func(outer context.Context) {
		within(outer, wanted, func(ctx context.Context) {
			out, err := l.Work(ctx, in)
			l.On.Main(func() { l.install(asked, out, err) })
		})
	})
}

func (l *Latest[In, Out]) install(asked uint64, out Out, err error) {
	if asked != l.sequence {
		return
	}
	l.stop() // releases the context
	l.stop, l.busy = nil, false
	l.Install(out, err)
	if l.next != nil {
		l.Set(*l.next)
	}
}
