package store_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

func TestACommitIsOneRevisionWithOneAuditRecord(t *testing.T) {
	s := open(t)
	done := commit(t, s, s.Groups().Create("g1", group("g1", "Design")), s.Groups().Create("g2", group("g2", "Sales")))
	answer, err := shared.Client(t).Get(t.Context(), prefix(t), clientv3.WithPrefix(), clientv3.WithMinModRev(done.Revision), clientv3.WithKeysOnly())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, kv := range answer.Kvs {
		key := strings.TrimPrefix(string(kv.Key), prefix(t))
		if strings.HasPrefix(key, "idempotency/") {
			key = "idempotency/"
		}
		got = append(got, fmt.Sprintf("%s %v", key, kv.ModRevision == done.Revision))
	}
	want := []string{
		"audit/00000000000000000001 true",
		"audit/head true",
		"idempotency/ true",
		"live/g/1/groups/g1 true",
		"live/g/1/groups/g2 true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestACommitIsAllOrNothing(t *testing.T) {
	s := open(t)
	commit(t, s, s.Groups().Create("taken", group("taken", "Design")))
	_, err := s.Commit(t.Context(), audit(), nil,
		s.Groups().Create("new", group("new", "Sales")), s.Groups().Create("taken", group("taken", "Design")))
	wantCode(t, err, policy.Exists)
	_, err = s.Groups().Get(t.Context(), "new")
	wantCode(t, err, policy.NotFound)
	if n, err := s.VerifyAudit(t.Context()); n != 1 || err != nil {
		t.Errorf("%d audit records (%v), want 1", n, err)
	}
}

func TestACommitIsLimited(t *testing.T) {
	s := open(t)
	many := func(n, size int) []store.Op {
		var ops []store.Op
		for i := range n {
			id := fmt.Sprintf("%s-%d-%d", t.Name(), n, i)
			e := policy.Employee{ID: policy.EmployeeID(id), Name: "Ann"}
			for j := range size {
				e.Groups = append(e.Groups, policy.GroupID(fmt.Sprintf("%0100d", j)))
			}
			ops = append(ops, s.Employees().Create(id, e))
		}
		return ops
	}
	commit(t, s, many(store.MaxOps, 0)...)
	_, err := s.Commit(t.Context(), audit(), nil, many(store.MaxOps+1, 0)...)
	wantCode(t, err, policy.TooLarge)
	commit(t, s, many(9, 1000)...)
	_, err = s.Commit(t.Context(), audit(), nil, many(11, 1000)...)
	wantCode(t, err, policy.TooLarge)
}

func TestSixtyDeletionsFitIntoOneCommit(t *testing.T) {
	s := open(t)
	var creations, deletions []store.Op
	for i := range store.MaxOps {
		id := fmt.Sprint(i)
		creations = append(creations, s.Groups().Create(id, group(id, "Design")))
	}
	done := commit(t, s, creations...)
	for i := range store.MaxOps {
		deletions = append(deletions, s.Groups().Delete(fmt.Sprint(i), done.Revision))
	}
	commit(t, s, deletions...)
}

func TestCommitAtRefusesWhatWasDecidedOnAnOlderState(t *testing.T) {
	s := open(t)
	all, err := s.Everything(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, s.Keys().Create("k", key("k")))
	_, err = s.CommitAt(t.Context(), all.Since, audit(), nil, s.Groups().Create("g", group("g", "Design")))
	wantCode(t, err, policy.Conflict)
	if all, err = s.Everything(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err = s.CommitAt(t.Context(), all.Since, audit(), nil, s.Groups().Create("g", group("g", "Design"))); err != nil {
		t.Error(err)
	}
}

func TestACommitDoesNotWaitForOthersLongerThanItsCaller(t *testing.T) {
	s := open(t)
	busy, release := make(chan struct{}), make(chan struct{})
	shared.Catch(prefix(t)+"live/g/1/groups/slow", func(execute func()) error {
		close(busy)
		<-release
		execute()
		return nil
	})
	first := make(chan error, 1)
	go func() {
		_, err := s.Commit(t.Context(), audit(), nil, s.Groups().Create("slow", group("slow", "Design")))
		first <- err
	}()
	<-busy
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	started := time.Now()
	_, err := s.Commit(ctx, audit(), nil, s.Groups().Create("g", group("g", "Design")))
	wantCode(t, err, policy.Unavailable)
	if took := time.Since(started); took > time.Second {
		t.Errorf("it took %v", took)
	}
	select {
	case err := <-first:
		t.Fatalf("the second waited for the first: %v", err)
	default:
	}
	close(release)
	if err := <-first; err != nil {
		t.Error(err)
	}
}

func TestCommitsOfSeveralSidecarsAreOneChain(t *testing.T) {
	const sidecars, commits = 4, 25
	stores := make([]*store.Store, sidecars)
	var all sync.WaitGroup
	for i := range stores {
		stores[i] = open(t)
		all.Go(func() {
			for j := range commits {
				id := fmt.Sprintf("g%d-%d", i, j)
				_, err := stores[i].Commit(t.Context(), audit(), nil, stores[i].Groups().Create(id, group(id, "Design")))
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n, err := stores[0].VerifyAudit(t.Context()); n != sidecars*commits || err != nil {
		t.Errorf("%d audit records (%v), want %d", n, err, sidecars*commits)
	}
}

func key(id string) policy.Key {
	created := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	return policy.Key{
		ID: policy.KeyID(id), Name: "app", Role: policy.RoleApp, Digest: policy.DigestOf(id),
		Created: created, Expires: created.Add(time.Hour),
	}
}
