package policy

import (
	"fmt"
	"testing"
	"time"
)

func TestSetupCodeLetsNobodyIn(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	for role, want := range map[Role]bool{RoleOwner: true, RoleApp: true, RoleBootstrap: false} {
		key := &Key{ID: "k", Name: "k", Role: role, Digest: DigestOf("text"), Created: now, Expires: now.Add(time.Hour)}
		data := (&Data{}).Apply(1, Change{Kind: KindKeys, ID: "k", Value: key})
		if _, ok := data.Caller("text", now); ok != want {
			t.Errorf("a key of role %s lets in: %t", role, ok)
		}
	}
}

func TestOnlyTheNewestFiveSessionsOfAClientLetIn(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	session := func(n, era int, created time.Time) Change {
		id := fmt.Sprint("s", n)
		return Change{Kind: KindSessions, ID: id, Value: &Session{
			ID: SessionID(id), Type: SubjectClient, Subject: "acme", Digest: DigestOf(id), Era: era,
			Created: created, Seen: created, Expires: now.Add(time.Hour),
		}}
	}
	data := (&Data{}).Apply(1,
		Change{Kind: KindClients, ID: "acme", Value: &Client{ID: "acme", Status: Active}},
		Change{Kind: KindAccounts, ID: "acme", Value: &Account{Client: "acme", Name: "Ann", Era: 1}},
		session(1, 1, now.Add(-20*time.Minute)), session(2, 1, now.Add(-19*time.Minute)),
		session(3, 1, now.Add(-18*time.Minute)), session(4, 1, now.Add(-18*time.Minute)),
		session(5, 1, now.Add(-17*time.Minute)), session(6, 1, now.Add(-16*time.Minute)),
		session(7, 0, now),                      // of an earlier era: it does not count
		session(8, 1, now.Add(-31*time.Minute)), // nor does one that is over
	)
	for n, want := range map[int]bool{1: false, 2: true, 3: true, 4: true, 5: true, 6: true, 7: false, 8: false} {
		if _, ok := data.ClientCaller(fmt.Sprint("s", n), now); ok != want {
			t.Errorf("session %d lets in: %t", n, ok)
		}
	}
}
