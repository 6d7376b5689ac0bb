package table_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/table"
)

// A directory without faults is valid, refers only to what it has, and is the
// same when it is read again over itself.
func FuzzDirectory(f *testing.F) {
	f.Add([]byte("id,name,groups,projects\n1,Ada,Design;Print,Site\n"), []byte("name\nDesign\nPrint\n"), []byte("id;name;groups\n1;Site;design|PRINT\n"), []byte("employee,group,project\nada,print,1\n"))
	f.Add([]byte("sep=;\nVorname;Nachname\nAda;L\"\n"), []byte("\xff\xfei\x00d\x00"), []byte("\"id\n\",name\n"), []byte("employee\ttype\ttarget\n1\tgroup\t\"a\"\"\n\"\n"))
	f.Add([]byte("\ufeffid,name\r\n\r\n,,,\n=1+1,@\x00\n"), []byte(""), []byte("code,title\na/b,\u0130\u0308\n"), []byte("employee,group\n"+strings.Repeat(";", 100)))
	f.Fuzz(func(t *testing.T, employees, groups, projects, memberships []byte) {
		read := func(current policy.Directory) (policy.Directory, table.Report) {
			sheets := table.Sheets{}
			for name, text := range map[string][]byte{
				table.Employees: employees, table.Groups: groups, table.Projects: projects, table.Memberships: memberships,
			} {
				if len(text) == 0 {
					continue
				}
				s, err := table.Read(name, bytes.NewReader(text))
				if err != nil {
					t.Fatal(err)
				}
				sheets[name] = s
			}
			return table.Directory(sheets, nil, current)
		}
		d, report := read(policy.Directory{})
		if len(report.Faults) > 0 {
			for _, fault := range report.Faults {
				if fault.Table == "" || fault.Message == "" {
					t.Errorf("%v says nothing", fault)
				}
			}
			return
		}
		wantSound(t, d)
		again, report := read(d)
		if len(report.Faults) > 0 {
			t.Fatal(report.Faults)
		}
		if diff := cmp.Diff(d, again); diff != "" {
			t.Error(diff)
		}
	})
}

func wantSound(t *testing.T, d policy.Directory) {
	t.Helper()
	groups, projects, employees := map[policy.GroupID]bool{}, map[policy.ProjectID]bool{}, map[policy.EmployeeID]bool{}
	has := func(from string, ids []policy.GroupID) {
		for _, id := range ids {
			if !groups[id] {
				t.Errorf("%s has the group %s, which is not there", from, id)
			}
		}
	}
	for _, g := range d.Groups {
		if err := g.Check(); err != nil || groups[g.ID] {
			t.Error(g, err)
		}
		groups[g.ID] = true
	}
	for _, p := range d.Projects {
		if err := p.Check(); err != nil || projects[p.ID] {
			t.Error(p, err)
		}
		projects[p.ID] = true
		has(string(p.ID), p.Groups)
	}
	for _, e := range d.Employees {
		if err := e.Check(); err != nil || employees[e.ID] {
			t.Error(e, err)
		}
		employees[e.ID] = true
		has(string(e.ID), e.Groups)
		for _, id := range e.Projects {
			if !projects[id] {
				t.Errorf("%s has the project %s, which is not there", e.ID, id)
			}
		}
	}
}

// An invitation without faults is valid.
func FuzzInvitations(f *testing.F) {
	f.Add([]byte("email,name,groups,projects,screencasts,from,until,note\na@example.com,A,Design,site;app,yes,2026-01-01,31.1.2026,Hello\n"))
	f.Add([]byte("E-Mail;Bis\na@example.com;2026-01-31T00:00:00Z\nA@example.com;9999-99-99\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		sheet, err := table.Read(table.Clients, bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		rows, _ := table.Invitations(sheet, nil, studio())
		for _, r := range rows {
			if len(r.Faults) > 0 {
				continue
			}
			c := policy.Client{ID: "new", Name: "new", Email: r.Email, Status: policy.Invited, Scope: r.Scope}
			if r.Name != "" {
				c.Name = r.Name
			}
			if err := c.Check(); err != nil {
				t.Errorf("%v: %v", r, err)
			}
		}
	})
}
