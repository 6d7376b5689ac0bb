package store_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	chain "sightline.example/sidecar/audit"
	"sightline.example/sidecar/store"
)

// about is the audit entry of a change of a client.
func about(id string) store.Audit {
	a := audit()
	a.Kind, a.ID = "clients", id
	a.After = json.RawMessage(`{"id":"` + id + `","name":"Canary ` + id + `","email":"canary@` + id + `.example","status":"active"}`)
	return a
}

func mustCommit(t *testing.T, s *store.Store, a store.Audit, ops ...store.Op) {
	t.Helper()
	if _, err := s.Commit(t.Context(), a, nil, ops...); err != nil {
		t.Fatal(err)
	}
}

func records(t *testing.T, s *store.Store) []chain.Record {
	t.Helper()
	page, err := s.AuditRecords(t.Context(), 0, store.MaxPage)
	if err != nil {
		t.Fatal(err)
	}
	return page.Items
}

// canaries returns the keys of values in which something of a client stands in
// the clear.
func canaries(t *testing.T) []string {
	t.Helper()
	var keys []string
	for key, value := range shared.Values(t, prefix(t)) {
		if strings.Contains(strings.ToLower(value), "canary") {
			keys = append(keys, strings.TrimPrefix(key, prefix(t)))
		}
	}
	return keys
}

func TestWhatAuditRecordsTellOfClientsIsSealed(t *testing.T) {
	s := open(t)
	signIn := audit()
	signIn.Actor = chain.ActorOf(policy.Caller{Type: policy.SubjectClient, ID: "acme", Name: "Canary", From: "canary"})
	signIn.Personal = &chain.Personal{Person: "acme", Data: json.RawMessage(`"canary"`)}
	want := []store.Audit{about("acme"), about("bolt"), signIn, audit()}
	for _, a := range want {
		mustCommit(t, s, a)
	}
	if found := canaries(t); len(found) > 0 {
		t.Errorf("in the clear in %v", found)
	}
	for i, r := range records(t, s) {
		if diff := cmp.Diff(want[i], r.Entry); diff != "" || r.Erased || r.Sealed != nil {
			t.Errorf("record %d: %s", r.Seq, diff)
		}
	}
	if _, ok := shared.Values(t, prefix(t))[prefix(t)+"people/acme"]; !ok {
		t.Error("acme has no key")
	}
}

func TestEveryPersonHasOneKeyWhoeverWritesFirst(t *testing.T) {
	const sidecars, commits = 4, 10
	var all sync.WaitGroup
	stores := make([]*store.Store, sidecars)
	for i := range stores {
		stores[i] = open(t)
		all.Go(func() {
			for range commits {
				if _, err := stores[i].Commit(t.Context(), about("acme"), nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	got := records(t, stores[0])
	if len(got) != sidecars*commits {
		t.Errorf("there are %d records", len(got))
	}
	for _, r := range got {
		if diff := cmp.Diff(about("acme"), r.Entry); diff != "" {
			t.Errorf("record %d: %s", r.Seq, diff)
		}
	}
}

func TestErasureTakesAPersonOutOfTheLog(t *testing.T) {
	s := open(t)
	c := policy.Client{ID: "acme", Name: "Canary", Email: "canary@acme.example", Status: policy.Active}
	mustCommit(t, s, about("acme"), s.Clients().Create("acme", c))
	mustCommit(t, s, about("bolt"))
	stored, err := s.Clients().Get(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	erase := about("acme") // tells more than it should
	erase.Action = "erase"
	done, err := s.Erase(t.Context(), erase, nil, "acme", s.Clients().Delete("acme", stored.Revision))
	if err != nil {
		t.Fatal(err)
	}
	got := records(t, s)
	if len(got) != 3 || !got[0].Erased || got[1].Erased || got[2].Revision != done.Revision {
		t.Fatalf("got %+v", got)
	}
	const gone = `{"id":"acme","name":null,"email":null,"status":"active"}`
	if string(got[0].After) != gone || string(got[2].After) != gone || got[2].Action != "erase" {
		t.Errorf("the records show %s and %s", got[0].After, got[2].After)
	}
	if diff := cmp.Diff(about("bolt"), got[1].Entry); diff != "" {
		t.Error(diff)
	}
	values := shared.Values(t, prefix(t))
	if got := values[prefix(t)+"people/acme"]; got != `{"v":1,"erased":true}` {
		t.Errorf("the key became %s", got)
	}
	if found := canaries(t); len(found) > 0 {
		t.Errorf("in the clear in %v", found)
	}
	if n, err := s.VerifyAudit(t.Context()); n != 3 || err != nil {
		t.Errorf("%d records, %v", n, err)
	}
}

func TestErasureIsAllOrNothing(t *testing.T) {
	s := open(t)
	mustCommit(t, s, about("acme"))
	_, err := s.Erase(t.Context(), audit(), nil, "acme", s.Clients().Delete("acme", 1))
	wantCode(t, err, policy.NotFound)
	if got := records(t, s); len(got) != 1 || got[0].Erased {
		t.Errorf("got %+v", got)
	}
	_, err = s.Erase(t.Context(), audit(), nil, "../keys")
	wantCode(t, err, policy.Invalid)
	_, err = s.Erase(t.Context(), audit(), nil, "nobody")
	if err != nil {
		t.Errorf("of nobody: %v", err)
	}
}

// TestAnErasureWinsAgainstARecordOnItsWay erases a person while a record about
// them is being written with the old key.
func TestAnErasureWinsAgainstARecordOnItsWay(t *testing.T) {
	s, other := open(t), open(t)
	mustCommit(t, s, about("acme"))
	shared.Catch(prefix(t)+auditKey(2), func(execute func()) error {
		if _, err := other.Erase(t.Context(), audit(), nil, "acme"); err != nil {
			t.Error(err)
		}
		execute()
		return nil
	})
	mustCommit(t, s, about("acme"))
	got := records(t, s)
	if len(got) != 3 || !got[0].Erased || string(got[2].After) != `{"id":"acme","name":null,"email":null,"status":"active"}` {
		t.Fatalf("got %+v", got)
	}
	if found := canaries(t); len(found) > 0 {
		t.Errorf("in the clear in %v", found)
	}
}

func TestAPersonsKeyIsGolden(t *testing.T) {
	s := open(t)
	key := chain.Key([]byte("0123456789abcdef0123456789abcdef"))
	shared.Put(t, prefix(t)+"people/acme", `{"v":1,"key":"`+base64.StdEncoding.EncodeToString(key[:])+`"}`)
	mustCommit(t, s, about("acme"))
	var r chain.Record
	if err := json.Unmarshal([]byte(shared.Values(t, prefix(t))[prefix(t)+auditKey(1)]), &r); err != nil {
		t.Fatal(err)
	}
	if err := r.Open(&key); err != nil {
		t.Error(err)
	}
	for _, text := range []string{`{"v":2,"key":"` + base64.StdEncoding.EncodeToString(key[:]) + `"}`, `{"v":1,"key":"AAAA"}`, `{"v":1}`, `{`} {
		shared.Put(t, prefix(t)+"people/acme", text)
		if _, err := s.Commit(t.Context(), about("acme"), nil); policy.CodeOf(err) != policy.Internal {
			t.Errorf("with the key %s: %v", text, err)
		}
		if _, err := s.AuditRecords(t.Context(), 0, 1); policy.CodeOf(err) != policy.Internal {
			t.Errorf("with the key %s: %v", text, err)
		}
	}
}

func TestWhatIsPersonalOfNobodyInParticularIsNotWritten(t *testing.T) {
	s := open(t)
	a := about("acme")
	a.ID = ""
	if _, err := s.Commit(t.Context(), a, nil); policy.CodeOf(err) != policy.Internal {
		t.Errorf("got %v", err)
	}
	if found := canaries(t); len(found) > 0 {
		t.Errorf("in the clear in %v", found)
	}
}

func TestACommitOfAllThatFitsHasRoomForAPersonsKey(t *testing.T) {
	s := open(t)
	var ops []store.Op
	for i := range store.MaxOps {
		id := "g" + time.Duration(i).String()
		ops = append(ops, s.Groups().Create(id, group(id, "Design")))
	}
	mustCommit(t, s, about("acme"), ops...)
}
