package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/store"
)

func letter(id string) store.Letter {
	return store.Letter{ID: id, Kind: store.LetterSetup, Type: policy.SubjectClient, Subject: "acme"}
}

func TestPassingEntitiesLeaveNoTombstone(t *testing.T) {
	s := open(t)
	made := commit(t, s, s.Outbox().Create("l1", letter("l1")))
	_, err := s.Commit(t.Context(), audit(), nil, s.Outbox().Create("l1", letter("l1")))
	wantCode(t, err, policy.Exists)
	commit(t, s, s.Outbox().Delete("l1", made.Revision))
	commit(t, s, s.Outbox().Create("l1", letter("l1")))
}

func TestDropAndPutNeverFail(t *testing.T) {
	s := open(t)
	commit(t, s, s.Outbox().Drop("l1"))
	commit(t, s, s.Outbox().Put("l1", letter("l1")))
	tried := letter("l1")
	tried.Tries = 1
	commit(t, s, s.Outbox().Put("l1", tried))
	got, err := s.Outbox().Get(t.Context(), "l1")
	if diff := cmp.Diff(tried, got.Value); diff != "" || err != nil {
		t.Error(diff, err)
	}
	commit(t, s, s.Outbox().Drop("l1"))
	_, err = s.Outbox().Get(t.Context(), "l1")
	wantCode(t, err, policy.NotFound)
}

func TestSaveCreatesAtNoRevisionAndReplacesAtOne(t *testing.T) {
	s := open(t)
	made := commit(t, s, s.Outbox().Save("l1", letter("l1"), 0))
	_, err := s.Commit(t.Context(), audit(), nil, s.Outbox().Save("l1", letter("l1"), 0))
	wantCode(t, err, policy.Exists)
	commit(t, s, s.Outbox().Save("l1", letter("l1"), made.Revision))
	_, err = s.Commit(t.Context(), audit(), nil, s.Outbox().Save("l1", letter("l1"), made.Revision))
	wantCode(t, err, policy.Stale)
}

func TestRefusalSaysWhatItsChangeHasToSay(t *testing.T) {
	s := open(t)
	want := policy.FieldErrorf("email", "is taken")
	commit(t, s, s.Outbox().Create("l1", letter("l1")))
	_, err := s.Commit(t.Context(), audit(), nil, s.Groups().Create("g", group("g", "G")), s.Outbox().Create("l1", letter("l1")).Or(want))
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
	_, err = s.Groups().Get(t.Context(), "g")
	wantCode(t, err, policy.NotFound)
}

func TestKindsOfClientsAndAdminsAreApart(t *testing.T) {
	s := open(t)
	commit(t, s, s.Secrets(policy.SubjectClient).Create("x", store.Secret{ID: "x", Password: "client's"}),
		s.Secrets(policy.SubjectAdmin).Create("x", store.Secret{ID: "x", Password: "admin's"}))
	for of, want := range map[policy.SubjectType]string{policy.SubjectClient: "client's", policy.SubjectAdmin: "admin's"} {
		got, err := s.Secrets(of).Get(t.Context(), "x")
		if err != nil || got.Value.Password != want {
			t.Errorf("the secret of the %s is %q (%v)", of, got.Value.Password, err)
		}
	}
}

func TestTombstoneSaysWhoItWas(t *testing.T) {
	s := open(t)
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, id := range []string{"a", "b", "c"} {
		made := commit(t, s, s.Groups().Create(id, group(id, id)))
		commit(t, s, s.Groups().Delete(id, made.Revision).Burying(store.Grave{Name: "Ann", Email: "ann@example.com", Deleted: at, By: "Ada"}))
	}
	grave := func(id string) store.Grave {
		return store.Grave{ID: id, Name: "Ann", Email: "ann@example.com", Deleted: at, By: "Ada"}
	}
	first, more, err := s.Groups().Graves(t.Context(), "", 2)
	if diff := cmp.Diff([]store.Grave{grave("a"), grave("b")}, first); diff != "" || !more || err != nil {
		t.Error(diff, more, err)
	}
	commit(t, s, s.Groups().Level("c"))
	second, more, err := s.Groups().Graves(t.Context(), "b", 2)
	if diff := cmp.Diff([]store.Grave{{ID: "c"}}, second); diff != "" || more || err != nil {
		t.Error(diff, more, err)
	}
	_, err = s.Commit(t.Context(), audit(), nil, s.Groups().Level("none"))
	wantCode(t, err, policy.NotFound)
	_, err = s.Commit(t.Context(), audit(), nil, s.Groups().Create("c", group("c", "again")))
	wantCode(t, err, policy.Exists)
}

func TestReadersFollowPeopleButNotTheirSecrets(t *testing.T) {
	s := open(t)
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	session := policy.Session{ID: "s", Type: policy.SubjectAdmin, Subject: "ada", Digest: policy.DigestOf("x"), Created: now, Expires: now.Add(1), Seen: now}
	ada := policy.Admin{ID: "ada", Name: "Ada", Email: "ada@example.com", Role: policy.RoleOwner, Status: policy.Active}
	account := policy.Account{Client: "acme", Name: "Ann", Created: now}
	made := commit(t, s,
		s.Admins().Create("ada", ada), s.Accounts().Create("acme", account), s.Sessions().Create("s", session),
		s.Secrets(policy.SubjectAdmin).Create("ada", store.Secret{ID: "ada"}),
		s.Outbox().Create("l1", letter("l1")),
	)
	snapshot, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []policy.Change{
		{Kind: policy.KindAdmins, ID: "ada", Value: &ada, Revision: made.Revision},
		{Kind: policy.KindAccounts, ID: "acme", Value: &account, Revision: made.Revision},
		{Kind: policy.KindSessions, ID: "s", Value: &session, Revision: made.Revision},
	}
	if diff := cmp.Diff(want, snapshot.Changes); diff != "" {
		t.Error(diff)
	}
}
