package policy

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// entities is what a Data should hold, with no index at all.
type entities struct {
	clients   map[ClientID]*Client // nil: unreadable
	employees map[EmployeeID]*Employee
	groups    map[GroupID]*Group
	projects  map[ProjectID]*Project
	keys      map[KeyID]*Key
}

func (e entities) clone() entities {
	return entities{maps.Clone(e.clients), maps.Clone(e.employees), maps.Clone(e.groups), maps.Clone(e.projects), maps.Clone(e.keys)}
}

func (e entities) apply(c Change) {
	switch v := c.Value.(type) {
	case *Client:
		e.clients[v.ID] = v
	case *Employee:
		e.employees[v.ID] = v
	case *Group:
		e.groups[v.ID] = v
	case *Project:
		e.projects[v.ID] = v
	case *Key:
		e.keys[v.ID] = v
	case nil:
		e.remove(c)
	}
}

func (e entities) remove(c Change) {
	switch c.Kind {
	case KindClients:
		delete(e.clients, ClientID(c.ID))
		if c.Unreadable {
			e.clients[ClientID(c.ID)] = nil
		}
	case KindEmployees:
		delete(e.employees, EmployeeID(c.ID))
	case KindGroups:
		delete(e.groups, GroupID(c.ID))
	case KindProjects:
		delete(e.projects, ProjectID(c.ID))
	case KindKeys:
		delete(e.keys, KeyID(c.ID))
	}
}

func (e entities) member(id EmployeeID, g GroupID) bool {
	employee := e.employees[id]
	return employee != nil && e.groups[g] != nil && slices.Contains(employee.Groups, g)
}

func (e entities) works(id EmployeeID, p ProjectID) bool {
	employee := e.employees[id]
	return employee != nil && e.projects[p] != nil && slices.Contains(employee.Projects, p)
}

// few returns the ids everything in these tests has, so that most things meet.
func few() []string { return []string{"a", "b", "c", "A"} }

func changes(t *rapid.T) Change {
	some := rapid.SampledFrom(few())
	id := some.Draw(t, "id")
	kind := rapid.SampledFrom([]Kind{KindClients, KindEmployees, KindEmployees, KindGroups, KindProjects, KindKeys}).Draw(t, "kind")
	c := Change{Kind: kind, ID: id}
	if rapid.IntRange(0, 2).Draw(t, "delete") == 0 {
		c.Unreadable = rapid.Bool().Draw(t, "unreadable")
		return c
	}
	switch kind {
	case KindClients:
		c.Value = &Client{ID: ClientID(id), Name: some.Draw(t, "name")}
	case KindEmployees:
		c.Value = &Employee{ID: EmployeeID(id), Groups: refs[GroupID](t), Projects: refs[ProjectID](t)}
	case KindGroups:
		c.Value = &Group{ID: GroupID(id), Name: some.Draw(t, "name")}
	case KindProjects:
		c.Value = &Project{ID: ProjectID(id), Groups: refs[GroupID](t)}
	case KindKeys:
		c.Value = &Key{ID: KeyID(id), Digest: DigestOf(id + some.Draw(t, "text"))}
	}
	return c
}

func refs[T ~string](t *rapid.T) []T {
	var ids []T
	for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom(few()), 0, 3, rapid.ID).Draw(t, "refs") {
		ids = append(ids, T(id))
	}
	return ids
}

// Whatever is written, written again and deleted, in whatever order, the
// indexes must say what a walk over the entities says, and no earlier snapshot
// may notice.
func TestDataAgreesWithItsEntities(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := new(Data)
		model := entities{map[ClientID]*Client{}, map[EmployeeID]*Employee{}, map[GroupID]*Group{}, map[ProjectID]*Project{}, map[KeyID]*Key{}}
		old, oldModel := data, model.clone()
		for revision := range rapid.Int64Range(1, 40).Draw(t, "revisions") {
			batch := rapid.SliceOfN(rapid.Custom(changes), 1, 3).Draw(t, "batch")
			data = data.Apply(revision+1, batch...)
			for _, c := range batch {
				model.apply(c)
			}
			if data.Revision() != revision+1 {
				t.Fatalf("the revision is %d, want %d", data.Revision(), revision+1)
			}
			agree(t, model, data)
			agree(t, oldModel, old)
			if rapid.Bool().Draw(t, "keep") {
				old, oldModel = data, model.clone()
			}
		}
	})
}

func agree(t *rapid.T, want entities, got *Data) {
	t.Helper()
	for _, id := range few() {
		agreeOnEntity(t, want, got, id)
		agreeOnGroup(t, want, got, GroupID(id))
		agreeOnProject(t, want, got, ProjectID(id))
	}
	readable := maps.Clone(want.clients)
	maps.DeleteFunc(readable, func(_ ClientID, c *Client) bool { return c == nil })
	equal(t, "Clients", byID(readable), got.Clients())
	equal(t, "Employees", byID(want.employees), got.Employees())
	equal(t, "Groups", byID(want.groups), got.Groups())
	equal(t, "Projects", byID(want.projects), got.Projects())
	equal(t, "Keys", byID(want.keys), got.Keys())
	equal(t, "ClientIDs", slices.Sorted(maps.Keys(want.clients)), slices.Sorted(got.ClientIDs()))
	equal(t, "EmployeeIDs", slices.Sorted(maps.Keys(want.employees)), slices.Sorted(got.EmployeeIDs()))
	equal(t, "GroupIDs", slices.Sorted(maps.Keys(want.groups)), slices.Sorted(got.GroupIDs()))
	equal(t, "ProjectIDs", slices.Sorted(maps.Keys(want.projects)), slices.Sorted(got.ProjectIDs()))
}

func agreeOnEntity(t *rapid.T, want entities, got *Data, id string) {
	t.Helper()
	wantClient, wantStored := want.clients[ClientID(id)]
	client, stored := got.Client(ClientID(id))
	equal(t, "Client", wantClient, client)
	equal(t, "Client is stored", wantStored, stored)
	employee, _ := got.Employee(EmployeeID(id))
	equal(t, "Employee", want.employees[EmployeeID(id)], employee)
	group, _ := got.Group(GroupID(id))
	equal(t, "Group", want.groups[GroupID(id)], group)
	project, _ := got.Project(ProjectID(id))
	equal(t, "Project", want.projects[ProjectID(id)], project)
	for _, text := range few() {
		digest := DigestOf(id + text)
		key, _ := got.Key(digest)
		if has := want.keys[KeyID(id)]; has != nil && has.Digest == digest {
			equal(t, "Key", has, key)
			continue
		}
		equal(t, "Key", nil, key)
	}
}

func agreeOnGroup(t *rapid.T, want entities, got *Data, g GroupID) {
	t.Helper()
	var members []EmployeeID
	var projects, shared []ProjectID
	for _, id := range few() {
		e, p := EmployeeID(id), ProjectID(id)
		if want.member(e, g) {
			members = append(members, e)
		}
		equal(t, "InGroup", want.member(e, g), got.InGroup(e, g))
		equal(t, "Shared", want.shared(g, p), got.Shared(g, p))
		owned := want.projects[p] != nil && want.groups[g] != nil && slices.Contains(want.projects[p].Groups, g)
		equal(t, "BelongsTo", owned, got.BelongsTo(p, g))
		if owned {
			projects = append(projects, p)
		}
		if want.shared(g, p) {
			shared = append(shared, p)
		}
	}
	slices.Sort(projects)
	slices.Sort(shared)
	equal(t, "GroupProjects", projects, slices.Sorted(got.GroupProjects(g)))
	equal(t, "SharedProjects", shared, slices.Sorted(got.SharedProjects(g)))
	slices.Sort(members)
	equal(t, "GroupMembers", members, slices.Sorted(got.GroupMembers(g)))
	equal(t, "GroupSize", len(members), got.GroupSize(g))
}

func agreeOnProject(t *rapid.T, want entities, got *Data, p ProjectID) {
	t.Helper()
	var members []EmployeeID
	for _, id := range few() {
		e := EmployeeID(id)
		if want.works(e, p) {
			members = append(members, e)
		}
		equal(t, "OnProject", want.works(e, p), got.OnProject(e, p))
	}
	slices.Sort(members)
	equal(t, "ProjectMembers", members, slices.Sorted(got.ProjectMembers(p)))
	equal(t, "ProjectSize", len(members), got.ProjectSize(p))
}

func (e entities) shared(g GroupID, p ProjectID) bool {
	for id := range e.employees {
		if e.member(id, g) && e.works(id, p) {
			return true
		}
	}
	return false
}

// byID returns the values in the order of their keys.
func byID[K ~string, V any](all map[K]V) []V {
	var values []V
	for _, id := range slices.Sorted(maps.Keys(all)) {
		values = append(values, all[id])
	}
	return values
}

func equal[T any](t *rapid.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func TestDataKeepsUnreadableClients(t *testing.T) {
	acme := &Client{ID: "acme"}
	for name, test := range map[string]struct {
		change Change
		stored bool
	}{
		"unreadable":      {Change{Kind: KindClients, ID: "acme", Unreadable: true}, true},
		"of another type": {Change{Kind: KindClients, ID: "acme", Value: &Group{ID: "acme"}}, true},
		"deleted":         {Change{Kind: KindClients, ID: "acme"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			data := new(Data).Apply(1, Change{Kind: KindClients, ID: "acme", Value: acme}).Apply(2, test.change)
			if c, stored := data.Client("acme"); c != nil || stored != test.stored {
				t.Errorf("the client is %v, stored: %v", c, stored)
			}
		})
	}
}

func TestAClientKeepsTheRevisionOfItsLastChange(t *testing.T) {
	acme := &Client{ID: "acme"}
	data := new(Data).Apply(9,
		Change{Kind: KindClients, ID: "acme", Value: acme, Revision: 4},
		Change{Kind: KindClients, ID: "broken", Unreadable: true, Revision: 7},
	)
	if c, revision, ok := data.ClientVersion("acme"); c != acme || revision != 4 || !ok {
		t.Errorf("the client is %v at %d", c, revision)
	}
	if c, revision, ok := data.ClientVersion("broken"); c != nil || revision != 7 || !ok {
		t.Errorf("what can't be read is %v at %d", c, revision)
	}
	data = data.Apply(10, Change{Kind: KindClients, ID: "acme", Revision: 10})
	if c, revision, ok := data.ClientVersion("acme"); c != nil || revision != 0 || ok {
		t.Errorf("what is gone is %v at %d", c, revision)
	}
}

func TestTheDirectoryKeepsTheRevisionOfItsLastChange(t *testing.T) {
	data := new(Data)
	for i, step := range []struct {
		kind Kind
		want int64
	}{
		{KindClients, 0}, {KindGroups, 2}, {KindSessions, 2}, {KindProjects, 4}, {KindEmployees, 5}, {KindAccounts, 5}, {KindKeys, 5},
	} {
		data = data.Apply(int64(i+1), Change{Kind: step.kind, ID: "x"})
		if got := data.DirectoryRevision(); got != step.want {
			t.Errorf("after a change of %s at %d it is %d, want %d", step.kind, i+1, got, step.want)
		}
	}
}

func TestEmptyData(t *testing.T) {
	var d Data
	if d.InGroup("a", "a") || d.OnProject("a", "a") || d.Shared("a", "a") || d.BelongsTo("a", "a") || d.GroupSize("a") != 0 {
		t.Error("something is in an empty snapshot")
	}
	if len(d.Clients())+len(d.Employees())+len(d.Groups())+len(d.Projects())+len(d.Keys()) != 0 {
		t.Error("an empty snapshot lists something")
	}
}
