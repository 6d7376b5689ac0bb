package policy

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// company returns one in which an admin and a client are signed in, by the
// texts "ada-session" and "acme-session", and "tracker-key" is a key.
func company() *Data {
	session := func(id SessionID, of SubjectType, subject string, life time.Duration) Change {
		return Change{Kind: KindSessions, ID: string(id), Value: &Session{
			ID: id, Type: of, Subject: subject, Digest: DigestOf(subject + "-session"), Era: 2,
			Created: noon, Expires: noon.Add(life), Seen: noon,
		}}
	}
	return new(Data).Apply(1,
		Change{Kind: KindKeys, ID: "k1", Value: &Key{
			ID: "k1", Name: "Tracker", Role: RoleAdmin, Digest: DigestOf("tracker-key"),
			Created: noon, Expires: noon.Add(time.Hour), Permissions: []Permission{"clients:read"},
		}},
		Change{Kind: KindAdmins, ID: "ada", Value: &Admin{ID: "ada", Name: "Ada", Email: "ada@example.com", Role: RoleAuditor, Status: Active, Era: 2}},
		Change{Kind: KindClients, ID: "acme", Value: &Client{ID: "acme", Name: "Acme", Status: Active}},
		Change{Kind: KindAccounts, ID: "acme", Value: &Account{Client: "acme", Name: "Ann", Era: 2}},
		session("s1", SubjectAdmin, "ada", 30*24*time.Hour),
		session("s2", SubjectClient, "acme", 8*time.Hour),
	)
}

func TestWhoPresentsWhat(t *testing.T) {
	d := company()
	for text, want := range map[string]Caller{
		"tracker-key": {Type: SubjectKey, ID: "k1", Name: "Tracker", Role: RoleAdmin, Permissions: []Permission{"clients:read"}},
		"ada-session": {Type: SubjectAdmin, ID: "ada", Name: "Ada", Role: RoleAuditor, Session: "s1"},
	} {
		got, ok := d.Caller(text, noon)
		if diff := cmp.Diff(want, got); diff != "" || !ok {
			t.Errorf("%s: %v\n%s", text, ok, diff)
		}
		if _, ok := d.ClientCaller(text, noon); ok {
			t.Errorf("%s lets into the portal", text)
		}
	}
	got, ok := d.ClientCaller("acme-session", noon)
	if diff := cmp.Diff(Caller{Type: SubjectClient, ID: "acme", Name: "Ann", Session: "s2"}, got); diff != "" || !ok {
		t.Error(ok, diff)
	}
	for _, text := range []string{"acme-session", "", "nobody", string(DigestOf("tracker-key"))} {
		if _, ok := d.Caller(text, noon); ok {
			t.Errorf("%q lets in", text)
		}
	}
}

func TestWhenASessionIsOver(t *testing.T) {
	change := func(kind Kind, id string, v any) []Change { return []Change{{Kind: kind, ID: id, Value: v}} }
	for name, c := range map[string]struct {
		changes       []Change
		after         time.Duration
		admin, client bool
	}{
		"at first":                {nil, 0, true, true},
		"unused for half an hour": {nil, 30 * time.Minute, true, false},
		"just before":             {nil, 30*time.Minute - 1, true, true},
		"unused for 12 hours":     {nil, 12 * time.Hour, false, false},
		"admin suspended":         {change(KindAdmins, "ada", &Admin{ID: "ada", Status: Suspended, Era: 2}), 0, false, true},
		"admin in another era":    {change(KindAdmins, "ada", &Admin{ID: "ada", Status: Active, Era: 3}), 0, false, true},
		"admin gone":              {change(KindAdmins, "ada", nil), 0, false, true},
		"client suspended":        {change(KindClients, "acme", &Client{ID: "acme", Status: Suspended}), 0, true, false},
		"client unreadable":       {[]Change{{Kind: KindClients, ID: "acme", Unreadable: true}}, 0, true, false},
		"client gone":             {change(KindClients, "acme", nil), 0, true, false},
		"account in another era":  {change(KindAccounts, "acme", &Account{Client: "acme", Era: 3}), 0, true, false},
		"account gone":            {change(KindAccounts, "acme", nil), 0, true, false},
		"sessions removed":        {append(change(KindSessions, "s1", nil), change(KindSessions, "s2", nil)...), 0, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := company().Apply(2, c.changes...)
			if _, ok := d.Caller("ada-session", noon.Add(c.after)); ok != c.admin {
				t.Errorf("the admin's lets in: %v", ok)
			}
			if _, ok := d.ClientCaller("acme-session", noon.Add(c.after)); ok != c.client {
				t.Errorf("the client's lets in: %v", ok)
			}
		})
	}
}

func TestSessionInUseIsOverAtItsEnd(t *testing.T) {
	s := Session{Type: SubjectAdmin, Created: noon, Expires: noon.Add(AdminSession), Seen: noon.Add(AdminSession - time.Minute)}
	if !s.Alive(noon.Add(AdminSession-1)) || s.Alive(noon.Add(AdminSession)) {
		t.Error("a session in use does not end after 30 days")
	}
}

func TestKeyIsOverAtItsEnd(t *testing.T) {
	if _, ok := company().Caller("tracker-key", noon.Add(time.Hour)); ok {
		t.Error("an expired key lets in")
	}
}

func TestSessionsOfSomebody(t *testing.T) {
	d := company()
	older := &Session{ID: "s0", Type: SubjectAdmin, Subject: "ada", Digest: DigestOf("older"), Created: noon.Add(-time.Hour), Expires: noon}
	d = d.Apply(2, Change{Kind: KindSessions, ID: "s0", Value: older})
	ids := func(d *Data, of SubjectType, subject string) []SessionID {
		var all []SessionID
		for _, s := range d.SessionsOf(of, subject) {
			all = append(all, s.ID)
		}
		return all
	}
	if diff := cmp.Diff([]SessionID{"s0", "s1"}, ids(d, SubjectAdmin, "ada")); diff != "" {
		t.Error(diff)
	}
	if got := ids(d, SubjectClient, "ada"); got != nil {
		t.Errorf("the client ada has the sessions %v", got)
	}
	d = d.Apply(3, Change{Kind: KindSessions, ID: "s0"}, Change{Kind: KindSessions, ID: "s1"})
	if got := ids(d, SubjectAdmin, "ada"); got != nil {
		t.Errorf("sessions are left: %v", got)
	}
	if _, ok := d.Session(DigestOf("older")); ok {
		t.Error("a removed session is still found")
	}
}
