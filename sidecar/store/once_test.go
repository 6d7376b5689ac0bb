package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

func TestParallelRepeatsHaveOneEffect(t *testing.T) {
	stores := []*store.Store{open(t), open(t)}
	var made, replayed atomic.Int32
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			s := stores[i%2]
			id := fmt.Sprintf("g%d", i)
			once := store.Once{Key: "key", Fingerprint: "f", Result: []byte(id)}
			done, err := s.Commit(t.Context(), audit(), &once, s.Groups().Create(id, group(id, "Design")))
			switch {
			case err != nil:
				t.Error(err)
			case done.Replayed:
				replayed.Add(1)
				if _, err := s.Groups().Get(t.Context(), string(done.Result)); err != nil {
					t.Errorf("the result of no commit: %s", done.Result)
				}
			default:
				made.Add(1)
			}
		})
	}
	all.Wait()
	if made.Load() != 1 || replayed.Load() != 49 {
		t.Errorf("made %d times, replayed %d times", made.Load(), replayed.Load())
	}
	page, err := stores[0].Groups().List(t.Context(), "", 100)
	if err != nil || len(page.Items) != 1 {
		t.Errorf("%d groups, want 1: %v", len(page.Items), err)
	}
	if n, err := stores[0].VerifyAudit(t.Context()); n != 1 || err != nil {
		t.Errorf("%d audit records (%v), want 1", n, err)
	}
}

func TestAKeyStandsForOneRequest(t *testing.T) {
	s := open(t)
	first := store.Once{Key: "key", Fingerprint: "f", Result: []byte("answer")}
	if _, found, err := s.Replay(t.Context(), first); found || err != nil {
		t.Fatalf("found %v, %v", found, err)
	}
	made, err := s.Commit(t.Context(), audit(), &first, s.Groups().Create("g", group("g", "Design")))
	if err != nil {
		t.Fatal(err)
	}
	done, found, err := s.Replay(t.Context(), store.Once{Key: "key", Fingerprint: "f"})
	if err != nil || !found || done.Revision != made.Revision || string(done.Result) != "answer" {
		t.Errorf("got %+v, %v, %v", done, found, err)
	}
	other := store.Once{Key: "key", Fingerprint: "another"}
	_, _, err = s.Replay(t.Context(), other)
	wantCode(t, err, policy.KeyReused)
	_, err = s.Commit(t.Context(), audit(), &other, s.Groups().Create("g2", group("g2", "Sales")))
	wantCode(t, err, policy.KeyReused)
}

func TestRecordsOfRequestsAreRemovedAfterADay(t *testing.T) {
	s := open(t)
	commit(t, s, s.Groups().Create("g1", group("g1", "Design")))
	commit(t, s, s.Groups().Create("g2", group("g2", "Design")))
	answer, err := shared.Client(t).Get(t.Context(), prefix(t)+"idempotency/", clientv3.WithPrefix())
	if err != nil || len(answer.Kvs) != 2 || answer.Kvs[0].Lease != answer.Kvs[1].Lease {
		t.Fatalf("got %v, %v", answer, err)
	}
	lease, err := shared.Client(t).TimeToLive(t.Context(), clientv3.LeaseID(answer.Kvs[0].Lease))
	if err != nil || lease.GrantedTTL != 25*60*60 {
		t.Errorf("got %+v, %v", lease, err)
	}
}

func TestALostLeaseIsReplaced(t *testing.T) {
	s := open(t)
	commit(t, s, s.Groups().Create("g1", group("g1", "Design")))
	answer, err := shared.Client(t).Get(t.Context(), prefix(t)+"idempotency/", clientv3.WithPrefix())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := shared.Client(t).Revoke(t.Context(), clientv3.LeaseID(answer.Kvs[0].Lease)); err != nil {
		t.Fatal(err)
	}
	commit(t, s, s.Groups().Create("g2", group("g2", "Design")))
	if n, err := s.VerifyAudit(t.Context()); n != 2 || err != nil {
		t.Errorf("%d audit records, %v", n, err)
	}
}
