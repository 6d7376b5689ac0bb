package admin_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/rego"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/feed"
	"sightline.example/sidecar/store"
	"sightline.example/sidecar/store/storetest"
)

var cluster *storetest.Cluster

func TestMain(m *testing.M) {
	code, err := storetest.Main(m, func(c *storetest.Cluster) { cluster = c })
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// today is the time of all tests.
var today = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// Callers. Their keys need not be stored: whoever lets callers in has seen them.
var (
	owner   = caller(policy.RoleOwner)
	ann     = caller(policy.RoleAdmin)
	auditor = caller(policy.RoleAuditor)
	app     = caller(policy.RoleApp)
)

func caller(r policy.Role) policy.Caller {
	return policy.Caller{Type: policy.SubjectKey, ID: string(r), Name: string(r), Role: r}
}

// house is an Admin over a real store, with a real feed into a real engine.
type house struct {
	*admin.Admin
	store  *store.Store
	engine *engine.Engine
	feed   *feed.Feed
	prefix string
	now    time.Time
	log    *buffer
}

// start opens an empty house.
func start(t *testing.T) *house {
	t.Helper()
	h := closed(t)
	h.feed = feed.New(feed.Config{Store: h.store, Swap: h.engine.Swap, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.feed.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	h.reach(t, 1)
	return h
}

// closed opens an empty house without a feed: it has no snapshot.
func closed(t *testing.T) *house {
	t.Helper()
	h := &house{prefix: "/" + rand.Text() + "/", now: today, log: &buffer{}}
	h.store = cluster.Open(t, h.prefix)
	var err error
	h.engine, err = engine.New(t.Context(), rego.Files, engine.Config{Limit: time.Minute}) // machines of tests stand still now and then
	if err != nil {
		t.Fatal(err)
	}
	h.Admin = admin.New(admin.Config{
		Store:  h.store,
		Engine: h.engine,
		Now:    func() time.Time { return h.now },
		Log:    slog.New(slog.NewTextHandler(h.log, nil)),
	})
	return h
}

// reach waits until the engine has the revision.
func (h *house) reach(t *testing.T, revision int64) {
	t.Helper()
	if err := h.feed.WaitFor(t.Context(), revision); err != nil {
		t.Fatal(err)
	}
}

// add creates an entity, whatever it refers to, and waits for the snapshot.
func add[T any](t *testing.T, h *house, c admin.Collection[T], v T) int64 {
	t.Helper()
	done, err := c.Create(t.Context(), owner, admin.Terms{Force: true}, v)
	if err != nil {
		t.Fatal(err)
	}
	if h.feed != nil {
		h.reach(t, done.Revision)
	}
	return done.Revision
}

// records returns how many changes the audit log knows, and that it is whole.
func (h *house) records(t *testing.T) uint64 {
	t.Helper()
	n, err := h.store.VerifyAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// wantCode fails the test unless err is a policy.Error of the code.
func wantCode(t *testing.T, err error, code policy.Code) {
	t.Helper()
	if got := policy.CodeOf(err); got != code {
		t.Errorf("the error is %v, of code %q; want %q", err, got, code)
	}
}

// buffer is a bytes.Buffer that may be written to while it is read.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func client(id policy.ClientID, s policy.Scope) policy.Client {
	return policy.Client{ID: id, Name: "Acme", Email: string(id) + "@example.com", Status: policy.Active, Scope: s}
}

func group(id policy.GroupID) policy.Group { return policy.Group{ID: id, Name: "Group " + string(id)} }

func project(id policy.ProjectID, groups ...policy.GroupID) policy.Project {
	return policy.Project{ID: id, Name: "Project " + string(id), Groups: groups}
}
