package admin_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// enter returns the stored key that has the text.
func (h *house) enter(t *testing.T, text string) (policy.Key, bool) {
	t.Helper()
	page, err := h.store.Keys().List(t.Context(), "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range page.Items {
		if k.Value.Digest == policy.DigestOf(text) {
			return k.Value, true
		}
	}
	return policy.Key{}, false
}

func bootstrap(t *testing.T, h *house) policy.Key {
	t.Helper()
	text, err := h.Bootstrap(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	key, ok := h.enter(t, text)
	if !ok {
		t.Fatalf("the text %q is of no key", text)
	}
	return key
}

var first = api.NewKey{Name: "Olive", Role: policy.RoleOwner}

func TestBootstrapKeyMakesTheFirstOwner(t *testing.T) {
	h := start(t)
	key := bootstrap(t, h)
	want := policy.Key{
		ID: key.ID, Name: "bootstrap", Role: policy.RoleBootstrap,
		Digest: key.Digest, Created: today, Expires: today.Add(time.Hour),
	}
	if diff := cmp.Diff(want, key); diff != "" {
		t.Error(diff)
	}
	made, err := h.CreateKey(t.Context(), policy.CallerOf(&key), admin.Terms{}, first)
	if err != nil {
		t.Fatal(err)
	}
	page, err := h.store.Keys().List(t.Context(), "", 10)
	if err != nil || len(page.Items) != 1 || page.Items[0].Value.ID != made.Value.ID {
		t.Errorf("the keys are %v (%v), want the owner's alone", page.Items, err)
	}
	if page.Items[0].Revision != made.Revision {
		t.Error("the owner's key and the end of the bootstrap key are not one transaction")
	}
	if text, err := h.Bootstrap(t.Context()); text != "" || err != nil {
		t.Errorf("Bootstrap = %q, %v with an owner", text, err)
	}
}

func TestBootstrapKeyIsUsedOnce(t *testing.T) {
	h := start(t)
	key := bootstrap(t, h)
	var all sync.WaitGroup
	refusals := make(chan error, 10)
	for range cap(refusals) {
		all.Go(func() {
			_, err := h.CreateKey(t.Context(), policy.CallerOf(&key), admin.Terms{}, first)
			refusals <- err
		})
	}
	all.Wait()
	close(refusals)
	made := 0
	for err := range refusals {
		if err == nil {
			made++
			continue
		}
		wantCode(t, err, policy.Forbidden)
	}
	if made != 1 {
		t.Errorf("%d owners were made, want 1", made)
	}
}

func TestUsedBootstrapKeyIsOfNoUseEvenWithoutAnOwner(t *testing.T) {
	h := start(t)
	key := bootstrap(t, h)
	made, err := h.CreateKey(t.Context(), policy.CallerOf(&key), admin.Terms{}, first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.DeleteKey(t.Context(), owner, admin.Terms{Revision: made.Revision}, string(made.Value.ID)); err != nil {
		t.Fatal(err)
	}
	_, err = h.CreateKey(t.Context(), policy.CallerOf(&key), admin.Terms{}, first)
	wantCode(t, err, policy.Forbidden)
}

func TestBootstrapKeyIsOfNoUseNextToAnOwner(t *testing.T) {
	h := start(t)
	key := bootstrap(t, h)
	if _, err := h.CreateKey(t.Context(), owner, admin.Terms{}, first); err != nil {
		t.Fatal(err)
	}
	_, err := h.CreateKey(t.Context(), policy.CallerOf(&key), admin.Terms{}, first)
	wantCode(t, err, policy.Forbidden)
}

func TestNewBootstrapKeyReplacesOldOnes(t *testing.T) {
	h := start(t)
	old, err := h.Bootstrap(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	bootstrap(t, h)
	if _, ok := h.enter(t, old); ok {
		t.Error("the old key is still there")
	}
}

func TestExpiredOwnerCountsAsNone(t *testing.T) {
	h := start(t)
	if _, err := h.CreateKey(t.Context(), owner, admin.Terms{}, first); err != nil {
		t.Fatal(err)
	}
	h.now = today.AddDate(0, 0, 90)
	if text, err := h.Bootstrap(t.Context()); text == "" || err != nil {
		t.Errorf("Bootstrap = %q, %v; want a key", text, err)
	}
}

func TestBootstrapLooksAtAllKeys(t *testing.T) {
	h := start(t)
	const commits = 1_000/store.MaxOps + 1
	for c := range commits {
		var ops []store.Op
		for i := range store.MaxOps {
			id := fmt.Sprintf("key-%d-%d", c, i)
			ops = append(ops, h.store.Keys().Create(id, policy.Key{
				ID: policy.KeyID(id), Name: "k", Role: policy.RoleApp,
				Digest: policy.DigestOf(id), Created: today, Expires: today.Add(time.Hour),
			}))
		}
		if _, err := h.store.Commit(t.Context(), store.Audit{}, nil, ops...); err != nil {
			t.Fatal(err)
		}
	}
	// Keys come by id: this one is on the last page.
	olive := policy.Key{
		ID: "olive", Name: "Olive", Role: policy.RoleOwner,
		Digest: policy.DigestOf("olive"), Created: today, Expires: today.Add(time.Hour),
	}
	if _, err := h.store.Commit(t.Context(), store.Audit{}, nil, h.store.Keys().Create("olive", olive)); err != nil {
		t.Fatal(err)
	}
	if text, err := h.Bootstrap(t.Context()); text != "" || err != nil {
		t.Errorf("Bootstrap = %q, %v with an owner", text, err)
	}
}
