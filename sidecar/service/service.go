// Package service puts a whole sidecar together: store, feed, engine, admin,
// sign-in, invitations, outbox, portal and HTTP server. Package main runs one from
// its flags, tests run one in a line.
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

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/events"
	"sightline.example/sidecar/feed"
	"sightline.example/sidecar/httpd"
	"sightline.example/sidecar/insight"
	"sightline.example/sidecar/invite"
	"sightline.example/sidecar/mail"
	"sightline.example/sidecar/outbox"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/portal"
	"sightline.example/sidecar/roster"
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
	Clock        func() time.Time // the time of invitations and messages; nil means time.Now
	AuditArchive string           // where old audit records are moved to, once an hour; empty: they stay
	AuditKeep    int              // how many of them stay in the store; 0 means DefaultAuditKeep
	Company      string           // the name of the company whose work is shown; empty means Sightline
	PublicURL    string           // where clients reach the portal; empty means the address of the server
	Mail         Mail
	Passwords    *password.Hasher // nil means password.New()
	// TrustedProxies are the addresses or networks of proxies in front of the
	// server, which tell where requests come from.
	TrustedProxies []string
	Log            *slog.Logger
}

// Service is a sidecar that is ready to run.
type Service struct {
	store    *store.Store
	engine   *engine.Engine
	feed     *feed.Feed
	admin    *admin.Admin
	desk     *signin.Desk
	invite   *invite.Invite
	outbox   *outbox.Outbox
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
	var err error
	s.engine, err = engine.New(ctx, cfg.Rules, engine.Config{
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
	if err := s.wire(ctx, cfg); err != nil {
		return nil, errors.Join(err, s.store.Close(), s.listener.Close())
	}
	return s, nil
}

// wire puts what stands on the store and the engine together.
func (s *Service) wire(ctx context.Context, cfg Config) error {
	company, public := cmp.Or(cfg.Company, "Sightline"), cmp.Or(cfg.PublicURL, s.URL())
	transport, err := cfg.Mail.transport(mail.Sender{
		Company: company, From: cmp.Or(cfg.Mail.From, "sightline@localhost"), Portal: public + portal.Path,
	})
	if err != nil {
		return err
	}
	s.admin = admin.New(admin.Config{Store: s.store, Engine: s.engine, Log: cfg.Log})
	clients := roster.New(roster.Config{
		Authoriser: s.admin, Now: cfg.Now,
		Key: func() ([]byte, bool) { return s.feed.Key("cursors of lists") },
	})
	hub := events.NewHub(events.Config{Token: func(revision int64) string { return s.feed.Token(revision) }})
	s.feed = feed.New(feed.Config{
		Store: s.store, Swap: s.engine.Swap, Swapped: clients.Follow,
		Applied:      feed.Applied{Revision: hub.Apply, Everything: hub.Replace},
		MaxStaleness: cfg.MaxStaleness, Log: cfg.Log,
	})
	passwords := cfg.Passwords
	if passwords == nil {
		passwords = password.New()
	}
	s.desk = signin.New(signin.Config{
		Admin: s.admin, Store: s.store, Engine: s.engine, Passwords: passwords, Company: company, Log: cfg.Log,
	})
	s.invite = invite.New(invite.Config{
		Admin: s.admin, Store: s.store, Passwords: passwords, Company: company, Now: cfg.Clock, Log: cfg.Log,
		LinkTo: func(p policy.Purpose, text string) string { return portal.LinkTo(public, p, text) },
		Forget: s.desk.ForgetAttempts,
		Nudge:  func() { s.outbox.Nudge() },
	})
	s.outbox = outbox.New(outbox.Config{Store: s.store, Invite: s.invite, Send: send(transport), Now: cfg.Clock, Log: cfg.Log})
	pages := portal.New(portal.Config{
		Accounts: s.invite, Sessions: s.desk, Engine: s.engine, PublicURL: public, Company: company, Log: cfg.Log,
		WaitFor: s.feed.WaitFor,
	})
	handler := httpd.New(httpd.Config{
		Engine: s.engine, Feed: s.feed, Admin: s.admin, Desk: s.desk, Invite: s.invite,
		Roster: clients, Events: hub,
		Insight: insight.New(insight.Config{Authoriser: s.admin, Order: clients, Now: cfg.Now}),
		Portal:  pages, State: s.state, TrustedProxies: cfg.TrustedProxies, Log: cfg.Log,
	})
	s.run = func(ctx context.Context) error { return httpd.Serve(ctx, s.listener, handler, cfg.Log) }
	if s.SetupCode, err = s.desk.SetupCode(ctx); err != nil {
		return fmt.Errorf("make the set-up code: %w", err)
	}
	return nil
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
	g.Go(func() error { return s.outbox.Run(running) })
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
