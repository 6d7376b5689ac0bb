// Package sidecartest starts whole sidecars for tests: real store, real rules,
// real HTTP.
package sidecartest

import (
	"context"
	"io/fs"
	"log/slog"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/rego"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/service"
	"sightline.example/sidecar/store"
)

// Options differ from what most tests want. The zero Options start a sidecar
// with an empty embedded store in a temporary directory.
type Options struct {
	Dir          string   // of the embedded store
	Endpoints    []string // of an etcd cluster, instead of the embedded store
	Prefix       string   // of the keys in the cluster
	Owner        string   // the text of an owner's key or session that the store has; empty: an owner is made
	Rules        fs.FS    // nil means the built-in rules
	MaxStaleness time.Duration
	Now          func() time.Time // the time the rules see
	Clock        func() time.Time // the time of invitations and messages
	PublicURL    string           // where clients reach the portal; empty means the sidecar's own address
	Mail         service.Mail     // the zero one writes messages to a temporary folder
	Passwords    *password.Hasher // nil means the one that all sidecars have
	Log          *slog.Logger     // nil means the test's own, from warnings on
}

// Sidecar is a running sidecar.
type Sidecar struct {
	URL   string
	Owner *client.Client // has an owner's session, or key
	App   *client.Client // has an app's key
	// SetupCode is what the sidecar printed at its start, used up since. It is empty
	// if the store had an owner.
	SetupCode string

	stop func() error
}

// Start starts a sidecar, waits until it is ready, and makes an owner and a key for it. It is
// stopped when the test ends, or before by Stop.
func Start(tb testing.TB, o Options) *Sidecar {
	tb.Helper()
	running, err := service.Open(tb.Context(), config(tb, o))
	if err != nil {
		tb.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- running.Run(ctx) }()
	s := &Sidecar{URL: running.URL(), SetupCode: running.SetupCode}
	s.stop = func() error {
		cancel()
		err := <-ended
		ended <- nil // for a second stop
		return err
	}
	tb.Cleanup(func() { s.Stop(tb) })
	if err := running.WaitReady(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	s.letIn(tb, o.Owner)
	return s
}

func config(tb testing.TB, o Options) service.Config {
	log := o.Log
	if log == nil {
		log = slog.New(slog.NewTextHandler(tb.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	if o.Mail.SMTP == nil && o.Mail.Folder == "" {
		o.Mail.Folder = tb.TempDir()
	}
	cfg := service.Config{
		Listen: "127.0.0.1:0", Rules: o.Rules, MaxStaleness: o.MaxStaleness, Now: o.Now, Clock: o.Clock, Log: log,
		Company: Company, PublicURL: o.PublicURL, Mail: o.Mail, Passwords: o.Passwords,
		Limit: time.Minute, // machines of tests stand still now and then
	}
	if cfg.Rules == nil {
		cfg.Rules = rego.Files
	}
	if len(o.Endpoints) > 0 {
		cfg.Cluster = &store.ClusterConfig{Endpoints: o.Endpoints, Prefix: o.Prefix, Log: log}
		return cfg
	}
	if o.Dir == "" {
		o.Dir = tb.TempDir()
	}
	cfg.Embedded = &store.EmbeddedConfig{Dir: o.Dir, MinFree: 1, Log: log}
	return cfg
}

// Company is whose sidecar Start starts.
const Company = "Harbour Studio"

// Who the owner is that Start makes.
const (
	Email    = "owner@test.example"
	Password = "nine lazy otters drift"
)

// letIn makes the owner and the key that the test's clients use.
func (s *Sidecar) letIn(tb testing.TB, owner string) {
	tb.Helper()
	s.Owner = &client.Client{BaseURL: s.URL, Key: owner}
	if owner == "" {
		made, err := s.Owner.Setup(tb.Context(), api.Setup{Code: s.SetupCode, Name: "Olive", Email: Email, Password: Password})
		if err != nil {
			tb.Fatalf("make the owner: %v", err)
		}
		s.Owner = s.Owner.As(made)
	}
	s.App = s.key(tb, s.Owner, policy.RoleApp)
}

func (s *Sidecar) key(tb testing.TB, by *client.Client, role policy.Role) *client.Client {
	tb.Helper()
	made, err := by.CreateKey(tb.Context(), api.NewKey{Name: "test", Role: role}, client.Terms{})
	if err != nil {
		tb.Fatalf("make a key of role %s: %v", role, err)
	}
	return (&client.Client{BaseURL: s.URL, Key: made.Value.Text}).AtLeast(made.Token)
}

// Stop stops the sidecar. It may be called more than once.
func (s *Sidecar) Stop(tb testing.TB) {
	tb.Helper()
	if err := s.stop(); err != nil {
		tb.Errorf("stop the sidecar: %v", err)
	}
}
