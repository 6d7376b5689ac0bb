package insight_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/policytest"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/insight"
)

// trio is a company with three clients who see nothing.
func trio() *policytest.World {
	return policytest.Company().
		Group("design", "ann", "bob").Group("sales", "cid").
		Project("site", "ann").
		Client("a", policy.Scope{}).Client("b", policy.Scope{}).Client("c", policy.Scope{})
}

func TestAnImpatientPageOfOrphansGoesOnLater(t *testing.T) {
	d := start(t, 1)
	d.follow(trio().Data(t))
	terms := insight.OrphanTerms{Limit: 10, UnusedDays: 90, ExpiringDays: 14}
	var got []policy.ClientID
	for _, next := range []policy.ClientID{"a", "b", ""} {
		page, err := d.Orphans(t.Context(), auditor, terms)
		if err != nil || len(page.Items) != 1 || page.Next != next {
			t.Fatalf("after %q: %+v, %v", terms.After, page, err)
		}
		got, terms.After = append(got, page.Items[0].ID), page.Next
	}
	if want := []policy.ClientID{"a", "b", "c"}; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

func TestImpatientCountsAreOfFewerClients(t *testing.T) {
	d := start(t, 1)
	d.follow(trio().Data(t))
	for _, c := range []struct {
		asked []policy.ClientID
		want  api.Counted
	}{
		{[]policy.ClientID{"a", "b"}, api.Counted{Counts: map[policy.ClientID]api.Sees{"a": {}}, Later: []policy.ClientID{"b"}, Revision: d.data.Revision()}},
		{[]policy.ClientID{"nobody", "b", "a"}, api.Counted{Counts: map[policy.ClientID]api.Sees{"b": {}}, Later: []policy.ClientID{"a"}, Revision: d.data.Revision()}},
	} {
		got, err := d.Counts(t.Context(), auditor, c.asked)
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%v: %v (-want +got):\n%s", c.asked, err, diff)
		}
	}
}

func TestNotMoreThanAPageIsCounted(t *testing.T) {
	d := start(t, time.Hour)
	d.follow(trio().Data(t))
	for n, want := range map[int]policy.Code{api.MaxPage: "", api.MaxPage + 1: policy.Invalid} {
		_, err := d.Counts(t.Context(), auditor, make([]policy.ClientID, n))
		if policy.CodeOf(err) != want {
			t.Errorf("%d: got %v", n, err)
		}
	}
}

func TestCountsFollowTheClientAndTheDirectory(t *testing.T) {
	d := start(t, time.Hour)
	w := trio().Client("acme", policy.Scope{Groups: []policy.GroupID{"design"}})
	d.follow(w.Data(t))
	acme := w.Clients[3]
	step := func(what string, want api.Sees, changes ...policy.Change) {
		t.Helper()
		d.follow(d.data.Apply(d.data.Revision()+1, changes...))
		for range 2 {
			got, err := d.Counts(t.Context(), auditor, []policy.ClientID{"acme"})
			if err != nil || got.Counts["acme"] != want {
				t.Errorf("%s: got %v, %v; want %v", what, got, err, want)
			}
		}
	}
	step("as it is", api.Sees{Employees: 2, Projects: 1})
	step("somebody left", api.Sees{Employees: 1}, policytest.Deletion("employees/ann"))
	acme.Scope.Groups = []policy.GroupID{"design", "sales"}
	step("a group more", api.Sees{Employees: 2}, policy.Change{Kind: policy.KindClients, ID: "acme", Value: &acme})
	step("a key was made", api.Sees{Employees: 2}, policy.Change{Kind: policy.KindKeys, ID: "k", Value: &policy.Key{ID: "k"}})
	step("the group is gone", api.Sees{Employees: 1}, policytest.Deletion("groups/sales"))

	// Another store may have other values at the same revisions.
	other := acme
	other.Scope = policy.Scope{Groups: []policy.GroupID{"sales"}}
	d.follow(d.data.Apply(d.data.Revision(), policy.Change{Kind: policy.KindClients, ID: "acme", Value: &other}))
	if got, err := d.Counts(t.Context(), auditor, []policy.ClientID{"acme"}); err != nil || got.Counts["acme"] != (api.Sees{}) {
		t.Errorf("of another store: got %v, %v", got, err)
	}
}

func TestUnusedAccountsAreFound(t *testing.T) {
	d := start(t, time.Hour)
	noon, day := policytest.Noon(), 24*time.Hour
	data := trio().Client("d", policy.Scope{}).Data(t)
	for id, account := range map[policy.ClientID]policy.Account{
		"a": {Created: noon.Add(-200 * day), Seen: noon.Add(-91 * day)},
		"b": {Created: noon.Add(-200 * day), Seen: noon.Add(-89 * day)},
		"c": {Created: noon.Add(-91 * day)}, // and never seen
	} {
		data = data.Apply(3, policy.Change{Kind: policy.KindAccounts, ID: string(id), Value: &account})
	}
	d.follow(data)
	page, err := d.Orphans(t.Context(), auditor, insight.OrphanTerms{Limit: 10, UnusedDays: 90, ExpiringDays: 14})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range page.Items {
		if got, want := slices.Contains(o.Findings, api.FindingUnused), o.ID == "a" || o.ID == "c"; got != want {
			t.Errorf("%s is unused: %t, want %t", o.ID, got, want)
		}
	}
	if len(page.Items) != 4 || !page.Items[0].Seen.Equal(noon.Add(-91*day)) {
		t.Errorf("got %+v", page.Items)
	}
}

func TestAppsFindNothingOut(t *testing.T) {
	d := start(t, time.Hour)
	d.follow(trio().Data(t))
	review := insight.ReviewTerms{Type: policy.TypeGroup, ID: "design", Limit: 1}
	for name, ask := range map[string]func() error{
		"preview":    func() error { _, err := d.Preview(t.Context(), app, api.NewPreview{}); return err },
		"review":     func() error { _, err := d.Review(t.Context(), app, review); return err },
		"review all": func() error { _, err := d.ReviewAll(t.Context(), app, review); return err },
		"orphans":    func() error { _, err := d.Orphans(t.Context(), app, insight.OrphanTerms{}); return err },
		"explain":    func() error { _, err := d.Explain(t.Context(), app, api.NewExplanation{}); return err },
		"counts":     func() error { _, err := d.Counts(t.Context(), app, nil); return err },
	} {
		if err := ask(); policy.CodeOf(err) != policy.Forbidden {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestTheFirstByNameAreThoseOfAllSorted(t *testing.T) {
	d := start(t, time.Hour)
	w := policytest.Company()
	var all []api.Named
	for i := range 500 {
		id := policy.EmployeeID(fmt.Sprint("e", i))
		w.Group("all", id)
		w.Employees[i].Name = fmt.Sprint("name ", i*7919%250) // each name twice, in no order of ids
		all = append(all, api.Named{ID: string(id), Name: w.Employees[i].Name})
	}
	w.Groups = w.Groups[:1]
	d.follow(w.Data(t))
	slices.SortFunc(all, func(a, b api.Named) int {
		return strings.Compare(a.Name+"\x00"+a.ID, b.Name+"\x00"+b.ID)
	})
	for _, limit := range []int{1, 2, 100, 499, 500, 501, 1000} {
		p, err := d.Preview(t.Context(), auditor, api.NewPreview{Scope: policy.Scope{Groups: []policy.GroupID{"all"}}, Limit: limit})
		want := api.Listing{Count: 500, Items: all[:min(limit, 500)]}
		if diff := cmp.Diff(want, p.Employees); diff != "" || err != nil {
			t.Errorf("%d: %v (-want +got):\n%s", limit, err, diff)
		}
	}
}

func TestWhatASpreadsheetTakesForAFormulaIsQuoted(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "\"'\r=1\"", "＝1": "'＝1",
		"Acme": "Acme", "a=1": "a=1", "": "",
	} {
		var out strings.Builder
		err := insight.WriteReview(&out, func(yield func(api.Reviewed, error) bool) { yield(api.Reviewed{ID: "x", Name: text}, nil) })
		_, line, _ := strings.Cut(out.String(), "\n")
		if got, ok := strings.CutSuffix(line, ",,,,,\n"); !ok || err != nil || got != "x,"+want {
			t.Errorf("%q becomes %q, %v", text, line, err)
		}
	}
}

func TestAReviewThatFailsIsNotWrittenAsComplete(t *testing.T) {
	fault := errors.New("fault")
	err := insight.WriteReview(&strings.Builder{}, func(yield func(api.Reviewed, error) bool) {
		_ = yield(api.Reviewed{ID: "x"}, nil) && yield(api.Reviewed{}, fault)
	})
	if !errors.Is(err, fault) {
		t.Errorf("got %v", err)
	}
}
