package httpd_test

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// staff returns a document of as many employees, each in one group and on one
// project, with ids as long as UUIDs.
func staff(employees int, name string) api.Document {
	id := func(kind byte, i int) string { return fmt.Sprintf("%c%07d-8f14-4e45-a6e0-5f6b2c3d4e5f", kind, i) }
	teams := employees/100 + 1
	d := policy.Directory{}
	for i := range teams {
		d.Groups = append(d.Groups, policy.Group{ID: policy.GroupID(id('g', i)), Name: fmt.Sprint("Group ", i)})
		d.Projects = append(d.Projects, policy.Project{ID: policy.ProjectID(id('b', i)), Name: fmt.Sprint("Project ", i)})
	}
	for i := range employees {
		d.Employees = append(d.Employees, policy.Employee{
			ID: policy.EmployeeID(id('e', i)), Name: fmt.Sprint(name, " ", i),
			Groups: []policy.GroupID{d.Groups[i%teams].ID}, Projects: []policy.ProjectID{d.Projects[i%teams].ID},
		})
	}
	return api.Document{Directory: d}
}

// tablesOf returns a document as CSV.
func tablesOf(doc api.Document) client.Tables {
	var employees, groups, projects, memberships bytes.Buffer
	fmt.Fprintln(&employees, "id,name")
	fmt.Fprintln(&groups, "id,name")
	fmt.Fprintln(&projects, "id,name")
	fmt.Fprintln(&memberships, "employee,group,project")
	for _, g := range doc.Groups {
		fmt.Fprintf(&groups, "%s,%s\n", g.ID, g.Name)
	}
	for _, p := range doc.Projects {
		fmt.Fprintf(&projects, "%s,%s\n", p.ID, p.Name)
	}
	for _, e := range doc.Employees {
		fmt.Fprintf(&employees, "%s,%s\n", e.ID, e.Name)
		for _, g := range e.Groups {
			fmt.Fprintf(&memberships, "%s,%s,\n", e.ID, g)
		}
		for _, p := range e.Projects {
			fmt.Fprintf(&memberships, "%s,,%s\n", e.ID, p)
		}
	}
	return client.Tables{Employees: &employees, Groups: &groups, Projects: &projects, Memberships: &memberships}
}

// BenchmarkImport imports 200,000 employees with 400,000 memberships into an
// empty embedded store, then each of them changed, then the same again. The heap
// is that of the caller and the sidecar in one process.
//
//	go test -run '^$' -bench 'Import$' -benchtime 1x ./sidecar/httpd
func BenchmarkImport(b *testing.B) {
	const employees = 200_000
	b.Run("JSON", func(b *testing.B) {
		benchmarkImport(b, employees, func(s *sidecartest.Sidecar, doc api.Document) (client.Stored[api.Imported], error) {
			return s.Owner.Import(b.Context(), doc, client.Terms{})
		})
	})
	b.Run("CSV", func(b *testing.B) {
		benchmarkImport(b, employees, func(s *sidecartest.Sidecar, doc api.Document) (client.Stored[api.Imported], error) {
			return s.Owner.ImportCSV(b.Context(), tablesOf(doc), client.Terms{})
		})
	})
}

func benchmarkImport(b *testing.B, employees int, send func(*sidecartest.Sidecar, api.Document) (client.Stored[api.Imported], error)) {
	for b.Loop() {
		s := sidecartest.Start(b, sidecartest.Options{})
		for _, step := range []struct {
			name, company string
			want          int
		}{{"first", "Jane Doe", employees}, {"changed", "Jane Roe", employees}, {"same", "Jane Roe", 0}} {
			doc := staff(employees, step.company)
			peak, begun := watchHeap(), time.Now()
			done, err := send(s, doc)
			if err != nil {
				b.Fatal(step.name, err)
			}
			b.ReportMetric(time.Since(begun).Seconds(), step.name+"-s")
			b.ReportMetric(float64(peak())/(1<<20), step.name+"-heap-MiB")
			if got := done.Value.Employees.Counts; got.Added+got.Changed != step.want {
				b.Fatalf("%s: %v employees differ, want %d", step.name, got, step.want)
			}
		}
		s.Stop(b)
	}
}

// watchHeap watches the heap until its result is called, which returns how large
// it got, in bytes.
func watchHeap() func() uint64 {
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() {
		most := uint64(0)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
			select {
			case <-stop:
				peak <- most
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(stop); return <-peak }
}
