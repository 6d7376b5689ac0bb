package httpd_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// invitees are the clients of the tests here, in a company with the group design.
func invitees() []policy.Client {
	ended, soon := time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	return []policy.Client{
		{ID: "c1", Name: "Acme Bank", Email: "ann@acme.example", Status: policy.Active, Scope: policy.Scope{Groups: []policy.GroupID{"design"}, Screencasts: true}},
		{ID: "c2", Name: "acme Barn", Email: "bea@barn.example", Status: policy.Invited, Scope: policy.Scope{Groups: []policy.GroupID{"gone"}, Projects: []policy.ProjectID{"site"}}},
		{ID: "c3", Name: "Bank of Łódź", Email: "info@lodz.example", Status: policy.Active, Scope: policy.Scope{Projects: []policy.ProjectID{"site"}, Until: &ended}},
		{ID: "c4", Name: "Zoë", Email: "zoe@acme.example", Status: policy.Suspended, Scope: policy.Scope{Until: &soon}},
	}
}

func startList(t *testing.T) *sidecartest.Sidecar {
	t.Helper()
	s := sidecartest.Start(t, sidecartest.Options{})
	done, err := s.Owner.Import(t.Context(), api.Document{
		Directory: policy.Directory{
			Employees: []policy.Employee{},
			Groups:    []policy.Group{{ID: "design", Name: "Design"}},
			Projects:  []policy.Project{{ID: "site", Name: "Site"}},
		},
		Clients: invitees(),
	}, client.Terms{Force: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Owner = s.Owner.AtLeast(done.Token)
	return s
}

func TestClientsAreListedAsAskedFor(t *testing.T) {
	s := startList(t)
	yes, no := true, false
	tests := []struct {
		name string
		q    client.ClientQuery
		want string
	}{
		{"all", client.ClientQuery{}, "[c1 c2 c3 c4]"},
		{"search", client.ClientQuery{Search: "acme ba"}, "[c1 c2]"},
		{"address", client.ClientQuery{Search: "@acme.ex"}, "[c1 c4]"},
		{"status", client.ClientQuery{Status: policy.Expired}, "[c3]"},
		{"mode", client.ClientQuery{Mode: policy.ModeBoth}, "[c2]"},
		{"screencasts", client.ClientQuery{Screencasts: &yes}, "[c1]"},
		{"no screencasts", client.ClientQuery{Screencasts: &no}, "[c2 c3 c4]"},
		{"group", client.ClientQuery{Group: "gone"}, "[c2]"},
		{"project", client.ClientQuery{Project: "site"}, "[c2 c3]"},
		{"dead", client.ClientQuery{Dead: &yes}, "[c2]"},
		{"seen", client.ClientQuery{Seen: &yes}, "[]"},
		{"not seen since", client.ClientQuery{SeenBefore: time.Now()}, "[c1 c2 c3 c4]"},
		{"expires", client.ClientQuery{ExpiresBefore: time.Now().Add(2 * time.Hour)}, "[c4]"},
		{"sort", client.ClientQuery{Sort: "name", Descending: true}, "[c4 c3 c2 c1]"},
		{"pages", client.ClientQuery{Sort: "email", Limit: 1}, "[c1 c2 c3 c4]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := fmt.Sprint(listed(t, s.Owner, test.q)); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			test.q.Count = true
			page, err := s.Owner.ListClients(t.Context(), test.q)
			if err != nil || page.Value.Matching == nil || page.Value.Total != 4 || page.Token == "" {
				t.Fatal(page, err)
			}
			if got := fmt.Sprint(listed(t, s.Owner, test.q)); *page.Value.Matching != len(listed(t, s.Owner, test.q)) {
				t.Errorf("%d match, but there are %s", *page.Value.Matching, got)
			}
		})
	}
}

// listed returns the ids on all pages of a query.
func listed(t *testing.T, by *client.Client, q client.ClientQuery) []policy.ClientID {
	t.Helper()
	ids := []policy.ClientID{}
	for {
		page, err := by.ListClients(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Value.Items {
			ids = append(ids, item.Value.ID)
		}
		if q.After = page.Value.Next; q.After == "" {
			return ids
		}
	}
}

func TestARowCanBeEditedFrom(t *testing.T) {
	s := startList(t)
	page, err := s.Owner.ListClients(t.Context(), client.ClientQuery{Search: "zoe"})
	if err != nil || len(page.Value.Items) != 1 {
		t.Fatal(page, err)
	}
	row := page.Value.Items[0]
	row.Value.Name = "Zoë & Co"
	done, err := s.Owner.Clients().Replace(t.Context(), "c4", row.Revision, row.Value, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	page, err = s.Owner.AtLeast(done.Token).ListClients(t.Context(), client.ClientQuery{Search: "zoe co"})
	if err != nil || len(page.Value.Items) != 1 || page.Value.Items[0].Revision != done.Revision {
		t.Error(page, err)
	}
	_, err = s.Owner.Clients().Replace(t.Context(), "c4", row.Revision, row.Value, client.Terms{})
	if policy.CodeOf(err) != policy.Stale {
		t.Errorf("the row from before the change is still good: %v", err)
	}
}

func TestThePlainListIsAPageLikeAnyOther(t *testing.T) {
	s := startList(t)
	page, err := s.Owner.Clients().List(t.Context(), "", 3)
	if err != nil || len(page.Items) != 3 || page.Items[2].Value.ID != "c3" || page.Items[2].Revision == 0 {
		t.Fatal(page, err)
	}
	page, err = s.Owner.Clients().List(t.Context(), page.Next, 3)
	if err != nil || len(page.Items) != 1 || page.Items[0].Value.ID != "c4" || page.Next != "" {
		t.Error(page, err)
	}
}

func TestWrongParametersOfTheListAreRefused(t *testing.T) {
	s := startList(t)
	for query, want := range map[string]string{
		"screencasts=maybe":   "screencasts: must be true or false",
		"dead=1":              "dead: must be true or false",
		"seen=0":              "seen: must be true or false",
		"count=yes":           "count: must be true or false",
		"seen_before=today":   "seen_before: must be a time as of RFC 3339, such as 2026-01-31T08:00:00Z",
		"expires_before=soon": "expires_before: must be a time as of RFC 3339, such as 2026-01-31T08:00:00Z",
		"order=up":            "order: must be asc or desc",
		"sort=age":            "sort: must be id, name, email, status, mode, seen, changed or created",
		"status=deleted":      "status: must be invited, active, suspended or expired",
		"limit=0":             "limit: must be 1 to 1000",
		"limit=all":           "limit: must be a whole number",
		"after=c1":            "after: must be the next of an earlier page of the same list",
	} {
		err := raw(t, s, query)
		e, ok := errors.AsType[*policy.Error](err)
		if !ok || e.Code != policy.Invalid || e.Error() != want {
			t.Errorf("%s: the error is %v, want %s", query, err, want)
		}
	}
}

// raw asks for a list by the text of a query, which the client would not make.
func raw(t *testing.T, s *sidecartest.Sidecar, query string) error {
	t.Helper()
	direct := &sidecar{url: s.URL}
	a := direct.send(t, request{"GET", "/v1/clients?" + query, "", map[string]string{"Authorization": "Bearer " + s.Owner.Key}})
	var problem api.Problem
	if err := json.Unmarshal([]byte(a.body), &problem); err != nil {
		t.Fatal(err)
	}
	return problem.Err()
}

func TestAppsDoNotListClients(t *testing.T) {
	s := startList(t)
	if _, err := s.App.ListClients(t.Context(), client.ClientQuery{}); policy.CodeOf(err) != policy.Forbidden {
		t.Errorf("the error is %v", err)
	}
}

func TestDescriptionHasTheParametersOfTheList(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	var d struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name, In, Description string }
		}
	}
	if err := json.Unmarshal([]byte(s.send(t, request{"GET", "/openapi.json", "", nil}).body), &d); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range d.Paths["/v1/clients"]["get"].Parameters {
		if p.In != "query" || p.Description == "" {
			t.Errorf("%s is not described", p.Name)
		}
		got = append(got, p.Name)
	}
	slices.Sort(got)
	want := []string{
		"after", "count", "counts", "dead", "expires_before", "group", "limit", "mode", "order",
		"project", "screencasts", "search", "seen", "seen_before", "sort", "status",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
