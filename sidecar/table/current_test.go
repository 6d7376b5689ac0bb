package table_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/table"
)

// over returns what becomes of a company by files without faults.
func over(t *testing.T, current policy.Directory, f files) policy.Directory {
	t.Helper()
	got, report := read(t, f, nil, current)
	if err := report.Err(); err != nil {
		t.Fatal(err, report.Faults)
	}
	return got
}

func TestWhatNoFileSpeaksOfStays(t *testing.T) {
	for name, c := range map[string]struct {
		files
		change func(*policy.Directory)
	}{
		"nothing": {files{}, func(*policy.Directory) {}},
		"groups alone": {
			files{table.Groups: "id,name\ndesign,Drawing\nart,Art\n"},
			func(d *policy.Directory) {
				d.Groups = []policy.Group{{ID: "design", Name: "Drawing"}, {ID: "art", Name: "Art"}}
			},
		},
		"projects without their groups": {
			files{table.Projects: "id,name\nsite,Web site\nnew,New\n"},
			func(d *policy.Directory) {
				d.Projects = []policy.Project{{ID: "site", Name: "Web site", Groups: []policy.GroupID{"design"}}, {ID: "new", Name: "New"}}
			},
		},
		"projects with their groups": {
			files{table.Projects: "id,name,groups\nsite,Site,\napp,App,Print\n"},
			func(d *policy.Directory) {
				d.Projects = []policy.Project{{ID: "site", Name: "Site"}, {ID: "app", Name: "App", Groups: []policy.GroupID{"print"}}}
			},
		},
		"employees without memberships": {
			files{table.Employees: "id,name\nbob,Robert\ncy,Cy\n"},
			func(d *policy.Directory) {
				d.Employees = []policy.Employee{{ID: "bob", Name: "Robert", Groups: []policy.GroupID{"design", "print"}}, {ID: "cy", Name: "Cy"}}
			},
		},
		"employees with groups only": {
			files{table.Employees: "id,name,groups\nada,Ada,\nbob,Bob,Print\n"},
			func(d *policy.Directory) {
				d.Employees[0].Groups, d.Employees[1].Groups = nil, []policy.GroupID{"print"}
			},
		},
		"memberships alone": {
			files{table.Memberships: "employee,project\nBob,Site\n"},
			func(d *policy.Directory) {
				d.Employees[0].Projects, d.Employees[1].Projects = nil, []policy.ProjectID{"site"}
			},
		},
		"memberships of any type": {
			files{table.Memberships: "employee,type,target\nBob,project,Site\n"},
			func(d *policy.Directory) {
				d.Employees[0].Groups, d.Employees[0].Projects = nil, nil
				d.Employees[1].Groups, d.Employees[1].Projects = nil, []policy.ProjectID{"site"}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			want := studio()
			c.change(&want)
			if diff := cmp.Diff(filled(want), over(t, studio(), c.files)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMembershipsKeepTheirOrder(t *testing.T) {
	current := studio()
	current.Employees[0].Projects = []policy.ProjectID{"site", "app"}
	got := over(t, current, files{table.Employees: "id,name,groups,projects\nada,Ada,design,app; site\nbob,Bob,print; design,\n"})
	if diff := cmp.Diff(filled(current), got); diff != "" {
		t.Error(diff)
	}
}

func TestCurrentCompanyIsLeftAlone(t *testing.T) {
	current := studio()
	over(t, current, files{table.Memberships: "employee,type,target\nBob,project,Site\n"})
	if diff := cmp.Diff(studio(), current); diff != "" {
		t.Error(diff)
	}
}

func TestTooManyMembershipsAreAFault(t *testing.T) {
	current := policy.Directory{Employees: []policy.Employee{{ID: "ada", Name: "Ada"}}}
	memberships := "employee,group\n"
	for i := range 1_001 {
		id := fmt.Sprint(i)
		current.Groups = append(current.Groups, policy.Group{ID: policy.GroupID(id), Name: "G"})
		memberships += "ada," + id + "\n"
	}
	_, report := read(t, files{table.Memberships: memberships}, nil, current)
	want := []policy.Fault{{Table: "memberships", Message: `the employee "ada": groups: has 1001 ids; the limit is 1000`}}
	if diff := cmp.Diff(want, report.Faults); diff != "" {
		t.Error(diff)
	}
}
