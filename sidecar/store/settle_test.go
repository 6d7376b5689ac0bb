package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
	"sightline.example/sidecar/store/storetest"
)

func TestACommitWhoseAnswerIsLostIsFoundOut(t *testing.T) {
	s := open(t)
	for i := range 20 {
		id := fmt.Sprintf("g%d", i)
		var once *store.Once
		if i%2 == 0 {
			once = &store.Once{Key: id, Fingerprint: "f", Result: []byte(id)}
		}
		shared.Catch(prefix(t)+"live/g/1/groups/"+id, func(execute func()) error {
			execute()
			return storetest.ErrLost
		})
		done, err := s.Commit(t.Context(), audit(), once, s.Groups().Create(id, group(id, "Design")))
		if err != nil || done.Replayed {
			t.Fatalf("%s: got %+v, %v", id, done, err)
		}
		if v, err := s.Groups().Get(t.Context(), id); err != nil || v.Revision != done.Revision {
			t.Errorf("%s is at %d (%v), the commit said %d", id, v.Revision, err, done.Revision)
		}
	}
	if n, err := s.VerifyAudit(t.Context()); n != 20 || err != nil {
		t.Errorf("%d audit records (%v), want 20", n, err)
	}
}

func TestACommitWhoseCallerIsGoneIsFoundOut(t *testing.T) {
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	shared.Catch(prefix(t)+"live/g/1/groups/g", func(execute func()) error {
		execute()
		cancel()
		return nil
	})
	done, err := s.Commit(ctx, audit(), nil, s.Groups().Create("g", group("g", "Design")))
	if err != nil {
		t.Fatal(err)
	}
	if v, err := s.Groups().Get(t.Context(), "g"); err != nil || v.Revision != done.Revision {
		t.Errorf("got %+v, %v", v, err)
	}
}

func TestACommitThatWasGivenUpDoesNothingWhenItArrives(t *testing.T) {
	s := open(t)
	once := &store.Once{Key: "key", Fingerprint: "f", Result: []byte("answer")}
	create := func() (store.Commit, error) {
		return s.Commit(t.Context(), audit(), once, s.Groups().Create("g", group("g", "Design")))
	}
	late := make([]func(), 2)
	for i := range late {
		shared.Catch(prefix(t)+"live/g/1/groups/g", func(execute func()) error {
			late[i] = execute
			return storetest.ErrLost
		})
		_, err := create()
		wantCode(t, err, policy.Unavailable)
	}
	for _, arrive := range late {
		arrive()
	}
	_, err := s.Groups().Get(t.Context(), "g")
	wantCode(t, err, policy.NotFound)

	// The key is as good as new.
	if _, found, err := s.Replay(t.Context(), *once); found || err != nil {
		t.Fatalf("found %v, %v", found, err)
	}
	if done, err := create(); err != nil || done.Replayed {
		t.Fatalf("got %+v, %v", done, err)
	}
	if n, err := s.VerifyAudit(t.Context()); n != 1 || err != nil {
		t.Errorf("%d audit records (%v), want 1", n, err)
	}
}

func TestAnOutcomeThatCantBeFoundOutIsToldAsSuch(t *testing.T) {
	line := storetest.NewProxy(t, shared.Endpoint())
	s := shared.OpenThrough(t, line, prefix(t))
	once := &store.Once{Key: "key", Fingerprint: "f", Result: []byte("answer")}
	shared.Catch(prefix(t)+"live/g/1/groups/g", func(execute func()) error {
		execute()
		line.Hold()
		return nil
	})
	create := func() (store.Commit, error) {
		return s.Commit(t.Context(), audit(), once, s.Groups().Create("g", group("g", "Design")))
	}
	started := time.Now()
	_, err := create()
	took := time.Since(started)
	wantCode(t, err, policy.Unavailable)
	e, _ := errors.AsType[*policy.Error](err)
	if e.Message != "the outcome is unknown; repeat the request with the same Idempotency-Key" {
		t.Errorf("got %s", e.Message)
	}
	if took > 9*time.Second {
		t.Errorf("it took %v to say so", took)
	}
	line.Release()
	done, err := create()
	if err != nil || !done.Replayed || string(done.Result) != "answer" {
		t.Errorf("the repeat got %+v, %v", done, err)
	}
}

func TestAFullStoreIsToldAsSuch(t *testing.T) {
	full := status.Error(codes.ResourceExhausted, "etcdserver: mvcc: database space exceeded")
	for _, applied := range []bool{false, true} {
		t.Run(fmt.Sprintf("applied %v", applied), func(t *testing.T) {
			s := open(t)
			shared.Catch(prefix(t)+"live/g/1/groups/g", func(execute func()) error {
				if applied {
					execute()
				}
				return full
			})
			shared.Catch(prefix(t)+"idempotency/", func(func()) error { return full })
			_, err := s.Commit(t.Context(), audit(), nil, s.Groups().Create("g", group("g", "Design")))
			if applied && err != nil {
				t.Error(err)
			}
			if !applied {
				wantCode(t, err, policy.StoreFull)
			}
		})
	}
}
