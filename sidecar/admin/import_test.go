package admin_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
)

// studio is a document of one of each.
func studio() api.Document {
	return api.Document{
		Directory: policy.Directory{
			Employees: []policy.Employee{{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"site"}}},
			Groups:    []policy.Group{group("design")},
			Projects:  []policy.Project{project("site", "design")},
		},
		Clients: []policy.Client{client("acme", policy.Scope{Groups: []policy.GroupID{"design"}})},
	}
}

func same() api.Difference {
	return api.Difference{Added: []string{}, Changed: []string{}, Removed: []string{}}
}

func added(ids ...string) api.Difference {
	d := same()
	d.Added, d.Counts.Added = ids, len(ids)
	return d
}

func removed(ids ...string) api.Difference {
	d := same()
	d.Removed, d.Counts.Removed = ids, len(ids)
	return d
}

// imported imports a document and returns what that changed.
func imported(t *testing.T, h *house, doc api.Document, terms admin.Terms) admin.Changed[api.Imported] {
	t.Helper()
	done, err := h.Import(t.Context(), ann, terms, doc, false)
	if err != nil {
		t.Fatal(err)
	}
	h.reach(t, done.Revision)
	return done
}

func TestImportFillsAnEmptyHouse(t *testing.T) {
	h := start(t)
	done := imported(t, h, studio(), admin.Terms{})
	want := api.Imported{
		Employees: added("ada"), Groups: added("design"), Projects: added("site"), Clients: added("acme"),
		Dead: []api.DeadScope{},
	}
	if diff := cmp.Diff(want, done.Value); diff != "" {
		t.Error(diff)
	}
	wantStored(t, h, studio())
}

// wantStored fails the test unless what is stored is the document.
func wantStored(t *testing.T, h *house, doc api.Document) {
	t.Helper()
	all, err := h.store.Everything(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := api.Document{
		Directory: policy.Directory{Employees: []policy.Employee{}, Groups: []policy.Group{}, Projects: []policy.Project{}},
		Clients:   []policy.Client{},
	}
	for _, v := range all.Employees {
		got.Employees = append(got.Employees, v.Value)
	}
	for _, v := range all.Groups {
		got.Groups = append(got.Groups, v.Value)
	}
	for _, v := range all.Projects {
		got.Projects = append(got.Projects, v.Value)
	}
	for _, v := range all.Clients {
		got.Clients = append(got.Clients, v.Value)
	}
	if diff := cmp.Diff(doc, got, cmpopts.IgnoreTypes(policy.Trail{})); diff != "" {
		t.Error(diff)
	}
}

func TestSameDocumentAgainLeavesNoTrace(t *testing.T) {
	h := start(t)
	first := imported(t, h, studio(), admin.Terms{})
	again := imported(t, h, studio(), once("k", "f"))
	want := api.Imported{Employees: same(), Groups: same(), Projects: same(), Clients: same(), Dead: []api.DeadScope{}}
	if diff := cmp.Diff(want, again.Value); diff != "" {
		t.Error(diff)
	}
	if again.Revision != first.Revision {
		t.Errorf("the store went on to revision %d from %d", again.Revision, first.Revision)
	}
	if got := h.records(t); got != 1 {
		t.Errorf("there are %d audit records, want 1", got)
	}
}

func TestImportTouchesOnlyWhatDiffers(t *testing.T) {
	h := start(t)
	first := imported(t, h, studio(), admin.Terms{})
	next := studio()
	next.Groups[0].Name = "Drawing"
	next.Projects = append(next.Projects, project("app"))
	next.Employees = []policy.Employee{}
	done := imported(t, h, next, admin.Terms{})

	want := api.Imported{
		Employees: removed("ada"), Groups: same(), Projects: added("app"), Clients: same(), Dead: []api.DeadScope{},
	}
	want.Groups.Changed, want.Groups.Counts.Changed = []string{"design"}, 1
	if diff := cmp.Diff(want, done.Value); diff != "" {
		t.Error(diff)
	}
	acme, err := h.Clients().Get(t.Context(), ann, "acme")
	if err != nil || acme.Revision != first.Revision {
		t.Errorf("the client stands at revision %d (%v), want %d: it is the same", acme.Revision, err, first.Revision)
	}
	design, err := h.Groups().Get(t.Context(), ann, "design")
	if err != nil || design.Revision != done.Revision || design.Value.Name != "Drawing" {
		t.Errorf("the group is %v (%v)", design, err)
	}
	page, err := h.Audit(t.Context(), auditor, audit.Query{After: 1, Limit: 10})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("the audit log has %v (%v), want one record more", page.Items, err)
	}
	const detail = "employees: 0 added, 0 changed, 1 removed; groups: 0 added, 1 changed, 0 removed; " +
		"projects: 1 added, 0 changed, 0 removed; clients: 0 added, 0 changed, 0 removed"
	if diff := cmp.Diff(detail, page.Items[0].Detail); diff != "" {
		t.Error(diff)
	}
}

func TestDryRunChangesNothing(t *testing.T) {
	h := start(t)
	imported(t, h, studio(), admin.Terms{})
	next := studio()
	next.Groups = []policy.Group{}
	done, err := h.Import(t.Context(), ann, admin.Terms{Force: true}, next, true)
	want := api.Imported{
		DryRun: true, Employees: same(), Groups: removed("design"), Projects: same(), Clients: same(),
		Dead: []api.DeadScope{{Client: "acme", Groups: []policy.GroupID{"design"}}}, DeadCount: 1,
	}
	if diff := cmp.Diff(want, done.Value); diff != "" || err != nil {
		t.Error(diff, err)
	}
	wantStored(t, h, studio())
	if got := h.records(t); got != 1 {
		t.Errorf("there are %d audit records, want 1", got)
	}
}

func TestClientsStayWhenTheDocumentHasNone(t *testing.T) {
	h := start(t)
	imported(t, h, studio(), admin.Terms{})
	done := imported(t, h, api.Document{Directory: directory("print")}, admin.Terms{})
	want := []api.DeadScope{{Client: "acme", Groups: []policy.GroupID{"design"}}}
	if diff := cmp.Diff(want, done.Value.Dead); diff != "" {
		t.Error(diff)
	}
	wantStored(t, h, api.Document{Directory: directory("print"), Clients: studio().Clients})

	none := api.Document{Directory: directory("print"), Clients: []policy.Client{}}
	if diff := cmp.Diff(removed("acme"), imported(t, h, none, admin.Terms{}).Value.Clients); diff != "" {
		t.Error(diff)
	}
	wantStored(t, h, none)
}

func TestWrongDocumentIsRefused(t *testing.T) {
	h := start(t)
	for name, c := range map[string]struct {
		spoil func(*api.Document)
		want  policy.Error
	}{
		"no employees": {
			func(d *api.Document) { d.Employees = nil },
			policy.Error{Code: policy.Invalid, Field: "employees", Message: "is missing"},
		},
		"no groups": {
			func(d *api.Document) { d.Groups = nil },
			policy.Error{Code: policy.Invalid, Field: "groups", Message: "is missing"},
		},
		"no projects": {
			func(d *api.Document) { d.Projects = nil },
			policy.Error{Code: policy.Invalid, Field: "projects", Message: "is missing"},
		},
		"no name": {
			func(d *api.Document) { d.Employees = append(d.Employees, policy.Employee{ID: "bob"}) },
			policy.Error{Code: policy.Invalid, Field: "employees[1].name", Message: "must not be empty"},
		},
		"an id twice": {
			func(d *api.Document) { d.Clients = append(d.Clients, d.Clients[0]) },
			policy.Error{Code: policy.Invalid, Field: "clients[1].id", Message: "occurs twice"},
		},
		"unknown references": {
			func(d *api.Document) {
				d.Employees[0].Groups = append(d.Employees[0].Groups, "g2", "g1")
				d.Projects[0].Groups = append(d.Projects[0].Groups, "g1")
				d.Clients[0].Scope.Projects = []policy.ProjectID{"p1"}
			},
			policy.Error{
				Code: policy.DeadReference, IDs: []string{"g1", "g2", "p1"},
				Message: "names what does not exist; force writes it all the same",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			doc := studio()
			c.spoil(&doc)
			_, err := h.Import(t.Context(), ann, admin.Terms{}, doc, true)
			if diff := cmp.Diff(error(&c.want), err); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestImportWritesDeadReferencesIfForced(t *testing.T) {
	h := start(t)
	doc := studio()
	doc.Groups = []policy.Group{}
	_, err := h.Import(t.Context(), ann, admin.Terms{}, doc, false)
	wantCode(t, err, policy.DeadReference)
	imported(t, h, doc, admin.Terms{Force: true})
	wantStored(t, h, doc)
}

func TestImportDoesNotBringBackTheDead(t *testing.T) {
	h := start(t)
	imported(t, h, studio(), admin.Terms{})
	imported(t, h, api.Document{Directory: directory(), Clients: []policy.Client{}}, admin.Terms{})
	_, err := h.Import(t.Context(), ann, admin.Terms{}, studio(), true)
	want := &policy.Error{
		Code: policy.Exists, IDs: []string{"ada", "design", "site", "acme"},
		Message: "has ids of what was deleted; ids are never used again",
	}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
}

// crowd is a document too large for one transaction.
func crowd() api.Document {
	doc := studio()
	doc.Employees = nil
	for i := range 200 {
		doc.Employees = append(doc.Employees, policy.Employee{ID: policy.EmployeeID(fmt.Sprintf("e%03d", i)), Name: "E"})
	}
	return doc
}

func TestLargeImportIsOneChange(t *testing.T) {
	h := start(t)
	add(t, h, h.Employees(), policy.Employee{ID: "bob", Name: "Bob"})
	done := imported(t, h, crowd(), once("k", "f"))
	if got := done.Value.Employees; len(got.Added) != 200 || got.Removed[0] != "bob" {
		t.Errorf("the employees differ by %v", got)
	}
	wantStored(t, h, crowd())
	if got := h.records(t); got != 2 {
		t.Errorf("there are %d audit records, want 2", got)
	}
	again, err := h.Import(t.Context(), ann, once("k", "f"), crowd(), false)
	if diff := cmp.Diff(done, again); diff != "" || err != nil {
		t.Error(diff, err)
	}
	_, err = h.Employees().Create(t.Context(), ann, admin.Terms{}, policy.Employee{ID: "bob", Name: "Bob"})
	wantCode(t, err, policy.Exists)
}

func TestImportOfFewLargeEntitiesIsOneChange(t *testing.T) {
	h := start(t)
	var memberships []policy.GroupID
	for i := range policy.MaxMemberships {
		memberships = append(memberships, policy.GroupID(fmt.Sprintf("%0128d", i)))
	}
	doc := api.Document{Directory: directory(), Clients: []policy.Client{}}
	for i := range 10 {
		id := policy.EmployeeID(fmt.Sprint(i))
		doc.Employees = append(doc.Employees, policy.Employee{ID: id, Name: "E", Groups: memberships})
	}
	imported(t, h, doc, admin.Terms{Force: true})
	wantStored(t, h, doc)
	if got := h.records(t); got != 1 {
		t.Errorf("there are %d audit records, want 1", got)
	}
}

func TestImportReplacesWhatCanNotBeRead(t *testing.T) {
	h := start(t)
	imported(t, h, studio(), admin.Terms{})
	h.spoil(t, "live/g/1/clients/acme")
	done := imported(t, h, studio(), admin.Terms{})
	if diff := cmp.Diff([]string{"acme"}, done.Value.Clients.Changed); diff != "" {
		t.Error(diff)
	}
	wantStored(t, h, studio())

	h.spoil(t, "live/g/1/clients/acme")
	none := studio()
	none.Clients = []policy.Client{}
	if diff := cmp.Diff(removed("acme"), imported(t, h, none, admin.Terms{}).Value.Clients); diff != "" {
		t.Error(diff)
	}
}

func TestLargeImportDoesNotLoseClientsThatCanNotBeRead(t *testing.T) {
	h := start(t)
	imported(t, h, studio(), admin.Terms{})
	h.spoil(t, "live/g/1/clients/acme")
	doc := crowd()
	doc.Clients = nil
	_, err := h.Import(t.Context(), ann, admin.Terms{}, doc, true)
	want := &policy.Error{
		Code: policy.Conflict, IDs: []string{"acme"},
		Message: "there are clients whose stored value can't be read; replace or delete them first",
	}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}

	small := studio()
	small.Clients = nil
	small.Groups = append(small.Groups, group("print"))
	imported(t, h, small, admin.Terms{})
	_, err = h.Clients().Get(t.Context(), ann, "acme")
	wantCode(t, err, policy.Conflict)
}
