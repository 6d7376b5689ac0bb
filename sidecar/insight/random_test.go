package insight_test

import (
	"cmp"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/policy/policytest"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/insight"
)

// TestAnswersAgreeWithSingleDecisions asks about random companies: everything
// that is listed, gained, lost, reviewed and found has to be what comes of asking
// for one decision after the other.
func TestAnswersAgreeWithSingleDecisions(t *testing.T) {
	worlds := 50
	if os.Getenv("SIGHTLINE_THOROUGH") == "1" {
		worlds = 500
	}
	t.Logf("%d worlds; SIGHTLINE_THOROUGH=1 makes it 500", worlds)
	d := start(t, time.Hour)
	r := rand.New(rand.NewPCG(3, 1))
	seen := map[string]int{}
	for range worlds {
		w := policytest.Random(r)
		a := &asker{t: t, desk: d, world: w, view: d.follow(w.Data(t)), seen: seen}
		for _, c := range d.data.Clients() {
			a.preview(*c, policytest.Random(r).Clients[0].Scope)
		}
		for _, resource := range w.Resources() {
			a.review(resource)
		}
		for _, request := range w.RandomRequests(r, 20) {
			a.explain(request)
		}
		a.orphans()
	}
	for _, what := range []string{
		"gained", "lost", "widens", "narrows", "neither", "message", "reviewed", "explained",
		"dead_references", "nothing_visible", "everyone_visible", "expiring", "unreadable",
	} {
		if seen[what] == 0 {
			t.Errorf("the worlds are too tame: nothing was %s", what)
		}
	}
}

// asker asks about one world.
type asker struct {
	t     *testing.T
	desk  *desk
	world policytest.World
	view  engine.View
	seen  map[string]int
}

func (a *asker) saw(what string, is bool) {
	if is {
		a.seen[what]++
	}
}

// shown is what single decisions say that a scope shows.
type shown struct{ Employees, Projects, Groups []api.Named }

// entitled returns the view in which the client has the scope and is entitled to
// what it shows.
func (a *asker) entitled(c policy.Client, s policy.Scope) engine.View {
	c.Status, c.Scope = policy.Active, s
	c.Scope.From, c.Scope.Until = nil, nil
	return a.view.With(c)
}

func (a *asker) shown(c policy.Client, s policy.Scope) (all shown) {
	view := a.entitled(c, s)
	for _, r := range a.world.Resources() {
		if !allows(a.t.Context(), view, c.ID, r) {
			continue
		}
		named := api.Named{ID: r.ID, Name: r.ID} // as the random worlds name everything
		switch r.Type {
		case policy.TypeEmployee:
			all.Employees = append(all.Employees, named)
		case policy.TypeProject:
			all.Projects = append(all.Projects, named)
		case policy.TypeGroup:
			all.Groups = append(all.Groups, named)
		}
	}
	return all
}

// work reports whether a scope shows any of the work there could be.
func (a *asker) work(c policy.Client, s policy.Scope) bool {
	view := a.entitled(c, s)
	return slices.ContainsFunc(a.world.Resources(), func(r policy.Entity) bool {
		return r.Type == policy.TypeTimeEntry && allows(a.t.Context(), view, c.ID, r)
	})
}

// more reports whether something is visible by after, at some time, that is not
// by before.
func (a *asker) more(c policy.Client, before, after policy.Scope) bool {
	old, draft := a.entitled(c, before), a.entitled(c, after)
	for _, r := range a.world.Resources() {
		if !allows(a.t.Context(), draft, c.ID, r) {
			continue
		}
		if !allows(a.t.Context(), old, c.ID, r) || longer(before, after) {
			return true
		}
	}
	return false
}

// longer reports whether after holds at a time at which before does not, of those
// that the periods of random worlds tell apart.
func longer(before, after policy.Scope) bool {
	for _, step := range []time.Duration{-1000 * time.Hour, -time.Hour, -1, 0, 1, time.Hour, 1000 * time.Hour} {
		if at := policytest.Noon().Add(step); holds(after, at) && !holds(before, at) {
			return true
		}
	}
	return false
}

func holds(s policy.Scope, at time.Time) bool {
	return (s.From == nil || !at.Before(*s.From)) && (s.Until == nil || at.Before(*s.Until))
}

func (a *asker) preview(c policy.Client, draft policy.Scope) {
	a.t.Helper()
	got, err := a.desk.Preview(a.t.Context(), auditor, api.NewPreview{Client: c.ID, Scope: draft})
	if err != nil {
		a.t.Fatal(err)
	}
	before, after := a.shown(c, c.Scope), a.shown(c, draft)
	want := api.Preview{
		Mode:      draft.Mode(),
		Employees: listing(after.Employees), Projects: listing(after.Projects), Groups: listing(after.Groups),
		DeadGroups: missing(draft.Groups, a.view.Data().Group), DeadProjects: missing(draft.Projects, a.view.Data().Project),
		Against: &api.Edit{
			From:   c.Scope.Mode(),
			Widens: a.more(c, c.Scope, draft), Narrows: a.more(c, draft, c.Scope),
			Gained: edges(after, before), Lost: edges(before, after),
		},
	}
	if !a.work(c, draft) {
		want.Message = policy.NoAccessMessage
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		a.t.Fatalf("%+v\nof %+v in %+v (-decisions +preview):\n%s", draft, c, a.world, diff)
	}
	a.saw("gained", got.Against.Gained.Employees.Count > 0)
	a.saw("lost", got.Against.Lost.Projects.Count > 0)
	a.saw("widens", got.Against.Widens)
	a.saw("narrows", got.Against.Narrows)
	a.saw("neither", !got.Against.Widens && !got.Against.Narrows)
	a.saw("message", got.Message != "")
	alone, err := a.desk.Preview(a.t.Context(), auditor, api.NewPreview{Scope: draft})
	if got.Against = nil; err != nil || gocmp.Diff(got, alone) != "" {
		a.t.Fatalf("without a client it is %+v, %v", alone, err)
	}
}

func listing(all []api.Named) api.Listing {
	items := append([]api.Named{}, all...)
	slices.SortFunc(items, func(a, b api.Named) int { return cmp.Compare(a.Name, b.Name) })
	return api.Listing{Count: len(items), Items: items}
}

func edges(all, other shown) api.Edges {
	return api.Edges{
		Employees: listing(minus(all.Employees, other.Employees)),
		Projects:  listing(minus(all.Projects, other.Projects)),
		Groups:    listing(minus(all.Groups, other.Groups)),
	}
}

func minus[T comparable](all, other []T) []T {
	return slices.DeleteFunc(slices.Clone(all), func(one T) bool { return slices.Contains(other, one) })
}

// missing returns those that do not exist, by id.
func missing[ID cmp.Ordered, V any](ids []ID, get func(ID) (V, bool)) []ID {
	gone := []ID{}
	for _, id := range ids {
		if _, ok := get(id); !ok {
			gone = append(gone, id)
		}
	}
	slices.Sort(gone)
	return gone
}

func (a *asker) review(resource policy.Entity) {
	a.t.Helper()
	got, err := a.desk.Review(a.t.Context(), auditor, insight.ReviewTerms{Type: resource.Type, ID: resource.ID, Limit: 1000})
	if err != nil {
		if code := policy.CodeOf(err); code != policy.NotFound && code != policy.Invalid {
			a.t.Fatal(err)
		}
		return
	}
	var want, ids []policy.ClientID
	for id := range a.desk.After("") {
		if allows(a.t.Context(), a.view, id, resource) {
			want = append(want, id)
		}
	}
	for _, c := range got.Clients {
		ids = append(ids, c.ID)
	}
	if !slices.Equal(ids, want) || got.Next != "" {
		a.t.Fatalf("%v may be viewed by %v; the review says %v in %+v", resource, want, ids, a.world)
	}
	a.saw("reviewed", len(ids) > 0)
}

func (a *asker) explain(r policy.Request) {
	a.t.Helper()
	if r.Subject.Type != policy.TypeClient || r.Action.Name != policy.ActionView || r.Resource.ID == "" {
		return
	}
	got, err := a.desk.Explain(a.t.Context(), auditor, api.NewExplanation{Client: policy.ClientID(r.Subject.ID), Resource: r.Resource})
	if err != nil {
		a.t.Fatal(err)
	}
	if diff := gocmp.Diff(api.DecisionOf(a.view.Explain(a.t.Context(), r)), got.Decision); diff != "" {
		a.t.Fatalf("%+v (-decision +explanation):\n%s", r, diff)
	}
	a.saw("explained", got.Decision.Decision)
}

func (a *asker) orphans() {
	a.t.Helper()
	got, err := a.desk.Orphans(a.t.Context(), auditor, insight.OrphanTerms{Limit: 1000, UnusedDays: 90, ExpiringDays: 14})
	if err != nil {
		a.t.Fatal(err)
	}
	want := api.Orphans{Items: []api.Orphan{}}
	for id := range a.desk.After("") {
		if o := a.orphan(id); len(o.Findings) > 0 {
			want.Items = append(want.Items, o)
		}
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		a.t.Fatalf("%+v (-decisions +orphans):\n%s", a.world, diff)
	}
	for _, o := range got.Items {
		for _, f := range o.Findings {
			a.saw(string(f), true)
		}
	}
}

func (a *asker) orphan(id policy.ClientID) (o api.Orphan) {
	c, _ := a.view.Data().Client(id)
	if c == nil {
		return api.Orphan{ID: id, Findings: []api.Finding{api.FindingUnreadable}}
	}
	o = api.Orphan{ID: id, Name: c.Name, Email: c.Email, Standing: c.Standing(policytest.Noon()), Until: c.Scope.Until}
	if o.Standing != policy.Active && o.Standing != policy.Invited {
		return o
	}
	everyone := len(a.world.Employees) > 1
	employees := 0
	for employee := range a.view.Data().EmployeeIDs() {
		employees++
		everyone = everyone && allows(a.t.Context(), a.entitled(*c, c.Scope), id, policy.Entity{Type: policy.TypeEmployee, ID: string(employee)})
	}
	for _, f := range []struct {
		is   bool
		what api.Finding
	}{
		{len(missing(c.Scope.Groups, a.view.Data().Group))+len(missing(c.Scope.Projects, a.view.Data().Project)) > 0, api.FindingDead},
		{!a.work(*c, c.Scope), api.FindingNothing},
		{everyone && employees > 1, api.FindingEveryone},
		{c.Scope.Until != nil, api.FindingExpiring}, // all periods of random worlds end soon
	} {
		if f.is {
			o.Findings = append(o.Findings, f.what)
		}
	}
	return o
}
