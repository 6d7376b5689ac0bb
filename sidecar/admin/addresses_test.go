package admin_test

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
)

var inUse = &policy.Error{Code: policy.Exists, Field: "email", Message: "another client has this address"}

func addressed(id policy.ClientID, email string) policy.Client {
	c := client(id, policy.Scope{})
	c.Email = email
	return c
}

func TestTwoClientsNeverHaveOneAddress(t *testing.T) {
	h := start(t)
	revision := add(t, h, h.Clients(), addressed("ann", "ann@example.com"))
	for _, email := range []string{"ann@example.com", "Ann@EXAMPLE.com"} {
		_, err := h.Clients().Create(t.Context(), ann, admin.Terms{}, addressed("bob", email))
		if diff := cmp.Diff(error(inUse), err); diff != "" {
			t.Error(diff)
		}
	}
	add(t, h, h.Clients(), addressed("bob", "bob@example.com"))
	_, err := h.Clients().Replace(t.Context(), ann, admin.Terms{Revision: revision}, "ann", addressed("ann", "BOB@example.com"))
	if diff := cmp.Diff(error(inUse), err); diff != "" {
		t.Error(diff)
	}
}

func TestAddressIsFreeOnceNobodyHasIt(t *testing.T) {
	h := start(t)
	revision := add(t, h, h.Clients(), addressed("ann", "ann@example.com"))
	moved, err := h.Clients().Replace(t.Context(), ann, admin.Terms{Revision: revision}, "ann", addressed("ann", "new@example.com"))
	if err != nil {
		t.Fatal(err)
	}
	add(t, h, h.Clients(), addressed("bob", "ann@example.com"))
	if _, err := h.Clients().Delete(t.Context(), ann, admin.Terms{Revision: moved.Revision}, "ann"); err != nil {
		t.Fatal(err)
	}
	add(t, h, h.Clients(), addressed("carl", "new@example.com"))
}

func TestAddressIsFreeOnceItsClientIsGoneUnread(t *testing.T) {
	h := start(t)
	revision := add(t, h, h.Clients(), addressed("ann", "ann@example.com"))
	if _, err := h.store.Touch(t.Context(), h.store.Clients().Delete("ann", revision)); err != nil {
		t.Fatal(err)
	}
	add(t, h, h.Clients(), addressed("bob", "ann@example.com"))
	_, err := h.Clients().Create(t.Context(), ann, admin.Terms{}, addressed("carl", "ann@example.com"))
	if diff := cmp.Diff(error(inUse), err); diff != "" {
		t.Error(diff)
	}
}

func TestAddressIsGivenToOneOfManyAtOnce(t *testing.T) {
	h := start(t)
	var all sync.WaitGroup
	errs := make(chan error, 20)
	for i := range cap(errs) {
		all.Go(func() {
			_, err := h.Clients().Create(t.Context(), ann, admin.Terms{}, addressed(policy.ClientID(rune('a'+i)), "ann@example.com"))
			errs <- err
		})
	}
	all.Wait()
	close(errs)
	made := 0
	for err := range errs {
		if err == nil {
			made++
		} else if diff := cmp.Diff(error(inUse), err); diff != "" {
			t.Error(diff)
		}
	}
	if made != 1 {
		t.Errorf("%d clients were made, want 1", made)
	}
}

func TestImportMovesAddresses(t *testing.T) {
	for name, many := range map[string]int{"in one transaction": 0, "as a generation": 100} {
		t.Run(name, func(t *testing.T) {
			h := start(t)
			doc := studio()
			doc.Clients = []policy.Client{addressed("ann", "a@example.com"), addressed("bob", "b@example.com")}
			imported(t, h, doc, admin.Terms{})
			doc = studio()
			doc.Clients = []policy.Client{addressed("ann", "b@example.com"), addressed("bob", "a@example.com")}
			for _, id := range numbered(many) {
				doc.Groups = append(doc.Groups, group(policy.GroupID(id)))
			}
			imported(t, h, doc, admin.Terms{})
			doc.Clients = []policy.Client{addressed("ann", "b@example.com")}
			imported(t, h, doc, admin.Terms{})
			_, err := h.Clients().Create(t.Context(), ann, admin.Terms{}, addressed("carl", "b@example.com"))
			if diff := cmp.Diff(error(inUse), err); diff != "" {
				t.Error(diff)
			}
			add(t, h, h.Clients(), addressed("dora", "a@example.com"))
		})
	}
}

func TestDocumentWithAnAddressTwiceIsRefused(t *testing.T) {
	h := start(t)
	doc := studio()
	doc.Clients = []policy.Client{addressed("ann", "a@example.com"), addressed("bob", "A@example.com")}
	_, err := h.Import(t.Context(), ann, admin.Terms{}, doc, false)
	want := policy.FieldErrorf("clients[1].email", "is the address of the client ann too")
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
}

func numbered(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = "g-" + string(rune('a'+i/26)) + string(rune('a'+i%26))
	}
	return ids
}
