// Package service puts a whole sidecar together: store, feed, engine, admin,
// sign-in and HTTP server. Package main runs one from its flags, tests run one in a line.
package service

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"time"

	"golang.org/x/sync/errgroup"

	"sightline.example/policy/engine"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/events"
	"sightline.example/sidecar/feed"
	"sightline.example/sidecar/httpd"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/signin"
	"sightline.example/sidecar/store"
)

// Config holds the settings of a sidecar. Exactly one of Embedded and Cluster
// is set.
type Config struct {
	Listen       string // address of the HTTP server; port 0 takes a free one
	Rules        fs.FS  // the bundle of rules to decide by
	Embedded     *store.EmbeddedConfig
	Cluster      *store.ClusterConfig
	MaxStaleness time.Duration    // 0 means feed.DefaultMaxStaleness
	Limit        time.Duration    // of one evaluation; 0 means engine.DefaultLimit
	Now          func() time.Time // the time the rules see; nil means time.Now
	AuditArchive string           // where old audit records are moved to, once an hour; empty: they stay
	AuditKeep    int              // how many of them stay in the store; 0 means DefaultAuditKeep
	Log          *slog.Logger
}

// Service is a sidecar that is ready to run.
type Service struct {
	store    *store.Store
	feed     *feed.Feed
	desk     *signin.Desk
	listener net.Listener
	run      func(context.Context) error
	log      *slog.Logger
	archive  string // of the audit log
	keep     int

	// SetupCode is the code with which the first owner can be made, within an
	// hour. It is empty if there is an owner already.
	SetupCode string
}

// Open compiles the rules, opens the store and takes the address. Whatever is
// wrong with the settings shows here. It serves nothing before Run, which must
// follow: only Run closes what is open.
func Open(ctx context.Context, cfg Config) (*Service, error) {
	s := &Service{log: cfg.Log, archive: cfg.AuditArchive, keep: cmp.Or(cfg.AuditKeep, DefaultAuditKeep)}
	decisions, err := engine.New(ctx, cfg.Rules, engine.Config{
		Limit: cfg.Limit,
		Now:   cfg.Now,
		Fresh: func() bool { return s.feed.Fresh() },
	})
	if err != nil {
		return nil, err
	}
	if s.listener, err = net.Listen("tcp", cfg.Listen); err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	if s.store, err = openStore(ctx, cfg); err != nil {
		return nil, errors.Join(err, s.listener.Close())
	}
	hub := events.NewHub(events.Config{Token: func(revision int64) string { return s.feed.Token(revision) }})
	s.feed = feed.New(feed.Config{
		Store: s.store, Swap: decisions.Swap, MaxStaleness: cfg.MaxStaleness, Log: cfg.Log,
		Applied: feed.Applied{Revision: hub.Apply, Everything: hub.Replace},
	})
	changes := admin.New(admin.Config{Store: s.store, Engine: decisions, Log: cfg.Log})
	s.desk = signin.New(signin.Config{
		Admin: changes, Store: s.store, Engine: decisions, Passwords: password.New(), Log: cfg.Log,
	})
	if s.SetupCode, err = s.desk.SetupCode(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("make the set-up code: %w", err), s.store.Close(), s.listener.Close())
	}
	handler := httpd.New(httpd.Config{
		Engine: decisions, Feed: s.feed, Admin: changes, Events: hub, Desk: s.desk, State: s.state, Log: cfg.Log,
	})
	s.run = func(ctx context.Context) error { return httpd.Serve(ctx, s.listener, handler, cfg.Log) }
	return s, nil
}

func openStore(ctx context.Context, cfg Config) (*store.Store, error) {
	if cfg.Cluster != nil {
		return store.OpenCluster(ctx, *cfg.Cluster)
	}
	return store.OpenEmbedded(ctx, *cfg.Embedded)
}

func (s *Service) state() httpd.State {
	state, _ := s.feed.State()
	return httpd.State(state)
}

// URL returns the address requests go to.
func (s *Service) URL() string { return "http://" + s.listener.Addr().String() }

// Run follows the store and answers requests until ctx ends. Then it lets
// requests under way finish, closes the store and returns.
func (s *Service) Run(ctx context.Context) error {
	g, running := errgroup.WithContext(ctx)
	following, stop := context.WithCancel(context.WithoutCancel(running))
	g.Go(func() error { return s.feed.Run(following) })
	g.Go(func() error { return s.desk.Run(running) })
	g.Go(func() error {
		s.keepAudit(running)
		return nil
	})
	g.Go(func() error {
		defer stop() // requests under way still need the feed
		return s.run(running)
	})
	err := g.Wait()
	s.lastAnchor()
	return errors.Join(err, s.store.Close())
}

// WaitReady returns when the first snapshot is there, or with ctx's error.
func (s *Service) WaitReady(ctx context.Context) error { return s.feed.WaitFor(ctx, 1) }
