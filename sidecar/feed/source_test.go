package feed_test

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"log/slog"
	"sync"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/feed"
	"sightline.example/sidecar/store"
)

// source is a store that misbehaves as a test says: real ones do so too rarely,
// and never at a given time.
type source struct {
	mu       sync.Mutex
	snapshot store.Snapshot
	failing  error // what Snapshot fails with, if anything
	head     int64
	epoch    store.EpochID
	silent   bool // Head gets no answer
	lists    []time.Time
	asked    int // how often progress was asked for

	batches chan any // store.Batch or error
}

func newSource() *source {
	e := store.Epoch{ID: store.EpochID{1, 2, 3, 4, 5, 6, 7, 8}, TokenKey: bytes.Repeat([]byte{7}, 32)}
	return &source{
		snapshot: store.Snapshot{
			Revision: 10, Epoch: e, Generation: "1",
			Changes: []policy.Change{groupChange("g", "Design")},
		},
		head: 10, epoch: e.ID,
		batches: make(chan any),
	}
}

func groupChange(id, name string) policy.Change {
	return policy.Change{Kind: policy.KindGroups, ID: id, Value: &policy.Group{ID: policy.GroupID(id), Name: name}}
}

func (s *source) set(change func(*source)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

// listed returns how often everything was read.
func (s *source) listed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.lists)
}

func (s *source) Snapshot(context.Context) (store.Snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lists = append(s.lists, time.Now())
	return s.snapshot, s.failing
}

func (s *source) Watch(ctx context.Context, _ store.Snapshot) iter.Seq2[store.Batch, error] {
	return func(yield func(store.Batch, error) bool) {
		for {
			select {
			case <-ctx.Done():
				yield(store.Batch{}, ctx.Err())
				return
			case next, open := <-s.batches:
				if !open {
					return
				}
				if err, ok := next.(error); ok {
					yield(store.Batch{}, err)
					return
				}
				if !yield(next.(store.Batch), nil) {
					return
				}
			}
		}
	}
}

func (s *source) Head(ctx context.Context) (int64, store.EpochID, error) {
	s.mu.Lock()
	silent, head, epoch := s.silent, s.head, s.epoch
	s.mu.Unlock()
	if silent {
		<-ctx.Done()
		return 0, epoch, ctx.Err()
	}
	return head, epoch, nil
}

func (s *source) RequestProgress(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	return nil
}

// running is a feed under way.
type running struct {
	*feed.Feed
	log  *logged
	mu   *sync.Mutex
	data *policy.Data
}

// follow runs a feed until the test ends.
func follow(t *testing.T, cfg feed.Config) *running {
	t.Helper()
	r := &running{log: new(logged), mu: new(sync.Mutex)}
	cfg.Swap = func(d *policy.Data) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.data = d
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.NewTextHandler(r.log, nil))
	}
	r.Feed = feed.New(cfg)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return r
}

// snapshot returns what was swapped in last.
func (r *running) snapshot() *policy.Data {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.data
}

// logged is what the feed logged.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(text)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

var errBroken = errors.New("broken")
