package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

func TestCollections(t *testing.T) {
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	t.Run("clients", func(t *testing.T) {
		testCollection(t, (*store.Store).Clients, func(id, name string) policy.Client {
			return policy.Client{
				ID: policy.ClientID(id), Name: name, Email: "a@example.com", Status: policy.Active,
				Scope: policy.Scope{Groups: []policy.GroupID{"g1"}, Screencasts: true, From: &day},
			}
		})
	})
	t.Run("employees", func(t *testing.T) {
		testCollection(t, (*store.Store).Employees, func(id, name string) policy.Employee {
			return policy.Employee{ID: policy.EmployeeID(id), Name: name, Projects: []policy.ProjectID{"p1"}}
		})
	})
	t.Run("groups", func(t *testing.T) { testCollection(t, (*store.Store).Groups, group) })
	t.Run("projects", func(t *testing.T) {
		testCollection(t, (*store.Store).Projects, func(id, name string) policy.Project {
			return policy.Project{ID: policy.ProjectID(id), Name: name}
		})
	})
	t.Run("keys", func(t *testing.T) {
		testCollection(t, (*store.Store).Keys, func(id, name string) policy.Key {
			return policy.Key{
				ID: policy.KeyID(id), Name: name, Role: policy.RoleApp, Digest: policy.DigestOf(id),
				Created: day, Expires: day.Add(time.Hour),
			}
		})
	})
}

// testCollection holds one collection to what all of them promise.
func testCollection[T any](t *testing.T, of func(*store.Store) store.Collection[T], entity func(id, name string) T) {
	tests := []struct {
		name string
		run  func(t *testing.T, s *store.Store, c store.Collection[T])
	}{
		{"what is created is found at its revision", func(t *testing.T, s *store.Store, c store.Collection[T]) {
			done := commit(t, s, c.Create("a", entity("a", "Ann")))
			got, err := c.Get(t.Context(), "a")
			if err != nil {
				t.Fatal(err)
			}
			want := store.Versioned[T]{Value: entity("a", "Ann"), Revision: done.Revision}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		}},
		{"what is not there is not found", func(t *testing.T, s *store.Store, c store.Collection[T]) {
			_, err := c.Get(t.Context(), "a")
			wantCode(t, err, policy.NotFound)
			_, err = s.Commit(t.Context(), audit(), nil, c.Replace("a", entity("a", "Ann"), 1))
			wantCode(t, err, policy.NotFound)
			_, err = s.Commit(t.Context(), audit(), nil, c.Delete("a", 1))
			wantCode(t, err, policy.NotFound)
		}},
		{"an id is taken once", func(t *testing.T, s *store.Store, c store.Collection[T]) {
			commit(t, s, c.Create("a", entity("a", "Ann")))
			_, err := s.Commit(t.Context(), audit(), nil, c.Create("a", entity("a", "Eve")))
			wantCode(t, err, policy.Exists)
		}},
		{"a deleted id is never used again", func(t *testing.T, s *store.Store, c store.Collection[T]) {
			done := commit(t, s, c.Create("a", entity("a", "Ann")))
			commit(t, s, c.Delete("a", done.Revision))
			_, err := c.Get(t.Context(), "a")
			wantCode(t, err, policy.NotFound)
			_, err = s.Commit(t.Context(), audit(), nil, c.Create("a", entity("a", "Eve")))
			wantCode(t, err, policy.Exists)
		}},
		{"a replacement needs the current revision", func(t *testing.T, s *store.Store, c store.Collection[T]) {
			first := commit(t, s, c.Create("a", entity("a", "Ann")))
			second := commit(t, s, c.Replace("a", entity("a", "Anna"), first.Revision))
			_, err := s.Commit(t.Context(), audit(), nil, c.Replace("a", entity("a", "Eve"), first.Revision))
			wantCode(t, err, policy.Stale)
			_, err = s.Commit(t.Context(), audit(), nil, c.Delete("a", first.Revision))
			wantCode(t, err, policy.Stale)
			got, err := c.Get(t.Context(), "a")
			if err != nil || got.Revision != second.Revision {
				t.Errorf("at revision %d (%v), want %d", got.Revision, err, second.Revision)
			}
		}},
		{"an entity that its own checks refuse is not stored", func(t *testing.T, s *store.Store, c store.Collection[T]) {
			_, err := s.Commit(t.Context(), audit(), nil, c.Create("a", entity("a", "")))
			wantCode(t, err, policy.Invalid)
			_, err = s.Commit(t.Context(), audit(), nil, c.Create("a", entity("b", "Bob")))
			wantCode(t, err, policy.Invalid)
		}},
		{"a list comes in pages by id", func(t *testing.T, s *store.Store, c store.Collection[T]) {
			for _, id := range []string{"d", "a", "c", "b", "aa"} {
				commit(t, s, c.Create(id, entity(id, "name of "+id)))
			}
			var names [][]T
			for after := ""; ; {
				page, err := c.List(t.Context(), after, 2)
				if err != nil {
					t.Fatal(err)
				}
				var values []T
				for _, item := range page.Items {
					values = append(values, item.Value)
				}
				names = append(names, values)
				if after = page.Next; after == "" {
					break
				}
			}
			of := func(id string) T { return entity(id, "name of "+id) }
			want := [][]T{{of("a"), of("aa")}, {of("b"), of("c")}, {of("d")}}
			if diff := cmp.Diff(want, names); diff != "" {
				t.Error(diff)
			}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			test.run(t, s, of(s))
		})
	}
}

func TestContendedUpdatesAreNotLost(t *testing.T) {
	const writers, updates = 32, 10
	stores := []*store.Store{open(t), open(t)}
	commit(t, stores[0], stores[0].Employees().Create("e", policy.Employee{ID: "e", Name: "Ann"}))
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			for j := range updates {
				_, err := stores[i%2].Employees().Update(t.Context(), audit(), "e", func(e *policy.Employee) error {
					e.Groups = append(e.Groups, policy.GroupID(fmt.Sprintf("g%d-%d", i, j)))
					return nil
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	got, err := stores[1].Employees().Get(t.Context(), "e")
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Value.Groups) != writers*updates {
		t.Errorf("%d updates were kept, want %d", len(got.Value.Groups), writers*updates)
	}
}

func TestUpdateTellsBeforeAndAfter(t *testing.T) {
	s := open(t)
	e := policy.Employee{ID: "e", Name: "Ann", Groups: []policy.GroupID{"g1", "g2"}}
	commit(t, s, s.Employees().Create("e", e))
	_, err := s.Employees().Update(t.Context(), audit(), "e", func(e *policy.Employee) error {
		e.Groups[0] = "g3"
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.AuditRecords(t.Context(), 1, 10)
	records := page.Items
	if err != nil || len(records) != 1 {
		t.Fatalf("%d records: %v", len(records), err)
	}
	got := []string{string(records[0].Before), string(records[0].After)}
	want := []string{
		`{"id":"e","name":"Ann","groups":["g1","g2"]}`,
		`{"id":"e","name":"Ann","groups":["g3","g2"]}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUpdateEndsWithTheErrorOfTheChange(t *testing.T) {
	s := open(t)
	commit(t, s, s.Groups().Create("g", group("g", "Design")))
	refusal := errors.New("no")
	_, err := s.Groups().Update(t.Context(), audit(), "g", func(*policy.Group) error { return refusal })
	if !errors.Is(err, refusal) {
		t.Errorf("got %v", err)
	}
}

func TestOnlyTheValueThatIsBrokenIsUnreadable(t *testing.T) {
	s := open(t)
	for _, id := range []string{"a", "b", "c"} {
		commit(t, s, s.Groups().Create(id, group(id, "Design")))
	}
	revision := shared.Put(t, prefix(t)+"live/g/1/groups/b", `{"v":1,`)

	_, err := s.Groups().Get(t.Context(), "b")
	broken, ok := errors.AsType[*store.Unreadable](err)
	if !ok || broken.Revision != revision || !errors.Is(err, store.ErrUnreadable) {
		t.Fatalf("got %v", err)
	}
	wantCode(t, err, policy.Internal)
	page, err := s.Groups().List(t.Context(), "", 10)
	if err != nil || len(page.Items) != 2 || !slices.Equal(page.Unreadable, []string{"b"}) {
		t.Fatalf("got %+v, %v", page, err)
	}

	commit(t, s, s.Groups().Replace("b", group("b", "Mended"), broken.Revision))
	if got, err := s.Groups().Get(t.Context(), "b"); err != nil || got.Value.Name != "Mended" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestReadsGoOnWhileGenerationsChange(t *testing.T) {
	s := open(t)
	commit(t, s, s.Groups().Create("g", group("g", "0")))
	done := make(chan error, 1)
	go func() {
		for i := range 20 {
			all, err := s.Everything(t.Context())
			if err == nil {
				_, err = s.Rewrite(t.Context(), audit(), nil, all.Since, store.Entities{
					Groups: []policy.Group{group("g", fmt.Sprint(i))},
				})
			}
			if err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			return
		default:
			if _, err := s.Groups().Get(t.Context(), "g"); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestKeepHoldsAChangeToTheVersionOfAnotherEntity(t *testing.T) {
	s := open(t)
	made, err := s.Touch(t.Context(), s.Groups().Create("design", policy.Group{ID: "design", Name: "Design"}))
	if err != nil {
		t.Fatal(err)
	}
	put := func(name string, revision int64) error {
		group := policy.Group{ID: policy.GroupID(name), Name: name}
		_, err := s.Touch(t.Context(), s.Groups().Create(name, group), s.Groups().Keep("design", revision))
		return err
	}
	if err := put("a", made); err != nil {
		t.Error(err)
	}
	for name, revision := range map[string]int64{"b": made - 1, "c": made + 1} {
		if err := put(name, revision); policy.CodeOf(err) != policy.Stale {
			t.Errorf("at %d, not %d: %v", revision, made, err)
		}
	}
	got, err := s.Groups().Get(t.Context(), "design")
	if err != nil || got.Revision != made {
		t.Errorf("it stands at %d (%v), not at %d", got.Revision, err, made)
	}
	if _, err := s.Touch(t.Context(), s.Groups().Delete("design", made)); err != nil {
		t.Fatal(err)
	}
	if err := put("d", made); policy.CodeOf(err) != policy.NotFound {
		t.Errorf("after its deletion: %v", err)
	}
}
