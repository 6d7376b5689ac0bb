package store

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

func TestStoredFormsStayTheSame(t *testing.T) {
	from := time.Date(2026, 3, 1, 8, 30, 0, 500_000_000, time.UTC)
	until := time.Date(2026, 9, 1, 0, 0, 0, 0, time.FixedZone("", 2*60*60))
	t.Run("client", func(t *testing.T) {
		golden(t, clients, "c1", policy.Client{
			ID: "c1", Name: "Ann & Söhne", Email: "ann@example.com", Status: policy.Active,
			Scope: policy.Scope{
				Groups: []policy.GroupID{"g1", "g2"}, Projects: []policy.ProjectID{"p1"},
				Screencasts: true, From: &from, Until: &until,
			},
		})
	})
	t.Run("client_without_scope", func(t *testing.T) {
		golden(t, clients, "c2", policy.Client{ID: "c2", Name: "Bob", Email: "bob@example.com", Status: policy.Invited})
	})
	t.Run("employee", func(t *testing.T) {
		golden(t, employees, "e1", policy.Employee{
			ID: "e1", Name: "Eve", Groups: []policy.GroupID{"g1"}, Projects: []policy.ProjectID{"p1", "p2"},
		})
	})
	t.Run("group", func(t *testing.T) {
		golden(t, groups, "g1", policy.Group{ID: "g1", Name: "Design"})
	})
	t.Run("project", func(t *testing.T) {
		golden(t, projects, "p1", policy.Project{ID: "p1", Name: "Website", Groups: []policy.GroupID{"g1"}})
	})
	t.Run("key", func(t *testing.T) {
		golden(t, callerKeys, "k1", policy.Key{
			ID: "k1", Name: "tracker", Role: policy.RoleApp,
			Digest:  policy.DigestOf("sightline_x"),
			Created: from, Expires: from.Add(time.Hour),
		})
	})
	t.Run("client_with_trail", func(t *testing.T) {
		golden(t, clients, "c3", policy.Client{
			ID: "c3", Name: "Cem", Email: "cem@example.com", Status: policy.Suspended,
			Trail: policy.Trail{Created: from, Changed: from.Add(time.Hour), ChangedBy: "Ada"},
		})
	})
	t.Run("key_with_permissions", func(t *testing.T) {
		golden(t, callerKeys, "k2", policy.Key{
			ID: "k2", Name: "script", Role: policy.RoleAdmin, Digest: policy.DigestOf("sightline_y"),
			Created: from, Expires: from.Add(time.Hour), Permissions: []policy.Permission{"clients:write"},
		})
	})
	t.Run("admin", func(t *testing.T) {
		golden(t, admins, "a1", policy.Admin{
			ID: "a1", Name: "Ada", Email: "ada@example.com", Role: policy.RoleOwner, Status: policy.Active,
			Codes: true, Era: 3, Trail: policy.Trail{Created: from, Changed: from, ChangedBy: "Olga"},
		})
	})
	t.Run("account", func(t *testing.T) {
		golden(t, accounts, "c1", policy.Account{Client: "c1", Name: "Ann Smith", Created: from, Seen: from.Add(time.Hour), Era: 1})
	})
	t.Run("session", func(t *testing.T) {
		golden(t, sessions, "s1", policy.Session{
			ID: "s1", Type: policy.SubjectClient, Subject: "c1", Digest: policy.DigestOf("session"), Era: 1,
			From: "192.0.2.7", Agent: "Browser/1", Created: from, Expires: from.Add(8 * time.Hour), Seen: from,
		})
	})
	t.Run("secret", func(t *testing.T) {
		golden(t, secrets(kindAdminSecrets), "a1", Secret{
			ID: "a1", Password: "$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA", Seed: "JBSWY3DPEHPK3PXP", Step: 58_000_000,
			Recovery: []policy.Digest{policy.DigestOf("code")},
		})
	})
	t.Run("invitation", func(t *testing.T) {
		golden(t, invitations(kindClientInvitations), "c1", policy.Invitation{
			ID: "i1", Type: policy.SubjectClient, Subject: "c1", Purpose: policy.PurposeSetup, By: "Ada", Note: "Hello\nAnn",
			Created: from, Expires: from.Add(72 * time.Hour), Accepted: from.Add(time.Hour),
			Links: []policy.Digest{policy.DigestOf("link")}, Sends: []time.Time{from},
			Delivery: policy.Delivery{State: policy.DeliveryFailed, At: from, Detail: "550 no such user"},
		})
	})
	t.Run("link", func(t *testing.T) {
		digest := policy.DigestOf("link")
		golden(t, links, string(digest), Link{ID: digest, Type: policy.SubjectClient, Subject: "c1"})
	})
	t.Run("address", func(t *testing.T) {
		entry := AddressOf("Ann@Example.com", "c1")
		golden(t, addresses(kindClientAddresses), string(entry.ID), entry)
	})
	t.Run("letter", func(t *testing.T) {
		golden(t, outbox, "l1", Letter{
			ID: "l1", Kind: LetterSetup, Type: policy.SubjectClient, Subject: "c1", Invitation: "i1",
			Created: from, Tries: 2, Next: from.Add(5 * time.Minute),
		})
	})
}

// golden holds both directions to the bytes that were written once.
func golden[T any](t *testing.T, e entity[T], id string, value T) {
	t.Helper()
	file := filepath.Join("testdata", filepath.Base(t.Name())+".json")
	got, err := e.encode(id, &value)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
	back, err := e.decode(id, want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&value, back); diff != "" {
		t.Error(diff)
	}
}

const goodClient = `{"v":1,"kind":"client","id":"c1","name":"Ann","email":"ann@example.com","status":"active",` +
	`"scope":{"groups":["g1"],"screencasts":false}}`

func TestWhatIsNotKnownForSureIsUnreadable(t *testing.T) {
	if _, err := clients.decode("c1", []byte(goodClient)); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, new string }{
		{"a newer version", `"v":1`, `"v":2`},
		{"no version", `"v":1,`, ``},
		{"a version that is no number", `"v":1`, `"v":"1"`},
		{"another kind", `"kind":"client"`, `"kind":"group"`},
		{"another id", `"id":"c1"`, `"id":"c2"`},
		{"an unknown member", `"name"`, `"x":1,"name"`},
		{"an unknown member of the scope", `"groups"`, `"tasks":["t1"],"groups"`},
		{"a member in another case", `"groups"`, `"Groups"`},
		{"a member twice", `"screencasts":false`, `"screencasts":false,"screencasts":false`},
		{"a list of another type", `["g1"]`, `"g1"`},
		{"null for a list", `["g1"]`, `null`},
		{"null in a list", `["g1"]`, `[null]`},
		{"bad UTF-8", `Ann`, "A\xffn"},
		{"an id that is none", `"g1"`, `"g/1"`},
		{"an unknown status", `"active"`, `"admitted"`},
		{"a reference twice", `["g1"]`, `["g1","g1"]`},
		{"something behind it", `}}`, `}}{}`},
		{"something missing", `}}`, `}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(goodClient, test.old, test.new, 1)
			if text == goodClient {
				t.Fatal("nothing was replaced")
			}
			value, err := clients.decode("c1", []byte(text))
			if !errors.Is(err, ErrUnreadable) || value != nil {
				t.Errorf("got %+v, %v", value, err)
			}
			if code := policy.CodeOf(err); code != policy.Internal {
				t.Errorf("what is stored is told to callers as %s", code)
			}
		})
	}
}

func TestANameMayBeNull(t *testing.T) {
	text := strings.Replace(goodClient, "Ann", "null", 1)
	if _, err := clients.decode("c1", []byte(text)); err != nil {
		t.Error(err)
	}
}

func TestValuesAreLimited(t *testing.T) {
	c := policy.Client{ID: "c", Name: "Ann", Email: "ann@example.com", Status: policy.Active}
	for i := range 1024 {
		c.Scope.Groups = append(c.Scope.Groups, policy.GroupID(longID(i)))
		c.Scope.Projects = append(c.Scope.Projects, policy.ProjectID(longID(i)))
	}
	_, err := clients.encode("c", &c)
	if policy.CodeOf(err) != policy.TooLarge {
		t.Errorf("got %v", err)
	}
	c.Scope.Projects = nil
	if _, err := clients.encode("c", &c); err != nil {
		t.Error(err)
	}
}

func longID(i int) string {
	return strings.Repeat("x", policy.MaxID-4) + string([]byte{'a' + byte(i/676%26), 'a' + byte(i/26%26), 'a' + byte(i%26), 'x'})
}

func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(goodClient))
	f.Add([]byte(`null`))
	f.Add([]byte(`{"v":1,"kind":"client","id":"c1"`))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := clients.decode("c1", text)
		if err != nil {
			if !errors.Is(err, ErrUnreadable) {
				t.Errorf("an error of another kind: %v", err)
			}
			return
		}
		// Whatever is read means the same when it is written and read again.
		again, err := clients.encode("c1", c)
		if err != nil {
			t.Fatalf("%s is read but can't be written: %v", text, err)
		}
		c2, err := clients.decode("c1", again)
		if err != nil {
			t.Fatal(err)
		}
		third, err := clients.encode("c1", c2)
		if err != nil || !bytes.Equal(again, third) {
			t.Errorf("%s became %s (%v)", again, third, err)
		}
	})
}
