package events_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/policytest"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/events"
	"sightline.example/sidecar/events/eventstest"
)

var today = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

func acme() policy.Client {
	return policy.Client{
		ID: "acme", Name: "Acme", Email: "a@example.com", Status: policy.Active,
		Scope: policy.Scope{Groups: []policy.GroupID{"design", "gone"}, Projects: []policy.ProjectID{"site"}},
		Trail: policy.Trail{Created: today, Changed: today, ChangedBy: "Ann"},
	}
}

func ada() policy.Employee {
	return policy.Employee{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}}
}

func site() policy.Project {
	return policy.Project{ID: "site", Name: "Site", Groups: []policy.GroupID{"design"}}
}

func change[T any](kind policy.Kind, id string, base T, with func(*T)) policy.Change {
	with(&base)
	return policy.Change{Kind: kind, ID: id, Value: &base}
}

func as[T any](*T) {}

// studio is a small company, at revision 5.
func studio() *policy.Data {
	return (&policy.Data{}).Apply(5,
		change(policy.KindGroups, "design", policy.Group{ID: "design", Name: "Design"}, as),
		change(policy.KindGroups, "sales", policy.Group{ID: "sales", Name: "Sales"}, as),
		change(policy.KindProjects, "site", site(), as),
		change(policy.KindProjects, "app", policy.Project{ID: "app", Name: "App"}, as),
		change(policy.KindEmployees, "ada", ada(), as),
		change(policy.KindClients, "acme", acme(), as),
		policy.Change{Kind: policy.KindClients, ID: "garbled", Unreadable: true},
	)
}

func TestEventsSayWhatChanged(t *testing.T) {
	later := today.Add(time.Hour)
	refs := func(pairs ...string) (all []api.Ref) {
		for i := 0; i < len(pairs); i += 2 {
			all = append(all, api.Ref{ID: pairs[i], Name: pairs[i+1]})
		}
		return all
	}
	client := func(c api.Changes) []api.Event {
		return []api.Event{{Revision: 6, Kind: "clients", ID: "acme", Action: "changed", Name: "Acme", By: "Ann", At: today, Changes: c}}
	}
	for name, c := range map[string]struct {
		change policy.Change
		want   []api.Event
	}{
		"client added": {
			change(policy.KindClients, "lumen", acme(), func(c *policy.Client) { c.ID, c.Name, c.Scope.Screencasts = "lumen", "Lumen", true }),
			[]api.Event{{Revision: 6, Kind: "clients", ID: "lumen", Action: "added", Name: "Lumen", By: "Ann", At: today, Changes: api.Changes{
				Name:        &api.Turn[string]{To: "Lumen"},
				Email:       &api.Turn[string]{To: "a@example.com"},
				Status:      &api.Turn[policy.Status]{To: "active"},
				Groups:      api.Membership{Gained: refs("design", "Design", "gone", "")},
				Projects:    api.Membership{Gained: refs("site", "Site")},
				Screencasts: &api.Turn[bool]{To: true},
			}}},
		},
		"client removed": {
			policy.Change{Kind: policy.KindClients, ID: "acme"},
			[]api.Event{{Revision: 6, Kind: "clients", ID: "acme", Action: "removed", Name: "Acme"}},
		},
		"client broken": {
			policy.Change{Kind: policy.KindClients, ID: "acme", Unreadable: true},
			[]api.Event{{Revision: 6, Kind: "clients", ID: "acme", Action: "removed", Name: "Acme", Unreadable: true}},
		},
		"broken client removed": {
			policy.Change{Kind: policy.KindClients, ID: "garbled"},
			[]api.Event{{Revision: 6, Kind: "clients", ID: "garbled", Action: "removed"}},
		},
		"broken client broken again": {policy.Change{Kind: policy.KindClients, ID: "garbled", Unreadable: true}, nil},
		"broken client mended": {
			change(policy.KindClients, "garbled", policy.Client{ID: "garbled", Name: "G"}, as),
			[]api.Event{{Revision: 6, Kind: "clients", ID: "garbled", Action: "added", Name: "G", Changes: api.Changes{Name: &api.Turn[string]{To: "G"}}}},
		},
		"name": {
			change(policy.KindClients, "acme", acme(), func(c *policy.Client) { c.Name = "Acme" + " Ltd" }),
			[]api.Event{{
				Revision: 6, Kind: "clients", ID: "acme", Action: "changed", Name: "Acme Ltd", By: "Ann", At: today,
				Changes: api.Changes{Name: &api.Turn[string]{From: "Acme", To: "Acme Ltd"}},
			}},
		},
		"e-mail": {
			change(policy.KindClients, "acme", acme(), func(c *policy.Client) { c.Email = "b@example.com" }),
			client(api.Changes{Email: &api.Turn[string]{From: "a@example.com", To: "b@example.com"}}),
		},
		"status": {
			change(policy.KindClients, "acme", acme(), func(c *policy.Client) { c.Status = policy.Suspended }),
			client(api.Changes{Status: &api.Turn[policy.Status]{From: "active", To: "suspended"}}),
		},
		"groups": {
			change(policy.KindClients, "acme", acme(), func(c *policy.Client) { c.Scope.Groups = []policy.GroupID{"sales", "gone"} }),
			client(api.Changes{Groups: api.Membership{Gained: refs("sales", "Sales"), Lost: refs("design", "Design")}}),
		},
		"projects": {
			change(policy.KindClients, "acme", acme(), func(c *policy.Client) { c.Scope.Projects = []policy.ProjectID{"app", "site"} }),
			client(api.Changes{Projects: api.Membership{Gained: refs("app", "App")}}),
		},
		"screencasts": {
			change(policy.KindClients, "acme", acme(), func(c *policy.Client) { c.Scope.Screencasts = true }),
			client(api.Changes{Screencasts: &api.Turn[bool]{To: true}}),
		},
		"period": {
			change(policy.KindClients, "acme", acme(), func(c *policy.Client) { c.Scope.Until = &later }),
			client(api.Changes{Period: &api.Turn[api.Period]{To: api.Period{Until: &later}}}),
		},
		"written as it was": {
			change(policy.KindClients, "acme", acme(), func(c *policy.Client) { c.Changed, c.ChangedBy = later, "Bob" }),
			[]api.Event{{Revision: 6, Kind: "clients", ID: "acme", Action: "changed", Name: "Acme", By: "Bob", At: later}},
		},
		"the same":      {change(policy.KindClients, "acme", acme(), as), nil},
		"another order": {change(policy.KindClients, "acme", acme(), func(c *policy.Client) { c.Scope.Groups = []policy.GroupID{"gone", "design"} }), nil},
		"employee moved": {
			change(policy.KindEmployees, "ada", ada(), func(e *policy.Employee) {
				e.Groups, e.Projects = []policy.GroupID{"sales"}, []policy.ProjectID{"site"}
			}),
			[]api.Event{{Revision: 6, Kind: "employees", ID: "ada", Action: "changed", Name: "Ada", Changes: api.Changes{
				Groups:   api.Membership{Gained: refs("sales", "Sales"), Lost: refs("design", "Design")},
				Projects: api.Membership{Gained: refs("site", "Site")},
			}}},
		},
		"employee removed": {
			policy.Change{Kind: policy.KindEmployees, ID: "ada"},
			[]api.Event{{Revision: 6, Kind: "employees", ID: "ada", Action: "removed", Name: "Ada"}},
		},
		"employee that never was removed": {policy.Change{Kind: policy.KindEmployees, ID: "eve"}, nil},
		"employee the same":               {change(policy.KindEmployees, "ada", ada(), as), nil},
		"group added": {
			change(policy.KindGroups, "print", policy.Group{ID: "print", Name: "Print"}, as),
			[]api.Event{{Revision: 6, Kind: "groups", ID: "print", Action: "added", Name: "Print", Changes: api.Changes{Name: &api.Turn[string]{To: "Print"}}}},
		},
		"group renamed": {
			change(policy.KindGroups, "sales", policy.Group{ID: "sales", Name: "Sellers"}, as),
			[]api.Event{{Revision: 6, Kind: "groups", ID: "sales", Action: "changed", Name: "Sellers", Changes: api.Changes{Name: &api.Turn[string]{From: "Sales", To: "Sellers"}}}},
		},
		"group removed": {
			policy.Change{Kind: policy.KindGroups, ID: "design"},
			[]api.Event{{Revision: 6, Kind: "groups", ID: "design", Action: "removed", Name: "Design"}},
		},
		"project's groups": {
			change(policy.KindProjects, "site", site(), func(p *policy.Project) { p.Groups = nil }),
			[]api.Event{{Revision: 6, Kind: "projects", ID: "site", Action: "changed", Name: "Site", Changes: api.Changes{Groups: api.Membership{Lost: refs("design", "Design")}}}},
		},
		"project removed": {
			policy.Change{Kind: policy.KindProjects, ID: "app"},
			[]api.Event{{Revision: 6, Kind: "projects", ID: "app", Action: "removed", Name: "App"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			before := studio()
			after := before.Apply(6, c.change)
			if diff := cmp.Diff(c.want, events.Of(before, after, []policy.Change{c.change})); diff != "" {
				t.Error("of the change:", diff)
			}
			got, ok := events.Between(before, after, 1)
			if diff := cmp.Diff(c.want, got); diff != "" || !ok {
				t.Error("between the snapshots:", diff)
			}
		})
	}
}

// Whoever removes a group and takes it out of a scope at once is told its name.
func TestALostGroupHasItsLastName(t *testing.T) {
	before := studio()
	changes := []policy.Change{
		{Kind: policy.KindGroups, ID: "design"},
		change(policy.KindEmployees, "ada", ada(), func(e *policy.Employee) { e.Groups = nil }),
	}
	got := events.Of(before, before.Apply(6, changes...), changes)
	if diff := cmp.Diff([]api.Ref{{ID: "design", Name: "Design"}}, got[1].Changes.Groups.Lost); diff != "" {
		t.Error(diff)
	}
}

func TestSecretsGiveNoEvents(t *testing.T) {
	secret := []policy.Change{
		change(policy.KindKeys, "k", policy.Key{ID: "k", Name: "k", Digest: policy.DigestOf("k")}, as),
		change(policy.KindAdmins, "a", policy.Admin{ID: "a", Name: "a"}, as),
		change(policy.KindAccounts, "acme", policy.Account{Name: "a"}, as),
		change(policy.KindSessions, "s", policy.Session{ID: "s"}, as),
		{Kind: "inventions", ID: "i", Value: 1},
		{Kind: "", ID: "acme", Value: 1},
	}
	before := studio()
	after := before.Apply(6, secret...)
	if got := events.Of(before, after, secret); got != nil {
		t.Errorf("got %+v", got)
	}
	if got, _ := events.Between(before, after, 10); got != nil {
		t.Errorf("got %+v", got)
	}
}

func TestTooMuchIsNotCompared(t *testing.T) {
	if got, ok := events.Between(&policy.Data{}, studio(), 6); ok || got != nil {
		t.Errorf("got %d events", len(got))
	}
	if got, ok := events.Between(&policy.Data{}, studio(), 7); !ok || len(got) != 7 {
		t.Errorf("got %d events", len(got))
	}
}

// From any world to any other, by all changes at once or by comparing.
func TestEventsLeadFromOneWorldToAnother(t *testing.T) {
	for seed := range uint64(2_000) {
		r := rand.New(rand.NewPCG(seed, 1))
		before, after := policytest.Random(r).Data(t), policytest.Random(r).Data(t)
		compared, ok := events.Between(before, after, 1000)
		if !ok {
			t.Fatal("not compared")
		}
		told := events.Of(before, after, everything(before, after))
		for name, all := range map[string][]api.Event{"compared": compared, "told": told} {
			replica := eventstest.Of(before)
			for _, e := range all {
				if err := replica.Apply(e); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(eventstest.Of(after), replica); diff != "" {
				t.Fatalf("%s, seed %d: %s", name, seed, diff)
			}
		}
	}
}

// everything names all that is in one of two snapshots.
func everything(all ...*policy.Data) []policy.Change {
	named := map[policy.Change]bool{}
	for _, d := range all {
		for id := range d.ClientIDs() {
			named[policy.Change{Kind: policy.KindClients, ID: string(id)}] = true
		}
		for id := range d.EmployeeIDs() {
			named[policy.Change{Kind: policy.KindEmployees, ID: string(id)}] = true
		}
		for id := range d.GroupIDs() {
			named[policy.Change{Kind: policy.KindGroups, ID: string(id)}] = true
		}
		for id := range d.ProjectIDs() {
			named[policy.Change{Kind: policy.KindProjects, ID: string(id)}] = true
		}
	}
	var changes []policy.Change
	for c := range named {
		changes = append(changes, c)
	}
	return changes
}
