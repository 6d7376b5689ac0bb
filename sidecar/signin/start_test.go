package signin_test

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
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/feed"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/signin"
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

// today is when all tests begin.
var today = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

const (
	herons  = "four quiet herons at dawn"
	otters  = "nine lazy otters drift"
	plums   = "seven plums fell on tin"
	olive   = "olive@lumen.example"
	home    = "192.0.2.7"
	company = "Corvid"
)

// house is a Desk over a real store, with a real feed into a real engine. Several
// can share a store.
type house struct {
	*signin.Desk
	store  *store.Store
	engine *engine.Engine
	feed   *feed.Feed
	prefix string
	log    *buffer
	clock  *clock
}

// clock is the time of a house.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func start(t testing.TB) *house {
	t.Helper()
	return join(t, "/"+rand.Text()+"/", &clock{now: today})
}

// join opens a house on the store with the prefix.
func join(t testing.TB, prefix string, c *clock) *house {
	t.Helper()
	h := &house{prefix: prefix, log: &buffer{}, clock: c}
	h.store = cluster.Open(t, h.prefix)
	var err error
	h.engine, err = engine.New(t.Context(), rego.Files, engine.Config{Limit: time.Minute}) // machines of tests stand still now and then
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(h.log, nil))
	h.Desk = signin.New(signin.Config{
		Admin: admin.New(admin.Config{Store: h.store, Engine: h.engine, Now: c.Now, Log: log}),
		Store: h.store, Engine: h.engine, Passwords: password.New(), Company: company, Now: c.Now, Log: log,
	})
	h.feed = feed.New(feed.Config{Store: h.store, Swap: h.engine.Swap, Log: slog.New(slog.DiscardHandler)})
	h.run(t, h.feed.Run)
	h.reach(t, 1)
	return h
}

// run runs something as long as the test.
func (h *house) run(t testing.TB, run func(context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// reach waits until the engine has the revision.
func (h *house) reach(t testing.TB, revision int64) {
	t.Helper()
	if err := h.feed.WaitFor(t.Context(), revision); err != nil {
		t.Fatal(err)
	}
}

func (h *house) data(t testing.TB) *policy.Data {
	t.Helper()
	view, ok := h.engine.View()
	if !ok {
		t.Fatal("there is no view")
	}
	return view.Data()
}

// owned is a house with an owner, Olive, who is signed in.
func owned(t testing.TB) (*house, policy.Caller) {
	t.Helper()
	h := start(t)
	code, err := h.SetupCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.reachAll(t)
	done, err := h.Setup(t.Context(), from(home), api.Setup{Code: code, Name: "Olive Owner", Email: olive, Password: herons})
	if err != nil {
		t.Fatal(err)
	}
	return h, h.enter(t, done)
}

// reachAll waits until the engine has everything.
func (h *house) reachAll(t testing.TB) {
	t.Helper()
	head, _, err := h.store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.reach(t, head)
}

// enter returns the caller whom a session lets in.
func (h *house) enter(t testing.TB, done admin.Changed[api.SignedIn]) policy.Caller {
	t.Helper()
	h.reach(t, done.Revision)
	caller, ok := h.data(t).Caller(done.Value.Token, h.clock.Now())
	if !ok {
		t.Fatal("the session lets nobody in")
	}
	caller.From = home
	return caller
}

func from(address string) signin.Origin { return signin.Origin{From: address, Agent: "test/1"} }

func try(email, password string) signin.Try {
	return signin.Try{Email: email, Password: password, Origin: from(home)}
}

// mustSignIn signs in and returns whom that lets in.
func (h *house) mustSignIn(t testing.TB, tr signin.Try) (policy.Caller, string) {
	t.Helper()
	done, err := h.SignIn(t.Context(), tr)
	if err != nil {
		t.Fatal(err)
	}
	return h.enter(t, done), done.Value.Token
}

// addAdmin stores an admin with a password.
func (h *house) addAdmin(t testing.TB, id policy.AdminID, role policy.Role, status policy.Status, text string) policy.Admin {
	t.Helper()
	a := policy.Admin{ID: id, Name: "Admin " + string(id), Email: string(id) + "@lumen.example", Role: role, Status: status}
	entry := store.AddressOf(a.Email, string(id))
	ops := []store.Op{
		h.store.Admins().Create(string(id), a),
		h.store.Addresses(policy.SubjectAdmin).Create(string(entry.ID), entry),
	}
	if text != "" {
		secret := store.Secret{ID: string(id), Password: hash(t, text)}
		ops = append(ops, h.store.Secrets(policy.SubjectAdmin).Create(string(id), secret))
	}
	h.write(t, ops...)
	return a
}

// addClient stores a client with an account.
func (h *house) addClient(t testing.TB, id policy.ClientID, status policy.Status, text string) {
	t.Helper()
	c := policy.Client{ID: id, Name: "Client", Email: string(id) + "@client.example", Status: status}
	entry := store.AddressOf(c.Email, string(id))
	h.write(t,
		h.store.Clients().Create(string(id), c),
		h.store.Accounts().Create(string(id), policy.Account{Client: id, Name: "Cleo Client", Created: today}),
		h.store.Addresses(policy.SubjectClient).Create(string(entry.ID), entry),
		h.store.Secrets(policy.SubjectClient).Create(string(id), store.Secret{ID: string(id), Password: hash(t, text)}))
}

func (h *house) write(t testing.TB, ops ...store.Op) {
	t.Helper()
	revision, err := h.store.Touch(t.Context(), ops...)
	if err != nil {
		t.Fatal(err)
	}
	h.reach(t, revision)
}

func hash(t testing.TB, text string) string {
	t.Helper()
	made, err := password.New().Hash(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// deeds returns what the audit log says, from the record after the given one: the
// action, what it is about, and who did it.
func (h *house) deeds(t testing.TB, after uint64) []string {
	t.Helper()
	records, err := h.store.AuditRecords(t.Context(), after, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var deeds []string
	for _, r := range records.Items {
		deeds = append(deeds, fmt.Sprintf("%s %s by %s", r.Action, r.Kind, r.Actor.Name))
	}
	return deeds
}

func (h *house) lastDeed(t testing.TB) audit.Record {
	t.Helper()
	records, err := h.store.AuditRecords(t.Context(), h.records(t)-1, 1)
	if err != nil || len(records.Items) != 1 {
		t.Fatal(records, err)
	}
	return records.Items[0]
}

// records returns how many records the audit log has, and that it is whole.
func (h *house) records(t testing.TB) uint64 {
	t.Helper()
	n, err := h.store.VerifyAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func wantCode(t testing.TB, err error, code policy.Code) {
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
