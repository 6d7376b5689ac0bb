package model

import (
	"context"
	"slices"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

// coalesce is how long changes are gathered before those who watch are told.
const coalesce = 100 * time.Millisecond

// StoreConfig says what a store is a copy of.
type StoreConfig struct {
	On     async.Dispatcher // where the work runs; required
	Client *client.Client   // reads everything and follows what changes; required
	// Now is the time. Nil means time.Now.
	Now func() time.Time
	// Empty means to read nothing and to follow nothing: Install fills the store.
	Empty bool
}

// Store is a copy of all clients and of the directory that follows the change
// feed. What is in it is immutable and can be handed to the background.
type Store struct {
	cfg      StoreConfig
	scope    *async.Scope
	data     *Data
	link     Link
	counts   *Counts
	watchers []*watcher
	waiting  bool   // for changes to be told
	turn     func() // stops the wait for what time changes
	retry    chan struct{}
}

type watcher struct{ changed func() }

// NewStore returns a store that begins to fill itself.
func NewStore(cfg StoreConfig) *Store {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	s := &Store{cfg: cfg, scope: async.NewScope(cfg.On), data: &Data{}, link: Link{State: LinkLoading}, retry: make(chan struct{}, 1), turn: func() {}}
	s.counts = newCounts(s)
	if !cfg.Empty {
		f := &follower{client: cfg.Client, now: cfg.Now, retry: s.retry, data: s.data, tell: s.tell}
		s.scope.Go(f.run)
	}
	return s
}

// Data returns everything as it is now.
func (s *Store) Data() *Data { return s.data }

// Link returns how the store stands with the sidecar.
func (s *Store) Link() Link { return s.link }

// Now returns what time it is.
func (s *Store) Now() time.Time { return s.cfg.Now() }

// Counts returns how much the clients see.
func (s *Store) Counts() *Counts { return s.counts }

// Client returns the client with the id, or nil.
func (s *Store) Client(id policy.ClientID) *Client { return s.data.Clients.Find(string(id)) }

// Group returns the group with the id, or nil.
func (s *Store) Group(id policy.GroupID) *Group { return s.data.Groups.Find(string(id)) }

// Project returns the project with the id, or nil.
func (s *Store) Project(id policy.ProjectID) *Project { return s.data.Projects.Find(string(id)) }

// Employee returns the employee with the id, or nil.
func (s *Store) Employee(id policy.EmployeeID) *Employee { return s.data.Employees.Find(string(id)) }

// Watch calls changed when the data or the link have changed, at most once in a
// tenth of a second, until stop is called.
func (s *Store) Watch(changed func()) (stop func()) {
	w := &watcher{changed}
	s.watchers = append(s.watchers, w)
	return func() {
		s.watchers = slices.DeleteFunc(slices.Clone(s.watchers), func(other *watcher) bool { return other == w })
	}
}

// Retry tries at once to reach a sidecar that can't be reached, or that a new
// session has been begun with.
func (s *Store) Retry() {
	select {
	case s.retry <- struct{}{}:
	default:
	}
}

// Close ends what the store does in the background, and tells nobody of
// anything any more.
func (s *Store) Close() {
	s.scope.Close()
	s.watchers = nil
}

// Install puts other data in the place of what the store holds, as if it had
// been read just now.
func (s *Store) Install(d *Data, l Link) { s.install(d, l, d.nextEnd(s.cfg.Now())) }

// install has the data told anew when the next access has ended, as if somebody had
// changed it then: what clients are listed as is another one from that time on.
func (s *Store) install(d *Data, l Link, end time.Time) {
	s.data, s.link = d, l
	s.turn()
	if !end.IsZero() {
		s.turn = s.scope.After(end.Sub(s.cfg.Now()), func() { s.Install(new(*s.data), s.link) })
	}
	if s.waiting {
		return
	}
	s.waiting = true
	s.scope.After(coalesce, func() {
		s.waiting = false
		for _, w := range s.watchers {
			w.changed()
		}
	})
}

// tell installs what the follower has found out. It is called in the background.
func (s *Store) tell(d *Data, l Link) {
	end := d.nextEnd(s.cfg.Now())
	s.scope.Main(func() { s.install(d, l, end) })
}

// sleep waits for d, or until it is woken. A negative d waits for that alone.
func sleep(ctx context.Context, d time.Duration, wake <-chan struct{}) error {
	var over <-chan time.Time
	if d >= 0 {
		t := time.NewTimer(d)
		defer t.Stop()
		over = t.C
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-wake:
	case <-over:
	}
	return nil
}
