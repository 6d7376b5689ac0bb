package engine

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"testing"

	"sightline.example/policy"
	bundle "sightline.example/rego"
)

// BenchmarkVisible lists what a scope shows that selects one group of two
// employees, in a company of 2,000 and one of 200,000, and what one shows that
// selects all of 200,000 employees, in 300 groups.
//
// Ledger (2 cores AMD EPYC, busy with other work, the best of three):
//
//	small/clients=1000    138 µs   43.7 kB  977 allocs
//	small/clients=100000  141 µs   43.7 kB  977 allocs
//	all/groups            243 ms   58.1 MB  229,456 allocs
//	all/both              441 ms  115.1 MB  434,531 allocs
//
// A third of the large ones is OPA's sorting of the sets.
func BenchmarkVisible(b *testing.B) {
	for _, clients := range []int{1_000, 100_000} {
		b.Run(fmt.Sprintf("small/clients=%d", clients), func(b *testing.B) {
			list(b, company(clients), "client-1", 2)
		})
	}
	for _, mode := range []policy.Mode{policy.ModeGroups, policy.ModeBoth} {
		b.Run(fmt.Sprintf("all/%s", mode), func(b *testing.B) {
			list(b, large(200_000, 300, mode), "c", 200_000)
		})
	}
}

func list(b *testing.B, data *policy.Data, client policy.ClientID, employees int) {
	e, err := New(b.Context(), bundle.Files, Config{})
	if err != nil {
		b.Fatal(err)
	}
	e.Swap(data)
	view, _ := e.View()
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as the sidecar sets it
	runtime.GC()
	b.ReportAllocs()
	for b.Loop() {
		got, err := view.Visible(b.Context(), client)
		if err != nil || len(got.Employees) != employees {
			b.Fatalf("got %d employees and the error %v", len(got.Employees), err)
		}
	}
}

// large returns employees in groups of equal size, all on one project of three
// hundred, and a client who sees them all.
func large(employees, groups int, mode policy.Mode) *policy.Data {
	var changes []policy.Change
	scope := policy.Scope{}
	for i := range groups {
		g, p := policy.GroupID(fmt.Sprint("group-", i)), policy.ProjectID(fmt.Sprint("project-", i))
		changes = append(
			changes,
			policy.Change{Kind: policy.KindGroups, ID: string(g), Value: &policy.Group{ID: g, Name: "G"}},
			policy.Change{Kind: policy.KindProjects, ID: string(p), Value: &policy.Project{ID: p, Name: "P"}},
		)
		scope.Groups = append(scope.Groups, g)
		if mode == policy.ModeBoth {
			scope.Projects = append(scope.Projects, p)
		}
	}
	for i := range employees {
		id := policy.EmployeeID(fmt.Sprintf("employee-%d", i*7919%employees))
		changes = append(changes, policy.Change{Kind: policy.KindEmployees, ID: string(id), Value: &policy.Employee{
			ID: id, Name: "E",
			Groups:   []policy.GroupID{policy.GroupID(fmt.Sprint("group-", i%groups))},
			Projects: []policy.ProjectID{policy.ProjectID(fmt.Sprint("project-", i/3%groups))},
		}})
	}
	client := &policy.Client{ID: "c", Name: "C", Status: policy.Active, Scope: scope}
	changes = append(changes, policy.Change{Kind: policy.KindClients, ID: "c", Value: client})
	return (&policy.Data{}).Apply(1, changes...)
}
