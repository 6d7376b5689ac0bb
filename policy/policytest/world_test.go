package policytest

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
)

func TestCompany(t *testing.T) {
	got := *Company().
		Group("design", "ann", "bob").
		Project("site", "ann").
		Owns("design", "site").
		Employee("dan").
		Client("acme", policy.Scope{Groups: []policy.GroupID{"design"}}).
		Without("employees/bob")
	want := World{
		Directory: policy.Directory{
			Employees: []policy.Employee{
				{ID: "ann", Name: "ann", Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"site"}},
				{ID: "bob", Name: "bob", Groups: []policy.GroupID{"design"}},
				{ID: "dan", Name: "dan"},
			},
			Groups:   []policy.Group{{ID: "design", Name: "design"}},
			Projects: []policy.Project{{ID: "site", Name: "site", Groups: []policy.GroupID{"design"}}},
		},
		Clients: []policy.Client{{
			ID: "acme", Name: "acme", Email: "acme@example.com", Status: policy.Active,
			Scope: policy.Scope{Groups: []policy.GroupID{"design"}},
		}},
		Delete: []string{"employees/bob"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the company (-want +got):\n%s", diff)
	}
}

func TestWorldData(t *testing.T) {
	w := Company().Group("design", "ann", "bob").Client("acme", policy.Scope{}).Without("employees/bob")
	w.Unreadable = []policy.ClientID{"garbled"}
	data := w.Data(t)
	if n := data.GroupSize("design"); n != 1 {
		t.Errorf("the group has %d employees, want 1", n)
	}
	if c, ok := data.Client("garbled"); c != nil || !ok {
		t.Errorf("the unreadable client is %v, %v", c, ok)
	}
	if c, ok := data.Client("acme"); c == nil || !ok {
		t.Errorf("the client is %v, %v", c, ok)
	}
}

// failing is a test that was told to fail.
type failing struct{ testing.TB }

func (failing) Helper()                 {}
func (f failing) Fatalf(string, ...any) { panic(f) }

func TestDeletingWhatNeverWasFails(t *testing.T) {
	defer func() {
		if _, failed := recover().(failing); !failed {
			t.Error("the deletion is accepted")
		}
	}()
	Company().Group("design").Without("groups/Design").Data(failing{})
}

func TestRandomWorldsAreValid(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 2_000 {
		w := Random(r)
		for _, c := range w.creations() {
			checked, ok := c.Value.(interface{ Check() error })
			if !ok {
				continue
			}
			if err := checked.Check(); err != nil {
				t.Fatalf("%s/%s: %v", c.Kind, c.ID, err)
			}
		}
	}
}

func TestRandomWorldsAreTheirSeeds(t *testing.T) {
	a, b := rand.New(rand.NewPCG(7, 7)), rand.New(rand.NewPCG(7, 7))
	if diff := cmp.Diff(Random(a), Random(b)); diff != "" {
		t.Errorf("one seed gives two worlds:\n%s", diff)
	}
}

// Removing something from the company and removing it from its snapshot must
// come to the same, and leave the company as it was.
func TestRemovals(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 500 {
		w := Random(r)
		data := w.Data(t)
		for _, removal := range w.Removals() {
			want, got := w.After(removal).Data(t), data.Apply(3, w.Change(removal))
			if diff := cmp.Diff(contents(want), contents(got)); diff != "" {
				t.Fatalf("%v (-world +snapshot):\n%s", removal, diff)
			}
			if cmp.Equal(contents(data), contents(got)) && !unseen(w, removal) {
				t.Fatalf("%v changes nothing", removal)
			}
		}
		if diff := cmp.Diff(contents(data), contents(w.Data(t))); diff != "" {
			t.Fatalf("the world was changed:\n%s", diff)
		}
	}
}

func contents(d *policy.Data) []any {
	return []any{d.Clients(), d.Employees(), d.Groups(), d.Projects()}
}

func TestRemovalsAreApart(t *testing.T) {
	w := *Company().Group("design").Group("sales")
	w.Delete = make([]string, 0, 4)
	a, b := w.After(Removal{Kind: policy.KindGroups, ID: "design"}), w.After(Removal{Kind: policy.KindGroups, ID: "sales"})
	if a.Delete[0] != "groups/design" || b.Delete[0] != "groups/sales" {
		t.Errorf("the worlds delete %q and %q", a.Delete, b.Delete)
	}
}

// unseen tells the removal of what no list of a snapshot has.
func unseen(w World, r Removal) bool {
	return len(w.Unreadable) > 0 && r.ID == string(w.Unreadable[0])
}
