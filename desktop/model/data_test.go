package model_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sightline.example/desktop/model"
	"sightline.example/policy"
)

var noon = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

// company returns n clients of a few names, and three groups and projects.
func company(n int) *model.Data {
	names := []string{"Acme Bank", "Borealis Shipping", "Café Zürich", "Delta Foods", "acme 10", "Acme 9"}
	clients := make([]*model.Client, n)
	for i := range n {
		clients[i] = someone(i, names[i%len(names)])
	}
	return &model.Data{
		Clients: model.NewTable(clients),
		Groups: model.NewTable([]*model.Group{
			{Group: policy.Group{ID: "design", Name: "Design"}}, {Group: policy.Group{ID: "dev", Name: "Development"}},
		}),
		Projects: model.NewTable([]*model.Project{{Project: policy.Project{ID: "site", Name: "Website"}}}),
	}
}

// someone returns the i-th client; they differ in everything there is to sort by.
func someone(i int, name string) *model.Client {
	statuses := []policy.Status{policy.Active, policy.Invited, policy.Suspended}
	scopes := []policy.Scope{
		{Groups: []policy.GroupID{"design"}, Screencasts: true},
		{Projects: []policy.ProjectID{"site", "gone"}},
		{Groups: []policy.GroupID{"dev"}, Projects: []policy.ProjectID{"site"}},
		{},
	}
	return model.NewClient(policy.Client{
		ID: policy.ClientID(fmt.Sprintf("c%06d", i)), Name: name, Email: fmt.Sprintf("office%d@client.example", i),
		Status: statuses[i%3], Scope: scopes[i%4],
		Trail: policy.Trail{Changed: noon.Add(-time.Duration(i%50) * time.Hour), ChangedBy: fmt.Sprint("admin", i%7)},
	}, int64(i+1))
}

func namesOf(l *model.Listing) []string {
	var names []string
	for _, c := range l.Rows {
		names = append(names, c.Name)
	}
	return names
}

func list(d *model.Data, q model.Query) *model.Listing { return model.List(d, nil, q, noon, nil) }

func TestNamesAreInTheOrderOfPeople(t *testing.T) {
	got := namesOf(list(company(6), model.Query{Order: model.Order{By: model.SortName}}))
	want := []string{"Acme 9", "acme 10", "Acme Bank", "Borealis Shipping", "Café Zürich", "Delta Foods"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got = namesOf(list(company(6), model.Query{Order: model.Order{By: model.SortName, Descending: true}}))
	slices.Reverse(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSearchFindsBeginningsOfWordsInNameAndAddress(t *testing.T) {
	d := company(6)
	for search, want := range map[string]int{
		"": 6, "acme": 3, "ACME ba": 1, "bank acme": 1, "cme": 0, "zurich cafe": 1, "office3": 1, "client.example": 6,
		"office3@client": 1, "fice3@": 1, "acme delta": 0, "shipping,": 1, "@": 6,
	} {
		if got := list(d, model.Query{Search: search}); len(got.Rows) != want {
			t.Errorf("%q finds %d, want %d", search, len(got.Rows), want)
		}
	}
}

func TestFiltersHoldTogether(t *testing.T) {
	d := company(12)
	until := noon.Add(-time.Hour)
	past := someone(12, "Past")
	past.Status, past.Scope.Until = policy.Active, &until
	soon := noon.Add(48 * time.Hour)
	ending := someone(13, "Ending")
	ending.Status, ending.Scope.Until, ending.Seen = policy.Active, &soon, noon
	d.Clients = model.NewTable(append(slices.Clone(d.Clients.All()), past, ending))
	for name, c := range map[string]struct {
		filter model.Filter
		want   int
	}{
		"none":        {model.Filter{}, 14},
		"invited":     {model.Filter{Standing: policy.Invited}, 4},
		"active":      {model.Filter{Standing: policy.Active}, 5},
		"expired":     {model.Filter{Standing: policy.Expired}, 1},
		"both":        {model.Filter{Mode: policy.ModeBoth}, 3},
		"screencasts": {model.Filter{Screencasts: new(true)}, 4},
		"without":     {model.Filter{Screencasts: new(false)}, 10},
		"group":       {model.Filter{Group: "design"}, 4},
		"project":     {model.Filter{Project: "gone"}, 4},
		"dead":        {model.Filter{Dead: true}, 4},
		"never":       {model.Filter{Never: true}, 5},
		"expiring":    {model.Filter{Expiring: true}, 1},
		"found":       {model.Filter{Finding: "unused", Only: []policy.ClientID{"c000001", "c000004"}}, 2},
		"two":         {model.Filter{Standing: policy.Invited, Mode: policy.ModeProjects}, 1},
	} {
		if got := list(d, model.Query{Filter: c.filter}); len(got.Rows) != c.want {
			t.Errorf("%s lists %d, want %d", name, len(got.Rows), c.want)
		}
	}
}

// TestDescendingIsTheReverse is so of equals too: that is how the sidecar lists them.
func TestDescendingIsTheReverse(t *testing.T) {
	for _, by := range []string{model.SortName, model.SortStanding, model.SortMode, model.SortSeen} {
		up := ids(list(company(20), model.Query{Order: model.Order{By: by}}))
		down := ids(list(company(20), model.Query{Order: model.Order{By: by, Descending: true}}))
		slices.Reverse(down)
		if diff := cmp.Diff(up, down); diff != "" {
			t.Errorf("by %s: -up +down\n%s", by, diff)
		}
	}
}

// TestWhatChangesIsPutInItsPlace compares a list that is kept up to date with one
// that is made anew, over random changes.
func TestWhatChangesIsPutInItsPlace(t *testing.T) {
	orders := []string{model.SortName, model.SortEmail, model.SortStanding, model.SortMode, model.SortSelected, model.SortChanged, model.SortChangedBy, model.SortScreencasts, model.SortSeen}
	rapid.Check(t, func(t *rapid.T) {
		q := model.Query{Order: model.Order{By: rapid.SampledFrom(orders).Draw(t, "order"), Descending: rapid.Bool().Draw(t, "descending")}}
		d := company(rapid.IntRange(0, 20).Draw(t, "clients"))
		kept := model.List(d, nil, q, noon, nil)
		for range rapid.IntRange(1, 4).Draw(t, "rounds") {
			d = changed(t, d)
			kept = model.List(d, nil, q, noon, kept)
			if diff := cmp.Diff(ids(model.List(d, nil, q, noon, nil)), ids(kept)); diff != "" {
				t.Fatalf("-anew +kept\n%s", diff)
			}
		}
	})
}

// changed adds, changes and removes a few clients.
func changed(t *rapid.T, d *model.Data) *model.Data {
	next := *d
	rows := slices.Clone(d.Clients.All())
	for range rapid.IntRange(0, 5).Draw(t, "changes") {
		i := rapid.IntRange(0, 25).Draw(t, "client")
		at := slices.IndexFunc(rows, func(c *model.Client) bool { return c.ID == someone(i, "").ID })
		name := rapid.SampledFrom([]string{"Aa", "Mm", "Zz"}).Draw(t, "name")
		switch {
		case at < 0:
			rows = append(rows, someone(i, name))
		case rapid.Bool().Draw(t, "removed"):
			rows = slices.Delete(rows, at, at+1)
		default:
			other := *someone(i, name)
			other.Status = policy.Suspended
			rows[at] = &other
		}
	}
	next.Clients = model.NewTable(rows)
	return &next
}

func ids(l *model.Listing) []string {
	all := []string{}
	for _, c := range l.Rows {
		all = append(all, string(c.ID))
	}
	return all
}

func TestTablesForSpreadsheetsHaveNoFormulas(t *testing.T) {
	d := company(2)
	evil := someone(2, "=HYPERLINK(\"x\")")
	var text strings.Builder
	if err := model.WriteCSV(&text, d, nil, append(slices.Clone(d.Clients.All()), evil), noon); err != nil {
		t.Fatal(err)
	}
	want := "id,name,email,status,mode,groups,projects,screencasts,sees_employees,sees_projects,from,until,last_seen,created,changed,changed_by\r\n" +
		"c000000,Acme Bank,office0@client.example,active,groups,Design,,true,,,,,,,2026-05-04T12:00:00Z,admin0\r\n" +
		"c000001,Borealis Shipping,office1@client.example,invited,projects,,Website; gone,false,,,,,,,2026-05-04T11:00:00Z,admin1\r\n" +
		"c000002,\"'=HYPERLINK(\"\"x\"\")\",office2@client.example,suspended,both,Development,Website,false,,,,,,,2026-05-04T10:00:00Z,admin2\r\n"
	if diff := cmp.Diff(want, text.String()); diff != "" {
		t.Error(diff)
	}
}
