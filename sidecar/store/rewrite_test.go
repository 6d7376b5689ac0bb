package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
	"sightline.example/sidecar/store/storetest"
)

// since returns what names the state to Rewrite.
func since(t *testing.T, s *store.Store) int64 {
	t.Helper()
	all, err := s.Everything(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all.Since
}

// company is n groups whose names all have the same end.
func company(n int, name string) store.Entities {
	var all store.Entities
	for i := range n {
		id := fmt.Sprintf("g%04d", i)
		all.Groups = append(all.Groups, group(id, id+" "+name))
	}
	return all
}

// listing returns the names of all groups.
func listing(t *testing.T, s *store.Store) []string {
	t.Helper()
	page, err := s.Groups().List(t.Context(), "", store.MaxPage)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, item := range page.Items {
		names = append(names, item.Value.Name)
	}
	return names
}

func TestRewriteReplacesEverything(t *testing.T) {
	s := open(t)
	commit(t, s,
		s.Groups().Create("kept", group("kept", "old")),
		s.Groups().Create("left", group("left", "old")),
		s.Clients().Create("c", policy.Client{ID: "c", Name: "Ann", Email: "a@example.com", Status: policy.Active}),
		s.Keys().Create("k", key("k")))
	once := &store.Once{Key: "key", Fingerprint: "f", Result: []byte("answer")}
	at := since(t, s)
	all := store.Entities{
		Groups:    []policy.Group{group("kept", "new"), group("added", "new")},
		Employees: []policy.Employee{{ID: "e", Name: "Eve"}},
		Projects:  []policy.Project{{ID: "p", Name: "Website"}},
	}
	made, err := s.Rewrite(t.Context(), audit(), once, at, all)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"new", "new"}, listing(t, s)); diff != "" {
		t.Error(diff)
	}
	after, err := s.Everything(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Clients) != 0 || len(after.Employees) != 1 || len(after.Projects) != 1 || after.Since != made.Revision {
		t.Errorf("got %+v", after)
	}
	if diff := cmp.Diff([]store.Ref{{Kind: "clients", ID: "c"}, {Kind: "groups", ID: "left"}}, after.Gone); diff != "" {
		t.Error(diff)
	}
	if _, err := s.Keys().Get(t.Context(), "k"); err != nil {
		t.Errorf("the key is gone: %v", err)
	}
	if n, err := s.VerifyAudit(t.Context()); n != 2 || err != nil {
		t.Errorf("%d audit records (%v), want 2", n, err)
	}

	again, err := s.Rewrite(t.Context(), audit(), once, at, all)
	if err != nil || !again.Replayed || again.Revision != made.Revision || string(again.Result) != "answer" {
		t.Errorf("the repeat got %+v, %v", again, err)
	}
	shared.Catch(prefix(t)+"live/g/", func(func()) error {
		t.Error("it began to write what could not come through")
		return nil
	})
	_, err = s.Rewrite(t.Context(), audit(), nil, at, all)
	wantCode(t, err, policy.Conflict)
	_, err = s.Rewrite(t.Context(), audit(), nil, after.Since, store.Entities{Groups: []policy.Group{group("left", "back")}})
	wantCode(t, err, policy.Exists)
	_, err = s.Rewrite(t.Context(), audit(), nil, after.Since, store.Entities{Groups: []policy.Group{group("a", "x"), group("a", "y")}})
	wantCode(t, err, policy.Invalid)
}

func TestARewriteThatSomebodyCameBeforeDoesNothing(t *testing.T) {
	s := open(t)
	commit(t, s, s.Groups().Create("g", group("g", "old")))
	at := since(t, s)
	shared.Catch("/groups/g0000", func(execute func()) error {
		execute()
		commit(t, s, s.Groups().Create("h", group("h", "in between")))
		return nil
	})
	_, err := s.Rewrite(t.Context(), audit(), nil, at, company(150, "new"))
	wantCode(t, err, policy.Conflict)
	if diff := cmp.Diff([]string{"old", "in between"}, listing(t, s)); diff != "" {
		t.Error(diff)
	}
	// The tombstone that it left does not keep what lives from being kept.
	if _, err := s.Rewrite(t.Context(), audit(), nil, since(t, s), store.Entities{Groups: []policy.Group{group("g", "kept")}}); err != nil {
		t.Error(err)
	}
}

func TestAReaderNeverSeesAMixOfGenerations(t *testing.T) {
	const groups, rewrites = 250, 10
	s := open(t)
	if _, err := s.Rewrite(t.Context(), audit(), nil, 0, company(groups, "0")); err != nil {
		t.Fatal(err)
	}
	failed := make(chan error, 1)
	go func() {
		for i := range rewrites {
			all, err := s.Everything(t.Context())
			if err == nil {
				_, err = s.Rewrite(t.Context(), audit(), nil, all.Since, company(groups, fmt.Sprint(i)))
			}
			if err != nil {
				failed <- err
				return
			}
		}
		close(failed)
	}()
	for reading := true; reading; {
		select {
		case err := <-failed:
			if err != nil {
				t.Fatal(err)
			}
			reading = false
		default:
		}
		snapshot, err := s.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ends := map[string]int{}
		for _, c := range snapshot.Changes {
			_, end, _ := strings.Cut(c.Value.(*policy.Group).Name, " ")
			ends[end]++
		}
		if len(ends) != 1 || len(snapshot.Changes) != groups {
			t.Fatalf("one snapshot has %v", ends)
		}
	}
}

func TestAHalfWrittenRewriteIsNeverSeen(t *testing.T) {
	s := open(t)
	commit(t, s, s.Groups().Create("g", group("g", "old")))
	dead := fmt.Errorf("killed")
	part := make(chan func(), 1)
	shared.Catch("/groups/g0100", func(execute func()) error {
		part <- execute
		return dead
	})
	if _, err := s.Rewrite(t.Context(), audit(), nil, since(t, s), company(250, "new")); err == nil {
		t.Fatal("it came through")
	}
	if diff := cmp.Diff([]string{"old"}, listing(t, s)); diff != "" {
		t.Error(diff)
	}
	waitForKeys(t, "live/g/1/groups/g")
	// A part that arrives after all leaves nothing either.
	(<-part)()
	waitForKeys(t, "live/g/1/groups/g")
}

// waitForKeys returns when these keys of entities and rewrites are there, and no
// others.
func waitForKeys(t *testing.T, want ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	changes := shared.Client(t).Watch(ctx, prefix(t), clientv3.WithPrefix(), clientv3.WithCreatedNotify())
	diff := ""
	for range changes {
		var got []string
		for key := range shared.Values(t, prefix(t)) {
			key = strings.TrimPrefix(key, prefix(t))
			if strings.HasPrefix(key, "live/g/") || strings.HasPrefix(key, "staged/") {
				got = append(got, key)
			}
		}
		slices.Sort(got)
		if diff = cmp.Diff(want, got); diff == "" {
			return
		}
	}
	t.Fatal(diff)
}

func TestWhatARewriteLeftIsRemovedAtTheNextStart(t *testing.T) {
	s := open(t)
	commit(t, s, s.Groups().Create("g", group("g", "old")))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC()
	entity := `{"v":1,"kind":"group","id":"g","name":"half"}`
	for _, left := range []string{"unstaged", "old", "young"} {
		shared.Put(t, prefix(t)+"live/g/"+left+"/groups/g", entity)
	}
	shared.Put(t, prefix(t)+"staged/old", now.Add(-2*time.Hour).Format(time.RFC3339))
	shared.Put(t, prefix(t)+"staged/young", now.Format(time.RFC3339))
	open(t)
	waitForKeys(t, "live/g/1/groups/g", "live/g/young/groups/g", "staged/young")
}

func TestAPartOfARewriteThatGetsNoAnswerIsSentAgain(t *testing.T) {
	s := open(t)
	shared.Catch("/groups/g0100", func(execute func()) error {
		execute()
		return storetest.ErrLost
	})
	if _, err := s.Rewrite(t.Context(), audit(), nil, since(t, s), company(150, "new")); err != nil {
		t.Fatal(err)
	}
	if n := len(listing(t, s)); n != 150 {
		t.Errorf("%d groups, want 150", n)
	}
}

func TestARewriteThatWasGivenUpByOthersDoesNothing(t *testing.T) {
	for _, late := range []bool{false, true} {
		t.Run(fmt.Sprintf("after the last part %v", late), func(t *testing.T) {
			s := open(t)
			commit(t, s, s.Groups().Create("g", group("g", "old")))
			shared.Catch("/groups/g0100", func(execute func()) error {
				if late {
					execute()
				}
				for key := range shared.Values(t, prefix(t)+"staged/") {
					shared.Delete(t, key)
				}
				if !late {
					execute()
				}
				return nil
			})
			_, err := s.Rewrite(t.Context(), audit(), nil, since(t, s), company(150, "new"))
			wantCode(t, err, policy.Conflict)
			if diff := cmp.Diff([]string{"old"}, listing(t, s)); diff != "" {
				t.Error(diff)
			}
			waitForKeys(t, "live/g/1/groups/g")
		})
	}
}
