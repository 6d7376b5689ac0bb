package audit_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sightline.example/policy"
	"sightline.example/sidecar/audit"
)

// written returns the stored form of an entry under a key.
func written(t *testing.T, e audit.Entry, key audit.Key) []byte {
	t.Helper()
	bare, sealed, err := e.Seal(key)
	if err != nil {
		t.Fatal(err)
	}
	stored, _, err := audit.Anchor{}.Next(bare, sealed)
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

func read(t *testing.T, stored []byte) audit.Record {
	t.Helper()
	var r audit.Record
	if err := json.Unmarshal(stored, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// accepted is an entry with every place that something personal can be in.
func accepted() audit.Entry {
	return audit.Entry{
		At:       time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC),
		Actor:    audit.ActorOf(policy.Caller{Type: policy.SubjectClient, ID: "acme", Name: "Canary Name", From: "canary-from"}),
		Action:   "accept",
		Kind:     "clients",
		ID:       "acme",
		Detail:   "by link",
		Before:   json.RawMessage(`{"id":"acme","name":"Canary Before","email":"before@canary.example","status":"invited"}`),
		After:    json.RawMessage(`{"id":"acme","email":"after@canary.example","name":"Canary \u00e4fter","status":"active","scope":{},"note":"canary","delivery":{"state":"failed","detail":"canary"}}`),
		Personal: &audit.Personal{Person: "acme", Data: json.RawMessage(`{"full_name":"Canary Data"}`)},
	}
}

func TestWhatIsPersonalIsSealedAndReadBack(t *testing.T) {
	key := audit.NewKey()
	stored := written(t, accepted(), key)
	if bytes.Contains(bytes.ToLower(stored), []byte("canary")) {
		t.Errorf("something personal is in the clear: %s", stored)
	}
	got := read(t, stored)
	if err := got.Open(&key); err != nil {
		t.Fatal(err)
	}
	want := audit.Record{Seq: 1, Entry: accepted()}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWithoutTheKeyARecordIsErased(t *testing.T) {
	got := read(t, written(t, accepted(), audit.NewKey()))
	if err := got.Open(nil); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"seq":1,"prev":"","at":"2026-03-01T12:00:00Z","actor":{"type":"client","id":"acme"},` +
		`"action":"accept","kind":"clients","id":"acme","detail":"by link",` +
		`"before":{"id":"acme","name":null,"email":null,"status":"invited"},` +
		`"after":{"id":"acme","email":null,"name":null,"status":"active","scope":{},"note":null,"delivery":null},"erased":true}`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsSealedBelongsToOnePerson(t *testing.T) {
	key, other := audit.NewKey(), audit.NewKey()
	for name, change := range map[string]func(*audit.Record) *audit.Key{
		"another key":     func(*audit.Record) *audit.Key { return &other },
		"another person":  func(r *audit.Record) *audit.Key { r.Sealed.Person = "bolt"; return &key },
		"another version": func(r *audit.Record) *audit.Key { r.Sealed.V = 2; return &key },
		"another text":    func(r *audit.Record) *audit.Key { r.Sealed.Text[20] ^= 1; return &key },
		"no text":         func(r *audit.Record) *audit.Key { r.Sealed.Text = nil; return &key },
	} {
		r := read(t, written(t, accepted(), key))
		if err := r.Open(change(&r)); err == nil {
			t.Errorf("%s: it was opened", name)
		}
	}
}

func TestOnlyWhatIsAboutClientsIsSealed(t *testing.T) {
	key := audit.NewKey()
	admin := policy.Caller{Type: policy.SubjectAdmin, ID: "olga", Name: "Olga", From: "192.0.2.7"}
	shown := json.RawMessage(`{"name":"Ann","email":"ann@example.com"}`)
	tests := []struct {
		name   string
		entry  audit.Entry
		person string
		sealed bool
	}{
		{"a client", audit.Entry{Actor: audit.ActorOf(admin), Kind: "clients", ID: "acme", After: shown}, "acme", true},
		{"an account", audit.Entry{Actor: audit.ActorOf(admin), Kind: "accounts", ID: "acme", After: shown}, "acme", true},
		{"nothing of a client", audit.Entry{Actor: audit.ActorOf(admin), Kind: "clients", ID: "acme"}, "acme", false},
		{"what a client did", audit.Entry{Actor: accepted().Actor, Kind: "sessions", ID: "s"}, "acme", true},
		{"an employee", audit.Entry{Actor: audit.ActorOf(admin), Kind: "employees", ID: "e", After: shown}, "", false},
		{"all clients", audit.Entry{Actor: audit.ActorOf(admin), Kind: "clients"}, "", false},
	}
	for _, test := range tests {
		person, err := test.entry.Person()
		if person != test.person || err != nil {
			t.Errorf("%s: it is about %q, %v", test.name, person, err)
		}
		bare, sealed, err := test.entry.Seal(key)
		if err != nil || (sealed != nil) != test.sealed {
			t.Errorf("%s: sealed %v, %v", test.name, sealed, err)
		}
		if diff := cmp.Diff(test.entry, bare); !test.sealed && diff != "" {
			t.Errorf("%s: it was changed: %s", test.name, diff)
		}
	}
}

func TestWhatCantBeSealedIsNotWritten(t *testing.T) {
	two := accepted()
	two.ID = "bolt"
	nobody := audit.Entry{Kind: "clients", After: json.RawMessage(`{"name":"Ann"}`)}
	list := audit.Entry{Kind: "clients", ID: "acme", After: json.RawMessage(`[{"name":"Ann"}]`)}
	for name, e := range map[string]audit.Entry{"about two": two, "about nobody": nobody, "a list": list} {
		if bare, sealed, err := e.Seal(audit.NewKey()); err == nil {
			t.Errorf("%s: got %+v, %+v", name, bare, sealed)
		}
	}
}

func TestAnyObjectIsReadBackAsItWas(t *testing.T) {
	key := audit.NewKey()
	rapid.Check(t, func(r *rapid.T) {
		names := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"name", "email", "id", "Name", "na<me", "scope"}), rapid.ID[string]).Draw(r, "names")
		object := []byte("{")
		for i, name := range names {
			if i > 0 {
				object = append(object, ',')
			}
			value, err := json.Marshal(rapid.OneOf(
				rapid.String().AsAny(), rapid.Int().AsAny(), rapid.Just[any](nil), rapid.MapOf(rapid.String(), rapid.Bool()).AsAny(),
			).Draw(r, name))
			if err != nil {
				r.Fatal(err)
			}
			key, _ := json.Marshal(name)
			object = append(append(append(object, key...), ':'), value...)
		}
		object = append(object, '}')
		got := read(t, written(t, audit.Entry{Kind: "clients", ID: "acme", After: object}, key))
		if err := got.Open(&key); err != nil {
			r.Fatal(err)
		}
		if string(got.After) != string(object) {
			r.Errorf("%s became %s", object, got.After)
		}
	})
}
