package search_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/model"
	"sightline.example/desktop/model/search"
	"sightline.example/policy"
)

// company is many clients, among whom a few are looked for, and a little else.
func company(clients int) *model.Data {
	all := []*model.Client{
		model.NewClient(policy.Client{ID: "z1", Name: "North Acme", Email: "n@north.example"}, 1),
		model.NewClient(policy.Client{ID: "z2", Name: "Acme Bank", Email: "bank@client.example"}, 1),
		model.NewClient(policy.Client{ID: "z3", Name: "Bakery", Email: "acme@bakery.example"}, 1),
	}
	for i := range clients {
		all = append(all, model.NewClient(policy.Client{ID: policy.ClientID(fmt.Sprintf("c%d", i)), Name: fmt.Sprintf("Guest %d", i)}, 1))
	}
	return &model.Data{
		Clients:   model.NewTable(all),
		Groups:    model.NewTable([]*model.Group{{Group: policy.Group{ID: "g", Name: "Acme team"}}}),
		Projects:  model.NewTable([]*model.Project{{Project: policy.Project{ID: "p", Name: "Site of Acme"}}}),
		Employees: model.NewTable([]*model.Employee{{Employee: policy.Employee{ID: "e", Name: "Ada Acme"}}}),
	}
}

func TestEverythingIsFoundByItsName(t *testing.T) {
	want := []search.Found{
		{Kind: "client", ID: "z2", Name: "Acme Bank", Address: "bank@client.example"},
		{Kind: "client", ID: "z1", Name: "North Acme", Address: "n@north.example"},
		{Kind: "client", ID: "z3", Name: "Bakery", Address: "acme@bakery.example"},
		{Kind: "group", ID: "g", Name: "Acme team"},
		{Kind: "project", ID: "p", Name: "Site of Acme"},
		{Kind: "employee", ID: "e", Name: "Ada Acme"},
	}
	if diff := cmp.Diff(want, search.Find(company(20_000), "acme", 10)); diff != "" {
		t.Error(diff)
	}
}

func TestNoMoreIsFoundThanWasAskedFor(t *testing.T) {
	d := company(1000)
	if n := len(search.Find(d, "guest", 10)); n != 10 {
		t.Errorf("%d were found", n)
	}
	if found := search.Find(d, "acme", 1); found[0].ID != "z2" {
		t.Errorf("the best is %+v", found[0])
	}
	d.Groups = model.NewTable([]*model.Group{{Group: policy.Group{ID: "a", Name: "Team Cléo"}}, {Group: policy.Group{ID: "b", Name: "Cléo"}}})
	if found := search.Find(d, "cleo", 1); len(found) != 1 || found[0].ID != "b" {
		t.Errorf("the best is %+v", found)
	}
	if found := search.Find(d, "  ", 10); found != nil {
		t.Errorf("without words %d were found", len(found))
	}
}

func TestClientsAloneAreFoundByNameAndInItsOrder(t *testing.T) {
	named := func(found []search.Found) (all []string) {
		for _, f := range found {
			all = append(all, f.Name)
		}
		return all
	}
	d := company(30)
	if diff := cmp.Diff([]string{"Acme Bank", "North Acme", "Bakery"}, named(search.Clients(d, "acme", 10))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Acme Bank", "Bakery", "Guest 0"}, named(search.Clients(d, " ", 3))); diff != "" {
		t.Errorf("without words: %s", diff)
	}
}

// BenchmarkFind is a search among as many clients as the app is made for.
func BenchmarkFind(b *testing.B) {
	d := company(100_000)
	for b.Loop() {
		search.Find(d, "acme ba", 20)
	}
}
