package admin_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/table"
)

// sheets returns tables by their names.
func sheets(t *testing.T, files map[string]string) table.Sheets {
	t.Helper()
	all := table.Sheets{}
	for name, text := range files {
		sheet, err := table.Read(name, strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		all[name] = sheet
	}
	return all
}

// studioTables is the directory of studio.
func studioTables(t *testing.T) table.Sheets {
	t.Helper()
	return sheets(t, map[string]string{
		table.Employees: "id,name,groups,projects\nada,Ada,design,site\n",
		table.Groups:    "id,name\ndesign,Group design\n",
		table.Projects:  "id,name,groups\nsite,Project site,design\n",
	})
}

func TestTablesAreTheSameDirectoryAsADocument(t *testing.T) {
	h := start(t)
	imported(t, h, studio(), admin.Terms{})
	again, err := h.ImportTables(t.Context(), ann, admin.Terms{}, studioTables(t), nil, false)
	want := api.Imported{Employees: same(), Groups: same(), Projects: same(), Clients: same(), Dead: []api.DeadScope{}}
	if diff := cmp.Diff(want, again.Value); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if got := h.records(t); got != 1 {
		t.Errorf("there are %d audit records, want 1", got)
	}
}

func TestTriedTablesAreWhatImportDoes(t *testing.T) {
	h := start(t)
	imported(t, h, studio(), admin.Terms{})
	next := func() table.Sheets {
		return sheets(t, map[string]string{
			table.Employees: "id,name,phone\nada,Ada L.,1\nbob,Bob,2\n",
			table.Groups:    "id,name\nprint,Print\n",
		})
	}
	tried, err := h.ImportTables(t.Context(), ann, admin.Terms{}, next(), nil, true)
	if err != nil {
		t.Fatal(err)
	}
	wantStored(t, h, studio())
	if got := h.records(t); got != 1 {
		t.Errorf("there are %d audit records, want 1", got)
	}
	want := api.Imported{
		DryRun: true, Employees: added("bob"), Groups: added("print"), Projects: same(), Clients: same(),
		Dead: []api.DeadScope{{Client: "acme", Groups: []policy.GroupID{"design"}}}, DeadCount: 1,
		Warnings: []policy.Fault{{Table: "employees", Row: 1, Column: "phone", Message: "is not a column known here, and was passed over"}},
	}
	want.Employees.Changed, want.Employees.Counts.Changed = []string{"ada"}, 1
	want.Groups.Removed, want.Groups.Counts.Removed = []string{"design"}, 1
	if diff := cmp.Diff(want, tried.Value); diff != "" {
		t.Error(diff)
	}
	done, err := h.ImportTables(t.Context(), ann, admin.Terms{}, next(), nil, false)
	want.DryRun = false
	if diff := cmp.Diff(want, done.Value); diff != "" || err != nil {
		t.Error(diff, err)
	}
	doc := studio()
	doc.Employees[0].Name = "Ada L."
	doc.Employees = append(doc.Employees, policy.Employee{ID: "bob", Name: "Bob"})
	doc.Groups = []policy.Group{{ID: "print", Name: "Print"}}
	wantStored(t, h, doc)
}

func TestFaultyTablesChangeNothing(t *testing.T) {
	h := start(t)
	imported(t, h, studio(), admin.Terms{})
	for _, dry := range []bool{true, false} {
		_, err := h.ImportTables(t.Context(), ann, admin.Terms{Force: true}, sheets(t, map[string]string{
			table.Groups:      "id,name\nnew,New\nnew,Newer\n",
			table.Memberships: "employee,group\nada,none\n",
		}), nil, dry)
		want := &policy.Error{Code: policy.Invalid, Message: "the tables have 2 faults; nothing was done", Faults: []policy.Fault{
			{Table: "groups", Row: 3, Column: "id", Message: `"new" is the id in line 2 too`},
			{Table: "memberships", Row: 2, Column: "group", Message: `there is no group "none"`},
		}}
		if diff := cmp.Diff(error(want), err); diff != "" {
			t.Error(diff)
		}
	}
	wantStored(t, h, studio())
}

func TestImportWithoutTablesIsNone(t *testing.T) {
	h := start(t)
	_, err := h.ImportTables(t.Context(), ann, admin.Terms{}, nil, table.Mapping{"groups": {"id": "x"}}, true)
	if diff := cmp.Diff(error(&policy.Error{Code: policy.Invalid, Message: "has no table"}), err); diff != "" {
		t.Error(diff)
	}
}

func TestOnlyEditorsImportTables(t *testing.T) {
	h := start(t)
	for _, c := range []policy.Caller{auditor, app} {
		_, err := h.ImportTables(t.Context(), c, admin.Terms{}, studioTables(t), nil, true)
		wantCode(t, err, policy.Forbidden)
		wantCode(t, h.MayImport(t.Context(), c), policy.Forbidden)
	}
}

func TestTablesDoNotBringBackTheDead(t *testing.T) {
	h := start(t)
	var ids []string
	rows := "id,name\n"
	for i := range 1_200 {
		ids = append(ids, fmt.Sprintf("e%04d", i))
		rows += ids[i] + ",E\n"
	}
	tables := func(rows string) table.Sheets { return sheets(t, map[string]string{table.Employees: rows}) }
	first, err := h.ImportTables(t.Context(), ann, admin.Terms{}, tables(rows), nil, false)
	if err != nil {
		t.Fatal(err)
	}
	gone, err := h.ImportTables(t.Context(), ann, once("k", "f"), tables("id,name\n"), nil, false)
	if err != nil {
		t.Fatal(err)
	}
	for what, listed := range map[string][]string{"added": first.Value.Employees.Added, "removed": gone.Value.Employees.Removed} {
		if diff := cmp.Diff(ids[:1_000], listed); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	if got := gone.Value.Employees.Counts; got != (api.Counts{Removed: 1_200}) {
		t.Errorf("the counts are %v", got)
	}
	again, err := h.ImportTables(t.Context(), ann, once("k", "f"), tables("id,name\n"), nil, false)
	if diff := cmp.Diff(gone, again); diff != "" || err != nil {
		t.Error(diff, err)
	}
	_, err = h.ImportTables(t.Context(), ann, admin.Terms{}, tables(rows), nil, true)
	want := &policy.Error{Code: policy.Exists, IDs: ids, Message: "has ids of what was deleted; ids are never used again"}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
}

func TestTablesDoNotLoseWhatCanNotBeRead(t *testing.T) {
	h := start(t)
	imported(t, h, studio(), admin.Terms{})
	h.spoil(t, "live/g/1/clients/acme")
	if _, err := h.ImportTables(t.Context(), ann, admin.Terms{}, studioTables(t), nil, false); err != nil {
		t.Error(err)
	}
	h.spoil(t, "live/g/1/employees/ada")
	_, err := h.ImportTables(t.Context(), ann, admin.Terms{}, sheets(t, map[string]string{table.Groups: "id,name\ndesign,Design\n"}), nil, false)
	want := &policy.Error{
		Code: policy.Conflict, IDs: []string{"ada"},
		Message: "there are stored values that can't be read; replace or delete them first",
	}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
}
