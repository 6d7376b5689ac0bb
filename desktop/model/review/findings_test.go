package review_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/review"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// troubled returns a store of a company in which something of each sort is found,
// and its sidecar.
func troubled(t *testing.T, pump *asynctest.Pump) (*model.Store, *client.Client) {
	t.Helper()
	owner := sidecartest.Start(t, sidecartest.Options{}).Owner
	soon := time.Now().Add(72 * time.Hour)
	doc := api.Document{
		Directory: policy.Directory{
			Employees: []policy.Employee{
				{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"app"}},
				{ID: "ben", Name: "Ben", Groups: []policy.GroupID{"dev", "old"}, Projects: []policy.ProjectID{"site"}},
				{ID: "cleo", Name: "Cleo"},
			},
			Groups: []policy.Group{{ID: "design", Name: "Design"}, {ID: "dev", Name: "Development"}, {ID: "old", Name: "Old"}},
			Projects: []policy.Project{
				{ID: "app", Name: "App"}, {ID: "site", Name: "Site"}, {ID: "empty", Name: "Empty"},
			},
		},
		Clients: []policy.Client{
			{ID: "acme", Name: "Acme", Email: "acme@client.example", Status: policy.Active, Scope: policy.Scope{Groups: []policy.GroupID{"design"}, Until: &soon}},
			{ID: "birch", Name: "Birch", Email: "birch@client.example", Status: policy.Active},
			{ID: "cedar", Name: "Cedar", Email: "cedar@client.example", Status: policy.Active, Scope: policy.Scope{Groups: []policy.GroupID{"design", "old"}}},
			{ID: "dune", Name: "Dune", Email: "dune@client.example", Status: policy.Suspended},
		},
	}
	stored, err := owner.Import(t.Context(), doc, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	owner = owner.AtLeast(stored.Token)
	old, err := owner.Groups().Get(t.Context(), "old")
	if err != nil {
		t.Fatal(err)
	}
	gone, err := owner.Groups().Delete(t.Context(), "old", old.Revision, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	owner = owner.AtLeast(gone.Token)
	store := model.NewStore(model.StoreConfig{On: pump, Client: owner})
	t.Cleanup(store.Close)
	pump.Until(func() bool { return store.Link().State == model.LinkLive && store.Group("old") == nil })
	return store, owner
}

// told says of each finding what it is, about what, and what is dead.
func told(m *review.Findings) (all []string) {
	for _, f := range m.Rows() {
		line := string(f.What) + " " + f.Kind + " " + f.Name
		if len(f.Dead) > 0 {
			line += ": " + strings.Join(f.Dead, " ")
		}
		all = append(all, line)
	}
	return all
}

func TestWhatAsksForALookIsFound(t *testing.T) {
	pump := asynctest.New(t)
	store, owner := troubled(t, pump)
	m := review.NewFindings(pump, store, owner)
	defer m.Close()
	pump.Until(m.Read)
	want := []string{
		"dead_references client Cedar: old",
		"dead_references employee Ben: old",
		"nothing_visible client Birch",
		"expiring client Acme",
		"alone employee Cleo",
		"alone project Empty",
		"unreached employee Ben",
		"unreached project Site",
	}
	if diff := cmp.Diff(want, told(m)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if n := m.Count(review.Dead); n != 2 {
		t.Errorf("%d dead references are counted", n)
	}

	m.Show(review.Alone)
	if diff := cmp.Diff([]string{"alone employee Cleo", "alone project Empty"}, told(m)); diff != "" {
		t.Errorf("of one sort: -want +got\n%s", diff)
	}
	if f, ok := m.Find("employee cleo alone"); !ok || f.ID != "cleo" {
		t.Errorf("found %v, %t", f, ok)
	}
}

func TestFindingsAreLookedForAnew(t *testing.T) {
	pump := asynctest.New(t)
	store, owner := troubled(t, pump)
	m := review.NewFindings(pump, store, owner)
	defer m.Close()
	pump.Until(m.Read)
	if _, err := owner.Employees().Create(t.Context(), policy.Employee{ID: "zoe", Name: "Zoe"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	pump.Until(func() bool {
		pump.Pass(time.Second)
		return store.Employee("zoe") != nil
	})
	m.Again()
	pump.Until(func() bool { return m.Count(review.Alone) == 3 })
}

func TestNothingIsOutOfReachWithoutClients(t *testing.T) {
	pump := asynctest.New(t)
	owner := sidecartest.Start(t, sidecartest.Options{}).Owner
	store := model.NewStore(model.StoreConfig{On: pump, Empty: true})
	store.Install(&model.Data{Employees: model.NewTable([]*model.Employee{
		{Employee: policy.Employee{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}}, Revision: 1},
	}), Groups: model.NewTable([]*model.Group{{Group: policy.Group{ID: "design", Name: "Design"}, Revision: 1}})}, model.Link{State: model.LinkLive})
	m := review.NewFindings(pump, store, owner)
	defer m.Close()
	pump.Until(m.Read)
	if n := m.Count(""); n != 0 {
		t.Errorf("%d findings: %v", n, told(m))
	}
}

func TestFindingsAreExportedAsATable(t *testing.T) {
	var text strings.Builder
	err := review.WriteFindings(&text, []review.Finding{
		{Kind: "client", ID: "acme", Name: "=Acme", What: review.Dead, Dead: []string{"old", "older"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "finding,kind,id,name,dead_references\r\ndead_references,client,acme,'=Acme,old; older\r\n"
	if diff := cmp.Diff(want, text.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
