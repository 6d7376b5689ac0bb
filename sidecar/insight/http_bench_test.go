package insight_test

import (
	"fmt"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// BenchmarkHTTP asks a whole sidecar with 200,000 employees in 300 groups, on 300
// projects, and 100 clients of two groups each.
func BenchmarkHTTP(b *testing.B) {
	s := sidecartest.Start(b, sidecartest.Options{})
	data := company(200_000, 100)
	doc := api.Document{}
	for _, g := range data.Groups() {
		doc.Groups = append(doc.Groups, *g)
	}
	for _, p := range data.Projects() {
		doc.Projects = append(doc.Projects, *p)
	}
	for _, e := range data.Employees() {
		doc.Employees = append(doc.Employees, *e)
	}
	for _, c := range data.Clients() {
		c.Email = fmt.Sprint(c.ID, "@example.com")
		doc.Clients = append(doc.Clients, *c)
	}
	doc.Clients[0].Scope = everyone(false)
	doc.Clients[0].Scope.Groups = doc.Clients[0].Scope.Groups[1:]
	doc.Clients[1].Scope = everyone(true)
	doc.Clients[1].Scope.Groups = doc.Clients[1].Scope.Groups[1:]
	imported, err := s.Owner.Import(b.Context(), doc, client.Terms{Force: true})
	if err != nil {
		b.Fatal(err)
	}
	owner := s.Owner.AtLeast(imported.Token)
	for deadline := time.Now().Add(time.Minute); ; { // the snapshot is large
		if _, err := owner.Who(b.Context()); err == nil {
			break
		} else if time.Now().After(deadline) {
			b.Fatal(err)
		}
	}
	for _, both := range []bool{false, true} {
		for _, against := range []policy.ClientID{"", doc.Clients[0].ID, doc.Clients[1].ID} {
			if against != "" && both != (against == doc.Clients[1].ID) {
				continue
			}
			b.Run(fmt.Sprintf("preview/both=%t/against=%t", both, against != ""), func(b *testing.B) {
				for b.Loop() {
					p, err := owner.Preview(b.Context(), api.NewPreview{Client: against, Scope: everyone(both)})
					if err != nil || p.Employees.Count != 200_000 {
						b.Fatal(p.Employees.Count, err)
					}
				}
			})
		}
	}
	for _, counts := range []bool{false, true} {
		b.Run(fmt.Sprintf("list/counts=%t", counts), func(b *testing.B) {
			for b.Loop() {
				page, err := owner.ListClients(b.Context(), client.ClientQuery{Counts: counts})
				if err != nil || len(page.Value.Items) != 100 {
					b.Fatal(len(page.Value.Items), err)
				}
			}
		})
	}
}
