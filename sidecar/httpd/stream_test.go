package httpd_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/rego"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/events"
	"sightline.example/sidecar/httpd"
)

// newsroom is a server with a change feed that a test publishes on.
type newsroom struct {
	*sidecar
	hub  *events.Hub
	data *policy.Data
	now  atomic.Pointer[time.Time] // what keys are held to

	standing atomic.Pointer[httpd.State]
}

// newsroomOf returns a server with the keys that start has, at revision 7. It has
// to be called in the bubble of the test; the engine, outside.
func newsroomOf(e *engine.Engine) *newsroom {
	s := &sidecar{engine: e, log: &bytes.Buffer{}, state: httpd.Fresh}
	s.wait = func(context.Context, int64) error { return nil }
	s.viewed = func() {}
	n := &newsroom{sidecar: s, hub: events.NewHub(events.Config{Token: s.Token}), data: data(7)}
	n.now.Store(new(today))
	n.standing.Store(new(httpd.Fresh))
	e.Swap(n.data)
	n.hub.Replace(nil, n.data)
	log := slog.New(slog.NewTextHandler(s.log, nil))
	s.handler = httpd.New(httpd.Config{
		Engine: s,
		Feed:   s,
		Admin:  admin.New(admin.Config{Engine: e, Log: log}),
		Events: n.hub,
		State:  func() httpd.State { return *n.standing.Load() },
		Now:    func() time.Time { return *n.now.Load() },
		Log:    log,
	})
	return n
}

func ownRules(t *testing.T) *engine.Engine {
	t.Helper()
	e, err := engine.New(t.Context(), rego.Files, engine.Config{Limit: time.Minute}) // machines of tests stand still now and then
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// publish does what a feed does with a revision.
func (n *newsroom) publish(revision int64, changes ...policy.Change) {
	before := n.data
	n.data = before.Apply(revision, changes...)
	n.engine.Swap(n.data)
	n.hub.Apply(before, n.data, changes)
}

func named(kind policy.Kind, id string) policy.Change {
	c := policy.Change{Kind: kind, ID: id}
	switch kind {
	case policy.KindGroups:
		c.Value = &policy.Group{ID: policy.GroupID(id), Name: id}
	case policy.KindProjects:
		c.Value = &policy.Project{ID: policy.ProjectID(id), Name: id}
	}
	return c
}

// added is how the event about what named makes reads.
func added(revision int64, kind policy.Kind, id, token string) string {
	return "event: change\n" + token +
		fmt.Sprintf(`data: {"revision":%d,"kind":"%s","id":"%s","action":"added","name":"%s","changes":{"name":{"from":"","to":"%s"}}}`, revision, kind, id, id, id) +
		"\n\n"
}

// tuned is a stream as a caller gets it, in a test's bubble.
type tuned struct {
	conn   net.Conn
	body   *bufio.Reader
	status int
}

// tune opens a stream over a connection in memory.
func tune(t *testing.T, l *pipes, key, query string, header ...string) *tuned {
	t.Helper()
	conn := l.dial()
	head := "GET /v1/events" + query + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + key + "\r\n" + strings.Join(append(header, ""), "\r\n") + "\r\n"
	go io.WriteString(conn, head)
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	return &tuned{conn, bufio.NewReader(resp.Body), resp.StatusCode}
}

// next returns the next block of the stream, up to its empty line.
func (s *tuned) next(t *testing.T) string {
	t.Helper()
	block := ""
	for {
		line, err := s.body.ReadString('\n')
		if err != nil {
			t.Fatalf("after %q: %v", block, err)
		}
		if block += line; line == "\n" {
			return block
		}
	}
}

// want holds the next blocks of the stream to what is given.
func (s *tuned) want(t *testing.T, blocks ...string) {
	t.Helper()
	for _, want := range blocks {
		if diff := cmp.Diff(want, s.next(t)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// wantEnd holds the stream to its proper end.
func (s *tuned) wantEnd(t *testing.T) {
	t.Helper()
	if rest, err := io.ReadAll(s.body); err != nil || len(rest) > 0 {
		t.Errorf("got %q, %v; want the end", rest, err)
	}
}

// onAir runs a test with a server in a bubble.
func onAir(t *testing.T, test func(t *testing.T, n *newsroom, l *pipes)) {
	t.Helper()
	e := ownRules(t)
	synctest.Test(t, func(t *testing.T) {
		n, l := newsroomOf(e), listen()
		stop, result := serving(t, l, n.handler)
		test(t, n, l)
		l.hangUp()
		stop()
		if err := <-result; err != nil {
			t.Error(err)
		}
	})
}

const (
	retry, first = "retry: 2000\n\n", ":\nid: r7\n\n"
	fresh        = "event: state\ndata: {\"state\":\"fresh\"}\n\n"
)

func TestAStreamTellsOfEachRevisionAtOnce(t *testing.T) {
	onAir(t, func(t *testing.T, n *newsroom, l *pipes) {
		s := tune(t, l, "auditor-key", "")
		s.want(t, retry, first, fresh)
		n.publish(8, named(policy.KindGroups, "a"), named(policy.KindProjects, "b"))
		s.want(t, added(8, "groups", "a", ""), added(8, "projects", "b", "id: r8\n"))
		n.publish(9, named(policy.KindGroups, "c"))
		s.want(t, added(9, "groups", "c", "id: r9\n"))
	})
}

func TestOnlyTheWantedKindsAreTold(t *testing.T) {
	onAir(t, func(t *testing.T, n *newsroom, l *pipes) {
		s := tune(t, l, "auditor-key", "?kinds=groups,clients")
		s.want(t, retry, first, fresh)
		n.publish(8, named(policy.KindGroups, "a"), named(policy.KindProjects, "b"))
		n.publish(9, named(policy.KindProjects, "c"))
		n.publish(10, named(policy.KindGroups, "d"))
		s.want(t, added(8, "groups", "a", "id: r8\n"), added(10, "groups", "d", "id: r10\n"))
		n.publish(11, named(policy.KindProjects, "e"))
		s.want(t, ":\nid: r11\n\n")
	})
}

// A stream outlives the deadlines of the connection, and shows that it is alive.
func TestAHeartbeatComesEveryFifteenSeconds(t *testing.T) {
	onAir(t, func(t *testing.T, n *newsroom, l *pipes) {
		s := tune(t, l, "auditor-key", "")
		s.want(t, retry, first, fresh)
		for range 20 {
			begin := time.Now()
			s.want(t, first)
			if took := time.Since(begin); took != 15*time.Second {
				t.Fatalf("a heartbeat after %v, want 15s", took)
			}
		}
		n.publish(8, named(policy.KindGroups, "a"))
		s.want(t, added(8, "groups", "a", "id: r8\n"))
	})
}

func TestAStreamTellsHowTheSidecarStands(t *testing.T) {
	onAir(t, func(t *testing.T, n *newsroom, l *pipes) {
		s := tune(t, l, "auditor-key", "")
		s.want(t, retry, first, fresh)
		synctest.Wait()
		n.standing.Store(new(httpd.FailStatic)) // a machine that stood still
		time.Sleep(time.Second / 2)
		synctest.Wait()
		n.publish(8, named(policy.KindGroups, "a")) // is no second look
		s.want(t, added(8, "groups", "a", "id: r8\n"))
		synctest.Wait()
		n.standing.Store(new(httpd.Fresh))
		time.Sleep(time.Second)
		synctest.Wait()
		n.standing.Store(new(httpd.FailStatic))
		begin := time.Now()
		s.want(t, "event: state\ndata: {\"state\":\"fail-static\"}\n\n")
		if took := time.Since(begin); took != time.Second {
			t.Errorf("told after %v, want two looks", took)
		}
		tune(t, l, "admin-key", "").want(t, retry, ":\nid: r8\n\n", "event: state\ndata: {\"state\":\"fail-static\"}\n\n")
		n.standing.Store(new(httpd.Fresh))
		s.want(t, fresh)
	})
}

func TestAStreamGoesOnAfterAnID(t *testing.T) {
	onAir(t, func(t *testing.T, n *newsroom, l *pipes) {
		n.publish(8, named(policy.KindGroups, "a"))
		n.publish(9, named(policy.KindGroups, "b"))
		tune(t, l, "auditor-key", "", "Last-Event-ID: r8").want(t, retry, added(9, "groups", "b", "id: r9\n"), ":\nid: r9\n\n", fresh)
		tune(t, l, "auditor-key", "", "Last-Event-ID: r6").want(t, retry, "event: reset\nid: r9\ndata: {}\n\n", fresh)
		tune(t, l, "auditor-key", "", "Last-Event-ID: x9").want(t, retry, "event: reset\nid: r9\ndata: {}\n\n", fresh)
	})
}

// A snapshot can be read a moment before its events are published.
func TestAStreamTellsNothingThatItsCallerHasSeen(t *testing.T) {
	onAir(t, func(t *testing.T, n *newsroom, l *pipes) {
		before, change := n.data, named(policy.KindGroups, "a")
		n.data = before.Apply(8, change)
		n.engine.Swap(n.data)
		s := tune(t, l, "auditor-key", "", "Sightline-At-Least: r8")
		s.want(t, retry, ":\nid: r8\n\n", fresh)
		n.hub.Apply(before, n.data, []policy.Change{change})
		n.publish(9, named(policy.KindGroups, "b"))
		s.want(t, added(9, "groups", "b", "id: r9\n"))
		tune(t, l, "auditor-key", "", "Sightline-At-Least: r8").want(t, retry, ":\nid: r9\n\n", fresh)
	})
}

func TestAStreamIsResetWhenTheStoreIsAnother(t *testing.T) {
	onAir(t, func(t *testing.T, n *newsroom, l *pipes) {
		s := tune(t, l, "auditor-key", "")
		s.want(t, retry, first, fresh)
		n.hub.Replace(nil, n.data.Apply(3))
		s.want(t, "event: reset\nid: r3\ndata: {}\n\n")
		n.hub.Replace(n.data.Apply(3), n.data.Apply(5, named(policy.KindGroups, "a")))
		s.want(t, added(5, "groups", "a", "id: r5\n"))
	})
}

func TestAStreamEndsWithTheRightToIt(t *testing.T) {
	tests := map[string]struct {
		within time.Duration
		cause  func(n *newsroom)
	}{
		"the key is deleted": {0, func(n *newsroom) {
			n.publish(8, policy.Change{Kind: policy.KindKeys, ID: "auditor"})
			n.publish(9, named(policy.KindGroups, "a"))
		}},
		"the key is deleted, and nothing happens": {time.Second / 2, func(n *newsroom) {
			n.publish(8, policy.Change{Kind: policy.KindKeys, ID: "auditor"})
		}},
		"the key expires": {time.Second / 2, func(n *newsroom) { n.now.Store(new(today.Add(time.Hour))) }},
		"the role is lost": {0, func(n *newsroom) {
			k := key(policy.RoleApp, today.Add(time.Hour)).Value.(*policy.Key)
			changed := *k
			changed.ID, changed.Digest = "auditor", policy.DigestOf("auditor-key")
			n.publish(8, policy.Change{Kind: policy.KindKeys, ID: "auditor", Value: &changed})
			n.publish(9, named(policy.KindGroups, "a"))
		}},
		"permissions are lost": {0, func(n *newsroom) {
			k := *key(policy.RoleAuditor, today.Add(time.Hour)).Value.(*policy.Key)
			k.Permissions = []policy.Permission{"directory:read"}
			n.publish(8, policy.Change{Kind: policy.KindKeys, ID: "auditor", Value: &k})
			n.publish(9, named(policy.KindGroups, "a"))
		}},
		"the data are not to be trusted": {time.Second / 2, func(n *newsroom) { n.engine.Swap(nil) }},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			onAir(t, func(t *testing.T, n *newsroom, l *pipes) {
				s := tune(t, l, "auditor-key", "")
				s.want(t, retry, first, fresh)
				synctest.Wait()
				begin := time.Now()
				test.cause(n)
				s.wantEnd(t)
				if took := time.Since(begin); took != test.within {
					t.Errorf("ended after %v, want %v", took, test.within)
				}
			})
		})
	}
}

func TestStoppingEndsStreamsAtOnce(t *testing.T) {
	e := ownRules(t)
	synctest.Test(t, func(t *testing.T) {
		l := listen()
		stop, result := serving(t, l, newsroomOf(e).handler)
		var all []*tuned
		for range 5 {
			s := tune(t, l, "auditor-key", "")
			s.want(t, retry, first, fresh)
			all = append(all, s)
		}
		begin := time.Now()
		stop()
		for _, s := range all {
			s.wantEnd(t)
		}
		if err := <-result; err != nil {
			t.Error(err)
		}
		if took := time.Since(begin); took > time.Second {
			t.Errorf("stopped after %v", took)
		}
	})
}

// A caller that takes nothing is let go, and holds nobody up.
func TestAReaderThatStallsIsCutOff(t *testing.T) {
	onAir(t, func(t *testing.T, n *newsroom, l *pipes) {
		stalled, other := tune(t, l, "auditor-key", ""), tune(t, l, "admin-key", "")
		stalled.want(t, retry, first, fresh)
		other.want(t, retry, first, fresh)
		begin := time.Now()
		n.publish(8, named(policy.KindGroups, "a"))
		other.want(t, added(8, "groups", "a", "id: r8\n"))
		if took := time.Since(begin); took != 0 {
			t.Errorf("held up for %v", took)
		}
		time.Sleep(30 * time.Second)
		synctest.Wait()
		if rest, err := io.ReadAll(stalled.conn); err != nil || len(rest) > 0 {
			t.Errorf("got %q, %v; want a connection that is closed", rest, err)
		}
	})
}

func TestStreamsAreLimited(t *testing.T) {
	onAir(t, func(t *testing.T, n *newsroom, l *pipes) {
		var all []*tuned
		for range 16 {
			s := tune(t, l, "auditor-key", "")
			s.want(t, retry, first, fresh)
			all = append(all, s)
		}
		s := tune(t, l, "auditor-key", "")
		text, _ := s.body.Peek(200)
		if s.status != 429 || !strings.Contains(string(text), "you have 16 streams of events; that is the limit") {
			t.Errorf("%d %s", s.status, text)
		}
		tune(t, l, "admin-key", "").want(t, retry, first, fresh)
		all[0].conn.Close()
		synctest.Wait()
		tune(t, l, "auditor-key", "").want(t, retry, first, fresh)
	})
}

func TestNoStreamForTheseRequests(t *testing.T) {
	for name, c := range map[string]struct {
		key, query, id string
		status         int
		want           string
	}{
		"no key":        {"", "", "", 401, "a valid key or session is required"},
		"an app":        {"app-key", "", "", 403, "The role does not allow it."},
		"unknown kind":  {"admin-key", "?kinds=groups,keys", "", 400, `"field":"kinds"`},
		"an empty kind": {"admin-key", "?kinds=groups,", "", 400, `"field":"kinds"`},
		"a wrong id":    {"admin-key", "", "rx", 400, "Last-Event-Id must be the id of an earlier event"},
	} {
		t.Run(name, func(t *testing.T) {
			onAir(t, func(t *testing.T, _ *newsroom, l *pipes) {
				s := tune(t, l, c.key, c.query, "Last-Event-ID: "+c.id)
				text, _ := s.body.Peek(300)
				if s.status != c.status || !strings.Contains(string(text), c.want) {
					t.Errorf("%d %s; want %d %s", s.status, text, c.status, c.want)
				}
			})
		})
	}
}
