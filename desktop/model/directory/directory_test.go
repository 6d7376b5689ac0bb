package directory_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/directory"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// office is a store with a company in it, and its sidecar.
type office struct {
	t     *testing.T
	pump  *asynctest.Pump
	owner *client.Client
	store *model.Store
}

func open(t *testing.T) *office {
	t.Helper()
	owner := sidecartest.Start(t, sidecartest.Options{}).Owner
	doc := api.Document{
		Directory: policy.Directory{
			Employees: []policy.Employee{
				{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"app"}},
				{ID: "ben", Name: "Ben", Groups: []policy.GroupID{"design", "dev"}},
				{ID: "cleo", Name: "Cléo", Projects: []policy.ProjectID{"app", "site"}},
			},
			Groups:   []policy.Group{{ID: "design", Name: "Design"}, {ID: "dev", Name: "Development"}},
			Projects: []policy.Project{{ID: "app", Name: "App", Groups: []policy.GroupID{"dev"}}, {ID: "site", Name: "Site"}},
		},
		Clients: []policy.Client{
			{ID: "acme", Name: "Acme", Email: "acme@client.example", Status: policy.Active, Scope: policy.Scope{Projects: []policy.ProjectID{"app", "site"}}},
			{ID: "birch", Name: "Birch", Email: "birch@client.example", Status: policy.Active, Scope: policy.Scope{Projects: []policy.ProjectID{"app"}}},
			{ID: "cedar", Name: "Cedar", Email: "cedar@client.example", Status: policy.Active, Scope: policy.Scope{Groups: []policy.GroupID{"dev"}}},
			{ID: "dune", Name: "Dune", Email: "dune@client.example", Status: policy.Active},
		},
	}
	stored, err := owner.Import(t.Context(), doc, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, pump: asynctest.New(t), owner: owner.AtLeast(stored.Token)}
	o.store = model.NewStore(model.StoreConfig{On: o.pump, Client: o.owner})
	t.Cleanup(o.store.Close)
	o.until(func() bool { return o.store.Link().State == model.LinkLive })
	return o
}

// until runs the app until something is so.
func (o *office) until(so func() bool) {
	o.t.Helper()
	o.pump.Until(func() bool {
		o.pump.Pass(time.Second)
		return so()
	})
}

func (o *office) config() directory.Config {
	return directory.Config{On: o.pump, Store: o.store, Client: o.owner}
}

func (o *office) edit(kind directory.Kind, id string) *directory.Edit {
	m := directory.NewEdit(o.config(), kind, id)
	o.t.Cleanup(m.Close)
	o.until(func() bool { return m.Choices(0) != nil })
	return m
}

// choose ticks these of all there are.
func choose(m *directory.Edit, side int, wanted ...string) {
	offered := m.Dead(side)
	for _, c := range m.Choices(side) {
		offered = append(offered, c.ID)
	}
	m.SetMembers(side, offered, wanted)
}

// save saves, and waits until that is done.
func (o *office) save(m *directory.Edit) {
	o.t.Helper()
	if !m.CanSave() {
		o.t.Fatal("it can't be saved")
	}
	m.Save()
	o.until(func() bool { return !m.Busy() })
}

func (o *office) employee(id string) policy.Employee {
	o.t.Helper()
	got, err := o.owner.Employees().Get(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return got.Value
}

// replace changes an employee as another admin would.
func (o *office) replace(e policy.Employee) {
	o.t.Helper()
	got, err := o.owner.Employees().Get(o.t.Context(), string(e.ID))
	if err == nil {
		_, err = o.owner.Employees().Replace(o.t.Context(), string(e.ID), got.Revision, e, client.Terms{})
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

func lines(l *directory.List) (all []string) {
	for i := range l.Len() {
		r := l.At(i)
		all = append(all, strings.Join([]string{r.Name, n(r.Employees), n(r.Groups), n(r.Projects), n(r.Clients)}, " "))
	}
	return all
}

func n(i int) string { return string(rune('0' + i)) }

func (o *office) wantLines(l *directory.List, want ...string) {
	o.t.Helper()
	o.until(func() bool { return slices.Equal(lines(l), want) })
}

func TestEveryKindIsListedWithItsCounts(t *testing.T) {
	o := open(t)
	for kind, want := range map[directory.Kind][]string{
		policy.TypeEmployee: {"Ada 0 1 1 0", "Ben 0 2 0 0", "Cléo 0 0 2 0"},
		policy.TypeGroup:    {"Design 2 0 0 0", "Development 1 0 1 1"},
		policy.TypeProject:  {"App 2 1 0 2", "Site 1 0 0 1"},
	} {
		l := directory.NewList(o.pump, o.store, kind)
		defer l.Close()
		o.wantLines(l, want...)
	}
}

func TestAListIsSearchedAndSorted(t *testing.T) {
	o := open(t)
	l := directory.NewList(o.pump, o.store, policy.TypeEmployee)
	defer l.Close()
	l.Search("cleo")
	o.wantLines(l, "Cléo 0 0 2 0")
	if l.Total() != 3 {
		t.Errorf("the total is %d", l.Total())
	}
	l.Search("")
	l.Sort(model.Order{By: directory.SortProjects, Descending: true})
	o.wantLines(l, "Cléo 0 0 2 0", "Ada 0 1 1 0", "Ben 0 2 0 0")
	o.replace(policy.Employee{ID: "ben", Name: "Ben", Projects: []policy.ProjectID{"app", "site"}})
	o.wantLines(l, "Ben 0 0 2 0", "Cléo 0 0 2 0", "Ada 0 1 1 0")
}

func TestAnEmployeeIsChanged(t *testing.T) {
	o := open(t)
	m := o.edit(policy.TypeEmployee, "ada")
	if m.Dirty() || m.Name() != "Ada" {
		t.Fatalf("it begins with %q, dirty: %v", m.Name(), m.Dirty())
	}
	m.SetName("Ada Okafor")
	choose(m, 0, []string{"dev"}...)
	choose(m, 1, []string{"app", "site"}...)
	if set, ended := m.Changes(); set != 2 || ended != 1 {
		t.Errorf("%d are set and %d ended", set, ended)
	}
	o.save(m)
	want := policy.Employee{ID: "ada", Name: "Ada Okafor", Groups: []policy.GroupID{"dev"}, Projects: []policy.ProjectID{"app", "site"}}
	if diff := cmp.Diff(want, o.employee("ada")); diff != "" {
		t.Error(diff)
	}
	if m.Dirty() || m.Err() != nil {
		t.Errorf("afterwards it is dirty: %v, %v", m.Dirty(), m.Err())
	}
}

func TestMembersAreThoseOfThePresent(t *testing.T) {
	o := open(t)
	m := o.edit(policy.TypeGroup, "design")
	choose(m, 0, []string{"ben", "cleo"}...) // without Ada
	choose(m, 1, []string{"site"}...)
	o.save(m)
	if m.Err() != nil {
		t.Fatal(m.Err())
	}
	got := map[string][]policy.GroupID{}
	for _, id := range []string{"ada", "ben", "cleo"} {
		got[id] = o.employee(id).Groups
	}
	if diff := cmp.Diff(map[string][]policy.GroupID{"ada": nil, "ben": {"design", "dev"}, "cleo": {"design"}}, got); diff != "" {
		t.Error(diff)
	}
	site, err := o.owner.Projects().Get(t.Context(), "site")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]policy.GroupID{"design"}, site.Value.Groups); diff != "" {
		t.Error(diff)
	}
}

func TestChangesOfTwoAdminsAreBothKept(t *testing.T) {
	o := open(t)
	m := o.edit(policy.TypeEmployee, "ada")
	choose(m, 1, []string{"app", "site"}...)
	// The store does not know of it yet: the sidecar will say that it is stale.
	o.replace(policy.Employee{ID: "ada", Name: "Ada Okafor", Groups: []policy.GroupID{"dev"}, Projects: []policy.ProjectID{"app"}})
	o.save(m)
	if m.Err() != nil {
		t.Fatal(m.Err())
	}
	want := policy.Employee{ID: "ada", Name: "Ada Okafor", Groups: []policy.GroupID{"dev"}, Projects: []policy.ProjectID{"app", "site"}}
	if diff := cmp.Diff(want, o.employee("ada")); diff != "" {
		t.Error(diff)
	}
	o.until(func() bool { return m.Name() == "Ada Okafor" })
	if diff := cmp.Diff([]string{"dev"}, m.Members(0)); diff != "" {
		t.Error(diff)
	}
}

func TestANameThatAnotherHasGivenIsNotOverwrittenUnseen(t *testing.T) {
	o := open(t)
	m := o.edit(policy.TypeEmployee, "ada")
	m.SetName("Ada O.")
	o.replace(policy.Employee{ID: "ada", Name: "Ada Okafor"})
	o.save(m)
	if policy.CodeOf(m.Err()) != policy.Stale || o.employee("ada").Name != "Ada Okafor" {
		t.Fatalf("%v; the name is %q", m.Err(), o.employee("ada").Name)
	}
	o.until(m.Renamed)
	if m.Name() != "Ada O." || m.Stored() != "Ada Okafor" {
		t.Errorf("typed %q, stored %q", m.Name(), m.Stored())
	}
	o.save(m) // the admin has seen it
	if got := o.employee("ada").Name; m.Err() != nil || got != "Ada O." {
		t.Errorf("%v; the name is %q", m.Err(), got)
	}
}

func TestANameThatAnotherGaveAMomentAgoIsNotOverwrittenUnseen(t *testing.T) {
	o := open(t)
	m := o.edit(policy.TypeEmployee, "ada")
	m.SetName("Ada O.")
	o.replace(policy.Employee{ID: "ada", Name: "Ada Okafor"})
	o.pump.Until(func() bool { return o.store.Employee("ada").Name == "Ada Okafor" })
	if m.Renamed() {
		t.Fatal("it was told already")
	}
	o.save(m)
	if policy.CodeOf(m.Err()) != policy.Stale || o.employee("ada").Name != "Ada Okafor" {
		t.Errorf("%v; the name is %q", m.Err(), o.employee("ada").Name)
	}
}

func TestAGroupIsMadeWithItsMembers(t *testing.T) {
	o := open(t)
	m := o.edit(policy.TypeGroup, "")
	if m.CanSave() {
		t.Error("nothing can be saved")
	}
	m.SetWantedID("no spaces please")
	m.SetName("Research")
	if m.IDFault() == nil || m.CanSave() {
		t.Error("the id is taken for a good one")
	}
	m.SetWantedID("research")
	choose(m, 0, []string{"ada"}...)
	var made directory.Thing
	m.OnSaved = func(one directory.Thing) { made = one }
	o.save(m)
	if made != (directory.Thing{ID: "research", Name: "Research"}) || m.ID() != "research" {
		t.Errorf("made %v: %v", made, m.Err())
	}
	if got := o.employee("ada").Groups; !slices.Contains(got, "research") {
		t.Errorf("Ada is in %v", got)
	}
	o.until(func() bool { _, known := directory.Find(o.store.Data(), policy.TypeGroup, "research"); return known })
	if m.Dirty() || m.Gone() {
		t.Error("it is dirty or gone afterwards")
	}
}

func TestAnIDThatIsTakenIsRefused(t *testing.T) {
	o := open(t)
	m := o.edit(policy.TypeGroup, "")
	m.SetName("Another")
	m.SetWantedID("design")
	o.save(m)
	if m.Err() == nil || m.ID() != "" || !m.Dirty() {
		t.Errorf("%v, id %q, dirty %v", m.Err(), m.ID(), m.Dirty())
	}
}

func TestOneThatIsDeletedMeanwhileIsGone(t *testing.T) {
	o := open(t)
	m := o.edit(policy.TypeProject, "site")
	m.SetName("Web site")
	done := false
	directory.Delete(o.pump, o.store, o.owner, policy.TypeProject, "site", func(err error) { done = err == nil })
	o.until(func() bool { return done && m.Gone() })
	if m.CanSave() {
		t.Error("it can be saved")
	}
}

// losses finds out who loses what.
func (o *office) losses(kind directory.Kind, id string) directory.Losses {
	o.t.Helper()
	var got *directory.Losses
	directory.FindLosses(o.pump, o.store, o.owner, kind, id, func(l directory.Losses, err error) {
		if err != nil {
			o.t.Error(err)
		}
		got = &l
	})
	o.until(func() bool { return got != nil })
	return *got
}

func TestADeletionNamesWhoLosesWhat(t *testing.T) {
	o := open(t)
	want := directory.Losses{First: []directory.Loss{
		{Client: "acme", Name: "Acme", Selected: true, Employees: 1, Projects: 1}, // Ada is on no other
		{Client: "birch", Name: "Birch", Selected: true, Employees: 2, Projects: 1},
		{Client: "cedar", Name: "Cedar"}, // sees it through the group Development
	}}
	if diff := cmp.Diff(want, o.losses(policy.TypeProject, "app")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	// What was said holds once it is deleted.
	if _, err := o.owner.Projects().Delete(t.Context(), "app", o.store.Project("app").Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	acme, err := o.owner.Preview(t.Context(), api.NewPreview{Scope: policy.Scope{Projects: []policy.ProjectID{"app", "site"}}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]api.Named{{ID: "cleo", Name: "Cléo"}}, acme.Employees.Items); diff != "" {
		t.Error(diff)
	}
}

func TestAnEmployeeIsLostByWhoeverSeesThem(t *testing.T) {
	o := open(t)
	want := directory.Losses{First: []directory.Loss{{Client: "cedar", Name: "Cedar"}}}
	if diff := cmp.Diff(want, o.losses(policy.TypeEmployee, "ben")); diff != "" {
		t.Error(diff)
	}
}

func TestWhoCameInUnseenStays(t *testing.T) {
	o := open(t)
	m := o.edit(policy.TypeGroup, "design")
	offered := []string{"ada", "ben", "cleo"} // as the list was
	if _, err := o.owner.Employees().Create(t.Context(), policy.Employee{ID: "dora", Name: "Dora", Groups: []policy.GroupID{"design"}}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	o.until(func() bool { return slices.Contains(m.Members(0), "dora") })
	m.SetMembers(0, offered, offered)
	o.save(m)
	if got := o.employee("dora").Groups; m.Err() != nil || len(got) != 1 {
		t.Errorf("Dora is in %v: %v", got, m.Err())
	}
}

func TestDeadMembershipsStayUntilTheyAreDropped(t *testing.T) {
	o := open(t)
	if _, err := o.owner.Groups().Delete(t.Context(), "dev", o.store.Group("dev").Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	o.until(func() bool { return o.store.Group("dev") == nil })
	m := o.edit(policy.TypeEmployee, "ben") // who was in it
	if diff := cmp.Diff([]string{"dev"}, m.Dead(0)); diff != "" {
		t.Fatal(diff)
	}
	choose(m, 1, "app")
	o.save(m)
	if got := o.employee("ben").Groups; m.Err() != nil || !slices.Contains(got, "dev") {
		t.Errorf("Ben is in %v: %v", got, m.Err())
	}
	choose(m, 0, "design")
	o.save(m)
	if diff := cmp.Diff([]policy.GroupID{"design"}, o.employee("ben").Groups); m.Err() != nil || diff != "" {
		t.Errorf("%v %s", m.Err(), diff)
	}
}

func TestWhoIsDeletedMeanwhileIsNoMemberToBe(t *testing.T) {
	o := open(t)
	m := o.edit(policy.TypeGroup, "dev")
	choose(m, 0, "ada", "ben")
	if _, err := o.owner.Employees().Delete(t.Context(), "ada", o.store.Employee("ada").Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	o.until(func() bool { return !m.Dirty() })
}

func TestRowsCountWhatExists(t *testing.T) {
	o := open(t)
	if _, err := o.owner.Groups().Delete(t.Context(), "dev", o.store.Group("dev").Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	l := directory.NewList(o.pump, o.store, policy.TypeEmployee)
	defer l.Close()
	o.wantLines(l, "Ada 0 1 1 0", "Ben 0 1 0 0", "Cléo 0 0 2 0")
}

func TestHowManyScopesSelectSomethingIsCountedAnewInTheBackground(t *testing.T) {
	pump := asynctest.New(t)
	client := func(id policy.ClientID, groups ...policy.GroupID) *model.Client {
		return model.NewClient(policy.Client{ID: id, Scope: policy.Scope{Groups: groups}}, 1)
	}
	s := model.NewStore(model.StoreConfig{On: pump, Empty: true})
	t.Cleanup(s.Close)
	s.Install(&model.Data{Clients: model.NewTable([]*model.Client{client("acme", "dev"), client("dune", "design")})}, model.Link{})
	m := directory.NewSelected(pump, s, policy.TypeGroup, "dev")
	t.Cleanup(m.Close)
	told := 0
	m.OnChange = func() { told++ }
	if m.Count() != 1 {
		t.Errorf("%d select it", m.Count())
	}
	s.Install(&model.Data{Clients: model.NewTable([]*model.Client{client("acme", "dev"), client("dune", "dev")})}, model.Link{})
	pump.Pass(time.Second)
	pump.Settle()
	if m.Count() != 2 || told != 1 {
		t.Errorf("%d select it after a change, told %d times", m.Count(), told)
	}
	s.Install(&model.Data{Clients: s.Data().Clients}, model.Link{})
	pump.Advance(time.Second)
	if told != 1 {
		t.Error("told of the same number")
	}
}
