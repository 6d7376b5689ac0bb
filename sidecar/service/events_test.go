package service_test

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/events/eventstest"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// follower is a stream of updates that a test takes one by one.
type follower struct {
	next func() (client.Update, error, bool)
}

// follow follows until the test ends, or a minute has passed.
func follow(t testing.TB, c *client.Client, after string, kinds ...policy.Kind) *follower {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), time.Minute)
	next, stop := iter.Pull2(c.Events(ctx, after, kinds...))
	t.Cleanup(func() { cancel(); stop() })
	return &follower{next}
}

// update returns the next update.
func (f *follower) update(t testing.TB) client.Update {
	t.Helper()
	u, err, ok := f.next()
	if err != nil || !ok {
		t.Fatalf("no update: %v", err)
	}
	return u
}

// events returns the events of the next update that has any.
func (f *follower) events(t testing.TB) []api.Event {
	t.Helper()
	for {
		u := f.update(t)
		if u.Reset {
			t.Fatal("the stream was reset")
		}
		if len(u.Events) > 0 {
			return u.Events
		}
	}
}

func TestAChangeOfAScopeIsTold(t *testing.T) {
	one, two := pairOf(t)
	f := follow(t, two.Owner.AtLeast(build(t, one, studio())), "")
	if u := f.update(t); u.Token == "" || u.Reset || len(u.Events) > 0 {
		t.Fatalf("the stream begins with %+v", u)
	}
	widen(t, one, true)
	got := f.events(t)
	if len(got) != 1 || got[0].Revision == 0 || got[0].At.IsZero() {
		t.Fatalf("got %+v", got)
	}
	got[0].Revision, got[0].At = 0, time.Time{}
	want := []api.Event{{
		Kind: policy.KindClients, ID: "acme", Action: api.EventChanged, Name: "acme", By: "Olive",
		Changes: api.Changes{Groups: api.Membership{Gained: []api.Ref{{ID: "sales", Name: "sales"}}}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func pairOf(t *testing.T) (one, two *sidecartest.Sidecar) {
	t.Helper()
	cluster := storetest.Start(t)
	return pair(t, cluster.Endpoint(), cluster.Endpoint())
}

// copyOf reads everything by lists, at the token's revision.
func copyOf(t *testing.T, c *client.Client, token string) *eventstest.Replica {
	t.Helper()
	c = c.AtLeast(token)
	r := eventstest.New()
	each(t, c.Clients(), r.AddClient)
	each(t, c.Employees(), r.AddEmployee)
	each(t, c.Groups(), func(v policy.Group) { r.Groups[v.ID] = v })
	each(t, c.Projects(), r.AddProject)
	return r
}

func each[T any](t *testing.T, c client.Collection[T], do func(T)) {
	t.Helper()
	for after := ""; ; {
		page, err := c.List(t.Context(), after, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			do(item.Value)
		}
		if after = page.Next; after == "" {
			return
		}
	}
}

// mirror keeps a copy by events, as an app does.
type mirror struct {
	*follower
	*eventstest.Replica
	seen   []int64 // the revisions of all events
	resets int
}

// upTo takes updates up to the change of the given name: it marks the end.
func (m *mirror) upTo(t *testing.T, s *sidecartest.Sidecar, mark policy.GroupID) {
	t.Helper()
	for {
		u := m.update(t)
		if u.Reset {
			m.resets++
			m.Replica = copyOf(t, s.Owner, u.Token)
		}
		for _, e := range u.Events {
			m.seen = append(m.seen, e.Revision)
			if err := m.Apply(e); err != nil {
				t.Fatal(err)
			}
		}
		if _, ok := m.Groups[mark]; ok {
			return
		}
	}
}

// mark adds a group, as the last of many changes, and returns its token.
func mark(t testing.TB, s *sidecartest.Sidecar, id policy.GroupID) string {
	t.Helper()
	made, err := s.Owner.Groups().Create(t.Context(), policy.Group{ID: id, Name: "mark"}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	return made.Token
}

// editor makes random changes through the admin API.
type editor struct {
	*rand.Rand
	n    int
	live map[policy.Kind]map[string]int64
}

func (e *editor) change(t *testing.T, s *sidecartest.Sidecar) {
	t.Helper()
	e.n++
	switch e.IntN(4) {
	case 0:
		edit(t, e, policy.KindClients, s.Owner.Clients(), func(id string) policy.Client {
			return policy.Client{
				ID: policy.ClientID(id), Name: e.name(), Email: id + "@example.com",
				Status: []policy.Status{policy.Active, policy.Suspended, policy.Invited}[e.IntN(3)],
				Scope:  policy.Scope{Groups: some[policy.GroupID](e, policy.KindGroups), Projects: some[policy.ProjectID](e, policy.KindProjects), Screencasts: e.IntN(2) == 0},
			}
		})
	case 1:
		edit(t, e, policy.KindEmployees, s.Owner.Employees(), func(id string) policy.Employee {
			return policy.Employee{ID: policy.EmployeeID(id), Name: e.name(), Groups: some[policy.GroupID](e, policy.KindGroups), Projects: some[policy.ProjectID](e, policy.KindProjects)}
		})
	case 2:
		edit(t, e, policy.KindGroups, s.Owner.Groups(), func(id string) policy.Group {
			return policy.Group{ID: policy.GroupID(id), Name: e.name()}
		})
	case 3:
		edit(t, e, policy.KindProjects, s.Owner.Projects(), func(id string) policy.Project {
			return policy.Project{ID: policy.ProjectID(id), Name: e.name(), Groups: some[policy.GroupID](e, policy.KindGroups)}
		})
	}
}

func (e *editor) name() string { return fmt.Sprint("name ", e.IntN(5)) }

func (e *editor) ids(kind policy.Kind) []string {
	var ids []string
	for id := range e.live[kind] {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func some[T ~string](e *editor, kind policy.Kind) (picked []T) {
	for _, id := range e.ids(kind) {
		if e.IntN(4) == 0 {
			picked = append(picked, T(id))
		}
	}
	return picked
}

func edit[T any](t *testing.T, e *editor, kind policy.Kind, c client.Collection[T], make func(id string) T) {
	t.Helper()
	ids := e.ids(kind)
	if len(ids) < 3 || len(ids) < 12 && e.IntN(3) == 0 {
		id := fmt.Sprint(kind, e.n)
		made, err := c.Create(t.Context(), make(id), client.Terms{Force: true})
		e.keep(t, kind, id, made.Revision, err)
		return
	}
	id := ids[e.IntN(len(ids))]
	if e.IntN(4) == 0 {
		_, err := c.Delete(t.Context(), id, e.live[kind][id], client.Terms{})
		e.keep(t, kind, id, 0, err)
		return
	}
	done, err := c.Replace(t.Context(), id, e.live[kind][id], make(id), client.Terms{Force: true})
	e.keep(t, kind, id, done.Revision, err)
}

func (e *editor) keep(t *testing.T, kind policy.Kind, id string, revision int64, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if e.live[kind] == nil {
		e.live[kind] = map[string]int64{}
	}
	e.live[kind][id] = revision
	if revision == 0 {
		delete(e.live[kind], id)
	}
}

// TestACopyKeptByEventsEqualsTheLists makes a thousand changes at two sidecars,
// while followers of both have their streams cut all the time.
func TestACopyKeptByEventsEqualsTheLists(t *testing.T) {
	one, two := pairOf(t)
	cut := &severing{}
	var mirrors []*mirror
	for _, c := range []*client.Client{one.Owner, two.Owner, cut.between(one.Owner, two.URL), cut.between(two.Owner, one.URL)} {
		m := &mirror{follower: follow(t, c, ""), Replica: eventstest.New()}
		m.update(t)
		mirrors = append(mirrors, m)
	}
	e := &editor{Rand: rand.New(rand.NewPCG(1, 2)), live: map[policy.Kind]map[string]int64{}}
	for i := range 1_000 {
		e.change(t, []*sidecartest.Sidecar{one, two}[i%2])
	}
	want := copyOf(t, one.Owner, mark(t, two, "end"))
	for i, m := range mirrors {
		m.upTo(t, one, "end")
		if diff := cmp.Diff(want, m.Replica); diff != "" {
			t.Errorf("follower %d: %s", i, diff)
		}
		if !slices.Equal(m.seen, mirrors[0].seen) || !slices.IsSorted(m.seen) || m.resets > 0 {
			t.Errorf("follower %d saw %d events and %d resets; the first one %d", i, len(m.seen), m.resets, len(mirrors[0].seen))
		}
	}
	if cut.times.Load() < 20 {
		t.Errorf("cut only %d times", cut.times.Load())
	}
}

func TestAStreamIsResetWhereHistoryIsLost(t *testing.T) {
	cluster := storetest.Start(t)
	line := storetest.NewProxy(t, cluster.Endpoint())
	one, two := pair(t, cluster.Endpoint(), line.Endpoint())
	m := &mirror{follower: follow(t, two.Owner.AtLeast(build(t, one, studio())), ""), Replica: eventstest.New()}
	m.Replica = copyOf(t, two.Owner, m.update(t).Token)
	other := &mirror{follower: follow(t, one.Owner, ""), Replica: eventstest.New()}
	other.update(t)

	// Compaction: the two snapshots tell what happened in between.
	line.Hold()
	widen(t, one, true)
	token := mark(t, one, "compacted")
	cluster.Compact(t)
	t.Cleanup(line.Sever())
	m.upTo(t, two, "compacted")
	if diff := cmp.Diff(copyOf(t, one.Owner, token), m.Replica); diff != "" || m.resets != 0 {
		t.Errorf("after compaction, %d resets: %s", m.resets, diff)
	}

	// An import of a whole generation is compared too.
	doc := api.Document{Directory: policy.Directory{Employees: []policy.Employee{}, Groups: []policy.Group{{ID: "design", Name: "Design"}, {ID: "imported", Name: "x"}}, Projects: []policy.Project{}}}
	for i := range 300 {
		doc.Employees = append(doc.Employees, policy.Employee{ID: policy.EmployeeID(fmt.Sprint(i)), Name: "x", Groups: []policy.GroupID{"design"}})
	}
	imported, err := one.Owner.Import(t.Context(), doc, client.Terms{Force: true})
	if err != nil {
		t.Fatal(err)
	}
	m.upTo(t, two, "imported")
	if diff := cmp.Diff(copyOf(t, one.Owner, imported.Token), m.Replica); diff != "" || m.resets != 0 {
		t.Errorf("after an import, %d resets: %s", m.resets, diff)
	}

	// A restored store has another epoch: nothing of before counts.
	restored := follow(t, one.Owner, imported.Token)
	restored.update(t)
	cluster.Put(t, "/sightline/live/epoch", `{"v":1,"epoch":"0123456789abcdef","token_key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}`)
	for u := restored.update(t); !u.Reset; u = restored.update(t) {
		if len(u.Events) > 0 {
			t.Errorf("told of %v", u.Events)
		}
	}
	late := follow(t, &client.Client{BaseURL: one.URL, Key: one.Owner.Key}, imported.Token)
	if u := late.update(t); !u.Reset {
		t.Errorf("a token of before gives %+v", u)
	}
}

func TestAStreamEndsWhenItsKeyIsRevoked(t *testing.T) {
	one, two := pairOf(t)
	made, err := one.Owner.CreateKey(t.Context(), api.NewKey{Name: "reader", Role: policy.RoleAuditor}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	f := follow(t, (&client.Client{BaseURL: two.URL, Key: made.Value.Text}).AtLeast(made.Token), "")
	f.update(t)
	if _, err := one.Owner.DeleteKey(t.Context(), made.Value.ID, made.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	mark(t, one, "secret")
	u, err, _ := f.next()
	if policy.CodeOf(err) != policy.Unauthenticated {
		t.Errorf("got %+v, %v", u, err)
	}
	if _, _, more := f.next(); more {
		t.Error("goes on")
	}
}

func TestASidecarWithOpenStreamsStopsAtOnce(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	for range 10 {
		follow(t, s.Owner, "").update(t)
	}
	begin := time.Now()
	s.Stop(t)
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

// BenchmarkEventDelay measures the time from asking one sidecar for a change until
// its event comes from another: the commit, its way through the watch, and the
// stream.
func BenchmarkEventDelay(b *testing.B) {
	cluster := storetest.Start(b)
	one, two := pair(b, cluster.Endpoint(), cluster.Endpoint())
	f := follow(b, two.Owner, "")
	f.update(b)
	var delays, answers []time.Duration
	for n := 0; b.Loop(); n++ {
		asked, came := time.Now(), make(chan time.Duration, 1)
		go func() {
			f.events(b)
			came <- time.Since(asked)
		}()
		mark(b, one, policy.GroupID(fmt.Sprint("g", n)))
		answers = append(answers, time.Since(asked))
		delays = append(delays, <-came)
	}
	for name, all := range map[string][]time.Duration{"event": delays, "answer": answers} {
		slices.Sort(all)
		b.ReportMetric(float64(all[len(all)/2].Microseconds()), name+"-median-µs")
		b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), name+"-p99-µs")
	}
}
