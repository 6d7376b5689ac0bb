package store_test

import (
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
	"sightline.example/sidecar/store/storetest"
)

// watching is a watch under way.
type watching struct {
	t    *testing.T
	next func() (store.Batch, error, bool)
}

func watch(t *testing.T, s *store.Store) watching {
	t.Helper()
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	next, stop := iter.Pull2(s.Watch(ctx, snapshot))
	t.Cleanup(func() {
		cancel()
		stop()
	})
	return watching{t, next}
}

// batch returns the next revision that changed something, or the error.
func (w watching) batch() (store.Batch, error) {
	w.t.Helper()
	for {
		b, err, ok := w.next()
		if !ok {
			w.t.Fatal("the watch is over")
		}
		if err != nil || len(b.Changes) > 0 {
			return b, err
		}
	}
}

func TestWatchGivesWholeRevisions(t *testing.T) {
	s := open(t)
	w := watch(t, s)
	one := commit(t, s, s.Groups().Create("a", group("a", "A")), s.Groups().Create("b", group("b", "B")))
	two := commit(t, s, s.Groups().Delete("a", one.Revision), s.Groups().Replace("b", group("b", "BB"), one.Revision))
	want := []store.Batch{
		{Revision: one.Revision, Changes: []policy.Change{
			{Kind: policy.KindGroups, ID: "a", Value: &policy.Group{ID: "a", Name: "A"}, Revision: one.Revision},
			{Kind: policy.KindGroups, ID: "b", Value: &policy.Group{ID: "b", Name: "B"}, Revision: one.Revision},
		}},
		{Revision: two.Revision, Changes: []policy.Change{
			{Kind: policy.KindGroups, ID: "a", Revision: two.Revision},
			{Kind: policy.KindGroups, ID: "b", Value: &policy.Group{ID: "b", Name: "BB"}, Revision: two.Revision},
		}},
	}
	for _, want := range want {
		got, err := w.batch()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWatchMarksWhatCantBeRead(t *testing.T) {
	s := open(t)
	w := watch(t, s)
	revision := shared.Put(t, prefix(t)+"live/g/1/clients/c", `{"v":2}`)
	got, err := w.batch()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]policy.Change{{Kind: policy.KindClients, ID: "c", Unreadable: true, Revision: revision}}, got.Changes); diff != "" {
		t.Error(diff)
	}
	if len(got.Unreadable) != 1 || got.Unreadable[0].Revision != revision || !errors.Is(got.Unreadable[0], store.ErrUnreadable) {
		t.Errorf("got %v", got.Unreadable)
	}
}

func TestWatchTellsOfProgress(t *testing.T) {
	s := open(t)
	w := watch(t, s)
	done := commit(t, s, s.Groups().Create("a", group("a", "A")))
	if _, err := w.batch(); err != nil {
		t.Fatal(err)
	}
	revision := shared.Put(t, "/elsewhere", "")
	if revision <= done.Revision {
		t.Fatal("nothing happened elsewhere")
	}
	if err := s.RequestProgress(t.Context()); err != nil {
		t.Fatal(err)
	}
	b, err, _ := w.next()
	if err != nil || b.Revision < revision || len(b.Changes) > 0 {
		t.Errorf("got %+v, %v; want revision %d", b, err, revision)
	}
}

func TestWatchEndsWhenTheStoreIsAnother(t *testing.T) {
	epoch := `{"v":1,"epoch":"0123456789abcdef","token_key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}`
	for key, value := range map[string]string{"live/epoch": epoch, "live/generation": "2"} {
		t.Run(key, func(t *testing.T) {
			s := open(t)
			w := watch(t, s)
			shared.Put(t, prefix(t)+key, value)
			if b, err := w.batch(); !errors.Is(err, store.ErrResync) {
				t.Errorf("got %+v, %v", b, err)
			}
		})
	}
}

func TestWatchEndsWhenHistoryIsGone(t *testing.T) {
	c := storetest.Start(t)
	s := c.Open(t, "/s/")
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, s.Groups().Create("a", group("a", "A")))
	commit(t, s, s.Groups().Create("b", group("b", "B")))
	c.Compact(t)
	for b, err := range s.Watch(t.Context(), snapshot) {
		if err == nil {
			t.Errorf("got %+v of a history that is gone", b)
			continue
		}
		if !errors.Is(err, store.ErrResync) {
			t.Errorf("got %v", err)
		}
	}
}

func TestSnapshotIsReadInPages(t *testing.T) {
	s := open(t)
	commit(t, s, s.Keys().Create("k", key("k")))
	if _, err := s.Rewrite(t.Context(), audit(), nil, since(t, s), company(1201, "x")); err != nil {
		t.Fatal(err)
	}
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range snapshot.Changes {
		seen[string(c.Kind)+"/"+c.ID] = true
	}
	if len(snapshot.Changes) != 1202 || len(seen) != 1202 {
		t.Errorf("%d changes of %d entities, want 1202", len(snapshot.Changes), len(seen))
	}
}

func TestHeadKnowsTheNewestRevisionAndTheEpoch(t *testing.T) {
	s := open(t)
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	done := commit(t, s, s.Groups().Create("a", group("a", "A")))
	revision, epoch, err := s.Head(t.Context())
	if err != nil || revision < done.Revision || epoch != snapshot.Epoch.ID {
		t.Errorf("got %d, %x, %v", revision, epoch, err)
	}
	other, err := shared.Open(t, prefix(t)+"other/").Snapshot(t.Context())
	if err != nil || other.Epoch.ID == epoch || string(other.Epoch.TokenKey) == string(snapshot.Epoch.TokenKey) {
		t.Errorf("two stores are the same: %v, %v", other.Epoch, err)
	}
}
