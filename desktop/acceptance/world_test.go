//go:build acceptance

package acceptance

import (
	"fmt"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// How much there is in a world.
const (
	manyClients   = 240
	manyEmployees = 60
	manyGroups    = 8
	manyProjects  = 20
)

// begin starts a sidecar with clients, and the app, signed in there.
func begin(t *testing.T) (*app, *sidecartest.Sidecar) {
	t.Helper()
	sidecar := world(t, sidecartest.Options{})
	a := launch(t, options{})
	a.signIn(sidecar.URL)
	return a, sidecar
}

// world starts a sidecar with clients and what they may see.
func world(t *testing.T, o sidecartest.Options) *sidecartest.Sidecar {
	t.Helper()
	sidecar := sidecartest.Start(t, o)
	stored, err := sidecar.Owner.Import(t.Context(), document(), client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	sidecar.Owner = sidecar.Owner.AtLeast(stored.Token)
	return sidecar
}

// document is what is in a world: each employee is in one group and on two projects,
// and clients have scopes of all kinds.
func document() api.Document {
	doc := api.Document{Clients: []policy.Client{
		{ID: "acme-bank", Name: "Acme Bank", Email: "bank@acme.example", Status: policy.Active, Scope: policy.Scope{Groups: []policy.GroupID{"g1"}}},
		{ID: "acme-bakery", Name: "Acme Bakery", Email: "bread@acme.example", Status: policy.Active, Scope: policy.Scope{Projects: []policy.ProjectID{"p1"}}},
		{ID: "north", Name: "North Pole", Email: "pole@north.example", Status: policy.Active, Scope: policy.Scope{Groups: []policy.GroupID{"g0", "g1", "g2"}}},
		{ID: "zebra", Name: "Zebra Zoo", Email: "zoo@zebra.example", Status: policy.Active},
	}}
	for i := range manyGroups {
		doc.Groups = append(doc.Groups, policy.Group{ID: group(i), Name: fmt.Sprintf("Team %02d", i)})
	}
	for i := range manyProjects {
		doc.Projects = append(doc.Projects, policy.Project{ID: project(i), Name: fmt.Sprintf("Job %02d", i)})
	}
	for i := range manyEmployees {
		doc.Employees = append(doc.Employees, policy.Employee{
			ID: policy.EmployeeID(fmt.Sprintf("e%d", i)), Name: fmt.Sprintf("Worker %02d", i),
			Groups:   []policy.GroupID{group(i % manyGroups)},
			Projects: []policy.ProjectID{project(i % manyProjects), project((i + 7) % manyProjects)},
		})
	}
	for i := len(doc.Clients); i < manyClients; i++ {
		doc.Clients = append(doc.Clients, guest(i))
	}
	return doc
}

func group(i int) policy.GroupID     { return policy.GroupID(fmt.Sprintf("g%d", i)) }
func project(i int) policy.ProjectID { return policy.ProjectID(fmt.Sprintf("p%d", i)) }

func guest(i int) policy.Client {
	c := policy.Client{
		ID: policy.ClientID(fmt.Sprintf("c%d", i)), Name: fmt.Sprintf("Guest %03d", i),
		Email: fmt.Sprintf("guest%d@firm%d.example", i, (i*37)%manyClients), Status: policy.Active,
	}
	if i%3 == 0 {
		c.Status = policy.Suspended
	}
	if i%2 == 0 {
		c.Scope.Groups = []policy.GroupID{group(i % manyGroups)}
	}
	if i%5 == 0 {
		c.Scope.Projects = []policy.ProjectID{project(i % manyProjects)}
	}
	return c
}

// signIn signs in as the owner, on the screen that asks for it.
func (a *app) signIn(url string) {
	a.t.Helper()
	a.signInAs(url, sidecartest.Email)
}

// signInAs is signIn for an admin with the owner's password.
func (a *app) signInAs(url, email string) {
	a.t.Helper()
	a.enter(url, email)
	a.until("Live", "240 clients")
}

// enter fills in the screen that asks for the sign-in, and sends it.
func (a *app) enter(url, email string) {
	a.t.Helper()
	a.when("the fields", func(s seen) bool { return s.has("Connect to a sidecar") && focused(s) == "https://sightline.example" })
	a.enterHere(url, email)
}

// enterHere is enter where the fields are there already.
func (a *app) enterHere(url, email string) {
	a.t.Helper()
	a.write(url)
	a.press("Tab")
	a.write(email)
	a.press("Tab")
	a.write(sidecartest.Password)
	a.press("Return")
}

// focused returns the words of what has the keyboard.
func focused(s seen) string {
	for _, i := range s.Items {
		if i.Focused {
			return i.words()
		}
	}
	return ""
}
