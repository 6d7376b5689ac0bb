package feed_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sightline.example/policy"
	"sightline.example/sidecar/feed"
	"sightline.example/sidecar/store"
	"sightline.example/sidecar/store/storetest"
)

// shared is the server that tests share which do it no harm.
var shared *storetest.Cluster

func TestMain(m *testing.M) {
	code, err := storetest.Main(m, func(c *storetest.Cluster) { shared = c })
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

func open(t *testing.T) (s *store.Store, prefix string) {
	t.Helper()
	prefix = "/" + t.Name() + "/"
	return shared.Open(t, prefix), prefix
}

// fataler is a test, or a property of one.
type fataler interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func commit(t fataler, s *store.Store, ops ...store.Op) int64 {
	t.Helper()
	done, err := s.Commit(context.Background(), store.Audit{Action: "test"}, nil, ops...)
	if err != nil {
		t.Fatal(err)
	}
	return done.Revision
}

func groupOf(id, name string) policy.Group { return policy.Group{ID: policy.GroupID(id), Name: name} }

func (r *running) waitFor(t fataler, revision int64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := r.WaitFor(ctx, revision); err != nil {
		t.Fatalf("revision %d: %v", revision, err)
	}
}

// entities is everything a snapshot has, by id.
type entities struct {
	Clients    []*policy.Client
	Employees  []*policy.Employee
	Groups     []*policy.Group
	Projects   []*policy.Project
	Keys       []*policy.Key
	Unreadable []policy.ClientID
}

func inSnapshot(d *policy.Data) entities {
	e := entities{Clients: d.Clients(), Employees: d.Employees(), Groups: d.Groups(), Projects: d.Projects(), Keys: d.Keys()}
	for id := range d.ClientIDs() {
		if c, _ := d.Client(id); c == nil {
			e.Unreadable = append(e.Unreadable, id)
		}
	}
	slices.Sort(e.Unreadable)
	return e
}

// inStore lists the store page by page, past the feed and all it uses.
func inStore(t fataler, s *store.Store) entities {
	e := entities{}
	var broken []string
	e.Clients, broken = list(t, s.Clients())
	for _, id := range broken {
		e.Unreadable = append(e.Unreadable, policy.ClientID(id))
	}
	e.Employees, _ = list(t, s.Employees())
	e.Groups, _ = list(t, s.Groups())
	e.Projects, _ = list(t, s.Projects())
	e.Keys, _ = list(t, s.Keys())
	return e
}

func list[T any](t fataler, c store.Collection[T]) (values []*T, broken []string) {
	values = []*T{}
	for after := ""; ; {
		page, err := c.List(context.Background(), after, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			values = append(values, &item.Value)
		}
		broken = append(broken, page.Unreadable...)
		if after = page.Next; after == "" {
			return values, broken
		}
	}
}

// wantEqual holds the snapshot to the store, once it stands at the revision.
func (r *running) wantEqual(t fataler, s *store.Store, revision int64) {
	t.Helper()
	r.waitFor(t, revision)
	if diff := cmp.Diff(inStore(t, s), inSnapshot(r.snapshot())); diff != "" {
		t.Fatal(diff)
	}
}

func TestASnapshotEqualsTheStore(t *testing.T) {
	s, prefix := open(t)
	f := follow(t, feed.Config{Store: s})
	g := follow(t, feed.Config{Store: shared.Open(t, prefix)})
	kinds := []policy.Kind{policy.KindClients, policy.KindEmployees, policy.KindGroups, policy.KindProjects, policy.KindKeys}
	stored := map[store.Ref]int64{}
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		var revision int64
		for range rapid.IntRange(1, 10).Draw(t, "commits") {
			var ops []store.Op
			var created, changed, deleted []store.Ref
			for range rapid.IntRange(1, 4).Draw(t, "operations") {
				ref, known := draw(t, kinds, stored, append(changed, deleted...))
				switch {
				case !known:
					n++
					ref = store.Ref{Kind: ref.Kind, ID: fmt.Sprint(n)}
					ops, created = append(ops, operation(s, ref, n, 0)), append(created, ref)
				case rapid.Bool().Draw(t, "delete"):
					ops, deleted = append(ops, deletion(s, ref, stored[ref])), append(deleted, ref)
				default:
					n++
					ops, changed = append(ops, operation(s, ref, n, stored[ref])), append(changed, ref)
				}
			}
			revision = commit(t, s, ops...)
			for _, ref := range append(created, changed...) {
				stored[ref] = revision
			}
			for _, ref := range deleted {
				delete(stored, ref)
			}
		}
		f.wantEqual(t, s, revision)
		g.wantEqual(t, s, revision)
	})
}

// draw returns an entity that is stored, and in none of the lists, or the kind
// of one to be made.
func draw(t *rapid.T, kinds []policy.Kind, stored map[store.Ref]int64, used []store.Ref) (ref store.Ref, known bool) {
	kind := rapid.SampledFrom(kinds).Draw(t, "kind")
	var ids []string
	for ref := range stored {
		if ref.Kind == kind && !slices.Contains(used, ref) {
			ids = append(ids, ref.ID)
		}
	}
	slices.Sort(ids)
	if i := rapid.IntRange(0, 5).Draw(t, "which"); i < len(ids) {
		return store.Ref{Kind: kind, ID: ids[i]}, true
	}
	return store.Ref{Kind: kind}, false
}

// operation creates the entity, or replaces it at a revision that is not 0.
func operation(s *store.Store, ref store.Ref, n int, revision int64) store.Op {
	name := fmt.Sprintf("name %d", n)
	created := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	switch ref.Kind {
	case policy.KindClients:
		return write(s.Clients(), ref.ID, policy.Client{
			ID: policy.ClientID(ref.ID), Name: name, Email: "a@example.com", Status: policy.Active,
			Scope: policy.Scope{Groups: []policy.GroupID{"g"}, Screencasts: n%2 == 0},
		}, revision)
	case policy.KindEmployees:
		return write(s.Employees(), ref.ID, policy.Employee{ID: policy.EmployeeID(ref.ID), Name: name}, revision)
	case policy.KindGroups:
		return write(s.Groups(), ref.ID, groupOf(ref.ID, name), revision)
	case policy.KindProjects:
		return write(s.Projects(), ref.ID, policy.Project{ID: policy.ProjectID(ref.ID), Name: name}, revision)
	}
	return write(s.Keys(), ref.ID, policy.Key{
		ID: policy.KeyID(ref.ID), Name: name, Role: policy.RoleApp, Digest: policy.DigestOf(name),
		Created: created, Expires: created.Add(time.Hour),
	}, revision)
}

func write[T any](c store.Collection[T], id string, v T, revision int64) store.Op {
	if revision == 0 {
		return c.Create(id, v)
	}
	return c.Replace(id, v, revision)
}

func deletion(s *store.Store, ref store.Ref, revision int64) store.Op {
	switch ref.Kind {
	case policy.KindClients:
		return s.Clients().Delete(ref.ID, revision)
	case policy.KindEmployees:
		return s.Employees().Delete(ref.ID, revision)
	case policy.KindGroups:
		return s.Groups().Delete(ref.ID, revision)
	case policy.KindProjects:
		return s.Projects().Delete(ref.ID, revision)
	}
	return s.Keys().Delete(ref.ID, revision)
}

func TestAnImportIsFollowed(t *testing.T) {
	s, _ := open(t)
	f := follow(t, feed.Config{Store: s})
	for i := range 3 {
		all, err := s.Everything(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var next store.Entities
		for j := range 250 {
			next.Groups = append(next.Groups, groupOf(fmt.Sprint(j), fmt.Sprint(i)))
		}
		done, err := s.Rewrite(t.Context(), store.Audit{Action: "import"}, nil, all.Since, next)
		if err != nil {
			t.Fatal(err)
		}
		f.wantEqual(t, s, done.Revision)
		f.wantEqual(t, s, commit(t, s, s.Groups().Create(fmt.Sprint("more", i), groupOf(fmt.Sprint("more", i), "x"))))
	}
}

func TestABrokenValueIsItsClientsAlone(t *testing.T) {
	s, prefix := open(t)
	f := follow(t, feed.Config{Store: s})
	for _, id := range []string{"1", "2", "3"} {
		commit(t, s, operation(s, store.Ref{Kind: policy.KindClients, ID: id}, 1, 0))
	}
	f.wantEqual(t, s, shared.Put(t, prefix+"live/g/1/clients/2", `{"v":1,"kind":"client","id":"2"}`))
	if got := inSnapshot(f.snapshot()); len(got.Clients) != 2 || !slices.Equal(got.Unreadable, []policy.ClientID{"2"}) {
		t.Errorf("got %+v", got)
	}
	f.wantEqual(t, s, shared.Delete(t, prefix+"live/g/1/clients/2"))
}

func TestARestoredStoreIsFollowed(t *testing.T) {
	s, prefix := open(t)
	f := follow(t, feed.Config{Store: s})
	f.waitFor(t, commit(t, s, s.Groups().Create("g", groupOf("g", "Design"))))
	token := f.Token(1)
	revision := shared.Put(t, prefix+"live/epoch",
		`{"v":1,"epoch":"0123456789abcdef","token_key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}`)
	f.wantEqual(t, s, revision)
	if f.Epoch() != "0123456789abcdef" {
		t.Errorf("epoch %s", f.Epoch())
	}
	_, err := f.ParseToken(token)
	wantCode(t, err, policy.EpochChanged)
}
