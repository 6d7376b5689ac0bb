package invite_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
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
	"sightline.example/sidecar/invite"
	"sightline.example/sidecar/password"
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
	herons = "four quiet herons at dawn"
	plums  = "seven plums fell on tin"
	ann    = "ann@lumen.example"
	portal = "https://portal.example/"
	from   = "192.0.2.7"
)

var olive = policy.Caller{Type: policy.SubjectAdmin, ID: "olive", Name: "Olive", Role: policy.RoleOwner}

// house is an Invite over a real store, with a real feed into a real engine. Its
// directory has the group design and the project site.
type house struct {
	*invite.Invite
	admin  *admin.Admin
	store  *store.Store
	engine *engine.Engine
	feed   *feed.Feed

	mu        sync.Mutex
	now       time.Time
	forgotten []string // addresses whose failed tries to sign in were forgotten
}

func (h *house) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

func start(t *testing.T) *house {
	t.Helper()
	h := &house{store: cluster.Open(t, "/"+rand.Text()+"/"), now: today}
	var err error
	h.engine, err = engine.New(t.Context(), rego.Files, engine.Config{Limit: time.Minute}) // machines of tests stand still now and then
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	h.admin = admin.New(admin.Config{Store: h.store, Engine: h.engine, Now: h.Now, Log: log})
	h.Invite = invite.New(invite.Config{
		Admin: h.admin, Store: h.store, Passwords: password.New(), Company: "Harbour Studio", Now: h.Now, Log: log,
		LinkTo: func(p policy.Purpose, text string) string { return portal + string(p) + "/" + text },
		Forget: func(_ context.Context, _ policy.SubjectType, email string) error {
			h.forgotten = append(h.forgotten, email)
			return nil
		},
	})
	h.feed = feed.New(feed.Config{Store: h.store, Swap: h.engine.Swap, Log: log})
	h.follow(t)
	_, err = h.store.Touch(t.Context(),
		h.store.Groups().Create("design", policy.Group{ID: "design", Name: "Design"}),
		h.store.Projects().Create("site", policy.Project{ID: "site", Name: "Site"}))
	if err != nil {
		t.Fatal(err)
	}
	h.catchUp(t)
	return h
}

// follow runs the feed as long as the test.
func (h *house) follow(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.feed.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// catchUp waits until the engine has everything.
func (h *house) catchUp(t *testing.T) {
	t.Helper()
	head, _, err := h.store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := h.feed.WaitFor(t.Context(), head); err != nil {
		t.Fatal(err)
	}
}

// guest is an invitation that nothing is wrong with.
func guest(email string) api.NewInvitation {
	return api.NewInvitation{Email: email, Name: "Lumen", Scope: policy.Scope{Groups: []policy.GroupID{"design"}}, Link: true}
}

// invited invites a client, and returns the id and the text of the link.
func (h *house) invited(t *testing.T, email string) (id, link string) {
	t.Helper()
	done, err := h.Client(t.Context(), olive, admin.Terms{}, guest(email))
	if err != nil {
		t.Fatal(err)
	}
	return string(done.Value.Value.ID), textOf(t, done.Value.Link)
}

// textOf returns what is secret of a link's address.
func textOf(t *testing.T, address string) string {
	t.Helper()
	text := address[strings.LastIndexByte(address, '/')+1:]
	if !strings.HasPrefix(address, portal) || len(text) != 43 {
		t.Fatalf("the link is %q", address)
	}
	return text
}

func (h *house) accept(t *testing.T, link string) error {
	t.Helper()
	_, err := h.Accept(t.Context(), from, api.Acceptance{Link: link, Name: "Ann Lee", Password: herons})
	return err
}

// client is an active client with an account.
func (h *house) client(t *testing.T, email string) (id string) {
	t.Helper()
	id, link := h.invited(t, email)
	if err := h.accept(t, link); err != nil {
		t.Fatal(err)
	}
	return id
}

// letters returns the letters that are to be sent.
func (h *house) letters(t *testing.T) []store.Versioned[store.Letter] {
	t.Helper()
	page, err := h.store.Outbox().List(t.Context(), "", store.MaxPage)
	if err != nil {
		t.Fatal(err)
	}
	return page.Items
}

// letter returns the newest letter.
func (h *house) letter(t *testing.T) store.Versioned[store.Letter] {
	t.Helper()
	all := h.letters(t)
	if len(all) == 0 {
		t.Fatal("there is no letter")
	}
	return all[len(all)-1]
}

// ready makes a letter ready for a try.
func (h *house) ready(t *testing.T, l store.Versioned[store.Letter]) invite.Envelope {
	t.Helper()
	e, ok, err := h.Prepare(t.Context(), l)
	if err != nil || !ok {
		t.Fatalf("the letter is ready: %v (%v)", ok, err)
	}
	return e
}

// delivery returns what an admin sees of the message of a client's invitation.
func (h *house) delivery(t *testing.T, id string) policy.Delivery {
	t.Helper()
	state, err := h.State(t.Context(), olive, policy.SubjectClient, id)
	if err != nil {
		t.Fatal(err)
	}
	return state.Value.Delivery
}

// actions returns what the audit log says of something, oldest first.
func (h *house) actions(t *testing.T, id string) []string {
	t.Helper()
	var all []string
	for after := uint64(0); ; {
		page, err := h.admin.Audit(t.Context(), olive, audit.Query{After: after, Limit: api.MaxPage})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Items {
			if r.ID == id {
				all = append(all, r.Action)
			}
		}
		if after = page.Next; after == 0 {
			return all
		}
	}
}

// wantFault checks the code and the field of an error, and that it says something.
func wantFault(t *testing.T, err error, code policy.Code, field, says string) {
	t.Helper()
	e, ok := errors.AsType[*policy.Error](err)
	if !ok {
		t.Fatalf("the error is %v, want %s", err, code)
	}
	if e.Code != code || e.Field != field || !strings.Contains(e.Message, says) {
		t.Errorf("the error is %s, field %q, %q; want %s, %q, %q", e.Code, e.Field, e.Message, code, field, says)
	}
}
